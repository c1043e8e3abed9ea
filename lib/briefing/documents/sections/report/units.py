"""II.2 and annex I: the units over the period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Bullets, Cell, Table
from briefing.documents.sections.listing import cell_of, listing, named
from briefing.documents.wording import carried_note, doubted, listed, sentence
from briefing.messages import _
from briefing.tables.period import Period
from briefing.tables.reporting import holds

MOST = 3
NOTED = ("coverage_opening", "coverage_closing", "numerator_closing", "numerator_change", "outlook")


def units_results(period: Period) -> Bullets:
    """Highest and lowest, who moved, how many have reached the target."""
    units = period.units
    known = units[units["coverage_closing"].notna()]
    if known.empty:
        return Bullets((_("No unit has a figure yet."),))
    known = known[~known["unit_code"].isin(period.day.in_doubt["unit_code"])]
    lines = [_reached(period), _ends(period, known), _moved(known), _ranks(known)]
    lines.append(_("Details: annex I."))
    return Bullets(tuple(line for line in lines if line))


def _reached(period: Period) -> str:
    whole = period.whole.iloc[0]
    return _(
        "{n} of {all} {units} have reached {target}.",
        n=whole["units_reached"],
        all=whole["units"],
        units=period.day.campaign.terms.units,
        target=formats.target(whole["period_target"]),
    )


def _ends(period: Period, known: pd.DataFrame) -> str:
    ordered = known.sort_values("coverage_closing", ascending=False, kind="stable")
    most = min(MOST, len(ordered) // 2)
    if not most:
        return ""
    rate = _rate(period)
    return _(
        "Highest: {best}; lowest: {worst}.",
        best=_named(ordered.head(most), "coverage_closing", rate),
        worst=_named(ordered.tail(most).iloc[::-1], "coverage_closing", rate),
    )


def _moved(known: pd.DataFrame) -> str:
    moved = known.dropna(subset=["coverage_change"]).sort_values("coverage_change", kind="stable")
    most = min(MOST, len(moved) // 2)
    if not most:
        return ""
    best = moved.tail(most).iloc[::-1]
    values = {
        "most": _named(best, "coverage_change", formats.by_points),
        "least": _named(moved.head(most), "coverage_change", formats.by_points),
    }
    if (best["coverage_change"] > 0).all():
        return _("Largest rises in the period: {most}; smallest changes: {least}.", **values)
    return _("Change in the period, largest: {most}; smallest: {least}.", **values)


def _ranks(known: pd.DataFrame) -> str:
    ranked = known.sort_values("rank_change", kind="stable")
    up = ranked[holds(ranked["rank_change"] > 0)].tail(MOST).iloc[::-1]
    down = ranked[holds(ranked["rank_change"] < 0)].head(MOST)
    parts = [
        _("up in rank: {names}", names=_named(up, "rank_change", formats.signed_integer))
        if len(up)
        else "",
        _("down in rank: {names}", names=_named(down, "rank_change", formats.signed_integer))
        if len(down)
        else "",
    ]
    text = "; ".join(filter(None, parts))
    return f"{sentence(text)}." if text else ""


def _named(rows: pd.DataFrame, column: str, how: Callable[[Any], str]) -> str:
    names = [f"{row['unit_name']} ({how(row[column])})" for row in rows.to_dict("records")]
    return listed(names, most=len(names)).replace("; ", ", ")


ANNEXED = (
    "rank_closing", "unit_name", "rank_change", "coverage_opening", "coverage_closing",
    "coverage_change", "numerator_closing", "numerator_change", "numerator_needed", "outlook",
    "on_time",
)  # fmt: skip


def units_annex(period: Period, columns: Sequence[str] = ANNEXED) -> Table:
    """Every unit by its closing rank, those without any figure last; of more than a page lists,
    the level below the whole.

    Args:
        columns: Those shown, of period_units.csv.
    """
    every, period = period, period.shown
    units = period.units.sort_values("rank_closing", na_position="last", kind="stable")
    whole, campaign = period.whole.iloc[0], period.day.campaign
    needed = _("Needed for {t}", t=formats.target(whole["target_coverage"]))
    area = {"unit_code": campaign.area.code, "unit_name": sentence(str(campaign.area.whole))}
    rows = [row | _noted(period, row) for row in units.to_dict("records")]
    return listing(
        "annex-units",
        _("Closing state: {day}", day=formats.day(period.covered_to)),
        [*rows, whole.to_dict() | area | {"on_time": on_time(whole)}],
        columns,
        of="period_units",
        heads=named(campaign) | {"numerator_needed": needed},
        bounds=_bounds(period),
        note=" ".join(filter(None, (
            _("A figure marked with a day is of that day. A dash: not known."),
            _each(every),
        ))),
        total_row=True,
    )  # fmt: skip


def _each(period: Period) -> str:
    """Where each unit stands, where the table has the level above them."""
    if period.shown is period:
        return ""
    return _(
        "Each of the {n} {units}: {file}.",
        n=len(period.units),
        units=period.day.campaign.terms.units,
        file=f"tables/{period.day.campaign.naming.outside('period_units')}.csv",
    )


def _noted(period: Period, row: Mapping[str, Any]) -> dict[str, Cell]:
    """The cells of a unit that say more: one is of another day, in doubt, or has fallen."""
    cells = {name: cell_of(row, name, "period_units", _bounds(period)) for name in NOTED}
    before = pd.Timestamp(period.day.campaign.reporting.before(period.first))
    over = pd.notna(row["coverage_closing"]) and row["coverage_closing"] > 1
    doubt, fell = doubted(period.day, row["unit_code"]), bool(row["fell"])
    marks: dict[str, dict[str, Any]] = {
        "coverage_opening": {"note": _other_day(row["opening_date"], before)},
        "coverage_closing": {"tone": "warn" if over or doubt else ""},
        "numerator_closing": {"note": _beside(period, row)},
        "numerator_change": {
            "tone": "bad" if fell else "", "note": _("fell on the way") if fell else ""
        },
        "outlook": {"tone": "warn"} if doubt else {},
    }  # fmt: skip
    noted = {name: replace(cells[name], **also) for name, also in marks.items()}
    return noted | {"on_time": on_time(row)}


def _beside(period: Period, row: Mapping[str, Any]) -> str:
    """What is said beside a unit's closing figure: of which other day it is, and a doubt."""
    other = _other_day(row["closing_date"], pd.Timestamp(period.covered_to))
    return "; ".join(filter(None, (other, doubted(period.day, row["unit_code"]))))


def _other_day(day: Any, expected: pd.Timestamp) -> str:
    """The note of a figure that is of another day than the column's."""
    return "" if pd.isna(day) or day == expected else carried_note(day)


def _bounds(period: Period) -> list[float]:
    return period.day.campaign.target_rates


def _rate(period: Period) -> Callable[[Any], str]:
    return lambda value: formats.percent(value, bounds=_bounds(period))


def on_time(row: Mapping[str, Any] | pd.Series) -> Cell:
    """The reports in time, of those due; a dash where none was."""
    if not row["expected"]:
        return Cell(formats.MISSING)
    return Cell(f"{row['on_time']}/{row['expected']}", row["on_time"])
