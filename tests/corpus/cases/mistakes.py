"""Files with many mistakes at once: each has to be found at its own cell, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.corpus.case import ANYWHERE, Case, Report, daily
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.mail import archive
from tests.corpus.makers.pdf import pdf
from tests.corpus.makers.word import Inside, docx
from tests.corpus.makers.workbooks import ods, xls, xlsb, xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    HEAD,
    MOTTO,
    NATION,
    TITLES,
    bare,
    changed,
    dated,
    form,
    moved,
    people,
    phone,
)

COUNTS = [45, 38, 52, 17, 60, 29, 33, 41, 26, 48]
SEEDED = [  # row from 0, field (column of the form from 0), what stands there, what is said
    (0, 3, "09123", "phone_invalid"),
    (1, 4, "abc", "number_unreadable"),
    (2, 1, None, "name_missing"),
    (3, 3, None, "phone_missing"),
    (4, 3, "01679123456", "phone_converted"),
    (5, 3, 981234705, "phone_zero_restored"),  # the sixth person's own number
    (6, 2, "Thôn Không Có", "place_unknown"),
    (7, 3, phone(6), "phone_duplicate"),
    (8, 4, None, "number_unreadable"),
    (9, 4, "khoảng 48", "number_approximate"),
]
ROWS = changed(people(COUNTS), *((row, field, value) for row, field, value, _rule in SEEDED))
SUM = sum(COUNTS) - 38 - 26  # 325: the two counts that can't be read are left out
TOTAL = ["Tổng cộng", None, None, None, 400]
TABLE = [*ROWS, TOTAL]
PHONES = 7  # ten rows, without the wrong one, the missing one and the one that stands there twice

Address = Callable[[int, int], str]  # row from 0 of the data, field from 0


def truth(at: Address, order: list[int] | None = None, *also: tuple[str, str]) -> Report:
    """Each mistake at its place; `order`: the form's columns as they stand in the file."""
    column = (order or list(range(5))).index
    found = [(rule, at(row, column(field))) for row, field, _value, rule in SEEDED]
    return daily(SUM, *found, ("total_mismatch", at(10, column(4))), *also, phones=PHONES)


def in_sheet(down: int = 0, right: int = 0, sheet: str = "Sheet1") -> Address:
    return lambda row, column: (
        f"{sheet}!{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column + right]}{FIRST + row + down}"
    )


def in_table(number: str, first: int = 2, page: str = "") -> Address:
    return lambda row, column: f"{page}table {number}, row {row + first}, column {column + 1}"


def in_text(first: int) -> Address:
    return lambda row, column: f"line {row + first}, column {column + 1}"


def reordered(rows: list[list[Any]], order: list[int]) -> list[list[Any]]:
    """Rows with their columns in another order; the label of the total stays in front."""
    label = [[row[i] for i in order] for row in rows]
    if rows[-1] is TOTAL:
        label[-1][order.index(0)], label[-1][order.index(1)] = None, "Tổng cộng"
    return label


ORDER = [1, 3, 2, 4, 0]
MIXED = form(reordered(TABLE, ORDER), head=[HEAD[i] for i in ORDER])
LETTERHEAD = ["ỦY BAN NHÂN DÂN", "PHƯỜNG BỒNG SƠN", NATION, MOTTO, *TITLES, dated(16)]
LAYOUT = [["ỦY BAN NHÂN DÂN\nPHƯỜNG BỒNG SƠN", f"{NATION}\n{MOTTO}"]]

CASES = [
    Case("many-xlsx", FILE, partial(xlsx, form(TABLE)), (truth(in_sheet()),)),
    Case(
        "many-xlsx-far-down",
        FILE,
        partial(xlsx, moved(form(TABLE), down=17)),
        (truth(in_sheet(17)),),
    ),
    Case(
        "many-xlsx-far-right",
        FILE,
        partial(xlsx, moved(form(TABLE), right=5)),
        (truth(in_sheet(0, 5)),),
    ),
    Case("many-xlsx-columns-mixed", FILE, partial(xlsx, MIXED), (truth(in_sheet(), ORDER),)),
    Case(
        "many-xlsx-columns-mixed-far-down-and-right",
        FILE,
        partial(xlsx, moved(MIXED, down=9, right=3)),
        (truth(in_sheet(9, 3), ORDER),),
    ),
    Case(
        "many-xlsx-second-sheet",
        "a.xlsx",
        partial(xlsx, {"Hướng dẫn": [["Điền vào trang sau"]], "Báo cáo": form(TABLE)}),
        (truth(in_sheet(sheet="Báo cáo")),),
    ),
    Case(
        "many-xlsx-rows-filtered",
        FILE,
        partial(
            xlsx,
            form(TABLE),
            hidden=[FIRST + 1, FIRST + 3],
            filtered=f"A{FIRST - 1}:E{FIRST + 9}",
        ),
        (truth(in_sheet(), None, ("rows_hidden", ANYWHERE)),),
    ),
    Case(
        "many-xlsx-under-a-merged-heading",
        FILE,
        partial(xlsx, [["(Mẫu 02)"], *form(TABLE)], merge=["A1:E1", "A6:E6"]),
        (truth(in_sheet(1)),),
    ),
    Case("many-xlsm", "a.xlsm", partial(xlsx, form(TABLE), macros=True), (truth(in_sheet()),)),
    Case(
        "many-xls",
        "a.xls",
        partial(xls, moved(form(TABLE), down=2, right=1)),
        (truth(in_sheet(2, 1)),),
    ),
    Case(
        "many-xlsb",
        "a.xlsb",
        partial(xlsb, moved(form(TABLE), down=2, right=1)),
        (truth(in_sheet(2, 1)),),
    ),
    Case(
        "many-ods",
        "a.ods",
        partial(ods, moved(form(TABLE), down=2, right=1)),
        (truth(in_sheet(2, 1)),),
    ),
    Case("many-csv", "a.csv", partial(delimited, form(TABLE), by=";"), (truth(in_text(FIRST)),)),
    Case(
        "many-csv-columns-mixed",
        "a.csv",
        partial(delimited, MIXED, by=",", encoding="utf-8"),
        (truth(in_text(FIRST), ORDER),),
    ),
    Case(
        "many-csv-windows-1258",
        "a.csv",
        partial(delimited, form(TABLE), by=";", encoding="cp1258"),
        (truth(in_text(FIRST)),),
    ),
    Case(
        "many-tsv",
        "a.tsv",
        partial(delimited, form(TABLE), by="\t", encoding="utf-16-le"),
        (truth(in_text(FIRST)),),
    ),
    Case("many-docx", "a.docx", partial(docx, *LETTERHEAD, bare(TABLE)), (truth(in_table("1")),)),
    Case(
        "many-docx-columns-mixed",
        "a.docx",
        partial(docx, *LETTERHEAD, bare(reordered(TABLE, ORDER), [HEAD[i] for i in ORDER])),
        (truth(in_table("1"), ORDER),),
    ),
    Case(
        "many-docx-second-table",
        "a.docx",
        partial(docx, LAYOUT, *TITLES, dated(16), bare(TABLE)),
        (truth(in_table("2")),),
    ),
    Case(
        "many-docx-inside-a-table",
        "a.docx",
        partial(docx, *LETTERHEAD, Inside(bare(TABLE))),
        (truth(in_table("1.1")),),
    ),
    Case(
        "many-pdf",
        "a.pdf",
        partial(pdf, LETTERHEAD, bare(TABLE)),
        (truth(in_table("1", page="page 1, ")),),
    ),
    Case(
        "many-in-a-zip",
        "a.zip",
        lambda: archive({"bao cao.xlsx": xlsx(form(TABLE))}),
        (truth(in_sheet()),),
    ),
]
