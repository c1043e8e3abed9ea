"""Tables of counts: every number with what its column, its row and its table say of it.

A table has a head or none; groups, places, units and days stand in rows or in columns, in one key
column or several, under one another or side by side. All are read in one way: a column says
something of the numbers in it, a row of those in it, and what stands over several holds for all
of them until the next of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from briefing.intake.counts.carried import Carried, Row
from briefing.intake.counts.cells import WHOLE, Cell, Key, number_in
from briefing.intake.counts.meaning import NOTHING, Meaning
from briefing.intake.counts.said import Said
from briefing.intake.counts.tables import HALF, OF_ROWS, Band, Tables
from briefing.intake.recognition.marks import CLOSING
from briefing.intake.submission import Finding
from briefing.intake.values.text import clean, fold

MOST_COMPARED = 200  # rows with which one left blank is compared


@dataclass(frozen=True)
class TableReader(Tables):
    """Reads the tables of one grid."""

    def cells(self) -> list[Cell]:
        return [cell for band in self.bands() for cell in self._of_band(band)]

    # Rows

    def _of_band(self, band: Band) -> Iterator[Cell]:
        columns = self._columns(band)
        keys = self._key_columns(band, columns)
        numbered = {
            c
            for c in columns.keys() - keys
            if any(self._is_value(self.grid.value(row, c)) for row in band.rows)
        }
        first = min(
            numbered, default=0
        )  # what stands behind is a remark, unless its head says more
        keys = {c for c in keys if c < first or columns[c].meaning.role not in ("", *OF_ROWS)}
        kinds = {c: self._kind(band, c, columns[c]) for c in sorted(keys)}
        self.notes.extend(self._without_head(band, sorted(numbered), columns))
        carried, over = Carried(), self._over_it(band)
        across = {k for c in numbered for k in columns[c].by_kind}
        section = NOTHING
        for row in band.rows:
            own = self._row(row, kinds)
            values = [c for c in sorted(numbered) if clean(self.grid.value(row, c))]
            if own.is_a_name and not values and self._begins_rows(band, row, kinds):
                own.kinds["place"] = (own.text, own.first)
            if own.is_note or (not own.kinds and not own.total and not values):
                if not values and own.text:
                    section = own.meaning if own.meaning.says_something else NOTHING
                continue
            numbers = any(self._is_value(self.grid.value(row, c)) for c in values)
            if not numbers and (own.says_nothing or CLOSING.match(fold(own.text))):
                continue  # who signs, in a column of numbers or of keys
            if (own.is_a_name and values) or (carried.now and own.says_nothing):
                if numbers and not own.meaning.excluded:
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

    def _without_head(
        self, band: Band, numbered: Sequence[int], columns: Mapping[int, Said]
    ) -> Iterator[Finding]:
        """The columns of numbers of which, beside others, no heading says what they are."""
        for column in numbered if band.head and len(numbered) > 1 else ():
            if not columns[column].where:
                where = self.grid.where(band.head[-1], column)
                yield Finding("row_left_out.column", where)

    def _left_out(self, row: Row, kinds: Mapping[int, str]) -> Finding:
        """A row of numbers that is none of what the form asks for."""
        of_groups = self.terms.campaign.indicators[0].groups and kinds.get(row.first) == "group"
        code = "row_left_out.group" if of_groups else "row_left_out.other"
        return Finding(code, self.grid.where(row.row, row.first))

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
            found.add(column, kind, self.said(row, column), clean(value))
        return found

    def _cell(
        self,
        row: int,
        column: int,
        meaning: Meaning,
        own: Row,
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
        where = self.grid.where(row, column)
        return Cell(key, number, where, sure, worded, own.unit_where)

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
