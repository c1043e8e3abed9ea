"""Where the units lie, and how near each is to the targets."""

from __future__ import annotations

import pandas as pd

from briefing import charts, formats
from briefing.charts.bands import NEAR
from briefing.documents.blocks import Figure
from briefing.documents.figures import figure_block
from briefing.documents.wording import sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.chart_data import placed, positions


def units_map(day: Day) -> Figure | None:
    """The units as tiles, each about where it lies; nothing where no layout says where."""
    if not placed(day):
        return None
    units = positions(day)
    targets = day.campaign.target_rates
    return figure_block(
        charts.tile_map(units, targets),
        id="units-map",
        title=_title(day, units, min(targets)),
    )


def _title(day: Day, units: pd.DataFrame, target: float) -> str:
    known = units.dropna(subset="coverage")
    if known.empty:
        return _("No figure is known yet")
    last = known.sort_values("coverage", kind="stable").iloc[0]
    values = {
        "units": day.campaign.terms.units,
        "target": formats.target(target),
        "unit": last["unit_name"],
        "rate": formats.percent(last["coverage"], bounds=[target]),
    }
    if last["coverage"] >= target:
        return sentence(
            _("All {units} with figures have reached {target}; the lowest is {unit}, {rate}",
              **values)
        )  # fmt: skip
    far = int((known["coverage"] < round(target - NEAR, 4)).sum())
    if not far:
        return sentence(
            _("No unit is far from {target} any more; the lowest is {unit}, {rate}", **values)
        )
    return sentence(
        _("{n} {units} are more than {points} short of {target}; the lowest is {unit}, {rate}",
          n=far, points=formats.by_points(NEAR, 0), **values)
    )  # fmt: skip
