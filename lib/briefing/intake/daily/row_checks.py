"""What is wrong with single rows of a table of the list, each mistake at its own cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from briefing import labels
from briefing.catalog.rules import Severity, phrase
from briefing.intake.daily.judging import EACH_ROW_COUNTS, ROSTERS, Check, Judged
from briefing.intake.daily.table import Table
from briefing.intake.daily.tallies import out_of_step, place_keys
from briefing.intake.parsers.disclosure import shown_place
from briefing.intake.parsers.numbers import Number, Unreadable
from briefing.intake.parsers.phones import Phone, parse_phone
from briefing.intake.parsers.text import clean
from briefing.intake.submission import Finding
from briefing.messages import Message

NAMELESS = {"total", "per_place"}  # readings in which a row need not be a person
COUNTING_ON = {"roster_all", "running"}
MOST_ROWS = 0.5
PHONE_FAULTS = {"landline", "rejected", "ditto"}  # that have words of their own


def row_findings(judged: Judged) -> list[Finding]:
    """What is wrong with single rows, in their order.

    Where next to every row of a long table has the same fault, the column is said to have it.
    """
    if judged.untouched:
        return []
    phones = judged.table.phone_faults
    met = dict.fromkeys(rule for i in sorted(phones) for rule in _remarks(phones[i]))
    noted = (Check(rule, "so_dien_thoai", partial(_remarked, rule), MOST_ROWS) for rule in met)
    checks = (*FIRST, *noted, *AFTER)
    found = [each for check in checks for each in check.findings(judged)]
    return [finding for _position, finding in sorted(found, key=lambda item: item[0])]


# Phones


def _needed(judged: Judged) -> Severity:
    return "error" if judged.reading in ROSTERS else "warning"


def _outcome(judged: Judged, i: int | None = None) -> Message:
    return phrase("set_aside" if judged.reading in ROSTERS or i in judged.unusable else "kept")


def _phones(judged: Judged, *, missing: bool) -> Iterator[int]:
    for i, phone in judged.table.phone_faults.items():
        if phone.status != "ok" and (phone.status == "missing") == missing:
            yield i


def _remarks(phone: Phone) -> tuple[str, ...]:
    return (*phone.notes, "phone_several") if phone.second else phone.notes


def _remarked(rule: str, judged: Judged) -> list[int]:
    return [i for i, phone in judged.table.phone_faults.items() if rule in _remarks(phone)]


def _phone_fault(judged: Judged, i: int) -> dict[str, Message]:
    status = judged.table.phone_faults[i].status
    fault: str = status if status in PHONE_FAULTS else "digits"
    fault = "slipped" if _slipped_from(judged.table, i) else fault
    return {"fault": phrase(fault), "outcome": _outcome(judged, i)}


def _slipped_from(table: Table, i: int) -> str | None:
    """The column beside that of the phones in which a row without a phone has it; or none."""
    rows, column = table.rows, table.rows.columns.get("so_dien_thoai", -9)
    beside = [name for name, at in rows.columns.items() if abs(at - column) == 1]
    held = [name for name in beside if parse_phone(rows.value(name, i)).status == "ok"]
    return held[0] if held and table.phones[i] is None else None


def _doubled_phones(judged: Judged) -> list[int]:
    table = judged.table
    if len(table.first_with) == len(table.reachable):
        return []
    return [i for i in table.reachable if table.first_with[table.phones[i]] != i]


def _first_with(judged: Judged, i: int) -> int:
    return judged.table.first_with[judged.table.phones[i]]


def _doubled_phone(judged: Judged, i: int) -> str:
    aside = {i, _first_with(judged, i)} & judged.tally.repeated
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


def _why_unreadable(judged: Judged, i: int) -> str:
    number = judged.table.counts.others.get(i)
    reason = number.reason if isinstance(number, Unreadable) else ""
    return UNREADABLE.get(reason, "number_unreadable.unread")


def _noted_counts(attribute: str, judged: Judged) -> list[int]:
    others = judged.table.counts.others.items()
    return [i for i, n in others if isinstance(n, Number) and getattr(n, attribute)]


def _above_denominator(judged: Judged) -> list[int]:
    table = judged.table
    counted = ((i, table.count[i], denominator) for i, denominator in table.denominators.items())
    return [i for i, count, denominator in counted if count is not None and count > denominator]


def _more_than_all(judged: Judged) -> list[int]:
    table = judged.table
    if judged.reading not in EACH_ROW_COUNTS or not table.denominator:
        return []
    return [i for i, count in enumerate(table.count) if count and count > table.denominator]


def _fallen(judged: Judged) -> list[int]:
    """Rows of a form that count less than it says was last reported of them."""
    counted = enumerate(zip(judged.table.count, judged.table.reported.whole, strict=True))
    return [i for i, (n, last) in counted if n is not None and last is not None and n < last]


# Names and places


def _doubled_persons(judged: Judged) -> list[int]:
    if judged.reading == "per_place":
        return []
    return [i for i in sorted(judged.tally.repeated) if judged.table.phones[i] is None]


def _nameless(judged: Judged) -> list[int]:
    if judged.reading in NAMELESS:
        return []
    names = enumerate(judged.table.rows.values["ho_ten"])
    return [i for i, n in names if not n or (len(str(n)) < 3 and not clean(n))]


def _doubled_places(judged: Judged) -> list[int]:
    """Rows of places with several rows that say different counts."""
    if judged.reading != "per_place":
        return []
    table, keys = judged.table, place_keys(judged.table)
    values: dict[str, int | None] = {keys[i]: table.count[i] for i in judged.tally.basis}
    return [i for i in sorted(judged.tally.repeated) if table.count[i] != values.get(keys[i])]


def _unknown_places(judged: Judged) -> Iterator[int]:
    table = judged.table
    addresses = table.rows.values["dia_chi"]
    for i, place in enumerate(table.places if judged.places_known else ()):
        if place is None and addresses[i] and clean(addresses[i]) and not _slipped_from(table, i):
            yield i


def _place(judged: Judged, _check: Check, i: int) -> str:
    rows = judged.table.rows
    return shown_place(clean(rows.value("dia_chi", i)), clean(rows.value("ho_ten", i)))


FIRST = (
    Check(
        "phone_missing", "so_dien_thoai", partial(_phones, missing=True), MOST_ROWS,
        lambda judged, _i: {"outcome": _outcome(judged)}, _needed,
    ),
    Check(
        "phone_invalid.row", "so_dien_thoai", partial(_phones, missing=False),
        values=_phone_fault, severity=_needed,
    ),
)  # fmt: skip
AFTER = (
    Check(
        _doubled_phone, "so_dien_thoai", _doubled_phones,
        values=lambda judged, i: {
            "first": labels.address(
                judged.table.rows.where("so_dien_thoai", _first_with(judged, i))
            )
        },
    ),
    Check("number_unreadable.blank", "luy_ke", lambda judged: judged.left_blank, MOST_ROWS),
    Check(
        _why_unreadable, "luy_ke",
        lambda judged: [i for i in judged.unusable if i not in judged.left_blank],
    ),
    Check(
        "number_unreadable.counted", "luy_ke",
        lambda judged: judged.table.unreadable if judged.reading in ROSTERS else (), MOST_ROWS,
    ),
    *(
        Check(code, "luy_ke", partial(_noted_counts, attribute), MOST_ROWS)
        for code, attribute in COUNT_NOTES.items()
    ),
    Check(
        "number_out_of_step", "luy_ke",
        lambda judged: sorted(out_of_step(judged.table)) if judged.reading in COUNTING_ON else (),
    ),
    Check(
        "numerator_over_denominator.row", "luy_ke", _above_denominator,
        values=lambda judged, i: {
            "part": judged.table.count[i], "whole": judged.table.denominators[i],
        },
    ),
    Check(
        "row_decrease", "luy_ke", _fallen, MOST_ROWS,
        values=lambda judged, i: {
            "count": judged.table.count[i], "last": judged.table.reported.whole[i],
        },
    ),
    Check(
        "over_denominator.row", "luy_ke", _more_than_all,
        values=lambda judged, _i: {"denominator": judged.table.denominator},
    ),
    Check(
        "number_unreadable.day", "trong_ngay",
        lambda judged: [
            i for i in judged.table.in_day.others if judged.table.in_day.whole[i] is None
        ],
    ),
    Check("person_duplicate", "ho_ten", _doubled_persons, shown=lambda *_row: ""),
    Check("name_missing", "ho_ten", _nameless, MOST_ROWS),
    Check("several_persons", "ho_ten", lambda judged: judged.table.sharing),
    Check("place_duplicate", "dia_chi", _doubled_places),
    Check("place_unknown", "dia_chi", _unknown_places, 0, shown=_place),
)  # fmt: skip
