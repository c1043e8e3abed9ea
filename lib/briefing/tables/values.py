"""Every indicator and group of every unit, in one long table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from briefing.catalog.figures import dtypes
from briefing.catalog.tables import COLUMNS
from briefing.params.indicators import TOTAL, Group, values_of
from briefing.tables.coverage import daily_figures
from briefing.tables.day import Day
from briefing.tables.lineage.reports import cells_of
from briefing.tables.reporting import typed
from briefing.tables.selection import selected

if TYPE_CHECKING:
    from briefing.register.view import View

KEY = ["unit_code", "report_date"]


def values(view: View, days: Sequence[Day]) -> pd.DataFrame:
    """Every figure so far, of each indicator of all and of each of its groups.

    Args:
        view: What the days were built from.
        days: Of each indicator one, of the same report date.

    Returns:
        The columns of values.csv: `group` is empty for all; `denominator` (persons) and `coverage`
        (fraction) are missing where none is known of the group; `source_file` and `where` are of
        the newest report that gives the figure. No row where the campaign has one indicator
        without groups: the other tables say it all.
    """
    frame = pd.DataFrame(columns=COLUMNS["values"])
    if len(days) > 1 or days[0].indicator.groups:
        frame = pd.concat([figures for day in days for figures in _of_indicator(view, day)])
    return typed(frame.reset_index(drop=True), dtypes(COLUMNS["values"]))


def _of_indicator(view: View, day: Day) -> Iterator[pd.DataFrame]:
    [indicator, *_others] = day.campaign.indicators
    yield _sourced(day.history, day.reports).assign(
        indicator=indicator.code,
        group=TOTAL,
        denominator=day.history["denominator"],
        cumulative=day.history["numerator_cumulative"],
    )
    for group in indicator.groups:
        yield _of_group(view, day, group).assign(indicator=indicator.code, group=group.code)


def _of_group(view: View, day: Day, group: Group) -> pd.DataFrame:
    """A group of the day's indicator, unit by unit and report date by report date."""
    [indicator, *_others] = day.campaign.indicators
    judged, _corrected = selected(view.of(indicator, group.code), day.campaign, day.as_of)
    index = day.history.set_index(KEY)
    figures = daily_figures(judged, index[["unit_name"]]).reset_index()
    known = values_of(day.campaign.denominator_rows, indicator.denominator, group.code)
    people = {code: line.value for code, line in known.items()}
    denominator = figures["unit_code"].map(people).astype("Int64")
    cumulative = figures["numerator_cumulative"]
    return _sourced(figures, judged).assign(
        denominator=denominator, cumulative=cumulative, coverage=cumulative / denominator
    )


def _sourced(figures: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Figures with the file and cells of the report (`report`, of `judged`) that gives each."""
    giving = judged.loc[figures["report"].dropna().unique()]
    cells = {number: cells_of(row) for number, row in giving.to_dict("index").items()}
    return figures.assign(
        source_file=figures["report"].map(giving["file"]).astype("string"),
        where=figures["report"].map(cells).astype("string"),
    )
