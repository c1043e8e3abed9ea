"""The same report in PDF: with rules, without, over two pages, scanned."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import Case, daily, nothing, once, one_of, whole
from tests.corpus.cases.truths import (
    GOOD,
    KNOWN,
    LETTERHEAD,
    OFF_TABLE,
    PDF,
    ROWS,
    TABLE,
    off,
)
from tests.corpus.makers.pdf import pdf, scanned
from tests.corpus.paper import (
    ANSWERS,
    bare,
    changed,
    form01,
    people,
)

LONG = people(40 + 7 * i % 23 for i in range(30))  # 1,531 in all: 30 × 40, then 253 + 78
LONG_OFF = changed(LONG, (24, 3, "09123"))


def on_page(page: int, row: int, column: int, line: int):
    """A cell of a table in a PDF; one without rules may be addressed by its line."""
    where = f"page {page}, table {{}}, row {row}, column {column}"
    return where.format(1), where.format(page), f"page {page}, line {line}"


def at_any(rule: str, *places: str):
    return one_of(*((rule, place) for place in places))


PDFS = [
    Case("pdf-ruled", PDF, partial(pdf, LETTERHEAD, TABLE), (GOOD,)),
    Case(
        "pdf-ruled-mistakes",
        "a.pdf",
        partial(pdf, LETTERHEAD, OFF_TABLE),
        (off("page 1, table 1, row 3, column 4", "page 1, table 1, row 4, column 5"),),
    ),
    Case("pdf-without-rules", PDF, partial(pdf, LETTERHEAD, TABLE, ruled=False), (GOOD,)),
    Case(
        "pdf-without-rules-mistakes",
        "a.pdf",
        partial(pdf, LETTERHEAD, OFF_TABLE, ruled=False),
        (
            daily(
                83,
                at_any("phone_invalid", *on_page(1, 3, 4, 10)),
                at_any("number_unreadable", *on_page(1, 4, 5, 11)),
                phones=2,
            ),
        ),
    ),
    Case(
        "pdf-two-pages-with-the-heading-again",
        "a.pdf",
        partial(pdf, LETTERHEAD, bare(LONG), height=200),
        (daily(1531, phones=30),),
    ),
    Case(
        "pdf-mistake-on-the-second-page",  # 20 rows on the first; the heading is row 1 of the next
        "a.pdf",
        partial(pdf, LETTERHEAD, bare(LONG_OFF), height=200),
        (
            daily(
                1531,
                at_any("phone_invalid", *(f"page 2, table {n}, row 6, column 4" for n in (1, 2))),
                phones=29,
            ),
        ),
    ),
    Case(
        "pdf-letterhead-with-wide-gaps",  # which make no table of it
        "a.pdf",
        partial(pdf, [line.replace(" ", "  ") for line in LETTERHEAD], TABLE),
        (GOOD,),
    ),
    Case(
        "pdf-cells-that-wrap",
        "a.pdf",
        partial(pdf, LETTERHEAD, OFF_TABLE, widths=(10, 22, 22, 28, 22)),
        (off("page 1, table 1, row 3, column 4", "page 1, table 1, row 4, column 5"),),
    ),
    Case(
        "pdf-without-rules-and-blank-cells",
        "a.pdf",
        partial(pdf, LETTERHEAD, bare(changed(ROWS, (1, 2, None), (2, 3, None))), ruled=False),
        (daily(135, ("phone_missing", "page 1, table 1, row 4, column 4"), phones=2),),
    ),
    Case(
        "pdf-total-does-not-add-up",
        "a.pdf",
        partial(pdf, LETTERHEAD, [*TABLE, ["Tổng cộng", None, None, None, 153]], ["CHỦ TỊCH"]),
        (daily(135, ("total_mismatch", "page 1, table 1, row 5, column 5")),),
    ),
    Case(
        "pdf-mau-01",
        "a.pdf",
        partial(pdf, form01()),
        (once(45, 43, 40),),
    ),
    Case(
        "pdf-mau-01-mistake",
        "a.pdf",
        partial(pdf, form01([*ANSWERS[:3], "46", "40"])),
        (once(45, 46, 40, ("denominator_over_staff", "page 1, line 11")),),
    ),
    Case(
        "pdf-scanned",
        PDF,
        scanned,
        (nothing(whole("file_unreadable", PDF), **KNOWN),),
    ),
    Case(
        "pdf-renamed-docx",
        "a.docx",
        partial(pdf, LETTERHEAD, OFF_TABLE),
        (off("page 1, table 1, row 3, column 4", "page 1, table 1, row 4, column 5"),),
    ),
]

CASES = PDFS
