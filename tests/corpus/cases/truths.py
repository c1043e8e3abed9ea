"""The small report that most files hold: right, with two mistakes, and as a message."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import Any

from tests.corpus.case import DAY, UNIT, Case, Report, daily
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    MOTTO,
    NATION,
    TITLES,
    VALUES,
    bare,
    changed,
    dated,
    form,
    people,
)

ROWS = people(VALUES)
GOOD = daily(135, reading="per_person", confidence="high")
OFF = changed(ROWS, (1, 3, "09123"), (2, 4, "abc"))  # and the third count is no number
KNOWN = {"unit": UNIT, "day": DAY}


def off(phone_at: str, count_at: str) -> Report:
    """The truth of `OFF`: 45 + 38, of two valid phones."""
    return daily(83, ("phone_invalid", phone_at), ("number_unreadable", count_at), phones=2)


LETTERHEAD = ["ỦY BAN NHÂN DÂN", "PHƯỜNG BỒNG SƠN", NATION, MOTTO, *TITLES, dated(16)]
TWO_COLUMNS = [["ỦY BAN NHÂN DÂN\nPHƯỜNG BỒNG SƠN", f"{NATION}\n{MOTTO}"]]
TABLE = bare(ROWS)
OFF_TABLE = bare(OFF)

D, E = f"Sheet1!D{FIRST + 1}", f"Sheet1!E{FIRST + 2}"

CSV = "BC Bong Son 16-8.csv"
WORD = "BC Bong Son 16-8.docx"
PDF = "BC Bong Son 16-8.pdf"


def table_off(number: str = "1", first: int = 2) -> Report:
    """The same, of a table in a document."""
    where = f"table {number}, row {{}}, column {{}}"
    return off(where.format(first + 1, 4), where.format(first + 2, 5))


ZALO = "UBND phường Bồng Sơn báo cáo đến 15h ngày 16/8: lũy kế 5.432/10.130, đạt 53,6%"
RATIO = daily(5432, phones=None, reading="ratio")


def text(*said: str) -> bytes:
    """Lines of a text file."""
    return "\r\n".join(said).encode()


BOOK = partial(xlsx, form(OFF))
MINE = off(D, E)


SILENT = [[title] for title in TITLES]  # titles that say neither unit nor day
VECTORS = Path(__file__).parents[2] / "intake" / "vectors"


def book(name: str, rows: Any, *expected: Report, file: str = FILE, **kwargs: Any) -> Case:
    """A workbook of these rows, or sheets; right unless said otherwise."""
    return Case(name, file, partial(xlsx, rows, **kwargs), expected or (GOOD,))


def one(name: str, column: int, value: Any, *expected: Report) -> Case:
    """A report whose second row has another value in one column."""
    return Case(name, FILE, partial(xlsx, form(changed(ROWS, (1, column, value)))), expected)


def vectors(file: str, **wanted: str) -> list[dict[str, str]]:
    """Rows of a table of the tests of intake, those with these values."""
    with (VECTORS / file).open(encoding="utf-8", newline="") as stream:
        rows = [*csv.DictReader(stream)]
    return [row for row in rows if wanted.items() <= row.items()]
