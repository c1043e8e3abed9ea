"""Files that look like one reading of Lũy kế and are another."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import ANYWHERE, Case, daily, one_of
from tests.corpus.cases.readings import DOUBT, sure, table
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    HAMLETS,
    HEAD,
    PLACES,
    changed,
    form,
    name,
    people,
    phone,
)

ROSTER = people(range(1, 31))
LOOKALIKES = [
    table(
        "alike-three-campaigners-count-1-2-3",
        [1, 2, 3],
        daily(one_of(6, 3), DOUBT, confidence="low"),
    ),
    table("alike-three-campaigners-and-their-total", [1, 2, 3], sure("per_person", 6, 3), total=6),
    table(
        "alike-counts-equal-numbers-by-chance",
        [1, 2, 9, 4, 17, 6],
        daily(39, phones=6, reading="per_person", allowed=("reading_low_confidence",)),
    ),
    table(
        "alike-five-campaigners-by-their-number-and-a-total",
        [1, 2, 3, 4, 5],
        sure("per_person", 15, 5),
        total=15,
    ),
    table(
        "alike-roster-with-a-slip",
        [*range(1, 30), 300],
        daily(
            30,
            DOUBT,
            phones=30,
            reading="roster_all",
            confidence="low",
            allowed=("number_out_of_step",),
        ),
    ),
    Case(
        "alike-roster-with-a-phone-twice",
        FILE,
        partial(xlsx, form(changed(ROSTER, (4, 3, phone(0)), (7, 3, "09123")))),
        (
            daily(
                28,
                ("phone_duplicate", f"Sheet1!D{FIRST + 4}"),
                ("phone_invalid", f"Sheet1!D{FIRST + 7}"),
                phones=28,
                reading="roster_all",
            ),
        ),
    ),
    Case(
        "alike-running-and-numbers-begin-again",
        FILE,
        partial(
            xlsx, form(changed(people(range(5401, 5433)), *((i, 0, i % 8 + 1) for i in range(32))))
        ),
        (daily(5432, phones=32, reading="running"),),
    ),
    Case(
        "alike-running-without-numbers",
        FILE,
        partial(xlsx, form([row[1:] for row in people(range(5401, 5433))], head=HEAD[1:])),
        (sure("running", 5432, 32),),
    ),
    table(
        "alike-running-and-its-total-is-the-last",
        range(5401, 5433),
        sure("running", 5432, 32),
        total=5432,
    ),
    table(
        "alike-total-repeats-the-last-value",
        [12, 30, 45],
        daily(one_of(87, 45), DOUBT, confidence="low", allowed=("total_mismatch",)),
        total=45,
    ),
    table("alike-equal-counts-that-add-up", [10, 10, 10], sure("per_person", 30, 3), total=30),
    table(
        "alike-equal-counts-that-the-total-repeats", [10, 10, 10], sure("total", 10, 3), total=10
    ),
    table("alike-equal-counts-alone", [10, 10, 10], daily(one_of(10, 30), DOUBT, confidence="low")),
    table("alike-one-row-alone", [45], daily(45, phones=1, confidence="high")),
    table(
        "alike-one-value-and-another-total",
        [5432, None, None],
        daily(one_of(5432, 5500), ("total_mismatch", f"Sheet1!E{FIRST + 3}")),
        total=5500,
    ),
    table("alike-ones-without-blanks", [1] * 8, daily(8, phones=8)),
    table(
        "alike-counts-that-only-look-like-flags",
        [1, 1, 2, 1],
        daily(5, phones=4, reading="per_person"),
    ),
    table(
        "alike-ratio-that-is-a-day",
        ["16/8", "16/8", "15/8"],
        daily(
            None,
            *(("number_unreadable", f"Sheet1!E{FIRST + i}") for i in range(3)),
            allowed=("reading_low_confidence",),
        ),
    ),
    table(
        "alike-days-of-installing",
        ["14/08/2021", "15/08/2021", "16/08/2021"],
        daily(
            None,
            *(("number_unreadable", f"Sheet1!E{FIRST + i}") for i in range(3)),
            allowed=("reading_low_confidence",),
        ),
    ),
    table(
        "alike-notes-in-words",
        ["đã cài hết", "chưa rõ", None],
        daily(
            None,
            ("number_unreadable", f"Sheet1!E{FIRST + 1}"),
            allowed=("number_unreadable", "reading_low_confidence"),
        ),
    ),
    table(
        "alike-a-rate-among-counts",
        [45, "42,85%", 52],
        daily(97, ("number_unreadable", f"Sheet1!E{FIRST + 1}"), reading="per_person"),
    ),
    Case(
        "alike-places-of-several-campaigners",
        FILE,  # each place twice: persons, not hamlets
        partial(xlsx, form(people([20 + 3 * (i % 7) for i in range(20)], places=HAMLETS))),
        (daily(571, phones=20, reading="per_person"),),
    ),
    Case(
        "alike-roster-without-phones",
        FILE,
        partial(
            xlsx,
            form(
                [[i, name(i), PLACES[i % 3], None] for i in range(1, 6)], head=[*HEAD[:3], "Lũy kế"]
            ),
        ),
        (
            daily(
                None,
                ("number_unreadable", ANYWHERE),
                phones=None,
                allowed=("reading_low_confidence",),
            ),
        ),
    ),
]

CASES = LOOKALIKES
