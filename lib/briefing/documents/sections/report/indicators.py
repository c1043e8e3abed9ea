"""Every indicator after the first over the period; nothing where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing.documents.block import Block
from briefing.documents.blocks import Blocks, Bullets, Heading
from briefing.documents.sections.indicators import groups
from briefing.documents.sections.report.units import units_annex, units_results
from briefing.documents.sections.report.whole import rate_results
from briefing.documents.sections.sources import for_indicator
from briefing.documents.wording import sentence
from briefing.tables.period import Period


def whole_further(period: Period) -> Blocks:
    """The whole by each further indicator."""
    return Blocks(_by_indicator(period, rate_results))


def units_further(period: Period) -> Blocks:
    """The units by each further indicator."""
    return Blocks(_by_indicator(period, units_results))


def _by_indicator(period: Period, results: Callable[[Period], Bullets]) -> Iterator[Block]:
    for other in period.others:
        yield Heading(sentence(other.day.name), 3)
        with other.day.campaign.own_terms():
            yield results(other)


def annex_further(period: Period) -> Blocks:
    """Every unit by each further indicator, and by the groups of each."""
    return Blocks((*_annexed(period), *groups(period.day)))


def _annexed(period: Period) -> Iterator[Block]:
    for other in period.others:
        yield Heading(sentence(other.day.name), 3)
        with other.day.campaign.own_terms():
            yield for_indicator(units_annex(other), other.day.indicator.code)
