"""Everything that a day publishes as tables, by name."""

from __future__ import annotations

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.build import Day
from briefing.tables.denominators import stress_test
from briefing.tables.follow_up import follow_up
from briefing.tables.goals import goals


def published(day: Day, eve: Day | None) -> dict[str, pd.DataFrame]:
    """The contract's tables of a day, and those that are made from them.

    Args:
        eve: The day before as it was known at its own end; `None` before the campaign begins.
    """
    made = {"goals": goals(day)[COLUMNS["goals"]], "denominators": stress_test(day)}
    return day.published() | follow_up(eve, day) | made
