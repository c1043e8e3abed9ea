"""Days and times in texts, cells and file names."""

import csv
import unicodedata
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake.parsers.dates import (
    cell_date,
    file_name_dates,
    find_dates,
    serial_of,
)
from briefing.intake.parsers.times import parse_time

VECTORS = Path(__file__).parent / "vectors" / "parse_test_vectors.csv"
AUGUST_16 = date(2021, 8, 16)


def vectors(kind: str) -> list[tuple[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        return [(r["input"], r["expected"]) for r in csv.DictReader(stream) if r["kind"] == kind]


def dates_in(text: str) -> list[date]:
    return [found.date for found in find_dates(text, year=2021)]


@pytest.mark.parametrize(("written", "expected"), vectors("date"))
def test_the_reference_dates_are_read(written, expected):
    assert cell_date(written, year=2021, near=AUGUST_16) == date.fromisoformat(expected)


@pytest.mark.parametrize(("written", "expected"), vectors("time"))
def test_the_reference_times_are_read(written, expected):
    assert parse_time(written) == time.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 16\ntháng 8\nnăm 2021", "ngày 16... tháng 8... năm 2021", "Ngày 16, tháng 8",
        "ngay 16 thang 8 nam 2021", "ngµy 16 th¸ng 8 n¨m 2021", "ngaøy 16 thaùng 8 naêm 2021",
        unicodedata.normalize("NFD", "ngày 16 tháng 8 năm 2021"), "BÁO CÁO NGÀY 16/8/2021",
        "(ngày 16/8 năm 2021)", "ngày 16-8", "ngày 16.8", "16 / 8 / 2021", "2021-08-16T15:00",
        "báo cáo đến 15h ngày 16/8: lũy kế 5.432/10.130, đạt 53,6%", "Thứ Hai, 16/8.",
        "ngày 16 tháng 8 năm 20...", "ngày16/8", "16-8-21",
    ],
)  # fmt: skip
def test_a_date_is_found_in_a_text(text):
    assert dates_in(text) == [AUGUST_16]


@pytest.mark.parametrize(
    "text",
    [
        "ngày   tháng 8 năm 2021", "ngày … tháng … năm 2021", "ngày    /8/2021", "35/120", "5.432",
        "1169/UBND-VX", "59/KH-UBND", "Số: 30/2020/NĐ-CP", "0912.345.678", "0912345678",
        "phiên bản 4.2.21", "10.8.2.1", "v1.2.21", "đạt 5/12 thôn", "12.5%", "31/2/2021", "8/16",
        "6 tháng đầu năm 2021", "1/2 dân số", "16/8/KH-UBND", "ngày 1 6 tháng 8",
    ],
)  # fmt: skip
def test_a_number_that_looks_like_a_date_is_none(text):
    assert dates_in(text) == []


def test_both_ends_of_a_period_are_found_in_order():
    text = "(từ ngày 16/8 đến ngày 22/8)"

    assert dates_in(text) == [AUGUST_16, date(2021, 8, 22)]
    assert [text[f.start : f.end] for f in find_dates(text, year=2021)] == [
        "ngày 16/8",
        "ngày 22/8",
    ]


def test_the_date_of_another_letter_keeps_its_own_place():
    found = find_dates("Kế hoạch số 59/KH-UBND ngày 11/07/2021 của UBND", year=2021)

    assert [(f.date, f.text) for f in found] == [(date(2021, 7, 11), "11/07/2021")]


def test_a_date_written_month_first_is_read_and_marked():
    assert [(f.date, f.swapped) for f in find_dates("8/16/2021", year=2021)] == [(AUGUST_16, True)]
    assert [(f.date, f.swapped) for f in find_dates("8/13/2021", year=2021)] == [
        (date(2021, 8, 13), True)
    ]
    assert [(f.date, f.swapped) for f in find_dates("8/9/2021", year=2021)] == [
        (date(2021, 9, 8), False)
    ]


@pytest.mark.parametrize(
    "stem",
    [
        "BC 1608", "BC_160821", "bc16082021", "20210816_BS", "210816", "16-8", "BC Tam Quan 16.8",
        "16_8", "ngay 16 8", "NGÀY 16.8.2021", "Mẫu 02 - 16-8", "mau02_16-8-2021", "16 8 2021",
        "mau 02 ngay 16 thang 8", "2021-08-16", "8-16-2021", "21640 1608", "BC lan 2 (1) 16.8",
        "15h00 16-8", "IMG_20210816_150000", "2_16-8", "Bao cao 0912345678 16-8",
    ],
)  # fmt: skip
def test_a_file_name_tells_its_day(stem):
    assert file_name_dates(stem, year=2021) == [AUGUST_16]


@pytest.mark.parametrize(
    "stem",
    ["", "mau 02", "Mẫu số 02", "0912345678", "0912.345.678 bc", "BC 0912 345 678", "2021", "5432",
     "ngay 16", "v1.2 bao cao", "21640", "15.00", "16-8-2001"],
)  # fmt: skip
def test_other_digits_of_a_file_name_are_no_day(stem):
    assert file_name_dates(stem, year=2021) == []


def test_a_file_name_may_give_a_period():
    assert file_name_dates("tu 16-8 den 22-8", year=2021) == [AUGUST_16, date(2021, 8, 22)]


@pytest.mark.parametrize(
    "value",
    [44424, 42962, 44424.625, "44424", 20210816, "16082021", datetime(2021, 8, 16, 15), AUGUST_16],
)
def test_a_cell_holds_a_day_as_date_serial_or_text(value):
    assert cell_date(value, year=2021, near=AUGUST_16) == AUGUST_16


@pytest.mark.parametrize(
    ("day", "is_read"),
    [(date(2023, 12, 31), True), (date(2024, 1, 1), False), (date(2019, 1, 1), True)],
)
def test_a_number_is_a_day_within_two_years_of_the_campaign(day, is_read):
    assert cell_date(serial_of(day), year=2021, near=day) == (day if is_read else None)


@pytest.mark.parametrize("value", [None, True, 5432, "x", "16/8 đến 22/8", float("nan"), 5.5])
def test_a_cell_without_one_day_gives_none(value):
    assert cell_date(value, year=2021, near=AUGUST_16) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("15 giờ 30 phút", time(15, 30)), ("12h trưa", time(12)), ("7h tối", time(19)),
        ("12h đêm", time(0)), ("8h sáng", time(8)), ("3:00 PM", time(15)), (0.625, time(15)),
        ("trước 15h00 ngày 16/8", time(15)), ("4G", None), ("12 hộ", None), ("25h", None),
        ("16/8", None), (None, None),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_as_it_is_said(text, clock):
    assert parse_time(text) == clock


@given(st.dates(date(2021, 1, 1), date(2021, 12, 31)))
def test_every_day_of_the_year_is_read_back_from_its_usual_forms(day):
    for form in ("ngày {0.day} tháng {0.month} năm {0.year}", "{0:%d/%m/%Y}", "{0:%d-%m-%y}"):
        assert dates_in(form.format(day)) == [day]
    assert file_name_dates(f"BC {day:%d%m%Y}", year=2021) == [day]


ANYTHING = st.one_of(
    st.none(), st.integers(), st.floats(), st.text(), st.binary(), st.datetimes(),
    st.text(alphabet="0123456789/.- hgngàythánăm"),
)  # fmt: skip


@pytest.mark.slow
@given(ANYTHING)
def test_no_object_makes_reading_a_date_fail(value):
    cell_date(value, year=2021, near=AUGUST_16)
    parse_time(value)
    if isinstance(value, str):
        file_name_dates(value, year=2021)
        normal = unicodedata.normalize("NFC", value)
        assert all(normal[f.start : f.end] == f.text for f in find_dates(value, year=2021))
