"""What is wrong with a table of the list as a whole: its reading, its figure, its totals."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.catalog import codes
from briefing.intake.parsers.numbers import Number, Unreadable
from briefing.intake.submission import Finding
from briefing.intake.tables.checks import EACH_ROW_COUNTS, ROSTERS, ParsedTable
from briefing.intake.tables.tallies import OF_THE_DAY, grand_total, wrong_parts


def table_findings(parsed: ParsedTable, confidence: str) -> Iterator[Finding]:
    """What is wrong with the table as a whole."""
    yield from _about_the_reading(parsed, confidence)
    yield from _about_filtered_rows(parsed)
    yield from _about_the_figure(parsed)
    yield from _over_the_denominator(parsed)
    yield from _about_totals(parsed)


def _about_the_reading(parsed: ParsedTable, confidence: str) -> Iterator[Finding]:
    table, reading, at = parsed.table, parsed.reading, parsed.at("luy_ke")
    if _is_empty(parsed):
        yield Finding("empty_report.table", at)
    elif reading == "increment" and "luy_ke" not in table.rows.columns:
        yield Finding("header_missing.only_day", parsed.at("trong_ngay"))
    elif reading in OF_THE_DAY and confidence == "high":
        yield Finding("day_only", at)
    elif confidence == "low":
        values = {"reading": codes.READING[reading].label}
        yield Finding("reading_low_confidence.several", at, reading, values)


def _is_empty(parsed: ParsedTable) -> bool:
    """Whether there is no row, and no total that says more than that."""
    stated = grand_total(parsed.table)
    if len(parsed.table):
        return parsed.untouched
    if stated is None or stated.value is None or stated.is_sum:
        return True
    return parsed.tally.value is None and stated.count == 0


def _about_filtered_rows(parsed: ParsedTable) -> Iterator[Finding]:
    """Rows that a filter keeps from view are counted, and that is said."""
    rows = parsed.table.rows
    if not any(segment.grid.filtered for segment in parsed.head.segments):
        return
    filtered = [i for i, (grid, row) in enumerate(rows.places) if row in grid.filtered]
    if filtered:
        where = rows.where("stt", filtered[0])
        yield Finding("rows_hidden", where, values={"n": len(filtered)})


def _about_the_figure(parsed: ParsedTable) -> Iterator[Finding]:
    """What is wrong with the figure that follows from the table."""
    table, reading, tally = parsed.table, parsed.reading, parsed.tally
    stated = grand_total(table)
    silent = tally.value is None and reading not in OF_THE_DAY
    if _is_empty(parsed):
        return
    if silent and stated and isinstance(stated.value, Unreadable) and not len(table):
        yield Finding("number_unreadable.no_figure", stated.cell)
    elif silent and len(table) and not table.unreadable:
        yield Finding("number_unreadable.no_figure", parsed.at("luy_ke"))
    if reading == "percent":
        cell = tally.cell or table.rows.addresses("luy_ke", tally.basis) or parsed.at("luy_ke")
        yield Finding("percent_only", cell)


def _over_the_denominator(parsed: ParsedTable) -> Iterator[Finding]:
    """More people than the unit has to count; said of a single row, it is not said again."""
    table, value = parsed.table, parsed.tally.value
    if value is None or not table.denominator or value <= table.denominator:
        return
    largest = max(filter(None, table.count), default=0)
    if parsed.reading in EACH_ROW_COUNTS and largest > table.denominator:
        return
    one = parsed.tally.basis if len(parsed.tally.basis) == 1 else ()
    where = parsed.tally.cell or table.rows.addresses("luy_ke", one) or parsed.at("luy_ke")
    yield over_denominator(where, value, table.denominator)


def over_denominator(where: str, count: int, denominator: int) -> Finding:
    return Finding(
        "over_denominator.unit", where, str(count), {"count": count, "denominator": denominator}
    )


def _about_totals(parsed: ParsedTable) -> Iterator[Finding]:
    table, reading, tally = parsed.table, parsed.reading, parsed.tally
    stated = grand_total(table)
    if stated and isinstance(stated.value, Unreadable) and len(table):
        yield Finding("total_unreadable", stated.cell)
    elif stated and stated.count is not None and _differs(parsed, stated.count):
        yield _mismatch(stated.cell, stated.count, tally.value or 0)
    if reading == "ratio" and stated and isinstance(stated.value, Number):
        people = stated.value.denominator
        denominator = sum(table.denominators.values())
        if people is not None and people != denominator and not _differs(parsed, stated.count):
            yield _mismatch(stated.cell, people, denominator)
    if reading in EACH_ROW_COUNTS:
        for part, adds_up in wrong_parts(table):
            yield _mismatch(part.cell, part.count or 0, adds_up)
    yield from _about_the_days_total(parsed)


def _about_the_days_total(parsed: ParsedTable) -> Iterator[Finding]:
    """Whether the day's count add up to what the last row of totals says."""
    table = parsed.table
    known = [count for count in table.in_day.numbers if count is not None]
    grand = [
        (row.in_day.value, row.day_cell)
        for row in table.totals
        if row.grand and isinstance(row.in_day, Number)
    ]
    if known and grand and grand[-1][0] != sum(known):
        stated, where = int(grand[-1][0]), grand[-1][1]
        values = {"total": stated, "sum": sum(known)}
        yield Finding("total_mismatch.day", where, str(stated), values)


def _mismatch(where: str, stated: int, added: int) -> Finding:
    return Finding("total_mismatch.rows", where, str(stated), {"total": stated, "sum": added})


def _differs(parsed: ParsedTable, stated: int | None) -> bool:
    """Whether the row of totals disagrees with what the rows add up to, under this reading."""
    reading, value = parsed.reading, parsed.tally.value
    if stated is None or value is None or reading in ("running", "percent"):
        return False
    accepted = {value, len(parsed.table)} if reading in ROSTERS else {value}
    return stated not in accepted
