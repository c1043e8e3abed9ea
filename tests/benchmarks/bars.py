"""The bars: what is compared with what, how far it may go, and the table that says whether it does.

A ratio below is what counts where less is better ("≤ 3.5 ×"), one above where more is ("≥ 1.8 ×
faster"): `measures.py` says which of the two each bar has.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from timing import Cost, Ratios, middle

HEADS = ("what", "against", "measured: median (range)", "must", "aim", "met?")
COST_HEADS = ("what", "wall", "processor")
NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Bar:
    """One bar and what was measured for it.

    Attributes:
        must: A ratio (or what `unit` says) that may not be passed; passing it ends in exit code 1.
        faster: The ratio says how many times faster, and must be at least `must`.
        values: One a round; none where it could not be measured on this machine.
    """

    what: str
    against: str
    must: float
    aim: float | None = None
    faster: bool = False
    unit: str = "×"
    values: Sequence[float] = ()

    @property
    def missed(self) -> bool:
        return bool(self.values) and not self._reached(self.must)

    def _reached(self, bound: float) -> bool:
        middle = Ratios.of(self.values).median
        return middle >= bound if self.faster else middle <= bound

    def _bound(self, bound: float | None) -> str:
        if bound is None:
            return ""
        return f"≥ {self._said(bound)} faster" if self.faster else f"≤ {self._said(bound)}"

    def _said(self, value: float) -> str:
        return f"{value:.0f} {self.unit}" if self.unit == "ms" else f"{value:.2f} {self.unit}"

    def row(self) -> tuple[str, ...]:
        """The line of the table."""
        if not self.values:
            measured, met = NOT_MEASURED, "–"
        else:
            known = Ratios.of(self.values)
            digits = 0 if self.unit == "ms" else 2
            span = f"{known.least:.{digits}f}–{known.most:.{digits}f}"
            measured = f"{self._said(known.median)} ({span})"
            aimed = self.aim is not None and self._reached(self.aim)
            met = "no" if self.missed else "yes, the aim too" if aimed else "yes"
        return (
            self.what, self.against, measured, self._bound(self.must), self._bound(self.aim), met,
        )  # fmt: skip


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> str:
    """Lines of a table, for a page or for the terminal."""
    if markdown:
        lines = [heads, ["---"] * len(heads), *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in (heads, *rows)
    )


def shown(bars: Sequence[Bar], costs: dict[str, list[Cost]], *, markdown: bool) -> str:
    """The table of the bars, and under it the seconds that the ratios are made of."""
    seconds = [
        (name, f"{middle(known).wall:.2f} s", f"{middle(known).spent:.2f} s")
        for name, known in costs.items()
    ]
    return "\n\n".join(
        (
            table(HEADS, [bar.row() for bar in bars], markdown=markdown),
            table(COST_HEADS, seconds, markdown=markdown),
        )
    )


def machine(rounds: int, rows: int) -> str:
    """Where and when it was measured."""
    name = next(
        (
            line.split(":", 1)[1].strip()
            for line in _lines(Path("/proc/cpuinfo"))
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    return (
        f"{datetime.now():%Y-%m-%d}, {rounds} rounds, lists of {rows:,} rows; {name}, "
        f"{len(_cores())} cores, {platform.system()}, Python {platform.python_version()}."
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _cores() -> Sequence[int]:
    known = getattr(os, "sched_getaffinity", None)
    return sorted(known(0)) if known else range(os.cpu_count() or 1)


def replaced(page: str, block: str, content: str) -> str:
    """A page with what stands between two marks of a block put in its place.

    Raises:
        ValueError: The page has no such block.
    """
    first, last = f"<!-- {block} -->\n", f"\n<!-- /{block} -->"
    head, begins, rest = page.partition(first)
    _old, ends, tail = rest.partition(last)
    if not begins or not ends:
        raise ValueError(f"no block {block}")
    return f"{head}{first}\n{content}\n{last}{tail}"
