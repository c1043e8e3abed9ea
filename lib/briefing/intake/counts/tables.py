"""Where tables of counts are in a grid, with their heads, and what a cell of theirs says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from briefing.intake.counts.annotations import Annotation, Annotations
from briefing.intake.counts.combined import pieces_of
from briefing.intake.detection.marks import is_addressed, is_national
from briefing.intake.parsers.text import clean, fold
from briefing.locale.pack import Worded

OF_ROWS = {"key", "person", "phone"}  # columns whose texts say nothing of the numbers
OF_A_DAY = Worded(r"«dates.begins»")
HALF = 0.5
HIGHEST = 3  # rows of a head
MOST_UNREAD = 5  # rows without a number, with which a table may begin


@dataclass
class Band:
    """A table: its head, the rows below it up to the next head, and those over it."""

    head: list[int]
    rows: list[int]
    over: range = range(0)


@dataclass(frozen=True)
class Tables(Annotations):
    """Where the tables of one grid are, and what their heads say."""

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
        first = self._filled(row)[0][0]
        for above in range(row - 1, floor - 1, -1):
            filled = self._filled(above)
            if not filled or len(head) == HIGHEST:
                break
            alone = len(filled) == 1 and filled[0][0] <= first  # not over a column of numbers
            if alone and not head and self._is_section(above, filled, floor):
                rows.insert(0, above)  # “I. Round 1”, over the first rows
            elif not head and self._is_data(above, filled, floor):
                rows.insert(0, above)
            elif head or not self._numbers_columns(above):
                stated = self._states_a_day(filled)
                if alone or stated or (head and not self._tells(above, filled)):
                    break
                head.insert(0, above)
        top = min([*head, *rows])
        return Band(head, rows, range(floor, top))

    def _is_section(self, row: int, filled: Sequence[tuple[int, object]], floor: int) -> bool:
        """Whether a text alone is over rows of a table: it says of what, or stands under a head."""
        annotation = self.annotation(row, filled[0][0])
        if annotation.by_kind.keys() & {"indicator", "group"} or annotation.meaning.measure:
            return True
        over = self._filled(row - 1) if row > floor else []
        return len(over) > 1 and self._tells(row - 1, over)

    def _is_data(self, row: int, filled: Sequence[tuple[int, object]], floor: int) -> bool:
        """Whether a row without a number is one of a table all the same: a head is above it."""
        first = filled[0][0]
        if len(filled) == 1 or self._heads(row, first):
            return False
        above = range(row - 1, max(floor, row - 1 - MOST_UNREAD) - 1, -1)
        return any(
            self._heads(r, first) and first <= self._filled(r)[0][0]
            for r in takewhile(self._filled, above)
        )

    def _heads(self, row: int, first: int) -> bool:
        """Whether a row says of what numbers are, elsewhere than in the first column."""
        meanings = [
            self.annotation(row, column).meaning
            for column, _v in self._filled(row)
            if column > first
        ]
        return any(meaning.says_something or meaning.is_heading for meaning in meanings)

    def _states_a_day(self, filled: Sequence[tuple[int, object]]) -> bool:
        """Whether a row is a line of the letter: a label of a day, and the day behind it."""
        return any(
            isinstance(label, str) and OF_A_DAY.fullmatch(fold(label)) and self._day(value)
            for (_c, label), (_d, value) in pairwise(filled)
        )

    def _tells(self, row: int, filled: Sequence[tuple[int, object]]) -> bool:
        annotations = [self.annotation(row, column) for column, _v in filled]
        return any(s.meaning.says_something or s.by_kind for s in annotations)

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

    def asks_for_counts(self) -> bool:
        """Whether a row heads columns of counts in the words of a form."""
        rows = range(len(self.grid.cells))
        heads = ([self.annotation(row, c).meaning for c, _v in self._filled(row)] for row in rows)
        return any(len(meanings) > 1 and any(m.indicators for m in meanings) for meanings in heads)

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
            if len(filled) == 1 and not (is_addressed(key := fold(text)) or is_national(key)):
                for kind, value in self.annotation(row, filled[0][0]).by_kind.items():
                    if kind in ("indicator", "group", "unit", "place"):
                        kinds.setdefault(kind, value)
        return kinds

    def _texts(self, rows: Sequence[int]) -> list[list[str]]:
        return [[fold(clean(v)) for v in self.grid.cells[row]] for row in rows]

    def _filled(self, row: int) -> list[tuple[int, object]]:
        return [(c, v) for c, v in enumerate(self.grid.cells[row]) if v is not None and clean(v)]

    def _is_head(self, row: int, filled: Sequence[tuple[int, object]], band: Band) -> bool:
        """Whether a row of texts under a table heads the columns of another."""
        if not self._tells(row, filled):
            return False
        keys = self._key_columns(band)  # a row within these is the table's, its numbers left blank
        return not all(column in keys for column, _v in filled)

    def _numbers_columns(self, row: int) -> bool:
        """Whether a row under a head only numbers its columns: (1) | (2) | (3)."""
        texts = [clean(v).strip("()[] ") for _c, v in self._filled(row)]
        numbers = [int(text) for text in texts if text.isdigit() and len(text) < 3]
        steps = {b - a for a, b in pairwise(numbers)}
        return len(texts) > 2 and len(numbers) >= len(texts) - 2 and steps == {1} and numbers[0] < 3

    # Columns

    def _columns(self, band: Band) -> dict[int, Annotation]:
        """Column → what its heads say together."""
        width = max((len(self.grid.cells[row]) for row in [*band.head, *band.rows]), default=0)
        columns: dict[int, Annotation] = {}
        for column in range(width):
            columns[column] = self._column(band, column, {})
        return columns

    def _column(self, band: Band, column: int, instead: Mapping[int, Annotation]) -> Annotation:
        """What the heads of a column say together; `instead`: of some rows, what to take for it."""
        together = Annotation()
        for row in band.head:
            origin = self._over(band, row, column)
            if origin is None:
                continue
            one = instead.get(row) or self.annotation(row, origin)
            meaning = one.meaning if origin == column else replace(one.meaning, role="")
            together = Annotation(
                meaning.under(together.meaning),
                {**together.by_kind, **one.by_kind},
                self.grid.where(row, column),
            )
        return together

    def _apart(self, band: Band, column: int) -> list[Annotation]:
        """What each of several numbers in a cell of a column is, where its head tells."""
        for row in reversed(band.head):
            origin = self._over(band, row, column)
            text = "" if origin is None else clean(self.grid.value(row, origin))
            if pieces := pieces_of(text, self.annotate):
                return [self._column(band, column, {row: piece}) for piece in pieces]
        return []

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

    def _key_columns(self, band: Band, columns: Mapping[int, Annotation] | None = None) -> set[int]:
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
            headed = head.meaning.indicators or head.meaning.measure  # a column of numbers
            if named or serial or (len(texts) > HALF * len(values) and not headed):
                keys.add(column)
        return keys

    def _is_serial(self, values: Sequence[object], head: Annotation) -> bool:
        """Whether a column without a heading that counts something only numbers the rows."""
        if head.meaning.counts or head.meaning.total:
            return False
        numbers = [int(t) for v in values if (t := clean(v)).isdigit()]
        return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
