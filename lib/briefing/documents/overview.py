"""A campaign in one look: how its folder was understood, and what in it is worth a second look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil
from pathlib import Path

from briefing import formats
from briefing.documents.wording import in_periods, listed
from briefing.messages import Message, _
from briefing.params import Campaign
from briefing.params.forms import Form

MOST_WORDS = 6  # of the words that tell a form
OWED = {
    "day": Message("{Rhythm} reports"),
    "week": Message("Weekly reports"),
    "once": Message("Reports made once"),
}
READS = {
    "persons": Message("a list with a row for each person"),
    "staff": Message("the staff of one body"),
    "counts": Message("counts"),
}


def overview(campaign: Campaign) -> list[tuple[str, str]]:
    """What is counted, who owes what until when, against what: label and text of each line."""
    units = campaign.unit_rows
    return [
        (_("Campaign"), f"{campaign.name} ({campaign.code})"),
        (_("Area"), str(campaign.area.name)),
        *_levels(campaign),
        (_("Units"), _units(campaign)),
        *_indicators(campaign),
        (str(OWED[campaign.reporting.every]), _owed(campaign)),
        *((_("Form {code}", code=code), _read(form)) for code, form in campaign.forms.items()),
        *((_("Reports sent once"), text) for text in _of_bodies(campaign)),
        (
            _("Denominator"),
            f"{formats.integer(sum(unit.denominator for unit in units))} "
            f"{campaign.terms.denominator}",
        ),
        *((_("Target"), text) for text in _targets(campaign)),
        (_("A report is known by"), _known_by(campaign)),
        *_entered(campaign),
    ]


def second_look(campaign: Campaign) -> list[str]:
    """What is allowed, and yet often a mistake or an assumption: a sentence for each."""
    return list(_second_look(campaign))


def _second_look(campaign: Campaign) -> Iterator[str]:
    units = campaign.unit_rows
    of_each = {one.denominator: campaign.of(one) for one in campaign.indicators}
    yield from (remark for own in of_each.values() for remark in _assumed(own))
    own = "denominators" if campaign.node_rows else campaign.naming.outside("units")
    without = [unit.name for unit in units if unit.adults is None]
    if campaign.effective and without:
        yield _(
            "{file}: adults are not given for {names}: what the targets come to of {people} "
            "cannot be said.",
            file=f"{own}.csv",
            names=listed(without),
            people=campaign.effective.of,
        )
    unverified = sum(place.status != "verified" for place in campaign.place_rows)
    if unverified:
        yield _("{places_file}: {n} {localities} are not verified.", n=unverified)
    with_places = {place.unit_code for place in campaign.place_rows}
    bare = [unit.name for unit in units if unit.unit_code not in with_places]
    if bare and with_places:
        yield _("{places_file}: no {locality} of {names} is listed.", names=listed(bare))
    for target in campaign.targets:
        if target.date > campaign.reporting.last:
            yield _(
                "campaign.yaml: the target of {day} comes after the last report, {last}: it "
                "will be judged by what is known then.",
                day=formats.day(target.date), last=formats.day(campaign.reporting.last),
            )  # fmt: skip


def _assumed(campaign: Campaign) -> Iterator[str]:
    """That the number of those who are counted is an assumption."""
    units = campaign.unit_rows
    if assumed := sum(unit.denominator_status == "assumed" for unit in units):
        yield _(
            "{file}: the number of {denominator} of {n} of {all} units is an assumption; every "
            "page says so until official figures stand there.",
            file=Path(campaign.denominator_file).name, denominator=campaign.terms.denominator,
            n=assumed, all=len(units),
        )  # fmt: skip


def _units(campaign: Campaign) -> str:
    kinds = Counter(unit.type for unit in campaign.unit_rows)
    counted = listed([f"{count} {kind}" for kind, count in kinds.most_common()])
    count = f"{len(campaign.unit_rows)} {campaign.terms.units}"
    return f"{count} ({counted})" if len(kinds) > 1 else count


def _levels(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """How many units there are of each level above those that report."""
    of_level = Counter(node.level for node in campaign.node_rows)
    if above := [f"{of_level[level.code]} {level}" for level in campaign.levels[1:-1]]:
        yield _("Levels above them"), "; ".join(above)


def _indicators(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """What is counted, where that is more than the one thing that the campaign is about."""
    for indicator in campaign.indicators:
        if indicator.groups or len(campaign.indicators) > 1:
            groups = listed([str(group) for group in indicator.groups])
            yield (
                _("Indicator {code}", code=indicator.code),
                str(indicator.name or indicator.done or campaign.terms.done)
                + (f" ({groups})" if groups else ""),
            )


def _read(form: Form) -> str:
    """How a form is read; of one with fields of its own, by which headings."""
    headings = [field.headings[0] for field in form.fields]
    return f"{READS[form.reads]}: {listed(headings)}" if headings else str(READS[form.reads])


def _owed(campaign: Campaign) -> str:
    plan = campaign.reporting
    days = len(plan.dates(plan.first, plan.last))
    values = {
        "first": formats.day_short(plan.first),
        "last": formats.day(plan.last),
        "clock": formats.clock(plan.deadline),
        "n": formats.integer(days * len(campaign.unit_rows)),
    }
    if plan.every == "once":
        dates = _("once by {last} before {clock}, from {first} on: {n} reports", **values)
    else:
        dates = _(
            "{first} to {last}, each before {clock}: {days}, {n} reports",
            days=in_periods(days),
            **values,
        )
    changes = (
        _("from {day} before {clock}", day=formats.day_short(day), clock=formats.clock(until))
        for day, until in ((change.first, change.deadline) for change in plan.deadline_changes)
    )
    return "; ".join([dates, *changes])


def _of_bodies(campaign: Campaign) -> Iterator[str]:
    if campaign.body_rows:
        yield _(
            "{n} {bodies}, by the end of {day}; target {target}",
            n=len(campaign.body_rows),
            bodies=campaign.terms.bodies,
            day=formats.day(campaign.once.due),
            target=formats.target(campaign.once.target),
        )


def _targets(campaign: Campaign) -> Iterator[str]:
    denominator = sum(unit.denominator for unit in campaign.unit_rows)
    for target in campaign.targets:
        yield _(
            "{target} by the end of {day}: {n} {done}",
            target=formats.target(target.coverage),
            day=formats.day(target.date),
            n=formats.integer(ceil(round(target.coverage * denominator, 6))),
            done=campaign.terms.done,
        )


def _known_by(campaign: Campaign) -> str:
    words = dict.fromkeys(word for form in campaign.forms.values() for word in form.title)
    if not words:
        return _("its columns alone")
    return ", ".join([*words][:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")


def _entered(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """What else the office has entered: a line for each kind of which there is any, and how many
    entries, that who has written one sees whether it is there."""
    readings = sum(map(len, campaign.readings.values()))
    lines = {
        _("Set aside"): [
            Message("files about {n} other subjects", {"n": len(campaign.other_subjects)})
        ],
        _("Spellings"): [
            Message("{n} of column headings", {"n": _aliases(campaign, "header")}),
            Message("{n} of units", {"n": _aliases(campaign, "unit")}),
        ],
        _("Known places"): [Message("{n} {localities}", {"n": len(campaign.place_rows)})],
    }
    for label, counts in lines.items():
        if there := [str(count) for count in counts if count.values["n"]]:
            yield label, ", ".join(there)
    corrections = _("{n} corrections", n=len(campaign.corrections))
    yield _("Entries"), ", ".join([corrections, _("{n} readings", n=readings)])


def _aliases(campaign: Campaign, kind: str) -> int:
    return sum(alias.kind == kind for alias in campaign.alias_rows)
