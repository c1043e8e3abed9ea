"""Which cells of an .xlsb are struck through, raised in part, or shown as nothing.

Names and layouts of the records: [MS-XLSB] BrtFont, BrtFmt, BrtXF, BrtSSTItem, BrtCellIsst.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefing.intake.opening.cell_styles import CellStyle, Runs, cell_style, runs_at
from briefing.intake.opening.looks import Look
from briefing.intake.opening.packages import Package
from briefing.intake.opening.surveys import Place
from briefing.intake.opening.xls_looks import font_look

SHARED_TEXT, RICH_TEXT, ITEM = 7, 62, 19
FONT, FORMAT, XF = 43, 44, 47
CELL_STYLES, END_OF_CELL_STYLES = 617, 618
IS_RICH = 0x01


@dataclass(frozen=True)
class Looks:
    """What a workbook says of how its cells look.

    Attributes:
        styles: By the number of a cell's style, of those that have a look.
        fonts: By their number, of the fonts that have a look.
        shared: By their number, the texts that look different in parts.
    """

    styles: Mapping[int, CellStyle] = field(default_factory=dict)
    fonts: Mapping[int, Look] = field(default_factory=dict)
    shared: Mapping[int, Runs] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.styles or self.fonts)

    def of_cell(self, number: int, record: bytes) -> tuple[CellStyle | None, Runs]:
        """The look of a cell as a whole, and its pieces where they look different."""
        style = self.styles.get(struct.unpack_from("<I", record, 4)[0] & 0xFFFFFF)
        if number == SHARED_TEXT and len(record) >= 12:
            return style, self.shared.get(struct.unpack_from("<I", record, 8)[0], ())
        return style, rich_text(record, 8, self.fonts) if number == RICH_TEXT else ()

    def of_cells(
        self, records: Iterator[tuple[int, int, bytes]]
    ) -> tuple[dict[Place, CellStyle], dict[Place, Runs]]:
        """The same of every cell; `records`: of a sheet's cells, their row, number and data."""
        styles: dict[Place, CellStyle] = {}
        runs: dict[Place, Runs] = {}
        for row, number, record in records:
            place = row, struct.unpack_from("<I", record)[0]
            style, pieces = self.of_cell(number, record)
            if style:
                styles[place] = style
            if pieces:
                runs[place] = pieces
        return styles, runs


def looks_of(package: Package) -> Looks:
    """What the workbook's lists of styles and of texts say.

    Raises:
        ValueError, IndexError, struct.error: They are damaged.
    """
    looks, styles = _styles(package.held("xl/styles.bin"))
    shared = _shared(package.held("xl/sharedstrings.bin"), looks) if looks else {}
    return Looks(styles, looks, shared)


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
    looks = {i: look for i, look in enumerate(fonts) if look}
    found = {
        i: cell_style(looks.get(font) == "struck", formats.get(format_, ""))
        for i, (font, format_) in enumerate(cells)
    }
    return looks, {i: style for i, style in found.items() if style}


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
