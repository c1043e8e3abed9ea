"""From the parameters of a run to what its notebook or command works on, besides a day alone."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from briefing.errors import ParamsError, RunError
from briefing.messages import _
from briefing.params import Campaign, PeriodParams, RunParams, UnitParams
from briefing.params.forms import UNITS
from briefing.params.roster import plain
from briefing.run.day import day_known_at, day_of, previous_day_of
from briefing.run.snapshot import Snapshot, take_snapshot
from briefing.tables import Day, findings_over
from briefing.tables.levels import for_sender, nodes
from briefing.tables.lineage import Tracer
from briefing.tables.period import Period, covered_until, period_of
from briefing.tables.unit import Node, Unit, page_of


def open_unit(run: UnitParams) -> Unit | Node:
    """Take in what is new in the inbox, then work out the page of one unit of any level.

    With `run.manifest` the inbox is not looked at, as with `open_day`.

    Raises:
        ParamsError: The inbox does not exist.
        RunError: No day was given and no report is about one.
    """
    snapshot = take_snapshot(run)
    day = day_of(run, snapshot)
    return page_of(day, run.unit_code, previous_day_of(run, snapshot, day))


def open_period(run: PeriodParams) -> Period:
    """Take in what is new in the inbox, then build the tables of the run's period.

    With `run.manifest` the inbox is not looked at, as with `open_day`.

    Raises:
        ParamsError: The inbox does not exist, or the analyst's words name a rule that there is not.
        RunError: Nothing is known of any day of the period.
    """
    return period_in(run, take_snapshot(run))


def period_in(run: PeriodParams, snapshot: Snapshot) -> Period:
    """The tables of the run's period from what was taken in.

    Days of the period that nothing is known of yet are not in it: nobody is missing on a day that
    is to come.
    """
    last = run.campaign.reporting.before(run.last + timedelta(days=1)) or run.last
    day = day_of(run.of_day(last), snapshot)
    daily = day.reports[day.reports["placed"] & day.reports["owed_by"].eq(UNITS).fillna(False)]
    covered = covered_until(daily, last, run.as_of, run.campaign)
    if covered is None or covered < run.first:
        raise _nothing_known(run, covered)
    if covered < last:
        day = day_of(run.of_day(covered), snapshot)
    found = findings_over(snapshot.view, day, run.first, snapshot.scan.findings)
    if run.unit_code:
        own = found["unit_code"].isin(run.campaign.below(run.unit_code)).fillna(False)
        day, found = nodes(day)[run.unit_code], for_sender(found[own.astype(bool)])
    return period_of(day, run.first, run.last, findings=found, texts=run.texts)


def _nothing_known(run: PeriodParams, newest: date | None) -> RunError:
    if newest is None:
        return RunError(
            _(
                "{inbox}: no daily report of a known unit found. Put reports there. "
                "Nothing was published.",
                inbox=run.inbox,
            )
        )
    return RunError(
        _(
            "nothing is known of the days from {first} to {last}: the newest report is about "
            "{newest}. Choose earlier days with --from and --to; where the days are past, say so "
            "with --as-of, and they count as not reported. Nothing was published.",
            first=run.first,
            last=run.last,
            newest=newest,
        )
    )


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
    snapshot = take_snapshot(run)
    now = day_of(run, snapshot)
    return day_known_at(run, snapshot, now.date, then), now


def open_trace(
    run: RunParams, unit: str | None = None, column: str = ""
) -> tuple[Day, str, Tracer]:
    """The figures of a day, whose are asked for, and where they come from.

    Where the day is published, and no other moment or inputs are asked for, they are those that
    were published; else those that the inbox gives now.

    Args:
        unit: A unit of any level, or a body, by code or name; else the whole.
        column: One of them, whose indicator's day is meant; else that of the first.

    Raises:
        ParamsError: The run names no day, nobody is called so, or the inbox does not exist.
        RunError: An input of the published day is no longer in the register.
    """
    if run.report_date is None:
        raise ParamsError(_("trace: say the day with --date. Nothing was run."))
    run = _as_published(run)
    snapshot = take_snapshot(run)
    day, _inside = day_of(run, snapshot).measured(column)
    code = _traced_code(unit, day.campaign)
    day = nodes(day).get(code, day)
    return day, code, Tracer(day, snapshot.view.rows)


def _traced_code(unit: str | None, campaign: Campaign) -> str:
    """Whose figure is meant; nobody: that of the whole.

    Raises:
        ParamsError: Nobody is called so.
    """
    area = campaign.area
    names = (area.code, str(area.name), str(area.whole))
    if not unit or plain(unit) in map(plain, names):
        return area.code
    try:
        code = campaign.code_of(unit, above=True)
        return area.code if code == campaign.root else code
    except ValueError as error:
        raise ParamsError(f"--unit {unit}: {error}. {_('Nothing was run.')}") from error


def _as_published(run: RunParams) -> RunParams:
    manifest = run.outputs / f"{run.report_date}" / "manifest.json"
    if run.manifest or run.as_of or not manifest.is_file():
        return run
    content = json.loads(manifest.read_text(encoding="utf-8"))
    as_of = datetime.fromisoformat(content["as_of"]) if content.get("as_of") else None
    return run.model_copy(update={"manifest": manifest, "as_of": as_of})
