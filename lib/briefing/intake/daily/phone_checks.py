"""What is wrong with the phones of a table."""

from __future__ import annotations

from collections import defaultdict

from briefing import spoken
from briefing.intake.daily.judging import ROSTERS, Judged, Placed, each, finder
from briefing.intake.daily.table import Table
from briefing.intake.submission import Severity
from briefing.intake.values.phones import Phone, parse_phone
from briefing.messages import Message


def phone_findings(judged: Judged) -> Placed:
    faults = judged.table.phone_faults
    if "so_dien_thoai" not in judged.table.rows.columns or not faults:
        return
    outcome = {"outcome": _row_outcome(judged.reading)}
    aside = set(judged.unusable)
    severity: Severity = "error" if judged.reading in ROSTERS else "warning"
    missing = [i for i, phone in faults.items() if phone.status == "missing"]
    fill_in = Message("Fill in the phone number.")
    make = finder(
        judged, "so_dien_thoai", severity, "phone_missing",
        Message("no phone number; {outcome}", outcome), fill_in,
    )  # fmt: skip
    yield from each(judged, missing, "so_dien_thoai", make)
    make = finder(
        judged, "so_dien_thoai", severity, "phone_invalid",
        lambda i: Message(
            "{fault}; {outcome}",
            {
                "fault": _phone_fault(judged.table, i),
                "outcome": ASIDE if i in aside else _row_outcome(judged.reading),
            },
        ),
        Message("Correct this cell and send the report again."),
    )  # fmt: skip
    invalid = [i for i, phone in faults.items() if phone.status not in ("ok", "missing")]
    yield from ((i, make(i)) for i in invalid)
    noted: dict[str, list[int]] = defaultdict(list)
    for i, phone in faults.items():
        for rule in _notes(phone):
            noted[rule].append(i)
    for rule, rows in noted.items():
        nothing = Message("Nothing to do, unless the number is wrong.")
        make = finder(judged, "so_dien_thoai", "info", rule, PHONE_NOTES[rule], nothing)
        yield from each(judged, rows, "so_dien_thoai", make)


def _notes(phone: Phone) -> tuple[str, ...]:
    return (*phone.notes, "phone_several") if phone.second else phone.notes


def duplicate_findings(judged: Judged) -> Placed:
    table, first_seen = judged.table, {}
    if len(set(table.reachable_phones)) == len(table.reachable_phones):
        return
    for i in table.reachable:
        held = first_seen.setdefault(table.phones[i], i)
        if held == i:
            continue
        first = {"first": spoken.address(table.rows.where("so_dien_thoai", held))}
        text = (
            Message("the same number as in {first}; the row is set aside", first)
            if i in judged.tally.repeated or held in judged.tally.repeated
            else Message("the same number as in {first}; both rows are counted", first)
        )
        yield i, finder(
            judged, "so_dien_thoai", "warning", "phone_duplicate",
            text, Message("Check which of the two is right."),
        )(i)  # fmt: skip


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


def _phone_fault(table: Table, i: int) -> Message:
    phone = table.phone_faults[i]
    if slipped_from(table, i):
        return Message("the row is written one column too far to the side")
    return PHONE_FAULTS.get(phone.status, Message("not a phone number of 10 digits"))


def slipped_from(table: Table, i: int) -> str | None:
    """The column beside that of the phones in which a row without a phone has it; or none."""
    rows, column = table.rows, table.rows.columns.get("so_dien_thoai", -9)
    beside = [name for name, at in rows.columns.items() if abs(at - column) == 1]
    held = [name for name in beside if parse_phone(rows.value(name, i)).status == "ok"]
    return held[0] if held and table.phones[i] is None else None


ASIDE = Message("the row is set aside")


def _row_outcome(reading: str) -> Message:
    if reading in ROSTERS:
        return ASIDE
    return Message("the row's count is kept")
