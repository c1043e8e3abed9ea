"""Any table through any layout, hand and encoding gives back its facts; any bytes, a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign
from tests.corpus.hands import LETTERS, UNITS, Hand, Table, counts, hands, tables, typed
from tests.corpus.layouts import LAYOUTS, WORKBOOKS, Laid
from tests.corpus.makers.cells import Looking, Pieces
from tests.corpus.paper import (
    HEAD,
    PARAMS,
    SIGNED,
    form01,
    name,
    phone,
    top,
)

QUICK = {"suppress_health_check": list(HealthCheck), "deadline": None, "derandomize": True}


@pytest.fixture(scope="module", autouse=True)
def _without_programs() -> Iterator[None]:
    """Programs that open old formats take a second for each file; they have tests of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        yield


@cache
def reader() -> Reader:
    """No fixture: hypothesis would print the whole campaign beside each failure."""
    return Reader(Campaign.load(PARAMS), b"a key of the tests")


def one_report(laid: Laid) -> Submission:
    (report,) = reader().read(laid.content, laid.file)
    return report


def faults_of(report: Submission) -> list[tuple[str, str]]:
    return sorted((f.rule, f.where) for f in report.findings if f.severity in ("error", "warning"))


def gives_back_its_facts(table: Table, hand: Hand, layout: str) -> None:
    assume(not (layout.endswith("cp1258") and "✓" in table.values))  # it has no such letter
    if table.reading == "per_person":
        hand = replace(hand, total=True)
    rows, _at = typed(table, hand, {})
    report = one_report(LAYOUTS[layout](rows))

    assert (report.form, report.unit_code) == ("mau02", table.unit)
    assert str(report.report_date) == f"2021-08-{table.day}"
    assert report.facts["numerator_cumulative"] == table.numerator
    assert report.facts["distinct_phones"] == len(table.values)
    assert faults_of(report) == []


def finds_its_faults(table: Table, hand: Hand, layout: str, data: st.DataObject) -> None:
    """Phones too short and counts that are words: each is said at its own cell."""
    table = replace(table, reading="per_person", values=tuple(range(30, 30 + 7 * 8, 7)))
    hand = replace(hand, total=False)
    places = st.tuples(st.integers(0, 7), st.sampled_from([3, 4]))
    hurt = data.draw(st.sets(places, min_size=1, max_size=5))
    wrong = {3: "09123", 4: "chưa rõ"}
    rows, at = typed(table, hand, {place: wrong[place[1]] for place in hurt})
    laid = LAYOUTS[layout](rows)
    report = one_report(laid)

    rule = {3: "phone_invalid", 4: "number_unreadable"}
    expected = sorted((rule[f], laid.where(at[row], hand.order.index(f))) for row, f in hurt)
    assert faults_of(report) == expected
    kept = [v for i, v in enumerate(table.values) if (i, 4) not in hurt]
    assert report.facts["numerator_cumulative"] == sum(kept)
    assert report.facts["distinct_phones"] == 8 - sum(f == 3 for _row, f in hurt)


@given(tables(), hands, st.sampled_from([*LAYOUTS]))
@settings(max_examples=150, **QUICK)
def test_any_table_in_any_layout_and_hand_gives_back_its_facts(table, hand, layout):
    gives_back_its_facts(table, hand, layout)


@pytest.mark.slow
@given(tables(), hands, st.sampled_from([*LAYOUTS]), st.data())
@settings(max_examples=100, **QUICK)
def test_any_fault_in_any_layout_and_hand_is_said_at_its_cell(table, hand, layout, data):
    finds_its_faults(table, hand, layout, data)


# What a person sees of a workbook: any cell struck, raised or hidden, any row

SEEN = {  # look → a cell that holds a text in it
    "struck": lambda text: Looking(text, "struck"),
    "hidden": lambda text: Looking(text, "hidden"),
    "written anew": lambda text: Pieces((("0129", "struck"), (" ", ""), (text, ""))),
    "raised": lambda text: Pieces(((text, ""), ("1", "raised"))),
}
LACKING_OF = ("struck", "hidden")  # looks after which nothing is left of a cell
LACKING = {3: "phone_missing", 4: "number_unreadable"}
MARKED_CELL = st.tuples(st.sampled_from([*SEEN]), st.sampled_from([3, 4]))
MARKED_ROW = st.tuples(st.sampled_from(["struck", "hidden"]), st.just(None))


def reads_what_is_seen(table: Table, hand: Hand, layout: str, marks: dict) -> None:
    """`marks`: number of a row → how it looks, and which of its cells, None for all of them."""
    table = replace(table, reading="per_person", values=tuple(range(30, 30 + 7 * 8, 7)))
    hand = replace(hand, total=False)
    listed = table.rows(UNITS[table.unit][1])
    faults: dict[tuple[int, int], Any] = {}
    for row, (look, field) in marks.items():
        if field is not None:
            faults[row, field] = SEEN[look](str(listed[row][field]))
        elif look == "struck":
            faults |= {(row, f): Looking(value, look) for f, value in enumerate(listed[row])}
    rows, at = typed(table, hand, faults)
    gone = [row for row, (_look, field) in marks.items() if field is None]
    laid = LAYOUTS[layout](rows, [at[row] for row in gone if marks[row][0] == "hidden"])
    report = one_report(laid)

    expected: list[tuple[str, str]] = []
    for row, (look, field) in marks.items():
        where = laid.where(at[row], hand.order.index(4 if field is None else field))
        rule = {"struck": "text_struck", "hidden": "text_hidden", "written anew": "text_struck"}
        expected += [(rule[look], where)] if look in rule else []
        expected += [(LACKING[field], where)] if look in LACKING_OF and field else []
    gone_of = [(row, f) for row, (look, f) in marks.items() if look in LACKING_OF]
    lost = {field: {row for row, f in gone_of if f in (field, None)} for field in LACKING}
    assert faults_of(report) == sorted(expected)
    assert report.facts["numerator_cumulative"] == sum(
        value for row, value in enumerate(table.values) if row not in lost[4]
    )
    assert report.facts["distinct_phones"] == 8 - len(lost[3])


@pytest.mark.slow
@given(
    tables(),
    hands,
    st.sampled_from([*WORKBOOKS]),
    st.dictionaries(st.integers(0, 7), MARKED_CELL | MARKED_ROW, min_size=1, max_size=4),
)
@settings(max_examples=150, **QUICK)
def test_any_cell_struck_raised_or_hidden_in_any_workbook_is_read_as_it_is_seen(
    table, hand, layout, marks
):
    reads_what_is_seen(table, hand, layout, marks)


@pytest.mark.slow
@given(tables(), hands, st.sampled_from([*LAYOUTS]))
@settings(max_examples=1_500, **QUICK)
def test_very_many_tables_give_back_their_facts(table, hand, layout):
    gives_back_its_facts(table, hand, layout)


@pytest.mark.slow
@given(tables(), hands, st.sampled_from([*LAYOUTS]), st.data())
@settings(max_examples=1_000, **QUICK)
def test_very_many_faults_are_said_at_their_cells(table, hand, layout, data):
    finds_its_faults(table, hand, layout, data)


# Counts without a row of totals: the figure is right, or it is said that it may not be


@pytest.mark.slow
@given(counts, st.sampled_from(["xlsx-0-0", "csv-;-utf-8", "docx"]))
@settings(max_examples=80, **QUICK)
def test_counts_without_a_total_come_back_as_their_sum_or_with_a_doubt(values, layout):
    rows = [[i, name(i), "Khu phố 1", phone(i), value] for i, value in enumerate(values, start=1)]
    report = one_report(LAYOUTS[layout]([*top(), HEAD, *rows]))

    doubted = any(f.rule == "reading_low_confidence" for f in report.findings)
    assert doubted or report.facts["numerator_cumulative"] == sum(values)


# Mẫu 01

staff = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 5_000))


@pytest.mark.slow
@given(
    staff,
    st.sampled_from(["- {}: {}", "{}: ……{}……", "1. {} : {}", "+ {}:\t{}"]),
    st.sampled_from([*LETTERS]),
    st.sampled_from(["docx", "xlsx", "txt"]),
)
@settings(max_examples=80, **QUICK)
def test_any_three_numbers_of_mau_01_come_back_with_what_contradicts(
    numbers, filled, letters, kind
):
    from tests.corpus.makers.word import docx
    from tests.corpus.makers.workbooks import xlsx

    total, denominator, installed = numbers
    lines = form01(["0912345678", "BZ-1", total, denominator, installed], filled=filled)
    lines = [LETTERS[letters](line) for line in lines]
    content = {
        "docx": partial(docx, *lines),
        "xlsx": partial(xlsx, [[line] for line in lines]),
        "txt": lambda: "\n".join(lines).encode(),
    }[kind]()
    (report,) = reader().read(content, f"mau 01.{kind}")

    facts = [report.facts.get(f"staff_{name}") for name in ("total", "denominator", "numerator")]
    assert facts == [total, denominator, installed]
    rules = {finding.rule for finding in report.findings}
    assert ("denominator_over_staff" in rules) == (denominator > total)
    assert ("numerator_over_denominator" in rules) == (installed > denominator)


# Any bytes

ENDINGS = [
    "xlsx",
    "xlsm",
    "xls",
    "xlsb",
    "ods",
    "csv",
    "tsv",
    "docx",
    "doc",
    "pdf",
    "txt",
    "eml",
    "zip",
    "jpg",
    "html",
    "rtf",
    "",
    "XLSX",
    "~lock",
]
SIGNS = [
    b"",
    b"PK\3\4",
    b"PK\5\6",
    b"%PDF-1.7\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"From: a\r\nSubject: b\r\n\r\n",
    b"{\\rtf1",
    b"<html>",
    b"\xff\xd8\xff",
]
GIVEN = settings(max_examples=150, **QUICK)


@cache
def whole(layout: str) -> Laid:
    rows = [[i, name(i), "Khu phố 1", phone(i), 40 + 7 * i % 23] for i in range(1, 6)]
    return LAYOUTS[layout]([*top(), HEAD, *rows, *SIGNED])


def survives(content: bytes, file: str) -> list[Submission]:
    """What comes of any bytes: at least one submission, and each can be shown and stored."""
    found = reader().read(content, file)
    assert found
    for report in found:
        assert report.to_json()
        assert Submission.from_record(report.to_record()).facts == report.facts
    return found


@given(st.sampled_from(SIGNS), st.binary(max_size=400), st.sampled_from(ENDINGS))
@GIVEN
def test_any_bytes_with_any_ending_give_a_finding(sign, content, ending):
    found = survives(sign + content, f"a.{ending}")

    assert all(report.findings for report in found)


@given(st.text(max_size=300), st.sampled_from(ENDINGS), st.sampled_from(["utf-8", "utf-16"]))
@GIVEN
def test_any_text_with_any_ending_gives_a_finding(text, ending, encoding):
    found = survives(text.encode(encoding, "surrogatepass"), f"a.{ending}")

    assert all(report.findings for report in found)


LAYOUTS_HURT = [
    "xlsx-0-0",
    "xlsm-0-0",
    "xml-0-0",
    "xls-0-0",
    "xlsb-0-0",
    "ods-0-0",
    "csv-;-utf-8",
    "docx",
    "pdf",
    "zip",
    "eml",
]


@pytest.mark.slow
@given(st.sampled_from(LAYOUTS_HURT), st.sampled_from(ENDINGS), st.data())
@GIVEN
def test_a_report_damaged_anywhere_and_renamed_never_raises(layout, ending, data):
    content = bytearray(whole(layout).content)
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))

    survives(bytes(content[:cut]), f"a.{ending}")


words = st.sampled_from(
    [
        "UBND",
        "phường",
        "xã",
        "Bồng Sơn",
        "Hoài Đức",
        "HT",
        "báo cáo",
        "đến",
        "15h",
        "ngày",
        "16/8",
        "lũy kế",
        "đạt",
        "5.432",
        "10.130",
        "/",
        "53,6%",
        ":",
        ",",
        "\n",
        "\n\n",
        "trong ngày",
        "45",
        "người",
        "không",
        "Tổng cộng",
        "[14:32, 16/8/2021]",
        "0912345678",
        "-",
        "“",
        "triệu",
    ]
)


@given(st.lists(words, max_size=25))
@settings(max_examples=200, **QUICK)
def test_a_message_of_any_words_gives_no_figure_that_is_not_in_it(said):
    text = " ".join(said)
    numbers = {"5.432": 5432, "10.130": 10130, "45": 45, "53,6%": 5430}  # 0.536 × 10,130
    for report in survives(text.encode(), "zalo.txt"):
        numerator = report.facts.get("numerator_cumulative")
        allowed = {value for written, value in numbers.items() if written in said}
        assert numerator is None or numerator in allowed or report.findings
