"""The document in Word: what Word itself needs to know of it, and that nothing is lost."""

import io
import re
import subprocess
import zipfile

import docx
import lxml.html
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from briefing.documents import blocks
from briefing.documents.assemble import document, headings
from briefing.documents.docx import render
from briefing.documents.exporters import BriefingDOCXExporter, BriefingHTMLExporter
from briefing.documents.lines import length
from briefing.errors import DocumentError

from . import demo, formal_demo, printed

DEMOS = {"page": demo.full, "formal": formal_demo.full}
SIGNS = re.compile("[✓▲■]\u00a0?")


def exported(*cells) -> bytes:
    content, resources = BriefingDOCXExporter().from_notebook_node(demo.notebook(*cells))
    assert resources["output_extension"] == ".docx"
    return content


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return {
        name: BriefingDOCXExporter().from_notebook_node(make())[0] for name, make in DEMOS.items()
    }


@pytest.fixture(scope="module")
def formal(contents):
    return opened(contents["formal"])


@pytest.fixture(scope="module")
def page(contents):
    return opened(contents["page"])


def styled(made, style: str) -> list:
    return [p for p in made.paragraphs if p.style.style_id == style]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", SIGNS.sub("", text)).strip()


def everything(made) -> str:
    return squeezed(" ".join(t.text or "\n" for t in made.element.iter(qn("w:t"), qn("w:br"))))


# The same document as HTML and PDF


def html_tables(make) -> list[list[list[str]]]:
    root = lxml.html.fromstring(BriefingHTMLExporter().from_notebook_node(make())[0])
    for mark in root.xpath("//span[@class='b-mark']"):
        mark.drop_tree() if mark.tail is None else mark.getparent().replace(
            mark, lxml.html.fragment_fromstring(mark.tail, create_parent="i")
        )
    return [
        [[squeezed(" ".join(c.itertext())) for c in row.xpath("./th|./td")] for row in t.iter("tr")]
        for t in root.iter("table")
        if "b-strip" not in (t.getparent().get("class") or "")
    ]


def test_the_two_halves_of_a_strip_are_one_table_in_word(contents):
    block = demo.strip()
    wanted = [[squeezed(cell.text) for cell in row] for row in block.rows]
    tables = [
        [[squeezed(c.text) for c in row.cells] for row in table.rows][1:]
        for table in opened(contents["page"]).tables
    ]

    assert wanted in tables


@pytest.mark.parametrize("name", DEMOS)
def test_every_table_of_the_html_is_a_table_in_word_with_the_same_cells(contents, name):
    tables = [
        [[squeezed(c.text) for c in row.cells] for row in table.rows]
        for table in opened(contents[name]).tables
        if table.rows[0]._tr.xpath(".//w:tblHeader")
    ]

    expected = html_tables(DEMOS[name])
    assert len(expected) >= 3
    for table in expected:
        assert table in tables


@pytest.mark.parametrize("name", DEMOS)
def test_headings_are_headings_of_word_in_the_same_order(contents, name):
    expected = [(level, text) for level, _id, text in headings(document(DEMOS[name]()))]
    found = [
        (1 if p.style.style_id == "AnnexHeading" else int(p.style.style_id[-1]), p.text)
        for p in opened(contents[name]).paragraphs
        if re.match("Heading[1-4]|AnnexHeading", p.style.style_id)
    ]

    assert [level for level, _t in found] == [level for level, _t in expected]
    plain = re.compile(r"[.\s]+")
    for (_l, shown), (_level, text) in zip(found, expected, strict=True):
        assert plain.sub("", shown).lower() == plain.sub("", text).lower()


@pytest.mark.parametrize("name", DEMOS)
def test_every_text_of_every_block_is_in_the_document(contents, name):
    shown = everything(opened(contents[name])).replace(" ", "").lower()
    source = demo.all_blocks() if name == "page" else formal_demo.report_blocks()

    for block in source:
        if isinstance(block, blocks.Table | blocks.KeyFigures | blocks.Sources):
            continue  # compared cell by cell; see below; on screen only
        for text in texts_of(block):
            assert re.sub(r"[\s;.]+$|\s", "", text).lower() in shown, text


def texts_of(block: blocks.Block):
    for field, value in vars(block).items():
        if field in ("svg", "alt", "id", "tone", "lang", "date", "author", "subject", "level"):
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, blocks.Action):
                yield from (item.unit, item.figure, item.ask, item.draft)
            elif isinstance(item, str) and field != "title":
                yield item


@pytest.mark.parametrize("name", DEMOS)
def test_every_key_figure_is_in_the_document(contents, name):
    shown = everything(opened(contents[name]))

    for figure in demo.key_figures().figures:
        for text in (figure.label, figure.value, figure.unit, figure.note):
            assert squeezed(text) in shown


@pytest.mark.parametrize("name", DEMOS)
def test_every_chart_is_a_picture_with_its_alt_text(contents, name):
    made = opened(contents[name])
    alts = [d.get("descr") for d in made.element.iter(qn("wp:docPr"))]
    source = demo.all_blocks() if name == "page" else formal_demo.report_blocks()
    figures = [block for block in source if isinstance(block, blocks.Figure)]

    assert [a for a in alts if a in {f.alt for f in figures}] == [f.alt for f in figures]
    assert all(alts)
    pictures = [part for part in made.part.package.iter_parts() if part.partname.endswith(".png")]
    assert all(part.blob.startswith(b"\x89PNG") for part in pictures)


def test_the_bar_of_a_key_figure_says_value_and_targets(page):
    alts = [d.get("descr") for d in page.element.iter(qn("wp:docPr"))]

    assert any("45,61%" in alt and "chỉ tiêu 60% – 20/8" in alt for alt in alts)


# What Word needs


@pytest.mark.parametrize("name", DEMOS)
def test_header_rows_repeat_and_no_row_is_split(contents, name):
    for table in opened(contents[name]).tables:
        rows = table._tbl.tr_lst
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)
        repeated = [bool(row.xpath("./w:trPr/w:tblHeader")) for row in rows]
        assert not any(repeated[1:])


def test_a_caption_stays_with_its_table_and_a_heading_with_its_text(formal):
    assert all(formal.styles[s].paragraph_format.keep_with_next for s in ("Caption", "Heading 1"))
    for table in formal.tables:
        head = table.rows[0]
        if head._tr.xpath(".//w:tblHeader"):
            cells = (p for cell in head.cells for p in cell.paragraphs)
            assert all(p.paragraph_format.keep_with_next for p in cells)


@pytest.mark.parametrize("name", DEMOS)
def test_properties_language_and_compatibility_are_set(contents, name):
    made = opened(contents[name])
    about = made.core_properties
    head = demo.letterhead() if name == "page" else formal_demo.head()

    assert about.title == (head.title or head.about)
    assert about.author == head.author and about.language == "vi-VN"
    assert about.created.isoformat()[:10] == head.date[:10]
    lang = made.styles.element.xpath("w:docDefaults//w:lang")[0]
    assert lang.get(qn("w:val")) == "vi-VN"
    mode = made.settings.element.xpath("//w:compatSetting[@w:name='compatibilityMode']")[0]
    assert mode.get(qn("w:val")) == "15"


@pytest.mark.parametrize("name", DEMOS)
def test_the_same_document_gives_the_same_bytes(contents, name):
    assert BriefingDOCXExporter().from_notebook_node(DEMOS[name]())[0] == contents[name]


def test_nothing_of_a_template_is_left_in_the_file(contents):
    names = zipfile.ZipFile(io.BytesIO(contents["page"])).namelist()

    assert not [n for n in names if re.search("thumbnail|customXml|stylesWithEffects", n)]


def test_every_style_that_is_used_is_defined(contents):
    for content in contents.values():
        made = opened(content)
        defined = {style.style_id for style in made.styles}
        used = made.element.xpath("//w:pStyle/@w:val | //w:tblStyle/@w:val")
        assert set(used) <= defined


def test_hostile_texts_are_written_as_they_are(page):
    shown = everything(page)

    for text in demo.HOSTILE:
        assert squeezed(text) in shown
    assert not page.element.xpath("//w:fldSimple[contains(@w:instr, 'HYPERLINK')]")


def test_a_character_that_xml_cannot_hold_is_left_out():
    made = opened(exported(demo.cell_of(blocks.Paragraph("a\x00b\x0bc\ud800d"))))

    assert made.paragraphs[-1].text == "abcd"


def test_each_numbered_list_begins_at_one_and_an_inner_list_is_a_level_deeper():
    made = opened(exported(new_markdown_cell("1. một\n2. hai\n   - con\n\nchữ\n\n1. lại")))
    numbers = [
        tuple(p._p.pPr.numPr.xpath("w:numId/@w:val | w:ilvl/@w:val"))
        for p in styled(made, "ListParagraph")
    ]
    first, second, inner, again = numbers

    assert first == second and first != again
    assert inner[0] == "1" and first[0] == again[0] == "0"
    starts = made.part.numbering_part.element.xpath("w:num/w:lvlOverride/w:startOverride/@w:val")
    assert starts == ["1", "1"]


def test_an_analysts_picture_and_table_are_there(page):
    alts = [d.get("descr") for d in page.element.iter(qn("wp:docPr"))]

    assert "Biểu đồ riêng của tôi" in alts
    assert [p.text for p in styled(page, "Code")] == ["   a\n0  1"]


def test_a_picture_that_cannot_be_read_is_a_document_error():
    cell = new_code_cell("df")
    cell.outputs = [new_output("display_data", {"image/png": "AAAA"})]

    with pytest.raises(DocumentError, match="a picture can't be read"):
        exported(cell)


def test_a_document_of_nothing_and_one_without_a_date_are_still_made():
    nothing = opened(exported())
    assert [p.text for p in nothing.paragraphs if p.text] == ["Notebook"]
    assert opened(exported(demo.cell_of(demo.letterhead(date="hôm nay")))).paragraphs


def test_a_document_in_english_says_so():
    made = opened(exported(demo.cell_of(demo.letterhead(lang="en", illustrative=True))))

    assert made.core_properties.language == "en-GB"
    assert "ILLUSTRATIVE DATA" in made.sections[0].header.paragraphs[0].text


def test_an_informal_page_is_numbered_at_the_bottom_of_every_page(page):
    section = page.sections[0]

    assert len(page.sections) == 1
    assert not section.different_first_page_header_footer
    fields = section.footer._element.xpath(".//w:fldSimple/@w:instr")
    assert [field.strip() for field in fields] == ["PAGE", "NUMPAGES"]
    assert "SỐ LIỆU MINH HỌA" in section.header.paragraphs[0].text


# Nghị định 30/2020/NĐ-CP, Phụ lục I


def test_each_section_of_a_formal_document_is_a4_with_margins_within_the_bounds(formal):
    for section in formal.sections:
        assert (section.page_width, section.page_height) == (Twips(11906), Twips(16838))
        assert section.orientation == WD_ORIENT.PORTRAIT
        assert Mm(20) - Pt(0.1) <= section.top_margin <= Mm(25)
        assert Mm(20) - Pt(0.1) <= section.bottom_margin <= Mm(25)
        assert Mm(30) - Pt(0.1) <= section.left_margin <= Mm(35)
        assert Mm(15) - Pt(0.1) <= section.right_margin <= Mm(20)


def test_the_body_and_each_annex_count_their_own_pages_hidden_on_the_first(formal):
    assert len(formal.sections) == 1 + len(formal_demo.ANNEXES)
    for section in formal.sections:
        assert section._sectPr.xpath("w:pgNumType/@w:start") == ["1"]
        assert section.different_first_page_header_footer
        (number,) = section.header.paragraphs
        assert number._p.xpath("w:fldSimple/@w:instr") == [" PAGE "]
        assert number.style.style_id == "Header"
        assert not section.first_page_header._element.xpath(".//w:fldSimple")
    header = formal.styles["Header"]
    assert header.font.size == Pt(14) and header.paragraph_format.alignment == 1


def test_styles_have_the_sizes_and_marks_of_the_decree(formal):
    def looks(name: str):
        font = formal.styles[name].font
        return font.size and font.size.pt, font.bold, font.all_caps

    fonts = formal.styles.element.xpath("w:docDefaults//w:rFonts/@w:ascii")
    assert fonts == ["Times New Roman"]
    assert looks("Normal") == (14, None, None)
    assert looks("Title") == looks("Heading 1") == (14, True, True)
    assert looks("Subtitle") == looks("Heading 2") == looks("Heading 3") == (14, True, None)
    body = formal.styles["Body Text"].paragraph_format
    assert body.alignment == 3 and body.first_line_indent == Mm(12.7)
    assert body.space_after >= Pt(6) and 1 <= body.line_spacing <= 1.5


def box(made, row: int, column: int) -> list:
    return [p for p in made.tables[0].rows[row].cells[column].paragraphs if p.text]


def test_the_boxes_of_the_head_hold_what_the_decree_asks(formal):
    parent, issuer = box(formal, 0, 0)
    nation, motto = box(formal, 0, 1)
    (number,), (when,) = box(formal, 1, 0), box(formal, 1, 1)

    assert parent.text.replace("\n", " ") == "ỦY BAN NHÂN DÂN THỊ XÃ HOÀI NHƠN"
    assert [(r.bold, r.font.size.pt) for r in (*parent.runs, *issuer.runs, *nation.runs)] == [
        (None, 12), (True, 12), (True, 12),
    ]  # fmt: skip
    assert motto.text == "Độc lập - Tự do - Hạnh phúc" and motto.runs[0].bold
    assert number.text == "Số:      /BC-VHTT" and not number.runs[0].italic
    assert when.text == "Hoài Nhơn, ngày      tháng      năm 2021" and when.runs[0].italic
    assert all(p.alignment == 1 for p in (parent, issuer, nation, motto, number, when))


def test_the_rules_are_as_long_as_the_decree_asks(formal):
    cells = formal.tables[0].rows[0].cells
    issuer, motto = (rule_length(cell) for cell in cells)

    assert motto == pytest.approx(length("Độc lập - Tự do - Hạnh phúc", 13), abs=0.2)
    assert 1 / 3 < issuer / length("PHÒNG VĂN HÓA VÀ THÔNG TIN", 12) < 1 / 2


def rule_length(cell) -> float:
    (rule,) = (p for p in cell.paragraphs if p.style.style_id == "Rule")
    assert rule._p.xpath("w:pPr/w:pBdr/w:bottom[@w:val='single']")
    indents = rule.paragraph_format
    return (cell.width - indents.left_indent - indents.right_indent) / Pt(1)


def test_several_addressees_stand_in_a_list_under_the_colon_and_one_on_the_line(formal):
    label, *listed = styled(formal, "Addressees")
    alone = opened(exported(demo.cell_of(formal_demo.head(addressees=("UBND thị xã",)))))

    assert label.text == "Kính gửi:"
    assert [p.text for p in listed] == [
        "Ban Chỉ đạo phòng, chống dịch COVID-19 thị xã;",
        "UBND thị xã Hoài Nhơn;",
        "Sở Thông tin và Truyền thông.",
    ]
    colon = label.paragraph_format.left_indent / Pt(1) + length("Kính gửi", 14, "Times-Roman")
    for line in listed:
        assert line.paragraph_format.left_indent / Pt(1) == pytest.approx(colon, abs=0.2)
        assert line._p.pPr.numPr is not None
    assert [p.text for p in styled(alone, "Addressees")] == ["Kính gửi: UBND thị xã."]


def test_the_end_holds_recipients_and_a_position_and_room_for_the_name(formal):
    (table,) = (t for t in formal.tables if "Nơi nhận:" in t.rows[0].cells[0].text)
    recipients, signer = table.rows[0].cells
    label = recipients.paragraphs[0].runs[0]

    assert (label.bold, label.italic, label.font.size) == (True, True, Pt(12))
    assert formal.styles["Danh sách nơi nhận"].font.size == Pt(11)
    assert recipients.paragraphs[-1].text == "Lưu: VT, VHTT."
    assert signer.text.strip() == "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG"
    assert signer.paragraphs[0].runs[0].bold and signer.paragraphs[0].runs[0].font.size == Pt(14)
    assert signer.paragraphs[-1].paragraph_format.space_before >= Mm(24)


def test_an_annex_has_its_label_its_title_and_its_reference(formal):
    heads = styled(formal, "AnnexHeading")

    assert [p.text.split("\n")[0] for p in heads] == list(formal_demo.ANNEXES)
    assert heads[0].text.split("\n")[1] == "KẾT QUẢ CỦA CÁC CƠ QUAN, ĐƠN VỊ"
    for head in heads:
        reference = formal.paragraphs[[p._p for p in formal.paragraphs].index(head._p) + 1]
        assert reference.text.startswith("(Kèm theo Báo cáo số")
        assert reference.runs[0].italic and reference.alignment == 1


# Opened by another program


@pytest.mark.slow
@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", DEMOS)
def test_libreoffice_shows_the_same_pages_as_the_pdf(contents, name, tmp_path):
    (tmp_path / "a.docx").write_bytes(contents[name])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    done = subprocess.run([*map(str, command), str(tmp_path / "a.docx")], capture_output=True)
    assert done.returncode == 0, done.stderr
    shown = printed.pages((tmp_path / "a.pdf").read_bytes(), charts="none")
    texts = [page.text for page in shown]

    assert {(round(page.width), round(page.height)) for page in shown} == {(210, 297)}
    if name == "formal":
        annexes = [n for n, text in enumerate(texts) if "Kèm theo Báo cáo" in text]
        assert len(annexes) == 3
        for number, text in enumerate(texts):
            start = max([n for n in (0, *annexes) if n <= number])
            first = text.split("\n")[0]
            assert (first == str(number - start + 1)) == (number > start)
    assert sum("công đoàn cơ sở" in text for text in texts) >= 2  # the header row of a long table


def test_render_takes_a_document_as_the_other_formats_do():
    made = render(document(demo.notebook(demo.cell_of(demo.letterhead()))))

    assert opened(made).paragraphs[0].text == demo.letterhead().title


def test_a_row_of_totals_stands_under_a_line_and_no_other_row_does(contents):
    tables = [table for table in opened(contents["page"]).tables if "Toàn thị xã" in _last(table)]
    lined = {
        place: {bool(cell._tc.xpath("./w:tcPr/w:tcBorders/w:top")) for cell in row.cells}
        for table in tables
        for place, row in (("total", table.rows[-1]), ("above it", table.rows[-2]))
    }

    assert lined == {"total": {True}, "above it": {False}}


def _last(table) -> list[str]:
    return [cell.text for cell in table.rows[-1].cells]
