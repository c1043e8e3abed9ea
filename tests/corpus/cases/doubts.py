"""Tables and forms in which a number or a name leaves a doubt: read exactly, or said where."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.corpus.case import Case, Report, daily, once
from tests.corpus.cases.mau01 import lines
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import FILE, HEAD, VALUES, answers, people, top

FIRST = len(top()) + 2  # row of the sheet in which the data begin
T, S, D = "paragraph 10", "paragraph 11", "paragraph 12"


def cell(name: str, value: Any, *expected: Report) -> Case:
    """A table whose second value is written so."""
    rows = people([VALUES[0], value, VALUES[2]])
    return Case(f"doubt-{name}", FILE, partial(xlsx, [*top(), HEAD, *rows]), expected)


def refused(name: str, value: Any) -> Case:
    rest = VALUES[0] + VALUES[2]
    return cell(name, value, daily(rest, ("number_unreadable", f"Sheet1!E{FIRST + 1}")))


def nameless(name: str, file: str, *expected: Report) -> Case:
    """A table without a letterhead, known by its file's name alone."""
    rows = [HEAD, *people(VALUES)]
    return Case(f"doubt-{name}", file, partial(xlsx, rows), expected)


CELLS = [
    refused("a-count-and-what-is-new", "67 (+3)"),
    refused("thousands-by-a-letter", "4.3k"),
    refused("thousands-and-hundreds", "3k2"),
    refused("thousands-in-words", "2,7 nghìn"),
    refused("a-star", "45*"),
    refused("a-question-mark", "45?"),
    refused("a-range", "45-50"),
    refused("a-sum", "45 + 3"),
    refused("a-truth", True),
    refused("an-exponent", "1e3"),
    refused("a-remark-with-a-number", "45 (KP1)"),
    refused("decimals", "1,234.5"),
    cell("women-among-them", "38 (trong đó nữ 12)", daily(135)),
]
FORMS = [
    lines("doubt-m01-part-of-all", answers(installed="40/45"), once(45, 43, 40)),
    lines("doubt-m01-part-and-rate", answers(installed="40 người, đạt 93%"), once(45, 43, 40)),
    lines("doubt-m01-part-of-nothing", answers(installed="40/50"),
          once(45, 43, None, ("number_unreadable", D))),
    lines("doubt-m01-rate-disagrees", answers(installed="40 người, đạt 80%"),
          once(45, 43, None, ("number_unreadable", D))),
    lines("doubt-m01-decimal-rate-is-no-part", answers(installed="98,5%"),
          once(45, 43, None, ("number_unreadable", D))),
    lines("doubt-m01-smartphones-of-all", answers(denominator="43/45"), once(45, 43, 40)),
    lines("doubt-m01-all-of-all", answers(total="45/45"),
          once(None, 43, 40, ("number_unreadable", T))),
    lines("doubt-m01-a-range", answers(denominator="40-43"),
          once(45, None, 40, ("number_unreadable", S))),
]  # fmt: skip
NAMES = [
    nameless("part-of-a-name-apart", "HoaiChau-16-8-Bac.xlsx",
             daily(135, ("unit_ambiguous", "HoaiChau-16-8-Bac.xlsx"), unit=None)),
    nameless("year-is-no-part-of-a-name", "Tam Quan 16-8 nam 2021.xlsx",
             daily(135, unit="21637", allowed=("place_unknown",))),
    nameless("part-of-a-name-behind-a-dash", "Tam Quan - Nam 16-8.xlsx",
             daily(135, unit="21658", allowed=("place_unknown",))),
]  # fmt: skip

CASES = [*CELLS, *FORMS, *NAMES]
