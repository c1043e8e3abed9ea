"""Whose a report is where names alone don't tell: twins by tone, two of one name, a code."""

from __future__ import annotations

import pytest
from tests.intake.making import HEAD, people, workbook
from tests.tables import tiny

from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign

HAO, HAOF, MY, MY2 = "21661", "21662", "21701", "21702"
NAMES = {HAO: "Hoài Hảo", HAOF: "Hoài Hào", MY: "Mỹ Đức", MY2: "Mỹ Đức"}
PARENTS = {
    HAO: "Huyện Hoài Nhơn",
    HAOF: "Huyện Hoài Nhơn",
    MY: "Huyện Phù Mỹ",
    MY2: "Huyện Hoài Ân",
}


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Campaign:
    """Two communes whose names differ by their tone, two of one name in two districts."""
    denominator = dict.fromkeys(NAMES, 500)
    folder = tiny.params_folder(
        tmp_path_factory.mktemp("province") / "params",
        names=NAMES,
        denominator=denominator,
        parents=PARENTS,
    )
    return Campaign.load(folder)


def read(campaign: Campaign, file: str, *head: str) -> Submission:
    lines = [[line] for line in (*head, "BÁO CÁO", "(ngày 16 tháng 8 năm 2021)")]
    content = workbook([*lines, HEAD, *people([10, 20, 30])])
    (report,) = Reader(campaign).read(content, file)
    return report


def rules(report: Submission) -> list[str]:
    return [f.rule for f in report.findings if f.rule.startswith("unit")]


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        (("UBND HUYỆN HOÀI NHƠN", "UBND XÃ HOÀI HẢO"), HAO),
        (("UBND HUYỆN HOÀI NHƠN", "UBND XÃ HOÀI HÀO"), HAOF),
        (("UBND HUYỆN PHÙ MỸ", "UBND XÃ MỸ ĐỨC"), MY),
        (("HUYỆN HOÀI ÂN", "XÃ MỸ ĐỨC"), MY2),
        (("ỦY BAN NHÂN DÂN", "XÃ MỸ ĐỨC, HUYỆN HOÀI ÂN"), MY2),
    ],
)
def test_accents_and_the_district_above_say_whose_a_report_is(province, head, unit):
    report = read(province, "BC 16-8.xlsx", *head)

    assert (report.unit_code, rules(report)) == (unit, [])


@pytest.mark.parametrize(
    ("file", "head", "unit"),
    [
        ("BC Hoài Hào 16-8.xlsx", "UBND XA HOAI HAO", HAOF),
        ("Hoài Hảo/BC Hoai Hao 16-8.xlsx", "BÁO CÁO", HAO),
        ("21661 BC 16-8.xlsx", "UBND XA HOAI HAO", HAO),
        ("BC Hoai Hao 21662 16-8.xlsx", "BÁO CÁO", HAOF),
        ("21702 BC 16-8.xlsx", "UBND XÃ MỸ ĐỨC", MY2),
        ("Huyen Phu My/BC My Duc 16-8.xlsx", "UBND XÃ MỸ ĐỨC", MY),
        ("Huyện Hoài Ân/BC 16-8.xlsx", "UBND XÃ MỸ ĐỨC", MY2),
    ],
)
def test_a_code_or_another_name_around_the_report_breaks_the_tie(province, file, head, unit):
    report = read(province, file, head)

    assert (report.unit_code, rules(report)) == (unit, [])


@pytest.mark.parametrize(
    ("file", "head", "units"),
    [
        ("BC 16-8.xlsx", "UBND XA HOAI HAO", (HAO, HAOF)),
        ("BC Hoai Hao 16-8.xlsx", "BÁO CÁO", (HAO, HAOF)),
        ("BC My Duc 16-8.xlsx", "UBND XÃ MỸ ĐỨC", (MY, MY2)),
    ],
)
def test_a_tie_is_never_guessed_and_all_who_may_be_meant_are_kept(province, file, head, units):
    report = read(province, file, head)

    assert (report.unit_code, report.may_be, rules(report)) == (None, units, ["unit_ambiguous"])


def test_two_communes_of_one_name_are_told_apart_in_the_finding(province):
    report = read(province, "BC 16-8.xlsx", "UBND XÃ MỸ ĐỨC")
    (said,) = [str(f.message) for f in report.findings if f.rule == "unit_ambiguous"]

    assert "Xã Mỹ Đức (Huyện Phù Mỹ, 21701), Xã Mỹ Đức (Huyện Hoài Ân, 21702)" in said


def test_a_commune_of_another_district_is_nobodys(province):
    head = ("UBND HUYỆN TÂY SƠN", "UBND XÃ MỸ ĐỨC"), ("UBND HUYỆN PHÙ MỸ", "UBND XÃ HOÀI HẢO")
    for lines in head:
        report = read(province, "BC 16-8.xlsx", *lines)
        assert (report.unit_code, rules(report)) == (None, ["unit_unknown"])


def test_a_district_that_is_called_as_a_commune_is_not_that_commune(tmp_path):
    names = {"21601": "Hoài Nhơn", "21640": "Bồng Sơn"}
    folder = tiny.params_folder(
        tmp_path,
        names=names,
        denominator=dict.fromkeys(names, 9),
        parents=dict.fromkeys(names, "Hoài Nhơn"),
    )
    report = read(Campaign.load(folder), "a.xlsx", "UBND THỊ XÃ HOÀI NHƠN", "UBND XÃ BỒNG SƠN")

    assert (report.unit_code, rules(report)) == ("21640", [])


@pytest.mark.parametrize(
    ("file", "unit", "may_be"),
    [
        ("21667 HT 16-8.xlsx", "21667", ()),
        ("HT 16-8.xlsx", None, ("21667", "21673")),
        ("21667 Bồng Sơn 16-8.xlsx", None, ("21640", "21667")),
    ],
)
def test_a_code_is_surer_than_initials_and_no_surer_than_a_name(campaign, file, unit, may_be):
    report = read(campaign, file)

    assert (report.unit_code, report.may_be) == (unit, may_be)
