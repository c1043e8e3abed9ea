"""How addresses and readings, codes of the public contract, are said to a person."""

from __future__ import annotations

import re

from briefing.messages import Message

READING: dict[str, Message] = {
    "per_person": Message("one row a campaigner, with a running count"),
    "per_hamlet": Message("one row a hamlet, with its running count"),
    "roster_all": Message("a list of everybody who has installed"),
    "roster_today": Message("a list of those who installed today"),
    "running": Message("a count that runs on down the rows"),
    "total": Message("one value for the whole unit"),
    "flag": Message("marked rows"),
    "ratio": Message("installed / with a smartphone"),
    "percent": Message("a rate"),
    "increment": Message("the day's installs"),
}
FORMS = (
    (r"(?P<sheet>.+)!(?P<cell>[A-Z]+[0-9]+)", Message("sheet “{sheet}”, cell {cell}")),
    (
        r"table (?P<table>[0-9]+), row (?P<row>[0-9]+), column (?P<column>[0-9]+)",
        Message("table {table}, row {row}, column {column}"),
    ),
    (r"paragraph (?P<n>[0-9]+)", Message("paragraph {n}")),
    (r"line (?P<n>[0-9]+)", Message("line {n}")),
)


def address(where: str) -> Message | str:
    """An address of the contract (`Sheet1!D14`, `table 1, row 4, column 3`) in words.

    Anything else, such as a file's name, is said as it is.
    """
    for form, text in FORMS:
        if match := re.fullmatch(form, where):
            return Message(text.msgid, match.groupdict())
    return where
