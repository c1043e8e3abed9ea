"""What each column of the published tables measures, and how its values are written."""

from __future__ import annotations

from typing import Any

from briefing import formats
from briefing.documents.provenance.derived import DERIVED
from briefing.documents.provenance.measure import Measure
from briefing.documents.provenance.periodic import PERIODIC
from briefing.messages import Message

MEASURES: dict[str, Measure] = {
    "smartphone_owners": Measure(
        Message("People who can install"),
        "count",
        Message("The denominator of the rate; params/communes.csv says whether it is assumed."),
    ),
    "installs_cumulative": Measure(
        Message("Installed so far"),
        "count",
        Message("The newest known count; without a report of the day, that of an earlier day."),
    ),
    "installs_new": Measure(
        Message("Installed since the last figure"),
        "count",
        Message("The difference from the newest earlier figure; empty without a report. Of the "
                "whole: the rise of the day, a unit's rise over several days spread over them."),
    ),
    "installs_new_days": Measure(
        Message("Over how many days"),
        "count",
        Message("Days since the newest earlier figure: 1, unless reports are missing."),
    ),
    "rise_change": Measure(
        Message("More or fewer than the day before"),
        "count",
        Message("The rise of the day less that of the day before, over the units with both."),
    ),
    "coverage": Measure(
        Message("Rate"), "share", Message("Installed, divided by the people who can install.")
    ),
    "coverage_change": Measure(
        Message("Change of the rate"),
        "points",
        Message("In percentage points, over those known both before and now."),
    ),
    "rank": Measure(Message("Rank"), "count", Message("By the rate; 1 is the highest.")),
    "target_coverage": Measure(Message("Target in force"), "share"),
    "target_date": Measure(Message("Date of the target"), "day"),
    "installs_needed": Measure(
        Message("Still needed"),
        "count",
        Message("People to the target: target × people who can install, rounded up, less those "
                "installed; at least 0."),
    ),
    "pace_required": Measure(
        Message("Needed a day"),
        "pace",
        Message("Still needed, divided by the days from the day reported on to the target's date; "
                "empty from that date on."),
    ),
    "pace_observed": Measure(
        Message("Pace a day"),
        "pace",
        Message("Mean increase a day over the last (up to) 3 reported days."),
    ),
    "installs_carried": Measure(
        Message("Of these, carried over from earlier days"), "count"
    ),
    "communes_counted": Measure(Message("Units with a figure"), "count"),
    "reports_expected": Measure(Message("Reports due"), "count"),
    "reports_on_time": Measure(Message("On time"), "count"),
    "reports_late": Measure(Message("Late"), "count"),
    "reports_missing": Measure(Message("Not reported"), "count"),
    "reports_not_due": Measure(Message("Not due yet"), "count"),
    "reports_empty": Measure(Message("Nothing new in it"), "count"),
    "reports_unreadable": Measure(Message("Received, not usable"), "count"),
    "staff_total": Measure(Message("Staff"), "count"),
    "staff_smartphone": Measure(Message("Staff with a smartphone"), "count"),
    "staff_installed": Measure(Message("Staff who have installed"), "count"),
}  # fmt: skip

TEXTS: dict[str, Measure] = {
    "report_date": Measure(Message("Day reported on"), "day"),
    "unit_code": Measure(Message("Code of the unit")),
    "unit_name": Measure(Message("Unit")),
    "agency_code": Measure(Message("Code of the unit")),
    "agency_name": Measure(Message("Unit")),
    "sector": Measure(Message("Sector")),
    "hamlet": Measure(Message("Hamlet")),
    "status": Measure(
        Message("Report"),
        "word",
        Message(
            "On time, late, nothing new in it, received and not usable, not reported, or not due "
            "yet."
        ),
    ),
    "received_at": Measure(Message("Received"), "moment"),
    "carried_from": Measure(
        Message("Figure of"),
        "day",
        Message("The day that a carried figure is from; empty where it is of the day."),
    ),
    "outlook": Measure(
        Message("Outlook"),
        "word",
        Message(
            "The pace of the last reported days beside the one that is needed; from the "
            "target's date on, whether it was reached."
        ),
    ),
    "area": Measure(Message("Code of the unit")),
    "low": Measure(Message("Projected, low"), "share"),
    "median": Measure(
        Message("Projected, middle"),
        "share",
        Message("Half of what comes lies below; 8 times in 10 it lies between low and high."),
    ),
    "high": Measure(Message("Projected, high"), "share"),
    "made_from": Measure(Message("Worked out from the figures up to"), "day"),
    "reading": Measure(
        Message("Read as"), "word", Message("How the column of cumulative counts is understood.")
    ),
    "reading_confidence": Measure(Message("Certainty"), "word"),
    "qr_posted": Measure(Message("Code posted"), "word"),
    "file": Measure(Message("File")),
    "member": Measure(Message("File inside it")),
    "sha256": Measure(Message("Fingerprint of the file (sha256, beginning)")),
    "part": Measure(Message("Report in the file"), "count"),
    "form": Measure(Message("Form"), "word"),
    "verdict": Measure(Message("Verdict"), "word"),
    "distinct_phones": Measure(Message("Different phones"), "count"),
    "qr_code": Measure(Message("QR code")),
    "qr_creator_phone": Measure(Message("Phone of its creator")),
    "qr_photo": Measure(Message("Photo of the code"), "word"),
    "rows_read": Measure(Message("Rows read"), "count"),
    "rows_used": Measure(Message("Rows used"), "count"),
    "rows_set_aside": Measure(Message("Rows set aside"), "count"),
    "corrected": Measure(Message("What was corrected")),
    "entry": Measure(Message("Entry"), "count"),
    "column": Measure(Message("Figure"), "word"),
    "found": Measure(Message("Found")),
    "value": Measure(Message("Its value")),
    "value_before": Measure(Message("Value before")),
    "reason": Measure(Message("Reason")),
    "told_by": Measure(Message("Told by telephone by")),
    "by": Measure(Message("By")),
    "when": Measure(Message("Since")),
    "note": Measure(Message("Note")),
    "severity": Measure(Message("Weight"), "word"),
    "rule": Measure(Message("Kind of finding"), "word"),
    "where": Measure(Message("Where"), "word"),
    "message": Measure(Message("What is wrong")),
    "suggestion": Measure(Message("What to do")),
    "table": Measure(Message("Table"), "word"),
    "key": Measure(Message("Unit or day"), "word"),
    "source_file": Measure(Message("Source")),
}
"""The other columns: what is no number, or no figure of a unit."""


ALL: dict[str, Measure] = PERIODIC | DERIVED | TEXTS | MEASURES


def measure_of(column: str) -> Measure:
    """What a column of any published table is."""
    return ALL[column]


def shown(column: str, value: Any) -> str:
    """A figure as people read it, whatever the column."""
    measure = MEASURES.get(column)
    if measure:
        return measure.shown(value)
    return formats.integer(value) if isinstance(value, int) else formats.number(value, 2)
