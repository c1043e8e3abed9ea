"""Messages to paste into a chat: to whoever is missing, late, unreadable or has faults to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefing import formats
from briefing.catalog.codes import STATUS
from briefing.catalog.rules import with_trait
from briefing.correspondence.letters import Letter, as_file, at
from briefing.correspondence.passed_on import Reminded, by_parent
from briefing.correspondence.returns import UNKNOWN, Point
from briefing.correspondence.wording import (
    addressee,
    by_form,
    dated_otherwise,
    doubted_before,
    others,
    place,
    sender,
    sentence,
    stated,
    subject,
)
from briefing.labels import lowered
from briefing.messages import Message, _
from briefing.tables.reporting import NOT_DUE

if TYPE_CHECKING:
    from briefing.correspondence.sending import Sent
    from briefing.tables import Day

BODIES_FROM = timedelta(days=3)  # before the bodies' due day they are reminded of it
MOST_FILES = 6  # of unknown senders, named; the rest is counted


def write_reminders(day: Day, sent: Iterable[Sent], moment: datetime, path: Path) -> list[Letter]:
    """Write the day's reminders as a text that Notepad shows; returns them."""
    sent = list(sent)
    found = reminders(day, sent, moment)
    title = _("REMINDERS OF {day}", day=formats.day(day.date))
    path.write_bytes(as_file(title, day, [*_beside(found, sent)], found))
    return found


def reminders(day: Day, sent: Iterable[Sent], moment: datetime) -> list[Letter]:
    """The messages of a day, units in the order of params, behind one to the unit above them where
    there is one between, then bodies.

    Args:
        sent: What goes back that day.
        moment: When they are to be sent, in the campaign's time zone: before the deadline the
            report is asked for by then, after it at once.
    """
    back: dict[str, list[Sent]] = {}
    for one in sent:
        one = replace(one, item=one.item.to_others())
        back.setdefault(one.item.folder, []).append(one)
    reminded = (_to_unit(day, unit, back.get(unit.unit_code, []), moment)
                for unit in day.units.itertuples())  # fmt: skip
    units = by_parent(day, filter(None, reminded), moment)
    today = max(day.date, moment.date())
    bodies = [
        _to_body(day, body, back.get(body.body_code, []), today)
        for body in others(day.bodies, day.campaign).itertuples()
        if body.body_code in back or not formats.is_missing(body.unused_file)
    ]
    return [reminder for reminder in (*units, *bodies, _to_bodies(day, today)) if reminder]


def _to_unit(day: Day, unit: Any, back: list[Sent], moment: datetime) -> Reminded | None:
    status = "" if formats.is_missing(unit.status) else unit.status
    asked: Asked = "again" if back else "once" if status != "late" else ""
    if status == "empty":
        back = [*_beside_hollow(back)]
    sentences = [*_of_status(day, unit, status, back)]
    sentences += filter(None, [doubted_before(day, unit.unit_code)])
    if not sentences:
        return None
    sentences += _by_when(day, moment, asked)
    heading = f"{unit.unit_name} – {_short(status, back)}"
    to = addressee(unit.unit_code, unit.unit_name, day.campaign)
    letter = Letter.to(to, heading, sentences, unit.unit_code)
    faults = _points(back)
    return Reminded(unit.unit_code, unit.unit_name, status, faults, bool(asked), letter)


def _of_status(day: Day, unit: Any, status: str, back: list[Sent]) -> Iterator[str]:
    """What is said of the day's report: missing, late, hollow, or with faults."""
    values = {
        "sender": sender(day.campaign),
        "subject": subject(day.campaign),
        "day": formats.day(day.date),
        "form": by_form(day.campaign),
    }
    if status == NOT_DUE:
        yield _("{sender} reminds you of your report on {subject} of {day}{form}.", **values)
    elif status == "missing":
        yield _("{sender} has not received your report on {subject} of {day}{form}.", **values)
    elif status == "late":
        came, deadline = unit.received_at, day.campaign.deadline_of(day.date)
        yield _(
            "{sender} received your report on {subject} of {day} at {came}, after the deadline "
            "({deadline}).",
            came=at(came), deadline=at(deadline), **values,
        )  # fmt: skip
    elif status == "empty":
        yield _("Your report on {subject} of {day} holds no new figures.", **values)
        yield _("Please fill in the figures of this {period}.")
    elif status == "unreadable" and not formats.is_missing(unit.unused_date):
        yield _("{sender} received a file from you at {came}.",
                came=at(unit.received_at), **values)  # fmt: skip
        yield dated_otherwise(unit._asdict(), day.date)
    elif status == "unreadable":
        yield _(
            "{sender} received your report on {subject} of {day} (“{file}”), but can't use it yet.",
            file=unit.unused_file, **values,
        )  # fmt: skip
    elif back:
        yield _("{sender} received your report on {subject} of {day}.", **values)
    yield from _of_faults(back)


def _beside_hollow(back: list[Sent]) -> Iterator[Sent]:
    """What goes back, without the remarks that nothing new is in it, which is said already."""
    hollow = with_trait("hollow")
    for one in back:
        rest = tuple(remark for remark in one.item.remarks if remark.rule not in hollow)
        if rest:
            yield replace(one, item=replace(one.item, remarks=rest))


def _of_faults(back: list[Sent]) -> Iterator[str]:
    """What is asked about each report that goes back."""
    for one in back:
        item, count = one.item, len(one.item.remarks)
        if count == 1:
            (point,) = item.points
            values = {
                "file": item.shown_name,
                "place": lowered(place(point)),
                "found": point.found,
            }
            values |= {"message": point.first.message, "request": point.first.request}
            named = point.found in ("", item.shown_name, item.file_name)
            text = ONE if named else ONE_FOUND
            yield str(Message(text.msgid, values))
            continue
        lead = _("“{file}” has {n} places to correct:", file=item.shown_name, n=count)
        ask = WITH_COPY if one.marked else WITH_LIST
        asked = str(Message(ask.msgid, {"copy": one.shown_name}))
        yield "\n".join([lead, *map(_of_point, item.points), asked])


def _of_point(point: Point) -> str:
    """One line, however often it is; what to do stands in the copy that goes back."""
    values = {
        "text": lowered(stated(point)),
        "place": lowered(place(point)),
        "found": point.found,
    }
    if not point.found:
        return _("- {text} ({place}).", **values)
    if len(point.remarks) == 1:
        return _("- {text} ({place}: “{found}”).", **values)
    return _("- {text}, such as “{found}” ({place}).", **values)


ONE = Message("To correct in “{file}”: {place}: {message}. {request}")
ONE_FOUND = Message("To correct in “{file}”: {place} (“{found}”): {message}. {request}")
WITH_COPY = Message(
    "Please open the attached “{copy}”, correct the coloured places and send it back."
)
WITH_LIST = Message("Please correct it by the attached list “{copy}” and send it again.")
Asked = Literal["once", "again", ""]  # for the report, for a corrected one, for nothing


def _by_when(day: Day, moment: datetime, asked: Asked) -> Iterator[str]:
    """Until when; after the deadline at once, and the next report in time if that is ahead."""
    deadline = day.campaign.deadline_of(day.date)
    if asked and moment < deadline:
        yield str(Message(BEFORE[asked].msgid, {"deadline": at(deadline)}))
        return
    if asked:
        yield str(NOW[asked])
    following = day.campaign.reporting.due_after(day.date)
    if following and moment < (due := day.campaign.deadline_of(following)):
        yield _(
            "The report of {day} is due before {deadline}.",
            day=formats.day(following),
            deadline=at(due),
        )
    elif not asked:
        yield _("Please keep to the deadline in future.")


BEFORE = {
    "once": Message("Please send it before {deadline}."),
    "again": Message("Please send it again before {deadline}."),
}
NOW = {"once": Message("Please send it now."), "again": Message("Please send it again now.")}


def _to_body(day: Day, body: Any, back: list[Sent], today: date) -> Letter:
    """To a body whose one report has faults, or can't be used at all."""
    due = day.campaign.once.due
    unused = not formats.is_missing(body.unused_file)
    sentences = [
        *_of_body(day, body, back),
        _("Please send it by the end of {due}.", due=formats.day(due))
        if today <= due
        else str(NOW["again"]),
    ]  # fmt: skip
    heading = f"{body.body_name} – {_short('unreadable' if unused else '', back)}"
    to = addressee(body.body_code, body.body_name, day.campaign)
    return Letter.to(to, heading, sentences, body.body_code)


def _of_body(day: Day, body: Any, back: list[Sent]) -> Iterator[str]:
    """What is wrong, on the day on which it came; later only that it has been asked, and when."""
    values = {"sender": sender(day.campaign), "subject": subject(day.campaign)}
    came = [body.received_at, *(one.item.received_at for one in back)]
    asked = max((at.date() for at in came if not formats.is_missing(at)), default=day.date)
    days = (day.date - asked).days
    if days > 0:
        yield _(
            "On {day} {sender} asked you to correct your report on {subject} ({once_form}); for "
            "{n} "
            "days no corrected report has come.",
            day=formats.day(asked), n=days, **values,
        )  # fmt: skip
        return
    if formats.is_missing(body.unused_file):
        yield _("{sender} received your report on {subject} ({once_form}).", **values)
    else:
        yield _("{sender} received your report on {subject} (“{file}”), but can't use it yet.",
                file=body.unused_file, **values)  # fmt: skip
    yield from _of_faults(back)


def _to_bodies(day: Day, today: date) -> Letter | None:
    """One message to all bodies that have not reported, from a few days before they are due."""
    due: date = day.campaign.once.due
    bodies = others(day.bodies, day.campaign)
    waiting = bodies[bodies["status"].isin(["missing", "not_due"])]
    if waiting.empty or day.date < due - BODIES_FROM:
        return None
    values = {"sender": sender(day.campaign), "subject": subject(day.campaign)}
    whom = {"bodies": sentence(str(day.campaign.terms.bodies)), "n": len(waiting)}
    if today > due:
        lacking = _("{sender} has not received the report on {subject} ({once_form}) of:", **values)
        ask = _(
            "It was due by the end of {due}, {n} days ago. Please send it now.",
            due=formats.day(due),
            n=(today - due).days,
        )
        heading = _("{bodies}: {n} not reported", **whom)
    else:
        lacking = _("{sender} waits for the report on {subject} ({once_form}) of:", **values)
        ask = _("Please send it by the end of {due}.", due=formats.day(due))
        if today < due:
            ask += " " + _("{n} days are left.", n=(due - today).days)
        heading = _("{bodies}: {n} not due yet", **whom)
    names = (f"\n{n}. {name}" for n, name in enumerate(waiting["body_name"], start=1))
    sentences = [lacking + "".join(names), ask]
    everyone = _("To all {bodies},", bodies=day.campaign.terms.bodies)
    return Letter(heading, "\n".join([everyone, *sentences, _("Thank you, with respect.")]))


def _short(status: str, back: list[Sent]) -> str:
    """Why there is a message, in a few words."""
    words = [] if status in ("", "on_time") else [str(STATUS[status])]
    faults = _points(back)
    return ", ".join(words + ([_("{n} to correct", n=faults)] if faults else []))


def _points(back: list[Sent]) -> int:
    """How much is to be corrected."""
    return sum(len(one.item.points) for one in back)


def _beside(found: list[Letter], sent: list[Sent]) -> Iterator[str]:
    """What the analyst is told above the messages."""
    if not found:
        yield _("Nobody needs a reminder: every report due has come in time and is in order.")
    lost = [one.shown_name for one in sent if one.item.folder == UNKNOWN]
    if lost:
        few, rest = lost[:MOST_FILES], len(lost) - MOST_FILES
        files = "; ".join(few)
        yield _("Sender not recognised: {files} (folder returns/{folder}).",
                files=_("{places} and {n} more files", places=files, n=rest) if rest > 0 else files,
                folder=UNKNOWN)  # fmt: skip
