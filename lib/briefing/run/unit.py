"""From the parameters of a unit's page to what it shows."""

from __future__ import annotations

from briefing.params import UnitParams
from briefing.run.day import day_of, eve_of, take_stock
from briefing.tables.unit import Unit, unit_of


def open_unit(run: UnitParams) -> Unit:
    """Take in what is new in the inbox, then work out one unit's page of the run's day.

    With `run.manifest` the inbox is not looked at, as with `open_day`.

    Raises:
        ParamsError: The inbox does not exist.
        RunError: No day was given and no report is about one.
    """
    stock = take_stock(run)
    day = day_of(run, stock)
    return unit_of(day, run.unit_code, eve_of(run, stock, day))
