"""What goes out to the senders: reminders, returns, receipts."""

from __future__ import annotations

from pathlib import Path

from briefing.catalog.codes import STATUS
from briefing.correspondence.receipts import receipts
from briefing.correspondence.reminders import reminders
from briefing.correspondence.returns import to_return
from briefing.correspondence.sending import Sent
from tests.week.reading.heard import AHEAD, PAST, WHOLE, Moment, Told, heard, says, units_of


def letters(seen: Moment) -> Told:
    sent = [Sent(item, Path(item.file_name), False) for item in to_return(seen.day)]
    made = reminders(seen.day, sent, seen.at)
    by_name = {letter.heading.split(" – ")[0]: letter for letter in made}
    for _code, name in units_of(seen.day):
        letter = by_name.get(name)
        heading = letter.heading.lower() if letter else ""
        for status in ("missing", "not_due", "late"):
            if str(STATUS[status]).lower() in heading:
                yield name, "status", status
        if letter:
            yield from _of_deadline(letter.text)
            yield from ((name, "doubt", True) for _one in heard(EARLIER, letter.text))
    for letter in made:
        for values in heard("{bodies}: {n} not reported", letter.heading):
            yield WHOLE, "agencies overdue", values["n"]


EARLIER = (
    "The figure reported on {day} still waits to be checked: {why}. Please correct or confirm it."
)
DEADLINES = {
    "Please send it before {deadline}.": AHEAD, "Please send it again before {deadline}.": AHEAD,
    "Please send it now.": PAST, "Please send it again now.": PAST,
    "If this is not right, please send it again before {deadline}.": AHEAD,
    "If this is not right, please send it again now.": PAST,
}  # fmt: skip


def _of_deadline(text: str) -> Told:
    for msgid, said in DEADLINES.items():
        yield from ((WHOLE, "the deadline", said) for _one in heard(msgid, text))


def returned(seen: Moment) -> Told:
    """A report that goes back for a doubt is one of a unit in doubt."""
    names = dict(units_of(seen.day))
    rules = ("cumulative_decrease", "jump", "over_denominator")
    for item in to_return(seen.day):
        if item.folder in names and any(remark.rule in rules for remark in item.remarks):
            yield names[item.folder], "doubt", True


def received(seen: Moment) -> Told:
    names = {name for _code, name in units_of(seen.day)}
    for letter in receipts(seen.day, seen.at):
        name, _sep, figure = letter.heading.partition(" – ")
        if name in names:
            yield name, "installs", figure
            waits = "The figure waits to be checked: {why}."
            yield name, "doubt", says(waits, letter.text) or says(EARLIER, letter.text)
            yield name, "without a figure of the day", False
            yield from _of_deadline(letter.text)
