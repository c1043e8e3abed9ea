"""Where the figures of the page come from: opened from each of them, down to the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.codes import STANDING
from briefing.catalog.figures import FIGURES, shown
from briefing.catalog.heads import MOST_ROWS
from briefing.catalog.lineage import NEEDED, RULES, SUM, needed_of
from briefing.documents.blocks import Cell, Figure, KeyFigure, Origin, Sources
from briefing.documents.lineage import source_line
from briefing.documents.wording import partly_known
from briefing.labels import sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.bodies import short_of_target
from briefing.tables.day import worked_out_once
from briefing.tables.follow_up import called
from briefing.tables.goals import goals
from briefing.tables.levels import Folded, folded, nodes, notable
from briefing.tables.lineage import Step, Tracer
from briefing.tables.unit import Unit

OF_UNIT = (
    "numerator_cumulative", "denominator", "coverage", "coverage_change", "rank",
    "numerator_needed", "pace_required", "pace_observed",
)  # fmt: skip
OF_WHOLE = (
    "coverage", "numerator_cumulative", "denominator", "coverage_change", "numerator_new",
    "numerator_needed", "pace_required", "pace_observed", "reports_on_time", "reports_late",
    "reports_missing", "numerator_carried",
)  # fmt: skip
"""The last only where reports are made again: of those made once nothing is carried."""
OF_BODY = ("staff_total", "staff_denominator", "staff_numerator", "coverage", "numerator_needed")
GOALS = "goals"  # the entry of the whole against every target
REPORTED = (("units", "numerator_cumulative"), ("bodies", "staff_numerator"))


def origin_id(code: str) -> str:
    """The entry that tells where the figures of a unit, or of the whole, come from."""
    return f"src-{code}"


def sources(day: Day) -> Sources:
    """For the whole, each unit that is explained and each body that is listed as short of its
    target: each figure, how it is worked out, and its cells."""
    area, tracer = day.campaign.area, Tracer(day)
    figures = OF_WHOLE if day.campaign.reporting.repeats else OF_WHOLE[:-1]
    named: list[tuple[str, str, Sequence[str]]] = [(area.code, sentence(str(area.whole)), figures)]
    units = day.units[day.units["unit_code"].isin(explained(day))]
    named += [(*unit, OF_UNIT) for unit in zip(units["unit_code"], units["unit_name"], strict=True)]
    short = short_of_target(day)
    named += [(*body, OF_BODY) for body in zip(short["body_code"], short["body_name"], strict=True)]
    block = _sources_of(tracer, named)
    whole, *others = block.entries
    whole = _with_ahead(whole, day.whole_ahead, day.whole.iloc[-1])
    further = [entry for one in day.others for entry in _of_indicator(one)]
    return replace(block, entries=(whole, *_above(day), *others, *_of_goals(day, tracer), *further))


@worked_out_once
def explained(day: Day) -> frozenset[str]:
    """The units that report of which a page says where their figures come from: all, or of more
    than it lists those that its tables have a row for, and those to be called."""
    shown = folded(day)
    if len(day.units) <= MOST_ROWS:
        return frozenset(day.units["unit_code"])
    listed = frozenset() if isinstance(shown, Folded) else frozenset(notable(day)["unit_code"])
    return listed | frozenset(called(day)["unit_code"])


def _of_indicator(day: Day) -> tuple[Origin, ...]:
    """The entries of a further indicator, in its own words."""
    with day.campaign.own_terms():
        return tuple(for_indicator(entry, day.indicator.code) for entry in sources(day).entries)


def for_indicator(part: Any, indicator: str) -> Any:
    """A block, or a part of one, of a further indicator: what is unique on a page bears its code.

    So its figures open where they come from, and not where those of the first one do.
    """
    if isinstance(part, tuple):
        return tuple(for_indicator(item, indicator) for item in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    own = {field.name: getattr(part, field.name) for field in fields(part)}
    named = {
        name: f"{value}-{indicator}" if name in ("id", "source") and value else value
        for name, value in own.items()
    }
    if isinstance(part, Figure):
        named["svg"] = part.svg.replace(f"{part.id}-", f"{named['id']}-")
    return replace(part, **{n: for_indicator(value, indicator) for n, value in named.items()})


def _above(day: Day) -> Iterator[Origin]:
    """The entries of the units above those that report, where a page has a row for each."""
    if not isinstance(shown := folded(day), Folded):
        return
    for unit in notable(shown).itertuples():
        tracer = Tracer(nodes(day)[unit.unit_code])
        yield from _sources_of(tracer, [(unit.unit_code, unit.unit_name, OF_WHOLE)]).entries


def _with_ahead(entry: Origin, ahead: pd.Series, last: pd.Series) -> Origin:
    """An entry with what is asked for towards the target ahead, where the table has another."""
    if pd.isna(ahead["numerator_needed"]) or ahead["target_date"] == last["target_date"]:
        return entry
    return replace(entry, lines=(*entry.lines, *_goal_lines(ahead, last)))


def _of_goals(day: Day, tracer: Tracer) -> Iterator[Origin]:
    """What the whole still needs for each target, and its pace; nothing while it is not judged."""
    if partly_known(day):
        return
    area, known = day.campaign.area.code, goals(day)
    of_day = day.whole.set_index("report_date")
    lines = [
        line
        for goal in known[known["area"].eq(area)].itertuples()
        if pd.notna(goal.numerator_needed)
        for line in _goal_lines(goal, _judged_by(goal, of_day))
    ]
    pace = tracer.step(area, "pace_observed")
    lines += _lines(pace) if pace.value is not None else ()
    yield Origin(origin_id(GOALS), _("Targets"), tuple(lines) or _unknown())


def _judged_by(goal: Any, of_day: pd.DataFrame) -> pd.Series:
    """The figures that a target is held against: of the last day, from its own on of that."""
    return of_day.iloc[-1] if pd.isna(goal.judged_on) else of_day.loc[goal.judged_on]


def _goal_lines(goal: Any, last: pd.Series) -> Iterator[str]:
    """What a target asks for, worked out.

    Args:
        goal: With the columns of `outlook`.
        last: The figures that it is worked out of.
    """
    target = formats.target(goal.target_coverage)
    needed = shown("numerator_needed", goal.numerator_needed)
    counts = (shown(name, last[name]) for name in ("denominator", "numerator_cumulative"))
    worked = needed_of(target, *counts)
    yield f"{target} – {FIGURES['numerator_needed'].label}: {needed} = {worked}"
    if pd.notna(goal.pace_required):
        required = shown("pace_required", goal.pace_required)
        worked = f"{needed} ÷ {goal.days_left}"
        yield f"{target} – {FIGURES['pace_required'].label}: {required} = {worked}"


def unit_sources(unit: Unit) -> Sources:
    """The same for one unit alone: nothing of another."""
    block = _sources_of(Tracer(unit.day), [(unit.code, unit.name, OF_UNIT)])
    entries = (_with_ahead(entry, unit.ahead, unit.row) for entry in block.entries)
    return replace(block, entries=tuple(entries))


def _sources_of(tracer: Tracer, named: Iterable[tuple[str, str, Sequence[str]]]) -> Sources:
    entries = (
        _origin(code, name, [tracer.step(code, column) for column in columns])
        for code, name, columns in named
    )
    return Sources(_("Where the figures come from"), tuple(entries))


def opening(figures: Iterable[KeyFigure], code: str) -> tuple[KeyFigure, ...]:
    """Key figures, those with a value opening where it comes from."""
    return tuple(
        replace(figure, source=origin_id(code)) if figure.value != formats.MISSING else figure
        for figure in figures
    )


def _origin(code: str, name: str, steps: list[Step]) -> Origin:
    lines = tuple(line for step in steps if step.value is not None for line in _lines(step))
    return Origin(origin_id(code), name, lines or _unknown())


def _unknown() -> tuple[str]:
    return (_("Not known: no report gives this figure."),)


def _lines(step: Step) -> Iterator[str]:
    """A figure and what it is worked out of; under a count of a report, the report itself."""
    label = FIGURES[step.column].label
    figure = f"{label}: {shown(step.column, step.value)}"
    worked = _worked_out(step)
    yield f"{figure} = {worked}" if worked else figure + _beside(step)
    if (step.table, step.column) in REPORTED:
        yield from _reports(step)


def _beside(step: Step) -> str:
    if step.rule != "params" or step.source is None:
        return ""
    standing = f", {STANDING[step.note]}" if step.note in STANDING else ""
    return f" ({step.source.file}{standing})"


def _worked_out(step: Step) -> str:
    """The sum in figures, e.g. "4.926 ÷ 10.130"; nothing where a report says the figure."""
    if step.table == "whole" and step.rule == SUM:
        return _("sum over {n} units", n=len(step.parts))
    rule = RULES.get(step.rule)
    if not (rule and rule.written):
        return ""
    parts = [shown(part.column, part.value) for part in step.parts]
    if step.rule == NEEDED:
        parts[0] = formats.target(step.parts[0].value)
    return rule.written(parts)


def _reports(step: Step) -> Iterator[str]:
    """The reports and corrections that a count rests on, the newest first."""
    if step.rule == "carried":
        day = date.fromisoformat(step.parts[0].date)
        yield sentence(_("carried over from {day}", day=formats.day(day)))
    for one in step.sourced():
        yield sentence(source_line(one))


def traced(cells: Sequence[Cell], code: str) -> tuple[Cell, ...]:
    """The cells of a row, those with a number opening where it comes from."""
    return tuple(
        replace(cell, source=origin_id(code)) if isinstance(cell.value, int | float) else cell
        for cell in cells
    )
