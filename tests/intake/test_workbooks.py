"""Workbooks of every format: the same cells, with errors, hidden rows and what is far away."""

import datetime as dt
import io
import random
import struct
import zipfile

import pytest
from making import mau02, people, saved, workbook
from openpyxl import Workbook
from tests.corpus.makers.workbooks import Error, Formula, Shown, ods, xls, xlsb, xlsx

from briefing.errors import IntakeError
from briefing.intake.readers import read_parts
from briefing.intake.readers.grids import Grid, Unread
from briefing.intake.readers.xls_records import surveys

MAKERS = {"xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods}
ROWS = people([45, 38, 52])


def grid(content: bytes) -> Grid:
    (part,) = read_parts(content, "")
    (only,) = part.grids
    return only


def xlsx_of(sheet: bytes, root: bytes = b"worksheet", name: str = "Sheet1") -> bytes:
    """A workbook with the XML of its one sheet written by hand."""
    prefix = root.rpartition(b":")[0]
    space = b"xmlns" + (b":" + prefix if prefix else b"")
    xml = b'<%s %s="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</%s>' % (
        root, space, sheet, root,
    )  # fmt: skip
    source = zipfile.ZipFile(io.BytesIO(workbook({name: [["x"]]})))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.namelist():
            archive.writestr(item, xml if item.endswith("sheet1.xml") else source.read(item))
    return stream.getvalue()


def sheet_data(rows: bytes) -> bytes:
    return xlsx_of(b"<sheetData>" + rows + b"</sheetData>")


@pytest.mark.parametrize("kind", MAKERS)
def test_a_report_has_the_same_facts_in_every_format(read, kind):
    report = read(MAKERS[kind](mau02(ROWS)), "a.bin")

    assert report.facts["numerator_cumulative"] == 135
    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")
    assert report.sources["numerator_cumulative"] == "Sheet1!E12:E14"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb"])
def test_an_error_cell_is_not_empty(kind):
    opened = grid(MAKERS[kind]([["x", None], [None, Error("#REF!")]]))

    assert list(opened.filled()) == [(0, 0, "x"), (1, 1, "#REF!")]


def ods_of(cells: str) -> bytes:
    """A workbook of LibreOffice whose one row holds these cells."""
    source = zipfile.ZipFile(io.BytesIO(ods([["x"]])))
    stream = io.BytesIO()
    xml = source.read("content.xml").decode()
    start = xml.index("<table:table-row")
    end = xml.index("</table:table>")
    space = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    xml = xml.replace(' office:version="1.2">', space + ' office:version="1.2">', 1)
    shift = len(space)
    xml = f"{xml[: start + shift]}<table:table-row>{cells}</table:table-row>{xml[end + shift :]}"
    with zipfile.ZipFile(stream, "w") as archive:
        for item in source.namelist():
            archive.writestr(item, xml if item == "content.xml" else source.read(item))
    return stream.getvalue()


def test_an_error_and_an_unsaved_formula_of_libreoffice_are_not_empty():
    opened = grid(
        ods_of(
            '<table:table-cell table:formula="of:=1/0" office:value-type="string"'
            ' office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
            '</table:table-cell><table:table-cell table:formula="of:=SUM([.A1:.A2])"/>'
            '<table:table-cell table:formula="of:=IF(1;&quot;&quot;)"><text:p/></table:table-cell>'
        )
    )

    assert opened.cells[0][:2] == ["#DIV/0!", "=SUM(A1:A2)"]  # nobody can add up an error
    assert not opened.value(0, 2)


def test_a_cell_repeated_without_end_is_refused_before_room_is_made_for_it():
    repeated = 'table:number-columns-repeated="16384"'
    cell = f'<table:table-cell {repeated} office:value-type="float" office:value="1"/>'
    content = ods_of(
        f'{cell}</table:table-row><table:table-row table:number-rows-repeated="1048576">{cell}'
    )

    with pytest.raises(IntakeError, match="XFD1048577") as caught:
        read_parts(content, ".ods")

    assert caught.value.rule == "file_too_large"


def test_a_sum_saved_without_its_value_in_an_old_workbook_is_added_up():
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    sheet.write(0, 0, 5)
    sheet.write(1, 0, xlwt.Formula("SUM(A1:A1)"))
    sheet.write(2, 0, xlwt.Formula("SUM(A1,A1)"))
    sheet.write(3, 0, xlwt.Formula('IF(A1=5,"","x")'))

    assert [row[0] for row in grid(saved(book)).cells] == [5, 5, 10, ""]


def test_a_formula_counts_by_the_value_saved_with_it():
    opened = grid(xlsx([[Formula("20+18", 38), Formula("20+18"), Formula('""', "")]]))

    assert opened.cells[0][:2] == [38, 38]
    assert opened.unread == (Unread(0, 1, "uncalculated", "=20+18"),)


def test_formulas_shared_over_cells_without_values_are_calculated_for_each():
    opened = grid(
        sheet_data(
            b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f>'
            b'<v></v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/></c>'
            b'<c r="C2" t="str"><f>A9</f></c></row>'
        )
    )

    assert list(opened.filled()) == [(0, 0, 1), (0, 1, 1), (1, 1, 0)]  # =A1 and =A2
    assert [unread.text for unread in opened.unread] == ["=A1", "=A2"]


def test_cells_that_do_not_say_where_they_stand_are_counted():
    opened = grid(
        sheet_data(
            b"<row><c><v>1</v></c></row>"
            b'<row><c><v>2</v></c><c t="e"><v>#N/A</v></c><c><f>A1&amp;B1</f></c></row>'
        )
    )

    assert [v for _r, _c, v in opened.filled()] == [1, 2, "#N/A", "=A1&B1"]
    assert opened.value(1, 2) == "=A1&B1"


def test_a_sheet_whose_xml_names_its_space_is_read_alike():
    content = xlsx_of(
        b'<x:sheetData><x:row r="2" hidden="1"><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c>'
        b'<x:c r="C2"><x:v>7</x:v></x:c></x:row></x:sheetData>',
        b"x:worksheet",
    )
    opened = grid(content)

    assert not list(opened.filled())
    assert [(u.column, u.look, u.text) for u in opened.unread] == [
        (1, "hidden", "#N/A"), (2, "hidden", "7"),
    ]  # fmt: skip


def test_a_workbook_of_strict_open_xml_is_read_alike():
    source = zipfile.ZipFile(io.BytesIO(workbook([["x", 45]])))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for item in source.namelist():
            text = source.read(item).decode()
            for old, new in (
                ("spreadsheetml/2006/main", "spreadsheetml/main"),
                ("officeDocument/2006/relationships", "officeDocument/relationships"),
            ):
                text = text.replace(f"http://schemas.openxmlformats.org/{old}",
                                    f"http://purl.oclc.org/ooxml/{new}")  # fmt: skip
            archive.writestr(item, text)

    assert grid(stream.getvalue()).cells == [["x", 45]]


def test_texts_in_pieces_times_rates_and_numbers_as_text_keep_what_they_are():
    opened = grid(
        sheet_data(
            b'<row r="1"><c r="A1" t="inlineStr"><is><r><t xml:space="preserve">Khu </t></r>'
            b'<r><t>ph\xe1\xbb\x91 1</t></r></is></c><c r="B1" t="b"><v>1</v></c></row>'
        )
    )
    row = [dt.time(15, 5), Shown(0.536, "0.0%"), "0912345678", Shown(5432, '#,##0 "người"')]
    shown = grid(xlsx([row]))

    assert opened.cells == [["Khu phố 1", True]]
    assert shown.cells == [[dt.time(15, 5), 0.536, "0912345678", 5432]]


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_a_day_is_the_same_in_both_epochs(epoch):
    assert grid(xlsx([[dt.date(2021, 8, 16)]], epoch=epoch)).cells == [[dt.date(2021, 8, 16)]]


def test_merged_cells_of_libreoffice_are_known():
    assert grid(ods([["x", "y"], [None, 1]], merge=["A1:A2"])).merged == ((0, 0, 1, 0),)


@pytest.mark.slow
def test_rows_that_are_only_formatted_hold_nothing():
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="AB%d" s="0"/></row>' % (i, i, i)
        for i in range(1, 120_000)
    )

    assert grid(sheet_data(rows + b'<row r="120000"><c r="A120000"><v>1</v></c></row>')).cells[
        -1
    ] == [1]


def test_a_cell_at_the_end_of_the_sheet_is_refused_before_room_is_made_for_it():
    content = sheet_data(
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )

    with pytest.raises(IntakeError, match="XFD1048576") as caught:
        read_parts(content, ".xlsx")

    assert caught.value.rule == "file_too_large"


def test_names_of_sheets_may_hold_quotes_and_exclamation_marks():
    opened = grid(xlsx_of(b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
                          name="16-8 Bồng Sơn's!"))  # fmt: skip

    assert opened.where(0, 0) == "16-8 Bồng Sơn's!!A1"


def test_a_protected_sheet_is_read():
    book = Workbook()
    book.active["A1"] = "x"
    book.active.protection.enable()

    assert grid(saved(book)).cells == [["x"]]


def test_a_chart_on_a_sheet_of_its_own_is_passed_over():
    from openpyxl.chart import BarChart, Reference

    book = Workbook()
    book.active.append(["a", 1])
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=1))
    book.create_chartsheet("Biểu đồ").add_chart(chart)

    assert [part.name for part in read_parts(saved(book), "")] == ["Sheet"]


def hidden_sheets(visible, hidden) -> bytes:
    book = Workbook()
    for sheet, rows in ((book.active, visible), (book.create_sheet("Hôm qua"), hidden)):
        for row in rows:
            sheet.append(row)
    book.worksheets[1].sheet_state = "veryHidden"
    return saved(book)


def test_a_hidden_sheet_is_not_read_beside_a_report_and_that_is_said(read):
    yesterday = mau02(people([40, 35, 50]), day="(ngày 15 tháng 8 năm 2021)")
    report = read(hidden_sheets(mau02(ROWS), yesterday))

    assert report.facts["numerator_cumulative"] == 135
    assert [(f.severity, f.where) for f in report.findings if f.rule == "sheet_hidden"] == [
        ("info", "Hôm qua!A1")
    ]


def test_a_hidden_list_of_names_is_nothing_to_speak_of(read):
    report = read(hidden_sheets(mau02(ROWS), [["Khu phố 1"], ["Khu phố 2"]]))

    assert "sheet_hidden" not in {finding.rule for finding in report.findings}


def test_a_hidden_sheet_is_read_where_no_other_holds_a_report(read):
    report = read(hidden_sheets([["xem trang sau"]], mau02(ROWS)))

    assert report.facts["numerator_cumulative"] == 135
    assert [(f.severity, f.where) for f in report.findings if f.rule == "sheet_hidden"] == [
        ("warning", "Hôm qua!A1")
    ]


XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Sheet1"><Table><Row><Cell><Data ss:Type="String">STT</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="String">Họ và tên</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Index="3"><Data ss:Type="Number">45</Data></Cell>
<Cell><Data ss:Type="DateTime">2021-08-16T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=SUM(R4C3)"/></Row>
</Table></Worksheet></Workbook>"""


def test_a_workbook_that_is_one_file_of_xml_is_read_under_the_name_of_an_old_one():
    (part,) = read_parts(XML_2003.encode(), ".xls")
    (opened,) = part.grids

    assert [(opened.where(r, c), v) for r, c, v in opened.filled()] == [
        ("Sheet1!A1", "STT"), ("Sheet1!B1", "Họ và tên"), ("Sheet1!C4", 45),
        ("Sheet1!D4", dt.date(2021, 8, 16)), ("Sheet1!E4", "#N/A"), ("Sheet1!F4", 45),
    ]  # fmt: skip
    assert opened.merged == ((0, 1, 0, 2),)


def test_a_web_page_under_the_name_of_an_old_workbook_is_read_as_its_table(read):
    rows = "".join(
        "<tr>" + "".join(f"<td>{value or ''}</td>" for value in row) + "</tr>"
        for row in mau02(people([45, "abc", 52]))
    )
    report = read(f"<html><body><table>{rows}</table></body></html>".encode(), "a.xls")

    assert report.facts["numerator_cumulative"] == 97
    assert ("number_unreadable", "table 1, row 13, column 5") in {
        (finding.rule, finding.where) for finding in report.findings
    }


def test_an_old_workbook_under_a_password_says_so():
    stream = xls([["x"]])
    at = stream.index(b"\x85\x00", 512)  # the first sheet's entry becomes the mark of a password
    locked = stream[:at] + b"\x2f\x00" + stream[at + 2 :]

    with pytest.raises(IntakeError) as caught:
        read_parts(locked, ".xls")

    assert caught.value.rule == "file_encrypted"


def test_an_old_workbook_that_claims_a_span_no_sheet_has_is_damaged():
    content = xls([["x", 1]])
    at = content.index(b"\x00\x02\x0e\x00")
    claimed = content[: at + 8] + b"\xff\xff\xff\x7f" + content[at + 12 :]

    with pytest.raises(IntakeError) as caught:
        read_parts(claimed, ".xls")

    assert caught.value.rule == "file_unreadable"


def short_streams(name: str, data: bytes) -> bytes:
    """A compound file whose one stream is so short that it stands in sectors of 64 bytes."""
    count = -(-len(data) // 64)

    def entry(title: str, kind: int, start: int, size: int) -> bytes:
        wide = title.encode("utf-16-le")
        ids = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
        head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1) + ids
        return head + b"\0" * 36 + struct.pack("<IQ", start, size)

    inner = data.ljust(512, b"\0")
    assert len(inner) == 512
    directory = entry("Root Entry", 5, 3, 64 * count) + entry(name, 2, 0, len(data))
    chain = [*range(1, count), 0xFFFFFFFE]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII108I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, 2, 1, 0xFFFFFFFE, 0, 0, *[0xFFFFFFFF] * 108,
    )  # fmt: skip
    sectors = [
        struct.pack("<128I", 0xFFFFFFFD, *[0xFFFFFFFE] * 3, *[0xFFFFFFFF] * 124),
        directory.ljust(512, b"\0"),
        struct.pack(f"<{count}I", *chain).ljust(512, b"\xff"),
        inner,
    ]
    return header + b"".join(sectors)


def test_the_workbook_of_a_compound_file_is_found_in_its_short_sectors():
    def record(number: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    begin, end = record(0x809, b"\0" * 16), record(0x0A)
    start = len(begin) + len(record(0x85, b"\0" * 9)) + len(end)
    listed = record(0x85, struct.pack("<IBBBBs", start, 0, 0, 1, 0, b"a"))
    error = record(0x205, struct.pack("<HHHBB", 4, 2, 0, 42, 1))
    data = begin + listed + end + begin + error + end

    (survey,) = surveys(short_streams("Workbook", data))

    assert survey.texts == [(4, 2, "#N/A")] and (survey.rows, survey.columns) == (5, 3)


BASES = {kind: make(mau02(ROWS)) for kind, make in MAKERS.items()} | {"xml": XML_2003.encode()}


def hurt(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out and cut off, inside the members of an archive too."""

    def changed(data: bytearray) -> bytes:
        for _time in range(chance.randint(1, 5)):
            at = chance.randrange(len(data) or 1)
            some = [bytes([chance.randrange(256)]), b"", b"\xff\xff\xff\x7f", b"9999"]
            data[at : at + chance.randint(1, 4)] = chance.choice(some)
        return bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data) + 1)])])

    if not content.startswith(b"PK") or chance.random() < 0.2:
        return changed(bytearray(content))
    source, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    chosen = chance.choice(source.namelist())
    with zipfile.ZipFile(stream, "w") as archive:
        for item in source.namelist():
            data = source.read(item)
            archive.writestr(item, changed(bytearray(data)) if item == chosen else data)
    return stream.getvalue()


@pytest.mark.parametrize("kind", BASES)
def test_a_damaged_workbook_opens_or_says_why_not(kind):
    chance = random.Random(kind)
    outcomes = set()
    for _time in range(120):
        try:
            read_parts(hurt(BASES[kind], chance), f".{kind}")
            outcomes.add("opened")
        except IntakeError as error:
            outcomes.add(error.rule)

    assert "file_unreadable" in outcomes
    assert outcomes <= {
        "opened",
        "file_unreadable",
        "file_too_large",
        "empty_report",
        "file_encrypted",
    }
