"""As many units as a whole province has, with long names: what charts must still show."""

from __future__ import annotations

import numpy as np
import pandas as pd

KINDS = (
    "Phường Hoài Thanh Tây", "Xã Hoài Mỹ", "Thị trấn Bình Dương", "Xã An Hảo Tây",
    "Phường Trần Quang Diệu", "Xã Vĩnh Thịnh", "Phường Nguyễn Văn Cừ Nối Dài Khu Đô Thị Mới",
)  # fmt: skip


def names(count: int) -> list[str]:
    return [f"{KINDS[n % len(KINDS)]} {n + 1}" for n in range(count)]


def history(count: int = 159, days: int = 15) -> pd.DataFrame:
    """One row per unit and day; unit 6 has no figure, every 13th none on the first days."""
    chance = np.random.default_rng(3)
    rows = []
    for n, name in enumerate(names(count)):
        values = chance.uniform(0.2, 0.6) + np.cumsum(chance.uniform(-0.003, 0.03, days))
        for d, day in enumerate(pd.date_range("2021-08-10", periods=days)):
            known = n != 5 and not (n % 13 == 0 and d < days // 3)
            carried = bool(known and d and chance.random() < 0.04)
            rows.append((day, f"{n:05}", name, values[d] if known else None, carried))
    columns = ["report_date", "unit_code", "unit_name", "coverage", "carried"]
    frame = pd.DataFrame(rows, columns=columns).astype({"coverage": "Float64"})
    by_day = frame.groupby("report_date")["coverage"]
    return frame.assign(rank=by_day.rank(ascending=False, method="min").astype("Int64"))


def units(count: int = 159) -> pd.DataFrame:
    """The last day of `history`; no unit has a place in a layout."""
    past = history(count)
    last = past[past["report_date"] == past["report_date"].max()].reset_index(drop=True)
    nowhere = pd.array([None] * count, "Int64")
    return last.assign(
        coverage_change=pd.array([0.012] * count, "Float64"),
        carried_from=last["report_date"].where(last["carried"]) - pd.Timedelta(days=1),
        short_label=last["unit_name"].str.replace("Phường", "P.").str.replace("Xã", "X."),
        tile_row=nowhere,
        tile_col=nowhere,
    )


def statuses(count: int = 159, days: int = 15) -> pd.DataFrame:
    """Nine reports in ten on time."""
    chance = np.random.default_rng(4)
    kinds = ["on_time", "late", "missing", "empty", "unreadable"]
    drawn = chance.choice(kinds, (count, days), p=[0.9, 0.05, 0.03, 0.01, 0.01])
    dates = pd.date_range("2021-08-10", periods=days)
    return pd.DataFrame(drawn, index=names(count), columns=dates).astype(object)
