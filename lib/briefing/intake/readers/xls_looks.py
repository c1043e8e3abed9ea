"""Which cells of an .xls are struck through, raised in part, or shown as nothing.

Names and layouts of the records: [MS-XLS] Font, XF, Format, SST, LabelSst, RString, MulRk.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.intake.readers.flow import Look
from briefing.intake.readers.surveys import BookLooks, Runs, Survey, cell_styles, runs_at

END_OF_SHEET, BEGIN, CONTINUE = 0x0A, 0x809, 0x3C
FONT, FORMAT, XF, STRINGS = 0x31, 0x41E, 0xE0, 0xFC
SHARED_TEXT, RICH_TEXT, SEVERAL_NUMBERS = 0xFD, 0xD6, 0xBD
ONE_CELL = {0x06, 0x205, 0x203, 0x204, RICH_TEXT, SHARED_TEXT, 0x27E, 0x207}
STRUCK, RAISED = 0x08, 1
NO_FONT = 4  # a number that is never given to a font
WIDE, EXTENDED, RICH = 0x01, 0x04, 0x08  # flags of a text
EXCEL_97 = 0x600


@dataclass(frozen=True)
class OldLooks(BookLooks):
    """The same; `is_97`: of Excel 97 and later, whose texts are Unicode."""

    is_97: bool = True


def note_looks(sheet: Survey, looks: OldLooks, data: bytes, at: int) -> None:
    """The cells of a sheet that have a look as a whole, and those that have it in parts."""
    for number, record in _own_records(data, at) if looks else ():
        for row, column, style in _cells(number, record):
            sheet.look((row, column), looks.styles.get(style))
        if number == SHARED_TEXT and len(record) >= 10:
            row, column, _style, text = struct.unpack_from("<HHHI", record)
            sheet.look((row, column), None, looks.shared.get(text, ()))
        elif number == RICH_TEXT and looks.fonts:
            sheet.look(struct.unpack_from("<HH", record), None, _rich(record, looks))


def _rich(record: bytes, looks: OldLooks) -> Runs:
    """The pieces of a text that stands in its cell."""
    if looks.is_97:
        return _Texts([record[6:]]).next_text(looks.fonts)
    end = 8 + struct.unpack_from("<H", record, 6)[0]
    text = record[8:end].decode("latin-1")
    starts = struct.iter_unpack("<BB", record[end + 1 : end + 1 + 2 * record[end]])
    return runs_at(text, starts, looks.fonts)


def records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record from a place on, to the end of the stream."""
    while at + 4 <= len(data):
        number, length = struct.unpack_from("<HH", data, at)
        yield number, data[at + 4 : at + 4 + length]
        at += 4 + length


def _own_records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, without those of a chart inside it."""
    inside = 0
    for number, record in records(data, at):
        inside += (number == BEGIN) - (number == END_OF_SHEET)
        if inside <= 0:
            return
        if inside == 1:
            yield number, record


def _cells(number: int, record: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of each cell of a record."""
    if number in ONE_CELL and len(record) >= 6:
        yield struct.unpack_from("<HHH", record)
    elif number == SEVERAL_NUMBERS and len(record) >= 6:
        row, first = struct.unpack_from("<HH", record)
        for i in range((len(record) - 6) // 6):
            yield row, first + i, struct.unpack_from("<H", record, 4 + 6 * i)[0]


def looks_of(data: bytes) -> OldLooks:
    """What the workbook's own records say, which stand before those of its sheets.

    Raises:
        ValueError, IndexError, struct.error: They are damaged.
    """
    listed: dict[int, list[bytes]] = {number: [] for number in (BEGIN, FONT, FORMAT, XF, STRINGS)}
    before = 0
    for number, record in records(data, 0):
        if number == END_OF_SHEET:
            break
        before = number if number != CONTINUE else before
        if before in listed and (number != CONTINUE or before == STRINGS):
            listed[before].append(record)
    version = struct.unpack_from("<H", listed[BEGIN][0])[0] if listed[BEGIN] else EXCEL_97
    fonts = [
        font_look(record[2], struct.unpack_from("<H", record, 8)[0]) for record in listed[FONT]
    ]
    looks = {i + (i >= NO_FONT): look for i, look in enumerate(fonts) if look}
    formats = {
        struct.unpack_from("<H", record)[0]: _format(record, version)
        for record in listed[FORMAT]
        if b";" in record
    }
    styles = (struct.unpack_from("<HH", record) for record in listed[XF])
    return OldLooks(
        cell_styles((looks.get(font) == "struck", formats.get(f, "")) for font, f in styles),
        looks,
        _shared(listed[STRINGS], looks) if looks and listed[STRINGS] else {},
        version >= EXCEL_97,
    )


def font_look(flags: int, position: int) -> Look:
    """The look of a font, by its flags and by where its letters stand to the line."""
    return "struck" if flags & STRUCK else "raised" if position == RAISED else ""


def _format(record: bytes, version: int) -> str:
    if version < EXCEL_97:
        return record[3 : 3 + record[2]].decode("latin-1")
    return "".join(text for text, _look in _Texts([record[2:]]).next_text({}))


def blank_texts(data: bytes) -> frozenset[int]:
    """The numbers of the shared texts that show nothing.

    Raises:
        ValueError, IndexError, struct.error: The workbook's records are damaged.
    """
    pieces: list[bytes] = []
    for number, record in records(data, 0):
        if number == STRINGS or (pieces and number == CONTINUE):
            pieces.append(record)
        elif pieces or number == END_OF_SHEET:
            break
    texts = enumerate(_texts(pieces, {}) if pieces else ())
    return frozenset(i for i, runs in texts if not "".join(text for text, _look in runs).strip())


def _shared(pieces: list[bytes], fonts: Mapping[int, Look]) -> dict[int, Runs]:
    texts = enumerate(_texts(pieces, fonts))
    return {i: runs for i, runs in texts if any(look is not None for _text, look in runs)}


def _texts(pieces: list[bytes], fonts: Mapping[int, Look]) -> Iterator[Runs]:
    """The shared texts, in order; `pieces`: the records that they run over."""
    count = struct.unpack_from("<I", pieces[0], 4)[0]
    texts = _Texts([pieces[0][8:], *pieces[1:]])
    for _number in itertools.takewhile(lambda _number: texts.more, range(count)):
        yield texts.next_text(fonts)


class _Texts:
    """Texts one behind the other, which may run over from one record into the next."""

    def __init__(self, pieces: list[bytes]):
        self._pieces, self._piece, self._at = pieces, 0, 0

    @property
    def more(self) -> bool:
        return self._piece < len(self._pieces) - 1 or self._left > 0

    @property
    def _left(self) -> int:
        return len(self._pieces[self._piece]) - self._at

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            if not self._left:
                self._piece, self._at = self._piece + 1, 0  # IndexError at the end
            piece = self._pieces[self._piece][self._at : self._at + count - len(taken)]
            taken += piece
            self._at += len(piece)
        return taken

    def next_text(self, fonts: Mapping[int, Look]) -> Runs:
        count, flags = struct.unpack("<HB", self._take(3))
        rich = struct.unpack("<H", self._take(2))[0] if flags & RICH else 0
        extended = struct.unpack("<I", self._take(4))[0] if flags & EXTENDED else 0
        text = self._letters(count, flags)
        starts = list(struct.iter_unpack("<HH", self._take(4 * rich)))
        self._take(extended)
        return runs_at(text, starts, fonts)

    def _letters(self, count: int, flags: int) -> str:
        """So many letters; in a record that they run over into, flags stand before them again."""
        units = b""  # of UTF-16
        while True:
            width = 2 if flags & WIDE else 1
            some = self._take(min(count - len(units) // 2, self._left // width) * width)
            units += some if width == 2 else some.decode("latin-1").encode("utf-16-le")
            if len(units) >= 2 * count:
                return units.decode("utf-16-le", "replace")
            flags = self._take(1)[0]
