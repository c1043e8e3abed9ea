"""An illustrative campaign: an inbox as an office would really have it, made of nothing real.

Every person, phone and figure is synthetic. The same campaign gives the same bytes on every
machine with the same library versions.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from briefing.params import Campaign
from briefing.sample.country import make_country, most
from briefing.sample.inbox import SampleSummary, write
from briefing.sample.truth import counts_truth as truth_of_counts
from briefing.sample.truth import truth


def write_sample(
    inbox: Path,
    campaign: Campaign,
    *,
    since: date | None = None,
    until: date | None = None,
    units: int | None = None,
    rows: int | None = None,
) -> SampleSummary:
    """Fill a folder with the reports of an illustrative campaign, from its first day on.

    Args:
        inbox: The folder; made when it does not exist. Run again over its own output it
            replaces it; any file that it did not write makes it stop before touching anything.
        campaign: The campaign of `params/`: units, places, bodies, dates, baseline.
        since: The first day reported; else the campaign's first.
        until: The last day reported, inside the campaign's dates; else the first day due.
        units: Only the first so many units; all when None.
        rows: For benchmarks: every unit reports every day, on time and without mistakes, in
            a workbook of exactly this many rows. Readings are kept, except that `per_place`
            becomes `per_person`: there are not so many places.

    Returns:
        What was written, and `seeded`: each mistake with its file, cell and rule.

    Raises:
        RunError: The folder holds files that this command did not write.
        ParamsError: `since`, `until`, `units` or `rows` is outside what the campaign holds.
    """
    last = until or first_due(campaign)
    days = (since or campaign.dates.start, last)
    return write(Path(inbox), campaign, days=days, units=units, rows=rows)


def made_up(inbox: Path, campaign: Campaign, params: Path, count: int | None) -> Campaign:
    """The campaign itself, or, for more units than it has, the same in a made-up country.

    Its params are written beside the inbox, as `<inbox>-params`.

    Raises:
        RunError, ParamsError: See `briefing.sample.country`.
    """
    beside = inbox.absolute().with_name(f"{inbox.absolute().name}-params")
    if count is None or not len(campaign.units) < count <= most(campaign.language):
        return campaign
    return make_country(campaign, params, beside, count)


def first_due(campaign: Campaign) -> date:
    """The first day about which reports are owed, up to which a sample goes by itself."""
    return campaign.reporting.dates(campaign.reporting.first, campaign.reporting.last)[0]


def campaign_truth(
    campaign: Campaign,
    *,
    until: date | None = None,
    units: int | None = None,
    rows: int | None = None,
) -> pd.DataFrame:
    """What the reports of the sample say, one row per day and unit; nothing is written.

    Returns:
        `date`, `unit_code`, `reading`, `status` (on_time, late, empty, unreadable, missing),
        `received_at` (of the first usable report), `files` (reports that arrived), `file` (path of
        the newest usable one, missing when there is none),
        `numerator_cumulative` (persons; what the newest usable report adds up to, missing when
        there is none), `numerator_first` (what the first one added up to) and `numerator_actual`
        (persons who are really counted, before any mistake in reporting).
    """
    return truth(campaign, until=until or first_due(campaign), units=units, rows=rows)


def counts_truth(
    campaign: Campaign, *, until: date | None = None, units: int | None = None
) -> pd.DataFrame:
    """What the reports of counts of the sample say, figure by figure; nothing is written.

    Returns:
        Of each day and unit with a usable report, the newest of them: `date`, `unit_code`,
        `indicator`, `group` ("": everybody) and `cumulative` (persons).
    """
    return truth_of_counts(campaign, until=until or first_due(campaign), units=units)
