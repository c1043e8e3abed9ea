"""II.3 and annex II: the bodies that report once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Bullets, Cell, Table
from briefing.documents.sections.agencies import checked
from briefing.documents.sections.head import known_at
from briefing.documents.sections.listing import listing, named
from briefing.documents.sections.reporting_rates import sector_rates
from briefing.documents.wording import in_sectors, report_state
from briefing.messages import _
from briefing.tables.period import Period


def agencies_results(period: Period) -> Bullets | None:
    """Who has reported, how many have installed, how many bodies have reached their target."""
    if period.day.agencies.empty:
        return None
    return Bullets(tuple(_results(period)))


def _results(period: Period) -> Iterator[str]:
    whole, campaign = period.whole.iloc[0], period.day.campaign
    parts = (
        ("agencies_late", _("{n} late", n=whole["agencies_late"])),
        ("agencies_missing", _("{n} not reported", n=whole["agencies_missing"])),
        ("agencies_unreadable", _("{n} not usable", n=whole["agencies_unreadable"])),
        ("agencies_not_due", _("{n} not due yet", n=whole["agencies_not_due"])),
    )
    text = _(
        "{n} of {all} {agencies} have reported (due by the end of {due})",
        n=whole["agencies_reported"],
        all=whole["agencies"],
        agencies=campaign.terms.agencies,
        due=formats.day(campaign.once.due),
    )
    yield "; ".join([text, *(said for name, said in parts if whole[name])]) + "."
    if pd.isna(whole["staff_installed"]):
        return
    yield _(
        "{n} of {all} people there with a smartphone have installed ({coverage}).",
        n=formats.integer(whole["staff_installed"]),
        all=formats.integer(whole["staff_smartphone"]),
        coverage=formats.percent(whole["agencies_coverage"]),
    )
    yield _(
        "{n} {agencies} have reached {target}, {below} have not; {people} people are still needed.",
        n=whole["agencies_reached"],
        agencies=campaign.terms.agencies,
        target=formats.target(whole["agencies_target"]),
        below=whole["agencies_below"],
        people=formats.integer(whole["agencies_installs_needed"]),
    )
    yield _("Details: annex II.")


def agencies_sectors(period: Period) -> Table | None:
    """The same by sector."""
    return sector_rates(period.day)


ANNEXED = (
    "n", "agency_name", "sector", "staff_total", "staff_smartphone", "staff_installed", "coverage",
    "qr_posted", "status",
)  # fmt: skip


def agencies_annex(period: Period, columns: Sequence[str] = ANNEXED) -> Table | None:
    """Every body that reports once, in the order of the campaign's list; nothing without any.

    Args:
        columns: Those shown, of agencies.csv, and `n`, their number.
    """
    if period.day.agencies.empty:
        return None
    agencies = in_sectors(period.day.agencies, period.day.campaign)
    rows = [
        row
        | {
            "n": n,
            "coverage": checked(row),
            "qr_posted": _posted(row["qr_photo"]),
            "status": report_state(row),
        }
        for n, row in enumerate(agencies.to_dict("records"), 1)
    ]
    return listing(
        "annex-agencies",
        _("As of {moment}", moment=known_at(period.day)),
        rows,
        columns,
        of="agencies",
        heads=named(period.day.campaign),
        note=_("A dash: not reported."),
    )


def _posted(photo: object) -> Cell:
    """Whether the report shows the posted code."""
    if pd.isna(photo):
        return Cell(formats.MISSING, None, "muted")
    return Cell(_("yes") if photo else _("none yet"), bool(photo))
