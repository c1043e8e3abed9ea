"""Every unit in a line of page one."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.catalog.codes import SIGNS, STATUS
from briefing.documents.blocks import Cell, Column, Strip
from briefing.documents.sections.sources import traced
from briefing.documents.sections.units import placed
from briefing.documents.wording import in_periods, over_days, report_state, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.chart_data import daily
from briefing.tables.levels import Folded, ends, folded

MOST_LINES = 24  # of a strip: more are no summary
AT_AN_END = 8  # of more: lines at each end of the ranking


def units_strip(day: Day) -> Strip | None:
    """Every unit in a line, by rank: how it came here, its rate, what the day added, its report.

    Of more than a page lists, the level below the whole; of more than fit, both ends.
    """
    day = folded(day)
    ordered = ends(day.units, AT_AN_END, MOST_LINES)
    history = daily(day).pivot(index="unit_code", columns="report_date", values="coverage")
    history = history.astype("Float64").astype(float).iloc[:, -DAYS_OF_A_LINE:]
    waiting = set(day.in_doubt["unit_code"])
    bounds = day.campaign.target_rates
    return Strip(
        id="units-strip",
        caption=_("Each of the {units}", units=day.campaign.terms.units),
        columns=(
            Column("rank", _("Standing"), "right"),
            Column("unit_name", sentence(str(day.campaign.terms.units))),
            Column("coverage", sentence(day.name) if day.others else _("Rate"), "right"),
            Column("numerator_new", _("Rise"), "right"),
            Column("status", _("Rep."), "center"),
        ),
        rows=tuple(
            traced(_strip_cells(day, unit, bounds, unit["unit_code"] in waiting), unit["unit_code"])
            for _i, unit in ordered.iterrows()
        ),
        lines=tuple(
            tuple(None if pd.isna(value) else float(value) for value in history.loc[code])
            for code in ordered["unit_code"]
        ),
        note=_explained(day, ordered, min(DAYS_OF_A_LINE, history.shape[1])),
    )


DAYS_OF_A_LINE = 14


def _explained(day: Day, units: pd.DataFrame, days: int) -> str:
    """What the marks mean, of those that there are."""
    unknown = units["carried_from"].notna() | units["numerator_new"].isna()
    texts = (
        _("The {n} highest and the {n} lowest of {all}.", n=len(units) // 2, all=len(day.units))
        if len(units) < len(day.units)
        else "",
        _("Report: how many came in time, of those due.")
        if isinstance(day, Folded)
        else _("Report: {signs}.", signs=_signs(units)),
        _("The small line: the rate of the last {span}.", span=in_periods(days))
        if days > 1
        else "",
        _("A question mark: to be checked.") if len(day.in_doubt) else "",
        _("A dash: no figure of the {period}.") if unknown.any() else "",
    )
    return " ".join(filter(None, texts))


def _signs(units: pd.DataFrame) -> str:
    """What each sign of a report means, of those that there are."""
    there = [state for code, state in STATUS.items() if units["status"].eq(code).any()]
    tones = dict.fromkeys(state.tone for state in there)
    return ", ".join(
        f"{SIGNS.get(tone, '–')} {' / '.join(str(state) for state in there if state.tone == tone)}"
        for tone in tones
    )


def _strip_cells(
    day: Day, unit: pd.Series, bounds: list[float], doubtful: bool
) -> tuple[Cell, ...]:
    state = report_state(unit)
    rate = formats.percent(unit["coverage"], bounds=bounds)
    of_the_day = pd.isna(unit["carried_from"])
    sign = "" if state.tone in SIGNS else "–"
    days = over_days(unit["numerator_new_days"], day.campaign.reporting.step)
    return (
        placed(unit, doubtful),
        Cell(unit["unit_name"], unit["unit_code"]),
        Cell(f"{rate}{formats.NBSP}?" if doubtful else rate, unit["coverage"]),
        Cell(
            formats.signed_integer(unit["numerator_new"]) if of_the_day else formats.MISSING,
            unit["numerator_new"] if of_the_day else None,
            note=days if of_the_day else "",
        ),
        state if isinstance(day, Folded) else Cell(sign, unit["status"], state.tone),
    )
