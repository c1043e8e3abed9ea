"""A form that begins with its unit's last report: what it shows, refuses and comes back as."""

import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import Workbook, load_workbook

from briefing.cli import main
from briefing.forms import daily_document, daily_workbook
from briefing.forms.folder import form_content
from briefing.forms.wording import Form, Last, daily_form
from briefing.intake.apart import Typed
from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign

EVE, DAY = date(2021, 8, 16), date(2021, 8, 17)
UNIT = "21640"  # Bồng Sơn
PLACES = ("Khu phố 1", "Khu phố 2", "Khu phố 5")
LAST = (
    Typed("Nguyễn Văn An", PLACES[0], "0912345101", "40", 40),
    Typed("Trần Thị Bình", PLACES[1], "0912345102", "25", 25),
    Typed("Lê Minh Châu", PLACES[2], "0912345103", "10", 10),
)
NOTE = "là số trong báo cáo ngày 16/08; lũy kế lần này không được nhỏ hơn."


@pytest.fixture(scope="module")
def campaign(pytestconfig) -> Campaign:
    return Campaign.load(pytestconfig.rootpath / "params")


@pytest.fixture(scope="module")
def reader(campaign) -> Reader:
    return Reader(campaign, b"a key of the tests")


def form(campaign: Campaign, reading: str = "per_person", rows=LAST, asked: str = "") -> Form:
    (unit,) = (row for row in campaign.unit_rows if row.unit_code == UNIT)
    return daily_form(campaign, unit, DAY, Last(EVE, reading, 75, tuple(rows), asked))


def made(form: Form, kind: str) -> bytes:
    makers = {"xlsx": daily_workbook.workbook, "docx": daily_document.document}
    return form_content(form, makers[kind])


def sheet_of(form: Form):
    return load_workbook(io.BytesIO(made(form, "xlsx"))).worksheets[0]


def filled(form: Form, kind: str, counts: list[object]) -> bytes:
    """The form with these counts typed in the last column, from the first row on."""
    content, stream = io.BytesIO(made(form, kind)), io.BytesIO()
    if kind == "xlsx":
        document = load_workbook(content)
        for row, count in enumerate(counts, start=daily_workbook.FIRST):
            cell = document.worksheets[0].cell(row, len(form.head))
            assert not cell.protection.locked
            cell.value = count
    else:
        document = Document(content)
        for row, count in zip(document.tables[-1].rows[1:], counts, strict=False):
            row.cells[-1].paragraphs[0].add_run("" if count is None else str(count))
    document.save(stream)
    return stream.getvalue()


def read(reader: Reader, content: bytes, kind: str) -> Submission:
    (report,) = reader.read(content, f"mau.{kind}")
    return report


def told(report: Submission) -> list[tuple[str, str]]:
    return [(finding.rule, finding.found) for finding in report.findings]


# What it shows


def test_the_rows_of_the_last_report_stand_in_their_order_with_its_counts_beside(campaign):
    sheet = sheet_of(form(campaign))
    rows = [[cell.value for cell in row] for row in sheet["A11:F15"]]

    assert rows[0][3:] == ["Số điện thoại", "Đã báo cáo lần trước", "Lũy kế đến thời điểm hiện tại"]
    assert rows[1] == [1, "Nguyễn Văn An", "Khu phố 1", "0912345101", 40, None]
    assert rows[3] == [3, "Lê Minh Châu", "Khu phố 5", "0912345103", 10, None]
    assert rows[4] == [4, None, None, None, None, None]
    assert sheet["E12"].protection.locked and not sheet["F12"].protection.locked
    assert sheet["A10"].value.endswith(NOTE)


def test_in_word_they_stand_there_too(campaign):
    table = Document(io.BytesIO(made(form(campaign), "docx"))).tables[-1]
    held = ["".join(t.text or "" for t in cell._tc.iter() if t.tag.endswith("}t"))
            for cell in table.rows[1].cells]  # fmt: skip

    assert held == ["1", "Nguyễn Văn An", "Khu phố 1", "0912345101", "40", ""]


@pytest.mark.parametrize(
    ("reading", "shown"),
    [
        ("ratio", "40/120"),
        ("per_place", 40),
        ("flag", "x"),
        ("total", 75),
        ("running", 75),
    ],
)
def test_what_was_last_reported_is_shown_as_the_reading_counts(campaign, reading, shown):
    rows = [row._replace(written=f"{row.numerator}/120") for row in LAST]

    assert sheet_of(form(campaign, reading, rows))["E12"].value == shown


@pytest.mark.parametrize("reading", ["roster_all", "increment"])
def test_people_who_come_again_are_listed_where_no_count_is_held_against_another(campaign, reading):
    sheet = sheet_of(form(campaign, reading))

    assert sheet["B12"].value == "Nguyễn Văn An"
    assert sheet["E11"].value == "Lũy kế đến thời điểm hiện tại"


@pytest.mark.parametrize("reading", ["roster_today", "percent"])
def test_a_list_of_today_begins_blank(campaign, reading):
    assert sheet_of(form(campaign, reading))["B12"].value is None


def test_a_reading_set_in_params_since_goes_before_that_of_the_last_report(campaign, monkeypatch):
    monkeypatch.setattr(
        Campaign, "override_of", lambda *_asked: type("Set", (), {"reading": "roster_today"})()
    )
    sheet = sheet_of(form(campaign))

    assert "mới cài đặt trong ngày" in sheet["A10"].value
    assert sheet["B12"].value is None


def test_a_name_that_begins_like_a_formula_stays_a_text(campaign):
    rows = [LAST[0]._replace(name="=1+1")]

    assert sheet_of(form(campaign, rows=rows))["B12"].data_type == "s"


# What it refuses


def rules(form: Form) -> dict[str, object]:
    return {str(r.sqref): r for r in sheet_of(form).data_validations.dataValidation}


def test_excel_refuses_a_count_below_the_one_beside_it_and_says_whom_to_tell(campaign):
    rule = rules(form(campaign))["F12:F24"]

    assert (rule.type, rule.operator, rule.formula1) == ("whole", "greaterThanOrEqual", "E12")
    assert rule.errorStyle == "stop"
    assert "không nhỏ hơn số đã báo cáo lần trước" in rule.error
    assert "báo cho Phòng Văn hóa và Thông tin" in rule.error


def test_excel_refuses_a_place_that_is_neither_in_the_list_nor_on_the_last_report(campaign):
    own = form(campaign, rows=[*LAST, Typed("Võ Ngọc Dũng", "Xóm Chài", "0912345104", "5", 5)])
    rule = rules(own)["C12:C25"]

    assert rule.errorStyle == "stop" and rule.type == "list"
    assert own.places[-1] == "Xóm Chài" and len(own.places) == len(own.known_places) + 1
    assert rule.formula1.endswith(f"$A${len(own.places)}")


def test_of_a_ratio_the_upper_number_may_not_fall(campaign):
    rule = rules(form(campaign, "ratio"))["F12:F24"]

    assert rule.type == "custom" and rule.errorStyle == "stop"
    assert 'FIND("/",F12)' in rule.formula1 and 'FIND("/",E12)' in rule.formula1


# How it comes back


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("reading", "counts", "numerator"),
    [
        ("per_person", [44, 25, 12], 81),
        ("per_place", [44, 25, 12], 81),
        ("ratio", ["44/120", "25/120", "12/120"], 81),
        ("total", [81], 81),
        ("roster_all", [], 3),
    ],
)
def test_filled_in_it_is_read_right_and_without_a_word(
    campaign, reader, kind, reading, counts, numerator
):
    rows = [row._replace(written=f"{row.numerator}/120") for row in LAST]
    report = read(reader, filled(form(campaign, reading, rows), kind, counts), kind)

    assert told(report) == []
    assert (report.unit_code, report.report_date, report.reading) == (UNIT, DAY, reading)
    assert report.facts["numerator_cumulative"] == numerator


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_row_below_the_last_report_is_a_finding_at_its_cell(campaign, reader, kind):
    report = read(reader, filled(form(campaign), kind, [44, 24, 12]), kind)
    (finding,) = report.findings

    assert (finding.rule, finding.found) == ("row_decrease", "24")
    assert finding.where in ("Mẫu 02!F13", "table 2, row 3, column 6")
    assert "ít hơn 25" in str(finding.message)
    assert report.facts["numerator_cumulative"] == 80


def test_a_row_that_was_left_blank_is_a_finding_and_no_zero(campaign, reader):
    report = read(reader, filled(form(campaign), "xlsx", [44, None, 12]), "xlsx")

    assert told(report) == [("number_unreadable", "")]
    assert report.facts["numerator_cumulative"] == 56


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("reading", ["per_person", "per_place", "total", "running"])
def test_handed_back_as_it_was_handed_out_it_is_empty(campaign, reader, kind, reading):
    report = read(reader, filled(form(campaign, reading), kind, []), kind)

    assert [rule for rule, _found in told(report)] == ["empty_report"]
    assert report.facts.get("numerator_cumulative") is None


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_what_is_still_in_doubt_is_asked_and_changes_nothing_that_is_read(campaign, reader, kind):
    ask = "Số liệu báo cáo ngày 15/8 còn chờ xác minh: lũy kế giảm. Đề nghị đính chính."
    own = form(campaign, asked=ask)
    report = read(reader, filled(own, kind, [44, 25, 12]), kind)

    assert own.note.endswith(ask)
    assert (told(report), report.report_date) == ([], DAY)
    assert report.facts["numerator_cumulative"] == 81


# From an inbox


def report(folder: Path, day: date, counts: list[int], words: str = "") -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["UBND phường Bồng Sơn"])
    sheet.append([f"Báo cáo ngày {day.day}/{day.month}/{day.year}"])
    sheet.append(["STT", "Họ và tên", "Địa chỉ", "Số điện thoại", "Lũy kế đến thời điểm hiện tại"])
    for number, (row, count) in enumerate(zip(LAST, counts, strict=True), start=1):
        sheet.append([number, row.name, row.place, row.phone, count])
    if words:
        sheet.append([words])
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / f"Bong Son {day.day}-8.xlsx")


@pytest.fixture(scope="module")
def params(pytestconfig, tmp_path_factory) -> Path:
    """Those of the project with two of the 62 agencies, whose forms nobody looks at here."""
    folder = tmp_path_factory.mktemp("forms") / "params"
    shutil.copytree(pytestconfig.rootpath / "params", folder)
    lines = (folder / "agencies.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "agencies.csv").write_text("".join(lines[:3]), "utf-8")
    return folder


@pytest.fixture
def office(params, tmp_path):
    """Runs commands on an inbox of its own; gives what is printed."""
    folders = {"inbox": tmp_path / "inbox", "outputs": tmp_path / "outputs", "params": params}
    options = [part for name, path in folders.items() for part in (f"--{name}", str(path))]

    def run(*arguments: str, only: str = "") -> str:
        own = options[4:] if only else options
        done = CliRunner().invoke(main, [*arguments, *own])
        assert done.exit_code in (0, 1), done.output
        return done.output

    run.inbox = folders["inbox"]
    return run


def next_form(office, folder: Path, day: date = DAY) -> Path:
    office("forms", str(folder), "--date", f"{day}")
    return folder / "Mẫu 02" / "Mẫu 02 - Phường Bồng Sơn.xlsx"


@pytest.mark.slow
def test_the_form_of_tomorrow_goes_out_comes_back_and_counts(office, tmp_path):
    report(office.inbox, EVE, [40, 25, 10])
    path = next_form(office, tmp_path / "forms")
    modes = {form.name: form.stat().st_mode & 0o077 for form in path.parent.iterdir()}
    assert {name for name, others in modes.items() if not others} == {
        path.name,
        f"{path.stem}.docx",
    }
    book = load_workbook(path)
    for row, count in enumerate([44, 25, 12], start=12):
        book.worksheets[0][f"F{row}"] = count
    back = office.inbox / "Mẫu 02.xlsx"
    book.save(back)

    (checked,) = map(json.loads, office("check", "--json", str(back), only="params").splitlines())
    assert checked["facts"]["installs_cumulative"] == 81 and checked["findings"] == []

    traced = json.loads(
        office("trace", "--date", f"{DAY}", "--unit", UNIT, "installs_cumulative", "--json")
    )
    assert traced["value"] == 81
    again = load_workbook(next_form(office, tmp_path / "again", date(2021, 8, 18))).worksheets[0]
    assert [cell.value for cell in again["E"][11:14]] == [44, 25, 12]


@pytest.mark.slow
def test_a_unit_that_has_not_reported_gets_the_plain_form(office, tmp_path, campaign):
    report(office.inbox, EVE, [40, 25, 10])
    next_form(office, tmp_path)
    (other,) = (row for row in campaign.unit_rows if row.name == "Hoài Thanh")

    plain = made(daily_form(campaign, other, DAY), "xlsx")
    assert (tmp_path / "Mẫu 02" / "Mẫu 02 - Phường Hoài Thanh.xlsx").read_bytes() == plain


@pytest.mark.slow
def test_a_report_that_nothing_is_new_leaves_the_rows_of_the_one_before(office, tmp_path):
    report(office.inbox, date(2021, 8, 15), [40, 25, 10])
    (office.inbox / "bong son 16-8.txt").write_text(
        "Phường Bồng Sơn báo cáo ngày 16/8/2021: không phát sinh", encoding="utf-8"
    )
    sheet = load_workbook(next_form(office, tmp_path)).worksheets[0]

    assert [cell.value for cell in sheet["E"][11:14]] == [40, 25, 10]
    assert "ngày 15/08" in sheet["A10"].value


@pytest.mark.slow
def test_a_report_of_the_forms_own_day_is_not_its_last(office, tmp_path):
    report(office.inbox, EVE, [40, 25, 10])
    report(office.inbox, DAY, [50, 30, 20])

    assert load_workbook(next_form(office, tmp_path)).worksheets[0]["E12"].value == 40


@pytest.mark.slow
def test_a_fall_that_nobody_has_answered_for_is_asked_on_the_next_form(office, tmp_path):
    report(office.inbox, date(2021, 8, 15), [60, 25, 10])
    report(office.inbox, EVE, [40, 25, 10])
    note = load_workbook(next_form(office, tmp_path)).worksheets[0]["A10"].value

    assert note.endswith(
        "Số liệu báo cáo ngày 16/8 vẫn chờ xác minh: lũy kế giảm. Đề nghị đính chính hoặc xác nhận."
    )


def test_an_inbox_that_does_not_exist_is_said_and_no_form_is_written(pytestconfig, tmp_path):
    done = CliRunner().invoke(
        main,
        ["forms", str(tmp_path / "out"), "--date", f"{DAY}", "--inbox", str(tmp_path / "none"),
         "--params", str(pytestconfig.rootpath / "params"), "--outputs", str(tmp_path / "o")],
    )  # fmt: skip

    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()
