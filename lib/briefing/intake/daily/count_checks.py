"""What is wrong with the counts of a table."""

from __future__ import annotations

from collections.abc import Callable

from briefing.intake.daily.judging import (
    EACH_ROW_COUNTS,
    ROSTERS,
    Judged,
    Make,
    Placed,
    each,
    finder,
)
from briefing.intake.daily.tallies import out_of_step
from briefing.intake.submission import Severity
from briefing.intake.values.numbers import Number, Unreadable
from briefing.messages import Message

COUNTING_ON = {"roster_all", "running"}


def count_findings(judged: Judged) -> Placed:
    blank = judged.left_blank
    make = _count_finder(
        judged, Message("the count is left blank; the row is set aside, not counted as zero")
    )
    yield from each(judged, blank, "luy_ke", make)
    faulty = [i for i in judged.unusable if i not in set(blank)]
    make = _count_finder(judged, lambda i: _why_unreadable(judged.table.counts.others.get(i)))
    yield from ((i, make(i)) for i in faulty)
    if judged.reading in ROSTERS:
        yield from _beside_the_list(judged)
    others = {i: n for i, n in judged.table.counts.others.items() if isinstance(n, Number)}
    ask = Message("Ask the unit for the exact number.")
    for rule, (severity, wanted) in COUNT_NOTES.items():
        noted = [i for i, number in others.items() if getattr(number, wanted)]
        make = finder(judged, "luy_ke", severity, rule, COUNT_SAYS[rule], ask)
        yield from each(judged, noted, "luy_ke", make)


COUNT_NOTES: dict[str, tuple[Severity, str]] = {  # rule → severity, attribute of the number
    "number_approximate": ("warning", "approximate"),
    "number_repaired": ("info", "repaired"),
    "number_thousands": ("info", "assumed_thousands"),
}
COUNT_SAYS = {
    "number_approximate": Message("an estimate, counted as it stands"),
    "number_repaired": Message("a letter was typed for a digit; it has been replaced"),
    "number_thousands": Message("the separator is taken for thousands, not for a decimal point"),
}


def _count_finder(judged: Judged, text: Message | Callable[[int], Message]) -> Make:
    return finder(
        judged, "luy_ke", "error", "number_unreadable", text,
        Message("Write a whole number in this cell and send the report again."),
    )  # fmt: skip


def _why_unreadable(number: Number | Unreadable | None) -> Message:
    reasons = {
        "date": Message("a date stands where a count is due; the row is set aside"),
        "several": Message("several numbers stand in one cell; the row is set aside"),
        "phone": Message("a phone number stands where a count is due; the row is set aside"),
        "formula": Message("a formula was saved without being calculated; the row is set aside"),
    }
    reason = number.reason if isinstance(number, Unreadable) else ""
    return reasons.get(
        reason, Message("the count can't be read; the row is set aside, not counted as zero")
    )


def _beside_the_list(judged: Judged) -> Placed:
    """Cells of a list of persons in which a number is due and something else stands."""
    make = finder(
        judged, "luy_ke", "warning", "number_unreadable",
        Message("no number; the row is counted by its phone all the same"),
        Message("Write a whole number in this cell and send the report again."),
    )  # fmt: skip
    yield from each(judged, judged.table.unreadable, "luy_ke", make)


def meaning_findings(judged: Judged) -> Placed:
    """Counts that can be read, but can't be as they are meant."""
    table, check = judged.table, Message("Check this cell and send the report again.")
    if judged.reading in COUNTING_ON and (slips := out_of_step(table)):
        make = finder(
            judged, "luy_ke", "warning", "number_out_of_step",
            Message("the count does not go on from the rows beside it"), check,
        )  # fmt: skip
        yield from ((i, make(i)) for i in sorted(slips))
    for i, owners in table.denominators.items():
        if (count := table.count[i]) is not None and count > owners:
            yield i, finder(
                judged, "luy_ke", "error", "installed_over_smartphone",
                Message(
                    "{part} people have installed, but {whole} have a smartphone",
                    {"part": count, "whole": owners},
                ),
                check,
            )(i)  # fmt: skip
    if judged.reading in EACH_ROW_COUNTS and table.owners:
        make = finder(
            judged, "luy_ke", "warning", "over_denominator",
            Message("one row alone has more than the {owners} people of the unit who can install",
                    {"owners": table.owners}), check,
        )  # fmt: skip
        over = [i for i, count in enumerate(table.count) if count and count > table.owners]
        yield from ((i, make(i)) for i in over)


def day_count_findings(judged: Judged) -> Placed:
    others = judged.table.in_day.others.items()
    make = finder(
        judged, "trong_ngay", "error", "number_unreadable",
        Message("the day's count can't be read; it is left out, not counted as zero"),
        Message("Write a whole number in this cell and send the report again."),
    )  # fmt: skip
    yield from ((i, make(i)) for i, _other in others if judged.table.in_day.whole[i] is None)
