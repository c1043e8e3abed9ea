"""Several reports in one file: sheets, tables, columns of days, rows of communes."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import Any

from tests.corpus.case import Case, daily, one_of
from tests.corpus.cases.truths import GOOD, OFF, ROWS, book, off
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.mail import archive
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import xls, xlsx
from tests.corpus.paper import (
    FIRST,
    HEAD,
    HEAD_ROW,
    bare,
    changed,
    dated,
    form,
    name,
    people,
    phone,
)

PLACES_OF = {
    "21685": ["Khu phố Bình Chương", "Khu phố Diễn Khánh", "Khu phố Lại Khánh"],
    "21682": ["Thôn An Nghiệp", "Thôn Công Lương", "Thôn Định Công"],
    "21643": ["Thôn An Đỗ", "Thôn An Hội", "Thôn Cẩn Hậu"],
}
DUC = people([10, 20, 31], places=PLACES_OF["21685"])  # 61
SEVENTEEN = people([50, 40, 60])  # 150, the same persons a day later
LATER = daily(150, day="2021-08-17")
OF_DUC = daily(61, unit="21685")
STACKED = [*form(ROWS, after=[[]]), [], *form(SEVENTEEN, day=17)]
STACKED_OFF = [*form(OFF, after=[[]]), [], *form(changed(SEVENTEEN, (0, 3, "0912")), day=17)]
SECOND = FIRST + 3 + 2 + HEAD_ROW  # row of the first data of the second table: 24
DAY_COLUMN = [["STT", "Ngày", *HEAD[1:]]] + [
    [i, f"{day}/8/2021", *row[1:]]
    for i, (day, row) in enumerate(
        [*((16, r) for r in OFF), *((17, r) for r in SEVENTEEN)], start=1
    )
]
SIDE = [
    [*left, *[None] * (6 - len(left)), *right]
    for left, right in zip(
        form(ROWS, after=[]),
        form(DUC, unit="PHƯỜNG HOÀI ĐỨC", place="Hoài Đức", after=[]),
        strict=True,
    )
]
UNITS_HEAD = ["STT", "Đơn vị", "Số người có smartphone", "Lũy kế", "Tỷ lệ (%)"]
UNITS_TABLE = [
    [1, "Phường Bồng Sơn", 10130, 5432, "53,6%"],
    [2, "P. Hoài Đức", 7169, 3210, "44,8%"],
    [3, "Xã Hoài Mỹ", 6750, 2700, "40,0%"],
]
OF_UNITS = (
    daily(5432, phones=None),
    daily(3210, unit="21685", phones=None),
    daily(2700, unit="21682", phones=None),
)
WHOLE = [["UBND THỊ XÃ HOÀI NHƠN"], ["TỔNG HỢP SỐ LIỆU CÀI ĐẶT BLUEZONE"], [dated(16)], UNITS_HEAD]


def all_units() -> list[dict[str, str]]:
    from tests.corpus.paper import PARAMS

    with (PARAMS / "communes.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def of_all_units() -> bytes:
    return archive(
        {
            f"{row['unit_code']}.xlsx": xlsx(
                form(
                    [
                        [i, name(i), None, phone(i), count]
                        for i, count in enumerate((14, 9, 13), start=1)
                    ],
                    unit=row["full_name"].upper(),
                    place=row["name"],
                )
            )
            for row in all_units()
        }
    )


SEVERAL = [
    book(
        "sheets-of-two-days",
        {"16-8": form(ROWS), "17-8": form(SEVENTEEN, day=17)},
        GOOD,
        LATER,
        file="a.xlsx",
    ),
    book(
        "sheets-say-the-days",
        {"ngày 16-8": bare(ROWS), "ngày 17-8": bare(SEVENTEEN)},
        GOOD,
        LATER,
        file="BC Bong Son.xlsx",
    ),
    book(
        "sheets-of-units",
        {"Bồng Sơn": bare(ROWS), "Hoài Đức": bare(DUC)},
        GOOD,
        OF_DUC,
        file="tong hop 16-8.xlsx",
    ),
    book(
        "sheets-of-units-with-letterheads",
        {"Sheet1": form(ROWS), "Sheet2": form(DUC, unit="PHƯỜNG HOÀI ĐỨC", place="Hoài Đức")},
        GOOD,
        OF_DUC,
        file="tong hop.xlsx",
    ),
    book(
        "sheets-with-a-guide",
        {"Hướng dẫn": [["Điền đầy đủ các cột, không để trống."]], "Mẫu 02": form(ROWS)},
    ),
    Case(
        "sheets-of-two-days-in-xls",
        "a.xls",
        partial(xls, {"16-8": form(ROWS), "17-8": form(SEVENTEEN, day=17)}),
        (GOOD, LATER),
    ),
    book("tables-stacked-two-days", STACKED, GOOD, LATER, file="a.xlsx"),
    book(
        "tables-stacked-two-days-and-mistakes",
        STACKED_OFF,
        off(f"Sheet1!D{FIRST + 1}", f"Sheet1!E{FIRST + 2}"),
        daily(150, ("phone_invalid", f"Sheet1!D{SECOND}"), day="2021-08-17", phones=2),
        file="a.xlsx",
    ),
    book(
        "tables-stacked-two-units",
        [*form(ROWS, after=[[]]), *form(DUC, unit="PHƯỜNG HOÀI ĐỨC", place="Hoài Đức")],
        GOOD,
        OF_DUC,
        file="a.xlsx",
    ),
    book("tables-beside-each-other", SIDE, GOOD, OF_DUC, file="a.xlsx"),
    book(
        "column-of-days",
        [["UBND PHƯỜNG BỒNG SƠN"], *DAY_COLUMN],
        off("Sheet1!E4", "Sheet1!F5"),
        LATER,
        file="a.xlsx",
    ),
    Case(
        "tables-of-two-days-in-word",
        "a.docx",
        partial(
            docx,
            "UBND PHƯỜNG BỒNG SƠN",
            dated(16),
            bare(ROWS),
            "",
            "UBND PHƯỜNG BỒNG SƠN",
            dated(17),
            bare(SEVENTEEN),
        ),
        (GOOD, LATER),
    ),
    book("a-row-per-unit", [*WHOLE, *UNITS_TABLE], *OF_UNITS, file="tong hop.xlsx"),
    book(
        "a-row-per-unit-with-its-total",
        [*WHOLE, *UNITS_TABLE, ["Tổng cộng", None, 24049, 11342, "47,2%"]],
        *OF_UNITS,
        file="tong hop.xlsx",
    ),
    book(
        "a-row-per-unit-one-foreign",
        [*WHOLE, *UNITS_TABLE[:2], [3, "Xã Ân Hảo Tây", 6750, 2700, "40%"]],
        *OF_UNITS[:2],
        daily(
            2700, one_of(*(("unit_unknown", f"Sheet1!{c}7") for c in "ABD")), unit=None, phones=None
        ),
        file="tong hop.xlsx",
    ),
    book(
        "a-row-per-unit-one-blank",
        [*WHOLE, *UNITS_TABLE[:2], [3, "Xã Hoài Mỹ", 6750, None, None]],
        *OF_UNITS[:2],
        daily(
            None,
            one_of(("number_unreadable", "Sheet1!D7"), ("empty_report", "Sheet1!D7")),
            unit="21682",
            phones=None,
        ),
        file="tong hop.xlsx",
    ),
    Case(
        "a-row-per-unit-in-csv",
        "tong hop.csv",
        partial(delimited, [*WHOLE, *UNITS_TABLE], by=";"),
        OF_UNITS,
    ),
    Case(
        "all-17-units-in-a-zip",
        "tat ca.zip",
        of_all_units,
        tuple(daily(36, unit=row["unit_code"]) for row in all_units()),
    ),
]

OTHERS = [[1, name(9), None, phone(9), 52]]  # one person of another commune
PERSONS = [
    [number, unit, row[1], None, *row[3:]]
    for number, (unit, row) in enumerate(
        zip(["Bồng Sơn", "Bồng Sơn", "Hoài Đức"], ROWS, strict=True), start=1
    )
]
MERGED_DAYS = [
    [number, day, *row[1:]]
    for number, (day, row) in enumerate(
        zip(["16/8", None, None, "17/8", None, None], [*ROWS, *SEVENTEEN], strict=True), start=1
    )
]
OF_BOTH = (daily(83, phones=2), daily(52, unit="21685", phones=1))


def with_hidden_sheet(sheets: dict[str, Any]) -> bytes:
    """The workbook with its first sheet hidden."""
    from openpyxl import load_workbook

    made, stream = load_workbook(io.BytesIO(xlsx(sheets))), io.BytesIO()
    made.worksheets[0].sheet_state = "hidden"
    made.active = 1
    made.save(stream)
    return stream.getvalue()


APART = [
    book(
        "column-of-units-and-a-row-per-person",
        [["Ngày 16/8/2021"], ["STT", "Xã/phường", *HEAD[1:]], *PERSONS],
        *OF_BOTH,
        file="tong hop.xlsx",
    ),
    book(
        "names-of-units-over-groups-of-rows",
        [
            *[["Ngày 16/8/2021"], HEAD, ["I. PHƯỜNG BỒNG SƠN"], *ROWS[:2]],
            *[["II. PHƯỜNG HOÀI ĐỨC"], *OTHERS],
        ],
        *OF_BOTH,
        file="tong hop.xlsx",
    ),
    book(
        "column-of-days-in-merged-cells",
        [["UBND PHƯỜNG BỒNG SƠN"], ["STT", "Ngày", *HEAD[1:]], *MERGED_DAYS],
        GOOD,
        LATER,
        file="a.xlsx",
        merge=["B3:B5", "B6:B8"],
    ),
    book(
        "sheet-copied-and-left",  # the same report twice: one of them is said to be too many
        {"Sheet1": form(ROWS), "Sheet1 (2)": form(ROWS)},
        daily(135, allowed=("report_repeated",)),
        daily(135, allowed=("report_repeated",)),
        file="a.xlsx",
    ),
    Case(
        "sheet-of-yesterday-hidden",
        "a.xlsx",
        lambda: with_hidden_sheet({"16-8": form(ROWS), "17-8": form(SEVENTEEN, day=17)}),
        (LATER,),
    ),
    Case(
        "sheet-of-choices-hidden",
        "a.xlsx",
        lambda: with_hidden_sheet({"DS": [["Khu phố 1"], ["Khu phố 2"]], "Mẫu 02": form(ROWS)}),
        (GOOD,),
    ),
    Case(
        "tables-of-two-units-in-word",
        "a.docx",
        partial(
            docx,
            *["UBND PHƯỜNG BỒNG SƠN", dated(16), bare(ROWS), ""],
            *["UBND PHƯỜNG HOÀI ĐỨC", dated(16), bare(DUC)],
        ),
        (GOOD, OF_DUC),
    ),
]

CASES = [*SEVERAL, *APART]
