"""Every column as the tables of a page show it: its short head, its width, how it is written.

What a column is, `figures` says; here stands only what a page says otherwise than the annex, and
the columns that no published table has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from briefing import formats
from briefing.catalog.figures import FIGURES
from briefing.messages import Message

MOST_ROWS = 60  # units that a page lists one by one; of more it shows the level below the whole
Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Head:
    """How a page shows a column; what is not given follows from the column's figure.

    Attributes:
        label: A shorter heading than the figure's.
        width: Its share of the page in print.
        brief: How its values are written.
        align: Of its cells.
    """

    label: Message | None = None
    width: float = 0
    brief: Callable[[Any], str] | None = None
    align: Align | None = None


CHANGE = Message("Change (points)")
RATE, RANK = Message("Rate"), Message("Rank")

HEADS: dict[str, Head] = {
    # Who, when
    "unit_name": Head(width=3),
    "area_name": Head(width=2.6),
    "body_name": Head(width=4),
    "place": Head(width=3.5),
    "sector": Head(width=2.2),
    "report_date": Head(Message("Day"), 1),
    "received_at": Head(width=2.2),
    "status": Head(width=1.9),
    "carried_from": Head(Message("Figure"), 1.7),
    "n": Head(Message("Nr."), 0.7, formats.integer, "right"),
    # Figures
    "rank": Head(width=0.9),
    "numerator_cumulative": Head(Message("{Counted}"), 1.4),
    "numerator_new": Head(Message("On the {period}"), 1.4, formats.signed_integer),
    "coverage_change": Head(CHANGE, 1.3, formats.points_short),
    "target_coverage": Head(Message("Target"), 1.8, formats.target, "left"),
    "pace_required": Head(width=1.2, brief=formats.rounded_up),
    "pace_observed": Head(width=1.2, brief=formats.integer),
    "pace_best": Head(width=1.2, brief=formats.integer),
    "date_likely": Head(Message("Reached at the present pace"), 3),
    "staff_total": Head(width=1),
    "staff_denominator": Head(Message("{Those}")),
    "staff_numerator": Head(Message("{Counted}"), 1.2),
    "qr_posted": Head(Message("Photo of the code"), 1.4, align="center"),
    # Of a period
    "rank_closing": Head(RANK, 0.9),
    "rank_change": Head(width=0.9, brief=formats.signed_integer),
    "coverage_opening": Head(Message("Opening rate"), 1.4),
    "coverage_closing": Head(Message("Closing rate"), 1.4),
    "numerator_closing": Head(Message("{Counted}")),
    "numerator_change": Head(Message("Gained ({persons})"), brief=formats.signed_integer),
    "units_reported": Head(Message("With figures of the {period}"), 1.8),
    # Other denominators
    "denominator_params": Head(Message("In params"), 1.2),
    "coverage_params": Head(RATE, 1.1),
    "rank_params": Head(RANK, 0.8),
    "denominator_reported": Head(Message("By the unit"), 1.2),
    "coverage_reported": Head(RATE, 1.1),
    "rank_reported": Head(RANK, 0.8),
    "coverage_adults": Head(Message("Of adults"), 1.2),
    "coverage_population": Head(Message("Of all people"), 1.2),
    # What was found, and what was put right
    "file": Head(width=3),
    "where": Head(width=2.7),
    "severity": Head(width=1.2),
    "found": Head(width=1.3),
    "message": Head(Message("What was found"), 3.6),
    "suggestion": Head(width=2.8),
    "verdict": Head(width=1.8),
    "rows_used": Head(width=1),
    "rows_set_aside": Head(width=1),
    "known_then": Head(width=1.6, align="right"),
    "known_now": Head(width=1.6, align="right"),
    "entry": Head(width=0.7),
    "column": Head(width=1.6),
    "value_before": Head(Message("As it was sent"), 1.4, align="right"),
    "value": Head(Message("As corrected"), 1.4, align="right"),
    "reason": Head(width=3),
    "by": Head(Message("Corrected by"), 1.7),
    "when": Head(Message("At"), 1.6),
    "note": Head(Message("Why not"), 2),
    "received_before": Head(Message("Came first"), 2.2, formats.moment),
    "numerator_before": Head(Message("Counted, before"), 1.4, formats.integer, "right"),
    "received_after": Head(Message("Came again"), 2.2, formats.moment),
    "numerator_after": Head(Message("Counted, now"), 1.4, formats.integer, "right"),
    "change": Head(Message("Difference"), 1.2, formats.signed_integer, "right"),
    # What is asked
    "code": Head(Message("Code to accept"), 1.3),
    "choice": Head(Message("What it says"), 3),
    "used": Head(Message("Figure used instead"), 3),
    "unusable": Head(Message("Received, not usable"), 2.4),
    "days": Head(Message("Days"), 0.9, formats.integer, "right"),
    "until": Head(Message("By when"), 2.4),
}  # fmt: skip

TIMES = Head(Message("Times"), 0.8, formats.integer, "right")
ON_TIME = Head(Message("Reports on time"), 1.4, align="right")
OF_PAGE: dict[tuple[str, str], Head] = {
    ("unit-places", "share"): Head(Message("Of the unit's figure"), 1.6),
    ("set-aside", "n"): TIMES,
    ("set-aside", "where"): Head(Message("For example, at"), 3),
    ("findings", "n"): TIMES,
    ("anomalies", "rule"): Head(Message("Doubt"), 2),
    ("anomalies", "found"): Head(Message("Figure"), 1, align="right"),
    ("changes", "file"): Head(Message("Report that changed it"), 3),
    ("period_units", "on_time"): ON_TIME,
    ("period_days", "on_time"): ON_TIME,
    ("lacking", "missing"): Head(width=2.4, align="left"),
    ("lacking", "late"): Head(width=4, align="left"),
    ("unit-asked", "ask"): Head(Message("What to do"), 6),
    ("unit-followed-up", "ask"): Head(Message("Asked"), 4),
    ("unit-followed-up", "gained"): Head(Message("Since then"), 3, align="left"),
}
"""Columns that a table shows otherwise than all others."""


def head_of(column: str, table: str) -> Head:
    """How a table of a page shows a column."""
    return OF_PAGE.get((table, column)) or HEADS.get(column, Head())


def is_known(column: str, table: str) -> bool:
    """Whether a table of a page can show a column."""
    return column in FIGURES or column in HEADS or (table, column) in OF_PAGE
