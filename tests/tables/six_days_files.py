"""The campaign of `six_days` as an inbox: workbooks and documents filled in as the forms are."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from tests.intake.making import mau01_lines, mau02, name, phone, word, workbook
from tests.tables.six_days import BODIES, Sent
from tests.tables.tiny import NAMES, moment

DAMAGED = b"PK\x03\x04 cut short"
SENDERS = {**NAMES, **{code: said for code, said, _sector in BODIES}}


def path_of(one: Sent) -> str:
    """A file's name as senders write it: who, about which day, and when it was saved."""
    if not one.about:
        return f"Mẫu 01/{SENDERS[one.sender]} {one.at.replace(':', 'h')}.docx"
    return f"{one.about}-8/Xã {SENDERS[one.sender]} {one.about}-8 ({one.at.replace(':', 'h')}).xlsx"


def fill(inbox: Path, sent: Iterable[Sent], named: Callable[[Sent], str] = path_of) -> None:
    """Put the files into an inbox, with a `received.csv` that says when each came."""
    put(inbox, {named(one): (content(one), one.at) for one in sent})


def put(inbox: Path, files: dict[str, tuple[bytes, str]]) -> None:
    """Path → content and the moment when it came."""
    for path, (held, _at) in files.items():
        (inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (inbox / path).write_bytes(held)
    with (inbox / "received.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        times = [[path, moment(at).isoformat()] for path, (_held, at) in files.items()]
        csv.writer(stream).writerows([["path", "received_at"], *times])


@cache
def content(one: Sent) -> bytes:
    """The file's bytes; made once, since a workbook holds the moment of its making."""
    if one.counts is None:
        return DAMAGED
    return workbook(sheet(one)) if one.about else _body(one)


def sheet(one: Sent) -> list:
    """Mẫu 02 with one row for each campaigner: the same persons every day."""
    first = 10 * [*SENDERS].index(one.sender)
    rows = [
        [n + 1, name(first + n), f"Thôn {n // 2 + 1}", phone(first + n), count]
        for n, count in enumerate(one.counts or ())
    ]
    when = f"ngày {one.about} tháng 8 năm 2021"
    unit = f"XÃ {SENDERS[one.sender].upper()}"
    return mau02(rows, unit=unit, signed=f"Đây, {when}", day=f"({when})")


def _body(one: Sent) -> bytes:
    lines = mau01_lines(body=(SENDERS[one.sender].upper(),))
    answers = zip(("45", "43", "40"), one.counts or (), strict=True)
    changed = {f": {old}": f": {new}" for old, new in answers}
    return word(
        *(
            next((line.replace(old, changed[old]) for old in changed if line.endswith(old)), line)
            for line in lines
        )
    )
