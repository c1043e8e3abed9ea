"""What each column of the published tables measures, and how its values are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from briefing import formats
from briefing.messages import Message

Kind = Literal["count", "share", "points", "pace", "text", "day", "moment", "word"]


@dataclass(frozen=True)
class Measure:
    """A column: its heading, what it is in a sentence or two, and the kind of its values."""

    label: Message
    kind: Kind = "text"
    meaning: Message | None = None

    def shown(self, value: Any) -> str:
        """A value as people read it."""
        return SHOWN[self.kind](value)


SHOWN: dict[Kind, Callable[[Any], str]] = {
    "count": formats.integer,
    "share": formats.percent,
    "points": formats.points,
    "pace": lambda value: formats.number(value, 1),
}

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
        Message("The difference from the last figure known before; empty without a report."),
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
        Message("Still needed, divided by the days left, the target's own day counted."),
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
    "reports_empty": Measure(Message("Nothing new in it"), "count"),
    "reports_unreadable": Measure(Message("Could not be read"), "count"),
    "staff_total": Measure(Message("Staff"), "count"),
    "staff_smartphone": Measure(Message("Staff with a smartphone"), "count"),
    "staff_installed": Measure(Message("Staff who have installed"), "count"),
}  # fmt: skip


def shown(column: str, value: Any) -> str:
    """A figure as people read it, whatever the column."""
    measure = MEASURES.get(column)
    if measure:
        return measure.shown(value)
    return formats.integer(value) if isinstance(value, int) else formats.number(value, 2)
