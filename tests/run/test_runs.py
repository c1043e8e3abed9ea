"""`briefing runs`: what was made, what came of it, and what is out of date."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.language import language
from briefing.run.journal import JOURNAL, MOST_KEPT, Entry, entries
from briefing.run.not_done import clear_note, leave_note
from tests.run.conftest import DAY, Office

Runs = Callable[[], list[dict]]


@pytest.fixture
def runs(office: Office) -> Runs:
    def told() -> list[dict]:
        done = office.briefing("runs", "--json")
        assert done.code == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    return told


@pytest.mark.slow
def test_a_day_stands_until_a_report_of_it_comes(office, runs):
    assert office.briefing("daily", "--date", DAY).code == 0
    (made,) = runs()
    assert (made["name"], made["error"], made["stale"]) == (DAY, "", False)
    assert made["count"] == office.table("town").iloc[-1]["installs_cumulative"]

    (office.inbox / "mới.txt").write_text("UBND phường Bồng Sơn báo cáo", encoding="utf-8")

    (old,) = runs()
    assert old["stale"]
    assert office.briefing("daily", "--date", DAY).code == 0
    again, before = runs()
    assert (again["newest"], again["stale"], again["new"]) == (True, False, 0)
    assert (before["newest"], before["stale"]) == (False, False)


@pytest.mark.slow
def test_a_day_is_out_of_date_when_its_params_have_changed(office, runs):
    assert office.briefing("daily", "--date", DAY).code == 0
    settings = office.folder / "params" / "campaign.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("coverage: 0.90", "coverage: 0.80"), encoding="utf-8")

    assert runs()[0]["stale"]


@pytest.mark.slow
def test_a_run_that_fails_says_why(office, runs):
    (office.folder / "notebooks" / "3_briefing.ipynb").write_text("{", encoding="utf-8")
    assert office.briefing("daily", "--date", DAY).code != 0

    (failed,) = runs()

    assert "3_briefing" in failed["error"]
    assert (failed["newest"], failed["stale"]) == (False, False)
    assert "3_briefing" in office.briefing("runs").out


def test_nothing_was_run_yet(office, runs):
    assert runs() == []


def test_a_damaged_line_is_left_out_and_old_ones_go(tmp_path):
    (register := tmp_path / "register").mkdir()
    lines = [json.dumps(vars(Entry(f"t{n}", DAY, "p"))) for n in range(MOST_KEPT)]
    (register / JOURNAL).write_text("\n".join([*lines, "{half"]), encoding="utf-8")

    assert len(entries(tmp_path)) == MOST_KEPT
    kept = entries(tmp_path)
    assert len(kept) == MOST_KEPT // 2 - 1  # and the damaged one
    assert kept[-1].at == f"t{MOST_KEPT - 1}"
    assert os.name == "nt" or (register / JOURNAL).stat().st_mode & 0o077 == 0
    assert not [path for path in register.iterdir() if path.suffix == ".new"]


NOTE = "CHUA-XONG.txt"


@pytest.mark.slow
def test_a_run_that_fails_leaves_a_plain_note_until_the_next_good_one(office, runs):
    notebook = office.folder / "notebooks" / "3_briefing.ipynb"
    sound = notebook.read_text(encoding="utf-8")
    notebook.write_text("{", encoding="utf-8")
    failed = office.briefing("daily", "--date", DAY)
    note = office.folder / "outputs" / NOTE

    assert failed.code == 1
    said = note.read_text(encoding="utf-8-sig")
    assert said.startswith("CHƯA XONG: briefing daily, lúc ")
    assert "3_briefing" in said
    assert "chạy lại: briefing daily" in said
    assert "Traceback" not in said
    (entry,) = runs()
    assert entry["to_make"]
    assert "Cần lập lại: 16/8/2021." in office.briefing("runs").out

    notebook.write_text(sound, encoding="utf-8")
    assert office.briefing("daily", "--date", DAY).code == 0
    assert not note.exists()
    assert [one["to_make"] for one in runs()] == [False, False]


def test_wrong_params_leave_the_note_too_and_exit_2(office):
    settings = office.folder / "params" / "campaign.yaml"
    settings.write_text("campaign: [", encoding="utf-8")

    assert office.briefing("daily", "--date", DAY).code == 2
    assert not (office.folder / "outputs").exists()  # where nothing is published nobody looks

    (office.folder / "outputs").mkdir()
    assert office.briefing("daily", "--date", DAY).code == 2
    assert "campaign.yaml" in (office.folder / "outputs" / NOTE).read_text(encoding="utf-8-sig")


def test_the_note_lies_where_the_run_would_have_written(office):
    for folder in ("one", "two"):
        (office.folder / folder).mkdir()
    (office.folder / "params" / "campaign.yaml").write_text("campaign: [", encoding="utf-8")

    done = office.briefing("daily", "--date", DAY, "--outputs", "one", "-p", "outputs=two")

    assert done.code == 2
    assert [*(office.folder / "one").iterdir()] == []
    assert (office.folder / "two" / NOTE).is_file()


def test_another_command_has_a_note_of_its_own(tmp_path):
    at = datetime(2021, 8, 16, 15, 10, tzinfo=UTC)
    with language("vi"):
        leave_note(tmp_path, "daily", "một", at)
        leave_note(tmp_path, "backfill", "hai", at)
        clear_note(tmp_path, "daily")
    assert [path.name for path in tmp_path.iterdir()] == ["CHUA-XONG-backfill.txt"]

    with language("en"):
        clear_note(tmp_path, "backfill")  # whatever language it was written in
    assert not [*tmp_path.iterdir()]


def test_a_note_holds_no_telephone_number_and_nobodys_own_folder(tmp_path):
    text = f"{Path.home()}/inbox/BC 0912345678.xlsx: không đọc được"
    leave_note(tmp_path, "daily", text, datetime(2021, 8, 16, tzinfo=UTC))

    (note,) = tmp_path.iterdir()
    said = note.read_text(encoding="utf-8-sig")
    assert "~/inbox" in said
    assert "0912345678" not in said
    assert str(Path.home()) not in said


@pytest.mark.slow
def test_runs_say_by_which_params_a_day_was_made_and_that_they_were_others(office, runs):
    assert office.briefing("daily", "--date", DAY).code == 0
    settings = office.folder / "params" / "campaign.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("coverage: 0.90", "coverage: 0.80"), encoding="utf-8")
    assert office.briefing("daily", "--date", DAY).code == 0

    again, before = runs()

    assert (again["params_changed"], before["params_changed"]) == (True, False)
    assert (again["folder"], again["lang"]) == ("params", "vi")
    assert "đã thay đổi" in office.briefing("runs").out
