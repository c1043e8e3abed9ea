"""A faulty workbook goes back as the sender's own, marked, with a list in front."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.correspondence.desk import BAD_COUNT, BAD_PHONE, faulty, list_rows, opened, sound, texts
from tests.intake.making import saved, workbook
from tests.tables.tiny import AN

RED, YELLOW = "00FFC7CE", "00FFEB9C"


def test_each_cell_at_fault_is_coloured_and_says_what_was_found_and_what_to_do(desk):
    path = desk.put("An Binh 16-8.xlsx", faulty("Xã An Bình"))
    before = path.read_bytes()

    sent = desk.sent_one()

    own = opened(sent)["Sheet1"]
    assert sent.path.relative_to(desk.returns).as_posix() == f"{AN}/An Binh 16-8 (cần sửa).xlsx"
    assert own[BAD_PHONE].fill.fgColor.rgb == YELLOW and own[BAD_COUNT].fill.fgColor.rgb == RED
    assert own[BAD_PHONE].comment.text == (
        "1. Không phải số điện thoại đủ 10 chữ số; số liệu của dòng này vẫn được tính\xa0[P1]. "
        "Sửa ô này rồi gửi lại báo cáo."
    )
    assert own[BAD_COUNT].comment.text.startswith("2. Không đọc được con số")
    assert [c.coordinate for row in own.iter_rows() for c in row if c.comment] == ["D14", "E16"]
    assert path.read_bytes() == before


@pytest.mark.slow
def test_the_first_sheet_lists_the_faults_in_order_with_links_to_their_cells(desk):
    desk.put("An Binh 16-8.xlsx", {"Báo cáo 'An'": faulty("Xã An Bình")})

    book = opened(desk.sent_one())

    first = book.worksheets[0]
    assert first["A1"].value == "DANH SÁCH NỘI DUNG CẦN SỬA"
    assert first["A2"].value == "Kính gửi: xã An Bình"
    assert [row[:2] for row in list_rows(book)] == [
        ("Trang “Báo cáo 'An'”, ô D14", "09123"),
        ("Trang “Báo cáo 'An'”, ô E16", "mười"),
    ]
    links = [c.hyperlink.location for row in first.iter_rows() for c in row if c.hyperlink]
    assert links == ["'Báo cáo ''An'''!D14", "'Báo cáo ''An'''!E16"]
    assert book.active is first
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False]


@pytest.mark.slow
def test_the_list_prints_on_the_width_of_one_a4_page(desk):
    desk.put("An Binh 16-8.xlsx", faulty("Xã An Bình"))

    first = opened(desk.sent_one()).worksheets[0]

    assert first.page_setup.paperSize == "9" or first.page_setup.paperSize == 9
    assert first.sheet_properties.pageSetUpPr.fitToPage
    assert (first.page_setup.fitToWidth, first.page_setup.fitToHeight) == (1, 0)


def test_a_report_with_notes_alone_stays_here(desk):
    """A zero that Excel took away is put back: nothing to ask of the sender."""
    rows = sound("Xã An Bình")
    rows[13][3] = 988_123_456
    desk.put("An Binh 16-8.xlsx", rows)

    assert "phone_zero_restored" in set(desk.day().findings["rule"])
    assert desk.send() == []


@pytest.mark.slow
def test_what_is_found_between_reports_stands_on_the_list_for_the_whole_report(desk):
    desk.put("An Binh 15-8.xlsx", sound("Xã An Bình", 15), "15 14:00")
    desk.put("An Binh 16-8.xlsx", sound("Xã An Bình", 16, [8, 3, 11, 2, 6, 4]))

    book = opened(desk.sent_one())

    assert (
        "Toàn bộ báo cáo", "34",
        "Giảm 6 người so với hôm trước; giữ nguyên số liệu đơn vị gửi\xa0[C24]",
        "Sửa nếu ghi nhầm; nếu đúng, cho biết lý do số liệu giảm.",
    ) in list_rows(book)  # fmt: skip


def test_a_text_that_begins_like_a_formula_stays_a_text(desk):
    rows = faulty("Xã An Bình")
    rows[15][4] = "+HYPERLINK(1)"
    rows[13][3] = "=1+cmd|' /C calc'!A1"
    book = Workbook()
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            cell = book.active.cell(r, c, value)
            if isinstance(value, str):
                cell.data_type = "s"
    desk.put("An Binh 16-8.xlsx", saved(book))

    sent = desk.sent_one()

    found = [row[1] for row in list_rows(opened(sent))]
    assert any(text.startswith("=1+") for text in found) and "+HYPERLINK(1)" in found
    assert b"<f>" not in b"".join(_sheets(sent.path.read_bytes()))


def _sheets(content: bytes) -> list[bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/")]


@pytest.mark.slow
def test_what_formulas_came_to_is_kept_for_phones_and_protected_views(desk):
    """openpyxl writes formulas without their values; the count would then be unreadable."""
    rows = faulty("Xã An Bình")
    content = _with_formula(workbook(rows), "E12", "4+5", "9")
    desk.put("An Binh 16-8.xlsx", content)

    sent = desk.sent_one()

    assert load_workbook(sent.path, data_only=True)["Sheet1"]["E12"].value == 9
    assert load_workbook(sent.path)["Sheet1"]["E12"].value == "=4+5"


def _with_formula(content: bytes, cell: str, formula: str, value: str) -> bytes:
    """A workbook whose cell holds a formula with its value, as Excel saves it."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            xml = source.read(entry).decode("utf-8") if entry.filename.endswith("xml") else None
            if entry.filename == "xl/worksheets/sheet1.xml":
                old = f'<c r="{cell}" t="n"><v>9</v></c>'
                assert old in xml
                xml = xml.replace(old, f'<c r="{cell}"><f>{formula}</f><v>{value}</v></c>')
            target.writestr(entry, source.read(entry) if xml is None else xml)
    return out.getvalue()


def test_a_fault_in_a_merged_cell_is_marked_where_it_shows(desk):
    rows = faulty("Xã An Bình")
    desk.put("An Binh 16-8.xlsx", workbook(rows, merge=["D14:D15"]))

    own = opened(desk.sent_one())["Sheet1"]

    assert own["D14"].comment and own["D14"].fill.fgColor.rgb == YELLOW


@pytest.mark.slow
def test_the_sender_s_own_note_at_a_cell_is_kept(desk):
    book = load_workbook(io.BytesIO(workbook(faulty("Xã An Bình"))))
    book["Sheet1"]["D14"].comment = Comment("hỏi lại ông Bảy", "An Bình")
    desk.put("An Binh 16-8.xlsx", saved(book))

    text = opened(desk.sent_one())["Sheet1"]["D14"].comment.text

    assert text.startswith("hỏi lại ông Bảy\n1. Không phải số điện thoại")


def with_row_16_unseen(filtered: bool) -> bytes:
    book = load_workbook(io.BytesIO(workbook(faulty("Xã An Bình"))))
    book["Sheet1"].row_dimensions[16].hidden = True
    if filtered:
        book["Sheet1"].auto_filter.ref = "A11:E17"
        book["Sheet1"].auto_filter.add_filter_column(0, ["1", "2", "3", "4", "6"])
    return saved(book)


def test_a_fault_in_a_row_that_a_filter_hides_is_shown(desk):
    desk.put("An Binh 16-8.xlsx", with_row_16_unseen(filtered=True))

    assert not opened(desk.sent_one())["Sheet1"].row_dimensions[16].hidden


@pytest.mark.slow
def test_a_row_that_was_hidden_by_hand_is_marked_and_stays_hidden(desk):
    desk.put("An Binh 16-8.xlsx", with_row_16_unseen(filtered=False))

    book = opened(desk.sent_one())

    assert book["Sheet1"].row_dimensions[16].hidden  # shown, it would count when it comes back
    assert book["Sheet1"]["E16"].fill.fgColor.rgb == YELLOW
    assert ("Trang “Sheet1”, ô E16", "mười") in [row[:2] for row in list_rows(book)]


@pytest.mark.slow
def test_cells_struck_through_are_marked_in_the_sender_s_own_workbook(desk):
    book = load_workbook(io.BytesIO(workbook(faulty("Xã An Bình"))))
    for cell in book["Sheet1"][13]:
        cell.font = Font(strike=True)
    desk.put("An Binh 16-8.xlsx", saved(book))

    own = opened(desk.sent_one())["Sheet1"]

    assert own["E13"].fill.fgColor.rgb == YELLOW and own["E13"].font.strike
    assert "Bị gạch ngang" in own["E13"].comment.text


@pytest.mark.slow
def test_a_sheet_of_the_sender_s_with_the_list_s_name_stays(desk):
    desk.put("An Binh 16-8.xlsx", {"Cần sửa": faulty("Xã An Bình"), "Ghi chú": [["x"]]})

    book = opened(desk.sent_one())

    assert book.sheetnames == ["Cần sửa (2)", "Cần sửa", "Ghi chú"]
    assert book["Cần sửa"][BAD_PHONE].comment


SHARED = {"An Bình": faulty("Xã An Bình"), "Bình Minh": faulty("Xã Bình Minh")}


@pytest.mark.slow
@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_of_a_workbook_of_two_communes_each_gets_its_own_sheet_alone(desk, state):
    book = load_workbook(io.BytesIO(workbook(SHARED)))
    book.properties.creator = "Xã Bình Minh lập"
    book["Bình Minh"]["D14"].comment = Comment("bí mật của Bình Minh", "Bình Minh")
    book["Bình Minh"].sheet_state = state
    book.create_sheet("Tổng hợp").append(["Bình Minh", "=SUM('Bình Minh'!E12:E17)"])
    desk.put("hai xa.xlsx", saved(book))

    an = desk.send()[0]

    content = an.path.read_bytes()
    raw = b"".join(zipfile.ZipFile(io.BytesIO(content)).read(n) for n in _names(content))
    assert opened(an).sheetnames == ["Cần sửa", "An Bình"]
    assert opened(an)["An Bình"][BAD_PHONE].fill.fgColor.rgb == YELLOW
    assert [w for w in ("Bình Minh", "BÌNH MINH", "bí mật") if w.encode() in raw] == []
    assert len(list_rows(opened(an))) == 2
    assert any("chỉ chép lại phần của đơn vị" in text for text in texts(opened(an)))


def _names(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.mark.slow
def test_only_the_commune_at_fault_gets_anything_back(desk):
    desk.put("hai xa.xlsx", {**SHARED, "Bình Minh": sound("Xã Bình Minh")})

    (sent,) = desk.send()

    assert sent.item.folder == AN
    assert not [text for text in texts(opened(sent)) if "minh" in text.lower()]


@pytest.mark.slow
def test_a_workbook_with_macros_keeps_them(desk):
    content = _with_macros(workbook(faulty("Xã An Bình")))
    desk.put("An Binh 16-8.xlsm", content)

    sent = desk.sent_one()

    assert sent.path.suffix == ".xlsm"
    assert zipfile.ZipFile(sent.path).read("xl/vbaProject.bin") == b"macros"
    marked = load_workbook(sent.path, keep_vba=True)
    assert marked["Sheet1"][BAD_PHONE].comment.text.startswith("1. Không phải")


def _with_macros(content: bytes) -> bytes:
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(content))
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "[Content_Types].xml":
                data = data.replace(
                    plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
                ).replace(
                    b"</Types>",
                    b'<Override PartName="/xl/vbaProject.bin" '
                    b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            if entry.filename == "xl/_rels/workbook.xml.rels":
                data = data.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdVba" Target="vbaProject.bin" Type="http://schemas.'
                    b'microsoft.com/office/2006/relationships/vbaProject"/></Relationships>',
                )
            target.writestr(entry, data)
        target.writestr("xl/vbaProject.bin", b"macros")
    return out.getvalue()


@pytest.mark.slow
def test_a_workbook_that_openpyxl_cannot_open_goes_back_rebuilt(desk):
    """Its styles are damaged; its values can still be read."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook(faulty("Xã An Bình"))))
    with zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            damaged = entry.filename == "xl/styles.xml"
            target.writestr(
                entry,
                b"<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
                b"<fills><fill><patternFill patternType='dotty'/></fill></fills></styleSheet>"
                if damaged
                else source.read(entry),
            )
    desk.put("An Binh 16-8.xlsx", out.getvalue())
    with pytest.raises(ValueError, match="invalid XML"):
        load_workbook(io.BytesIO(out.getvalue()))

    book = opened(desk.sent_one())

    assert book["Sheet1"][BAD_PHONE].value == "09123" and book["Sheet1"][BAD_PHONE].comment
    assert any("không giữ định dạng" in text for text in texts(book))
