"""A workbook goes back with the rows that nothing is marked in exactly as they came."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from briefing.correspondence.narrowing import narrowed
from briefing.office.look import SEVERITIES
from tests.correspondence.desk import BAD_PHONE, faulty, opened
from tests.intake.making import saved, workbook

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def parts(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def as_excel_writes(content: bytes) -> bytes:
    """Texts in a list of their own, and attributes with a prefix on every row."""
    files, texts = parts(content), []

    def shared(match: re.Match[bytes]) -> bytes:
        texts.append(match[2])
        return b'<c%s t="s"><v>%d</v></c>' % (match[1], len(texts) - 1)

    xml = re.sub(rb'<c([^>]*) t="inlineStr"><is>(<t[^>]*>[^<]*</t>)</is></c>', shared, files[SHEET])
    xml = xml.replace(b"<row ", b'<row x14ac:dyDescent="0.25" ').replace(
        b"<worksheet ",
        b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        b'mc:Ignorable="x14ac" '
        b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ',
    )
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    items = b"".join(b"<si>" + text + b"</si>" for text in texts)
    files[SHEET], files[STRINGS] = xml, b"<sst %s>%s</sst>" % (main, items)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = b'<Override PartName="/%s" ContentType="%s"/>' % (STRINGS.encode(), kind)
    types = files["[Content_Types].xml"]
    files["[Content_Types].xml"] = types.replace(b"</Types>", part + b"</Types>")
    return packed(files)


def rows(content: bytes, sheet: str = SHEET) -> dict[int, bytes]:
    found = re.findall(rb'(<row [^>]*?r="(\d+)".*?</row>)', parts(content)[sheet], re.DOTALL)
    return {int(number): row for row, number in found}


@pytest.mark.slow
def test_rows_without_a_mark_are_byte_for_byte_the_senders_own(desk):
    content = as_excel_writes(workbook(faulty("Xã An Bình")))
    before = rows(content)
    desk.put("An Binh 16-8.xlsx", content)

    sent = desk.sent_one()

    after = rows(sent.path.read_bytes(), "xl/worksheets/sheet2.xml")
    assert after.keys() == before.keys() and len(before) > 12
    assert [number for number in before if after[number] != before[number]] == [14, 16]
    assert parts(sent.path.read_bytes())[STRINGS] == parts(content)[STRINGS]
    own, came = opened(sent)["Sheet1"], load_workbook(io.BytesIO(content)).active
    assert [[c.value for c in row] for row in own] == [[c.value for c in row] for row in came]
    assert own[BAD_PHONE].comment


def test_what_openpyxl_gets_is_the_cells_to_mark_and_those_that_show_the_text_over_them():
    book = Workbook()
    for row in range(1, 9):
        for column in (1, 2, 3):
            book.active.cell(row, column, row)
    book.active.merge_cells("B3:B6")
    narrow = narrowed(saved(book), {"Sheet": {"B5", "A8"}})

    cells = re.findall(rb"<c\b[^>]*?r=\"(\w+)\"[^>]*/>", parts(narrow.content)[SHEET])
    assert cells == [b"B3", b"A8"]  # nothing stands in B5 itself
    assert not re.search(rb"<v>|<t>|mergeCell", parts(narrow.content)[SHEET])
    assert narrow.merged == {"Sheet": ["B3:B6"]}


@pytest.mark.slow
def test_a_fault_under_merged_cells_is_marked_where_they_show_their_text(desk):
    book = Workbook()
    for row in faulty("Xã An Bình"):
        book.active.append(row)
    book.active.title = "Sheet1"
    book.active.merge_cells("D13:D14")
    desk.put("An Binh 16-8.xlsx", saved(book))

    own = opened(desk.sent_one())["Sheet1"]

    assert own["D13"].comment or own["D14"].comment
    assert "D13:D14" in [str(merged) for merged in own.merged_cells.ranges]


def test_rows_that_know_of_one_another_are_left_to_openpyxl():
    plain = workbook(faulty("Xã An Bình"))
    files = parts(plain)
    files[SHEET] = files[SHEET].replace(
        b"</row>", b'<c r="J1"><f t="shared" si="0" ref="J1:J9">1+1</f><v>2</v></c></row>', 1
    )

    assert narrowed(plain, {"Sheet1": {"D14"}})
    assert narrowed(packed(files), {"Sheet1": {"D14"}}) is None


def test_a_row_that_does_not_say_its_number_is_left_to_openpyxl():
    files = parts(workbook(faulty("Xã An Bình")))
    files[SHEET] = re.sub(rb'<row r="3"', b"<row", files[SHEET])

    assert narrowed(packed(files), {"Sheet1": {"D14"}}) is None


def test_a_row_whose_cells_do_not_say_where_they_are_is_left_to_openpyxl():
    files = parts(workbook(faulty("Xã An Bình")))
    files[SHEET] = files[SHEET].replace(b'<c r="A14"', b"<c")

    assert narrowed(packed(files), {"Sheet1": {"D14"}}) is None
    assert narrowed(packed(files), {"Sheet1": {"D13"}})


@pytest.mark.slow
def test_a_marked_cell_keeps_all_that_it_holds_and_an_empty_one_finds_its_place_in_its_row(desk):
    """Runs of text in several looks; a row that a filter hides is shown."""
    files = parts(workbook(faulty("Xã An Bình")))
    runs = b"<is><r><t>091</t></r><r><rPr><b/></rPr><t>23</t></r></is>"
    xml = re.sub(rb'(<c r="D14"[^>]*)>.*?</c>', rb"\g<1>>" + runs + b"</c>", files[SHEET])
    xml = re.sub(rb'<c r="D13"([^>]*)>.*?</c>', b"", xml)  # no phone: nothing stands there
    xml = xml.replace(b'<row r="16"', b'<row hidden="1" r="16" ht="30" customHeight="1"')
    chosen = b'<filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn>'
    filtered = b'</sheetData><autoFilter ref="A12:E30">' + chosen + b"</autoFilter>"
    files[SHEET] = xml.replace(b"</sheetData>", filtered)
    desk.put("An Binh 16-8.xlsx", packed(files))

    sent = desk.sent_one()

    row = rows(sent.path.read_bytes(), "xl/worksheets/sheet2.xml")
    assert runs in row[14]
    assert re.findall(rb'r="([A-Z]+)13"', row[13]) == [b"A", b"B", b"C", b"D", b"E"]
    assert b"hidden" not in row[16] and b'ht="30"' in row[16]
    own = opened(sent)["Sheet1"]
    assert own["D13"].comment and own["D14"].comment and own["E16"].comment
    colours = {cell: own[cell].fill.fgColor.rgb[2:] for cell in ("C14", "D13", "D14", "E16")}
    assert colours == {
        "C14": "000000", "D13": SEVERITIES["warning"], "D14": SEVERITIES["warning"],
        "E16": SEVERITIES["error"],
    }  # fmt: skip
