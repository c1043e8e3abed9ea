"""Letters and messages that repeat earlier ones; mailboxes with several letters."""

from email.message import EmailMessage

import pytest
from making import bare, people, workbook

from briefing.intake.readers.earlier import earlier_in

OLD = "UBND xã Hoài Sơn ngày 15/8: lũy kế 1.150"
NEW = "UBND xã Hoài Sơn ngày 16/8: lũy kế 1.250"
SIGN = "UBND xã Hoài Sơn <a@b.example>"
HEADS = {
    "Gmail": f"\nOn Sun, 15 Aug 2021 at 16:02, {SIGN} wrote:\n\n> ",
    "Gmail, broken": "\nOn Sun, 15 Aug 2021 at 16:02, UBND xã Hoài Sơn\n<a@b.example> wrote:\n\n> ",
    "Gmail in Vietnamese": f"\nVào 16:02, CN, 15 thg 8, 2021 {SIGN} đã viết:\n> ",
    "Outlook": f"\n________________________________\nFrom: {SIGN}\n"
    "Sent: Sunday, August 15, 2021 4:02 PM\nTo: b@c.example\nSubject: BC\n\n",
    "Outlook in Vietnamese": f"\nTừ: {SIGN}\nĐã gửi: 15 Tháng Tám 2021 16:02\nTới: b@c.example\n"
    "Chủ đề: Báo cáo\n\n",
    "original": "\n-----Original Message-----\nFrom: a\nSent: 15/8/2021 16:02\nTo: b\n"
    "Subject: BC\n\n",
    "forwarded": f"\n---------- Forwarded message ---------\nTừ: {SIGN}\n"
    "Date: CN, 15 thg 8, 2021 lúc 16:02\nSubject: BC\nTo: <b@c.example>\n\n",
}


def letter(text: str, subtype: str = "plain", subject: str = "Re: BC") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "van phong <vp@example.vn>", subject
    mail.set_content(text, subtype=subtype)
    return mail


def told(report) -> tuple:
    rules = [finding.rule for finding in report.findings]
    return str(report.report_date), report.facts.get("numerator_cumulative"), rules


@pytest.mark.parametrize("head", HEADS)
def test_the_newest_text_counts_and_the_earlier_figure_is_not_todays(read, head):
    assert told(read(bytes(letter(NEW + "\n" + HEADS[head] + OLD)), "BC.eml")) == (
        "2021-08-16", 1250, [],
    )  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("old", [OLD, "UBND xã Hoài Sơn: lũy kế 1.150"])
def test_a_report_that_is_only_sent_again_is_read_of_its_own_day_and_said(read, head, old):
    """Its day is the one that it says, or else that of the earlier letter."""
    assert told(read(bytes(letter("em gửi lại ạ\n" + HEADS[head] + old)), "BC.eml")) == (
        "2021-08-15", 1150, ["report_quoted"],
    )  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_a_nil_report_over_an_earlier_one_is_of_today(read, head):
    text = "Dạ xã Hoài Sơn hôm nay 16/8 không phát sinh ạ\n" + HEADS[head] + OLD

    assert told(read(bytes(letter(text)), "BC.eml")) == ("2021-08-16", None, ["nil_report"])


def test_an_answer_may_stand_below_what_it_repeats(read):
    text = f"On Sun, 15 Aug 2021, A wrote:\n> {OLD}\n\n{NEW}"

    assert told(read(bytes(letter(text)), "BC.eml")) == ("2021-08-16", 1250, [])


PAGES = {
    "Gmail": '<div>{0}</div><div class="gmail_quote"><div>Vào CN, 15 thg 8, 2021 A đã viết:<br>'
    "</div><blockquote>{1}</blockquote></div>",
    "Outlook": '<div>{0}</div><div style="border-top:solid"><p><b>From:</b> A<br><b>Sent:</b> '
    "Sunday, August 15, 2021 4:02 PM<br><b>To:</b> B<br><b>Subject:</b> BC</p></div><p>{1}</p>",
    "lines": "{0}<br>-----Original Message-----<br>{1}",
}


@pytest.mark.parametrize("page", PAGES)
def test_of_a_page_too_the_newest_text_counts(read, page):
    new = letter(f"<html><body>{PAGES[page].format(NEW, OLD)}</body></html>", "html")
    again = letter(f"<html><body>{PAGES[page].format('em gửi lại ạ', OLD)}</body></html>", "html")

    assert told(read(bytes(new), "BC.eml")) == ("2021-08-16", 1250, [])
    assert told(read(bytes(again), "BC.eml")) == ("2021-08-15", 1150, ["report_quoted"])


def test_a_table_of_an_earlier_letter_is_read_where_nothing_newer_is_said(reader):
    cells = "".join(
        "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>"
        for row in bare(people([45, 38, 52]))
    )
    table = f"<p>UBND phường Bồng Sơn, ngày 15/8/2021</p><table>{cells}</table>"
    page = "<html><body><p>{}</p><blockquote>" + table + "</blockquote></body></html>"
    (again,) = reader.read(bytes(letter(page.format("em gửi lại ạ"), "html")), "BC.eml")
    (new,) = reader.read(bytes(letter(page.format(NEW), "html")), "BC.eml")

    assert told(again) == ("2021-08-15", 135, ["report_quoted"])
    assert told(new) == ("2021-08-16", 1250, [])


def test_an_attached_report_goes_before_the_letter_that_is_repeated(reader):
    mail = letter("em gửi lại ạ\n" + HEADS["original"] + OLD)
    sheet = workbook([["UBND PHƯỜNG BỒNG SƠN"], ["Ngày 16/8/2021"], *bare(people([45, 38, 52]))])
    mail.add_attachment(sheet, "application", "octet-stream", filename="BC.xlsx")

    assert [told(report) for report in reader.read(bytes(mail), "BC.eml")] == [
        ("2021-08-16", 135, []),
    ]  # fmt: skip


def test_a_letter_saved_as_text_is_no_repeated_one(read):
    text = (
        f"Từ: {SIGN}\nĐã gửi: 16/8/2021 14:30\nTới: b@c.example\nChủ đề: BC\n\nlũy kế 1.250 người"
    )
    report = read(text.encode(), "thu.txt")

    assert report.unit_code == "21643" and told(report) == ("2021-08-16", 1250, [])


# Mailboxes


def mailbox(*texts: str) -> bytes:
    return b"".join(
        b"From a@b.example Mon Aug 16 14:30:00 2021\n" + bytes(letter(text)) + b"\n"
        for text in texts
    )


def test_each_letter_of_a_mailbox_is_a_member_with_its_own_report(reader):
    other = "UBND xã Hoài Mỹ ngày 16/8: lũy kế 2.700"
    reports = reader.read(mailbox(NEW, other), "BC.mbox")

    assert [(r.member, r.unit_code, *told(r)[:2]) for r in reports] == [
        ("mail 1.eml/body.txt", "21643", "2021-08-16", 1250),
        ("mail 2.eml/body.txt", "21682", "2021-08-16", 2700),
    ]


def test_a_letter_of_a_mailbox_that_is_no_report_is_said(reader):
    reports = reader.read(mailbox(NEW, "Cảm ơn anh chị."), "BC.mbox")

    assert [told(r)[2] for r in reports] == [[], ["form_unknown"]]


def test_a_line_that_begins_with_from_parts_no_letter(read):
    content = mailbox(NEW + "\nFrom xã gửi").replace(b"\nFrom x", b"\n>From x")
    report = read(content, "BC.mbox")

    assert (report.member, told(report)) == ("body.txt", ("2021-08-16", 1250, []))


LETTERHEAD = ["From: An", "Sent: 15/8/2021", "To: Binh", "Subject: BC"]


@pytest.mark.parametrize(("labels", "earlier"), [(3, True), (2, False)])
def test_three_labels_together_are_the_head_of_an_earlier_letter(labels, earlier):
    lines = ["Lũy kế 5.432", "", *LETTERHEAD[:labels], "", "Lũy kế 5.000"]

    assert (earlier_in(lines) is not None) == earlier
