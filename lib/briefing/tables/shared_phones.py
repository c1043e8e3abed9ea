"""The same phone in the reports of two units: one of them counts somebody who is not its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

MOST_OTHERS = 5  # units named one by one; with more, the number is an office's, not a person's
PARTS = 16  # in which phones are looked at, as none needs anything of another

Each = Callable[[Callable[[Any], Any], Iterable[Any], int], Iterable[Any]]
"""As `Cluster.each`: what comes of a function, of each of so many tasks, in their order."""


def in_several_units(
    rows: pd.DataFrame, whose: pd.Series, each: Each | None = None
) -> pd.DataFrame:
    """The rows with a phone that stands in reports of several units: few of all there are.

    Phones are looked at in parts by their hashes: what a part takes of memory is a sixteenth, and
    other processes can do it.

    Args:
        rows: The register's rows: `report`, `phone` (a keyed hash).
        whose: Code of the unit of each report, by its number.
        each: Has the parts looked at elsewhere; `None`: in this process.
    """
    units = pd.factorize(whose)[0].astype("int32")[whose.index.get_indexer(rows["report"])]
    phones = rows["phone"].to_numpy("uint64", na_value=0)
    known = rows["phone"].notna().to_numpy() & (units >= 0)
    part = np.where(known, phones % PARTS, PARTS).astype("uint8")
    order = np.argsort(part, kind="stable")
    ends = np.bincount(part, minlength=PARTS).cumsum()[:PARTS]
    of_part = np.split(order, ends)[:PARTS]
    tasks = ((phones[at], units[at]) for at in of_part)
    found = np.zeros(len(rows), bool)
    done = each(_in_several, tasks, PARTS) if each else map(_in_several, tasks)
    for at, shared in zip(of_part, done, strict=True):
        found[at] = shared
    return rows[found]


def _in_several(part: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Of which phones several units hold the same; each with a number of its unit."""
    phones, units = part
    phone, known = pd.factorize(phones)
    least = np.full(len(known), np.iinfo(units.dtype).max, units.dtype)
    most = np.full(len(known), -1, units.dtype)
    np.minimum.at(least, phone, units)
    np.maximum.at(most, phone, units)
    return (least < most)[phone]


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
    of_unit = own.drop_duplicates(["unit_code", "phone"])
    several = of_unit["phone"].duplicated(keep=False)
    shared = of_unit[several]
    today = in_force.loc[in_force["carried_from"].isna(), "unit_code"]
    own_rows = shared[shared["unit_code"].isin(today)]
    pairs = own_rows.merge(shared[["phone", "unit_code"]], on="phone", suffixes=("", "_other"))
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
