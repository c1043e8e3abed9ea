"""The analyst's desk: reports come into an inbox, and what goes back lies in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from openpyxl import Workbook, load_workbook

from briefing.correspondence.letters import Letter
from briefing.correspondence.mail import write_mail
from briefing.correspondence.receipts import receipts
from briefing.correspondence.reminders import reminders
from briefing.correspondence.returns import to_return
from briefing.correspondence.sending import Sent, write_returns
from briefing.forms.folder import form_to
from briefing.params import RunParams
from briefing.run.day import day_of
from briefing.run.snapshot import take_snapshot
from briefing.tables import Day
from tests.intake.making import mau02, people, phone, workbook
from tests.register.office import Office
from tests.tables.tiny import moment

PLACES = ("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4")
COUNTS = (9, 4, 12, 3, 7, 5)
BAD_PHONE, BAD_COUNT = "D14", "E16"  # cells of `faulty`


def faulty(unit: str, about: int = 16, counts: Sequence[Any] = COUNTS) -> list:
    """A Mẫu 02 with a phone of five digits in D14 and a count in words in E16."""
    rows = members(unit, counts)
    rows[2][3], rows[4][4] = "09123", "mười"
    return sheet(unit, rows, about)


def sound(unit: str, about: int = 16, counts: Sequence[Any] = COUNTS) -> list:
    return sheet(unit, members(unit, counts), about)


def members(unit: str, counts: Sequence[Any]) -> list:
    """Rows of people whose phones stand in no other unit's report."""
    first = 50 * (crc32(unit.encode()) % 1000)
    rows = people(counts, places=PLACES)
    return [[*row[:3], phone(first + n), *row[4:]] for n, row in enumerate(rows)]


def sheet(unit: str, rows: list, about: int = 16) -> list:
    return mau02(
        rows, unit=unit.upper(), signed=f"Đây, ngày {about} tháng 8 năm 2021",
        day=f"(ngày {about} tháng 8 năm 2021)",
    )  # fmt: skip


@dataclass(frozen=True)
class Desk:
    office: Office

    def put(self, name: str, content: bytes | list | dict, at: str = "16 14:00") -> Path:
        """A file in the inbox: bytes, or the rows of a sheet, or several sheets."""
        made = content if isinstance(content, bytes) else workbook(content)
        return self.office.put(name, made, at)

    def day(self, about: int = 16, at: str | None = None) -> Day:
        """The tables of a day; `at`: when the inbox is looked at, else long after."""
        run = self.run(about)
        snapshot = take_snapshot(run)
        return day_of(run, replace(snapshot, at=self.moment(at)) if at else snapshot)

    def run(self, about: int) -> RunParams:
        folder = self.office.folder
        return RunParams.checked(
            {
                "report_date": f"2021-08-{about}",
                "inbox": str(self.office.inbox),
                "outputs": str(folder / "outputs"),
                "params": str(folder / "params"),
            }
        )

    def send(self, about: int = 16) -> list[Sent]:
        """What goes back with a day, written below `returns/`."""
        day = self.day(about)
        return write_returns(to_return(day), self.office.inbox, day.campaign, self.returns)

    def sent_one(self, about: int = 16) -> Sent:
        (one,) = self.send(about)
        return one

    def drafts(self, at: str, about: int = 16) -> dict[str, EmailMessage]:
        """The drafts of mails of a day, as a mail program opens them, by the addressee's code."""
        day, sent = self.day(about, at), self.send(about)
        folder = self.office.folder / "mail"
        folder.mkdir(exist_ok=True)
        letters = reminders(day, sent, self.moment(at))
        form_of = partial(form_to, day.campaign, day=day.date)
        return {
            path.stem: message_from_bytes(path.read_bytes(), policy=default)
            for path in write_mail(day, letters, sent, folder, form_of)
        }

    def reminders(self, at: str, about: int = 16) -> list[Letter]:
        return reminders(self.day(about, at), self.send(about), self.moment(at))

    def receipts(self, at: str, about: int = 16) -> list[Letter]:
        return receipts(self.day(about, at), self.moment(at))

    @property
    def returns(self) -> Path:
        return self.office.folder / "returns"

    @staticmethod
    def moment(at: str) -> datetime:
        return moment(at).to_pydatetime()


def opened(sent: Sent) -> Workbook:
    return load_workbook(sent.path)


def texts(book: Workbook) -> set[str]:
    """Every text of a workbook's cells and comments."""
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    return {str(c.value) for c in cells if c.value is not None} | {
        c.comment.text for c in cells if c.comment
    }


def list_rows(book: Workbook) -> list[tuple[str, ...]]:
    """The remarks on the list: place, found, what is wrong, what to do."""
    rows = [*book.worksheets[0].iter_rows(values_only=True)]
    head = next(i for i, row in enumerate(rows) if row[0] == "Số")
    return [row[1:5] for row in rows[head + 1 :] if isinstance(row[0], int)]
