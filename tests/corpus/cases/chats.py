"""Messages about several units at a time, and numbers that are said roughly."""

from __future__ import annotations

from tests.corpus.case import Report, daily
from tests.corpus.cases.told import count, told

DUC, SON, TQN, TQB = "21685", "21643", "21658", "21655"


def unread(unit: str, where: str) -> Report:
    """A unit that is named, without a number that can be read."""
    return daily(None, ("number_unreadable", where), unit=unit, phones=None)


def roughly(numerator: int, unit: str, where: str, *bare: str) -> Report:
    found = [("number_approximate", where)]
    found += [("reading_low_confidence", where)] if bare else []
    return daily(numerator, *found, unit=unit, phones=None, confidence="low")


def unnamed(numerator: int, unit: str, where: str) -> Report:
    """A number that nothing calls a cumulative."""
    return daily(numerator, ("reading_low_confidence", where), unit=unit, phones=None)


ROUGH = [
    told(
        "thousands-in-words-and-by-a-letter",
        ["Hoài Sơn ngày 16/8: lk khoảng 2,7 nghìn", "Phường Bồng Sơn 16/8: 4.3k"],
        roughly(2700, SON, "line 1"),
        roughly(4300, "21640", "line 2", "bare"),
    ),
    told("thousands-and-hundreds", "Bồng Sơn 16/8 lk 3k2", roughly(3200, "21640", "line 1")),
    told("whole-thousands", "Bồng Sơn 16/8 lk 4k", roughly(4000, "21640", "line 1")),
    told("thousands-of-a-whole", "P. Bồng Sơn 16/8 lk 5k432", unread("21640", "line 1")),
    told("thousands-twice", "Bồng Sơn 16/8 lk 5432k", unread("21640", "line 1")),
    told("half-a-thousand", "Bồng Sơn 16/8 lk 2 ngàn rưỡi", unread("21640", "line 1")),
]
NAMED = [
    told(
        "the-man-in-a-name",
        "Tam Quan Bắc 16/8 đã cài 5 498 người đạt 52,6 %. Tam Quan Nam 3204",
        count(5498, TQB),
        unnamed(3204, TQN, "line 1"),
    ),
    told(
        "named-without-a-figure",
        ["Ngày 16/8 lk", "Bồng Sơn 5432", "Hoài Đức 45/3210/7169", "Hoài Sơn hơn nghìn",
         "Hoài Mỹ: 5tr", "Hoài Hải: ..."],
        count(5432),
        *(unread(DUC, "line 3"), unread(SON, "line 4"), unread("21682", "line 5")),
        unread("21676", "line 6"),
    ),
    told(
        "not-reported-says-another",
        "Bồng Sơn 16/8 lk 5432; Hoài Đức chưa báo cáo",
        count(5432),
    ),
]  # fmt: skip
LISTS = [
    told(
        "numbered-list",
        ["lk 16/8:", "1. Bồng Sơn: 4.350", "2. Hoài Đức: 3.210", "3. X. Hoài Sơn: 2.000"],
        count(4350), count(3210, DUC), count(2000, SON),
    ),
    told(
        "numbered-list-in-one-line",
        "Ngày 16/8: 1. Bồng Sơn: lk 4.350 2. Hoài Đức: lk 3.210; 3) Hoài Sơn: lk 1200",
        count(4350), count(3210, DUC), count(1200, SON),
    ),
    told(
        "numbers-without-a-sign",
        ["16/8 lk", "1 Bồng Sơn 5432", "2 Hoài Đức 3210"],
        count(5432), count(3210, DUC),
    ),
    told(
        "figures-first",
        ["16/8 lk", "5432 Bồng Sơn", "3210 người Hoài Đức"],
        count(5432), count(3210, DUC),
    ),
    told(
        "small-figures-that-end-sentences",
        "16/8: Bồng Sơn lk 45. Hoài Đức lk 46.",
        count(45), count(46, DUC),
    ),
]  # fmt: skip

CASES = [*ROUGH, *NAMED, *LISTS]
