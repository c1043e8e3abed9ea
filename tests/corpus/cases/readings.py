"""What a commune means by Lũy kế: each reading on its own file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from tests.corpus.case import ANYWHERE, Case, Report, daily
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import Shown, xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    HAMLETS,
    HEAD,
    HEAD_ROW,
    PLACES,
    bare,
    dated,
    form,
    people,
)

AT = f"Sheet1!E{HEAD_ROW}"  # the heading Lũy kế: where the reading of a column is doubted
DOUBT = ("reading_low_confidence", AT)


def table(
    name: str, values: Iterable[Any], *expected: Report, total: Any = None, **kwargs: Any
) -> Case:
    """A report with these values under Lũy kế and, if any, this value in the row of totals."""
    places = kwargs.pop("places", PLACES)
    rows = people(values, places=places)
    if total is not None:
        rows.append(["Tổng cộng", None, None, None, total])
    return Case(name, FILE, partial(xlsx, form(rows), **kwargs), expected)


def sure(reading: str, numerator: Any, phones: int, *findings: Any, **kwargs: Any) -> Report:
    return daily(numerator, *findings, phones=phones, reading=reading, confidence="high", **kwargs)


ONE_OF_TWENTY = [None] * 20
OWN = [
    table("per-person", [45, 38, 52, 17], sure("per_person", 152, 4)),
    table("per-person-with-a-total", [45, 38, 52, 17], sure("per_person", 152, 4), total=152),
    table(
        "per-person-of-many", [40 + 7 * i % 23 for i in range(60)], sure("per_person", 3060, 60)
    ),  # 2,400, twice 253, and 154 of the last 14
    table("per-place", range(100, 110), sure("per_place", 1045, 10), places=HAMLETS, total=1045),
    Case(
        "per-place-without-names",
        FILE,
        partial(
            xlsx,
            form(
                [[i, place, 90 + 13 * i] for i, place in enumerate(HAMLETS, start=1)],
                head=["STT", "Khu phố", "Lũy kế"],
            ),
        ),
        (sure("per_place", 1615, None),),  # 900 + 13 × 55
    ),
    table("roster-of-all", range(1, 31), sure("roster_all", 30, 30)),
    table("roster-with-its-total", [None] * 12, sure("roster_all", 12, 12), total=12),
    table(
        "roster-blank-may-be-todays",
        [None] * 12,
        daily(12, DOUBT, phones=12, reading="roster_all", confidence="low"),
    ),
    table("running", range(5401, 5433), sure("running", 5432, 32)),
    table("total-in-the-first-row", [5432, *ONE_OF_TWENTY[1:]], sure("total", 5432, 20)),
    table("total-in-the-last-row", [*ONE_OF_TWENTY[1:], 5432], sure("total", 5432, 20)),
    table(
        "total-in-a-merged-cell",
        [5432, *ONE_OF_TWENTY[1:]],
        sure("total", 5432, 20),
        merge=[f"E{FIRST}:E{FIRST + 19}"],
    ),
    table("total-in-the-row-of-totals", ONE_OF_TWENTY, sure("total", 5432, 20), total="5.432"),
    table("total-in-each-row", [5432] * 20, sure("total", 5432, 20)),
    table("flag-x", ["x", None, "x", "x", None], sure("flag", 3, 5)),
    table("flag-capital-x", ["X", "X", None, "X"], sure("flag", 3, 4)),
    table("flag-tick", ["✓", None, "✓"], sure("flag", 2, 3)),
    table("flag-yes", ["có", "có", None, "Có"], sure("flag", 3, 4)),
    table(
        "flag-yes-and-no",
        ["có", "không", "có"],
        daily(2, phones=3, reading="flag", allowed=("number_unreadable",)),
    ),
    table("flag-done", ["đã cài", "Đã cài", None], sure("flag", 2, 3)),
    table("flag-one", [1, None, 1, 1], sure("flag", 3, 4)),
    table("ratio", ["35/120", "40/100", "12/50"], sure("ratio", 87, 3)),
    table(
        "ratio-with-its-total", ["35/120", "40/100", "12/50"], sure("ratio", 87, 3), total="87/270"
    ),
    table(
        "ratio-total-does-not-add-up",
        ["35/120", "40/100", "12/50"],
        daily(87, ("total_mismatch", f"Sheet1!E{FIRST + 3}"), reading="ratio"),
        total="78/270",
    ),
    table("ratio-with-spaces", ["35 / 120", "1.040/2.100", "12 /50"], sure("ratio", 1087, 3)),
    table("ratio-and-one-count", ["35/120", "40/100", 12], sure("ratio", 87, 3)),
    table(
        "percent",
        ["42,85%", None, None],
        sure("percent", 4341, 3, ("percent_only", f"Sheet1!E{FIRST}")),
    ),  # × 10,130 = 4,340.7
    table(
        "percent-as-a-number",
        [Shown(0.4285, "0.00%"), None, None],
        sure("percent", 4341, 3, ("percent_only", f"Sheet1!E{FIRST}")),
    ),
    table(
        "percent-as-a-fraction",
        ["0,4285", None, None],
        sure("percent", 4341, 3, ("percent_only", f"Sheet1!E{FIRST}")),
    ),
    table(
        "percents-cannot-be-added",
        ["42%", "50%", "37%"],
        daily(
            None,
            ("percent_only", ANYWHERE),
            reading="percent",
            allowed=("number_unreadable", "reading_low_confidence"),
        ),
    ),
    Case(
        "increment-only-the-days-column",
        FILE,
        partial(xlsx, form(people([4, 0, 7]), head=[*HEAD[:4], "Số cài mới trong ngày"])),
        (
            daily(
                None,
                ("header_missing", AT),
                new=11,
                reading="increment",
                allowed=("reading_low_confidence",),
            ),
        ),
    ),
]

CSV = "BC Bong Son 16-8.csv"
ELSEWHERE = [  # the same shapes in other formats
    Case(
        "roster-of-all-in-csv",
        CSV,
        partial(delimited, bare(people(range(1, 31))), by=";"),
        (sure("roster_all", 30, 30),),
    ),
    Case(
        "running-in-csv",
        CSV,
        partial(delimited, bare(people(range(5401, 5433))), by=";"),
        (sure("running", 5432, 32),),
    ),
    Case(
        "ratio-in-csv",
        CSV,
        partial(delimited, bare(people(["35/120", "40/100", "12/50"]))),
        (sure("ratio", 87, 3),),
    ),
    Case(
        "flag-in-word",
        "a.docx",
        partial(docx, "UBND PHƯỜNG BỒNG SƠN", dated(16), bare(people(["x", None, "x"]))),
        (sure("flag", 2, 3),),
    ),
    Case(
        "total-in-a-merged-cell-of-word",
        "a.docx",
        partial(
            docx,
            "UBND PHƯỜNG BỒNG SƠN",
            dated(16),
            bare(people([5432, *[None] * 5])),
            merge=[(1, 4, 6, 4)],
        ),
        (sure("total", 5432, 6),),
    ),
    Case(
        "percent-in-word",
        "a.docx",
        partial(docx, "UBND PHƯỜNG BỒNG SƠN", dated(16), bare(people(["42,85%", None]))),
        (sure("percent", 4341, 2, ("percent_only", "table 1, row 2, column 5")),),
    ),
]

CASES = [*OWN, *ELSEWHERE]
