"""Drafts of mails: to whom, with what attached, nothing of anybody else, the same each time."""

from __future__ import annotations

import shutil
from email.message import EmailMessage
from io import BytesIO

import openpyxl
import pytest

from briefing.errors import ParamsError
from briefing.params import Campaign
from tests.correspondence.desk import BAD_PHONE, Desk, faulty, sound
from tests.tables.tiny import BINH, CAT


def attached(draft: EmailMessage) -> dict[str, bytes]:
    return {part.get_filename(): part.get_content() for part in draft.iter_attachments()}


def with_addresses(desk: Desk, **addresses: str) -> None:
    """Addresses in a further column of the units of params."""
    path = next((desk.office.folder / "params").glob("communes.csv"))
    head, *rows = path.read_text("utf-8-sig").splitlines()
    lines = [f"{row},{addresses.get(row.split(',')[0], '')}" for row in rows]
    path.write_text("\n".join([f"{head},email", *lines]), "utf-8")


@pytest.mark.slow
def test_who_has_something_to_correct_gets_his_marked_file_and_nothing_else(desk):
    desk.put("BC Bình Minh.xlsx", faulty("Xã Bình Minh"))
    desk.put("BC An Bình.xlsx", faulty("Xã An Bình"))

    draft = desk.drafts("16 16:00")[BINH]

    ((name, content),) = attached(draft).items()
    assert name == "BC Bình Minh (cần sửa).xlsx"
    book = openpyxl.load_workbook(BytesIO(content))
    assert any(sheet[BAD_PHONE].comment for sheet in book)
    text = draft.get_body().get_content()
    assert text.startswith("Kính gửi xã Bình Minh,") and f"Gửi kèm: {name}" in text
    assert "An Bình" not in text and "An Bình" not in draft["Subject"]


def test_who_has_not_reported_gets_the_form_to_fill_in(desk):
    draft = desk.drafts("16 16:00")[CAT]

    ((name, content),) = attached(draft).items()
    assert name == "Mẫu 02 - Xã Cát Tường.xlsx"
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames
    assert draft["Subject"] == "Chiến dịch nhỏ ngày 16/8/2021: Xã Cát Tường – chưa báo cáo"


@pytest.mark.slow
def test_a_draft_is_addressed_where_the_address_is_known_and_is_never_sent_by_itself(desk):
    with_addresses(desk, **{BINH: "vp@binhminh.example; ct@binhminh.example"})

    drafts = desk.drafts("16 16:00")

    assert drafts[BINH]["To"] == "vp@binhminh.example, ct@binhminh.example"
    assert drafts[CAT]["To"] is None
    for draft in drafts.values():
        assert draft["X-Unsent"] == "1" and not draft["Date"] and not draft["From"]
        assert not draft.defects


@pytest.mark.slow
def test_whose_report_is_in_order_gets_no_mail(desk):
    desk.put("BC Bình Minh.xlsx", sound("Xã Bình Minh"))

    assert BINH not in desk.drafts("16 14:30")


@pytest.mark.slow
def test_the_same_day_gives_the_same_bytes(desk):
    desk.put("BC Bình Minh.xlsx", faulty("Xã Bình Minh"))
    folder = desk.office.folder / "mail"

    def made() -> dict[str, bytes]:
        shutil.rmtree(desk.returns, ignore_errors=True)
        desk.drafts("16 16:00")
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert made() == made()


def test_what_is_no_address_is_told_with_its_line(desk):
    with_addresses(desk, **{BINH: "vp at binhminh"})

    with pytest.raises(ParamsError, match=r"communes\.csv.*“vp at binhminh” không phải là"):
        Campaign.load(desk.office.folder / "params")
