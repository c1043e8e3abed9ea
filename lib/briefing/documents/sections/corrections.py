"""Which figures the office has corrected itself: what was sent, what is used, why, by whom."""

from __future__ import annotations

import pandas as pd

from briefing import formats, spoken
from briefing.catalog.codes import CORRECTION
from briefing.catalog.figures import FIGURES
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.wording import sentence, worded
from briefing.messages import _
from briefing.params.entries import NOT_A_REPORT, REJECT
from briefing.tables import Day
from briefing.tables.outcomes import told
from briefing.tables.reporting import holds


def corrections_made(day: Day) -> Table | None:
    """The corrections that the figures of the page rest on; nothing where there is none.

    Those of the reports in force, of the day and of the day before, which changes are counted
    from.
    """
    applied = day.corrections[day.corrections["status"].eq("applied")]
    yesterday = pd.Timestamp(day.date) - pd.Timedelta(days=1)
    known = day.history[day.history["report_date"].isin([pd.Timestamp(day.date), yesterday])]
    in_force = pd.concat([known["report"], day.agencies["report"]]).dropna()
    about = applied["report_date"].eq(pd.Timestamp(day.date))
    mine = applied[holds(applied["report"].isin(in_force)) | about]
    if mine.empty:
        return None
    return Table(
        id="corrections",
        caption=_("Figures that have been corrected"),
        columns=_columns(),
        rows=tuple(_row(day, one) for _i, one in mine.iterrows()),
        note=_("The reports themselves are unchanged."),
    )


def corrections_listed(day: Day) -> Table:
    """Every entry of corrections.yaml and what came of it: for the analyst."""
    rows = tuple(
        (
            Cell(formats.integer(one["entry"]), one["entry"]),
            *_row(day, one),
            worded(one["status"], CORRECTION),
            Cell(sentence(one["note"]) if pd.notna(one["note"]) else "", one["note"]),
        )
        for _i, one in day.corrections.iterrows()
    )
    return Table(
        id="corrections-listed",
        caption=_("Entries of params/corrections.yaml"),
        columns=(
            Column("entry", _("Entry"), "right", 0.7),
            *_columns(),
            Column("status", _("Outcome"), width=1.6),
            Column("note", _("Why not"), width=2),
        ),
        rows=rows,
        note="" if rows else _("No correction has been entered."),
    )


def corrected_units(day: Day) -> frozenset[str]:
    """The units whose figure of the day rests on a correction."""
    applied = day.corrections.loc[day.corrections["status"].eq("applied"), "report"]
    resting = day.communes[holds(day.communes["report"].isin(applied.dropna()))]
    return frozenset(resting["unit_code"])


def corrected_note() -> str:
    """What is said below a table in which figures bear the sign of a correction."""
    caption = _("Figures that have been corrected")
    return _("* Corrected by the office: see “{caption}”.", caption=caption)


def _columns() -> tuple[Column, ...]:
    return (
        Column("unit_code", _("Unit"), width=2.2),
        Column("report_date", _("Day"), width=1),
        Column("column", _("Figure"), width=1.5),
        Column("value_before", _("As it was sent"), "right", 1.4),
        Column("value", _("As corrected"), "right", 1.4),
        Column("reason", _("Reason"), width=3),
        Column("by", _("Corrected by"), width=1.7),
        Column("when", _("At"), width=1.6),
    )


def _row(day: Day, one: pd.Series) -> tuple[Cell, ...]:
    column = one["column"]
    return (
        Cell(_unit(day, one), one["unit_code"]),
        Cell(formats.day_short(one["report_date"]), one["report_date"]),
        Cell(_what(one), column),
        Cell(_shown(day, column, one["value_before"]), one["value_before"]),
        Cell(_made(day, one), one["value"]),
        Cell(sentence(one["reason"]), one["reason"]),
        Cell(one["by"], one["by"]),
        Cell(spoken.moment(one["when"]).replace(formats.NBSP, " "), one["when"]),
    )


def _what(one: pd.Series) -> str:
    """What an entry is about."""
    if pd.notna(one["told_by"]):
        return _("Told by telephone ({who})", who=one["told_by"])
    if one["value"] == NOT_A_REPORT:
        return _("the whole file")
    column = one["column"]
    return _("the whole report") if pd.isna(column) else sentence(str(FIGURES[column].inside))


def _made(day: Day, one: pd.Series) -> str:
    """What the office made of a figure."""
    if one["value"] == REJECT:
        return _("set aside")
    if one["value"] == NOT_A_REPORT:
        return _("no report")
    if pd.notna(one["told_by"]):
        return spoken.told(told(one["value"]))
    if pd.notna(one["value_before"]) and one["value"] == one["value_before"]:
        return _("confirmed")
    return _shown(day, one["column"], one["value"])


def _unit(day: Day, one: pd.Series) -> str:
    if pd.isna(one["unit_code"]):
        return str(one["file"])
    return day.campaign.full_names.get(one["unit_code"], str(one["unit_code"]))


def _shown(day: Day, column: object, value: object) -> str:
    if pd.isna(value):
        return formats.MISSING
    if column == "unit_code":
        return day.campaign.full_names.get(str(value), str(value))
    return str(spoken.fact("" if pd.isna(column) else str(column), value))
