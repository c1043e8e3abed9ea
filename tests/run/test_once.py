"""A report that is made once, by every unit: due on one day, and nothing came before it."""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from tests.params.campaigns import VACCINATION, A, B, C, D, vaccination
from tests.run.command import briefing
from tests.run.conftest import ROOT, once
from tests.run.test_indicators import send

DAILY = 'reporting: {from: 2022-05-09, to: 2022-05-20, deadline: "15:00"}'
pytestmark = pytest.mark.slow
OF_ANOTHER_DAY = re.compile(r"hôm trước|hôm qua|ngày trước|gần đây|tuần trước")


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """An Hòa reports on the 12th, Bình Sơn on the due day, Cát Lâm that day too late."""

    def make(folder: Path) -> None:
        made_once = DAILY.replace("{from", "{every: once, from")
        vaccination(folder / "params", VACCINATION.replace(DAILY, made_once))
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        send(folder / "inbox", A, 12, [(90, 20), (70, 20), (480, 140)])
        send(folder / "inbox", B, 20, [(180, 20), (120, 30), (1000, 250)])
        send(folder / "inbox", C, 20, [(50, 5), (30, 5), (230, 40)])
        late = datetime(2022, 5, 20, 18, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()
        os.utime(folder / "inbox" / "20" / "Cát Lâm.xlsx", (late, late))
        for as_of, outputs in (("2022-05-15T09:00", "before"), ("2022-05-20T20:00", "after")):
            asked = ["daily", "--as-of", as_of, "--date", "2022-05-20", "--outputs", outputs]
            done = briefing(folder, asked)
            assert done.code == 0, done.err

    return once(tmp_path_factory, "made-once", make)


def statuses(office: Path, outputs: str) -> dict[str, str]:
    path = office / outputs / "2022-05-20/tables/wards.csv"
    return pd.read_csv(path, encoding="utf-8-sig").set_index("unit_code")["status"].to_dict()


def said(office: Path, outputs: str, name: str) -> str:
    return (office / outputs / "2022-05-20" / name).read_text("utf-8-sig")


def test_a_report_written_before_the_due_day_is_that_of_the_due_day(office):
    first = {A: "on_time", B: "not_due", C: "not_due", D: "not_due"}

    assert statuses(office, "before") == first
    assert statuses(office, "after") == {A: "on_time", B: "on_time", C: "late", D: "missing"}


def test_a_report_made_before_the_due_day_is_no_mistake(office):
    path = office / "after/2022-05-20/tables/findings.csv"
    findings = pd.read_csv(path, encoding="utf-8-sig")

    assert "date_conflict" not in set(findings["rule"])


def test_before_the_due_day_who_has_not_sent_is_reminded_of_its_deadline(office):
    told = said(office, "before", "reminders.txt")

    assert told.count("Kính gửi") == 3 and "An Hòa" not in told
    assert "trước 15 giờ 00 ngày 20/5/2022" in told


def test_neither_page_nor_letters_speak_of_a_day_before(office):
    for outputs in ("before", "after"):
        page = said(office, outputs, "briefing.html")
        texts = [re.sub(r"<(style|script).*?</\1>", "", page, flags=re.S)]
        texts += [said(office, outputs, f"{name}.txt") for name in ("reminders", "receipts")]

        assert [OF_ANOTHER_DAY.findall(text) for text in texts] == [[], [], []]


def test_the_page_has_the_rate_and_what_lacks_but_no_pace(office):
    """640 + 1300 + 310 of 3500 in the wards that have sent."""
    page = said(office, "after", "briefing.html")

    assert "64,29%" in page
    assert "Tốc độ những ngày gần đây" not in page and "Tăng, giảm trong ngày" not in page


def test_the_status_of_the_only_day_is_told_on_any_day_of_the_campaign(office):
    done = briefing(office, ["status", "--as-of", "2022-05-15T09:00", "--outputs", "before"])

    assert done.code == 0, done.err
    assert "20/5/2022" in done.out


def test_a_campaign_says_until_when_its_only_report_is_owed(office):
    done = briefing(office, ["params", "params"])

    told = " ".join(done.out.split())
    assert "một lần, hạn trước 15h00 ngày 20/5/2022, nhận từ 9/5: 4 báo cáo" in told
