"""Counts as people and Excel write them; formulas and cells in error."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from tests.corpus.case import Case, Report, daily
from tests.corpus.cases.truths import ROWS, one, vectors
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import Error, Formula, Shown, xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    HEAD,
    bare,
    changed,
    dated,
    form,
    people,
)

E = f"Sheet1!E{FIRST + 1}"  # the count of the second row


OTHERS = 97  # 45 + 52, beside the second row's count


def number_truth(input_: str, expected: str) -> Report:
    """What one count of the vectors adds to 45 + 52."""
    if expected == "MISSING" or "." in expected:  # blank, or a rate where persons are counted
        return daily(OTHERS, ("number_unreadable", E))
    about = input_.startswith(("~", "khoảng"))
    unsure = [("number_approximate", E)] if about else []
    return counted(int(expected), *unsure)


def counted(count: int, *unsure: Any) -> Report:
    """45 + 52 and one more count; beyond the 10,130 who can install, that may be said."""
    return daily(OTHERS + count, *unsure, allowed=("over_denominator",) if count > 10_000 else ())


NUMBERS = [
    one(f"number-{number:02}", 4, row["input"], number_truth(row["input"], row["expected"]))
    for number, row in enumerate(vectors("parse_test_vectors.csv", kind="number"), start=1)
]
UNREADABLE = daily(OTHERS, ("number_unreadable", E))
COUNT = daily(135)
MORE_NUMBERS = [
    one("number-with-a-no-break-space", 4, "12\u00a0345", counted(12345)),
    one("number-with-a-narrow-space", 4, "12\u202f345", counted(12345)),
    one("number-as-text", 4, "38", COUNT),
    one("number-as-text-with-an-apostrophe", 4, "'38", COUNT),
    one("number-with-a-unit-in-a-second-line", 4, "38\nngười", COUNT),
    one("number-as-a-float", 4, 38.0, COUNT),
    one("number-shown-with-thousands", 4, Shown(1045, "#,##0"), daily(OTHERS + 1045)),
    one("number-that-excel-took-for-a-decimal", 4, 1.045, daily(OTHERS + 1045)),
    one("number-zero-is-a-zero", 4, 0, daily(OTHERS)),
    one("number-blank-is-not-zero", 4, None, UNREADABLE),
    one("number-not-yet", 4, "chưa có", UNREADABLE),
    one("number-none-is-not-zero", 4, "không", UNREADABLE),
    one("number-in-words", 4, "ba mươi tám", UNREADABLE),
    one("number-negative", 4, -38, UNREADABLE),
    one("number-half-a-person", 4, 38.5, UNREADABLE),
    one("number-is-a-phone", 4, "0912345678", UNREADABLE),
    one("number-is-a-phone-as-a-number", 4, 912345678, UNREADABLE),
    one("number-is-a-range", 4, "30-40", UNREADABLE),
    one("number-excel-made-a-day-of", 4, dt.date(2021, 5, 8), UNREADABLE),
    one("number-more-than", 4, "hơn 38", daily(135, ("number_approximate", E))),
    one("number-with-what-was-left-out", 4, "còn 20", UNREADABLE),
    one("number-too-large", 4, 123456789, UNREADABLE),
    one("number-two-in-two-lines", 4, "38\n40", UNREADABLE),
    one("number-true", 4, True, UNREADABLE),
    one("error-ref", 4, Error("#REF!"), UNREADABLE),
    one("error-na", 4, Error("#N/A"), UNREADABLE),
    one("error-div", 4, Error("#DIV/0!"), UNREADABLE),
    one("error-as-text", 4, "#VALUE!", UNREADABLE),
    one("formula-with-its-value", 4, Formula("20+18", 38), COUNT),
    one("formula-without-its-value", 4, Formula("20+18"), COUNT),
    one("formula-with-a-text-as-value", 4, Formula('"38"', "38"), COUNT),
    one("formula-typed-as-text", 4, "=20+18", UNREADABLE),
    Case(
        "error-in-the-number-of-a-row",
        FILE,
        partial(xlsx, form(changed(ROWS, (1, 0, Error("#REF!"))))),
        (COUNT,),
    ),
    Case(
        "numbers-of-rows-by-formula",
        FILE,
        partial(xlsx, form([[Formula(f"ROW()-{FIRST - 1}", r[0]), *r[1:]] for r in ROWS])),
        (COUNT,),
    ),
    Case(
        "numbers-of-rows-by-formula-without-values",
        FILE,
        partial(xlsx, form([[Formula(f"ROW()-{FIRST - 1}"), *r[1:]] for r in ROWS])),
        (COUNT,),
    ),
    Case(
        "error-in-word",
        "a.docx",
        partial(docx, "UBND PHƯỜNG BỒNG SƠN", dated(16), bare(changed(ROWS, (1, 4, "#REF!")))),
        (daily(OTHERS, ("number_unreadable", "table 1, row 3, column 5")),),
    ),
    Case(
        "number-blank-in-csv",
        "BC Bong Son 16-8.csv",
        partial(delimited, bare(changed(ROWS, (1, 4, None))), by=";"),
        (daily(OTHERS, ("number_unreadable", "line 3, column 5")),),
    ),
    Case(
        "days-count-that-is-no-number",
        FILE,
        partial(
            xlsx,
            form(
                [[*r[:4], new, r[4]] for r, new in zip(ROWS, [3, "ba", 4], strict=True)],
                head=[*HEAD[:4], "Trong ngày", "Lũy kế"],
            ),
        ),
        (daily(135, ("number_unreadable", E), new=7),),
    ),
    Case(
        "no-count-can-be-read",
        FILE,
        partial(xlsx, form(people(["abc", "def", "?"]))),
        (
            daily(
                None,
                *(("number_unreadable", f"Sheet1!E{FIRST + i}") for i in range(3)),
                allowed=("reading_low_confidence",),
            ),
        ),
    ),
]

CASES = [*NUMBERS, *MORE_NUMBERS]
