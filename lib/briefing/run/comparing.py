"""One day at two moments of knowledge."""

from __future__ import annotations

from datetime import datetime

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params import RunParams
from briefing.run.day import day_known_at, day_of, take_stock
from briefing.tables import Day


def open_both(run: RunParams, then: datetime) -> tuple[Day, Day]:
    """The run's day as it was known at an earlier moment, and as the run knows it.

    Args:
        then: In the campaign's time zone.

    Raises:
        ParamsError: The earlier moment is not before the run's, or before the day; the inbox does
            not exist.
        RunError: No day was given and no report is about one.
    """
    if run.as_of and then >= run.as_of:
        raise ParamsError(
            _(
                "The earlier moment {then} is not before {now}. Nothing was run.",
                then=then.isoformat(timespec="minutes"),
                now=run.as_of.isoformat(timespec="minutes"),
            )
        )
    stock = take_stock(run)
    now = day_of(run, stock)
    return day_known_at(run, stock, now.date, then), now
