"""What each column measures of the tables that are made from a day's: whom to call, goals, what
has changed, other denominators."""

from __future__ import annotations

from briefing.documents.provenance.measure import Measure
from briefing.messages import Message

DERIVED: dict[str, Measure] = {
    "area_name": Measure(Message("Unit")),
    "pace_best": Measure(
        Message("Best day"), "pace", Message("The largest increase of the last 3 reported days.")
    ),
    "date_early": Measure(Message("Reached at the earliest"), "day"),
    "date_likely": Measure(
        Message("Reached probably"),
        "day",
        Message("Where the projection meets the target; empty: reached already, no rise, or more "
                "than 28 days ahead."),
    ),
    "date_late": Measure(Message("Reached at the latest"), "day"),
    "ask": Measure(Message("What is asked"), "word"),
    "doubts": Measure(Message("What is doubtful"), "word"),
    "weight": Measure(
        Message("Weight in the order"),
        "pace",
        Message("People still needed beside those of the neediest unit, more where the report is "
                "missing or in doubt."),
    ),
    "installs_now": Measure(Message("Installed, now"), "count"),
    "status_now": Measure(Message("Report, now"), "word"),
    "gained": Measure(Message("Difference"), "count"),
    "gained_days": Measure(Message("Over how many days"), "count"),
    "share": Measure(Message("Of what was asked"), "share"),
    "times": Measure(Message("Days in a row on which it was asked"), "count"),
    "days_left": Measure(
        Message("Days left"), "count", Message("From the day reported on to the target's date.")
    ),
    "judged_on": Measure(
        Message("Judged by the figures of"), "day", Message("Empty before the target's date.")
    ),
    "outcome": Measure(Message("What came of it"), "word"),
    "known_then": Measure(Message("Known then"), "word"),
    "known_now": Measure(Message("Known now"), "word"),
    "cause": Measure(Message("Why it has changed"), "word"),
    "owners_params": Measure(Message("People who can install, by params"), "count"),
    "owners_params_status": Measure(Message("Standing of that number"), "word"),
    "owners_reported": Measure(
        Message("People who can install, by the unit"),
        "count",
        Message("The newest denominator that the unit's own reports state, as in 35/120."),
    ),
    "owners_reported_on": Measure(Message("Stated on"), "day"),
    "adults": Measure(Message("Adults"), "count"),
    "population": Measure(Message("All people"), "count"),
    "coverage_params": Measure(Message("Rate by params"), "share"),
    "coverage_reported": Measure(Message("Rate by the unit's denominator"), "share"),
    "coverage_adults": Measure(Message("Rate of adults"), "share"),
    "coverage_population": Measure(Message("Rate of all people"), "share"),
    "rank_params": Measure(Message("Rank by params"), "count"),
    "rank_reported": Measure(Message("Rank by the units' denominators"), "count"),
    "reached_params": Measure(Message("Target reached, by params"), "word"),
    "reached_reported": Measure(Message("Target reached, by the unit's denominator"), "word"),
}  # fmt: skip
