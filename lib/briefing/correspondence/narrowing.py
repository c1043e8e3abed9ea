"""Marking costs by what is marked: openpyxl gets those rows alone, all others stay as they came.

A sheet's rows are taken out of its XML before openpyxl loads the workbook, and put back between
those that it has written. The numbers of their styles hold: openpyxl keeps the styles it has read
in their order. Sheets whose rows know of one another (shared formulas, tables) are not narrowed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

SHEET_DATA, SHEET_DATA_END, ROW_END = b"<sheetData", b"</sheetData>", b"</row>"
NUMBER = re.compile(rb'\sr="(\d{1,7})"')
MERGED = re.compile(rb'<mergeCell ref="[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
DIMENSION = re.compile(rb'<dimension ref="[A-Z0-9:]*"\s*/>')
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NAME_OF_ITS_OWN = re.compile(rb'\s((?:xmlns:|mc:)\w+)="[^"]*"')
TIED = re.compile(rb'<f\b[^>]*\st="|<tablePart\b|<!\[CDATA\[|<!--')
STRINGS = "xl/sharedStrings.xml"
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
STRINGS_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


@dataclass(frozen=True)
class Narrowed:
    """A workbook without the rows that nothing is marked in.

    Attributes:
        content: The workbook that openpyxl is to load.
        sheets: Sheet's name → its XML as it came.
        kept: Sheet's name → the numbers of the rows that are in `content`.
        strings: The texts that the sheets' cells point to, as they came; empty where none do.
    """

    content: bytes
    sheets: Mapping[str, bytes]
    kept: Mapping[str, Collection[int]]
    strings: bytes


def narrowed(content: bytes, marked: Mapping[str, Collection[int]]) -> Narrowed | None:
    """A workbook with the rows to mark alone; `None` where it is not written plainly enough.

    Args:
        marked: Sheet's name → numbers of rows.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    if any(name.lower().endswith("sharedstrings.xml") and name != STRINGS for name in names):
        return None
    try:
        places = sheet_places(archive)
    except (KeyError, ElementTree.ParseError):
        return None
    sheets = {title: archive.read(path) for title, path in places.items() if path in names}
    kept = {title: _with_anchors(xml, marked.get(title, ())) for title, xml in sheets.items()}
    narrow = {title: _narrow(xml, kept[title]) for title, xml in sheets.items()}
    if len(sheets) < len(places) or None in narrow.values():
        return None
    by_path = {path: narrow[title] or b"" for title, path in places.items()}
    strings = archive.read(STRINGS) if STRINGS in names else b""
    return Narrowed(_written(archive, by_path, zipfile.ZIP_STORED), sheets, kept, strings)


def widened(saved: bytes, narrow: Narrowed) -> bytes:
    """A workbook that openpyxl has saved from `narrow`, with all its rows again."""
    archive = zipfile.ZipFile(io.BytesIO(saved))
    parts = {
        path: _widen(archive.read(path), narrow.sheets[title], narrow.kept[title])
        for title, path in sheet_places(archive).items()
        if title in narrow.sheets
    }
    if narrow.strings:
        parts |= {STRINGS: narrow.strings, **_linked(archive)}
    return _written(archive, parts)


def sheet_places(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet of cells → its place in the archive.

    Raises:
        KeyError, ElementTree.ParseError: The workbook is laid out in another way.
    """
    links = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
        for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        if link.get("Type", "").endswith("/worksheet")
    }
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in sheet.items() if key.endswith("}id")), None)
            if link in links:
                found[sheet.get("name", "")] = links[link].lstrip("/")
    return found


def _with_anchors(xml: bytes, rows: Collection[int]) -> set[int]:
    """The rows, and those in which the merged cells begin that reach over them."""
    ranges = [(int(first), int(last)) for first, last in MERGED.findall(xml)]
    first = (top for top, bottom in ranges if any(top <= row <= bottom for row in rows))
    return {*rows, *first}


def _narrow(xml: bytes, kept: Collection[int]) -> bytes | None:
    head, rows, tail = _apart(xml)
    root = head[: head.find(b">", head.find(b"<worksheet")) + 1]
    if MAIN not in root or not tail or TIED.search(xml):
        return None
    numbered = list(_rows(rows))
    numbers = [number for number, _row in numbered]
    if 0 in numbers or numbers != sorted(set(numbers)):
        return None
    mine = b"".join(row for number, row in numbered if number in kept)
    return head + b"<sheetData>" + mine + SHEET_DATA_END + tail


def _apart(xml: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the rows, the rows, and what stands behind; no tail where none are."""
    start = xml.find(SHEET_DATA)
    inside = xml.find(b">", start) + 1
    if start < 0 or not inside:
        return xml, b"", b""
    if xml[inside - 2 : inside - 1] == b"/":
        return xml[:start], b"", xml[inside:]
    end = xml.find(SHEET_DATA_END, inside)
    if end < 0:
        return xml, b"", b""
    return xml[:start], xml[inside:end], xml[end + len(SHEET_DATA_END) :]


def _rows(rows: bytes) -> Iterator[tuple[int, bytes]]:
    """Each row with its number; 0 for what is no row that says its number."""
    at = 0
    while at < len(rows):
        tag = rows.find(b">", at) + 1
        whole = rows[tag - 2 : tag - 1] == b"/"
        end = tag if whole else rows.find(ROW_END, at) + len(ROW_END)
        number = NUMBER.search(rows, at, tag)
        if not rows.startswith(b"<row", at) or not number or end < max(tag, at + 1):
            if rows[at:].strip():
                yield 0, b""
            return
        yield int(number[1]), rows[at:end]
        at = end


def _widen(saved: bytes, original: bytes, kept: Collection[int]) -> bytes:
    """The sheet as it was saved, with the original's other rows between those that were kept."""
    head, written, tail = _apart(saved)
    old_head, others, _tail = _apart(original)
    mine = {number: row for number, row in _rows(written) if number in kept}
    rows = {number: row for number, row in _rows(others)} | mine
    all_rows = b"".join(rows[number] for number in sorted(rows))
    size = DIMENSION.search(old_head)
    head = DIMENSION.sub(size[0] if size else b"", head)
    return _with_names(head, old_head) + b"<sheetData>" + all_rows + SHEET_DATA_END + tail


def _with_names(head: bytes, original: bytes) -> bytes:
    """A sheet's beginning with the prefixes that the original's rows may use."""
    start = head.find(b"<worksheet") + len(b"<worksheet")
    old = original.find(b"<worksheet")
    root = original[old : original.find(b">", old)]
    mine = head[start : head.find(b">", start)]
    names = b"".join(
        match[0] for match in NAME_OF_ITS_OWN.finditer(root) if match[1] + b"=" not in mine
    )
    return head[:start] + names + head[start:]


def _linked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The lists of parts, with the shared texts in them: openpyxl writes each text in its cell."""
    links, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    link = f'<Relationship Type="{STRINGS_LINK}" Target="/{STRINGS}" Id="rIdStrings"/>'
    part = f'<Override PartName="/{STRINGS}" ContentType="{STRINGS_TYPE}"/>'
    return {
        links: archive.read(links).replace(
            b"</Relationships>", link.encode() + b"</Relationships>"
        ),
        types: archive.read(types).replace(b"</Types>", part.encode() + b"</Types>"),
    }


def _written(
    archive: zipfile.ZipFile, parts: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The same archive with these parts in place of its own, or besides them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as target:
        for entry in archive.infolist():
            if entry.filename not in parts:
                target.writestr(entry.filename, archive.read(entry))
        for path, part in parts.items():
            target.writestr(path, part)
    return out.getvalue()
