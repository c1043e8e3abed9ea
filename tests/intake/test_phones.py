"""Phone numbers: read, told apart, masked, hashed."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake.parsers.phones import Phone, hash_phones, mask, parse_phone, parse_phones

VECTORS = Path(__file__).parent / "vectors" / "parse_test_vectors.csv"
OUTCOMES = {
    "REJECT": Phone(None, "rejected"),
    "LANDLINE": Phone(None, "landline"),
    "INVALID": Phone(None, "invalid"),
    "MISSING": Phone(None, "missing"),
    "DITTO": Phone(None, "ditto"),
    "AMBIGUOUS": Phone("0563861234", "ok", ("phone_ambiguous",)),
}


def phone_vectors() -> list[tuple[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        return [(r["input"], r["expected"]) for r in csv.DictReader(stream) if r["kind"] == "phone"]


@pytest.mark.parametrize(("written", "expected"), phone_vectors())
def test_the_reference_phones_are_read(written, expected):
    phone = parse_phone(written)

    if expected in OUTCOMES:
        assert phone == OUTCOMES[expected]
    else:
        assert (phone.number, phone.status) == (expected, "ok")


@pytest.mark.parametrize(
    ("value", "notes"),
    [
        ("0912345678", ()),
        (912345678.0, ("phone_zero_restored",)),
        (912345678, ("phone_zero_restored",)),
        ("O912345678", ("phone_zero_restored",)),
        ("9.12345678E+08", ("phone_zero_restored",)),
        ("0912\u00a0345\u00a0678", ()),
        ("０９１２３４５６７８", ()),
        ("(+84) 912-345-678", ()),
        ("ĐT: 0912.345.678 (Zalo)", ()),
    ],
)
def test_one_number_is_read_from_any_way_of_typing_it(value, notes):
    assert parse_phone(value) == Phone("0912345678", "ok", notes)


def test_a_number_of_before_2018_is_converted_also_without_its_zero():
    both = ("phone_zero_restored", "phone_converted")

    assert parse_phone("0167 912 3456") == Phone("0379123456", "ok", ("phone_converted",))
    assert parse_phone(1679123456) == Phone("0379123456", "ok", both)
    assert parse_phone("84 167 912 3456") == Phone("0379123456", "ok", ("phone_converted",))


def test_a_number_converted_to_056_is_certainly_a_mobile():
    assert parse_phone("01861234567") == Phone("0561234567", "ok", ("phone_converted",))


@pytest.mark.parametrize(
    "written",
    [
        "0912345678/0987654321", "0912345678 - 0987654321", "0912345678; 0987654321",
        "0912345678 0987654321", "0912.345.678 0987.654.321", "0912345678\n0987654321",
        "0912345678 hoặc 0987654321", "Nam 0912345678, Lan 0987654321",
    ],
)  # fmt: skip
def test_of_two_numbers_the_first_counts_and_the_second_is_kept(written):
    assert parse_phone(written) == Phone("0912345678", "ok", (), "0987654321")


def test_the_mobile_beside_a_landline_is_taken():
    assert parse_phone("02563861234 / 0912345678") == Phone("0912345678", "ok")


@pytest.mark.parametrize(
    "value",
    ["#REF!", "abc", "09123", "0912x45678", "0912 345 678 9", "+1 202 555 0143", "0999999999",
     True, date(2021, 8, 16), 12.5, float("inf"), "1" * 400],
)  # fmt: skip
def test_what_is_no_mobile_number_is_invalid(value):
    assert parse_phone(value) == Phone(None, "invalid")


@pytest.mark.parametrize(
    "value", [None, "", " ", "-", "...", "0", 0, "không", "ko có", "Chưa có SĐT", float("nan"), "'"]
)
def test_nothing_or_words_for_nothing_is_missing(value):
    assert parse_phone(value) == Phone(None, "missing")


@pytest.mark.parametrize("value", ["nt", "N/T", '"', "”", "''", "//", "như trên", "Như trên."])
def test_ditto_marks_are_told_from_missing(value):
    assert parse_phone(value) == Phone(None, "ditto")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0912345678", "0912xxx678"),
        ("0912.345.678", "0912xxx678"),
        ("0912345678/0987654321", "0912xxx678/0987xxx321"),
        ("+84912345678", "+8491xxx678"),
        ("912345678", "912xxx678"),
        ("0912345", "09xxx45"),
        ("09123", "09123"),
        ("#REF!", "#REF!"),
        ("", ""),
        ("một câu dài không có chữ số nào cả", "một câu dài không có"),
    ],
)
def test_a_number_is_shown_masked(text, shown):
    assert mask(text) == shown


@given(st.text(alphabet="0123456789 .-/()_x", max_size=60))
def test_a_mask_never_leaves_seven_digits_in_a_row(text):
    assert not re.search(r"\d{7}", mask(text))


@given(st.from_regex(r"0[35789]\d{8}", fullmatch=True), st.text(max_size=20), st.text(max_size=20))
def test_a_full_number_never_shows_through_whatever_stands_around_it(number, before, after):
    shown = mask(before + number + after)

    assert number not in shown and not re.search(r"\d{7}", shown)


def test_a_hash_depends_on_the_number_and_on_the_key():
    one = hash_phones(["0912345678"], b"key")[0]

    assert 0 <= one < 2**64
    assert one == hash_phones(["0912345678"], b"key")[0]
    assert one != hash_phones(["0912345679"], b"key")[0]
    assert one != hash_phones(["0912345678"], b"another")[0]


@pytest.mark.parametrize("key", [b"", b"x" * 65])
def test_a_hash_without_a_proper_key_is_refused(key):
    with pytest.raises(ValueError, match="key of 1 to 64 bytes"):
        hash_phones(["0912345678"], key)[0]


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.dates(),
    st.text(alphabet="0123456789+.-/() O"),
)  # fmt: skip


@given(ANYTHING)
def test_any_object_gives_a_number_of_ten_digits_or_none(value):
    phone = parse_phone(value)

    assert (phone.number is not None) == (phone.status == "ok")
    for number in filter(None, (phone.number, phone.second)):
        assert re.fullmatch(r"0[35789]\d{8}", number)


def test_a_column_of_phones_in_groups_is_read_as_each_alone():
    written = ["0912 345 678", "0912.345.678", "0912345678", "091234567.0", "0999 999 999",
               "0912 345 67", "0560 123 456", "٠٩١٢ ٣٤٥ ٦٧٨", "0912 345 6789"]  # fmt: skip

    numbers, others = parse_phones(written)

    alone = [parse_phone(text) for text in written]
    assert numbers == [phone.number if phone.status == "ok" else None for phone in alone]
    assert numbers[:3] == ["0912345678"] * 3
    said = {i: phone for i, phone in enumerate(alone) if phone.status != "ok" or phone.notes}
    assert {i: phone for i, phone in others.items() if phone.status != "ok" or phone.notes} == said
