"""Names, places, ditto marks; what is hidden, struck or not calculated; days and times."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from tests.corpus.case import ANYWHERE, Case, daily, one_of, whole
from tests.corpus.cases.truths import ROWS, one, vectors
from tests.corpus.makers.workbooks import (
    Formula,
    Looking,
    Pieces,
    ods,
    xls,
    xlsb,
    xlsx,
    xml2003,
)
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


WORKBOOKS = {"xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods, "xml": xml2003}
UNREADABLE = daily(97, ("number_unreadable", E))
COUNT = daily(135)

TEXTS = [
    one("name-missing", 1, None, daily(135, ("name_missing", B))),
    one("name-of-two-lines", 1, "Trần Văn Bình\n(tổ trưởng)", COUNT),
    one("place-unknown", 2, "Thôn Không Có", daily(135, ("place_unknown", C))),
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


BY_FILTER = ("rows_hidden", ANYWHERE)  # once for all of them: the contract does not say where
SIX = people([45, 38, 52, 17, 60, 29])  # 241


def by_hand(*rows: int) -> tuple[tuple[str, str], ...]:
    """What is said of rows that were hidden by hand (from 0): each at its figure."""
    return tuple(("text_hidden", f"Sheet1!E{FIRST + row}") for row in rows)


HIDDEN = [
    Case(
        "rows-hidden-by-hand-are-not-read",
        FILE,
        partial(xlsx, form(SIX), hidden=[FIRST + 1, FIRST + 2]),
        (daily(241 - 38 - 52, *by_hand(1, 2), phones=4),),
    ),
    Case(
        "rows-filtered-are-read",
        FILE,
        partial(xlsx, form(SIX), hidden=[FIRST + 3], filtered=f"A9:E{FIRST + 5}"),
        (daily(241, BY_FILTER, phones=6),),
    ),
    Case(
        "rows-hidden-under-a-filter-that-ends-above-them",
        FILE,
        partial(xlsx, form(SIX), hidden=[FIRST + 3, FIRST + 5], filtered=f"A9:E{FIRST + 4}"),
        (daily(241 - 29, BY_FILTER, *by_hand(5), phones=5),),
    ),
    Case(
        "rows-hidden-with-a-mistake-that-nobody-sees",
        FILE,
        partial(xlsx, form(changed(SIX, (1, 3, "09123"))), hidden=[FIRST + 1]),
        (daily(241 - 38, *by_hand(1), phones=5),),
    ),
    *(
        Case(
            f"rows-hidden-by-hand-in-{ending}",
            f"a.{ending}",
            partial(make, form(SIX), hidden=[FIRST + 1]),
            (daily(241 - 38, *by_hand(1), phones=5),),
        )
        for ending, make in (("xls", xls), ("xlsb", xlsb), ("ods", ods), ("xml", xml2003))
    ),
    *(
        Case(
            f"rows-filtered-in-{ending}",
            f"a.{ending}",
            partial(make, form(SIX), hidden=[FIRST + 1], filtered=f"A9:E{FIRST + 5}"),
            (daily(241, BY_FILTER, phones=6),),
        )
        for ending, make in (("xlsb", xlsb), ("xml", xml2003))
    ),
    Case(
        "rows-filtered-in-ods",
        "a.ods",
        partial(ods, form(SIX), filtered=[FIRST + 1]),
        (daily(241, BY_FILTER, phones=6),),
    ),
    *(
        Case(
            f"columns-of-persons-hidden-are-read-in-{ending}",
            f"a.{ending}",
            partial(make, form(SIX), hidden_columns="CD"),
            (daily(241, phones=6),),
        )
        for ending, make in WORKBOOKS.items()
    ),
    *(
        Case(
            f"column-of-figures-hidden-beside-a-visible-one-in-{ending}",
            f"a.{ending}",
            partial(
                make,
                form([[*row, row[4] + 5] for row in SIX], head=[*HEAD, HEAD[4]]),
                hidden_columns="E",
            ),
            (daily(241 + 6 * 5, ("text_hidden", f"Sheet1!E{FIRST - 1}"), phones=6),),
        )
        for ending, make in WORKBOOKS.items()
    ),
    Case(
        "column-of-figures-hidden-and-no-other",
        FILE,
        partial(xlsx, form(SIX), hidden_columns="E"),
        (daily(241, ("text_hidden", f"Sheet1!E{FIRST - 1}"), phones=6),),
    ),
]

# Struck through, raised, shown as nothing


def looking(name: str, value: Any, report: Any, *endings: str, at: int = 4) -> list[Case]:
    """The form with one cell of its second row in a look, in every kind of workbook."""
    rows = changed(SIX, (1, at, value))
    return [
        Case(f"{name}-in-{ending}", f"a.{ending}", partial(make, form(rows)), (report,))
        for ending, make in WORKBOOKS.items()
        if ending in endings or not endings
    ]


def struck_row(make: Any) -> bytes:
    return make(form([*SIX[:1], [Looking(value, "struck") for value in SIX[1]], *SIX[2:]]))


STRUCK, UNSEEN = ("text_struck", E), ("text_hidden", E)
LOOKS = [
    *looking("count-struck", Looking(38, "struck"),
             daily(203, STRUCK, ("number_unreadable", E), phones=6)),
    *looking("count-shown-as-nothing", Looking(38, "hidden"),
             daily(203, UNSEEN, ("number_unreadable", E), phones=6)),
    *looking("count-struck-and-written-anew", Pieces((("83", "struck"), ("38", ""))),
             daily(241, STRUCK, phones=6)),
    *looking("count-with-a-note-mark", Pieces((("38", ""), ("1", "raised"))),
             daily(241, phones=6)),
    *looking("count-with-a-note-mark-in-brackets", Pieces((("38", ""), ("(1)", "raised"))),
             daily(241, phones=6)),
    *looking("phone-struck-and-written-anew",
             Pieces((("0912345999", "struck"), (" ", ""), (SIX[1][3], ""))),
             daily(241, ("text_struck", D), phones=6), at=3),
    *looking("name-struck-in-part", Pieces((("Lê Thị A", "struck"), (" Trần Thị Bình", ""))),
             daily(241, ("text_struck", B), phones=6), at=1),
    *(
        Case(f"row-struck-in-{ending}", f"a.{ending}", partial(struck_row, make),
             (daily(203, STRUCK, phones=5),))
        for ending, make in WORKBOOKS.items()
    ),
]  # fmt: skip

# Formulas that were never calculated


def summed(cached: float | None, text: str = f"SUM(E{FIRST}:E{FIRST + 5})") -> list[list[Any]]:
    return form([*SIX, ["Tổng cộng", None, None, None, Formula(text, cached)]])


def of_two(cached: float | None) -> list[list[Any]]:
    """Each count a sum of two cells beside it: what it was yesterday, and 3."""
    head = [*HEAD, "Ghi chú 1", "Ghi chú 2"]
    rows = [
        [*row[:4], Formula(f"F{FIRST + i}+G{FIRST + i}", cached), row[4] - 3, 3]
        for i, row in enumerate(SIX)
    ]
    return form(rows, head=head)


FORMULAS = [
    *(
        Case(f"total-{name}-in-{ending}", f"a.{ending}", partial(make, summed(cached)),
             (daily(241, phones=6),))
        for ending, make in WORKBOOKS.items()
        for name, cached in (("saved-as-zero", 0), ("saved-without-a-value", None))
        if (ending, cached) != ("xlsb", None)
    ),
    *(
        Case(f"counts-{name}-in-{ending}", f"a.{ending}", partial(make, of_two(cached)),
             (daily(241, phones=6),))
        for ending, make in WORKBOOKS.items()
        for name, cached in (("saved-as-zero", 0), ("saved-without-a-value", None))
        if (ending, cached) != ("xlsb", None)
    ),
    *(
        Case(f"count-by-a-function-{name}", FILE,
             partial(xlsx, form(changed(SIX, (1, 4, Formula("VLOOKUP(B10,A:B,2)", cached))))),
             (daily(203, ("number_unreadable", E), phones=6),))
        for name, cached in (("saved-as-zero", 0), ("saved-without-a-value", None))
    ),
    Case("count-of-zero-by-a-formula", FILE,
         partial(xlsx, form(changed(SIX, (1, 4, Formula("G10+G11", 0))))), (daily(203, phones=6),)),
    Case("count-by-a-formula-that-was-calculated", FILE,
         partial(xlsx, form(changed(SIX, (1, 4, Formula("G10+G11", 38))))),
         (daily(241, phones=6),)),
]  # fmt: skip

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

CASES = [*TEXTS, *HIDDEN, *LOOKS, *FORMULAS, *DATES, *TIMES, *DAYS]
