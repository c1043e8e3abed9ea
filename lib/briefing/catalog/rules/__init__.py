"""Every rule of a finding, once: `<family>.yaml` says what it is called, how grave it is, what is
said of each case of it, what the analyst does, what the sender is asked, what it counts as.

A case is known by its code: the rule, or `rule.case` where the rule has several. Texts are English,
the keys of their translations; names in braces are the finding's values, `found` what stood there.
`phrases.yaml` has the pieces of sentences that are such values, or stand around a message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml

from briefing.messages import Message
from briefing.own_files import read_once

Severity = Literal["error", "warning", "info"]
TRAITS = {
    "anomaly": "puts a figure in doubt, until it is answered",
    "between": "lies between a report and the one before it",
    "call": "is a reason to call the unit",
    "rise": "makes a rise doubtful",
    "hollow": "says that there are no new figures",
    "of_name": "about a whole file, is about its name",
    "of_day": "matters little where a form comes once",
    "asks": "asks the sender for something even as a remark",
    "photo": "follows from the photos of a staff form",
    "alone": "is said of a picture that belongs to nothing",
}
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Advice: TypeAlias = str | Mapping[str, str]
"""What to do; where the sender is asked for something else than the analyst, both."""


@dataclass(frozen=True)
class Case:
    """One way in which a rule is broken.

    Attributes:
        advice: "": as the rule says.
        told: What the sender is told instead, where the message may name others.
    """

    rule: str
    message: str
    severity: Severity
    advice: Advice
    own_advice: bool
    told: str


@dataclass(frozen=True)
class Rule:
    """A rule of the contract.

    Attributes:
        number: What people call it by, as in “C14”: the family's letter and a number that never
            becomes another rule's; a rule that is taken out takes its number with it.
        label: What was found, short enough for a list.
        advice: What to do in every case that says nothing else.
        traits: What it counts as elsewhere, see `TRAITS`.
        corrected_by: The columns of which a correction answers it.
    """

    family: str
    number: str
    label: str
    severity: Severity
    message: str = ""
    told: str = ""
    advice: Advice = ""
    traits: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    cases: Mapping[str, Any] = field(default_factory=dict)


def _read(paths: Sequence[Path]) -> dict[str, Any]:
    return {path.stem: yaml.load(path.read_bytes(), LOADER) for path in paths}


FOLDER = Path(__file__).parent
_FILES = sorted(FOLDER.glob("*.yaml"))
_written: dict[str, Any] = read_once("rules", _FILES, lambda: _read(_FILES))
PHRASES: dict[str, str] = _written.pop("phrases")
RULES: dict[str, Rule] = {
    name: Rule(family, **own) for family, rules in _written.items() for name, own in rules.items()
}


def _case(name: str, entry: Any) -> Case:
    rule = RULES[name]
    own = {"message": entry} if isinstance(entry, str) else entry
    usual = {"severity": rule.severity, "advice": rule.advice, "told": rule.told}
    return Case(name, **{**usual, **own}, own_advice="advice" in own)


CASES: dict[str, Case] = {
    f"{name}.{case}" if case else name: _case(name, entry)
    for name, rule in RULES.items()
    for case, entry in (rule.cases or {"": rule.message}).items()
}


def phrase(name: str, **values: Any) -> Message:
    """A piece of a sentence, with its values."""
    return Message(PHRASES[name], values)


def label(rule: str) -> Message | str:
    """A rule in a few words; one that is not known, as it is."""
    return Message(RULES[rule].label) if rule in RULES else rule


def cited(rule: str, text: object) -> str:
    """What is said of a finding, with the number under which docs/rules.md has its rule."""
    return f"{text}\N{NO-BREAK SPACE}[{RULES[rule].number}]" if rule in RULES else str(text)


def advised(code: str) -> str:
    """What the analyst does about a case, or the sender where it is the same."""
    advice = CASES[code].advice
    return advice if isinstance(advice, str) else advice["analyst"]


def asked(code: str) -> Message | None:
    """What the sender is asked; `None`: what is advised."""
    advice = CASES[code].advice
    sender = "" if isinstance(advice, str) else advice["sender"]
    return Message(sender) if sender else None


def sender_message(code: str) -> Message | None:
    """What the sender is told; `None`: what is said to everyone."""
    return Message(text) if (text := CASES[code].told) else None


@cache
def with_trait(trait: str) -> frozenset[str]:
    """The rules of which this holds.

    Raises:
        KeyError: There is no such trait.
    """
    assert TRAITS[trait]
    return frozenset(name for name, rule in RULES.items() if trait in rule.traits)


@cache
def corrected_by(column: str) -> frozenset[str]:
    """The rules that a correction of a column answers, of the same report."""
    return frozenset(name for name, rule in RULES.items() if column in rule.corrected_by)
