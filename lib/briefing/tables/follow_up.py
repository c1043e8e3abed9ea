"""From one day to the next: whom to call, what came of the calls, what is known otherwise now."""

from __future__ import annotations

import pandas as pd

from briefing.tables.actions import COLUMNS, actions, followed_up
from briefing.tables.build import Day
from briefing.tables.changes import COLUMNS as CHANGED
from briefing.tables.changes import changes

CAME = ["installs_now", "gained", "status_now", "outcome"]


def follow_up(eve: Day | None, day: Day) -> dict[str, pd.DataFrame]:
    """The tables that a day publishes beside its own.

    Args:
        eve: The day before as it was known at its own end; `None` before the campaign begins.

    Returns:
        `actions` (whom to call on `day`), `actions_followed_up` (what came of those of `eve`) and
        `changes` (what of the days up to `eve` is known otherwise now), see those functions.
    """
    called = actions(day.communes, day.findings)
    if eve is None:
        before, changed = pd.DataFrame(columns=[*COLUMNS, *CAME]), pd.DataFrame(columns=CHANGED)
    else:
        before = followed_up(actions(eve.communes, eve.findings), day.communes, day.findings)
        changed = changes(eve, day)
    return {
        "actions": called.assign(weight=called["weight"].round(6)),
        "actions_followed_up": before,
        "changes": changed,
    }
