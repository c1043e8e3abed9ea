"""What was found in the reports, by kind."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.catalog.codes import SEVERITY
from briefing.catalog.rules import label
from briefing.charts.chart import Chart
from briefing.charts.lengths import Bar, Group, lengths
from briefing.labels import sentence
from briefing.messages import _


def findings_bars(counts: pd.DataFrame) -> Chart:
    """How often each rule was met, by severity, the most frequent first.

    Args:
        counts: One row per severity and rule: `severity`, `rule`, `findings`.
    """
    return Chart(partial(_drawn, counts), _alt(counts), _("Each group has a scale of its own."))


def _drawn(counts: pd.DataFrame) -> Drawing:
    return lengths([_group(severity, found) for severity, found in _sorted(counts)])


def _alt(counts: pd.DataFrame) -> str:
    """The rules and how often each was met."""
    kinds = ". ".join(
        f"{sentence(str(SEVERITY[severity]))}: "
        + "; ".join(f"{label(r)} {formats.integer(n)}" for r, n in found.items())
        for severity, found in _sorted(counts)
    )
    return _("Bar chart of the findings by kind. {findings}.", findings=kinds or formats.MISSING)


def _sorted(counts: pd.DataFrame) -> list[tuple[str, dict[str, int]]]:
    ordered = counts.sort_values(["findings", "rule"], ascending=[False, True], kind="stable")
    parts = [(s, ordered[ordered["severity"] == s]) for s in SEVERITY]
    return [
        (s, dict(zip(part["rule"], map(int, part["findings"]), strict=True)))
        for s, part in parts
        if len(part)
    ]


def _group(severity: str, found: dict[str, int]) -> Group:
    heading = f"{sentence(str(SEVERITY[severity]))} ({formats.integer(sum(found.values()))})"
    bars = (Bar(str(label(r)), n, formats.integer(n), severity) for r, n in found.items())
    return Group(heading, tuple(bars))
