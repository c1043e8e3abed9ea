"""Numbers in cells: a count, another kind of number, nothing, or not to be relied on."""

import csv
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake.parsers.numbers import Number, Unreadable, parse_number

VECTORS = Path(__file__).parent / "vectors" / "parse_test_vectors.csv"


def number_vectors() -> list[tuple[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        return [
            (r["input"], r["expected"]) for r in csv.DictReader(stream) if r["kind"] == "number"
        ]


@pytest.mark.parametrize(("written", "expected"), number_vectors())
def test_the_reference_numbers_are_read(written, expected):
    number = parse_number(written, count=written != "42,85")  # a rate without its sign

    assert number is None if expected == "MISSING" else number.value == Decimal(expected)


@pytest.mark.parametrize("separator", [" ", "\u00a0", "\u202f", ".", ","])
def test_a_separator_before_three_digits_is_thousands_where_things_are_counted(separator):
    assert parse_number(f"12{separator}345").value == 12345


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("0", 0), ("05", 5), (7, 7), (7.0, 7), ("7.0", 7), (118.00000000000001, 118),
        ("5.432,00", 5432), ("1,234.00", 1234), ("50 người", 50), ("50 đ/c", 50), ("'50", 50),
        ("50 (năm mươi)", 50), ("120 (đạt 80%)", 120), ("１２３", 123),
        ("50.", 50), (": 45", 45), ("Tổng cộng: 5.432", 5432), ("+5", 5), ("10.130 máy", 10130),
    ],
)  # fmt: skip
def test_a_count_is_read_as_an_exact_whole_number(value, count):
    number = parse_number(value)

    assert number == Number(count, "count") and type(number.value) is int


@pytest.mark.parametrize(
    ("written", "count"), [("1O0", 100), ("5O", 50), ("l2", 12), ("1I5", 115), ("2l", 21)]
)
def test_a_letter_typed_for_a_digit_is_put_right_and_marked(written, count):
    assert parse_number(written) == Number(count, "count", repaired=True)


@pytest.mark.parametrize("written", ["12\n15", "12\n155", "5\n432", "1\r\n2"])
def test_a_number_on_each_of_several_lines_is_no_number(written):
    assert parse_number(written).reason == "several"


@pytest.mark.parametrize("written", ["5.432\nngười", "5.432\n(53,6%)", "\n5432\n"])
def test_words_on_another_line_do_not_matter(written):
    assert parse_number(written).value == 5432


@pytest.mark.parametrize(
    "written", ["~50", "khoảng 50", "gần 50", "hơn 50", "50+", "> 50", ">= 50", "trên 50 người"]
)
def test_an_approximate_count_says_so(written):
    assert parse_number(written) == Number(50, "count", approximate=True)


@pytest.mark.parametrize(("value", "assumed"), [("5.432", False), ("5,432", True), (5.432, True)])
def test_thousands_that_could_be_decimals_are_marked(value, assumed):
    assert parse_number(value) == Number(5432, "count", assumed_thousands=assumed)


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("42,85%", "percent", "42.85"),
        ("42.85 %", "percent", "42.85"),
        ("100%", "percent", "100"),
        ("đạt 53,6%", "percent", "53.6"),
        ("42,850%", "percent", "42.85"),
        ("0,4285", "fraction", "0.4285"),
        ("0.428", "fraction", "0.428"),
        (0.4285, "fraction", "0.4285"),
    ],
)
def test_a_rate_keeps_its_kind_also_in_a_column_of_counts(value, kind, read):
    assert parse_number(value) == Number(Decimal(read), kind)


@pytest.mark.parametrize(
    ("written", "above", "below"),
    [
        ("35/120", 35, 120), ("35 / 120 người", 35, 120), ("35 người/120 người", 35, 120),
        ("35 trên 120", 35, 120), ("5.432/10.130", 5432, 10130), ("5/12", 5, 12), ("0/9", 0, 9),
        ("135/120", 135, 120), ("30/20", 30, 20), ("14/13", 14, 13), ("32/8", 32, 8),
    ],
)  # fmt: skip
def test_a_ratio_keeps_its_denominator(written, above, below):
    number = parse_number(written)

    assert (number.kind, number.value, number.denominator) == ("ratio", above, below)


@pytest.mark.parametrize(
    "value", [None, "", " \u00a0", "-", "–", "—", ".....", "…", float("nan"), "chưa có", "N/A"]
)
def test_nothing_written_is_missing(value):
    assert parse_number(value) is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("#REF!", "error"), ("#N/A", "error"), ("Err:502", "error"), (float("inf"), "error"),
        ("0912345678", "phone"), ("0912.345.678", "phone"), (912345678, "phone"),
        (912345678.0, "phone"), ("100000000", "too_large"), ("9.12E+08", "scientific"),
        ("16/8/2021", "date"), ("16/8", "date"), ("31/12", "date"),
        ("ngày 16 tháng 8", "date"), ("17h00", "date"),
        (date(2021, 8, 16), "date"), (datetime(2021, 8, 16), "date"), (time(15), "date"),
        ("1.5", "decimal"), ("42,85", "decimal"), (1.5, "decimal"), ("1.234,567", "decimal"),
        ("-5", "negative"), (-5, "negative"), ("−5", "negative"), (-0.5, "negative"),
        ("50-60", "several"), ("50 (35)", "several"), ("12 34", "several"), ("35/0", "several"),
        ("không", "text"), ("còn 20", "text"), ("thiếu 5", "text"), ("năm mươi", "text"),
        ("x", "text"), ("O", "text"), (True, "text"), ("1169/UBND-VX", "text"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_unreadable_and_never_zero(value, reason):
    result = parse_number(value)

    assert isinstance(result, Unreadable) and result.reason == reason


def test_the_unreadable_text_is_kept_for_the_finding():
    assert parse_number("  còn \n 20 ").text == "còn 20"


@pytest.mark.parametrize(
    ("value", "read", "kind"),
    [("42,85", "42.85", "decimal"), ("5.432", "5.432", "decimal"), ("-3", "-3", "decimal"),
     (42.85, "42.85", "decimal"), ("60", "60", "count"), ("1.234,5", "1234.5", "decimal")],
)  # fmt: skip
def test_where_nothing_is_counted_one_separator_is_a_decimal_one(value, read, kind):
    number = parse_number(value, count=False)

    assert (number.value, number.kind) == (Decimal(read), kind)


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.dates(),
    st.times(), st.decimals(), st.text(alphabet="0123456789.,/%-+eO ()~"),
)  # fmt: skip


@given(ANYTHING, st.booleans())
def test_any_object_gives_one_of_the_three_outcomes(value, count):
    result = parse_number(value, count=count)

    assert result is None or isinstance(result, Number | Unreadable)
    if count and isinstance(result, Number):
        assert result.value >= 0 and result.kind != "decimal"
        assert result.kind not in ("count", "ratio") or type(result.value) is int


@given(st.integers(min_value=0, max_value=99_999_999), st.sampled_from([" ", ".", "\u00a0"]))
def test_every_count_survives_its_thousands_separators(count, separator):
    assert parse_number(f"{count:,}".replace(",", separator)).value == count


@pytest.mark.parametrize("typed", [1.125, 432.125, 999.125])
def test_thousands_that_a_spreadsheet_took_for_a_decimal_point_are_put_right(typed):
    assert parse_number(typed) == Number(round(1000 * typed), "count", assumed_thousands=True)


@pytest.mark.parametrize("typed", [1000.125, 12.12, 12.1255])
def test_no_other_decimal_is_taken_for_thousands(typed):
    assert parse_number(typed).reason == "decimal"


def test_a_count_has_up_to_eight_digits_and_its_text_up_to_two_hundred_characters():
    assert parse_number("99999999").value == 99_999_999
    assert parse_number("999999999").reason == "too_large"
    assert parse_number(f"(x{'y' * 194}) 5").value == 5  # 199 characters
    assert parse_number(f"(x{'y' * 195}) 5").value == 5
    assert parse_number(f"(x{'y' * 196}) 5").reason == "text"
