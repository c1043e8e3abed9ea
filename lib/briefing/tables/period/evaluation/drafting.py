"""The table of rules, and what becomes of their sentences under the analyst's hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.faults import unknown_key
from briefing.params.report import Edits, ReportTexts
from briefing.tables.period.evaluation import (
    causes,
    recommendations,
    shortcomings,
    strengths,
    tasks,
)
from briefing.tables.period.evaluation.figure_recorder import Figure, FigureRecorder
from briefing.tables.period.figures import Figures

Rule = Callable[[FigureRecorder], str]

PROGRAM, ANALYST = "rules", "analyst"
TO_BE_ADDED = "to_be_added"

RULES: Mapping[str, tuple[Rule, ...]] = {
    "strengths": (
        strengths.target_reached, strengths.rise, strengths.pace_enough, strengths.units_reached,
        strengths.fastest, strengths.reports_on_time, strengths.always_on_time,
        strengths.bodies_reached,
    ),
    "shortcomings": (
        shortcomings.target_missed, shortcomings.figure_falls, shortcomings.pace_short,
        shortcomings.slowing, shortcomings.units_below, shortcomings.units_doubtful,
        shortcomings.over_denominator, shortcomings.units_unknown, shortcomings.reports_lacking,
        shortcomings.often_late, shortcomings.bodies_missing, shortcomings.bodies_below,
        shortcomings.bodies_in_doubt,
    ),
    "causes": (
        causes.denominator_assumed, causes.carried, causes.not_in_time, causes.not_usable,
        causes.readings_doubtful,
    ),
    "tasks": (
        tasks.reach_target, tasks.focus, tasks.report_last_day, tasks.report_in_time,
        tasks.bodies_report, tasks.bodies_complete, tasks.verify,
    ),
    "recommendations": (
        recommendations.official_denominator, recommendations.keep_reporting,
        recommendations.remind,
        recommendations.remind_bodies, recommendations.commend,
    ),
}  # fmt: skip
"""Section of the report → its rules, in the order of their sentences. Each gives a sentence, or
nothing where it does not apply."""
OF_INDICATOR = frozenset(
    rule.__name__
    for rule in (
        strengths.target_reached, strengths.rise, strengths.pace_enough, strengths.units_reached,
        strengths.fastest, shortcomings.target_missed, shortcomings.figure_falls,
        shortcomings.pace_short, shortcomings.slowing, shortcomings.units_below,
        shortcomings.units_doubtful, shortcomings.over_denominator, shortcomings.units_unknown,
        tasks.reach_target, tasks.focus, tasks.verify,
    )
)  # fmt: skip
"""The rules that speak of an indicator's own figures, and not of reports or bodies."""


def draft(period: Figures) -> pd.DataFrame:
    """What the figures say, in sentences of the current language, as the analyst has edited them.

    Returns:
        One row per sentence and figure that it rests on: `section`, `sentence`, `rule` (missing
        for the analyst's own), `author` (rules or analyst), `table`, `key`, `column` and `value`
        of the figure, as the published table writes it; these four are missing where a sentence
        rests on none. A section without any sentence asks the analyst for one, and that of the
        causes does so unless the analyst has written some: no cause is made up.

    Raises:
        ParamsError: The analyst's words name a rule that there is not.
    """
    demand_known_rules(period.texts)
    rows = [row for section in RULES for row in _section(period, section)]
    return pd.DataFrame(rows, columns=COLUMNS["evaluation"]).astype("string")


def unused(period: Figures) -> list[tuple[str, str]]:
    """Section and rule of each sentence of the analyst's that replaces nothing: no rule applies."""
    return [
        (section, name)
        for section, edits in period.texts.edits.items()
        for rule in RULES[section]
        if (name := rule.__name__) in edits.replace and not rule(FigureRecorder(period))
    ]


def demand_known_rules(texts: ReportTexts) -> None:
    """Refuse words for a rule that there is not.

    Raises:
        ParamsError: Names section and rule, and what is known.
    """
    for section, edits in texts.edits.items():
        known = [*(rule.__name__ for rule in RULES[section]), TO_BE_ADDED]
        for name in (*edits.replace, *edits.suppress):
            if name not in known:
                raise ParamsError(
                    f"texts.{section}: {unknown_key(name, known)} " + _("Nothing was run.")
                )


def _section(period: Figures, section: str) -> Iterator[tuple]:
    edits = period.texts.edits[section]
    sentences = [*_drafted(period, section, edits)]
    own = [(text, None, ANALYST, ()) for text in edits.add]
    asked = not sentences or section == "causes"
    if asked and not own and TO_BE_ADDED not in edits.suppress:
        sentences.append((_("(To be added by the analyst)"), TO_BE_ADDED, PROGRAM, ()))
    for text, rule, author, figures in (*sentences, *own):
        for figure in figures or (None,):
            cell = (figure.table, figure.key, figure.column, figure.value) if figure else [None] * 4
            yield (section, text, rule, author, *cell)


def _drafted(
    period: Figures, section: str, edits: Edits
) -> Iterator[tuple[str, str, str, tuple[Figure, ...]]]:
    for rule in RULES[section]:
        of = FigureRecorder(period)
        name = rule.__name__
        if (text := rule(of)) and name not in edits.suppress:
            author = ANALYST if name in edits.replace else PROGRAM
            yield edits.replace.get(name, text), name, author, tuple(of.figures)
