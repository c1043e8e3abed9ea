"""Findings that say the same, counted: one line with how often and where, not a line each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing.catalog.rules import with_trait

FEW_TEXTS = 3  # that differ in places and figures and have a line each
MOST_SENDERS = 3  # with the same finding that have a line each; more have one together


@dataclass(frozen=True)
class Alike:
    """Findings of one rule that say the same, in the language of the run.

    Attributes:
        units: Codes of the units and bodies concerned; none where the sender is not known.
        places: File and address of each finding, in their order.
        found: What stood at the first place where anything did, masked.
        message, suggestion: Of the first.
        exact: Whether every message is that one; else they differ in places or figures.
    """

    units: tuple[str, ...]
    severity: str
    rule: str
    kind: str
    places: tuple[tuple[str, str], ...]
    found: str
    message: str
    suggestion: str
    exact: bool

    @property
    def files(self) -> tuple[str, ...]:
        """The files concerned, each once."""
        return tuple(dict.fromkeys(file for file, _where in self.places))

    def __len__(self) -> int:
        return len(self.places)


def alike(findings: pd.DataFrame) -> list[Alike]:
    """What is to be said of each sender, one entry for each thing; unknown senders are one.

    Args:
        findings: `Day.findings`, or some of its rows.

    Returns:
        In the order in which each thing comes first.
    """
    rows = findings.fillna({"unit_code": "", "found": ""}).itertuples()
    groups = together(rows, lambda one: (one.unit_code, one.severity, one.rule))
    return [_alike(own) for own in groups]


def together(found: Iterable[Any], about: Callable[[Any], Hashable]) -> list[list[Any]]:
    """Findings or remarks in groups that say the same, each group where its first one stood.

    Texts that differ in places and figures alone are the same once they are many; a few are worth
    a line each.

    Args:
        found: Anything with `kind` and `message`.
        about: What else they must have in common.
    """
    same: dict[Hashable, list[Any]] = defaultdict(list)
    for one in found:
        same[about(one), one.kind or one.message].append(one)
    return [group for ones in same.values() for group in _few_apart(ones)]


def _few_apart(ones: list[Any]) -> Iterable[list[Any]]:
    by_text: dict[str, list[Any]] = defaultdict(list)
    for one in ones:
        by_text[one.message].append(one)
    return by_text.values() if len(by_text) <= FEW_TEXTS else [ones]


def _alike(own: Sequence[Any]) -> Alike:
    first = own[0]
    return Alike(
        units=(first.unit_code,) if first.unit_code else (),
        severity=first.severity,
        rule=first.rule,
        kind=first.kind,
        places=tuple((one.file, one.where) for one in own),
        found=next((one.found for one in own if one.found), ""),
        message=first.message,
        suggestion=first.suggestion,
        exact=all(one.message == first.message for one in own),
    )


def across(groups: Iterable[Alike]) -> list[Alike]:
    """The same thing said of many senders is said once; what puts a figure in doubt never is."""
    same: dict[tuple[str, ...], list[Alike]] = {}
    for number, one in enumerate(groups):
        apart = str(number) if one.rule in with_trait("anomaly") else ""
        same.setdefault((one.severity, one.rule, one.kind, apart), []).append(one)
    merged = [[_together(ones)] if len(ones) > MOST_SENDERS else ones for ones in same.values()]
    return [one for ones in merged for one in ones]


def _together(ones: Sequence[Alike]) -> Alike:
    first = ones[0]
    return Alike(
        units=tuple(code for one in ones for code in one.units),
        severity=first.severity,
        rule=first.rule,
        kind=first.kind,
        places=tuple(place for one in ones for place in one.places),
        found=next((one.found for one in ones if one.found), ""),
        message=first.message,
        suggestion=first.suggestion,
        exact=all(one.exact and one.message == first.message for one in ones),
    )
