"""I and III to V: sentences, of the rules and of the analyst."""

from __future__ import annotations

from briefing.documents.blocks import Bullets
from briefing.messages import _
from briefing.tables.period import Period


def directing(period: Period) -> Bullets:
    """No figure says what was directed: that is for the analyst."""
    documents = [
        _("Carried out: {document}.", document=d) for d in period.day.campaign.report.directives
    ]
    own = period.texts.directing or (_("(To be added by the analyst)"),)
    return Bullets((*documents, *own))


def evaluated(period: Period, section: str) -> Bullets:
    """The sentences of a section; what each rests on is in tables/evaluation.csv.

    Args:
        section: strengths, shortcomings, causes, tasks or recommendations.
    """
    mine = period.evaluation[period.evaluation["section"].eq(section)]
    return Bullets(tuple(dict.fromkeys(mine["sentence"])))
