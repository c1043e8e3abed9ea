"""The report of the period up to a day."""

from __future__ import annotations

from typing import Any

from briefing import formats
from briefing.documents.sections import report as of_period
from briefing.messages import _
from briefing.tables.period import period_of
from tests.week.reading.heard import (
    DOUBTFUL,
    NO,
    OPEN,
    SURE,
    UNKNOWN,
    WHOLE,
    YES,
    Moment,
    Told,
    carried_in,
    heard,
    is_named,
    said_in,
    says,
)


def report(seen: Moment) -> Told:
    period = period_of(seen.day, seen.day.campaign.reporting.first, seen.day.date)
    for line in of_period.whole_results(period).items:
        yield from _of_results(line)
    yield from _of_units(period)
    for line in of_period.bodies_results(period).items:
        yield from _of_bodies(line)
    names = [*seen.day.units["unit_name"]]
    told = [line for part in PARTS for line in of_period.evaluated(period, part).items]
    for line in told:
        yield from said_in(line, TASK, WHOLE, n="needed", required="a day")
        yield from said_in(line, SHORT, WHOLE, required="a day", observed="pace")
    for msgid, what in NAMED.items():
        said = " ".join(values["names"] for line in told for values in heard(msgid, line))
        yield from ((name, what, is_named(name, said)) for name in names)
    praised = " ".join(one["names"] for line in told for one in heard(PRAISED, line))
    yield from ((name, "doubt", False) for name in names if is_named(name, praised))
    last = formats.day_short(seen.day.date)
    for row in of_period.lacking_units(period).rows:
        for cell, status in zip(row[2:5:2], ("missing", "late"), strict=True):
            if any(part.split(" ")[0] == last for part in cell.text.split("; ")):
                yield row[1].text, "status", status


PARTS = ("strengths", "shortcomings", "tasks")
TASK = "Reach {target} by {date}: {n} {persons} are still needed, {required} a day on average."
SHORT = ("The pace of the last reported {periods} is {observed} {persons} a day, below the "
         "{required} needed for {target} by {date}.")  # fmt: skip
PRAISED = "{n} of {all} {units} have reached {target} or more: {names}."
NAMED = {
    "The figures of {n} {units} wait to be verified: {names}.": "doubt",
    "Check the figures of {names}, and correct them where they are wrong.": "doubt",
}
STANDINGS = {
    "not settled, figures wait to be verified": DOUBTFUL,
    "in doubt ({now}), since the figure falls": DOUBTFUL,
    "reached after its date ({then} then, {now} now)": NO,
    "not reached, {gap} short ({n} {persons})": NO,
    "not reached ({then} then), {gap} short by now ({n} {persons})": NO,
    "reached ({now})": YES,
    "reports are still to come": OPEN,
    "not due yet, {gap} short ({n} {persons})": OPEN,
    "can't be judged, since figures are missing": UNKNOWN,
}


def _of_results(line: str) -> Told:
    closing = "Closing state ({day}): {n} {done}, {coverage} of {denominator}{partly}"
    yield from said_in(line, closing, WHOLE, n="installs", coverage="rate")
    yield from said_in(line, SURE, WHOLE, n="people in doubt", rate="rate without them")
    for values in heard(
        "; of these, {n} {persons} ({share}) are of earlier {periods}, in {count} {units}", line
    ):
        yield WHOLE, "carried", values["share"]
    for values in heard("Target of {target} by {date}: {standing}", line):
        aim = f" of {values['target']}"
        said = [verdict for msgid, verdict in STANDINGS.items() if says(msgid, line)]
        yield WHOLE, "verdict" + aim, said[0]
        for short in heard("not due yet, {gap} short ({n} {persons})", line):
            yield WHOLE, "needed" + aim, short["n"]
        for pace in heard(
            "; {required} {persons} a day are needed, the pace is {observed} ({outlook})", line
        ):
            yield WHOLE, "a day" + aim, pace["required"]
            yield WHOLE, "pace", pace["observed"]


def _of_units(period: Any) -> Told:
    table = of_period.units_annex(period)
    keys = [column.key for column in table.columns]
    heads = {column.key: column.label for column in table.columns}
    aims = [one["t"] for one in heard("Needed for {t}", heads["numerator_needed"])]
    for row in table.rows:
        cells = dict(zip(keys, row, strict=True))
        name = cells["unit_name"].text if row is not table.rows[-1] else WHOLE
        yield name, "installs", cells["numerator_closing"].text
        yield name, "rate", cells["coverage_closing"].text
        yield name, f"needed of {aims[0]}", cells["numerator_needed"].text
        if name != WHOLE:
            yield name, "rank", cells["rank_closing"].text
            notes = "; ".join(cell.note for cell in row)
            yield name, "doubt", _("to be verified") in notes
            yield name, "carried from", carried_in(cells["numerator_closing"].note)


def _of_bodies(line: str) -> Told:
    for values in heard("{n} of {all} {bodies} have reported (due by the end of {due})", line):
        yield WHOLE, "agencies", f"{values['n']}/{values['all']}"
        missing = [one["n"] for one in heard("{n} not reported", line)]
        yield WHOLE, "agencies overdue", missing[0] if missing else "0"
    reached = ("{n} {bodies} have reached {target}, {below} have not; {people} people are still "
               "needed.")  # fmt: skip
    for values in heard(reached, line):
        yield WHOLE, "agencies at the target", values["n"]
