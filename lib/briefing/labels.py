"""How codes, names and figures are put into sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from briefing import formats
from briefing.catalog.figures import FIGURES
from briefing.messages import Message, _

FORMS = (
    (
        r"object (?P<n>[0-9]+), (?P<sheet>.+)!(?P<cell>[A-Z]+[0-9]+)",
        Message("object {n}, sheet “{sheet}”, cell {cell}"),
    ),
    (r"(?P<sheet>.+)!(?P<cell>[A-Z]+[0-9]+)", Message("sheet “{sheet}”, cell {cell}")),
    (
        r"(?P<sheet>.+)!(?P<first>[A-Z]+[0-9]+):(?P<last>[A-Z]+[0-9]+)",
        Message("sheet “{sheet}”, cells {first} to {last}"),
    ),
    (
        r"table (?P<table>[0-9.]+), row (?P<row>[0-9]+), column (?P<column>[0-9]+)",
        Message("table {table}, row {row}, column {column}"),
    ),
    (r"paragraph (?P<n>[0-9]+)", Message("paragraph {n}")),
    (r"object (?P<n>[0-9]+)", Message("object {n}")),
    (
        r"line (?P<line>[0-9]+), column (?P<column>[0-9]+)",
        Message("line {line}, column {column}"),
    ),
    (r"line (?P<n>[0-9]+)", Message("line {n}")),
    (r"(?P<file>.+), entry (?P<n>[0-9]+)", Message("{file}, entry {n}")),
    (r"entry (?P<n>[0-9]+)", Message("entry {n}")),
    (r"(?P<file>.+), key (?P<key>.+)", Message("{file}, line “{key}”")),
)

INSIDE = (
    (
        r"page (?P<n>[0-9]+), (?P<kind>line|table|paragraph) (?P<rest>.+)",
        Message("page {n}, {place}"),
    ),
    (r"header (?P<kind>paragraph) (?P<rest>.+)", Message("header of the page, {place}")),
    (r"footer (?P<kind>paragraph) (?P<rest>.+)", Message("footer of the page, {place}")),
    (r"(?P<kind>table) header (?P<rest>.+)", Message("header of the page, {place}")),
    (r"(?P<kind>table) footer (?P<rest>.+)", Message("footer of the page, {place}")),
    (
        r"object (?P<n>[0-9]+), (?P<kind>line|paragraph) (?P<rest>.+)",
        Message("object {n}, {place}"),
    ),
    (r"(?P<kind>table) object (?P<n>[0-9]+)\.(?P<rest>.+)", Message("object {n}, {place}")),
    (r"text box (?P<n>[0-9]+), (?P<kind>paragraph) (?P<rest>.+)", Message("text box {n}, {place}")),
    (r"(?P<kind>table) text box (?P<n>[0-9]+)\.(?P<rest>.+)", Message("text box {n}, {place}")),
)
"""Addresses that say first in what a place lies, and then the place."""

# A day has thousands of addresses, and each is tried against many forms.
_FORMS, _INSIDE = (
    [(re.compile(rf"\A(?s:{form})\Z"), text) for form, text in forms] for forms in (FORMS, INSIDE)
)


def address(where: str) -> Message | str:
    """An address of the contract (`Sheet1!D14`, `page 2, line 5`) in words.

    Anything else, such as a file's name, is said as it is.
    """
    for form, text in _INSIDE:
        if match := form.match(where):
            inner = f"{match['kind']} {match['rest']}"
            return Message(text.msgid, {**match.groupdict(), "place": address(inner)})
    for form, text in _FORMS:
        if match := form.match(where):
            return Message(text.msgid, match.groupdict())
    return where


def fact(column: str, value: object) -> Message | str:
    """A value of a table, which holds it as text: a day as it is written, a count grouped."""
    if formats.is_missing(value):
        return Message("nothing")
    text = str(value)
    if column == "report_date":
        return moment(text)
    return text if column == "unit_code" else formats.integer(int(text))


def figures_text(figures: Mapping[str, int]) -> str:
    """Figures with their names, in a row."""
    return "; ".join(f"{FIGURES[name].inside} {fact(name, n)}" for name, n in figures.items())


def moment(iso: str) -> str:
    """An ISO day, with its time if it has one, as it is written."""
    at = datetime.fromisoformat(iso)
    return formats.day(at) if len(iso) == len("2021-08-16") else formats.moment(at)


def sentence(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """A text that begins a sentence, as it stands inside one."""
    return text[:1].lower() + text[1:]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names in a row, the rest counted: "A; B; C và 4 đơn vị khác".

    One more than `most` are all named: "và 1 đơn vị khác" takes the room of a name.
    """
    count = shown(len(names), most)
    line = "; ".join(names[:count])
    rest = len(names) - count
    return _("{names} and {n} others", names=line, n=rest) if rest else line


def shown(count: int, most: int) -> int:
    """How many of so many names `listed` says."""
    return count if count - most < 2 else most


RARE = 0.05  # below it errors of the past tell no more than that a thing is rare


def odds(chance: float) -> str:
    """A chance (0 to 1) as people say it: no surer than errors of the past can tell."""
    if chance < RARE:
        return _("under 1 in 20")
    if chance > 1 - RARE:
        return _("over 19 in 20")
    return _("about {n} in 10", n=min(max(round(chance * 10), 1), 9))


def over_days(days: object, step: timedelta) -> str:
    """What is said beside a rise over more days than one step of the calendar; else nothing."""
    return "" if formats.is_missing(days) or days == step.days else _("({n} days)", n=days)
