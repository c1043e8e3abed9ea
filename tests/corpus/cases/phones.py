"""Phones as people and Excel write them."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.corpus.case import Case, Report, daily, one_of
from tests.corpus.cases.truths import ROWS, one, vectors
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.workbooks import Error, Shown, ods, xls, xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    bare,
    changed,
    form,
    phone,
)

D = f"Sheet1!D{FIRST + 1}"  # the phone of the second row


def phone_truth(input_: str, expected: str) -> Report:
    """What is said about one phone of the vectors; the counts rest on the rows all the same."""
    if expected in ("REJECT", "INVALID", "LANDLINE"):
        return daily(135, ("phone_invalid", D), phones=2)
    if expected == "MISSING":
        return daily(135, ("phone_missing", D), phones=2)
    if expected == "DITTO":
        marks = ("phone_invalid", "phone_missing", "phone_duplicate", "phone_ditto")
        return daily(135, one_of(*((rule, D) for rule in marks)), phones=2)
    if expected == "AMBIGUOUS":
        return daily(135, ("phone_ambiguous", D), phones=one_of(2, 3))
    digits = "".join(char for char in input_ if char.isdigit())
    found: list[Any] = []
    if input_.startswith("O") or (digits[0] in "91" and not input_.startswith(("84", "+84"))):
        found.append(("phone_zero_restored", D))
    if digits.lstrip("0").startswith("167"):
        found.append(("phone_converted", D))
    return daily(135, *found, phones=3)


def typed_as(text: str) -> Any:
    """The cell that Excel makes of it, where it makes a number."""
    if text.replace(".0", "").isdigit() and not text.startswith("0"):
        return float(text) if text.endswith(".0") else int(text)
    return text


PHONES = [
    one(f"phone-{number:02}", 3, typed_as(row["input"]), phone_truth(row["input"], row["expected"]))
    for number, row in enumerate(vectors("parse_test_vectors.csv", kind="phone"), start=1)
]
MORE_PHONES = [
    one(
        "phone-as-a-float-of-old-numbers",
        3,
        1679123456.0,
        daily(135, ("phone_converted", D), ("phone_zero_restored", D)),
    ),
    one(
        "phone-in-scientific-format-but-whole",
        3,
        Shown(912345678, "0.00E+00"),
        daily(135, ("phone_zero_restored", D)),
    ),
    one("phones-two-in-two-lines", 3, "0912345678\n0987654321", daily(135)),
    one(
        "phones-two-the-first-wrong",
        3,
        "091234567; 0987654321",
        daily(135, allowed=("phone_invalid",)),
    ),
    one("phone-and-a-word", 3, "0912345678 (vợ)", daily(135)),
    one("phone-with-no-break-spaces", 3, "0912\u00a0345\u00a0678", daily(135)),
    one("phone-full-width", 3, "０９１２３４５６７８", daily(135)),
    one("phone-with-a-zero-width-space", 3, "\u200b0912345678", daily(135)),
    one("phone-blank", 3, None, daily(135, ("phone_missing", D), phones=2)),
    one("phone-is-a-name", 3, "Nguyễn Văn Tám", daily(135, ("phone_invalid", D), phones=2)),
    one(
        "phone-in-an-error",
        3,
        Error("#N/A"),
        daily(135, one_of(("phone_invalid", D), ("phone_missing", D)), phones=2),
    ),
    one("phone-one-digit-held-down", 3, "0999999999", daily(135, ("phone_invalid", D), phones=2)),
    Case(
        "phone-of-two-persons",
        FILE,
        partial(xlsx, form(changed(ROWS, (1, 3, phone(0))))),
        (daily(135, ("phone_duplicate", D), phones=2),),
    ),
    Case(
        "phone-of-one-person-twice",
        FILE,  # a correction further down: the larger count
        partial(xlsx, form([*ROWS, [4, ROWS[0][1], ROWS[0][2], ROWS[0][3], 47]])),
        (daily(137, ("phone_duplicate", f"Sheet1!D{FIRST + 3}")),),
    ),
    Case(
        "phones-in-a-csv-with-lost-zeros",
        "BC Bong Son 16-8.csv",
        partial(delimited, bare([[*r[:3], r[3][1:], r[4]] for r in ROWS]), by=";"),
        (daily(135, *(("phone_zero_restored", f"line {i}, column 4") for i in (2, 3, 4))),),
    ),
    Case(
        "phones-as-numbers-in-xls",
        "a.xls",
        partial(xls, form([[*r[:3], int(r[3]), r[4]] for r in ROWS])),
        (daily(135, *(("phone_zero_restored", f"Sheet1!D{FIRST + i}") for i in range(3))),),
    ),
    Case(
        "phones-as-numbers-in-ods",
        "a.ods",
        partial(ods, form([[*r[:3], int(r[3]), r[4]] for r in ROWS])),
        (daily(135, *(("phone_zero_restored", f"Sheet1!D{FIRST + i}") for i in range(3))),),
    ),
]

CASES = [*PHONES, *MORE_PHONES]
