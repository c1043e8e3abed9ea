"""How the address of a cell is said to a person."""

from __future__ import annotations

import re

from briefing.messages import Message

FORMS = (
    (r"(?P<sheet>.+)!(?P<cell>[A-Z]+[0-9]+)", Message("sheet “{sheet}”, cell {cell}")),
    (
        r"table (?P<table>[0-9]+), row (?P<row>[0-9]+), column (?P<column>[0-9]+)",
        Message("table {table}, row {row}, column {column}"),
    ),
    (r"paragraph (?P<n>[0-9]+)", Message("paragraph {n}")),
    (r"line (?P<n>[0-9]+)", Message("line {n}")),
)


def spoken(where: str) -> Message | str:
    """An address of the contract (`Sheet1!D14`, `table 1, row 4, column 3`) in words.

    Anything else, such as a file's name, is said as it is.
    """
    for form, text in FORMS:
        if match := re.fullmatch(form, where):
            return Message(text.msgid, match.groupdict())
    return where
