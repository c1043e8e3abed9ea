"""Messages as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from tests.corpus.case import UNIT, Case, Report, daily, one_of
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import xlsx


def told(name: str, said: str | Sequence[str], *expected: Report, file: str = "zalo.txt") -> Case:
    lines = [said] if isinstance(said, str) else said
    return Case(f"message-{name}", file, lambda: "\n".join(lines).encode(), expected)


def count(numerator: int, unit: str = UNIT, **kwargs: Any) -> Report:
    return daily(numerator, unit=unit, phones=None, **kwargs)


DUC, QUAN = "21685", "21637"
MESSAGES = [
    told("terse", "Bồng Sơn: 5432/10130 (53,6%)", count(5432), file="zalo 16-8.txt"),
    told("lk", "P Bồng Sơn 16/8 LK 5432", count(5432)),
    told("initials", "BS báo cáo 16/8: LK 5.432", count(5432)),
    told(
        "list-of-units",
        ["Báo cáo ngày 16/8/2021", "1. Bồng Sơn: 5.432/10.130", "2. Hoài Đức: 3.210/7.169"],
        count(5432),
        count(3210, DUC),
    ),
    told(
        "day-and-cumulative",
        "UBND phường Hoài Đức báo cáo 16/8: trong ngày 45, lũy kế 3210",
        count(3210, DUC, new=45),
    ),
    told(
        "new-of-people",
        "Hoài Đức ngày 16/8: cài mới 45 người, lũy kế 3.210 người/7.169 người có smartphone",
        count(3210, DUC, new=45),
    ),
    told(
        "increase-in-brackets",
        "UBND phường Tam Quan 16/8: lũy kế 5.000 (tăng 45 so với hôm qua)",
        daily(5000, unit=QUAN, phones=None, new=one_of(45, None)),
    ),
    told(
        "two-days-of-one-unit",
        [
            "UBND phường Hoài Đức báo cáo đến 15h ngày 16/8: lũy kế 3.210/7.169",
            "UBND phường Hoài Đức báo cáo đến 15h ngày 17/8: lũy kế 3.310/7.169",
        ],
        count(3210, DUC),
        count(3310, DUC, day="2021-08-17"),
    ),
    told(
        "english-separators",
        "Phường Bồng Sơn đến 15h00' ngày 16/8/2021 đã cài 5,432 / 10,130 người, đạt 53.6 %",
        count(5432),
    ),
    told(
        "target-is-no-result",
        "Phường Bồng Sơn ngày 16/8: chỉ tiêu 60%, đã cài 5432 người, đạt 53,6%",
        count(5432),
    ),
    told(
        "phone-is-no-count",
        "UBND P. Bồng Sơn báo cáo 16/8, lũy kế 5.432. LH: 0912345678 (A. Nam)",
        count(5432),
    ),
    told(
        "longest-name",
        "UBND phường Tam Quan Bắc báo cáo đến 15h ngày 16/8: lũy kế 5.000/10.453",
        count(5000, "21655"),
    ),
    told(
        "of-another-district",
        "UBND xã Ân Hảo Tây báo cáo đến 15h ngày 16/8: lũy kế 2.000/4.000",
        daily(2000, ("unit_unknown", "line 1"), unit=None, phones=None),
    ),
    told(
        "without-a-day",
        "UBND phường Tam Quan báo cáo: lũy kế 5.000/6.702",
        daily(
            5000,
            one_of(("date_missing", "zalo.txt"), ("date_missing", "line 1")),
            unit=QUAN,
            day=None,
            phones=None,
        ),
    ),
]

LINES = [
    "- Tổng số người có điện thoại thông minh: 10.130",
    "- Số người đã cài đặt lũy kế: 5.432",
    "- Số cài mới trong ngày: 45",
    "- Tỷ lệ: 53,6%",
]
PAIRS = [
    ["Số người có smartphone", 10130],
    ["Số người đã cài lũy kế", 5432],
    ["Trong ngày", 45],
    ["Tỷ lệ", "53,6%"],
]
SAID = count(5432, new=45)
ELSEWHERE = [  # the same words where a table was asked for
    Case(
        "prose-in-word",
        "a.docx",
        partial(
            docx,
            *["ỦY BAN NHÂN DÂN", "PHƯỜNG BỒNG SƠN", "BÁO CÁO"],
            "Kết quả cài đặt ứng dụng Bluezone (ngày 16/8/2021)",
            "Tính đến 15h00 ngày 16/8/2021, trên địa bàn phường có 5.432/10.130 người có điện "
            "thoại thông minh đã cài đặt, đạt 53,6%.",
        ),
        (count(5432),),
    ),
    Case(
        "lines-of-a-unit-in-word",
        "a.docx",
        partial(docx, "UBND PHƯỜNG BỒNG SƠN", "BÁO CÁO ngày 16/8/2021", *LINES),
        (SAID,),
    ),
    Case(
        "lines-of-a-unit-in-a-message",
        "zalo.txt",
        lambda: "\n".join(["UBND PHƯỜNG BỒNG SƠN", "BÁO CÁO ngày 16/8/2021", *LINES]).encode(),
        (SAID,),
    ),
    Case(
        "pairs-of-a-unit-in-a-sheet",
        "a.xlsx",
        partial(xlsx, [["UBND PHƯỜNG BỒNG SƠN"], ["Ngày 16/8/2021"], *PAIRS]),
        (SAID,),
    ),
    Case(
        "prose-in-rich-text",
        "a.rtf",
        lambda: (
            b"{\\rtf1\\ansi UBND PHUONG BONG SON\\par ngay 16/8/2021\\par luy ke 5432/10130\\par}"
        ),
        (count(5432),),
        slow=True,  # LibreOffice opens it
        needs=("soffice",),
    ),
]

CASES = [*MESSAGES, *ELSEWHERE]
