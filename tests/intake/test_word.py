"""Word documents as offices really make them: what is seen is read, what isn't is not."""

import io
import zipfile

import pytest
from docx import Document
from making import HEAD, as_word, bare, lines_of_mau02, people, saved

from briefing.errors import IntakeError
from briefing.intake.readers import read_parts, unpack
from briefing.intake.readers.grids import Grid

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = people([45, 38, 52])


def part(inside: str, root: str = "document", *, namespace: str = W) -> str:
    return (
        f'<w:{root} xmlns:w="{namespace}" xmlns:r="{LINKS}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{inside}</w:{root}>"
    )


def docx(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """A document of raw XML. `parts`: other parts by name, such as `numbering`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", links({"officeDocument": "word/document.xml"}))
        archive.writestr("word/document.xml", part(f"<w:body>{body}</w:body>", namespace=namespace))
        targets = {name: (name.rstrip("123"), f"{name}.xml") for name in parts}
        archive.writestr("word/_rels/document.xml.rels", links_of(targets))
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return stream.getvalue()


def links(targets: dict[str, str]) -> str:
    return links_of({kind: (kind, target) for kind, target in targets.items()})


def links_of(targets: dict[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in targets.items()
    )
    return f"<Relationships>{rows}</Relationships>"


def p(*runs: str, props: str = "") -> str:
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inside}</w:p>"


def r(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: list[str]) -> str:
    """A table of cells that are given as text or as XML."""
    return f"<w:tbl>{''.join(map(tr, rows))}</w:tbl>"


def tr(cells: list[str], props: str = "") -> str:
    return f"<w:tr><w:trPr>{props}</w:trPr>{''.join(map(tc, cells))}</w:tr>"


def tc(inside: str, props: str = "") -> str:
    content = inside if inside.startswith("<w:") else p(inside)
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{content}</w:tc>"


def sdt(inside: str, props: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def grids(content: bytes) -> tuple[Grid, ...]:
    parts = read_parts(content, ".docx")
    return parts[0].grids if parts else ()


def addressed(content: bytes) -> dict[str, str]:
    """Address → text, of everything in a document."""
    return {g.where(row, col): text for g in grids(content) for row, col, text in g.filled()}


def test_text_in_a_content_control_stands_where_it_is_seen():
    body = p("a") + sdt(p("b") + table(["x"])) + table(["y", sdt(p("z"))]) + p("c", sdt(r("d")))

    assert addressed(docx(body)) == {
        "paragraph 1": "a",
        "paragraph 2": "b",
        "table 1, row 1, column 1": "x",
        "table 2, row 1, column 1": "y",
        "table 2, row 1, column 2": "z",
        "paragraph 3": "cd",
    }


def test_rows_and_cells_inside_content_controls_keep_their_places():
    cells = tc("a") + sdt(tc("b")) + tc("c")
    body = f"<w:tbl>{tr(['x', 'y', 'z'])}{sdt(f'<w:tr>{cells}</w:tr>')}</w:tbl>"

    assert grids(docx(body))[0].cells == [["x", "y", "z"], ["a", "b", "c"]]


def test_a_prompt_still_unanswered_is_no_content():
    body = table([sdt(p("Click here to enter text."), "<w:showingPlcHdr/>"), "45"])

    assert addressed(docx(body)) == {"table 1, row 1, column 2": "45"}


@pytest.mark.parametrize(
    ("shown", "full", "read"),
    [
        ("8/9/2021", "2021-08-09T00:00:00Z", "9/8/2021"),
        ("16/08/2021", "2021-08-16T00:00:00Z", "16/8/2021"),
        ("ngày 16 tháng 8", "2021-08-16T00:00:00Z", "ngày 16 tháng 8"),
        ("17/8/2021", "2021-08-16T00:00:00Z", "17/8/2021"),
        ("8/9/2021", "", "8/9/2021"),
    ],
)
def test_the_date_of_a_control_is_read_with_the_day_first(shown, full, read):
    body = p(sdt(r(shown), f'<w:date w:fullDate="{full}"/>'))

    assert addressed(docx(body)) == {"paragraph 1": read}


@pytest.mark.parametrize(("state", "sign"), [("1", "☑"), ("0", "☐")])
def test_a_check_box_says_its_state_whatever_it_is_drawn_as(state, sign):
    control = sdt(r("☒"), f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>')

    assert addressed(docx(p(control))) == {"paragraph 1": sign}
    cell = sdt(tc("☒"), f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>')
    assert grids(docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))[0].cells == [[sign]]


def field(instruction: str, result: str = "", data: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (field("FORMTEXT", r("45")), "45"),
        (
            field(
                "FORMCHECKBOX",
                data='<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
                "</w:ffData>",
            ),
            "☑",
        ),
        (
            field(
                "FORMDROPDOWN",
                data='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Khu phố 1"/>'
                '<w:listEntry w:val="Khu phố 2"/></w:ddList></w:ffData>',
            ),
            "Khu phố 2",
        ),
        (field("PAGE \\* MERGEFORMAT", r("3")), ""),
        ('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>', ""),
        (field("MERGEFIELD ten", r("Nguyễn Văn An")), "Nguyễn Văn An"),
        (field("IF ", r("nhìn thấy")), "nhìn thấy"),
    ],
)
def test_form_fields_give_what_they_show_and_page_numbers_nothing(run, text):
    assert addressed(docx(p("x", run))) == {"paragraph 1": f"x{text}"}


def test_deleted_text_is_not_read_and_inserted_text_is():
    changed = (
        "<w:del><w:r><w:delText>38</w:delText></w:r></w:del><w:ins><w:r><w:t>45</w:t></w:r></w:ins>"
    )
    moved = "<w:moveFrom><w:r><w:t>từ đây</w:t></w:r></w:moveFrom>"
    arrived = "<w:moveTo><w:r><w:t>đến đây</w:t></w:r></w:moveTo>"

    assert addressed(docx(p(changed) + p(moved) + p(arrived))) == {
        "paragraph 1": "45",
        "paragraph 3": "đến đây",
    }


def test_a_deleted_row_is_blank_and_the_rows_under_it_keep_their_numbers():
    body = f"<w:tbl>{tr(['1', 'a'])}{tr(['2', 'b'], '<w:del/>')}{tr(['3', 'c'])}</w:tbl>"

    assert grids(docx(body))[0].cells == [["1", "a"], [None, None], ["3", "c"]]


def test_hidden_text_and_hidden_rows_are_not_read():
    body = p("a", r("ẩn", "<w:vanish/>"), r("b", '<w:vanish w:val="0"/>'))
    body += f"<w:tbl>{tr(['x'])}{tr(['y'], '<w:hidden/>')}</w:tbl>"
    lines, hidden = grids(docx(body))

    assert lines.cells == [["ab"]]
    assert hidden.cells == [["x"], [None]]


BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
OLD_BOX = "<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>"


def test_a_text_box_is_read_once_though_it_is_drawn_for_two_programs():
    offers = (
        f"<mc:Choice>{BOX.format(p('UBND') + p('PHƯỜNG'))}</mc:Choice>"
        f"<mc:Fallback>{OLD_BOX.format(p('UBND') + p('PHƯỜNG'))}</mc:Fallback>"
    )
    body = p("trước", f"<w:r><mc:AlternateContent>{offers}</mc:AlternateContent></w:r>") + p("sau")

    assert list(addressed(docx(body)).items()) == [
        ("paragraph 1", "trước"),
        ("text box 1, paragraph 1", "UBND"),
        ("text box 1, paragraph 2", "PHƯỜNG"),
        ("paragraph 2", "sau"),
    ]


def test_a_table_in_a_text_box_and_a_text_box_in_a_cell_are_read():
    boxed = p(f"<w:r>{OLD_BOX.format(table(['x', 'y']))}</w:r>")
    body = boxed + table([p("a", f"<w:r>{OLD_BOX.format(p('b'))}</w:r>")])

    assert addressed(docx(body)) == {
        "table text box 1.1, row 1, column 1": "x",
        "table text box 1.1, row 1, column 2": "y",
        "table 1, row 1, column 1": "a\nb",
    }


def numbering(format_: str = "decimal", text: str = "%1.", start: int = 1) -> str:
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )
    return part(
        f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
        "numbering",
    )


def listed(list_: int = 3) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_}"/></w:numPr>'


def test_numbers_that_word_itself_puts_into_empty_cells_are_there():
    number = p(props=listed())
    body = table(["STT", "Họ và tên"], [number, "An"], [number, "Bình"], [number, "Châu"])

    assert grids(docx(body, numbering=numbering()))[0].cells == [
        ["STT", "Họ và tên"],
        ["1", "An"],
        ["2", "Bình"],
        ["3", "Châu"],
    ]


def test_a_number_before_a_text_is_not_part_of_it():
    body = table([p("Nguyễn Văn An", props=listed())], [p(props=listed())])

    assert grids(docx(body, numbering=numbering()))[0].cells == [["Nguyễn Văn An"], ["2"]]


def test_a_second_list_starts_anew_where_it_says_so():
    rows = [[p(props=listed(list_))] for list_ in (3, 3, 4, 4)]

    assert [row[0] for row in grids(docx(table(*rows), numbering=numbering()))[0].cells] == [
        "1", "2", "1", "2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("format_", "third"),
    [("upperRoman", "III"), ("lowerLetter", "c"), ("decimal", "3"), ("bullet", None)],
)
def test_numbers_are_written_as_the_list_says(format_, third):
    rows = [[p(props=listed())]] * 3

    found = grids(docx(table(["x"], *rows), numbering=numbering(format_)))
    assert found[0].cells[3] == [third]


def test_a_list_by_the_style_of_its_paragraphs_is_counted():
    styles = part(f'<w:style w:styleId="So"><w:pPr>{listed()}</w:pPr></w:style>', "styles")
    row = [p(props='<w:pStyle w:val="So"/>')]

    found = grids(docx(table(row, row), numbering=numbering(), styles=styles))
    assert found[0].cells == [["1"], ["2"]]


def test_two_documents_of_the_same_styles_and_lists_are_each_counted_from_the_beginning():
    styles = part(f'<w:style w:styleId="So"><w:pPr>{listed()}</w:pPr></w:style>', "styles")
    row = [p(props='<w:pStyle w:val="So"/>')]
    content = docx(table(row, row), numbering=numbering(), styles=styles)

    assert [grids(content)[0].cells for _again in range(2)] == [[["1"], ["2"]]] * 2
    later = docx(table(row), numbering=numbering(start=7), styles=styles)
    assert grids(later)[0].cells == [["7"]]


def test_headers_come_first_and_footers_last_each_text_once():
    header = part(p("UBND PHƯỜNG BỒNG SƠN") + table(["Mẫu 02"]), "hdr")
    footer = part(p("Trang ", field("PAGE", r("1"))) + p("ngày 16/8/2021"), "ftr")
    refs = "".join(
        f'<w:{kind}Reference r:id="{name}"/>'
        for kind, name in [("header", "header1"), ("header", "header2"), ("footer", "footer1")]
    )
    content = docx(
        p("thân") + f"<w:sectPr>{refs}</w:sectPr>", header1=header, header2=header, footer1=footer
    )

    assert list(addressed(content).items()) == [
        ("header paragraph 1", "UBND PHƯỜNG BỒNG SƠN"),
        ("table header 1, row 1, column 1", "Mẫu 02"),
        ("paragraph 1", "thân"),
        ("footer paragraph 1", "Trang "),
        ("footer paragraph 2", "ngày 16/8/2021"),
    ]


def test_a_table_in_a_cell_is_a_grid_of_its_own_between_what_stands_around_it():
    inner = table(["x", "y"])
    outer = f"<w:tbl>{tr(['đầu'])}{tr([p('trên') + inner + p('dưới')])}{tr(['cuối'])}</w:tbl>"

    found = [
        (g.name, [(g.where(row, col), text) for row, col, text in g.filled()])
        for g in grids(docx(outer))
    ]
    assert found == [
        ("1", [("table 1, row 1, column 1", "đầu"), ("table 1, row 2, column 1", "trên")]),
        ("1.1", [("table 1.1, row 1, column 1", "x"), ("table 1.1, row 1, column 2", "y")]),
        ("1", [("table 1, row 2, column 1", "dưới"), ("table 1, row 3, column 1", "cuối")]),
    ]


def test_cells_merged_in_the_manner_of_old_programs_hold_their_text_once():
    cells = [tc("rộng", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("x")]
    body = f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    (grid,) = grids(docx(body))

    assert grid.cells == [["rộng", None, "x"]]
    assert grid.merged == ((0, 0, 0, 1),)


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        (r("þ", '<w:rFonts w:ascii="Wingdings"/>'), "☑"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>", "a-b"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "a\nb\tc"),
        ("<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>", "liên kết"),
    ],
)
def test_signs_and_breaks_are_read_as_they_are_seen(run, text):
    assert addressed(docx(p(run))) == {"paragraph 1": text}


def test_a_document_of_the_strict_standard_is_read():
    assert addressed(docx(p("a") + table(["x"]), namespace=STRICT)) == {
        "paragraph 1": "a",
        "table 1, row 1, column 1": "x",
    }


@pytest.mark.parametrize("suffix", [".docm", ".dotx", ".docx"])
def test_documents_with_macros_and_templates_are_read(suffix):
    assert read_parts(docx(p("a")), suffix)


def test_a_span_of_absurd_width_is_not_believed():
    wide = tc("x", '<w:gridSpan w:val="2000000000"/>')
    body = f"<w:tbl>{tr([])}<w:tr>{wide}</w:tr></w:tbl>"

    assert len(grids(docx(body))[0].cells[1]) <= 63


def test_an_entity_that_grows_is_not_expanded():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + part(
        f"<w:body>{p('<w:r><w:t>&b;</w:t></w:r>')}</w:body>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", bomb)

    assert "aaaa" not in str(read_parts(stream.getvalue(), ".docx"))


def test_a_document_without_its_main_part_is_damaged():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/styles.xml", part("", "styles"))
    with pytest.raises(IntakeError, match="hỏng") as caught:
        read_parts(stream.getvalue(), ".docx")

    assert caught.value.rule == "file_unreadable"


def test_a_part_of_the_document_beyond_the_limit_is_not_read(monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_XML", 100)
    (found,) = unpack(docx(p("a")), "a.docx")

    assert found.content == b"" and found.error and found.error.rule == "file_too_large"


def test_a_form_laid_out_inside_an_outer_table_is_read(read):
    document = Document()
    frame = document.add_table(rows=1, cols=1).cell(0, 0)
    before, rows, after = lines_of_mau02()[:-3], bare(ROWS), lines_of_mau02()[-3:]
    frame.text = "\n".join(before)
    inner = frame.add_table(len(rows), len(HEAD))
    for line, cells in zip(rows, inner.rows, strict=True):
        for value, cell in zip(line, cells.cells, strict=True):
            cell.text = str(value)
    frame.add_paragraph("\n".join(after))
    report = read(saved(document), "bao cao.docx")

    assert report.unit_code == "21640" and str(report.report_date) == "2021-08-16"
    assert report.facts["numerator_cumulative"] == 135
    assert "table 1.1, row 2, column 5" in report.sources["numerator_cumulative"]


def test_a_form_whose_letterhead_stands_in_the_page_header_is_read(read):
    document = Document(io.BytesIO(as_word(["x"] * 5, "paragraphs")))
    header = document.sections[0].header
    header.paragraphs[0].text = "UBND PHƯỜNG BỒNG SƠN"
    header.add_paragraph("Bồng Sơn, ngày 16 tháng 8 năm 2021")
    rows = bare(ROWS)
    inner = document.add_table(len(rows), len(HEAD))
    for line, cells in zip(rows, inner.rows, strict=True):
        for value, cell in zip(line, cells.cells, strict=True):
            cell.text = str(value)
    report = read(saved(document), "bao cao.docx")

    assert report.unit_code == "21640" and str(report.report_date) == "2021-08-16"
    assert report.facts["numerator_cumulative"] == 135


ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
    "<office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def odt(body: str, manifest: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT.format(body))
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def test_a_document_of_writer_is_read_with_the_same_addresses():
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = (
        "<table:table-header-rows><table:table-row>"
        + cell.format("STT")
        + '<table:table-cell table:number-columns-spanned="2"><text:p>Tên</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
        "</table:table-header-rows><table:table-row>"
        + "".join(map(cell.format, "1ab"))
        + "</table:table-row>"
    )
    body = (
        "<text:tracked-changes><text:p>xóa</text:p></text:tracked-changes>"
        '<text:p>a<text:tab/>b<text:s text:c="2"/>c<text:line-break/>d</text:p>'
        f"<table:table>{rows}</table:table><text:list><text:list-item><text:p>e</text:p>"
        "</text:list-item></text:list>"
    )
    lines, grid, last = grids(odt(body))

    assert lines.cells == [["a\tb  c\nd"]]
    assert grid.cells == [["STT", "Tên", None], ["1", "a", "b"]]
    assert grid.merged == ((0, 1, 0, 2),)
    assert last.where(1, 0) == "paragraph 2" and last.value(1, 0) == "e"


def test_a_locked_document_of_writer_is_told():
    with pytest.raises(IntakeError, match="mật khẩu") as caught:
        read_parts(odt("", "<manifest:encryption-data/>"), ".odt")

    assert caught.value.rule == "file_encrypted"


def test_a_page_saved_as_word_document_is_read_with_its_tables():
    page = (
        "<html><head><title>không đọc</title></head><body><p>UBND  phường<br>Bồng Sơn</p>"
        "<table><tr><th rowspan=2>STT</th><th colspan=2>Tên</th></tr><tr><td>a</td><td>b"
        "<table><tr><td>trong</td></tr></table></td></tr></table>"
        '<div style="display:none">ẩn</div>cuối</body></html>'
    )
    found = [(g.name, g.cells) for g in read_parts(page.encode(), ".doc")[0].grids]

    assert found == [
        ("line", [["UBND phường"], ["Bồng Sơn"]]),
        ("1", [["STT", "Tên", None], [None, "a", "b"]]),
        ("1.1", [["trong"]]),
        ("line", [[], [], [None], ["cuối"]]),  # what is hidden is a line, too
    ]
