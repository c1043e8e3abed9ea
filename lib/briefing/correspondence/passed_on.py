"""One message to each unit between the whole and those that report: whom below it to remind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from briefing import formats
from briefing.catalog.codes import STATUS
from briefing.correspondence.letters import Letter, at
from briefing.correspondence.wording import by_form, sender, sentence, subject
from briefing.messages import _
from briefing.params.tree import Unit

if TYPE_CHECKING:
    from briefing.tables import Day


@dataclass(frozen=True)
class Reminded:
    """A unit that gets a reminder of its own.

    Attributes:
        status: Of its report; "" on a day on which none is due.
        faults: How many points of it are to be corrected.
        asked: Whether it is to send anything.
        letter: What it gets.
    """

    code: str
    name: str
    status: str
    faults: int
    asked: bool
    letter: Letter

    @property
    def state(self) -> str:
        """Why it is reminded, as a heading of those alike."""
        if self.status not in ("", "on_time"):
            return str(STATUS[self.status])
        return _("to correct") if self.faults else _("an earlier figure to confirm")

    @property
    def named(self) -> str:
        if not self.faults:
            return self.name
        return f"{self.name} ({_('{n} to correct', n=self.faults)})"


def by_parent(day: Day, reminded: Iterable[Reminded], moment: datetime) -> Iterator[Letter]:
    """The letters of the units, those of one parent behind one to the parent itself.

    Where units report to the whole directly, their own letters are all.

    Args:
        moment: When they are to be sent, in the campaign's time zone.
    """
    nodes = {row.code: row for row in day.campaign.node_rows if row.code != day.campaign.root}
    parents = {row.unit_code: row.parent for row in day.campaign.unit_rows}
    below: dict[str, list[Reminded]] = {}
    for one in reminded:
        below.setdefault(parents[one.code], []).append(one)
    for parent, own in below.items():
        if parent in nodes:
            yield _to_parent(day, nodes[parent], own, moment)
        yield from (one.letter for one in own)


def _to_parent(day: Day, node: Unit, own: list[Reminded], moment: datetime) -> Letter:
    campaign = day.campaign
    states: dict[str, list[Reminded]] = {}
    for one in own:
        states.setdefault(one.state, []).append(one)
    lines = [
        _("To: {addressee},", addressee=node.inside),
        _(
            "{sender} asks you to remind the {units} below you of the report on {subject} of "
            "{day}{form}:",
            sender=sender(campaign),
            units=campaign.terms.units,
            subject=subject(campaign),
            day=formats.day(day.date),
            form=by_form(campaign),
        ),
        *(
            f"- {sentence(state)} ({len(alike)}): {', '.join(one.named for one in alike)}."
            for state, alike in states.items()
        ),
        _by_when(day, own, moment),
        _("Thank you, with respect."),
    ]
    return Letter(f"{node.called} – {_counted(states)}", "\n".join(lines), node.code)


def _by_when(day: Day, own: Iterable[Reminded], moment: datetime) -> str:
    if not any(one.asked for one in own):
        return _("Please have them keep to the deadline in future.")
    deadline = day.campaign.deadline_of(day.date)
    if moment < deadline:
        return _("Please have them send it before {deadline}.", deadline=at(deadline))
    return _("Please have them send it now.")


def _counted(states: Mapping[str, list[Reminded]]) -> str:
    return ", ".join(f"{len(alike)} {state}" for state, alike in states.items())
