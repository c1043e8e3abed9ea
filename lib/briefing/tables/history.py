"""What only the days before can tell: how a report without a clear reading is to be read."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from briefing.tables.reporting import USED

SAME_LIST = 0.95  # share of the earlier phones that a list so far still holds
NEW_LIST = 0.10  # share above which a list of today's does not repeat the earlier one
FALLING = 0.20  # share of persons whose count falls when counts are of one day
FAR_BELOW = 0.5  # of the earlier sum; above it, a few counts that fall are corrections
FALLING_ALONE = 0.40  # share of persons that must then fall
FEWEST_FALLEN = 2  # persons whose count falls; a single one is a correction
MOST_IN_A_DAY = 1 / 6  # of the people who can install: more is no plausible day's count
SUMS = ("per_person", "per_hamlet")
BY_HISTORY = ("roster_today", "increment")


def settle(
    judged: pd.DataFrame,
    rows: pd.DataFrame,
    overrides: Mapping[str, str] | None = None,
    owners: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Settle, from each unit's earlier reports, the readings that a file alone leaves open.

    A list without values is `roster_all` when it still holds the earlier phones, `roster_today`
    when it holds none of them; counts of the same persons that fall are an `increment`, and so
    are the next day's that don't reach the total yet.

    Args:
        judged: Reports with `verdict`; those used are settled in the order of their days.
        rows: The register's rows: `report`, `person`, `phone`, `value`.
        overrides: Unit → reading, set by the analyst; goes before every detection.
        owners: Unit → people who can install: a sum of more than a sixth of them is no day's count.

    Returns:
        `judged`, same rows, with `reading`, `reading_confidence`, `installs_cumulative` settled,
        and `reading_alone`, what the file by itself was read as.
    """
    out = judged.assign(reading_alone=judged["reading"])
    of_report, none = dict(tuple(rows.groupby("report"))), rows.iloc[:0]
    used = judged[judged["verdict"].eq(USED) & judged["form"].eq("mau02")]
    for unit, reports in used.sort_values("report_date").groupby("unit_code"):
        before: int | None = None
        earlier = none
        phones: set[str] = set()
        for report in reports.index:
            now = of_report.get(report, none)
            wanted = (overrides or {}).get(unit)
            if before is not None and (wanted is None or wanted in BY_HISTORY):
                most = MOST_IN_A_DAY * (owners or {}).get(unit, math.inf)
                _settle_one(out, report, now, before, earlier, phones, wanted, most)
            phones |= set(now["phone"].dropna())
            before, earlier = report, now
    return out


def _settle_one(
    out: pd.DataFrame,
    report: int,
    now: pd.DataFrame,
    before: int,
    earlier: pd.DataFrame,
    phones: set[str],
    wanted: str | None,
    most: float,
) -> None:
    listed, known = set(now["phone"].dropna()), set(earlier["phone"].dropna())
    reading = out.at[report, "reading"]
    total = out.at[before, "installs_cumulative"]
    figure = out.at[report, "installs_cumulative"]
    again = out.at[before, "reading"] == "increment" and figure < total
    if wanted == "roster_today" or (wanted is None and _is_new_list(reading, listed, known)):
        _put(out, report, "roster_today", total + len(listed - phones))
    elif wanted == "increment" or (
        reading in SUMS and figure <= most and (again or _falls(now, earlier))
    ):
        _put(out, report, "increment", total + figure)
    elif reading == "roster_all" and known and len(known & listed) >= SAME_LIST * len(known):
        out.at[report, "reading_confidence"] = "high"


def _is_new_list(reading: str, listed: set[str], known: set[str]) -> bool:
    """Whether a list repeats next to nothing of the one before, which had phones to compare."""
    both = len(known | listed)
    return reading == "roster_all" and bool(known) and len(known & listed) <= NEW_LIST * both


def _falls(now: pd.DataFrame, earlier: pd.DataFrame) -> bool:
    """Whether so many of the same persons count less than before that these are a day's counts."""
    counts, before = _counts(now), _counts(earlier)
    both = counts.keys() & before.keys()
    fallen = sum(counts[person] < before[person] for person in both)
    same = len(both) >= SAME_LIST * len(before)
    far_below = sum(counts.values()) < FAR_BELOW * sum(before.values())
    share = FALLING if far_below else FALLING_ALONE
    return same and fallen >= FEWEST_FALLEN and fallen > share * len(both)


def _counts(rows: pd.DataFrame) -> dict[str, int]:
    """Person → count, of those who have one."""
    known = rows.dropna(subset=["value"])
    return dict(zip(known["person"], known["value"], strict=True))


def _put(out: pd.DataFrame, report: int, reading: str, cumulative: int) -> None:
    out.at[report, "reading"] = reading
    out.at[report, "reading_confidence"] = "high" if reading == "roster_today" else "low"
    out.at[report, "installs_cumulative"] = cumulative
    out.at[report, "rules"] = {"installs_cumulative": reading}
