"""One number of a report of counts, with all that its place says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from briefing.intake.parsers.dates import cell_date
from briefing.intake.parsers.numbers import Number, Unreadable, parse_number
from briefing.intake.parsers.text import clean

COMBINED = re.compile(r"\d[\d.,]*(?:\s?[/;|]\s?\d[\d.,]*){1,7}")  # “100/200/1300”
WHOLE = "*"  # in the place of a unit or a place: all of those of the table


@dataclass(frozen=True)
class Key:
    """What a number is of.

    Attributes:
        unit, place, part: As written; "" where nothing says it, `WHOLE`: the table's total of them.
        group: Code; "": everybody; `None` where nothing says it.
        day: Where a column or a row is of a day.
    """

    indicator: str
    measure: str = "cumulative"
    group: str | None = None
    share: bool = False
    unit: str = ""
    place: str = ""
    part: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Cell:
    """A number and its key.

    Attributes:
        number: `None` where nothing was written.
        sure: All words around it are understood.
        worded: Words of params around it say what it counts.
        unit_where: Where its unit is named.
    """

    key: Key
    number: Number | Unreadable | None
    where: str
    sure: bool = True
    worded: bool = True
    unit_where: str = ""


def number_in(value: object, *, share: bool) -> Number | Unreadable | None:
    """A number in a column of counts, or of rates: 53,6 under “Tỷ lệ (%)” is a percentage."""
    number = parse_number(value, count=not share)
    if not share or not isinstance(number, Number):
        return number
    if number.kind in ("decimal", "count") and number.value != 0:
        return Number(number.value, "percent")
    return number


def is_number(value: object) -> bool:
    """Whether a cell is meant as a number: as typed by a spreadsheet, or as a text with digits."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        return value == value
    text = clean(value)
    if not any(map(str.isdigit, text)):
        return False
    if COMBINED.fullmatch(text) and cell_date(text, year=date.today().year) is None:
        return True
    number = parse_number(text)
    return isinstance(number, Number) or (
        isinstance(number, Unreadable) and number.reason in ("decimal", "negative", "too_large")
    )
