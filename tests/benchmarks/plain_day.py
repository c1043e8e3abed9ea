"""The floor: the least that a day costs. Read the files, group, draw two charts, compile one page.

No checks, no register, no notebooks, nothing of this project: what a plain script with the same
libraries would do.  python plain_day.py INBOX OUT.pdf
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pandas as pd
import typst
from docx import Document
from matplotlib.figure import Figure
from python_calamine import CalamineError, CalamineWorkbook

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
        records.append({"folder": path.parent.name, "unit": path.stem, "installs": float(number)})
    return pd.DataFrame(records)


def drawn(figures: pd.DataFrame, total: pd.DataFrame) -> dict[str, str]:
    """A bar for each of the largest files, and the sums of the folders."""
    largest = figures.nlargest(17, "installs")
    bars, line = Figure(figsize=(7, 4)), Figure(figsize=(7, 2.5))
    bars.subplots().barh(largest["unit"], largest["installs"])
    line.subplots().plot(total["folder"], total["installs"], marker="o")
    return {"units": as_svg(bars), "folders": as_svg(line)}


def as_svg(figure: Figure) -> str:
    stream = io.StringIO()
    figure.savefig(stream, format="svg")
    return stream.getvalue()


def main(inbox: Path, out: Path) -> None:
    figures = grouped(inbox)
    total = figures.groupby("folder", as_index=False)["installs"].sum()
    data = {
        "columns": list(total.columns),
        "rows": total.astype(str).to_numpy().tolist(),
        "charts": drawn(figures, total),
    }
    (out.parent / "data.json").write_text(json.dumps(data), encoding="utf-8")
    (out.parent / "page.typ").write_text(PAGE, encoding="utf-8")
    out.write_bytes(typst.compile(out.parent / "page.typ"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
