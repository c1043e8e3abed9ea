"""Which figures the office has corrected itself: what was sent, what is used, why, by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from briefing import formats, labels
from briefing.catalog.figures import FIGURES
from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import listing
from briefing.documents.wording import sentence
from briefing.messages import _
from briefing.params.entries import NOT_A_REPORT, REJECT
from briefing.tables import Day
from briefing.tables.outcomes import of_figures, parse_figures
from briefing.tables.reporting import holds

MADE = (
    "unit_name", "report_date", "column", "value_before", "value", "reason", "by", "when",
)  # fmt: skip
LISTED = ("entry", *MADE, "status", "note")


def corrections_made(day: Day, columns: Sequence[str] = MADE) -> Table | None:
    """The corrections that the figures of the page rest on; nothing where there is none.

    Those of the reports in force, of the day and of the report date before, which changes are
    counted from.
    """
    own_rows = _of_the_first(_in_force(day))
    further = [_row(one, e, one.name) for one in day.others for e in _own(_in_force(one))]
    if own_rows.empty and not further:
        return None
    return listing(
        "corrections",
        _("Figures that have been corrected"),
        [_row(day, one) for one in own_rows.to_dict("records")] + further,
        columns,
        note=_("The reports themselves are unchanged."),
    )


def _of_the_first(corrections: pd.DataFrame) -> pd.DataFrame:
    """Without those that told by telephone of further indicators alone: these tell them."""
    return corrections[corrections["told_by"].isna() | corrections["value"].notna()]


def _own(corrections: pd.DataFrame) -> list[dict[str, Any]]:
    """Of a further indicator those of its own figures: the others are told with the first one."""
    return corrections[of_figures(corrections)].to_dict("records")


def _in_force(day: Day) -> pd.DataFrame:
    applied = day.corrections[day.corrections["status"].eq("applied")]
    previous = pd.Timestamp(day.date) - day.campaign.reporting.step
    known = day.history[day.history["report_date"].isin([pd.Timestamp(day.date), previous])]
    in_force = pd.concat([known["report"], day.bodies["report"]]).dropna()
    about = applied["report_date"].eq(pd.Timestamp(day.date))
    return applied[holds(applied["report"].isin(in_force)) | about]


def corrections_listed(day: Day, columns: Sequence[str] = LISTED) -> Table:
    """Every entry of corrections.yaml and what came of it: for the analyst.

    Args:
        columns: Those shown, of corrections.csv.
    """
    rows = [_row(day, one) for one in _of_the_first(day.corrections).to_dict("records")]
    rows += [_row(one, e, one.name) for one in day.others for e in _own(one.corrections)]
    return listing(
        "corrections-listed",
        _("Entries of params/corrections.yaml"),
        rows,
        columns,
        of="corrections",
        note="" if rows else _("No correction has been entered."),
    )


def corrected_units(day: Day) -> frozenset[str]:
    """The units whose figure of the day rests on a correction."""
    applied = day.corrections.loc[day.corrections["status"].eq("applied"), "report"]
    resting = day.units[holds(day.units["report"].isin(applied.dropna()))]
    return frozenset(resting["unit_code"])


def corrected_note() -> str:
    """What is said below a table in which figures bear the sign of a correction."""
    caption = _("Figures that have been corrected")
    return _("* Corrected by the office: see “{caption}”.", caption=caption)


def _row(day: Day, one: dict[str, Any], indicator: str = "") -> dict[str, Any]:
    """A row of the table.

    Args:
        indicator: The further one whose figure it puts right, by its name.
    """
    column, note = one["column"], one["note"]
    what = ": ".join(filter(None, (indicator, _what(one))))
    return one | {
        "unit_name": Cell(_unit(day, one), one["unit_code"]),
        "column": Cell(what, column),
        "value_before": Cell(_shown(day, column, one["value_before"]), one["value_before"]),
        "value": Cell(_made(day, one), one["value"]),
        "reason": Cell(sentence(one["reason"]), one["reason"]),
        "when": Cell(labels.moment(one["when"]).replace(formats.NBSP, " "), one["when"]),
        "note": Cell(sentence(note) if pd.notna(note) else "", note),
    }


def _what(one: Mapping[str, Any]) -> str:
    """What an entry is about."""
    if pd.notna(one["told_by"]):
        return _("Told by telephone ({who})", who=one["told_by"])
    if one["value"] == NOT_A_REPORT:
        return _("the whole file")
    column = one["column"]
    return _("the whole report") if pd.isna(column) else sentence(str(FIGURES[column].inside))


def _made(day: Day, one: Mapping[str, Any]) -> str:
    """What the office made of a figure."""
    if one["value"] == REJECT:
        return _("set aside")
    if one["value"] == NOT_A_REPORT:
        return _("no report")
    if pd.notna(one["told_by"]):
        return labels.figures_text(parse_figures(one["value"]))
    if pd.notna(one["value_before"]) and one["value"] == one["value_before"]:
        return _("confirmed")
    return _shown(day, one["column"], one["value"])


def _unit(day: Day, one: Mapping[str, Any]) -> str:
    if pd.isna(one["unit_code"]):
        return str(one["file"])
    return day.campaign.full_names.get(one["unit_code"], str(one["unit_code"]))


def _shown(day: Day, column: object, value: object) -> str:
    if pd.isna(value):
        return formats.MISSING
    if column == "unit_code":
        return day.campaign.full_names.get(str(value), str(value))
    return str(labels.fact("" if pd.isna(column) else str(column), value))
