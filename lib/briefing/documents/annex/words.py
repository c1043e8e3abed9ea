"""The words that tables hold as codes, as the annex says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from briefing import formats, spoken
from briefing.catalog import codes
from briefing.catalog.codes import Codes
from briefing.documents.provenance.measures import ALL
from briefing.documents.provenance.telling import places
from briefing.messages import Message, _
from briefing.spoken import listed, sentence

OF_TABLE: dict[str, Codes] = {"corrections": codes.CORRECTION, "anomalies": codes.DOUBT}
TITLES: dict[str, Message] = {
    "period": Message("The period"),
    "period_units": Message("Units over the period"),
    "period_days": Message("Day by day"),
    "period_targets": Message("Against the targets"),
    "period_sectors": Message("By sector"),
    "period_lacking": Message("Missing, not usable, late"),
    "evaluation": Message("Sentences and their figures"),
    "goals": Message("Each target"),
    "actions": Message("Whom to call"),
    "actions_followed_up": Message("What came of yesterday's calls"),
    "denominators": Message("Other denominators"),
    "changes": Message("Known then and now"),
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
    "installs_cumulative - the newest earlier one": Message(
        "installed less those of the newest earlier figure"
    ),
    "days since the newest earlier figure": Message("days since the newest earlier figure"),
    "installs_new - the day before's, over the communes with both": Message(
        "the rise of the day less that of the day before, over the units with both"
    ),
    "ceil(target_coverage * smartphone_owners) - installs_cumulative, at least 0": Message(
        "target × people who can install, rounded up, less those installed, at least 0"
    ),
    "installs_needed / days from report_date to target_date": Message(
        "still needed ÷ days from the day reported on to the target's date"
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
    "installs_closing - installs_opening": Message("at the close less at the opening"),
    "installs_change / smartphone_owners": Message("the increase ÷ people who can install"),
    "coverage_closing - coverage_opening": Message("rate at the close less that at the opening"),
    "rank_opening - rank_closing": Message("rank at the opening less rank at the close"),
}
HEADINGS: dict[tuple[str, str], Message] = {
    ("trace", "rule"): Message("How it is worked out"),
    ("anomalies", "status"): Message("State"),
    ("corrections", "status"): Message("State"),
}
"""Columns that are called the same in several tables, and are not the same."""
YES_OR_NO = ("qr_posted", "qr_photo", "falls", "fell", "reached_params", "reached_reported")
DAYS = re.compile(r"\d{4}-\d\d-\d\d")  # of a key that is a day, or the days of a period
COUNTED = "number of communes: "
CORRECTION = "correction: "


def heading(column: str, table: str = "") -> str:
    """The heading of a column; a difference of rates names its unit."""
    measure = ALL[column]
    label = sentence(str(HEADINGS.get((table, column), measure.label)))
    unit = _("percentage points").replace(formats.NBSP, " ")  # a column is narrower than that
    return f"{label} ({unit})" if measure.kind == "points" else label


def word(table: str, column: str, value: Any) -> str:
    """A code of a table in words; what has none stays as it is."""
    text = str(value)
    if column == "rule" and table == "trace":
        return _rule(text)
    if column in SAID:
        return SAID[column](text)
    known = OF_TABLE.get(table, codes.STATUS) if column == "status" else CODES.get(column, {})
    return str(known.get(text, text))


def _column(text: str) -> str:
    known = ALL.get(text)
    return str(known.label) if known else text


def _key(text: str) -> str:
    """A key that is a day, or the days of a period, as days."""
    days = map(date.fromisoformat, DAYS.findall(text))
    return " – ".join(map(formats.day, days)) or text


def _doubts(text: str) -> str:
    return listed([str(spoken.RULE[rule]) for rule in text.split()])


def _where(text: str) -> str:
    if known := ALL.get(text):
        return _("column “{name}”", name=known.label)
    return DAYS.sub(lambda day: formats.day(date.fromisoformat(day[0])), places(text))


def _yes_or_no(text: str) -> str:
    return _("yes") if text.lower() == "true" else _("no")


def _rule(text: str) -> str:
    if text.startswith(CORRECTION):
        return _("corrected: {note}", note=text.removeprefix(CORRECTION))
    if text.startswith(COUNTED):
        kind = text.removeprefix(COUNTED)
        counted = str(codes.STATUS.get(kind, ""))
        if kind == "expected":
            counted = _("a report due")
        return _("number of units: {kind}", kind=counted or _("with a figure"))
    known = RULES.get(text) or codes.READING.get(text) or codes.STANDING.get(text)
    return str(known) if known else text


SAID: dict[str, Callable[[str], str]] = {
    "column": _column,
    "key": _key,
    "doubts": _doubts,
    "where": _where,
    **dict.fromkeys(YES_OR_NO, _yes_or_no),
}
"""Columns whose cells are worked out."""
CODES: dict[str, Mapping[str, Any]] = {
    "rule": spoken.RULE,
    "form": codes.FORM,
    "outlook": codes.OUTLOOK,
    "severity": codes.SEVERITY,
    "verdict": codes.VERDICT,
    "status_now": codes.STATUS,
    "ask": codes.ASK,
    "outcome": codes.OUTCOME,
    "cause": codes.CAUSE,
    "standing": codes.AGAINST_TARGET,
    "period_target_standing": codes.AGAINST_TARGET,
    "opening_basis": codes.BASIS,
    "owners_params_status": codes.STANDING,
    "kind": codes.KIND,
    "section": codes.SECTION,
    "author": codes.AUTHOR,
    "reading": codes.READING,
    "reading_confidence": codes.CONFIDENCE,
}
"""Columns whose cells are one of some codes."""
