"""PDFs with text: tables with rules and without, lines, and what is no text at all."""

import io
import time
import unicodedata

import pytest
import typst
from making import DAY, HEAD, MOTTO, NATION, SIGNED, TITLES, mau01_lines, people
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from briefing.catalog.rules import CASES
from briefing.errors import IntakeError
from briefing.intake.readers import read_parts
from briefing.intake.readers.grids import Grid
from briefing.intake.readers.page_limits import within

VALUES = [3 + 7 * i % 41 for i in range(60)]
ROWS = people(VALUES)
SET = '#set page(paper: "a4", margin: 2cm)\n#set text(font: "Libertinus Serif", size: 11pt)\n'


def pdf(source: str) -> bytes:
    return typst.compile((SET + source).encode())


def cells(row: list) -> str:
    return "".join(f"[{value}]," for value in row)


def form(rows: list, *, stroke: str = "0.5pt", repeat: bool = True) -> str:
    """Mẫu 02 as a printed page in typst's language."""
    head = f"table.header(repeat: {str(repeat).lower()}, {cells(HEAD)}),"
    return (
        "#grid(columns: (1fr, 1.4fr), align: center, [ỦY BAN NHÂN DÂN \\ PHƯỜNG BỒNG SƠN],"
        f"[{NATION} \\ {MOTTO}])\n#align(right)[{SIGNED}]\n"
        f"#align(center)[*{TITLES[0]}* \\ {TITLES[1]} \\ {DAY}]\n"
        f"#table(columns: (auto, 1.2fr, 1fr, auto, 2.2cm), stroke: {stroke}, {head}"
        f"{''.join(map(cells, rows))})\n#align(right)[(Ký tên, đóng dấu)]\n"
    )


def grids(content: bytes) -> tuple[Grid, ...]:
    return read_parts(content, ".pdf")[0].grids


def table_of(content: bytes) -> Grid:
    return next(grid for grid in grids(content) if grid.kind == "table")


def lines(content: bytes) -> list[list[str]]:
    return [line for grid in grids(content) for line in grid.cells if line]


def as_text(rows: list) -> list[list[str]]:
    return [[str(value) for value in row] for row in rows]


@pytest.mark.parametrize("stroke", ["0.5pt", "none", "(x, y) => (bottom: 0.5pt)"])
def test_a_form_is_read_with_its_addresses_however_it_is_ruled(stroke):
    above, table, below = grids(pdf(form(ROWS[:20], stroke=stroke)))

    assert above.cells[:2] == [["ỦY BAN NHÂN DÂN", NATION], ["PHƯỜNG BỒNG SƠN", MOTTO]]
    assert above.where(2, 0) == "page 1, line 3" and above.value(2, 0) == SIGNED
    assert table.cells == [HEAD, *as_text(ROWS[:20])]
    assert table.where(1, 4) == "page 1, table 1, row 2, column 5"
    assert below.where(6, 0) == "page 1, line 7" and below.value(6, 0) == "(Ký tên, đóng dấu)"


@pytest.mark.parametrize("repeat", [True, False])
def test_a_table_over_two_pages_is_a_grid_on_each(repeat):
    first, second = (g for g in grids(pdf(form(ROWS, repeat=repeat))) if g.kind == "table")

    again = [HEAD] if repeat else []
    assert first.page == 1 and second.page == 2
    assert first.cells + second.cells[len(again) :] == [HEAD, *as_text(ROWS)]
    assert second.cells[: len(again)] == again
    assert second.where(0, 0) == "page 2, table 1, row 1, column 1"


@pytest.mark.slow
def test_a_printed_form_gives_the_facts_of_its_table(read):
    report = read(pdf(form(ROWS)), "bao cao.pdf")

    assert report.unit_code == "21640" and str(report.report_date) == "2021-08-16"
    assert report.rows_read == 60 and report.facts["numerator_cumulative"] == sum(VALUES)


def test_the_lines_of_mau_01_are_read(read):
    source = "\n\n".join(line.replace("-", "\\-").replace(".", "\\.") for line in mau01_lines())
    report = read(pdf(source), "bao cao.pdf")

    assert (report.form, report.facts["staff_total"], report.facts["staff_numerator"]) == (
        "mau01", 45, 40,
    )  # fmt: skip


def test_a_line_that_the_width_of_its_cell_broke_goes_on_and_a_meant_break_stays():
    content = pdf(
        "#table(columns: (1cm, 2.5cm, 2.5cm, 2.3cm), [STT], [Họ và tên], [Địa chỉ], [Số],"
        "[1], [Nguyễn Thị Hồng Nhung], [Khu phố Liêm Bình], [0912345678 0987654321],"
        "[2], [Trần A \\ Lê B], [Khu 1 \\ Khu 2], [12 \\ 13])"
    )

    assert table_of(content).cells[1:] == [
        ["1", "Nguyễn Thị Hồng Nhung", "Khu phố Liêm Bình", "0912345678\n0987654321"],
        ["2", "Trần A\nLê B", "Khu 1\nKhu 2", "12\n13"],
    ]


def test_a_number_that_reaches_over_the_edge_of_its_cell_is_kept_whole():
    content = pdf("#table(columns: (2cm, 1.2cm), [Khu phố 1], [#box[1.234.567]], [a], [b])")

    assert table_of(content).cells == [["Khu phố 1", "1.234.567"], ["a", "b"]]


def test_merged_cells_hold_their_text_once_and_their_range_is_known():
    content = pdf(
        "#table(columns: 3, table.cell(rowspan: 2)[STT], table.cell(colspan: 2)[Số cài đặt],"
        "[Hôm nay], [Lũy kế], [1], [2], [3])"
    )
    table = table_of(content)

    assert table.cells == [
        ["STT", "Số cài đặt", None],
        [None, "Hôm nay", "Lũy kế"],
        ["1", "2", "3"],
    ]
    assert sorted(table.merged) == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_a_heading_and_a_row_over_several_lines_are_one_row_each_without_rules():
    content = pdf(
        "#table(columns: (1.2cm, 2.6cm, 3cm, 2.4cm), stroke: none, [STT], [Họ và tên],"
        "[Địa chỉ (thôn, khu phố)], [Lũy kế đến thời điểm hiện tại],"
        "[1], [Nguyễn Thị Hồng Nhung], [Khu phố 1], [45], [2], [Trần An], [Khu phố 2], [38],"
        "[], [Tổng cộng], [], [83])"
    )

    assert table_of(content).cells == [
        ["STT", "Họ và tên", "Địa chỉ (thôn, khu phố)", "Lũy kế đến thời điểm hiện tại"],
        ["1", "Nguyễn Thị Hồng Nhung", "Khu phố 1", "45"],
        ["2", "Trần An", "Khu phố 2", "38"],
        [None, "Tổng cộng", None, "83"],
    ]


def test_a_frame_around_the_page_is_no_table():
    content = pdf(f"#rect(width: 100%)[{form(ROWS[:5])}]")

    assert table_of(content).cells == [HEAD, *as_text(ROWS[:5])]


def test_running_text_is_lines_and_no_table():
    text = "Thực hiện công văn số 1169 của UBND thị xã về việc đẩy mạnh triển khai cài đặt. " * 8
    found = grids(pdf(f"#set par(justify: true)\n{text}"))

    assert [grid.kind for grid in found] == ["lines"]
    assert all(len(line) == 1 for line in found[0].cells)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_shown_turned_is_read_as_it_is_shown(turn):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(form(ROWS[:5])))))
    writer.pages[0].rotate(turn)

    assert table_of(written(writer)).cells == [HEAD, *as_text(ROWS[:5])]


@pytest.mark.parametrize("angle", ["90deg", "-90deg"])
def test_a_page_printed_sideways_is_read_upright(angle):
    block = f"#block(width: 24cm)[{form(ROWS[:5])}]"
    content = pdf(f"#set page(margin: 1cm)\n#rotate({angle}, reflow: true)[{block}]")

    assert table_of(content).cells == [HEAD, *as_text(ROWS[:5])]


def test_decomposed_and_spaced_letters_become_words():
    accents = unicodedata.normalize("NFD", "Lũy kế đến ngày")
    content = pdf(f"{accents}\n\n#text(tracking: 5pt)[PHƯỜNG BỒNG SƠN]")

    assert [[unicodedata.normalize("NFC", text) for text in line] for line in lines(content)] == [
        ["Lũy kế đến ngày"],
        ["PHƯỜNG BỒNG SƠN"],
    ]


def test_the_number_of_a_page_is_no_line_of_the_report():
    content = pdf('#set page(numbering: "1/1")\nNội dung\n\n45')

    assert lines(content) == [["Nội dung"], ["45"]]


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def locked(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Nội dung"))))
    writer.encrypt(user, "chủ")
    return written(writer)


def scan() -> bytes:
    page = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(page).text((100, 100), "BAO CAO", fill="black")
    stream = io.BytesIO()
    page.save(stream, "PDF")
    return stream.getvalue()


def read_by_machine() -> bytes:
    """A scan over which a program has laid the letters that it believes to see."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scan())))
    text = PdfReader(io.BytesIO(typst.compile(b'#set page(paper: "a4")\nBao cao 45')))
    writer.pages[0].merge_page(text.pages[0])
    return written(writer)


def too_many_pages() -> bytes:
    return pdf("#pagebreak()" * 3)


@pytest.mark.parametrize(
    ("make", "rule", "says"),
    [
        (lambda: locked("mật khẩu"), "file_encrypted", "mật khẩu"),
        (scan, "file_unreadable", "bản quét hoặc ảnh chụp"),
        (read_by_machine, "file_unreadable", "bản quét hoặc ảnh chụp"),
        (lambda: pdf("Nội dung")[:2000], "file_unreadable", "hỏng"),
        (lambda: b"%PDF-1.7", "file_unreadable", "hỏng"),
        (too_many_pages, "file_too_large", "4 trang"),
    ],
)
def test_what_is_no_text_says_so_and_what_to_do(make, rule, says, monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_PAGES", 3)
    with pytest.raises(IntakeError, match=says) as caught:
        read_parts(make(), ".pdf")

    assert caught.value.rule == rule


def test_a_pdf_that_only_its_owner_may_change_is_read():
    assert lines(locked("")) == [["Nội dung"]]


def test_an_empty_page_holds_nothing():
    assert read_parts(pdf("#v(1pt)"), ".pdf") == []


def test_packed_pieces_beyond_the_limit_are_not_unpacked(monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_UNPACKED", 500)
    with pytest.raises(IntakeError) as caught:
        read_parts(pdf(form(ROWS)), ".pdf")

    assert caught.value.rule == "file_too_large"


def test_what_is_typed_into_the_fields_of_a_form_is_read():
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject
    from pypdf.generic import TextStringObject as Text

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Tổng số cán bộ:"))))
    top = float(writer.pages[0].mediabox.top)
    box = ArrayObject(FloatObject(v) for v in (300, top - 70, 400, top - 55))
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/V"): Text("bốn lăm 45"),
            NameObject("/Rect"): box,
        }
    )
    writer.add_annotation(0, widget)

    assert lines(written(writer)) == [["Tổng số cán bộ:", "bốn lăm 45"]]


def test_work_that_takes_too_long_is_ended():
    begun = []

    def forever() -> None:
        begun.append(True)
        while True:
            time.sleep(0.001)
            begun.append(True)

    with pytest.raises(TimeoutError):
        within(0.05, forever)
    time.sleep(0.1)
    steps = len(begun)
    time.sleep(0.1)

    assert steps and len(begun) == steps


def test_a_pdf_that_takes_too_long_is_a_finding(monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.pages.SECONDS", 0.001)
    with pytest.raises(IntakeError, match="đọc tệp mất hơn") as caught:
        read_parts(pdf(form(ROWS)), ".pdf")

    assert caught.value.rule == "file_too_large"
    assert "Word or Excel" in CASES[caught.value.code].advice  # it may be all report


@pytest.mark.slow
def test_a_long_list_that_is_printed_onto_one_page_is_read():
    content = pdf(f"#set page(width: 60cm, height: 650cm)\n{form(people(range(700)))}")

    assert [row[4] for row in table_of(content).cells[1:]] == [str(count) for count in range(700)]


def test_the_result_and_the_errors_of_work_within_its_time_come_through():
    assert within(5, lambda a: a + 1, 2) == 3
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)
