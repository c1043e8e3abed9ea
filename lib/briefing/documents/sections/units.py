"""The units that report daily: their table, charts, and who is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from briefing import charts, formats
from briefing.catalog.tables import COLUMNS
from briefing.documents.blocks import Cell, Column, Figure, Paragraph, Table
from briefing.documents.figures import figure_block
from briefing.documents.sections.corrections import corrected_note, corrected_units
from briefing.documents.sections.sources import traced
from briefing.documents.wording import (
    among,
    carried_note,
    cell_of,
    column_of,
    doubted,
    over_days,
    report_state,
    rounded_up,
    sentence,
    still_due,
)
from briefing.errors import DocumentError
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.charted import bars, daily
from briefing.tables.reporting import NOT_DUE, holds

TABLE = "communes"
SHOWN = (
    "unit_name", "rank", "installs_cumulative", "coverage", "coverage_change", "installs_needed",
    "pace_required", "pace_observed", "outlook", "status",
)  # fmt: skip


def units_table(day: Day, columns: Sequence[str] = SHOWN) -> Table:
    """Every unit, by rank; those without any figure last.

    Args:
        columns: Those shown, of communes.csv, in their order.

    Raises:
        DocumentError: A column that communes.csv does not have; the message names those it has.
    """
    if unknown := [name for name in columns if name not in COLUMNS[TABLE]]:
        known = ", ".join(COLUMNS[TABLE])
        raise DocumentError(f"units_table: unknown column {unknown[0]}. Known: {known}.")
    ordered = day.communes.sort_values("rank", na_position="last", kind="stable")
    last = day.town.iloc[-1]
    bounds = [target.coverage for target in day.campaign.targets]
    corrected = corrected_units(day)
    rows = [
        (_unit_cells(day, unit, corrected=unit["unit_code"] in corrected), unit["unit_code"])
        for _i, unit in ordered.iterrows()
    ]
    total = (_total_cells(day, last, bounds), day.campaign.area.code)
    heads = _heads(day, last)
    return Table(
        id="units",
        caption=sentence(
            _("{rate} by {units}", rate=day.campaign.terms.rate, units=day.campaign.terms.units)
        ),
        columns=tuple(heads.get(name) or column_of(name, TABLE) for name in columns),
        rows=tuple(
            traced([cells[name] for name in columns], code) for cells, code in [*rows, total]
        ),
        note=" ".join(
            [
                _("A figure marked with a day is carried over from that day. A dash: not known."),
                _("▲ and ▼: places gained and lost since the day before."),
                *([corrected_note()] if corrected else []),
                *([str(day.campaign.owners_note)] if day.campaign.owners_assumed else []),
            ]
        ),
        total_row=True,
    )


def _heads(day: Day, last: pd.Series) -> dict[str, Column]:
    """Heads that are shorter than the catalogue's, or say which target is meant."""
    needed = _("Needed for {t}", t=formats.target(last["target_coverage"]))
    heads = (
        Column("unit_name", sentence(str(day.campaign.terms.units)), width=3),
        Column("rank", _("Rank"), "right", 0.9),
        Column("installs_cumulative", _("Installed"), "right", 1.4),
        Column("coverage_change", _("Change"), "right", 1.3),
        Column("installs_needed", needed, "right", 1.3),
        Column("pace_required", _("Needed a day"), "right", 1.2),
        Column("pace_observed", _("Pace a day"), "right", 1.2),
        Column("status", _("Report"), width=1.9),
    )
    return {head.key: head for head in heads}


def _unit_cells(day: Day, unit: pd.Series, *, corrected: bool) -> dict[str, Cell]:
    """A cell for each column of communes.csv."""
    bounds = [target.coverage for target in day.campaign.targets]
    doubt = doubted(day, unit["unit_code"])
    outlook = cell_of(unit, "outlook", TABLE)
    notes = [carried_note(unit["carried_from"]), _("* corrected") if corrected else "", doubt]
    return {name: cell_of(unit, name, TABLE) for name in COLUMNS[TABLE]} | {
        "unit_name": Cell(unit["unit_name"], unit["unit_code"]),
        "rank": placed(unit, bool(doubt)),
        "outlook": replace(outlook, tone="warn") if doubt else outlook,
        "installs_cumulative": Cell(
            formats.integer(unit["installs_cumulative"]),
            unit["installs_cumulative"],
            note="; ".join(filter(None, notes)),
        ),
        "coverage": Cell(
            formats.percent(unit["coverage"], bounds=bounds),
            unit["coverage"],
            "warn" if doubt or (pd.notna(unit["coverage"]) and unit["coverage"] > 1) else "",
        ),
        "coverage_change": Cell(
            formats.points_short(unit["coverage_change"]),
            unit["coverage_change"],
            "bad" if pd.notna(unit["coverage_change"]) and unit["coverage_change"] < 0 else "",
            over_days(unit["installs_new_days"]),
        ),
        **_paces(unit),
        "status": report_state(unit),
    }


def placed(unit: pd.Series, doubtful: bool) -> Cell:
    """The rank, and the places gained since the day before; of a figure in doubt aside."""
    rank, gained = formats.integer(unit["rank"]), unit["places_gained"]
    if doubtful:
        return Cell(f"({rank})", unit["rank"], "muted")
    if pd.isna(gained) or not gained:
        return Cell(rank, unit["rank"])
    moved = f"{'▲' if gained > 0 else '▼'}{formats.integer(abs(gained))}"
    return Cell(f"{rank}{formats.NBSP}{moved}", unit["rank"])


def _paces(row: pd.Series) -> dict[str, Cell]:
    return {
        "pace_required": Cell(rounded_up(row["pace_required"]), row["pace_required"]),
        "pace_observed": Cell(formats.number(row["pace_observed"], 0), row["pace_observed"]),
    }


def _total_cells(day: Day, last: pd.Series, bounds: list[float]) -> dict[str, Cell]:
    """A cell for each column of communes.csv; empty where the whole has no such figure."""
    reports = (
        f"{formats.integer(last['reports_on_time'])}/{formats.integer(last['reports_expected'])}"
    )
    own = (name for name in COLUMNS[TABLE] if name in COLUMNS["town"])
    cells = {name: cell_of(last, name, "town") for name in own}
    return (
        dict.fromkeys(COLUMNS[TABLE], Cell("", None))
        | cells
        | {
            "unit_name": Cell(sentence(str(day.campaign.area.whole)), day.campaign.area.code),
            "coverage": Cell(formats.percent(last["coverage"], bounds=bounds), last["coverage"]),
            "coverage_change": Cell(
                formats.points_short(last["coverage_change"]), last["coverage_change"]
            ),
            **_paces(last),
            "status": Cell(_("{n} on time", n=reports) if last["reports_expected"] else "", None),
        }
    )


def waiting_for(day: Day) -> Table | Paragraph:
    """The units without a usable report of the day, then the late ones; else that there is none."""
    order = {"missing": 0, "unreadable": 1, "empty": 2, "late": 3}
    lacking = day.communes[day.communes["status"].isin(order)]
    lacking = lacking.assign(order=lacking["status"].map(order)).sort_values("order", kind="stable")
    if lacking.empty:
        return Paragraph(_nobody_lacking(day))
    corrected = corrected_units(day)
    rows = tuple(
        traced(_lacking(unit, unit["unit_code"] in corrected), unit["unit_code"])
        for _i, unit in lacking.iterrows()
    )
    return Table(
        id="waiting",
        caption=_("Not reported, not usable, late"),
        columns=(
            Column("unit_name", sentence(str(day.campaign.terms.units)), width=3),
            Column("status", _("Report"), width=2),
            Column("received_at", _("Received"), width=2.2),
            Column("used", _("Figure used instead"), width=3),
        ),
        rows=rows,
        note=" ".join(
            filter(
                None,
                (
                    _(
                        "To be reminded first. Until their reports come, the page uses the "
                        "figures of the last column."
                    ),
                    still_due(day),
                ),
            )
        ),
    )


def _lacking(unit: pd.Series, corrected: bool) -> tuple[Cell, ...]:
    return (
        Cell(unit["unit_name"], unit["unit_code"]),
        report_state(unit),
        Cell(formats.moment(unit["received_at"]), unit["received_at"]),
        Cell(_figure_used(unit, corrected), unit["installs_cumulative"]),
    )


def _nobody_lacking(day: Day) -> str:
    if not day.town.iloc[-1]["reports_expected"]:
        return _("No report is due on this day.")
    return still_due(day) or _("Every unit reported in time.")


def _figure_used(unit: pd.Series, corrected: bool) -> str:
    if pd.isna(unit["installs_cumulative"]):
        return _("none: no figure so far")
    figure = formats.integer(unit["installs_cumulative"])
    note = carried_note(unit["carried_from"])
    if corrected and not note:
        return _("{figure}, corrected by the office", figure=figure)
    return f"{figure} ({note})" if note else _("{figure}, from the late report", figure=figure)


def units_bars(day: Day, only: pd.DataFrame | None = None) -> Figure:
    """Units ranked, against the targets.

    Args:
        only: Units to draw, a part of `day.communes`; all if not given.
    """
    target = day.campaign.target_for(day.date).coverage
    others = [t.coverage for t in day.campaign.targets if t.coverage != target]
    communes = among(bars(day), only)
    return figure_block(
        charts.commune_bars(communes, target, others),
        id="units-bars",
        title=sentence(_reached(day, communes, target)),
    )


def _reached(day: Day, communes: pd.DataFrame, target: float) -> str:
    known = communes.dropna(subset=["coverage"])
    values = {
        "n": int(((known["coverage"] >= target) & ~known["in_doubt"]).sum()),
        "all": len(known),
        "units": day.campaign.terms.units,
        "target": formats.target(target),
    }
    if known.empty:
        return _("no figures yet")
    if not values["n"] and len(known) == len(communes):
        return _("none of the {all} {units} has reached {target} yet", **values)
    if len(known) == len(communes):
        return _("{n} of {all} {units} have reached {target}", **values)
    return _("{n} of the {all} {units} with figures have reached {target}", **values)


def units_trends(day: Day, only: pd.DataFrame | None = None) -> Figure:
    """One small chart per unit, all on one scale.

    Args:
        only: Units to draw, a part of `day.communes`; all if not given.
    """
    history = among(daily(day), only)
    history = history.assign(carried=history["carried_from"].notna())
    targets = [(target.coverage, target.date) for target in day.campaign.targets]
    return figure_block(
        charts.small_multiples(history, targets),
        id="units-trends",
        title=_apart(day, history),
    )


def _apart(day: Day, history: pd.DataFrame) -> str:
    """How far the units lie apart now, against the first day on which two had figures."""
    values = history.dropna(subset=["coverage"]).groupby("report_date")["coverage"]
    spans = (values.max() - values.min())[values.count() > 1]
    if spans.empty:
        return _("There is not yet a second unit to compare with")
    texts = {
        "units": day.campaign.terms.units,
        "now": formats.points(spans.iloc[-1], 1).lstrip("+"),
        "then": formats.points(spans.iloc[0], 1).lstrip("+"),
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
        only: Units to draw, a part of `day.communes`; all if not given.
    """
    units = among(day.communes, only)
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
