"""I and III to V: sentences, of the rules and of the analyst."""

from __future__ import annotations

from briefing.documents.blocks import Bullets
from briefing.labels import lowered, sentence
from briefing.messages import _
from briefing.tables.period import Period
from briefing.tables.period.evaluation import OF_INDICATOR


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
    of_first = _sentences(period, section)
    if not period.others:
        return Bullets(tuple(of_first.values()))
    named = [
        f"{one.day.name}: {lowered(text)}"
        for one in (period, *period.others)
        for rule, text in _sentences(one, section).items()
        if rule in OF_INDICATOR
    ]
    general = [text for rule, text in of_first.items() if rule not in OF_INDICATOR]
    return Bullets((*map(sentence, named), *general))


def _sentences(period: Period, section: str) -> dict[str, str]:
    """Rule → its sentence; the analyst's own stand under themselves."""
    own_rows = period.evaluation[period.evaluation["section"].eq(section)]
    return dict(
        zip(own_rows["rule"].fillna(own_rows["sentence"]), own_rows["sentence"], strict=True)
    )
