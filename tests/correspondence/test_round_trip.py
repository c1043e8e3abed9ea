"""Sent back corrected, a report is read again: the list in front of it is not the report."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from briefing.correspondence.list_text import list_text
from briefing.intake.reader import Reader
from briefing.tables.resubmissions import resubmissions
from tests.correspondence.desk import BAD_COUNT, BAD_PHONE, COUNTS, faulty, sheet
from tests.correspondence.test_documents import document
from tests.intake.making import people, phone, workbook
from tests.tables.tiny import AN

WHOLE = sum(COUNTS)


def corrected_workbook(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    own = book.worksheets[1]
    own[BAD_PHONE], own[BAD_COUNT] = phone(2), COUNTS[4]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def corrected_document(content: bytes) -> bytes:
    report = Document(io.BytesIO(content))
    cells = [cell for table in report.tables for row in table.rows for cell in row.cells]
    for wrong, right in (("09123", phone(2)), ("mười", str(COUNTS[4]))):
        for cell in cells:
            if cell.text == wrong and cell._tc.tcPr.xpath("./w:shd"):
                cell.text = right
    stream = io.BytesIO()
    report.save(stream)
    return stream.getvalue()


CASES = {
    "workbook": (workbook(faulty("Xã An Bình")), ".xlsx", corrected_workbook),
    "document": (document("Xã An Bình"), ".docx", corrected_document),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_returned_report_corrected_supersedes_the_first_and_the_change_is_shown(desk, case):
    content, suffix, correct = CASES[case]
    desk.put(f"An Binh 16-8{suffix}", content, "16 14:00")
    sent = desk.sent_one()

    desk.put(f"tra loi/{sent.path.name}", correct(sent.path.read_bytes()), "16 16:30")

    day = desk.day()
    unit = day.units.set_index("unit_code").loc[AN]
    assert (unit["status"], unit["numerator_cumulative"]) == ("on_time", WHOLE)
    assert sorted(day.reports["verdict"]) == ["superseded", "used"]
    again = day.findings[day.findings["file"].str.startswith("tra loi/")]
    assert again.empty
    assert desk.send() == []
    change = resubmissions(day.reports, day.date).iloc[0]
    assert (change["numerator_before"], change["numerator_after"]) == (WHOLE - COUNTS[4], WHOLE)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_returned_report_sent_again_as_it_is_says_the_same_as_the_first(desk, case):
    content, suffix, _correct = CASES[case]
    path = desk.put(f"An Binh 16-8{suffix}", content)
    sent = desk.sent_one()
    reader = Reader(desk.office.campaign, b"key")

    (first,) = reader.read(path.read_bytes(), path.name)
    (again,) = reader.read(sent.path.read_bytes(), path.name)

    said = [(f.rule, f.found) for f in first.findings]
    assert [(f.rule, f.found) for f in again.findings] == said
    assert (again.facts, again.unit_code, again.report_date, again.rows_read) == (
        first.facts, first.unit_code, first.report_date, first.rows_read,
    )  # fmt: skip


@pytest.mark.slow
def test_a_document_whose_closing_line_was_deleted_is_still_read_without_its_list(desk):
    desk.put("An Binh 16-8.docx", document("Xã An Bình"))
    report = Document(desk.sent_one().path)
    end = next(p for p in report.paragraphs if p.text.startswith("Hết danh sách"))
    end._element.getparent().remove(end._element)
    stream = io.BytesIO()
    report.save(stream)

    (again,) = Reader(desk.office.campaign, b"key").read(stream.getvalue(), "x.docx")

    assert again.facts["numerator_cumulative"] == WHOLE - COUNTS[4]


@pytest.mark.slow
def test_a_report_returned_twice_carries_one_list_more_and_is_still_read(desk):
    desk.put("An Binh 16-8.xlsx", faulty("Xã An Bình"))
    once = desk.sent_one().path
    (desk.office.inbox / "An Binh 16-8.xlsx").unlink()
    desk.put(once.name, once.read_bytes(), "16 15:30")
    once.unlink()

    twice = desk.sent_one()

    assert twice.path.name == once.name
    book = load_workbook(twice.path)
    assert book.sheetnames == ["Cần sửa (2)", "Cần sửa", "Sheet1"]
    assert len(twice.item.remarks) == 2


@pytest.mark.slow
def test_the_list_alone_is_no_report(desk):
    """Somebody forwards the list itself: it names a commune and a day, and counts nothing."""
    desk.put("An Binh 16-8.xlsx", faulty("Xã An Bình"))
    item = desk.sent_one().item
    content = list_text(item, desk.office.campaign)

    (read,) = Reader(desk.office.campaign, b"key").read(content, "An Binh 16-8 (cần sửa).txt")

    assert read.form is None and not read.usable and not read.facts


def test_a_sheet_called_like_the_list_but_holding_a_report_is_read(desk):
    rows = sheet("Xã An Bình", people(COUNTS, places=["Thôn 1"]))

    (read,) = Reader(desk.office.campaign, b"key").read(workbook({"Cần sửa": rows}), "x.xlsx")

    assert read.facts["numerator_cumulative"] == WHOLE
