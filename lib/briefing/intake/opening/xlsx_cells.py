"""The cells of a sheet's XML (.xlsx), for those sheets that have to be gone through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
ROW_REFERENCE = re.compile(rb'\br="(\d{1,7})"')
ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


class Reach:
    """How far the cells of a sheet reach that hold anything, told by a parser of XML.

    Args:
        xml: The sheet's XML.

    Attributes:
        span: How many rows and columns.

    Raises:
        ValueError: A cell stands where no sheet has any.
        expat.ExpatError: This is no XML.
    """

    def __init__(self, xml: bytes):
        self.span = 0, 0
        self._row = self._column = -1
        self._in_cell = False
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(xml, True)

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        if self._in_cell:
            rows, columns = self.span
            self.span = max(rows, self._row + 1), max(columns, self._column + 1)
            return
        name, said = name.rpartition(":")[2], attributes.get("r")
        if name == "row":
            self._row = self._row + 1 if said is None else int(said) - 1
            self._column = -1
        elif name == "c":
            self._in_cell = True
            self._column += 1
            if said is not None:
                self._place(said)
        if not (self._row < MOST_ROWS and self._column < MOST_COLUMNS):
            raise ValueError(f"R{self._row + 1}C{self._column + 1}")

    def _place(self, reference: str) -> None:
        said = ADDRESS.fullmatch(reference)
        if not said or not int(said[2]):
            raise ValueError(reference[:20])
        self._row, self._column = int(said[2]) - 1, column_of(said[1].upper().encode())

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self._in_cell = False


def cells_of(xml: bytes, prefix: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Every cell: its row and column from 0, its attributes, and what is in it.

    Args:
        prefix: How the sheet's elements are prefixed: `b""`, `b"x:"`.
    """
    start, ends = re.compile(rb"<%s(?:(row)|c)(?=[\s/>])" % prefix), b"</%sc>" % prefix
    row, column, at = -1, -1, 0
    while match := start.search(xml, at):
        at = xml.find(b">", match.end())
        if at < 0:
            return
        attributes = xml[match.end() : at]
        if match[1]:
            said = ROW_REFERENCE.search(attributes)
            row, column = (int(said[1]) - 1 if said else row + 1), -1
            continue
        inside = b""
        if not attributes.endswith(b"/"):
            end = xml.find(ends, at)
            if end < 0:
                return
            inside, at = xml[at + 1 : end], end
        own = REFERENCE.search(attributes)
        if own:
            row, column = int(own[2]) - 1, column_of(own[1])
        else:
            column += 1
        yield row, column, attributes, inside


def column_of(letters: bytes) -> int:
    """A → 0, AA → 26."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
