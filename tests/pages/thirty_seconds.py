"""The thirty-second test: page one as the chairman gets it, eight questions, and what is right.

    python tests/pages/thirty_seconds.py FOLDER [--week] [--clock 15:00]

For every day from the 16th to the 22nd, of the illustrative campaign or with `--week` of the week
drawn up by hand, as it was known at a moment of it: `<day>/paper.png`, `black.png` (the same from
a printer without colours), `screen.png` (the first screen of a laptop) and `phone-<n>.png` (page
one on a phone, screen by screen). `questions.txt` holds the questions, `truths.txt` the answers,
made from the tables and not from the page: whoever takes the test looks at it last.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from briefing.catalog.codes import ASK, OUTLOOK
from briefing.documents.exporters import BriefingHTMLExporter, BriefingPDFExporter
from briefing.tables import Day
from briefing.tables.follow_up import called
from briefing.tables.goals import goals, verdicts
from briefing.tables.headline import headline, rests_on_doubt
from tests.pages import states
from tests.week import page_one

DAYS = range(16, 23)
DOTS = 110  # an inch: letters of a printed page, as large as they are held
PHONE = (360, 740)
LAPTOP = (1280, 720)
CHROME = ["--no-sandbox", "--hide-scrollbars"]
QUESTIONS = (
    "Toàn thị xã đang ở đâu (tỷ lệ)?",
    "Chỉ tiêu thứ nhất: đạt chưa, sẽ đạt không, hay không đạt?",
    "Chỉ tiêu thứ hai: sẽ đạt không?",
    "Nhanh lên hay chậm lại so với hôm trước, bao nhiêu người?",
    "Gọi ai trước tiên, và yêu cầu gì?",
    "Ai thấp nhất (trong các số liệu tin được)?",
    "Ai chưa báo cáo?",
    "Số liệu nào chưa tin được; bao nhiêu cơ quan, đơn vị quá hạn?",
)
AWAITED = "chưa kết luận, còn số liệu chờ xác minh"
Known = Callable[[int], tuple[Day, Day]]


def truths(day: Day, previous_day: Day) -> Iterator[str]:
    """What is right, in the order of `QUESTIONS`."""
    whole, told, units = day.whole.iloc[-1], headline(day).iloc[0], day.units
    doubtful = units["unit_code"].isin(day.in_doubt["unit_code"])
    sure = f" (không kể số chờ xác minh: {told['coverage_sure']:.2%})" if doubtful.any() else ""
    yield f"{whole['coverage']:.2%}{sure}"
    yield from (_of_target(day, target.coverage) for target in day.campaign.targets)
    yield AWAITED if rests_on_doubt(day) else _faster(whole["rise_change"])
    first = called(day, previous_day)
    yield _named(first.head(1)) + f": {ASK[first.iloc[0]['ask']]}" if len(first) else "không ai"
    trusted = units[~doubtful]
    lowest = trusted[trusted["coverage"].eq(trusted["coverage"].min())]
    yield f"{_named(lowest)} ({lowest['coverage'].max():.2%})"
    yield _named(units[units["status"].eq("missing")]) or "không ai"
    overdue = int(day.bodies["status"].eq("missing").sum())
    yield f"{_named(units[doubtful]) or 'không có'}; quá hạn {overdue}"


def _of_target(day: Day, coverage: float) -> str:
    judged, known = verdicts(day), goals(day)
    rows = pd.concat([judged, known[~known["target_coverage"].isin(judged["target_coverage"])]])
    rows = rows[rows["area"].eq(day.campaign.area.code) & rows["target_coverage"].eq(coverage)]
    row = rows.iloc[0]
    due = pd.notna(row["judged_on"])
    if due and row["awaited"] and row["outlook"] != "reached":
        return f"{coverage:.0%}: chưa kết luận, còn báo cáo chưa đến hạn"
    if row["outlook"] == "reached" and headline(day).iloc[0]["coverage_sure"] < coverage:
        return f"{coverage:.0%}: {AWAITED}"
    return f"{coverage:.0%}: {OUTLOOK[row['outlook']]}"


def _faster(more: Any) -> str:
    if pd.isna(more):
        return "chưa so sánh được"
    return f"{'nhanh lên' if more > 0 else 'chậm lại' if more < 0 else 'bằng'}, {int(more):+}"


def _named(units: pd.DataFrame) -> str:
    return ", ".join(units["unit_name"])


def known_of_the_sample(folder: Path, clock: str) -> Known:
    states.fill(folder, until=date(2021, 8, DAYS[-1]))
    office = states.Office.illustrative(folder)
    return lambda number: office.known(number, clock)


def known_of_the_week(folder: Path, clock: str) -> Known:
    campaign = page_one.campaign(folder)
    return lambda number: page_one.known(campaign, number, clock)


def photographed(browser: Browser, day: Day, previous_day: Day, folder: Path) -> None:
    """Page one in every look; the files that the pictures are of lie beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook = states.shown("3_briefing", day=day, previous_day=previous_day)
    (folder / "page.pdf").write_bytes(BriefingPDFExporter().from_notebook_node(notebook)[0])
    for name, colours in (("paper", ()), ("black", ("-gray",))):
        asked = ["pdftoppm", "-r", str(DOTS), "-f", "1", "-l", "1", "-png", "-singlefile"]
        subprocess.run([*asked, *colours, folder / "page.pdf", folder / name], check=True)
    source, _resources = BriefingHTMLExporter().from_notebook_node(notebook)
    (folder / "page.html").write_text(source, encoding="utf-8")
    _screens(browser, folder)


def _screens(browser: Browser, folder: Path) -> None:
    shown = browser.new_page(viewport=dict(zip(("width", "height"), LAPTOP, strict=True)))
    shown.goto((folder / "page.html").absolute().as_uri())
    shown.screenshot(path=folder / "screen.png")
    width, height = PHONE
    shown.set_viewport_size({"width": width, "height": height})
    end = int(shown.locator(".b-break").first.bounding_box()["y"])
    for number, top in enumerate(range(0, end, height), start=1):
        part = {"x": 0, "y": top, "width": width, "height": min(height, end - top)}
        shown.screenshot(path=folder / f"phone-{number}.png", clip=part, full_page=True)
    shown.close()


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("folder", type=Path)
    told.add_argument("--week", action="store_true", help="the week drawn up by hand")
    told.add_argument("--clock", default="15:00", help="the moment of each day, local")
    asked = told.parse_args()
    with tempfile.TemporaryDirectory() as own, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROME)
        known = (known_of_the_week if asked.week else known_of_the_sample)(Path(own), asked.clock)
        right = []
        for number in DAYS:
            day, previous_day = known(number)
            photographed(chromium, day, previous_day, asked.folder / str(number))
            lines = (f"{n}. {text}" for n, text in enumerate(truths(day, previous_day), start=1))
            right.append("\n".join((f"{number}/8", *lines)))
        chromium.close()
    questions = (f"{n}. {text}" for n, text in enumerate(QUESTIONS, start=1))
    (asked.folder / "questions.txt").write_text("\n".join(questions) + "\n", encoding="utf-8")
    (asked.folder / "truths.txt").write_text("\n\n".join(right) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
