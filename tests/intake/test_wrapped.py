"""Messages that a program broke into lines of one width, in the middle of something."""

import base64
import quopri

import pytest

LEAD = "UBND xã Hoài Sơn báo cáo đến 15h ngày 16/8/2021: "
LONG = LEAD + "lũy kế số người đã cài đặt là "  # 78 characters: the next word has no room


def mail(body: str | bytes, transfer: str = "8bit", kind: str = "text/plain", more: str = ""):
    head = (
        "From: a@b.example\r\nSubject: BC\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {kind}; charset=utf-8{more}\r\n"
        f"Content-Transfer-Encoding: {transfer}\r\n\r\n"
    )
    return head.encode() + (body if isinstance(body, bytes) else body.encode())


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.found) for f in report.findings]


@pytest.mark.parametrize(
    ("torn", "count"),
    [
        (LONG + "1\n250 người.", 1250),
        (LONG + "1.\n250 người.", 1250),
        (LONG + "12\n345 người, trong ngày 45.", 12345),
        (LONG + "1\n250 người đã cài, tăng 12.", 1250),
        (LEAD + "trong ngày cài mới 12 máy, lũy\nkế 1.250 người.", 1250),
        (LEAD + "đến nay trên địa bàn xã cài được 1.250/\n4.000 người.", 1250),
    ],
)
def test_a_number_that_had_no_room_on_its_line_goes_on_in_the_next(read, torn, count):
    report = read(mail(torn), "BC.eml")

    assert (report.unit_code, str(report.report_date)) == ("21643", "2021-08-16")
    assert report.facts["numerator_cumulative"] == count
    assert not [f for f in report.findings if f.rule != "over_denominator"]


@pytest.mark.parametrize(
    ("torn", "parts"),
    [
        ("Xã Hoài Sơn 16/8: lũy kế 1\n250 người", "1 | 250"),  # a short line, ended by hand
        ("Xã Hoài Sơn 16/8: lũy kế 1.\n250 người", "1. | 250"),
        ("Xã Hoài Sơn 16/8: lũy kế 1. 250 người", "1. | 250"),
        (LONG + "1.2\n50 người", "1.2 | 50"),
        (LONG + "12\n50 người", "12 | 50"),
    ],
)
def test_a_break_that_leaves_two_readings_is_low_and_said_with_both(read, torn, parts):
    report = read(torn.encode(), "zalo.txt")

    assert (report.facts["numerator_cumulative"], report.reading_confidence) == (1250, "low")
    assert found(report) == [("reading_low_confidence", parts)]


def test_two_numbers_that_words_call_two_things_stay_two(read):
    report = read("Xã Hoài Sơn 16/8: lũy kế 45\n320 người có smartphone".encode(), "zalo.txt")

    assert report.facts["numerator_cumulative"] == 45
    assert report.facts["denominator_reported"] == 320


def test_numbers_on_lines_of_their_own_are_not_joined(read):
    report = read("Xã Hoài Sơn 16/8\nTrong ngày: 12\nLũy kế:\n250".encode(), "zalo.txt")

    assert (report.facts["numerator_new"], report.facts["numerator_cumulative"]) == (12, 250)
    assert report.findings == ()


@pytest.mark.parametrize(
    "torn",
    [
        "UBND xã Hoài Sơn báo cáo đến 15h ngày 16 tháng\n8 năm 2021: lũy kế 1.250 người.",
        "UBND xã Hoài Sơn báo cáo đến 15h ngày 16\ntháng 8 năm 2021: lũy kế 1.250 người.",
        "UBND xã Hoài Sơn báo cáo đến 15h ngày 16/\n8: lũy kế 1.250 người.",
        "UBND xã Hoài Sơn báo cáo đến 15h ngày\n16/8/2021: lũy kế 1.250 người.",
        "UBND xã Hoài Sơn báo cáo ngày 16/8/2021 đến 15\ngiờ: lũy kế 1.250 người.",
        "UBND xã Hoài\nSơn báo cáo đến 15h ngày 16/8/2021: lũy kế 1.250 người.",
        "Theo CV\n1169, UBND xã Hoài Sơn báo cáo ngày 16/8/2021: lũy kế 1.250 người.",
        "UBND xã Hoài Sơn (0912 345\n678) báo cáo ngày 16/8/2021: lũy kế 1.250 người.",
    ],
)
def test_a_day_an_hour_a_name_or_a_phone_over_two_lines_is_one(read, torn):
    report = read(mail(torn), "BC.eml")

    assert (report.unit_code, str(report.report_date)) == ("21643", "2021-08-16")
    assert (report.facts["numerator_cumulative"], report.findings) == (1250, ())


def test_the_longest_name_is_taken_over_a_break(read):
    report = read("UBND phường Tam Quan\nBắc ngày 16/8: lũy kế 5.000".encode(), "zalo.txt")

    assert report.unit_code == "21655"


# What the mail itself says of its breaks

FLOWED = "; format=flowed"


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (LEAD + "lũy kế 1 \n250 người.", FLOWED),
        (LEAD + "lũy kế số người cài \nđặt là 1.250 người.", FLOWED),
        (LEAD + "lũy kế 1.2 \n50 người.", FLOWED + "; delsp=yes"),
        (" From xã gửi:\n" + LEAD + "lũy kế \n1.250 người.", FLOWED),
    ],
)
def test_soft_breaks_of_a_flowed_mail_are_taken_back(read, body, more):
    report = read(mail(body, more=more), "BC.eml")

    assert (report.facts["numerator_cumulative"], report.findings) == (1250, ())


def test_lines_below_a_soft_break_keep_their_numbers(read):
    body = "Kính gửi Phòng Văn hóa \nvà Thông tin.\n\n" + LEAD + "lũy kế 1.250 người."
    report = read(mail(body, more=FLOWED), "BC.eml")

    assert report.sources["numerator_cumulative"] == "line 4"


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
def test_breaks_of_the_transfer_are_none_of_the_text(read, transfer):
    encode = quopri.encodestring if transfer == "quoted-printable" else base64.encodebytes
    report = read(mail(encode((LONG + "1.250 người.").encode()), transfer), "BC.eml")

    assert (report.facts["numerator_cumulative"], report.findings) == (1250, ())


def test_breaks_in_the_source_of_a_page_are_none_of_its_text(read):
    page = f"<html><body><p>{LEAD}lũy kế là 1\n250 người, trong ngày\n12</p></body></html>"
    report = read(mail(page, kind="text/html"), "BC.eml")

    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (1250, 12)
    assert report.findings == ()
