"""The figures of one report of counts: its numbers added up, and held against its own totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal

from briefing.intake.counts.cells import WHOLE, Cell
from briefing.intake.parsers.disclosure import shown_count
from briefing.intake.parsers.numbers import Number, Unreadable
from briefing.intake.parsers.text import fold
from briefing.intake.submission import Finding, Value
from briefing.messages import Message
from briefing.params.indicators import TOTAL, Group

FEWEST_ADDED = 3  # rows of places, one of which may be the sum of the others
Part = tuple[str, str, str]  # indicator, measure, group


@dataclass(frozen=True)
class Figure:
    """A figure of a report.

    Attributes:
        number: A count or a ratio (persons); `None` where it can't be told.
        rate: What is stated beside it, or alone, as a rate.
        parts: Place below the unit → its count, where the report gives any.
        sure: Nothing about it had to be assumed.
    """

    number: Number | None
    where: str
    rate: Number | None = None
    rate_where: str = ""
    parts: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    sure: bool = True

    @property
    def count(self) -> int | None:
        return int(self.number.value) if self.number else None


@dataclass
class Totals:
    """Adds the cells of one report up.

    Attributes:
        groups: Indicator → code → the groups into which the unit's reports divide it.
        places: The places, folded, that are known to be some of the unit's.
        labels: Indicator and group → how they are called.
        findings: What was found wrong so far.
        doubtful: Indicators of which a figure is not sure.
    """

    cells: Sequence[Cell]
    groups: Mapping[str, Mapping[str, Group]]
    labels: Mapping[tuple[str, str], Message]
    places: Set[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)

    def figures(self) -> dict[Part, Figure]:
        """Indicator, measure and group → figure, totals of groups too."""
        found: dict[Part, Figure] = {}
        for part, own in self._by_part().items():
            if part[1] != "cumulative" and all(cell.number is None for cell in own):
                continue  # nobody has to give these beside the cumulative
            if figure := self._figure(own):
                found[part] = figure
                if not figure.sure:
                    self.doubtful.add(part[0])
        for indicator, measure in dict.fromkeys((i, m) for i, m, _g in found):
            self._add_groups(found, indicator, measure)
        return found

    def _by_part(self) -> dict[Part, list[Cell]]:
        parts: dict[Part, list[Cell]] = {}
        for cell in self.cells:
            key = cell.key
            parts.setdefault((key.indicator, key.measure, key.group or TOTAL), []).append(cell)
        return parts

    def _figure(self, cells: Sequence[Cell]) -> Figure | None:
        counts = [cell for cell in cells if not cell.key.share]
        by_place: dict[str, list[Cell]] = {}
        for cell in counts:
            by_place.setdefault(fold(cell.key.place) or cell.key.place, []).append(cell)
        chosen = {place: self._of_parts(own) for place, own in by_place.items()}
        stated = chosen.get(WHOLE) or chosen.get("")
        pieces = {p: c for p, c in chosen.items() if p not in (WHOLE, "")}
        rate = self._chosen([c for c in cells if c.key.share and c.key.place in ("", WHOLE)])
        if stated is None and (sum_ := self._sum_of_others(pieces)):
            stated = pieces.pop(sum_)
        figure = self._added(pieces, stated) if pieces else self._stated(stated)
        if figure is None and rate is None:
            return None
        own = rate.number if rate and isinstance(rate.number, Number) else None
        base = figure or Figure(None, rate.where if rate else "")
        sure = base.sure and (rate is None or rate.sure or figure is not None)
        return Figure(base.number, base.where, own, rate.where if rate else "", base.parts, sure)

    def _sum_of_others(self, pieces: Mapping[str, Cell | None]) -> str | None:
        """The first or the last of several places, of a name that is none of the unit's, whose
        count is the sum of all others: it is their total, and not counted again."""
        counts = {place: cell.number for place, cell in pieces.items() if cell}
        read = {p: n.value for p, n in counts.items() if isinstance(n, Number)}
        if len(read) < max(len(pieces), FEWEST_ADDED):
            return None
        for place in (next(iter(read)), next(reversed(read))):
            if place in self.places or not 0 < 2 * read[place] == sum(read.values()):
                continue
            if cell := pieces[place]:
                self._say("row_left_out.sum", cell, _text(cell))
                self.doubtful.add(cell.key.indicator)
                return place
        return None

    def _of_parts(self, cells: Sequence[Cell]) -> Cell | None:
        """The cell that says a figure, or the sum of its parts: of both sexes."""
        parts: dict[str, list[Cell]] = {}
        for cell in cells:
            parts.setdefault("" if cell.key.part == WHOLE else cell.key.part, []).append(cell)
        chosen = {part: self._chosen(own) for part, own in parts.items()}
        stated, pieces = chosen.pop("", None), chosen
        if not pieces or (len(pieces) == 1 and stated):
            return stated  # “of these, women”
        first = next(iter(parts.values()))[0]
        figure = self._added(pieces, stated)
        sure = figure.sure and len(pieces) > 1
        return Cell(replace(first.key, part=""), figure.number, figure.where, sure, first.worded)

    def _chosen(self, cells: Sequence[Cell]) -> Cell | None:
        """The cell that says a figure: of several the surest, where these agree."""
        sure = [cell for cell in cells if cell.sure] or list(cells)
        filled = [cell for cell in sure if cell.number is not None]
        if not filled:
            return sure[0] if sure else None
        first = filled[0]
        for cell in cells:
            if not cell.sure and first.sure and cell.number not in (None, first.number):
                self._say("row_left_out.other", cell, _text(cell))
        others = {repr(cell.number): cell for cell in filled if cell.number != first.number}
        if not others:
            if not first.sure and isinstance(first.number, Number):
                self._assumed(first)
            return first
        other = next(iter(others.values()))
        found = " | ".join(_text(cell) for cell in (first, other))
        values = {"label": self._label(first), "other": other.where}
        self.findings.append(Finding("figure_twice", first.where, found, values))
        self.doubtful.add(first.key.indicator)
        return Cell(first.key, None, first.where, sure=False)

    def _stated(self, cell: Cell | None) -> Figure | None:
        if cell is None:
            return None
        if isinstance(cell.number, Number) and cell.number.kind in ("count", "ratio"):
            return Figure(cell.number, cell.where, sure=cell.sure and self._is_exact(cell))
        self._unread(cell)
        return Figure(None, cell.where, sure=False)

    def _added(self, pieces: Mapping[str, Cell | None], stated: Cell | None) -> Figure:
        """The sum over places, held against the total that is stated."""
        read: dict[str, Cell] = {}
        exact = True
        for place, cell in pieces.items():
            if cell and isinstance(cell.number, Number) and cell.number.kind in ("count", "ratio"):
                read[place] = cell
                exact = self._is_exact(cell) and exact
            elif cell:
                self._unread(cell)
        parts = {c.key.part or c.key.place: (int(c.number.value), c.where) for c in read.values()}  # type: ignore[union-attr]
        added = sum(count for count, _where in parts.values())
        first = next(cell for cell in pieces.values() if cell)
        total = stated.number if stated and isinstance(stated.number, Number) else None
        sure = exact and all(cell.sure for cell in read.values())
        if len(read) < len(pieces):
            if total is not None and stated and int(total.value) >= added:
                return Figure(total, stated.where, parts=parts, sure=False)
            number = Number(added, "count") if read else None
            return Figure(number, _joined(read.values()) or first.where, parts=parts, sure=False)
        if total is not None and stated and int(total.value) != added:
            both = {"total": int(total.value), "sum": added}
            found = str(total.value)
            self.findings.append(Finding("total_mismatch.rows", stated.where, found, both))
            sure = False
        return Figure(Number(added, "count"), _joined(read.values()), parts=parts, sure=sure)

    def _add_groups(self, found: dict[Part, Figure], indicator: str, measure: str) -> None:
        """Hold the groups of a figure against its total, or add them up to it."""
        expected = self.groups.get(indicator, {})
        own = {group: found.get((indicator, measure, group)) for group in expected}
        counts = {g: f.count for g, f in own.items() if f and f.count is not None}
        given = [f for f in own.values() if f]
        total = found.get((indicator, measure, TOTAL))
        if not counts or not given:
            return
        added, complete = sum(counts.values()), len(counts) == len(expected)
        stated = total.count if total else None
        if stated is not None and total:
            if added > stated or (complete and added != stated):
                code = "groups_mismatch.groups" if complete else "groups_mismatch.total"
                values = {"total": stated, "sum": added}
                self.findings.append(Finding(code, total.where, str(stated), values))
                self.doubtful.add(indicator)
            if complete and added != stated:
                found[indicator, measure, TOTAL] = self._of_groups(given)
            return
        if total and (total.rate or total.number):
            return
        if not complete:
            missing = [group for code, group in expected.items() if code not in counts]
            names = {
                language: ", ".join(getattr(group, language) for group in missing)
                for language in ("vi", "en")
            }
            lacking = {"groups": Message.of_each(**names)}
            self.findings.append(Finding("groups_missing", given[0].where, "", lacking))
            self.doubtful.add(indicator)
            if measure == "denominator":
                return
        found[indicator, measure, TOTAL] = self._of_groups(given)

    def _of_groups(self, given: Sequence[Figure]) -> Figure:
        counted = [figure for figure in given if figure.count is not None]
        added = Number(sum(figure.count or 0 for figure in counted), "count")
        where = "; ".join(figure.where for figure in counted)
        return Figure(added, where, parts=_parts_of(given))

    def _is_exact(self, cell: Cell) -> bool:
        number = cell.number
        if isinstance(number, Number):
            if number.approximate:
                self._say("number_approximate.estimate", cell, str(number.value))
                return False
            if number.repaired:
                self._say("number_repaired", cell, str(number.value))
            if number.assumed_thousands:
                self._say("number_thousands", cell, str(number.value))
        return True

    def _unread(self, cell: Cell) -> None:
        if any((f.rule, f.where) == ("figure_twice", cell.where) for f in self.findings):
            return
        blank = cell.number is None
        code = "number_unreadable.figure_blank" if blank else "number_unreadable.figure"
        label = {"label": self._label(cell)}
        finding = Finding(code, cell.where, "" if blank else _text(cell), label)
        if not any((f.rule, f.where) == (finding.rule, cell.where) for f in self.findings):
            self.findings.append(finding)
        self.doubtful.add(cell.key.indicator)

    def _label(self, cell: Cell) -> Message:
        """What a number is of, in the campaign's words."""
        return self.labels[cell.key.indicator, cell.key.group or TOTAL]

    def _assumed(self, cell: Cell) -> None:
        """Say of a wording once, and not of each number under it."""
        values = {"label": self._label(cell)}
        if not any((f.code, f.values) == ("heading_assumed", values) for f in self.findings):
            self.findings.append(Finding("heading_assumed", cell.where, _text(cell), values))

    def _say(self, code: str, cell: Cell, found: str) -> None:
        finding = Finding(code, cell.where, found)
        if finding not in self.findings:
            self.findings.append(finding)


def values_of(figures: Mapping[Part, Figure]) -> Iterator[Value]:
    """Every figure as it is kept; a ratio gives the denominator too."""
    for (indicator, measure, group), figure in figures.items():
        if figure.count is None:
            continue
        yield Value(indicator, group, measure, figure.count, figure.where)
        below = figure.number.denominator if figure.number else None
        if below is not None and (indicator, "denominator", group) not in figures:
            yield Value(indicator, group, "denominator", below, figure.where)


def _parts_of(figures: Iterable[Figure]) -> dict[str, tuple[int, str]]:
    """Place → its count over all groups, where each group has each place."""
    figures = list(figures)
    places = [figure.parts.keys() for figure in figures]
    if not places or any(keys != places[0] for keys in places):
        return {}
    return {
        place: (
            sum(figure.parts[place][0] for figure in figures),
            "; ".join(figure.parts[place][1] for figure in figures),
        )
        for place in places[0]
    }


def _joined(cells: Iterable[Cell]) -> str:
    return "; ".join(cell.where for cell in cells)


def _text(cell: Cell) -> str:
    number = cell.number
    if isinstance(number, Unreadable):
        return shown_count(number.text)
    if isinstance(number, Number):
        percent = "%" if number.kind == "percent" else ""
        return f"{Decimal(number.value).normalize():f}{percent}"
    return ""
