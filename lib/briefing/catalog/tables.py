"""Every published table: its title, its columns in their order, how many of them name a row."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.messages import Message


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        title: Of its sheet; the campaign's own word goes before it.
        columns: In the order of the CSV.
        named: How many columns, from the first on, stay when the sheet is moved sideways.
        key: Columns of which no two rows have the same values.
        rows_of: The table that has a row of each `unit_code`.
    """

    title: Message
    columns: tuple[str, ...]
    named: int = 1
    key: tuple[str, ...] = ()
    rows_of: str = ""


REPORTING = (
    "expected", "on_time", "late", "empty", "unreadable", "missing", "completeness", "timeliness",
)  # fmt: skip
CALLED = (
    "unit_code", "unit_name", "ask", "installs_needed", "target_coverage", "target_date",
    "pace_required", "status", "outlook", "doubts", "installs_cumulative", "carried_from",
    "weight", "why", "pace_asked", "installs_moved", "coverage",
)  # fmt: skip

LEVEL = "level"  # the table of a level between the whole and who reports, published by its code
TABLES: dict[str, Table] = {
    "period": Table(Message("The period"), (
        "period", "period_from", "period_to", "covered_to", "opening_basis", "opening_date",
        "installs_opening", "coverage_opening", "communes_opening", "installs_closing",
        "coverage_closing", "smartphone_owners", "communes", "communes_counted",
        "communes_carried", "communes_unknown", "installs_carried", "share_carried",
        "target_coverage", "target_date", "installs_needed", "pace_required", "pace_observed",
        "outlook", "falls", "communes_compared", "installs_change", "coverage_change",
        "installs_gained", "communes_gained", "best_day", "best_day_installs_new", "worst_day",
        "worst_day_installs_new", "days_due", "reports_doubtful", *REPORTING, "period_target",
        "units_reached", "units_below", "units_in_doubt", "units_suspect", "units_always_on_time",
        "units_over_denominator", "owners_assumed", "agencies", "agencies_reported",
        "agencies_on_time", "agencies_late", "agencies_unreadable", "agencies_missing",
        "agencies_not_due", "agencies_target", "agencies_reached", "agencies_below",
        "agencies_in_doubt", "staff_smartphone", "staff_installed", "agencies_coverage",
        "agencies_installs_needed",
    ), key=("period",)),
    "period_units": Table(Message("Units over the period"), (
        "unit_code", "unit_name", "smartphone_owners", "opening_date", "installs_opening",
        "coverage_opening", "closing_date", "installs_closing", "coverage_closing",
        "installs_change", "coverage_change", "rank_opening", "rank_closing", "rank_change",
        "fell", "target_coverage", "target_date", "installs_needed", "pace_required",
        "pace_observed", "outlook", "period_target", "period_target_standing", *REPORTING,
    ), named=2, key=("unit_code",), rows_of="communes"),
    "period_days": Table(Message("Day by day"), (
        "report_date", "smartphone_owners", "installs_cumulative", "installs_new", "coverage",
        "coverage_change", "installs_carried", "communes_counted", "communes_reported",
        *REPORTING,
    ), key=("report_date",)),
    "period_targets": Table(Message("Against the targets"), (
        "target_coverage", "target_date", "coverage_at_date", "coverage_closing", "gap",
        "installs_needed", "standing",
    ), key=("target_coverage", "target_date")),
    "period_sectors": Table(Message("By sector"), (
        "sector", "agencies", "reported", "on_time", "late", "unreadable", "missing", "not_due",
        "staff_smartphone", "staff_installed", "completeness", "timeliness", "coverage",
    ), key=("sector",)),
    "period_lacking": Table(Message("Missing, not usable, late"), (
        "kind", "code", "name", "sector", "report_date", "status", "received_at", "unused_file",
        "unused_date",
    ), named=3),
    "evaluation": Table(Message("Sentences and their figures"), (
        "section", "sentence", "rule", "author", "table", "key", "column", "value",
    )),
    "communes": Table(Message("Units that report daily"), (
        "report_date", "unit_code", "unit_name", "smartphone_owners", "installs_cumulative",
        "installs_new", "installs_new_days", "coverage", "coverage_change", "rank", "status",
        "received_at", "carried_from", "target_coverage", "target_date", "installs_needed",
        "pace_required", "pace_observed", "outlook", "reading",
    ), named=3, key=("unit_code",)),
    "town": Table(Message("The whole area"), (
        "report_date", "smartphone_owners", "installs_cumulative", "installs_new",
        "installs_new_days", "coverage", "coverage_change", "target_coverage", "target_date",
        "installs_needed", "pace_required", "pace_observed", "outlook", "reports_expected",
        "reports_on_time", "reports_late", "reports_missing", "reports_empty",
        "reports_unreadable", "installs_carried", "communes_counted", "reports_not_due",
        "rise_change",
    ), key=("report_date",)),
    LEVEL: Table(Message("Units of a level above"), (
        "report_date", "unit_code", "unit_name", "rank", "smartphone_owners",
        "installs_cumulative", "installs_new", "installs_new_days", "coverage", "coverage_change",
        "target_coverage", "target_date", "installs_needed", "pace_required", "pace_observed",
        "outlook", "reports_expected", "reports_on_time", "reports_late", "reports_missing",
        "reports_empty", "reports_unreadable", "installs_carried", "communes_counted",
        "reports_not_due",
    ), named=3, key=("unit_code",)),
    "values": Table(Message("Every indicator and group"), (
        "report_date", "unit_code", "unit_name", "indicator", "group", "denominator", "cumulative",
        "coverage", "carried_from",
    ), named=3, key=("report_date", "unit_code", "indicator", "group")),
    "headline": Table(Message("In doubt and still to come"), (
        "report_date", "installs_cumulative", "coverage", "units_doubtful", "installs_doubtful",
        "coverage_sure", "estimate_low", "estimate_median", "estimate_high",
    ), key=("report_date",)),
    "goals": Table(Message("Each target"), (
        "area", "area_name", "coverage", "target_coverage", "target_date", "installs_needed",
        "days_left", "pace_required", "pace_observed", "pace_best", "outlook", "date_early",
        "date_likely", "date_late", "judged_on",
    ), named=2, key=("area", "target_coverage", "target_date")),
    "agencies": Table(Message("Bodies that report once"), (
        "agency_code", "agency_name", "sector", "staff_total", "staff_smartphone",
        "staff_installed", "coverage", "qr_posted", "status", "received_at", "installs_needed",
    ), named=2, key=("agency_code",)),
    "hamlets": Table(Message("Hamlets"), (
        "report_date", "unit_code", "unit_name", "hamlet", "smartphone_owners",
        "installs_cumulative", "coverage", "carried_from",
    ), named=4, rows_of="communes"),
    "actions": Table(Message("Whom to call"), (*CALLED, "times"), named=2),
    "actions_followed_up": Table(Message("What came of yesterday's calls"), (
        *CALLED, "times", "installs_now", "gained", "gained_days", "status_now", "share", "outcome",
    ), named=2),
    "projection": Table(Message("Projection"), (
        "area", "report_date", "low", "median", "high", "made_from",
    ), key=("area", "report_date")),
    "denominators": Table(Message("Other denominators"), (
        "unit_code", "unit_name", "installs_cumulative", "owners_params", "owners_params_status",
        "owners_reported", "owners_reported_on", "adults", "population", "coverage_params",
        "coverage_reported", "coverage_adults", "coverage_population", "rank_params",
        "rank_reported", "target_coverage", "reached_params", "reached_reported",
    ), named=2, key=("unit_code",), rows_of="communes"),
    "reports": Table(Message("Reports received"), (
        "file", "member", "sha256", "part", "form", "unit_code", "unit_name", "report_date",
        "received_at", "verdict", "reading", "reading_confidence", "installs_cumulative",
        "installs_new", "distinct_phones", "staff_total", "staff_smartphone", "staff_installed",
        "qr_code", "qr_creator_phone", "qr_photo", "rows_read", "rows_used", "rows_set_aside",
        "corrected",
    )),
    "changes": Table(Message("Known then and now"), (
        "unit_code", "unit_name", "report_date", "column", "known_then", "known_now", "cause",
        "file", "received_at",
    ), named=2),
    "corrections": Table(Message("Corrections"), (
        "entry", "file", "unit_code", "unit_name", "report_date", "column", "found", "value",
        "value_before", "reason", "by", "when", "status", "note", "told_by",
    )),
    "anomalies": Table(Message("Figures in doubt"), (
        "report_date", "unit_code", "unit_name", "rule", "file", "where", "found", "message",
        "status", "installs_moved",
    )),
    "findings": Table(Message("Findings"), (
        "file", "unit_code", "severity", "rule", "where", "found", "message", "suggestion",
    )),
    "trace": Table(Message("Sources of the figures"), (
        "table", "key", "column", "value", "source_file", "sha256", "where", "rule", "member",
    ), named=3),
}  # fmt: skip
"""In the order of the annex."""

COLUMNS: dict[str, list[str]] = {name: [*table.columns] for name, table in TABLES.items()}
