"""The numbers of each chart, by the chart's id: what is drawn, and what is written beside it."""

from __future__ import annotations

import pandas as pd

from briefing.tables.day import Day

OF_INDICATOR = ("whole-trend", "units-bars", "units-trends")
"""Charts of the figures of one indicator, by their ids; the others are of all reports, or of what
only the first one has."""


def chart_data(day: Day) -> dict[str, pd.DataFrame]:
    """The table of every chart of the day, under the id that its figure has.

    Returns:
        Tables as the contract writes them: fractions and persons unformatted, missing left so.
        Published as `tables/charts/<id>.csv`.
    """
    charts = {
        "whole-trend": trend(day),
        "units-bars": bars(day),
        "units-map": positions(day),
        "units-trends": daily(day)[["report_date", *_UNIT, "coverage", "carried_from"]],
        "reporting-grid": daily(day)[["report_date", *_UNIT, "status", "due"]],
        "places-bars": every_place(day),
        "bodies-dots": day.bodies[["body_code", "body_name", "sector", "coverage", "status"]],
        "findings-kinds": kinds(day),
    }
    lacking = {"bodies-dots": day.bodies.empty, "units-map": not placed(day)}
    return {name: table for name, table in charts.items() if not lacking.get(name)}


_UNIT = ["unit_code", "unit_name"]


def trend(day: Day) -> pd.DataFrame:
    """The whole by day, as far as days are comparable, then where it goes from here."""
    known = comparable(day)[["report_date", "coverage", "numerator_carried"]]
    columns = ["report_date", "coverage", "numerator_carried", "low", "median", "high"]
    return pd.concat([known.reindex(columns=columns), projection_of(day)], ignore_index=True)


def comparable(day: Day) -> pd.DataFrame:
    """`day.whole`, without the coverage of days on which fewer units were counted than on the last:
    they are of another whole; `in_doubt`: whether it is another one without what is in doubt."""
    same = day.whole["units_counted"] == day.whole["units_counted"].iloc[-1]
    other = day.whole["coverage"].notna() & day.whole["coverage_sure"].ne(day.whole["coverage"])
    return day.whole.assign(
        coverage=day.whole["coverage"].where(same), in_doubt=other.fillna(True).astype(bool)
    )


def projection_of(day: Day) -> pd.DataFrame:
    """The projection of the whole: `report_date`, `low`, `median`, `high`; empty if none.

    One made from an earlier day's figures would not start where the line ends, and is left out.
    """
    ahead = day.projection[day.projection["area"].eq(day.campaign.area.code)]
    ahead = ahead[ahead["made_from"].eq(pd.Timestamp(day.date))]
    return ahead[["report_date", "low", "median", "high"]]


def bars(day: Day) -> pd.DataFrame:
    """Each unit's coverage, and its change since the report before."""
    columns = [*_UNIT, "coverage", "coverage_change", "carried_from", "in_doubt"]
    doubtful = day.units["unit_code"].isin(day.in_doubt["unit_code"])
    ordered = day.units.assign(in_doubt=doubtful)
    ordered = ordered.sort_values("rank", na_position="last", kind="stable")
    return ordered[columns].reset_index(drop=True)


def positions(day: Day) -> pd.DataFrame:
    """Each unit's coverage and its place in the layout of units.csv."""
    places = day.campaign.units[["unit_code", "short_label", "tile_row", "tile_col"]]
    known = day.units[["unit_code", "unit_name", "coverage", "carried_from"]]
    return known.merge(places, on="unit_code", how="left").astype(
        {"tile_row": "Int64", "tile_col": "Int64"}
    )


def placed(day: Day) -> bool:
    """Whether a layout says where units lie, so that they can be drawn as a map."""
    return bool(day.campaign.units["tile_row"].notna().any())


def daily(day: Day) -> pd.DataFrame:
    """Every unit on every day of the campaign up to this one."""
    return day.history.reset_index(drop=True)


def every_place(day: Day) -> pd.DataFrame:
    """The places of the units that report them, and those that their reports do not name.

    Of the places in params only those are expected whose name has been checked.
    """
    given, known = day.places.drop(columns="report_date"), day.campaign.places
    checked = known[known["unit_code"].isin(given["unit_code"]) & known["status"].ne("memory")]
    names = checked["unit_code"].map(day.campaign.full_names)
    expected = checked[["unit_code", "place"]].assign(unit_name=names)
    both = given.merge(expected, on=["unit_code", "unit_name", "place"], how="outer")
    both = both.merge(known[["unit_code", "place", "label"]], on=["unit_code", "place"], how="left")
    both = both.assign(place=both["label"].fillna(both["place"])).drop(columns="label")
    return both.sort_values(["unit_code", "place"], kind="stable", ignore_index=True)


def kinds(day: Day) -> pd.DataFrame:
    """How often each rule was met, by severity."""
    counted = day.findings.groupby(["severity", "rule"]).size()
    return counted.rename("findings").reset_index()
