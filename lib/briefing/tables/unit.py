"""One unit beside the others: its place among them, its places, what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from briefing.catalog.tables import CALLED, COLUMNS
from briefing.params.indicators import Target
from briefing.tables.day import Day, worked_out_once
from briefing.tables.follow_up import followed_up
from briefing.tables.levels import narrowed, under
from briefing.tables.pace import outlook
from briefing.tables.reporting import holds


@dataclass(frozen=True)
class Unit:
    """What the page of one unit shows.

    Attributes:
        day: The day of the whole: of the other units nothing is shown but what they add up to.
        own: The same day with this unit alone in `units`, `history`, `places`, `reports`,
            `findings`, `anomalies` and `corrections`.
        row: The unit's row of `Day.units`.
        ahead: Its row of `next_targets`.
        places: Result of `unit_places`.
        asked: Result of `asked`.
        followed_up: Result of `followed_up` for what was asked on the day before, as it was
            known at its end.
        others: The same of each further indicator.
    """

    day: Day
    own: Day
    row: pd.Series
    ahead: pd.Series
    places: pd.DataFrame
    asked: pd.DataFrame
    followed_up: pd.DataFrame
    others: tuple[Unit, ...] = ()

    @property
    def code(self) -> str:
        return str(self.row["unit_code"])

    @property
    def name(self) -> str:
        return str(self.row["unit_name"])


@dataclass(frozen=True)
class Node:
    """What the page of a unit above those that report shows: its day, and the one before.

    Attributes:
        day: See `levels.under`; of the whole its own.
        previous_day: As it was known at its own end; `None` before the campaign begins.
    """

    day: Day
    previous_day: Day | None


def page_of(day: Day, code: str, previous_day: Day | None = None) -> Unit | Node:
    """What the page of a unit of any level shows; arguments as of `unit_of`."""
    if code in set(day.units["unit_code"]):
        return unit_of(day, code, previous_day)
    if code == day.campaign.root:
        return Node(day, previous_day)
    return Node(under(day, code), previous_day and under(previous_day, code))


def unit_of(day: Day, code: str, previous_day: Day | None = None) -> Unit:
    """One unit on one day.

    Args:
        previous_day: As it was known at its own end; `None`: nothing was asked then.
    """
    came = (
        pd.DataFrame(columns=COLUMNS["actions_followed_up"])
        if previous_day is None
        else followed_up(asked(previous_day, code), previous_day, day)
    )
    return Unit(
        day=day,
        own=narrowed(day, [code]),
        row=of_unit(day.units, code).iloc[0],
        ahead=of_unit(_next_targets(day), code).iloc[0],
        places=unit_places(day.places, day.campaign.places, code),
        asked=asked(day, code),
        followed_up=came,
        others=tuple(unit_of(other, code) for other in day.others),
    )


def of_unit(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    """The rows of one unit."""
    return frame[holds(frame["unit_code"].eq(code))].reset_index(drop=True)


def next_targets(units: pd.DataFrame, targets: Sequence[Target]) -> pd.DataFrame:
    """Units against the first target that each has not reached and whose day is to come.

    Args:
        units: `Day.units`.
        targets: In the order of their days, at least one.

    Returns:
        `units` with `target_coverage` (fraction), `target_date`, `numerator_needed` (persons),
        `pace_required` (persons per day), `outlook` and `days_left` of that target; of the last
        one where there is none.
    """
    today = units["report_date"].iloc[0]
    later = [target for target in targets if pd.Timestamp(target.date) > today]
    *before, last = later or targets[-1:]
    against = _against(units, last)
    for target in reversed(before):
        nearer = _against(units, target)
        waits = nearer["outlook"].ne("reached")
        against = pd.concat([nearer[waits], against[~waits]]).reindex(units.index)
    return against


@worked_out_once
def _next_targets(day: Day) -> pd.DataFrame:
    return next_targets(day.units, day.campaign.targets)


def _against(units: pd.DataFrame, target: Target) -> pd.DataFrame:
    until = pd.Timestamp(target.date)
    return outlook(units.assign(target_coverage=target.coverage, target_date=until))


def unit_places(reported: pd.DataFrame, known: pd.DataFrame, code: str) -> pd.DataFrame:
    """The places of a unit: those in its report, and those that nothing is known of.

    Args:
        reported: `Day.places`.
        known: `Campaign.places`.

    Returns:
        `place` (missing for rows whose place was not recognised), `label`, `numerator_cumulative`
        (persons; missing, not zero, where the report has no row), `coverage` (fraction; missing
        where the place's denominator are not known), `share` (fraction of all rows of the report),
        `carried_from`: the largest first, then the rows not recognised, then those
        without a figure in the order of `places.csv`.
    """
    own_rows = of_unit(reported, code)[
        ["place", "numerator_cumulative", "coverage", "carried_from"]
    ]
    labels = of_unit(known, code)[["place", "label"]].astype("string")
    named = own_rows[own_rows["place"].notna()]
    frame = labels.merge(named, on="place", how="outer", sort=False)
    order = frame["place"].map({name: n for n, name in enumerate(labels["place"])})
    frame = frame.assign(order=order).sort_values("order", kind="stable")
    frame = frame.sort_values("numerator_cumulative", ascending=False, kind="stable")
    given = frame["numerator_cumulative"].notna()
    loose = own_rows[own_rows["place"].isna()]
    frame = pd.concat([frame[given], loose, frame[~given]], ignore_index=True)
    total = frame["numerator_cumulative"].sum()
    frame["share"] = frame["numerator_cumulative"].astype("Float64") / (total or pd.NA)
    columns = ["place", "label", "numerator_cumulative", "coverage", "share", "carried_from"]
    return frame[columns].assign(label=frame["label"].fillna(frame["place"]))


def asked(day: Day, code: str) -> pd.DataFrame:
    """What is asked of a unit on a day: of those first called, else what its own figures ask for.

    Returns:
        One row with the columns of `actions`, and `among`: whether the unit is one of those that
        are called first. No row where nothing is asked: the target is reached and the report well,
        or no report has been due and none has come.
    """
    own = of_unit(day.asks, code)[[*CALLED]]
    return own.assign(among=day.actions["unit_code"].eq(code).any())
