"""A faulty Word document goes back as the sender's own, marked, with a list in front."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from briefing.correspondence.marked_document import places_of
from tests.correspondence.desk import COUNTS, PLACES
from tests.intake.making import HEAD, TITLES, letterhead, people, word
from tests.tables.tiny import AN

RED, YELLOW = "FFC7CE", "FFEB9C"


def document(unit: str, about: int = 16) -> bytes:
    """A Mẫu 02 in Word with a phone of five digits in row 4 and a count in words in row 6."""
    rows = people(COUNTS, places=PLACES)
    rows[2][3], rows[4][4] = "09123", "mười"
    head = letterhead(unit.upper(), f"Đây, ngày {about} tháng 8 năm 2021")
    return word(*head, *TITLES, f"(ngày {about} tháng 8 năm 2021)", [HEAD, *rows], "(Ký tên)")


def shaded(report) -> dict[str, str]:
    """Text → colour, of the shaded cells and paragraphs of the report itself."""
    elements = [
        element
        for element in report.element.body.iter(qn("w:tc"), qn("w:p"))
        if element.xpath("./w:tcPr/w:shd | ./w:pPr/w:shd")
    ]
    return {
        "".join(t.text or "" for t in e.iter(qn("w:t"))): e.xpath(".//w:shd")[0].get(qn("w:fill"))
        for e in elements
    }


@pytest.mark.slow
def test_each_cell_at_fault_is_shaded_and_commented(desk):
    path = desk.put("An Binh 16-8.docx", document("Xã An Bình"))
    before = path.read_bytes()

    sent = desk.sent_one()

    report = Document(sent.path)
    assert sent.path.relative_to(desk.returns).as_posix() == f"{AN}/An Binh 16-8 (cần sửa).docx"
    assert shaded(report)["09123"] == YELLOW and shaded(report)["mười"] == RED
    assert [comment.text for comment in report.comments] == [
        "1. Không phải số điện thoại đủ 10 chữ số; số liệu của dòng này vẫn được tính\xa0[P1]. "
        "Sửa ô này rồi gửi lại báo cáo.",
        "2. Không đọc được con số; dòng này chưa đưa vào tổng hợp, không tính là 0\xa0[C8]. "
        "Ghi số nguyên vào ô này rồi gửi lại báo cáo.",
    ]
    assert path.read_bytes() == before


@pytest.mark.slow
def test_what_was_struck_through_or_deleted_is_marked_where_it_stands(desk):
    report = Document(io.BytesIO(document("Xã An Bình")))
    table = report.tables[0]
    table.cell(1, 4).paragraphs[0].runs[0].font.strike = True
    table.rows[5]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    stream = io.BytesIO()
    report.save(stream)
    desk.put("An Binh 16-8.docx", stream.getvalue())

    sent = Document(desk.sent_one().path)

    colours = shaded(sent)
    assert colours[str(COUNTS[0])] == RED  # the row is left without a count, too
    assert colours["mười"] == YELLOW
    said = [comment.text for comment in sent.comments]
    assert len(said) == 3 and sum("gạch ngang" in text for text in said) == 2


@pytest.mark.slow
def test_the_list_stands_in_front_with_links_to_the_marked_places(desk):
    desk.put("An Binh 16-8.docx", document("Xã An Bình"))

    report = Document(desk.sent_one().path)

    assert report.paragraphs[0].text == "DANH SÁCH NỘI DUNG CẦN SỬA"
    rows = [[cell.text for cell in row.cells] for row in report.tables[0].rows]
    assert rows[0] == ["Số", "Vị trí", "Đang ghi là", "Vấn đề", "Việc cần làm"]
    assert [row[1:3] for row in rows[1:]] == [
        ["Bảng 1, dòng 4, cột 4", "09123"],
        ["Bảng 1, dòng 6, cột 5", "mười"],
    ]
    body = report.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = {mark.get(qn("w:name")): mark for mark in body.iter(qn("w:bookmarkStart"))}
    inside = ["".join(t.text for t in marks[a].getparent().iter(qn("w:t"))) for a in anchors]
    assert inside == ["09123", "mười"]


@pytest.mark.slow
def test_a_line_of_mau_01_is_shaded_and_the_agency_gets_it_back(desk):
    desk.put(
        "Phong Noi vu.docx",
        word(
            "PHÒNG NỘI VỤ", "BÁO CÁO", "- Mã QR Code cơ quan, đơn vị đã tạo: BZ-1",
            "- Tổng số cán bộ, CC, VC, người lao động: 20",
            "- Số cán bộ, CC, VC, người lao động có Smartphone: 18",
            "- Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone: 19",
        ),
    )  # fmt: skip

    sent = desk.sent_one()

    colours = shaded(Document(sent.path))
    assert sent.item.folder == "CQ1"
    assert colours["- Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone: 19"] == RED


def test_addresses_are_those_of_intake_over_merged_cells():
    report = Document()
    table = report.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "rộng"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "cao"
    table.cell(2, 1).text = "ô"
    report.add_paragraph("sau bảng")
    stream = io.BytesIO()
    report.save(stream)
    from briefing.intake.readers import read_parts

    (part,) = read_parts(stream.getvalue(), ".docx")
    places = dict(places_of(Document(io.BytesIO(stream.getvalue())).element.body))

    told = {g.where(r, c): v for g in part.grids for r, c, v in g.filled()}
    assert told == {where: "".join(t.text for t in places[where].iter(qn("w:t"))) for where in told}
    assert set(told.values()) == {"rộng", "cao", "ô", "sau bảng"}
    assert places["table 1, row 3, column 3"] is places["table 1, row 2, column 3"]
