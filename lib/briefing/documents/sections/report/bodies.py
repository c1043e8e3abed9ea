"""II.3 and annex II: the bodies that report once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Bullets, Cell, Table
from briefing.documents.sections.bodies import checked
from briefing.documents.sections.head import known_at
from briefing.documents.sections.listing import listing, named
from briefing.documents.sections.reporting_rates import sector_rates
from briefing.documents.wording import in_sectors, report_state
from briefing.messages import _
from briefing.tables.period import Period


def bodies_results(period: Period) -> Bullets | None:
    """Who has reported, how many are counted, how many bodies have reached their target."""
    if period.day.bodies.empty:
        return None
    return Bullets(tuple(_results(period)))


def _results(period: Period) -> Iterator[str]:
    whole, campaign = period.whole.iloc[0], period.day.campaign
    parts = (
        ("bodies_late", _("{n} late", n=whole["bodies_late"])),
        ("bodies_missing", _("{n} not reported", n=whole["bodies_missing"])),
        ("bodies_unreadable", _("{n} not usable", n=whole["bodies_unreadable"])),
        ("bodies_not_due", _("{n} not due yet", n=whole["bodies_not_due"])),
    )
    text = _(
        "{n} of {all} {bodies} have reported (due by the end of {due})",
        n=whole["bodies_reported"],
        all=whole["bodies"],
        bodies=campaign.terms.bodies,
        due=formats.day(campaign.once.due),
    )
    yield "; ".join([text, *(part for name, part in parts if whole[name])]) + "."
    if pd.isna(whole["staff_numerator"]):
        return
    yield _(
        "{n} of {all} {those} there are {counted} ({coverage}).",
        n=formats.integer(whole["staff_numerator"]),
        all=formats.integer(whole["staff_denominator"]),
        coverage=formats.percent(whole["bodies_coverage"]),
    )
    yield _(
        "{n} {bodies} have reached {target}, {below} have not; {people} people are still needed.",
        n=whole["bodies_reached"],
        bodies=campaign.terms.bodies,
        target=formats.target(whole["bodies_target"]),
        below=whole["bodies_below"],
        people=formats.integer(whole["bodies_numerator_needed"]),
    )
    yield _("Details: annex II.")


def bodies_sectors(period: Period) -> Table | None:
    """The same by sector."""
    return sector_rates(period.day)


ANNEXED = (
    "n", "body_name", "sector", "staff_total", "staff_denominator", "staff_numerator", "coverage",
    "qr_posted", "status",
)  # fmt: skip


def bodies_annex(period: Period, columns: Sequence[str] = ANNEXED) -> Table | None:
    """Every body that reports once, in the order of the campaign's list; nothing without any.

    Args:
        columns: Those shown, of bodies.csv, and `n`, their number.
    """
    if period.day.bodies.empty:
        return None
    bodies = in_sectors(period.day.bodies, period.day.campaign)
    rows = [
        row
        | {
            "n": n,
            "coverage": checked(row),
            "qr_posted": _posted(row["qr_photo"]),
            "status": report_state(row),
        }
        for n, row in enumerate(bodies.to_dict("records"), 1)
    ]
    return listing(
        "annex-bodies",
        _("As of {moment}", moment=known_at(period.day)),
        rows,
        columns,
        of="bodies",
        heads=named(period.day.campaign),
        note=_("A dash: not reported."),
    )


def _posted(photo: object) -> Cell:
    """Whether the report shows the posted code."""
    if pd.isna(photo):
        return Cell(formats.MISSING, None, "muted")
    return Cell(_("yes") if photo else _("none yet"), bool(photo))
