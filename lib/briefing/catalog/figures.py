"""Every column of the published tables: what it is called, what it measures, how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from briefing import formats
from briefing.catalog import codes
from briefing.catalog.codes import Codes
from briefing.messages import Message, _

Kind = Literal["count", "share", "points", "pace", "text", "day", "moment", "code", "yes_no"]
NUMBERS: dict[Kind, Callable[[Any], str]] = {
    "count": formats.integer,
    "share": formats.percent,
    "points": formats.points,
    "pace": lambda value: formats.number(value, 1),
}
"""How people read the numbers of each kind; the tables hold them unrounded or to 6 places."""
DATES: dict[Kind, Callable[[Any], str]] = {"day": formats.day_short, "moment": formats.moment}
UNITS: Mapping[Kind, str] = {
    "count": "person", "share": "1", "points": "1", "pace": "person/day",
}  # fmt: skip
DTYPES: Mapping[Kind, str] = {
    "count": "Int64", "share": "Float64", "points": "Float64", "pace": "Float64", "text": "string",
    "day": "datetime64[s]", "code": "string", "yes_no": "boolean",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A column.

    Attributes:
        label: Its heading.
        kind: Of its values. A share is a fraction; points are a difference of two shares.
        meaning: What it is, in a sentence or two, where the heading does not say it.
        codes: What the column's codes are called.
        counted: What a count counts where it is no persons, by UCUM where that has a name for it.
        inside: What it is called inside a sentence about a report.
    """

    label: Message
    kind: Kind = "text"
    meaning: Message | None = None
    codes: Codes | None = None
    counted: str = ""
    inside: Message | None = None

    @property
    def unit(self) -> str:
        """Of a number; nothing where the values are none."""
        return self.counted or UNITS.get(self.kind, "")

    @property
    def heading(self) -> str:
        """The label as the head of a column; a difference of rates names its unit."""
        label = str(self.label)[:1].upper() + str(self.label)[1:]
        unit = _("percentage points").replace(formats.NBSP, " ")  # a column is narrower than that
        return f"{label} ({unit})" if self.kind == "points" else label

    def shown(self, value: Any) -> str:
        """A value as people read it."""
        if formats.is_missing(value):
            return formats.MISSING
        return (NUMBERS | DATES).get(self.kind, str)(value)


def shown(column: str, value: Any) -> str:
    """A figure as people read it; without a `column` it is no column's."""
    if column in FIGURES and FIGURES[column].kind in NUMBERS:
        return FIGURES[column].shown(value)
    return formats.integer(value) if isinstance(value, int) else formats.number(value, 2)


def _all(kind: Kind, counted: str = "", **labels: Message) -> dict[str, Figure]:
    return {name: Figure(label, kind, counted=counted) for name, label in labels.items()}


FIGURES: dict[str, Figure] = {
    # What is counted of reports
    **_all(
        "count", "report",
        expected=Message("Expected"),
        reported=Message("Reported"),
        on_time=Message("On time"),
        late=Message("Late"),
        empty=Message("Nothing new in it"),
        unreadable=Message("Received, not usable"),
        missing=Message("Not reported"),
        not_due=Message("Not due yet"),
        reports_expected=Message("Reports due"),
        reports_on_time=Message("On time"),
        reports_late=Message("Late"),
        reports_missing=Message("Not reported"),
        reports_not_due=Message("Not due yet"),
        reports_empty=Message("Nothing new in it"),
        reports_unreadable=Message("Received, not usable"),
        reports_doubtful=Message("Reports in doubt"),
    ),
    "completeness": Figure(
        Message("Completeness"), "share", Message("Reports on time or late, of those due.")
    ),
    "timeliness": Figure(
        Message("Timeliness"), "share", Message("Reports on time, of those due.")
    ),
    # Of a period
    "period": Figure(Message("Period")),
    **_all(
        "day",
        period_from=Message("First day"),
        period_to=Message("Last day"),
        covered_to=Message("Last day known"),
        opening_date=Message("Opening figure of"),
        closing_date=Message("Closing figure of"),
        unused_date=Message("Day written in the unused file"),
        best_day=Message("Best {period}"),
        worst_day=Message("Weakest day"),
    ),
    **_all(
        "share",
        coverage_opening=Message("Rate at the opening"),
        coverage_closing=Message("Rate at the close"),
        coverage_at_date=Message("Rate on the target's day"),
        share_carried=Message("Share carried over from earlier {periods}"),
        period_target=Message("Target of the period"),
        bodies_target=Message("Target of the bodies that report once"),
        bodies_coverage=Message("Rate of the bodies that report once"),
    ),
    **_all(
        "count",
        numerator_opening=Message("Counted at the opening"),
        numerator_closing=Message("Counted at the close"),
        numerator_change=Message("Counted in between"),
        numerator_gained=Message("Gained by the units known at both ends"),
        best_day_numerator_new=Message("{Counted} on the best {period}"),
        worst_day_numerator_new=Message("{Counted} on the weakest {period}"),
        bodies_numerator_needed=Message("Still needed by these bodies"),
    ),
    **_all(
        "count", "place",
        rank_opening=Message("Rank at the opening"),
        rank_closing=Message("Rank at the close"),
        rank_change=Message("Places gained"),
    ),
    **_all(
        "count", "unit",
        units=Message("Units"),
        units_opening=Message("Units with a figure at the opening"),
        units_carried=Message("Units whose figure is of an earlier day"),
        units_unknown=Message("Units without any figure"),
        units_compared=Message("Units known at both ends"),
        units_gained=Message("Units that have gained"),
        units_reported=Message("Units with a figure of the {period}"),
        units_counted=Message("Units with a figure"),
        units_reached=Message("Units that have reached the target"),
        units_below=Message("Units below the target"),
        units_in_doubt=Message("Units above the target, but falling or in doubt"),
        units_suspect=Message("Units with a figure in doubt"),
        units_always_on_time=Message("Units always on time"),
        units_over_denominator=Message("Units above 100%"),
        denominator_assumed=Message("Units whose denominator is assumed"),
        bodies=Message("Bodies that report once"),
        bodies_reported=Message("Of these, have reported"),
        bodies_on_time=Message("Of these, on time"),
        bodies_late=Message("Of these, late"),
        bodies_unreadable=Message("Of these, received and not usable"),
        bodies_missing=Message("Of these, not reported"),
        bodies_not_due=Message("Of these, not due yet"),
        bodies_reached=Message("Of these, have reached the target"),
        bodies_below=Message("Of these, below the target"),
        bodies_in_doubt=Message("Of these, in doubt"),
    ),
    "days_due": Figure(Message("Days on which reports were due"), "count", counted="d"),
    "gap": Figure(Message("Short of the target by"), "points"),
    "opening_basis": Figure(Message("The opening is that of"), "code", codes=codes.BASIS),
    "falls": Figure(Message("Has fallen on the last {period}"), "yes_no"),
    "fell": Figure(Message("Has fallen in between"), "yes_no"),
    "standing": Figure(Message("Standing"), "code", codes=codes.AGAINST_TARGET),
    "period_target_standing": Figure(
        Message("Against the target of the period"), "code", codes=codes.AGAINST_TARGET
    ),
    "kind": Figure(Message("Kind"), "code", codes=codes.KIND),
    "unused_file": Figure(Message("File received and not used")),
    "code": Figure(Message("Code of the unit")),
    "name": Figure(Message("Unit")),
    "section": Figure(Message("Part of the report"), "code", codes=codes.SECTION),
    "sentence": Figure(
        Message("Sentence"),
        "text",
        Message("Drafted by rules from the figures beside it, unless the analyst has written it."),
    ),
    "author": Figure(Message("Written by"), "code", codes=codes.AUTHOR),
    # Whom to call, each target, what has changed, other denominators
    "area_name": Figure(Message("Unit")),
    "pace_best": Figure(
        Message("Best {period}"),
        "pace",
        Message("The largest increase of the last 3 reported days."),
    ),
    "date_early": Figure(Message("Reached at the earliest"), "day"),
    "date_likely": Figure(
        Message("Reached probably"),
        "day",
        Message("Where the projection meets the target; empty: reached already, no rise, or more "
                "than 28 days ahead."),
    ),
    "date_late": Figure(Message("Reached at the latest"), "day"),
    "ask": Figure(Message("What is asked"), "code", codes=codes.ASK),
    "doubts": Figure(Message("What is doubtful"), "code"),
    "weight": Figure(
        Message("Weight in the order"),
        "pace",
        Message("{Persons} still needed beside those of the neediest unit, more where the report "
                "is missing or in doubt."),
        counted="1",
    ),
    "why": Figure(Message("Why it stands here"), "code", codes=codes.WHY),
    "pace_asked": Figure(
        Message("Asked for a day"),
        "pace",
        Message("What is needed a day, but no more than the pace of the fastest unit would give."),
    ),
    "numerator_moved": Figure(
        Message("Moves the total by"),
        "count",
        Message("What the figure in doubt adds to the unit's figure before it; empty once the "
                "doubt is closed."),
    ),
    "units_doubtful": Figure(Message("Units with a figure in doubt"), "count", counted="unit"),
    "numerator_doubtful": Figure(
        Message("{Persons} waiting to be verified"),
        "count",
        Message("What the figures in doubt move, up or down, over all units."),
    ),
    "coverage_sure": Figure(
        Message("Rate without them"),
        "share",
        Message("Over the figures before those in doubt; a unit that has no other is left out."),
    ),
    "estimate_low": Figure(
        Message("Once all reports are in, low"),
        "share",
        Message("8 times in 10 the rate of the whole comes to lie between low and high; empty "
                "where all reports are in."),
    ),
    "estimate_median": Figure(Message("Once all reports are in, middle"), "share"),
    "estimate_high": Figure(Message("Once all reports are in, high"), "share"),
    "numerator_now": Figure(Message("Counted, now"), "count"),
    "status_now": Figure(Message("Report, now"), "code", codes=codes.STATUS),
    "gained": Figure(Message("Difference"), "count"),
    "gained_days": Figure(Message("Over how many days"), "count", counted="d"),
    "share": Figure(Message("Of what was asked"), "share"),
    "times": Figure(Message("Days in a row on which it was asked"), "count", counted="d"),
    "days_left": Figure(
        Message("Days left"),
        "count",
        Message("From the day reported on to the target's date."),
        counted="d",
    ),
    "judged_on": Figure(
        Message("Judged by the figures of"), "day", Message("Empty before the target's date.")
    ),
    "outcome": Figure(Message("What came of it"), "code", codes=codes.OUTCOME),
    "known_then": Figure(Message("Known then"), "code"),
    "known_now": Figure(Message("Known now"), "code"),
    "cause": Figure(Message("Why it has changed"), "code", codes=codes.CAUSE),
    "denominator_params": Figure(Message("{Those}, by params"), "count"),
    "denominator_params_status": Figure(
        Message("Standing of that number"), "code", codes=codes.STANDING
    ),
    "denominator_reported": Figure(
        Message("{Those}, by the unit"),
        "count",
        Message("The newest denominator that the unit's own reports state, as in 35/120."),
    ),
    "denominator_reported_on": Figure(Message("Stated on"), "day"),
    "adults": Figure(Message("Adults"), "count"),
    "population": Figure(Message("All people"), "count"),
    "coverage_params": Figure(Message("Rate by params"), "share"),
    "coverage_reported": Figure(Message("Rate by the unit's denominator"), "share"),
    "coverage_adults": Figure(Message("Rate of adults"), "share"),
    "coverage_population": Figure(Message("Rate of all people"), "share"),
    "rank_params": Figure(Message("Rank by params"), "count", counted="place"),
    "rank_reported": Figure(Message("Rank by the units' denominators"), "count", counted="place"),
    "reached_params": Figure(Message("Target reached, by params"), "yes_no"),
    "reached_reported": Figure(Message("Target reached, by the unit's denominator"), "yes_no"),
    # Of every indicator
    "indicator": Figure(Message("Indicator")),
    "group": Figure(Message("Group"), "text", Message("Empty: of all.")),
    "cumulative": Figure(Message("So far"), "count"),
    # Who, when, from what
    "report_date": Figure(
        Message("Day reported on"), "day", inside=Message("the day reported on")
    ),
    "unit_code": Figure(Message("Code of the unit"), inside=Message("the unit")),
    "unit_name": Figure(Message("Unit")),
    "body_code": Figure(Message("Code of the unit")),
    "body_name": Figure(Message("Unit")),
    "sector": Figure(Message("Sector")),
    "place": Figure(Message("{Locality}")),
    "status": Figure(
        Message("Report"),
        "code",
        Message("On time, late, nothing new in it, received and not usable, not reported, or not "
                "due yet."),
        codes=codes.STATUS,
    ),
    "received_at": Figure(Message("Received"), "moment"),
    "carried_from": Figure(
        Message("Figure of"),
        "day",
        Message("The day that a carried figure is from; empty where it is of the {period}."),
    ),
    "outlook": Figure(
        Message("Outlook"),
        "code",
        Message("The pace of the last reported days beside the one that is needed; from the "
                "target's date on, whether it was reached."),
        codes=codes.OUTLOOK,
    ),
    "area": Figure(Message("Code of the unit")),
    "low": Figure(Message("Projected, low"), "share"),
    "median": Figure(
        Message("Projected, middle"),
        "share",
        Message("Half of what comes lies below; 8 times in 10 it lies between low and high."),
    ),
    "high": Figure(Message("Projected, high"), "share"),
    "made_from": Figure(Message("Worked out from the figures up to"), "day"),
    "reading": Figure(
        Message("Read as"),
        "code",
        Message("How the column of cumulative counts is understood."),
        codes=codes.READING,
    ),
    "reading_confidence": Figure(Message("Certainty"), "code", codes=codes.CONFIDENCE),
    "qr_posted": Figure(Message("Code posted"), "yes_no"),
    "file": Figure(Message("File")),
    "member": Figure(Message("File inside it")),
    "sha256": Figure(Message("Fingerprint of the file (sha256, beginning)")),
    "part": Figure(Message("Report in the file"), "count", counted="1"),
    "form": Figure(Message("Form"), "code", codes=codes.FORM),
    "verdict": Figure(Message("Verdict"), "code", codes=codes.VERDICT),
    "distinct_phones": Figure(Message("Different phones"), "count"),
    "qr_code": Figure(Message("QR code")),
    "qr_creator_phone": Figure(Message("Phone of its creator")),
    "qr_photo": Figure(Message("Photo of the code"), "yes_no"),
    **_all(
        "count", "row",
        rows_read=Message("Rows read"),
        rows_used=Message("Rows used"),
        rows_set_aside=Message("Rows set aside"),
    ),
    "corrected": Figure(Message("What was corrected")),
    "entry": Figure(Message("Entry"), "count", counted="1"),
    "column": Figure(Message("Figure"), "code"),
    "found": Figure(Message("Found")),
    "value": Figure(Message("Its value")),
    "value_before": Figure(Message("Value before")),
    "reason": Figure(Message("Reason")),
    "told_by": Figure(Message("Told by telephone by")),
    "by": Figure(Message("By")),
    "when": Figure(Message("Since")),
    "note": Figure(Message("Note")),
    "severity": Figure(Message("Weight"), "code", codes=codes.SEVERITY),
    "rule": Figure(Message("Kind of finding"), "code"),
    "where": Figure(Message("Where"), "code"),
    "message": Figure(Message("What is wrong")),
    "suggestion": Figure(Message("What to do")),
    "table": Figure(Message("Table"), "code"),
    "key": Figure(Message("Unit or day"), "code"),
    "source_file": Figure(Message("Source")),
    # Of the whole, a unit, a body, a place
    "denominator": Figure(
        Message("{Denominator}"),
        "count",
        Message("The denominator of the rate; params/{units_file} says whether it is assumed."),
    ),
    "numerator_cumulative": Figure(
        Message("{Counted} so far"),
        "count",
        Message(
            "The newest known count; without a report of the {period}, that of an earlier {period}."
        ),
        inside=Message("so far"),
    ),
    "numerator_new": Figure(
        Message("{Counted} since the last figure"),
        "count",
        Message("The difference from the newest earlier figure; empty without a report. Of the "
                "whole: the rise of the day, a unit's rise over several days spread over them."),
        inside=Message("on the {period}"),
    ),
    "numerator_new_days": Figure(
        Message("Over how many days"),
        "count",
        Message("Days since the newest earlier figure: 1, unless reports are missing."),
        counted="d",
    ),
    "rise_change": Figure(
        Message("More or fewer than {before}"),
        "count",
        Message("The rise of the {period} less that of {before}, over the units with both."),
    ),
    "coverage": Figure(
        Message("Rate"), "share", Message("{Counted}, divided by {denominator}.")
    ),
    "coverage_change": Figure(
        Message("Change of the rate"),
        "points",
        Message("In percentage points, over those known both before and now."),
    ),
    "rank": Figure(
        Message("Rank"), "count", Message("By the rate; 1 is the highest."), counted="place"
    ),
    "target_coverage": Figure(Message("Target in force"), "share"),
    "target_date": Figure(Message("Date of the target"), "day"),
    "numerator_needed": Figure(
        Message("Still needed"),
        "count",
        Message("{Persons} to the target: target × {denominator}, rounded up, less those "
                "{counted}; at least 0."),
    ),
    "pace_required": Figure(
        Message("Needed a day"),
        "pace",
        Message("Still needed, divided by the days from the day reported on to the target's date; "
                "empty from that date on."),
    ),
    "pace_observed": Figure(
        Message("Pace a day"),
        "pace",
        Message("Mean increase a day over the last (up to) 3 reported days."),
    ),
    "numerator_carried": Figure(Message("Of these, carried over from earlier {periods}"), "count"),
    "staff_total": Figure(Message("Staff"), "count", inside=Message("staff")),
    "staff_denominator": Figure(
        Message("{Those}"), "count", inside=Message("{those} of the staff")
    ),
    "staff_numerator": Figure(
        Message("Staff {counted}"), "count", inside=Message("staff {counted}")
    ),
    # Of charts alone
    "in_doubt": Figure(Message("Waits to be verified"), "yes_no"),
    "due": Figure(Message("Due"), "yes_no"),
    "findings": Figure(Message("Findings"), "count", counted="finding"),
    "short_label": Figure(Message("Short name")),
    **_all(
        "count", "tile",
        tile_row=Message("Row of its tile, from the top"),
        tile_col=Message("Column of its tile, from the left"),
    ),
}  # fmt: skip
OF_TABLE: dict[tuple[str, str], Figure] = {
    ("period_sectors", "bodies"): Figure(Message("In all"), "count", counted="unit"),
    ("values", "denominator"): Figure(Message("Of how many"), "count"),
    ("trace", "rule"): Figure(Message("How it is worked out"), "code"),
    ("anomalies", "status"): Figure(Message("State"), "code", codes=codes.DOUBT),
    ("corrections", "status"): Figure(Message("State"), "code", codes=codes.CORRECTION),
}
"""Columns that are called the same in several tables, and are not the same."""


def figure_of(column: str, table: str = "") -> Figure:
    """What a column of a published table is."""
    return OF_TABLE.get((table, column)) or FIGURES[column]


def dtypes(columns: Iterable[str]) -> dict[str, str]:
    """The pandas types of columns; a moment keeps the time zone that it has."""
    kinds = {name: FIGURES[name].kind for name in columns}
    return {name: DTYPES[kind] for name, kind in kinds.items() if kind in DTYPES}


def numbers(columns: Iterable[str]) -> list[str]:
    """Those of some columns that hold numbers."""
    return [name for name in columns if FIGURES[name].kind in NUMBERS]
