"""One report as it will stand on paper, before it becomes a workbook or a Word document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from briefing.sample.lists import Line, Listing, Scene
from briefing.sample.people import written_phone
from briefing.sample.plan import Unit
from briefing.sample.words import spellings, vocabulary

Cell = str | int | None
MANY_ROWS = 600  # from here on nobody frames or remarks on single rows


class Column(NamedTuple):
    """A column: its field, heading, and the group heading above it when there are two rows."""

    field: str
    heading: str
    group: str = ""


@dataclass
class Paper:
    """Everything on one report, independent of the file format.

    `left` and `right` are the two halves of the letterhead; `marks` as in `Listing`. `merged`
    says that the value column is one cell over all rows.
    """

    columns: list[Column]
    rows: list[list[Cell]]
    total: list[Cell] | None = None
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    place: str = ""
    label: str = ""
    titles: list[str] = field(default_factory=list)
    signature: list[tuple[str, str]] = field(default_factory=list)
    merged: bool = False
    sheet: str = "Sheet1"
    font: str = "Times New Roman"
    top: int = 1
    first_column: int = 1
    marks: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def grouped(self) -> bool:
        """Whether the header takes two rows."""
        return any(column.group for column in self.columns)

    def position(self, name: str) -> int:
        """Which column (from 0) holds this field."""
        return [column.field for column in self.columns].index(name)


def commune_paper(scene: Scene, unit: Unit, day: date, table: Listing) -> Paper:
    """The Mẫu 02 of a unit about a day, in that unit's hand."""
    hand = vocabulary()["hands"][unit.hand]
    words = spellings(scene.campaign, unit, day)
    columns = [Column(*column) for column in hand["columns"]]
    left, right, place = _letterhead(hand, words)
    wants_total = "total" in hand or any(rule == "total_mismatch" for rule, _, _ in table.marks)
    total = None
    if wants_total and table.total is not None and unit.values != "merged":
        total = _total_row(columns, hand.get("total", ""), table)
    return Paper(
        columns=columns,
        rows=_rows(columns, unit, table),
        total=total,
        left=left,
        right=right,
        place=place,
        label=hand.get("label", ""),
        titles=[title.format(**words) for title in hand["titles"]],
        signature=[tuple(pair) for pair in hand.get("signature", [])],
        merged=unit.values == "merged",
        sheet=hand["sheet"],
        font=hand["font"],
        top=hand["top"],
        first_column=hand.get("left", 1),
        marks=table.marks,
    )


def without_rows(paper: Paper) -> Paper:
    """The same report sent before anybody filled it in: the header stands there alone."""
    paper.rows, paper.total, paper.marks, paper.merged = [], None, [], False
    return paper


def _letterhead(hand: dict[str, Any], words: dict[str, Any]) -> tuple[list[str], list[str], str]:
    texts = vocabulary()["letterhead"]
    place = texts["place"].format(**words)
    if hand["letterhead"] == "none":
        return [], [], ""
    if hand["letterhead"] == "short":
        return [texts["short"].format(**words)], [], ""
    left = [texts["body"], words["UNIT"], hand["number"]]
    return left, [texts["nation"], texts["motto"]], place


def _rows(columns: list[Column], unit: Unit, table: Listing) -> list[list[Cell]]:
    writers = [_writer(column.field, unit, len(table.lines)) for column in columns]
    return [
        [writer(number, line) for writer in writers]
        for number, line in enumerate(table.lines, start=1)
    ]


def _writer(name: str, unit: Unit, size: int) -> Callable[[int, Line], Cell]:
    """How this unit fills a column: (number of the row, line) → what stands in the cell."""
    words = vocabulary()
    genders = words["people"]["genders"]
    plain = unit.hand == "no_marks"
    notes = words["notes_plain" if plain else "notes"]
    phones = "text" if unit.docx and unit.phones in ("number", "mixed") else unit.phones
    places = [_address(unit, place) for place in unit.hamlets]
    return {
        "stt": lambda number, line: number,
        "ho_ten": lambda number, line: line.who.name,
        "dia_chi": lambda number, line: places[line.place % len(places)],
        "so_dien_thoai": lambda number, line: line.typed_phone or written_phone(line.who, phones),
        "luy_ke": lambda number, line: line.value,
        "trong_ngay": lambda number, line: line.today,
        "gioi_tinh": lambda number, line: genders["f" if line.who.female else "m"],
        "ghi_chu": lambda number, line: (
            notes[int(line.who.phone[-2:]) % len(notes)]
            if size < MANY_ROWS and int(line.who.phone[-3:]) % 3 == 0
            else None
        ),
    }[name]


def _address(unit: Unit, place: tuple[str, str]) -> str:
    bare, label = place
    if unit.address == "bare" and not bare.isdigit():
        return bare
    return label[0].lower() + label[1:] if unit.address == "lower" else label


def _total_row(columns: list[Column], label: str, table: Listing) -> list[Cell]:
    values = {"ho_ten": label, "luy_ke": table.total, "trong_ngay": table.total_today}
    return [values.get(column.field) for column in columns]
