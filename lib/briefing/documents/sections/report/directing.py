"""I. Công tác chỉ đạo: the documents that are carried out, and what the analyst adds."""

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
