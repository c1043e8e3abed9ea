"""Mẫu 01: an agency's few numbers, in lines or tables of every format."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from tests.corpus.case import Case, Report, daily, once
from tests.corpus.makers import legacy
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.mail import archive
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import ods, xls, xlsb, xlsx
from tests.corpus.paper import (
    ANSWERS,
    LABELS,
    VALUES,
    form,
    form01,
    head01,
    people,
)

GOOD = once(45, 43, 40)
FILE = "mau 01.docx"


def lines(name: str, said: Sequence[Any], *expected: Report, file: str = FILE, **how: Any) -> Case:
    """The form as lines of a document: the answers are paragraphs 8 to 12."""
    return Case(name, file, partial(docx, *form01(said, **how)), expected or (GOOD,))


def pairs(said: Sequence[Any], labels: Sequence[str] = LABELS) -> list[list[Any]]:
    return [[label, answer] for label, answer in zip(labels, said, strict=True)]


NUMERIC = [*ANSWERS[:2], 45, 43, 40]
HEAD = [[line] for line in head01()]  # rows 1 to 7 of a sheet
SHORT = [
    "SĐT người tạo mã QR",
    "Mã QR",
    "Tổng số CBCCVC-NLĐ",
    "Số người có smartphone",
    "Đã cài Bluezone",
]
PRACTICE = [
    "SĐT tạo mã QR",
    "Mã địa điểm",
    "Tổng số CB, CC, VC, NLĐ",
    "Có điện thoại thông minh",
    "Số người đã cài đặt",
]
TYPED = ["Sđt người tạo mã QR", "Mã QR", "Tổng số người", "Có ĐTTM", "Đã cài"]

LAYOUTS = [
    lines("m01-lines", ANSWERS),
    lines("m01-lines-with-leaders", ANSWERS, filled="- {}: ……{}……"),
    lines("m01-lines-with-dots", ANSWERS, filled="- {}: ..... {} ....."),
    lines("m01-lines-of-people", [*ANSWERS[:2], "45 người", "43 người", "40 người"]),
    lines("m01-lines-numbered", ANSWERS, filled="1. {}: {}"),
    lines("m01-lines-with-a-tab", ANSWERS, filled="- {}:\t{}"),
    Case(
        "m01-one-paragraph",
        FILE,
        partial(docx, "\n".join(head01()), "\n".join(form01()[7:])),
        (GOOD,),
    ),
    Case("m01-table-in-word", FILE, partial(docx, *head01(), pairs(ANSWERS)), (GOOD,)),
    Case(
        "m01-table-with-numbers-in-word",
        FILE,
        partial(
            docx,
            *head01(),
            [
                ["STT", "Nội dung", "Kết quả"],
                *([i, *p] for i, p in enumerate(pairs(ANSWERS), start=1)),
            ],
        ),
        (GOOD,),
    ),
    Case("m01-sheet", "mau 01.xlsx", partial(xlsx, [*HEAD, *pairs(NUMERIC)]), (GOOD,)),
    Case(
        "m01-sheet-of-lines", "mau 01.xlsx", partial(xlsx, [[line] for line in form01()]), (GOOD,)
    ),
    Case(
        "m01-sheet-answers-further-right",
        "mau 01.xlsx",
        partial(xlsx, [*HEAD, *([p[0], None, None, p[1]] for p in pairs(NUMERIC))]),
        (GOOD,),
    ),
    Case("m01-xls", "mau 01.xls", partial(xls, [*HEAD, *pairs(NUMERIC)]), (GOOD,)),
    Case("m01-xlsb", "mau 01.xlsb", partial(xlsb, [*HEAD, *pairs(NUMERIC)]), (GOOD,)),
    Case("m01-ods", "mau 01.ods", partial(ods, [*HEAD, *pairs(NUMERIC)]), (GOOD,)),
    Case("m01-csv", "mau 01.csv", partial(delimited, [*HEAD, *pairs(NUMERIC)], by=";"), (GOOD,)),
    Case("m01-txt", "mau 01.txt", lambda: "\n".join(form01()).encode("utf-16"), (GOOD,)),
    Case(
        "m01-short-labels", "mau 01.xlsx", partial(xlsx, [*HEAD, *pairs(NUMERIC, SHORT)]), (GOOD,)
    ),
    Case(
        "m01-labels-of-practice",
        "mau 01.xlsx",
        partial(xlsx, [*HEAD, *pairs(NUMERIC, PRACTICE)]),
        (GOOD,),
    ),
    Case(
        "m01-labels-as-typed",
        FILE,
        partial(docx, *head01(), *(f"+ {a}: {b}" for a, b in pairs(ANSWERS, TYPED))),
        (GOOD,),
    ),
    Case(
        "m01-labels-upper-case",
        FILE,
        partial(docx, *head01(), *(f"- {a.upper()}: {b}" for a, b in pairs(ANSWERS))),
        (GOOD,),
    ),
    Case(
        "m01-labels-without-diacritics",
        FILE,
        partial(docx, *head01(), *(f"- {legacy.bare(a)}: {b}" for a, b in pairs(ANSWERS))),
        (GOOD,),
    ),
    Case(
        "m01-a-row-of-labels-over-a-row-of-answers",
        "mau 01.xlsx",
        partial(xlsx, [*HEAD, SHORT, NUMERIC]),
        (GOOD,),
    ),
    Case(
        "m01-letters-decomposed",
        FILE,
        partial(docx, *(legacy.decomposed(line) for line in form01())),
        (GOOD,),
    ),
    Case(
        "m01-tcvn3",
        FILE,
        partial(docx, *(legacy.tcvn3(line) for line in form01())),
        (once(45, 43, 40, ("legacy_encoding", "*")),),
    ),
    Case(
        "m01-a-row-per-body",
        "tong hop.xlsx",
        partial(
            xlsx,
            [
                ["LIÊN ĐOÀN LAO ĐỘNG THỊ XÃ"],
                ["Ngày 18/8/2021"],
                ["STT", "Tên đơn vị", *SHORT[2:]],
                [1, "CĐCS Công ty May Tân Sen", 120, 100, 90],
                [2, "CĐCS Công ty Gỗ Đồi Sim", 80, 70, 71],
            ],
        ),
        (
            once(120, 100, 90, unit="CQ055", code=None, phone=None, allowed=("qr_missing",)),
            once(
                *(80, 70, 71, ("numerator_over_denominator", "Sheet1!E5")),
                **{"unit": "CQ059", "code": None, "phone": None, "allowed": ("qr_missing",)},
            ),
        ),
    ),
    Case(
        "m01-beside-mau-02-in-a-workbook",
        "a.xlsx",
        lambda: xlsx({"Mẫu 01": [[line] for line in form01()], "Mẫu 02": form(people(VALUES))}),
        (GOOD, daily(135)),
    ),
    Case(
        "m01-two-bodies-in-a-zip",
        "mau 01.zip",
        lambda: archive(
            {
                "Phong Y te.docx": docx(*form01(body="PHÒNG Y TẾ")),
                "Phong Noi vu.xlsx": xlsx([[line] for line in form01(body="PHÒNG NỘI VỤ")]),
            }
        ),
        (once(45, 43, 40, unit="CQ007"), once(45, 43, 40, unit="CQ003")),
    ),
]

CASES = LAYOUTS
