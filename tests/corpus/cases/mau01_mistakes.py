"""Mẫu 01: blanks, words and contradictions; which agency it is of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from tests.corpus.case import Case, Report, once, one_of, whole
from tests.corpus.cases.mau01 import FILE, HEAD, lines, pairs
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import (
    ANSWERS,
    BODY,
    MOTTO,
    NATION,
    PHOTO,
    TITLES,
    answers,
    form01,
    head01,
)

T, S, D = "paragraph 10", "paragraph 11", "paragraph 12"

MISTAKES = [
    lines(
        "m01-smartphones-over-staff",
        answers(denominator="46"),
        once(45, 46, 40, ("denominator_over_staff", S)),
    ),
    lines(
        "m01-installed-over-smartphones",
        answers(installed="44"),
        once(45, 43, 44, ("numerator_over_denominator", D)),
    ),
    lines(
        "m01-installed-over-all",
        answers(denominator="46", installed="47"),
        once(45, 46, 47, ("denominator_over_staff", S), ("numerator_over_denominator", D)),
    ),
    lines("m01-blank", answers(denominator="....."), once(45, None, 40, ("number_unreadable", S))),
    lines(
        "m01-blank-is-not-zero", answers(installed=""), once(45, 43, None, ("number_unreadable", D))
    ),
    lines("m01-a-word", answers(total="đủ"), once(None, 43, 40, ("number_unreadable", T))),
    lines("m01-a-rate", answers(installed="100%"), once(45, 43, None, ("number_unreadable", D))),
    lines(
        "m01-a-ratio",
        answers(installed="40/43"),
        once(45, 43, one_of(40, None), allowed=("number_unreadable",)),
    ),
    lines("m01-zero-is-a-zero", answers(installed="0"), once(45, 43, 0)),
    lines(
        "m01-thousands",
        answers(total="1.245", denominator="1.200", installed="1.199"),
        once(1245, 1200, 1199),
    ),
    lines(
        "m01-no-code",
        answers(code="....."),
        once(45, 43, 40, ("qr_missing", "paragraph 9"), code=None),
    ),
    lines(
        "m01-phone-wrong",
        answers(creator="091234567"),
        once(45, 43, 40, ("phone_invalid", "paragraph 8"), phone=None),
    ),
    lines(
        "m01-phone-old",
        answers(creator="01679123456"),
        once(45, 43, 40, phone="0379xxx456", allowed=("phone_converted",)),
    ),
    Case(
        "m01-nothing-filled-in",
        FILE,
        partial(docx, *form01([""] * 5)),
        (
            once(
                None,
                None,
                None,
                ("number_unreadable", T),
                ("number_unreadable", S),
                ("number_unreadable", D),
                ("qr_missing", "paragraph 9"),
                code=None,
                phone=None,
                allowed=("phone_missing", "empty_report"),
            ),
        ),
    ),
    Case(
        "m01-a-line-missing",
        FILE,
        partial(docx, *form01()[:11], f"- {PHOTO}"),
        (once(45, 43, None, whole("number_unreadable", FILE)),),
    ),
    Case(
        "m01-sheet-mistakes",
        "mau 01.xlsx",
        partial(xlsx, [*HEAD, *pairs([*ANSWERS[:2], 45, 46, "bốn mươi"])]),
        (
            once(
                45,
                46,
                None,
                ("denominator_over_staff", "Sheet1!B11"),
                ("number_unreadable", "Sheet1!B12"),
            ),
        ),
    ),
    Case(
        "m01-table-mistakes-in-word",
        FILE,
        partial(docx, *head01(), pairs(answers(denominator="46", installed="?"))),
        (
            once(
                45,
                46,
                None,
                ("denominator_over_staff", "table 1, row 4, column 2"),
                ("number_unreadable", "table 1, row 5, column 2"),
            ),
        ),
    ),
    Case(
        "m01-csv-mistakes",
        "mau 01.csv",
        partial(delimited, [*HEAD, *pairs([*ANSWERS[:2], 45, 46, "?"])], by=";"),
        (
            once(
                45,
                46,
                None,
                ("denominator_over_staff", "line 11, column 2"),
                ("number_unreadable", "line 12, column 2"),
            ),
        ),
    ),
    Case(
        "m01-txt-mistakes",
        "mau 01.txt",
        lambda: "\n".join(form01(answers(total="?", installed="44"))).encode(),
        (
            once(
                None,
                43,
                44,
                ("number_unreadable", "line 10"),
                ("numerator_over_denominator", "line 12"),
            ),
        ),
    ),
]


def body(name: str, heading: Sequence[str], *expected: Report, file: str = FILE) -> Case:
    """A form under this heading, which stands above the nation's line."""
    return Case(name, file, partial(docx, *heading, *form01()[1:]), expected)


def of(code: str | None, *findings: Any) -> Report:
    return once(45, 43, 40, *findings, unit=code)


BODIES = [
    body("m01-body-under-its-parent", ["UBND THỊ XÃ HOÀI NHƠN", BODY], of("CQ005")),
    body("m01-body-under-the-printed-words", ["TÊN CƠ QUAN, ĐƠN VỊ", BODY], of("CQ005")),
    body("m01-body-after-a-label", ["Tên cơ quan, đơn vị: Phòng Y tế"], of("CQ007")),
    body("m01-body-over-two-lines", ["PHÒNG VĂN HOÁ", "VÀ THÔNG TIN"], of("CQ005")),
    body("m01-body-without-diacritics", ["PHONG Y TE"], of("CQ007")),
    body("m01-body-in-short", ["Phòng LĐ-TB&XH"], of("CQ008")),
    body(
        "m01-body-a-union-of-a-company",
        ["LIÊN ĐOÀN LAO ĐỘNG THỊ XÃ", "CĐCS CÔNG TY MAY TÂN SEN"],
        of("CQ055"),
    ),
    body("m01-body-a-school-named-after-a-ward", ["TRƯỜNG THCS BỒNG SƠN"], of("CQ037")),
    body(
        "m01-body-not-in-the-list",
        ["LIÊN ĐOÀN LAO ĐỘNG THỊ XÃ", "CĐCS CÔNG TY MAY SƯƠNG MAI"],
        of(None, whole("unit_unknown", FILE)),
    ),
    body("m01-body-by-the-name", [], of("CQ007"), file="Mau 01 - Phong Y te.docx"),
    body(
        "m01-body-conflict-with-the-name",
        ["PHÒNG Y TẾ"],
        of("CQ007", ("unit_conflict", "paragraph 1")),
        file="Mau 01 - Phong Noi vu.docx",
    ),
    Case(
        "m01-letterhead-in-two-columns",
        FILE,
        partial(
            docx,
            [["UBND THỊ XÃ HOÀI NHƠN\nPHÒNG Y TẾ", f"{NATION}\n{MOTTO}"]],
            "Hoài Nhơn, ngày 18 tháng 8 năm 2021",
            "BÁO CÁO",
            TITLES[1],
            *form01()[7:],
        ),
        (of("CQ007"),),
    ),
]

CASES = [*MISTAKES, *BODIES]
