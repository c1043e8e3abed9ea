"""What only the days before can tell: the reports of each unit, resolved from day to day."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from briefing.params.corrections import Correction
from briefing.params.forms import UNITS
from briefing.params.readings import Override, Overrides, override_of
from briefing.tables.corrections import APPLIED, Outcomes, apply_correction
from briefing.tables.prior import Prior, day_reading, of_the_day, still_holds, text
from briefing.tables.reporting import (
    ARRIVAL,
    NIL,
    REJECTED,
    SUPERSEDED,
    USED,
    silent,
)

MOST_IN_A_DAY = 1 / 6  # of the people counted among: more is no plausible day's count
Corrections = Mapping[int, Sequence[Correction]]
"""Report → the entries that correct its figures."""


def resolve(
    selected: pd.DataFrame,
    rows: pd.DataFrame,
    readings: Overrides | None = None,
    denominator: Mapping[str, int] | None = None,
    corrections: Corrections | None = None,
) -> tuple[pd.DataFrame, Outcomes]:
    """Resolve, from each unit's earlier reports, the readings that a file alone leaves open.

    A list without values is `roster_all` when it still holds the earlier phones, `roster_today`
    when it holds none of them; counts of the same persons that fall are an `increment`, and so
    are the next day's that don't reach the total yet.

    A day's counts are added to the cumulative before. Where none is known, a list of the day's
    people is a cumulative all the same, of which more is not known (`partial`); an increment
    gives none, and the report does not count. A report that nothing is new counts even then, as
    received, without a figure; another report of the same day goes before it.

    A reading of readings.yaml that makes an increment of the first report that it holds for, where
    that has a figure of its own and nothing is known to add it to, is refused for all reports.

    Args:
        selected: Reports with `verdict`; those that count are resolved in the order of their days.
        rows: The register's rows: `report`, `person`, `phone`, `place`, `value`.
        readings: Unit → readings, set by the analyst; they go before every detection.
        denominator: Unit → people counted among: a sum of more than a sixth of them is no day's
        count.
        corrections: What comes after a corrected figure rests on that.

    Returns:
        `selected`, same rows, with `reading`, `reading_confidence`, `numerator_cumulative`,
        `numerator_new` and `verdict` resolved, and `reading_alone` (what the file by itself was
        read
        as), `partial`, `unbased` (a day's counts with nothing to add them to), `by_override` and
        `refused` (the reading of readings.yaml that was not followed); and what came of each
        correction of a report that gives its day's figures.

    Source:
        the list asks for “Lũy kế đến thời điểm hiện tại” and does not define it; how each reading
        adds up is the product's rule.
    """
    out = selected.assign(
        reading_alone=selected["reading"], partial=False, unbased=False, by_override=False,
        refused=pd.Series(pd.NA, index=selected.index, dtype="string"),
    )  # fmt: skip
    units = _Units(out, _by_report(rows), rows.iloc[:0], corrections or {})
    counting = selected[selected["verdict"].ne(REJECTED) & selected["owed_by"].eq(UNITS)]
    in_order = counting.sort_values(["report_date", *ARRIVAL], kind="stable")
    for unit, reports in in_order.groupby("unit_code"):
        most = MOST_IN_A_DAY * (denominator or {}).get(unit, math.inf)
        units.resolve(reports, tuple((readings or {}).get(unit, ())), most)
    return out, units.outcomes


def _by_report(rows: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    """The rows of each report; they stand together as a rule, and are then not copied."""
    return {
        report: rows.iloc[slice(at[0], at[-1] + 1) if at[-1] - at[0] < len(at) else at]
        for report, at in rows.groupby("report").indices.items()
    }


@dataclass
class _Units:
    """Resolves the reports of one unit after the other, in place."""

    out: pd.DataFrame
    rows: Mapping[int, pd.DataFrame]
    no_rows: pd.DataFrame
    corrections: Corrections

    def __post_init__(self) -> None:
        self.outcomes: Outcomes = {}

    def resolve(self, reports: pd.DataFrame, readings: Sequence[Override], most: float) -> None:
        """One unit, from day to day.

        Args:
            reports: Those that count, in their order.
            readings: The unit's entries of readings.yaml.
            most: Persons; more is no plausible day's count.
        """
        prior, followed = Prior(self.no_rows), list(readings)
        looked_at = reports[["report_date", "reading", "numerator_cumulative"]]
        for _day, of_day in looked_at.groupby("report_date"):
            used = None
            for report in _by_weight(of_day):
                known = prior if used is None else self._known(prior, report, used)
                wanted = self.corrections.get(report, ()) if used is None else ()
                own = self.out.loc[report]
                override = _override(followed, own)
                if override and _baseless(own, override, prior, wanted):
                    followed.remove(override)
                    override = _override(followed, own)
                asked = _override(readings, own)
                if asked and asked not in followed:
                    self.out.at[report, "refused"] = asked.reading
                set_to = override.reading if override else None
                self._read(report, own, known, set_to, most, wanted)
                used = self._elected(report, used)
            if used is not None and pd.notna(self.out.at[used, "numerator_cumulative"]):
                prior = self._after(prior, used)

    def _known(self, prior: Prior, report: int, used: int) -> Prior:
        """What is known before a report: to one that comes after the day's figures, these too."""
        came, total = self.out["received_at"], self.out.at[used, "numerator_cumulative"]
        if came[report] < came[used] or not self._is_silent(report) or pd.isna(total):
            return prior
        return replace(prior, total=int(total))

    def _is_silent(self, report: int) -> bool:
        own = self.out.at[report, "reading"], self.out.at[report, "numerator_cumulative"]
        return text(own[0]) == NIL and pd.isna(own[1])

    def _elected(self, report: int, used: int | None) -> int | None:
        """The report that gives the day's figures: the first that has one."""
        if pd.isna(self.out.at[report, "numerator_cumulative"]) and not self._is_silent(report):
            self.out.at[report, "verdict"] = REJECTED
            return used
        self.out.at[report, "verdict"] = USED if used is None else SUPERSEDED
        return report if used is None else used

    def _after(self, prior: Prior, used: int) -> Prior:
        own = self.out.loc[used]
        total, partial = int(own["numerator_cumulative"]), bool(own["partial"])
        alone = text(own["reading_alone"])
        if alone == NIL:  # the next report is read beside the last one that had rows
            return replace(prior, total=total, partial=partial)
        rows = self.rows.get(used, self.no_rows)
        return Prior(rows, total, partial, text(own["reading"]), alone, before=prior)

    def _read(
        self,
        report: int,
        own: pd.Series,
        prior: Prior,
        override: str | None,
        most: float,
        wanted: Sequence[Correction],
    ) -> None:
        """Read one report beside what is known, and correct its figures as they come out of it."""
        out, now = self.out, self.rows.get(report, self.no_rows)
        reading = day_reading(own, now, prior, override, most)
        if reading:
            out.at[report, "numerator_new"] = of_the_day(own, reading, now, prior)
            out.at[report, "reading"] = reading
            self._correct(report, wanted, "numerator_new")
            self._put_total(report, prior)
            out.at[report, "by_override"] = reading == override
            sure = reading in (override, "roster_today", NIL) and not out.at[report, "partial"]
            out.at[report, "reading_confidence"] = "high" if sure else "low"
        else:
            self._correct(report, wanted, "numerator_new")
            if still_holds(own, now, prior):
                out.at[report, "reading_confidence"] = "high"
        if self._correct(report, wanted, "numerator_cumulative"):
            out.loc[report, ["partial", "unbased"]] = False

    def _correct(self, report: int, wanted: Sequence[Correction], column: str) -> bool:
        """Apply the corrections of one figure; whether any of them fits."""
        own = [one for one in wanted if one.column == column]
        done = {one.entry: apply_correction(self.out, report, one) for one in own}
        self.outcomes |= done
        return any(one.status == APPLIED for one in done.values())

    def _put_total(self, report: int, prior: Prior) -> None:
        """The cumulative of a report that gives its day alone."""
        out = self.out
        listed = out.at[report, "reading"] == "roster_today"
        out.at[report, "partial"] = prior.partial or prior.total is None
        out.at[report, "unbased"] = prior.total is None
        based = listed or prior.total is not None
        total = (prior.total or 0) + out.at[report, "numerator_new"] if based else pd.NA
        out.at[report, "numerator_cumulative"] = total


def _by_weight(of_day: pd.DataFrame) -> list[int]:
    """The reports of a day, that which gives its figures first: the newest with one of its own."""
    if len(of_day) == 1:
        return [*of_day.index]
    last = silent(of_day)
    return [*reversed(of_day.index[~last]), *reversed(of_day.index[last])]


def _override(readings: Sequence[Override], report: pd.Series) -> Override | None:
    """The reading that is set for a report."""
    day = report["report_date"].date()
    return override_of(readings, day, str(report["file"]), text(report["member"]))


def _baseless(
    report: pd.Series, override: Override, prior: Prior, wanted: Sequence[Correction]
) -> bool:
    """Whether a report with a figure of its own would come to give none by an override."""
    given = any(one.column == "numerator_cumulative" for one in wanted)
    own = pd.notna(report["numerator_cumulative"])
    return override.reading == "increment" and prior.total is None and own and not given
