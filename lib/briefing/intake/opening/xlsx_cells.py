"""The cells of a sheet's XML (.xlsx), for those sheets that have to be gone through."""

from __future__ import annotations

import re
from collections.abc import Iterator

REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
ROW_REFERENCE = re.compile(rb'\br="(\d{1,7})"')


def cells_of(xml: bytes, prefix: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Every cell: its row and column from 0, its attributes, and what is in it.

    Args:
        prefix: How the sheet's elements are prefixed: `b""`, `b"x:"`.
    """
    element = re.compile(
        rb"<%s(?:(row)\b([^>]*)>|c(?=[ />])([^>]*?)(?:/>|>(.*?)</%sc>))" % (prefix, prefix),
        re.DOTALL,
    )
    row, column = -1, -1
    for match in element.finditer(xml):
        is_row, of_row, attributes, inside = match.groups()
        if is_row:
            said = ROW_REFERENCE.search(of_row)
            row, column = (int(said[1]) - 1 if said else row + 1), -1
            continue
        own = REFERENCE.search(attributes)
        if own:
            row, column = int(own[2]) - 1, column_of(own[1])
        else:
            column += 1
        yield row, column, attributes, inside or b""


def column_of(letters: bytes) -> int:
    """A → 0, AA → 26."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
