"""`briefing init`: a folder to begin a campaign with, that passes its own checks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import Workbook

from briefing.cli import main
from briefing.locale.pack import load
from briefing.params import Campaign
from briefing.params.run import language_of
from briefing.starters import starters

MADE_UP = ("kilifi", "vaccination", "vneid")
NAMES = ("bluezone", *MADE_UP)


def said(*arguments: object) -> tuple[int, str, str]:
    run = CliRunner().invoke(main, ["init", *map(str, arguments)], prog_name="briefing")
    return run.exit_code, run.stdout, run.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_starter_passes_the_checks_of_params(tmp_path, name):
    code, out, err = said(tmp_path / "new", "--like", name)

    assert (code, str(tmp_path / "new") in err) == (0, True)
    campaign = Campaign.load(tmp_path / "new")
    assert campaign.code in "".join(out.split("\n"))
    assert CliRunner().invoke(main, ["params", str(tmp_path / "new")]).exit_code == 0


def test_the_starters_are_these():
    assert sorted(starters()) == [*NAMES]


def test_without_a_name_it_begins_as_the_project_s_own_campaign(tmp_path):
    assert said(tmp_path / "new")[0] == 0

    own = Path(__file__).parents[2] / "params"
    for file in own.iterdir():
        assert (tmp_path / "new" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("name", MADE_UP)
def test_a_starter_explains_every_key_of_its_campaign(name):
    text = (starters()[name] / "campaign.yaml").read_text("utf-8-sig")
    first_of_block = [block.splitlines()[0] for block in text.split("\n\n")]
    explained = {line.partition(":")[0] for line in text.splitlines() if " # " in line}

    for key in yaml.safe_load(text):
        block = next((line for line in first_of_block if line.startswith(f"{key}:")), "")
        assert key in explained or not block, key  # within a block the first key speaks for it


@pytest.mark.parametrize("name", MADE_UP)
def test_a_made_up_starter_says_so_in_its_name_and_first_lines(name):
    text = (starters()[name] / "campaign.yaml").read_text("utf-8-sig")
    campaign = Campaign.load(starters()[name])
    made_up, shown = {
        "vi": ("do chương trình đặt ra", "minh họa"), "en": ("made up", "illustrative"),
    }[load(campaign.locale).language]  # fmt: skip

    assert made_up in text.partition("\n\n")[0]
    assert shown in campaign.name.vi


def test_a_folder_in_which_something_lies_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    code, out, err = said(tmp_path, "--like", "vneid")

    assert (code, out) == (2, "")
    assert "“mine.txt”" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder_to_begin_in(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    code, _out, err = said(tmp_path / "mine.txt")

    assert (code, "mine.txt" in err) == (2, True)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_an_unknown_starter_is_told_those_that_there_are(tmp_path):
    code, _out, err = said(tmp_path / "new", "--like", "census")

    assert code == 2
    assert "bluezone, kilifi, vaccination, vneid" in err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("name", "language"), [("kilifi", "en"), ("vneid", "vi")])
def test_the_language_of_a_folder_is_that_of_its_locale_pack(name, language):
    assert language_of(starters()[name]) == language


def test_what_is_said_of_an_english_campaign_is_said_in_english(tmp_path):
    _code, out, err = said(tmp_path / "new", "--like", "kilifi")

    assert "Daily reports" in out
    assert "Change them, then look through them again" in err


def listed(path: Path, *rows: tuple) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


HEADINGS = ("STT", "Mã", "Tên đơn vị", "Loại", "Trực thuộc", "Dân số", "Số công dân từ đủ 14 tuổi")


def test_the_office_s_own_units_are_taken_over_with_their_tree_and_numbers(tmp_path):
    path = listed(
        tmp_path / "units.xlsx",
        ("DANH SÁCH ĐƠN VỊ",),
        HEADINGS,
        (1, "", "Tỉnh Ví Dụ", "Tỉnh"),
        (2, "001", "Huyện Cao Sơn", "Huyện", "Tỉnh Ví Dụ"),
        (3, 21640, "Xuân Lâm", "Xã", "Huyện Cao Sơn", "12.345", "9.100"),
        (4, None, "Phường Tân An", None, "Cao Sơn", 8000, 6000),
        ("", "", "Tổng cộng", "", "", 20345, 15100),
    )
    code, _out, err = said(tmp_path / "new", "--like", "vneid", "--from", path)
    campaign = Campaign.load(tmp_path / "new")

    assert code == 0
    assert [(row.code, row.name, row.level) for row in campaign.node_rows] == [
        ("U1", "Ví Dụ", "province"), ("001", "Cao Sơn", "huyen"),
    ]  # fmt: skip
    assert [
        (row.unit_code, row.full_name, row.parent, row.population, row.denominator)
        for row in campaign.unit_rows
    ] == [("21640", "Xã Xuân Lâm", "001", 12345, 9100), ("U4", "Phường Tân An", "001", 8000, 6000)]
    assert (campaign.area.code, str(campaign.area.name)) == ("U1", "tỉnh Ví Dụ")
    assert "Trực thuộc: hiểu là đơn vị cấp trên" in err
    assert "không dùng: STT" in err


def test_of_several_sheets_the_one_that_holds_the_list_is_taken(tmp_path):
    path = tmp_path / "units.xlsx"
    book = Workbook()
    sheets = {
        "Hướng dẫn": [("Cách ghi: mỗi xã một dòng",)],
        "Năm ngoái": [HEADINGS, (1, "9", "Cũ", "Xã", "", 10, 9)],
        "Danh sách": [
            ("DANH SÁCH ĐƠN VỊ",), HEADINGS,
            (1, "21640", "Xuân Lâm", "Xã", "", 100, 90), (2, "21643", "Tân An", "Xã", "", 80, 60),
        ],
        "Nháp": [HEADINGS, *((n, str(n), f"Nháp {n}", "Xã", "", 10, 9) for n in range(1, 9))],
    }  # fmt: skip
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.remove(book.worksheets[0])
    book["Nháp"].sheet_state = "hidden"
    book.save(path)
    code, _out, err = said(tmp_path / "new", "--like", "vneid", "--from", path)
    units = Campaign.load(tmp_path / "new").unit_rows

    assert (code, [row.unit_code for row in units]) == (0, ["21640", "21643"])
    assert "trang “Danh sách”: danh sách đơn vị" in err


def test_what_is_unclear_in_a_sheet_is_told_with_its_name(tmp_path):
    path = tmp_path / "units.xlsx"
    book = Workbook()
    page = book.create_sheet("Danh sách")
    for row in (HEADINGS, (1, "1", "Xuân Lâm", "Xã", "", "nhiều", 90)):
        page.append(row)
    book.save(path)
    code, _out, err = said(tmp_path / "new", "--like", "vneid", "--from", path)

    assert code == 2
    assert "trang “Danh sách”, dòng 2" in err
    assert not (tmp_path / "new").exists()


def test_a_parent_without_a_row_of_its_own_becomes_a_unit(tmp_path):
    path = listed(
        tmp_path / "units.xlsx",
        ("Village", "Sub-location", "Households"),
        ("Kona", "North", 120),
        ("Bora", "North", "1,050"),
        ("Mto", "South", 88),
    )
    code, _out, err = said(tmp_path / "new", "--like", "kilifi", "--from", path)
    campaign = Campaign.load(tmp_path / "new")

    assert code == 0
    assert [(row.name, row.level, row.parent) for row in campaign.node_rows] == [
        ("Mwambani Ward", "ward", ""), ("North", "sub_location", "MW"),
        ("South", "sub_location", "MW"),
    ]  # fmt: skip
    assert [row.denominator for row in campaign.unit_rows] == [120, 1050, 88]
    assert "Households: taken as the number that the rate is a share of" in err


def test_without_a_number_of_their_own_everybody_stands_in_as_an_assumption(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text("Tên;Dân số\nXã Xuân Lâm;1200\nXã Tân An;900\n", encoding="utf-8")
    said(tmp_path / "new", "--like", "vneid", "--from", path)

    campaign = Campaign.load(tmp_path / "new")
    assert {(row.value, row.status) for row in campaign.denominator_rows} == {
        (1200, "assumed"), (900, "assumed"),
    }  # fmt: skip
    assert {row.type for row in campaign.unit_rows} == {"Xã"}


def test_the_project_s_own_campaign_takes_a_list_too(tmp_path):
    path = listed(tmp_path / "units.xlsx", ("Tên đơn vị", "Dân số"), ("Xã Xuân Lâm", 1200))
    code, _out, _err = said(tmp_path / "new", "--from", path)

    assert code == 0
    assert [row.name for row in Campaign.load(tmp_path / "new").unit_rows] == ["Xuân Lâm"]
    assert not (tmp_path / "new" / "communes.csv").exists()


def test_what_is_unclear_in_a_list_is_told_with_its_rows_and_nothing_is_written(tmp_path):
    path = listed(
        tmp_path / "units.xlsx",
        HEADINGS,
        (1, "A", "Xuân Lâm", "Xã", "", 1200, "nhiều"),
        (2, "A", "Tân An", "Xã", "", None, None),
        (3, "C", "Hòn Đất", "Xã", "Hòn Đất", 800, 600),
    )
    code, out, err = said(tmp_path / "new", "--like", "vneid", "--from", path)

    assert (code, out) == (2, "")
    assert "dòng 2: “nhiều” không phải là số người" in err
    assert "dòng 2: mã “A” có hai lần" in err
    assert "dòng 3: “Tân An” không có số nào để làm mẫu số" in err
    assert "dòng 4: “Hòn Đất” trực thuộc chính mình" in err
    assert not (tmp_path / "new").exists()


def test_a_list_without_headings_that_are_known_is_refused(tmp_path):
    path = listed(tmp_path / "units.xlsx", ("Món", "Giá"), ("Gạo", 12))
    code, _out, err = said(tmp_path / "new", "--from", path)

    assert (code, "không có dòng tiêu đề" in err) == (2, True)


def test_a_list_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "units.xlsx").write_text("no workbook")
    code, _out, err = said(tmp_path / "new", "--from", tmp_path / "units.xlsx")

    assert (code, "không đọc được" in err) == (2, True)
