"""Where an annex begins."""

from __future__ import annotations

from briefing.documents.blocks import AnnexHeading
from briefing.documents.sections.report.head import reference, spanned
from briefing.messages import _
from briefing.tables.period import Period


def annex_of_units(period: Period) -> AnnexHeading:
    terms = period.day.campaign.terms
    title = _("{rate} by {units}", rate=terms.rate, units=terms.units)
    return _annex(period, "I", title)


def annex_of_agencies(period: Period) -> AnnexHeading:
    terms = period.day.campaign.terms
    title = _("{rate} in {agencies}", rate=terms.rate, agencies=terms.agencies)
    return _annex(period, "II", title)


def annex_of_lacking(period: Period) -> AnnexHeading:
    return _annex(period, "III", _("Reports missing, not usable or late"))


def _annex(period: Period, number: str, title: str) -> AnnexHeading:
    return AnnexHeading(
        label=_("Annex {number}", number=number),
        title=f"{title} {spanned(period)}".upper(),
        reference=reference(period),
        id=f"annex-{number.lower()}",
    )
