"""From the tables of a day to the blocks that a notebook displays: one function per section."""

from briefing.documents.blocks import PageBreak
from briefing.documents.sections.bodies import bodies_below
from briefing.documents.sections.calls import (
    calls,
    calls_answered,
    calls_came,
    calls_heading,
    drafts,
)
from briefing.documents.sections.corrections import corrections_listed, corrections_made
from briefing.documents.sections.denominators import denominators, denominators_doubt, effective
from briefing.documents.sections.desk import (
    entries_ready,
    next_steps,
    to_decide,
    unused_files,
)
from briefing.documents.sections.doubts import anomalies_listed, changed_since, open_doubts
from briefing.documents.sections.exploring import (
    bodies_dots,
    findings_kinds,
    places_bars,
    sourced,
)
from briefing.documents.sections.goals import headline, units_goals, whole_goals
from briefing.documents.sections.head import arrived, key_figures, masthead
from briefing.documents.sections.indicators import groups, indicators
from briefing.documents.sections.map import units_map
from briefing.documents.sections.places import places_table
from briefing.documents.sections.quality import corrections_asked, files_received, set_aside
from briefing.documents.sections.reporting_rates import reporting_rates, sector_rates
from briefing.documents.sections.resubmitted import resubmitted
from briefing.documents.sections.sources import sources
from briefing.documents.sections.strip import units_strip
from briefing.documents.sections.summary import summary
from briefing.documents.sections.units import (
    reporting_grid,
    units_bars,
    units_table,
    units_trends,
    waiting_for,
)
from briefing.documents.sections.whole import whole_trend

__all__ = [
    "PageBreak",
    "anomalies_listed",
    "arrived",
    "bodies_below",
    "bodies_dots",
    "calls",
    "calls_answered",
    "calls_came",
    "calls_heading",
    "changed_since",
    "corrections_asked",
    "corrections_listed",
    "corrections_made",
    "denominators",
    "denominators_doubt",
    "drafts",
    "effective",
    "entries_ready",
    "files_received",
    "findings_kinds",
    "groups",
    "headline",
    "indicators",
    "key_figures",
    "masthead",
    "next_steps",
    "open_doubts",
    "places_bars",
    "places_table",
    "reporting_grid",
    "reporting_rates",
    "resubmitted",
    "sector_rates",
    "set_aside",
    "sourced",
    "sources",
    "summary",
    "to_decide",
    "units_bars",
    "units_goals",
    "units_map",
    "units_strip",
    "units_table",
    "units_trends",
    "unused_files",
    "waiting_for",
    "whole_goals",
    "whole_trend",
]
