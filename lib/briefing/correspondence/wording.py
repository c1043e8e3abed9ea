"""How a returned report speaks to its sender, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from briefing import formats, labels
from briefing.catalog.codes import FORM
from briefing.catalog.rules import RULES, cited, label, with_trait
from briefing.correspondence.returns import Point, Remark, Return
from briefing.intake.detection.own_papers import TITLE
from briefing.labels import sentence as sentence
from briefing.messages import Message, _
from briefing.office.look import SEVERITIES
from briefing.params import Campaign
from briefing.places import FEW, places
from briefing.tables.day import worked_out_once

if TYPE_CHECKING:
    import pandas as pd

    from briefing.tables import Day

HEADINGS = (
    Message("No."), Message("Place"), Message("Written there"), Message("What is wrong"),
    Message("What to do"),
)  # fmt: skip
MARKED_SHEET = Message(
    "The cells at fault are coloured and carry a note. Please correct them in this very file, save "
    "it and send it to {sender}."
)
MARKED_DOCUMENT = Message(
    "The places at fault are coloured and carry a note. Please correct them in this very file, "
    "save it and send it to {sender}."
)
REBUILT = Message(
    "Your file could not be marked itself: the following sheets hold its values at the same cells, "
    "without its layout. You may correct them here or in your own file."
)
TAKEN_OUT = Message(
    "Your file holds reports of other units too: the following sheets hold yours alone, its values "
    "at the same cells, without its layout."
)
LIST_ONLY = Message("Please correct your file as listed below and send it again to {sender}.")
NO_SENDER = Message("Sender not recognised: find out whose report this is before sending it back.")


def opening(item: Return, campaign: Campaign) -> Iterator[str]:
    """The lines between the title and the list: to whom, about which report."""
    yield addressee_line(item, campaign)
    values = {
        "file": item.file_name,
        "day": formats.day(item.report_date),
        "moment": formats.moment(item.received_at),
    }
    if item.once:
        yield _("Report ({once_form}) in the file “{file}”, received {moment}.", **values)
    else:
        yield _("Report about {day} in the file “{file}”, received {moment}.", **values)


def dated_otherwise(row: Any, day: date) -> str:
    """What to do about a file that came for a day and says another one.

    Args:
        row: Of `Day.units`, with `unused_file` and `unused_date`.
    """
    return _(
        "If “{file}”, which says {written}, is the report of {day}: write the right day in it and "
        "send it again. If not: send the report of {day}.",
        file=row["unused_file"],
        written=formats.day(row["unused_date"]),
        day=formats.day(day),
    )


def addressee_line(item: Return, campaign: Campaign) -> str:
    if item.unit_code is None:
        return str(NO_SENDER)
    return _("To: {addressee}", addressee=addressee(item.unit_code, item.name, campaign))


def addressee(code: str, name: str, campaign: Campaign) -> str:
    """A sender as a letter addresses it."""
    if code not in campaign.types:
        return name
    kind = campaign.types[code]
    inside = labels.lowered(name) if kind and name.startswith(kind) else name
    return str(campaign.correspondence.unit).replace("{unit}", inside)


def by_form(campaign: Campaign) -> str:
    """By which form the units report, in brackets, where it has a name of its own."""
    code = FORM.get(campaign.form_of("persons", "counts") or "")
    return f" ({code.label})" if code else ""


def sender(campaign: Campaign) -> str:
    """Who writes."""
    return str(campaign.correspondence.sender or campaign.letterhead.issuer)


def others(bodies: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """The bodies without the one that writes: nobody sends a letter to himself."""
    try:
        own = campaign.found_code(sender(campaign))
    except ValueError:  # it may be each of several
        return bodies
    return bodies if own is None else bodies[bodies["body_code"].ne(own)]


def subject(campaign: Campaign) -> str:
    """What the reports are about, as inside a sentence."""
    return str(campaign.correspondence.subject or campaign.name)


def place(point: Point, most: int | None = FEW) -> str:
    """Where remarks that say the same point, in words."""
    if point.first.where:
        return sentence(places(point.wheres, most))
    of_name = point.first.rule in with_trait("of_name")
    return _("The file's name") if of_name else _("The whole report")


def stated(point: Point) -> str:
    """What is wrong, with how often; of texts that differ, what they have in common."""
    first, count = point.first, len(point.remarks)
    text = first.message if point.exact else label(first.rule)
    if count == 1:
        return cited(first.rule, sentence(str(text)))
    values = {"n": count, "message": cited(first.rule, text)}
    if RULES[first.rule].family == "phones" and point.found:
        return _("{n} numbers: {message}", **values)
    return _("{n} places: {message}", **values)


def example(point: Point) -> str:
    """What stood there; of several places, at the first."""
    return f"{point.found}; …" if point.found and len(point.remarks) > 1 else point.found


def note(remark: Remark, number: int) -> str:
    """What stands in the note at a marked place."""
    return f"{number}. {cited(remark.rule, sentence(remark.message))}. {remark.request}"


Place = TypeVar("Place")
Numbered = list[tuple[int, Remark]]
"""What is said of one place, with the numbers under which the list has it."""


def by_place(
    points: Iterable[Point], place_at: Callable[[str], Place | None]
) -> dict[Place, Numbered]:
    """What is said of each place of a file; remarks on what is no place in it are left out.

    Args:
        place_at: The place of an address of the contract.
    """
    found: dict[Place, Numbered] = {}
    for number, point in enumerate(points, start=1):
        for remark in point.remarks:
            if (at := place_at(remark.where)) is not None:
                found.setdefault(at, []).append((number, remark))
    return found


def ground(here: Numbered) -> str:
    """The colour of a place: of the worst that is said of it."""
    severities = {remark.severity for _number, remark in here}
    return next(colour for severity, colour in SEVERITIES.items() if severity in severities)


def title() -> str:
    return str(TITLE).upper()


def doubted(day: Day, code: str) -> str:
    """What a unit's figure is still to be checked for, and since when; else nothing."""
    if code not in (known := _doubts(day)):
        return ""
    since, doubts = known[code]
    why = ", ".join(str(label(rule)) for rule in doubts.split())
    if since.date() == day.date:
        return _("The figure waits to be checked: {why}.", why=why)
    return _(
        "The figure reported on {day} still waits to be checked: {why}. Please correct or confirm "
        "it.",
        day=formats.day_short(since),
        why=why,
    )


def doubted_before(day: Day, code: str) -> str:
    """The same of a figure of an earlier day; those of the day go back with its report."""
    known = _doubts(day).get(code)
    return doubted(day, code) if known and known[0].date() < day.date else ""


@worked_out_once
def _doubts(day: Day) -> dict[str, tuple[pd.Timestamp, str]]:
    """Unit → since when its figure is in doubt, and by which rules."""
    own = day.in_doubt
    return dict(zip(own["unit_code"], zip(own["since"], own["doubts"], strict=True), strict=True))
