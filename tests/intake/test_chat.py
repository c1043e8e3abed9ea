"""Messages from a chat: whose figure, about which day, and what in them is no figure."""

import pytest
from making import word, workbook

UNIT = "UBND phường Bồng Sơn báo cáo đến 15h ngày 16/8: "


def say(read, *lines: str, file: str = "zalo.txt"):
    return read("\n".join(lines).encode(), file)


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def test_the_message_of_the_letter_gives_both_numbers(read):
    report = say(read, UNIT + "lũy kế 5.432/10.130, đạt 53,6%")

    assert (report.form, report.unit_code, str(report.report_date)) == (
        "mau02", "21640", "2021-08-16",
    )  # fmt: skip
    assert (report.reading, report.reading_confidence) == ("ratio", "high")
    assert report.facts["numerator_cumulative"] == 5432
    assert report.facts["denominator_reported"] == 10130
    assert report.sources["numerator_cumulative"] == "line 1"
    assert (report.findings, report.rows_read, report.rows_used) == ((), 1, 1)


@pytest.mark.parametrize(
    "figures",
    [
        "lũy kế 5.432",
        "lk: 5432",
        "luy ke 5 432 may",
        "đã cài: 5432/10130 (53,6%)",
        "Tổng số người cài đặt đến nay là 5.432 người",
        "đã cài được 5,432 máy",
        "5.432 người đã cài/10.130 người có smartphone",
        "5.432 người đã cài trên tổng số 10.130 người có điện thoại thông minh",
        "tổng số smartphone 10.130, đã cài 5.432, đạt 53,6%",
        "tổng số hộ 4.500; dân số 18.419; đã cài 5.432",
        "lũy kế đến hôm nay là 5.432",
        "lũy kế 5.432, còn 4.698 người chưa cài",
        "có 5.432 người cài đặt, so với hôm qua 5.312",
        "theo CV 1169/UBND-VX, kế hoạch 59, lũy kế 5.432, liên hệ 0912 345 678",
        "lũy kế: 5.312 + 120 = 5.432",
        "lũy kế 5.432 (đạt 5.432/10.130)",
    ],
)
def test_the_cumulative_is_told_among_other_numbers(read, figures):
    report = say(read, UNIT + figures)

    assert report.facts["numerator_cumulative"] == 5432
    assert (report.reading_confidence, report.findings) == ("high", ())


@pytest.mark.parametrize(
    "figures",
    [
        "trong ngày cài thêm 120 máy, lũy kế 5.432",
        "hôm nay: 120; lk: 5.432",
        "lũy kế 5.432, tăng 120 so với hôm qua",
        "lũy kế 5.432 (cài mới 120)",
        "120 máy trong ngày, lũy kế 5.432",
    ],
)
def test_the_days_number_is_told_from_the_cumulative(read, figures):
    report = say(read, UNIT + figures)

    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (5432, 120)
    assert (report.reading, report.findings) == ("total", ())


def test_a_message_of_several_lines_gives_the_line_of_each_number(read):
    report = say(read, "UBND PHƯỜNG BỒNG SƠN", "Ngày 16/8/2021", "- Trong ngày: 120", "- Lũy kế:",
                 "5.432 người")  # fmt: skip

    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (5432, 120)
    assert report.sources == {"numerator_cumulative": "line 5", "numerator_new": "line 3"}


def test_the_days_number_alone_gives_no_cumulative(read):
    report = say(read, UNIT + "hôm nay cài thêm 120 máy")

    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (None, 120)
    assert (report.reading, report.reading_confidence) == ("increment", "low")
    assert found(report) == [("number_unreadable", "line 1")]


def test_a_rate_alone_is_worked_out_and_said(read):
    report = say(read, UNIT + "đạt 42,85 %")

    assert (report.reading, report.facts["numerator_cumulative"]) == ("percent", 4341)
    assert found(report) == [("percent_only", "line 1")]


def test_a_rate_that_contradicts_the_numbers_is_said_and_the_count_kept(read):
    report = say(read, UNIT + "lũy kế 5.432/10.130, đạt 63,6%")

    assert report.facts["numerator_cumulative"] == 5432
    assert found(report) == [("total_mismatch", "line 1")]
    assert "53,6 %" in str(report.findings[0].message)
    assert report.findings[0].found == "63,6 %"


@pytest.mark.parametrize("rate", ["53,6%", "53,62%", "54%", "53.6 %"])
def test_a_rate_that_is_rounded_does_not_contradict(read, rate):
    assert say(read, UNIT + f"lũy kế 5.432/10.130, đạt {rate}").findings == ()


@pytest.mark.parametrize("about", ["khoảng 5.400", "gần 5.400", "~5.400", "hơn 5.400 người"])
def test_an_estimate_is_counted_and_said(read, about):
    report = say(read, UNIT + f"lũy kế {about}")

    assert report.facts["numerator_cumulative"] == 5400
    assert found(report) == [("number_approximate", "line 1")]


@pytest.mark.parametrize("figures", ["lũy kế 5.432, lũy kế 5.423", "lũy kế 5.312 + 120"])
def test_two_numbers_that_may_both_be_it_give_none(read, figures):
    report = say(read, UNIT + figures)

    assert report.facts["numerator_cumulative"] is None
    assert found(report) == [("number_unreadable", "line 1")]


def test_a_cumulative_in_words_is_a_finding(read):
    report = say(read, UNIT + "lũy kế hơn nghìn người")

    assert report.facts["numerator_cumulative"] is None
    assert found(report) == [("number_unreadable", "line 1")]


def test_a_number_that_nothing_names_is_taken_with_low_confidence(read):
    report = say(read, "Bồng Sơn 16/8: 5432")

    assert (report.facts["numerator_cumulative"], report.reading_confidence) == (5432, "low")
    assert found(report) == [("reading_low_confidence", "line 1")]


# Corrections and earlier messages


@pytest.mark.parametrize(
    "figures",
    [
        "đính chính: 5.432 chứ không phải 5.342",
        "đính chính lũy kế 5.342 thành 5.432",
        "lũy kế đúng là 5.432, hôm trước báo nhầm 5.342",
        "lũy kế 5.432 (không phải 5.342)",
    ],
)
def test_a_correction_takes_the_right_number(read, figures):
    report = say(read, UNIT + figures)

    assert (report.facts["numerator_cumulative"], report.findings) == (5432, ())


def test_a_correction_without_a_name_is_of_whom_it_corrects(reader):
    text = (
        "[15:02, 16/8/2021] Nguyễn Văn A: UBND phường Bồng Sơn lũy kế 5.432\n"
        "[15:10, 16/8/2021] Trần Thị B: xã Hoài Hải lk 1.234\n"
        "[15:20, 16/8/2021] Nguyễn Văn A: Dạ đính chính 5.342 chứ không phải 5.432 ạ"
    )
    reports = reader.read(text.encode(), "zalo.txt")

    assert [(r.unit_code, r.facts["numerator_cumulative"]) for r in reports] == [
        ("21640", 5432), ("21676", 1234), ("21640", 5342),
    ]  # fmt: skip
    assert [found(r) for r in reports] == [[("report_repeated", "line 1")], [], []]


@pytest.mark.parametrize(
    "quoted",
    [
        ["> UBND phường Bồng Sơn ngày 15/8 lũy kế 5.312", "{}"],
        ["{}", "", "Vào 15:02, 15/8/2021, Văn A đã viết:", "Bồng Sơn ngày 15/8 lũy kế 5.312"],
        ["{}", "-----Original Message-----", "Bồng Sơn ngày 15/8 lũy kế 5.312"],
    ],
)
def test_a_message_that_is_quoted_is_not_reported_again(read, quoted):
    lines = [line.format(UNIT + "lũy kế 5.432") for line in quoted]
    report = say(read, *lines)

    assert (str(report.report_date), report.facts["numerator_cumulative"]) == ("2021-08-16", 5432)


@pytest.mark.parametrize(
    "figures",
    [
        "lũy kế ~~1.150~~ 1.250 người",
        "lũy kế ~1.150~ 1.250",
        "lũy kế <s>1.150</s> 1.250",
        "lũy kế " + "".join(f"{sign}\u0336" for sign in "1.150") + " 1.250",
    ],
)
def test_a_figure_that_is_struck_through_is_not_read_and_is_said(read, figures):
    report = say(read, UNIT + figures)

    assert report.facts["numerator_cumulative"] == 1250
    assert [(f.rule, f.found) for f in report.findings] == [("text_struck", "1.150")]


@pytest.mark.parametrize(
    "figures",
    [
        "lũy kế 1.150 1.250*",
        "lũy kế 1.150 *1.250",
        "lũy kế 1.150, sửa: 1.250",
        "lũy kế 1.150 (sửa lại: 1.250 người)",
        "lũy kế 1.150, đính chính lũy kế 1.250",
        "lũy kế (đính chính) 1.250 thay cho 1.150",
        "lũy kế 1.150 → 1.250",
        "lũy kế 1.150\n*1.250",
    ],
)
def test_a_figure_that_another_one_was_given_in_the_place_of_is_taken_back(read, figures):
    report = say(read, UNIT + figures)

    assert (report.facts["numerator_cumulative"], report.findings) == (1250, ())


def test_of_two_like_numbers_side_by_side_neither_is_taken(read):
    report = say(read, UNIT + "lũy kế 1.150 1.250")

    assert report.facts["numerator_cumulative"] is None
    assert [(f.rule, f.found) for f in report.findings] == [("number_unreadable", "1150, 1250")]


@pytest.mark.parametrize(("behind", "figure"), [("1.500*", 1500), ("1.501*", 1000)])
def test_a_number_half_as_large_again_may_have_come_in_the_place_of_one(read, behind, figure):
    report = say(read, f"{UNIT}lũy kế 1.000 {behind}")

    assert report.facts["numerator_cumulative"] == figure


@pytest.mark.parametrize(
    "figures",
    [
        "lũy kế *1.250*",
        "lũy kế 1.250, đã sửa 2 lỗi",
        "đã cài 1.250 máy, trong đó 250* máy công",
        "lũy kế 1.250¹",
    ],
)
def test_stars_and_marks_of_notes_correct_nothing(read, figures):
    report = say(read, UNIT + figures)

    assert (report.facts["numerator_cumulative"], report.findings) == (1250, ())


# Several messages, several units


@pytest.mark.parametrize(
    "lines",
    [
        ["[14:32, 16/8/2021] Nguyễn Văn A: {0}", "[14:40, 16/8/2021] Trần Thị B: {1}"],
        ["Nguyễn Văn A", "14:32", "{0}", "Trần Thị B", "Hôm nay 14:40", "{1}"],
        ["16/8/2021, 14:32 - Nguyễn Văn A: {0}", "16/8/2021, 14:40 - Trần Thị B: {1}"],
        ["{0}", "", "{1}"],
        ["{0}", "{1}"],
        ["{0}; {1}"],
    ],
)
def test_messages_are_parted_and_nobody_who_sent_them_is_kept(reader, lines):
    first = "UBND phường Bồng Sơn ngày 16/8: lũy kế 5.432"
    second = "UBND xã Hoài Hải ngày 16/8: lũy kế 1.234/3.808"
    text = "\n".join(lines).format(first, second)
    reports = reader.read(text.encode(), "zalo.txt")

    assert [(r.unit_code, str(r.report_date),
    r.facts["numerator_cumulative"]) for r in reports] == [
        ("21640", "2021-08-16", 5432), ("21676", "2021-08-16", 1234),
    ]  # fmt: skip
    assert all(report.findings == () for report in reports)
    assert not any("Nguyễn" in str(report.to_record()) for report in reports)


def test_a_list_of_units_gives_each_its_own_line(reader):
    text = (
        "Lũy kế cài đặt đến 15h ngày 16/8:\nBồng Sơn: 5432\n- P. Tam Quan 3.210/7.000\n"
        "3. Hoài Mĩ: 2.100 người\nToàn thị xã: 54.321"
    )
    reports = reader.read(text.encode(), "zalo.txt")

    assert [
        (r.unit_code, r.facts["numerator_cumulative"], r.sources["numerator_cumulative"])
        for r in reports
    ] == [("21640", 5432, "line 2"), ("21637", 3210, "line 3"), ("21682", 2100, "line 4")]
    assert all((str(r.report_date), r.findings) == ("2021-08-16", ()) for r in reports)


def test_initials_in_a_list_are_read_and_those_of_several_units_refused(reader):
    reports = reader.read("Lũy kế 16/8\nBS: 5432\nHH: 1200".encode(), "zalo.txt")

    assert [r.unit_code for r in reports] == ["21640", None]
    assert found(reports[1]) == [("unit_ambiguous", "line 3")]


def test_one_number_for_two_units_is_refused(read):
    report = say(read, "Phường Bồng Sơn và Hoài Đức ngày 16/8: lũy kế 9.000")

    assert report.unit_code is None
    assert found(report) == [("unit_ambiguous", "line 1")]


def test_the_days_of_one_unit_are_parted(reader):
    text = "Bồng Sơn lk:\n14/8: 5.100\n15/8: 5.300\n16/8: 5.432"
    reports = reader.read(text.encode(), "zalo.txt")

    assert [(str(r.report_date), r.facts["numerator_cumulative"]) for r in reports] == [
        ("2021-08-14", 5100), ("2021-08-15", 5300), ("2021-08-16", 5432),
    ]  # fmt: skip
    assert {r.unit_code for r in reports} == {"21640"}


# The unit and the day


def test_the_day_in_a_header_counts_where_the_message_is_silent(read):
    report = say(read, "[14:40, 16/8/2021] Hoài Đức - Nguyễn Văn A: Lũy kế 3.210/7.169")

    assert (report.unit_code, str(report.report_date)) == ("21685", "2021-08-16")
    assert report.findings == ()


def test_the_sender_may_be_named_in_a_line_of_its_own(read):
    report = say(read, "Người gửi: UBND xã Hoài Hải", "Ngày 16/8", "Lũy kế: 1.234/3.808")

    assert (report.unit_code, report.findings) == ("21676", ())


def test_a_message_of_another_district_is_named_as_such(read):
    report = say(read, "UBND xã Hoài Sơn, huyện Phù Mỹ báo cáo ngày 16/8: lũy kế 1.200")

    assert (report.unit_code, report.unit_name) == (None, "UBND xã Hoài Sơn, huyện Phù Mỹ")
    assert found(report) == [("unit_unknown", "line 1")]


def test_the_target_is_neither_the_rate_nor_its_day_the_reports(read):
    report = say(read, "Chỉ tiêu 60% đến 20/8, Bồng Sơn hiện đạt 53,6% (16/8)")

    assert (report.reading, str(report.report_date)) == ("percent", "2021-08-16")
    assert report.facts["numerator_cumulative"] == 5430


@pytest.mark.parametrize(
    "talk",
    [
        "Dạ em gửi báo cáo ạ",
        "Đề nghị phường Bồng Sơn báo cáo lũy kế ngày 16/8 trước 15h",
        "Ok anh, 15h em gửi. Sđt em 0912345678",
    ],
)
def test_talk_is_no_report(read, talk):
    report = say(read, talk)

    assert report.form is None
    assert [rule for rule, _where in found(report)] == ["form_unknown"]


def test_talk_beside_a_report_is_passed_over(read):
    report = say(read, "Dạ em gửi báo cáo ạ", UNIT + "lũy kế 5.432", "Cảm ơn các anh chị nhé!")

    assert (report.facts["numerator_cumulative"], report.findings) == (5432, ())


def test_a_figure_may_stand_in_the_cell_beside_its_name(read):
    rows = [["UBND PHƯỜNG BỒNG SƠN"], ["Ngày 16/8/2021"], ["Trong ngày", 120], ["Lũy kế", 5432]]
    report = read(workbook(rows), "a.xlsx")

    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (5432, 120)
    assert report.sources == {"numerator_cumulative": "Sheet1!B4", "numerator_new": "Sheet1!B3"}


def test_a_message_in_a_word_document_is_read_by_its_paragraphs(read):
    content = word("Kính gửi: UBND thị xã", UNIT + "lũy kế 5.432/10.130, đạt 53,6%")
    report = read(content, "a.docx")

    assert report.sources["numerator_cumulative"] == "paragraph 2"
    assert (report.facts["numerator_cumulative"], report.findings) == (5432, ())


def test_a_letter_with_rates_in_its_prose_is_no_report(read):
    text = "Thực hiện kế hoạch, tỷ lệ người dân cài đặt đạt 42,85%. " * 60

    assert read(word(text), "a.docx").form is None


@pytest.mark.parametrize(
    ("message", "cumulative", "in_day"),
    [
        ("Bồng Sơn 16/8: đã cài 5432/10130 = 53,6%", 5432, None),
        ("e gui bc ạ. BS 16/8: hnay +45, lk 5.477 ng", 5477, 45),
        ("bs 16/8 lk 5432", 5432, None),
        ("Bồng Sơn 16/8 👉 Cài mới: 6️⃣0️⃣ 👉 Lũy kế: 5️⃣4️⃣3️⃣2️⃣", 5432, 60),
        ("Bồng Sơn 16/8 𝗹𝗸 𝟱𝟰𝟯𝟮", 5432, None),
        ("Bồng Sơn:\nHôm qua 2310, hôm nay 2395 (tăng 85)\nngày 16/8", 2395, 85),
        ("Bồng Sơn 16/8 sáng 20 chiều 25 lk 5432", 5432, None),
        ("Bồng Sơn 16/8 lk: Nam 2700, Nữ 2732, tổng 5432", 5432, None),
        ("Bồng Sơn 16/8: đã cài 5432, 200 hộ không có smartphone", 5432, None),
        ("Bồng Sơn 16/8: Tổng số đã cài: 5432 người trên tổng số 10130", 5432, None),
        ("Hôm nay 16/8 phường Bồng Sơn báo cáo: đã cài 5432 người", 5432, None),
        ("Tính đến hôm nay 16/8 phường Bồng Sơn đã cài 5432 người", 5432, None),
        ("Hôm nay 16/8 Bồng Sơn đã cài 5432/10130 người", 5432, None),
        ("Kính gửi Phòng VHTT. Bồng Sơn báo cáo 16/8: mới 45, lk 5432", 5432, 45),
        ("Thực hiện CV 1169/UBND-VX ngày 17/7/2021, UBND P. Bồng Sơn báo cáo 16/8: lk 5432",
         5432, None),
        ("Bồng Sơn 16/8 lũy kế 5432, chỉ tiêu 6702, mục tiêu 20/8 đạt 60%", 5432, None),
        ("Bồng Sơn 16/8: tăng 45 so với 15/8 (5387). Lũy kế 5432", 5432, 45),
        ("Bồng Sơn tuần cao điểm 16-22/8, ngày 16/8 lk 5432", 5432, None),
        ("Bồng Sơn, thứ hai 16-8, lk 5432", 5432, None),
        ("Bồng Sơn 16-08 lk 5432", 5432, None),
        ("Bồng Sơn 16.8 tổng cài 5432", 5432, None),
    ],
)  # fmt: skip
def test_hasty_messages_say_the_same(read, message, cumulative, in_day):
    report = read(message.encode(), "zalo.txt")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")
    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (
        cumulative, in_day,
    )  # fmt: skip
    assert report.findings == ()


@pytest.mark.parametrize(
    "message",
    [
        "Bồng Sơn hnay 20h ngày 16/8 cài 45 máy",
        "Trong ngày 16/8 P. Bồng Sơn cài được 45 người",
        "Bồng Sơn hôm qua cài 45, hôm nay cài 60. 16/8",
        "Bồng Sơn 16/8 lk 54 32",
        "Bồng Sơn 16/8 lk 5 nghìn 432",
        "Bồng Sơn 16/8 lk năm nghìn bốn trăm 32",
        "Bồng Sơn 16/8: tổng cài 4012, đã xóa 12, còn 4000",
    ],
)
def test_what_is_no_cumulative_is_never_taken_for_one(read, message):
    report = read(message.encode(), "zalo.txt")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")
    assert report.facts["numerator_cumulative"] is None
    assert found(report) == [("number_unreadable", "line 1")]


@pytest.mark.parametrize("ratio", ["60/2860", "10130/5432"])
def test_a_whole_that_is_not_the_known_one_is_named(read, ratio):
    report = read(f"Bồng Sơn báo cáo 16/8: {ratio}".encode(), "zalo.txt")

    assert ("reading_low_confidence", "line 1") in found(report)
    assert report.reading_confidence == "low"


def test_three_numbers_between_strokes_are_no_ratio(read):
    report = read("Bồng Sơn 16/8: 45/5432/10130".encode(), "zalo.txt")

    assert report.facts.get("numerator_cumulative") is None
    assert [rule for rule, _where in found(report)] == ["form_unknown"]


def test_a_span_that_ends_before_it_begins_is_two_days(read):
    report = read("Bồng Sơn 16/8: lũy kế đến 15/8 là 5387".encode(), "zalo.txt")

    assert str(report.report_date) == "2021-08-16"
    assert found(report) == [("date_conflict", "line 1")]


def test_a_name_broken_over_two_lines_is_the_longer_one(read):
    report = say(read, "P. Hoài Thanh", "Tây 18/8 lk 3.000")

    assert report.unit_name == "Phường Hoài Thanh Tây"
    assert report.facts["numerator_cumulative"] == 3000


def test_two_units_on_two_lines_stay_two(reader):
    text = "Hoài Thanh\n18/8 lk 3.000\nHoài Thanh Tây\n18/8 lk 2.000"

    found = reader.read(text.encode(), "zalo.txt")

    assert [(r.unit_name, r.facts["numerator_cumulative"]) for r in found] == [
        ("Phường Hoài Thanh", 3000),
        ("Phường Hoài Thanh Tây", 2000),
    ]


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("4.3k", 4300), ("2,7 nghìn", 2700), ("khoảng 2,7 nghìn", 2700), ("3k2", 3200),
        ("4k", 4000), ("2 ngàn 7", 2700),
    ],
)  # fmt: skip
def test_a_count_in_thousands_is_read_quoted_and_not_certain(read, written, counted):
    report = say(read, UNIT + f"lũy kế {written}")

    assert (report.facts["numerator_cumulative"], report.reading_confidence) == (counted, "low")
    assert found(report) == [("number_approximate", "line 1")]
    assert report.findings[0].found == written.removeprefix("khoảng ")


@pytest.mark.parametrize("written", ["5 nghìn 432", "5k432", "5432k", "2 ngàn rưỡi", "5tr"])
def test_a_count_half_in_words_is_refused_and_quoted(read, written):
    report = say(read, UNIT + f"lũy kế {written}")

    assert report.facts["numerator_cumulative"] is None
    assert found(report) == [("number_unreadable", "line 1")]
    assert report.findings[0].found == written


def test_a_number_left_blank_behind_a_name_is_said_to_be_blank(reader):
    reports = reader.read("lk 16/8\nBồng Sơn: 5432\nHoài Đức: ...".encode(), "zalo.txt")

    assert [report.unit_code for report in reports] == ["21640", "21685"]
    assert found(reports[1]) == [("number_unreadable", "line 3")]
    assert "để trống" in str(reports[1].findings[0].message)


def test_the_figure_before_a_name_is_not_the_former_units(reader):
    reports = reader.read("lk 16/8\n5432 Bồng Sơn\n3210 Hoài Đức".encode(), "zalo.txt")

    assert [(r.unit_code, r.facts["numerator_cumulative"]) for r in reports] == [
        ("21640", 5432), ("21685", 3210),
    ]  # fmt: skip
