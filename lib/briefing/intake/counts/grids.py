"""Tables of counts: every number with what its column, its row and its table say of it.

A table has a head or none; groups, places, units and days stand in rows or in columns, in one key
column or several, under one another or side by side. All are read in one way: a column says
something of the numbers in it, a row of those in it, and what stands over several holds for all
of them until the next of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol

from briefing.intake.counts.cells import WHOLE, Cell, Key, is_number, number_in
from briefing.intake.counts.wording import NOTHING, Meaning, Terms
from briefing.intake.opening.grids import Grid
from briefing.intake.recognition.marks import is_addressed, is_letterhead, names_an_office
from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.submission import Finding
from briefing.intake.values.dates import cell_date
from briefing.intake.values.disclosure import shown_cell
from briefing.intake.values.text import clean, fold
from briefing.locale.pack import Worded

KINDS = ("unit", "place", "group", "indicator", "day")
ADDED = ("unit", "place", "group")  # over which counts add up
OF_ROWS = {"key", "person", "phone"}  # columns whose texts say nothing of the numbers
HALF = 0.5
LONGEST_KEY = 100  # characters; a longer text is a note
LONGEST_DAY = 40
PLACE = Worded(r"^«places.kinds»\s+\w", re.IGNORECASE)
HIGHEST = 3  # rows of a head
MOST_COMPARED = 200  # rows with which one left blank is compared


@dataclass(frozen=True)
class Said:
    """What a cell, or a column, says: the meaning of its words, and whose, which place, which day.

    Attributes:
        by_kind: Kind → unit, place, code of a group or an indicator, or day.
    """

    meaning: Meaning = NOTHING
    by_kind: Mapping[str, object] = field(default_factory=dict)
    where: str = ""


@dataclass
class Band:
    """A table: its head, the rows below it up to the next head, and those over it."""

    head: list[int]
    rows: list[int]
    over: range = range(0)


@dataclass(frozen=True)
class TableReader:
    """Reads the tables of one grid.

    Attributes:
        around: What is said over the tables and by the name of the sheet, of all their numbers.
        notes: What was found on the way that no cell tells.
    """

    grid: Grid
    terms: Terms
    words: Vocabulary
    around: Meaning = NOTHING
    notes: list[Finding] = field(default_factory=list)

    def cells(self) -> list[Cell]:
        return [cell for band in self.bands() for cell in self._of_band(band)]

    # Where tables are

    def bands(self) -> list[Band]:
        """The tables: from the first row with numbers on, up to the head of the next."""
        bands: list[Band] = []
        is_open, floor = False, 0
        for row in range(len(self.grid.cells)):
            filled = self._filled(row)
            if any(self._is_value(v) for _c, v in filled):
                if is_open:
                    bands[-1].rows.append(row)
                else:
                    bands.append(self._begun(row, floor))
                is_open, floor = True, row + 1
            elif is_open and filled:
                is_open = not self._is_head(row, filled, bands[-1])
                if is_open:
                    bands[-1].rows.append(row)
        return self._joined(bands)

    def _begun(self, row: int, floor: int) -> Band:
        """The table whose first numbers stand in a row: its head, and what stands over that."""
        rows, head = [row], list[int]()
        for above in range(row - 1, floor - 1, -1):
            filled = self._filled(above)
            if not filled or len(head) == HIGHEST:
                break
            if len(filled) == 1 and not head and self._is_section(above, filled, floor):
                rows.insert(0, above)  # “I. Dose 1”, over the first rows
            elif head or not self._numbers_columns(above):
                if len(filled) == 1 or (head and not self._tells(above, filled)):
                    break
                head.insert(0, above)
        top = min([*head, *rows])
        return Band(head, rows, range(floor, top))

    def _is_section(self, row: int, filled: Sequence[tuple[int, object]], floor: int) -> bool:
        """Whether a text alone is over rows of a table: it says of what, or stands under a head."""
        said = self.said(row, filled[0][0])
        if said.by_kind.keys() & {"indicator", "group"} or said.meaning.measure:
            return True
        over = self._filled(row - 1) if row > floor else []
        return len(over) > 1 and self._tells(row - 1, over)

    def _tells(self, row: int, filled: Sequence[tuple[int, object]]) -> bool:
        said = [self.said(row, column) for column, _v in filled]
        return any(s.meaning.says_something or s.by_kind for s in said)

    def _joined(self, bands: list[Band]) -> list[Band]:
        """Bands of one head, which stands again on each page, as one."""
        out: list[Band] = []
        for band in bands:
            again = out and band.head and self._texts(band.head) == self._texts(out[-1].head)
            if again and self._over_it(band) in ({}, self._over_it(out[-1])):
                out[-1].rows += band.rows
            else:
                out.append(band)
        return out

    def first_row(self) -> int:
        """The row in which the first table begins."""
        first = next(iter(self.bands()), None)
        return min([*first.head, *first.rows]) if first else len(self.grid.cells)

    def _over_it(self, band: Band) -> dict[str, object]:
        """What the lines over a table say of all of it, the nearest first."""
        kinds: dict[str, object] = {}
        for row in reversed(band.over):
            filled = self._filled(row)
            text = clean(filled[0][1]) if filled else ""
            if len(filled) == 1 and not (is_addressed(text) or is_letterhead(text)):
                for kind, value in self.said(row, filled[0][0]).by_kind.items():
                    if kind in ("indicator", "group", "unit", "place"):
                        kinds.setdefault(kind, value)
        return kinds

    def _texts(self, rows: Sequence[int]) -> list[list[str]]:
        return [[fold(clean(v)) for v in self.grid.cells[row]] for row in rows]

    def _filled(self, row: int) -> list[tuple[int, object]]:
        hidden = self.grid.hidden_columns
        cells = enumerate(self.grid.cells[row])
        return [(c, v) for c, v in cells if c not in hidden and v is not None and clean(v)]

    def _is_value(self, value: object) -> bool:
        return is_number(value) and not (
            isinstance(value, str) and self._meaning(value).group is not None
        )

    def _meaning(self, value: object) -> Meaning:
        return self.terms.read(clean(value)) if isinstance(value, str) else NOTHING

    def _is_head(self, row: int, filled: Sequence[tuple[int, object]], band: Band) -> bool:
        """Whether a row of texts under a table heads the columns of another."""
        if len(filled) < 2 or not self._tells(row, filled):
            return False
        keys = self._key_columns(band)  # a row within these is the table's, its numbers left blank
        return not all(column in keys for column, _v in filled)

    def _numbers_columns(self, row: int) -> bool:
        """Whether a row under a head only numbers its columns: (1) | (2) | (3)."""
        texts = [clean(v).strip("()[] ") for _c, v in self._filled(row)]
        numbers = [int(text) for text in texts if text.isdigit() and len(text) < 3]
        steps = {b - a for a, b in pairwise(numbers)}
        return len(texts) > 2 and len(numbers) >= len(texts) - 2 and steps == {1} and numbers[0] < 3

    # What texts say

    def said(self, row: int, column: int) -> Said:
        value = self.grid.value(row, column)
        where = self.grid.where(row, column)
        if isinstance(value, datetime | date):
            return Said(by_kind={"day": cell_date(value, year=self._year)}, where=where)
        text = clean(value)
        if not text or len(text) > LONGEST_KEY:
            return Said(where=where)
        meaning = self._meaning(text)
        kinds: dict[str, object] = {}
        if meaning.group is not None:
            kinds["group"] = meaning.group
        if meaning.indicators:
            kinds["indicator"] = meaning
        if not meaning.counts and len(text) <= LONGEST_DAY:
            day = cell_date(text, year=self._year)
            kinds |= {"day": day} if day else {}
        if not kinds and not meaning.role and (whose := self._whose(text)):
            return Said(NOTHING, dict([whose]), where)
        return Said(meaning, kinds, where)

    def _whose(self, text: str) -> tuple[str, str] | None:
        """The unit, or the place below one, that a text names."""
        if names_an_office(text, self.words):
            return None
        if len(self.words.units.resolve(text, initials=True).codes) == 1:
            return "unit", text
        named = self.words.names_a_hamlet(text) or PLACE.match(text)
        return ("place", text) if named else None

    @property
    def _year(self) -> int:
        return self.words.campaign.dates.start.year

    # Columns

    def _columns(self, band: Band) -> dict[int, Said]:
        """Column → what its heads say together."""
        width = max((len(self.grid.cells[row]) for row in [*band.head, *band.rows]), default=0)
        columns: dict[int, Said] = {}
        for column in range(width):
            together = Said()
            for row in band.head:
                origin = self._over(band, row, column)
                if origin is None:
                    continue
                one = self.said(row, origin)
                meaning = one.meaning if origin == column else replace(one.meaning, role="")
                kinds = {k: v for k, v in one.by_kind.items()}
                together = Said(
                    meaning.under(together.meaning),
                    {**together.by_kind, **kinds},
                    self.grid.where(row, column),
                )
            columns[column] = together
        return columns

    def _over(self, band: Band, row: int, column: int) -> int | None:
        """The column of the cell that stands over a column in a row of the head."""
        if clean(self.grid.value(row, column)):
            return column
        for top, left, bottom, right in self.grid.merged:
            if top <= row <= bottom and left <= column <= right and top == row:
                return left
        if row == band.head[-1]:
            return None
        below = [r for r in band.head if r > row]
        if not any(clean(self.grid.value(r, column)) for r in below):
            return None
        for other in range(column - 1, -1, -1):
            if clean(self.grid.value(row, other)):
                under = any(clean(self.grid.value(r, other)) for r in below)
                return other if under else None
        return None

    def _key_columns(self, band: Band, columns: Mapping[int, Said] | None = None) -> set[int]:
        """The columns that say whose, or of what, the rows are."""
        columns = columns or self._columns(band)
        keys = set()
        first = min((c for row in band.rows for c, _v in self._filled(row)), default=0)
        for column, head in columns.items():
            values = [self.grid.value(row, column) for row in band.rows]
            values = [v for v in values if clean(v)]
            texts = [v for v in values if not self._is_value(v)]
            named = head.meaning.role in ("unit", "place", "group", "day", *OF_ROWS)
            serial = column == first and self._is_serial(values, head)
            if named or serial or len(texts) > HALF * len(values):
                keys.add(column)
        return keys

    def _is_serial(self, values: Sequence[object], head: Said) -> bool:
        """Whether a column without a heading that counts something only numbers the rows."""
        if head.meaning.counts or head.meaning.total:
            return False
        numbers = [int(t) for v in values if (t := clean(v)).isdigit()]
        return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))

    # Rows

    def _of_band(self, band: Band) -> Iterator[Cell]:
        columns = self._columns(band)
        keys = self._key_columns(band, columns)
        kinds = {c: self._kind(band, c, columns[c]) for c in sorted(keys)}
        numbered = {
            c
            for c in columns.keys() - keys
            if any(self._is_value(self.grid.value(row, c)) for row in band.rows)
        }
        carried, over = Carried(), self._over_it(band)
        across = {k for c in numbered for k in columns[c].by_kind}
        section = NOTHING
        for row in band.rows:
            own = self._row(row, kinds)
            values = [c for c in sorted(numbered) if clean(self.grid.value(row, c))]
            if own.is_a_name and not values and self._begins_rows(band, row, kinds):
                own.kinds["place"] = (own.text, own.first)
            if own.is_note or (not own.kinds and not own.total and not values):
                if not values and own.meaning.measure:
                    section = own.meaning
                continue
            if own.is_a_name and values:
                self.notes.append(self._left_out(own, kinds))
                continue
            said, total_of = carried.at(own)
            asked = own.kinds and self._leaves_blank(band, row, own.kinds.keys(), kinds)
            if not (values or asked):
                continue
            for column in sorted(numbered):
                meaning = own.meaning.under(section).under(columns[column].meaning)
                cell = self._cell(
                    row, column, meaning, own, columns[column], over | said, total_of, across,
                    len(numbered),
                )  # fmt: skip
                if cell:
                    yield cell

    def _left_out(self, row: _Row, kinds: Mapping[int, str]) -> Finding:
        """A row of numbers that is none of what the form asks for."""
        of_groups = self.terms.campaign.indicators[0].groups and kinds.get(row.first) == "group"
        code = "row_left_out.group" if of_groups else "row_left_out.other"
        return Finding(code, self.grid.where(row.row, row.first), shown_cell(row.text))

    def _begins_rows(self, band: Band, row: int, kinds: Mapping[int, str]) -> bool:
        """Whether rows that say of what they are follow a text without numbers."""
        below = next((r for r in band.rows if r > row), None)
        if below is None or not self._row(below, kinds).kinds:
            return False
        return any(self._is_value(v) for c, v in self._filled(below) if c not in kinds)

    def _leaves_blank(self, band: Band, row: int, own: Set[str], kinds: Mapping[int, str]) -> bool:
        """Whether a row without numbers is one of the table's own that was left blank."""
        others = [r for r in band.rows if r != row][:MOST_COMPARED]
        counted = (
            r for r in others
            if any(self._is_value(v) for c, v in self._filled(r) if c not in kinds)
        )  # fmt: skip
        return any(own <= self._row(r, kinds).kinds.keys() for r in counted)

    def _kind(self, band: Band, column: int, head: Said) -> str:
        """What the texts of a key column are, where they say nothing themselves."""
        role = head.meaning.role
        if role:
            return role
        filled = [row for row in band.rows if clean(self.grid.value(row, column))]
        rows = [row for row in filled if not self._is_value(self.grid.value(row, column))]
        texts = [self.said(row, column) for row in rows]
        texts = [said for said in texts if not said.meaning.total]
        if not texts:
            return "key"
        for kind in ("unit", "indicator", "group", "day", "place"):
            if sum(kind in said.by_kind for said in texts) >= HALF * len(texts):
                return "label" if kind == "indicator" else kind
        return "place" if not any(s.meaning.counts for s in texts) else "label"

    def _row(self, row: int, kinds: Mapping[int, str]) -> _Row:
        """What the key cells of a row say."""
        found = _Row(self.grid, row)
        for column, kind in kinds.items():
            value = self.grid.value(row, column)
            if kind in OF_ROWS or not clean(value):
                if clean(value) and kind == "key" and self._meaning(value).total:
                    found.total_at(column)
                continue
            if self._is_value(value) and kind not in ("unit", "place", "day"):
                continue
            found.add(column, kind, self.said(row, column), clean(value))
        return found

    def _cell(
        self,
        row: int,
        column: int,
        meaning: Meaning,
        own: _Row,
        head: Said,
        said: Mapping[str, object],
        total_of: frozenset[str],
        across: set[str],
        width: int,
    ) -> Cell | None:
        """The number at a place, `None` where it is none that a field asks for."""
        value = self.grid.value(row, column)
        by_kind = {**said, **head.by_kind}
        of = set(total_of)
        if head.meaning.total and not (head.by_kind.keys() & {"group", "unit", "place"}):
            of |= {k for k in ("group", "unit", "place") if k in across}
            if not of & across and "indicator" in across and not head.meaning.indicators:
                return None  # a sum over what must not be added
        counted = by_kind.get("indicator")
        over = self.around
        meaning = meaning.under(counted) if isinstance(counted, Meaning) else meaning
        if meaning.excluded or (len(meaning.indicators) > 1 and not _same(meaning, head)):
            return None
        indicator = meaning.indicator or over.indicator
        worded = bool(indicator or meaning.measure or meaning.share or meaning.near)
        foreign = bool(head.meaning.rest) and not head.meaning.says_something
        if not indicator:
            if foreign and width > 1:
                return None
            only = self.terms.campaign.indicators
            indicator = only[0].code if len(only) == 1 and not own.unknown else ""
        if not indicator or (foreign and width > 1 and not own.meaning.indicators):
            return None
        group = "" if "group" in of else by_kind.get("group", over.group)
        number = number_in(value, share=meaning.share)
        if isinstance(number, type(None)) and meaning.share:
            return None
        key = Key(
            indicator,
            meaning.measure or over.measure or "cumulative",
            group if group is None else str(group),
            meaning.share or _is_rate(number),
            WHOLE if "unit" in of else str(by_kind.get("unit", "")),
            WHOLE if "place" in of else str(by_kind.get("place", "")),
            by_kind.get("day"),  # type: ignore[arg-type]
        )
        sure = worded and not (meaning.rest or own.unknown or self._spans(row, column))
        label = " · ".join(filter(None, (clean(own.text), head.meaning.words)))
        where = self.grid.where(row, column)
        return Cell(key, number, where, label, sure, worded, own.unit_where)

    def _spans(self, row: int, column: int) -> bool:
        """Whether a number stands in a cell over several rows or columns: it may be of all."""
        return any(
            (top, left) == (row, column) and (bottom > top or right > left)
            for top, left, bottom, right in self.grid.merged
        )


def _same(meaning: Meaning, head: Said) -> bool:
    return len(set(meaning.indicators)) == 1


def _is_rate(number: object) -> bool:
    return getattr(number, "kind", "") in ("percent", "fraction")


@dataclass
class _Row:
    """What the key cells of a row say together.

    Attributes:
        kinds: Kind → what it is, with the column that says so.
        total: The column of a word for a total; −1 where there is none.
        unknown: A text among them is not understood.
    """

    grid: Grid
    row: int
    kinds: dict[str, tuple[object, int]] = field(default_factory=dict)
    meaning: Meaning = NOTHING
    total: bool = False
    column: int = -1
    unknown: bool = False
    text: str = ""
    unit_where: str = ""
    is_note: bool = False
    first: int = 0

    @property
    def is_a_name(self) -> bool:
        """Whether its text is none of what a form asks for: a name, of a place perhaps."""
        return self.unknown and not (self.kinds or self.total)

    def total_at(self, column: int) -> None:
        if not self.total:
            self.total, self.column = True, column

    def add(self, column: int, kind: str, said: Said, text: str) -> None:
        meaning, by_kind = said.meaning, dict(said.by_kind)
        if len(text) > LONGEST_KEY:
            self.is_note = True
            return
        self.first = self.first if self.text else column
        self.text = f"{self.text} {text}".strip()
        known = bool(by_kind)
        if kind in ("unit", "place") and not meaning.counts:
            if meaning.total and not meaning.rest and not (by_kind.keys() & {"unit", "place"}):
                self.total_at(column)
                return
            by_kind = {kind: text} if kind == "place" or "unit" not in by_kind else by_kind
            by_kind = {kind: text}
            meaning, known = NOTHING, True
        if kind == "unit" or "unit" in by_kind:
            self.unit_where = self.unit_where or said.where
        for name, value in by_kind.items():
            self.kinds.setdefault(name, (value, column))
        if meaning.total and meaning.group is None:
            self.total_at(column)
        elif not known and not meaning.says_something and meaning.rest:
            self.unknown = self.unknown or kind in ("label", "group", "unit")
            meaning = replace(meaning, rest="")
        self.meaning = replace(meaning, role="", indicators=()).under(self.meaning)


class Carrying(Protocol):
    """What a row, or a clause, says itself."""

    kinds: dict[str, tuple[object, int]]
    total: bool
    column: int


class Carried:
    """What rows above say of those below them that do not say it themselves."""

    def __init__(self) -> None:
        self.rank: dict[str, int] = {}  # kind → the row, counted, in which it came first
        self.now: dict[str, tuple[object, int]] = {}
        self.rows = self.blocks = self.totals = 0

    def at(self, row: Carrying) -> tuple[dict[str, object], frozenset[str]]:
        """What a row is of, and of which kinds it is the total.

        A kind that came later than another is inside it: it ends where the other changes.
        """
        self.rows += 1
        for kind in row.kinds:
            self.rank.setdefault(kind, self.rows)
        if row.kinds:
            self.blocks += min(self.rank, key=self.rank.__getitem__) in row.kinds
            outer = min(self.rank[kind] for kind in row.kinds)
            inside = [kind for kind in self.now if self.rank[kind] > outer]
            for kind in {*inside, *row.kinds} & self.now.keys():
                del self.now[kind]
        if row.total:
            return self._total(row)
        self.now |= row.kinds
        return {kind: value for kind, (value, _c) in self.now.items()}, frozenset()

    def _closes_all(self, here: Sequence[str]) -> bool:
        """Whether a total is over all blocks of a column, as not each of them has one before it."""
        self.totals += 1
        return len(here) < 2 or (self.blocks > 1 and self.totals != self.blocks)

    def _total(self, row: Carrying) -> tuple[dict[str, object], frozenset[str]]:
        columns = {kind: column for kind, (_v, column) in self.now.items()}
        of_place = [k for k in self.rank if k in ADDED and k not in row.kinds]
        here = [k for k in of_place if columns.get(k, row.column) == row.column]
        inner = set(here if self._closes_all(here) else here[-1:])
        behind = {k for k in of_place if columns.get(k, row.column) > row.column}
        total_of = inner | behind
        said = {k: v for k, (v, _c) in (self.now | row.kinds).items() if k not in total_of}
        return said, frozenset(total_of)
