"""How each figure comes about: the graph that trace, pop-ups, annex and explanations are read from.

A figure is worked out by a rule, from other figures of its own row (`parts`) or of other rows. The
rules work a value out again from its parts, so that a page never shows a sum that does not hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.messages import Message, _

Number = int | float


@dataclass(frozen=True)
class Rule:
    """How parts give a value.

    Attributes:
        message: What is said before the parts are listed.
        work: The parts' values, in the order in which they are listed → the value.
        written: The parts as people read them → the sum in figures, as "4.926 ÷ 10.130".
    """

    message: Message
    work: Callable[[Sequence[Any]], Number]
    written: Callable[[Sequence[str]], str] | None = None


SUM, COUNT, DIFFERENCE, QUOTIENT = "sum", "count", "difference", "quotient"
NEEDED, PACE, MEAN, PLACE, SPREAD = "needed", "pace", "mean", "place", "spread"
SIZES = "sizes"
SAME, CORRECTED, CARRIED, ASSIGNED = "same", "corrected", "carried", "assigned"
CELL, STATED, PHONES, PARAMS = "cell", "stated", "phones", "params"
STATUS, DAYS, CORRECTION, ESTIMATED = "status", "days", "correction", "estimated"
LEAVES = (CELL, STATED, PHONES, PARAMS, STATUS, DAYS, CORRECTION, ESTIMATED)
"""What everything rests on: cells, statements, entries of params, counts of days, estimates."""


def _needed(values: Sequence[Number]) -> Number:
    target, denominator, numerator = values
    return max(math.ceil(round(target * denominator, 6)) - numerator, 0)


def _spread(values: Sequence[int]) -> int:
    rise, days, nth, step = (*values, 1)[:4]  # the fourth: days of one step, where that is not 1
    return rise * nth // days - rise * (nth - step) // days


def needed_of(target: str, people: str, numerator: str) -> str:
    """What is still needed, in figures as people read them."""
    return _(
        "{target} × {people}, rounded up, − {numerator}",
        target=target,
        people=people,
        numerator=numerator,
    )


RULES: Mapping[str, Rule] = {
    SUM: Rule(Message("the sum of:"), sum),
    COUNT: Rule(Message("the number of:"), len),
    SIZES: Rule(Message("the sum of, each without its sign:"), lambda v: sum(map(abs, v))),
    DIFFERENCE: Rule(Message("the first less the second:"), lambda v: v[0] - v[1], " − ".join),
    QUOTIENT: Rule(Message("the first divided by the second:"), lambda v: v[0] / v[1], " ÷ ".join),
    NEEDED: Rule(
        Message("target × {persons}, rounded up, less those {counted}, at least 0:"),
        _needed,
        lambda v: needed_of(*v),
    ),
    PACE: Rule(
        Message("(the last figure less the first) divided by the days between:"),
        lambda v: (v[0] - v[1]) / v[2],
        lambda v: _("({last} − {first}) ÷ {n} days", last=v[0], first=v[1], n=v[2]),
    ),
    MEAN: Rule(
        Message("the increases added up, divided by the days between:"),
        lambda v: sum(v[:-1]) / v[-1],
        lambda v: _("({sum}) ÷ {n} days", sum=" + ".join(v[:-1]), n=v[-1]),
    ),
    PLACE: Rule(
        Message("1 more than the number of units with a higher rate:"),
        lambda v: 1 + len(v),
        lambda v: _("1 + {n} units with a higher rate", n=len(v)),
    ),
    SPREAD: Rule(
        Message("the rise, over how many days, and the place of this one among them: its share of"),
        _spread,
    ),
    SAME: Rule(Message("as it stands:"), lambda v: v[0]),
    CARRIED: Rule(Message("carried over:"), lambda v: v[0]),
    ASSIGNED: Rule(
        Message("counted for this unit and day by a correction ({note}):"), lambda v: v[0]
    ),
    CORRECTED: Rule(
        Message("corrected by the office, first as reported, then as corrected:"), lambda v: v[-1]
    ),
}


@dataclass(frozen=True)
class Formula:
    """How a column is worked out.

    Attributes:
        text: As trace.csv writes it.
        message: The same for people.
        rule: Of `RULES`, where it is worked out from `parts` alone.
        parts: Columns of the same row, in the rule's order.
    """

    text: str
    message: Message
    rule: str = ""
    parts: tuple[str, ...] = ()


AS_WRITTEN = Formula("as_written", Message("as written"))
ROWS = Formula("rows of the place", Message("the rows of the {locality}"))
SUMMED = Formula("sum over units", Message("sum over the units"), SUM)
TARGET = Formula("target in force", Message("target in force on the {period}"), PARAMS)
COVERAGE = Formula(
    "numerator_cumulative / denominator",
    Message("{counted} ÷ {denominator}"),
    QUOTIENT,
    ("numerator_cumulative", "denominator"),
)
DERIVED: Mapping[str, Formula] = {
    "coverage": COVERAGE,
    "coverage_change": Formula(
        "numerator_new / denominator",
        Message("newly {counted} ÷ {denominator}"),
        QUOTIENT,
        ("numerator_new", "denominator"),
    ),
    "numerator_new": Formula(
        "numerator_cumulative - the newest earlier one",
        Message("{counted} less those of the newest earlier figure"),
        DIFFERENCE,
    ),
    "numerator_new_days": Formula(
        "days since the newest earlier figure", Message("days since the newest earlier figure")
    ),
    "numerator_needed": Formula(
        "ceil(target_coverage * denominator) - numerator_cumulative, at least 0",
        Message("target × {denominator}, rounded up, less those {counted}, at least 0"),
        NEEDED,
        ("target_coverage", "denominator", "numerator_cumulative"),
    ),
    "pace_required": Formula(
        "numerator_needed / days from report_date to target_date",
        Message("still needed ÷ days from the day reported on to the target's date"),
        QUOTIENT,
    ),
    "pace_observed": Formula(
        "mean daily increase over the last (up to) 3 reported days",
        Message("mean increase a day over the last (up to) 3 reported days"),
    ),
}
"""Of a unit, and but for its sums of the whole."""
PLACED = Formula("1 + units with a higher coverage", Message("1 + units with a higher rate"), PLACE)
COMPARED = Formula(
    "numerator_new - the day before's, over the units with both",
    Message("the rise of the {period} less that of {before}, over the units with both"),
    DIFFERENCE,
)
OF_BODY: Mapping[str, Formula] = {
    "coverage": Formula(
        "staff_numerator / staff_denominator",
        Message("staff {counted} ÷ staff in the denominator ({those})"),
        QUOTIENT,
        ("staff_numerator", "staff_denominator"),
    ),
    "numerator_needed": Formula(
        "ceil(body_reporting.target * staff_denominator) - staff_numerator, at least 0",
        Message(
            "target × staff in the denominator ({those}), rounded up, less those {counted}, at "
            "least 0"
        ),
        NEEDED,
        ("body_reporting.target", "staff_denominator", "staff_numerator"),
    ),
}
OF_PERIOD: Mapping[str, Formula] = {
    "numerator_change": Formula(
        "numerator_closing - numerator_opening", Message("at the close less at the opening")
    ),
    "coverage_change": Formula(
        "numerator_change / denominator", Message("the increase ÷ {denominator}")
    ),
    "rank_change": Formula(
        "rank_opening - rank_closing", Message("rank at the opening less rank at the close")
    ),
}
SINCE_BASELINE = Formula(
    "coverage_closing - coverage_opening", Message("rate at the close less that at the opening")
)
COUNTED = "number of units: "
CORRECTED_BY = "correction: "
MESSAGES: Mapping[str, Message] = {
    formula.text: formula.message
    for formula in (
        AS_WRITTEN, ROWS, SUMMED, TARGET, PLACED, COMPARED, SINCE_BASELINE,
        *DERIVED.values(), *OF_BODY.values(), *OF_PERIOD.values(),
    )
}  # fmt: skip
"""What trace.csv writes → the same for people."""
