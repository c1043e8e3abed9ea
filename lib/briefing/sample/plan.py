"""Who sends what, in whose hand, when, and with which mistake: decided before a row is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from briefing.params.rows import ReportingUnit
from briefing.sample.path import baseline_of
from briefing.sample.people import dice
from briefing.sample.words import vocabulary

RARE_READINGS = (("roster_all", 8), ("running", 8))  # one unit in so many, smallest units first
SPREAD_READINGS = (("per_place", 6), ("total", 8))  # one unit in so many, spread over the list
COUNTS = "counts"  # the reading of units that send a form of counts
FEWEST_UNITS = 4  # with fewer, every unit counts per person
TOLD_UNITS = 140  # units after so many owe what goes wrong to chance alone, on all days


class Event(NamedTuple):
    """A piece of real life: on which day, in which unit of a reading, what goes wrong."""

    days_after_baseline: int
    reading: str
    ordinal: int
    what: str


SEEDED: tuple[Event, ...] = (
    Event(-4, "per_person", 0, "late"),
    Event(-3, "per_person", 3, "missing"),
    Event(-3, "total", 1, "missing"),
    Event(-3, "per_person", 5, "late"),
    Event(-2, "per_place", 1, "missing"),
    Event(-2, "per_person", 2, "late"),
    Event(-2, "running", 1, "late"),
    Event(-1, "per_person", 7, "missing"),
    Event(-1, "roster_all", 1, "late"),
    Event(-1, "roster_all", 0, "phone_duplicate"),
    Event(1, "per_person", 6, "cumulative_decrease"),
    Event(1, "running", 1, "missing"),
    Event(1, "total", 1, "late"),
    Event(1, "roster_all", 0, "phone_duplicate"),
    Event(2, "per_person", 1, "missing"),
    Event(2, "per_place", 2, "missing"),
    Event(2, "per_person", 2, "late"),
    Event(2, "per_person", 5, "late"),
    Event(2, "roster_all", 1, "late"),
    Event(2, "total", 0, "late"),
    Event(2, "per_person", 3, "unreadable"),
    Event(2, "per_person", 4, "empty"),
    Event(2, "per_person", 0, "superseded"),
    Event(2, "running", 0, "date_conflict"),
    Event(2, "per_place", 0, "total_mismatch"),
    Event(2, "roster_all", 0, "phone_invalid"),
    Event(2, "roster_all", 0, "phone_duplicate"),
    Event(2, "total", 1, "phone_invalid"),
    Event(2, "per_person", 6, "phone_invalid"),
    Event(2, "per_person", 7, "phone_duplicate"),
    Event(-1, "counts", 3, "missing"),
    Event(-1, "counts", 4, "late"),
    Event(1, "counts", 2, "total_mismatch"),
    Event(1, "counts", 5, "superseded"),
    Event(1, "counts", 8, "missing"),
    Event(1, "counts", 9, "late"),
    Event(1, "counts", 11, "unreadable"),
    Event(2, "counts", 1, "empty"),
    Event(2, "counts", 3, "cumulative_decrease"),
    Event(2, "counts", 5, "late"),
    Event(2, "counts", 7, "missing"),
    Event(2, "counts", 10, "date_conflict"),
)
"""What goes wrong around the baseline. A unit that a small campaign doesn't have drops out."""

STATUSES = ("late", "missing", "empty", "unreadable")


@dataclass(frozen=True)
class Unit:
    """One reporting unit and its habits, which it keeps for the whole campaign."""

    unit: ReportingUnit
    index: int
    reading: str
    ordinal: int  # which one of its reading
    places: tuple[tuple[str, str], ...]  # (bare name, label)
    hand: str
    file: int
    phones: str = ""
    address: str = ""
    values: str = ""
    docx: bool = False

    @property
    def code(self) -> str:
        return self.unit.unit_code


@dataclass(frozen=True)
class Sending:
    """What one unit sends about one day; `received` is None when nothing comes."""

    unit: Unit
    day: date
    status: str
    received: datetime | None = None
    corrected: datetime | None = None
    faults: tuple[str, ...] = ()


def units_of(campaign: Any, *, many_rows: bool = False) -> list[Unit]:
    """Every unit of the campaign with its reading and hand, in the order of params."""
    readings = readings_of([row.denominator for row in campaign.unit_rows])
    if campaign.form_of(COUNTS):
        readings = [COUNTS] * len(readings)
    if many_rows:
        readings = ["per_person" if r == "per_place" else r for r in readings]
    below: dict[str, list[tuple[str, str]]] = {}
    for row in campaign.place_rows:
        below.setdefault(row.unit_code, []).append((row.place, row.label))
    seen: dict[str, int] = {}
    units = []
    for index, (row, reading) in enumerate(zip(campaign.unit_rows, readings, strict=True)):
        places = tuple(below.get(row.unit_code, [])) or ((row.name, row.full_name),)
        if reading == "per_place" and len(places) < 3:
            reading = "per_person"
        ordinal = seen[reading] = seen.get(reading, -1) + 1
        habits = vocabulary()["hands_of"][reading]
        habit = habits[ordinal % len(habits)] | ({"docx": False} if many_rows else {})
        units.append(Unit(row, index, reading, ordinal, places, **habit))
    return units


def readings_of(denominator: list[int]) -> list[str]:
    """The reading of each unit: rosters from small units, most others count per person."""
    count = len(denominator)
    readings = ["per_person"] * count
    if count < FEWEST_UNITS:
        return readings
    smallest = sorted(range(count), key=lambda i: (denominator[i], i))
    for reading, one_in in RARE_READINGS:
        for i in [smallest.pop(0) for _ in range(max(1, round(count / one_in)))]:
            readings[i] = reading
    for reading, one_in in SPREAD_READINGS:
        free = [i for i in range(count) if readings[i] == "per_person"]
        wanted = min(max(1, round(count / one_in)), len(free) - 1)
        for k in range(wanted):
            readings[free[(2 * k + 1) * len(free) // (2 * wanted)]] = reading
    return readings


def stagnant_units(units: list[Unit]) -> frozenset[str]:
    """The few units in which hardly anybody counts any more."""
    candidates = [u for u in units if u.reading in ("per_person", COUNTS)]
    return frozenset(u.code for u in candidates[2::5])


def sendings_of(campaign: Any, seed: int, units: list[Unit], days: list[date]) -> list[Sending]:
    """Every report of every day, with when it arrives and what is wrong with it."""
    anchor, _ = baseline_of(campaign)
    last_seeded = max(event.days_after_baseline for event in SEEDED)
    sendings = []
    for day in days:
        offset = campaign.reporting.reports_between(anchor, day)
        for unit in units:
            whats = [e.what for e in SEEDED if e[:3] == (offset, unit.reading, unit.ordinal)]
            if offset > last_seeded or unit.index >= TOLD_UNITS:
                whats = _chance(seed, unit, day)
            sendings.append(_sending(campaign, seed, unit, day, whats))
    return sendings


def _chance(seed: int, unit: Unit, day: date) -> list[str]:
    roll = dice(seed, "chance", unit.code, day).random()
    if roll < 0.05:
        return ["missing"]
    return ["late"] if roll < 0.14 else []


def _sending(campaign: Any, seed: int, unit: Unit, day: date, whats: list[str]) -> Sending:
    status = next((what for what in whats if what in STATUSES), "on_time")
    if status == "missing":
        return Sending(unit, day, status)
    draw = dice(seed, "arrival", unit.code, day)
    corrected = None
    if "superseded" in whats:
        corrected = _moment(campaign, day, time(18, 0), draw.randrange(0, 9000))
    return Sending(
        unit=unit,
        day=day,
        status=status,
        received=arrival(campaign, day, draw, late=status == "late"),
        corrected=corrected,
        faults=tuple(what for what in whats if what not in STATUSES),
    )


def arrival(campaign: Any, day: date, draw: Any, *, late: bool) -> datetime:
    """A moment up to five hours before the deadline, or up to four and a half after it."""
    deadline = campaign.reporting.deadline_of(day)
    if late:
        return _moment(campaign, day, deadline, draw.randrange(360, 16_000))
    return _moment(campaign, day, deadline, -draw.randrange(120, 18_000))


def _moment(campaign: Any, day: date, clock: time, seconds: int) -> datetime:
    start = datetime.combine(day, clock, tzinfo=ZoneInfo(campaign.timezone))
    return start + timedelta(seconds=seconds)
