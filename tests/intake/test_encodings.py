"""Whole reports in old encodings say what their twins in Unicode say."""

import time
from collections.abc import Callable

import pytest
from making import DAY, HEAD, TITLES, bare, mau02, people, word, workbook
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.legacy import tcvn3, vni
from tests.corpus.makers.workbooks import ods, xls

from briefing.intake.readers import Grid, Part
from briefing.intake.readers.encodings import decoded, readable, text_of, wide_encoding

HANDS: dict[str, Callable[[str], str]] = {"TCVN3": tcvn3, "VNI": vni}
ROWS = people([45, 38, 52])
FORM = mau02(ROWS, after=[["Tổng cộng", None, None, None, 135], [], ["Người lập biểu"]])


def typed(rows: list, hand: Callable[[str], str]) -> list:
    return [[hand(v) if isinstance(v, str) else v for v in row] for row in rows]


def misread(text: str, page: str = "cp1252") -> str:
    """UTF-8 as a program shows it that takes it for a code page of Windows."""
    pieces = (bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode())
    return "".join(pieces)


def said(report) -> dict:
    return {
        "facts": report.facts, "unit": report.unit_code, "day": report.report_date,
        "reading": report.reading, "rows": report.rows_read,
        "persons": [row.person for row in report.rows], "places": [r.place for r in report.rows],
        "rules": [(f.rule, f.where) for f in report.findings if f.rule != "legacy_encoding"],
    }  # fmt: skip


def noted(report) -> list[tuple[str, str, str]]:
    return [(f.severity, f.where, f.found) for f in report.findings if f.rule == "legacy_encoding"]


@pytest.mark.parametrize("name", HANDS)
@pytest.mark.parametrize("make", [workbook, xls, ods])
def test_a_workbook_in_an_old_font_says_what_its_twin_says(read, make, name):
    twin, report = read(make(FORM)), read(make(typed(FORM, HANDS[name])))

    assert said(report) == said(twin) and twin.facts["numerator_cumulative"] == 135
    assert noted(report) == [("info", "Sheet1!A1", name)]
    assert noted(twin) == []


@pytest.mark.parametrize("name", HANDS)
def test_a_document_in_an_old_font_says_what_its_twin_says(read, name):
    hand = HANDS[name]
    lines = ["Ủy ban nhân dân", "Phường Bồng Sơn", *TITLES[1:], DAY]
    twin = read(word(*lines, bare(ROWS)), "a.docx")
    report = read(word(*map(hand, lines), typed(bare(ROWS), hand)), "a.docx")

    assert said(report) == said(twin) and twin.unit_code == "21640"
    assert noted(report) == [("info", "paragraph 1", name)]


@pytest.mark.parametrize("name", HANDS)
def test_a_text_in_an_old_font_says_what_its_twin_says(read, name):
    hand = HANDS[name]
    twin = read(delimited(FORM, by=";"), "a.csv")
    report = read(delimited(typed(FORM, hand), by=";", encoding="latin-1"), "a.csv")

    assert said(report) == said(twin) and twin.facts["numerator_cumulative"] == 135
    assert [(severity, found) for severity, _where, found in noted(report)] == [("info", name)]


@pytest.mark.parametrize("page", ["cp1252", "cp1258", "latin-1"])
def test_utf_8_that_was_taken_for_another_encoding_is_put_right(read, page):
    twin = read(workbook(FORM))
    report = read(workbook(typed(FORM, lambda text: misread(text, page))))

    assert said(report) == said(twin)
    assert noted(report) == [("info", "Sheet1!A1", "UTF-8 → Windows-1252")]


def test_utf_8_that_was_taken_for_another_encoding_twice_is_put_right(read):
    twice = typed(FORM, lambda text: misread(misread(text, "cp1252"), "cp1252"))

    assert said(read(workbook(twice))) == said(read(workbook(FORM)))


def test_a_hard_blank_that_became_a_plain_one_among_wrong_letters_is_put_right():
    assert readable("HoÃ i SÆ¡n, ngÃ y 16") == ("Hoài Sơn, ngày 16", "utf-8")
    assert readable("XÃ TAM QUAN") == ("XÃ TAM QUAN", None)


def part(*rows: list, name: str = "Sheet1") -> Part:
    return Part(name, (Grid("sheet", name, [list(row) for row in rows]),))


def test_a_file_in_unicode_comes_through_untouched():
    parts = [part(*FORM), part(["25 °C", "café", "½", "«Bồng Sơn»", "VĂN", "Ghi chú: Ô. Phạm"])]

    result = decoded(parts)

    assert result.encoding is None and result.wheres == ()
    assert all(a is b for a, b in zip(result.parts, parts, strict=True))


def test_a_file_of_5000_rows_in_unicode_costs_next_to_nothing():
    parts = [part(*mau02(people(range(5000))))]
    seconds = []
    for _time in range(5):
        began = time.process_time()
        decoded(parts)
        seconds.append(time.process_time() - began)

    assert min(seconds) < 0.02  # 1.2 ms on a quiet machine


def test_columns_of_one_file_may_be_typed_in_different_encodings():
    places = ["Khu phố Liêm Bình", "Khu phố Phụ Đức", "Khu phố Trung Lương"]
    names = [row[1] for row in ROWS]
    rows = [
        [i, name, tcvn3(place)] for i, (name, place) in enumerate(zip(names, places, strict=True))
    ]

    result = decoded([part(HEAD[:3], *rows)])

    assert result.encoding == "tcvn3" and result.wheres == ("Sheet1!C2",)
    assert [row[1:] for row in result.parts[0].grids[0].cells[1:]] == [
        list(pair) for pair in zip(names, places, strict=True)
    ]


def test_a_word_that_could_stand_as_it_is_follows_its_column():
    places = ["Khu phố Liêm Bình", "Thôn Phú Mỹ", "Thôn Bình Đê", "Phú"]
    old, new = part(*([tcvn3(place)] for place in places)), part(["Phó"], *([p] for p in places))

    assert [row[0] for row in decoded([old]).parts[0].grids[0].cells] == places
    assert decoded([new, old]).parts[0].grids[0].cells[0] == ["Phó"]


def test_the_letter_that_is_a_soft_hyphen_elsewhere_is_kept():
    assert readable(tcvn3("Hoài Hương"))[0] == "Hoài Hương"
    assert "\xad" in tcvn3("Hoài Hương")


def test_the_name_of_a_sheet_is_decoded_and_its_addresses_are_not(reader):
    sheets = {tcvn3("Bồng Sơn"): typed(bare(ROWS), tcvn3)}
    (report,) = reader.read(workbook(sheets), "16-8.xlsx")

    assert report.unit_code == "21640"
    assert report.sources["numerator_cumulative"] == f"{tcvn3('Bồng Sơn')}!E2:E4"


@pytest.mark.parametrize("hand", [tcvn3, vni, misread])
def test_the_name_of_a_file_may_be_in_the_wrong_letters(reader, hand):
    (report,) = reader.read(workbook(bare(ROWS)), f"16-8/{hand('Phường Hoài Đức')}.xlsx")

    assert (report.unit_code, str(report.report_date)) == ("21685", "2021-08-16")


@pytest.mark.parametrize(
    "text", ["Hoài Đức", "Hòa", "Müller", "25 °C", "", "Ã¡é", "São Paulo", "naïve café"]
)
def test_a_text_in_unicode_stands_as_it_came(text):
    assert readable(text) == (text, None)


@pytest.mark.parametrize(("sound", "kept"), [(9, True), (8, False)])
def test_a_text_with_a_tenth_of_its_letters_damaged_is_still_utf8(sound, kept):
    text = "ạ" * sound

    assert text_of(text.encode() + b"\xff.").startswith(text) == kept


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("a" * 99 + "\x01", True), ("a" * 98 + "\x01\x02", False),  # 98 of 100 can be printed
        ("aaaa" + "ạ" * 6, True), ("aaa" + "ạ" * 7, False),  # three in ten are Latin
    ],
)  # fmt: skip
def test_two_bytes_a_letter_without_a_mark_are_told_by_their_zeros(text, wide):
    assert (wide_encoding(text.encode("utf-16-le")) == "utf-16-le") == wide
