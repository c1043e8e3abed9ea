"""The words that tables hold as codes, as the annex says them."""

from __future__ import annotations

from typing import Any

from briefing import spoken
from briefing.documents.provenance.measures import MEASURES, TEXTS
from briefing.documents.provenance.telling import STANDING, places
from briefing.documents.sections.quality import VERDICT
from briefing.documents.sections.wording import DOUBT_STATUS, OUTLOOK, SEVERITY, STATUS
from briefing.messages import Message, _

APPLIED: dict[str, Message] = {
    "applied": Message("applied"),
    "unmatched": Message("does not match anything"),
    "not_yet": Message("not known yet at that moment"),
}
OF_TABLE: dict[str, Any] = {"corrections": APPLIED, "anomalies": DOUBT_STATUS}
TITLES: dict[str, Message] = {
    "communes": Message("Units that report daily"),
    "town": Message("The whole area"),
    "agencies": Message("Bodies that report once"),
    "hamlets": Message("Hamlets"),
    "projection": Message("Projection"),
    "reports": Message("Reports received"),
    "corrections": Message("Corrections"),
    "anomalies": Message("Figures in doubt"),
    "findings": Message("Findings"),
    "trace": Message("Sources of the figures"),
}
RULES: dict[str, Message] = {
    "installs_cumulative / smartphone_owners": Message("installed ÷ people who can install"),
    "installs_new / smartphone_owners": Message("newly installed ÷ people who can install"),
    "installs_cumulative - the day before's": Message("installed less those of the day before"),
    "ceil(target_coverage * smartphone_owners) - installs_cumulative, at least 0": Message(
        "target × people who can install, rounded up, less those installed, at least 0"
    ),
    "installs_needed / days to target_date, its own day counted": Message(
        "still needed ÷ days left, the target's own day counted"
    ),
    "mean daily increase over the last (up to) 3 reported days": Message(
        "mean increase a day over the last (up to) 3 reported days"
    ),
    "staff_installed / staff_smartphone": Message("staff installed ÷ staff with a smartphone"),
    "ceil(agency_reporting.target * staff_smartphone) - staff_installed, at least 0": Message(
        "target × staff with a smartphone, rounded up, less those installed, at least 0"
    ),
    "1 + units with a higher coverage": Message("1 + units with a higher rate"),
    "target in force": Message("target in force on the day"),
    "sum over communes": Message("sum over the units"),
    "rows of the hamlet": Message("the rows of the hamlet"),
    "as_written": Message("as written"),
}
COUNTED = "number of communes: "
CORRECTION = "correction: "
SURE: dict[str, Message] = {"high": Message("certain"), "low": Message("not certain")}


def word(table: str, column: str, value: Any) -> str:
    """A code of a table in words; what has none stays as it is."""
    text = str(value)
    if column == "column":
        known = MEASURES.get(text) or TEXTS.get(text)
        return str(known.label) if known else text
    if column == "table":
        return str(TITLES.get(text, text))
    if column == "where":
        return places(text)
    if column in ("qr_posted", "qr_photo"):
        return _("yes") if text.lower() == "true" else _("no")
    if column == "rule":
        return _rule(text) if table == "trace" else str(spoken.RULE.get(text, text))
    if column == "form":
        return {"mau01": "Mẫu 01", "mau02": "Mẫu 02"}.get(text, text)
    known_words: dict[str, Any] = {
        "outlook": OUTLOOK,
        "severity": SEVERITY,
        "verdict": VERDICT,
        "status": OF_TABLE.get(table, STATUS),
        "reading": spoken.READING,
        "reading_confidence": SURE,
    }.get(column, {})
    said = known_words.get(text, text)
    return str(said[0] if isinstance(said, tuple) else said)


def _rule(text: str) -> str:
    if text.startswith(CORRECTION):
        return _("corrected: {note}", note=text.removeprefix(CORRECTION))
    if text.startswith(COUNTED):
        kind = text.removeprefix(COUNTED)
        counted = str(STATUS[kind][0]) if kind in STATUS else ""
        if kind == "expected":
            counted = _("a report due")
        return _("number of units: {kind}", kind=counted or _("with a figure"))
    known = RULES.get(text) or spoken.READING.get(text) or STANDING.get(text)
    return str(known) if known else text
