"""Each check of a document on paper finds the fault that it is for."""

from __future__ import annotations

import matplotlib
import pytest
from matplotlib.figure import Figure

from briefing.documents import blocks
from briefing.documents.assemble import document, on_paper
from briefing.documents.exporters import BriefingPDFExporter
from briefing.documents.typesetting import typeset

from . import demo, faults, formal_demo, printed

MARGINS = printed.Margins(20, 20, 20, 20)
PAGE = '#set page(paper: "a4", margin: 20mm)\n#set text(font: "Libertinus Serif")\n'
NARROW = '#set page(height: 90mm, margin: 20mm)\n#set text(font: "Libertinus Serif")\n'
HEAD = "table.header(repeat: %s)[Unit][People]"


def made(source: str, tmp_path, start: str = PAGE) -> bytes:
    """The PDF of a piece of Typst."""
    (tmp_path / "a.typ").write_text(start + source, encoding="utf-8")
    return typeset(tmp_path, "a.typ")


def pages(source: str, tmp_path, start: str = PAGE) -> list[printed.Page]:
    return printed.pages(made(source, tmp_path, start), charts="none")


def table(*rows: str) -> dict:
    """A table block of two columns; the cells of a row apart by a bar."""
    cells = [[{"text": text, "note": ""} for text in row.split("|")] for row in rows]
    columns = [{"label": "Unit"}, {"label": "People"}]
    return {"block": "table", "caption": "", "note": "", "columns": columns, "rows": cells}


def read(source: str, tmp_path, *blocks: dict) -> list[str]:
    texts = [faults.body(page, MARGINS) for page in pages(source, tmp_path, NARROW)]
    return faults.of_the_reading(texts, blocks)


@pytest.mark.slow
@pytest.mark.needs("qpdf", "pdffonts")
@pytest.mark.parametrize("whole", [demo.full, formal_demo.full])
def test_a_document_of_every_block_has_no_fault(whole, tmp_path):
    notebook, file = whole(), tmp_path / "a.pdf"
    file.write_bytes(BriefingPDFExporter().from_notebook_node(notebook)[0])

    assert faults.of_a_pdf(on_paper(document(notebook)), file) == {}


@pytest.mark.slow
@pytest.mark.needs("qpdf", "pdffonts")
@pytest.mark.parametrize("head", [demo.letterhead, formal_demo.head])
def test_a_table_of_high_rows_over_many_pages_has_no_fault(head, tmp_path):
    notebook, file = demo.notebook(demo.cell_of(head(), high_rows())), tmp_path / "a.pdf"
    file.write_bytes(BriefingPDFExporter().from_notebook_node(notebook)[0])

    assert faults.of_a_pdf(on_paper(document(notebook)), file) == {}


def high_rows() -> blocks.Table:
    columns = (blocks.Column("a", "Đơn vị", width=1), blocks.Column("b", "Nội dung", width=1))
    names = (f"Đơn vị {n} " + f"{n}, {n} và " * (15 + 4 * (n % 5)) for n in range(60))
    rows = tuple((blocks.Cell(name), blocks.Cell(name[::-1])) for name in names)
    return blocks.Table("high", "Bảng", columns, rows)


@pytest.mark.needs("qpdf")
def test_a_file_that_is_cut_off_is_found(tmp_path):
    (tmp_path / "a.pdf").write_bytes(made("Text.", tmp_path)[:-200])

    assert faults.of_the_file(tmp_path / "a.pdf")


@pytest.mark.needs("pdffonts")
def test_a_font_that_is_not_embedded_is_found(tmp_path):
    figure = Figure()
    figure.text(0.5, 0.5, "Text")
    with matplotlib.rc_context({"pdf.use14corefonts": True}):
        figure.savefig(tmp_path / "a.pdf")

    assert faults.of_the_fonts(tmp_path / "a.pdf") == ["Helvetica"]


def test_another_title_author_and_language_are_found(tmp_path):
    content = made('#set document(title: "A", author: "B")\n#set text(lang: "en")\nText.', tmp_path)

    assert faults.of_the_properties(content, "A", "B", "en") == []
    assert len(faults.of_the_properties(content, "B", "A", "vi")) == 3


def test_a_heading_without_a_bookmark_and_one_out_of_order_are_found(tmp_path):
    content = made("= One\n#heading(bookmarked: false)[Two]\n= Three", tmp_path)

    assert faults.of_the_bookmarks(content, ["One", "Three"]) == []
    assert faults.of_the_bookmarks(content, ["One", "Two", "Three"]) == ["Two"]
    assert faults.of_the_bookmarks(content, ["Three", "One"])


def test_a_word_of_two_fonts_is_found(tmp_path):
    plain = '(name: "DejaVu Sans", covers: regex("[a-z]"))'
    mixed = f'#set text(font: ({plain}, "Libertinus Serif"))\nToàn thị xã nợ 12 người'

    assert "người" in faults.of_the_letters(pages(mixed, tmp_path))
    assert faults.of_the_letters(pages("Toàn thị xã nợ 12 người", tmp_path)) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("#place(dx: -5mm)[Text]", "page 1, beside: Text"),
        ("#box(width: 200mm, align(right)[Text])", "page 1, beside: Text"),
        ("#place(dx: 160mm, rect(width: 30mm))", "page 1, beside: a shape at 180, 20 mm"),
        ("#place(dy: 255mm)[Text]", "page 1, below: Text"),
        ("#place(dy: -8mm)[Text]", "page 1, above: Text"),
        ("Text #place(dx: 169mm, rect(width: 1mm))", None),
    ],
)
def test_what_runs_over_a_margin_is_found(source, found, tmp_path):
    told = faults.of_the_margins(pages(source, tmp_path), MARGINS, ())

    assert found in told if found else told == []


def test_headers_and_footers_are_allowed_beyond_the_margins_and_no_other(tmp_path):
    made_of = pages('#set page(header: [A title], footer: "Page 1/1")\nText', tmp_path)

    assert faults.of_the_margins(made_of, MARGINS, ("A title", "Page")) == []
    assert faults.of_the_margins(made_of, MARGINS, ("Page",)) == [
        "page 1, above: A",
        "page 1, above: title",
    ]


def test_a_heading_that_stands_last_on_its_page_is_found(tmp_path):
    alone = "#v(40mm)#block(sticky: %s)[A long \\ title]\n#rect(height: 12mm)[Text]"

    assert faults.of_the_titles(pages(alone % "false", tmp_path, NARROW), MARGINS, ["A long title"])
    assert not faults.of_the_titles(
        pages(alone % "true", tmp_path, NARROW), MARGINS, ["A long title"]
    )


def test_texts_and_rows_out_of_order_are_found(tmp_path):
    source = f"One\n\nTwo\n#table(columns: 2, {HEAD % 'true'}, [a], [1], [b], [2])"
    one, two = map(paragraph, ("One", "Two"))

    assert read(source, tmp_path, one, two, table("a|1", "b|2")) == []
    assert read(source, tmp_path, two, one, table("a|1", "b|2"))
    assert read(source, tmp_path, one, two, table("b|2", "a|1"))
    assert read(source, tmp_path, one, two, table("a|1", "b|3"))


def test_a_floating_figure_is_found_wherever_it_may_stand_and_no_text_around_it_is_let_off():
    one, two, picture = (
        paragraph("One is said"),
        paragraph("Two is said"),
        figure("Rise", "A note."),
    )
    blocks = (one, picture, two)

    for pages in (
        ["One is said", "Rise 60% A note. Two is said"],  # at the head of the next
        ["Rise 60% A note. One is said", "Two is said"],  # of its own
        ["One is said Two is Rise 60% A note.", "said"],  # at the foot, a sentence going on
        ["One is", "Rise 60% A note. said Two is said"],  # at the head, a sentence going on
    ):
        assert faults.of_the_reading(pages, blocks, floating=True) == []
        assert faults.of_the_reading(["Two is said", *pages[:-1]], blocks, floating=True)
    assert faults.of_the_reading(["One is said Two is said", "Rise A note"], blocks)


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        (["One is said Rise 60% A note. Two is said"], "in the midst of page 1: Rise"),
        (["One Rise 60% A note. is said Two is said"], "in the midst of page 1: Rise"),
        (["One is said", "Two is said", "Rise 60% A note."], "away from page 1, on page 3: Rise"),
        (["Rise 60% A note.", "One is said Two is said"], "away from page 2, on page 1: Rise"),
        (["One is said Rise 60%", "A note. Two is said"], "not in order, or in pieces: Rise"),
        (["One is said Two is said"], "not in order, or in pieces: Rise"),
    ],
)
def test_a_floating_figure_that_is_split_lost_or_away_from_its_text_is_found(pages, found):
    blocks = (paragraph("One is said"), figure("Rise", "A note."), paragraph("Two is said"))

    assert found in faults.of_the_reading(pages, blocks, floating=True)


def test_floating_figures_out_of_order_are_found():
    blocks = (paragraph("One"), figure("Rise", "A note"), figure("Fall", "A note"))

    assert faults.of_the_reading(["One", "Rise A note Fall A note"], blocks, floating=True) == []
    assert faults.of_the_reading(["Fall A note One", "Rise A note"], blocks, floating=True)


def paragraph(text: str) -> dict:
    return {"block": "paragraph", "text": text}


def figure(title: str, note: str) -> dict:
    return {"block": "figure", "title": title, "note": note}


@pytest.mark.parametrize(
    ("repeat", "found"),
    [("false", "split over pages 1 and 2: unit"), ("true", "not in order, or in pieces: unit")],
)
def test_a_row_that_is_split_over_pages_is_found(repeat, found, tmp_path):
    last = r" \ ".join("1234567")
    cells = f"table.cell(breakable: %s)[unit], table.cell(breakable: %s)[{last}]"
    source = f"#v(20mm)#table(columns: 2, {HEAD % repeat}, {cells})"
    row = table(f"unit|{last}".replace("\\", ""))

    assert read(source % ("false", "false"), tmp_path, row) == []
    (fault,) = read(source % ("true", "true"), tmp_path, row)
    assert fault.startswith(found)


def test_a_page_of_a_table_without_its_head_is_found(tmp_path):
    rows = [f"unit {n}|{n}" for n in range(20)]
    cells = ", ".join(f"[{text}]" for row in rows for text in row.split("|"))
    source = "#table(columns: 2, %s, %s)"

    assert read(source % (HEAD % "true", cells), tmp_path, table(*rows)) == []
    found = read(source % (HEAD % "false", cells), tmp_path, table(*rows))
    assert found[0] == "no head on page 2: UnitPeople"


def test_a_head_without_rows_is_found(tmp_path):
    assert read("Nobody.", tmp_path, table()) == []
    assert read(f"#table(columns: 2, {HEAD % 'true'})", tmp_path, table())


def test_a_word_of_a_table_that_is_broken_is_found(tmp_path):
    block = table("people|12")
    wide = f"#table(columns: (%s, 30mm), {HEAD % 'true'}, [peo\\u{{200b}}ple], [12])"

    assert faults.of_the_words(pages(wide % "30mm", tmp_path), [block]) == []
    assert faults.of_the_words(pages(wide % "9mm", tmp_path), [block]) == ["people"]
