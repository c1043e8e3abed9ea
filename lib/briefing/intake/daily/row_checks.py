"""What is wrong with single rows of a table of Mẫu 02, each mistake at its own cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from briefing import spoken
from briefing.intake.daily.judging import EACH_ROW_COUNTS, ROSTERS, Check, Judged
from briefing.intake.daily.table import Table
from briefing.intake.daily.tallies import hamlet_keys, out_of_step
from briefing.intake.submission import Finding, Severity
from briefing.intake.values.disclosure import shown_place
from briefing.intake.values.numbers import Number, Unreadable
from briefing.intake.values.phones import Phone, parse_phone
from briefing.intake.values.text import clean
from briefing.messages import Message

NAMELESS = {"total", "per_hamlet"}  # readings in which a row need not be a person
COUNTING_ON = {"roster_all", "running"}
MOST_ROWS = 0.5


def row_findings(judged: Judged) -> list[Finding]:
    """What is wrong with single rows, in their order.

    Where next to every row of a long table has the same fault, the column is said to have it.
    """
    phones = judged.table.phone_faults
    met = dict.fromkeys(rule for i in sorted(phones) for rule in _remarks(phones[i]))
    checks = (*FIRST, *map(REMARKS.__getitem__, met), *AFTER)
    found = [each for check in checks for each in check.findings(judged)]
    return [finding for _position, finding in sorted(found, key=lambda item: item[0])]


# Phones

ASIDE = Message("the row is set aside")
KEPT = Message("the row's count is kept")
PHONE_NOTES = {
    "phone_zero_restored": Message("the zero at the front was lost in Excel; it has been put back"),
    "phone_letter_replaced": Message("a letter was typed for the digit 1; it has been replaced"),
    "phone_converted": Message("an 11-digit number from before 2018; it has been converted"),
    "phone_ambiguous": Message("a mobile number, or the province's old landline form"),
    "phone_several": Message("two numbers in one cell; the first is taken"),
}
PHONE_FAULTS = {
    "landline": Message("this is a landline, which can't hold the app"),
    "rejected": Message("Excel has cut the digits off"),
    "ditto": Message("a ditto mark stands for another row's number"),
}


def _needed(judged: Judged) -> Severity:
    return "error" if judged.reading in ROSTERS else "warning"


def _outcome(judged: Judged, i: int | None = None) -> Message:
    return ASIDE if judged.reading in ROSTERS or i in judged.unusable else KEPT


def _phones(judged: Judged, *, missing: bool) -> Iterator[int]:
    for i, phone in judged.table.phone_faults.items():
        if phone.status != "ok" and (phone.status == "missing") == missing:
            yield i


def _remarks(phone: Phone) -> tuple[str, ...]:
    return (*phone.notes, "phone_several") if phone.second else phone.notes


def _remarked(rule: str, judged: Judged) -> list[int]:
    return [i for i, phone in judged.table.phone_faults.items() if rule in _remarks(phone)]


def _phone_fault(judged: Judged, i: int) -> Message:
    status = judged.table.phone_faults[i].status
    fault = PHONE_FAULTS.get(status, Message("not a phone number of 10 digits"))
    if _slipped_from(judged.table, i):
        fault = Message("the row is written one column too far to the side")
    return Message("{fault}; {outcome}", {"fault": fault, "outcome": _outcome(judged, i)})


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


def _doubled_phone(judged: Judged, i: int) -> Message:
    held = judged.table.first_with[judged.table.phones[i]]
    first = {"first": spoken.address(judged.table.rows.where("so_dien_thoai", held))}
    if {i, held} & judged.tally.repeated:
        return Message("the same number as in {first}; the row is set aside", first)
    return Message("the same number as in {first}; both rows are counted", first)


# Counts

WHOLE_NUMBER = Message("Write a whole number in this cell and send the report again.")
CHECK_CELL = Message("Check this cell and send the report again.")
COUNT_NOTES: dict[str, tuple[Severity, str, Message]] = {  # with the attribute of the number
    "number_approximate": (
        "warning", "approximate", Message("an estimate, counted as it stands"),
    ),
    "number_repaired": (
        "info", "repaired", Message("a letter was typed for a digit; it has been replaced"),
    ),
    "number_thousands": (
        "info", "assumed_thousands",
        Message("the separator is taken for thousands, not for a decimal point"),
    ),
}  # fmt: skip
UNREADABLE = {
    "date": Message("a date stands where a count is due; the row is set aside"),
    "several": Message("several numbers stand in one cell; the row is set aside"),
    "phone": Message("a phone number stands where a count is due; the row is set aside"),
    "formula": Message("a formula was saved without being calculated; the row is set aside"),
}


def _why_unreadable(judged: Judged, i: int) -> Message:
    number = judged.table.counts.others.get(i)
    reason = number.reason if isinstance(number, Unreadable) else ""
    return UNREADABLE.get(
        reason, Message("the count can't be read; the row is set aside, not counted as zero")
    )


def _noted_counts(attribute: str, judged: Judged) -> list[int]:
    others = judged.table.counts.others.items()
    return [i for i, n in others if isinstance(n, Number) and getattr(n, attribute)]


def _over_owners(judged: Judged) -> list[int]:
    table = judged.table
    counted = ((i, table.count[i], owners) for i, owners in table.denominators.items())
    return [i for i, count, owners in counted if count is not None and count > owners]


def _more_than_all(judged: Judged) -> list[int]:
    table = judged.table
    if judged.reading not in EACH_ROW_COUNTS or not table.owners:
        return []
    return [i for i, count in enumerate(table.count) if count and count > table.owners]


# Names and places


def _doubled_persons(judged: Judged) -> list[int]:
    if judged.reading == "per_hamlet":
        return []
    return [i for i in sorted(judged.tally.repeated) if judged.table.phones[i] is None]


def _nameless(judged: Judged) -> list[int]:
    if judged.reading in NAMELESS:
        return []
    names = enumerate(judged.table.rows.values["ho_ten"])
    return [i for i, n in names if not n or (len(str(n)) < 3 and not clean(n))]


def _doubled_hamlets(judged: Judged) -> list[int]:
    """Rows of hamlets with several rows that say different counts."""
    if judged.reading != "per_hamlet":
        return []
    table, keys = judged.table, hamlet_keys(judged.table)
    values: dict[str, int | None] = {keys[i]: table.count[i] for i in judged.tally.basis}
    return [i for i in sorted(judged.tally.repeated) if table.count[i] != values.get(keys[i])]


def _unknown_places(judged: Judged) -> Iterator[int]:
    table = judged.table
    addresses = table.rows.values["dia_chi"]
    for i, hamlet in enumerate(table.hamlets if judged.places_known else ()):
        if hamlet is None and addresses[i] and clean(addresses[i]) and not _slipped_from(table, i):
            yield i


def _place(judged: Judged, _check: Check, i: int) -> str:
    rows = judged.table.rows
    return shown_place(clean(rows.value("dia_chi", i)), clean(rows.value("ho_ten", i)))


FIRST = (
    Check(
        "phone_missing", "so_dien_thoai", _needed, partial(_phones, missing=True),
        lambda judged, _i: Message("no phone number; {outcome}", {"outcome": _outcome(judged)}),
        Message("Fill in the phone number."), MOST_ROWS,
    ),
    Check(
        "phone_invalid", "so_dien_thoai", _needed, partial(_phones, missing=False), _phone_fault,
        Message("Correct this cell and send the report again."),
    ),
)  # fmt: skip
REMARKS = {
    rule: Check(
        rule, "so_dien_thoai", "info", partial(_remarked, rule), text,
        Message("Nothing to do, unless the number is wrong."), MOST_ROWS,
    )
    for rule, text in PHONE_NOTES.items()
}  # fmt: skip
AFTER = (
    Check(
        "phone_duplicate", "so_dien_thoai", "warning", _doubled_phones, _doubled_phone,
        Message("Check which of the two is right."),
    ),
    Check(
        "number_unreadable", "luy_ke", "error", lambda judged: judged.left_blank,
        Message("the count is left blank; the row is set aside, not counted as zero"),
        WHOLE_NUMBER, MOST_ROWS,
    ),
    Check(
        "number_unreadable", "luy_ke", "error",
        lambda judged: [i for i in judged.unusable if i not in judged.left_blank],
        _why_unreadable, WHOLE_NUMBER,
    ),
    Check(
        "number_unreadable", "luy_ke", "warning",
        lambda judged: judged.table.unreadable if judged.reading in ROSTERS else (),
        Message("no number; the row is counted by its phone all the same"), WHOLE_NUMBER, MOST_ROWS,
    ),
    *(
        Check(
            rule, "luy_ke", severity, partial(_noted_counts, attribute), text,
            Message("Ask the unit for the exact number."), MOST_ROWS,
        )
        for rule, (severity, attribute, text) in COUNT_NOTES.items()
    ),
    Check(
        "number_out_of_step", "luy_ke", "warning",
        lambda judged: sorted(out_of_step(judged.table)) if judged.reading in COUNTING_ON else (),
        Message("the count does not go on from the rows beside it"), CHECK_CELL,
    ),
    Check(
        "installed_over_smartphone", "luy_ke", "error", _over_owners,
        lambda judged, i: Message(
            "{part} people have installed, but {whole} have a smartphone",
            {"part": judged.table.count[i], "whole": judged.table.denominators[i]},
        ),
        CHECK_CELL,
    ),
    Check(
        "over_denominator", "luy_ke", "warning", _more_than_all,
        lambda judged, _i: Message(
            "one row alone has more than the {owners} people of the unit who can install",
            {"owners": judged.table.owners},
        ),
        CHECK_CELL,
    ),
    Check(
        "number_unreadable", "trong_ngay", "error",
        lambda judged: [
            i for i in judged.table.in_day.others if judged.table.in_day.whole[i] is None
        ],
        Message("the day's count can't be read; it is left out, not counted as zero"), WHOLE_NUMBER,
    ),
    Check(
        "person_duplicate", "ho_ten", "warning", _doubled_persons,
        Message("the same person as in another row, without a phone; the larger is taken"),
        Message("Fill in the phone number."), shown=lambda *_row: "",
    ),
    Check(
        "name_missing", "ho_ten", "warning", _nameless, Message("the row has no name"),
        Message("Fill in the full name."), MOST_ROWS,
    ),
    Check(
        "several_persons", "ho_ten", "warning", lambda judged: judged.table.sharing,
        Message("several persons in one row, with one count; they are taken for one"),
        Message("Write each person in a row of their own and send the report again."),
    ),
    Check(
        "hamlet_duplicate", "dia_chi", "warning", _doubled_hamlets,
        Message("the same place as in another row; the larger count is taken"),
        Message("Check which of the two is right."),
    ),
    Check(
        "hamlet_unknown", "dia_chi", "info", _unknown_places,
        Message("this place is not in the unit's list; the count is kept"),
        Message("Check the name, or add it to params/hamlets.csv."), 0, _place,
    ),
)  # fmt: skip
