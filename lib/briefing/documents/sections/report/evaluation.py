"""III to V: what the figures say, and what the analyst has made of it."""

from __future__ import annotations

from briefing.documents.blocks import Bullets
from briefing.tables.period import Period


def evaluated(period: Period, section: str) -> Bullets:
    """The sentences of a section; what each rests on is in tables/evaluation.csv.

    Args:
        section: strengths, shortcomings, causes, tasks or recommendations.
    """
    mine = period.evaluation[period.evaluation["section"].eq(section)]
    return Bullets(tuple(dict.fromkeys(mine["sentence"])))
