"""One odd cell, range or sheet costs itself and not the file."""

import re

import pytest
from making import FIRST, mau02, people, with_part, workbook
from tests.corpus.makers.workbooks import ods, xls, xlsb

from briefing.errors import IntakeError
from briefing.intake.readers import read_parts

ROWS = people([12, 25, 8, 31, 14])  # sum to 90; 25 stands in E13
XLSX = workbook(mau02(ROWS))
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
CELL = re.compile(rb'<c r="E13"[^>]*>.*?</c>')


def with_cell(cell: bytes) -> bytes:
    """The form with other XML in the place of the cell that holds 25."""
    return with_part(XLSX, SHEET, lambda xml: CELL.sub(cell, xml))


def with_sheet(old: bytes, new: bytes, content: bytes = XLSX) -> bytes:
    def change(xml: bytes) -> bytes:
        assert re.search(old, xml)
        return re.sub(old, new, xml)

    return with_part(content, SHEET, change)


@pytest.mark.parametrize(
    "dimension", [b"A0:AZ48943", b"", b"#REF!", b"A:E", b"A1", b"A1:XFD1048576"]
)
def test_where_a_sheet_says_that_it_ends_is_not_believed(read, dimension):
    content = with_sheet(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % dimension)

    assert read(content).facts["numerator_cumulative"] == 90


@pytest.mark.parametrize("cell", [
    b'<c r="E13"><v>hai</v></c>', b'<c r="E13" t="e"><v>#SPILL!</v></c>',
    b'<c r="E13" t="s"><v>99999</v></c>', b'<c r="E13" t="d"><v>T288:00</v></c>',
    b'<c r="E13" t="b"><v>x</v></c>', b'<c r="E13" t="zz"><v>hai</v></c>',
    b'<c r="E13"><v>nan</v></c>',
])  # fmt: skip
def test_a_count_that_is_not_what_its_type_says_is_found_at_its_cell(read, cell):
    report = read(with_cell(cell))
    errors = [(f.rule, f.where) for f in report.findings if f.severity == "error"]

    assert report.facts["numerator_cumulative"] == 65  # without the 25, which is nowhere now
    assert errors == [("number_unreadable", f"Sheet1!E{FIRST + 1}")]


@pytest.mark.parametrize("cell", [
    b'<c r="E13" s="999"><v>25</v></c>', b'<c r="e13"><v> 25 </v></c>',
    b'<c r="$E$13"><v>25</v></c>',
    b'<c r="E13" t="inlineStr"><is><t>25</t></is></c>', b'<c r="E13" t="str"><v>25</v></c>',
    b'<c r="??"><v>25</v></c>', b'<c><v>25</v></c>',
])  # fmt: skip
def test_a_count_that_is_only_written_oddly_counts(read, cell):
    report = read(with_cell(cell))

    assert report.facts["numerator_cumulative"] == 90
    assert [f for f in report.findings if f.severity == "error"] == []


def test_an_odd_cell_that_is_no_figure_of_the_report_is_no_fault_of_it(read):
    note = b'<row r="30"><c r="B30" t="zz"><v>ghi ch</v></c><c r="C30"><v>T288:00</v></c></row>'
    report = read(with_sheet(rb"</sheetData>", note + b"</sheetData>"))

    assert report.facts["numerator_cumulative"] == 90
    assert [f for f in report.findings if f.severity == "error"] == []


@pytest.mark.parametrize("ref", [b"#REF!", b"", b"A0:B2"])
def test_a_merged_range_that_is_none_costs_the_merge(read, ref):
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % ref
    content = with_sheet(rb"</sheetData>", merge)

    assert read(content).facts["numerator_cumulative"] == 90


BLANKS = {
    "a space": b'<row r="1048570"><c r="XFD1048570" t="inlineStr"><is><t> </t></is></c></row>',
    "a hard space": b'<row r="1048570"><c r="ZZ1048570" t="str"><v>\xc2\xa0</v></c></row>',
    "formats": b'<row r="1048576"><c r="XFD1048576" s="0"/></row>',
    "a row of formats": b'<row r="1048576" ht="30"><c r="E1048576" s="0"></c></row>',
    "an empty row": b'<row r="1048576" ht="30"/>',
}


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_at_the_end_of_a_sheet_make_it_no_larger(read, blank):
    content = with_sheet(rb"</sheetData>", BLANKS[blank] + b"</sheetData>")

    assert read(content).facts["numerator_cumulative"] == 90


@pytest.mark.parametrize("blank", [" ", "\xa0"])
@pytest.mark.parametrize("make", [xls, xlsb, ods])
def test_a_blank_at_the_end_of_a_sheet_of_any_format_makes_it_no_larger(read, make, blank):
    far = [*mau02(ROWS), *[[]] * 60_000, [*[None] * 200, blank]]  # 12 million cells

    assert read(make(far), f"BC.{make.__name__}").facts["numerator_cumulative"] == 90


@pytest.mark.parametrize("make", [xls, xlsb, ods])
def test_a_word_at_the_end_of_a_sheet_of_any_format_is_not_lost_unsaid(read, make):
    far = [*mau02(ROWS), *[[]] * 60_000, [*[None] * 200, "x"]]
    report = read(make(far), f"BC.{make.__name__}")

    assert [f.rule for f in report.findings] == ["file_too_large"]


@pytest.mark.parametrize(("shown", "numerator"), [("25", 90), ("hai", 65)])
def test_of_a_number_of_libreoffice_that_is_none_counts_what_is_shown(read, shown, numerator):
    def change(xml: bytes) -> bytes:
        xml = re.sub(rb'office:value="25(?:\.0)?"', b'office:value="?"', xml)
        return xml.replace(b"<text:p>25</text:p>", f"<text:p>{shown}</text:p>".encode())

    report = read(with_part(ods(mau02(ROWS)), "content.xml", change), "BC.ods")
    errors = [(f.rule, f.where) for f in report.findings if f.severity == "error"]

    assert report.facts["numerator_cumulative"] == numerator
    assert errors == ([] if numerator == 90 else [("number_unreadable", "Sheet1!E13")])


def test_a_sheet_that_is_not_in_the_file_costs_that_sheet_and_is_told(reader):
    def lose(xml: bytes) -> bytes:
        lost = b'<sheet name="mat" sheetId="9" r:id="rId99" xmlns:r="http://schemas.openxml'
        lost += b'formats.org/officeDocument/2006/relationships"/></sheets>'
        return xml.replace(b"</sheets>", lost)

    (report,) = reader.read(with_part(XLSX, BOOK, lose), "BC.xlsx")

    assert report.facts["numerator_cumulative"] == 90
    assert ("object_unread", "mat!A1") in {(f.rule, f.where) for f in report.findings}


def test_a_sheet_that_was_cut_off_is_damaged_and_not_half_read():
    with pytest.raises(IntakeError) as caught:
        read_parts(with_part(XLSX, SHEET, lambda xml: xml[: len(xml) * 3 // 4]), ".xlsx")

    assert caught.value.rule == "file_unreadable"


SPREAD = [line for n, row in enumerate(mau02(ROWS)) for line in ([row, []] if n < 6 else [row])]
MEETING = re.compile(rb'</row><row r="18"[^>]*>')


def test_numbers_of_rows_that_a_sheet_leaves_out_are_no_damage(read):
    assert read(workbook(SPREAD)).facts["numerator_cumulative"] == 90


@pytest.mark.parametrize("damage", [b"\0" * 20, b'</rox><rox r="18">'])
def test_rows_written_over_where_two_meet_are_missed_though_a_sheet_leaves_some_out(damage):
    def write_over(xml: bytes) -> bytes:
        assert b'<row r="2"' not in xml and MEETING.search(xml)
        return MEETING.sub(damage, xml)

    with pytest.raises(IntakeError) as caught:
        read_parts(with_part(workbook(SPREAD), SHEET, write_over), ".xlsx")

    assert caught.value.rule == "file_unreadable"


XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table>{}
</Table></Worksheet></Workbook>"""


def xml_2003(rows: list) -> bytes:
    def cell(value: object) -> str:
        sort = "Number" if isinstance(value, int) else "String"
        return f'<Cell><Data ss:Type="{sort}">{value}</Data></Cell>' if value else "<Cell/>"

    lines = (f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
    return XML_2003.format("".join(lines)).encode()


@pytest.mark.parametrize("odd", [
    '<Data ss:Type="DateTime">1899-12-31T288:00:00.000</Data>', '<Data ss:Type="Number">hai</Data>',
    '<Data ss:Type="DateTime">T288:00</Data>',
])  # fmt: skip
def test_an_odd_cell_of_a_workbook_that_is_one_text_costs_that_cell(read, odd):
    note = '<Cell ss:Index="2"><Data ss:Type="String">Thời gian</Data></Cell>'
    below = f"<Row>{note}<Cell>{odd}</Cell></Row>"
    content = xml_2003(mau02(ROWS)).replace(b"</Table>", below.encode() + b"</Table>")
    report = read(content, "BC.xls")

    assert report.facts["numerator_cumulative"] == 90
    assert [f for f in report.findings if f.severity == "error"] == []


def test_blanks_at_the_end_of_a_workbook_that_is_one_text_make_it_no_larger(read):
    far = '<Cell ss:Index="16384"><Data ss:Type="String"> </Data></Cell>'
    last = f'<Row ss:Index="1048570">{far}</Row></Table>'
    content = xml_2003(mau02(ROWS)).replace(b"</Table>", last.encode())

    assert read(content, "BC.xls").facts["numerator_cumulative"] == 90


ODD_TEXTS = {
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without its mark": lambda text: text.encode("utf-16-le"),
    "UTF-8 said to be UTF-16": lambda text: said_to_be("UTF-16", text).encode(),
    "UTF-16 said to be UTF-8": lambda text: said_to_be("UTF-8", text).encode("utf-16"),
    "signs of HTML": lambda text: text.replace("BÁO CÁO", "BÁO&nbsp;CÁO\x01 &", 1).encode(),
    "a mark and a blank line": lambda text: f"\ufeff\r\n{text}".encode(),
}


def said_to_be(encoding: str, text: str) -> str:
    return text.replace('"1.0"?>', f'"1.0" encoding="{encoding}"?>', 1)


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_a_workbook_that_is_one_text_is_read_in_whatever_letters_and_signs(read, odd):
    content = ODD_TEXTS[odd](xml_2003(mau02(ROWS)).decode())

    assert read(content, "BC.xls").facts["numerator_cumulative"] == 90


def test_a_workbook_that_is_one_text_and_was_cut_off_is_damaged():
    content = xml_2003(mau02(ROWS))
    with pytest.raises(IntakeError) as caught:
        read_parts(content[: len(content) * 3 // 4], ".xls")

    assert caught.value.rule == "file_unreadable"
