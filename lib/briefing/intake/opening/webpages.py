"""Open a page of HTML: an e-mail's text, or a document that was saved as a web page."""

from __future__ import annotations

import re
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.opening.flow import Flow, as_parts, text_in
from briefing.intake.opening.grids import Grid, Part
from briefing.intake.opening.limits import MAX_CELLS
from briefing.messages import Message

BLOCKS = {
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article",
    "ul", "ol", "dl", "dt", "dd", "header", "footer", "center", "blockquote", "address",
}  # fmt: skip
UNSEEN = {"script", "style", "head", "title", "template", "noscript"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
MOST_COLUMNS = 256


def open_page(content: bytes) -> list[Part]:
    """The page's one part: its tables, and the lines of text between them (`line 7`).

    Raises:
        IntakeError: `file_unreadable`.
    """
    from lxml import html

    try:
        parser = html.HTMLParser(encoding=_encoding(content))
        return as_parts(_Page().read(html.document_fromstring(content, parser=parser)))
    except Exception as error:  # whatever a damaged page makes of the parser
        raise IntakeError(
            "file_unreadable", Message("the file is damaged or was not sent whole")
        ) from error


def _encoding(content: bytes) -> str | None:
    """UTF-8 where it fits; else what the page itself says."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None if b"charset" in content[:2000].lower() else "cp1258"
    return "utf-8"


class _Page:
    """Walks a page, or a cell of its tables, and collects lines and tables."""

    def __init__(self, before_number: str = "", tables: int = 0):
        self.flow = Flow("line", before_number, tables)
        self._line = ""

    def read(self, node: Any) -> list[Grid]:
        """The grids of a node and of all in it."""
        self._node(node)
        self._end_line()
        return self.flow.done()

    def _node(self, node: Any) -> None:
        tag = node.tag.lower() if isinstance(node.tag, str) else "script"
        if tag in UNSEEN or HIDDEN.search(node.get("style") or ""):
            return
        if tag in BLOCKS or tag == "table":
            self._end_line()
        if tag == "table":
            self.flow.add_table(lambda name: _Table(name).read(node))
            return
        self._line += _spaced(node.text)
        for inner in node:
            self._node(inner)
            self._line += _spaced(inner.tail)
        if tag in BLOCKS:
            self._end_line()

    def _end_line(self) -> None:
        if self._line.strip():
            self.flow.add_line(self._line.strip())
        self._line = ""


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


class _Table:
    """Lays the cells of a table out, as browsers do."""

    def __init__(self, name: str):
        self._name = name
        self._cells: dict[tuple[int, int], Any] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._inside: list[Grid] = []
        self._nested = 0

    def read(self, table: Any) -> list[Grid]:
        """The grid of the table, then those of tables inside its cells."""
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for number, row in enumerate(rows):
            column = 0
            for cell in row.iterchildren("td", "th"):
                while (number, column) in self._cells:
                    column += 1
                bottom = min(number + _span(cell, "rowspan", len(rows)), len(rows)) - 1
                right = column + _span(cell, "colspan", MOST_COLUMNS) - 1
                self._put(cell, (number, column, bottom, right))
        width = 1 + max((column for _row, column in self._cells), default=0)
        lines = [[self._cells.get((r, c)) for c in range(width)] for r in range(len(rows))]
        return [Grid("table", self._name, lines, tuple(self._merged)), *self._inside]

    def _put(self, cell: Any, range_: tuple[int, int, int, int]) -> None:
        top, left, bottom, right = range_
        for row in range(top, bottom + 1):
            self._cells |= {(row, column): None for column in range(left, right + 1)}
            if len(self._cells) > MAX_CELLS:
                raise ValueError("a table of too many cells")
        page = _Page(f"{self._name}.", self._nested)
        found = page.read(cell)
        self._nested = page.flow.tables
        self._inside += [grid for grid in found if grid.kind == "table"]
        self._cells[top, left] = text_in(found) or None
        if bottom > top or right > left:
            self._merged.append(range_)


def _span(cell: Any, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), most)) if text.isdigit() and len(text) < 9 else 1
