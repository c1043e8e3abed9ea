"""II.2 and annex I: the units over the period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.codes import OUTLOOK
from briefing.documents.blocks import Bullets, Cell, Column, Table
from briefing.documents.wording import carried_note, doubted, listed, sentence, worded
from briefing.messages import _
from briefing.tables.period import Period
from briefing.tables.reporting import holds

MOST = 3


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
        all=whole["communes"],
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
        "most": _named(best, "coverage_change", formats.points),
        "least": _named(moved.head(most), "coverage_change", formats.points),
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


def units_annex(period: Period) -> Table:
    """Every unit by its closing rank, those without any figure last."""
    units = period.units.sort_values("rank_closing", na_position="last", kind="stable")
    rows = [_row(period, row) for row in units.to_dict("records")]
    whole, terms = period.whole.iloc[0], period.day.campaign.terms
    needed = _("Needed for {t}", t=formats.target(whole["target_coverage"]))
    return Table(
        id="annex-units",
        caption=_("Closing state: {day}", day=formats.day(period.covered_to)),
        columns=(
            Column("rank_closing", _("Rank"), "right", 0.9),
            Column("unit_name", sentence(str(terms.units)), width=3.2),
            Column("rank_change", _("Places gained"), "right", 0.9),
            Column("coverage_opening", _("Opening rate"), "right", 1.4),
            Column("coverage_closing", _("Closing rate"), "right", 1.4),
            Column("coverage_change", _("Points"), "right", 1.2),
            Column("installs_closing", _("Installed"), "right", 1.3),
            Column("installs_change", _("Gained"), "right", 1.3),
            Column("installs_needed", needed, "right", 1.3),
            Column("outlook", _("Outlook"), width=2.8),
            Column("on_time", _("Reports on time"), "right", 1.3),
        ),
        rows=(*rows, _total(period, whole)),
        note=_("A figure marked with a day is of that day. A dash: not known."),
        total_row=True,
    )


def _row(period: Period, row: dict) -> tuple[Cell, ...]:
    before = pd.Timestamp(period.first) - pd.Timedelta(days=1)
    over = pd.notna(row["coverage_closing"]) and row["coverage_closing"] > 1
    return (
        Cell(formats.integer(row["rank_closing"]), row["rank_closing"]),
        Cell(row["unit_name"], row["unit_code"]),
        Cell(formats.signed_integer(row["rank_change"]), row["rank_change"]),
        *_figures(
            period,
            row,
            opened=_other_day(row["opening_date"], before),
            closed=_beside(period, row),
            over=over,
            doubt=bool(doubted(period.day, row["unit_code"])),
        ),
    )


def _beside(period: Period, row: dict) -> str:
    """What is said beside a unit's closing figure: of which other day it is, and a doubt."""
    other = _other_day(row["closing_date"], pd.Timestamp(period.covered_to))
    return "; ".join(filter(None, (other, doubted(period.day, row["unit_code"]))))


def _total(period: Period, whole: pd.Series) -> tuple[Cell, ...]:
    area = period.day.campaign.area
    return (
        Cell("", None),
        Cell(sentence(str(area.whole)), area.code),
        Cell("", None),
        *_figures(period, whole),
    )


def _figures(
    period: Period,
    row: Any,
    *,
    opened: str = "",
    closed: str = "",
    over: bool = False,
    doubt: bool = False,
) -> tuple[Cell, ...]:
    """The figures of a unit, or of the whole; notes where one is of another day, or in doubt."""
    rate, fell = _rate(period), bool(row.get("fell", False))
    outlook = worded(row["outlook"], OUTLOOK)
    return (
        Cell(rate(row["coverage_opening"]), row["coverage_opening"], note=opened),
        Cell(
            rate(row["coverage_closing"]), row["coverage_closing"], "warn" if over or doubt else ""
        ),
        Cell(formats.points_short(row["coverage_change"]), row["coverage_change"]),
        Cell(formats.integer(row["installs_closing"]), row["installs_closing"], note=closed),
        Cell(
            formats.signed_integer(row["installs_change"]),
            row["installs_change"],
            "bad" if fell else "",
            _("fell on the way") if fell else "",
        ),
        Cell(formats.integer(row["installs_needed"]), row["installs_needed"]),
        replace(outlook, tone="warn") if doubt else outlook,
        _on_time(row),
    )


def _other_day(day: Any, expected: pd.Timestamp) -> str:
    """The note of a figure that is of another day than the column's."""
    return "" if pd.isna(day) or day == expected else carried_note(day)


def _rate(period: Period) -> Callable[[Any], str]:
    bounds = [target.coverage for target in period.day.campaign.targets]
    return lambda value: formats.percent(value, bounds=bounds)


def _on_time(row: Any) -> Cell:
    if not row["expected"]:
        return Cell(formats.MISSING, None)
    return Cell(f"{row['on_time']}/{row['expected']}", row["on_time"])
