"""Communes of one name in two districts of units.csv: the district that is named says which."""

from __future__ import annotations

import pytest
from tests.intake.making import HEAD, Row, people, word, workbook
from tests.params.provinces import AN_HOA, AN_HOA_TOO, AN_TRUNG, province_folder, write

from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign

TITLE = ["BÁO CÁO cài đặt App", "(ngày 17 tháng 8 năm 2021)"]


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Campaign:
    return Campaign.load(province_folder(tmp_path_factory.mktemp("province")))


def read(campaign: Campaign, file: str, content: bytes) -> list[Submission]:
    return list(Reader(campaign).read(content, file))


def report(*head: str) -> bytes:
    return workbook([*([line] for line in (*head, *TITLE)), HEAD, *people([10, 20, 30])])


def rules(found: Submission) -> list[str]:
    return [f.rule for f in found.findings if f.rule.startswith("unit")]


@pytest.mark.parametrize(
    ("file", "head", "unit"),
    [
        ("BC.xlsx", ["UBND HUYỆN AN LÃO", "UBND XÃ AN HÒA"], AN_HOA),
        ("BC.xlsx", ["UBND XÃ AN HÒA, HUYỆN HOÀI ÂN"], AN_HOA_TOO),
        ("BC.xlsx", ["Đơn vị: xã An Hòa (Hoài Ân)"], AN_HOA_TOO),
        ("An Hoa - An Lao 17-8.xlsx", [], AN_HOA),
        ("Hoai An/BC An Hoa 17-8.xlsx", [], AN_HOA_TOO),
        ("HUYỆN AN LÃO/BC 17-8.xlsx", ["UBND XÃ AN HÒA"], AN_HOA),
    ],
)
def test_the_district_in_the_head_the_name_or_the_folder_says_whose_it_is(
    province, file, head, unit
):
    [one] = read(province, file, report(*head))

    assert (one.unit_code, rules(one)) == (unit, [])


def test_without_a_district_nobody_is_chosen(province):
    [one] = read(province, "An Hoa 17-8.xlsx", report("UBND XÃ AN HÒA"))

    assert (one.unit_code, rules(one)) == (None, ["unit_ambiguous"])
    assert set(one.may_be) == {AN_HOA, AN_HOA_TOO}


def test_a_commune_of_a_district_that_is_none_of_the_campaigns_is_nobodys(province):
    [one] = read(province, "BC.xlsx", report("UBND HUYỆN TUY PHƯỚC", "UBND XÃ AN HÒA"))

    assert (one.unit_code, rules(one)) == (None, ["unit_unknown"])


ROWS: list[Row] = [["STT", "Xã", HEAD[-1]], [1, "An Hòa", 40], [2, "An Trung", 90]]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("BC.xlsx", workbook([["UBND HUYỆN AN LÃO"], *([line] for line in TITLE), *ROWS])),
        ("An Lao/BC.xlsx", workbook([*([line] for line in TITLE), *ROWS])),
        ("BC.docx", word("UBND HUYỆN AN LÃO", *TITLE, ROWS)),
        (
            "BC.txt",
            "Huyện An Lão báo cáo cài đặt App ngày 17/8/2021:\nXã An Hòa: lũy kế 40 người\n"
            "Xã An Trung: lũy kế 90 người\n".encode(),
        ),
    ],
)
def test_a_districts_own_list_of_its_communes_is_of_its_communes(province, file, content):
    found = {
        one.unit_code: (one.facts["numerator_cumulative"], rules(one))
        for one in read(province, file, content)
    }

    assert found == {AN_HOA: (40, []), AN_TRUNG: (90, [])}


def test_a_list_of_no_district_leaves_the_twins_to_be_asked(province):
    found = read(province, "BC.xlsx", workbook([*([line] for line in TITLE), *ROWS]))

    assert [(one.unit_code, rules(one)) for one in found] == [
        (None, ["unit_ambiguous"]),
        (AN_TRUNG, []),
    ]


def test_other_spellings_of_units_csv_are_known(tmp_path):
    folder = province_folder(tmp_path)
    text = (folder / "units.csv").read_text("utf-8-sig").splitlines()
    rows = [line.split(",") for line in text[1:]]
    rows = [[*row, "Bok Toi Moi; Bóc Tới" if row[0] == "21802" else ""] for row in rows]
    write(folder / "units.csv", f"{text[0]},aliases", rows)

    [one] = read(Campaign.load(folder), "BC.xlsx", report("UBND XÃ BÓC TỚI"))

    assert one.unit_code == "21802"
