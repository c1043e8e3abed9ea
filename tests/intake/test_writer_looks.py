"""What a person sees in a document of LibreOffice Writer: by styles, sections, fields, changes."""

import io
import zipfile

import pytest

from briefing.intake.readers import read_parts

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing")
)
STRUCK = 'style:text-line-through-style="solid" style:text-line-through-type="single"'
HIDDEN, UP = 'text:display="none"', 'style:text-position="super 58%"'
SAYS_NO = 'style:text-line-through-style="none" style:text-line-through-type="none"'


def style(name: str, says: str = "", family: str = "text", parent: str = "") -> str:
    on = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}"{on}>'
        f"<style:text-properties {says}/></style:style>"
    )


def odt(body: str, own: str = "", named: str = "", pages: str = "", of_pages: str = "") -> bytes:
    """A document. `own`, `named`, `of_pages`: styles; `pages`: headers and footers."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{own}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:styles>{named}</office:styles>"
            f"<office:automatic-styles>{of_pages}</office:automatic-styles>"
            f"<office:master-styles><style:master-page>{pages}</style:master-page>"
            "</office:master-styles></office:document-styles>",
        )
    return stream.getvalue()


def p(inside: str, named: str = "") -> str:
    return f'<text:p text:style-name="{named}">{inside}</text:p>'


def span(inside: str, named: str = "T") -> str:
    return f'<text:span text:style-name="{named}">{inside}</text:span>'


def table(*cells: str, row: str = "") -> str:
    inside = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table><table:table-row{row}>{inside}</table:table-row></table:table>"


def seen(content: bytes) -> dict[str, str]:
    found = [grid for part in read_parts(content, ".odt") for grid in part.grids]
    return {g.where(row, column): text for g in found for row, column, text in g.filled()}


def left_out(content: bytes) -> list[tuple[str, str, str]]:
    found = [grid for part in read_parts(content, ".odt") for grid in part.grids]
    return [(g.where(u.row, u.column), u.look, u.text) for g in found for u in g.unread]


@pytest.mark.parametrize(
    ("body", "styles", "text", "look"),
    [
        (p("25" + span("9")), style("T", STRUCK), "25", "struck"),
        (p("25" + span("9")), style("T", 'style:text-line-through-type="double"'), "25", "struck"),
        (p("25" + span("9")), style("T", SAYS_NO), "259", ""),
        (p("25" + span("9")), style("T", HIDDEN), "25", "hidden"),
        (p("25" + span("9")), style("T", UP), "25", "raised"),
        (p("25" + span("9")), style("T", 'style:text-position="33% 58%"'), "25", "raised"),
        (p("25" + span("9")), style("T", 'style:text-position="33% 100%"'), "259", ""),
        (p("25" + span("9")), style("T", 'style:text-position="0% 100%"'), "259", ""),
        (p("25" + span("9")), style("T", 'style:text-position="-33% 58%"'), "259", ""),
        (p("25" + span("9")), style("T", parent="U") + style("U", STRUCK), "25", "struck"),
        (p("25" + span("9")), style("T", SAYS_NO, parent="U") + style("U", STRUCK), "259", ""),
        (p("25" + span("9")), style("T", parent="T"), "259", ""),
        (p("25" + span(span("9", "U"))), style("T", STRUCK) + style("U"), "25", "struck"),
        (p("25" + span(span("9", "U"))), style("T", STRUCK) + style("U", SAYS_NO), "259", ""),
        (p(span("25") + "9", "P"), style("T", SAYS_NO) + style("P", STRUCK, "paragraph"),
         "25", "struck"),
        (p("25<text:a text:style-name='T'>9</text:a>"), style("T", STRUCK), "25", "struck"),
    ],
)  # fmt: skip
def test_a_look_is_of_the_nearest_style_that_says_anything_of_it(body, styles, text, look):
    assert seen(odt(body, styles)) == {"paragraph 1": text}
    assert left_out(odt(body, styles)) == ([("paragraph 1", look, "9")] if look else [])
    assert left_out(odt(body, named=styles)) == left_out(odt(body, styles))


def test_what_is_usual_for_all_paragraphs_holds_for_each():
    usual = f'<style:default-style style:family="paragraph"><style:text-properties {HIDDEN}/>'

    assert seen(odt(p("25"), named=f"{usual}</style:default-style>")) == {}


def test_a_style_of_the_cell_strikes_it_through():
    cell = '<table:table-cell table:style-name="C"><text:p>25</text:p></table:table-cell>'
    body = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    content = odt(body, style("C", STRUCK, "table-cell"))

    assert left_out(content) == [("table 1, row 1, column 1", "struck", "25")]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (f'<text:section text:display="none">{p("9")}</text:section>', "paragraph 1"),
        (f'<text:section text:display="condition" text:is-hidden="true">{p("9")}</text:section>',
         "paragraph 1"),
        (f'<text:section text:display="none">{table(p("9"))}</text:section>',
         "table 1, row 1, column 1"),
        (p('<text:hidden-paragraph text:is-hidden="true"/>9'), "paragraph 1"),
        (p('<text:hidden-text text:is-hidden="true" text:string-value="9"/>'), "paragraph 1"),
        (table(p("9"), row=' table:visibility="collapse"'), "table 1, row 1, column 1"),
        (table(table(p("9")), row=' table:visibility="collapse"'), "table 1.1, row 1, column 1"),
        (table(p("25"), p(span("9"))), "table 1, row 1, column 2"),
        (table(p("25") + p(span("9"))), "table 1, row 1, column 1"),
        (f"<text:list><text:list-item>{p(span('9'))}</text:list-item></text:list>", "paragraph 1"),
        (p(f"<drawing:frame><drawing:text-box>{p(span('9'))}</drawing:text-box></drawing:frame>"),
         "paragraph 2"),
    ],
)  # fmt: skip
def test_what_is_hidden_is_said_wherever_it_stands(body, where):
    content = odt(body, style("T", HIDDEN))

    assert left_out(content) == [(where, "hidden", "9")]
    assert "9" not in "".join(seen(content).values())


@pytest.mark.parametrize(
    "body",
    [
        '<text:section text:display="condition" text:is-hidden="false"><text:p>9</text:p>'
        "</text:section>",
        p('<text:hidden-paragraph text:is-hidden="false"/>9'),
        p('<text:hidden-text text:is-hidden="false" text:string-value="9">9</text:hidden-text>'),
        p("9<text:note><text:note-citation>1</text:note-citation></text:note>"),
        p('<text:ruby><text:ruby-base>9</text:ruby-base><text:ruby-text>x</text:ruby-text>'
          "</text:ruby>"),
    ],
)  # fmt: skip
def test_what_is_shown_is_read(body):
    assert (seen(odt(body)), left_out(odt(body))) == ({"paragraph 1": "9"}, [])


def test_what_tracked_changes_deleted_is_said_where_it_stood():
    deletion = (
        '<text:changed-region text:id="{0}"><text:deletion>{1}</text:deletion>'
        "</text:changed-region>"
    )
    changes = deletion.format("a", p("38")) + deletion.format("b", p("x") + p("y"))
    mark = '<text:change text:change-id="{0}"/>'
    body = (
        f"<text:tracked-changes>{changes}</text:tracked-changes>" + p(mark.format("b") + "z")
        + table(p(mark.format("a") + '<text:change-start text:change-id="c"/>45'))
    )  # fmt: skip

    assert seen(odt(body)) == {"paragraph 1": "z", "table 1, row 1, column 1": "45"}
    assert left_out(odt(body)) == [
        ("paragraph 1", "struck", "x\ny"),
        ("table 1, row 1, column 1", "struck", "38"),
    ]


def test_headers_come_first_and_footers_last_with_the_styles_of_their_own_part():
    pages = (
        f"<style:header>{p('UBND ' + span('9'))}</style:header>"
        f"<style:header-left>{p('UBND ' + span('9'))}</style:header-left>"
        f'<style:header-first style:display="false">{p("không")}</style:header-first>'
        f"<style:footer>{p('ngày 16/8')}</style:footer>"
    )
    content = odt(p(span("thân")), style("T"), pages=pages, of_pages=style("T", STRUCK))

    assert list(seen(content).items()) == [
        ("header paragraph 1", "UBND "),
        ("paragraph 1", "thân"),
        ("footer paragraph 1", "ngày 16/8"),
    ]
    assert left_out(content) == [("header paragraph 1", "struck", "9")]
