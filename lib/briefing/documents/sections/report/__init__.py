"""The formal report of a period, in its order: one function per block."""

from briefing.documents.sections.report.bodies import (
    bodies_annex,
    bodies_results,
    bodies_sectors,
)
from briefing.documents.sections.report.evaluation import directing, evaluated
from briefing.documents.sections.report.head import (
    annex_of_bodies,
    annex_of_lacking,
    annex_of_units,
    bodies_heading,
    closing,
    covered,
    opening,
    report_head,
    signature,
    units_heading,
    whole_heading,
)
from briefing.documents.sections.report.indicators import (
    annex_further,
    units_further,
    whole_further,
)
from briefing.documents.sections.report.lacking import lacking_bodies, lacking_units
from briefing.documents.sections.report.pictures import units_picture, whole_picture
from briefing.documents.sections.report.units import units_annex, units_results
from briefing.documents.sections.report.whole import whole_days, whole_results

__all__ = [
    "annex_further",
    "annex_of_bodies",
    "annex_of_lacking",
    "annex_of_units",
    "bodies_annex",
    "bodies_heading",
    "bodies_results",
    "bodies_sectors",
    "closing",
    "covered",
    "directing",
    "evaluated",
    "lacking_bodies",
    "lacking_units",
    "opening",
    "report_head",
    "signature",
    "units_annex",
    "units_further",
    "units_heading",
    "units_picture",
    "units_results",
    "whole_days",
    "whole_further",
    "whole_heading",
    "whole_picture",
    "whole_results",
]
