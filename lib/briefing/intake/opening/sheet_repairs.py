"""The sheets of a workbook (.xlsx, .ods) that its fast reader stops at, put as it reads them.

One odd cell costs that cell: what can't be what its type says becomes the text that stands there,
which nobody takes for a number. A sheet that isn't in the file costs that sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from briefing.intake.opening.grids import column_letters
from briefing.intake.opening.packages import Package

MOST_XML = 30 * 2**20  # bytes of a sheet that is taken apart here
ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.IGNORECASE)
RANGE = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
TRUTHS = {"0", "1", "true", "false"}
TEXTS = ("str", "inlineStr", "d")
CONTENT, AMOUNTS = "content.xml", ("float", "percentage", "currency")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HARMLESS = {
    etree.ErrorTypes.ERR_INVALID_CHAR,
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_INVALID_CHARREF,
    etree.ErrorTypes.ERR_ATTRIBUTE_REDEFINED,
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY,
    etree.ErrorTypes.WAR_UNDECLARED_ENTITY,
}
"""Faults of XML that cost a sign or an attribute, and no element."""
GAP = b"\0\0\0"  # in no encoding a sign: what a disk or a line leaves of what it lost
LOST = "#ERROR!"  # in the place of a text that is not in the file


def mended(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with odd cells as texts and without blank ones, and the names of its sheets
    that are not in the file.

    Raises:
        ValueError: A sheet is cut off, or larger than what is taken apart here.
        Exception: The workbook is damaged.
    """
    package = Package(zipfile.ZipFile(io.BytesIO(content)))
    book = package.main[1] if package.main else ""
    linked = package.links(book)
    lists = (package.read(link.to) for link in linked if link.kind == "sharedStrings")
    texts = next(map(_texts, lists), [])
    changed = {
        link.to: _sheet(package.read(link.to), texts)
        for link in linked
        if link.kind == "worksheet" and link.to in package.names
    }
    there = {link.key for link in linked if link.to in package.names}
    changed[book], lost = _without_lost_sheets(package.read(book), there)
    return package.with_parts(changed), lost


def parsed(xml: bytes) -> Any:
    """XML in which signs stand that it may not hold, without those.

    Raises:
        ValueError: It was cut off, or is larger than what is taken apart here, or so damaged that
            elements may be lost: of a sheet with fewer rows nobody would see that it lacks any.
    """
    if len(xml) > MOST_XML:
        raise ValueError("a part that is larger than any report")
    if GAP in xml:
        raise ValueError("a part of which a piece is missing")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(xml, parser)
    for error in parser.error_log:
        if error.type not in HARMLESS:
            raise ValueError(error.message)
    name = etree.QName(root).localname.encode()
    if not re.search(rb"[</:]%s(?:\s[^<>]*/)?\s*>\s*\Z" % name, xml[-300:]):
        raise ValueError("a part that was cut off")
    return root


def _texts(xml: bytes) -> list[bool]:
    """Of each shared text, whether it shows anything."""
    return [_shows(node) for node in parsed(xml).iter("{*}si")]


def _shows(node: Any) -> bool:
    return any((text.text or "").strip() for text in node.iter("{*}t"))


def _without_lost_sheets(xml: bytes, there: set[str]) -> tuple[bytes, tuple[str, ...]]:
    book = parsed(xml)
    lost = []
    for sheet in list(book.iter("{*}sheet")):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        if key not in there:
            lost.append(sheet.get("name", ""))
            sheet.getparent().remove(sheet)
    return etree.tostring(book, encoding="UTF-8"), tuple(lost)


def _sheet(xml: bytes, texts: list[bool]) -> bytes:
    root = parsed(xml)
    for odd in (*root.iter("{*}dimension"), *root.iter("{*}mergeCell")):
        if not RANGE.fullmatch(odd.get("ref", "")) or odd.tag.endswith("}dimension"):
            odd.getparent().remove(odd)
    below = 1
    for row in list(root.iter("{*}row")):
        said = row.get("r", "")
        number = int(said) if said.isdigit() and 0 < int(said) <= MOST_ROWS else below
        row.set("r", str(number))
        beside = 1
        for cell in row.findall("{*}c"):
            beside = 1 + _place(cell, number, beside)
            if not _mend(cell, texts):
                row.remove(cell)
        if not len(row):
            row.getparent().remove(row)
        below = number + 1
    return etree.tostring(root, encoding="UTF-8")


def _place(cell: Any, row: int, beside: int) -> int:
    """Give a cell an address that a sheet has; its column, from 1."""
    said = ADDRESS.fullmatch(cell.get("r", "").strip())
    column = 0
    for letter in said[1].upper() if said else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    if not 0 < column <= MOST_COLUMNS:
        column = beside
    cell.set("r", f"{column_letters(column - 1)}{row}")
    return column


def _mend(cell: Any, texts: list[bool]) -> bool:
    """Make a text of what isn't what its type says; whether the cell holds anything."""
    sort = cell.get("t", "n")
    value = cell.find("{*}v")
    said = (value.text or "").strip() if value is not None else ""
    formula = cell.find("{*}f") is not None
    if sort == "inlineStr":
        return formula or _shows(cell)
    if value is None or not said:
        return formula
    if sort == "s":
        known = said.isdigit() and int(said) < len(texts)
        if known:
            value.text = said
            return texts[int(said)]
        said = LOST
    elif _is_sound(sort, said):
        value.text = said if sort not in TEXTS else value.text
        return True
    cell.set("t", "str")
    value.text = said
    return True


def _is_sound(sort: str, said: str) -> bool:
    if sort == "n":
        try:
            return abs(float(said)) < float("inf") and "_" not in said
        except ValueError:
            return False
    known = {"b": TRUTHS, "e": ERRORS}
    return sort in TEXTS or said in known.get(sort, ())


def mended_calc(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The same of an .ods; it holds all of its sheets in one part.

    Raises:
        Exception: The workbook is damaged.
    """
    package = Package(zipfile.ZipFile(io.BytesIO(content)))
    root = parsed(package.read(CONTENT))
    close_up(root)
    for cell in (*root.iter("{*}table-cell"), *root.iter("{*}covered-table-cell")):
        shown = "".join(cell.itertext()).strip()
        sort, held = cell.get(f"{OFFICE}value-type"), cell.get(f"{OFFICE}value", "")
        if sort in AMOUNTS and not _is_sound("n", held):
            cell.set(f"{OFFICE}value-type", "string")
            cell.attrib.pop(f"{OFFICE}value", None)
            if not shown:
                etree.SubElement(cell, f"{TEXT}p").text = held
        elif sort == "string" and not shown and f"{TABLE}formula" not in cell.attrib:
            cell.attrib.pop(f"{OFFICE}value-type")
    return package.with_parts({CONTENT: etree.tostring(root, encoding="UTF-8")}), ()


def close_up(root: Any) -> None:
    """Take out the line breaks between elements of an OpenDocument, at which the reader stops."""
    for node in root.iter(etree.Element):
        if "opendocument:xmlns:text" not in node.tag:
            for inner in node:
                inner.tail = inner.tail if (inner.tail or "").strip() else None
            node.text = node.text if (node.text or "").strip() else None
