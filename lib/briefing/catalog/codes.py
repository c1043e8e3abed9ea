"""Every code that a published table holds: what it is called, and the tone that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.messages import Message

Tone = Literal["", "good", "warn", "bad", "muted"]
SIGNS: dict[Tone, str] = {"good": "✓", "warn": "▲", "bad": "■"}
"""What tells a tone without its colour."""


@dataclass(frozen=True)
class Code:
    """A code: how it is said inside a sentence, and its tone."""

    label: Message | str
    tone: Tone = ""

    def __str__(self) -> str:
        return str(self.label)


Codes = Mapping[str, Code]

STATUS: Codes = {
    "on_time": Code(Message("on time"), "good"),
    "late": Code(Message("late"), "warn"),
    "empty": Code(Message("nothing new in it"), "bad"),
    "unreadable": Code(Message("received, not usable yet"), "bad"),
    "missing": Code(Message("not reported"), "bad"),
    "not_due": Code(Message("not due yet"), "muted"),
}
OUTLOOK: Codes = {
    "reached": Code(Message("reached"), "good"),
    "in_doubt": Code(Message("not settled, figures wait to be verified"), "warn"),
    "on_track": Code(Message("on track"), "good"),
    "behind": Code(Message("behind"), "warn"),
    "out_of_reach": Code(Message("out of reach"), "bad"),
    "missed": Code(Message("not reached"), "bad"),
    "unknown": Code(Message("too few reports"), "muted"),
}
OUTCOME: Codes = {
    "done": Code(Message("done"), "good"),
    "partly": Code(Message("partly"), "warn"),
    "nothing": Code(Message("no progress yet"), "bad"),
    "waiting": Code(Message("waiting for figures"), "muted"),
}
DOUBT: Codes = {
    "open": Code(Message("open"), "warn"),
    "corrected": Code(Message("corrected"), "good"),
    "confirmed": Code(Message("confirmed"), "good"),
    "resubmitted": Code(Message("sent again"), "good"),
    "overtaken": Code(Message("above its former height again"), "good"),
}
SEVERITY: Codes = {
    "error": Code(Message("error"), "bad"),
    "warning": Code(Message("to be checked"), "warn"),
    "info": Code(Message("for information"), "muted"),
}
VERDICT: Codes = {
    "used": Code(Message("used"), "good"),
    "superseded": Code(Message("replaced by a newer one"), "muted"),
    "rejected": Code(Message("set aside"), "bad"),
    "joined": Code(Message("joined to its report"), "muted"),
}
CORRECTION: Codes = {
    "applied": Code(Message("applied"), "good"),
    "unmatched": Code(Message("not applied"), "warn"),
    "not_yet": Code(Message("not known yet at this moment"), "muted"),
}
ASK: Codes = {
    "report": Code(Message("send the figure")),
    "check": Code(Message("check the figure")),
    "gain": Code(Message("reach more {persons}")),
}
WHY: Codes = {
    "no_report": Code(Message("no report of the {period}")),
    "doubt": Code(Message("figure in doubt")),
    "lowest": Code(Message("lowest rate")),
    "stalled": Code(Message("rising slowly")),
    "most": Code(Message("many {persons} still needed")),
}
CAUSE: Codes = {
    "report": Code(Message("a newer report")),
    "correction": Code(Message("a correction in params")),
    "earlier_report": Code(Message("counts on from a day that has changed")),
    "units": Code(Message("the sum of the units")),
}
AGAINST_TARGET: Codes = {
    "reached": Code(Message("reached")),
    "reached_later": Code(Message("reached after its day")),
    "below": Code(Message("below the target")),
    "missed": Code(Message("not reached by its day")),
    "open": Code(Message("its day is to come")),
    "in_doubt": Code(Message("above the target, but falling or in doubt")),
    "unknown": Code(Message("not known")),
}
BASIS: Codes = {
    "day": Code(Message("the day before the period")),
    "baseline": Code(Message("the state before the campaign")),
    "none": Code(Message("not known")),
}
KIND: Codes = {
    "unit": Code(Message("reports {rhythm}")),
    "body": Code(Message("reports once")),
}
SECTION: Codes = {
    "strengths": Code(Message("Strengths")),
    "shortcomings": Code(Message("Shortcomings")),
    "causes": Code(Message("Causes")),
    "tasks": Code(Message("Main tasks")),
    "recommendations": Code(Message("Recommendations")),
}
AUTHOR: Codes = {
    "rules": Code(Message("rules of the program")),
    "analyst": Code(Message("the analyst")),
}
READING: Codes = {
    "per_person": Code(Message("one row a campaigner, with a running count")),
    "per_place": Code(Message("one row a {locality}, with its running count")),
    "roster_all": Code(Message("a list of all {counted} so far")),
    "roster_today": Code(Message("a list of those {counted} today")),
    "running": Code(Message("a count that runs on down the rows")),
    "total": Code(Message("one value for the whole unit")),
    "flag": Code(Message("marked rows")),
    "ratio": Code(Message("{counted} / {those}")),
    "percent": Code(Message("a rate")),
    "increment": Code(Message("the day's count")),
    "nil": Code(Message("nothing new")),
    "told": Code(Message("told by telephone")),
}
CONFIDENCE: Codes = {
    "high": Code(Message("certain")),
    "low": Code(Message("not certain")),
}
STANDING: Codes = {
    "assumed": Code(Message("assumed")),
    "official": Code(Message("official")),
}
FORM: dict[str, Code] = {}
"""The forms of the campaign in force, as it calls them: see `Settings.put_in_force`."""
