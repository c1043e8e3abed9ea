"""From the parameters of a period to its tables."""

from __future__ import annotations

from datetime import date

from briefing.errors import RunError
from briefing.messages import _
from briefing.params import PeriodParams
from briefing.run.day import Stock, day_of, take_stock
from briefing.tables import findings_over
from briefing.tables.period import Period, covered_until, period_of


def open_period(run: PeriodParams) -> Period:
    """Take in what is new in the inbox, then build the tables of the run's period.

    With `run.manifest` the inbox is not looked at, as with `open_day`.

    Raises:
        ParamsError: The inbox does not exist, or the analyst's words name a rule that there is not.
        RunError: Nothing is known of any day of the period.
    """
    return period_in(run, take_stock(run.of_day()))


def period_in(run: PeriodParams, stock: Stock) -> Period:
    """The tables of the run's period from what was taken in.

    Days of the period that nothing is known of yet are not in it: nobody is missing on a day that
    is to come.
    """
    day = day_of(run.of_day(run.last), stock)
    daily = day.reports[day.reports["placed"] & day.reports["form"].eq("mau02").fillna(False)]
    covered = covered_until(daily, run.last, run.as_of, run.campaign.deadline_of)
    if covered is None or covered < run.first:
        raise _nothing_known(run, covered)
    if covered < run.last:
        day = day_of(run.of_day(covered), stock)
    found = findings_over(stock.view, day, run.first, stock.scan.findings)
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
