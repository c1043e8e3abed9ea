"""Two clocks: what was known then, against what is known now, number by number."""

from __future__ import annotations

import pandas as pd

COLUMNS = [
    "unit_code", "unit_name", "report_date", "column", "known_then", "known_now", "file",
    "received_at",
]  # fmt: skip
COMPARED = ("installs_cumulative", "status", "reading")


def changes(then: pd.DataFrame, now: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """What of the units' days has changed between two moments of knowledge.

    Only what was reported is compared: a figure that is carried from another day changes with
    that day, and is told there.

    Args:
        then, now: `Day.history`: one row per unit and day.
        judged: The reports known now, which `now.report` points into.

    Returns:
        One row per changed value, by day and unit: `column` (installs_cumulative, status or
        reading), `known_then` and `known_now` (texts, missing where nothing was known), and the
        report that changed it: `file`, `received_at`.
    """
    key = ["unit_code", "report_date"]
    both = _reported(now).merge(_reported(then)[[*key, *COMPARED]], on=key, suffixes=("", "_then"))
    out = pd.concat([_changed(both, column) for column in COMPARED], ignore_index=True)
    of_report = judged[["file", "received_at"]].reindex(out["report"]).set_axis(out.index)
    out = out.assign(file=of_report["file"], received_at=of_report["received_at"])
    order = out["column"].map({name: place for place, name in enumerate(COMPARED)})
    out = out.assign(order=order).sort_values(["report_date", "unit_code", "order"], kind="stable")
    return out[COLUMNS].reset_index(drop=True)


def _reported(history: pd.DataFrame) -> pd.DataFrame:
    """The history without what is carried."""
    carried = history["carried_from"].notna()
    out = history.copy()
    for column in ("installs_cumulative", "reading", "report"):
        out[column] = out[column].mask(carried)
    return out


def _changed(both: pd.DataFrame, column: str) -> pd.DataFrame:
    before, after = both[f"{column}_then"].astype("string"), both[column].astype("string")
    differs = before.fillna("") != after.fillna("")
    frame = both.loc[differs, ["unit_code", "unit_name", "report_date", "report"]]
    return frame.assign(column=column, known_then=before[differs], known_now=after[differs])
