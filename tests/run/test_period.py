"""The formal report of a period, seen from outside: the command, the published folder, the page."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest

from briefing.catalog.tables import TABLES
from tests.register.office import Office as Desk
from tests.run.command import program
from tests.run.conftest import Office, _furnish, blocks, once
from tests.run.described import at_fault
from tests.said import sheet
from tests.tables.tiny import BINH

PERIOD = ("--from", "2021-08-15", "--to", "2021-08-18")
NAME = "2021-08-15_2021-08-18"


@pytest.fixture(scope="session")
def reported(tmp_path_factory, illustrative_inbox) -> Office:
    """An office whose reports reach until 16 August, and that has reported to 18 August."""

    def make(folder: Path) -> None:
        done = _furnish(folder, illustrative_inbox).briefing("period", *PERIOD)
        assert done.code == 0, done.err
        (folder / "stdout.txt").write_text(done.out, encoding="utf-8")

    return Office(once(tmp_path_factory, "reported", make))


def folder(office: Office) -> Path:
    return office.folder / "outputs" / NAME


def table(office: Office, name: str) -> pd.DataFrame:
    path = folder(office) / "tables" / f"{name}.csv"
    return pd.read_csv(path, encoding="utf-8-sig", dtype={"unit_code": str, "key": str})


def digests(path: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(path.iterdir())}


def shown(office: Office) -> list[dict]:
    """The blocks of the notebook as executed."""
    return blocks(folder(office) / "notebooks" / "4_report.ipynb")


def test_the_tables_are_as_they_say_of_themselves(reported):
    assert not at_fault(folder(reported) / "tables")


def test_a_period_publishes_its_pages_tables_and_manifest(reported):
    names = {path.name for path in folder(reported).iterdir()}
    tables = {path.stem for path in (folder(reported) / "tables").iterdir()}

    assert names >= {"report.html", "report.pdf", "notebooks", "tables", "manifest.json"}
    assert tables >= {"communes", "town", "agencies", "findings", "reports", "trace", "period",
                      "period_days", "period_units", "period_lacking", "evaluation"}  # fmt: skip
    printed = (reported.folder / "stdout.txt").read_text("utf-8").split()
    assert {Path(page).name for page in printed} == {n for n in names if n.startswith("report.")}
    manifest = json.loads((folder(reported) / "manifest.json").read_text("utf-8"))
    assert (manifest["period_from"], manifest["covered_to"]) == ("2021-08-15", "2021-08-16")


@pytest.mark.slow
def test_a_period_past_its_own_end_says_until_when_anything_is_known(reported):
    head = next(block for block in shown(reported) if block["block"] == "formal_head")

    assert any("Chưa có báo cáo nào về các ngày sau ngày 16/8/2021" in n for n in head["notices"])
    assert table(reported, "period")["expected"].tolist() == [17]


def test_the_report_reads_in_the_order_of_an_administrative_report(reported):
    notebook = nbformat.read(folder(reported) / "notebooks" / "4_report.ipynb", 4)
    headings = [
        line.lstrip("# ")
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "remove_cell" not in cell.metadata.get("tags", [])
        for line in cell.source.splitlines()
        if line.startswith("## ")
    ]
    kinds = [block["block"] for block in shown(reported)]
    closing = next(b for b in reversed(shown(reported)) if b["block"] == "paragraph")

    assert [text.split(".")[0] for text in headings] == ["I", "II", "III", "IV", "V"]
    assert kinds.index("formal_head") < kinds.index("signature") < kinds.index("annex_heading")
    assert [b["label"] for b in shown(reported) if b["block"] == "annex_heading"] == [
        "Phụ lục I", "Phụ lục II", "Phụ lục III",
    ]  # fmt: skip
    assert closing["text"].endswith("./.")


def test_number_date_and_signature_are_left_to_the_office(reported):
    head = next(block for block in shown(reported) if block["block"] == "formal_head")

    assert head["number"] == "Số:      /BC-VHTT"
    assert head["place_and_date"] == "Hoài Nhơn, ngày      tháng      năm 2021"


def test_every_number_of_an_annex_is_that_of_the_tables(reported):
    annex = next(b for b in shown(reported) if b.get("id") == "annex-units")
    units = table(reported, "period_units").set_index("unit_code")
    whole = table(reported, "period").iloc[0]
    places = {sheet.NAMING.outside(column["key"]): n for n, column in enumerate(annex["columns"])}

    assert len(annex["rows"]) == len(units) + 1
    for row in annex["rows"]:
        code = row[places["unit_name"]]["value"]
        expected = whole if code == "HN" else units.loc[code]
        for name in ("coverage_opening", "coverage_closing", "installs_closing", "installs_change",
                     "installs_needed"):  # fmt: skip
            value = row[places[name]]["value"]
            if value is None:
                assert pd.isna(expected[name])
            else:
                assert value == pytest.approx(expected[name], abs=1e-6)


@pytest.mark.slow
def test_every_cell_of_the_annex_equals_its_table(reported):
    """But for the two tables that the annex shows in another form."""
    annex = openpyxl.load_workbook(folder(reported) / "annex.xlsx")
    paths = {path.stem: path for path in (folder(reported) / "tables").glob("*.csv")}
    names = [own for own in map(sheet.NAMING.outside, TABLES) if own in paths]

    assert set(names) == set(paths)
    for name, title in zip(names, annex.sheetnames[1:], strict=True):
        if name not in ("period", "evaluation"):
            table = sheet.opened(paths[name])
            assert sheet.differences(name, table, annex[title]) == {}, name


def test_findings_of_every_day_of_the_period_are_published_once(reported):
    found, reports = table(reported, "findings"), table(reported, "reports")
    daily = reports[reports["form"].eq("mau02")].set_index("file")["report_date"]
    days = set(daily[daily.index.isin(found["file"])])

    assert not found.duplicated().any()
    assert days == {"2021-08-15", "2021-08-16"}


@pytest.mark.slow
def test_a_period_made_again_has_the_same_tables(tmp_path, reported):
    shutil.copytree(reported.folder, tmp_path, dirs_exist_ok=True)
    again = Office(tmp_path)
    before = digests(folder(again) / "tables")

    done = again.briefing("period", *PERIOD)

    assert done.code == 0, done.err
    assert digests(folder(again) / "tables") == before


@pytest.mark.slow
def test_the_published_notebook_runs_again_where_it_lies(tmp_path, reported):
    notebooks = folder(reported) / "notebooks"
    done = program("papermill", notebooks, ["4_report.ipynb", str(tmp_path / "again.ipynb")])

    assert done.code == 0, done.err


WRONG = {
    "from after to": (("--from", "2021-08-18", "--to", "2021-08-16"), 2, "2021-08-18 sau"),
    "outside the campaign": (("--from", "2021-08-01", "--to", "2021-08-16"), 2, "2021-08-10"),
    "unknown key": ((*PERIOD, "-p", "texs=x"), 2, "texs”"),
    "nothing known": (("--from", "2021-08-20", "--to", "2021-08-22"), 1, "về ngày 2021-08-16"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_reported_ends_with_its_reason_and_publishes_nothing(office, case):
    arguments, code, part = WRONG[case]

    done = office.briefing("period", *arguments)

    assert (done.code, done.out) == (code, "")
    assert part in done.err and "Traceback" not in done.err
    published = {path.name for path in (office.folder / "outputs").glob("2021*")}
    assert published == set()


def test_a_rule_that_there_is_not_ends_with_2_before_anything_is_run(office):
    path = office.folder / "params/period.yaml"
    path.write_text("texts: {causes: {suppress: [carryed]}}\n", encoding="utf-8")

    done = office.briefing("period", *PERIOD)

    assert done.code == 2
    assert "carryed" in done.err and "carried" in done.err


# From inbox to tables, of four units


@pytest.fixture
def desk(tmp_path):
    made = Desk.open(tmp_path)
    made.workbook("an16.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00")
    made.workbook("an17.xlsx", "Xã An Bình", 17, [15, 25, 5], "17 14:00")
    return made


def opened(desk: Desk, **values: str):
    from briefing import PeriodParams, open_period

    folders = {"inbox": str(desk.inbox), "outputs": str(desk.folder / "outputs"),
               "params": str(desk.folder / "params")}  # fmt: skip
    return open_period(PeriodParams.checked({**folders, **values}))


@pytest.mark.slow
def test_a_period_is_as_it_was_known_at_the_moment_asked_for(desk):
    then = opened(desk, as_of="2021-08-16T23:00")
    now = opened(desk)

    assert then.whole["numerator_closing"].tolist() == [35]
    assert (then.covered_to.day, now.covered_to.day) == (16, 17)
    assert now.whole["numerator_closing"].tolist() == [45]


@pytest.mark.slow
def test_once_their_deadline_is_past_silent_days_count_as_missing(desk):
    late = opened(desk, as_of="2021-08-19T15:00")

    assert late.covered_to == late.last
    assert late.whole["missing"].tolist() == [4 * 4 - 2]
    assert late.units.set_index("unit_code").at[BINH, "missing"] == 4


def test_an_empty_inbox_is_a_clear_error(tmp_path):
    from briefing.errors import RunError

    desk = Desk.open(tmp_path)
    with pytest.raises(RunError, match="chưa có báo cáo ngày nào"):
        opened(desk)
