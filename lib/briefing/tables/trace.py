"""Where each number comes from: down to the file and its cells.

One row per number and source, for every day that is published; `tracer` tells one number in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from briefing.catalog import lineage
from briefing.catalog.lineage import CORRECTED_BY, COUNTED, DERIVED, OF_AGENCY
from briefing.catalog.tables import COLUMNS
from briefing.params.corrections import FILE
from briefing.params.entries import IDENTITY, ONCE
from briefing.tables.corrections import APPLIED
from briefing.tables.coverage import REPORTED, risen
from briefing.tables.reporting import DAY_ONLY, STATUSES

SUMS = {
    "installs_cumulative": "installs_cumulative",
    "smartphone_owners": "smartphone_owners",
    "installs_new": "risen",
    "installs_carried": "installs_cumulative",
}
"""Sum of the whole → what of each unit it adds up."""
COUNTS = {f"reports_{status}": status for status in ("expected", *STATUSES)}
COUNTS["communes_counted"] = "with a figure"


class Place(NamedTuple):
    """A source: the last columns of trace.csv."""

    source_file: str
    where: str
    rule: str
    sha256: Any = pd.NA
    member: Any = pd.NA


Line = tuple[str, str, str, Any, Place]  # table, key, column, value and where it is from


def trace(
    history: pd.DataFrame,
    town: pd.DataFrame,
    agencies: pd.DataFrame,
    hamlets: pd.DataFrame,
    judged: pd.DataFrame,
    corrections: pd.DataFrame,
    step_days: int = 1,
) -> pd.DataFrame:
    """One row per published number of the last day and source.

    Args:
        history: One row per unit and day; the last day's are those published.
        corrections: Result of `corrections.outcomes`; those applied are a source of their own.
        step_days: Days from one report date to the next.

    Returns:
        `table`, `key` (unit, agency, day, or unit/hamlet), `column`, `value`, `source_file`,
        `sha256`, `where` (cells), `rule` (reading or formula), `member`. A sum of units has one
        row per unit; a report of one day's installs one row per report that it adds to.
    """
    known = history[history["installs_cumulative"].notna()]
    units = history.assign(risen=risen(known, step_days))
    units = units[units["report_date"].eq(town["report_date"].iloc[-1])]
    sources = _Sources(history, judged, corrections)
    lines = [
        *_units(units, sources),
        *_town(town.iloc[-1], units),
        *_agencies(agencies, sources),
        *_hamlets(hamlets, units, sources),
    ]
    return framed(lines)


def trace_units(
    units: pd.DataFrame, history: pd.DataFrame, judged: pd.DataFrame, corrections: pd.DataFrame
) -> pd.DataFrame:
    """As `trace`, of the units alone, on any day of each.

    Args:
        units: Rows of `history`.
    """
    return framed(_units(units, _Sources(history, judged, corrections)))


def framed(lines: Iterable[Line]) -> pd.DataFrame:
    """Lines as the table of texts that trace.csv is, without numbers that are not known."""
    columns = ["table", "key", "column", "value", *Place._fields]
    known = [(*line[:-1], *line[-1]) for line in lines if pd.notna(line[3])]
    frame = pd.DataFrame(known, columns=columns, dtype=object)[COLUMNS["trace"]]
    return frame.assign(value=[_shown(value) for value in frame["value"]]).astype("string")


def _shown(value: float) -> str:
    """A number as the published tables write it: persons whole, the rest to 6 places."""
    return str(round(value, 6)) if isinstance(value, float) else str(value)


class _Sources:
    """The reports, corrections and earlier days that a figure rests on."""

    def __init__(
        self, history: pd.DataFrame, judged: pd.DataFrame, corrections: pd.DataFrame
    ) -> None:
        said = ["file", "member", "sha256", "sources", "rule"]
        self._said: dict[int, dict[Any, Any]] = judged[said].to_dict("index")
        figures = corrections[corrections["status"].eq(APPLIED) & corrections["column"].notna()]
        self._applied = {
            report: list(own.itertuples()) for report, own in figures.groupby("report")
        }
        reported = history[history["installs_cumulative"].notna() & history["carried_from"].isna()]
        self._reported = {
            unit: list(days["report"]) for unit, days in reported.groupby("unit_code")
        }

    def report(self, report: int, column: str, rule: str = "") -> Place:
        """Where a report gives a figure."""
        row = self._said[report]
        of_day = column == "installs_cumulative" and row["rule"] in DAY_ONLY
        fact = "installs_new" if of_day and row["sources"].get("installs_new") else column
        cells = row["sources"].get(fact) or row["sources"].get("distinct_phones", "")
        rule = rule or row["rule"]
        return Place(row["file"], cells, rule, row["sha256"], row["member"] or pd.NA)

    def daily(self, unit: str, report: int) -> Iterator[Place]:
        """Everything that a unit's cumulative rests on, the newest report first."""
        earlier = self._reported[unit][: self._reported[unit].index(report) + 1]
        for one in reversed(earlier):
            yield self.report(one, "installs_cumulative")
            yield from self.corrected(one, "installs_cumulative", ("installs_new", *IDENTITY))
            if self._said[one]["rule"] not in DAY_ONLY:
                break

    def corrected(self, report: int, column: str, also: Sequence[str]) -> Iterator[Place]:
        """The corrections that a report's figure rests on."""
        for one in self._applied.get(report, ()):
            if one.column == column or one.column in also:
                rule = f"{CORRECTED_BY}{one.reason} ({one.by}, {one.when})"
                yield Place(f"params/{FILE}", f"entry {one.entry}", rule)


def _owners(unit: Mapping[str, Any], sources: _Sources) -> Place:
    """The denominator in force: of params, or of the report that states it."""
    status = unit["smartphone_owners_status"]
    if status == REPORTED:
        return sources.report(int(unit["owners_report"]), "owners_reported", REPORTED)
    return Place("params/communes.csv", unit["unit_code"], status)


def _target(row: Mapping[str, Any]) -> Place:
    where = f"targets, {row['target_date']:%Y-%m-%d}"
    return Place("params/campaign.yaml", where, lineage.TARGET.text)


def _units(units: pd.DataFrame, sources: _Sources) -> Iterator[Line]:
    for unit in units.to_dict("records"):
        for column, place in _of_unit(unit, sources):
            yield "communes", unit["unit_code"], column, unit[column], place


def _of_unit(unit: Mapping[str, Any], sources: _Sources) -> Iterator[tuple[str, Place]]:
    yield "smartphone_owners", _owners(unit, sources)
    yield "target_coverage", _target(unit)
    if pd.isna(unit["report"]):
        return
    report = int(unit["report"])
    for place in sources.daily(unit["unit_code"], report):
        yield "installs_cumulative", place
    for column, formula in DERIVED.items():
        yield column, sources.report(report, "installs_cumulative", formula.text)
    yield "rank", Place("communes.csv", "coverage", lineage.PLACED.text)


def _town(last: pd.Series, units: pd.DataFrame) -> Iterator[Line]:
    key = f"{last['report_date']:%Y-%m-%d}"
    for column, part in SUMS.items():
        for unit in _summed(units, column).to_dict("records"):
            place = Place("communes.csv", unit["unit_code"], lineage.SUMMED.text)
            yield "town", key, column, unit[part], place
    for column, place in _of_town(last, key):
        yield "town", key, column, last[column], place


def _of_town(last: pd.Series, key: str) -> Iterator[tuple[str, Place]]:
    for column, formula in DERIVED.items():
        if column not in SUMS:
            yield column, Place("town.csv", key, formula.text)
    yield "rise_change", Place("communes.csv", key, lineage.COMPARED.text)
    yield "target_coverage", _target(last)
    for column, kind in COUNTS.items():
        yield column, Place("communes.csv", "status", f"{COUNTED}{kind}")


def _summed(units: pd.DataFrame, column: str) -> pd.DataFrame:
    """The units that a sum of the whole is made of."""
    known = units[units["installs_cumulative"].notna()]
    if column == "installs_carried":
        return known[known["carried_from"].notna()]
    return known[known["risen"].notna()] if column == "installs_new" else known


def _agencies(agencies: pd.DataFrame, sources: _Sources) -> Iterator[Line]:
    for agency in agencies[agencies["report"].notna()].to_dict("records"):
        for column, place in _of_agency(int(agency["report"]), sources):
            yield "agencies", agency["agency_code"], column, agency[column], place


def _of_agency(report: int, sources: _Sources) -> Iterator[tuple[str, Place]]:
    for column in ONCE:
        yield column, sources.report(report, column, lineage.AS_WRITTEN.text)
        for correction in sources.corrected(report, column, IDENTITY):
            yield column, correction
    for column, formula in OF_AGENCY.items():
        yield column, sources.report(report, "staff_installed", formula.text)


def _hamlets(hamlets: pd.DataFrame, units: pd.DataFrame, sources: _Sources) -> Iterator[Line]:
    reports = units.set_index("unit_code")["report"]
    for hamlet in hamlets.to_dict("records"):
        code, name = hamlet["unit_code"], hamlet["hamlet"]
        key = f"{code}/{'' if pd.isna(name) else name}"
        place = sources.report(int(reports[code]), "installs_cumulative", lineage.ROWS.text)
        yield "hamlets", key, "installs_cumulative", hamlet["installs_cumulative"], place
