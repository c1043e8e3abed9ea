"""What is wrong with a table of Mẫu 02, row by row and as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing import spoken
from briefing.intake.disclosure import shown_cell, shown_place
from briefing.intake.forms import TableHead
from briefing.intake.numbers import parse_number
from briefing.intake.phones import Phone
from briefing.intake.readings import Entry, Table, Tally
from briefing.intake.submission import Finding, Severity
from briefing.intake.text import clean
from briefing.messages import Message

NAMELESS = {"total", "per_hamlet"}  # readings in which a row need not be a person
EACH_ROW_COUNTS = {"per_person", "per_hamlet", "ratio", "increment"}
ROSTERS = {"roster_all", "roster_today"}


@dataclass(frozen=True)
class RawRow:
    """A data row with its cells still as they stood, and where."""

    entry: Entry
    in_day: int | None
    cells: dict[str, str]
    texts: dict[str, Any]


def set_aside(raws: list[RawRow], reading: str, tally: Tally) -> set[int]:
    """Rows that the figure does not rest on because something is wrong with them."""
    aside = set(tally.repeated)
    for position, raw in enumerate(raws):
        if _unusable(raw, reading):
            aside.add(position)
        if reading in ROSTERS and not raw.entry.reachable:
            aside.add(position)
    return aside


def _unusable(raw: RawRow, reading: str) -> bool:
    """Whether what stands under Lũy kế, or its blank, can't be counted under this reading."""
    if reading in ROSTERS or raw.entry.marked or raw.entry.count is not None:
        return False
    if raw.entry.value is not None:
        return reading != "percent"
    return raw.entry.unreadable or (reading in EACH_ROW_COUNTS and "luy_ke" in raw.cells)


def row_findings(
    raws: list[RawRow], reading: str, tally: Tally, *, places_known: bool
) -> Iterator[Finding]:
    """What is wrong with single rows.

    Args:
        places_known: Whether the unit's hamlets are known, so that an address can be judged.
    """
    first_seen: dict[str, str] = {}
    for position, raw in enumerate(raws):
        yield from _phone_findings(raw, reading, position, tally, first_seen)
        yield from _value_findings(raw, reading)
        yield from _name_findings(raw, reading, repeated=position in tally.repeated)
        if places_known and raw.entry.hamlet is None and clean(raw.texts.get("dia_chi")):
            yield Finding(
                "info", "hamlet_unknown", raw.cells["dia_chi"],
                shown_place(clean(raw.texts["dia_chi"]), clean(raw.texts.get("ho_ten"))),
                Message("this place is not in the unit's list; the count is kept"),
                Message("Check the name, or add it to params/hamlets.csv."),
            )  # fmt: skip


def _value_findings(raw: RawRow, reading: str) -> Iterator[Finding]:
    if _unusable(raw, reading):
        yield _number_unreadable(
            raw.cells["luy_ke"], raw.texts["luy_ke"],
            Message("the count can't be read; the row is set aside, not counted as zero")
            if clean(raw.texts["luy_ke"])
            else Message("the count is left blank; the row is set aside, not counted as zero"),
        )  # fmt: skip
    elif raw.entry.value is not None and raw.entry.value.approximate:
        yield Finding(
            "warning", "number_approximate", raw.cells["luy_ke"], shown_cell(raw.texts["luy_ke"]),
            Message("an estimate, counted as it stands"),
            Message("Ask the unit for the exact number."),
        )  # fmt: skip
    if raw.in_day is None and parse_number(raw.texts.get("trong_ngay")) is not None:
        yield _number_unreadable(
            raw.cells["trong_ngay"], raw.texts["trong_ngay"],
            Message("the day's count can't be read; it is left out, not counted as zero"),
        )  # fmt: skip


def _name_findings(raw: RawRow, reading: str, *, repeated: bool) -> Iterator[Finding]:
    if "ho_ten" not in raw.cells:
        return
    if repeated and not raw.entry.reachable:
        yield Finding(
            "warning", "person_duplicate", raw.cells["ho_ten"], "",
            Message("the same person as in another row, without a phone; the larger is taken"),
            Message("Fill in the phone number."),
        )  # fmt: skip
    if not clean(raw.texts.get("ho_ten")) and reading not in NAMELESS:
        yield Finding(
            "warning", "name_missing", raw.cells["ho_ten"], "",
            Message("the row has no name"), Message("Fill in the full name."),
        )  # fmt: skip


def _number_unreadable(where: str, value: object, text: Message) -> Finding:
    return Finding(
        "error", "number_unreadable", where, shown_cell(value), text,
        Message("Write a whole number in this cell and send the report again."),
    )  # fmt: skip


def _phone_findings(
    raw: RawRow, reading: str, position: int, tally: Tally, first_seen: dict[str, str]
) -> Iterator[Finding]:
    if "so_dien_thoai" not in raw.cells:
        return
    phone, where = raw.entry.phone, raw.cells["so_dien_thoai"]
    found = shown_cell(raw.texts["so_dien_thoai"])
    outcome = _row_outcome(reading)
    severity: Severity = "error" if reading in ROSTERS else "warning"
    if phone.status == "missing":
        yield Finding(
            severity, "phone_missing", where, found,
            Message("no phone number; {outcome}", {"outcome": outcome}),
            Message("Fill in the phone number."),
        )  # fmt: skip
    elif phone.status != "ok":
        yield Finding(
            severity, "phone_invalid", where, found,
            Message("{fault}; {outcome}", {"fault": _phone_fault(phone), "outcome": outcome}),
            Message("Correct this cell and send the report again."),
        )  # fmt: skip
    for rule in phone.notes:
        yield Finding(
            "info",
            rule,
            where,
            found,
            PHONE_NOTES[rule],
            Message("Nothing to do, unless the number is wrong."),
        )
    if raw.entry.reachable:
        held = first_seen.setdefault(phone.number or "", where)
        if held != where:
            aside = position in tally.repeated
            yield _phone_duplicate(where, found, held, aside=aside)


def _phone_duplicate(where: str, found: str, held: str, *, aside: bool) -> Finding:
    first = {"first": spoken.address(held)}
    text = (
        Message("the same number as in {first}; the row is set aside", first)
        if aside
        else Message("the same number as in {first}; both rows are counted", first)
    )
    return Finding(
        "warning", "phone_duplicate", where, found,
        text, Message("Check which of the two is right."),
    )  # fmt: skip


PHONE_NOTES = {
    "phone_zero_restored": Message("the zero at the front was lost in Excel; it has been put back"),
    "phone_converted": Message("an 11-digit number from before 2018; it has been converted"),
    "phone_ambiguous": Message("a mobile number, or the province's old landline form"),
}


def _row_outcome(reading: str) -> Message:
    if reading in ROSTERS:
        return Message("the row is set aside")
    return Message("the row's count is kept")


PHONE_FAULTS = {
    "landline": Message("this is a landline, which can't hold the app"),
    "rejected": Message("Excel has cut the digits off"),
    "ditto": Message("a ditto mark stands for another row's number"),
}


def _phone_fault(phone: Phone) -> Message:
    return PHONE_FAULTS.get(phone.status, Message("not a phone number of 10 digits"))


def table_findings(
    table: Table, reading: str, confidence: str, tally: Tally, head: TableHead
) -> Iterator[Finding]:
    at = head.grid.where(head.top, head.columns.get("luy_ke", min(head.columns.values())))
    if not table.entries and table.total is None:
        yield Finding(
            "error", "empty_report", at, "",
            Message("the table has no data row"), Message("Fill in the table and send it again."),
        )  # fmt: skip
    elif reading == "increment":
        yield Finding(
            "error", "header_missing", at, "",
            Message("the table has no column of the cumulative, only the day's count"),
            Message("Add the column “Lũy kế đến thời điểm hiện tại” and send it again."),
        )  # fmt: skip
    elif confidence == "low":
        yield Finding(
            "warning", "reading_low_confidence", at, reading,
            Message(
                "the column can be read in several ways; “{reading}” is used",
                {"reading": spoken.READING[reading]},
            ),
            Message("Ask the unit what it counts, then set it in params/readings.yaml."),
        )  # fmt: skip
    yield from _figure_findings(table, reading, tally, at)


def _figure_findings(table: Table, reading: str, tally: Tally, at: str) -> Iterator[Finding]:
    """What is wrong with the figure that follows from the table."""
    silent = tally.value is None and table.entries and reading != "increment"
    if silent and not any(entry.unreadable for entry in table.entries):
        yield _number_unreadable(at, "", Message("no figure follows from the rows of the table"))
    if reading == "percent":
        yield Finding(
            "warning", "percent_only", tally.cells[0] if tally.cells else at, "",
            Message("the report gives a rate only; the count is worked out from the denominator"),
            Message("Ask the unit for the number of people."),
        )  # fmt: skip
    if _total_differs(table, reading, tally):
        yield Finding(
            "warning", "total_mismatch", table.total_cell, str(table.total),
            Message(
                "the row of totals says {total}, the rows add up to {sum}; the rows are taken",
                {"total": table.total, "sum": tally.value},
            ),
            Message("Check the rows and the total, then send the report again."),
        )  # fmt: skip


def _total_differs(table: Table, reading: str, tally: Tally) -> bool:
    """Whether the row of totals disagrees with what the rows add up to, under this reading."""
    if table.total is None or tally.value is None or reading in ("running", "percent"):
        return False
    accepted = {tally.value, len(table.entries)} if reading in ROSTERS else {tally.value}
    return table.total not in accepted
