"""E-mails: their attachments, their text, and what in them is no report."""

import io
import unicodedata
import zipfile
from email.message import EmailMessage

import pytest
from making import bare, mau02, people, word, workbook
from tests.corpus.makers.compound import compound

from briefing.intake.readers import unpack
from briefing.intake.readers.archives import Member

REPORT = workbook(mau02(people([45, 38, 52])))
NAME = "BC Bồng Sơn 16-8.xlsx"
ALIEN = {"maintype": "application", "subtype": "octet-stream"}


def letter(subject: str = "Báo cáo", text: str | None = "Kính gửi báo cáo.") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "van phong <vp@example.vn>"
    mail["Subject"] = subject
    if text is not None:
        mail.set_content(text)
    return mail


def with_report(name: str = NAME, **kind: str) -> EmailMessage:
    mail = letter()
    mail.add_attachment(REPORT, filename=name, **(kind or ALIEN))
    return mail


def members(mail: EmailMessage | bytes, file: str = "thu.eml") -> list[Member]:
    return list(unpack(mail if isinstance(mail, bytes) else bytes(mail), file))


def test_an_attachment_is_read_under_its_own_name(reader):
    (report,) = reader.read(bytes(with_report()), "16-8/thu.eml")

    assert report.member == NAME and report.unit_code == "21640"
    assert report.facts["numerator_cumulative"] == 135


def test_the_subject_says_the_unit_and_the_day_where_nothing_else_does(reader):
    mail = letter("BC phường Bồng Sơn ngày 16/8")
    mail.add_attachment(workbook(bare(people([45, 38, 52]))), filename="Book1.xlsx", **ALIEN)
    (report,) = reader.read(bytes(mail), "thu.eml")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")


@pytest.mark.parametrize("mark", ["Re:", "RE :", "Trả lời:", "TL:"])
def test_the_subject_of_an_answer_says_the_unit_but_not_the_day(reader, mark):
    text = "Báo cáo ngày 18/8: lũy kế 3.120 người đã cài Bluezone"
    (report,) = reader.read(bytes(letter(f"{mark} BC phường Bồng Sơn 16/8/2021", text)), "thu.eml")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-18")
    assert report.findings == ()


def test_a_letter_without_a_report_beside_one_is_not_held_against_it(reader):
    reports = reader.read(bytes(with_report()), "thu.eml")

    assert [report.form for report in reports] == ["mau02"]


def test_a_letter_alone_that_is_no_report_is_a_finding(reader):
    (report,) = reader.read(bytes(letter()), "thu.eml")

    assert [f.rule for f in report.findings] == ["form_unknown"]
    assert report.member == "body.txt"


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1258"])
def test_the_text_of_a_letter_is_its_first_member(transfer, charset):
    text = "Số liệu: lũy kế 5.432" if charset == "utf-8" else "Đương, luy kê 5.432"
    mail = letter(text=None)
    mail.set_content(text, charset=charset, cte=transfer)
    (body,) = members(mail)

    assert (body.path, body.content.decode().strip(), body.optional) == ("body.txt", text, False)


ENCODED_NAMES = {
    "RFC 2231": "filename*=UTF-8''BC%20B%E1%BB%93ng%20S%C6%A1n.xlsx",
    "in pieces": "filename*0*=UTF-8''BC%20B%E1%BB%93ng; filename*1*=%20S%C6%A1n.xlsx",
    "RFC 2047": 'filename="=?UTF-8?B?QkMgQuG7k25nIFPGoW4ueGxzeA==?="',
    "bare UTF-8": 'filename="BC Bồng Sơn.xlsx"',
}


@pytest.mark.parametrize("way", ENCODED_NAMES)
def test_the_name_of_an_attachment_is_told_however_it_is_written(way):
    raw = (
        "Subject: x\r\nMIME-Version: 1.0\r\n"
        "Content-Type: application/octet-stream\r\n"
        f"Content-Disposition: attachment; {ENCODED_NAMES[way]}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\n"
    ).encode()
    (member,) = members(raw)

    assert unicodedata.normalize("NFC", member.path) == "BC Bồng Sơn.xlsx"
    assert member.content == b"ABC"


def test_a_name_cannot_lead_out_of_the_letter():
    assert members(with_report("../../etc/BC.xlsx"))[1].path == "etc/BC.xlsx"


def test_two_attachments_of_one_name_keep_two_addresses():
    mail = with_report("a.xlsx")
    mail.add_attachment(REPORT, filename="a.xlsx", **ALIEN)

    assert [member.path for member in members(mail)] == ["body.txt", "a.xlsx", "2/a.xlsx"]


def test_an_attachment_without_a_name_gets_one_of_its_kind():
    mail = letter()
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf")

    assert members(mail)[1].path == "1.pdf"


def test_the_picture_of_a_signature_is_no_report_and_a_photo_is_a_member():
    mail = letter()
    logo, photo = b"\x89PNG\r\n" + b"x" * 500, b"\xff\xd8\xff" + b"x" * 90_000
    mail.add_attachment(logo, "image", "png", filename="logo.png", disposition="inline")
    mail.add_attachment(photo, "image", "jpeg", filename="anh QR.jpg")

    assert [member.path for member in members(mail)] == ["body.txt", "anh QR.jpg"]


@pytest.mark.parametrize(("size", "kept"), [(29_999, False), (30_000, True)])
def test_a_picture_in_the_text_is_a_signatures_below_thirty_thousand_bytes(size, kept):
    mail = letter()
    picture = b"\x89PNG\r\n".ljust(size, b"x")
    mail.add_attachment(picture, "image", "png", filename="anh.png", disposition="inline")

    assert ("anh.png" in [member.path for member in members(mail)]) == kept


def test_a_forwarded_letter_is_opened_too(reader):
    mail = letter("Fwd: báo cáo")
    mail.add_attachment(with_report())
    (report,) = reader.read(bytes(mail), "thu.eml")

    assert report.member == f"Báo cáo.eml/{NAME}"
    assert report.facts["numerator_cumulative"] == 135


def test_an_archive_in_a_letter_is_opened(reader):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("BC Bồng Sơn.xlsx", REPORT)
    mail = letter()
    mail.add_attachment(stream.getvalue(), "application", "zip", filename="BC.zip")
    (report,) = reader.read(bytes(mail), "thu.eml")

    assert report.member == "BC.zip/BC Bồng Sơn.xlsx"


def test_a_table_pasted_into_the_letter_is_read_as_one(reader):
    rows = bare(people([45, 38, 52]))
    cells = "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in rows
    )
    mail = letter("UBND phường Bồng Sơn báo cáo ngày 16/8", "xem bảng")
    mail.add_alternative(f"<p>Kính gửi</p><table>{cells}</table>", subtype="html")
    (report,) = reader.read(bytes(mail), "thu.eml")

    assert report.member == "body.html" and report.facts["numerator_cumulative"] == 135
    assert "table 1, row 2, column 5" in report.sources["numerator_cumulative"]


def test_of_two_versions_of_a_text_the_plain_one_is_read():
    mail = letter(text="lũy kế 5.432")
    mail.add_alternative("<p>lũy kế <b>5.432</b></p>", subtype="html")

    assert [member.path for member in members(mail)] == ["body.txt"]


@pytest.mark.parametrize(
    "mark",
    ["Vào 17:00, 15 thg 8, 2021 Phòng VHTT đã viết:", "-----Original Message-----", "> "],
)
def test_the_older_letter_that_an_answer_repeats_is_not_its_text(mark):
    text = f"lũy kế 5.432\n{mark}\n> lũy kế 5.000"
    own, whole = members(letter("Re: báo cáo", text))

    assert own.content.decode().split() == ["lũy", "kế", "5.432"]
    assert "5.000" in whole.content.decode() and (own.earlier, whole.earlier) == (False, True)


def test_a_quoted_page_is_left_out_of_an_answer():
    mail = letter("Re: báo cáo", None)
    mail.set_content("<p>5.432</p><blockquote><p>5.000</p></blockquote>", subtype="html")
    own, whole = members(mail)

    assert b"5.432" in own.content and b"5.000" not in own.content
    assert b"5.000" in whole.content and whole.earlier


def test_a_letter_with_nothing_in_it_is_a_finding(reader):
    (report,) = reader.read(b"Subject: x\r\nMIME-Version: 1.0\r\n\r\n", "thu.eml")

    assert [f.rule for f in report.findings] == ["empty_report"]


@pytest.mark.parametrize(
    "content",
    [
        compound({"__properties_version1.0": b"\1" * 600}),
        b"\x78\x9f\x3e\x22" + b"\0\1" * 50,
    ],
)
def test_a_letter_of_outlook_says_how_to_send_what_is_in_it(reader, content):
    (report,) = reader.read(content, "thu.msg")
    (finding,) = report.findings

    assert finding.rule == "file_unreadable" and "Outlook" in str(finding.message)
    assert "tệp đính kèm" in str(finding.suggestion)


def test_an_unknown_set_of_letters_and_broken_heads_are_no_error():
    raw = (
        b"From: \xff\xfe\r\nSubject: =?x-unknown?Q?=FF?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=x-unknown\r\n\r\nB\xc3\xa1o c\xc3\xa1o\r\n"
    )
    (body,) = members(raw)

    assert body.content.decode().strip() == "Báo cáo"


def test_a_document_attached_is_what_it_is_though_its_name_lost_its_ending(reader):
    mail = letter()
    mail.add_attachment(word("Kế hoạch"), filename="ke hoach", **ALIEN)
    (report,) = reader.read(bytes(mail), "thu.eml")

    assert [(f.rule, f.where) for f in report.findings] == [("form_unknown", "ke hoach")]
