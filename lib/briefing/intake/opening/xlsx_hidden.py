"""Rows and columns of an .xlsx that are not shown: hidden by hand, or by a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from briefing.intake.opening.packages import Package
from briefing.intake.opening.xlsx_cells import ROW_REFERENCE

HIDDEN_ROW = re.compile(rb' hidden="(?:1|true)"')
ROW_OF_NO_HEIGHT = re.compile(rb' ht="0(?:\.0*)?"')
COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
COLUMN_UNSEEN = re.compile(rb'\b(?:hidden="(?:1|true)"|width="0(?:\.0*)?")')
BOUND = re.compile(rb'\b(min|max)="(\d{1,5})"')
FILTER = re.compile(rb"<((?:\w+:)?)autoFilter\b([^<>]*)>")
FILTERED_RANGE = re.compile(rb'\bref="\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"')
FILTER_MODE = re.compile(rb'<(?:\w+:)?sheetPr\s[^<>]*?filterMode="(?:1|true)"')
MOST_COLUMNS = 16_384
MOST_FILTERS = 100  # of a sheet and its tables


def hidden_rows(
    package: Package, path: str, xml: bytes, prefix: bytes
) -> tuple[set[int], set[int]]:
    """The rows that were hidden by hand, and those that a filter keeps from view."""
    looks = [HIDDEN_ROW] if b' hidden="' in xml else []
    if b" customHeight" in xml:  # of all that is searched for the longest word, found the soonest
        looks.append(ROW_OF_NO_HEIGHT)
    rows = {row for look in looks for row in _unseen(xml, prefix, look)}
    if not rows:
        return rows, rows
    every = (range_ for part in (xml, *package.tables_of(path)) for range_ in _filters(part))
    ranges = [*islice(every, MOST_FILTERS)]
    if not ranges and FILTER_MODE.search(xml):  # a filter whose range stands elsewhere
        return set(), rows
    filtered = {row for row in rows if any(row in range_ for range_ in ranges)}
    return rows - filtered, filtered


def _unseen(xml: bytes, prefix: bytes, look: re.Pattern[bytes]) -> Iterator[int]:
    tag, end = b"<" + prefix + b"row", 0
    for match in look.finditer(xml):
        if match.start() < end:  # said twice in one element
            continue
        start, end = xml.rfind(b"<", end, match.start()), xml.find(b">", match.start())
        if end < 0:
            return
        row = ROW_REFERENCE.search(xml, start, end)
        if start >= 0 and xml.startswith(tag, start) and row:
            yield int(row[1]) - 1


def _filters(xml: bytes) -> Iterator[range]:
    """The rows under the heads of filters that let only some of them through."""
    if b"autoFilter" not in xml:
        return
    end = 0
    while start := FILTER.search(xml, end):
        end = xml.find(b"</%sautoFilter>" % start[1], start.end())
        if end < 0:
            return
        said = FILTERED_RANGE.search(start[2])
        if said and b"filterColumn" in xml[start.end() : end]:
            yield range(int(said[1]), int(said[2]))


def hidden_columns(xml: bytes, prefix: bytes) -> set[int]:
    """The columns that were hidden by hand."""
    first = xml.find(b"<%scols>" % prefix, 0, xml.find(b"<%ssheetData" % prefix))
    if first < 0:
        return set()
    columns: set[int] = set()
    for match in COLUMN.finditer(xml, first, xml.find(b"</%scols>" % prefix, first)):
        if COLUMN_UNSEEN.search(match[1]):
            bounds = {name: int(number) for name, number in BOUND.findall(match[1])}
            last = min(bounds.get(b"max", 0), MOST_COLUMNS)
            columns.update(range(bounds.get(b"min", 1) - 1, last))
    return columns
