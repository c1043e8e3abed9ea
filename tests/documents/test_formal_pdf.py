"""A formal document is laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I, asks: the PDF is measured.

The elements stand in the order of the decree. Those that no report of this office has are left
out: Phần, căn cứ, V/v of a công văn, the drafter's code, the footer with an address, seal.
"""

import io
import itertools
import re

import pypdf
import pytest

from briefing.documents import blocks
from briefing.documents.exporters import BriefingPDFExporter

from . import demo, faults, formal_demo, printed
from .formal_demo import ANNEXES, HEADINGS

SAME = 0.3  # mm: no more than a hair's breadth apart
A4 = (210, 297)
MARGINS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
BODY = (13, 14)
POINT = 25.4 / 72
BODY_PAGES = 5  # of the demo, before its annexes


def exported(*shown: blocks.Block) -> bytes:
    cells = [demo.cell_of(block) for block in shown]
    return BriefingPDFExporter().from_notebook_node(demo.notebook(*cells))[0]


@pytest.fixture(scope="module")
def content() -> bytes:
    return BriefingPDFExporter().from_notebook_node(formal_demo.full())[0]


@pytest.fixture(scope="module")
def pages(content) -> list[printed.Page]:
    return printed.pages(content)


@pytest.fixture(scope="module")
def first(pages) -> printed.Page:
    return pages[0]


def under(line: printed.Line, page: printed.Page) -> printed.Rule:
    """The rule that stands next under a line."""
    below = [r for r in page.rules if r.top > line.baseline and r.left < line.middle < r.right]
    return min(below, key=lambda rule: rule.top)


def paragraph(page: printed.Page, beginning: str) -> list[printed.Line]:
    """The lines of a paragraph: from its first to the one before the next first line."""
    start = page.lines.index(page.find(beginning))
    rest = page.lines[start + 1 :]
    stop = next((n for n, line in enumerate(rest) if line.left > 30 + SAME), len(rest))
    return [page.lines[start], *rest[:stop]]


# I. The page


@pytest.mark.slow
def test_every_page_is_a4_upright(pages):
    assert {(round(page.width), round(page.height)) for page in pages} == {A4}


def test_margins_are_within_the_bounds_and_nothing_stands_in_them(pages):
    full = pages[BODY_PAGES + 1]  # a table that fills its page
    left = min(line.left for page in pages for line in page.lines)
    right = A4[0] - max(line.right for page in pages for line in page.lines)
    bottom = A4[1] - max(b for page in pages for b in page.table_bottoms)

    assert MARGINS["top"][0] <= full.table_tops[0] + SAME <= MARGINS["top"][1]
    assert MARGINS["left"][0] <= left + SAME <= MARGINS["left"][1]
    assert MARGINS["right"][0] <= right + SAME <= MARGINS["right"][1]
    assert MARGINS["bottom"][0] <= bottom + SAME
    assert A4[1] - full.table_bottoms[0] < MARGINS["bottom"][1] + 10  # the next row did not fit


def test_the_text_is_of_one_roman_face_in_black(pages):
    lines = [line for page in pages for line in page.lines]

    assert {f for line in lines for f in line.families} <= {
        *("TimesNewRoman", "TimesNewRomanPS", "TimesNewRomanPSMT", "LibertinusSerif"),
    }
    assert {c for line in lines for c in line.colours} == {(0.0,)}


def test_the_page_number_stands_at_the_top_in_the_middle_and_is_hidden_on_the_first(pages):
    numbers = [numbered(page) for page in pages]

    assert numbers[:BODY_PAGES] == [None, "2", "3", "4", "5"]
    for page in (page for page in pages if numbered(page)):
        number = page.lines[0]
        assert number.baseline < 20
        assert number.size in BODY and number.style == ""
        assert number.middle == pytest.approx((30 + A4[0] - 15) / 2, abs=SAME)


def test_each_annex_counts_its_own_pages(pages, content):
    assert [numbered(page) for page in pages][BODY_PAGES:] == [
        *(None, "2", "3"),
        *(None, "2", "3", "4"),
        None,
    ]
    assert pypdf.PdfReader(io.BytesIO(content)).page_labels[BODY_PAGES] == "1"


def numbered(page: printed.Page) -> str | None:
    top = [line.text for line in page.lines if line.baseline < 20]
    return top[0] if top else None


# II. The elements of the document


def test_the_national_name_and_the_motto_stand_at_the_top_right(first):
    name = first.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = first.find("Độc lập - Tự do - Hạnh phúc")

    assert 12 <= name.size <= 13 and name.style == "bold"
    assert 13 <= motto.size <= 14 and motto.style == "bold"
    assert name.left > A4[0] / 2 - SAME * 10 and name.right <= A4[0] - 15 + SAME
    assert name.baseline == min(line.baseline for line in first.lines)
    assert name.baseline < motto.baseline < name.baseline + 8
    assert motto.middle == pytest.approx(name.middle, abs=SAME)


def test_the_rule_under_the_motto_is_as_long_as_its_text(first):
    motto = first.find("Độc lập")
    rule = under(motto, first)

    assert rule.length == pytest.approx(motto.length, abs=SAME)
    assert rule.middle == pytest.approx(motto.middle, abs=SAME)
    assert rule.top - motto.baseline < 4


def test_the_parent_body_is_not_bold_and_the_issuing_body_under_it_is(first):
    parent = [first.find("ỦY BAN NHÂN DÂN"), first.find("THỊ XÃ HOÀI NHƠN")]
    issuer = first.find("PHÒNG VĂN HÓA VÀ THÔNG TIN")

    assert {line.style for line in parent} == {""} and issuer.style == "bold"
    assert {line.size for line in (*parent, issuer)} <= {12, 13}
    for line in parent:
        assert line.middle == pytest.approx(issuer.middle, abs=SAME)
        assert line.baseline < issuer.baseline
    assert issuer.right < first.find("CỘNG HÒA").left


@pytest.mark.parametrize("name", ["PHÒNG Y TẾ", "SỞ A", "PHÒNG VĂN HÓA, KHOA HỌC VÀ " * 2 + "TIN"])
def test_the_rule_under_the_issuing_body_is_a_third_to_a_half_of_its_line(name):
    page = printed.pages(exported(formal_demo.head(issuer=name)))[0]
    last = max(
        (line for line in page.lines if line.style == "bold" and line.right < 105),
        key=lambda line: line.baseline if line.baseline < 55 else 0,
    )
    rule = under(last, page)

    assert 1 / 3 <= rule.length / last.length <= 1 / 2
    assert rule.middle == pytest.approx(last.middle, abs=SAME)


def test_the_number_stands_under_the_issuing_body_on_the_line_of_place_and_date(first):
    number = first.find("Số:")
    when = first.find("Hoài Nhơn, ngày tháng năm 2021")

    assert number.text == "Số: /BC-VHTT"
    assert number.size == 13 and number.style == ""
    assert number.middle == pytest.approx(first.find("PHÒNG VĂN HÓA").middle, abs=SAME)
    assert when.size in BODY and when.style == "italic"
    assert when.middle == pytest.approx(first.find("Độc lập").middle, abs=SAME)
    assert when.baseline == pytest.approx(number.baseline, abs=SAME)


def test_there_is_room_for_the_number_and_the_date(first):
    number, when = first.find("Số:"), first.find("Hoài Nhơn, ngày")

    assert number.length > 30 and when.length > 70  # with the blanks to write in


def test_the_type_and_the_subject_are_bold_and_centred_with_a_rule(first):
    kind = first.find("BÁO CÁO")
    subject = [line for line in first.lines if line.style == "bold" and line.size == 14][1:4]

    assert " ".join(line.text for line in subject) == formal_demo.head().about
    for line in (kind, *subject):
        assert 13 <= line.size <= 14 and line.style == "bold"
        assert line.middle == pytest.approx((30 + 195) / 2, abs=SAME)
    rule = under(subject[-1], first)
    assert 1 / 3 <= rule.length / subject[-1].length <= 1 / 2
    assert rule.middle == pytest.approx(subject[-1].middle, abs=SAME)


def test_several_addressees_stand_in_a_list_whose_dashes_stand_under_the_colon(first):
    label = first.find("Kính gửi:")
    listed = [line for line in first.lines if line.text.startswith("-")][:3]

    assert [line.text.lstrip("- ") for line in listed] == [
        "Ban Chỉ đạo phòng, chống dịch COVID-19 thị xã;",
        "UBND thị xã Hoài Nhơn;",
        "Sở Thông tin và Truyền thông.",
    ]
    for line in (label, *listed):
        assert line.size in BODY and line.style == ""
    assert {round(line.left, 1) for line in listed} == {round(listed[0].left, 1)}
    assert listed[0].left == pytest.approx(label.right, abs=1.5)


def test_one_addressee_stands_on_the_line_of_the_salutation():
    page = printed.pages(exported(formal_demo.head(addressees=("UBND thị xã Hoài Nhơn",))))[0]

    assert page.find("Kính gửi:").text == "Kính gửi: UBND thị xã Hoài Nhơn."


def test_a_document_to_nobody_has_no_salutation():
    assert "Kính gửi" not in printed.pages(exported(formal_demo.head(addressees=())))[0].text


def test_the_body_is_justified_with_an_indented_first_line(first):
    lines = paragraph(first, "Thực hiện Kế hoạch")

    assert len(lines) == 4
    assert {line.size for line in lines} <= set(BODY) and {line.style for line in lines} == {""}
    assert any(abs(lines[0].left - 30 - indent) < SAME for indent in (10, 12.7))
    for line in lines[1:]:
        assert line.left == pytest.approx(30, abs=SAME)
    for line in lines[:-1]:
        assert line.right == pytest.approx(195, abs=SAME)


def test_lines_stand_single_to_one_and_a_half_apart_and_paragraphs_six_points_more(first):
    lines = paragraph(first, "Thực hiện Kế hoạch")
    pitches = [b.baseline - a.baseline for a, b in itertools.pairwise(lines)]
    single = 1.15 * lines[0].size * POINT  # of Times New Roman
    items = paragraph(first, "- Đầu kỳ"), paragraph(first, "- Cuối kỳ")

    assert all(single <= pitch <= 1.5 * single for pitch in pitches)
    gap = items[1][0].baseline - items[0][-1].baseline - pitches[0]
    assert gap >= 6 * POINT - 0.01


def test_headings_are_bold_and_those_of_a_section_in_capitals(pages):
    lines = {line.text: line for page in pages[:BODY_PAGES] for line in page.lines}

    for text in HEADINGS:
        printed_as = text.upper() if re.match("[IV]+[.]", text) else text
        line = lines[printed_as]
        assert line.size in BODY and line.style == "bold"
        assert line.left == pytest.approx(30 + 12.7, abs=SAME)


def test_the_position_is_bold_in_capitals_with_no_name_under_it(pages):
    page = pages[BODY_PAGES - 1]
    signer = [page.find("KT. TRƯỞNG PHÒNG"), page.find("PHÓ TRƯỞNG PHÒNG")]

    for line in signer:
        assert line.size in BODY and line.style == "bold"
        assert line.middle == pytest.approx(signer[0].middle, abs=SAME)
        assert line.left > A4[0] / 2
    assert not [
        line for line in page.lines if line.baseline > signer[-1].baseline and line.left > 105
    ]


@pytest.mark.slow
def test_there_is_room_for_signature_seal_and_name_on_the_same_page():
    for lines in range(14, 27):
        shown = printed.pages(
            exported(
                formal_demo.head(),
                *(blocks.Paragraph(f"Dòng {n}.") for n in range(lines)),
                formal_demo.signature(),
            )
        )
        page = next(page for page in shown if "Nơi nhận:" in page.text)
        assert A4[1] - 20 - page.find("PHÓ TRƯỞNG PHÒNG").baseline >= 28
        assert f"Dòng {lines - 1}." in page.text  # the signature never stands alone


def test_the_recipients_stand_level_with_the_position_at_the_left_margin(pages):
    page = pages[BODY_PAGES - 1]
    label = page.find("Nơi nhận:")
    listed = [line for line in page.lines if line.text.startswith("-")]

    assert label.size == 12 and label.style == "bold italic"
    assert label.baseline == pytest.approx(page.find("KT. TRƯỞNG PHÒNG").baseline, abs=1)
    assert [line.text.lstrip("- ") for line in listed] == [
        "Như trên;",
        "CT, các PCT UBND thị xã;",
        "Ban Tuyên giáo Thị ủy (để phối hợp);",
        "Lưu: VT, VHTT.",
    ]
    for line in listed:
        assert line.size == 11 and line.style == ""
    assert {round(line.left, 1) for line in (label, *listed)} == {30}


# III. Annexes


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_annex_begins_a_page_with_label_title_and_reference(pages, number):
    label = ANNEXES[number - 1]
    page = next(page for page in pages if page.lines[0].text == label)
    reference = next(n for n, line in enumerate(page.lines) if line.text.startswith("(Kèm theo"))
    title = page.lines[1:reference]
    below = page.lines[reference : reference + 2]

    assert page.lines[0].size == 14 and page.lines[0].style == "bold"
    assert all(t.text == t.text.upper() and t.style == "bold" and t.size in BODY for t in title)
    assert all(line.style == "italic" and line.size in BODY for line in below)
    assert " ".join(line.text for line in below).endswith("của Phòng Văn hóa và Thông tin)")
    for line in (page.lines[0], *title, *below):
        assert line.middle == pytest.approx((30 + 195) / 2, abs=SAME)


# Tables, headings and bookmarks


@pytest.mark.slow
def test_the_heading_row_stands_on_every_page_of_a_table_and_no_row_is_split(pages):
    table = formal_demo.lacking()
    head = tuple(column.label for column in table.columns)
    parts = [t for page in pages for t in page.tables if t[0] == head]
    rows = [row for part in parts for row in part[1:]]

    assert len(parts) == 4
    assert rows == [tuple(cell.text for cell in row) for row in table.rows]


@pytest.mark.slow
def test_no_heading_and_no_title_of_a_table_stands_alone_at_the_end_of_a_page():
    table = formal_demo.lacking(3)
    for lines in range(10, 28):
        shown = printed.pages(
            exported(
                formal_demo.head(),
                *(blocks.Paragraph(f"Dòng {n}.") for n in range(lines)),
                blocks.Heading("II. Tiêu đề"),
                blocks.Heading("1. Con", 2),
                table,
                blocks.Heading("III. Cuối"),
                blocks.Paragraph("Hết."),
            )
        )
        for words in (("II. TIÊU ĐỀ", "1. Con", table.caption, "phân hiệu"), ("III. CUỐI", "Hết.")):
            assert any(all(word in page.text for word in words) for page in shown), lines


def test_bookmarks_name_the_headings_and_the_annexes(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    names = list(faults.bookmarks(reader.outline))

    assert names[: len(HEADINGS)] == list(HEADINGS)
    assert names[len(HEADINGS)] == "Phụ lục I KẾT QUẢ CỦA CÁC CƠ QUAN, ĐƠN VỊ"


def test_the_standards_the_title_and_the_language_are_claimed(content):
    about = pypdf.PdfReader(io.BytesIO(content))

    for claim in (b"pdfaid:part>3<", b"pdfaid:conformance>A<", b"pdfuaid:part>1<"):
        assert claim in content
    assert about.metadata.title == formal_demo.head().about
    assert about.trailer["/Root"]["/Lang"] == "vi"


def test_every_page_says_that_the_data_are_illustrative_and_only_then(content):
    with_banner = pypdf.PdfReader(io.BytesIO(content)).pages
    without = exported(formal_demo.head(illustrative=False))

    assert all(printed.BANNER in page.extract_text() for page in with_banner)
    assert printed.BANNER not in pypdf.PdfReader(io.BytesIO(without)).pages[0].extract_text()


def test_hostile_texts_are_printed_as_they_are(pages):
    printed_text = " ".join(" ".join(line.text for line in page.lines) for page in pages)

    for text in (demo.HOSTILE[0], demo.HOSTILE[1], "=HYPERLINK"):
        assert text in printed_text


def test_a_picture_without_room_leaves_no_hole_the_text_after_it_goes_on():
    text = [blocks.Paragraph(f"{n}. " + "Chữ của báo cáo. " * 22) for n in range(9)]
    picture = demo.figures()[0]
    shown = printed.pages(exported(formal_demo.head(), *text[:2], picture, *text[2:]))

    assert [picture.title[:12] in page.text for page in shown] == [False, True]
    assert "4. Chữ của" in shown[0].text  # three paragraphs that come after the picture
