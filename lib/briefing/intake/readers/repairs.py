"""What is put right about a file before it is read: how it is wrapped, never what it says.

The sheets of a workbook (.xlsx, .ods) that its fast reader stops at are put as it reads them: one
odd cell costs that cell. What can't be what its type says becomes the text that stands there, which
nobody takes for a number; a sheet that isn't in the file costs that sheet.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from briefing.errors import IntakeError
from briefing.intake.readers import compound
from briefing.intake.readers.archives import Archive
from briefing.intake.readers.budget import check_tags, demand_memory
from briefing.intake.readers.grids import column_letters, column_number
from briefing.intake.readers.limits import MOST_COLUMNS, MOST_ROWS
from briefing.intake.readers.packages import TYPES, Package, zipped
from briefing.intake.readers.sniff import markup_of

MOST_XML = 30 * 2**20  # bytes of a sheet that is taken apart here
ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.IGNORECASE)
RANGE = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?")
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
BLANK = re.compile(rb"(?:\xef\xbb\xbf|[\s\0])+")
LONGEST_LEAD = 4096  # bytes
MAGIC = (b"PK\x03\x04", compound.MAGIC, b"{\\rtf", b"<?xml", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
MANIFEST = b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODF = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def mended(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with odd cells as texts and without blank ones, and the names of its sheets
    that are not in the file.

    Raises:
        ValueError: A sheet is cut off, or larger than what is taken apart here.
        Exception: The workbook is damaged.
    """
    package = Package(content)
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
        address = row.get("r", "")
        number = int(address) if address.isdigit() and 0 < int(address) <= MOST_ROWS else below
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
    address = ADDRESS.fullmatch(cell.get("r", "").strip())
    column = column_number(address[1].upper()) + 1 if address else 0
    if not 0 < column <= MOST_COLUMNS:
        column = beside
    cell.set("r", f"{column_letters(column - 1)}{row}")
    return column


def _mend(cell: Any, texts: list[bool]) -> bool:
    """Make a text of what isn't what its type says; whether the cell holds anything."""
    sort = cell.get("t", "n")
    value = cell.find("{*}v")
    text = (value.text or "").strip() if value is not None else ""
    formula = cell.find("{*}f") is not None
    if sort == "inlineStr":
        return formula or _shows(cell)
    if value is None or not text:
        return formula
    if sort == "s":
        known = text.isdigit() and int(text) < len(texts)
        if known:
            value.text = text
            return texts[int(text)]
        text = LOST
    elif _is_sound(sort, text):
        value.text = text if sort not in TEXTS else value.text
        return True
    cell.set("t", "str")
    value.text = text
    return True


def _is_sound(sort: str, text: str) -> bool:
    if sort == "n":
        try:
            return abs(float(text)) < float("inf") and "_" not in text
        except ValueError:
            return False
    known = {"b": TRUTHS, "e": ERRORS}
    return sort in TEXTS or text in known.get(sort, ())


def mended_calc(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The same of an .ods; it holds all of its sheets in one part.

    Raises:
        Exception: The workbook is damaged.
    """
    package = Package(content)
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


def put_right(content: bytes) -> bytes:
    """The file as its readers expect it; the very same where nothing is odd, or all of it.

    A mark or blank lines before its beginning go. The parts of an Office file are unpacked and
    get their usual names. One that is a single text of XML becomes the archive that it stands for.

    Raises:
        IntakeError: `file_too_large`.
    """
    lead = BLANK.match(content, 0, LONGEST_LEAD)
    if lead and content.startswith(MAGIC, lead.end()):
        content = content[lead.end() :]
    try:
        if content.startswith(b"PK"):
            return _package(content)
        if content.startswith(compound.MAGIC):
            return compound.plainly_named(content)
        if content[:1] in b"<\xff\xfe\xef":
            return _flat(content)
    except IntakeError:
        raise
    except Exception as error:  # whatever a damaged file makes of the parsers
        demand_memory(error)
        return content  # its reader says what it is
    return content


def _package(content: bytes) -> bytes:
    """A document with its parts unpacked: once, by us, so that no reader unpacks any by itself."""
    package = Package(Archive(content))
    if not (package.main or {"mimetype", "content.xml"} <= package.names):
        return content
    is_plain, content = package.is_plain, package.unpacked()
    if is_plain:
        return content
    return Package(content).plainly_named()


def _flat(content: bytes) -> bytes:
    kind = markup_of(content)
    if kind in ("package", "flat_odf"):
        check_tags(content)
    if kind == "package":
        return zipped(_parts(_root(content)))
    if kind == "flat_odf":
        root = _root(content)
        close_up(root)
        mimetype = root.get(f"{ODF}mimetype", "").encode()
        parts = {
            "mimetype": mimetype,
            "content.xml": _bytes(root),
            "META-INF/manifest.xml": MANIFEST,
        }
        return zipped(parts.items())
    return content


def _parts(root: Any) -> Iterator[tuple[str, bytes]]:
    """The parts of a package that is written as one text, and their types."""
    types = etree.Element("Types")
    for part in root:
        attributes = {etree.QName(name).localname: value for name, value in part.items()}
        inside = part[0]
        if etree.QName(inside).localname == "xmlData":
            data = _bytes(inside[0])
        else:
            data = base64.b64decode(inside.text or "")
        name = attributes["name"]
        etree.SubElement(types, "Override", PartName=name, ContentType=attributes["contentType"])
        yield name.lstrip("/"), data
    yield TYPES, _bytes(types)


def _root(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(content, parser)


def _bytes(node: Any) -> bytes:
    return etree.tostring(node, encoding="UTF-8", xml_declaration=True, with_tail=False)
