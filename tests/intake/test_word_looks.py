"""What a person sees in a Word document: by runs, styles, rows and changes, at every place."""

import pytest
from test_word import (
    BOX,
    OLD_BOX,
    addressed,
    docx,
    field,
    grids,
    listed,
    numbering,
    p,
    part,
    r,
    sdt,
    table,
    tc,
    tr,
)

STRUCK, HIDDEN, UP = "<w:strike/>", "<w:vanish/>", '<w:vertAlign w:val="superscript"/>'
OFF = '<w:strike w:val="0"/>'


def left_out(content: bytes) -> list[tuple[str, str, str]]:
    return [(g.where(u.row, u.column), u.look, u.text) for g in grids(content) for u in g.unread]


def style(name: str, kind: str, says: str = "", *, based: str = "", default: bool = False) -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    usual = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"{usual}>{on}<w:rPr>{says}</w:rPr></w:style>'


def styled(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


def deleted(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


RUN, PARAGRAPH, TABLE = styled("C"), '<w:pStyle w:val="P"/>', '<w:tblStyle w:val="T"/>'


ALL_STRUCK = f"<w:docDefaults><w:rPrDefault><w:rPr>{STRUCK}</w:rPr></w:rPrDefault></w:docDefaults>"


@pytest.mark.parametrize(
    ("styles", "run", "paragraph", "text", "look"),
    [
        (style("C", "character", STRUCK), RUN, "", "25", "struck"),
        (style("C", "character", OFF), RUN, "", "259", ""),
        (style("C", "character", STRUCK), RUN + OFF, "", "259", ""),
        (style("B", "character", STRUCK) + style("C", "character", based="B"),
         RUN, "", "25", "struck"),
        (style("B", "character", STRUCK) + style("C", "character", OFF, based="B"),
         RUN, "", "259", ""),
        (style("C", "character", based="C"), RUN, "", "259", ""),  # based on itself
        (style("P", "paragraph", STRUCK), "", PARAGRAPH, "", "struck"),
        (style("P", "paragraph", STRUCK), OFF, PARAGRAPH, "9", "struck"),
        (style("P", "paragraph", HIDDEN), "", PARAGRAPH, "", "hidden"),
        (style("N", "paragraph", HIDDEN, default=True), "", "", "", "hidden"),
        (ALL_STRUCK, "", "", "", "struck"),
        # Two levels of styles that both say so switch each other off; a run's own word stands,
        # and a double line is no such switch.
        (style("P", "paragraph", STRUCK) + style("C", "character", STRUCK),
         RUN, PARAGRAPH, "9", "struck"),
        (style("P", "paragraph", STRUCK) + style("C", "character", STRUCK),
         RUN + STRUCK, PARAGRAPH, "", "struck"),
        (style("P", "paragraph", "<w:dstrike/>") + style("C", "character", "<w:dstrike/>"),
         RUN, PARAGRAPH, "", "struck"),
        (style("C", "character", UP), RUN, "", "25", "raised"),
        (style("C", "character", UP), RUN + '<w:vertAlign w:val="baseline"/>', "", "259", ""),
    ],
)  # fmt: skip
def test_a_look_is_of_the_run_or_of_the_styles_that_it_stands_in(
    styles, run, paragraph, text, look
):
    content = docx(p("25", r("9", run), props=paragraph), styles=part(styles, "styles"))
    rest = "259".replace(text, "") if text else "259"

    assert addressed(content).get("paragraph 1", "") == text
    assert left_out(content) == ([("paragraph 1", look, rest)] if look else [])


def test_a_style_of_the_table_strikes_its_cells_through():
    body = f"<w:tbl><w:tblPr>{TABLE}</w:tblPr>{tr(['25'])}</w:tbl>{p('25')}"
    content = docx(body, styles=part(style("T", "table", STRUCK), "styles"))

    assert addressed(content) == {"paragraph 1": "25"}
    assert left_out(content) == [("table 1, row 1, column 1", "struck", "25")]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (p(r("9", STRUCK)), "paragraph 1"),
        (p(r("9", STRUCK), props=listed()), "paragraph 1"),
        (sdt(p(sdt(r("9", STRUCK)))), "paragraph 1"),
        (table(["a", p(r("9", STRUCK))]), "table 1, row 1, column 2"),
        (table(["a", sdt(p(r("9", STRUCK)))]), "table 1, row 1, column 2"),
        (table([p("25") + p(r("9", STRUCK))]), "table 1, row 1, column 1"),
        (table(["a", table([p(r("9", STRUCK))])]), "table 1.1, row 1, column 1"),
        (
            table(["a", f"<w:tbl>{tr(['b'])}</w:tbl>{p(r('9', STRUCK))}"]),
            "table 1, row 1, column 2",
        ),
        (p(f"<w:r>{BOX.format(p(r('9', STRUCK)))}</w:r>"), "text box 1, paragraph 1"),
        (table([p("a", f"<w:r>{OLD_BOX.format(p(r('9', STRUCK)))}</w:r>")]),
         "table 1, row 1, column 1"),
        (p(f"<w:del><w:r>{BOX.format(p('9'))}</w:r></w:del>"), "text box 1, paragraph 1"),
        (p(field("MERGEFIELD so", r("9", STRUCK))), "paragraph 1"),
        (p(deleted("9")), "paragraph 1"),
        (f"<w:tbl>{tr(['9'], '<w:del/>')}</w:tbl>", "table 1, row 1, column 1"),
        (f"<w:tbl><w:tr>{tc('9', '<w:cellDel/>')}</w:tr></w:tbl>", "table 1, row 1, column 1"),
        (f"<w:tbl>{tr([table(['9'])], '<w:del/>')}</w:tbl>", "table 1.1, row 1, column 1"),
    ],
)  # fmt: skip
def test_what_is_struck_through_is_said_wherever_it_stands(body, where):
    content = docx(body, numbering=numbering())

    assert left_out(content) == [(where, "struck", "9")]
    assert "9" not in "".join(addressed(content).values())


def test_what_stands_in_a_header_is_said_there():
    header = part(p("Bồng Sơn ", r("Tam Quan", STRUCK)), "hdr")
    content = docx(
        p("x") + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>', header1=header
    )

    assert left_out(content) == [("header paragraph 1", "struck", "Tam Quan")]


def test_a_box_in_a_hidden_run_is_hidden_and_a_line_through_its_anchor_is_not_through_it():
    hidden = p(f"<w:r><w:rPr>{HIDDEN}</w:rPr>{BOX.format(p('9'))}</w:r>")
    anchor = p(f"<w:r><w:rPr>{STRUCK}</w:rPr>{BOX.format(p('8'))}</w:r>")

    assert left_out(docx(hidden + anchor)) == [("text box 1, paragraph 1", "hidden", "9")]


def test_a_drawing_that_is_hidden_hides_its_text():
    box = f'<w:drawing><w:anchor><w:docPr hidden="1"/>{BOX.format(p("9"))}</w:anchor></w:drawing>'

    assert left_out(docx(p(f"<w:r>{box}</w:r>"))) == [("text box 1, paragraph 1", "hidden", "9")]


def test_the_number_that_word_puts_into_a_deleted_row_is_deleted_with_it():
    mark = listed() + "<w:rPr><w:del/></w:rPr>"
    rows = tr([p(props=listed()), "a"]) + tr([p(props=mark), p(deleted("b"))], "<w:del/>")
    content = docx(f"<w:tbl>{rows}</w:tbl>", numbering=numbering())

    assert grids(content)[0].cells == [["1", "a"], [None, None]]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_in_a_cell_adds_no_digit(kind):
    by_word = f'<w:r><w:rPr>{UP}</w:rPr><w:{kind}Reference w:id="2"/></w:r>'
    by_hand = (
        f'<w:r><w:rPr/><w:{kind}Reference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    )

    assert grids(docx(table([p("25", by_word), p("25", by_hand)])))[0].cells == [["25", "25"]]


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:position w:val="8"/><w:sz w:val="16"/>', "25"),
        ('<w:position w:val="8"/><w:sz w:val="26"/>', "251"),  # as large as the others
        ('<w:position w:val="-8"/><w:sz w:val="16"/>', "251"),
        ('<w:position w:val="x"/><w:sz w:val="16"/>', "251"),
    ],
)
def test_letters_set_higher_are_a_mark_where_they_are_smaller(properties, text):
    body = p(r("25", '<w:sz w:val="26"/>'), r("1", properties))

    assert addressed(docx(body)) == {"paragraph 1": text}


def test_an_exponent_of_a_formula_is_raised():
    power = "<m:oMath xmlns:m='m'><m:sSup><m:e><m:r><m:t>25</m:t></m:r></m:e>"
    power += "<m:sup><m:r><m:t>1</m:t></m:r></m:sup></m:sSup></m:oMath>"

    assert addressed(docx(f"<w:p>{power}</w:p>")) == {"paragraph 1": "25"}


def test_a_document_of_struck_text_alone_is_no_empty_file(read):
    report = read(docx(p(r("UBND phường Bồng Sơn", STRUCK))), "BC Bong Son 16-8.docx")

    assert ("text_struck", "paragraph 1") in {(f.rule, f.where) for f in report.findings}
