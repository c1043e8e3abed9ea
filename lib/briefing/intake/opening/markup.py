"""Which markup a text is in, if any: told by its root or by its elements, as parsers see them."""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any, Literal

from lxml import etree

from briefing.intake.opening.charsets import text_of

Markup = Literal["xls_xml", "doc", "html", "package", "flat_odf", "xml"]
HEAD = 60_000  # bytes by which it is told
DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]{0,200}>")  # whose encoding may not be the text's
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
ROOTS: dict[tuple[str, str], Markup] = {
    (SPREADSHEET, "Workbook"): "xls_xml",
    ("http://schemas.microsoft.com/office/word/2003/wordml", "wordDocument"): "doc",
    ("http://schemas.microsoft.com/office/word/2003/2/wordml", "wordDocument"): "doc",
    ("http://schemas.microsoft.com/office/2006/xmlPackage", "package"): "package",
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "document"): "flat_odf",
}
DOCUMENT = {"html", "head", "body", "frameset"}
TABLE = {"tr", "td", "th"}
FIRST = {
    *DOCUMENT, *TABLE, "meta", "title", "style", "link", "script", "table", "thead", "tbody",
    "caption", "col", "colgroup", "p", "div", "span", "font", "center", "br", "hr", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "u", "ul", "ol", "li",
    "section", "article", "main", "header", "footer", "a", "img", "form", "blockquote", "o:p",
}  # fmt: skip  # elements that a page may begin with, wherever a program cut it out


def markup_of(content: bytes) -> Markup | None:
    """The markup of a text; `None` where it is a text as people type it.

    Args:
        content: Its bytes, in any encoding; what stands before the markup is passed over.
    """
    head = text_of(content[:HEAD]).lstrip("\ufeff \t\r\n\0")
    if head.startswith("<?xml") or re.match(r"<[\w.:-]{1,100}\s[^<>]{0,2000}?xmlns", head):
        space, name = _root(DECLARATION.sub("", head))
        if found := ROOTS.get((space, name)):
            return found
        if name and name.lower() not in FIRST:
            return "xml"
    return "html" if _is_page(head) else None


def _root(head: str) -> tuple[str, str]:
    """Namespace and name of the first element; two empty texts where there is none."""
    parser = etree.XMLPullParser(
        ("start",), resolve_entities=False, no_network=True, recover=True, load_dtd=False
    )
    try:
        parser.feed(head)
        root = next((node for _event, node in parser.read_events()), None)
    except etree.XMLSyntaxError:
        return "", ""
    if root is None or not isinstance(root.tag, str):
        return "", ""
    space, _brace, name = root.tag.rpartition("}")  # as it stands: a damaged name is none for lxml
    return space.removeprefix("{"), name


def _is_page(head: str) -> bool:
    """Whether a text is HTML: it says so, begins with an element of a page, or holds a table."""
    if "<" not in head:
        return False
    seen = _Elements()
    with suppress(AssertionError):  # of the parser, at a “<![” that begins no section
        seen.feed(head)
    if seen.doctype or DOCUMENT & seen.names or ("table" in seen.names and TABLE & seen.names):
        return True
    return seen.first in FIRST and not seen.before


class _Elements(HTMLParser):
    """Collects the elements that a page really holds, and whether text stands before them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.first = ""
        self.before = self.doctype = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.first = self.first or tag
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.before = self.before or (not self.first and bool(data.strip()))

    def handle_decl(self, decl: str) -> None:
        self.doctype = self.doctype or decl.lower().startswith("doctype html")
