"""Mẫu 02: a commune's table of rows, read into one cumulative with everything it rests on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from briefing.intake.checks import RawRow, row_findings, set_aside, table_findings
from briefing.intake.datarows import find_rows, is_marked
from briefing.intake.forms import TableHead
from briefing.intake.numbers import Number, Unreadable, parse_number
from briefing.intake.opening.grids import compress
from briefing.intake.phones import hash_phone, parse_phone
from briefing.intake.places import Places
from briefing.intake.readings import TALLIES, Entry, Table, Tally, recognise
from briefing.intake.submission import Finding, Row
from briefing.intake.text import clean, fold
from briefing.intake.vocabulary import Vocabulary


@dataclass(frozen=True)
class Daily:
    """What a Mẫu 02 says, before it is known how it compares with other days."""

    reading: str
    confidence: str
    facts: dict[str, int | None]
    rows: tuple[Row, ...]
    rows_read: int
    set_aside: int
    findings: tuple[Finding, ...]
    sources: dict[str, str]
    rules: dict[str, str]
    candidates: dict[str, int]
    letter: str


def read_daily(
    head: TableHead,
    words: Vocabulary,
    unit_code: str | None,
    key: bytes,
    override: str | None = None,
) -> Daily:
    """Read the rows under `head`.

    Args:
        unit_code: Whose hamlets the addresses are matched with.
        key: Key of the hashes that stand for phones and persons.
        override: A reading set in `params/readings.yaml`, which goes before every detection.
    """
    raws, table = _table(head, words, unit_code)
    reading, confidence = (override, "high") if override in TALLIES else recognise(table)
    if override and override not in TALLIES:
        confidence = "low"  # a reading that needs other days' reports
    if "luy_ke" not in head.columns and any(raw.in_day is not None for raw in raws):
        reading, confidence = "increment", "low"  # the day's count alone gives no cumulative
    tally = TALLIES[reading](table) if reading in TALLIES else Tally(None)
    of_rows = row_findings(raws, reading, tally, places_known=table.hamlets > 0)
    of_table = table_findings(table, reading, confidence, tally, head)
    return Daily(
        reading=reading,
        confidence=confidence,
        facts={
            "installs_cumulative": tally.value,
            "installs_new": _installs_new(raws),
            "distinct_phones": len({e.phone.number for e in table.entries if e.reachable}) or None,
        },
        rows=tuple(_stored(raw.entry, i in tally.basis, key) for i, raw in enumerate(raws)),
        rows_read=len(raws),
        set_aside=len(set_aside(raws, reading, tally)),
        findings=(*of_rows, *of_table),
        sources={"installs_cumulative": compress(tally.cells)},
        rules={"installs_cumulative": reading},
        candidates=_candidates(table),
        letter=_letter(table),
    )


def _table(head: TableHead, words: Vocabulary, unit_code: str | None) -> tuple[list[RawRow], Table]:
    """The data rows under a head, as they stood and as read."""
    found = find_rows(head, words)
    places = words.hamlets(unit_code)
    raws = [_read_row(head, row, values, places) for row, values in found.data]
    owners = {row.unit_code: row.smartphone_owners for row in words.campaign.commune_rows}
    known = sum(row.unit_code == unit_code for row in words.campaign.hamlet_rows)
    entries = tuple(raw.entry for raw in raws)
    return raws, Table(entries, found.total, found.total_cell, owners.get(unit_code or ""), known)


def _read_row(head: TableHead, row: int, values: dict[str, Any], hamlets: Places) -> RawRow:
    cells = {name: head.grid.where(row, column) for name, column in head.columns.items()}
    phone = parse_phone(values.get("so_dien_thoai"))
    value = parse_number(values.get("luy_ke"))
    number = parse_number(values.get("stt"))
    in_day = parse_number(values.get("trong_ngay"))
    address = clean(values.get("dia_chi"))
    places = hamlets.find(address) if address else []
    hamlet = places[0].code if places else None
    known = phone.number if phone.number and phone.status == "ok" else ""
    marked = is_marked(values.get("luy_ke"))
    name = fold(clean(values.get("ho_ten")))
    nobody = "" if known or name else f"|{clean(values.get('stt')) or row}"
    entry = Entry(
        number=int(number.value) if isinstance(number, Number) and number.kind == "count" else None,
        person=f"{known}|{name}" + ("" if known else f"|{fold(address)}{nobody}"),
        phone=phone,
        hamlet=hamlet,
        value=value if isinstance(value, Number) else None,
        marked=marked,
        cell=cells.get("luy_ke", head.grid.where(row, 0)),
        unreadable=isinstance(value, Unreadable) and not marked,
    )
    return RawRow(
        entry,
        int(in_day.value) if isinstance(in_day, Number) and in_day.kind == "count" else None,
        cells,
        values,
    )


def _candidates(table: Table) -> dict[str, int]:
    values = {name: tally(table).value for name, tally in TALLIES.items()}
    return {name: value for name, value in values.items() if value is not None}


def _installs_new(raws: list[RawRow]) -> int | None:
    """The day's new installs, where the report has a column for them."""
    known = [raw.in_day for raw in raws if raw.in_day is not None]
    return sum(known) if known else None


def _stored(entry: Entry, used: bool, key: bytes) -> Row:
    phone = hash_phone(entry.phone.number, key) if entry.reachable and entry.phone.number else None
    return Row(entry.cell, hash_phone(entry.person, key), phone, entry.hamlet, entry.count, used)


def _letter(table: Table) -> str:
    """Hash of what the rows say: persons, values, the total; equal in a copy of the file."""
    said = [(e.person, e.count, e.marked, e.hamlet) for e in table.entries]
    return hashlib.blake2b(repr((said, table.total)).encode(), digest_size=8).hexdigest()
