"""The sheets of a workbook (.xlsx) as XML: what its fast reader leaves out.

Most sheets hold none of it: they are asked by plain searches of bytes, which cost a twentieth of
reading them, and taken apart only where those find something.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree
from xml.parsers import expat

from briefing.intake.opening.packages import Package
from briefing.intake.opening.surveys import BookLooks, Survey, checked
from briefing.intake.opening.xlsx_cells import ROW_REFERENCE, Reach, cells_of
from briefing.intake.opening.xlsx_formulas import formulas_of
from briefing.intake.opening.xlsx_hidden import hidden_columns, hidden_rows
from briefing.intake.opening.xlsx_looks import looks_of, note_looks

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


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        KeyError, ValueError, ElementTree.ParseError, ExpatError: The workbook is damaged.
    """
    package = Package(zipfile.ZipFile(io.BytesIO(content)), whole=True)
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
    programs write them, lets doubt that it is whole.
    """
    between = b'</%srow><%srow r="' % (prefix, prefix)
    if xml.count(b"<") != xml.count(b">") or xml.count(between) + 1 != rows:
        expat.ParserCreate().Parse(xml, True)


def _errors(xml: bytes, prefix: bytes) -> Iterator[Cell]:
    for row, column, attributes, inside in cells_of(xml, prefix):
        if ERROR_TYPE.search(attributes) and (value := VALUE.search(inside)):
            yield row, column, unescape(value[1].decode("utf-8", "replace"))
