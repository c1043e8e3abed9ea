"""Tables of counts: every number with what its column, its row and its table say of it.

A table has a head or none; groups, places, units and days stand in rows or in columns, in one key
column or several, under one another or side by side. All are read in one way: a column says
something of the numbers in it, a row of those in it, and what stands over several holds for all
of them until the next of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from briefing.intake.counts.annotations import Annotation
from briefing.intake.counts.carried import ADDED, Carried, Row
from briefing.intake.counts.cells import WHOLE, Cell, Key, number_in
from briefing.intake.counts.combined import not_apart, numbers_in, pieces_of
from briefing.intake.counts.meaning import NOTHING, Meaning
from briefing.intake.counts.tables import HALF, OF_ROWS, Band, Tables
from briefing.intake.detection.marks import CLOSING
from briefing.intake.parsers.numbers import Unreadable
from briefing.intake.parsers.text import clean, fold
from briefing.intake.submission import Finding

MOST_COMPARED = 200  # rows with which one left blank is compared


@dataclass(frozen=True)
class Layout:
    """How a table is laid out.

    Attributes:
        columns: Column → what its heads say together.
        numbered: The columns of numbers.
        kinds: Column that says what rows are of → kind of what it says.
        over: Kind → what the lines over the table say of all of it.
        across: The kinds by which columns differ.
    """

    columns: Mapping[int, Annotation]
    numbered: tuple[int, ...]
    kinds: Mapping[int, str]
    over: Mapping[str, object]
    across: frozenset[str]


@dataclass(frozen=True)
class Of:
    """What the numbers of a row are of, and of which kinds they are the total."""

    by_kind: Mapping[str, object]
    total_of: frozenset[str]
    meaning: Meaning

    def also(self, piece: Annotation) -> Of:
        """The same, and what one piece of the row's words says."""
        meaning = replace(piece.meaning, role="", indicators=()).under(
            replace(self.meaning, rest="")
        )
        return Of({**self.by_kind, **piece.by_kind}, self.total_of - piece.by_kind.keys(), meaning)


@dataclass(frozen=True)
class TableReader(Tables):
    """Reads the tables of one grid."""

    def cells(self) -> list[Cell]:
        return [cell for band in self.bands() for cell in self._of_band(band)]

    def _layout(self, band: Band) -> Layout:
        columns = self._columns(band)
        keys = self._key_columns(band, columns)
        values = {c: [self.grid.value(row, c) for row in band.rows] for c in columns.keys() - keys}
        numbered = sorted(c for c, own in values.items() if any(map(self._is_value, own)))
        first = min(numbered, default=0)  # a remark stands behind it, unless a head says more
        keys = {c for c in keys if c < first or columns[c].meaning.role not in ("", *OF_ROWS)}
        kinds = {c: self._kind(band, c, columns[c]) for c in sorted(keys)}
        across = frozenset(kind for c in numbered for kind in columns[c].by_kind)
        return Layout(columns, tuple(numbered), kinds, self._over_it(band), across)

    def _of_band(self, band: Band) -> Iterator[Cell]:
        layout = self._layout(band)
        self.notes.extend(self._without_head(band, layout))
        carried, section = Carried(), NOTHING
        for row in band.rows:
            own = self._row(row, layout.kinds)
            filled = [v for c in layout.numbered if clean(v := self.grid.value(row, c))]
            numbers = any(map(self._is_value, filled))
            if own.is_a_name and not filled and self._begins_rows(band, row, layout):
                own.kinds["place"] = (own.text, own.first)
            if self._is_apart(own, carried, numbers):
                if not filled and own.text:  # a chapter: “Planned”, “Today”
                    section = own.meaning if own.meaning.says_something else NOTHING
                elif numbers and not own.is_note and not own.meaning.excluded:
                    self.notes.append(self._left_out(own, layout))
                continue
            of = Of(*carried.at(own), own.meaning.under(section))
            if filled or (own.kinds and self._leaves_blank(band, own, layout)):
                for column in layout.numbered:
                    yield from self._cells(band, layout, column, own, of)

    def _is_apart(self, own: Row, carried: Carried, numbers: bool) -> bool:
        """Whether a row is none of the table's: a note, a chapter, who signs, something else."""
        if not numbers and (own.says_nothing or CLOSING.match(fold(own.text))):
            return True
        return own.is_note or own.is_a_name or bool(carried.now and own.says_nothing)

    def _without_head(self, band: Band, layout: Layout) -> Iterator[Finding]:
        """The columns of numbers of which, beside others, no heading says what they are."""
        for column in layout.numbered if band.head and len(layout.numbered) > 1 else ():
            if not layout.columns[column].where:
                where = self.grid.where(band.head[-1], column)
                yield Finding("row_left_out.column", where)

    def _left_out(self, row: Row, layout: Layout) -> Finding:
        """A row of numbers that is none of what the form asks for."""
        groups = self.terms.campaign.indicators[0].groups
        of_groups = groups and layout.kinds.get(row.first) == "group"
        code = "row_left_out.group" if of_groups else "row_left_out.other"
        return Finding(code, self.grid.where(row.row, row.first))

    def _counted(self, row: int, layout: Layout) -> bool:
        return any(self._is_value(v) for c, v in self._filled(row) if c not in layout.kinds)

    def _begins_rows(self, band: Band, row: int, layout: Layout) -> bool:
        """Whether rows that say of what they are follow a text without numbers."""
        below = next((r for r in band.rows if r > row), None)
        if below is None or not self._row(below, layout.kinds).kinds:
            return False
        return self._counted(below, layout)

    def _leaves_blank(self, band: Band, own: Row, layout: Layout) -> bool:
        """Whether a row without numbers is one of the table's own that was left blank."""
        others = [r for r in band.rows if r != own.row][:MOST_COMPARED]
        counted = (r for r in others if self._counted(r, layout))
        return any(own.kinds.keys() <= self._row(r, layout.kinds).kinds.keys() for r in counted)

    def _kind(self, band: Band, column: int, head: Annotation) -> str:
        """What the texts of a key column are, where they say nothing themselves."""
        role = head.meaning.role
        if role:
            return role
        filled = [row for row in band.rows if clean(self.grid.value(row, column))]
        rows = [row for row in filled if not self._is_value(self.grid.value(row, column))]
        texts = [self.annotation(row, column) for row in rows]
        texts = [text for text in texts if not text.meaning.total]
        if not texts:
            return "key"
        for kind in ("unit", "indicator", "group", "day", "place"):
            if sum(kind in text.by_kind for text in texts) >= HALF * len(texts):
                return "label" if kind == "indicator" else kind
        return "place" if not any(s.meaning.counts for s in texts) else "label"

    def _row(self, row: int, kinds: Mapping[int, str]) -> Row:
        """What the key cells of a row say."""
        found = Row(self.grid, row)
        for column, kind in kinds.items():
            value = self.grid.value(row, column)
            if kind in OF_ROWS or not clean(value):
                if clean(value) and kind == "key" and self._meaning(value).total:
                    found.total_at(column)
                continue
            if self._is_value(value) and kind not in ("unit", "place", "day"):
                continue
            found.add(column, kind, self.annotation(row, column), clean(value))
        return found

    def _cells(self, band: Band, layout: Layout, column: int, own: Row, of: Of) -> Iterator[Cell]:
        """The number at a place, or each of several that stand in one cell."""
        head, value = layout.columns[column], self.grid.value(own.row, column)
        numbers = numbers_in(value)
        if len(numbers) > 1:
            heads, rows = self._apart(band, column), self._apart_in_row(own, layout)
            pairs = [(h, n, of) for h, n in zip(heads, numbers, strict=False)]
            if len(heads) != len(numbers):
                pairs = [(head, n, of.also(r)) for r, n in zip(rows, numbers, strict=False)]
            if len(numbers) in (len(heads), len(rows)):
                cells = (self._cell(layout, h, own, o, column, n) for h, n, o in pairs)
                yield from filter(None, cells)
                return
            value = not_apart(self._text_over(band, column), value, self.annotate)
        yield from filter(None, [self._cell(layout, head, own, of, column, value)])

    def _apart_in_row(self, own: Row, layout: Layout) -> list[Annotation]:
        texts = (clean(self.grid.value(own.row, column)) for column in layout.kinds)
        return next(filter(None, (pieces_of(text, self.annotate) for text in texts)), [])

    def _text_over(self, band: Band, column: int) -> str:
        """The lowest text over a column."""
        over = [(row, self._over(band, row, column)) for row in reversed(band.head)]
        return next((clean(self.grid.value(row, at)) for row, at in over if at is not None), "")

    def _cell(
        self, layout: Layout, head: Annotation, own: Row, of: Of, column: int, value: object
    ) -> Cell | None:
        """The number at a place, `None` where it is none that a field asks for."""
        by_kind = {**layout.over, **of.by_kind, **head.by_kind}
        counted = by_kind.get("indicator")
        meaning = of.meaning.under(head.meaning)
        meaning = meaning.under(counted) if isinstance(counted, Meaning) else meaning
        if meaning.excluded or len(meaning.indicators) > 1 or self._adds_up_others(head, layout):
            return None
        indicator = meaning.indicator or self.around.indicator
        worded = bool(indicator or meaning.measure or meaning.share or meaning.near)
        indicator = indicator or self._only(own)
        says = head.meaning.says_something or head.by_kind
        foreign = head.meaning.rest and not says and layout.numbered[1:]
        number = value if isinstance(value, Unreadable) else number_in(value, share=meaning.share)
        if not indicator or foreign or (number is None and meaning.share):
            return None
        total_of = of.total_of | self._total_across(head, layout)
        group = "" if "group" in total_of else by_kind.get("group", self.around.group)
        unit, place, part = (
            WHOLE if k in total_of else str(by_kind.get(k, "")) for k in ("unit", "place", "part")
        )
        day = by_kind.get("day")
        key = Key(
            indicator,
            meaning.measure or self.around.measure or "cumulative",
            group if group is None else str(group),
            meaning.share or _is_rate(number),
            unit,
            place,
            part,
            day if isinstance(day, date) else None,
        )
        sure = worded and not (meaning.rest or own.unknown or self._spans(own.row, column))
        return Cell(key, number, self.grid.where(own.row, column), sure, worded, own.unit_where)

    def _only(self, own: Row) -> str:
        """The indicator of a number of which nothing says what it counts: the only one."""
        only = self.terms.campaign.indicators
        return only[0].code if len(only) == 1 and not own.unknown else ""

    def _total_across(self, head: Annotation, layout: Layout) -> Set[str]:
        """The kinds over which a column of totals adds up those beside it."""
        if not head.meaning.total or head.by_kind.keys() & {*ADDED}:
            return set()
        return layout.across & {*ADDED}

    def _adds_up_others(self, head: Annotation, layout: Layout) -> bool:
        """Whether a column is a sum over what must not be added, as first and second visits."""
        if not head.meaning.total or head.by_kind.keys() & {*ADDED, "indicator"}:
            return False
        return "indicator" in layout.across and not self._total_across(head, layout)

    def _spans(self, row: int, column: int) -> bool:
        """Whether a number stands in a cell over several rows or columns: it may be of all."""
        return any(
            (top, left) == (row, column) and (bottom > top or right > left)
            for top, left, bottom, right in self.grid.merged
        )


def _is_rate(number: object) -> bool:
    return getattr(number, "kind", "") in ("percent", "fraction")
