"""The printed page: standards, attachments, the same bytes, and texts that stay texts."""

import io
import re
import subprocess

import pdfplumber
import pytest
from nbformat.v4 import new_markdown_cell

from briefing.documents import blocks, fonts, pdf
from briefing.documents.assemble import document
from briefing.documents.exporters import BriefingPDFExporter
from briefing.errors import DocumentError

from . import demo, faults, formal_demo


def exported(*cells) -> bytes:
    content, resources = BriefingPDFExporter().from_notebook_node(demo.notebook(*cells))
    assert resources["output_extension"] == ".pdf"
    return content


@pytest.fixture(scope="module")
def content() -> bytes:
    return BriefingPDFExporter().from_notebook_node(demo.full())[0]


@pytest.fixture(scope="module")
def path(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "briefing.pdf"
    path.write_bytes(content)
    return path


def said(*command) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_pdf_claims_both_standards(content):
    for claim in (b"pdfaid:part>3<", b"pdfaid:conformance>A<", b"pdfuaid:part>1<"):
        assert claim in content


def test_the_same_document_gives_the_same_bytes():
    cells = [demo.cell_of(block) for block in demo.all_blocks()]

    assert exported(*cells) == exported(*cells)


@pytest.mark.needs("qpdf")
def test_qpdf_finds_no_fault(path):
    assert faults.of_the_file(path) == []


@pytest.mark.needs("pdffonts")
def test_every_font_is_embedded_and_there_are_few_families(path):
    assert faults.of_the_fonts(path) == []


@pytest.mark.needs("pdffonts")
@pytest.mark.parametrize("head", [demo.letterhead(), formal_demo.head()], ids=["page", "formal"])
def test_bold_italic_is_not_used_where_it_lacks_vietnamese_letters(tmp_path, head):
    text = new_markdown_cell("## *mới*\n\n***người nợ nước*** và *nghiêng **đậm***")
    (tmp_path / "a.pdf").write_bytes(exported(demo.cell_of(head), text))

    assert ("BoldItalic" in said("pdffonts", tmp_path / "a.pdf")) == fonts.body().bold_italic


@pytest.mark.needs("pdfinfo")
def test_title_author_language_and_date_are_set(path, content):
    about = said("pdfinfo", "-isodates", path)

    assert "Title:           Tình hình cài đặt, sử dụng ứng dụng Bluezone" in about
    assert "Author:          Phòng Văn hóa và Thông tin thị xã Hoài Nhơn" in about
    assert "2021-08-16T" in about
    assert "Page size:       595.276 x 841.89 pts (A4)" in about
    assert b"/Lang (vi)" in content or b"/Lang(vi)" in content


@pytest.mark.needs("pdftotext")
def test_hostile_texts_are_printed_as_they_are(path):
    printed = squeezed(said("pdftotext", path, "-"))

    for text in demo.HOSTILE:
        assert squeezed(text) in printed


@pytest.mark.needs("pdftotext")
def test_every_page_says_that_the_data_are_illustrative_and_is_numbered(path):
    pages = said("pdftotext", "-layout", path, "-").split("\f")[:-1]

    assert all("SỐ LIỆU MINH HỌA" in page for page in pages)
    for number, page in enumerate(pages, 1):
        assert f"Trang {number}/{len(pages)}" in page


@pytest.mark.needs("pdftotext")
def test_the_heading_row_of_a_long_table_stands_on_each_of_its_pages(tmp_path):
    (tmp_path / "a.pdf").write_bytes(exported(demo.cell_of(demo.bodies(120))))
    pages = said("pdftotext", tmp_path / "a.pdf", "-").split("\f")[:-1]

    assert len(pages) > 2
    assert all("Cơ quan, đơn vị, công đoàn cơ sở" in page for page in pages)


def test_a_word_without_a_place_to_break_stays_in_its_column():
    columns = (blocks.Column("a", "Đơn vị", width=1), blocks.Column("b", "Số", "right", 1))
    row = (blocks.Cell("Xã-" + "ĐồngÝ" * 16), blocks.Cell("12.011"))
    content = exported(demo.cell_of(blocks.Table("t", "Bảng", columns, (row,))))
    (page,) = pdfplumber.open(io.BytesIO(content)).pages
    (number,) = (word for word in page.extract_words() if word["text"] == "12.011")

    letters = [c for c in page.chars if c["text"].strip("\u200b") == "Ý"]

    assert len({round(c["top"]) for c in letters}) > 1  # on more than one line
    assert max(c["x1"] for c in letters) < number["x0"]
    assert max(c["x1"] for c in letters) < page.width / 2 + 15


@pytest.mark.needs("pdftotext")
def test_no_heading_stands_alone_at_the_end_of_a_page(tmp_path):
    for lines in range(28, 40):
        fill = blocks.Bullets(tuple(f"dòng {n}" for n in range(lines)))
        last = demo.cell_of(fill, blocks.Heading("Tiêu đề"), blocks.Paragraph("Nội dung."))
        (tmp_path / "a.pdf").write_bytes(exported(last))
        pages = said("pdftotext", tmp_path / "a.pdf", "-").split("\f")
        assert [("Tiêu đề" in p) for p in pages] == [("Nội dung." in p) for p in pages]


@pytest.mark.needs("qpdf")
def test_manifest_and_tables_beside_the_notebook_are_attached(tmp_path):
    for name in ("notebooks", "tables"):
        (tmp_path / name).mkdir()
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "tables" / "town.csv").write_text("a,b\n1,2\n")
    resources = {"metadata": {"path": str(tmp_path / "notebooks"), "name": "x"}}
    content, _r = BriefingPDFExporter().from_notebook_node(demo.notebook(), resources)
    (tmp_path / "x.pdf").write_bytes(content)

    listed = said("qpdf", "--list-attachments", "--verbose", tmp_path / "x.pdf")
    assert "manifest.json" in listed and "town.csv" in listed
    assert "Bảng town: số liệu của tài liệu này" in listed
    stored = said("qpdf", tmp_path / "x.pdf", "--show-attachment=town.csv")
    assert stored == "a,b\n1,2\n"


def test_a_folder_given_by_name_is_attached_from(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "agencies.csv").write_text("a\n1\n")
    exporter = BriefingPDFExporter(attachments_dir=str(tmp_path))

    assert b"agencies.csv" in exporter.from_notebook_node(demo.notebook())[0]


def test_what_is_not_there_is_not_attached(tmp_path):
    assert pdf.attachments(tmp_path) == []
    assert pdf.attachments(None) == []


def test_a_picture_that_typst_cannot_read_is_a_document_error():
    made = document(demo.notebook(demo.cell_of(demo.letterhead())))
    picture = {"block": "picture", "id": "p", "mime": "image/png", "data": "AAAA", "alt": "x"}

    with pytest.raises(DocumentError, match="the PDF could not be made"):
        pdf.render(type(made)(**{**vars(made), "blocks": (picture,)}))


def test_a_document_of_nothing_and_one_without_a_date_are_still_made():
    assert exported().startswith(b"%PDF")
    assert exported(demo.cell_of(demo.letterhead(date="hôm nay"))).startswith(b"%PDF")


def test_key_figures_without_bars_and_tables_without_rows_are_made():
    figures = blocks.KeyFigures((blocks.KeyFigure("a", "–"),))
    empty = blocks.Table("t", "Chưa có", (blocks.Column("a", "A"),), ())

    assert exported(demo.cell_of(figures, blocks.KeyFigures(()), empty)).startswith(b"%PDF")
