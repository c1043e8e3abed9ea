"""What a unit means by its column Lũy kế: recognise the reading from one file alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from briefing.intake.parsers.numbers import Number
from briefing.intake.parsers.text import clean, fold
from briefing.intake.tables.table import Table
from briefing.intake.tables.tallies import (
    MOST_ROWS,
    TALLIES,
    grand_total,
    per_place,
    place_keys,
    roster_all,
)

Confidence = Literal["high", "low"]
PLACES = ("per_place", ("running",))  # the reading of rows that name places alone, and its rival
FEWEST_ROWS = 3  # rows below which a pattern of values proves nothing
ENOUGH_ROWS = 5  # rows from which values that count on are no chance
MORE_THAN_ALL = 1.5  # of a denominator that may be assumed: more people than that are not there
HIGHEST_RATE = 100  # percent; more can be no rate without its sign
FEW_TIMES = 2  # a total up to so many times the rows of a list may be the list's

OF_THE_DAY = re.compile(
    r"\b(trong ngay|hom nay|trong hom nay|phat sinh|tang them|cai moi|moi cai|cai dat moi"
    r"|moi cai dat|so moi|moi trong)\b"
)
NEWLY = re.compile(r"\b(phat sinh|tang them|cai moi|moi cai|cai dat moi|moi cai dat|so moi)\b")
SO_FAR = re.compile(
    r"\b(luy ke|den nay|den thoi diem|tinh den|den (?:het )?ngay|cong don|toan bo)\b"
)
LIST = re.compile(r"\bdanh sach\b")


@dataclass(frozen=True)
class Wording:
    """What the words of a file say about its figures.

    Attributes:
        heading: The heading of the column Lũy kế, with what stands over it.
        titles: The lines above the table.
    """

    heading: str = ""
    titles: tuple[str, ...] = ()

    @property
    def of_the_day(self) -> bool:
        """The column holds the day's count, whatever else the file says."""
        heading = fold(self.heading)
        return bool(OF_THE_DAY.search(heading)) and not SO_FAR.search(heading)

    @property
    def title(self) -> str | None:
        """Which of a list's readings, or `increment`, a title names."""
        for line in map(fold, self.titles):
            so_far, today = SO_FAR.search(line), OF_THE_DAY.search(line)
            if LIST.search(line) and bool(so_far) != bool(today):
                return "roster_all" if so_far else "roster_today"
            if NEWLY.search(line) and not so_far:
                return "increment"  # “in the day” alone may be the day of the report
        return None


def recognise(table: Table, wording: Wording | None = None) -> tuple[str, Confidence]:
    """The reading that the shape of the values and the words speak for, by this file alone.

    `low` means that the file can be read in more than one way that gives different figures.
    """
    reading, rivals = _by_shape(table)
    if wording and (worded := _by_words(table, reading, wording)):
        return worded
    if reading not in TALLIES:
        return reading, "low" if rivals else "high"
    value = TALLIES[reading](table).value
    differing = [rival for rival in rivals if _rival_value(table, rival) not in (value, None)]
    return reading, "low" if differing else "high"


def _rival_value(table: Table, rival: str) -> int | None:
    """What the file gives under a rival.

    With other days only, or by rates that don't add up, it is some number that is not known.
    """
    value = TALLIES[rival](table).value if rival in TALLIES else -1
    return -1 if value is None and rival == "percent" else value


SUMS = ("per_person", "per_place")
LISTS = ("roster_all", "flag", "running")


def _by_words(table: Table, reading: str, wording: Wording) -> tuple[str, Confidence] | None:
    """What heading and title settle, of what the values leave open."""
    if reading in SUMS or (reading == "total" and table.counted):
        if wording.of_the_day:
            return "increment", "high"
        if wording.title == "increment":
            return "increment", "low"  # the heading of the form says another thing
    if reading in LISTS and len(table) and wording.title == "roster_today":
        return "roster_today", "high"
    if reading == "roster_all" and wording.title == "roster_all":
        return "roster_all", "high"
    return None


def _by_shape(table: Table) -> tuple[str, tuple[str, ...]]:
    """The best reading and its rivals: readings that this shape does not rule out."""
    counts = [count for count in table.count if count is not None]
    marked, rates = len(table.counts.marked), len(table.rates)
    filled = len(counts) + marked + rates
    if not filled:
        return _without_values(table)
    if 2 * len(table.counts.increases) > filled:
        return "increment", ()
    if 2 * _ratios(table) > filled:
        return ("total" if _ratio_said_again(table, counts) else "ratio"), ()
    if 2 * rates > filled:
        return ("total", ("percent",)) if _total_of_rates(table) else ("percent", ())
    if len(table) > 1 and _ticked(counts, marked):
        stated = grand_total(table)
        most = stated.count if stated else None
        return "flag", ("total",) if most is not None and most > len(table) else ()
    if len(counts) < 2 or (len(set(counts)) == 1 and counts[0] >= len(table)):
        return _one_value(table, counts)
    return _several_counts(table, counts)


def _total_of_rates(table: Table) -> bool:
    """Whether the row of totals gives a count over rows of rates; up to 100 it may be one too."""
    stated = grand_total(table)
    return stated is not None and stated.count is not None and stated.count > HIGHEST_RATE


def _ratios(table: Table) -> int:
    others = table.counts.others.values()
    return sum(isinstance(other, Number) and other.kind == "ratio" for other in others)


def _ratio_said_again(table: Table, counts: Sequence[int]) -> bool:
    """Whether each row says the unit's one ratio: together they have more people than the unit."""
    owned = table.denominators.values()
    same = len(counts) > 1 and len(set(counts)) == 1 and len(set(owned)) == 1
    return same and table.denominator is not None and sum(owned) > MORE_THAN_ALL * table.denominator


def _ticked(counts: Sequence[int], marked: int) -> bool:
    """Whether the rows say yes or no: most with a sign, or all with 1 and 0."""
    return 2 * marked > len(counts) if marked else max(counts) == 1


def _without_values(table: Table) -> tuple[str, tuple[str, ...]]:
    """A list with nothing under Lũy kế: a roster, unless the total says more than it holds."""
    rows, stated = len(table), grand_total(table)
    if stated and stated.value is not None and stated.count is None and rows == 0:
        return ("percent", ()) if isinstance(stated.value, Number) else ("total", ())
    if table.unreadable:
        return "per_person", ()  # counts were meant; none of them can be used
    if stated is None or stated.count is None:
        return "roster_all", ("roster_today",) if rows else ()
    if rows and stated.count in (rows, roster_all(table).value):
        return "roster_all", ()
    return ("roster_all", ("total",)) if stated.count <= FEW_TIMES * rows else ("total", ())


def _one_value(table: Table, counts: Sequence[int]) -> tuple[str, tuple[str, ...]]:
    """One value, once or in each row: the unit's, unless the total says that they add up."""
    stated = grand_total(table)
    total = stated.count if stated else None
    if len(counts) < 2:
        return "total", ()
    if total == sum(counts):
        return "per_person", ()
    impossible = table.denominator is not None and sum(counts) > table.denominator
    return "total", () if impossible or total == counts[0] else ("per_person",)


def _several_counts(table: Table, counts: Sequence[int]) -> tuple[str, tuple[str, ...]]:
    """Counts that differ: of persons, of places, or counting on."""
    stated = grand_total(table)
    total = stated.count if stated else None
    if total != sum(counts):
        if counting := _counting_on(table, counts, total):
            if counting[0] == "per_person" or not _of_places(table, counts, total):
                return counting
            # a count that runs on is one of persons: without any, these are the places' own
            return (counting[0], ("per_person",)) if _names_persons(table) else PLACES
        if _same_within_places(table):
            return "per_place", () if total == per_place(table).value else ("per_person",)
    if _one_row_each(table):
        return "per_place", ()
    gaps = len(table) - len(counts) - len(table.covered) - len(table.unreadable)
    if total != sum(counts) and 2 * gaps > len(table):
        return "per_person", ("running",)  # next to nothing is filled in
    return "per_person", ("running",) if total == counts[-1] != sum(counts) else ()


def _counting_on(
    table: Table, counts: Sequence[int], stated: int | None
) -> tuple[str, tuple[str, ...]] | None:
    """A count that runs on down the rows: from 1 a list of everybody, from more a running count.

    Seen by the serial numbers (value = STT + c) or by its steps of 1; a slip in one row of many
    leaves it what it is, with low confidence. A list whose serial numbers don't begin with 1
    either goes on from an earlier one.
    """
    offset, agreeing = _offset(table)
    steps = [b - a for a, b in pairwise(counts)]
    share = max(agreeing / len(counts), steps.count(1) / len(steps))
    if share < MOST_ROWS:
        return None
    if agreeing / len(counts) < MOST_ROWS or table.numbers[table.counted[0]] != 1:
        offset = _start(counts) - 1
    reading = "running" if offset else "roster_all"
    settled = share == 1 and (len(counts) >= ENOUGH_ROWS or stated in (counts[-1], len(table)))
    if len(counts) < FEWEST_ROWS and not settled:
        return "per_person", (reading,)
    if len(table.counted) < len(table) * MOST_ROWS:
        settled = False
    return reading, () if settled else ("per_person",)


def _of_places(table: Table, counts: Sequence[int], stated: int | None) -> bool:
    """Whether each row is of another place, so that its count may follow the others by chance.

    A row of totals that says the last value, or serial numbers whose gaps the values have too,
    settle that they count on.
    """
    keys = place_keys(table)
    places = {key for i in table.counted if not (key := keys[i]).startswith("|")}
    if len(places) < len(counts) or stated == counts[-1]:
        return False
    numbers = [n for i in table.counted if (n := table.numbers[i]) is not None]
    leaps = any(b - a != 1 for a, b in pairwise(numbers))
    return not leaps or len({c - n for c, n in zip(counts, numbers, strict=False)}) > 1


def _names_persons(table: Table) -> bool:
    return bool(table.reachable) or any(map(clean, table.rows.values.get("ho_ten", ())))


def _offset(table: Table) -> tuple[int, int]:
    """The difference that most counts have to their row's serial number; how many have it."""
    numbered = zip(table.count, table.numbers, strict=True)
    offsets = Counter([c - n for c, n in numbered if c is not None and n is not None])
    return offsets.most_common(1)[0] if offsets else (0, 0)


def _start(counts: Sequence[int]) -> int:
    """Where a count that runs on began, a slip in the first row left out."""
    return Counter(count - i for i, count in enumerate(counts)).most_common(1)[0][0]


def _same_within_places(table: Table) -> bool:
    """Whether each place's own count is said again in all of its rows."""
    values: dict[str, set[int]] = defaultdict(set)
    rows: Counter[str] = Counter()
    for i in table.counted:
        place = table.places[i]
        if place is None:
            return False
        values[place].add(table.count[i] or 0)
        rows[place] += 1
        if len(values[place]) > 1:
            return False
    repeated = sum(count > 1 for count in rows.values())
    differing = len(set().union(*values.values())) if values else 0
    return repeated > 1 and differing > 1 and len(table.counted) >= ENOUGH_ROWS


def _one_row_each(table: Table) -> bool:
    """Whether most of the unit's places stand there, each with one count.

    Further rows without a count may name people of the same places; a misspelt place or two
    are places all the same.
    """
    if len(table.counted) > max(2 * table.places_known, FEWEST_ROWS):
        return False
    keys = place_keys(table)
    counted = [keys[i] for i in table.counted]
    known = {table.places[i] for i in table.counted} - {None}
    are_unique = len(set(counted)) == len(counted) and len(known) >= MOST_ROWS * len(counted) - 1
    blank = {keys[i] for i in range(len(table)) if table.count[i] is None}
    if not are_unique or len(counted) < FEWEST_ROWS or not blank <= set(counted):
        return False
    return len(known) * 2 > table.places_known or len(blank) > 1
