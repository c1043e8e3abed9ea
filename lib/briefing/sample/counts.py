"""The figures of an illustrative report of counts: by indicator, group and place, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from briefing.forms.counts import Figure, Layout, added_up, groups_of, layout
from briefing.sample.lists import SampleContext
from briefing.sample.path import share
from briefing.sample.people import dice
from briefing.sample.plan import COUNTS, Sending, Unit

FOLLOWS = 0.45  # each further indicator as a share of the one before, as a second visit is
CUMULATIVE, NEW, DENOMINATOR = "cumulative", "new", "denominator"
Parts = dict[tuple[str, str], int]  # (group, place) → persons


def layout_of(context: SampleContext, unit: Unit, day: date) -> Layout:
    """The table that the unit is asked for."""
    form = context.campaign.forms[context.campaign.form_of(COUNTS)]
    return layout(context.campaign, form, unit.code, day)


def figures(context: SampleContext, sending: Sending, *, first: bool) -> dict[Figure, int]:
    """What the unit has to say, group by group and place by place, with what it says wrongly.

    Args:
        first: Whether this is the first version of a report that is corrected later: a third of
            it still has the figures of the report before.
    """
    unit, day = sending.unit, sending.day
    before = context.before(day)
    now, then = _parts(context, unit)[day], _parts(context, unit)[before]
    if first and "superseded" in sending.faults:
        now = now | {part: then[part] for part in [*now][::3]}
    if "cumulative_decrease" in sending.faults:
        largest = max(now, key=lambda part: now[part])
        now = now | {largest: now[largest] // 10}
    values: dict[Figure, int] = {}
    for number, indicator in enumerate(context.campaign.indicators):
        held = _denominators(context, unit, indicator.denominator)
        for (group, place), value in now.items():
            so_far, earlier = (int(n * FOLLOWS**number) for n in (value, then[group, place]))
            values[Figure(indicator.code, group, CUMULATIVE, place)] = so_far
            values[Figure(indicator.code, group, NEW, place)] = max(so_far - earlier, 0)
            values[Figure(indicator.code, group, DENOMINATOR, place)] = held[group, place]
    return values


def total(values: Mapping[Figure, int], indicator: str, group: str = "") -> int | None:
    """What a careful reader makes of a report: the cumulative (persons)."""
    return added_up(values, Figure(indicator, group, CUMULATIVE))


@lru_cache(maxsize=1024)
def _parts(context: SampleContext, unit: Unit) -> dict[date, Parts]:
    """The first indicator's cumulative of each group in each place, which never falls."""
    actual = context.actual[unit.code]
    weights = _weights(context, unit)
    draw = dice(context.seed, "parts", unit.code)
    now = share(actual[context.days[0]], list(weights.values()))
    series = {context.days[0]: dict(zip(weights, now, strict=True))}
    for before, day in zip(context.days, context.days[1:], strict=False):
        luck = [weight * draw.uniform(0.5, 1.5) for weight in weights.values()]
        gained = share(actual[day] - actual[before], luck)
        now = [a + b for a, b in zip(now, gained, strict=True)]
        series[day] = dict(zip(weights, now, strict=True))
    return series


def _weights(context: SampleContext, unit: Unit) -> dict[tuple[str, str], float]:
    """How a unit's people are spread over its groups and places."""
    campaign = context.campaign
    codes = [group.code for group in groups_of(campaign, unit.code)] or [""]
    known = {row.group: row.value for row in campaign.denominator_rows
             if row.unit_code == unit.code and row.group}  # fmt: skip
    places = [row.place for row in campaign.place_rows if row.unit_code == unit.code]
    roles = {f.role for f in campaign.forms[campaign.form_of(COUNTS)].fields}
    draw = dice(context.seed, "places", unit.code)
    sizes = {place: draw.uniform(0.6, 1.4) for place in places if "place" in roles} or {"": 1.0}
    return {(code, place): known.get(code, 1) * size
            for place, size in sizes.items() for code in codes}  # fmt: skip


def _denominators(context: SampleContext, unit: Unit, denominator: str) -> Parts:
    """How many of those there are of whom it is a share, spread in the same way."""
    rows: Any = context.campaign.denominator_rows
    people = next(
        (r.value for r in rows
         if (r.unit_code, r.denominator, r.group) == (unit.code, denominator, "")),
        unit.unit.denominator,
    )  # fmt: skip
    weights = _weights(context, unit)
    return dict(zip(weights, share(people, list(weights.values())), strict=True))
