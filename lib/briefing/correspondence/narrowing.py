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
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

SHEET_DATA, SHEET_DATA_END = b"<sheetData", b"</sheetData>"
ROW = re.compile(rb'<row\b(?:[^>]*?\sr="(\d{1,7})")?')
MERGED = re.compile(rb'<mergeCell ref="[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
DIMENSION = re.compile(rb'<dimension ref="[A-Z0-9:]*"\s*/>')
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NAME_OF_ITS_OWN = re.compile(rb'\s((?:xmlns:|mc:)\w+)="[^"]*"')
TIED = re.compile(rb'<f\b[^>]*\st="|<tablePart\b|<!\[CDATA\[|<!--')
STRINGS = "xl/sharedStrings.xml"
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
STRINGS_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


@dataclass(frozen=True)
class Sheet:
    """A sheet's XML: what stands before the rows, the rows, and what stands behind.

    Attributes:
        numbers, starts: Of each row, in order; 0 where a row does not say its number.
        tail: Empty where the rows can't be told apart from the rest.
    """

    head: bytes
    rows: bytes
    tail: bytes
    numbers: Sequence[int]
    starts: Sequence[int]

    @classmethod
    def of(cls, xml: bytes) -> Sheet:
        head, rows, tail = _apart(xml)
        found = [(int(row[1] or 0), row.start()) for row in ROW.finditer(rows)]
        return cls(head, rows, tail, [number for number, _at in found], [at for _n, at in found])

    def span(self, number: int) -> tuple[int, int]:
        """Where a row stands among the rows; where it would, if it is not there."""
        at = bisect_left(self.numbers, number)
        ends = [*self.starts[at : at + 2], len(self.rows), len(self.rows)]
        return ends[0], ends[number in self.numbers[at : at + 1]]

    def row(self, number: int) -> bytes:
        """A row as it stands; nothing where it is not there."""
        start, end = self.span(number)
        return self.rows[start:end]

    def rows_with(self, others: Mapping[int, bytes]) -> bytes:
        """The rows, with others in place of their own."""
        pieces, at = [], 0
        for number in sorted(others):
            start, end = self.span(number)
            pieces += [self.rows[at:start], others[number]]
            at = end
        return b"".join([*pieces, self.rows[at:]])


@dataclass(frozen=True)
class Narrowed:
    """A workbook without the rows that nothing is marked in.

    Attributes:
        content: The workbook that openpyxl is to load.
        sheets: Sheet's name → the sheet as it came.
        kept: Sheet's name → the numbers of the rows that are in `content`.
        strings: The texts that the sheets' cells point to, as they came; empty where none do.
    """

    content: bytes
    sheets: Mapping[str, Sheet]
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
    if not {*places.values()} <= {*names}:
        return None
    sheets = {title: Sheet.of(archive.read(path)) for title, path in places.items()}
    if not all(map(_is_plain, sheets.values())):
        return None
    kept = {title: _with_anchors(one, marked.get(title, ())) for title, one in sheets.items()}
    by_path = {path: _narrow(sheets[title], kept[title]) for title, path in places.items()}
    strings = archive.read(STRINGS) if STRINGS in names else b""
    return Narrowed(_stored(archive, by_path), sheets, kept, strings)


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
    return _stored(archive, parts)


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


def _with_anchors(sheet: Sheet, rows: Collection[int]) -> set[int]:
    """The rows, and those in which the merged cells begin that reach over them."""
    ranges = [(int(first), int(last)) for first, last in MERGED.findall(sheet.tail)]
    first = (top for top, bottom in ranges if any(top <= row <= bottom for row in rows))
    return {*rows, *first}


def _is_plain(sheet: Sheet) -> bool:
    """Whether its rows stand each for itself, numbered in their order, and nothing between them."""
    root = sheet.head[: sheet.head.find(b">", sheet.head.find(b"<worksheet")) + 1]
    pieces = (sheet.head, sheet.rows, sheet.tail)
    before = sheet.rows[: sheet.starts[0]] if sheet.starts else sheet.rows
    return bool(
        MAIN in root
        and sheet.tail
        and not any(map(TIED.search, pieces))
        and not before.strip()
        and 0 not in sheet.numbers
        and sheet.numbers == sorted({*sheet.numbers})
    )


def _narrow(sheet: Sheet, kept: Collection[int]) -> bytes:
    mine = b"".join(map(sheet.row, sorted(kept)))
    return sheet.head + b"<sheetData>" + mine + SHEET_DATA_END + sheet.tail


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


def _widen(saved: bytes, original: Sheet, kept: Collection[int]) -> bytes:
    """The sheet as it was saved, with the original's other rows between those that were kept."""
    written = Sheet.of(saved)
    rows = original.rows_with({n: written.row(n) for n in written.numbers if n in kept})
    size = DIMENSION.search(original.head)
    head = DIMENSION.sub(size[0] if size else b"", written.head)
    whole = b"<sheetData>" + rows + SHEET_DATA_END + written.tail
    return _with_names(head, original.head) + whole


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


def _stored(archive: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """The same archive, not compressed, with these parts in place of its own, or besides them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for entry in archive.infolist():
            if entry.filename not in parts:
                target.writestr(entry.filename, archive.read(entry))
        for path, part in parts.items():
            target.writestr(path, part)
    return out.getvalue()
