"""The units that report daily: their table, charts, and who is waited for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from briefing import charts, formats
from briefing.catalog.heads import MOST_ROWS
from briefing.catalog.tables import COLUMNS
from briefing.documents.blocks import Cell, Figure, Paragraph, Table
from briefing.documents.figures import figure_block
from briefing.documents.sections.corrections import corrected_note, corrected_units
from briefing.documents.sections.listing import cell_of, listing, named
from briefing.documents.sections.sources import explained
from briefing.documents.wording import (
    among,
    carried_note,
    doubted,
    in_time,
    over_days,
    report_state,
    sentence,
    still_due,
)
from briefing.formats import is_missing
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.chart_data import bars, daily
from briefing.tables.levels import Folded, ends, folded, notable
from briefing.tables.reporting import NOT_DUE, holds

TABLE = "units"
SHOWN = (
    "unit_name", "rank", "numerator_cumulative", "coverage", "coverage_change", "numerator_needed",
    "pace_required", "pace_observed", "outlook", "status",
)  # fmt: skip
WAITING = ("unit_name", "status", "received_at", "used")
LACKING = ("missing", "unreadable", "empty", "late")  # what is waited for first, first
MOST_DRAWN = 200  # units of small charts
NOTED = ("outlook", "numerator_cumulative", "coverage", "coverage_change")


def units_table(day: Day, columns: Sequence[str] = SHOWN) -> Table:
    """Every unit, by rank; those without any figure last. Of more than a page lists, the level
    below the whole, or the notable ones.

    Args:
        columns: Those shown, of units.csv, in their order.

    Raises:
        DocumentError: A column that units.csv does not have; the message names those it has.
    """
    day, everyone = folded(day), len(day.units)
    ordered = notable(day)
    last = day.whole.iloc[-1]
    corrected = corrected_units(day)
    rows = [
        {name: unit[name] for name in COLUMNS[TABLE]}
        | _unit_cells(day, unit, corrected=unit["unit_code"] in corrected)
        for unit in ordered.to_dict("records")
    ]
    needed = _("Needed for {t}", t=formats.target(last["target_coverage"]))
    return listing(
        "units",
        sentence(
            _("{rate} by {units}", rate=day.campaign.terms.rate, units=day.campaign.terms.units)
        ),
        [*rows, _total_cells(day, last)],
        columns,
        of=TABLE,
        heads=named(day.campaign) | {"numerator_needed": needed},
        bounds=day.campaign.target_rates,
        source="unit_code",
        note=" ".join(
            [
                *_left_out(day, len(ordered), everyone),
                _("A figure marked with a day is carried over from that day. A dash: not known."),
                *([_moved(day)] if day.campaign.reporting.repeats else []),
                *([corrected_note()] if corrected else []),
                *([str(day.campaign.denominator_note)] if day.campaign.denominator_assumed else []),
            ]
        ),
        total_row=True,
    )


def _left_out(day: Day, shown: int, everyone: int) -> Iterator[str]:
    """That not every unit has a row here, and where the others are."""
    if isinstance(day, Folded):
        yield _("Each of the {all} units below them is in the annex.", all=everyone)
    elif shown < everyone:
        yield _(
            "Of {all} those at both ends, in doubt or moved most are shown; the others are in the "
            "annex.",
            all=everyone,
        )


def _unit_cells(day: Day, unit: Mapping[str, Any], *, corrected: bool) -> dict[str, Cell]:
    """The cells that say more than their value."""
    bounds = day.campaign.target_rates
    doubt = doubted(day, unit["unit_code"])
    cells = {name: cell_of(unit, name, TABLE, bounds) for name in NOTED}
    carried = _carried_below(unit) or carried_note(unit["carried_from"])
    notes = [carried, _("* corrected") if corrected else "", doubt]
    over = pd.notna(unit["coverage"]) and unit["coverage"] > 1
    falls = pd.notna(unit["coverage_change"]) and unit["coverage_change"] < 0
    return {
        "rank": placed(unit, bool(doubt)),
        "outlook": replace(cells["outlook"], tone="warn") if doubt else cells["outlook"],
        "numerator_cumulative": replace(
            cells["numerator_cumulative"], note="; ".join(filter(None, notes))
        ),
        "coverage": replace(cells["coverage"], tone="warn" if doubt or over else ""),
        "coverage_change": replace(
            cells["coverage_change"],
            tone="bad" if falls else "",
            note=over_days(unit["numerator_new_days"], day.campaign.reporting.step),
        ),
        "status": report_state(unit),
    }


def _moved(day: Day) -> str:
    return _("▲ and ▼: places gained and lost since {before}.")


def _carried_below(unit: Mapping[str, Any]) -> str:
    """How much of a sum is carried over, where the unit is one above those that report."""
    carried = unit.get("numerator_carried")
    if is_missing(carried) or not carried:
        return ""
    return _("{rate} carried over", rate=formats.percent(carried / unit["numerator_cumulative"], 0))


def placed(unit: Mapping[str, Any], doubtful: bool) -> Cell:
    """The rank, and the places gained since the day before; of a figure in doubt aside."""
    rank, gained = formats.integer(unit["rank"]), unit["places_gained"]
    if doubtful:
        return Cell(f"({rank})", unit["rank"], "muted")
    if pd.isna(gained) or not gained:
        return Cell(rank, unit["rank"])
    moved = f"{'▲' if gained > 0 else '▼'}{formats.integer(abs(gained))}"
    return Cell(f"{rank}{formats.NBSP}{moved}", unit["rank"])


def _total_cells(day: Day, last: pd.Series) -> dict[str, Any]:
    """What the whole has of these columns."""
    bounds = day.campaign.target_rates
    doubt = _("to be verified") if len(day.in_doubt) else ""
    rate = cell_of(last, "coverage", "whole", bounds)
    return {name: last[name] for name in COLUMNS[TABLE] if name in COLUMNS["whole"]} | {
        "unit_code": day.campaign.area.code,
        "unit_name": sentence(str(day.campaign.area.whole)),
        "coverage": replace(rate, tone="warn", note=doubt) if doubt else rate,
        "status": Cell(_("{n} on time", n=reports) if (reports := in_time(last).text) else ""),
    }


def waiting_for(day: Day, columns: Sequence[str] = WAITING) -> Table | Paragraph:
    """The units without a usable report of the day, then the late ones; else that there is none.

    Of more than a page lists, how many there are below each unit of the level below the whole.
    """
    lacking = day.units[day.units["status"].isin(LACKING)]
    order = lacking["status"].map({status: n for n, status in enumerate(LACKING)})
    lacking = lacking.assign(order=order).sort_values("order", kind="stable")
    if lacking.empty:
        return Paragraph(_nobody_lacking(day))
    if len(lacking) > MOST_ROWS and isinstance(shown := folded(day), Folded):
        return _lacking_below(shown, len(day.units))
    corrected, entries = corrected_units(day), explained(day)
    rows = [
        unit
        | {
            "entry": unit["unit_code"] if unit["unit_code"] in entries else "",
            "status": report_state(unit),
            "used": Cell(
                _figure_used(unit, unit["unit_code"] in corrected), unit["numerator_cumulative"]
            ),
        }
        for unit in lacking.to_dict("records")
    ]
    return listing(
        "waiting",
        _("Figures used until the reports come"),
        rows,
        columns,
        of=TABLE,
        heads=named(day.campaign),
        source="entry",
        note=" ".join(filter(None, (_("To be reminded first."), still_due(day)))),
    )


def _lacking_below(day: Folded, everyone: int) -> Table:
    """The units above those that report, most reports missing first; none of which all are there.

    Args:
        everyone: How many units report.
    """
    counts = [f"reports_{status}" for status in LACKING]
    units = day.units.assign(lacking=day.units[counts].sum(axis=1))
    order = ["reports_missing", "lacking"]
    units = units[units["lacking"] > 0].sort_values(order, ascending=False, kind="stable")
    rows = units.to_dict("records")
    return listing(
        "waiting",
        sentence(_("reports that are lacking, by {units}", units=day.campaign.terms.units)),
        [row | {"status": report_state(row)} for row in rows],
        ("unit_name", "status", *counts),
        of=TABLE,
        heads=named(day.campaign),
        source="unit_code",
        note=" ".join(filter(None, (*_left_out(day, len(rows), everyone), still_due(day)))),
    )


def _nobody_lacking(day: Day) -> str:
    if not day.whole.iloc[-1]["reports_expected"]:
        return _("No report is due on this day.")
    return still_due(day) or _("Every unit reported in time.")


def _figure_used(unit: Mapping[str, Any], corrected: bool) -> str:
    if pd.isna(unit["numerator_cumulative"]):
        return _("none: no figure so far")
    figure = formats.integer(unit["numerator_cumulative"])
    note = carried_note(unit["carried_from"])
    if corrected and not note:
        return _("{figure}, corrected by the office", figure=figure)
    return f"{figure} ({note})" if note else _("{figure}, from the late report", figure=figure)


def units_bars(day: Day, only: pd.DataFrame | None = None) -> Figure:
    """Units ranked, against the targets.

    Args:
        only: Units to draw, a part of `day.units`; all if not given.
    """
    target = day.campaign.target_for(day.date).coverage
    others = [t.coverage for t in day.campaign.targets if t.coverage != target]
    units = among(bars(day), only)
    drawn = units if only is not None else bars(folded(day))
    return figure_block(
        charts.unit_bars(drawn, target, others),
        id="units-bars",
        title=sentence(_reached(day, units, target)),
    )


def _reached(day: Day, units: pd.DataFrame, target: float) -> str:
    known = units.dropna(subset=["coverage"])
    values = {
        "n": int(((known["coverage"] >= target) & ~known["in_doubt"]).sum()),
        "all": len(known),
        "units": day.campaign.terms.units,
        "target": formats.target(target),
    }
    if known.empty:
        return _("no figures yet")
    if not values["n"] and len(known) == len(units):
        return _("none of the {all} {units} has reached {target} yet", **values)
    if len(known) == len(units):
        return _("{n} of {all} {units} have reached {target}", **values)
    return _("{n} of the {all} {units} with figures have reached {target}", **values)


def units_trends(day: Day, only: pd.DataFrame | None = None) -> Figure:
    """One small chart per unit, all on one scale. Of more than a page lists, the level below the
    whole; of more than can be told apart, both ends.

    Args:
        only: Units to draw, a part of `day.units`; all if not given.
    """
    shown = folded(day) if only is None else day
    units = shown.units if only is None else only
    drawn = units if len(units) <= MOST_DRAWN else ends(units, MOST_DRAWN // 2, MOST_DRAWN)
    history = among(daily(shown), drawn)
    history = history.assign(carried=history["carried_from"].notna())
    targets = [(target.coverage, target.date) for target in day.campaign.targets]
    return figure_block(
        charts.small_multiples(history, targets),
        id="units-trends",
        title=_apart(shown, history),
        more=_("The {n} highest and the {n} lowest of {all}.", n=MOST_DRAWN // 2, all=len(units))
        if len(drawn) < len(units)
        else "",
    )


def _apart(day: Day, history: pd.DataFrame) -> str:
    """How far the units lie apart now, against the first day on which two had figures."""
    values = history.dropna(subset=["coverage"]).groupby("report_date")["coverage"]
    spans = (values.max() - values.min())[values.count() > 1]
    if spans.empty:
        return _("There is not yet a second unit to compare with")
    texts = {
        "units": day.campaign.terms.units,
        "now": formats.by_points(spans.iloc[-1], 1),
        "then": formats.by_points(spans.iloc[0], 1),
        "day": formats.day_short(spans.index[0]),
    }
    if len(spans) == 1:
        return sentence(_("the highest and the lowest of the {units} lie {now} apart", **texts))
    if spans.iloc[-1] > spans.iloc[0]:
        text = _("the gap between the {units} has grown from {then} on {day} to {now}", **texts)
    else:
        text = _("the gap between the {units} has not grown: {then} on {day}, {now} now", **texts)
    return sentence(text)


def reporting_grid(day: Day, only: pd.DataFrame | None = None) -> Figure:
    """Who reported about which day, and how.

    Args:
        only: Units to draw, a part of `day.units`; all if not given.
    """
    units = among(day.units, only)
    history = among(daily(day), only)
    grid = history.pivot(index="unit_code", columns="report_date", values="status")
    grid = grid.reindex(units["unit_code"]).astype(object)
    grid = grid.where(grid.notna(), None).set_axis(units["unit_name"])
    due = history[history["due"] & holds(history["status"].ne(NOT_DUE))]
    days = list(due["report_date"].unique())
    in_time = int(due["status"].eq("on_time").sum())
    return figure_block(
        charts.reporting_grid(grid, days),
        id="reporting-grid",
        title=_("{n} of {all} reports due so far came in time", n=in_time, all=len(due))
        if len(due)
        else _("No report has been due so far"),
    )
