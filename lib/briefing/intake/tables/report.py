"""The list: a unit's table of rows, read into one cumulative with everything it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.intake.detection.columns import with_phones
from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.lines import Line
from briefing.intake.detection.own_papers import with_reported
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.dates import serial_of
from briefing.intake.parsers.phones import hash_phones
from briefing.intake.parsers.text import clean
from briefing.intake.submission import Finding, Rows, Submission
from briefing.intake.tables.checks import ParsedTable
from briefing.intake.tables.datarows import find_rows
from briefing.intake.tables.nil import NIL, Remark, nil_finding, nil_remark
from briefing.intake.tables.readings import Confidence, Wording, recognise
from briefing.intake.tables.row_checks import row_findings
from briefing.intake.tables.table import Table, clean_table
from briefing.intake.tables.table_checks import table_findings
from briefing.intake.tables.tallies import OF_THE_DAY, TALLIES, Tally, grand_total, roster_all

TYPED = ("ho_ten", "dia_chi", "so_dien_thoai", "luy_ke")  # what the next form begins with
AROUND = 60  # days before and after the campaign that a report may name by mistake


def read_table(
    known: Submission,
    head: TableHead,
    words: Vocabulary,
    key: bytes,
    override: str | None = None,
    titles: Iterable[str] = (),
    stated: str | None = None,
    around: Iterable[Line] = (),
) -> Submission:
    """The report in the rows under `head`.

    Args:
        known: Whose report it is and about which day.
        key: Key of the hashes that stand for phones and persons.
        override: A reading set in `params/readings.yaml`, which goes before every detection.
        titles: The lines above the table, which may say what it lists.
        stated: The reading that the form itself, known by its mark, asks for.
        around: The lines above and below the table, where it may be said that nothing is new.
    """
    head = with_phones(with_reported(head) if stated else head, words)
    table = _table(head, words, known.unit_code)
    if remark := nil_remark(table, head, around):
        return nil_report(known, remark, max(len(table), 1))
    confidence: Confidence = "high"
    if stated and override in (None, stated):
        reading = stated
    else:
        reading, confidence = _reading(table, head, override, tuple(titles))
    tally = (TALLIES | OF_THE_DAY)[reading](table)
    parsed = ParsedTable(table, head, reading, tally, places_known=table.places_known > 0)
    aside = len(parsed.set_aside)
    return replace(
        known,
        reading=reading,
        reading_confidence=confidence,
        facts=_facts(table, reading, tally),
        rows=_stored(table, tally, key),
        rows_read=len(table),
        rows_used=len(table) - aside,
        rows_set_aside=aside,
        sources=_sources(table, reading, tally),
        candidates=_candidates(table, reading, confidence, tally),
        letter=_letter(table),
        typed={name: cells for name, cells in table.rows.values.items() if name in TYPED},
    ).with_findings(*row_findings(parsed), *_about_table(parsed, confidence, stated))


def nil_report(known: Submission, remark: Remark, rows: int) -> Submission:
    """A report that nothing is new."""
    sources = {"numerator_new": remark.where}
    if remark.own is not None:
        sources["numerator_cumulative"] = remark.where
    return replace(
        known,
        reading=NIL,
        reading_confidence="high",
        facts={"numerator_cumulative": remark.own, "numerator_new": 0, "distinct_phones": None},
        rows_read=rows,
        rows_used=rows,
        sources=sources,
    ).with_findings(nil_finding(remark))


def _about_table(parsed: ParsedTable, confidence: str, stated: str | None) -> Iterator[Finding]:
    """What is wrong with the table.

    Where it is a form of this program, not what that asks for itself: the day's figures, and a
    formula over the rows, which some programs save without its value.
    """
    total = grand_total(parsed.table)
    for finding in table_findings(parsed, confidence):
        asked = finding.rule == "day_only" and parsed.reading == stated
        own = finding.rule == "total_unreadable" and stated and total and total.is_sum
        if not (asked or own):
            yield finding


def _table(head: TableHead, words: Vocabulary, unit_code: str | None) -> Table:
    denominator = {row.unit_code: row.denominator for row in words.campaign.unit_rows}
    known = sum(row.unit_code == unit_code for row in words.campaign.place_rows)
    dates = words.campaign.dates
    return clean_table(
        find_rows(head, words),
        words.places(unit_code),
        denominator.get(unit_code or ""),
        known,
        range(serial_of(dates.start) - AROUND, serial_of(dates.end) + AROUND + 1),
    )


def _reading(
    table: Table, head: TableHead, override: str | None, titles: tuple[str, ...]
) -> tuple[str, Confidence]:
    """The reading and its confidence."""
    if override in TALLIES:
        return override, "high"
    if "luy_ke" not in head.columns and any(n is not None for n in table.in_day.numbers):
        return "increment", "low"  # the day's count alone gives no cumulative
    reading, confidence = recognise(table, Wording(_heading(head, "luy_ke"), titles))
    return reading, "low" if override else confidence  # one that needs other days' reports


def _heading(head: TableHead, field: str) -> str:
    """What stands at the head of a column, over all rows of the heading."""
    column = head.columns.get(field)
    rows = range(head.top, head.first_row) if column is not None else ()
    return " ".join(clean(head.grid.value(row, column or 0)) for row in rows)


def _facts(table: Table, reading: str, tally: Tally) -> dict[str, int | None]:
    facts = {
        "numerator_cumulative": tally.value,
        "numerator_new": _numerator_new(table, reading),
        "distinct_phones": len(set(table.reachable_phones)) or None,
    }
    own = table.denominators
    denominator = sum(own.get(i, 0) for i in tally.basis) if own else 0
    return facts | ({"denominator_reported": denominator} if denominator else {})


def _numerator_new(table: Table, reading: str) -> int | None:
    """The day's new counts, where the report says them."""
    known = [count for count in table.in_day.numbers if count is not None]
    if reading == "increment" and not known:
        known = [count for count in table.count if count is not None]
    if reading == "roster_today":
        return roster_all(table).value
    return sum(known) if known else None


def _sources(table: Table, reading: str, tally: Tally) -> dict[str, str]:
    """Fact → the cells that it comes from."""
    rows = table.rows
    sources = {
        "numerator_cumulative": tally.cell or rows.addresses(tally.field, sorted(tally.basis))
    }
    own = table.denominators
    if stated := [i for i in tally.basis if own.get(i)] if own else []:
        apart = any(n is not None for n in table.owned.numbers) and reading != "ratio"
        field = "so_denominator" if apart else tally.field
        sources["denominator_reported"] = rows.addresses(field, sorted(stated))
    if "so_dien_thoai" in rows.columns:
        sources["distinct_phones"] = rows.addresses("so_dien_thoai", table.reachable)
    if of_day := [i for i, count in enumerate(table.in_day.numbers) if count is not None]:
        sources["numerator_new"] = rows.addresses("trong_ngay", of_day)
    elif reading == "increment":
        sources["numerator_new"] = rows.addresses("luy_ke", table.counted)
    return sources


def _candidates(table: Table, reading: str, confidence: str, tally: Tally) -> dict[str, int]:
    """What the file would give under the readings that it leaves open."""
    tallies = {name: t(table) for name, t in TALLIES.items()} if confidence == "low" else {}
    values = {name: t.value for name, t in (tallies | {reading: tally}).items()}
    return {name: value for name, value in values.items() if value is not None}


def _stored(table: Table, tally: Tally, key: bytes) -> Rows:
    """The rows without names: hashes for persons and phones."""
    basis = frozenset(tally.basis)
    phones = hash_phones(table.phones, key)
    return Rows(
        cell=table.rows.cells("luy_ke"),
        person=_persons(table, phones, key),
        phone=phones,
        place=list(table.places),
        value=list(table.count),
        used=[i in basis for i in range(len(table))],
    )


def _persons(table: Table, phones: list[int | None], key: bytes) -> list[int | None]:
    """The hashes of persons; of one who is known by the phone, that of the phone."""
    if table.persons == table.phones:
        return phones
    others = [i for i, person in enumerate(table.persons) if person != table.phones[i]]
    hashes = list(phones)
    for i, hashed in zip(others, hash_phones([table.persons[i] for i in others], key), strict=True):
        hashes[i] = hashed
    return hashes


def _letter(table: Table) -> str:
    """Hash of what the rows say: persons, values, the total; equal in a copy of the file."""
    content = [
        table.persons, table.count, sorted(table.counts.marked), table.places,
        [row.value for row in table.totals],
    ]  # fmt: skip
    return hashlib.blake2b(repr(content).encode("utf-8", "replace"), digest_size=8).hexdigest()
