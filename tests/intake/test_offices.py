"""Offices that bear a commune's name: their figures are not the commune's."""

import pytest
from making import HEAD, people, workbook

DAY = ["(ngày 18 tháng 8 năm 2021)"]
TITLE = ["BÁO CÁO HÀNG NGÀY"]


def rules(report) -> list[tuple[str, str]]:
    return [(f.severity, f.rule) for f in report.findings]


@pytest.mark.parametrize(
    ("message", "body", "counts"),
    [
        ("Trường THCS Bồng Sơn: 45 có ĐTTM, 45 đã cài Bluezone. 18/8/2021", "CQ037", (45, 45)),
        ("THPT Tam Quan bc 18/8: lũy kế 78/80", "CQ035", (80, 78)),
    ],
)
def test_a_message_of_a_known_agency_is_its_own_report(read, message, body, counts):
    report = read(message.encode(), "zalo.txt")

    assert (report.form, report.unit_code, str(report.report_date)) == (
        "mau01", body, "2021-08-18",
    )  # fmt: skip
    assert (report.facts["staff_denominator"], report.facts["staff_numerator"]) == counts


@pytest.mark.parametrize(
    "message",
    [
        "Trường Mầm non Hoài Hảo 18/8 đã cài 30 người",
        "Hội Phụ nữ phường Tam Quan báo cáo ngày 18/8: lũy kế 560",
        "Công an phường Bồng Sơn 18/8 lũy kế 20 đ/c",
        "CA P. Bồng Sơn 18/8 lũy kế 20 đ/c",
    ],
)
def test_a_message_of_an_office_is_not_the_communes(read, message):
    report = read(message.encode(), "zalo.txt")

    assert (report.unit_code, str(report.report_date)) == (None, "2021-08-18")
    assert ("error", "unit_unknown") in rules(report)


def test_offices_in_a_list_of_messages_are_not_communes(reader):
    said = (
        "Các trường 18/8:\nTHCS Bồng Sơn: lk 45\nTiểu học số 1 Bồng Sơn: lk 30\nMN Hoài Hảo: lk 12"
    )
    reports = reader.read(said.encode(), "zalo.txt")

    assert [(report.unit_code, report.facts.get("staff_numerator")) for report in reports] == [
        ("CQ037", None), ("CQ041", None), (None, None),
    ]  # fmt: skip
    assert all(any(f.severity == "error" for f in report.findings) for report in reports)


@pytest.mark.parametrize(
    "message",
    [
        "UBND phường Bồng Sơn phối hợp Công an phường Bồng Sơn, Hội Phụ nữ phường, "
        "đến 18/8 lũy kế 5432 người",
        "P Bồng Sơn 18/8 lk 5432, trong đó trường THCS Bồng Sơn 45",
        "BCĐ phường Bồng Sơn báo cáo 18/8 lũy kế 5432",
        "Tổ trưởng tổ công nghệ phường Bồng Sơn báo 18/8 lũy kế 5432",
    ],
)
def test_a_commune_that_names_its_offices_stays_the_commune(read, message):
    report = read(message.encode(), "zalo.txt")

    assert (report.unit_code, report.facts["numerator_cumulative"]) == ("21640", 5432)
    assert report.findings == ()


@pytest.mark.parametrize(
    ("heads", "unit"),
    [
        (["UBND PHƯỜNG BỒNG SƠN", "TRƯỜNG THCS BỒNG SƠN"], None),
        (["TRƯỜNG MẦM NON BỒNG SƠN"], None),
        (["HỘI LHPN THỊ XÃ", "HỘI LHPN PHƯỜNG BỒNG SƠN"], None),
        (["UBND PHƯỜNG BỒNG SƠN", "TỔ COVID CỘNG ĐỒNG"], "21640"),
    ],
)
def test_the_letterheads_last_name_is_the_sender(read, heads, unit):
    rows = [*[[head] for head in heads], TITLE, DAY, HEAD, *people([7, 11, 13, 17])]
    report = read(workbook(rows), "a.xlsx")

    assert (report.unit_code, report.facts["numerator_cumulative"]) == (unit, 48)
    assert (("error", "unit_unknown") in rules(report)) == (unit is None)


@pytest.mark.parametrize(
    ("file", "unit"),
    [
        ("Trường THCS Bồng Sơn 18-8.xlsx", None),
        ("Cong an phuong Bong Son 18-8.xlsx", None),
        ("truong_thcs_bong_son_18-8.xlsx", None),
        ("BC phường Bồng Sơn gửi Phòng VHTT 18-8.xlsx", "21640"),
    ],
)
def test_an_office_in_a_files_name_is_not_the_commune(read, file, unit):
    assert read(workbook([HEAD, *people([7, 11, 13])]), file).unit_code == unit


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("UBND PHƯỜNG BỒNG SƠN TÂY", None),
        ("UBND PHƯỜNG TAM QUAN (BẮC)", "21655"),
        ("UBND PHƯỜNG TAM QUAN - NAM", "21658"),
        ("UBND PHƯỜNG HOÀI THANH\nTÂY", "21664"),
        ("UBND PHƯỜNG HOÀI THANH", "21667"),
    ],
)
def test_a_name_with_a_part_of_the_compass_is_never_cut_short(read, heading, unit):
    report = read(workbook([[heading], TITLE, DAY, HEAD, *people([7, 11, 13])]), "a.xlsx")

    assert report.unit_code == unit
    assert (("error", "unit_unknown") in rules(report)) == (unit is None)
