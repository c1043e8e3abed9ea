"""The rows of one list and the mistakes in them, under each reading of its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from briefing.sample.path import days_of, numerator_by_unit, share
from briefing.sample.people import Person, crew, dice, mix, person, phones, seed_of
from briefing.sample.plan import Unit, stagnant_units, units_of

BLOCK = 40_000  # numbers of people kept for one unit
CREW = (15, 40)  # campaigners in a unit
EXTRA = 9_999_000  # people who come into a list by mistake only
DUPLICATES_A_DAY = 3  # benchmark rosters: so many duplicates fewer each day


@dataclass
class Line:
    """One row: a person, a place of the unit, and the value under Lũy kế (None: blank)."""

    who: Person
    place: int
    value: int | None = None
    today: int | None = None
    typed_phone: str = ""  # as typed, when the phone itself is the mistake


@dataclass
class Listing:
    """A table before layout. `marks`: (rule, index of a line or -1 for the total, field)."""

    lines: list[Line]
    total: int | None
    numerator: int | None  # what a careful reader makes of it
    total_today: int | None = None
    marks: list[tuple[str, int, str]] = field(default_factory=list)


class SampleContext:
    """Everything that one sample draws from: units, people and figures, made once."""

    def __init__(
        self,
        campaign: Any,
        *,
        units: int | None = None,
        rows: int | None = None,
        since: date | None = None,
    ):
        self.campaign = campaign
        self.since = since or campaign.dates.start
        self.rows = rows
        self.seed = seed_of(campaign)
        every = units_of(campaign, many_rows=rows is not None)
        self.units = every[:units]
        self.actual = numerator_by_unit(campaign, self.seed, stagnant_units(every))
        self.days = days_of(campaign)
        self._counts: dict[str, dict[date, list[int]]] = {}
        self._crews: dict[str, list[Person]] = {}

    @cached_property
    def block(self) -> int:
        fitting = min(BLOCK, phones() // (len(self.units) + 2))
        return max(fitting, (len(self.days) + 1) * (self.rows or 0))

    def before(self, day: date) -> date:
        """The report date before, which a unit's figures go on from."""
        return self.campaign.reporting.before(day) or self.days[0]

    def people(self, unit: Unit, first: int, size: int) -> list[Person]:
        """Persons number `first` … of the unit, in the order in which they were counted."""
        start = (unit.index + 1) * self.block + first
        return [person(self.seed, number) for number in range(start, start + size)]

    def crew(self, unit: Unit) -> list[Person]:
        """The unit's campaigners, the same every day; or one head for each of its places."""
        if unit.code not in self._crews:
            size = self.rows or dice(self.seed, "crew", unit.code).randint(*CREW)
            if unit.reading == "per_place":
                size = len(unit.places)
            start = (unit.index + 1) * self.block + self.block // 2
            self._crews[unit.code] = crew(self.seed, start, size)
        return self._crews[unit.code]

    def counts(self, unit: Unit) -> dict[date, list[int]]:
        """Each campaigner's running count on each day; they add up to the unit's counts."""
        if unit.code not in self._counts:
            actual, draw = self.actual[unit.code], dice(self.seed, "weights", unit.code)
            spread = 0.3 if self.rows is None else 0.0
            weights = [spread + draw.expovariate(1.0) for _ in self.crew(unit)]
            now = share(actual[self.days[0]], weights)
            series = {self.days[0]: now}
            for before, day in zip(self.days, self.days[1:], strict=False):
                luck = [w * draw.uniform(0.2, 1.8) for w in weights]
                gained = share(actual[day] - actual[before], luck)
                now = [a + b for a, b in zip(now, gained, strict=True)]
                series[day] = now
            self._counts[unit.code] = series
        return self._counts[unit.code]


def listing(
    context: SampleContext, unit: Unit, day: date, faults: tuple[str, ...], first: bool
) -> Listing:
    """The table that a unit sends about a day.

    Args:
        context: The sample.
        unit: Who sends; its reading decides what a row is.
        day: What the report is about.
        faults: Rules of the mistakes to make in it.
        first: Whether this is the first version of a report that is corrected later.
    """
    table = _MAKERS[unit.reading](context, unit, day)
    if first and "superseded" in faults:
        _send_too_early(context, unit, day, table)
    for rule in faults:
        if rule in _FAULTS:
            _FAULTS[rule](context, unit, table)
    return table


def _per_person(context: SampleContext, unit: Unit, day: date) -> Listing:
    counts = context.counts(unit)
    now, before = counts[day], counts[context.before(day)]
    lines = [
        Line(who, i if unit.reading == "per_place" else mix(context.seed, i), now[i], now[i] - old)
        for i, (who, old) in enumerate(zip(context.crew(unit), before, strict=True))
    ]
    return Listing(lines, sum(now), sum(now), sum(now) - sum(before))


def _roster(context: SampleContext, unit: Unit, day: date) -> Listing:
    if context.rows is None:
        distinct = size = context.actual[unit.code][day]
    else:
        left = (context.days[-1] - day).days
        distinct, size = max(context.rows - DUPLICATES_A_DAY * left, 1), context.rows
    people = context.people(unit, 0, distinct)
    people += people[: size - distinct]
    lines = [Line(who, i // 7) for i, who in enumerate(people)]
    if unit.values == "stt":
        for number, line in enumerate(lines, start=1):
            line.value = number
    return Listing(lines, None, distinct)


def _running(context: SampleContext, unit: Unit, day: date) -> Listing:
    if context.rows is None:
        before = context.actual[unit.code][context.before(day)]
        size, first = context.actual[unit.code][day] - before, before
    else:
        number = (day - context.days[0]).days
        size, before, first = context.rows, 10 * number, context.rows * number
    people = context.people(unit, first, size)
    lines = [Line(who, mix(context.seed, i), before + i + 1) for i, who in enumerate(people)]
    return Listing(lines, None, before + size)


def _one_total(context: SampleContext, unit: Unit, day: date) -> Listing:
    crew_ = context.crew(unit)
    lines = [Line(who, mix(context.seed, i)) for i, who in enumerate(crew_)]
    numerator = context.actual[unit.code][day]
    if unit.values == "merged":
        lines[0].value = numerator
    return Listing(lines, numerator, numerator)


_MAKERS: dict[str, Callable[[SampleContext, Unit, date], Listing]] = {
    "per_person": _per_person,
    "per_place": _per_person,
    "roster_all": _roster,
    "running": _running,
    "total": _one_total,
}


def _send_too_early(context: SampleContext, unit: Unit, day: date, table: Listing) -> None:
    """The first version still has yesterday's figures for a third of the campaigners."""
    for line in table.lines[::3]:
        line.value, line.today = (line.value or 0) - (line.today or 0), 0
    table.numerator = table.total = sum(line.value or 0 for line in table.lines)
    table.total_today = sum(line.today or 0 for line in table.lines)


def _lose_a_digit(context: SampleContext, unit: Unit, table: Listing) -> None:
    """Somebody who adds nothing to the figure stands there with a phone of nine digits."""
    position = len(table.lines) // 2
    if unit.reading == "total":
        line = table.lines[position]
        table.lines[position] = replace(line, typed_phone=_short(line.who))
    else:
        who = person(context.seed, EXTRA + unit.index)
        nothing = 0 if unit.reading in ("per_person", "per_place") else None
        _insert(unit, table, position, Line(who, position, nothing, nothing, _short(who)))
    table.marks.append(("phone_invalid", position, "so_dien_thoai"))


def _short(who: Person) -> str:
    return who.phone[:5] + who.phone[6:]


def _repeat_someone(context: SampleContext, unit: Unit, table: Listing) -> None:
    """One of the first in the list is entered once more, further down."""
    position = len(table.lines) * 3 // 4 + 1
    _insert(unit, table, position, replace(table.lines[2]))
    table.marks.append(("phone_duplicate", position, "so_dien_thoai"))


def _insert(unit: Unit, table: Listing, position: int, line: Line) -> None:
    """Put a line in; what is noted about the lines below moves down with them."""
    table.lines.insert(position, line)
    table.marks = [(rule, i + (i >= position), column) for rule, i, column in table.marks]
    if unit.values == "stt":
        for number, each in enumerate(table.lines, start=1):
            each.value = number


def _add_wrongly(context: SampleContext, unit: Unit, table: Listing) -> None:
    """The total leaves out the last row, as a sum does whose range was not extended."""
    table.total = (table.total or 0) - (table.lines[-1].value or 0)
    table.marks.append(("total_mismatch", -1, "luy_ke"))


def _drop_a_figure(context: SampleContext, unit: Unit, table: Listing) -> None:
    """The largest count loses its last digit, and with it the unit falls below yesterday."""
    line = max(table.lines, key=lambda item: item.value or 0)
    lost = (line.value or 0) - (line.value or 0) // 10
    line.value = (line.value or 0) - lost
    table.total = (table.total or 0) - lost
    table.numerator = (table.numerator or 0) - lost
    table.marks.append(("cumulative_decrease", table.lines.index(line), "luy_ke"))


_FAULTS: dict[str, Callable[[SampleContext, Unit, Listing], None]] = {
    "phone_invalid": _lose_a_digit,
    "phone_duplicate": _repeat_someone,
    "total_mismatch": _add_wrongly,
    "cumulative_decrease": _drop_a_figure,
}
