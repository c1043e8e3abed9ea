"""Whether two checkouts of this project publish the same, byte for byte or cell by cell.

    python tests/published_bytes.py make CHECKOUT FOLDER [--small]
    python tests/published_bytes.py compare BEFORE AFTER

`make` publishes the sample's days, a period, pages of units, forms and traces of figures into a
folder; `compare` holds two such folders against each other and lists what differs. What a run says
of itself alone is left out: when it was made, how long it took, with which versions.
"""

from __future__ import annotations

import base64
import difflib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdf

LAST = "2021-08-22"  # of the sample
DAYS = ("2021-08-16", *(f"2021-08-{day}" for day in range(18, 23)))
UNITS = ("21640", "21661", "21643")
FIGURES = (
    ("HN", "coverage"), ("HN", "coverage_change"), ("HN", "pace_observed"),
    ("HN", "pace_required"), ("HN", "rise_change"), ("HN", "reports_late"),
    ("21640", "installs_cumulative"), ("21640", "installs_needed"), ("21640", "rank"),
    ("21661", "installs_new"), ("21661", "pace_observed"), ("21643", "target_coverage"),
    ("CQ001", "staff_installed"), ("CQ002", "coverage"), ("CQ003", "installs_needed"),
)  # fmt: skip
OF_THE_RUN = ("taken_at", "seconds", "libraries", "kernels")
SHOWN = 6  # differences of one file


def make(checkout: Path, folder: Path, *, small: bool) -> None:
    """Publish everything that is compared into a folder, by the library of a checkout."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("params", "notebooks"):
        shutil.copytree(checkout / name, folder / name)
    run = _Runs(checkout, folder)
    days = ("2021-08-18",) if small else DAYS
    run("sample", "inbox", "--until", LAST)
    for day in days:
        run("daily", "--date", day, "--as-of", f"{day}T23:30")
    run("daily", "--date", days[-1], "--as-of", f"{LAST}T23:30", "--lang", "en", outputs="english")
    run("period", "--from", "2021-08-16", "--to", days[-1], "--as-of", f"{LAST}T23:30")
    for unit in UNITS[:1] if small else UNITS:
        run("units", "--date", days[-1], "--as-of", f"{days[-1]}T23:30", "--unit", unit)
    run("forms", "forms", "--date", days[-1], outputs="")
    for lang in ("vi", "en"):
        for unit, column in FIGURES[:: 3 if small else 1]:
            about = (column, "--date", days[-1], "--unit", unit, "--lang", lang)
            run("trace", *about, kept=f"trace/{lang}-{unit}-{column}.txt")
            if lang == "vi":
                run("trace", *about, "--json", kept=f"trace/{unit}-{column}.json")


class _Runs:
    """The command line of a checkout, run in a folder."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self._folder = folder
        self._environment = os.environ | {"PYTHONPATH": str(checkout.resolve() / "lib")}

    def __call__(self, *arguments: str, outputs: str = "outputs", kept: str = "") -> None:
        """Run one command; `kept`: the file that what it prints is kept in."""
        given = ("--outputs", outputs) if outputs and arguments[0] != "sample" else ()
        done = subprocess.run(
            [sys.executable, "-m", "briefing.cli", *arguments, *given],
            cwd=self._folder, env=self._environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode and not kept:
            raise SystemExit(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
        if kept:
            path = self._folder / kept
            path.parent.mkdir(exist_ok=True)
            path.write_text(done.stdout + done.stderr, encoding="utf-8")


def compare(before: Path, after: Path) -> int:
    """Print what differs; the number of files that do."""
    files = [set(_published(folder)) for folder in (before, after)]
    different = 0
    for name in sorted(files[0] | files[1]):
        if not all(name in known for known in files):
            told = [f"only {'before' if name in files[0] else 'after'}"]
        else:
            told = list(_differences(before, after, name))
        if told:
            different += 1
            print(name, *(f"    {line}" for line in told[:SHOWN]), sep="\n")
    print(f"{len(files[0] | files[1])} files compared, {different} differ")
    return different


def _published(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") or part == "register" for part in name.split("/"))
        if path.is_file() and not hidden and not name.startswith(("params/", "notebooks/")):
            yield name


def _differences(before: Path, after: Path, name: str) -> Iterator[str]:
    contents = [
        (folder / name).read_bytes().replace(str(folder.resolve()).encode(), b"FOLDER")
        for folder in (before, after)
    ]
    if contents[0] == contents[1]:
        return
    told = [READ.get(Path(name).suffix, _lines)(content) for content in contents]
    for line in difflib.unified_diff(*told, lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            yield line[:300]


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").splitlines()


def _json(content: bytes) -> list[str]:
    """A manifest without what is of the run; a notebook without when and how often it ran."""
    told = json.loads(content)
    if "cells" in told:
        told = [_cell(cell) for cell in told["cells"]]
    else:
        told = {key: value for key, value in told.items() if key not in OF_THE_RUN}
    return json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True).splitlines()


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    outputs = cell.get("outputs", [])
    shown = [{k: v for k, v in one.items() if k != "execution_count"} for one in outputs]
    data = (data for one in shown for data in one.get("data", {}).values())
    for block in data:
        if isinstance(block, dict) and "packed" in block:
            block["packed"] = json.loads(zlib.decompress(base64.b64decode(block["packed"])))
    return {"source": cell["source"], "outputs": shown}


def _workbook(content: bytes) -> list[str]:
    """Each cell with all that is seen of it, and each sheet's measures."""
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        lines.append(f"{sheet.title} {sheet.freeze_panes} {sheet.auto_filter.ref}")
        lines += [
            f"{sheet.title} {at} {size.width}" for at, size in sheet.column_dimensions.items()
        ]
        lines += [f"{sheet.title} {r.sqref} {r.rules}" for r in sheet.conditional_formatting]
        lines += [
            f"{sheet.title}!{cell.coordinate} {cell.value!r} {cell.number_format} {cell.style_id}"
            for row in sheet.iter_rows()
            for cell in row
        ]
    return lines


def _package(content: bytes) -> list[str]:
    """The parts of a Word file but that which says when it was saved."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [
            f"{name}: {line}"
            for name in package.namelist()
            if name != "docProps/core.xml"
            for line in package.read(name).decode("utf-8", "replace").split(">")
        ]


def _paper(content: bytes) -> list[str]:
    return [
        line for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for line in page.extract_text().splitlines()
    ]  # fmt: skip


READ = {
    ".json": _json, ".ipynb": _json, ".xlsx": _workbook, ".docx": _package, ".pdf": _paper,
}  # fmt: skip


if __name__ == "__main__":
    what, first, second, *rest = sys.argv[1:]
    if what == "make":
        make(Path(first), Path(second), small="--small" in rest)
    else:
        sys.exit(min(compare(Path(first), Path(second)), 1))
