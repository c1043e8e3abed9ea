"""A column of a published table: what it measures, and how its values are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from briefing import formats
from briefing.messages import Message

Kind = Literal["count", "share", "points", "pace", "text", "day", "moment", "word"]


@dataclass(frozen=True)
class Measure:
    """A column: its heading, what it is in a sentence or two, and the kind of its values."""

    label: Message
    kind: Kind = "text"
    meaning: Message | None = None

    def shown(self, value: Any) -> str:
        """A value as people read it."""
        return SHOWN[self.kind](value)


SHOWN: dict[Kind, Callable[[Any], str]] = {
    "count": formats.integer,
    "share": formats.percent,
    "points": formats.points,
    "pace": lambda value: formats.number(value, 1),
}
