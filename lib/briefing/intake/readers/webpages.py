"""Open a page of HTML: an e-mail's text, or a document that was saved as a web page; also one saved
as one file (MHT), as Excel and Word write it: its pages, sheet by sheet."""

from __future__ import annotations

import email
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from html import unescape
from typing import Any
from urllib.parse import unquote

from lxml import html

from briefing.errors import IntakeError
from briefing.intake.readers.budget import budget, check_tags
from briefing.intake.readers.encodings import wide_encoding
from briefing.intake.readers.flow import Flow, Pieces, as_parts, cell_of
from briefing.intake.readers.grids import Grid, Part, Unread
from briefing.intake.readers.web_looks import Around, Looks

SHEET = re.compile(
    r"<x:Name>([^<]{0,100})</x:Name>\s*<x:WorksheetSource\s+HRef\s*=\s*[\"']([^\"']{0,300})"
)
FRAME = {"tabstrip", "header"}  # pages that only lead to the others, or repeat on each
BLOCKS = {
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article",
    "ul", "ol", "dl", "dt", "dd", "header", "footer", "center", "blockquote", "address",
}  # fmt: skip
UNSEEN = {"script", "style", "head", "title", "template", "noscript"}
MOST_COLUMNS, LAST_COLUMN = 256, 16_384


def read_web_archive(content: bytes) -> list[Part]:
    """One part for each page that holds anything; a workbook's pages bear their sheets' names.

    Raises:
        IntakeError: `file_unreadable`.
    """
    pages = list(_pages(content))
    sheets: dict[str, str] = {}
    for _stem, page in pages:
        for name, source in SHEET.findall(page.decode("utf-8", "replace")):
            sheets.setdefault(_stem_of(source), unescape(name))
    parts: list[Part] = []
    for stem, page in pages:
        if stem not in FRAME and b"<frameset" not in page.lower():
            parts += [replace(part, name=sheets.get(stem, "")) for part in read_page(page)]
    return parts


def _pages(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The pages, each with the stem of the name that it was saved under."""
    for part in email.message_from_bytes(content, policy=policy.compat32).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            known = page if isinstance(page, bytes) else b""
            yield _stem_of(part.get("Content-Location", "")), known


def _stem_of(location: str) -> str:
    name = posixpath.basename(unquote(location.strip()).replace("\\", "/"))
    return posixpath.splitext(name)[0].lower()


def read_page(content: bytes) -> list[Part]:
    """The page's one part: its tables, and the lines of text between them (`line 7`).

    What is struck through or hidden, by itself or by the page's styles, is told as unread.

    Raises:
        IntakeError: `file_unreadable`, `file_too_large`.
    """
    check_tags(content)
    parser = html.HTMLParser(encoding=_encoding(content))
    page = html.document_fromstring(content, parser=parser)
    parts = as_parts(_Page(Looks(page)).read(page, Around()))
    if not parts and page.find(".//frame") is not None:
        raise IntakeError("file_unreadable.frames")
    return parts


def _encoding(content: bytes) -> str | None:
    """UTF-8 where it fits; else what the page itself says."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if wide := wide_encoding(content):
        return wide.replace("16-", "16")  # as the parser calls it
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None if b"charset" in content[:2000].lower() else "cp1258"
    return "utf-8"


class _Page:
    """Walks a page, or a cell of its tables, and collects lines and tables."""

    def __init__(self, looks: Looks, before_number: str = "", tables: int = 0):
        self.flow = Flow("line", before_number, tables)
        self._looks = looks
        self._line: Pieces = []

    def read(self, node: Any, around: Around) -> list[Grid]:
        """The grids of a node, whose own look is in `around` already, and of all in it."""
        self._node(node, around)
        self._end_line()
        return self.flow.done()

    def _node(self, node: Any, around: Around) -> None:
        tag = node.tag.lower() if isinstance(node.tag, str) else "script"
        if tag in UNSEEN:
            return
        if tag in BLOCKS or tag == "table":
            self._end_line()
        if tag == "table":
            self.flow.add_table(lambda name: _Table(name, self._looks).read(node, around))
            return
        look = around.look()
        self._line.append((_spaced(node.text), look))
        for inner in node:
            self._node(inner, self._looks.inside(around, inner))
            self._line.append((_spaced(inner.tail), look))
        if tag in BLOCKS:
            self._end_line()

    def _end_line(self) -> None:
        written = [i for i, (text, _look) in enumerate(self._line) if text.strip()]
        if written:
            line = self._line[written[0] : written[-1] + 1]
            line[0] = line[0][0].lstrip(), line[0][1]
            line[-1] = line[-1][0].rstrip(), line[-1][1]
            self.flow.add_line(line)
        self._line = []


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


class _Table:
    """Lays the cells of a table out, as browsers do."""

    def __init__(self, name: str, looks: Looks):
        self._name = name
        self._looks = looks
        self._cells: dict[tuple[int, int], Any] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._unread: list[Unread] = []
        self._inside: list[Grid] = []
        self._nested = 0

    def read(self, table: Any, around: Around) -> list[Grid]:
        """The grid of the table, then those of tables inside its cells."""
        hidden = self._hidden_columns(table)
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for number, row in enumerate(rows):
            column = 0
            shown = self._looks.down_to(around, row, table)
            for cell in _cells(row):
                while (number, column) in self._cells:
                    column += 1
                bottom = min(number + _span(cell, "rowspan", len(rows)), len(rows)) - 1
                right = column + _span(cell, "colspan", MOST_COLUMNS) - 1
                look = replace(shown, is_gone=True) if column in hidden else shown
                look = self._looks.down_to(look, cell, row)
                self._put(cell, (number, column, bottom, right), look)
        width = 1 + max((column for _row, column in self._cells), default=0)
        lines = [[self._cells.get((r, c)) for c in range(width)] for r in range(len(rows))]
        unread = tuple(self._unread)
        return [Grid("table", self._name, lines, tuple(self._merged), unread=unread), *self._inside]

    def _hidden_columns(self, table: Any) -> set[int]:
        """The columns that a table names and hides; programs hide their cells with them."""
        hidden: set[int] = set()
        column = 0
        for named in table.iter("col"):
            if column < LAST_COLUMN and next(named.iterancestors("table")) is table:
                span = _span(named, "span", MOST_COLUMNS)
                if self._looks.down_to(Around(), named, table).look() == "hidden":
                    hidden.update(range(column, column + span))
                column += span
        return hidden

    def _put(self, cell: Any, range_: tuple[int, int, int, int], around: Around) -> None:
        top, left, bottom, right = range_
        budget().spread(bottom - top + 1, right - left + 1)
        for row in range(top, bottom + 1):
            self._cells |= {(row, column): None for column in range(left, right + 1)}
        if bottom > top or right > left:
            self._merged.append(range_)
        if not len(cell) and not around.look():
            self._cells[top, left] = _spaced(cell.text).strip() or None
            return
        page = _Page(self._looks, f"{self._name}.", self._nested)
        found = page.read(cell, around)
        self._nested = page.flow.tables
        self._inside += [grid for grid in found if grid.kind == "table"]
        self._cells[top, left], left_out = cell_of(found, top, left)
        self._unread += left_out


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, those that stand in another element there, too."""
    for node in row:
        if node.tag in ("td", "th"):
            yield node
        elif isinstance(node.tag, str) and node.tag != "table":
            yield from _cells(node)


def _span(cell: Any, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), most)) if text.isdigit() and len(text) < 9 else 1
