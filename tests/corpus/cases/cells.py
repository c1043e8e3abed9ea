"""Names, places, ditto marks; hidden rows; days and times in cells."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from tests.corpus.case import ANYWHERE, Case, daily, one_of, whole
from tests.corpus.cases.truths import ROWS, one, vectors
from tests.corpus.makers.workbooks import ods, xls, xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    HEAD,
    TITLES,
    bare,
    changed,
    dated,
    form,
    people,
)

B, C, D, E = (f"Sheet1!{letter}{FIRST + 1}" for letter in "BCDE")  # of the second row


UNREADABLE = daily(97, ("number_unreadable", E))
COUNT = daily(135)

TEXTS = [
    one("name-missing", 1, None, daily(135, ("name_missing", B))),
    one("name-of-two-lines", 1, "Trần Văn Bình\n(tổ trưởng)", COUNT),
    one("place-unknown", 2, "Thôn Không Có", daily(135, ("hamlet_unknown", C))),
    one("place-in-short", 2, "KP2", COUNT),
    one("place-with-a-house", 2, "12 Quang Trung, khu phố 2", COUNT),
    one("place-upper-case", 2, "KHU PHỐ LIÊM BÌNH", COUNT),
    one("place-without-diacritics", 2, "khu pho Thiet Dinh Bac", COUNT),
    one("place-in-two-lines", 2, "Khu phố\nThiết Đính Nam", COUNT),
    one("place-ditto", 2, "nt", COUNT),
    one("place-ditto-marks", 2, "〃", COUNT),
    one("place-ditto-quotes", 2, '"', COUNT),
    one("place-as-above", 2, "như trên", COUNT),
    one("count-ditto-is-no-number", 4, '"', UNREADABLE),
    one("count-as-above-is-no-number", 4, "nt", UNREADABLE),
    Case(
        "places-ditto-all-the-way",
        FILE,
        partial(
            xlsx, form(changed(people([45, 38, 52, 17]), *((i, 2, "-nt-") for i in (1, 2, 3))))
        ),
        (daily(152, phones=4),),
    ),
    Case(
        "places-left-blank-as-in-merged-cells",
        FILE,
        partial(
            xlsx, form(changed(ROWS, (1, 2, None), (2, 2, None))), merge=[f"C{FIRST}:C{FIRST + 2}"]
        ),
        (COUNT,),
    ),
    Case(
        "person-without-a-phone-twice",
        FILE,
        partial(xlsx, form(changed([*ROWS, [4, *ROWS[0][1:4], 47]], (0, 3, None), (3, 3, None)))),
        (
            daily(
                137,
                ("phone_missing", f"Sheet1!D{FIRST}"),
                ("phone_missing", f"Sheet1!D{FIRST + 3}"),
                phones=2,
                allowed=("person_duplicate",),
            ),
        ),
    ),
]

# Rows and columns that are not shown


SAID = ("rows_hidden", ANYWHERE)  # once for all of them: the contract does not say where
SIX = people([45, 38, 52, 17, 60, 29])  # 241
HIDDEN = [
    Case(
        "rows-hidden-are-read",
        FILE,
        partial(xlsx, form(SIX), hidden=[FIRST + 1, FIRST + 2]),
        (daily(241, SAID, phones=6),),
    ),
    Case(
        "rows-filtered-are-read",
        FILE,
        partial(xlsx, form(SIX), hidden=[FIRST + 3], filtered=f"A9:E{FIRST + 5}"),
        (daily(241, SAID, phones=6),),
    ),
    Case(
        "rows-hidden-with-a-mistake",
        FILE,
        partial(xlsx, form(changed(SIX, (1, 3, "09123"))), hidden=[FIRST + 1]),
        (daily(241, SAID, ("phone_invalid", D), phones=5),),
    ),
    Case(
        "rows-hidden-in-xls",
        "a.xls",
        partial(xls, form(SIX), hidden=[FIRST + 1]),
        (daily(241, SAID, phones=6),),
    ),
    Case(
        "rows-hidden-in-ods",
        "a.ods",
        partial(ods, form(SIX), hidden=[FIRST + 1]),
        (daily(241, SAID, phones=6),),
    ),
    Case(
        "columns-hidden-are-read",
        FILE,
        partial(xlsx, form(SIX), hidden_columns="CD"),
        (daily(241, phones=6),),
    ),
]

# Days and times


def date_case(number: int, text: str, expected: str) -> Case:
    cell: Any = int(text) if text.isdigit() else text
    rows = [["UBND PHƯỜNG BỒNG SƠN"], *([t] for t in TITLES), ["Ngày báo cáo", cell], *bare(ROWS)]
    outside = [("date_outside_campaign", "Sheet1!B4")] if expected > "2021-08-30" else []
    truth = daily(135, *outside, day=expected)
    return Case(f"date-{number:02}", "BC Bong Son.xlsx", partial(xlsx, rows), (truth,))


DATES = [
    date_case(number, row["input"], row["expected"])
    for number, row in enumerate(vectors("parse_test_vectors.csv", kind="date"), start=1)
]
TIMES = [
    Case(
        f"time-{number}",
        "BC Bong Son.xlsx",
        partial(
            xlsx,
            [["UBND PHƯỜNG BỒNG SƠN"], [f"Tính đến {row['input']} ngày 16/8/2021"], *bare(ROWS)],
        ),
        (COUNT,),
    )
    for number, row in enumerate(vectors("parse_test_vectors.csv", kind="time"), start=1)
]
COLUMN = [["STT", "Ngày", *HEAD[1:]]]
DAYS = [
    Case(
        f"column-of-days-as-{name}",
        "BC Bong Son.xlsx",
        partial(xlsx, [["UBND PHƯỜNG BỒNG SƠN"], *COLUMN, *[[r[0], value, *r[1:]] for r in ROWS]]),
        (COUNT,),
    )
    for name, value in [
        ("text", "16/08/2021"),
        ("dates", dt.date(2021, 8, 16)),
        ("serials", 44424),
        ("serials-as-text", "44424"),
        ("short-text", "16/8"),
    ]
]
DAYS.append(
    Case(
        "column-of-days-one-not-readable",
        "BC Bong Son.xlsx",
        partial(
            xlsx,
            [
                ["UBND PHƯỜNG BỒNG SƠN"],
                [dated(16)],
                *COLUMN,
                *[[r[0], day, *r[1:]] for r, day in zip(ROWS, ["16/8", "?", "16/8"], strict=True)],
            ],
        ),
        (
            daily(
                one_of(135, 97),
                allowed=("date_missing", "date_conflict", "number_unreadable", "date_unreadable"),
            ),
        ),
    )
)
DAYS.append(
    Case(
        "day-missing-everywhere",
        "BC Bong Son.xlsx",
        partial(xlsx, [["UBND PHƯỜNG BỒNG SƠN"], *bare(ROWS)]),
        (daily(135, whole("date_missing", "BC Bong Son.xlsx"), day=None),),
    )
)

CASES = [*TEXTS, *HIDDEN, *DATES, *TIMES, *DAYS]
