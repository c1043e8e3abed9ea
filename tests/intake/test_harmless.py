"""Which names that senders chose may be shown, and what stands for the others."""

import pandas as pd
import pytest
from making import PARAMS, mau02, people, workbook

from briefing.intake.detection.harmless import harmless
from briefing.intake.files import as_typed, written_out
from briefing.intake.submission import Submission
from briefing.params import Campaign
from briefing.register.names import Names
from briefing.tables.exports import plain


@pytest.fixture(scope="module")
def known():
    return harmless(Campaign.load(PARAMS))


@pytest.mark.parametrize(
    "name",
    [
        "BC Hoài Sơn 16-8.xlsx", "Mau 02 - UBND Phường Hoài Hảo.docx", "2021-08-16", "16.8",
        "BaoCaoBongSon_16082021.xlsx", "FW_ bao cao cai dat Bluezone Hoai Xuan 16-8.xlsx", "Sheet1",
        "BC ngày 16 tháng 8 - Phường Tam Quan Bắc.xlsx", "BC Bong Son 16-8 (sua lai).xlsx",
        "Mau 01 - Phòng Văn hóa và Thông tin.docx", "danh sach tiem vac xin.xlsx", "IMG 2031.jpg",
    ],
)  # fmt: skip
def test_a_name_of_the_campaigns_words_days_and_small_numbers_is_shown(known, name):
    assert known(name)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An.xlsx", "BC Hoai Son nguyen van an.xlsx", "BC_HoaiSon_NguyenVanAn.xlsx",
        "0912345678.xlsx", "BC 0912.345.678.xlsx", "BC 091 234 5678", "O912345678", "chị Lan.xlsx",
        "BC 09-12-34-56-78.xlsx", "Tuấn", "BC Hoài Sơn.Nguyễn An", "tệp 3 của Xã Hoài Sơn.xlsx",
        "BC\u202e16-8.xlsx", "Trang 2", "=cmd",
    ],
)  # fmt: skip
def test_a_name_that_may_be_a_persons_or_a_number_is_not_shown(known, name):
    assert not known(name)


def test_the_same_name_has_the_same_pseudonym_everywhere_and_no_other_name_has_it(known):
    names = Names()
    for path in ("a1/Lê Tám.xlsx", "16-8/Lê Tám.xlsx", "16-8/Lê Chín.xlsx", "Bùi Bảy/BC.xlsx"):
        names.learn(path, known, "Xã Hoài Sơn")

    assert names.shown("16-8/Lê Tám.xlsx") == "16-8/tệp 1 của Xã Hoài Sơn.xlsx"
    assert names.shown("16-8/Lê Chín.xlsx") == "16-8/tệp 2 của Xã Hoài Sơn.xlsx"
    assert names.shown("Bùi Bảy/BC.xlsx") == "thư mục 1/BC.xlsx"
    assert names.named("16-8/tệp 2 của Xã Hoài Sơn.xlsx") == "16-8/Lê Chín.xlsx"
    assert Names.read(names.written()).lines == names.lines


def test_a_damaged_line_of_the_list_is_known_as_such(known):
    names = Names()
    names.learn("Lê Tám.xlsx", known)
    names.learn("Lê Chín.xlsx", known)
    kept = Names.read(names.written().replace("Lê Tám".encode(), "Lê Sáu".encode()))

    assert (kept.damaged, list(kept.lines.values())) == (1, ["Lê Chín.xlsx"])


def test_a_sheet_is_called_by_its_place_and_a_report_says_nothing_else(reader, known):
    content = workbook({"Sheet1": [["x"]], "Lê Tám": mau02(people([45, "abc"]))})
    (report,) = [r for r in reader.read(content, "Lê Chín.xlsx") if r.form]
    names = Names()
    names.learn(report.file, known, report.unit_name)
    shown, true = names.in_report(report)

    assert report.sheets == {"Lê Tám": "trang 2"}
    assert {f.where.split("!")[0] for f in shown.findings if "!" in f.where} == {"trang 2"}
    assert "Tám" not in repr(shown.findings) and "Chín" not in repr(shown.findings)
    assert true["trang 2"] == "Lê Tám"


def test_signs_that_steer_a_terminal_are_written_out_and_can_be_read_back():
    name = "BC\u202e\u2066\u200b\x9b\x1b[2J 16-8.xlsx"

    assert written_out(name).isprintable() and written_out(name).isascii()
    assert as_typed(written_out(name)) == name


def test_a_report_without_names_is_shown_as_it_is():
    report = Submission(file="a.xlsx", sha256="0")

    assert Names().in_report(report) == (report, {})


def test_a_text_that_begins_as_a_formula_stays_one_and_a_number_stays_a_number():
    texts = ["=1+1", "@sum", "+84xxx", "\tx", "-5", "-1.5", "- x", "x"]
    frame = plain(pd.DataFrame({"found": texts, "n": range(-4, 4)}))

    assert list(frame["found"]) == ["'=1+1", "'@sum", "'+84xxx", "'\tx", "-5", "-1.5", "'- x", "x"]
    assert list(frame["n"]) == list(range(-4, 4))
