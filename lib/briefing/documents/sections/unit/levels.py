"""The page of a unit of any level: who reports has its own report there, one above its own day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from briefing.tables import Day
from briefing.tables.unit import Node, Unit

Section = Callable[[Unit | Node], Any]


def either(
    of_unit: Callable[[Unit], Any] | None = None, of_node: Callable[[Node], Any] | None = None
) -> Section:
    """A section of the page: as it is of one that reports, and of one above; nothing without."""

    def shown(page: Unit | Node) -> Any:
        if isinstance(page, Node):
            return of_node(page) if of_node else None
        return of_unit(page) if of_unit else None

    return shown


def of_day(section: Callable[[Day], Any], **how: Any) -> Callable[[Node], Any]:
    """A section of the day's page, of a node's own day."""
    return lambda node: section(node.day, **how)


def since(section: Callable[[Day | None, Day], Any]) -> Callable[[Node], Any]:
    """One that tells what has become of the day before."""
    return lambda node: section(node.previous_day, node.day)
