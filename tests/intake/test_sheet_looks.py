"""What a person sees of a sheet: struck through, raised, hidden, in the records of each format."""

import io
import struct
import zipfile

import pytest
from making import bare, people, saved
from openpyxl import Workbook
from openpyxl.styles import Font, NamedStyle
from openpyxl.worksheet.filters import AutoFilter, FilterColumn, Filters
from openpyxl.worksheet.table import Table
from tests.corpus.makers.workbooks import Looking, Pieces, ods, xls, xlsb, xlsx, xml2003

from briefing.intake.readers import read_parts
from briefing.intake.readers.grids import Grid
from briefing.intake.readers.ods_sheets import has_looks
from briefing.intake.readers.ods_sheets import note_looks as note_ods
from briefing.intake.readers.surveys import CellStyle, Survey, cell_style, runs_at
from briefing.intake.readers.xls_looks import OldLooks, note_looks
from briefing.intake.readers.xls_looks import looks_of as of_records

MAKERS = {"xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods, "xml": xml2003}


def grid(content: bytes, kind: str = "xlsx") -> Grid:
    return read_parts(content, f".{kind}")[0].grids[0]


def left_out(opened: Grid) -> list[tuple[str, str, str]]:
    return [(opened.where(u.row, u.column), u.look, u.text) for u in opened.unread]


def repacked(content: bytes, changes: dict[str, list[tuple[str, str]]]) -> bytes:
    """A workbook with texts replaced in its members."""
    source, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for item in source.namelist():
            text = source.read(item).decode()
            for old, new in changes.get(item, ()):
                assert old in text, (item, old)
                text = text.replace(old, new)
            archive.writestr(item, text)
    return stream.getvalue()


# Fonts and formats


@pytest.mark.parametrize(("code", "numbers", "texts"), [
    (";;;", True, True), (";;", True, False), (";;;@", True, False), ('"";"";"";""', True, True),
    ("[Red];[Red];;", True, True), (" ; ; ; ", True, True), ("_);_);", True, False),
    ("#,##0;;", False, False), ("0;-0;;@", False, False), ("@;;;", False, True),
    ('#,##0 "người"', False, False), ("[h]:mm;@", False, False), ('"a;b;c;d"', False, False),
    ("General", False, False), ('_(* "-"_);;;', False, True),
])  # fmt: skip
def test_a_number_format_that_shows_nothing_hides_its_cell(code, numbers, texts):
    style = cell_style(False, code) or CellStyle()

    assert (style.hides_numbers, style.hides_texts) == (numbers, texts)


def test_pieces_of_a_text_are_counted_as_excel_counts_its_letters():
    assert runs_at("𝟓x25", [(3, 6), (4, 0)], {6: "struck"}) == (
        ("𝟓x", None), ("2", "struck"), ("5", ""),
    )  # fmt: skip
    assert runs_at("25", [(0, 6)], {6: "raised"}) == (("25", "raised"),)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_cell_struck_as_a_whole_is_blank_whatever_it_holds(kind):
    opened = grid(MAKERS[kind]([["x", Looking(45, "struck"), Looking("nghỉ", "struck")]]), kind)

    assert [v for _r, _c, v in opened.filled()] == ["x"]
    assert left_out(opened) == [("Sheet1!B1", "struck", "45"), ("Sheet1!C1", "struck", "nghỉ")]


def test_a_cell_raised_as_a_whole_is_no_note():
    book = Workbook()
    book.active["A1"] = 25
    book.active["A1"].font = Font(vertAlign="superscript")

    assert grid(saved(book)).cells == [[25]]


def test_a_named_style_strikes_its_cells_also_where_they_name_no_font_themselves():
    book = Workbook()
    book.active["A1"], book.active["A2"] = 25, 30
    book.active["A1"].style = NamedStyle("Đã bỏ", font=Font(strike=True))
    content = saved(book)
    styles = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml").decode()
    own = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
    silent = own.replace(' fontId="1"', "")
    assert silent != own
    inherited = repacked(content, {"xl/styles.xml": [(own, silent)]})

    for opened in (grid(content), grid(inherited)):
        assert opened.cells == [[None], [30]]
        assert left_out(opened) == [("Sheet!A1", "struck", "25")]


def test_a_piece_with_a_font_of_its_own_is_not_struck_with_its_cell():
    rows = [[Looking(Pieces((("2", "raised"), ("5", ""))), "struck")]]
    content = repacked(xlsx(rows), {"xl/worksheets/sheet1.xml": [
        ('<vertAlign val="superscript"/>', "<b/>"),
    ]})  # fmt: skip

    assert grid(content).cells == [["2"]]  # the 5 looks as its cell does


def test_a_font_that_says_that_it_is_not_struck_is_not():
    content = xlsx([[Looking(25, "struck")]])
    off = repacked(content, {"xl/styles.xml": [('<strike val="1"', '<strike val="0"')]})

    assert grid(content).cells == [[None]] and grid(off).cells == [[25]]


def test_texts_that_excel_keeps_in_a_list_are_known_by_their_numbers():
    rows = [["a", Pieces((("25", "struck"), ("27", "")))], ["b", "c"], ["a", 1]]
    opened = grid(xlsx(rows, shared=True))

    assert opened.cells == [["a", "27"], ["b", "c"], ["a", 1]]
    assert left_out(opened) == [("Sheet1!B1", "struck", "25")]


def old_records(*listed: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", number, len(data)) + data for number, data in listed)


BEGIN = (0x809, struct.pack("<HH", 0x600, 5) + bytes(12))
END = (0x0A, b"")
FONT = struct.pack("<HHHHH", 200, 0, 8, 400, 0) + bytes(6)
STRUCK = struct.pack("<HHHHH", 200, 8, 8, 400, 0) + bytes(6)
PIECE = struct.pack("<HH", 2, 5)  # from the third letter on the font 5, the fifth


@pytest.mark.parametrize("first", [
    struct.pack("<HBH", 4, 0x08, 1) + b"27",  # one byte for each letter, then two
    struct.pack("<HBH", 4, 0x09, 1) + "27".encode("utf-16-le"),
])  # fmt: skip
def test_a_text_that_runs_over_into_the_next_record_keeps_its_pieces(first):
    rest = b"\x01" + "25".encode("utf-16-le") + PIECE
    one = struct.pack("<HBH", 4, 0x08, 1) + b"3038" + PIECE
    listed = struct.pack("<II", 2, 2) + first
    data = old_records(
        BEGIN, *[(0x31, FONT)] * 4, (0x31, STRUCK), (0xFC, listed), (0x3C, rest + one), END
    )

    assert of_records(data).shared == {
        0: (("27", None), ("25", "struck")), 1: (("30", None), ("38", "struck")),
    }  # fmt: skip


@pytest.mark.parametrize(("is_97", "inside"), [
    (True, struct.pack("<HBH", 4, 0x08, 1) + b"2725" + PIECE),
    (False, struct.pack("<H", 4) + b"2725" + b"\x01\x02\x05"),
])  # fmt: skip
def test_a_text_in_pieces_may_stand_in_its_cell(is_97, inside):
    data = old_records(BEGIN, (0xD6, struct.pack("<HHH", 7, 4, 15) + inside), END)
    sheet = Survey()
    note_looks(sheet, OldLooks(fonts={5: "struck"}, is_97=is_97), data, 0)

    assert (sheet.styles, sheet.runs) == ({}, {(7, 4): (("27", None), ("25", "struck"))})


# LibreOffice

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
    "<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
    '<table:table table:name="a">{table}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
LINE = '<style:text-properties style:text-line-through-style="solid"/>'
NO_LINE = '<style:text-properties style:text-line-through-style="none"/>'
HIDDEN = '<style:text-properties text:display="none"/>'


def style(name: str, inside: str = "", family: str = "table-cell", parent: str = "") -> str:
    parent = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}"{parent}>{inside}</style:style>'
    )


def cell(text: str, name: str = "", repeated: int = 1) -> str:
    named = f' table:style-name="{name}"' if name else ""
    return (
        f'<table:table-cell{named} table:number-columns-repeated="{repeated}" '
        f'office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def row(*cells: str, name: str = "") -> str:
    named = f' table:default-cell-style-name="{name}"' if name else ""
    return f"<table:table-row{named}>{''.join(cells)}</table:table-row>"


def looks_of(styles: str, table: str) -> Survey:
    sheet = Survey()
    note_ods([sheet], ODS.format(styles=styles, table=table).encode(), b"")
    return sheet


def struck_places(styles: str, table: str) -> list[tuple[int, int]]:
    found = looks_of(styles, table)
    return sorted(place for place, own in found.styles.items() if own.struck)


STYLES = style("s", LINE) + style("t", parent="s") + style("u", NO_LINE, parent="s")


def test_a_style_of_libreoffice_takes_over_the_line_of_its_parent_unless_it_says_no():
    assert struck_places(STYLES, row(cell("1", "s"), cell("2", "t"), cell("3", "u"))) == [
        (0, 0), (0, 1),
    ]  # fmt: skip


def test_cells_without_a_style_look_as_their_row_or_their_column_says():
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    columns += '<table:table-column table:default-cell-style-name="s"/>'
    table = (
        columns + row(cell("1", repeated=2), cell("2")) + row(cell("3"), cell("4", "u"), name="t")
    )

    assert struck_places(STYLES, table) == [(0, 2), (1, 0)]


def test_cells_alike_are_struck_alike_and_rows_in_groups_are_counted():
    alike = row(cell("1", "s", repeated=2))
    grouped = f"<table:table-row-group>{alike}</table:table-row-group>"
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'

    assert struck_places(STYLES, blank + grouped) == [(3, 0), (3, 1)]


def test_comments_between_the_cells_of_libreoffice_are_no_cells():
    table = "<!-- a -->" + row("<!-- b -->", cell("1"), "<?c d?>", cell("2", "s"))

    assert struck_places(STYLES, table) == [(0, 1)]


def test_pieces_of_a_paragraph_look_as_their_spans_say():
    styles = (
        STYLES
        + style("T", LINE, "text")
        + style("H", HIDDEN, "text")
        + style("P", LINE, "paragraph")
    )
    table = row(
        cell('2<text:span text:style-name="T">5<text:s text:c="2"/>6</text:span>7'),
        cell('1<text:span text:style-name="H"> ẩn</text:span>'),
        '<table:table-cell office:value-type="string"><office:annotation><text:p>nhớ</text:p>'
        '</office:annotation><text:p text:style-name="P">a</text:p><text:p>b</text:p>'
        "</table:table-cell>",
    )
    found = looks_of(styles, table)

    assert found.runs == {
        (0, 0): (("2", None), ("5", "struck"), ("  ", "struck"), ("6", "struck"), ("7", None)),
        (0, 1): (("1", None), (" ẩn", "hidden")),
        (0, 2): (("a", "struck"), ("\n", None), ("b", None)),
    }


def test_a_document_without_any_look_is_not_taken_apart():
    plain = style("s", NO_LINE) + style(
        "r", '<style:text-properties style:text-position="0% 100%"/>'
    )

    assert not has_looks(ODS.format(styles=plain, table=row(cell("1", "s"))).encode(), b"")


# One file of XML


def test_a_cell_of_xml_looks_as_its_style_or_row_or_column_says():
    content = xml2003([[1, 2, 3], [4, 5, 6], [7, 8, 9]]).decode()
    content = content.replace(
        "</Styles>", '<Style ss:ID="own" ss:Parent="struck"/><Style ss:ID="no"/></Styles>'
    )
    content = content.replace("<Table>", '<Table><Column ss:Index="2" ss:StyleID="struck"/>')
    content = content.replace('<Row ss:Index="2">', '<Row ss:Index="2" ss:StyleID="own">')
    content = content.replace(
        '<Cell ss:Index="3"><Data ss:Type="Number">6', '<Cell ss:Index="3" ss:StyleID="no">'
        '<Data ss:Type="Number">6'
    )  # fmt: skip
    opened = grid(content.encode(), "xml")

    assert opened.cells == [[1, None, 3], [None, None, 6], [7, None, 9]]


# Rows and columns


@pytest.mark.parametrize("kind", MAKERS)
def test_a_row_hidden_by_hand_is_blank_and_a_hidden_column_is_known(kind):
    content = MAKERS[kind]([["a", 1], ["b", 2], ["c", 3]], hidden=[2], hidden_columns="B")
    opened = grid(content, kind)

    assert [line[0] for line in opened.cells] == ["a", None, "c"]
    assert left_out(opened) == [("Sheet1!A2", "hidden", "b"), ("Sheet1!B2", "hidden", "2")]
    assert opened.hidden_columns == {1} and not opened.filtered


@pytest.mark.parametrize(("old", "new"), [
    ('<row r="2">', '<row r="2" ht="0" customHeight="1">'),
    ('<row r="2">', '<row r="2" hidden="true">'),
    ('<row r="2">', '<row r="2" hidden="1" outlineLevel="1">'),
])  # fmt: skip
def test_a_row_of_no_height_or_of_a_closed_group_is_hidden(old, new):
    content = repacked(xlsx([["a"], ["b"]]), {"xl/worksheets/sheet1.xml": [(old, new)]})

    assert left_out(grid(content)) == [("Sheet1!A2", "hidden", "b")]


def test_a_column_of_no_width_is_hidden():
    columns = '<cols><col min="2" max="3" width="0" customWidth="1"/></cols><sheetData>'
    content = repacked(xlsx([["a", 1, 2, 3]]), {"xl/worksheets/sheet1.xml": [
        ("<sheetData>", columns),
    ]})  # fmt: skip

    assert grid(content).hidden_columns == {1, 2}


def test_what_shows_in_a_merged_cell_is_seen_though_its_first_row_is_hidden():
    rows = [["Xã Hoài Sơn", 1], [None, 2], ["Thôn An Đỗ", 3], [None, 4]]
    opened = grid(xlsx(rows, merge=["A1:A2", "A3:A4"], hidden=[1, 3, 4]))

    assert opened.value(0, 0) == "Xã Hoài Sơn" and opened.value(2, 0) is None


def filtering(*hidden: int) -> Workbook:
    book = Workbook()
    for line in [["STT"], [1], [2], [3], ["Cộng"]]:
        book.active.append(line)
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    return book


def test_the_filter_of_a_table_hides_its_rows_and_none_below_it():
    book = filtering(3, 5)
    table = Table(displayName="Bang", ref="A1:A4")
    column = FilterColumn(colId=0, filters=Filters(filter=["1"]))
    table.autoFilter = AutoFilter(ref="A1:A4", filterColumn=[column])
    book.active.add_table(table)
    opened = grid(saved(book))

    assert opened.filtered == {2} and left_out(opened) == [("Sheet!A5", "hidden", "Cộng")]


def test_a_filter_that_lets_everything_through_hides_nothing():
    book = filtering(3)
    book.active.auto_filter.ref = "A1:A4"

    assert left_out(grid(saved(book))) == [("Sheet!A3", "hidden", "2")]


def test_a_filter_whose_range_stands_elsewhere_may_be_of_all_rows():
    content = repacked(saved(filtering(3)), {"xl/worksheets/sheet1.xml": [
        ("<sheetPr>", '<sheetPr filterMode="1">'),
    ]})  # fmt: skip

    assert grid(content).filtered == {2}


def report_with(read, rows, **hiding):
    report = read(xlsx(rows, **hiding), "BC Bong Son 16-8.xlsx")
    rules = ("text_hidden", "text_struck")
    return report, [(f.rule, f.where) for f in report.findings if f.rule in rules]


DAYS = ["STT", "Họ và tên", "Địa chỉ (thôn, khu phố)", "Số điện thoại", "Lũy kế đến 15/8",
        "Lũy kế đến 16/8"]  # fmt: skip


def of_days(*counts):
    return [DAYS, *([*line, line[4] + 5] for line in people(counts))]


def test_hidden_columns_of_earlier_days_are_not_read_and_that_is_said_once(read):
    report, said = report_with(read, of_days(45, 38, 52), hidden_columns="E")

    assert report.facts["numerator_cumulative"] == 45 + 38 + 52 + 15
    assert said == [("text_hidden", "Sheet1!E1")]


def test_a_hidden_cumulative_is_not_read_where_the_days_count_is_seen(read):
    rows = [[*DAYS[:4], "Lũy kế", "Trong ngày"], *([*line, 3] for line in people([45, 38, 52]))]
    report, said = report_with(read, rows, hidden_columns="E")

    assert report.facts["numerator_cumulative"] is None and report.facts["numerator_new"] == 9
    assert said == [("text_hidden", "Sheet1!E1")]


def test_a_hidden_column_of_notes_is_nothing_to_speak_of(read):
    rows = [[*DAYS[:5], "Danh mục"], *([*line, "Khu phố 1"] for line in people([45, 38, 52]))]
    report, said = report_with(read, rows, hidden_columns="F")

    assert report.facts["numerator_cumulative"] == 135 and not said


def test_an_old_total_in_a_hidden_column_is_not_taken(read):
    rows = [[*line, None] for line in bare(people([45, 38, 52]))]
    rows.append(["Tổng cộng", None, None, None, None, 999])
    report, said = report_with(read, rows, hidden_columns="F")

    assert report.facts["numerator_cumulative"] == 135
    assert said == [("text_hidden", "Sheet1!F5")]
    assert "total_mismatch" not in {finding.rule for finding in report.findings}
