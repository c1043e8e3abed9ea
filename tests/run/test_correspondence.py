"""What a published day sends back: seen from outside, in the published folder."""

from __future__ import annotations

import json

import pytest

from tests.run.conftest import Office


def test_a_day_publishes_what_goes_back_and_the_reminders(published):
    back = [path.relative_to(published.day).as_posix() for path in _returned(published)]
    told = json.loads((published.day / "manifest.json").read_text(encoding="utf-8"))

    faulty = published.table("findings").query("severity != 'info'")
    assert {path.split("/")[1] for path in back} == set(faulty["unit_code"])
    assert told["correspondence"]["returned"] == len(back)
    assert told["correspondence"]["marked"] == sum(not path.endswith(".txt") for path in back)
    assert "returns" in told["seconds"]


def test_everybody_who_is_missing_late_or_not_usable_is_reminded(published):
    text = (published.day / "reminders.txt").read_text(encoding="utf-8-sig")

    units = published.table("communes")
    wanted = units[units["status"] != "on_time"]["unit_name"]
    assert len(wanted) == 8
    assert [n for n in wanted if f"UBND {n[:1].lower()}{n[1:]}," not in text] == []


def test_everybody_who_is_reminded_has_a_draft_of_a_mail_that_only_its_owner_can_read(published):
    mails = {path.stem for path in (published.day / "mail").glob("*.eml")}
    units = published.table("communes").query("status != 'on_time'")
    told = json.loads((published.day / "manifest.json").read_text(encoding="utf-8"))

    assert set(units["unit_code"].astype(str)) <= mails
    assert told["correspondence"]["mail"] == len(mails)
    assert not (published.day / "mail").stat().st_mode & 0o077


def test_the_page_names_the_folder_of_what_goes_back(published):
    page = (published.day / "briefing.html").read_text(encoding="utf-8")

    assert f"{len(_returned(published))} báo cáo được gửi trả đơn vị" in page


@pytest.mark.slow
def test_pages_in_english_leave_what_goes_to_the_offices_in_their_own_language(republished):
    kept = {path: path.read_bytes() for path in _written(republished)}

    done = republished.briefing("daily", "--date", republished.day.name, "--lang", "en")

    assert done.code == 0, done.err
    assert '<html lang="en">' in (republished.day / "briefing.html").read_text(encoding="utf-8")
    executed = (republished.day / "notebooks" / "3_briefing.ipynb").read_text(encoding="utf-8")
    assert "# the campaign's folder" in executed and "# thư mục của đợt" not in executed
    assert {path: path.read_bytes() for path in _written(republished)} == kept


def _written(office: Office) -> list:
    return [office.day / "reminders.txt", *(p for p in _returned(office) if p.suffix == ".txt")]


def _returned(office: Office) -> list:
    return sorted(path for path in (office.day / "returns").rglob("*") if path.is_file())
