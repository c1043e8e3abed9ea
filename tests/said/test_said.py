"""That a page says the same in every format, and that one other digit in one format is found."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from briefing.documents import blocks
from briefing.documents.assemble import Document, document
from tests.documents import demo
from tests.said import RENDERED, Said, differences, plain

RATE = demo.key_figures().figures[0].label
CHANGES = {  # where, and what is said there: at first, and with another digit
    "a cell": ("table 1, row 3, column 4", "44,12%", "44,13%"),
    "a count": ("table 1, row 3, column 6", "1.507", "1.508"),
    "the sign of a number": ("table 1, row 1, column 5", "\u22120,30", "+0,30"),
    "a heading": ("table 1, row 0, column 6", "Còn thiếu để đạt 60%", "Còn thiếu để đạt 90%"),
    "a total": ("table 1, row 5, column 3", "52.140", "52.141"),
    "a key figure": ("figure cần mỗi ngày để đạt 60%", "4.113", "4.114"),
    "the note of a key figure": ("figure so với ngày trước", "1.818", "1.819"),
    "a mark of a bar": (f"bar of {RATE}", "60% – 20/8", "60% – 21/8"),
    "a call": ("text after figure dùng lại số liệu cũ", "1.204", "1.304"),
    "a sentence": ("text after figure dùng lại số liệu cũ", "14h30", "14h40"),
    "a note under a table": ("text after table 1", "17 đơn vị", "16 đơn vị"),
    "the alt text of a chart": ("chart 1", "44,02%; 10 ngày", "44,02%; 11 ngày"),
}
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="144" height="36" viewBox="0 0 144 36">
<text x="9" y="20" style="font: 9px 'DejaVu Sans'">ngày 16/8</text>
<text x="72" y="20" style="font: 9px 'DejaVu Sans'">39,5%</text></svg>"""


@pytest.fixture(scope="module")
def short() -> Document:
    """A page with something of every kind; each number that is changed stands in it once."""
    table = demo.ranking()
    rows = (*table.rows[8:12], table.rows[-1])
    ranking = replace(table, rows=rows, note="Tính trên 17 đơn vị.")
    chart = blocks.Figure("drawn", "Hai số liệu", DRAWING, "Đạt 44,02%; 10 ngày.")
    sentence = blocks.Paragraph("Nhận lúc 14h30.")
    figures, calls = demo.key_figures(), demo.actions()
    shown = demo.letterhead(), figures, calls, sentence, ranking, chart
    return document(demo.notebook(*map(demo.cell_of, shown)))


@pytest.fixture(scope="module")
def everything() -> dict[str, Said]:
    """A page with every block, hostile texts and an analyst's own cells, in each format."""
    source = document(demo.full())
    return {form: said(source) for form, said in RENDERED.items()}


def other(source: Document, one: str, another: str) -> Document:
    """The document with another text in one place."""
    text = json.dumps(source.blocks, ensure_ascii=False)
    assert text.count(one) == 1
    return replace(source, blocks=tuple(json.loads(text.replace(one, another))))


@pytest.mark.slow
def test_every_kind_of_block_says_the_same_on_paper_as_on_the_screen(everything):
    screen = everything["html"]

    assert sum(place.startswith("table") for place in screen) > 300
    assert sum(place.endswith(", drawn") for place in screen) == 4
    assert len(screen.figures) == 5
    assert differences(screen, everything["pdf"]) == {}
    assert differences(screen.without_drawings, everything["docx"]) == {}


@pytest.mark.parametrize("form", RENDERED)
@pytest.mark.parametrize("kind", CHANGES)
def test_another_digit_in_one_format_is_the_one_difference_that_is_found(short, kind, form):
    place, one, another = CHANGES[kind]

    found = differences(
        RENDERED["html"](short).without_drawings,
        RENDERED[form](other(short, one, another)).without_drawings,
    )

    assert [plain(where) for where in found] == [plain(place)]
    ((said, said_there),) = found.values()
    assert plain(one) in said and plain(another) in said_there


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_another_digit_in_the_drawing_of_a_chart_is_found(short, form):
    found = differences(RENDERED["html"](short), RENDERED[form](other(short, ">39,5%<", ">39,6%<")))

    assert found == {"chart 1, drawn": ("ngày16/839,5%", "ngày16/839,6%")}


@pytest.mark.parametrize("form", RENDERED)
def test_rows_that_have_changed_places_are_found(short, form):
    ranking = next(block for block in short.blocks if block["block"] == "table")
    first, second, *others = ranking["rows"]
    turned = {**ranking, "rows": [second, first, *others]}
    changed = replace(short, blocks=tuple(turned if b is ranking else b for b in short.blocks))

    found = differences(RENDERED["html"](short), RENDERED[form](changed))

    assert {place.rpartition(",")[0] for place in found if "row" in place} == {
        "table 1, row 1", "table 1, row 2",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_one_format_leaves_out_is_found(short, form):
    lacking = replace(short, blocks=tuple(b for b in short.blocks if b["block"] != "figure"))

    found = differences(RENDERED["html"](short), RENDERED[form](lacking))

    assert found["chart 1"] == ("đạt44,02%;10ngày.", "")


def test_only_spaces_capitals_brackets_colons_and_dashes_between_words_are_layout():
    assert plain("KỊP TIẾN ĐỘ (hạn: 15h00) – còn\u00a03 ngày") == "kịptiếnđộhạn15h00còn3ngày"
    assert plain("– \u22120,30 48–63% 1.204 5/17") == "–\u22120,3048–63%1.2045/17"
