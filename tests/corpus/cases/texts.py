"""The same report in files of text, of every delimiter and encoding."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import Case, daily
from tests.corpus.cases.truths import (
    CSV,
    GOOD,
    OFF,
    OFF_TABLE,
    ROWS,
    TABLE,
    off,
)
from tests.corpus.makers.delimited import delimited, encoded
from tests.corpus.paper import (
    bare,
    changed,
    form,
    lines,
)


def csv_case(name: str, by: str, encoding: str, file: str = CSV) -> Case:
    """The form with two mistakes; its data begin in line 10."""
    make = partial(delimited, form(OFF), by=by, encoding=encoding)
    return Case(name, file, make, (off("line 11, column 4", "line 12, column 5"),))


TEXTS = [
    csv_case("csv-semicolon-bom", ";", "utf-8-sig"),
    csv_case("csv-comma", ",", "utf-8"),
    csv_case("csv-bar", "|", "utf-8"),
    csv_case("csv-tab", "\t", "utf-8-sig"),
    csv_case("tsv-utf-16-le", "\t", "utf-16-le", "BC Bong Son 16-8.tsv"),
    csv_case("csv-semicolon-utf-16-be", ";", "utf-16-be"),
    csv_case("csv-windows-1258", ";", "cp1258"),
    csv_case("tsv-windows-1258", "\t", "cp1258", "BC Bong Son 16-8.tsv"),
    Case(
        "csv-bare-table",
        CSV,
        partial(delimited, TABLE, by=";"),
        (GOOD,),
    ),
    Case(
        "csv-a-cell-of-two-lines",  # each row after it begins one line of the file later
        CSV,
        partial(delimited, bare(changed(OFF, (0, 1, "Nguyễn Văn An\n(tổ trưởng)"))), by=","),
        (off("line 4, column 4", "line 5, column 5"),),
    ),
    Case(
        "csv-excel-says-its-delimiter",
        CSV,
        lambda: b"sep=;\r\n" + delimited(OFF_TABLE, by=";", encoding="utf-8"),
        (off("line 4, column 4", "line 5, column 5"),),
    ),
    Case(
        "csv-decimal-commas-and-quotes",
        CSV,
        partial(delimited, bare(changed(ROWS, (0, 4, "1,045"))), by=","),
        (daily(1135),),
    ),
    Case(
        "csv-unix-line-ends",
        CSV,
        partial(delimited, OFF_TABLE, by=";", ends="\n"),
        (off("line 3, column 4", "line 4, column 5"),),
    ),
    Case(
        "txt-table-apart-by-tabs",
        "BC Bong Son 16-8.txt",
        lambda: encoded("\r\n".join(lines(form(ROWS))), "utf-8"),
        (daily(135),),
    ),
    Case(
        "csv-saved-as-xls",  # Excel opens it with a warning; offices send it
        "BC Bong Son 16-8.xls",
        partial(delimited, OFF_TABLE, by="\t"),
        (off("line 3, column 4", "line 4, column 5"),),
    ),
]

CASES = TEXTS
