"""Mẫu 02: a commune's table of rows, read into one cumulative with everything it rests on."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from briefing.intake.checks import RawRow, row_findings, set_aside, table_findings
from briefing.intake.forms import TableHead, is_repeated_head
from briefing.intake.grids import compress
from briefing.intake.numbers import Number, Unreadable, parse_number
from briefing.intake.phones import hash_phone, parse_phone
from briefing.intake.places import Places
from briefing.intake.readings import TALLIES, Entry, Table, recognise
from briefing.intake.submission import Finding, Row
from briefing.intake.text import clean, fold
from briefing.intake.vocabulary import Vocabulary

MARKS = {"x", "✓", "✔", "√", "v", "co", "da cai", "da cai dat", "1", "roi"}
ORDINAL = re.compile(r"^\(?\d{1,2}\)?$")


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
    raws, total, total_cell = _rows(head, words, unit_code)
    owners = {row.unit_code: row.smartphone_owners for row in words.campaign.commune_rows}
    table = Table(tuple(raw.entry for raw in raws), total, total_cell, owners.get(unit_code or ""))
    reading, confidence = (override, "high") if override in TALLIES else recognise(table)
    tally = TALLIES[reading](table)
    findings = [
        *row_findings(raws, reading, tally),
        *table_findings(table, reading, confidence, tally, head),
    ]
    aside = set_aside(raws, reading, tally)
    phones = {entry.phone.number for entry in table.entries if entry.reachable}
    return Daily(
        reading=reading,
        confidence=confidence,
        facts={
            "installs_cumulative": tally.value,
            "installs_new": _installs_new(raws),
            "distinct_phones": len(phones),
        },
        rows=tuple(_stored(raw.entry, i in tally.basis, key) for i, raw in enumerate(raws)),
        rows_read=len(raws),
        set_aside=len(aside),
        findings=tuple(findings),
        sources={"installs_cumulative": compress(tally.cells)},
        rules={"installs_cumulative": reading},
        candidates={
            name: value for name, f in TALLIES.items() if (value := f(table).value) is not None
        },
        letter=_letter(table),
    )


def _rows(
    head: TableHead, words: Vocabulary, unit_code: str | None
) -> tuple[list[RawRow], int | None, str]:
    """The data rows; the value of the row of totals, and its cell."""
    hamlets = words.hamlets(unit_code)
    raws: list[RawRow] = []
    total, total_cell, closed = None, "", False
    for row in range(head.first_row, len(head.grid.cells)):
        values = {name: head.grid.value(row, column) for name, column in head.columns.items()}
        if is_repeated_head(head.grid, row, head, words):
            closed = False
        elif any(words.is_total(value) for value in head.grid.cells[row] if value):
            number, column = _total_value(head, row)
            if number is not None:
                total, total_cell = number, head.grid.where(row, column)
            closed = True
        elif not closed and _is_data(values):
            raws.append(_read_row(head, row, values, hamlets))
    return raws, total, total_cell


def _total_value(head: TableHead, row: int) -> tuple[int | None, int]:
    """The total under Lũy kế; where a wide merged cell moved it, the row's last number."""
    wanted = head.columns.get("luy_ke", head.columns.get("trong_ngay", 0))
    for column in (wanted, *reversed(range(len(head.grid.cells[row])))):
        number = parse_number(head.grid.value(row, column))
        if isinstance(number, Number) and number.kind == "count":
            return int(number.value), column
    return None, wanted


def _is_data(values: dict[str, Any]) -> bool:
    """Whether a row below the head is data: not blank, not column numbers, not a signature."""
    texts = {name: clean(value) for name, value in values.items()}
    filled = {name for name, text in texts.items() if text}
    if not filled:
        return False
    if (
        len(filled) >= 3
        and all(ORDINAL.match(texts[name]) for name in filled)
        and "ho_ten" in filled
    ):
        return False
    digits = any(
        char.isdigit() for char in texts.get("luy_ke", "") + texts.get("so_dien_thoai", "")
    )
    marked = fold(texts.get("luy_ke", "")) in MARKS
    numbered = texts.get("stt", "").rstrip(".").isdigit()
    named = bool(texts.get("ho_ten")) and bool(texts.get("dia_chi") or texts.get("so_dien_thoai"))
    return digits or marked or (numbered and len(filled) > 1) or (named and "stt" not in values)


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
    entry = Entry(
        number=int(number.value) if isinstance(number, Number) and number.kind == "count" else None,
        person=f"{known}|{fold(clean(values.get('ho_ten')))}"
        + ("" if known else f"|{fold(address)}"),
        phone=phone,
        hamlet=hamlet,
        value=value if isinstance(value, Number) else None,
        marked=fold(clean(values.get("luy_ke"))) in MARKS or clean(values.get("luy_ke")) in MARKS,
        cell=cells.get("luy_ke", head.grid.where(row, 0)),
    )
    return RawRow(
        entry,
        int(in_day.value) if isinstance(in_day, Number) and in_day.kind == "count" else None,
        cells,
        {**values, "unreadable": value if isinstance(value, Unreadable) else None},
    )


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
