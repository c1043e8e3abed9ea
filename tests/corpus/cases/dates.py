"""About which day a report is: in its title, its cells, its name, its folder."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.corpus.case import Case, daily, whole
from tests.corpus.cases.truths import ROWS, SILENT, book
from tests.corpus.paper import (
    bare,
    changed,
    form,
)


def day_case(
    name: str,
    line: Any,
    *findings: Any,
    day: str | None = "2021-08-16",
    file: str = "BC Bong Son.xlsx",
    **kwargs: Any,
) -> Case:
    """A report that says its day in one line (a text, or a row of cells)."""
    row = line if isinstance(line, list) else [line]
    return book(
        f"day-{name}",
        [["UBND PHƯỜNG BỒNG SƠN"], *SILENT, row, *bare(ROWS)],
        daily(135, *findings, day=day),
        file=file,
        **kwargs,
    )


AT = "Sheet1!A4"
DAYS = [
    day_case("in-words", "(ngày 16 tháng 8 năm 2021)"),
    day_case("short", "Ngày 16/8"),
    day_case("with-dots", "(16.8.2021)"),
    day_case("with-hyphens", "Ngày 16-8-2021"),
    day_case("of-the-week", "Thứ Hai, 16/8"),
    day_case("month-first", "Ngày báo cáo: 8/16/2021"),
    day_case("end-of-a-span", "Từ 15h ngày 15/8 đến 15h ngày 16/8/2021"),
    day_case("a-cell-of-its-own", ["Ngày báo cáo", dt.date(2021, 8, 16)]),
    day_case("a-cell-of-1904", ["Ngày báo cáo", dt.date(2021, 8, 16)], epoch=1904),
    day_case("a-text-in-a-cell", ["Ngày báo cáo:", "16/08/2021"]),
    day_case("a-serial-as-a-number", ["Ngày báo cáo", 44424]),
    day_case("a-serial-as-a-text", ["Ngày báo cáo", "44424"]),
    day_case("a-serial-of-1904", ["Ngày báo cáo", 42962]),
    day_case("in-the-name", "(ngày     tháng     năm 2021)", file="BC Bong Son 16-8.xlsx"),
    day_case(
        "in-the-name-eight-digits", "(ngày ... tháng ... năm 2021)", file="Bong Son 16082021.xlsx"
    ),
    day_case("in-the-folder", "(ngày ... tháng ... năm 2021)", file="16.8/Bong Son.xlsx"),
    day_case(
        "nowhere",
        "(ngày ... tháng ... năm 2021)",
        whole("date_missing", "BC Bong Son.xlsx"),
        day=None,
    ),
    day_case(
        "conflict-with-the-name",
        "(ngày 16/8/2021)",
        whole("date_conflict", "BC Bong Son 15-8.xlsx"),
        file="BC Bong Son 15-8.xlsx",
    ),
    day_case(
        "outside", "(ngày 16 tháng 9 năm 2021)", ("date_outside_campaign", AT), day="2021-09-16"
    ),
    day_case(
        "month-as-a-day-first-reader-sees-it",
        "(ngày 08/09/2021)",
        ("date_outside_campaign", AT),
        day="2021-09-08",
    ),
    day_case(
        "of-another-year",
        "(ngày 16 tháng 8 năm 2020)",
        ("date_conflict", AT),
        file="BC Bong Son 16-8.xlsx",
    ),
    day_case(
        "of-the-letter-answered-is-not-it",
        "Thực hiện Công văn số 1169/UBND-VX ngày 17/07/2021",
        file="BC Bong Son 16-8.xlsx",
    ),
    day_case(
        "of-the-week-of-the-campaign-is-not-it",
        "Tuần cao điểm (từ ngày 16/8 đến ngày 22/8)",
        file="BC Bong Son 17-8.xlsx",
        day="2021-08-17",
    ),
    book(
        "day-conflict-of-title-and-signing",
        changed(form(ROWS), (3, 3, "Bồng Sơn, ngày 17 tháng 8 năm 2021")),
        daily(135, ("date_conflict", "Sheet1!D4")),
        file="a.xlsx",
    ),
    book(
        "day-by-the-signing-line-below",
        [
            ["UBND PHƯỜNG BỒNG SƠN"],
            *SILENT,
            *bare(ROWS),
            [],
            [None, None, "Bồng Sơn, ngày 16 tháng 8 năm 2021"],
        ],
        file="a.xlsx",
    ),
]

CASES = DAYS
