"""A report that has lost a piece from its middle is damaged, not a report of a smaller figure."""

from __future__ import annotations

import re
import zlib

import pytest

from tests.corpus.makers import workbooks
from tests.hostile.torture.originals import MADE, unpacked_pdf
from tests.intake.making import mau02, people, with_part

COUNTS = [45, 38, 52, 7, 110, 23]
SHEET = "xl/worksheets/sheet1.xml"


def without(xml: bytes, first: str, last: str) -> bytes:
    """Without what stands between two numbers, the tags of rows and cells among it."""
    start = re.search(rb">%s<" % first.encode(), xml)
    end = re.search(rb">%s<" % last.encode(), xml)
    assert start and end
    return xml[: start.start() + 1] + xml[end.start() + 1 :]


def blanked(xml: bytes, first: str, last: str) -> bytes:
    lost = len(xml) - len(without(xml, first, last))
    return xml.replace(xml[xml.index(b">%s<" % first.encode()) + 1 :][:lost], b"\0" * lost)


def broken(xml: bytes, first: str, last: str) -> bytes:
    """The same, with half of a tag left of it."""
    return without(xml, first, last).replace(b">%s<" % last.encode(), b">%s</c><" % last.encode())


def said(reader, content: bytes, ending: str) -> list[tuple[str, object]]:
    return [
        (finding.rule, report.facts.get("numerator_cumulative"))
        for report in reader.read(content, f"BC Bong Son 16-8{ending}")
        for finding in report.findings
        if finding.severity == "error"
    ]


@pytest.mark.parametrize("damage", [blanked, broken])
@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xml"])
def test_a_sheet_that_has_lost_rows_from_its_middle_is_damaged(reader, ending, damage):
    rows = mau02(people(COUNTS))
    if ending == ".xml":
        content = damage(workbooks.xml2003(rows), "38", "110")
    else:
        make, part = {".xlsx": (workbooks.xlsx, SHEET), ".ods": (workbooks.ods, "content.xml")}[
            ending
        ]
        content = with_part(make(rows), part, lambda xml: damage(xml, "38", "110"))

    assert said(reader, content, ending) == [("file_unreadable", None)]


def test_a_sheet_with_a_sign_that_xml_may_not_hold_is_read_without_it(reader):
    content = with_part(
        workbooks.xlsx(mau02(people(COUNTS))), SHEET,
        lambda xml: xml.replace("Nguyễn".encode(), "Nguy\x01ễn".encode(), 1),
    )  # fmt: skip

    assert said(reader, content, ".xlsx") == []


DRAWING = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)  # or any other piece
LENGTH = re.compile(rb"obj\n(\d+)\nendobj")


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize("less", [100, 300, 900])
def test_a_drawing_of_a_page_that_goes_on_behind_its_length_is_damaged(reader, less):
    content = unpacked_pdf(MADE[".pdf"]())
    drawing = next(piece for piece in DRAWING.finditer(content) if b" Tf" in piece[1])
    length = LENGTH.search(content, drawing.end())
    assert length and abs(int(length[1]) - len(drawing[1])) < 3
    short = b"%d" % (int(length[1]) - less)
    content = content[: length.start(1)] + short + content[length.end(1) :]

    assert said(reader, content, ".pdf") == [("file_unreadable", None)]


def test_a_packed_piece_of_a_page_whose_checksum_does_not_fit_is_damaged(reader):
    content = MADE[".pdf"]()
    changed = bytearray(content)
    for piece in DRAWING.finditer(content):
        unpacker = zlib.decompressobj()
        if piece[1][:1] == b"x" and b" Tf" in unpacker.decompress(piece[1]):
            changed[piece.end(1) - len(unpacker.unused_data) - 1] ^= 1
    assert changed != content

    assert said(reader, bytes(changed), ".pdf") == [("file_unreadable", None)]


def test_a_subject_of_thousands_of_pieces_is_too_large(reader):
    def rules(pieces: int) -> list[str]:
        mail = b"From: a@b.invalid\nSubject: " + b"=?utf-8?q?a?= " * pieces + b"\n\nx"
        return [rule for rule, _figure in said(reader, mail, ".eml")]

    assert rules(800) == ["file_too_large"]
    assert "file_too_large" not in rules(100)


def test_a_first_element_whose_name_is_damaged_is_no_markup_of_any_kind(reader):
    content = workbooks.xml2003(mau02(people(COUNTS)))
    damaged = re.sub(rb"<Workbook.*?xmlns:ss=", b"<lns:ss=", content, count=1, flags=re.DOTALL)

    assert damaged != content
    assert [rule for rule, _figure in said(reader, damaged, ".xml")]
