"""What is wrong between a report and the days before it, its denominator, the other units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog import codes
from briefing.messages import Message
from briefing.params.readings import FILE as READINGS
from briefing.params.readings import Overrides
from briefing.tables import cells
from briefing.tables.jumps import jumps
from briefing.tables.reporting import NIL, REJECTED, SUPERSEDED, USED, holds
from briefing.tables.shared_phones import shared_phones
from briefing.tables.steps import steps

COLUMNS = [
    "report", "file", "unit_code", "severity", "rule", "where", "found", "message", "suggestion",
]  # fmt: skip
HALF = 0.5  # of the figure before: a fall below is more than a slip
ASK_CUMULATIVE = Message(
    "Ask the unit for its cumulative, or enter the right one in params/corrections.yaml."
)


@dataclass(frozen=True)
class Scene:
    """What the findings of one day look at.

    Attributes:
        judged: Reports, settled.
        history: One row per unit and day, up to the day.
        rows: The register's rows.
        overrides: The entries of readings.yaml.
    """

    day: date
    judged: pd.DataFrame
    history: pd.DataFrame
    rows: pd.DataFrame
    overrides: Overrides = field(default_factory=dict)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units on the day."""
        return self.history[self.history["report_date"].eq(pd.Timestamp(self.day))]

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The reports about the day."""
        return self.judged[self.judged["report_date"].eq(pd.Timestamp(self.day))]


def between(scene: Scene) -> Iterator[dict[str, Any]]:
    """Everything between reports that is to be said on the day, as rows of `COLUMNS`."""
    yield from doubts(scene, steps(scene.history))
    yield from _late(scene)
    yield from _of_another_day(scene)
    yield from _readings(scene)
    yield from _refused(scene)
    yield from _day_alone(scene)
    yield from _nil(scene)
    yield from _superseded(scene)
    yield from _phones(scene)


def doubts(scene: Scene, known: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """What puts a unit's figure of the day in doubt, as rows of `COLUMNS`.

    Args:
        known: Result of `steps`, up to the day.
    """
    today = known[known["report_date"].eq(pd.Timestamp(scene.day))]
    yield from _falls(scene, today[holds(today["increase"] < 0)])
    yield from _jumps(scene, jumps(known, scene.day))
    yield from _over_denominator(scene)
    yield from _copies(scene)


def _falls(scene: Scene, falls: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for step in falls.itertuples():
        report, before = scene.judged.loc[step.report], scene.judged.loc[step.before_report]
        values = {"n": -step.increase, "day": formats.day_short(step.before_date)}
        if step.installs_cumulative < HALF * step.before:
            text = Message(
                "{n} fewer than on {day}: perhaps the day's installs, not the cumulative; "
                "the figure is shown as it was sent",
                values,
            )
        elif step.days == 1:
            text = Message(
                "{n} fewer than the day before; the figure is shown as it was sent",
                {"n": values["n"]},
            )
        else:
            text = Message("{n} fewer than on {day}; the figure is shown as it was sent", values)
        yield _row(
            report, "warning", "cumulative_decrease",
            cells.of_change(report, before, scene.rows, step.increase),
            str(step.installs_cumulative), text,
            Message("Ask the unit: a correction, or a mistake?"),
        )  # fmt: skip


def _jumps(scene: Scene, found: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for jump in found.itertuples():
        report, before = scene.judged.loc[jump.report], scene.judged.loc[jump.before_report]
        points = formats.points(jump.rate).lstrip("+")
        values = {"n": jump.increase, "days": jump.days, "points": points}
        said = (
            Message("{n} people more in one day ({points})", {"n": values["n"], "points": points})
            if jump.days == 1
            else Message("{n} people more in {days} days ({points} a day)", values)
        )
        yield _row(
            report, "warning", "jump",
            cells.of_change(report, before, scene.rows, jump.increase),
            str(report["installs_cumulative"]),
            Message("{said}; {usual}", {"said": said, "usual": _usual(jump)}),
            Message("Ask the unit whether the figure is right, above all its digits."),
        )  # fmt: skip


def _usual(jump: Any) -> Message:
    """What a day adds at most as a rule: in this unit, and in the others."""
    own, others = pd.notna(jump.most), pd.notna(jump.others)
    values: dict[str, Any] = {"most": round(jump.most) if own else 0}
    if not own and not others:
        return Message("more than a sixth of all who can install")
    if not others:
        return Message("on the days before at most {most} a day", {"most": values["most"]})
    points = formats.points(jump.others).lstrip("+")
    if not own:
        return Message("the other units: {points} a day", {"points": points})
    return Message(
        "on the days before at most {most} a day; the other units: {points} a day",
        values | {"points": points},
    )


def _over_denominator(scene: Scene) -> Iterator[dict[str, Any]]:
    units = scene.units
    over = units[holds(units["coverage"] > 1) & units["carried_from"].isna()]
    for unit in over.itertuples():
        report = scene.judged.loc[unit.report]
        yield _row(
            report, "warning", "over_denominator", cells.of_largest(report, scene.rows),
            str(unit.installs_cumulative),
            Message(
                "more than the {owners} people who can install", {"owners": unit.smartphone_owners}
            ),
            Message("Check the figure, and the denominator in params/communes.csv."),
        )  # fmt: skip


def _late(scene: Scene) -> Iterator[dict[str, Any]]:
    """Of the report that decided it: the first usable one, be it superseded since."""
    counting = scene.reports[scene.reports["verdict"].ne(REJECTED)]
    for unit in scene.units[holds(scene.units["status"].eq("late"))].itertuples():
        own = counting[counting["unit_code"].eq(unit.unit_code)]
        report = own[own["received_at"].eq(unit.received_at)].iloc[0]
        yield _row(
            report, "info", "late", cells.file_name(report), f"{unit.received_at:%H:%M %d/%m/%Y}",
            Message("the report came after the deadline"),
            Message("Remind the unit of the deadline."),
        )  # fmt: skip


def _of_another_day(scene: Scene) -> Iterator[dict[str, Any]]:
    """Reports of which it is not certain which day they are about, on both days."""
    today = scene.judged[["report_date", "other_date"]].eq(pd.Timestamp(scene.day)).any(axis=1)
    for _number, report in scene.judged[today & scene.judged["other_date"].notna()].iterrows():
        counted, other = (formats.day_short(report[n]) for n in ("report_date", "other_date"))
        text = (
            Message(
                "the report says {other}, its name and its arrival say {day}; it counts for {day}",
                {"other": other, "day": counted},
            )
            if report["moved"]
            else Message(
                "the report says {day}, but by its name or its arrival it may be about {other}; it "
                "counts for {day}",
                {"other": other, "day": counted},
            )
        )
        yield _row(
            report, "warning", "date_conflict", cells.file_name(report),
            other if report["moved"] else counted, text,
            Message("Write the day that the report is about in it and send it again."),
        )  # fmt: skip


def _copies(scene: Scene) -> Iterator[dict[str, Any]]:
    for _number, report in scene.reports[scene.reports["copy"]].iterrows():
        yield _row(
            report, "error", "copy_of_yesterday", cells.file_name(report), "",
            Message(
                "all rows and figures are those of the report about {day}",
                {"day": formats.day_short(report["copy_of"])},
            ),
            Message("Ask the unit for this day's figures."),
        )  # fmt: skip


def _readings(scene: Scene) -> Iterator[dict[str, Any]]:
    """Reports that are read otherwise than they would be alone, unless the analyst said so."""
    reports = scene.reports[scene.reports["verdict"].eq(USED)]
    differs = holds(reports["reading"] != reports["reading_alone"])
    for _number, report in reports[differs & ~reports["by_override"]].iterrows():
        yield _row(
            report, "warning", "reading_from_history", cells.file_name(report), report["reading"],
            Message(
                "beside the days before, the column is read as “{reading}”",
                {"reading": codes.READING[report["reading"]].label},
            ),
            Message("Ask the unit what it counts, then set it in params/readings.yaml."),
        )  # fmt: skip


def _refused(scene: Scene) -> Iterator[dict[str, Any]]:
    """Entries of readings.yaml that would have left a unit without a figure."""
    reports = scene.reports[scene.reports["verdict"].eq(USED)]
    for _number, report in reports[reports["refused"].notna()].iterrows():
        values = {
            "reading": report["refused"],
            "day": formats.day_short(report["report_date"]),
            "own": codes.READING[report["reading"]].label,
        }
        yield _entry(
            report["unit_code"], "reading_refused", report["refused"],
            Message(
                "“{reading}” is not followed: before the first report that it holds for no "
                "cumulative of the unit is known, and the day's installs would have nothing to be "
                "added to; the report of {day} is read as “{own}”",
                values,
            ),
            Message(
                "Delete the entry; or let it begin (from) after a day with a cumulative, which may "
                "be entered in params/corrections.yaml."
            ),
        )  # fmt: skip
    for unit, entries in scene.overrides.items():
        for one in entries:
            files = zip(scene.judged["file"], scene.judged["member"].fillna(""), strict=True)
            if one.file and not any(one.names(file, member) for file, member in files):
                yield _entry(
                    unit, "reading_unmatched", one.file, Message("no such file has come"),
                    Message("Correct the file's path in this entry, or delete it."),
                )  # fmt: skip


def _entry(unit: str, rule: str, found: str, text: Message, ask: Message) -> dict[str, Any]:
    """What is wrong with an entry of readings.yaml."""
    where = f"{READINGS}, key {unit}"
    values = (pd.NA, READINGS, unit, "warning", rule, where, found, text, ask)
    return dict(zip(COLUMNS, values, strict=True))


def _day_alone(scene: Scene) -> Iterator[dict[str, Any]]:
    """Reports of the day's installs that nothing, or not all, is known to add to."""
    reports = scene.reports
    baseless = reports[reports["unbased"] & reports["verdict"].eq(REJECTED)]
    for _number, report in baseless.iterrows():
        yield _row(
            report, "error", "cumulative_unknown", cells.of_figure(report),
            str(report["installs_new"]),
            Message("the day's installs alone; no cumulative is known to add them to; not used"),
            ASK_CUMULATIVE,
        )  # fmt: skip
    counted = reports["verdict"].eq(USED) & reports["installs_cumulative"].notna()
    for _number, report in reports[reports["partial"] & counted].iterrows():
        yield _row(
            report, "warning", "cumulative_partial", cells.of_figure(report),
            str(report["installs_cumulative"]),
            Message("only those listed in the reports so far; people from before are not in it"),
            ASK_CUMULATIVE,
        )  # fmt: skip


def _nil(scene: Scene) -> Iterator[dict[str, Any]]:
    """Reports that nothing is new: of units of which no figure is known, or beside another one."""
    reports = scene.reports[holds(scene.reports["reading"] == NIL)]
    used = reports[reports["verdict"].eq(USED)]
    for _number, report in used[used["installs_cumulative"].isna()].iterrows():
        yield _row(
            report, "warning", "cumulative_unknown",
            report["sources"].get("installs_new") or cells.file_name(report), "",
            Message("nothing new is reported, but no earlier figure of the unit is known; "
                    "it has none, which is not zero"),
            ASK_CUMULATIVE,
        )  # fmt: skip
    known = steps(scene.history)
    for step in known[known["report"].isin(used.index) & known["increase"].ne(0)].itertuples():
        yield _row(
            scene.judged.loc[step.report], "warning", "nil_contradicted",
            cells.of_figure(scene.judged.loc[step.report]), str(step.installs_cumulative),
            Message("nothing new is reported, but on {day} the figure was {before}, not {now}; "
                    "the number is shown as it was sent",
                    {"day": formats.day_short(step.before_date), "before": step.before,
                     "now": step.installs_cumulative}),
            Message("Ask the unit whether the figure is right, above all its digits."),
        )  # fmt: skip


def _superseded(scene: Scene) -> Iterator[dict[str, Any]]:
    reports = scene.reports
    old = reports[reports["verdict"].eq(SUPERSEDED) & holds(reports["form"].eq("mau02"))]
    for _number, report in old.iterrows():
        yield _row(
            report, "info", "superseded", cells.file_name(report), "",
            Message("another report of the same unit and day gives its figure")
            if report["reading"] == NIL
            else Message("a newer report of the same unit and day is used"),
            Message("Nothing to do."),
        )  # fmt: skip


def _phones(scene: Scene) -> Iterator[dict[str, Any]]:
    """Each cell with a phone of another unit's report. The number itself is not known here."""
    for shared in shared_phones(scene.units, scene.rows).itertuples():
        report = scene.judged.loc[shared.report]
        column = report["sources"].get("distinct_phones", "")
        text = (
            # the name is a text in the text: what is shared with another unit is another matter
            Message(
                "this number stands in the report of {unit} too",
                {"unit": Message(shared.other_name)},
            )
            if shared.others == 1
            else Message(
                "this number stands in the reports of other units too, {units} in all",
                {"units": shared.others},
            )
        )
        ask = Message("Ask both units whose people they are; each person counts in one unit only.")
        for cell in shared.cells:
            where = cells.beside(cell, column)
            yield _row(report, "warning", "phone_in_two_communes", where, "", text, ask)


def _row(
    report: pd.Series, severity: str, rule: str, where: str, found: str, text: Message, ask: Message
) -> dict[str, Any]:
    whose = (report.name, report["file"], report["unit_code"])
    values = (*whose, severity, rule, where, found, text, ask)
    return dict(zip(COLUMNS, values, strict=True))
