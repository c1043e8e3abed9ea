"""The sheets of a workbook (.xlsx) as XML: what its fast reader leaves out.

Most sheets hold none of it: they are asked by plain searches of bytes, which cost a twentieth of
reading them, and taken apart only where those find something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice, pairwise
from xml.etree import ElementTree
from xml.parsers import expat

from briefing.intake.readers.grids import column_letters
from briefing.intake.readers.limits import MOST_COLUMNS
from briefing.intake.readers.packages import Package
from briefing.intake.readers.surveys import BookLooks, Formula, Place, Survey, checked
from briefing.intake.readers.xlsx_cells import (
    ROW_REFERENCE,
    Reach,
    cells_of,
    cells_with,
    looks_of,
    note_looks,
)

END = rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*+"  # of a formula
ZERO = rb"0?(?:\.0*+)?"
NO_VALUE = re.compile(END + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*+(" + ZERO + rb")\s*+</|</)")
SOME_VALUE = re.compile(END + rb"<(?:\w+:)?v>(?!\s*+" + ZERO + rb"\s*+<)")
FORMULA = re.compile(rb"<(?:\w+:)?f\b([^<>]*?)(?:/>|>([^<]*)<)")
SHARED = re.compile(rb'\bt="shared"')
NUMBER_OF_SHARED = re.compile(rb'\bsi="(\d+)"')
NO_NUMBER = re.compile(rb'\bt="(?:str|b|e|s|inlineStr)"')  # a text may rightly be empty
Master = tuple[str, str]  # a formula shared by several cells, and the cell that it is written for
HIDDEN_ROW = re.compile(rb' hidden="(?:1|true)"')
ROW_OF_NO_HEIGHT = re.compile(rb' ht="0(?:\.0*)?"')
COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
COLUMN_UNSEEN = re.compile(rb'\b(?:hidden="(?:1|true)"|width="0(?:\.0*)?")')
BOUND = re.compile(rb'\b(min|max)="(\d{1,5})"')
FILTER = re.compile(rb"<((?:\w+:)?)autoFilter\b([^<>]*)>")
FILTERED_RANGE = re.compile(rb'\bref="\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"')
FILTER_MODE = re.compile(rb'<(?:\w+:)?sheetPr\s[^<>]*?filterMode="(?:1|true)"')
MOST_FILTERS = 100  # of a sheet and its tables
MOST_LEFT_OUT = 50  # numbers of rows: a sheet with more gaps is parsed whole
ROOT = re.compile(rb"<(\w+:)?worksheet\b")
# A cell that does not stand, written plainly, within column Z and row 99,999.
NOT_NEAR = re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]\d{1,5}")')
PREFIXED = re.compile(rb":c[\s/>]")
ERROR_TYPE = re.compile(rb'\bt="e"')
VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]+)<")
FIRST_ROWS, FIRST_COLUMNS = 99_999, 26  # what no far reference goes beyond
BOOK = "xl/workbook.xml"
CHAIN = "xl/calcchain.xml"  # in which order Excel calculates; other writers keep none
Cell = tuple[int, int, str]


def formulas_of(xml: bytes, prefix: bytes) -> tuple[dict[Place, Formula], bool]:
    """The formulas to be looked at, and whether any other of the sheet has a value."""
    if not NO_VALUE.search(xml):
        return {}, True
    found: dict[Place, Formula] = {}
    masters: dict[bytes, Master] = {}
    for row, column, attributes, inside in cells_with(FORMULA, xml, prefix):
        formula = FORMULA.search(inside)
        if not formula:
            continue
        text = unescape((formula[2] or b"").decode("utf-8", "replace")).strip()
        if SHARED.search(formula[1]) and (number := NUMBER_OF_SHARED.search(formula[1])):
            at = f"{column_letters(column)}{row + 1}"
            if text:
                masters[number[1]] = text, at
            else:
                text = _moved(masters.get(number[1]), at)
        if (without := NO_VALUE.search(inside + b"</")) and not NO_NUMBER.search(attributes):
            found[row, column] = Formula(text or "…", 0.0 if without[1] else None)
    return found, bool(SOME_VALUE.search(xml))


def _moved(master: Master | None, to: str) -> str:
    """A shared formula as it reads in another of its cells."""
    if master is None:
        return ""
    from openpyxl.formula.translate import Translator, TranslatorError  # heavy, for few files

    try:
        text = Translator(f"={master[0]}", master[1]).translate_formula(to)
    except (TranslatorError, ValueError):
        return ""
    return text.removeprefix("=")


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
        area = FILTERED_RANGE.search(start[2])
        if area and b"filterColumn" in xml[start.end() : end]:
            yield range(int(area[1]), int(area[2]))


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


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        KeyError, ValueError, ElementTree.ParseError, ExpatError: The workbook is damaged.
    """
    package = Package(content, strict=True)
    looks, chained = looks_of(package), CHAIN in package.names
    return [_survey(package, path, looks, chained) for path in _paths(package)]


def _paths(package: Package) -> list[str]:
    """Each sheet's place in the package."""
    links = {link.key: link.to for link in package.links(BOOK)}
    keys = (
        next((value for name, value in sheet.items() if name.endswith("}id")), None)
        for sheet in ElementTree.fromstring(package.read(BOOK)).iter()
        if sheet.tag.rpartition("}")[2] == "sheet"
    )
    return [links[key] for key in checked(list(keys))]


def _survey(package: Package, path: str, looks: BookLooks, calculates: bool) -> Survey:
    xml = package.read(path)
    root = ROOT.search(xml, 0, 4096)
    if not root:  # a sheet of a chart
        return Survey()
    prefix = root[1] or b""
    rows, columns = _span(xml, prefix)
    _demand_whole(xml, prefix, rows)
    formulas, others = formulas_of(xml, prefix) if b"</%sf>" % prefix in xml else ({}, True)
    hidden, filtered = hidden_rows(package, path, xml, prefix)
    sheet = Survey(
        rows,
        columns,
        texts=[*_errors(xml, prefix)] if b't="e"' in xml else [],
        formulas=formulas,
        calculates=calculates or others,
        hidden_rows=hidden,
        hidden_columns=hidden_columns(xml, prefix),
        filtered=filtered,
    )
    note_looks(sheet, looks, xml, prefix)
    return sheet


def _span(xml: bytes, prefix: bytes) -> tuple[int, int]:
    """How many rows and columns the sheet has at most."""
    if prefix or NOT_NEAR.search(xml) or PREFIXED.search(xml):
        return Reach(xml).span
    last = ROW_REFERENCE.search(xml, xml.rfind(b"<row"))
    return (int(last[1]) if last else FIRST_ROWS), FIRST_COLUMNS


def _demand_whole(xml: bytes, prefix: bytes, rows: int) -> None:
    """Refuse a sheet that is no XML: the fast reader goes on there, and misses rows.

    A parser is asked only where the number of signs or of rows, each after another as nearly all
    programs write them, lets doubt that it is whole. Where numbers are left out, as of empty rows,
    it is asked about the row before.
    """
    adjacent = xml.count(b'</%srow><%srow r="' % (prefix, prefix)) + 1
    if xml.count(b"<") == xml.count(b">"):
        if adjacent == rows:
            return
        numbers = [*map(int, re.findall(rb'<%srow r="([1-9]\d{0,6})"' % prefix, xml))]
        left_out = [*islice((a for a, b in pairwise(numbers) if b != a + 1), MOST_LEFT_OUT)]
        if len(numbers) == adjacent and len(left_out) < MOST_LEFT_OUT:
            for number in left_out:
                row = xml.index(b'<%srow r="%d"' % (prefix, number))
                after = xml.index(b"<%srow " % prefix, row + 1)
                expat.ParserCreate().Parse(xml[row:after], True)
            return
    expat.ParserCreate().Parse(xml, True)


def _errors(xml: bytes, prefix: bytes) -> Iterator[Cell]:
    for row, column, attributes, inside in cells_of(xml, prefix):
        if ERROR_TYPE.search(attributes) and (value := VALUE.search(inside)):
            yield row, column, unescape(value[1].decode("utf-8", "replace"))
