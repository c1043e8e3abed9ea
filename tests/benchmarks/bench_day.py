"""A cold day by `briefing daily`, beside a plain process that reads, groups, draws and compiles.

    python tests/benchmarks/bench_day.py [ROUNDS]

The two run in turn, so that a machine that slows down slows both. What counts is the ratio.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLAIN = Path(__file__).with_name("plain_day.py")
BRIEFING = [sys.executable, "-m", "briefing.cli"]


def timed(command: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of a command with all that it starts."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    after = os.times()
    spent = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return time.perf_counter() - start, spent


def main(rounds: int) -> None:
    figures: dict[str, list[tuple[float, float]]] = {"plain": [], "cold": [], "again": []}
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        subprocess.run(
            [*BRIEFING, "sample", str(inbox)], cwd=ROOT, check=True, stderr=subprocess.DEVNULL
        )
        for number in range(rounds):
            daily = [*BRIEFING, "daily", "--date", "2021-08-16", "--inbox", str(inbox)]
            daily += ["--outputs", f"{folder}/outputs{number}"]
            plain = [sys.executable, str(PLAIN), str(inbox), f"{folder}/plain.pdf"]
            figures["plain"].append(timed(plain))
            figures["cold"].append(timed(daily))
            figures["again"].append(timed(daily))
    for name, values in figures.items():
        wall, spent = (statistics.median(column) for column in zip(*values, strict=True))
        print(f"{name:6} wall {wall:6.2f} s   processor {spent:6.2f} s   (median of {rounds})")
    for name in ("cold", "again"):
        ratios = [
            mine[0] / plain[0] for mine, plain in zip(figures[name], figures["plain"], strict=True)
        ]
        middle, least, most = statistics.median(ratios), min(ratios), max(ratios)
        print(f"{name} / plain: {middle:.2f} (wall, {least:.2f} to {most:.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
