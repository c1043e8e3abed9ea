"""What only the days before can tell: how a report without a clear reading is to be read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.params.corrections import Correction
from briefing.params.readings import Override, Overrides, override_of
from briefing.tables.amending import amend
from briefing.tables.report_days import ARRIVAL
from briefing.tables.reporting import DAY_ONLY, NIL, REJECTED, SUPERSEDED, USED, silent

SAME_LIST = 0.95  # share of the earlier phones that a list so far still holds
NEW_LIST = 0.10  # share above which a list of today's does not repeat the earlier one
FALLING = 0.20  # share of persons whose count falls when counts are of one day
FAR_BELOW = 0.5  # of the earlier sum; above it, a few counts that fall are corrections
FALLING_ALONE = 0.40  # share of persons that must then fall
FEWEST_FALLEN = 2  # persons whose count falls; a single one is a correction
MOST_IN_A_DAY = 1 / 6  # of the people who can install: more is no plausible day's count
SUMS = ("per_person", "per_hamlet")
LISTS = ("roster_all", "flag")
BY_DAY = ["report_date", *ARRIVAL]


@dataclass(frozen=True)
class Past:
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
    before: Past | None = None

    @cached_property
    def listed(self) -> frozenset[str]:
        """The phones of its list."""
        return _phones(self.rows, self.alone)

    @property
    def phones(self) -> frozenset[str]:
        """Every phone that was ever listed."""
        ever, past = set(self.listed), self.before
        while past is not None:
            ever |= past.listed
            past = past.before
        return frozenset(ever)


@dataclass(frozen=True)
class Rules:
    """What is known of a unit beside its reports.

    Attributes:
        overrides: The readings set by the analyst that are in force.
        most: Persons; more is no plausible day's count.
    """

    overrides: tuple[Override, ...]
    most: float

    def override(self, report: pd.Series) -> Override | None:
        """The reading set for a report."""
        day, member = report["report_date"].date(), report.get("member")
        inside = str(member) if pd.notna(member) else ""
        return override_of(self.overrides, day, str(report["file"]), inside)

    def without(self, refused: Override) -> Rules:
        return replace(self, overrides=tuple(o for o in self.overrides if o is not refused))


def settle(
    judged: pd.DataFrame,
    rows: pd.DataFrame,
    overrides: Overrides | None = None,
    owners: Mapping[str, int] | None = None,
    corrections: Mapping[int, Sequence[Correction]] | None = None,
) -> pd.DataFrame:
    """Settle, from each unit's earlier reports, the readings that a file alone leaves open.

    A list without values is `roster_all` when it still holds the earlier phones, `roster_today`
    when it holds none of them; counts of the same persons that fall are an `increment`, and so
    are the next day's that don't reach the total yet.

    A day's installs are added to the cumulative before. Where none is known, a list of the day's
    people is a cumulative all the same, of which more is not known (`partial`); an increment
    gives none, and the report does not count. A report that nothing is new counts even then, as
    received, without a figure; another report of the same day goes before it.

    An override that makes an increment of the first report that it holds for, where that has a
    figure of its own and nothing is known to add it to, is refused for all reports.

    Args:
        judged: Reports with `verdict`; those that count are settled in the order of their days.
        rows: The register's rows: `report`, `person`, `phone`, `hamlet`, `value`.
        overrides: Unit → readings, set by the analyst; they go before every detection.
        owners: Unit → people who can install: a sum of more than a sixth of them is no day's count.
        corrections: Report → the corrections of its figures. What comes after rests on the
            corrected ones.

    Returns:
        `judged`, same rows, with `reading`, `reading_confidence`, `installs_cumulative`,
        `installs_new` and `verdict` settled, and `reading_alone` (what the file by itself was read
        as), `partial`, `unbased` (a day's installs with nothing to add them to), `refused` (the
        reading of an override that was not followed) and `amended` (what the corrections found).
    """
    out = judged.assign(
        reading_alone=judged["reading"], partial=False, unbased=False, by_override=False,
        refused=pd.Series(pd.NA, index=judged.index, dtype="string"),
        amended=pd.Series([()] * len(judged), index=judged.index, dtype=object),
    )  # fmt: skip
    of_report, none = _by_report(rows), rows.iloc[:0]
    counting = judged[judged["verdict"].ne(REJECTED) & judged["form"].eq("mau02")]
    for unit, reports in counting.sort_values(BY_DAY, kind="stable").groupby("unit_code"):
        most = MOST_IN_A_DAY * (owners or {}).get(unit, math.inf)
        rules = Rules(tuple((overrides or {}).get(unit, ())), most)
        asked = rules
        past = Past(none)
        for _day, of_day in reports.groupby("report_date"):
            used = None
            for report in _by_weight(of_day):
                now = of_report.get(report, none)
                wanted = (corrections or {}).get(report, ()) if used is None else ()
                own = out.loc[report]
                if baseless := _baseless(own, past, rules, wanted):
                    rules = rules.without(baseless)
                first = asked.override(own)
                if first is not None and first not in rules.overrides:
                    out.at[report, "refused"] = first.reading
                _settle_one(out, report, now, _known(past, out, report, used), rules, wanted)
                used = _elect(out, report, used)
            if used is not None and pd.notna(out.at[used, "installs_cumulative"]):
                past = _after(past, out.loc[used], of_report.get(used, none))
    return out


def _by_report(rows: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    """The rows of each report; they stand together as a rule, and are then not copied."""
    return {
        report: rows.iloc[slice(at[0], at[-1] + 1) if at[-1] - at[0] < len(at) else at]
        for report, at in rows.groupby("report").indices.items()
    }


def _baseless(
    report: pd.Series, past: Past, rules: Rules, wanted: Sequence[Correction]
) -> Override | None:
    """The override by which a report with a figure of its own would come to give none."""
    override = rules.override(report)
    given = any(one.column == "installs_cumulative" for one in wanted)
    if override is None or override.reading != "increment" or past.total is not None or given:
        return None
    return None if pd.isna(report["installs_cumulative"]) else override


def _by_weight(of_day: pd.DataFrame) -> list[int]:
    """The reports of a day, that which gives its figures first: the newest with one of its own."""
    last = silent(of_day)
    return [*reversed(of_day.index[~last]), *reversed(of_day.index[last])]


def _known(past: Past, out: pd.DataFrame, report: int, used: int | None) -> Past:
    """What is known before a report: to one that comes after the day's figures, these too."""
    later = used is not None and out.at[report, "received_at"] >= out.at[used, "received_at"]
    if not later or not _is_silent(out, report):
        return past
    total = out.at[used, "installs_cumulative"]
    return past if pd.isna(total) else replace(past, total=int(total))


def _is_silent(out: pd.DataFrame, report: int) -> bool:
    """As `reporting.silent`, of one report."""
    reading = out.at[report, "reading"]
    no_figure = pd.isna(out.at[report, "installs_cumulative"])
    return bool(no_figure and pd.notna(reading) and reading == NIL)


def _elect(out: pd.DataFrame, report: int, used: int | None) -> int | None:
    """The report that gives the day's figures: the first that has one."""
    if pd.isna(out.at[report, "installs_cumulative"]) and not _is_silent(out, report):
        out.at[report, "verdict"] = REJECTED
        return used
    out.at[report, "verdict"] = USED if used is None else SUPERSEDED
    return report if used is None else used


def _after(past: Past, used: pd.Series, now: pd.DataFrame) -> Past:
    alone = used["reading_alone"] if pd.notna(used["reading_alone"]) else ""
    known = replace(past, total=int(used["installs_cumulative"]), partial=bool(used["partial"]))
    if alone == NIL:  # the next report is read beside the last one that had rows
        return known
    reading = used["reading"] if pd.notna(used["reading"]) else ""
    return replace(known, rows=now, reading=reading, alone=alone, before=past)


def _settle_one(
    out: pd.DataFrame,
    report: int,
    now: pd.DataFrame,
    past: Past,
    rules: Rules,
    wanted: Sequence[Correction],
) -> None:
    """Read one report beside the past, and correct its figures as they come out of that."""
    own = out.loc[report]
    override = rules.override(own)
    set_to = override.reading if override else None
    reading = _day_reading(own, now, past, set_to, rules.most)
    if reading:
        out.at[report, "installs_new"] = _of_the_day(own, reading, now, past)
        out.at[report, "reading"] = reading
        out.at[report, "rules"] = {"installs_cumulative": reading}
        amended = amend(out, report, wanted, "installs_new")
        _put_total(out, report, past)
        out.at[report, "by_override"] = reading == set_to
        sure = reading in (set_to, "roster_today", NIL) and not out.at[report, "partial"]
        out.at[report, "reading_confidence"] = "high" if sure else "low"
    else:
        amended = amend(out, report, wanted, "installs_new")
        if _still_holds(own, now, past):
            out.at[report, "reading_confidence"] = "high"
    corrected = amend(out, report, wanted, "installs_cumulative")
    if any(one.fault is None for one in corrected):
        out.at[report, "partial"] = out.at[report, "unbased"] = False
    out.at[report, "amended"] = amended + corrected


def _put_total(out: pd.DataFrame, report: int, past: Past) -> None:
    """The cumulative of a report that gives its day alone."""
    new, listed = out.at[report, "installs_new"], out.at[report, "reading"] == "roster_today"
    out.at[report, "partial"] = past.partial or past.total is None
    out.at[report, "unbased"] = past.total is None
    if past.total is None and not listed:
        out.at[report, "installs_cumulative"] = pd.NA
    else:
        out.at[report, "installs_cumulative"] = (past.total or 0) + new


def _day_reading(
    report: pd.Series, now: pd.DataFrame, past: Past, override: str | None, most: float
) -> str | None:
    """The reading of a report that gives its day's installs; `None` for one that counts so far."""
    reading = report["reading"] if pd.notna(report["reading"]) else ""
    figure = report["installs_cumulative"]
    if reading == NIL:
        return NIL if pd.isna(figure) else None
    if override is not None:
        return override if override in DAY_ONLY else None
    if reading in DAY_ONLY:
        return reading
    if past.total is None or pd.isna(figure):
        return None
    if _is_new_list(reading, now, past):
        return "roster_today"
    again = past.reading == "increment" and figure < past.total
    by_hamlet = reading == "per_hamlet"
    if reading in SUMS and figure <= most and (again or _falls(now, past.rows, by_hamlet)):
        return "increment"
    return None


def _of_the_day(report: pd.Series, reading: str, now: pd.DataFrame, past: Past) -> Any:
    """The day's installs (persons): the phones never listed before, or the sum of the counts."""
    listed = _phones(now, report["reading"])
    if reading == "roster_today" and listed:
        return len(listed - past.phones)
    figure = report["installs_cumulative"]
    return report["installs_new"] if pd.isna(figure) else figure


def _is_new_list(reading: str, now: pd.DataFrame, past: Past) -> bool:
    """Whether a list repeats next to nothing of the one before, which had phones to compare."""
    if reading not in LISTS or not past.listed:
        return False
    listed = _phones(now, reading)
    return len(past.listed & listed) <= NEW_LIST * len(past.listed | listed)


def _still_holds(report: pd.Series, now: pd.DataFrame, past: Past) -> bool:
    """Whether a list so far holds the phones of the one before."""
    if pd.isna(report["reading"]) or report["reading"] != "roster_all" or not past.listed:
        return False
    return len(past.listed & _phones(now, "roster_all")) >= SAME_LIST * len(past.listed)


def _phones(now: pd.DataFrame, reading: str) -> frozenset[str]:
    """The phones of a list; of one in which people are marked, those of the marked."""
    counted = now[now["used"]] if reading == "flag" else now
    return frozenset(counted["phone"].dropna())


def _falls(now: pd.DataFrame, earlier: pd.DataFrame, by_hamlet: bool) -> bool:
    """Whether so many of the same persons count less than before that these are a day's counts."""
    counts, before = _counts(now, by_hamlet), _counts(earlier, by_hamlet)
    both = counts.keys() & before.keys()
    fallen = sum(counts[person] < before[person] for person in both)
    same = len(both) >= SAME_LIST * len(before)
    far_below = sum(counts.values()) < FAR_BELOW * sum(before.values())
    share = FALLING if far_below else FALLING_ALONE
    return same and fallen >= FEWEST_FALLEN and fallen > share * len(both)


def _counts(rows: pd.DataFrame, by_hamlet: bool) -> dict[str, int]:
    """Person (or hamlet, where it is known) → count, of those who have one."""
    known = rows.dropna(subset=["value"])
    keys = known["hamlet"].fillna(known["person"]) if by_hamlet else known["person"]
    named = keys.notna()
    return dict(zip(keys[named], known.loc[named, "value"], strict=True))
