"""A run: again, stopped half-way, with a broken notebook, with wrong parameters."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

from tests.run.command import Finished, program
from tests.run.conftest import DAY, ROOT, Office, blocks

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DESK = "0_start"  # publishes the day, and is no part of it
RUN_FILES = {"4_report": ("period.yaml", "period_to")}  # the others run on params/daily.yaml


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def break_notebook(office: Office, source: str) -> None:
    path = office.folder / "notebooks" / "3_briefing.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(source, id="broken"))
    nbformat.write(notebook, path)


def manifest(office: Office) -> dict:
    return json.loads((office.day / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_running_a_day_again_changes_no_figure_and_parses_nothing(republished):
    before = digests(republished.day / "tables")
    page = (republished.day / "briefing.html").read_bytes()

    done = republished.briefing("daily", "--date", DAY)

    assert done.code == 0, done.err
    assert digests(republished.day / "tables") == before
    assert (republished.day / "briefing.html").read_bytes() == page
    assert manifest(republished)["intake"] == {"files": 156, "parsed": 0, "from_register": 156}


class Failed(NamedTuple):
    """A published office, a run in it whose notebook failed, and the notebook that was kept."""

    office: Office
    done: Finished
    kept: Path


@pytest.fixture(scope="module")
def failed(tmp_path_factory, published) -> Failed:
    folder = tmp_path_factory.mktemp("failed")
    shutil.copytree(published.folder, folder, dirs_exist_ok=True)
    office = Office(folder)
    break_notebook(office, "raise ValueError('bảng trống')")
    done = office.briefing("daily", "--date", DAY)
    return Failed(
        office, done, folder / "outputs" / "failed" / DAY / "notebooks" / "3_briefing.ipynb"
    )


@pytest.mark.slow
def test_a_cell_that_fails_publishes_nothing_and_keeps_the_notebook(published, failed):
    office, done, kept = failed

    assert done.code == 1
    assert "notebooks/3_briefing.ipynb" in done.err and "ValueError: bảng trống" in done.err
    assert str(kept) in done.err and kept.is_file()
    assert done.out == "" and "Traceback" not in done.err
    assert digests(office.day) == digests(published.day)
    assert list((office.folder / "outputs" / ".staging").iterdir()) == []


@pytest.mark.slow
def test_the_kept_notebook_runs_again_by_itself(failed, tmp_path):
    notebook = nbformat.read(failed.kept, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "broken"]
    mended = failed.kept.with_name("mended.ipynb")
    nbformat.write(notebook, mended)

    again = program("papermill", mended.parent, [str(mended), str(tmp_path / "again.ipynb")])

    assert again.code == 0, again.err


@pytest.mark.slow
def test_a_block_that_cannot_be_rendered_publishes_nothing(office):
    break_notebook(office, "from briefing.documents.blocks import Heading\nHeading('x', level=99)")
    path = office.folder / "notebooks" / "3_briefing.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = (
        "from IPython.display import display\n"
        "display({'application/vnd.briefing.block+json': {'block': 'unheard_of'}, "
        "'text/plain': 'x'}, raw=True)"
    )
    nbformat.write(notebook, path)

    done = office.briefing("daily", "--date", DAY)

    assert done.code == 1 and not office.day.exists()
    assert "briefing.html" in done.err and "Traceback" not in done.err


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_the_published_day_as_it_was(republished):
    before = digests(republished.day)
    killed = []
    for seconds in (1.5, 5, 9):
        running = subprocess.Popen(
            republished.command("daily", "--date", DAY),
            cwd=republished.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with suppress(subprocess.TimeoutExpired):
            running.wait(seconds)
        running.send_signal(signal.SIGKILL)
        if running.wait() == -signal.SIGKILL:
            killed.append(seconds)
            assert digests(republished.day) == before, seconds

    assert killed
    assert republished.briefing("daily", "--date", DAY).code == 0
    assert list((republished.folder / "outputs" / ".staging").iterdir()) == []


def test_a_swap_that_was_stopped_half_way_is_undone(tmp_path):
    from briefing.run.publish import recover, staging

    with staging(tmp_path, DAY) as folder:
        (folder / "page").write_text("first")
    (tmp_path / ".before").mkdir(exist_ok=True)
    (tmp_path / DAY).rename(tmp_path / ".before" / DAY)
    (tmp_path / ".staging" / f"{DAY}.999999999").mkdir(parents=True)

    recover(tmp_path)

    assert (tmp_path / DAY / "page").read_text() == "first"
    assert list((tmp_path / ".staging").iterdir()) == []


def test_a_block_that_raises_leaves_what_was_published(tmp_path):
    from briefing.run.publish import staging

    with staging(tmp_path, DAY) as folder:
        (folder / "page").write_text("first")
    with pytest.raises(ValueError), staging(tmp_path, DAY) as folder:
        (folder / "page").write_text("second")
        raise ValueError

    assert (tmp_path / DAY / "page").read_text() == "first"


WRONG = {
    "an unknown parameter": (["-p", "low_coverge=1"], ["dòng lệnh", "low_coverge", "report_date"]),
    "a near miss": (["-p", "as_off=x"], ["as_off", "as_of”?"]),
    "no equals sign": (["-p", "lang"], ["-p lang", "TÊN=GIÁ_TRỊ"]),
    "a date that is none": (["--date", "2021-08-32"], ["report_date", "2021-08-32"]),
    "a date outside the campaign": (["--date", "2021-09-15"], ["2021-09-15", "2021-08-30"]),
    "a moment that is none": (["--as-of", "chiều"], ["as_of", "chiều"]),
    "a date in another form": (["--date", "16/8/2021"], ["dòng lệnh", "16/8/2021", "2021-08-16"]),
    "a moment before the day": (["--as-of", "2021-08-15T10:00"], ["2021-08-15T10:00", DAY]),
    "a moment without its hour": (["--as-of", DAY], ["as_of", f"{DAY}T15:00"]),
    "a language unheard of": (["-p", "lang=fr"], ["lang", "fr", "vi"]),
    "an inbox that is not there": (["--inbox", "nowhere"], ["nowhere", "--inbox"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_parameters_end_with_2_before_anything_is_run(office, case):
    arguments, said = WRONG[case]

    done = office.briefing("daily", "--date", DAY, *arguments)

    assert done.code == 2
    assert [part for part in said if part not in done.err] == []
    assert "Traceback" not in done.err and not office.day.exists()


def test_a_unit_without_a_denominator_ends_with_2_naming_file_line_and_key(office):
    path = office.folder / "params" / "communes.csv"
    path.write_text(path.read_text("utf-8").replace(",10130,assumed", ",,assumed"), "utf-8")

    done = office.briefing("daily", "--date", DAY)

    assert done.code == 2
    assert "communes.csv" in done.err and "2" in done.err and "smartphone_owners" in done.err


def test_an_unknown_key_in_the_campaign_ends_with_2_naming_what_is_known(office):
    path = office.folder / "params" / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace("  deadline:", "  dedline:"), "utf-8")

    done = office.briefing("daily", "--date", DAY)

    assert done.code == 2
    assert "campaign.yaml" in done.err and "dedline" in done.err and "deadline" in done.err


@pytest.mark.slow
def test_as_of_shows_what_the_meeting_could_have_known(republished):
    done = republished.briefing("daily", "--date", DAY, "--as-of", f"{DAY}T15:00")

    status = republished.table("communes")["status"].value_counts()
    assert done.code == 0, done.err
    assert status["missing"] == 6 and "late" not in status


@pytest.mark.slow
def test_a_day_without_any_report_is_published_as_such(office):
    for report in office.inbox.iterdir():
        report.unlink()

    done = office.briefing("daily", "--date", DAY)

    units = office.table("communes")
    assert done.code == 0, done.err
    assert units["installs_cumulative"].isna().all() and units["coverage"].isna().all()
    assert (units["status"] == "missing").all()


@pytest.mark.slow
def test_without_a_date_the_newest_day_reported_on_is_taken(office):
    done = office.briefing("daily")

    assert done.code == 0, done.err
    assert office.day.is_dir()


def test_without_a_date_and_without_reports_the_run_says_what_to_do(office):
    for report in office.inbox.iterdir():
        report.unlink()

    done = office.briefing("daily")

    assert done.code == 1 and "--date" in done.err


@pytest.mark.parametrize(
    "notebook",
    [
        pytest.param(path.stem, marks=[] if path.stem == "3_briefing" else [pytest.mark.slow])
        for path in NOTEBOOKS
        if path.stem != DESK
    ],
)
def test_a_notebook_runs_by_papermill_alone(republished, notebook):
    file, last_day = RUN_FILES.get(notebook, ("daily.yaml", "report_date"))
    done = republished.papermill(
        f"notebooks/{notebook}.ipynb", "x.ipynb", "-f", f"params/{file}", "-p", last_day, DAY
    )

    assert done.code == 0, done.err
    outputs = [
        o
        for c in nbformat.read(republished.folder / "x.ipynb", 4).cells
        for o in c.get("outputs", [])
    ]
    assert any(
        "application/vnd.briefing.block+json" in output.get("data", {}) for output in outputs
    )


@pytest.mark.slow
def test_the_desk_run_whole_publishes_what_the_command_does(republished):
    before, published = digests(republished.day), manifest(republished)

    done = republished.papermill(
        f"notebooks/{DESK}.ipynb", "x.ipynb", "-f", "params/daily.yaml", "-p", "report_date", DAY
    )

    after, again = digests(republished.day), manifest(republished)
    own = ("manifest.json", "briefing.pdf", "notebooks/")  # they bear the seconds that it took
    assert done.code == 0, done.err
    assert after.keys() == before.keys()
    assert [p for p in after if after[p] != before[p] and not p.startswith(own)] == []
    assert again["inputs"] == published["inputs"] and again["taken_at"] > published["taken_at"]
    told = [b for b in blocks(republished.folder / "x.ipynb") if b["block"] == "table"]
    assert {"unused-files", "to-decide"} <= {table["id"] for table in told}


@pytest.mark.slow
def test_a_misspelt_parameter_stops_a_notebook_run_by_papermill_alone(republished):
    done = republished.papermill(
        *("notebooks/3_briefing.ipynb", "x.ipynb"),
        *("-f", "params/daily.yaml", "-p", "report_dat", DAY),
    )

    assert done.code != 0
    assert "report_dat”" in done.err and "report_date" in done.err


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin_and_stores_no_output(path):
    import ast

    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        assert not cell.outputs and cell.execution_count is None
        kinds = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.With, ast.If)
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, kinds)]


def test_check_prints_the_contract_s_object_and_stores_nothing(office):
    report = next(office.inbox.glob("*.xlsx"))
    before = digests(office.folder)

    done = office.briefing("check", str(report), "--json")

    told = json.loads(done.out)
    assert set(told) == {
        "file", "member", "sha256", "form", "unit_code", "unit_name", "report_date", "reading",
        "reading_confidence", "facts", "rows_read", "rows_used", "rows_set_aside", "findings",
    }  # fmt: skip
    assert digests(office.folder) == before


def test_check_without_json_speaks_vietnamese_and_ends_with_1_on_errors(office):
    broken = office.inbox / "Bong Son 16-8.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut short")

    done = office.briefing("check", str(broken))

    assert done.code == 1
    assert "Phường Bồng Sơn" in done.out and "tệp bị hỏng" in done.out.lower()


@pytest.mark.slow
def test_status_lists_every_unit(office):
    done = office.briefing("status", "--date", DAY)

    assert done.code == 0, done.err
    assert done.out.count("Phường ") + done.out.count("Xã ") >= 17 and "chưa báo cáo" in done.out
