"""Charts for the analyst, who looks for what stands behind the page."""

from __future__ import annotations

import dataclasses

import pandas as pd

from briefing import charts, formats
from briefing.catalog.rules import label
from briefing.documents.blocks import Figure
from briefing.documents.figures import figure_block
from briefing.documents.wording import in_sectors, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.chart_data import every_place, kinds


def sourced(figure: Figure | None) -> Figure | None:
    """The same figure, if there is one, with the CSV that holds its numbers named under it."""
    if figure is None:
        return None
    source = _("Numbers: {file}.", file=f"tables/charts/{figure.id}.csv")
    return dataclasses.replace(figure, note=f"{figure.note} {source}".strip())


def bodies_dots(day: Day) -> Figure | None:
    """The bodies that report once, by sector; nothing where there are none."""
    if day.bodies.empty:
        return None
    target = day.campaign.once.target
    bodies = in_sectors(day.bodies, day.campaign)
    return figure_block(
        charts.body_dots(bodies, target),
        id="bodies-dots",
        title=_bodies_title(day, target),
    )


def findings_kinds(day: Day) -> Figure:
    """How often each kind of finding was met."""
    counts = kinds(day)
    return figure_block(
        charts.findings_bars(counts),
        id="findings-kinds",
        title=_findings_title(counts),
        more=_("All findings are in tables/findings.csv."),
    )


def places_bars(day: Day, unit_code: str = "") -> Figure:
    """The places of one unit.

    Args:
        unit_code: Whose; if empty, that of the units with places which needs most people still.
    """
    every = every_place(day)
    code = unit_code or _neediest(day, every)
    places = every[every["unit_code"] == code]
    return figure_block(
        charts.place_bars(places),
        id="places-bars",
        title=_places_title(day, code, places),
    )


def _bodies_title(day: Day, target: float) -> str:
    known = day.bodies["coverage"].dropna()
    values = {
        "bodies": day.campaign.terms.bodies,
        "reported": len(known),
        "all": len(day.bodies),
        "target": formats.target(target),
    }
    if known.empty:
        return sentence(_("No report of {bodies} has come yet", **values))
    below = int((known < target).sum())
    return sentence(
        _("{n} of the {reported} {bodies} that have reported are below {target}; {rest} of {all} "
          "have no usable report yet", n=below, rest=len(day.bodies) - len(known), **values)
    )  # fmt: skip


def _findings_title(counts: pd.DataFrame) -> str:
    if counts.empty:
        return _("Nothing was found to be wrong")
    by_severity = counts.groupby("severity")["findings"].sum()
    asking = counts[counts["severity"] != "info"].sort_values(
        ["findings", "rule"], ascending=[False, True], kind="stable"
    )
    if asking.empty:
        return _(
            "{n} notes for information, and nothing to ask of anybody", n=int(by_severity.sum())
        )
    counted = [
        text
        for severity, text in (
            ("error", _("{n} errors", n=int(by_severity.get("error", 0)))),
            ("warning", _("{n} points to be checked", n=int(by_severity.get("warning", 0)))),
        )
        if severity in by_severity
    ]
    return _(
        "{counts}; most often: {rule} ({n})",
        counts=", ".join(counted),
        rule=label(asking["rule"].iloc[0]),
        n=int(asking["findings"].iloc[0]),
    )


def _neediest(day: Day, every: pd.DataFrame) -> str:
    having = day.units[day.units["unit_code"].isin(every["unit_code"])]
    if having.empty:
        return ""
    needed = having["numerator_needed"].fillna(0)
    return str(having["unit_code"][needed.idxmax()])


def _places_title(day: Day, code: str, places: pd.DataFrame) -> str:
    known = places.dropna(subset=["place", "numerator_cumulative"])
    known = known.sort_values("numerator_cumulative", kind="stable")
    if known.empty:
        return _("No report gives figures by {locality}")
    if len(known) == 1:
        return _(
            "{unit} reports for one {locality} only: {place}",
            unit=known["unit_name"].iloc[0],
            place=known["place"].iloc[0],
        )
    most, least = known.iloc[-1], known.iloc[0]
    return _(
        "{unit}: {done} are the most in {most} ({n_most}), the fewest in {least} ({n_least})",
        unit=most["unit_name"],
        done=day.campaign.terms.done,
        most=most["place"],
        n_most=int(most["numerator_cumulative"]),
        least=least["place"],
        n_least=int(least["numerator_cumulative"]),
    )
