"""The same report in every kind of workbook."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import Case, daily
from tests.corpus.cases.truths import (
    GOOD,
    OFF,
    ROWS,
    D,
    E,
    off,
)
from tests.corpus.makers.workbooks import Error, ods, xls, xlsb, xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    changed,
    form,
    moved,
)

WORKBOOKS = [
    Case("xlsx", FILE, partial(xlsx, form(ROWS)), (GOOD,)),
    Case("xlsx-mistakes", FILE, partial(xlsx, form(OFF)), (off(D, E),)),
    Case("xlsm", "BC Bong Son 16-8.xlsm", partial(xlsx, form(ROWS), macros=True), (GOOD,)),
    Case("xlsm-mistakes", "a.xlsm", partial(xlsx, form(OFF), macros=True), (off(D, E),)),
    Case("xls", "BC Bong Son 16-8.xls", partial(xls, form(ROWS)), (GOOD,)),
    Case("xls-mistakes", "a.xls", partial(xls, form(OFF)), (off(D, E),)),
    Case(
        "xls-error-cell",
        "a.xls",
        partial(xls, form(changed(ROWS, (1, 4, Error("#REF!"))))),
        (daily(97, ("number_unreadable", f"Sheet1!E{FIRST + 1}")),),
    ),
    Case("xlsb", "BC Bong Son 16-8.xlsb", partial(xlsb, form(ROWS)), (GOOD,)),
    Case("xlsb-mistakes", "a.xlsb", partial(xlsb, form(OFF)), (off(D, E),)),
    Case(
        "xlsb-error-cell",
        "a.xlsb",
        partial(xlsb, form(changed(ROWS, (1, 4, Error("#REF!"))))),
        (daily(97, ("number_unreadable", f"Sheet1!E{FIRST + 1}")),),
    ),
    Case("ods", "BC Bong Son 16-8.ods", partial(ods, form(ROWS)), (GOOD,)),
    Case("ods-mistakes", "a.ods", partial(ods, form(OFF)), (off(D, E),)),
    Case(
        "ods-far-down-and-right",
        "a.ods",
        partial(ods, moved(form(OFF), down=20, right=3)),
        (off(f"Sheet1!G{FIRST + 21}", f"Sheet1!H{FIRST + 22}"),),
    ),
    Case(
        "xlsx-two-sheets-one-empty",
        FILE,
        partial(xlsx, {"Sheet1": form(ROWS), "Sheet2": []}),
        (GOOD,),
    ),
]

CASES = WORKBOOKS
