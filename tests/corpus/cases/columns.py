"""Columns and totals as offices really make them."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import Case, daily, one_of
from tests.corpus.cases.truths import ROWS, book
from tests.corpus.makers.delimited import delimited
from tests.corpus.paper import (
    FIRST,
    HEAD,
    bare,
    changed,
    form,
    people,
    phone,
    top,
)

E = f"Sheet1!E{FIRST + 1}"


SHARES = [("Khu phố 1", 900, 400), ("Khu phố 2", 800, 520), ("Khu phố 3", 700, 300)]
OF_PLACES = [[i, *share, share[1] - share[2]] for i, share in enumerate(SHARES, start=1)]
UNDER_ONE = ["STT", "Họ và tên", "Địa chỉ", "SĐT", "Lũy kế", None]

COLUMNS = [
    book(
        "column-of-the-day-before",
        form(
            [[*r[:4], r[4] - 5, 5, r[4]] for r in ROWS],
            head=[*HEAD[:4], "Lũy kế đến hôm trước", "Trong ngày", "Lũy kế đến nay"],
        ),
        daily(135, new=15),
    ),
    book(
        "columns-of-two-days-the-later-counts",
        form(
            [[*r[:4], r[4] - 5, r[4]] for r in ROWS],
            head=[*HEAD[:4], "Lũy kế ngày 15/8", "Lũy kế ngày 16/8"],
        ),
    ),
    book(
        "column-of-those-who-have-not",
        form(
            OF_PLACES,
            head=["STT", "Khu phố", "Tổng số người có smartphone", "Đã cài đặt", "Chưa cài đặt"],
        ),
        daily(1220, phones=None),
    ),
    book(
        "columns-of-people-and-rate-under-one-heading",
        [*top(), UNDER_ONE, [*[None] * 4, "Số người", "Tỷ lệ %"], *[[*r, "45%"] for r in ROWS]],
        merge=["E9:F9"],
    ),
    book(
        "columns-of-rate-and-people-under-one-heading",
        [
            *[*top(), UNDER_ONE, [*[None] * 4, "Tỷ lệ %", "Số người"]],
            *[[*r[:4], "45%", r[4]] for r in ROWS],
        ],
        merge=["E9:F9"],
    ),
    book(
        "columns-of-two-phones",
        form(
            [[*r[:4], phone(50 + i), r[4]] for i, r in enumerate(ROWS)],
            head=[*HEAD[:3], "SĐT 1", "SĐT 2", "Lũy kế"],
        ),
    ),
    book(
        "heading-of-a-whole-sentence",
        form(ROWS, head=[*HEAD[:4], "Số người đã cài đặt Bluezone lũy kế đến 15h ngày 16/8/2021"]),
    ),
    book("numbers-of-rows-as-texts", form([[f"{r[0]:02}.", *r[1:]] for r in ROWS])),
    book(
        "total-with-a-rate-beside-it",
        form(
            [*[[*r, None] for r in ROWS], ["Tổng cộng", None, None, None, 135, "53,6%"]],
            head=[*HEAD, "Tỷ lệ"],
        ),
    ),
    book("total-alone", form([["Tổng cộng", None, None, None, 5432]]), daily(5432, phones=None)),
    book(
        "sums-of-pages",
        form(
            [
                *ROWS[:2],
                ["Cộng trang 1", None, None, None, 83],
                ["Mang sang", None, None, None, 83],
                ROWS[2],
                ["Tổng cộng", None, None, None, 135],
            ]
        ),
    ),
    book(
        "total-that-counts-what-cannot-be-read",
        form([*changed(ROWS, (1, 4, "?")), ["Tổng cộng", None, None, None, 135]]),
        daily(97, ("number_unreadable", E), ("total_mismatch", f"Sheet1!E{FIRST + 3}")),
    ),
    book(
        "count-merged-over-the-rows-of-a-place",
        form(changed(ROWS, (1, 4, None), (1, 2, None))),
        daily(97),
        merge=[f"E{FIRST}:E{FIRST + 1}", f"C{FIRST}:C{FIRST + 1}"],
    ),
    book(
        "ratio-of-more-than-all",
        form(people(["35/120", "130/120", "12/50"])),
        daily(177, one_of(("numerator_over_denominator", E), ("over_denominator", E))),
    ),
    book(
        "ratio-of-nothing",
        form(people(["35/120", "35/0", "12/50"])),
        daily(47, ("number_unreadable", E)),
    ),
    book("zeros-as-written", form(people([0, 0, 7])), daily(7)),
    Case(
        "csv-rows-of-unequal-length",
        "a.csv",
        lambda: (
            "UBND PHƯỜNG BỒNG SƠN\n(ngày 16/8/2021)\nSTT;Họ và tên;Địa chỉ;SĐT;Lũy kế\n"
            "1;Lê Thị Hà;Khu phố 1;0981234500;45\n2;Lê Văn An;Khu phố 2;0981234501;38;;;\n"
            "3;Võ Thu Linh;Khu phố 1\n"
        ).encode(),
        (
            daily(
                83,
                ("phone_missing", "line 6, column 4"),
                ("number_unreadable", "line 6, column 5"),
                phones=2,
            ),
        ),
    ),
    Case(
        "csv-of-commas-with-commas-in-quotes",
        "BC Bong Son 16-8.csv",
        partial(delimited, bare(changed(ROWS, (0, 1, "Nguyễn, Văn An"), (0, 4, "1,045")))),
        (daily(1135),),
    ),
]

CASES = COLUMNS
