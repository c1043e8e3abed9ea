"""Rows that are no data: totals, sums of hamlets, groups, notes, signatures."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.corpus.case import Case, daily
from tests.corpus.cases.truths import ROWS, book
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import Formula
from tests.corpus.paper import (
    FIRST,
    bare,
    changed,
    dated,
    form,
)

E = f"Sheet1!E{FIRST + 3}"  # under Lũy kế, in the row after three rows of data
TOTAL = ["Tổng cộng", None, None, None, 135]
GROUPED = [
    ["I", "Khu phố 1", None, None, 83],
    *ROWS[:2],
    ["II", "Khu phố 2", None, None, 52],
    ROWS[2],
    TOTAL,
]
SUBTOTALS = [
    *ROWS[:2],
    ["Cộng khu phố 1", None, None, None, 83],
    ROWS[2],
    ["Cộng khu phố 2", None, None, None, 52],
    TOTAL,
]


def labelled(name: str, *label: Any) -> Case:
    """A row of totals under other words than those of the form; it adds up."""
    row = [*label, *[None] * (4 - len(label)), 135]
    return book(f"total-labelled-{name}", form([*ROWS, row]))


LABELS = [
    labelled("with-a-typo", "Tông cộng"),
    labelled("as-a-number", "Tổng số"),
    labelled("as-the-whole", "TOÀN PHƯỜNG"),
    labelled("in-capitals-with-a-colon", "CỘNG:"),
    labelled("beside-the-number", None, "Tổng cộng"),
    labelled("not-at-all"),
    book(
        "total-not-labelled-does-not-add-up",
        form([*ROWS, [*[None] * 4, 130]]),
        daily(135, ("total_mismatch", f"Sheet1!E{FIRST + 3}")),
    ),
]

BESIDES = [
    book("total-below", form([*ROWS, TOTAL])),
    book("total-above", form([TOTAL, *ROWS])),
    book(
        "total-of-a-formula-with-its-value",
        form([*ROWS, [*TOTAL[:4], Formula("SUM(E10:E12)", 135)]]),
    ),
    book(
        "total-of-a-formula-without-its-value", form([*ROWS, [*TOTAL[:4], Formula("SUM(E10:E12)")]])
    ),
    book(
        "total-of-a-formula-that-sums-too-few",
        form([*ROWS, [*TOTAL[:4], Formula("SUM(E10:E11)", 83)]]),
        daily(135, ("total_mismatch", E)),
    ),
    book(
        "total-does-not-add-up", form([*ROWS, [*TOTAL[:4], 153]]), daily(135, ("total_mismatch", E))
    ),
    book(
        "total-above-does-not-add-up",
        form([[*TOTAL[:4], 153], *ROWS]),
        daily(135, ("total_mismatch", f"Sheet1!E{FIRST}")),
    ),
    book(
        "total-in-a-merged-row",
        form([*ROWS, ["TỔNG CỘNG", None, None, None, "135 người"]]),
        merge=[f"A{FIRST + 3}:D{FIRST + 3}"],
    ),
    book(
        "total-in-an-error",
        form([*ROWS, [*TOTAL[:4], "#REF!"]]),
        daily(135, allowed=("number_unreadable",)),
    ),
    book("subtotals-of-places", form(SUBTOTALS)),
    book("groups-with-their-sums", form(GROUPED)),
    book("groups-without-sums", form([["Khu phố 1"], *ROWS[:2], ["Khu phố 2"], ROWS[2]])),
    book(
        "notes-under-the-table",
        form(
            [
                *ROWS,
                ["Ghi chú: số liệu tính đến 15h00 ngày 16/8/2021"],
                ["* Còn 12 hộ đi vắng, 5 hộ không có điện thoại thông minh"],
            ]
        ),
    ),
    book(
        "signer-with-a-phone",
        form(
            ROWS,
            after=[[], [None, "Người lập biểu"], [None, "Trần Thị B"], [None, "SĐT: 0912345678"]],
        ),
    ),
    book(
        "signers-beside-each-other",
        form(
            ROWS,
            after=[
                ["NGƯỜI LẬP BIỂU", None, None, "KT. CHỦ TỊCH"],
                [None, None, None, "PHÓ CHỦ TỊCH"],
                [],
                ["Lê Thị C", None, None, "Phạm Văn D"],
            ],
        ),
    ),
    book(
        "names-that-sound-like-totals",
        form(changed(ROWS, (0, 1, "Tống Văn Cộng"), (1, 1, "Công Tằng Tổng"))),
    ),
    book(
        "remarks-with-numbers-under-the-total",
        form(
            [
                *ROWS,
                TOTAL,
                [None, "Trong đó: nữ", None, None, 70],
                [None, "So với hôm qua tăng", None, None, 12],
            ]
        ),
    ),
    Case(
        "total-does-not-add-up-in-word",
        "a.docx",
        partial(docx, "UBND PHƯỜNG BỒNG SƠN", dated(16), bare([*ROWS, [*TOTAL[:4], 153]])),
        (daily(135, ("total_mismatch", "table 1, row 5, column 5")),),
    ),
    Case(
        "total-does-not-add-up-in-csv",
        "BC Bong Son 16-8.csv",
        partial(delimited, bare([*ROWS, [*TOTAL[:4], 153]]), by=";"),
        (daily(135, ("total_mismatch", "line 5, column 5")),),
    ),
]

CASES = [*BESIDES, *LABELS]
