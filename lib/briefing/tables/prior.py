"""How a report is to be read beside what its unit's earlier reports leave known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.tables.cells import counted_by
from briefing.tables.reporting import DAY_ONLY, NIL

SAME_LIST = 0.95  # share of the earlier phones that a list so far still holds
NEW_LIST = 0.10  # share above which a list of today's does not repeat the earlier one
FALLING = 0.20  # share of persons whose count falls when counts are of one day
FAR_BELOW = 0.5  # of the earlier sum; above it, a few counts that fall are corrections
FALLING_ALONE = 0.40  # share of persons that must then fall
FEWEST_FALLEN = 2  # persons whose count falls; a single one is a correction
SUMS = ("per_person", "per_place")
LISTS = ("roster_all", "flag")


@dataclass(frozen=True)
class Prior:
    """What a unit's earlier reports leave known.

    Attributes:
        total: The newest cumulative (persons); `None` before the first.
        partial: It adds up days alone, without what was there before the first of them.
        reading: Of the newest report.
        rows: Its rows.
        alone: What it was read as by itself.
        before: What was known before it.
    """

    rows: pd.DataFrame
    total: int | None = None
    partial: bool = False
    reading: str = ""
    alone: str = ""
    before: Prior | None = None

    @cached_property
    def listed(self) -> frozenset[int]:
        """The phones of its list."""
        return _phones(self.rows, self.alone)

    @cached_property
    def phones(self) -> frozenset[int]:
        """Every phone that was ever listed."""
        return self.listed | (self.before.phones if self.before else frozenset())


def text(value: Any) -> str:
    """A cell as a plain text."""
    return "" if pd.isna(value) else str(value)


def day_reading(
    report: Mapping[str, Any], now: pd.DataFrame, prior: Prior, override: str | None, most: float
) -> str | None:
    """The reading of a report that gives its day's counts; `None` for one that counts so far."""
    reading, figure = text(report["reading"]), report["numerator_cumulative"]
    if reading == NIL:
        return NIL if pd.isna(figure) else None
    if override is not None:
        return override if override in DAY_ONLY else None
    if reading in DAY_ONLY:
        return reading
    if prior.total is None or pd.isna(figure):
        return None
    if _is_new_list(reading, now, prior):
        return "roster_today"
    again = prior.reading == "increment" and figure < prior.total
    by_place = reading == "per_place"
    if reading in SUMS and figure <= most and (again or _falls(now, prior.rows, by_place)):
        return "increment"
    return None


def of_the_day(report: Mapping[str, Any], reading: str, now: pd.DataFrame, prior: Prior) -> Any:
    """The day's counts (persons): the phones never listed before, or the sum of the counts."""
    listed = _phones(now, report["reading"])
    if reading == "roster_today" and listed:
        return len(listed - prior.phones)
    figure = report["numerator_cumulative"]
    return report["numerator_new"] if pd.isna(figure) else figure


def _is_new_list(reading: str, now: pd.DataFrame, prior: Prior) -> bool:
    """Whether a list repeats next to nothing of the one before, which had phones to compare."""
    if reading not in LISTS or not prior.listed:
        return False
    listed = _phones(now, reading)
    return len(prior.listed & listed) <= NEW_LIST * len(prior.listed | listed)


def still_holds(report: Mapping[str, Any], now: pd.DataFrame, prior: Prior) -> bool:
    """Whether a list so far holds the phones of the one before."""
    if text(report["reading"]) != "roster_all" or not prior.listed:
        return False
    return len(prior.listed & _phones(now, "roster_all")) >= SAME_LIST * len(prior.listed)


def _phones(now: pd.DataFrame, reading: str) -> frozenset[int]:
    """The phones of a list; of one in which people are marked, those of the marked."""
    counted = now[now["used"]] if reading == "flag" else now
    return frozenset(counted["phone"].dropna().to_numpy(object))


def _falls(now: pd.DataFrame, earlier: pd.DataFrame, by_place: bool) -> bool:
    """Whether so many of the same persons count less than before that these are a day's counts."""
    counts, before = _counts(now, by_place), _counts(earlier, by_place)
    both = counts.keys() & before.keys()
    fallen = sum(counts[person] < before[person] for person in both)
    same = len(both) >= SAME_LIST * len(before)
    far_below = sum(counts.values()) < FAR_BELOW * sum(before.values())
    share = FALLING if far_below else FALLING_ALONE
    return same and fallen >= FEWEST_FALLEN and fallen > share * len(both)


def _counts(rows: pd.DataFrame, by_place: bool) -> dict[int | str, int]:
    """Person (or place, where it is known) → count, of those who have one."""
    known = rows.dropna(subset=["value"])
    keys = counted_by(known, by_place)
    named = keys.notna()
    values = known.loc[named, "value"].to_numpy("int64").tolist()
    return dict(zip(keys[named].to_numpy(object), values, strict=True))
