"""An inbox as an office keeps it, with workbooks typed to the form."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from briefing.intake.packing import packed
from briefing.params import Campaign
from briefing.register import Arrival, Register, scan
from briefing.register.arrivals import Scan
from briefing.register.view import View, view_of
from tests.tables.tiny import campaign, moment

HEAD = [
    "STT",
    "Họ và tên",
    "Địa chỉ (thôn, khu phố)",
    "Số điện thoại",
    "Lũy kế đến thời điểm hiện tại",
]
PEOPLE = ["Nguyễn Thị Ánh Tuyết", "Trần Quốc Khánh", "Lê Hoàng Phúc", "Phạm Thị Mộng Cầm"]
PHONES = ["0912345678", "0987654321", "0905123456", "0935987654"]


def ingest(register: Register, arrival: Arrival, content: bytes) -> bool:
    """Read a content that is not kept yet, in this process; whether it was read."""
    if not register.lacks(arrival):
        return False
    register.keep(arrival, packed(register.reader.read(content, arrival.path)))
    return True


@dataclass(frozen=True)
class Office:
    """A folder with params, an inbox and a register."""

    folder: Path
    campaign: Campaign

    @classmethod
    def open(cls, folder: Path) -> Office:
        (folder / "inbox").mkdir()
        return cls(folder, campaign(folder))

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def register(self) -> Register:
        """The register as a new process finds it."""
        return Register(self.folder / "register", self.campaign)

    def put(self, name: str, content: bytes, at: str) -> Path:
        """A file in the inbox, last written at `at` (see `moment`)."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written = moment(at).timestamp()
        os.utime(path, (written, written))
        return path

    def workbook(self, name: str, unit: str, about: int, counts: Iterable[int], at: str) -> Path:
        """A Mẫu 02 of this unit; one row a person, phones and names from the lists above."""
        book = Workbook()
        sheet = book.active
        for line in (
            ["ỦY BAN NHÂN DÂN"],
            [unit.upper()],
            ["BÁO CÁO HÀNG NGÀY"],
            [f"(ngày {about} tháng 8 năm 2021)"],
            HEAD,
        ):
            sheet.append(line)
        for n, count in enumerate(counts):
            sheet.append([n + 1, PEOPLE[n], f"Thôn {n + 1}", PHONES[n], count])
        path = self.put(name, b"", at)
        book.save(path)
        return self.put(name, path.read_bytes(), at)

    def received(self, *lines: str, encoding: str = "utf-8-sig") -> None:
        text = "\n".join(["path,received_at", *lines])
        (self.inbox / "received.csv").write_bytes(text.encode(encoding))

    def scan(self) -> Scan:
        return scan(self.inbox, self.register.arrivals(), self.campaign.tz)

    def ingest(self) -> int:
        """A run's first stage; how many files had to be parsed."""
        register = self.register
        taken: list[bool] = []
        with register.alone():
            found = scan(
                self.inbox,
                register.arrivals(),
                self.campaign.tz,
                lambda arrival, content: taken.append(ingest(register, arrival, content)),
            )
            register.record(found.arrivals)
        return sum(taken)

    def view(self, as_of: str | None = None) -> View:
        at = moment(as_of) if as_of else None
        return view_of(self.register.submissions(self.scan().arrivals, at), self.register)

    def times(self) -> dict[str, datetime]:
        return {arrival.path: arrival.received_at for arrival in self.scan().arrivals}
