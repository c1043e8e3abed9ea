"""What is wrong between a report and the days before it, its denominator, the other units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog import codes
from briefing.catalog.rules import phrase
from briefing.intake.submission import SHOWN, Finding
from briefing.locale.pack import pack
from briefing.messages import Message
from briefing.params.forms import UNITS
from briefing.params.readings import FILE as READINGS
from briefing.params.readings import Overrides
from briefing.tables import cells
from briefing.tables.increments import increments
from briefing.tables.jumps import jumps
from briefing.tables.reporting import NIL, REJECTED, SUPERSEDED, USED, holds, in_turn
from briefing.tables.shared_people import shared_people
from briefing.tables.shared_phones import shared_phones

COLUMNS = ["report", "file", "unit_code", *SHOWN]
SHARED = "people_in_two_units"
WHOSE = ["file", "member", "unit_code", "report_date", "received_at"]
HALF = 0.5  # of the figure before: a fall below is more than a slip


@dataclass(frozen=True)
class CheckContext:
    """What the findings of one day look at.

    Attributes:
        judged: Reports, settled.
        history: One row per unit and day, up to the day.
        rows: The register's rows.
        across: Those of them whose phone stands in reports of several units.
        overrides: The entries of readings.yaml.
    """

    day: date
    judged: pd.DataFrame
    history: pd.DataFrame
    rows: cells.ByReport
    across: pd.DataFrame
    overrides: Overrides = field(default_factory=dict)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units on the day."""
        return self.history[self.history["report_date"].eq(pd.Timestamp(self.day))]

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The reports about the day."""
        return self.judged[self.judged["report_date"].eq(pd.Timestamp(self.day))]

    @cached_property
    def steps(self) -> pd.DataFrame:
        """Result of `increments`."""
        return increments(self.history)

    @cached_property
    def shared(self) -> pd.DataFrame:
        """Result of `shared_people`."""
        return shared_people(self.history, self.across, self.judged["reading"])


def cross_report_checks(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Everything between reports that is to be said on the day, as rows of `COLUMNS`."""
    yield from doubts(context, [pd.Timestamp(context.day)])
    yield from _late(context)
    yield from _of_another_day(context)
    yield from _readings(context)
    yield from _refused(context)
    yield from _day_alone(context)
    yield from _nil(context)
    yield from _superseded(context)
    yield from _phones(context)


def doubts(context: CheckContext, days: Sequence[pd.Timestamp]) -> Iterator[dict[str, Any]]:
    """What puts a unit's figure of some days in doubt, each day seen without those after it, as
    rows of `COLUMNS` and `report_date`."""
    steps = context.steps
    yield from _falls(
        context, steps[steps["report_date"].isin(days) & holds(steps["increase"] < 0)]
    )
    yield from _jumps(context, jumps(steps, *days))
    sent = context.history["report_date"].isin(days) & context.history["carried_from"].isna()
    yield from _over_denominator(
        context, context.history[sent & holds(context.history["coverage"] > 1)]
    )
    yield from _copies(context, context.judged["report_date"].isin(days) & context.judged["copy"])
    in_force = context.shared["report"].isin(context.history.loc[sent, "report"])
    yield from _shared(context, context.shared[in_force])


def _falls(context: CheckContext, falls: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for step in in_turn(falls):
        report, before = context.judged.loc[step.report], context.judged.loc[step.before_report]
        values = {"n": -step.increase, "day": formats.day_short(step.before_date)}
        code = "cumulative_decrease.one_day" if step.days == 1 else "cumulative_decrease.days"
        if step.numerator_cumulative < HALF * step.before:
            code = "cumulative_decrease.halved"
        where = cells.of_change(report, before, context.rows, step.increase)
        yield _row(report, code, where, step.numerator_cumulative, **values)


def _jumps(context: CheckContext, found: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for jump in in_turn(found):
        report, before = context.judged.loc[jump.report], context.judged.loc[jump.before_report]
        points = formats.by_points(jump.rate)
        name = "in_one_day" if jump.days == 1 else "in_days"
        change = phrase(name, n=jump.increase, days=jump.days, points=points)
        where = cells.of_change(report, before, context.rows, jump.increase)
        count = report["numerator_cumulative"]
        yield _row(report, "jump", where, count, said=change, usual=_usual(jump))


def _usual(jump: Any) -> Message:
    """What a day adds at most as a rule: in this unit, and in the others."""
    own, others = pd.notna(jump.most), pd.notna(jump.others)
    if not own and not others:
        return phrase("over_a_sixth")
    values = {"most": round(jump.most)} if own else {}
    if not others:
        return phrase("own_most", **values)
    points = formats.by_points(jump.others)
    return phrase("own_and_others" if own else "others", **values, points=points)


def _over_denominator(context: CheckContext, over: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for unit in in_turn(over):
        report = context.judged.loc[unit.report]
        where, found = cells.of_largest(report, context.rows), unit.numerator_cumulative
        yield _row(report, "over_denominator.known", where, found, denominator=unit.denominator)


def _shared(context: CheckContext, shared: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for one in in_turn(shared):
        report = context.judged.loc[one.report]
        where, found = cells.of_figure(report), report["numerator_cumulative"]
        yield _row(report, SHARED, where, found, n=one.people)


def _late(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Of the report that decided it: the first usable one, be it superseded since."""
    is_late = holds(context.units["status"].eq("late"))
    if not is_late.any():
        return
    counting = context.reports.loc[context.reports["verdict"].ne(REJECTED), WHOSE]
    late = context.units.loc[is_late, ["unit_code", "received_at"]]
    own = counting.reset_index(names="report").drop_duplicates([*late])
    own = late.merge(own, on=[*late], how="left").set_index("report")
    for (_number, report), unit in zip(own.iterrows(), late.itertuples(), strict=True):
        moment = f"{unit.received_at:%H:%M} {pack().in_digits(unit.received_at, 2)}"
        yield _row(report, "late", cells.file_name(report), moment)


def _of_another_day(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Reports of which it is not certain which day they are about, on both days."""
    own, other = context.judged["report_date"], context.judged["other_date"]
    today = pd.Timestamp(context.day)
    for report in _each(context.judged, (own.eq(today) & other.notna()) | other.eq(today)):
        counted, other = (formats.day_short(report[n]) for n in ("report_date", "other_date"))
        code = "date_conflict.moved" if report["moved"] else "date_conflict.perhaps"
        found = other if report["moved"] else counted
        yield _row(report, code, cells.file_name(report), found, other=other, day=counted)
    for report in _each(context.reports, context.reports["off_date"].notna()):
        if _week(report["off_date"]) == _week(report["report_date"]):
            continue  # a report of a week may bear any of its days
        counted, other = (formats.day_short(report[n]) for n in ("report_date", "off_date"))
        code, where = "date_conflict.off_calendar", cells.file_name(report)
        yield _row(report, code, where, other, other=other, day=counted)


def _week(day: date) -> tuple[int, int]:
    """Year and week of ISO 8601."""
    year, week, _day = day.isocalendar()
    return year, week


def _copies(context: CheckContext, copies: pd.Series) -> Iterator[dict[str, Any]]:
    for report in _each(context.judged, copies):
        day = formats.day_short(report["copy_of"])
        yield _row(report, "copy_of_yesterday", cells.file_name(report), day=day)


def _readings(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Reports that are read otherwise than they would be alone, unless the analyst said so."""
    reports = context.reports
    differs = holds(reports["reading"] != reports["reading_alone"]) & ~reports["by_override"]
    for report in _each(reports, differs & reports["verdict"].eq(USED)):
        label, where = codes.READING[report["reading"]].label, cells.file_name(report)
        yield _row(report, "reading_from_history", where, report["reading"], reading=label)


def _refused(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Entries of readings.yaml that would have left a unit without a figure."""
    reports = context.reports
    for report in _each(reports, reports["verdict"].eq(USED) & reports["refused"].notna()):
        values = {
            "reading": report["refused"],
            "day": formats.day_short(report["report_date"]),
            "own": codes.READING[report["reading"]].label,
        }
        found = Finding("reading_refused", _key(report["unit_code"]), report["refused"], values)
        yield _entry(report["unit_code"], found)
    for unit, entries in context.overrides.items():
        for one in entries:
            files = zip(context.judged["file"], context.judged["member"].fillna(""), strict=True)
            if one.file and not any(one.names(file, member) for file, member in files):
                yield _entry(unit, Finding("reading_unmatched", _key(unit), one.file))


def _key(unit: str) -> str:
    return f"{READINGS}, key {unit}"


def _entry(unit: str, found: Finding) -> dict[str, Any]:
    """What is wrong with an entry of readings.yaml."""
    return {"report": pd.NA, "file": READINGS, "unit_code": unit, **found.to_row()}


def _day_alone(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Reports of the day's count that nothing, or not all, is known to add to."""
    reports = context.reports
    for report in _each(reports, reports["unbased"] & reports["verdict"].eq(REJECTED)):
        code, where = "cumulative_unknown.day_alone", cells.of_figure(report)
        yield _row(report, code, where, report["numerator_new"])
    counted = reports["verdict"].eq(USED) & reports["numerator_cumulative"].notna()
    for report in _each(reports, reports["partial"] & counted):
        where, found = cells.of_figure(report), report["numerator_cumulative"]
        yield _row(report, "cumulative_partial", where, found)


def _nil(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Reports that nothing is new: of units of which no figure is known, or beside another one."""
    reports = context.reports
    used = holds(reports["reading"] == NIL) & reports["verdict"].eq(USED)
    for report in _each(reports, used & reports["numerator_cumulative"].isna()):
        where = report["sources"].get("numerator_new") or cells.file_name(report)
        yield _row(report, "cumulative_unknown.nil", where)
    steps = context.steps[context.steps["report"].isin(reports.index[used])]
    for step in in_turn(steps[steps["increase"].ne(0)]):
        report, day = context.judged.loc[step.report], formats.day_short(step.before_date)
        now = step.numerator_cumulative
        yield _row(
            report, "nil_contradicted", cells.of_figure(report), now,
            day=day, before=step.before, now=now,
        )  # fmt: skip


def _superseded(context: CheckContext) -> Iterator[dict[str, Any]]:
    reports = context.reports
    old = reports["verdict"].eq(SUPERSEDED) & holds(reports["owed_by"].eq(UNITS))
    for report in _each(reports, old):
        code = "superseded.nil" if report["reading"] == NIL else "superseded.newer"
        yield _row(report, code, cells.file_name(report))


def _phones(context: CheckContext) -> Iterator[dict[str, Any]]:
    """Each cell with a phone of another unit's report. The number itself is not known here."""
    if context.across.empty:
        return
    for shared in shared_phones(context.units, context.across).itertuples():
        report = context.judged.loc[shared.report]
        column = report["sources"].get("distinct_phones", "")
        code, units = "phone_in_two_units.several", shared.others
        values: dict[str, Any] = {"units": units}
        if units == 1:  # the name is a text in the text: what is shared with it is another matter
            code, values = "phone_in_two_units.one", {"unit": Message(shared.other_name)}
        for cell in shared.cells:
            yield _row(report, code, cells.beside(cell, column), **values)


def _each(reports: pd.DataFrame, wanted: pd.Series) -> Iterator[pd.Series]:
    """The reports of which it holds: most often none, for which the many columns are not copied."""
    return (reports.loc[number] for number in reports.index[wanted])


def _row(
    report: pd.Series, code: str, where: str, found: object = "", **values: Any
) -> dict[str, Any]:
    whose = {name: report[name] for name in ("report_date", "file", "unit_code")}
    return {"report": report.name, **whose, **Finding(code, where, str(found), values).to_row()}
