"""What is wrong with single rows of a table of the list, each mistake at its own cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from briefing import labels
from briefing.catalog.rules import Severity, phrase
from briefing.intake.parsers.disclosure import shown_place
from briefing.intake.parsers.numbers import Number, Unreadable
from briefing.intake.parsers.phones import Phone, parse_phone
from briefing.intake.parsers.text import clean
from briefing.intake.submission import Finding
from briefing.intake.tables.checks import EACH_ROW_COUNTS, ROSTERS, Check, ParsedTable
from briefing.intake.tables.table import Table
from briefing.intake.tables.tallies import out_of_step, place_keys
from briefing.messages import Message

NAMELESS = {"total", "per_place"}  # readings in which a row need not be a person
COUNTING_ON = {"roster_all", "running"}
MOST_ROWS = 0.5
PHONE_FAULTS = {"landline", "rejected", "ditto"}  # that have words of their own


def row_findings(parsed: ParsedTable) -> list[Finding]:
    """What is wrong with single rows, in their order.

    Where next to every row of a long table has the same fault, the column is said to have it.
    """
    if parsed.untouched:
        return []
    phones = parsed.table.phone_faults
    met = dict.fromkeys(rule for i in sorted(phones) for rule in _remarks(phones[i]))
    noted = (Check(rule, "so_dien_thoai", partial(_remarked, rule), MOST_ROWS) for rule in met)
    checks = (*FIRST, *noted, *AFTER)
    found = [each for check in checks for each in check.findings(parsed)]
    return [finding for _position, finding in sorted(found, key=lambda item: item[0])]


# Phones


def _needed(parsed: ParsedTable) -> Severity:
    return "error" if parsed.reading in ROSTERS else "warning"


def _outcome(parsed: ParsedTable, i: int | None = None) -> Message:
    return phrase("set_aside" if parsed.reading in ROSTERS or i in parsed.unusable else "kept")


def _phones(parsed: ParsedTable, *, missing: bool) -> Iterator[int]:
    for i, phone in parsed.table.phone_faults.items():
        if phone.status != "ok" and (phone.status == "missing") == missing:
            yield i


def _remarks(phone: Phone) -> tuple[str, ...]:
    return (*phone.notes, "phone_several") if phone.second else phone.notes


def _remarked(rule: str, parsed: ParsedTable) -> list[int]:
    return [i for i, phone in parsed.table.phone_faults.items() if rule in _remarks(phone)]


def _phone_fault(parsed: ParsedTable, i: int) -> dict[str, Message]:
    status = parsed.table.phone_faults[i].status
    fault: str = status if status in PHONE_FAULTS else "digits"
    fault = "slipped" if _slipped_from(parsed.table, i) else fault
    return {"fault": phrase(fault), "outcome": _outcome(parsed, i)}


def _slipped_from(table: Table, i: int) -> str | None:
    """The column beside that of the phones in which a row without a phone has it; or none."""
    rows, column = table.rows, table.rows.columns.get("so_dien_thoai", -9)
    beside = [name for name, at in rows.columns.items() if abs(at - column) == 1]
    held = [name for name in beside if parse_phone(rows.value(name, i)).status == "ok"]
    return held[0] if held and table.phones[i] is None else None


def _doubled_phones(parsed: ParsedTable) -> list[int]:
    table = parsed.table
    if len(table.first_with) == len(table.reachable):
        return []
    return [i for i in table.reachable if table.first_with[table.phones[i]] != i]


def _first_with(parsed: ParsedTable, i: int) -> int:
    return parsed.table.first_with[parsed.table.phones[i]]


def _doubled_phone(parsed: ParsedTable, i: int) -> str:
    aside = {i, _first_with(parsed, i)} & parsed.tally.repeated
    return "phone_duplicate.set_aside" if aside else "phone_duplicate.counted"


# Counts

COUNT_NOTES = {  # with the attribute of the number
    "number_approximate.estimate": "approximate",
    "number_repaired": "repaired",
    "number_thousands": "assumed_thousands",
}
UNREADABLE = {
    "date": "number_unreadable.date",
    "several": "number_unreadable.several",
    "phone": "number_unreadable.phone",
    "formula": "number_unreadable.formula",
}


def _why_unreadable(parsed: ParsedTable, i: int) -> str:
    number = parsed.table.counts.others.get(i)
    reason = number.reason if isinstance(number, Unreadable) else ""
    return UNREADABLE.get(reason, "number_unreadable.unread")


def _noted_counts(attribute: str, parsed: ParsedTable) -> list[int]:
    others = parsed.table.counts.others.items()
    return [i for i, n in others if isinstance(n, Number) and getattr(n, attribute)]


def _above_denominator(parsed: ParsedTable) -> list[int]:
    table = parsed.table
    counted = ((i, table.count[i], denominator) for i, denominator in table.denominators.items())
    return [i for i, count, denominator in counted if count is not None and count > denominator]


def _more_than_all(parsed: ParsedTable) -> list[int]:
    table = parsed.table
    if parsed.reading not in EACH_ROW_COUNTS or not table.denominator:
        return []
    return [i for i, count in enumerate(table.count) if count and count > table.denominator]


def _fallen(parsed: ParsedTable) -> list[int]:
    """Rows of a form that count less than it says was last reported of them."""
    counted = enumerate(zip(parsed.table.count, parsed.table.reported.numbers, strict=True))
    return [i for i, (n, last) in counted if n is not None and last is not None and n < last]


# Names and places


def _doubled_persons(parsed: ParsedTable) -> list[int]:
    if parsed.reading == "per_place":
        return []
    return [i for i in sorted(parsed.tally.repeated) if parsed.table.phones[i] is None]


def _nameless(parsed: ParsedTable) -> list[int]:
    if parsed.reading in NAMELESS:
        return []
    names = enumerate(parsed.table.rows.values["ho_ten"])
    return [i for i, n in names if not n or (len(str(n)) < 3 and not clean(n))]


def _doubled_places(parsed: ParsedTable) -> list[int]:
    """Rows of places with several rows that say different counts."""
    if parsed.reading != "per_place":
        return []
    table, keys = parsed.table, place_keys(parsed.table)
    values: dict[str, int | None] = {keys[i]: table.count[i] for i in parsed.tally.basis}
    return [i for i in sorted(parsed.tally.repeated) if table.count[i] != values.get(keys[i])]


def _unknown_places(parsed: ParsedTable) -> Iterator[int]:
    table = parsed.table
    addresses = table.rows.values["dia_chi"]
    for i, place in enumerate(table.places if parsed.places_known else ()):
        if place is None and addresses[i] and clean(addresses[i]) and not _slipped_from(table, i):
            yield i


def _place(parsed: ParsedTable, _check: Check, i: int) -> str:
    rows = parsed.table.rows
    return shown_place(clean(rows.value("dia_chi", i)), clean(rows.value("ho_ten", i)))


FIRST = (
    Check(
        "phone_missing", "so_dien_thoai", partial(_phones, missing=True), MOST_ROWS,
        lambda parsed, _i: {"outcome": _outcome(parsed)}, _needed,
    ),
    Check(
        "phone_invalid.row", "so_dien_thoai", partial(_phones, missing=False),
        values=_phone_fault, severity=_needed,
    ),
)  # fmt: skip
AFTER = (
    Check(
        _doubled_phone, "so_dien_thoai", _doubled_phones,
        values=lambda parsed, i: {
            "first": labels.address(
                parsed.table.rows.where("so_dien_thoai", _first_with(parsed, i))
            )
        },
    ),
    Check("number_unreadable.blank", "luy_ke", lambda parsed: parsed.left_blank, MOST_ROWS),
    Check(
        _why_unreadable, "luy_ke",
        lambda parsed: [i for i in parsed.unusable if i not in parsed.left_blank],
    ),
    Check(
        "number_unreadable.counted", "luy_ke",
        lambda parsed: parsed.table.unreadable if parsed.reading in ROSTERS else (), MOST_ROWS,
    ),
    *(
        Check(code, "luy_ke", partial(_noted_counts, attribute), MOST_ROWS)
        for code, attribute in COUNT_NOTES.items()
    ),
    Check(
        "number_out_of_step", "luy_ke",
        lambda parsed: sorted(out_of_step(parsed.table)) if parsed.reading in COUNTING_ON else (),
    ),
    Check(
        "numerator_over_denominator.row", "luy_ke", _above_denominator,
        values=lambda parsed, i: {
            "part": parsed.table.count[i], "whole": parsed.table.denominators[i],
        },
    ),
    Check(
        "row_decrease", "luy_ke", _fallen, MOST_ROWS,
        values=lambda parsed, i: {
            "count": parsed.table.count[i], "last": parsed.table.reported.numbers[i],
        },
    ),
    Check(
        "over_denominator.row", "luy_ke", _more_than_all,
        values=lambda parsed, _i: {"denominator": parsed.table.denominator},
    ),
    Check(
        "number_unreadable.day", "trong_ngay",
        lambda parsed: [
            i for i in parsed.table.in_day.others if parsed.table.in_day.numbers[i] is None
        ],
    ),
    Check("person_duplicate", "ho_ten", _doubled_persons, shown=lambda *_row: ""),
    Check("name_missing", "ho_ten", _nameless, MOST_ROWS),
    Check("several_persons", "ho_ten", lambda parsed: parsed.table.sharing),
    Check("place_duplicate", "dia_chi", _doubled_places),
    Check("place_unknown", "dia_chi", _unknown_places, 0, shown=_place),
)  # fmt: skip
