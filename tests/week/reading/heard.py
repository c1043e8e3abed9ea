"""How a document is heard: by the program's own texts, in the language in force.

A value is what stands where a text has its place for it. Numbers and rates are compared as shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from briefing.catalog.codes import OUTLOOK
from briefing.language import SOURCE_LANGUAGE, catalog, current_language, ones
from briefing.messages import _
from briefing.tables import Day

WHOLE = "the whole"
AHEAD, PAST = "ahead", "past"
OPEN, YES, NO, DOUBTFUL, UNKNOWN = "open", "reached", "missed", "in doubt", "unknown"
Told = Iterator[tuple[str, str, Any]]
FIGURE = r"\d(?:[\d., \u00a0]*\d)?"
ANY = "[^;:()]*"
KINDS: dict[str, str] = {
    "names": r"[^.]+", "best": "[^:()]+", "worst": "[^:()]+", "coverage": FIGURE + "%",
    "rate": FIGURE + "%", "now": FIGURE + "%?", "target": FIGURE + "%",
    "day": r"\d[^;.):]*", "date": r"\d[^;.):]*", "deadline": r"\d[^;.)]*",
} | dict.fromkeys(
    ("n", "all", "required", "observed", "pace", "reached", "left", "late"), FIGURE
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """A day and the day before, as one document or the other may see them."""

    day: Day
    previous_day: Day
    at: datetime


def heard(msgid: str, text: str) -> Iterator[dict[str, str]]:
    """The values of a text of the program, wherever it is said in another."""
    code = current_language()
    forms = [said for (known, _name), said in ones(code).items() if known == msgid]
    usual = msgid if code == SOURCE_LANGUAGE else catalog(code)[msgid]  # a text that there is
    for form in (usual, *forms):
        spoken = re.sub(r"\{(?:persons?|those|rhythm)\}", lambda term: _(term[0]), form)
        parts = re.split(r"\{(\w+)\}", spoken)
        pattern, seen = "", set()
        for place, part in enumerate(parts):
            if not place % 2:
                pattern += re.escape(part)
            elif part in seen:
                pattern += f"(?P={part})"
            else:
                seen.add(part)
                lazy = "" if place == len(parts) - 2 and not parts[-1] else "?"
                pattern += f"(?P<{part}>{KINDS.get(part, ANY + lazy)})"
        yield from (found.groupdict() for found in re.finditer(pattern, text, re.IGNORECASE))


def says(msgid: str, text: str) -> bool:
    """Whether a text holds a text of the program."""
    return next(heard(msgid, text), None) is not None


def said_in(text: str, msgid: str, whose: str, **names: str) -> Told:
    """Of a text of the program: what each of its values says of whom."""
    for values in heard(msgid, text):
        aim = f" of {values['target']}" if "target" in values else ""
        for name, what in names.items():
            yield whose, what + aim, " ".join(values[name].split())


SURE = "{n} {persons} wait to be verified, without them {rate}"
LED = "with the {n} {persons} who wait to be verified: {coverage}"
FINDING = "{now} {persons} a day lately, {required} needed: {outlook} {target}"


def verdict_of(line: str) -> str:
    """What a line says of a target, in one of five words."""
    doubts = ("not settled, figures wait to be verified", "if the figures in doubt are right",
              "in doubt, the figure falls")  # fmt: skip
    said = line.lower()
    if any(_(doubt).lower() in said for doubt in doubts):
        return DOUBTFUL
    if says("{aim}: can't be judged, {why}", line):
        return UNKNOWN
    said = said.split(": ", 1)[-1]
    words = {code: str(label).lower() for code, label in OUTLOOK.items()}
    for code, verdict in (("missed", NO), ("reached", YES)):
        if said.startswith(words[code]):
            return verdict
    return OPEN


def rate_in(figure: Any, whose: str, fact: str = "rate") -> Told:
    """A rate, and the installs that its note names."""
    yield whose, fact, figure.value
    for values in heard("{done} of {denominator} {people}", figure.note):
        if digits(values["done"]):
            yield whose, "installs", values["done"].strip()


def carried_in(note: str) -> str:
    return next((values["day"] for values in heard("of {day}", note)), "")


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_named(name: str, text: str) -> bool:
    """Whether a unit is named, and not another whose name begins as its own does."""
    return re.search(rf"{re.escape(name)}(?=;| \(|,| và | and |$|\.)", text) is not None


def units_of(day: Day) -> Iterator[tuple[str, str]]:
    yield from zip(day.units["unit_code"], day.units["unit_name"], strict=True)
