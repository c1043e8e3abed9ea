"""Whose report it is: by every spelling, in the content, the name, the folder."""

from __future__ import annotations

from typing import Any

from tests.corpus.case import Case, Report, daily, one_of, whole
from tests.corpus.cases.truths import ROWS, SILENT, book
from tests.corpus.makers import legacy
from tests.corpus.paper import (
    bare,
    changed,
    dated,
    form,
    phone,
)


def unit_case(name: str, unit: str, code: str, *findings: Any) -> Case:
    rows = [[i, f"Nguyễn Thị {i}", None, phone(i), 10 * i] for i in (3, 1, 5)]
    rows = changed(
        rows, *((i, 1, n) for i, n in enumerate(["Lê Thị Hà", "Võ Văn An", "Hồ Thu Linh"]))
    )
    return book(
        f"unit-{name}",
        form(rows, unit=unit, place="......"),
        daily(90, *findings, unit=code),
        file="16-8.xlsx",
    )


SPELLINGS = [
    unit_case("stale-whole", "THỊ TRẤN BỒNG SƠN", "21640"),
    unit_case("stale-whole-short", "TT. TAM QUAN", "21637"),
    unit_case("stale-unit", "XÃ HOÀI HẢO", "21661"),
    unit_case("wrong-type", "PHƯỜNG HOÀI MỸ", "21682"),
    unit_case("upper-case", "UBND PHƯỜNG TAM QUAN BẮC", "21655"),
    unit_case("longest-name", "PHƯỜNG HOÀI THANH TÂY", "21664"),
    unit_case("shorter-of-two", "PHƯỜNG HOÀI THANH", "21667"),
    unit_case("without-diacritics", "UBND phuong Hoai Huong", "21670"),
    unit_case("decomposed", legacy.decomposed("PHƯỜNG HOÀI XUÂN"), "21679"),
    unit_case("other-tone-place", "UBND phường Hòai Tân", "21673"),
    unit_case("short-form", "UBND P.Hoài Đức", "21685"),
    unit_case("initial-of-a-word", "UBND xã H.Châu Bắc", "21646"),
    unit_case("typo-of-one-letter", "PHƯỜNG BỒNG SƠM", "21640"),
    unit_case("typo-known", "UBND phường Hoài Bảo", "21661"),
    unit_case("no-break-spaces", "PHƯỜNG\u00a0HOÀI\u00a0TÂN", "21673"),
    unit_case("zero-width-space", "PHƯỜNG\u200b HOÀI\u200b ĐỨC", "21685"),
    unit_case(
        "tcvn3-among-unicode",
        legacy.tcvn3("Phường Bồng Sơn"),
        "21640",
        ("legacy_encoding", "Sheet1!A2"),
    ),
    unit_case("i-for-y", "XÃ HOÀI MĨ", "21682"),
]


def silent(name: str, file: str, *expected: Report) -> Case:
    """A report whose content says neither unit nor day."""
    return book(name, [*SILENT, *bare(ROWS)], *expected, file=file)


def refused(rule: str, where: str) -> Report:
    return daily(135, (rule, where), unit=None, allowed=())


TIES = one_of(
    *(
        (rule, where)
        for rule in ("unit_ambiguous", "unit_unknown")
        for where in ("Sheet1!A2", "Sheet1!A1", "16-8.xlsx")
    )
)

UNITS = [
    silent("unit-by-name", "BC phường Bồng Sơn 16-8.xlsx"),
    silent("unit-by-name-without-spaces", "BongSon_1608.xlsx"),
    silent("unit-by-initials-in-the-name", "BC BS 16-8.xlsx"),
    silent("unit-by-name-decomposed", legacy.decomposed("BC phường Bồng Sơn 16-8.xlsx")),
    silent("unit-by-folder", "Phường Bồng Sơn/16-8.xlsx"),
    silent("unit-by-folder-of-the-day", "16-8/Bồng Sơn/bao cao.xlsx"),
    silent(
        "initials-ht-are-refused", "BC HT 16-8.xlsx", refused("unit_ambiguous", "BC HT 16-8.xlsx")
    ),
    silent("initials-hh-are-refused", "HH_1608.xlsx", refused("unit_ambiguous", "HH_1608.xlsx")),
    silent("no-unit-anywhere", "16-8.xlsx", refused("unit_unknown", "16-8.xlsx")),
    book(
        "unit-conflict-with-the-name",
        form(ROWS),
        daily(135, ("unit_conflict", "Sheet1!A2")),
        file="BC Hoai Duc 16-8.xlsx",
    ),
    book(
        "unit-conflict-with-the-folder",
        form(ROWS),
        daily(135, ("unit_conflict", "Sheet1!A2")),
        file="Hoài Đức/bao cao.xlsx",
    ),
    silent(
        "unit-conflict-of-name-and-folder",
        "Hoài Đức/BC Bong Son 16-8.xlsx",
        daily(135, whole("unit_conflict", "BC Bong Son 16-8.xlsx")),
    ),
    book(
        "unit-of-another-district",
        form(
            [[r[0], r[1], None, r[3], r[4]] for r in ROWS], unit="XÃ ÂN HẢO TÂY", place="Ân Hảo Tây"
        ),
        refused("unit_unknown", "Sheet1!A2"),
        file="BC.xlsx",
    ),
    book(
        "unit-of-another-district-named-ours",
        form(
            [[r[0], r[1], None, r[3], r[4]] for r in ROWS],
            unit="THỊ TRẤN TĂNG BẠT HỔ",
            place="......",
        ),
        refused("unit_unknown", "Sheet1!A2"),
        file="BC Bong Son.xlsx",
    ),
    book(
        "typo-between-two-units",
        form([[r[0], r[1], None, r[3], r[4]] for r in ROWS], unit="UBND HOÀI HẢ", place="......"),
        daily(135, TIES, unit=None),
        file="16-8.xlsx",
    ),
    book(
        "two-units-in-the-heading",
        [["Bồng Sơn và Hoài Đức"], *bare(ROWS)],
        refused("unit_ambiguous", "Sheet1!A1"),
        file="16-8.xlsx",
    ),
    book(
        "addressee-is-not-the-sender",
        [["UBND PHƯỜNG BỒNG SƠN"], ["Kính gửi: UBND phường Hoài Đức"], *bare(ROWS)],
        file="16-8.xlsx",
    ),
    book(
        "unit-in-a-heading-of-two-lines",
        [
            ["ỦY BAN NHÂN DÂN\nPHƯỜNG BỒNG SƠN", None, None, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            *SILENT,
            [dated(16)],
            *bare(ROWS),
        ],
        file="a.xlsx",
    ),
]

CASES = [*SPELLINGS, *UNITS]
