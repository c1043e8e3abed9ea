"""Where each number comes from: down to the file and its cells.

One row per number and source, for every day that is published; `tracer` tells one number in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from briefing.catalog.lineage import (
    AS_WRITTEN,
    COMPARED,
    CORRECTED_BY,
    COUNTED,
    DERIVED,
    OF_AGENCY,
    PLACED,
    ROWS,
    SUMMED,
    TARGET,
)
from briefing.catalog.tables import COLUMNS
from briefing.params.corrections import FILE
from briefing.params.entries import IDENTITY
from briefing.tables.agencies import STAFF
from briefing.tables.corrections import APPLIED
from briefing.tables.coverage import risen
from briefing.tables.denominators import REPORTED
from briefing.tables.reporting import DAY_ONLY, STATUSES

SUMS = ("installs_cumulative", "smartphone_owners", "installs_new", "installs_carried")
COUNTS = ("reports_expected", *(f"reports_{status}" for status in STATUSES))


def trace(
    history: pd.DataFrame,
    town: pd.DataFrame,
    agencies: pd.DataFrame,
    hamlets: pd.DataFrame,
    judged: pd.DataFrame,
    corrections: pd.DataFrame,
) -> pd.DataFrame:
    """One row per published number of the last day and source.

    Args:
        history: One row per unit and day; the last day's are those published.
        corrections: Result of `corrections.outcomes`; those applied are a source of their own.

    Returns:
        `table`, `key` (unit, agency, day, or unit/hamlet), `column`, `value`, `source_file`,
        `sha256`, `where` (cells), `rule` (reading or formula), `member`. A sum of units has one
        row per unit; a report of one day's installs one row per report that it adds to.
    """
    known = history[history["installs_cumulative"].notna()]
    units = history.assign(risen=risen(known))
    units = units[units["report_date"].eq(town["report_date"].iloc[-1])]
    sources = _Sources(history, judged, corrections)
    rows = [
        *_units(units, sources),
        *_town(town.iloc[-1], units),
        *_agencies(agencies, sources),
        *_hamlets(hamlets, units, sources),
    ]
    return framed(rows)


def trace_units(
    units: pd.DataFrame, history: pd.DataFrame, judged: pd.DataFrame, corrections: pd.DataFrame
) -> pd.DataFrame:
    """As `trace`, of the units alone, on any day of each.

    Args:
        units: Rows of `history`.
    """
    return framed(_units(units, _Sources(history, judged, corrections)))


def framed(rows: Iterable[tuple]) -> pd.DataFrame:
    """Rows of `COLUMNS` as a table of texts, without numbers that are not known."""
    known = [row for row in rows if pd.notna(row[COLUMNS["trace"].index("value")])]
    frame = pd.DataFrame(known, columns=COLUMNS["trace"], dtype=object)
    return frame.assign(value=[_shown(value) for value in frame["value"]]).astype("string")


def _shown(value: float) -> str:
    """A number as the published tables write it: persons whole, the rest to 6 places."""
    return str(round(value, 6)) if isinstance(value, float) else str(value)


class _Sources:
    """The reports, corrections and earlier days that a figure rests on: file to member."""

    def __init__(
        self, history: pd.DataFrame, judged: pd.DataFrame, corrections: pd.DataFrame
    ) -> None:
        said = ["file", "member", "sha256", "sources", "rules"]
        self._said: dict[int, dict[Any, Any]] = judged[said].to_dict("index")
        figures = corrections[corrections["status"].eq(APPLIED) & corrections["column"].notna()]
        self._applied = {
            report: list(own.itertuples()) for report, own in figures.groupby("report")
        }
        reported = history[history["installs_cumulative"].notna() & history["carried_from"].isna()]
        self._reported = {
            unit: list(days["report"]) for unit, days in reported.groupby("unit_code")
        }

    def report(self, report: int, column: str, rule: str = "") -> tuple:
        """Where a report gives a figure: file, hash, cells, rule, member."""
        row = self._said[report]
        of_day = column == "installs_cumulative" and row["rules"].get(column) in DAY_ONLY
        fact = "installs_new" if of_day and row["sources"].get("installs_new") else column
        cells = row["sources"].get(fact) or row["sources"].get("distinct_phones", "")
        rule = rule or row["rules"].get(column, "")
        return row["file"], row["sha256"], cells, rule, row["member"] or pd.NA

    def daily(self, unit: str, report: int) -> Iterator[tuple]:
        """Everything that a unit's cumulative rests on, the newest report first."""
        earlier = self._reported[unit][: self._reported[unit].index(report) + 1]
        for one in reversed(earlier):
            yield self.report(one, "installs_cumulative")
            yield from self.corrected(one, "installs_cumulative", ("installs_new", *IDENTITY))
            if self._said[one]["rules"].get("installs_cumulative") not in DAY_ONLY:
                break

    def corrected(self, report: int, column: str, also: Sequence[str]) -> Iterator[tuple]:
        """The corrections that a report's figure rests on: source, hash, place, rule."""
        for one in self._applied.get(report, ()):
            if one.column == column or one.column in also:
                rule = f"{CORRECTED_BY}{one.reason} ({one.by}, {one.when})"
                yield f"params/{FILE}", pd.NA, f"entry {one.entry}", rule, pd.NA


def _owners(unit: dict[str, Any], sources: _Sources) -> tuple:
    """The denominator in force: of params, or of the report that states it."""
    if unit["smartphone_owners_status"] == REPORTED:
        return sources.report(int(unit["owners_report"]), "owners_reported", REPORTED)
    status = unit["smartphone_owners_status"]
    return "params/communes.csv", pd.NA, unit["unit_code"], status, pd.NA


def _units(units: pd.DataFrame, sources: _Sources) -> Iterator[tuple]:
    for unit in units.to_dict("records"):
        code = unit["unit_code"]
        yield (
            "communes",
            code,
            "smartphone_owners",
            unit["smartphone_owners"],
            *_owners(unit, sources),
        )
        yield "communes", code, "target_coverage", unit["target_coverage"], *_target(unit)
        if pd.isna(unit["report"]):
            continue
        report = int(unit["report"])
        for source in sources.daily(code, report):
            yield "communes", code, "installs_cumulative", unit["installs_cumulative"], *source
        for column, formula in DERIVED.items():
            source = sources.report(report, "installs_cumulative", formula.text)
            yield "communes", code, column, unit[column], *source
        yield (
            "communes",
            code,
            "rank",
            unit["rank"],
            *_table("communes.csv", "coverage", PLACED.text),
        )


def _target(row: Mapping[str, Any]) -> tuple:
    where = f"targets, {row['target_date']:%Y-%m-%d}"
    return "params/campaign.yaml", pd.NA, where, TARGET.text, pd.NA


def _table(file: str, where: str, rule: str) -> tuple:
    return file, pd.NA, where, rule, pd.NA


def _town(last: pd.Series, units: pd.DataFrame) -> Iterator[tuple]:
    key = f"{last['report_date']:%Y-%m-%d}"
    for column in SUMS:
        for unit in _summed(units, column).to_dict("records"):
            part = {"installs_carried": "installs_cumulative", "installs_new": "risen"}
            source = _table("communes.csv", unit["unit_code"], SUMMED.text)
            yield "town", key, column, unit[part.get(column, column)], *source
    for column, formula in DERIVED.items():
        if column not in SUMS:
            yield "town", key, column, last[column], *_table("town.csv", key, formula.text)
    yield (
        "town",
        key,
        "rise_change",
        last["rise_change"],
        *_table("communes.csv", key, COMPARED.text),
    )
    yield "town", key, "target_coverage", last["target_coverage"], *_target(last)
    counts = [(name, name.removeprefix("reports_")) for name in COUNTS]
    for column, status in [*counts, ("communes_counted", "with a figure")]:
        source = _table("communes.csv", "status", f"{COUNTED}{status}")
        yield "town", key, column, last[column], *source


def _summed(units: pd.DataFrame, column: str) -> pd.DataFrame:
    """The units that a sum of the whole is made of."""
    known = units[units["installs_cumulative"].notna()]
    if column == "installs_carried":
        return known[known["carried_from"].notna()]
    return known[known["risen"].notna()] if column == "installs_new" else known


def _agencies(agencies: pd.DataFrame, sources: _Sources) -> Iterator[tuple]:
    for agency in agencies[agencies["report"].notna()].to_dict("records"):
        report, key = int(agency["report"]), agency["agency_code"]
        for column in STAFF:
            yield (
                "agencies", key, column, agency[column],
                *sources.report(report, column, AS_WRITTEN.text),
            )  # fmt: skip
            for correction in sources.corrected(report, column, IDENTITY):
                yield "agencies", key, column, agency[column], *correction
        for column, formula in OF_AGENCY.items():
            source = sources.report(report, "staff_installed", formula.text)
            yield "agencies", key, column, agency[column], *source


def _hamlets(hamlets: pd.DataFrame, units: pd.DataFrame, sources: _Sources) -> Iterator[tuple]:
    reports = units.set_index("unit_code")["report"]
    for hamlet in hamlets.to_dict("records"):
        code, name = hamlet["unit_code"], hamlet["hamlet"]
        key = f"{code}/{'' if pd.isna(name) else name}"
        source = sources.report(int(reports[code]), "installs_cumulative", ROWS.text)
        yield "hamlets", key, "installs_cumulative", hamlet["installs_cumulative"], *source
