"""An SVG made safe and steady to set inside a page: nothing runs, nothing loads, no id collides.

Inline styles become attributes, so that a page without `style-src 'unsafe-inline'` shows them, and
a style sheet can change a palette's colours for a dark screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

from briefing.errors import DocumentError

NAMESPACE = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "text", "tspan", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "marker"),
        *("clipPath", "mask", "pattern", "linearGradient", "radialGradient", "stop"),
    )
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[\]<>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)['\"]?\s*\)")
_SKIPPED = re.compile(  # comments and raw texts
    r"<!--[^-<]*+(?:(?:-(?!->)|<(?!!--))[^-<]*+)*+-->"
    r"|<!\[CDATA\[[^\]<]*+(?:(?:\](?!\]>)|<(?!!\[CDATA))[^\]<]*+)*+\]\]>"
)
_RASTER = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_PROPERTY = re.compile(r"[a-z-]+")
_LOOKS = ("fill", "stroke", "stroke-width", "fill-opacity", "stroke-opacity")
_OUTSIDE = re.compile(r"(?:url\(\s*['\"]?(?!#)|javascript:|expression\()", re.IGNORECASE)


@lru_cache(maxsize=64)  # each format of a page asks for the same drawings
def clean(svg: str, prefix: str) -> str:
    """The same drawing with only drawing elements, ids under `prefix`, and no size of its own.

    Args:
        svg: SVG text, as matplotlib or another program writes it.
        prefix: What every id begins with afterwards; one per figure of a page.

    Raises:
        DocumentError: It is no SVG, or declares entities.
    """
    root = _parse(svg)
    _size_to_view_box(root)
    _prune(root)
    used = set(_references(root))
    for element in root.iter():
        _rewrite(element, prefix, used)
    _let_inherit(root)
    root.set("xmlns", NAMESPACE)
    root.set("stroke-linejoin", "round")
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def width(cleaned: str) -> float:
    """How wide a drawing is in its own units (points, of a chart)."""
    return float(ET.fromstring(cleaned).attrib["viewBox"].split()[2])


def _parse(svg: str) -> ET.Element:
    text = _DOCTYPE.sub("", svg, count=1)
    if "<!" in _SKIPPED.sub("", text):
        raise DocumentError("an SVG with a document type or entities of its own is refused")
    try:
        root = ET.fromstring(text.strip())
    except ET.ParseError as error:
        raise DocumentError(f"not an SVG: {error}") from None
    if _local(root.tag) != "svg":
        raise DocumentError(f"not an SVG: the outer element is {_local(root.tag)!r}")
    return root


def _local(tag: object) -> str:
    if not isinstance(tag, str):
        return ""
    space, brace, name = tag.rpartition("}")
    return name if not brace or space == "{" + NAMESPACE else ""


def _size_to_view_box(root: ET.Element) -> None:
    width, height = root.attrib.pop("width", ""), root.attrib.pop("height", "")
    if "viewBox" not in root.attrib:
        wide, high = (re.match(r"[\d.]+", size) for size in (width, height))
        if wide and high:
            root.set("viewBox", f"0 0 {wide[0]} {high[0]}")


def _prune(element: ET.Element) -> None:
    for child in list(element):
        if _local(child.tag) not in ELEMENTS:
            element.remove(child)
            continue
        _prune(child)
        child.tail = child.tail if child.tail and child.tail.strip() else None
    element.tag = _local(element.tag)
    if element.tag not in ("text", "tspan", "title", "desc"):
        element.text = None


def _references(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and value.startswith("#"):
                yield value[1:]
            yield from _REFERENCE.findall(value)


def _rewrite(element: ET.Element, prefix: str, used: set[str]) -> None:
    attributes = dict(_styles(element.attrib.get("style", "")))
    for name, value in element.attrib.items():
        short = name.rpartition("}")[2]
        if short == "href":
            attributes |= _link(element.tag, value, prefix)
        elif short == "id":
            attributes |= {"id": f"{prefix}-{value}"} if value in used else {}
        elif name == short and short not in ("style", "class") and not short.startswith("on"):
            attributes.setdefault(name, value)
    element.attrib.clear()
    for name, value in attributes.items():
        if not _OUTSIDE.search(value):
            value = _REFERENCE.sub(lambda m: f"url(#{prefix}-{m[1]})", value)
            element.set(name, re.sub(r"\s+", " ", value) if name == "d" else value)


def _let_inherit(root: ET.Element) -> None:
    """A shape that is used elsewhere leaves its looks to its users, where all of them have them.

    A page's style sheet reaches a user, but not the copy of the shape inside it.
    """
    users: dict[str, list[ET.Element]] = {}
    for user in root.iter("use"):
        users.setdefault(user.get("href", "")[1:], []).append(user)
    for shape in root.iter():
        using = users.get(shape.get("id", ""), [])
        for name in _LOOKS if using else ():
            if all(name in user.attrib for user in using):
                shape.attrib.pop(name, None)


def _styles(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if not value or not _PROPERTY.fullmatch(name):
            continue
        yield name, "DejaVu Sans, sans-serif" if name == "font-family" else value


def _link(tag: str, value: str, prefix: str) -> dict[str, str]:
    if value.startswith("#"):
        return {"href": f"#{prefix}-{value[1:]}"}
    if tag == "image" and _RASTER.fullmatch(value):
        return {"href": value}
    return {}
