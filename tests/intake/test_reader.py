"""Both forms as the letter prints them, through the command; and files that are no reports."""

import io
import json
import zipfile
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import (
    DAY,
    FIRST,
    HEAD,
    MOTTO,
    NATION,
    TITLES,
    bare,
    mau02,
    name,
    people,
    phone,
    word,
    workbook,
)

from briefing.intake import reader as reader_module

GIVEN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
ROWS = people([45, 38, 52])
FACTS_02 = {"installs_cumulative": 135, "installs_new": None, "distinct_phones": 3}
SIGNED_01 = "Hoài Nhơn, ngày 18 tháng 8 năm 2021"
AGENCY = "PHÒNG VĂN HÓA VÀ THÔNG TIN"
LABELS_01 = [
    "- Số điện thoại người tạo mã QR code của cơ quan, đơn vị",
    "- Mã QR Code Bluezone cơ quan, đơn vị đã tạo",
    "- Tổng số cán bộ, CC, VC, người lao động",
    "- Số cán bộ, CC, VC, người lao động có Smartphone",
    "- Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone",
]
ANSWERS_01 = ["0912 345 678", "BZ-2021-0045", "45", "43", "40"]
PHOTO_01 = "- Ảnh chụp việc niêm yết, dán mã QR Code tại công ra vào hoặc vị trí dễ tiếp cận."
FACTS_01 = {
    "staff_total": 45,
    "staff_smartphone": 43,
    "staff_installed": 40,
    "qr_code": "BZ-2021-0045",
    "qr_creator_phone": "0912xxx678",
    "qr_photo": False,
    "qr_photo_decoded": None,
}
FILLED = [
    ": {}",
    ": ……{}……",
    ": ..... {} .....",
    ":{}",
    ": .....{}",
    ": {} .....",
    "………{}",
    ": {}.",
]


def mau01_lines(filled: str = ": {}", *, agency: tuple[str, ...] = (AGENCY,)) -> list[str]:
    answers = [
        label + filled.format(answer) for label, answer in zip(LABELS_01, ANSWERS_01, strict=True)
    ]
    top = [*agency, NATION, MOTTO, ".....", SIGNED_01, "BÁO CÁO", TITLES[1]]
    return [*top, *answers, PHOTO_01, ".....", "(Ký tên, đóng dấu)", "....."]


def as_word(lines: list[str], layout: str, table: list | None = None) -> bytes:
    """A form in Word; `table` stands after the title's last line."""
    split = 4 if lines[3].startswith(".") else 5
    head, rest = lines[: split + 2], lines[split + 2 :]
    at = rest.index(DAY) + 1 if table else len(rest)
    before, after = rest[:at], rest[at:]
    blocks = [table] if table else []
    if layout == "paragraphs":
        return word(*head, *before, *blocks, *after)
    if layout == "breaks":
        return word("\n".join(head), "\n".join(before), *blocks, "\n".join(after))
    nation = head.index(NATION)
    two = [["\n".join(head[:nation]), "\n".join(head[nation:])]]
    return word(two, *before, *blocks, *after)


def rules(report: dict) -> list[str]:
    return [finding["rule"] for finding in report["findings"]]


def lines_of_mau02() -> list[str]:
    rows = mau02([])
    return [row[0] for row in rows if row and row[0] not in (HEAD[0], "(Mẫu 02)")]


@pytest.mark.parametrize("layout", ["paragraphs", "breaks", "two columns"])
def test_mau_02_typed_into_word_as_printed_comes_through_without_a_finding(check, layout):
    report = check(as_word(lines_of_mau02(), layout, bare(ROWS)), "mau 02.docx")

    assert report["findings"] == []
    assert report["form"] == "mau02"
    assert (report["unit_code"], report["unit_name"]) == ("21640", "Phường Bồng Sơn")
    assert report["report_date"] == "2021-08-16"
    assert (report["reading"], report["reading_confidence"]) == ("per_person", "high")
    assert report["facts"] == FACTS_02
    assert (report["rows_read"], report["rows_used"], report["rows_set_aside"]) == (3, 3, 0)


@pytest.mark.parametrize("two_columns", [False, True])
def test_mau_02_typed_into_excel_as_printed_comes_through_without_a_finding(check, two_columns):
    rows = mau02(ROWS)
    if two_columns:
        rows[1:7] = [
            ["ỦY BAN NHÂN DÂN", None, None, NATION],
            ["PHƯỜNG BỒNG SƠN", None, None, MOTTO],
            [".....", None, None, "....."],
            [None, None, None, "Bồng Sơn, ngày 16 tháng 8 năm 2021"],
        ]
    report = check(workbook(rows), "mau 02.xlsx")

    assert report["findings"] == []
    assert (report["unit_code"], report["report_date"]) == ("21640", "2021-08-16")
    assert report["facts"] == FACTS_02


@pytest.mark.parametrize(("filled", "layout"), [*product(FILLED, ["paragraphs", "breaks"])])
def test_mau_01_typed_into_word_as_printed_lacks_only_its_photo(check, filled, layout):
    report = check(as_word(mau01_lines(filled), layout), "mau 01.docx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["form"] == "mau01"
    assert (report["unit_code"], report["unit_name"]) == ("CQ005", "Phòng Văn hóa và Thông tin")
    assert report["report_date"] == "2021-08-18"
    assert report["facts"] == FACTS_01
    assert (report["rows_read"], report["rows_used"]) == (3, 3)


@pytest.mark.parametrize("filled", [": {} người", ": ……{} người……", ": {} (người)"])
def test_a_number_of_mau_01_may_be_followed_by_what_is_counted(check, filled):
    lines = mau01_lines()
    for i, (label, answer) in enumerate(zip(LABELS_01[2:], ANSWERS_01[2:], strict=True)):
        lines[9 + i] = label + filled.format(answer)
    report = check(as_word(lines, "paragraphs"), "mau 01.docx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["facts"] == FACTS_01


@pytest.mark.parametrize("layout", ["paragraphs", "breaks", "two columns"])
def test_the_printed_words_above_the_agencys_name_do_not_matter(check, layout):
    lines = mau01_lines(agency=("TÊN CƠ QUAN, ĐƠN VỊ", AGENCY))
    report = check(as_word(lines, layout), "mau 01.docx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["unit_code"] == "CQ005"
    assert report["facts"] == FACTS_01


def test_mau_01_typed_into_excel_as_lines_lacks_only_its_photo(check):
    report = check(workbook([[line] for line in mau01_lines(": ……{}……")]), "mau 01.xlsx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["unit_code"] == "CQ005"
    assert report["facts"] == FACTS_01


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_mau_01_as_a_table_of_two_columns_lacks_only_its_photo(check, kind):
    values = [ANSWERS_01[0], ANSWERS_01[1], 45, "43 người", "……40……"]
    table = [[label, value] for label, value in zip(LABELS_01, values, strict=True)]
    lines = mau01_lines()[:7]
    content = word(*lines, table) if kind == "docx" else workbook([*[[x] for x in lines], *table])
    report = check(content, f"mau 01.{kind}")

    assert rules(report) == ["qr_photo_missing"]
    assert report["facts"] == FACTS_01


def test_a_document_with_a_picture_has_its_photo(check):
    report = check(with_picture(as_word(mau01_lines(), "paragraphs")), "mau 01.docx")

    assert report["findings"] == []
    assert report["facts"]["qr_photo"] is True


def with_picture(content: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/media/image1.png", b"\x89PNG")
    return stream.getvalue()


# Files that are no reports


DAMAGED = {
    "zero bytes": (b"", "empty_report"),
    "nothing but zeros": (b"\0" * 512, "empty_report"),
    "text": ("Bồng Sơn báo cáo 5.432".encode(), "file_unreadable"),
    "half a workbook": (workbook(mau02(ROWS))[:3000], "file_unreadable"),
    "only the start of an archive": (b"PK\x03\x04", "file_unreadable"),
    "an encrypted workbook": (
        b"\xd0\xcf\x11\xe0" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
        "file_encrypted",
    ),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\1" * 512, "file_unreadable"),
    "an empty workbook": (workbook([]), "empty_report"),
    "an empty document": (word(), "empty_report"),
    "another document": (word("Kế hoạch số 59/KH-UBND", "Điều 1"), "form_unknown"),
    "another workbook": (workbook([["a", "b"], [1, 2]]), "form_unknown"),
}


@pytest.mark.parametrize("kind", DAMAGED)
@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_a_file_that_is_no_report_gives_one_finding_at_its_name(reader, kind, suffix):
    content, rule = DAMAGED[kind]
    (report,) = reader.read(content, f"bao cao.{suffix}")

    assert [(f.severity, f.rule, f.where) for f in report.findings] == [
        ("error", rule, f"bao cao.{suffix}")
    ]
    assert report.facts == {} and not report.usable


def test_a_locked_member_of_an_archive_is_an_encrypted_file(reader):
    content = bytearray(workbook(mau02(ROWS)))
    start = content.find(b"PK\x01\x02")
    while start >= 0:  # the flag "encrypted" in every entry of the archive's directory
        content[start + 8] |= 1
        start = content.find(b"PK\x01\x02", start + 4)
    (report,) = reader.read(bytes(content), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_encrypted"]


def test_a_file_larger_than_the_limit_is_not_opened(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.grids.MAX_BYTES", 100)
    (report,) = reader.read(workbook(mau02(ROWS)), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_too_large"]


def test_an_archive_that_unpacks_to_more_than_the_limit_is_not_opened(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.grids.MAX_UNPACKED", 100)
    (report,) = reader.read(workbook(mau02(ROWS)), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_too_large"]


def test_a_sheet_of_too_many_cells_is_not_read(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.workbooks.MAX_CELLS", 10)
    (report,) = reader.read(workbook(mau02(ROWS)), "a.xlsx")

    assert [f.rule for f in report.findings] == ["file_too_large"]


def test_an_unreadable_file_is_still_known_by_its_name_and_folder(reader):
    (report,) = reader.read(b"PK\x03\x04", "16-8/BC Bong Son.xlsx")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")


@pytest.mark.parametrize("suffix", ["docx", "txt", "", "XLSX"])
def test_a_renamed_workbook_is_read_as_what_it_is(reader, suffix):
    (report,) = reader.read(workbook(mau02(ROWS)), f"bao cao.{suffix}")

    assert report.facts["installs_cumulative"] == 135


def test_a_renamed_document_is_read_as_what_it_is(reader):
    (report,) = reader.read(as_word(lines_of_mau02(), "paragraphs", bare(ROWS)), "bao cao.xlsx")

    assert report.facts["installs_cumulative"] == 135


WHOLE = [workbook(mau02(ROWS)), as_word(lines_of_mau02(), "paragraphs", bare(ROWS))]
SUFFIXES = ["xlsx", "docx", "xls", "doc", "pdf", "txt", "csv", "zip", "jpg", ""]


@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
@GIVEN
def test_any_bytes_under_any_name_give_a_submission_and_never_an_error(reader, content, suffix):
    reports = reader.read(content, f"a.{suffix}")

    assert len(reports) >= 1
    assert all(report.findings for report in reports)


@given(st.sampled_from(WHOLE), st.data())
@GIVEN
def test_a_file_damaged_anywhere_never_raises(reader, content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(damaged)))

    assert reader.read(bytes(damaged), "a.xlsx")
    assert reader.read(bytes(damaged[:cut]), "a.docx")


@given(st.sampled_from(WHOLE), st.binary(min_size=1, max_size=60), st.data())
@GIVEN
def test_a_file_with_a_damaged_member_never_raises(reader, content, junk, data):
    source = zipfile.ZipFile(io.BytesIO(content))
    names = source.namelist()
    hurt = data.draw(st.sampled_from(names))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in names:
            kept = source.read(member)
            if member == hurt:
                at = data.draw(st.integers(0, len(kept)))
                kept = kept[:at] + junk + kept[at + len(junk) :]
            archive.writestr(member, kept)

    assert reader.read(stream.getvalue(), "a.xlsx")


# Several reports in a file


def test_a_second_sheet_that_is_empty_is_no_report(reader):
    reports = reader.read(workbook({"Sheet1": mau02(ROWS), "Sheet2": []}), "a.xlsx")

    assert [report.facts["installs_cumulative"] for report in reports] == [135]


def test_two_days_on_two_sheets_are_two_submissions(reader):
    seventeen = mau02(
        people([50, 40, 60]),
        day="(ngày 17 tháng 8 năm 2021)",
        signed="Bồng Sơn, ngày 17 tháng 8 năm 2021",
    )
    reports = reader.read(workbook({"16-8": mau02(ROWS), "17-8": seventeen}), "a.xlsx")

    assert [
        (r.part, str(r.report_date), r.facts["installs_cumulative"], r.findings) for r in reports
    ] == [(0, "2021-08-16", 135, ()), (1, "2021-08-17", 150, ())]


def test_the_command_prints_one_line_for_each_report_of_a_file(tmp_path, campaign):
    from click.testing import CliRunner

    from briefing.cli import main
    from conftest import PARAMS

    path = tmp_path / "hai ngay.xlsx"
    path.write_bytes(workbook({"16-8": bare(ROWS), "17-8": bare(ROWS)}))
    run = CliRunner().invoke(main, ["check", "--json", "--params", str(PARAMS), str(path)])
    days = [json.loads(line)["report_date"] for line in run.stdout.splitlines()]

    assert days == ["2021-08-16", "2021-08-17"]


def test_a_chart_sheet_is_no_hindrance(reader):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(mau02(ROWS))))
    book.create_chartsheet("Biểu đồ", 0)
    stream = io.BytesIO()
    book.save(stream)
    (report,) = reader.read(stream.getvalue(), "a.xlsx")

    assert report.facts["installs_cumulative"] == 135


def test_a_file_on_disk_is_read_by_its_path(tmp_path, campaign):
    path = tmp_path / "BC Bong Son 16-8.xlsx"
    path.write_bytes(workbook(bare(ROWS)))
    (report,) = reader_module.read_report(path, campaign)

    assert (report.unit_code, report.file) == ("21640", "BC Bong Son 16-8.xlsx")


# Nothing personal comes out


@given(
    st.permutations(range(5)),
    st.lists(st.sampled_from(["", "nhà {}", "{} tổ 5", "{}"]), min_size=4, max_size=4),
    st.integers(0, 3),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
def test_no_name_and_no_phone_comes_out_of_a_report(reader, order, homes, shift):
    rows = people([45, "abc", None, 52])
    for row, home in zip(rows, homes, strict=True):
        row[2] = home.format(row[1]) or row[2]
    rows[shift][1:] = rows[shift][2:] + rows[shift][1:2]  # a row typed one column to the left
    rows.append([5, name(0), "KP 1", phone(0) + "9", phone(1)])
    head = [HEAD[i] for i in order]
    table = mau02([[row[i] for i in order] for row in rows], head=head)
    (report,) = reader.read(workbook(table), "a.xlsx")
    said = json.dumps([report.to_json(), report.to_record()], ensure_ascii=False, default=vars)

    for i in range(5):
        assert name(i) not in said
        assert phone(i) not in said


def test_no_phone_comes_out_of_the_lines_around_a_report(read):
    rows = mau02(ROWS, unit="XÃ ÂN HẢO", signed="Người lập: 0912345678, ngày 17/8/2021")
    said = json.dumps(read(workbook(rows)).to_json(), ensure_ascii=False)

    assert "0912345678" not in said


@pytest.mark.parametrize("typed", [f"{name(0)} 09123", f"09123 ({name(0)})", name(0)])
def test_a_name_typed_where_a_phone_is_due_comes_out_as_initials(read, typed):
    rows = people([45, 38, 52])
    rows[0][3] = typed
    said = json.dumps(read(workbook(mau02(rows))).to_json(), ensure_ascii=False)

    assert name(0) not in said and "N.V.A." in said


def test_a_phone_typed_where_the_qr_code_is_due_is_masked(read):
    lines = mau01_lines()
    lines[8] = LABELS_01[1] + ": 0987654321"
    said = json.dumps(read(as_word(lines, "paragraphs"), "a.docx").to_json(), ensure_ascii=False)

    assert "0987654321" not in said


def test_the_rows_keep_a_phone_as_a_hash_that_only_the_key_can_make(read):
    first, *_rest = read(workbook(mau02(ROWS))).rows

    assert first.cell == f"Sheet1!E{FIRST}"
    assert first.phone and phone(0) not in repr(first) and name(0) not in repr(first)
