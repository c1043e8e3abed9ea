"""People whom the reports of two units count: told once, on the day that they first stand in both.

Which of the two is right nobody knows but they: the figures of both are in doubt by these people.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from briefing.tables.reporting import has_own_figure, typed
from briefing.tables.shared_phones import MOST_OTHERS

ENOUGH = 0.02  # of a unit's figure; with fewer its rate moves by less than in a day
ADDED_UP, OF_THE_DAY = "per_person", "roster_today"
FOUND = {"report": "Int64", "people": "Int64", "gone": "bool"}
BY_PERSON = (ADDED_UP, OF_THE_DAY, "roster_all", "flag")


def shared_people(history: pd.DataFrame, rows: pd.DataFrame, readings: pd.Series) -> pd.DataFrame:
    """Reports that count many people who are counted in another unit too.

    A phone in the reports of many units is an office's. Reports that count no persons, but places
    or their own total, are none of these.

    Args:
        history: One row per unit and day, in order of days: `report_date`, `unit_code`, `report`
            (the one in force), `carried_from`, `numerator_cumulative` (persons).
        rows: The register's rows: `report`, `phone` (a keyed hash), `value` (persons), `used`.
        readings: Of each report, by its number.

    Returns:
        One row per report: `report`, `people` (persons that no earlier report of the unit shared,
        where they are a fiftieth of its figure), `gone`: whether they no longer stand in both.
    """
    if rows.empty:
        return typed(pd.DataFrame(columns=[*FOUND]), FOUND)
    people = _of_several_units(history, rows, readings)
    days = history if len(people) else history.head(0)
    met: dict[str, set[int]] = defaultdict(set)
    found: list[dict[str, Any]] = []
    still: dict[str, set[int]] = {}
    for _day, units in days.groupby("report_date"):
        here = _in_force(units, people)
        still = {code: set(own["phone"]) for code, own in here.groupby("unit_code")}
        for report, own in here[here["carried_from"].isna()].groupby("report"):
            code, figure = own[["unit_code", "numerator_cumulative"]].iloc[0]
            new = own[~own["phone"].isin(met[code])]
            met[code] |= set(new["phone"])
            count = int(new["people"].sum())
            if count and count >= ENOUGH * figure:
                phones = set(new["phone"])
                found.append({"report": report, "people": count, "code": code, "phones": phones})
    newest = history.drop_duplicates("unit_code", keep="last").set_index("unit_code")["report"]
    adding = newest.map(readings).eq(OF_THE_DAY)  # they need not name again whom they are added to
    for one in found:
        one["gone"] = not adding[one["code"]] and not one["phones"] & still.get(one["code"], set())
    return typed(pd.DataFrame(found, columns=[*FOUND]), FOUND)


def _of_several_units(
    history: pd.DataFrame, rows: pd.DataFrame, readings: pd.Series
) -> pd.DataFrame:
    """`report`, `unit_code`, `phone`, `people` of phones that reports of several units ever had."""
    sent = history[has_own_figure(history)]
    whose = sent.drop_duplicates("report").set_index("report")["unit_code"]
    whose = whose[whose.index.to_series().map(readings).isin(BY_PERSON)]
    counted = rows["report"].isin(whose.index) & rows["phone"].notna() & rows["used"]
    own = rows.loc[counted, ["report", "phone", "value"]]
    own = own[own["phone"].duplicated(keep=False)]
    own = own.assign(unit_code=own["report"].map(whose))
    phones = own.drop_duplicates(["unit_code", "phone"])["phone"]
    own = own[own["phone"].isin(phones[phones.duplicated()])]
    added_up = own["report"].map(readings).eq(ADDED_UP).fillna(False)
    own = own[added_up | ~own.duplicated(["report", "phone"])]
    people = own["value"].fillna(0).where(added_up, 1)
    keys = ["report", "unit_code", "phone"]
    return own.assign(people=people).groupby(keys, as_index=False)["people"].sum()


def _in_force(units: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The people of a day's reports in force whom another of them counts too."""
    columns = ["report", "unit_code", "carried_from", "numerator_cumulative"]
    here = units[columns].merge(people, on=["report", "unit_code"])
    others = here.groupby("phone")["unit_code"].transform("nunique") - 1
    return here[others.between(1, MOST_OTHERS)]
