"""Marking costs by what is marked: openpyxl gets those cells alone, without what they hold.

A sheet's rows are taken out of its XML before openpyxl loads the workbook, and put back when it has
saved it, with the styles that it gave to the cells at fault. The numbers of all other styles hold:
openpyxl keeps the styles it has read in their order. Sheets whose rows know of one another (shared
formulas, tables) are not narrowed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.cell_range import CellRange

SHEET_DATA, SHEET_DATA_END = b"<sheetData", b"</sheetData>"
ROW = b"<row"
NUMBER = re.compile(rb'<row\b[^>]*?\sr="(\d{1,7})"')
CELL = re.compile(rb"<c\b([^<>]*?)(?:/>|>[^<]*+(?:<(?!/?c\b)[^<]*+)*+</c>)")
AT, STYLE, HIDDEN = (re.compile(rb'\s%s="([^"]*)"' % name) for name in (b"r", b"s", b"hidden"))
MERGES = re.compile(rb"<mergeCells\b[^<]*+(?:<(?!/?mergeCells\b)[^<]*+)*+</mergeCells>")
MERGED = re.compile(rb'<mergeCell\b[^<>]*?\sref="([^"]*)"')
DIMENSION = re.compile(rb'<dimension ref="[A-Z0-9:]*"\s*/>')
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NAME_OF_ITS_OWN = re.compile(rb'\s((?:xmlns:|mc:)\w+)="[^"]*"')
TIED = re.compile(rb'<f\b[^<>]*\st="|<tablePart\b|<!\[CDATA\[|<!--')
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
        starts, numbers, at = [], [], rows.find(ROW)
        while at >= 0:
            match = NUMBER.match(rows, at)
            starts.append(at)
            numbers.append(int(match[1]) if match else 0)
            at = rows.find(ROW, at + 1)
        return cls(head, rows, tail, numbers, starts)

    @property
    def merged(self) -> list[str]:
        return [ref.decode() for ref in MERGED.findall(self.tail)]

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
    """A workbook without its rows, but for the cells to mark.

    Attributes:
        content: The workbook that openpyxl is to load.
        sheets: Sheet's name → the sheet as it came.
        strings: The texts that the sheets' cells point to, as they came; empty where none do.
    """

    content: bytes
    sheets: Mapping[str, Sheet]
    strings: bytes

    @property
    def merged(self) -> Mapping[str, list[str]]:
        """Sheet's name → its merged ranges: openpyxl would make an object of each cell in them."""
        return {title: sheet.merged for title, sheet in self.sheets.items()}


def narrowed(content: bytes, marked: Mapping[str, Collection[str]]) -> Narrowed | None:
    """A workbook with the cells to mark alone; `None` where it is not written plainly enough.

    Args:
        marked: Sheet's name → coordinates of cells.
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
    own = {title: _with_anchors(one, marked.get(title, ())) for title, one in sheets.items()}
    if not all(_is_plain(one, own[title]) for title, one in sheets.items()):
        return None
    by_path = {path: _narrow(sheets[title], own[title]) for title, path in places.items()}
    strings = archive.read(STRINGS) if STRINGS in names else b""
    return Narrowed(_stored(archive, by_path), sheets, strings)


def widened(saved: bytes, narrow: Narrowed) -> bytes:
    """A workbook that openpyxl has saved from `narrow`, with all its rows again."""
    archive = zipfile.ZipFile(io.BytesIO(saved))
    parts = {
        path: _widen(archive.read(path), narrow.sheets[title])
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


def _with_anchors(sheet: Sheet, cells: Collection[str]) -> dict[int, set[bytes]]:
    """The cells, and those that show the text of the merged ranges over them, by row."""
    bounds = [CellRange(ref).bounds for ref in sheet.merged]
    rows: dict[int, set[bytes]] = defaultdict(set)
    for cell in cells:
        row, column = coordinate_to_tuple(cell)
        rows[row].add(cell.encode())
        for left, top, right, bottom in bounds:
            if left <= column <= right and top <= row <= bottom:
                rows[top].add(f"{get_column_letter(left)}{top}".encode())
    return rows


def _is_plain(sheet: Sheet, marked: Collection[int]) -> bool:
    """Whether its rows stand each for itself, numbered in their order, and nothing between them;
    in those to mark each cell says where it is."""
    root = sheet.head[: sheet.head.find(b">", sheet.head.find(b"<worksheet")) + 1]
    before = sheet.rows[: sheet.starts[0]] if sheet.starts else sheet.rows
    return bool(
        MAIN in root
        and sheet.tail
        and not any(map(TIED.search, (sheet.head, sheet.rows, sheet.tail)))
        and not before.strip()
        and 0 not in sheet.numbers
        and sheet.numbers == sorted({*sheet.numbers})
        and all(_is_plain_row(sheet.row(number)) for number in marked)
    )


def _is_plain_row(row: bytes) -> bool:
    _tag, inside = _opened(row)
    return not CELL.sub(b"", inside).strip() and all(map(AT.search, CELL.findall(inside)))


def _opened(row: bytes) -> tuple[bytes, bytes]:
    """The beginning of a row, and what is in it."""
    end = row.find(b">") + 1
    if row[end - 2 : end] == b"/>":
        return row[: end - 2] + b">", b""
    return row[:end], row[end : row.rfind(b"</row>")]


def _narrow(sheet: Sheet, marked: Mapping[int, Collection[bytes]]) -> bytes:
    rows = (_emptied(sheet.row(number), marked[number]) for number in sorted(marked))
    tail = MERGES.sub(b"", sheet.tail)
    return sheet.head + b"<sheetData>" + b"".join(rows) + SHEET_DATA_END + tail


def _emptied(row: bytes, cells: Collection[bytes]) -> bytes:
    """A row with these cells alone, which hold nothing but their style."""
    if not row:
        return row
    tag, inside = _opened(row)
    own = (own[1] for own in CELL.finditer(inside))
    blanks = (b"<c%s/>" % one for one in own if (at := AT.search(one)) and at[1] in cells)
    return tag + b"".join(blanks) + b"</row>"


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


def _widen(saved: bytes, original: Sheet) -> bytes:
    """The sheet as it was saved, with the original's rows, its marked cells in their new styles."""
    written = Sheet.of(saved)
    rows = original.rows_with(
        {n: _restyled(original.row(n), written.row(n)) for n in written.numbers}
    )
    size = DIMENSION.search(original.head)
    head = DIMENSION.sub(size[0] if size else b"", written.head)
    body = b"<sheetData>" + rows + SHEET_DATA_END + written.tail
    return _with_names(head, original.head) + body


def _restyled(row: bytes, written: bytes) -> bytes:
    """A row, with the styles and the cells that openpyxl has given to it, shown if it does."""
    if not row:
        return written
    tag, inside = _opened(row)
    new_tag, marked = _opened(written)
    cells = {_coordinate(cell[1]): cell[0] for cell in CELL.finditer(inside)}
    for cell in CELL.finditer(marked):
        at = _coordinate(cell[1])
        style = STYLE.search(cell[1])
        plain = STYLE.sub(b"", cells.get(at, b'<c r="%s"/>' % at), count=1)
        cells[at] = plain.replace(b"<c", b"<c" + (style[0] if style else b""), 1)
    in_order = sorted(cells, key=lambda at: (len(at), at))  # of one row: by columns
    tag = tag if HIDDEN.search(new_tag) else HIDDEN.sub(b"", tag)
    return tag + b"".join(cells[at] for at in in_order) + b"</row>"


def _coordinate(attributes: bytes) -> bytes:
    at = AT.search(attributes)
    return at[1] if at else b""


def _with_names(head: bytes, original: bytes) -> bytes:
    """A sheet's beginning with the prefixes that the original's rows may use."""
    start = head.find(b"<worksheet") + len(b"<worksheet")
    old = original.find(b"<worksheet")
    root = original[old : original.find(b">", old)]
    tag = head[start : head.find(b">", start)]
    names = b"".join(
        match[0] for match in NAME_OF_ITS_OWN.finditer(root) if match[1] + b"=" not in tag
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
