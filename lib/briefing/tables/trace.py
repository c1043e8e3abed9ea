"""Where each number comes from, one row per number and source: the graph of figures as trace.csv.

`tracer` tells one number in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

import pandas as pd

from briefing.catalog import lineage
from briefing.catalog.lineage import ASSIGNED, CORRECTED_BY, CORRECTION, COUNTED, DERIVED, OF_BODY
from briefing.catalog.tables import COLUMNS
from briefing.params.entries import ONCE
from briefing.tables.day import Day
from briefing.tables.lineage import Step, Tracer
from briefing.tables.lineage.graph import BODIES, UNITS, WHOLE
from briefing.tables.lineage.step import At
from briefing.tables.reporting import STATUSES

SUMS = ("numerator_cumulative", "denominator", "numerator_new", "numerator_carried")
COUNTS = {f"reports_{status}": status for status in ("expected", *STATUSES)}
COUNTS["units_counted"] = "with a figure"
BY_CORRECTION = (CORRECTION, ASSIGNED)


class Place(NamedTuple):
    """A source: the last columns of trace.csv."""

    source_file: str
    where: str
    rule: str
    sha256: str | None = None
    member: str | None = None


Line = tuple[str, str, str, float | None, Place]  # table, key, column, value and where it is from


def trace_of(day: Day) -> pd.DataFrame:
    """One row per published number of a day and source.

    Returns:
        `table`, `key` (unit, body, day, or unit/place), `column`, `value`, `source_file`,
        `sha256`, `where` (cells), `rule` (reading or formula), `member`. A sum of units has one
        row per unit; a report of one day's counts one row per report that it adds to.
    """
    figures, today = Tracer(day), pd.Timestamp(day.date)
    lines: list[Line] = []
    for code in day.units["unit_code"]:
        lines += of_unit(figures, At(UNITS, code, today))
    lines += _of_whole(figures, At(WHOLE, day.campaign.area.code, today))
    for code in day.bodies.loc[day.bodies["report"].notna(), "body_code"]:
        lines += _of_body(figures, At(BODIES, code))
    for place in day.places.itertuples():
        step = figures.of_place(place)
        lines += _rested(replace(step, reading=""), lineage.ROWS.text)
    return framed(lines)


def framed(lines: Iterable[Line]) -> pd.DataFrame:
    """Lines as the table of texts that trace.csv is, without numbers that are not known."""
    columns = ["table", "key", "column", "value", *Place._fields]
    known = [(*line[:-1], *line[-1]) for line in lines if pd.notna(line[3])]
    frame = pd.DataFrame(known, columns=columns, dtype=object)[COLUMNS["trace"]]
    return frame.assign(value=[_shown(value) for value in frame["value"]]).astype("string")


def _shown(value: float) -> str:
    """A number as the published tables write it: persons whole, the rest to 6 places."""
    return str(round(value, 6)) if isinstance(value, float) else str(value)


def of_unit(figures: Tracer, at: At) -> Iterator[Line]:
    """The lines of a unit's figures on one day."""
    for column in ("denominator", "target_coverage", "numerator_cumulative"):
        yield from _rested(figures.figure(at, column), lineage.TARGET.text)
    yield from _derived(figures, at, "numerator_cumulative", DERIVED)
    rank = Place(f"{UNITS}.csv", "coverage", lineage.PLACED.text)
    yield UNITS, at.key, "rank", figures.row(at)["rank"], rank


def _of_whole(figures: Tracer, at: At) -> Iterator[Line]:
    row, key = figures.row(at), f"{at.day:%Y-%m-%d}"
    for column in SUMS:
        for part in figures.figure(at, column).parts:
            place = Place(f"{UNITS}.csv", part.key, lineage.SUMMED.text)
            yield WHOLE, key, column, part.value, place
    for column, formula in DERIVED.items():
        if column not in SUMS:
            yield WHOLE, key, column, row[column], Place(f"{WHOLE}.csv", key, formula.text)
    compared = Place(f"{UNITS}.csv", key, lineage.COMPARED.text)
    yield WHOLE, key, "rise_change", row["rise_change"], compared
    target = figures.figure(at, "target_coverage").named(WHOLE, key, "target_coverage")
    yield from _rested(target, lineage.TARGET.text)
    for column, kind in COUNTS.items():
        yield WHOLE, key, column, row[column], Place(f"{UNITS}.csv", "status", f"{COUNTED}{kind}")


def _of_body(figures: Tracer, at: At) -> Iterator[Line]:
    for column in ONCE:
        yield from _rested(figures.figure(at, column), lineage.AS_WRITTEN.text)
    yield from _derived(figures, at, "staff_numerator", OF_BODY)


def _derived(
    figures: Tracer, at: At, column: str, formulas: Mapping[str, lineage.Formula]
) -> Iterator[Line]:
    """What is worked out of a column: from the newest report that gives it."""
    reports = (one for one in figures.figure(at, column).sourced() if one.rule not in BY_CORRECTION)
    row = figures.row(at)
    for report in islice(reports, 1):
        for name, formula in formulas.items():
            yield at.table, at.key, name, row[name], _place(report, formula.text)


def _rested(figure: Step, rule: str) -> Iterator[Line]:
    """A line for each place that a figure rests on.

    Args:
        rule: How it comes out of a place that does not say so itself.
    """
    for one in figure.sourced():
        own = f"{CORRECTED_BY}{one.note}" if one.rule in BY_CORRECTION else one.note or one.reading
        yield figure.table, figure.key, figure.column, figure.value, _place(one, own or rule)


def _place(step: Step, rule: str) -> Place:
    source = step.source
    assert source is not None  # of steps that name one
    return Place(source.file, source.where, rule, source.sha256 or None, source.member or None)
