"""The same phone in the reports of two units: one of them counts somebody who is not its own."""

from __future__ import annotations

import pandas as pd

MOST_OTHERS = 5  # units named one by one; with more, the number is an office's, not a person's


def numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """The register's rows with a number in the place of each phone.

    Phones of all reports are compared with one another several times, numbers far faster than
    texts.
    """
    numbers, _phones = pd.factorize(rows["phone"])
    return rows.assign(phone=pd.Series(numbers, rows.index, "Int64").mask(numbers < 0))


def shared_phones(units: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Phones that stand in the reports in force of two units.

    A campaigner's phone stands in the report of every day, so only the newest report of each
    unit counts. Phones are compared by their keyed hashes.

    Args:
        units: One row per unit: `unit_code`, `unit_name`, `report` (the one in force, be it of an
            earlier day), `carried_from`.
        rows: The register's rows: `report`, `cell`, `phone`.

    Returns:
        One row per report of the day and other unit, by unit: `unit_code`, `report`, `other` (code;
        missing for several at once), `other_name`, `others` (how many units), `phones` (how many),
        `cells` (of the rows, in their order).
    """
    in_force = units[units["report"].notna()]
    own = rows.loc[rows["report"].isin(in_force["report"]), ["report", "cell", "phone"]]
    own = own[own["phone"].notna() & own["phone"].duplicated(keep=False)]
    own = own.merge(in_force[["report", "unit_code"]].astype({"report": "int64"}), on="report")
    once = own.drop_duplicates(["unit_code", "phone"])
    several = once["phone"].duplicated(keep=False)
    shared = once[several]
    today = in_force.loc[in_force["carried_from"].isna(), "unit_code"]
    mine = shared[shared["unit_code"].isin(today)]
    pairs = mine.merge(shared[["phone", "unit_code"]], on="phone", suffixes=("", "_other"))
    pairs = pairs[pairs["unit_code"] != pairs["unit_code_other"]]
    found = [
        entry
        for (unit, report), group in pairs.groupby(["unit_code", "report"], sort=True)
        for entry in _of_report(unit, report, group)
    ]
    columns = ["unit_code", "report", "other", "others", "phones", "cells"]
    frame = pd.DataFrame(found, columns=columns)
    names = units.set_index("unit_code")["unit_name"]
    return frame.assign(other_name=frame["other"].map(names))


def _of_report(unit: str, report: int, pairs: pd.DataFrame) -> list[tuple]:
    others = pairs["unit_code_other"].unique()
    if len(others) > MOST_OTHERS:
        cells = list(pairs.drop_duplicates("phone")["cell"])
        return [(unit, report, None, len(others), len(cells), cells)]
    return [
        (unit, report, other, 1, len(group), list(group["cell"]))
        for other, group in pairs.groupby("unit_code_other", sort=True)
    ]
