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
    "unit_code", "unit_name", "ask", "numerator_needed", "target_coverage", "target_date",
    "pace_required", "status", "outlook", "doubts", "numerator_cumulative", "carried_from",
    "weight", "why", "pace_asked", "numerator_moved", "coverage",
)  # fmt: skip

LEVEL = "level"  # the table of a level between the whole and who reports, published by its code
TABLES: dict[str, Table] = {
    "period": Table(Message("The period"), (
        "period", "period_from", "period_to", "covered_to", "opening_basis", "opening_date",
        "numerator_opening", "coverage_opening", "units_opening", "numerator_closing",
        "coverage_closing", "denominator", "units", "units_counted",
        "units_carried", "units_unknown", "numerator_carried", "share_carried",
        "target_coverage", "target_date", "numerator_needed", "pace_required", "pace_observed",
        "outlook", "falls", "units_compared", "numerator_change", "coverage_change",
        "numerator_gained", "units_gained", "best_day", "best_day_numerator_new", "worst_day",
        "worst_day_numerator_new", "days_due", "reports_doubtful", *REPORTING, "period_target",
        "units_reached", "units_below", "units_in_doubt", "units_suspect", "units_always_on_time",
        "units_over_denominator", "denominator_assumed", "bodies", "bodies_reported",
        "bodies_on_time", "bodies_late", "bodies_unreadable", "bodies_missing",
        "bodies_not_due", "bodies_target", "bodies_reached", "bodies_below",
        "bodies_in_doubt", "staff_denominator", "staff_numerator", "bodies_coverage",
        "bodies_numerator_needed",
    ), key=("period",)),
    "period_units": Table(Message("Units over the period"), (
        "unit_code", "unit_name", "denominator", "opening_date", "numerator_opening",
        "coverage_opening", "closing_date", "numerator_closing", "coverage_closing",
        "numerator_change", "coverage_change", "rank_opening", "rank_closing", "rank_change",
        "fell", "target_coverage", "target_date", "numerator_needed", "pace_required",
        "pace_observed", "outlook", "period_target", "period_target_standing", *REPORTING,
    ), named=2, key=("unit_code",), rows_of="units"),
    "period_days": Table(Message("Day by day"), (
        "report_date", "denominator", "numerator_cumulative", "numerator_new", "coverage",
        "coverage_change", "numerator_carried", "units_counted", "units_reported",
        *REPORTING,
    ), key=("report_date",)),
    "period_targets": Table(Message("Against the targets"), (
        "target_coverage", "target_date", "coverage_at_date", "coverage_closing", "gap",
        "numerator_needed", "standing",
    ), key=("target_coverage", "target_date")),
    "period_sectors": Table(Message("By sector"), (
        "sector", "bodies", "reported", "on_time", "late", "unreadable", "missing", "not_due",
        "staff_denominator", "staff_numerator", "completeness", "timeliness", "coverage",
    ), key=("sector",)),
    "period_lacking": Table(Message("Missing, not usable, late"), (
        "kind", "code", "name", "sector", "report_date", "status", "received_at", "unused_file",
        "unused_date",
    ), named=3),
    "evaluation": Table(Message("Sentences and their figures"), (
        "section", "sentence", "rule", "author", "table", "key", "column", "value",
    )),
    "units": Table(Message("Units that report {rhythm}"), (
        "report_date", "unit_code", "unit_name", "denominator", "numerator_cumulative",
        "numerator_new", "numerator_new_days", "coverage", "coverage_change", "rank", "status",
        "received_at", "carried_from", "target_coverage", "target_date", "numerator_needed",
        "pace_required", "pace_observed", "outlook", "reading",
    ), named=3, key=("unit_code",)),
    "whole": Table(Message("The whole area"), (
        "report_date", "denominator", "numerator_cumulative", "numerator_new",
        "numerator_new_days", "coverage", "coverage_change", "target_coverage", "target_date",
        "numerator_needed", "pace_required", "pace_observed", "outlook", "reports_expected",
        "reports_on_time", "reports_late", "reports_missing", "reports_empty",
        "reports_unreadable", "numerator_carried", "units_counted", "reports_not_due",
        "rise_change",
    ), key=("report_date",)),
    LEVEL: Table(Message("Units of a level above"), (
        "report_date", "unit_code", "unit_name", "rank", "denominator",
        "numerator_cumulative", "numerator_new", "numerator_new_days", "coverage",
        "coverage_change",
        "target_coverage", "target_date", "numerator_needed", "pace_required", "pace_observed",
        "outlook", "reports_expected", "reports_on_time", "reports_late", "reports_missing",
        "reports_empty", "reports_unreadable", "numerator_carried", "units_counted",
        "reports_not_due",
    ), named=3, key=("unit_code",)),
    "values": Table(Message("Every indicator and group"), (
        "report_date", "unit_code", "unit_name", "indicator", "group", "denominator", "cumulative",
        "coverage", "carried_from", "source_file", "where",
    ), named=3, key=("report_date", "unit_code", "indicator", "group")),
    "groups": Table(Message("Each group against the target"), (
        "report_date", "group", "denominator", "numerator_cumulative", "coverage",
        "coverage_change", "target_coverage", "target_date", "numerator_needed", "pace_required",
        "pace_observed", "outlook",
    ), named=2, key=("group",)),
    "headline": Table(Message("In doubt and still to come"), (
        "report_date", "numerator_cumulative", "coverage", "units_doubtful", "numerator_doubtful",
        "coverage_sure", "estimate_low", "estimate_median", "estimate_high",
    ), key=("report_date",)),
    "goals": Table(Message("Each target"), (
        "area", "area_name", "coverage", "target_coverage", "target_date", "numerator_needed",
        "days_left", "pace_required", "pace_observed", "pace_best", "outlook", "date_early",
        "date_likely", "date_late", "judged_on",
    ), named=2, key=("area", "target_coverage", "target_date")),
    "bodies": Table(Message("Bodies that report once"), (
        "body_code", "body_name", "sector", "staff_total", "staff_denominator",
        "staff_numerator", "coverage", "qr_posted", "status", "received_at", "numerator_needed",
    ), named=2, key=("body_code",)),
    "places": Table(Message("{Localities}"), (
        "report_date", "unit_code", "unit_name", "place", "denominator",
        "numerator_cumulative", "coverage", "carried_from",
    ), named=4, rows_of="units"),
    "actions": Table(Message("Whom to call"), (*CALLED, "times"), named=2),
    "actions_followed_up": Table(Message("What came of the calls of {before}"), (
        *CALLED, "times", "numerator_now", "gained", "gained_days", "status_now", "share",
        "outcome",
    ), named=2),
    "projection": Table(Message("Projection"), (
        "area", "report_date", "low", "median", "high", "made_from",
    ), key=("area", "report_date")),
    "denominators": Table(Message("Other denominators"), (
        "unit_code", "unit_name", "numerator_cumulative", "denominator_params",
        "denominator_params_status",
        "denominator_reported", "denominator_reported_on", "adults", "population",
        "coverage_params",
        "coverage_reported", "coverage_adults", "coverage_population", "rank_params",
        "rank_reported", "target_coverage", "reached_params", "reached_reported",
    ), named=2, key=("unit_code",), rows_of="units"),
    "reports": Table(Message("Reports received"), (
        "file", "member", "sha256", "part", "form", "unit_code", "unit_name", "report_date",
        "received_at", "verdict", "reading", "reading_confidence", "numerator_cumulative",
        "numerator_new", "distinct_phones", "staff_total", "staff_denominator", "staff_numerator",
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
        "status", "numerator_moved",
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
