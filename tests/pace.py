"""Bounds in seconds of the processor, which mean the work and not the machine.

They hold for a machine that imports pandas in 0.43 s, as docs/performance.md says of the one that
the bars were measured on. One that is slower just now, or shared with others, has as much longer.
"""

import os
import subprocess
import sys

USUAL = 0.43  # seconds of the processor for the import


def slowness() -> float:
    """How many times longer than usual this machine takes just now, at its slowest of three."""
    return max(1.0, *(_import_of_pandas() / USUAL for _time in range(3)))


def _import_of_pandas() -> float:
    before = os.times()
    subprocess.run([sys.executable, "-c", "import pandas"], check=True)
    after = os.times()
    spent = after.children_user + after.children_system
    return spent - before.children_user - before.children_system


def demand_within(seconds: float, took: float) -> None:
    """Of the processor; the machine is asked only where it took longer than it usually may."""
    assert took <= seconds or took <= seconds * slowness(), f"{took:.1f} s of the processor"
