"""What only the days before can tell: the reports of each unit, resolved from day to day."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import pandas as pd

from briefing.params.corrections import Correction
from briefing.params.forms import UNITS
from briefing.params.readings import Override, Overrides, override_of
from briefing.tables.cells import ByReport
from briefing.tables.corrections import APPLIED, Outcomes, apply_correction
from briefing.tables.prior import Prior, day_reading, of_the_day, still_holds, text
from briefing.tables.reporting import ARRIVAL, NIL, REJECTED, SUPERSEDED, USED

MOST_IN_A_DAY = 1 / 6  # of the people counted among: more is no plausible day's count
LOOKED_AT = ["unit_code", "report_date", "received_at", "file", "member"]
SETTLED = [
    "reading", "reading_confidence", "reading_alone", "numerator_cumulative", "numerator_new",
    "verdict", "partial", "unbased", "by_override", "refused",
]  # fmt: skip
Record = dict[str, Any]
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
    counting = selected[selected["verdict"].ne(REJECTED) & selected["owed_by"].eq(UNITS)]
    in_order = counting.sort_values(["report_date", *ARRIVAL], kind="stable").index
    records = out.loc[in_order, [*LOOKED_AT, *SETTLED]].to_dict("index")
    units = _Units(out, ByReport(rows), corrections or {}, records)
    of_unit: dict[str, list[int]] = {}
    for report in records:
        of_unit.setdefault(records[report]["unit_code"], []).append(report)
    for unit, own in of_unit.items():
        most = MOST_IN_A_DAY * (denominator or {}).get(unit, math.inf)
        units.resolve(own, tuple((readings or {}).get(unit, ())), most)
    at = out.index.get_indexer(in_order)
    settled = {name: out[name].array.copy() for name in SETTLED}
    for name, values in settled.items():
        values[at] = pd.array([one[name] for one in records.values()], values.dtype)
    return out.assign(**settled), units.outcomes


@dataclass
class _Units:
    """Resolves the reports of one unit after the other, in place.

    Attributes:
        out: The reports; what is settled of them stands in `records` until all are.
        records: Report → `LOOKED_AT` and `SETTLED`, of those that count, in the order of days.
    """

    out: pd.DataFrame
    rows: ByReport
    corrections: Corrections
    records: dict[int, Record]
    outcomes: Outcomes = field(default_factory=dict)

    def resolve(self, reports: Sequence[int], readings: Sequence[Override], most: float) -> None:
        """One unit, from day to day.

        Args:
            reports: Those that count, in their order.
            readings: The unit's entries of readings.yaml.
            most: Persons; more is no plausible day's count.
        """
        prior, followed = Prior(self.rows[-1]), list(readings)
        for _day, of_day in groupby(
            reports, key=lambda report: self.records[report]["report_date"]
        ):
            used = None
            for report in self._by_weight([*of_day]):
                known = prior if used is None else self._known(prior, report, used)
                wanted = self.corrections.get(report, ()) if used is None else ()
                own = self.records[report]
                override = _override(followed, own)
                if override and _baseless(own, override, prior, wanted):
                    followed.remove(override)
                    override = _override(followed, own)
                asked = _override(readings, own)
                if asked and asked not in followed:
                    own["refused"] = asked.reading
                self._read(report, known, override.reading if override else None, most, wanted)
                used = self._elected(report, used)
            if used is not None and pd.notna(self.records[used]["numerator_cumulative"]):
                prior = self._after(prior, used)

    def _by_weight(self, of_day: Sequence[int]) -> list[int]:
        """The reports of a day, that which gives its figures first: the newest with its own."""
        return sorted(reversed(of_day), key=self._is_silent)

    def _known(self, prior: Prior, report: int, used: int) -> Prior:
        """What is known before a report: to one that comes after the day's figures, these too."""
        own, total = self.records[report], self.records[used]["numerator_cumulative"]
        first = own["received_at"] < self.records[used]["received_at"]
        if first or not self._is_silent(report) or pd.isna(total):
            return prior
        return replace(prior, total=int(total))

    def _is_silent(self, report: int) -> bool:
        own = self.records[report]
        return text(own["reading"]) == NIL and bool(pd.isna(own["numerator_cumulative"]))

    def _elected(self, report: int, used: int | None) -> int | None:
        """The report that gives the day's figures: the first that has one."""
        own = self.records[report]
        if pd.isna(own["numerator_cumulative"]) and not self._is_silent(report):
            own["verdict"] = REJECTED
            return used
        own["verdict"] = USED if used is None else SUPERSEDED
        return report if used is None else used

    def _after(self, prior: Prior, used: int) -> Prior:
        own = self.records[used]
        total, partial = int(own["numerator_cumulative"]), bool(own["partial"])
        alone = text(own["reading_alone"])
        if alone == NIL:  # the next report is read beside the last one that had rows
            return replace(prior, total=total, partial=partial)
        return Prior(self.rows[used], total, partial, text(own["reading"]), alone, before=prior)

    def _read(
        self,
        report: int,
        prior: Prior,
        override: str | None,
        most: float,
        wanted: Sequence[Correction],
    ) -> None:
        """Read one report beside what is known, and correct its figures as they come out of it."""
        own, now = self.records[report], self.rows[report]
        reading = day_reading(own, now, prior, override, most)
        if reading:
            own["numerator_new"] = of_the_day(own, reading, now, prior)
            own["reading"] = reading
            self._correct(report, wanted, "numerator_new")
            _put_total(own, prior)
            own["by_override"] = reading == override
            sure = reading in (override, "roster_today", NIL) and not own["partial"]
            own["reading_confidence"] = "high" if sure else "low"
        else:
            self._correct(report, wanted, "numerator_new")
            if still_holds(own, now, prior):
                own["reading_confidence"] = "high"
        if self._correct(report, wanted, "numerator_cumulative"):
            own |= {"partial": False, "unbased": False}

    def _correct(self, report: int, wanted: Sequence[Correction], column: str) -> bool:
        """Apply the corrections of one figure; whether any of them fits."""
        if not (entries := [one for one in wanted if one.column == column]):
            return False
        self.out.at[report, column] = self.records[report][column]
        done = {one.entry: apply_correction(self.out, report, one) for one in entries}
        self.records[report][column] = self.out.at[report, column]
        self.outcomes |= done
        return any(one.status == APPLIED for one in done.values())


def _put_total(own: Record, prior: Prior) -> None:
    """The cumulative of a report that gives its day alone."""
    based = own["reading"] == "roster_today" or prior.total is not None
    own |= {
        "partial": prior.partial or prior.total is None,
        "unbased": prior.total is None,
        "numerator_cumulative": (prior.total or 0) + own["numerator_new"] if based else pd.NA,
    }


def _override(readings: Sequence[Override], report: Record) -> Override | None:
    """The reading that is set for a report."""
    if not readings:
        return None
    day = report["report_date"].date()
    return override_of(readings, day, str(report["file"]), text(report["member"]))


def _baseless(
    report: Record, override: Override, prior: Prior, wanted: Sequence[Correction]
) -> bool:
    """Whether a report with a figure of its own would come to give none by an override."""
    given = any(one.column == "numerator_cumulative" for one in wanted)
    own = bool(pd.notna(report["numerator_cumulative"]))
    return override.reading == "increment" and prior.total is None and own and not given
