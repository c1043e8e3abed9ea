"""The levels between the whole and the units that report: each node as a day of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from briefing.catalog.heads import MOST_ROWS
from briefing.catalog.rules import CASES, sender_message
from briefing.catalog.tables import COLUMNS, LEVEL
from briefing.params.tree import Unit as Node
from briefing.tables.build import summed_by, summed_up
from briefing.tables.coverage import placed
from briefing.tables.day import Day, worked_out_once
from briefing.tables.reporting import KEY, holds

OWN = ("units", "history", "places", "reports", "findings", "anomalies", "corrections")
ENDS, MOVED = 12, 6  # of more: units shown at each end, and of those that moved most
OF_REPORT = ("report", "unused_file", "unused_date")  # what only who reports has


def narrowed(day: Day, codes: Collection[str]) -> Day:
    """The day with the rows of some units; reports keep their numbers, which other tables point to.

    A correction that moves a report from one unit to another names both, and is left out.
    """
    own = {name: _of(getattr(day, name), codes) for name in OWN}
    moved = holds(own["corrections"]["column"].eq("unit_code"))
    own["corrections"] = own["corrections"][~moved]
    own["values"] = day.values if day.values.empty else _of(day.values, codes)
    return replace(day, **own)


def _of(frame: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    return frame[holds(frame["unit_code"].isin(codes))]


def under(day: Day, node: str) -> Day:
    """The day as if a unit above those that report were the whole: its sums, its places, its calls.

    Figures, doubts and corrections are those of the whole day, so that no two pages differ in
    them. Findings are in the words for senders, which name no other unit.

    Args:
        node: Code of one of `Campaign.node_rows`.
    """
    campaign = day.campaign.under(node)
    own = narrowed(day, [row.unit_code for row in campaign.unit_rows])
    history = _placed(own.history)
    return replace(
        own,
        campaign=campaign,
        history=history,
        units=history[history["report_date"].eq(pd.Timestamp(day.date))].reset_index(drop=True),
        whole=summed_up(history, own.anomalies, campaign),
        bodies=day.bodies.head(0),
        findings=for_sender(own.findings),
        others=tuple(under(other, node) for other in day.others),
    )


def for_sender(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings in the words for their senders."""
    coded = zip(findings["code"].fillna(""), findings["message"], strict=True)
    messages = [str((code in CASES and sender_message(code)) or text) for code, text in coded]
    return findings.assign(message=pd.array(messages, "string"))


def _placed(history: pd.DataFrame) -> pd.DataFrame:
    return placed(history.set_index(KEY)).reset_index()[history.columns]


class Nodes(Mapping[str, Day]):
    """Each unit between the whole and those that report: its code → the day under it, made when it
    is asked for."""

    def __init__(self, day: Day) -> None:
        above = [row.code for row in day.campaign.node_rows if row.code != day.campaign.root]
        self._day, self._made = day, dict[str, Day | None].fromkeys(above)

    def __getitem__(self, code: str) -> Day:
        made = self._made[code] or under(self._day, code)
        self._made[code] = made
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@worked_out_once
def nodes(day: Day) -> Nodes:
    """The units between the whole and those that report, each as a day of its own."""
    return Nodes(day)


def levels(day: Day) -> dict[str, pd.DataFrame]:
    """A table for each level between the whole and the units that report, by the level's code.

    Returns:
        One row per unit of the level, in the order of params, in the catalogue's columns of
        `level`: sums over those below it as of the whole, and its `rank` among its level.
    """
    made = {}
    for level in day.campaign.between:
        rows = [row for row in day.campaign.node_rows if row.level == level.code]
        today = _history(day, rows)
        today = today[today["report_date"].eq(pd.Timestamp(day.date))]
        made[level.code] = today[COLUMNS[LEVEL]].reset_index(drop=True)
    return made


def _history(day: Day, rows: Collection[Node]) -> pd.DataFrame:
    """These nodes, day by day: the columns of `Day.whole`, and those that a unit's row has besides.

    A node carries no figure as one: how much of it is carried stands in `numerator_carried`.
    """
    codes = [row.code for row in rows]
    own = _above(day, codes)
    frame = summed_by(own, day.history, day.anomalies, day.campaign)
    frame = frame.rename(columns={"area": "unit_code"})
    order = pd.Categorical(frame["unit_code"], codes)
    frame = frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    frame["unit_name"] = frame["unit_code"].map({row.code: row.called for row in rows})
    frame = placed(frame.set_index(KEY)).reset_index()
    lacking = [name for name in (*COLUMNS["units"], *OF_REPORT) if name not in frame]
    return frame.assign(**dict.fromkeys(lacking, pd.NA))


def _above(day: Day, codes: Collection[str]) -> pd.Series:
    """Unit that reports → which of these units above it it is a part of."""
    parents = {row.code: row.parent for row in day.campaign.node_rows}

    def found(code: str) -> str | None:
        while code not in wanted and code in parents:
            code = parents[code]
        return code if code in wanted else None

    wanted = set(codes)
    return pd.Series({row.unit_code: found(row.parent) for row in day.campaign.unit_rows})


@dataclass(frozen=True)
class Folded(Day):
    """A day whose units are those of a level above the ones that report: their sums.

    Attributes:
        doubtful: As `Day.in_doubt`, of these units: all that is in doubt below each.
    """

    doubtful: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def in_doubt(self) -> pd.DataFrame:
        return self.doubtful


@worked_out_once
def folded(day: Day) -> Day:
    """The day by the level right below the whole, where it has more units than a page can list.

    Where there are fewer, or no such level, the day itself.
    """
    campaign = day.campaign
    below = [row for row in campaign.node_rows if row.parent == campaign.root]
    if len(day.units) <= MOST_ROWS or not below:
        return day
    history = _history(day, below)
    called = next(level for level in campaign.levels if level.code == below[0].level)
    terms = campaign.terms.model_copy(update={"units": called})
    values = {name: getattr(day, name) for name in Day.__dataclass_fields__}
    return Folded(
        **values
        | {
            "campaign": campaign.model_copy(update={"terms": terms}),
            "history": history,
            "units": history[history["report_date"].eq(pd.Timestamp(day.date))],
        },
        doubtful=_in_doubt(day, below),
    )


def shown_as(day: Day) -> pd.Series:
    """Unit that reports → the code under which `folded` shows it: its own where it shows each."""
    shown = folded(day)
    if not isinstance(shown, Folded):
        return day.units.set_index("unit_code", drop=False)["unit_code"]
    return _above(day, [*shown.units["unit_code"]])


def ends(units: pd.DataFrame, count: int, most: int) -> pd.DataFrame:
    """Units by rank, those without a figure last; of more than `most` the first `count` and the
    last of those that have one."""
    ordered = units.sort_values("rank", na_position="last", kind="stable")
    if len(ordered) <= most:
        return ordered
    known = ordered[ordered["rank"].notna()]
    ranked = known if len(known) > 2 * count else ordered.head(2 * count)
    return pd.concat([ranked.head(count), ranked.tail(count)])


def notable(day: Day) -> pd.DataFrame:
    """The units that a table of the day shows, by rank: all, or of more than it can list those at
    both ends, those in doubt, and those that rose or fell most."""
    ordered = day.units.sort_values("rank", na_position="last", kind="stable")
    if len(ordered) <= MOST_ROWS:
        return ordered
    moved = ordered["coverage_change"].abs().nlargest(MOVED)
    shown = {*ends(ordered, ENDS, MOST_ROWS).index, *moved.index}
    doubtful = holds(ordered["unit_code"].isin(day.in_doubt["unit_code"]))
    return ordered[ordered.index.isin(shown) | doubtful]


def _in_doubt(day: Day, rows: Collection[Node]) -> pd.DataFrame:
    """What is in doubt below each node, as one row of it."""
    codes = [row.code for row in rows]
    own = day.in_doubt.assign(unit_code=day.in_doubt["unit_code"].map(_above(day, codes)))
    below = own.groupby("unit_code")
    found = pd.DataFrame(
        {
            "doubts": below["doubts"].agg(
                lambda doubts: " ".join(sorted({*" ".join(doubts).split()}))
            ),
            "since": below["since"].min(),
            "numerator_moved": below["numerator_moved"].sum(),
        }
    )
    return found.reindex([code for code in codes if code in found.index]).reset_index()
