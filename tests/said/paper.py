"""What a PDF says, read by its structure: the rows and cells of a table, not lines on a page."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from tests.said.places import Said

HOLDERS = ("Document", "Div", "L", "LI")
LIST_MARK = "Lbl"
Marked = tuple[int, int | None]
"""A page, and the number of a piece of content on it; none at its head and foot."""


@dataclass(frozen=True)
class Element:
    """A part of the structure: its kind, what it is said to show, and its parts and texts."""

    kind: str
    alt: str
    parts: tuple[Element | str, ...]

    @property
    def elements(self) -> list[Element]:
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def words(self) -> str:
        """Its words, but for the marks of lists."""
        said = (p if isinstance(p, str) else p.words for p in self.parts)
        return "" if self.kind == LIST_MARK else "".join(said)

    def all(self, *kinds: str) -> Iterator[Element]:
        """The outermost parts of these kinds."""
        for part in self.elements:
            yield from [part] if part.kind in kinds else part.all(*kinds)


def said(source: bytes | Path) -> Said:
    """The content of a document, without what stands at the head and foot of each page."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    told = Said()
    for element in _structure(document, _texts(document)).elements:
        _read(element, told)
    return told


def _read(element: Element, told: Said) -> None:
    kinds = [part.kind for part in element.elements]
    if element.kind == "Table":
        told.table([[cell.words for cell in row.all("TH", "TD")] for row in element.all("TR")])
    elif element.kind == "Figure":
        told.chart(element.alt, element.words)
    elif kinds[:2] == ["P", "P"] and element.kind == "Div":
        label, *others = element.elements
        value, marks = (
            " ".join(part.words for part in others if (part.kind == "P") is of_value)
            for of_value in (True, False)
        )
        told.figure(label.words, value, marks)
    elif element.kind in HOLDERS:
        for part in element.elements:
            _read(part, told)
    else:
        told.text(element.words)


class _Letters(PDFTextDevice):
    """Gathers the letters of each marked piece of content, also of pieces inside it."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.texts: dict[Marked, str] = defaultdict(str)
        self._page: int = 0
        self._within: list[int | None] = [None]

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self._page = page.pageid

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self._within.append((props or {}).get("MCID", self._within[-1]))

    def end_tag(self) -> None:
        self._within.pop()

    def render_char(self, matrix, font, fontsize, scaling, rise, cid, *others) -> float:
        self.texts[self._page, self._within[-1]] += font.to_unichr(cid)
        return font.char_width(cid) * fontsize * scaling


def _texts(document: PDFDocument) -> dict[Marked, str]:
    resources = PDFResourceManager()
    letters = _Letters(resources)
    interpreter = PDFPageInterpreter(resources, letters)
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
    return letters.texts


def _structure(document: PDFDocument, texts: dict[Marked, str]) -> Element:
    """The whole of a document, from its structure tree."""

    def element(node: Any, page: Any) -> Element | str:
        node = resolve1(node)
        if isinstance(node, int):
            return texts[page, node]
        page = node["Pg"].objid if "Pg" in node else page
        if "MCID" in node:
            return texts[page, node["MCID"]]
        kids = resolve1(node.get("K", []))
        parts = (element(kid, page) for kid in (kids if isinstance(kids, list) else [kids]))
        kind = node["S"].name if "S" in node else ""
        return Element(kind, decode_text(resolve1(node.get("Alt", b""))), tuple(parts))

    whole = element(document.catalog["StructTreeRoot"], None)
    assert isinstance(whole, Element)
    return whole
