"""The records of a binary workbook (.xlsb): what its fast reader leaves out.

Names and layouts of the records: [MS-XLSB] BrtFont, BrtFmt, BrtXF, BrtSSTItem, BrtCellIsst.
"""

from __future__ import annotations

import struct
from collections.abc import Container, Iterator, Mapping

from briefing.intake.readers.flow import Look
from briefing.intake.readers.formula_tokens import BIFF_12, FoundFormulas
from briefing.intake.readers.limits import MOST_COLUMNS, MOST_ROWS
from briefing.intake.readers.packages import Package
from briefing.intake.readers.surveys import (
    ERRORS,
    BookLooks,
    CellStyle,
    Place,
    Runs,
    Survey,
    cell_styles,
    checked,
    runs_at,
)
from briefing.intake.readers.xls_looks import font_look

BOOK = "xl/workbook.bin"
ROW, NO_CELL, TEXT, SHARED_TEXT, SHEET, MERGED, COLUMNS = 0, 1, 6, 7, 156, 176, 60
ERROR, TEXT_OF_FORMULA, NUMBER_OF_FORMULA, ERROR_OF_FORMULA, RICH_TEXT = 3, 8, 9, 11, 62
SHARED_FORMULA, FILTER, FILTERED_COLUMN = 427, 161, 163
NOTED = {ROW, MERGED, COLUMNS, ERROR, TEXT_OF_FORMULA, NUMBER_OF_FORMULA, ERROR_OF_FORMULA,
         SHARED_FORMULA}  # fmt: skip
CELLS = {*range(2, ERROR_OF_FORMULA + 1), RICH_TEXT}  # 1 is a blank cell
ROW_HIDDEN, COLUMN_HIDDEN = 0x10, 0x01
ITEM, FONT, FORMAT, XF, CELL_STYLES, END_OF_CELL_STYLES = 19, 43, 44, 47, 617, 618
IS_RICH = 0x01


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        KeyError, ValueError, IndexError, struct.error: The workbook is damaged.
    """
    package = Package(content, strict=True)
    links = {link.key: link.to for link in package.links(BOOK)}
    looks = looks_of(package)
    paths = [links[key] for key in checked(_sheets(package.read(BOOK)))]
    return [_survey(package, path, looks) for path in paths]


def without_blanks(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The workbook without the cells whose text shows nothing, wherever they stand.

    Raises:
        ValueError, IndexError, struct.error: The workbook is damaged.
    """
    package = Package(content)
    linked = package.links(package.main[1] if package.main else "")
    lists = (package.read(link.to) for link in linked if link.kind == "sharedStrings")
    texts = next(map(blank_texts, lists), ())
    sheets = [to for kind, to, _key in linked if kind == "worksheet" and to in package.names]
    return package.with_parts({to: _emptied(package.read(to), texts) for to in sheets}), ()


def _emptied(data: bytes, blank: Container[int]) -> bytes:
    """A sheet with cells of blank texts as cells that hold nothing."""
    changed = bytearray(data)
    start = 0
    while start < len(data):
        number, length, at = head_of(data, start)
        shared = number == SHARED_TEXT and struct.unpack_from("<I", data, at + 8)[0] in blank
        if shared or (number == TEXT and not wide(data, at + 8).strip()):
            changed[start] = NO_CELL
        start = at + length
    return bytes(changed)


def _sheets(data: bytes) -> list[str]:
    """The key of each sheet's place in the archive."""
    return [wide(record, 8) for number, record in records(data) if number == SHEET]


def _note(sheet: Survey, formulas: FoundFormulas, number: int, row: int, record: bytes) -> None:
    """A record of `NOTED`, in a row or, for those of the whole sheet, anywhere."""
    if number == ROW and len(record) > 11:
        if record[11] & ROW_HIDDEN or record[8:10] == b"\0\0":
            sheet.hidden_rows.add(row)
    elif number in (ERROR, ERROR_OF_FORMULA):
        column = struct.unpack_from("<I", record)[0]
        sheet.texts.append((row, column, ERRORS.get(record[8], "#ERROR!")))
    elif number == TEXT_OF_FORMULA:
        formulas.calculates = True
    elif number == NUMBER_OF_FORMULA:
        column, value = struct.unpack_from("<I4xd", record)
        tokens, more = _tokens(record, 18)
        formulas.add((row, column), tokens, None if value else 0.0, more)
    elif number == SHARED_FORMULA:
        formulas.share(_tokens(record, 16)[0])
    elif number == COLUMNS and len(record) >= 18:
        first, last, width = struct.unpack_from("<III", record)
        if record[16] & COLUMN_HIDDEN or not width:
            sheet.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
    elif number == MERGED:
        top, bottom, left, right = struct.unpack_from("<IIII", record)
        assert sheet.merged is not None
        sheet.merged.append((top, left, bottom, right))


def _survey(package: Package, path: str, looks: BookLooks) -> Survey:
    data = package.read(path)
    sheet, formulas = Survey(merged=[]), FoundFormulas(BIFF_12)
    row = last_row = last_column = -1
    at, end = 0, len(data)
    integer = struct.Struct("<I").unpack_from
    while at < end:
        number, length, at = head_of(data, at)
        if number in CELLS:
            column = integer(data, at)[0]
            last_row, last_column = max(last_row, row), max(last_column, column)
            if looks:
                _look(sheet, (row, column), number, data[at : at + length], looks)
        elif number == ROW:
            row = integer(data, at)[0]
        if number in NOTED:
            _note(sheet, formulas, number, row, data[at : at + length])
        at += length
    sheet.rows, sheet.columns = last_row + 1, last_column + 1
    sheet.formulas, sheet.calculates = formulas.found(), formulas.calculates
    if sheet.hidden_rows:
        sheet.filtered = sheet.hidden_rows & _filtered(package, path, data)
        sheet.hidden_rows -= sheet.filtered
    return sheet


def _look(sheet: Survey, place: Place, number: int, record: bytes, looks: BookLooks) -> None:
    style = looks.styles.get(struct.unpack_from("<I", record, 4)[0] & 0xFFFFFF)
    runs: Runs = ()
    if number == SHARED_TEXT and len(record) >= 12:
        runs = looks.shared.get(struct.unpack_from("<I", record, 8)[0], ())
    elif number == RICH_TEXT:
        runs = rich_text(record, 8, looks.fonts)
    sheet.look(place, style, runs)


def _tokens(data: bytes, at: int) -> tuple[bytes, bytes]:
    """A formula's tokens, and what stands behind them."""
    count = struct.unpack_from("<I", data, at)[0]
    behind = at + 4 + count
    more = struct.unpack_from("<I", data, behind)[0]
    return data[at + 4 : behind], data[behind + 4 : behind + 4 + more]


def _filtered(package: Package, path: str, data: bytes) -> set[int]:
    """The rows under the heads of filters that let only some of them through."""
    rows: set[int] = set()
    for part in (data, *package.tables_of(path)):
        below = range(0)
        for number, record in records(part):
            if number == FILTER:
                first, last = struct.unpack_from("<II", record)
                below = range(first + 1, min(last, MOST_ROWS) + 1)
            elif number == FILTERED_COLUMN:
                rows.update(below)
    return rows


def looks_of(package: Package) -> BookLooks:
    """What the workbook's lists of styles and of texts say.

    Raises:
        ValueError, IndexError, struct.error: They are damaged.
    """
    looks, styles = _styles(package.held("xl/styles.bin"))
    shared = _shared(package.held("xl/sharedstrings.bin"), looks) if looks else {}
    return BookLooks(styles, looks, shared)


def _styles(data: bytes) -> tuple[dict[int, Look], dict[int, CellStyle]]:
    fonts: list[Look] = []
    formats: dict[int, str] = {}
    cells: list[tuple[int, int]] = []
    of_cells = False
    for number, record in records(data):
        if number in (CELL_STYLES, END_OF_CELL_STYLES):
            of_cells = number == CELL_STYLES
        elif number == FONT:
            flags, _weight, position = struct.unpack_from("<HHH", record, 2)
            fonts.append(font_look(flags, position))
        elif number == FORMAT:
            formats[struct.unpack_from("<H", record)[0]] = wide(record, 2)
        elif number == XF and of_cells:
            _parent, format_, font = struct.unpack_from("<HHH", record)
            cells.append((font, format_))
    looks: dict[int, Look] = {i: look for i, look in enumerate(fonts) if look}
    cell_looks = (
        (looks.get(font) == "struck", formats.get(format_, "")) for font, format_ in cells
    )
    return looks, cell_styles(cell_looks)


def _shared(data: bytes, fonts: Mapping[int, Look]) -> dict[int, Runs]:
    items = (record for number, record in records(data) if number == ITEM)
    found = ((number, rich_text(record, 0, fonts)) for number, record in enumerate(items))
    return {number: runs for number, runs in found if runs}


def blank_texts(data: bytes) -> frozenset[int]:
    """Of the list of shared texts, the numbers of those that show nothing."""
    items = (record for number, record in records(data) if number == ITEM)
    return frozenset(i for i, record in enumerate(items) if not wide(record, 1).strip())


def rich_text(record: bytes, at: int, fonts: Mapping[int, Look]) -> Runs:
    """The pieces of a text, `()` where it has none."""
    if not record[at] & IS_RICH:
        return ()
    text = wide(record, at + 1)
    behind = at + 5 + 2 * struct.unpack_from("<I", record, at + 1)[0]
    count = struct.unpack_from("<I", record, behind)[0]
    starts = struct.iter_unpack("<HH", record[behind + 4 : behind + 4 + 4 * count])
    return runs_at(text, starts, fonts)


def wide(record: bytes, at: int) -> str:
    """A text behind the count of its letters."""
    count = struct.unpack_from("<I", record, at)[0]
    return record[at + 4 : at + 4 + 2 * count].decode("utf-16-le", "replace")


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record."""
    at = 0
    while at < len(data):
        number, length, at = head_of(data, at)
        yield number, data[at : at + length]
        at += length


def head_of(data: bytes, at: int) -> tuple[int, int, int]:
    """Number and length of a record, and where its data begin; both in groups of seven bits."""
    number = data[at]
    at += 1
    if number & 0x80:
        number = number & 0x7F | (data[at] & 0x7F) << 7
        at += 1
    length = shift = 0
    while True:
        byte = data[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if byte < 0x80 or shift == 21:
            return number, length, at
        shift += 7
