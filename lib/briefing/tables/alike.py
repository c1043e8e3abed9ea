"""Findings that say the same, counted: one line with how often and where, not a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from briefing.tables.findings import ANOMALIES

MOST_SENDERS = 3  # with the same finding that have a line each; more have one together


@dataclass(frozen=True)
class Alike:
    """Findings of one rule that say the same, in the language of the run.

    Attributes:
        units: Codes of the units and agencies concerned; none where the sender is not known.
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
    by = [findings["unit_code"], findings["severity"], findings["rule"], findings["kind"]]
    groups = findings.groupby(by, dropna=False, sort=False)
    return [_alike(own) for _key, own in groups]


def _alike(own: pd.DataFrame) -> Alike:
    first = own.iloc[0]
    shown = own["found"].fillna("")
    return Alike(
        units=() if pd.isna(first["unit_code"]) else (str(first["unit_code"]),),
        severity=str(first["severity"]),
        rule=str(first["rule"]),
        kind=str(first["kind"]),
        places=tuple(zip(own["file"], own["where"], strict=True)),
        found=next(filter(None, shown), ""),
        message=str(first["message"]),
        suggestion=str(first["suggestion"]),
        exact=own["message"].nunique() == 1,
    )


def across(groups: Iterable[Alike]) -> list[Alike]:
    """The same thing said of many senders is said once; what puts a figure in doubt never is."""
    same: dict[tuple[str, ...], list[Alike]] = {}
    for number, one in enumerate(groups):
        apart = str(number) if one.rule in ANOMALIES else ""
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
