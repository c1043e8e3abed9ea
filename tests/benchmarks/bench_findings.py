"""A day whose lists hold 500 wrong phones each, beside the same day without them.

    python tests/benchmarks/bench_findings.py [ROUNDS] [ROWS] [WRONG]

17 workbooks of 5,000 rows and the agencies' forms, once as they should be and once with 500 phones
of each workbook two digits short: 8,500 findings, which go back to 17 senders. Both days are made
cold, in turn, by `briefing daily`. What counts is the ratio of processor time; the stages are
seconds of the clock, from the manifest.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from bench_day import BRIEFING, timed

from briefing.params import Campaign
from briefing.sample import write_sample

PARAMS = Path(__file__).parents[2] / "params"
DAY = date(2021, 8, 16)
FORMS_UNTIL = date(2021, 8, 20)
PHONE = re.compile(r"\+?[0-9][0-9 .-]{8,}")
FORMS = "co quan"


def make_inbox(inbox: Path, rows: int) -> None:
    """The units' workbooks of one day, and every form that the agencies send."""
    campaign = Campaign.load(PARAMS)
    from_today = campaign.dates.model_copy(update={"start": DAY})
    one_day = campaign.model_copy(update={"dates": from_today})
    write_sample(inbox, one_day, until=DAY, rows=rows)
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder) / "forms", campaign, until=FORMS_UNTIL, rows=1)
        shutil.rmtree(inbox / FORMS, ignore_errors=True)
        shutil.copytree(Path(folder) / "forms" / FORMS, inbox / FORMS)
    (inbox / "received.csv").unlink()  # every file has its time of arrival as its own


def spoil(path: Path, wrong: int) -> None:
    """Cut the last two digits off so many phones of a workbook, spread over its rows."""
    times = path.stat()
    book = openpyxl.load_workbook(path)
    columns = [[c for c in column if PHONE.fullmatch(str(c.value))]
               for sheet in book for column in sheet.iter_cols()]  # fmt: skip
    held = max(columns, key=len)
    for cell in held[:: len(held) // wrong][:wrong]:
        cell.value = str(cell.value)[:-2]
    book.save(path)
    os.utime(path, (times.st_atime, times.st_mtime))


def daily(inbox: Path, outputs: Path) -> tuple[float, dict[str, float], int]:
    """Processor seconds of a cold day, its stages, and how many findings it published."""
    command = [*BRIEFING, "daily", "--date", DAY.isoformat(), "--inbox", str(inbox)]
    _wall, spent = timed([*command, "--outputs", str(outputs)])
    made = outputs / DAY.isoformat()
    seconds = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["seconds"]
    with (made / "tables" / "findings.csv").open(encoding="utf-8-sig") as stream:
        count = sum(1 for _line in stream) - 1
    shutil.rmtree(outputs)
    return spent, seconds, count


def main(rounds: int, rows: int, wrong: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inboxes = {name: Path(folder) / name for name in ("without", "with")}
        make_inbox(inboxes["without"], rows)
        shutil.copytree(inboxes["without"], inboxes["with"])
        for path in sorted(inboxes["with"].rglob("*.xlsx")):
            if path.parent.name != FORMS:
                spoil(path, wrong)
        runs = [
            {name: daily(inbox, Path(folder) / "outputs") for name, inbox in inboxes.items()}
            for _round in range(rounds)
        ]
    for name in inboxes:
        spent = statistics.median(run[name][0] for run in runs)
        _spent, seconds, count = runs[-1][name]
        stages = ", ".join(f"{stage} {took:.1f}" for stage, took in seconds.items())
        print(f"{name:7} processor {spent:6.2f} s, {count} findings ({stages})")
    ratios = [run["with"][0] / run["without"][0] for run in runs]
    middle, least, most = statistics.median(ratios), min(ratios), max(ratios)
    print(f"with / without: {middle:.2f} (processor time, {least:.2f} to {most:.2f})")


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:4]]
    main(*given, *(1, 5000, 500)[len(given) :])
