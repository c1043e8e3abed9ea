"""What the reports of a sample say, worked out without writing a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from briefing.errors import ParamsError
from briefing.forms.counts import groups_of
from briefing.messages import _
from briefing.sample.counts import figures, total
from briefing.sample.lists import SampleContext, listing
from briefing.sample.naming import report_file
from briefing.sample.people import dice
from briefing.sample.plan import COUNTS, Sending, arrival, sendings_of


def scene_of(
    campaign: Any,
    until: date,
    units: int | None,
    rows: int | None,
    since: date | None = None,
) -> SampleContext:
    """The sample asked for.

    Raises:
        ParamsError: Something asked for is outside what the campaign holds.
    """
    known = len(campaign.units)
    if units is not None and not 1 <= units <= known:
        raise ParamsError(
            _(
                "units={value}: the params hold {known} units; ask for 1 to {known}. "
                "Nothing was written.",
                value=units,
                known=known,
            )
        )
    first, last = campaign.dates.start, campaign.dates.end
    if not first <= until <= last:
        raise ParamsError(
            _(
                "until={value}: outside the campaign, {first} to {last}. Nothing was written.",
                value=until.isoformat(),
                first=first.isoformat(),
                last=last.isoformat(),
            )
        )
    if rows is not None and rows < 1:
        raise ParamsError(_("rows={value}: must be 1 or more. Nothing was written.", value=rows))
    if since is not None and not first <= since <= until:
        raise ParamsError(
            _(
                "since={value}: not between {first} and {last}. Nothing was written.",
                value=since.isoformat(),
                first=first.isoformat(),
                last=until.isoformat(),
            )
        )
    return SampleContext(campaign, units=units, rows=rows, since=since)


def sendings(context: SampleContext, until: date) -> Iterator[Sending]:
    """What is sent, day by day, unit by unit; benchmarks know no trouble."""
    days = context.campaign.reporting.dates(context.since, until)
    if context.rows is None:
        yield from sendings_of(context.campaign, context.seed, context.units, days)
        return
    for day in days:
        for unit in context.units:
            draw = dice(context.seed, "arrival", unit.code, day)
            yield Sending(unit, day, "on_time", arrival(context.campaign, day, draw, late=False))


def truth(campaign: Any, *, until: date, units: int | None, rows: int | None) -> pd.DataFrame:
    """The table that `briefing.sample.campaign_truth` describes."""
    context = scene_of(campaign, until, units, rows)
    frame = pd.DataFrame([_row(context, sending) for sending in sendings(context, until)])
    for column in ("numerator_cumulative", "numerator_first", "numerator_actual", "files"):
        frame[column] = frame[column].astype("Int64")
    return frame.assign(date=pd.to_datetime(frame["date"]))


def counts_truth(campaign: Any, *, until: date, units: int | None) -> pd.DataFrame:
    """The table that `briefing.sample.counts_truth` describes."""
    context = scene_of(campaign, until, units, None)
    rows = [
        (
            sending.day,
            sending.unit.code,
            indicator.code,
            group,
            total(values, indicator.code, group),
        )
        for sending in sendings(context, until)
        if sending.status in ("on_time", "late")
        for values in [figures(context, sending, first=False)]
        for indicator in campaign.indicators
        for group in ("", *(group.code for group in groups_of(campaign, sending.unit.code)))
    ]
    frame = pd.DataFrame(rows, columns=["date", "unit_code", "indicator", "group", "cumulative"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


def _figure(context: SampleContext, sending: Sending, *, first: bool) -> int | None:
    """What a careful reader makes of one version of a report: the first indicator's cumulative."""
    if sending.unit.reading == COUNTS:
        values = figures(context, sending, first=first)
        return total(values, context.campaign.indicators[0].code)
    return listing(context, sending.unit, sending.day, sending.faults, first=first).numerator


def _row(context: SampleContext, sending: Sending) -> dict[str, Any]:
    unit, day = sending.unit, sending.day
    usable = sending.status in ("on_time", "late")
    figure = _figure(context, sending, first=False) if usable else None
    first = _figure(context, sending, first=True) if sending.corrected else figure
    return {
        "date": day,
        "unit_code": unit.code,
        "reading": unit.reading,
        "status": sending.status,
        "received_at": sending.received,
        "file": report_file(context, sending, corrected=bool(sending.corrected))
        if usable
        else None,
        "files": (sending.received is not None) + (sending.corrected is not None),
        "numerator_cumulative": figure,
        "numerator_first": first,
        "numerator_actual": context.actual[unit.code][day] if context.rows is None else figure,
    }
