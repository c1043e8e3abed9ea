"""From the parameters of a unit's page to what it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable

from briefing.params import UnitParams
from briefing.run.day import day_of, eve_of, take_stock
from briefing.tables import Day
from briefing.tables.unit import Unit, unit_of

_KNOWN: dict[Hashable, tuple[Day, Day | None]] = {}
"""The days that the newest run on a manifest rests on: the same for each unit of a run."""


def open_unit(run: UnitParams) -> Unit:
    """Take in what is new in the inbox, then work out one unit's page of the run's day.

    With `run.manifest` the inbox is not looked at, as with `open_day`.

    Raises:
        ParamsError: The inbox does not exist.
        RunError: No day was given and no report is about one.
    """
    day, eve = _days(run)
    return unit_of(day, run.unit_code, eve)


def _days(run: UnitParams) -> tuple[Day, Day | None]:
    """The run's day, and the day before as it was known then.

    A manifest names its inputs by their content, so that the same manifest gives the same days:
    a kernel that makes one unit's page after the other builds them once.
    """
    if not run.manifest:
        return _built(run)
    of_day = run.model_copy(update={"unit_code": "", "manifest": None})
    inputs = hashlib.sha256(run.manifest.read_bytes()) if run.manifest.is_file() else None
    key = (of_day, run.campaign.fingerprint, inputs and inputs.hexdigest())
    if key not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[key] = _built(run)
    return _KNOWN[key]


def _built(run: UnitParams) -> tuple[Day, Day | None]:
    stock = take_stock(run)
    day = day_of(run, stock)
    return day, eve_of(run, stock, day)
