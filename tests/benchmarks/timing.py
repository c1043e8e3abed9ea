"""What a command or a call costs, and how two of them compare round by round.

All that is compared runs in turn in one sitting, so that a machine that slows down slows all of it.
What counts is the ratio within a round.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
BRIEFING = [sys.executable, "-m", "briefing.cli"]
# The kernels of this Python, whatever the machine has registered.
ENV = os.environ | {"JUPYTER_PREFER_ENV_PATH": "1", "PYTHONPATH": str(ROOT / "lib")}


class Cost(NamedTuple):
    """Seconds: by the clock, and of the processor (user and system, all processes)."""

    wall: float
    spent: float


@dataclass(frozen=True)
class Ratios:
    """The ratio of each round: the middle one, the least and the greatest."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Ratios:
        return cls(statistics.median(values), min(values), max(values))


def command(arguments: Sequence[str], code: int | None = 0) -> Cost:
    """A command with all processes that it starts and waits for: it may leave none behind.

    Args:
        code: The exit code that it has to end with; `None`: any.

    Raises:
        RuntimeError: It ended with another; the message holds what it said.
    """
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(arguments, cwd=ROOT, env=ENV, capture_output=True)
    wall, after = time.perf_counter() - start, os.times()
    if code is not None and done.returncode != code:
        said = done.stderr.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(arguments)}: exit code {done.returncode}\n{said}")
    user, system = (
        getattr(after, name) - getattr(before, name)
        for name in ("children_user", "children_system")
    )
    return Cost(wall, user + system)


def call(function: Callable[..., object], *arguments: object) -> Cost:
    """A call in this process."""
    wall, spent = time.perf_counter(), time.process_time()
    function(*arguments)
    return Cost(time.perf_counter() - wall, time.process_time() - spent)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each column."""
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def wall_ratios(mine: Sequence[Cost], theirs: Sequence[Cost]) -> list[float]:
    return [m.wall / t.wall for m, t in zip(mine, theirs, strict=True)]


def spent_ratios(mine: Sequence[Cost], theirs: Sequence[Cost]) -> list[float]:
    return [m.spent / t.spent for m, t in zip(mine, theirs, strict=True)]
