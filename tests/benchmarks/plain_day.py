"""The least that a day costs: read the files, group, draw the charts, compile one page.

No checks, no register, no notebooks: what a plain script with the same libraries would do.
Run by `bench_day.py`:  python plain_day.py INBOX OUT.pdf
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import typst
from docx import Document
from python_calamine import CalamineError, CalamineWorkbook

from briefing import charts

PAGE = """
#set page(paper: "a4")
#set document(title: "Day")
#let data = json("data.json")
= Day
#for (name, drawing) in data.charts { image(bytes(drawing), format: "svg", alt: name) }
#table(columns: data.columns.len(), table.header(..data.columns), ..data.rows.flatten())
"""


def cells(path: Path) -> list[list[object]]:
    """Every row of every sheet or table."""
    try:
        if path.suffix == ".xlsx":
            book = CalamineWorkbook.from_path(path)
            return [
                r for name in book.sheet_names for r in book.get_sheet_by_name(name).to_python()
            ]
        tables = Document(str(path)).tables
        return [[c.text for c in row.cells] for table in tables for row in table.rows]
    except CalamineError:
        return []


def grouped(inbox: Path) -> pd.DataFrame:
    """One figure per file: the sum of the numbers in each row's last filled cell."""
    records = []
    for path in sorted([*inbox.rglob("*.xlsx"), *inbox.rglob("*.docx")]):
        last = [row[-1] for row in cells(path) if row]
        number = pd.to_numeric(pd.Series(last, dtype=object), errors="coerce").sum()
        records.append({"day": path.parent.name, "unit": path.stem, "installs": float(number)})
    return pd.DataFrame(records)


def drawings(figures: pd.DataFrame) -> dict[str, str]:
    """The four charts of the day's notebooks, from data of the same shape."""
    days = pd.date_range("2021-08-10", "2021-08-16")
    codes = [f"unit {n}" for n in range(17)]
    share = (figures["installs"] % 60 + 20).head(17) / 100
    units = pd.DataFrame(
        {
            "unit_name": codes,
            "coverage": share.to_numpy(),
            "coverage_change": 0.01,
            "carried_from": pd.NaT,
        }
    )
    history = pd.concat(
        [units.assign(unit_code=codes, report_date=day, carried=False) for day in days]
    )
    town = pd.DataFrame(
        {
            "report_date": days,
            "coverage": share.mean(),
            "installs_carried": 0,
            "installs_cumulative": 1,
        }
    )
    targets = [(0.6, pd.Timestamp("2021-08-20")), (0.9, pd.Timestamp("2021-08-30"))]
    grid = pd.DataFrame("on_time", index=codes, columns=days)
    figure = {
        "trend": charts.town_trend(town, targets),
        "bars": charts.commune_bars(units, 0.6),
        "trends": charts.small_multiples(history, targets),
        "grid": charts.reporting_grid(grid),
    }
    return {name: charts.as_svg(drawn, name) for name, drawn in figure.items()}


def main(inbox: Path, out: Path) -> None:
    figures = grouped(inbox)
    by_day = figures.groupby("day", as_index=False)["installs"].sum()
    data = {
        "columns": list(by_day.columns),
        "rows": by_day.astype(str).to_numpy().tolist(),
        "charts": drawings(figures),
    }
    (out.parent / "data.json").write_text(json.dumps(data), encoding="utf-8")
    (out.parent / "page.typ").write_text(PAGE, encoding="utf-8")
    out.write_bytes(typst.compile(out.parent / "page.typ"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
