"""The same day as an office gets it elsewhere, beside this project's page, in one picture.

From the published tables of a day: a notebook of pandas tables through nbconvert's default
template, a plain typeset report, a table of reporting rates as health information systems show it.
Needs Chromium.  python pages_elsewhere.py outputs/2021-08-18 OUT.png
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pandas as pd
import typst
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, GAP, HEAD = 900, 1270, 24, 44  # pixels
NOTEBOOK = (
    "# Coverage report",
    'import pandas as pd\ncommunes = pd.read_csv("communes.csv")\ntown = pd.read_csv("town.csv")',
    'town[["report_date", "installs_cumulative", "coverage"]].tail()',
    "communes",
    'town.plot(x="report_date", y="coverage")',
)
REPORT = """
#set page(paper: "a4")
#set document(title: "Coverage report")
#align(center)[#text(17pt)[*Coverage report*]]
= Results
#let rows = csv("rows.csv")
#figure(table(columns: rows.at(0).len(), ..rows.flatten()), caption: [Coverage by commune])
"""
RATES = """<!doctype html><meta charset="utf-8"><style>
body { font: 14px Roboto, Arial, sans-serif; margin: 20px } h3 { font-weight: 500 }
table { border-collapse: collapse } th { background: #dae6f8 } td, th { border: 1px solid #c6cfdb;
padding: 6px 12px } td:not(:first-child) { text-align: right }</style>
<h3>Reporting rate summary</h3>"""


def by_nbconvert(tables: Path, folder: Path) -> Path:
    """A notebook of pandas tables, executed, through the default template."""
    notebook = nbformat.v4.new_notebook()
    first, *codes = NOTEBOOK
    notebook.cells = [nbformat.v4.new_markdown_cell(first), *map(nbformat.v4.new_code_cell, codes)]
    NotebookClient(notebook, resources={"metadata": {"path": str(tables)}}).execute()
    page = folder / "notebook.html"
    page.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    return photographed(page)


def by_typesetting(tables: Path, folder: Path) -> Path:
    """A heading and the table of the units, as a plain typeset report has them."""
    units = pd.read_csv(tables / "communes.csv", encoding="utf-8-sig", dtype=str)
    columns = ["unit_name", "smartphone_owners", "installs_cumulative", "coverage", "status"]
    units[columns].to_csv(folder / "rows.csv", index=False)
    (folder / "report.typ").write_text(REPORT, encoding="utf-8")
    picture = folder / "report.png"
    pages = typst.compile(folder / "report.typ", format="png", ppi=110)
    picture.write_bytes(pages[0] if isinstance(pages, list) else pages)
    return picture


def by_reporting_rates(tables: Path, folder: Path) -> Path:
    """Actual and expected reports of the period, with rates."""
    history = pd.read_csv(tables / "charts/reporting-grid.csv", encoding="utf-8-sig")
    due = history[history["due"]]
    counted = due.groupby("unit_name")["status"].agg(
        Actual=lambda s: int((s != "missing").sum()),
        Expected="size",
        OnTime=lambda s: int((s == "on_time").sum()),
    )
    rates = counted.assign(
        Percent=(100 * counted["Actual"] / counted["Expected"]).round(1),
        PercentOnTime=(100 * counted["OnTime"] / counted["Expected"]).round(1),
    ).reset_index(names="Organisation unit")
    page = folder / "rates.html"
    page.write_text(RATES + rates.to_html(index=False, border=0), encoding="utf-8")
    return photographed(page)


def photographed(page: Path) -> Path:
    """The first screen of a page in Chromium."""
    picture = page.with_suffix(".png")
    subprocess.run(
        [
            shutil.which("chromium") or "chromium",
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={picture}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
    )
    return picture


def beside(pictures: dict[str, Path]) -> Image.Image:
    """The pictures in a row, each under its name."""
    font = ImageFont.load_default(26)
    whole = Image.new("RGB", (len(pictures) * (WIDTH + GAP) - GAP, HEIGHT + HEAD), "#d0d4d8")
    draw = ImageDraw.Draw(whole)
    for place, (name, path) in enumerate(pictures.items()):
        left = place * (WIDTH + GAP)
        with Image.open(path) as picture:
            scaled = picture.convert("RGB")
            scaled = scaled.resize((WIDTH, round(scaled.height * WIDTH / scaled.width)))
            whole.paste(scaled.crop((0, 0, WIDTH, min(scaled.height, HEIGHT))), (left, HEAD))
        draw.text((left + 8, 6), name, "#202428", font=font)
    return whole


def main(day: Path, out: Path) -> None:
    """Compare a published day, its HTML page among them."""
    tables = day / "tables"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = shutil.copy2(day / "briefing.html", folder / "own.html")
        whole = beside(
            {
                "nbconvert, default template": by_nbconvert(tables.resolve(), folder),
                "a plain typeset report": by_typesetting(tables, folder),
                "reporting rates": by_reporting_rates(tables, folder),
                "this project": photographed(Path(own)),
            }
        )
    whole.resize((whole.width // 2, whole.height // 2)).quantize(128).save(out, optimize=True)
    print(f"{out}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
