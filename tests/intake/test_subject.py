"""A table that is not about the campaign is no report, whoever sends it, however well it fits."""

import pytest
from making import HEAD, PARAMS, TITLES, mau01_lines, people, word, workbook
from tests.corpus.layouts import LAYOUTS
from tests.corpus.makers.mail import archive
from tests.corpus.paper import HEAD_ROW

from briefing.intake.detection.subjects import Subjects
from briefing.intake.parsers.text import plain
from briefing.intake.reader import Reader
from briefing.params import Campaign
from briefing.params.readings import Override

NAMES = ["Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê Minh Giả", "Phạm Quốc Tạo"]
PLACES = ["Thôn An Đỗ", "Thôn An Hội", "Thôn Cẩn Hậu", "Thôn Hy Tường"]
PHONES = ["0981234501", "0981234602", "0981234703", "0981234804"]
DAYS = ["17/7/2021", "18/7/2021", "19/7/2021", "20/7/2021"]
FULL = ["STT", "Họ và tên", "Địa chỉ", "Số điện thoại", "Lũy kế đến thời điểm hiện tại"]
REPORT = [
    [i + 1, n, h, p, v]
    for i, (n, h, p, v) in enumerate(zip(NAMES, PLACES, PHONES, [10, 20, 30, 12], strict=True))
]  # 72
TITLE = TITLES[1]
UNIT, DAY = "UBND XÃ HOÀI SƠN", "(ngày 16 tháng 8 năm 2021)"
FILE = "BC Hoai Son 16-8"


def numbered(*columns):
    """Four rows: a list is a column, a number counts on from row to row."""
    return [[i + 1, *(c[i] if isinstance(c, list) else c + i for c in columns)] for i in range(4)]


def sheet(title, head, rows):
    """A table as `LAYOUTS` takes it; a title or a head may be lacking."""
    lead = [[UNIT], [title or None], [DAY]]
    blank = [[None]] * (HEAD_ROW - 1 - len(lead))
    return [*lead, *blank, *([head] if head else []), *rows]


def others(report):
    return [(f.severity, f.where, f.found) for f in report.findings if f.rule == "subject_other"]


VACCINES = ["STT", "Thôn", "Đã tiêm mũi 1", "Lũy kế"]
ANOTHER = {
    "doses by hamlet, title": ("KẾT QUẢ TIÊM VẮC XIN", ["STT", "Thôn", "Trong ngày", "Lũy kế"],
                               numbered(PLACES, 12, 120)),
    "doses by hamlet": ("", VACCINES, numbered(PLACES, 12, 120)),
    "doses in two columns": ("DANH SÁCH", ["STT", "Thôn", "Mũi 1", "Mũi 2", "Tổng số"],
                             numbered(PLACES, 100, 40, 140)),
    "doses by day": ("TIẾN ĐỘ TIÊM CHỦNG", ["STT", "Thôn", "14/8", "15/8", "16/8"],
                     numbered(PLACES, 100, 110, 120)),
    "doses by person": ("ĐĂNG KÝ TIÊM VẮC-XIN", FULL, numbered(NAMES, PLACES, PHONES, 9)),
    "doses by person, no title": ("", [*FULL[:4], "Đã tiêm", "Lũy kế"],
                                  numbered(NAMES, PLACES, PHONES, 1, 9)),
    "doses without marks": ("BAO CAO TIEM VAC XIN", ["STT", "Thon", "Mui 1", "Tong so"],
                            numbered(PLACES, 12, 120)),
    "poor households": ("DANH SÁCH HỘ NGHÈO", ["STT", "Thôn", "Số hộ", "Lũy kế"],
                        numbered(PLACES, 3, 30)),
    "pay": ("DANH SÁCH", ["STT", "Họ và tên", "Chức vụ", "Hệ số", "Thực lĩnh"],
            numbered(NAMES, ["Công chức"] * 4, 2, 5_200_000)),
    "rice": ("DANH SÁCH NHẬN GẠO", [*FULL[:4], "Số lượng"], numbered(NAMES, PLACES, PHONES, 15)),
    "aid": ("", [*FULL[:3], "Số tiền", "Ký nhận"], numbered(NAMES, PLACES, 1_500_000, [None] * 4)),
    "contacts": ("DANH SÁCH F1", FULL[:4], numbered(NAMES, PLACES, PHONES)),
    "contacts, no title": ("DANH SÁCH", [*FULL[:4], "Ngày tiếp xúc"],
                           numbered(NAMES, PLACES, PHONES, DAYS)),
    "cases": ("BÁO CÁO TÌNH HÌNH DỊCH COVID-19", ["STT", "Thôn", "Số ca", "Lũy kế"],
              numbered(PLACES, 1, 12)),
    "births": ("DANH SÁCH", ["STT", "Họ và tên", "Năm sinh", "Địa chỉ"],
               numbered(NAMES, 1950, PLACES)),
    "births, years alone": ("", ["STT", "Họ và tên", "Năm sinh"], numbered(NAMES, 1950)),
    "ages": ("", ["STT", "Họ và tên", "Tuổi", *FULL[2:4]], numbered(NAMES, 50, PLACES, PHONES)),
    "meeting": ("DANH SÁCH DỰ HỌP", FULL[:4], numbered(NAMES, PLACES, PHONES)),
    "directory": ("DANH BẠ", ["STT", "Họ và tên", "Chức vụ", "Số điện thoại"],
                  numbered(NAMES, ["Trưởng thôn"] * 4, PHONES)),
    "directory, no title": ("", FULL[:4], numbered(NAMES, PLACES, PHONES)),
    "election": ("DANH SÁCH CỬ TRI", [*FULL[:4], "Tổng số"], numbered(NAMES, PLACES, PHONES, 1)),
    "another app": ("SỐ LIỆU CÀI ĐẶT ỨNG DỤNG VNEID", FULL, numbered(NAMES, PLACES, PHONES, 9)),
    "another app, no title": ("", ["STT", "Thôn", "Số người cài PC-Covid", "Lũy kế"],
                              numbered(PLACES, 12, 120)),
    "another app, in full": ("Kết quả cài đặt Sổ sức khoẻ điện tử", ["STT", "Thôn", "Đã cài"],
                             numbered(PLACES, 12)),
    "counts of who knows what": ("", ["STT", "Thôn", "Số lượng"], numbered(PLACES, 150)),
    "days of who knows what": ("", ["STT", "Thôn", "15/8", "16/8"], numbered(PLACES, 110, 120)),
    "marks of who knows what": ("", ["STT", "Họ và tên", "Xếp loại", "Điểm"],
                                numbered(NAMES, ["Khá"] * 4, 7)),
    "no head at all": ("", None, numbered(NAMES, ["Công chức"] * 4, 5_200_000)),
    "no head, births": ("", None, numbered(NAMES, 1950, PLACES, PHONES)),
}  # fmt: skip
FORMATS = ["xlsx-0-0", "ods-2-4", "csv-,-utf-8", "csv-;-utf-16-le", "docx", "pdf", "zip", "eml"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ANOTHER)
def test_a_table_on_another_subject_gives_no_figure_in_any_format(reader, name, form):
    laid = LAYOUTS[form](sheet(*ANOTHER[name]))
    reports = reader.read(laid.content, f"{FILE}.{laid.file.rsplit('.', 1)[1]}")

    assert [f for r in reports for f in r.facts.values() if f is not None] == []
    assert {report.form for report in reports} == {None}
    assert all(report.unit_code == "21643" for report in reports)
    assert [severity for r in reports for severity, *_at in others(r)] == ["error"] * len(reports)


@pytest.mark.parametrize(
    ("name", "where", "found"),
    [
        ("doses by hamlet", f"Sheet1!C{HEAD_ROW}", "tiêm"),
        ("cases", "Sheet1!A2", "TÌNH HÌNH DỊCH"),
        ("another app, no title", f"Sheet1!C{HEAD_ROW}", "PC-Covid"),
        ("directory, no title", f"Sheet1!A{HEAD_ROW}", ""),
    ],
)
def test_the_finding_stands_at_the_cell_that_tells_it(read, name, where, found):
    report = read(LAYOUTS["xlsx-0-0"](sheet(*ANOTHER[name])).content, f"{FILE}.xlsx")

    assert others(report) == [("error", where, found)]
    assert str(report.report_date) == "2021-08-16"
    assert not report.blank and not report.usable


def test_what_it_is_about_and_what_to_do_is_said(check):
    report = check(workbook(sheet("", VACCINES, numbered(PLACES, 12, 120))), f"{FILE}.xlsx")
    (finding,) = report["findings"]

    assert report["form"] is None and report["facts"] == {}
    assert "tiêm vắc xin, không phải báo cáo Bluezone" in finding["message"]
    assert "gửi báo cáo Bluezone" in finding["suggestion"]


def test_the_files_name_tells_what_neither_title_nor_headings_do(read):
    content = workbook(sheet("", FULL, REPORT))

    assert read(content, "BC Hoai Son 16-8.xlsx").facts["numerator_cumulative"] == 72
    assert others(read(content, "tiem vac xin Hoai Son 16-8.xlsx"))
    assert others(read(content, "DSTiem HoaiSon 16-8.xlsx"))


def test_a_folder_of_the_inbox_says_nothing_about_the_reports_in_it(read):
    content = workbook(sheet("", FULL, REPORT))

    assert read(content, f"Họp giao ban/{FILE}.xlsx").facts["numerator_cumulative"] == 72


# Reports that mention something else


OURS = {
    "no title": sheet("", FULL, REPORT),
    "steering committee": [
        ["BAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH BỆNH COVID-19"], *sheet("", FULL, REPORT)
    ],
    "a column of doses": sheet(
        TITLE, [*FULL[:4], "Đã tiêm mũi 1", FULL[4]], [[*r[:4], "x", r[4]] for r in REPORT]
    ),
    "a column of birthdays": sheet(
        "", [*FULL[:2], "Năm sinh", *FULL[2:]], [[*r[:2], 1950, *r[2:]] for r in REPORT]
    ),
    "installs beside doses": sheet(
        "", ["STT", "Thôn", "Đã tiêm mũi 1", "Đã cài Bluezone"],
        [[r[0], r[2], 500, r[4]] for r in REPORT],
    ),
    "two apps": sheet(
        "Số liệu cài đặt VNeID, Bluezone", ["STT", "Thôn", "Đã cài VNeID", "Đã cài Bluezone"],
        [[r[0], r[2], 500, r[4]] for r in REPORT],
    ),
    "installs under their group": [
        *sheet("", None, []),
        ["STT", "Thôn", "Tiêm vắc xin", None, "Bluezone", None],
        [None, None, "Mũi 1", "Lũy kế", "Trong ngày", "Lũy kế"],
        *([r[0], r[2], 5, 500, 1, r[4]] for r in REPORT),
    ],
    "people in quarantine": sheet(
        TITLE, FULL, [[*r[:2], f"Khu cách ly F1, {r[2]}", *r[3:]] for r in REPORT]
    ),
    "a note": [*sheet(TITLE, FULL, REPORT), ["", "Ghi chú: 12 người F0, 3 chờ tiêm mũi 1"]],
    "its ground": [
        ["Thực hiện Công văn số 1169/UBND-VX về việc cài đặt ứng dụng Bluezone"],
        *sheet("", ["STT", "Thôn", "Tổng số"], [[r[0], r[2], r[4]] for r in REPORT]),
    ],
    "another ground": [["Căn cứ Kế hoạch tiêm vắc xin"], *sheet("", FULL, REPORT)],
    "installs, the app not named": sheet(
        "DANH SÁCH NGƯỜI ĐÃ CÀI ĐẶT", [*FULL[:4], "Số lượng"], REPORT
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_a_report_that_mentions_something_else_is_a_report(read, name):
    report = read(workbook(OURS[name]), f"{FILE}.xlsx")

    assert report.facts["numerator_cumulative"] == 72
    assert others(report) == []


def test_the_files_name_alone_can_say_that_it_is_a_report(read):
    content = workbook(sheet("", ["STT", "Thôn", "Số lượng"], numbered(PLACES, 10)))

    assert read(content, "Bluezone Hoai Son 16-8.xlsx").facts["numerator_cumulative"] == 46


@pytest.mark.parametrize(("declared", "numerator"), [({}, 4), ({"file": "another.xlsx"}, None)])
def test_a_list_that_says_nothing_passes_where_readings_yaml_declares_it(declared, numerator):
    entry = Override(reading="roster_all", **declared)
    campaign = Campaign.load(PARAMS).model_copy(update={"readings": {"21643": (entry,)}})
    content = workbook(sheet("", FULL[:4], numbered(NAMES, PLACES, PHONES)))
    (report,) = Reader(campaign, b"a key of the tests").read(content, f"{FILE}.xlsx")

    assert report.facts.get("numerator_cumulative") == numerator


def test_years_and_columns_of_something_else_are_no_counts_of_a_table_told_by_its_shape(read):
    head = ["STT", "Tên người dân", "Nơi ở nay", "Năm sinh"]
    report = read(workbook(sheet(TITLE, head, numbered(NAMES, PLACES, 1950))), f"{FILE}.xlsx")

    assert report.facts.get("numerator_cumulative") is None


# Several tables


DOSES = ["STT", "Thôn", "Mũi 1", "Mũi 2", "Tổng số"]
DOSED = numbered(PLACES, 100, 40, 140)
VACCINE = ["KẾT QUẢ TIÊM VẮC XIN"]


def each(reports):
    return [(r.facts.get("numerator_cumulative"), [s for s, *_ in others(r)]) for r in reports]


INFO, READ = (None, ["info"]), (72, [])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (workbook({"Tiêm": [[UNIT], VACCINE, [DAY], DOSES, *DOSED],
                   "Bluezone": sheet(TITLE, FULL, REPORT)}), [INFO, READ]),
        (workbook({"BC": sheet(TITLE, FULL, REPORT), "DS": [FULL[:4], *(r[:4] for r in REPORT)]}),
         [READ, INFO]),
        (workbook([*sheet(TITLE, FULL, REPORT), [], VACCINE, DOSES, *DOSED]), [READ, INFO]),
        (workbook([*sheet(TITLE, FULL, REPORT), [], DOSES, *DOSED]), [READ, INFO]),
        (workbook([*sheet(TITLE, FULL, REPORT), [], VACCINE, ["STT", "Thôn", "Mũi 1"],
                   *(row[:3] for row in DOSED)]), [READ, INFO]),
        (workbook([[UNIT], [DAY], ["I. TIÊM VẮC XIN"], DOSES, *DOSED, ["II. CÀI ĐẶT BLUEZONE"],
                   FULL, *REPORT]), [INFO, READ]),
    ],
    ids=["sheets", "a sheet of a list", "below", "below, no title", "below, unknown", "above"],
)  # fmt: skip
def test_each_table_of_a_workbook_is_taken_by_what_it_says(reader, content, expected):
    assert each(reader.read(content, f"{FILE}.xlsx")) == expected


@pytest.mark.parametrize("head", [DOSES, ["STT", "Thôn", "Lũy kế"], ["Thôn", "Mũi 1", "Mũi 2"]])
def test_a_second_table_of_a_document_adds_nothing_to_the_report(reader, head):
    first = [["STT", "Thôn", "Lũy kế"], *([r[0], r[2], r[4]] for r in REPORT)]
    second = [head, *([*row[-len(head) :]] for row in DOSED)]
    content = word(UNIT, TITLE, DAY, first, "II. Kết quả tiêm vắc xin", second)
    reports = reader.read(content, f"{FILE}.docx")

    assert [r.facts["numerator_cumulative"] for r in reports if r.form] == [72]


def test_a_sentence_that_names_the_app_is_read_beside_a_table_on_another_subject(reader):
    content = word(
        UNIT, "BÁO CÁO", DAY, "I. Cài đặt Bluezone: lũy kế 72 người", "II. Tiêm vắc xin",
        [DOSES, *DOSED],
    )  # fmt: skip

    assert each(reader.read(content, f"{FILE}.docx")) == [INFO, READ]


def test_each_file_of_an_archive_is_taken_by_what_it_says(reader):
    inside = {
        "Hoai Son 16-8.xlsx": workbook(sheet(TITLE, FULL, REPORT)),
        "tiem Hoai Son 16-8.xlsx": workbook(sheet("", FULL, REPORT)),
        "tiem Hoai Duc 16-8.xlsx": workbook([["UBND PHƯỜNG HOÀI ĐỨC"], FULL, *REPORT]),
    }
    reports = reader.read(archive(inside), "16-8.zip")

    # what came with the unit's own report asks for nothing; another unit has sent no report
    assert sorted(each(reports), key=str) == [(72, []), (None, ["error"]), (None, ["info"])]


# Messages


@pytest.mark.parametrize(
    "message",
    [
        "Hoài Sơn 16/8 tiêm mũi 1: 1.250 người",
        "Hoai Son 16/8 tiem mui 1: 1250 nguoi",
        "Hoài Sơn 16/8: 3 F0, 12 F1",
        "Hoài Sơn ngày 16/8: 12 ca mới, lũy kế 120 ca",
        "Xã Hoài Sơn ngày 16/8 phát 1.250 kg gạo",
        "Hoài Sơn 16/8 Sổ sức khỏe điện tử: lk 1.250",
        "VNeID 16/8, Hoài Sơn đã cài 900 người",
        "Kết quả tiêm vắc xin 16/8:\nHoài Sơn: 1.250",
        "Hoài Sơn: 1.250\n(số liệu tiêm ngày 16/8)",
        "UBND xã Hoài Sơn\nNgày 16/8/2021\nTổng số: 25 người",
    ],
)
def test_a_message_about_something_else_gives_no_figure(read, message):
    report = read(message.encode(), "zalo.txt")

    assert (report.form, report.unit_code) == (None, "21643")
    assert [severity for severity, *_at in others(report)] == ["error"]


@pytest.mark.parametrize(
    "message",
    [
        "Hoài Sơn 16/8: lk 1.250",
        "Hoài Sơn 16/8: lk Bluezone 1.250, tiêm mũi 1: 900",
        "Hoài Sơn 16/8: cài Bluezone 1.250; tiêm mũi 1: 900, lũy kế 3.000",
        "Hoài Sơn 16/8: tiêm mũi 1: 900; đã cài 1.250",
        "Hoài Sơn 16/8: PC-Covid 900, Bluezone 1.250",
        "Hoài Sơn 16/8: lk 1.250. Có 3 F0 chưa cài",
        "Ban Chỉ đạo phòng, chống dịch xã Hoài Sơn báo cáo 16/8: lk 1.250",
    ],
)
def test_of_a_message_about_several_things_the_campaigns_figure_is_taken(read, message):
    report = read(message.encode(), "zalo.txt")

    assert report.facts["numerator_cumulative"] == 1250
    assert others(report) == []


def test_in_a_table_of_unknown_headings_no_number_is_sure(read):
    table = [[UNIT], [DAY], ["Bluezone", "Kế hoạch", "Lũy kế"], ["Toàn xã", None, 1250, "người"]]
    report = read(workbook(table), f"{FILE}.xlsx")

    assert report.reading_confidence != "high"


# Mẫu 01


def test_a_health_centres_own_form_is_no_report_on_vaccination(read):
    report = read(word(*mau01_lines(body=("TRUNG TÂM Y TẾ THỊ XÃ",))), "a.docx")

    assert report.facts["staff_numerator"] == 40
    assert others(report) == []


def test_a_form_on_another_app_is_no_mau_01(read):
    lines = [line.replace("Bluezone", "VNeID") for line in mau01_lines()]
    report = read(word(*lines), "a.docx")

    assert (report.form, report.facts, report.unit_code) == (None, {}, "CQ005")
    assert [found for _severity, _where, found in others(report)] == ["VNeID"]


def test_a_line_on_another_app_is_no_answer_of_mau_01(read):
    lines = mau01_lines()
    at = next(i for i, line in enumerate(lines) if "đã cài đặt Bluezone" in line)
    more = ["- Số cán bộ, CC, VC, người lao động đã cài đặt VNeID: 30",
            "- Số cán bộ, CC, VC, người lao động đã tiêm mũi 2: 41"]  # fmt: skip
    report = read(word(*lines[:at], *more, *lines[at:]), "a.docx")

    assert report.facts["staff_numerator"] == 40


# The words


def test_no_name_of_a_place_or_an_agency_speaks_of_another_subject(campaign):
    subjects = Subjects(campaign)
    names = [row.full_name for row in campaign.unit_rows]
    names += [name for row in campaign.place_rows for name in (row.place, row.label)]
    names += [n for r in campaign.body_rows for n in (r.name, *r.aliases.split(";")) if n]

    assert [n for n in names if subjects.other(n) or subjects.other(plain(n))] == []


def test_words_are_compared_with_their_marks_where_a_text_has_any(campaign):
    subjects = Subjects(campaign)

    assert subjects.other("DANH SÁCH TIÊM VẮC-XIN").subject == "tiêm vắc xin"
    assert subjects.other("danh sach ho ngheo").words == "ho ngheo"
    assert subjects.other("TiemVacXin_HoaiSon").words == "Tiem"
    assert subjects.other("Số lượng, khu phố Trung Lương") is None
    assert subjects.other("Tiêm vắc xin, cài Bluezone") is None
    assert subjects.speaks("3 F0 chưa cài") and not subjects.speaks("đã cài VNeID")


def test_the_reports_head_and_title_speak_of_the_campaign(campaign):
    subjects = Subjects(campaign)

    assert subjects.names(TITLE)
    assert not any(map(subjects.other, [*HEAD, *TITLES]))
    assert len(people([1])) == 1


def test_a_text_without_a_report_is_received_from_whom_its_letterhead_names(read):
    report = read(word(UNIT, "KẾ HOẠCH TIÊM VẮC XIN", DAY, "Mỗi thôn 100 người."), "kh.docx")

    assert (report.unit_code, str(report.report_date)) == ("21643", "2021-08-16")
    assert others(report) == [("error", "paragraph 2", "TIÊM")]
