"""The same day as an office gets it from the usual tools, each called as its manual says.

One notebook reads the workbooks with pandas (openpyxl) and the forms with python-docx, groups them,
shows a table and two charts; papermill runs it, nbconvert makes the page, a browser prints it.
Needs Chromium.  python usual_stack.py INBOX OUT.pdf
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
PARAMETERS = 'inbox = "inbox"'
CELLS = (
    """from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from docx import Document""",
    '''def read(path):
    """Every row of every sheet or table."""
    if path.suffix == ".xlsx":
        return pd.concat(pd.read_excel(path, sheet_name=None, header=None).values())
    rows = [[c.text for c in row.cells] for t in Document(path).tables for row in t.rows]
    return pd.DataFrame(rows)


def figure(path):
    """The sum of the numbers in each row's last column."""
    last = read(path).iloc[:, -1]
    return pd.to_numeric(last, errors="coerce").sum()''',
    """files = sorted(p for p in Path(inbox).rglob("*") if p.suffix in (".xlsx", ".docx"))
figures = pd.DataFrame(
    {"folder": p.parent.name, "unit": p.stem, "installs": figure(p)} for p in files
)""",
    """largest = figures.nlargest(17, "installs")
largest""",
    'largest.plot.barh(x="unit", y="installs", figsize=(7, 4));',
    """total = figures.groupby("folder", as_index=False)["installs"].sum()
total.plot(x="folder", y="installs", marker="o", figsize=(7, 2.5));""",
)


def browser() -> str | None:
    """The browser that prints, if the machine has one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def main(inbox: Path, out: Path) -> None:
    """Print the day's page; what is made on the way lies beside it."""
    source, executed, page = (
        out.with_name(name) for name in ("day.ipynb", "executed.ipynb", "page.html")
    )
    notebook = nbformat.v4.new_notebook(metadata=KERNEL)
    parameters = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    notebook.cells = [parameters, *map(nbformat.v4.new_code_cell, CELLS)]
    nbformat.write(notebook, source)
    steps = (
        [sys.executable, "-m", "papermill", source, executed, "-p", "inbox", inbox],
        [sys.executable, "-m", "nbconvert", "--to", "html", "--no-input", executed,
         "--output", page],
        [browser() or BROWSERS[0], "--headless", "--no-sandbox", "--disable-gpu",
         "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()],
    )  # fmt: skip
    for step in steps:
        subprocess.run(list(map(str, step)), check=True, stdout=subprocess.DEVNULL)
    if not out.read_bytes().startswith(b"%PDF"):
        raise RuntimeError(f"{out}: not printed")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())
