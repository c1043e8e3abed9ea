"""The unit over time, beside the whole."""

from __future__ import annotations

import pandas as pd

from briefing import charts, formats
from briefing.documents.blocks import Figure
from briefing.documents.figures import figure_block
from briefing.documents.wording import partly_known, sentence
from briefing.messages import _
from briefing.tables.chart_data import comparable
from briefing.tables.unit import Unit


def unit_trend(unit: Unit) -> Figure:
    """The unit's coverage day by day against that of the whole, with the targets."""
    campaign = unit.day.campaign
    targets = [(target.coverage, target.date) for target in campaign.targets]
    history = unit.own.history
    carried = history["numerator_cumulative"].where(history["carried_from"].notna(), 0)
    doubtful = history["report_date"] >= unit.own.in_doubt["since"].min()
    own = history.assign(numerator_carried=carried, in_doubt=doubtful)
    names = (unit.name, sentence(str(campaign.area.whole)))
    whole = comparable(unit.day)
    return figure_block(
        charts.unit_trend(own, whole, targets, *names),
        id="unit-trend",
        title=_title(unit),
    )


def _title(unit: Unit) -> str:
    coverage, whole = unit.row["coverage"], unit.day.whole.iloc[-1]["coverage"]
    if pd.isna(coverage):
        return _("No figure of {unit} is known yet", unit=unit.name)
    if pd.isna(whole) or partly_known(unit.day):
        return f"{unit.name}: {formats.percent(coverage)}"
    values = {
        "unit": unit.name,
        "gap": formats.by_points(abs(coverage - whole)),
        "whole": unit.day.campaign.area.whole,
    }
    if coverage == whole:
        return _("{unit} stands where {whole} stands", **values)
    if coverage > whole:
        return _("{unit} is {gap} above {whole}", **values)
    return _("{unit} is {gap} below {whole}", **values)
