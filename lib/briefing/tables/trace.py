"""Where each number comes from: down to the file and its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from briefing.params.corrections import FILE, IDENTITY
from briefing.tables.corrections import APPLIED

Applied = Mapping[int, pd.DataFrame]  # report → the corrections applied to it

COLUMNS = ["table", "key", "column", "value", "source_file", "sha256", "where", "rule"]
STAFF = ("staff_total", "staff_smartphone", "staff_installed")
DERIVED = {
    "coverage": "installs_cumulative / smartphone_owners",
    "coverage_change": "installs_new / smartphone_owners",
    "installs_new": "installs_cumulative - the day before's",
    "installs_needed": "ceil(target_coverage * smartphone_owners) - installs_cumulative, "
    "at least 0",
    "pace_required": "installs_needed / days to target_date, its own day counted",
    "pace_observed": "mean daily increase over the last (up to) 3 reported days",
}


def trace(
    units: pd.DataFrame,
    town: pd.DataFrame,
    agencies: pd.DataFrame,
    judged: pd.DataFrame,
    corrections: pd.DataFrame,
) -> pd.DataFrame:
    """One row per published number and source.

    Args:
        corrections: Result of `corrections.outcomes`; those applied are a source of their own.

    Returns:
        `table`, `key` (unit, agency or day), `column`, `value`, `source_file`, `sha256`,
        `where` (cells), `rule` (reading or formula). A sum of units has one row per unit.
    """
    of_report = dict(tuple(corrections[corrections["status"].eq(APPLIED)].groupby("report")))
    rows = [
        *_units(units, judged, of_report),
        *_town(town, units),
        *_agencies(agencies, judged, of_report),
    ]
    known = [row for row in rows if pd.notna(row[COLUMNS.index("value")])]
    frame = pd.DataFrame(known, columns=COLUMNS, dtype=object)
    return frame.assign(value=[_shown(value) for value in frame["value"]]).astype("string")


def _shown(value: float) -> str:
    """A number as the published tables write it: persons whole, the rest to 6 places."""
    return str(round(value, 6)) if isinstance(value, float) else str(value)


def _corrected(
    of_report: Applied, report: int, column: str, also: Sequence[str]
) -> Iterator[tuple]:
    """The corrections that a report's figure rests on: source, hash, place, rule."""
    for one in of_report.get(report, pd.DataFrame()).itertuples():
        if one.column == column or one.column in also:
            rule = f"correction: {one.reason} ({one.by}, {one.when})"
            yield f"params/{FILE}", pd.NA, f"entry {one.entry}", rule


def _units(units: pd.DataFrame, judged: pd.DataFrame, of_report: Applied) -> Iterator[tuple]:
    for unit in units[units["report"].notna()].to_dict("records"):
        report = judged.loc[unit["report"]]
        cells = report["sources"].get("installs_cumulative", "")
        source = (report["file"], report["sha256"], cells)
        yield (
            "communes", unit["unit_code"], "installs_cumulative", unit["installs_cumulative"],
            *source, report["rules"].get("installs_cumulative", ""),
        )  # fmt: skip
        for correction in _corrected(
            of_report, unit["report"], "installs_cumulative", ("installs_new", *IDENTITY)
        ):
            yield (
                "communes", unit["unit_code"], "installs_cumulative", unit["installs_cumulative"],
                *correction,
            )  # fmt: skip
        yield (
            "communes", unit["unit_code"], "smartphone_owners", unit["smartphone_owners"],
            "params/communes.csv", pd.NA, unit["unit_code"], unit["smartphone_owners_status"],
        )  # fmt: skip
        for column, rule in DERIVED.items():
            if pd.notna(unit[column]):
                yield ("communes", unit["unit_code"], column, unit[column], *source, rule)


def _town(town: pd.DataFrame, units: pd.DataFrame) -> Iterator[tuple]:
    last = town.iloc[-1]
    key = f"{last['report_date']:%Y-%m-%d}"
    for unit in units[units["installs_cumulative"].notna()].itertuples():
        yield (
            "town", key, "installs_cumulative", unit.installs_cumulative,
            "communes.csv", pd.NA, unit.unit_code, "sum over communes",
        )  # fmt: skip
    for column, rule in DERIVED.items():
        if pd.notna(last[column]):
            yield ("town", key, column, last[column], "town.csv", pd.NA, key, rule)


def _agencies(agencies: pd.DataFrame, judged: pd.DataFrame, of_report: Applied) -> Iterator[tuple]:
    for agency in agencies[agencies["report"].notna()].to_dict("records"):
        report = judged.loc[agency["report"]]
        for column in STAFF:
            yield (
                "agencies", agency["agency_code"], column, agency[column], report["file"],
                report["sha256"], report["sources"].get(column, ""), "as_written",
            )  # fmt: skip
            for correction in _corrected(of_report, agency["report"], column, IDENTITY):
                key = agency["agency_code"]
                yield ("agencies", key, column, agency[column], *correction)
