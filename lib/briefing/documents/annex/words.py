"""The codes that tables hold, as the annex says them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from briefing import formats
from briefing.catalog.codes import READING, STANDING, STATUS
from briefing.catalog.figures import FIGURES, figure_of
from briefing.catalog.lineage import CORRECTED_BY, COUNTED, MESSAGES
from briefing.catalog.rules import cited, label
from briefing.documents.lineage import places
from briefing.labels import listed
from briefing.messages import _

DAYS = re.compile(r"\d{4}-\d\d-\d\d")  # of a key that is a day, or the days of a period


def word(table: str, column: str, value: Any) -> str:
    """A code of a table in words; what has none stays as it is."""
    text = str(value)
    if (table, column) == ("trace", "rule"):
        return _worked_out(text)
    if column in SAID:
        return SAID[column](text)
    figure = figure_of(column, table)
    if figure.kind == "yes_no":
        return _("yes") if text.lower() == "true" else _("no")
    return str((figure.codes or {}).get(text, text))


def _column(text: str) -> str:
    known = FIGURES.get(text)
    return str(known.label) if known else text


def _key(text: str) -> str:
    """A key that is a day, or the days of a period, as days."""
    days = map(date.fromisoformat, DAYS.findall(text))
    return " – ".join(map(formats.day, days)) or text


def _doubts(text: str) -> str:
    return listed([str(label(rule)) for rule in text.split()])


def _where(text: str) -> str:
    if known := FIGURES.get(text):
        return _("column “{name}”", name=known.label)
    return DAYS.sub(lambda day: formats.day(date.fromisoformat(day[0])), places(text))


def _worked_out(text: str) -> str:
    """The rule of a line of trace.csv."""
    if text.startswith(CORRECTED_BY):
        return _("corrected: {note}", note=text.removeprefix(CORRECTED_BY))
    if text.startswith(COUNTED):
        kind = text.removeprefix(COUNTED)
        counted = _("a report due") if kind == "expected" else str(STATUS.get(kind, ""))
        return _("number of units: {kind}", kind=counted or _("with a figure"))
    return str(MESSAGES.get(text) or READING.get(text) or STANDING.get(text) or text)


SAID: dict[str, Callable[[str], str]] = {
    "column": _column,
    "key": _key,
    "doubts": _doubts,
    "rule": lambda text: cited(text, label(text)),
    "where": _where,
}
"""Columns whose cells are worked out."""
