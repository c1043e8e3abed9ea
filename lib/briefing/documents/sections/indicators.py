"""Every indicator after the first, and the groups of each; nothing where there is one without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.codes import Tone
from briefing.documents.block import Block
from briefing.documents.blocks import Blocks, Cell, Column, Heading, Table
from briefing.documents.sections.goals import whole_goals
from briefing.documents.sections.listing import listing
from briefing.documents.sections.sources import for_indicator
from briefing.documents.sections.units import units_bars, units_table
from briefing.documents.sections.whole import whole_trend
from briefing.documents.wording import carried_note, sentence
from briefing.messages import _
from briefing.params.indicators import TOTAL
from briefing.tables import Day
from briefing.tables.groups import groups as groups_of
from briefing.tables.levels import folded, nodes, notable


def indicators(day: Day) -> Blocks:
    """A chapter for each further indicator: the whole over time, its targets, the units."""
    return Blocks(block for other in day.others for block in _chapter(other))


def _chapter(day: Day) -> Iterator[Block]:
    code = day.indicator.code
    yield Heading(sentence(day.name), id=f"indicator-{code}")
    with day.campaign.own_terms():
        for section in (whole_trend, whole_goals, units_bars, units_table):
            yield for_indicator(section(day), code)


def groups(day: Day) -> Blocks:
    """Each group of the whole against its target, then units by the groups of each indicator."""
    own = [one for one in day.each if one.indicator.groups]
    by_unit = [_by_group(day, one) for one in own]
    return Blocks([_against_target(day, own), *by_unit] if own else [])


OF_GROUPS = (
    "indicator", "group", "numerator_cumulative", "coverage", "coverage_change", "numerator_needed",
    "pace_required", "pace_observed", "outlook",
)  # fmt: skip


def _against_target(day: Day, own: list[Day], columns: Sequence[str] = OF_GROUPS) -> Table:
    """A row for each group of each indicator; the lowest are named below."""
    rates = {one.indicator.code: groups_of(day, one) for one in own}
    return listing(
        "groups",
        sentence(_("{whole} by group", whole=day.campaign.area.whole)),
        [row for one in own for row in _rows(one, rates[one.indicator.code])],
        columns,
        bounds=[target for one in own for target in one.campaign.target_rates],
        note=" ".join(_lowest(one, rates[one.indicator.code]) for one in own).strip(),
    )


def _rows(day: Day, rates: pd.DataFrame) -> Iterator[dict[str, Any]]:
    named = {group.code: str(group) for group in day.indicator.groups}
    for row in rates.to_dict("records"):
        yield row | {
            "indicator": Cell(sentence(day.name), day.indicator.code),
            "group": Cell(named[row["group"]], row["group"]),
        }


def _lowest(day: Day, rates: pd.DataFrame) -> str:
    """The group of the lowest rate; nothing where fewer than two have one."""
    known = rates.dropna(subset="coverage").sort_values("coverage", kind="stable")
    if len(known) < 2:
        return ""
    lowest = known.iloc[0]
    [group] = [one for one in day.indicator.groups if one.code == lowest["group"]]
    rate = formats.percent(lowest["coverage"], bounds=day.campaign.target_rates)
    return _(
        "{indicator}: lowest {group}, {rate}.", indicator=sentence(day.name), group=group, rate=rate
    )


def _by_group(whole: Day, day: Day) -> Table:
    """The rate of each group in each unit, and in the whole, by rank of the unit."""
    indicator = day.indicator
    known = of_groups(whole, indicator.code)
    shown = folded(day)
    target = day.whole_ahead["target_coverage"]
    rows = [
        (Cell(unit.unit_name, unit.unit_code), *_cells(own, day, target))
        for unit in notable(shown).itertuples()
        for own in [known[known["unit_code"].isin(_reporting(day, unit.unit_code))]]
    ]
    total = Cell(sentence(str(day.campaign.area.whole)), day.campaign.area.code)
    return Table(
        id=f"groups-{indicator.code}",
        caption=sentence(_("{rate} by group", rate=day.campaign.terms.rate)),
        columns=(
            Column("unit_name", sentence(str(shown.campaign.terms.units)), width=2.6),
            Column("all", _("All"), "right", 1.3),
            *(Column(one.code, sentence(str(one)), "right", 1.3) for one in indicator.groups),
        ),
        rows=(*rows, (total, *_cells(known, day, target))),
        note=_(
            "A rate is of the {persons} of the group; a number alone: how many there are is not "
            "known "
            "of the group. Green: {target} or more. A dash: not reported.",
            target=formats.target(target),
        ),
        total_row=True,
    )


def _reporting(day: Day, code: str) -> list[str]:
    """The units that report below a unit; itself, where it is one of them."""
    below = nodes(day).get(code)
    return [code] if below is None else list(below.units["unit_code"])


def of_groups(day: Day, indicator: str) -> pd.DataFrame:
    """The rows of `Day.values` of an indicator on the day itself."""
    now = day.values["report_date"].eq(pd.Timestamp(day.date))
    return day.values[now & day.values["indicator"].eq(indicator)]


def _cells(known: pd.DataFrame, day: Day, target: float) -> Iterator[Cell]:
    """Of some units together the rate of all and of each group."""
    for group in (TOTAL, *(one.code for one in day.indicator.groups)):
        yield group_cell(known[known["group"].eq(group)], target)


def group_cell(rows: pd.DataFrame, target: float) -> Cell:
    """The rate of a group over the units that give it; the number where it has no denominator.

    Args:
        rows: Of `Day.values`, one per unit.
        target: The rate from which on it is good.
    """
    known = rows.dropna(subset=["cumulative"])
    if known.empty:
        return Cell(formats.MISSING, None, "muted")
    count = int(known["cumulative"].sum())
    note = carried_note(known["carried_from"].iloc[0]) if len(known) == 1 else ""
    if known["denominator"].isna().any():
        return Cell(formats.integer(count), count, note=note)
    rate = count / int(known["denominator"].sum())
    tone: Tone = "good" if rate >= target else ""
    return Cell(formats.percent(rate, bounds=[target]), rate, tone, note)
