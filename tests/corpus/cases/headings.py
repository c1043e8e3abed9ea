"""Columns by their headings: every wording, order, height, and none at all."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import partial
from typing import Any

from tests.corpus.case import ANYWHERE, Case, daily, one_of
from tests.corpus.cases.truths import OFF, ROWS, book, off, vectors
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import ods
from tests.corpus.paper import (
    FILE,
    FIRST,
    HEAD,
    HEAD_ROW,
    SIGNED,
    changed,
    dated,
    form,
    moved,
    people,
    top,
)


def _aliases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in vectors("header_aliases.csv"):
        if row["kind"] != "legacy_encoding":
            found[row["field"]].append(row["alias"])
    return found


def _heads() -> list[list[str]]:
    """Each known wording of each heading once; where a field has fewer, the first again."""
    known = _aliases()
    fields = [known[f] for f in ("stt", "ho_ten", "dia_chi", "so_dien_thoai", "luy_ke")]
    return [[f[i] if i < len(f) else f[0] for f in fields] for i in range(max(map(len, fields)))]


WORDINGS = [
    book(
        f"heading-wording-{i}",
        form(OFF, head=head),
        off(f"Sheet1!D{FIRST + 1}", f"Sheet1!E{FIRST + 2}"),
    )
    for i, head in enumerate(_heads(), start=1)
]


def ordered(order: list[int]) -> list[list[Any]]:
    return form([[row[i] for i in order] for row in OFF], head=[HEAD[i] for i in order])


DAY_HEAD = [*HEAD[:4], "Trong ngày", "Lũy kế"]
DAY_ROWS = [[*row[:4], new, row[4]] for row, new in zip(ROWS, [3, 0, 4], strict=True)]
BORN = [[*row[:2], dt.date(1980 + i, 8, 15 + i), *row[2:]] for i, row in enumerate(OFF)]
TWO_ROWS = [
    ["STT", "Họ và tên", "Địa chỉ", "Số điện thoại", "Kết quả cài đặt", None],
    [None, None, None, None, "Trong ngày", "Lũy kế"],
]
THREE_ROWS = [
    ["STT", "Thông tin người thực hiện", None, None, "Kết quả cài đặt Bluezone", None],
    [None, "Họ và tên", "Địa chỉ (thôn, khu phố)", "SĐT", "Trong ngày", "Lũy kế đến nay"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
]
NEW = daily(135, new=7)


def under(heads: list[list[Any]], rows: list[list[Any]]) -> list[list[Any]]:
    return [*top(), *heads, *rows, *SIGNED]


PAGES = people([40 + 7 * i % 23 for i in range(12)])  # 7i mod 23 for i<12 adds up to 117
PAGED = [*PAGES[:5], HEAD, *PAGES[5:10], HEAD, *PAGES[10:]]

HEADINGS = [
    book(
        "columns-reversed",
        ordered([4, 3, 2, 1, 0]),
        off(f"Sheet1!B{FIRST + 1}", f"Sheet1!A{FIRST + 2}"),
    ),
    book(
        "columns-phone-first",
        ordered([3, 1, 4, 2, 0]),
        off(f"Sheet1!A{FIRST + 1}", f"Sheet1!C{FIRST + 2}"),
    ),
    book(
        "columns-without-numbers",
        ordered([1, 2, 3, 4]),
        off(f"Sheet1!C{FIRST + 1}", f"Sheet1!D{FIRST + 2}"),
    ),
    book(
        "column-of-birthdays-is-no-day",
        form(BORN, head=[*HEAD[:2], "Ngày sinh", *HEAD[2:]]),
        off(f"Sheet1!E{FIRST + 1}", f"Sheet1!F{FIRST + 2}"),
    ),
    book(
        "column-of-identity-cards-is-no-phone",
        form(
            [[*row[:3], f"0520{i:08d}", *row[3:], None] for i, row in enumerate(OFF)],
            head=[*HEAD[:3], "Số CCCD", *HEAD[3:], "Ghi chú"],
        ),
        off(f"Sheet1!E{FIRST + 1}", f"Sheet1!F{FIRST + 2}"),
    ),
    book(
        "column-of-all-households-is-no-cumulative",
        form(
            [[*row[:4], 90 + i, row[4]] for i, row in enumerate(OFF)],
            head=[*HEAD[:4], "Tổng số hộ", "Lũy kế"],
        ),
        off(f"Sheet1!D{FIRST + 1}", f"Sheet1!F{FIRST + 2}"),
    ),
    book(
        "column-of-remarks-before-the-cumulative",
        form([[*row[:4], "đã nhắc", row[4]] for row in OFF], head=[*HEAD[:4], "Ghi chú", "Lũy kế"]),
        off(f"Sheet1!D{FIRST + 1}", f"Sheet1!F{FIRST + 2}"),
    ),
    book("column-of-the-day", form(DAY_ROWS, head=DAY_HEAD), NEW),
    book(
        "column-of-the-day-after",
        form([[*r[:4], r[5], r[4]] for r in DAY_ROWS], head=[*HEAD[:4], "Lũy kế", "Số cài mới"]),
        NEW,
    ),
    book(
        "heading-of-two-rows",
        under(TWO_ROWS, DAY_ROWS),
        NEW,
        merge=["A9:A10", "B9:B10", "C9:C10", "D9:D10", "E9:F9"],
    ),
    book(
        "heading-of-three-rows",
        under(THREE_ROWS, DAY_ROWS),
        NEW,
        merge=["A9:A10", "B9:D9", "E9:F9"],
    ),
    Case(
        "heading-of-two-rows-in-ods",
        "a.ods",
        partial(
            ods, under(TWO_ROWS, DAY_ROWS), merge=["A9:A10", "B9:B10", "C9:C10", "D9:D10", "E9:F9"]
        ),
        (NEW,),
    ),
    Case(
        "heading-of-two-rows-in-word",
        "a.docx",
        partial(
            docx,
            "UBND PHƯỜNG BỒNG SƠN",
            dated(16),
            [*TWO_ROWS, *DAY_ROWS],
            merge=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 1, 3), (0, 4, 0, 5)],
        ),
        (NEW,),
    ),
    book("heading-on-every-page", form(PAGED), daily(597, phones=12)),
    book(
        "heading-on-every-page-and-mistakes",
        form(changed(PAGED, (8, 3, "0912"), (12, 4, "abc"))),
        daily(
            597 - PAGES[10][4],
            ("phone_invalid", f"Sheet1!D{FIRST + 8}"),
            ("number_unreadable", f"Sheet1!E{FIRST + 12}"),
            phones=11,
        ),
    ),
    book(
        "heading-in-two-lines-of-a-cell",
        form(
            ROWS,
            head=[
                "STT",
                "Họ\nvà tên",
                "Địa chỉ\n(thôn, khu phố)",
                "Số\nđiện thoại",
                "Lũy kế đến\nthời điểm hiện tại",
            ],
        ),
    ),
    book(
        "heading-with-stray-spaces",
        form(
            ROWS,
            head=[
                " STT ",
                "HỌ  VÀ  TÊN",
                "ĐỊA CHỈ\u00a0(THÔN, KHU PHỐ)",
                "SỐ ĐIỆN THOẠI ",
                "LUỸ KẾ  ĐẾN THỜI ĐIỂM HIỆN TẠI",
            ],
        ),
    ),
    book(
        "heading-with-a-typo",
        form(ROWS, head=["STT", "Họ và tên", "Địa chỉ", "Số điện thọai", "Lũy kế"]),
    ),
]

NO_HEAD = daily(
    135,
    one_of(*(("header_missing", w) for w in (f"Sheet1!A{HEAD_ROW}", f"Sheet1!E{HEAD_ROW}", FILE))),
    confidence="low",
    allowed=("reading_low_confidence",),
)
NO_HEADS = [
    book("heading-missing", [*top(), *ROWS, *SIGNED], NO_HEAD),
    Case(
        "heading-missing-in-csv",
        "BC Bong Son 16-8.csv",
        partial(delimited, ROWS, by=";"),
        (
            daily(
                135,
                ("header_missing", ANYWHERE),
                confidence="low",
                allowed=("reading_low_confidence",),
            ),
        ),
    ),
    book(
        "heading-missing-columns-otherwise",
        [*top(), *[[r[1], r[3], r[2], r[4]] for r in people([45, 38, 52, 61, 17])], *SIGNED],
        daily(
            213,
            ("header_missing", ANYWHERE),
            phones=5,
            confidence="low",
            allowed=("reading_low_confidence",),
        ),
    ),
    book(
        "heading-missing-and-a-phone-wrong",
        [*top(), *changed(people([45, 38, 52, 61, 17]), (2, 3, "09123")), *SIGNED],
        daily(
            213,
            ("header_missing", ANYWHERE),
            ("phone_invalid", f"Sheet1!D{HEAD_ROW + 2}"),
            phones=4,
            confidence="low",
            allowed=("reading_low_confidence",),
        ),
    ),
]

OFFSETS = [
    book(
        "table-far-down",
        moved(form(OFF), down=30),
        off(f"Sheet1!D{FIRST + 31}", f"Sheet1!E{FIRST + 32}"),
    ),
    book(
        "table-far-right",
        moved(form(OFF), right=6),
        off(f"Sheet1!J{FIRST + 1}", f"Sheet1!K{FIRST + 2}"),
    ),
    book(
        "table-beyond-column-z",
        moved(form(OFF), right=27),
        off(f"Sheet1!AE{FIRST + 1}", f"Sheet1!AF{FIRST + 2}"),
    ),
    book(
        "table-under-a-long-letterhead",
        [["(Mẫu 02)"], ["Số: 12/BC-UBND"], *form(OFF)],
        off(f"Sheet1!D{FIRST + 3}", f"Sheet1!E{FIRST + 4}"),
    ),
    book(
        "sheet-with-a-name-of-words",
        {"Báo cáo (1)": form(OFF)},
        off(f"Báo cáo (1)!D{FIRST + 1}", f"Báo cáo (1)!E{FIRST + 2}"),
    ),
    book(
        "blank-rows-between-the-rows",
        form([OFF[0], [], [], OFF[1], [], OFF[2]]),
        off(f"Sheet1!D{FIRST + 3}", f"Sheet1!E{FIRST + 5}"),
    ),
    book("numbered-rows-left-blank", form([*ROWS, [4], [5], [6]])),
]

CASES = [*WORDINGS, *HEADINGS, *NO_HEADS, *OFFSETS]
