"""The page of one unit, block by block, for those who head it."""

from briefing.documents.sections.goals import unit_verdicts
from briefing.documents.sections.sources import unit_sources
from briefing.documents.sections.unit.asked import asked_before, asked_today
from briefing.documents.sections.unit.faults import unit_corrections, unit_faults, unit_resubmitted
from briefing.documents.sections.unit.figures import unit_figures
from briefing.documents.sections.unit.hamlets import unit_hamlets_table
from briefing.documents.sections.unit.head import unit_arrived, unit_masthead
from briefing.documents.sections.unit.indicators import unit_indicators
from briefing.documents.sections.unit.trend import unit_trend

__all__ = [
    "asked_before",
    "asked_today",
    "unit_arrived",
    "unit_corrections",
    "unit_faults",
    "unit_figures",
    "unit_hamlets_table",
    "unit_indicators",
    "unit_masthead",
    "unit_resubmitted",
    "unit_sources",
    "unit_trend",
    "unit_verdicts",
]
