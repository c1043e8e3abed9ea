"""The sheets of a workbook (.xlsx) as XML: what its fast reader leaves out.

Most sheets hold none of it: they are asked by plain searches of bytes, which cost a twentieth of
reading them, and taken apart only where those find something.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from briefing.intake.opening.surveys import Survey
from briefing.intake.opening.xlsx_cells import REFERENCE, ROW_REFERENCE, column_of
from briefing.intake.opening.xlsx_formulas import formulas_of
from briefing.intake.opening.xlsx_hidden import hidden_columns, hidden_rows
from briefing.intake.opening.xlsx_looks import Looks, looks_of

ROOT = re.compile(rb"<(\w+:)?worksheet\b")
FAR = re.compile(rb'r="[A-Z](?:[A-Z]|\d{6})')  # beyond column Z or row 99,999
ERROR_TYPE = re.compile(rb'\bt="e"')
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
FIRST_ROWS, FIRST_COLUMNS = 99_999, 26  # what no far reference goes beyond
CHAIN = "xl/calcchain.xml"  # in which order Excel calculates; other writers keep none
Cell = tuple[int, int, str]


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        KeyError, ValueError, ElementTree.ParseError: The workbook is damaged.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    looks, names = looks_of(archive), {name.lower() for name in archive.namelist()}
    return [_survey(archive, path, looks, CHAIN in names) for path in _paths(archive)]


def _paths(archive: zipfile.ZipFile) -> list[str]:
    """Each sheet's place in the archive."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
        for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    keys = (
        next((value for name, value in sheet.items() if name.endswith("}id")), None)
        for sheet in book.iter()
        if sheet.tag.rpartition("}")[2] == "sheet"
    )
    return [links[key].lstrip("/") for key in keys]


def _survey(archive: zipfile.ZipFile, path: str, looks: Looks, calculates: bool) -> Survey:
    xml = archive.read(path)
    root = ROOT.search(xml, 0, 4096)
    if not root:  # a sheet of a chart
        return Survey()
    prefix = root[1] or b""
    rows, columns = _span(xml, prefix)
    formulas, others = formulas_of(xml, prefix) if b"</%sf>" % prefix in xml else ({}, True)
    hidden, filtered = hidden_rows(archive, path, xml, prefix)
    styles, runs = looks.of_sheet(xml, prefix)
    return Survey(
        rows, columns,
        texts=tuple(_errors(xml, prefix)) if b't="e"' in xml else (),
        formulas=formulas,
        calculates=calculates or others,
        hidden_rows=hidden,
        hidden_columns=hidden_columns(xml, prefix),
        filtered=filtered,
        styles=styles,
        runs=runs,
    )  # fmt: skip


def _span(xml: bytes, prefix: bytes) -> tuple[int, int]:
    """How many rows and columns the sheet has at most."""
    first = re.search(rb"<%sc\b[^>]*" % prefix, xml)
    if not first:
        return 0, 0
    if not REFERENCE.search(first[0]):
        return _span_by_count(xml, prefix)
    if not FAR.search(xml):
        last = ROW_REFERENCE.search(xml, xml.rfind(b"<%srow" % prefix))
        return (int(last[1]) if last else FIRST_ROWS), FIRST_COLUMNS
    filled = re.compile(rb"<%sc\b([^>]*[^/>])>(?!</)" % prefix)
    cells = filled.findall(xml)
    found = {reference.groups() for cell in cells if (reference := REFERENCE.search(cell))}
    rows = max((int(row) for _column, row in found), default=0)
    return rows, max((column_of(letters) + 1 for letters, _row in found), default=0)


def _span_by_count(xml: bytes, prefix: bytes) -> tuple[int, int]:
    """The same of a sheet whose cells don't say where they stand, only in which order."""
    rows = xml.split(b"<%srow" % prefix)
    return len(rows), max(len(re.findall(rb"<%sc\b" % prefix, row)) for row in rows)


def _errors(xml: bytes, prefix: bytes) -> Iterator[Cell]:
    for match in ERROR_TYPE.finditer(xml):
        row, column, inside = _cell_around(xml, match.start(), prefix)
        if value := VALUE.search(inside):
            yield row, column, unescape(value[1].decode("utf-8", "replace"))


def _cell_around(xml: bytes, at: int, prefix: bytes) -> tuple[int, int, bytes]:
    """Row and column of the cell that a place is in, and the cell's XML."""
    start = xml.rfind(b"<%sc " % prefix, 0, at)
    start = max(start, xml.rfind(b"<%sc>" % prefix, 0, at))
    cell = xml[start : xml.find(b"</%sc>" % prefix, at)]
    own = REFERENCE.search(cell, 0, cell.find(b">"))
    if own:
        return int(own[2]) - 1, column_of(own[1]), cell
    row = xml.rfind(b"<%srow" % prefix, 0, start)
    said = ROW_REFERENCE.search(xml, row, xml.find(b">", row))
    number = int(said[1]) - 1 if said else xml.count(b"<%srow" % prefix, 0, row)
    return number, len(re.findall(rb"<%sc\b" % prefix, xml[row:start])), cell
