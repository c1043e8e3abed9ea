"""No name and no full phone number comes out of a report."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import (
    FIRST,
    HEAD,
    LABELS_01,
    as_word,
    mau01_lines,
    mau02,
    name,
    people,
    phone,
    workbook,
)

GIVEN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
ROWS = people([45, 38, 52])


@pytest.mark.slow
@given(
    st.permutations(range(5)),
    st.lists(st.sampled_from(["", "nhà {}", "{} tổ 5", "{}"]), min_size=4, max_size=4),
    st.integers(0, 3),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
def test_no_name_and_no_phone_comes_out_of_a_report(reader, order, homes, shift):
    rows = people([45, "abc", None, 52])
    for row, home in zip(rows, homes, strict=True):
        row[2] = home.format(row[1]) or row[2]
    rows[shift][1:] = rows[shift][2:] + rows[shift][1:2]  # a row typed one column to the left
    rows.append([5, name(0), "KP 1", phone(0) + "9", phone(1)])
    head = [HEAD[i] for i in order]
    table = mau02([[row[i] for i in order] for row in rows], head=head)
    (report,) = reader.read(workbook(table), "a.xlsx")
    said = json.dumps([report.to_json(), report.to_record()], ensure_ascii=False, default=vars)

    for i in range(5):
        assert name(i) not in said
        assert phone(i) not in said


def test_no_phone_comes_out_of_the_lines_around_a_report(read):
    rows = mau02(ROWS, unit="XÃ ÂN HẢO", signed="Người lập: 0912345678, ngày 17/8/2021")
    said = json.dumps(read(workbook(rows)).to_json(), ensure_ascii=False)

    assert "0912345678" not in said


@pytest.mark.parametrize("typed", [f"{name(0)} 09123", f"09123 ({name(0)})", name(0)])
def test_a_name_typed_where_a_phone_is_due_comes_out_as_initials(read, typed):
    rows = people([45, 38, 52])
    rows[0][3] = typed
    said = json.dumps(read(workbook(mau02(rows))).to_json(), ensure_ascii=False)

    assert name(0) not in said and "N.V.A." in said


def test_a_phone_typed_where_the_qr_code_is_due_is_masked(read):
    lines = mau01_lines()
    lines[8] = LABELS_01[1] + ": 0987654321"
    said = json.dumps(read(as_word(lines, "paragraphs"), "a.docx").to_json(), ensure_ascii=False)

    assert "0987654321" not in said


def test_the_rows_keep_a_phone_as_a_hash_that_only_the_key_can_make(read):
    first, *_rest = read(workbook(mau02(ROWS))).rows

    assert first.cell == f"Sheet1!E{FIRST}"
    assert first.phone and phone(0) not in repr(first) and name(0) not in repr(first)
