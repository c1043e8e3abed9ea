"""The page of one unit, block by block, for those who head it.

Those named `unit_…` and `asked_…` are of a unit that reports, some of any unit; those named
`below_…` are of one above those that report, and show nothing on the page of one that does.
"""

from briefing.documents.blocks import PageBreak
from briefing.documents.sections.calls import (
    calls,
    calls_answered,
    calls_came,
    calls_heading,
    drafts,
)
from briefing.documents.sections.corrections import corrections_made
from briefing.documents.sections.denominators import effective
from briefing.documents.sections.doubts import changed_since, open_doubts
from briefing.documents.sections.goals import headline, whole_goals
from briefing.documents.sections.goals import unit_verdicts as verdicts
from briefing.documents.sections.head import arrived, key_figures
from briefing.documents.sections.indicators import groups
from briefing.documents.sections.indicators import indicators as of_indicators
from briefing.documents.sections.quality import set_aside
from briefing.documents.sections.resubmitted import resubmitted
from briefing.documents.sections.sources import sources
from briefing.documents.sections.sources import unit_sources as sources_of_unit
from briefing.documents.sections.strip import units_strip
from briefing.documents.sections.summary import summary
from briefing.documents.sections.unit import asked, faults, figures, head, places, trend
from briefing.documents.sections.unit.indicators import unit_indicators as indicators_of_unit
from briefing.documents.sections.unit.levels import either, of_day, since
from briefing.documents.sections.units import units_bars, units_table, waiting_for
from briefing.documents.sections.whole import whole_trend

unit_arrived = either(head.unit_arrived, of_day(arrived))
unit_masthead = either(head.unit_masthead, head.node_masthead)
unit_verdicts = either(verdicts, of_day(headline))
unit_figures = either(figures.unit_figures, of_day(key_figures))
unit_trend = either(trend.unit_trend, of_day(whole_trend, beside=True))

unit_indicators = either(indicators_of_unit)
asked_today = either(asked.asked_today)
asked_before = either(asked.asked_before)
unit_places_heading = either(places.unit_places_heading)
unit_places_table = either(places.unit_places_table)
unit_faults = either(faults.unit_faults)
unit_resubmitted = either(faults.unit_resubmitted)
unit_corrections = either(faults.unit_corrections)
unit_sources = either(sources_of_unit)

below_calls_heading = either(None, of_day(calls_heading))
below_calls = either(None, lambda node: calls(node.day, node.previous_day))
below_came = either(None, since(calls_came))
below_strip = either(None, of_day(units_strip))
below_summary = either(None, of_day(summary))
below_break = either(None, lambda _node: PageBreak())  # in print, page one ends here
below_answered = either(None, since(calls_answered))
below_waiting = either(None, of_day(waiting_for))
below_trend = either(None, of_day(whole_trend))
below_goals = either(None, of_day(whole_goals))
below_effective = either(None, of_day(effective))
below_bars = either(None, of_day(units_bars))
below_table = either(None, of_day(units_table))
below_groups = either(None, of_day(groups))
below_indicators = either(None, of_day(of_indicators))
below_drafts = either(None, of_day(drafts))
below_set_aside = either(None, of_day(set_aside))
below_doubts = either(None, of_day(open_doubts))
below_resubmitted = either(None, of_day(resubmitted))
below_corrections = either(None, of_day(corrections_made))
below_changed = either(None, since(changed_since))
below_sources = either(None, of_day(sources))

__all__ = [
    "asked_before",
    "asked_today",
    "below_answered",
    "below_bars",
    "below_break",
    "below_calls",
    "below_calls_heading",
    "below_came",
    "below_changed",
    "below_corrections",
    "below_doubts",
    "below_drafts",
    "below_effective",
    "below_goals",
    "below_groups",
    "below_indicators",
    "below_resubmitted",
    "below_set_aside",
    "below_sources",
    "below_strip",
    "below_summary",
    "below_table",
    "below_trend",
    "below_waiting",
    "unit_arrived",
    "unit_corrections",
    "unit_faults",
    "unit_figures",
    "unit_indicators",
    "unit_masthead",
    "unit_places_heading",
    "unit_places_table",
    "unit_resubmitted",
    "unit_sources",
    "unit_trend",
    "unit_verdicts",
]
