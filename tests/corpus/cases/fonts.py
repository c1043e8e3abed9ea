"""Whole files in the fonts of the 1990s, decomposed, without diacritics."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.corpus.case import ANYWHERE, Case, daily
from tests.corpus.cases.truths import OFF, ROWS, book
from tests.corpus.makers import legacy
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.word import docx
from tests.corpus.paper import (
    FIRST,
    TITLES,
    bare,
    changed,
    dated,
    form,
)


def typed(rows: list[list[Any]], hand: Any) -> list[list[Any]]:
    return [[hand(v) if isinstance(v, str) else v for v in row] for row in rows]


OLD = daily(135, ("legacy_encoding", ANYWHERE))
OLD_OFF = daily(
    83,
    ("legacy_encoding", ANYWHERE),
    ("phone_invalid", f"Sheet1!D{FIRST + 1}"),
    ("number_unreadable", f"Sheet1!E{FIRST + 2}"),
    phones=2,
)
WHOLE = changed(OFF, (2, 4, "không rõ"))

FONTS = [
    book("font-tcvn3", typed(form(ROWS), legacy.tcvn3), OLD, file="a.xlsx"),
    book("font-tcvn3-mistakes", typed(form(WHOLE), legacy.tcvn3), OLD_OFF, file="a.xlsx"),
    book("font-vni", typed(form(ROWS), legacy.vni), OLD, file="a.xlsx"),
    book("font-vni-mistakes", typed(form(WHOLE), legacy.vni), OLD_OFF, file="a.xlsx"),
    Case(
        "font-tcvn3-in-word",
        "a.docx",
        partial(
            docx,
            *map(legacy.tcvn3, ["Ủy ban nhân dân", "Phường Bồng Sơn", *TITLES[1:], dated(16)]),
            typed(bare(ROWS), legacy.tcvn3),
        ),
        (OLD,),
    ),
    Case(
        "font-tcvn3-in-csv",
        "a.csv",
        partial(delimited, typed(form(ROWS), legacy.tcvn3), by=";", encoding="latin-1"),
        (OLD,),
    ),
    Case(
        "font-vni-in-csv",
        "a.csv",
        partial(delimited, typed(form(ROWS), legacy.vni), by=";", encoding="latin-1"),
        (OLD,),
    ),
    book("letters-decomposed", typed(form(ROWS), legacy.decomposed), file="a.xlsx"),
    book("letters-without-diacritics", typed(form(ROWS), legacy.bare), file="a.xlsx"),
    book("letters-all-upper-case", typed(form(ROWS), str.upper), file="a.xlsx"),
]

CASES = FONTS
