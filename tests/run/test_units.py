"""The pages of the units, seen from outside: the command, the published folders, the pages."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from briefing.run.publish import recover, staging
from tests.run.command import program
from tests.run.conftest import DAY, Office, blocks, once

MISSING, FAULTY = "21649", "21679"  # Xã Hoài Châu has not reported; Phường Hoài Xuân has errors
PAIR = ("--date", DAY, "--unit", MISSING, "--unit", "Hoài Xuân")


@pytest.fixture(scope="session")
def paged(tmp_path_factory, published) -> Office:
    """The published office, with the pages of two of its units; not to be changed."""

    def make(folder: Path) -> None:
        shutil.copytree(published.folder, folder, dirs_exist_ok=True)
        (folder / ".made").unlink()
        done = Office(folder).briefing("units", *PAIR)
        assert done.code == 0, done.err
        (folder / "units.txt").write_text(done.out, encoding="utf-8")

    return Office(once(tmp_path_factory, "paged", make))


def folder(office: Office, code: str) -> Path:
    return office.day / "units" / code


def pages(office: Office) -> dict[str, str]:
    """The digest of each page."""
    found = sorted((office.day / "units").glob("*/page.*"))
    return {f"{p.parent.name}/{p.name}": hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def shown(office: Office, code: str) -> list[dict]:
    """The blocks of the notebook as executed."""
    return blocks(folder(office, code) / "notebooks" / "5_unit.ipynb")


def block(office: Office, code: str, name: str) -> dict:
    return next(b for b in shown(office, code) if name in (b["block"], b.get("id")))


def test_each_unit_has_its_page_in_a_folder_of_its_own(paged):
    assert set(pages(paged)) == {
        f"{code}/page.{form}" for code in (MISSING, FAULTY) for form in ("html", "pdf")
    }
    printed = (paged.folder / "units.txt").read_text("utf-8").split()
    assert [Path(line).name for line in printed] == [FAULTY, MISSING]  # as in communes.csv


def test_the_page_shows_the_figures_of_the_tables(paged):
    row = paged.table("communes").set_index("unit_code").loc[FAULTY]
    figures = block(paged, FAULTY, "key_figures")["figures"]

    assert figures[0]["progress"] == pytest.approx(row["coverage"], abs=1e-6)
    assert figures[2]["value"] == f"{row['rank']:.0f}/17"
    assert figures[3]["value"].replace(".", "") == f"{row['installs_needed']:.0f}"


def test_its_own_faults_stand_there_with_their_cells(paged):
    table = block(paged, FAULTY, "unit-faults")
    findings = paged.table("findings")
    mine = findings[findings["unit_code"].eq(FAULTY) & findings["severity"].ne("info")]

    assert sorted(row[1]["value"] for row in table["rows"]) == sorted(mine["where"])
    assert all(row[-1]["text"] for row in table["rows"])


@pytest.mark.parametrize("code", [MISSING, FAULTY])
def test_nothing_of_another_unit_is_on_the_page(paged, code):
    others = paged.table("communes").query("unit_code != @code")
    own = paged.table("communes").set_index("unit_code").loc[code, "unit_name"]
    page = (folder(paged, code) / "page.html").read_text("utf-8")

    for other in others.itertuples():
        assert other.unit_code not in page
        assert other.unit_name not in page.replace(own, "")  # Hoài Châu is in Hoài Châu Bắc


def test_the_pdf_carries_no_list_of_the_files_of_others(paged):
    assert not (folder(paged, FAULTY) / "manifest.json").exists()
    manifest = folder(paged, FAULTY) / "notebooks" / "manifest.json"
    assert json.loads(manifest.read_text("utf-8"))["unit_code"] == FAULTY
    assert b"manifest.json" not in (folder(paged, FAULTY) / "page.pdf").read_bytes()


def test_a_unit_that_has_not_reported_is_asked_to_and_by_when(paged):
    asked = block(paged, MISSING, "unit-asked")
    said = {row[0]["value"]: [cell["text"] for cell in row] for row in asked["rows"]}

    assert said["report"] == ["Gửi báo cáo ngày 16/8/2021.", "ngay"]
    assert said["next_report"][1].replace("\xa0", " ") == "trước 15h00 ngày 17/8/2021"
    assert "Chưa nhận được báo cáo ngày 16/8/2021" in asked["note"]


@pytest.mark.slow
def test_the_pages_are_the_same_however_many_are_made_at_a_time(tmp_path, paged):
    shutil.copytree(paged.folder, tmp_path, dirs_exist_ok=True)
    again = Office(tmp_path)
    shutil.rmtree(again.day / "units")

    done = again.briefing("units", *PAIR, "--workers", "2")

    assert done.code == 0, done.err
    assert pages(again) == pages(paged)


@pytest.mark.slow
def test_a_unit_that_fails_is_named_and_the_others_are_made(tmp_path, paged):
    shutil.copytree(paged.folder, tmp_path, dirs_exist_ok=True)
    office = Office(tmp_path)
    before = pages(office)
    page = folder(office, MISSING) / "page.html"
    page.write_text("older", encoding="utf-8")
    (folder(office, FAULTY) / "page.html").write_text("older", encoding="utf-8")
    notebook = office.folder / "notebooks" / "5_unit.ipynb"
    broken = notebook.read_text("utf-8").replace(
        "run = UnitParams.checked(globals())",
        f"run = UnitParams.checked(globals()); assert unit_code != '{MISSING}', 'no such luck'",
    )
    notebook.write_text(broken, encoding="utf-8")

    done = office.briefing("units", *PAIR)

    assert done.code == 1
    assert "Xã Hoài Châu (21649)" in done.err and "no such luck" in done.err
    assert [Path(line).name for line in done.out.split()] == [FAULTY]
    assert pages(office)[f"{FAULTY}/page.html"] == before[f"{FAULTY}/page.html"]
    assert page.read_text("utf-8") == "older"  # what was published of it stays
    kept = office.folder / "outputs/failed" / DAY / "units" / MISSING / "notebooks/5_unit.ipynb"
    assert kept.exists()


@pytest.mark.slow
def test_a_run_killed_on_the_way_leaves_what_was_published(tmp_path, paged):
    shutil.copytree(paged.folder, tmp_path, dirs_exist_ok=True)
    office = Office(tmp_path)
    before = pages(office)
    running = subprocess.Popen(
        office.command("units", "--date", DAY),
        cwd=office.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    staged = office.folder / "outputs" / ".staging"
    give_up = time.monotonic() + 60
    while not list(staged.glob("*/*/page.pdf")) and time.monotonic() < give_up:
        time.sleep(0.05)

    running.send_signal(signal.SIGKILL)
    running.wait()

    assert list(staged.glob("*/*/page.pdf"))  # some pages had been made
    assert pages(office) == before
    assert office.briefing("units", "--date", DAY, "--unit", FAULTY).code == 0
    assert list(staged.iterdir()) == []
    assert pages(office) == before


@pytest.mark.slow
def test_the_published_notebook_runs_again_where_it_lies(tmp_path, paged):
    notebooks = folder(paged, FAULTY) / "notebooks"
    done = program("papermill", notebooks, ["5_unit.ipynb", str(tmp_path / "again.ipynb")])

    assert done.code == 0, done.err


def test_a_unit_that_nobody_knows_ends_with_2_and_says_who_is_known(office):
    done = office.briefing("units", "--unit", "Hoài Xuâm")

    assert (done.code, done.out) == (2, "")
    assert "21679 (Phường Hoài Xuân)" in done.err and "Traceback" not in done.err
    assert not office.day.exists()


# Published inside a day


def test_a_day_made_again_keeps_the_pages_of_its_units(tmp_path):
    with staging(tmp_path, DAY) as built:
        (built / "page").write_text("first")
    with staging(tmp_path, f"{DAY}/units") as built:
        (built / "21640").mkdir()
    with staging(tmp_path, DAY) as built:
        (built / "page").write_text("second")

    assert (tmp_path / DAY / "page").read_text() == "second"
    assert (tmp_path / DAY / "units/21640").is_dir()


def test_pages_may_be_published_before_their_day(tmp_path):
    with staging(tmp_path, f"{DAY}/units") as built:
        (built / "21640").mkdir()

    assert [path.name for path in (tmp_path / DAY).iterdir()] == ["units"]


def test_a_swap_of_units_that_was_stopped_half_way_is_undone(tmp_path):
    with staging(tmp_path, f"{DAY}/units") as built:
        (built / "page").write_text("first")
    (tmp_path / ".before").mkdir(exist_ok=True)
    (tmp_path / DAY / "units").rename(tmp_path / ".before" / f"{DAY}+units")
    (tmp_path / ".staging" / f"{DAY}+units.999999999").mkdir(parents=True)

    recover(tmp_path)

    assert (tmp_path / DAY / "units/page").read_text() == "first"
    assert list((tmp_path / ".staging").iterdir()) == []
