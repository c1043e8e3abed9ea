"""Mẫu 01: labels and answers, as lines or in a table, and what is wrong with them."""

import pytest
from making import MOTTO, NATION, word, workbook

from briefing.intake.labels.lines import Run

TOP = ["PHÒNG Y TẾ", NATION, MOTTO, "Hoài Nhơn, ngày 18 tháng 8 năm 2021", "BÁO CÁO"]
FORM = {
    "Số điện thoại người tạo mã QR code của cơ quan, đơn vị": "0912345678",
    "Mã QR Code Bluezone cơ quan, đơn vị đã tạo": "BZ-45",
    "Tổng số cán bộ, CC, VC, người lao động": "45",
    "Số cán bộ, CC, VC, người lao động có Smartphone": "43",
    "Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone": "40",
    "Ảnh chụp việc niêm yết, dán mã QR Code tại công ra vào hoặc vị trí dễ tiếp cận.": None,
}
LABELS = list(FORM)
NAMES = ["CREATOR", "CODE", "STAFF", "DENOMINATOR", "INSTALLED", "PHOTO"]
CREATOR, CODE, STAFF, DENOMINATOR, INSTALLED, PHOTO = LABELS


def lines(**answers: str) -> list[str]:
    """The form with some answers changed: `STAFF="…"`."""
    form = FORM | {LABELS[NAMES.index(name)]: answer for name, answer in answers.items()}
    return [f"- {label}" + ("" if said is None else f": {said}") for label, said in form.items()]


def report_of(read, *blocks, file="a.docx"):
    return read(word(*TOP, *blocks), file)


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings if f.rule != "qr_photo_missing"]


def counts(report) -> tuple:
    return tuple(report.facts[f"staff_{name}"] for name in ("total", "denominator", "numerator"))


def test_the_photo_is_missed_at_its_own_line(read):
    report = report_of(read, *lines())

    assert [(f.severity, f.rule, f.where) for f in report.findings] == [
        ("info", "qr_photo_missing", "paragraph 11")
    ]
    assert report.sources["staff_numerator"] == "paragraph 10"


@pytest.mark.parametrize(
    "label",
    ["Tổng số CBCCVC-NLĐ", "1. Tổng số người", "a) Tổng số CB, CC, VC, NLĐ", "+ TỔNG SỐ NGƯỜI"],
)
def test_a_label_may_be_worded_otherwise_and_numbered(read, label):
    text = lines()
    text[2] = f"{label}: 45"

    assert counts(report_of(read, *text)) == (45, 43, 40)


@pytest.mark.parametrize("blank", ["", ".....", "……………", " …", "-"])
def test_a_blank_number_is_a_finding_at_its_line_and_never_zero(read, blank):
    report = report_of(read, *lines(DENOMINATOR=blank))

    assert counts(report) == (45, None, 40)
    assert found(report) == [("number_unreadable", "paragraph 9")]
    assert (report.rows_read, report.rows_used, report.rows_set_aside) == (3, 2, 1)


@pytest.mark.parametrize("text", ["đủ", "45/50", "16/8/2021", "98%", "#REF!"])
def test_an_unreadable_number_is_a_finding_at_its_line(read, text):
    report = report_of(read, *lines(STAFF=text))

    assert counts(report) == (None, 43, 40)
    assert found(report) == [("number_unreadable", "paragraph 8")]
    assert report.findings[0].found == text


def test_the_form_sent_back_unfilled_has_a_finding_for_each_number(read):
    blank = dict.fromkeys(NAMES[:5], ".....")
    report = report_of(read, *lines(**blank))

    assert counts(report) == (None, None, None)
    assert not report.usable
    assert found(report) == [
        ("number_unreadable", "paragraph 8"),
        ("number_unreadable", "paragraph 9"),
        ("number_unreadable", "paragraph 10"),
        ("qr_missing", "paragraph 7"),
    ]


def test_more_smartphones_than_staff_is_a_finding_at_the_smaller_part(read):
    report = report_of(read, *lines(DENOMINATOR="46"))

    assert found(report) == [("denominator_over_staff", "paragraph 9")]
    assert counts(report) == (45, 46, 40)


def test_more_installed_than_smartphones_is_a_finding_at_its_line(read):
    report = report_of(read, *lines(INSTALLED="44"))

    assert found(report) == [("numerator_over_denominator", "paragraph 10")]


def test_a_missing_line_is_a_finding_of_the_file(read):
    report = report_of(read, *lines()[:4], lines()[5])

    assert found(report) == [("number_unreadable", "a.docx")]


def test_the_creators_phone_is_masked_and_a_wrong_one_is_a_finding(read):
    assert report_of(read, *lines()).facts["qr_creator_phone"] == "0912xxx678"

    report = report_of(read, *lines(CREATOR="091234567"))
    assert report.facts["qr_creator_phone"] is None
    assert found(report) == [("phone_invalid", "paragraph 6")]


@pytest.mark.parametrize("numbered", [False, True])
def test_a_table_of_labels_and_values_gives_their_cells(read, numbered):
    table = [[label, value] for label, value in FORM.items()]
    if numbered:
        table = [[i, *row] for i, row in enumerate(table, start=1)]
    report = report_of(read, table)

    assert counts(report) == (45, 43, 40)
    assert report.sources["staff_total"] == f"table 1, row 3, column {2 + numbered}"


def test_a_blank_in_a_table_is_a_finding_at_the_blank(read):
    table = [[label, value] for label, value in (FORM | {STAFF: None}).items()]

    assert found(report_of(read, table)) == [("number_unreadable", "table 1, row 3, column 2")]


def test_a_workbook_of_labels_and_numbers_gives_their_cells(read):
    rows = [[text] for text in TOP] + [[label, value] for label, value in FORM.items()]
    rows[7][1] = 45
    report = read(workbook(rows), "a.xlsx")

    assert counts(report) == (45, 43, 40)
    assert report.sources["staff_total"] == "Sheet1!B8"


# The agency


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["PHÒNG Y TẾ"], "CQ007"),
        (["UBND THỊ XÃ HOÀI NHƠN", "PHÒNG Y TẾ"], "CQ007"),
        (["TÊN CƠ QUAN, ĐƠN VỊ", "PHÒNG Y TẾ"], "CQ007"),
        (["Tên cơ quan, đơn vị: Phòng Y tế"], "CQ007"),
        (["PHÒNG Y TẾ", "THỊ XÃ HOÀI NHƠN"], "CQ007"),
        (["PHÒNG VĂN HOÁ", "VÀ THÔNG TIN"], "CQ005"),
        (["PHÒNG Y TẾ", "Số: 12/BC-YT"], "CQ007"),
        (["LIÊN ĐOÀN LAO ĐỘNG THỊ XÃ", "CĐCS CÔNG TY MAY TÂN SEN"], "CQ055"),
        (["TRƯỜNG THCS BỒNG SƠN"], "CQ037"),
    ],
)
def test_the_agency_is_the_last_name_of_the_letterhead(read, head, code):
    report = read(word(*head, *TOP[1:], *lines()), "a.docx")

    assert report.unit_code == code
    assert found(report) == []


def test_an_agency_under_a_known_parent_is_not_its_parent(read):
    head = ["LIÊN ĐOÀN LAO ĐỘNG THỊ XÃ", "CĐCS CÔNG TY MAY SƯƠNG MAI"]
    report = read(word(*head, *TOP[1:], *lines()), "a.docx")

    assert (report.unit_code, report.unit_name) == (None, "CĐCS CÔNG TY MAY SƯƠNG MAI")
    assert found(report) == [("unit_unknown", "a.docx")]


def test_an_agency_without_a_letterhead_comes_from_the_files_name(read):
    report = read(word(*TOP[1:], *lines()), "Mau 01 - Phong Y te.docx")

    assert report.unit_code == "CQ007"


def test_an_agency_that_the_files_name_contradicts_is_taken_from_the_content(read):
    report = read(word(*TOP, *lines()), "Mau 01 - Phong Noi vu.docx")

    assert report.unit_code == "CQ007"
    assert found(report) == [("unit_conflict", "paragraph 1")]


def test_the_printed_form_with_nothing_filled_in_names_no_agency(read):
    report = read(word("TÊN CƠ QUAN, ĐƠN VỊ", *TOP[1:], *lines()), "a.docx")

    assert (report.unit_code, report.unit_name) == (None, "")
    assert found(report) == [("unit_unknown", "a.docx")]


SHORT = ["- Số người có smartphone: 10.130", "- Số người đã cài đặt: 5.432", "Tỷ lệ: 53,6%"]


def test_a_total_of_those_with_a_smartphone_is_not_the_number_of_all(read):
    said = [
        "- Tổng số người: 45",
        "1. Tổng số người có smartphone: 43",
        "- Số người đã cài đặt: 40",
    ]

    assert counts(report_of(read, *said)) == (45, 43, 40)


def test_two_counts_under_the_name_of_a_commune_are_its_days_report(read):
    report = read(word("UBND PHƯỜNG BỒNG SƠN", "BÁO CÁO ngày 16/8/2021", *SHORT), "a.docx")

    assert (report.form, report.unit_code) == ("mau02", "21640")
    assert report.facts["numerator_cumulative"] == 5432


@pytest.mark.parametrize("body", ["TRƯỜNG TIỂU HỌC SỐ 1 BỒNG SƠN", "PHÒNG Y TẾ", "CÔNG TY MAY A"])
def test_two_counts_under_the_name_of_an_agency_are_its_form(read, body):
    report = read(word("UBND THỊ XÃ", body, "BÁO CÁO ngày 16/8/2021", *SHORT[:2]), "a.docx")

    assert report.form == "mau01"
    assert counts(report)[1:] == (10130, 5432)


TABLE = [
    ["STT", "Cơ quan, đơn vị", "Tổng số CBCCVC-NLĐ", "Có smartphone", "Đã cài"],
    [1, "Phòng Nội vụ", 10, 9, 8],
    [2, "Phòng Tư pháp", 12, 11, 10],
    [3, "Phòng Y tế", 9, 9, 9],
]


def test_a_table_that_does_not_ask_for_codes_is_told_so_once(reader):
    reports = reader.read(workbook([["BÁO CÁO ngày 18/8/2021"], *TABLE]), "a.xlsx")
    said = [(r.part, f.severity, f.rule, f.where) for r in reports for f in r.findings]

    assert said == [
        (0, "info", "qr_missing", "Sheet1!A2"), (0, "info", "qr_photo_missing", "a.xlsx"),
    ]  # fmt: skip


def test_a_table_that_asks_for_codes_is_told_of_each_that_is_missing(reader):
    asked = [[*TABLE[0], "Mã QR"], *([*row, code] for row, code in zip(
        TABLE[1:], ["BZ-1", None, None], strict=True))]  # fmt: skip
    reports = reader.read(workbook([["BÁO CÁO ngày 18/8/2021"], *asked]), "a.xlsx")

    assert [found(report) for report in reports] == [
        [], [("qr_missing", "Sheet1!F4")], [("qr_missing", "Sheet1!F5")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "staff",
    [
        "cán bộ, công chức, viên chức, người lao động",
        "cán bộ, giáo viên, nhân viên",
        "CBCCVC",
        "người lao động",
    ],
)
def test_the_staff_may_be_called_in_full_or_by_their_kind(read, staff):
    lines = [
        "TRƯỜNG THPT TAM QUAN",
        "BÁO CÁO",
        f"- Tổng số {staff}: 60",
        f"- Số {staff} có Smartphone: 58",
        f"- Số {staff} đã cài đặt Bluezone: 50",
    ]

    report = read("\n".join(lines).encode(), "bao cao.txt")

    assert (report.form, report.unit_name) == ("mau01", "Trường THPT Tam Quan")
    assert [report.facts[name] for name in ("staff_total", "staff_denominator")] == [60, 58]
    assert report.facts["staff_numerator"] == 50


@pytest.mark.parametrize(
    "installed",
    ["40/43", "40/45", "40 người, đạt 93%", "40 người, đạt 93,0%", "40/43 người, đạt 93%",
     "40 (93%)", "40, chiếm 88,9 %", "40/45 = 88,9%"],
)  # fmt: skip
def test_a_part_of_a_number_of_the_form_is_read(read, installed):
    report = report_of(read, *lines(INSTALLED=installed))

    assert counts(report) == (45, 43, 40)
    assert found(report) == []


@pytest.mark.parametrize(
    "installed", ["40/50", "43/40", "40 người, đạt 80%", "40/43, đạt 88,9%", "93%", "40 - 43"]
)
def test_a_part_of_nothing_known_and_a_rate_that_disagrees_are_refused_and_quoted(read, installed):
    report = report_of(read, *lines(INSTALLED=installed))

    assert counts(report) == (45, 43, None)
    assert found(report) == [("number_unreadable", "paragraph 10")]
    assert report.findings[0].found == installed
    assert f"Số người đã cài đặt: “{installed}”" in str(report.findings[0].message)


def test_all_of_a_number_of_the_form_may_have_installed(read):
    assert counts(report_of(read, *lines(INSTALLED="43/43"))) == (45, 43, 43)
    assert counts(report_of(read, *lines(INSTALLED="44/43"))) == (45, 43, None)


def test_the_staff_with_a_smartphone_may_be_a_part_of_all(read):
    assert counts(report_of(read, *lines(DENOMINATOR="43/45"))) == (45, 43, 40)
    assert counts(report_of(read, *lines(STAFF="45/45")))[0] is None


def test_a_number_without_a_line_of_its_own_is_named(read):
    report = report_of(read, *[line for line in lines() if DENOMINATOR not in line], file="a.docx")

    assert found(report) == [("number_unreadable", "a.docx")]
    assert str(report.findings[0].message) == "Số người có điện thoại thông minh: để trống"


COUNTED = ["m01_tong_cbccvc", "m01_denominator", "m01_numerator"]


@pytest.mark.parametrize(
    ("fields", "complete"),
    [
        (COUNTED, True), (COUNTED[:2], False),  # three labels
        ([COUNTED[0], COUNTED[2], "m01_ma_qr"], True),
        ([COUNTED[0], "m01_sdt_tao_qr", "m01_ma_qr"], False),  # two of them counts
        (COUNTED[1:], False), ([*COUNTED[1:], "m01_anh_qr"], False),  # one that is its own
    ],
)  # fmt: skip
def test_three_labels_with_two_counts_can_be_lines_of_no_other_form(fields, complete):
    assert Run((0, 0), (0, 9), frozenset(fields)).complete == complete
