"""Every phone, number and date of the reference vectors, put through a whole report."""

import csv
from pathlib import Path

import pytest
from making import bare, people, workbook

from briefing.intake.parsers.phones import hash_phones

VECTORS = Path(__file__).parent / "vectors" / "parse_test_vectors.csv"
KEY = b"a key of the tests"  # as the fixture `reader` has it
REFUSED = {
    "REJECT": "phone_invalid", "INVALID": "phone_invalid", "LANDLINE": "phone_invalid",
    "DITTO": "phone_invalid", "MISSING": "phone_missing",
}  # fmt: skip


def vectors(kind: str) -> list:
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["kind"] == kind]
    return [pytest.param(row["input"], row["expected"], id=row["input"]) for row in rows]


def with_cell(read, column: int, value: object):
    rows = people([45, 38, 52])
    rows[1][column] = value
    return read(workbook(bare(rows)), "BC Bong Son 16-8.xlsx")


@pytest.mark.parametrize(("written", "expected"), vectors("phone"))
def test_a_phone_of_the_vectors_is_kept_or_said_at_its_cell(read, written, expected):
    report = with_cell(read, 3, written)
    rules = {f.rule for f in report.findings if f.where == "Sheet1!D3"}

    assert {f.where for f in report.findings} <= {"Sheet1!D3"}
    assert report.facts["numerator_cumulative"] == 135
    if expected in REFUSED:
        assert rules == {REFUSED[expected]} and report.rows[1].phone is None
    elif expected == "AMBIGUOUS":
        assert rules == {"phone_ambiguous"}
    else:
        assert [report.rows[1].phone] == hash_phones([expected], KEY)
        assert not rules & set(REFUSED.values())


@pytest.mark.parametrize(("written", "expected"), vectors("number"))
def test_a_number_of_the_vectors_is_counted_or_said_at_its_cell(read, written, expected):
    report = with_cell(read, 4, written)
    rules = {f.rule for f in report.findings if f.where == "Sheet1!E3"}

    assert {f.where for f in report.findings} <= {"Sheet1!E3"}
    if expected == "MISSING" or "." in expected:  # nothing, or a rate: no count of persons
        assert rules == {"number_unreadable"}
        assert report.facts["numerator_cumulative"] == 97
    else:
        assert report.facts["numerator_cumulative"] == 97 + int(expected)
        assert "number_unreadable" not in rules
    assert ("number_approximate" in rules) == written.startswith(("~", "khoảng"))


@pytest.mark.parametrize(("written", "expected"), vectors("date"))
def test_a_date_of_the_vectors_is_the_day_of_the_report(read, written, expected):
    cell = int(written) if written.isdigit() else written
    rows = [["UBND PHƯỜNG BỒNG SƠN"], ["Ngày báo cáo:", cell], *bare(people([45, 38, 52]))]
    report = read(workbook(rows), "bao cao.xlsx")

    assert str(report.report_date) == expected
