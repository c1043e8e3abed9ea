"""Bounds in seconds of the processor, which mean the work and not the machine.

They hold for a machine that adds ten million numbers in 0.9 s. One that is slower just now, or
shared with others, has as much longer: the additions are timed right after the work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

ADDITIONS = 2_000_000
USUAL = 0.18  # seconds that they take where the bounds were set


def slowness() -> float:
    """How many times longer than usual this machine takes just now; at least once."""
    begun = process_time()
    number = 0
    for one in range(ADDITIONS):
        number += one
    return max(1.0, (process_time() - begun) / USUAL)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is done in the block takes no more of the processor, here and not in other processes."""
    begun = process_time()
    yield
    took = process_time() - begun
    assert took <= seconds * slowness(), f"{took:.1f} s of the processor"
