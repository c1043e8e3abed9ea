"""A chart: how it is drawn, and what it says in words."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import partial

import matplotlib
from matplotlib.figure import Figure as Drawing


@dataclass(frozen=True)
class Chart:
    """A chart without a title, drawn only where no drawing of the same figures is at hand.

    Attributes:
        draw: Draws it, as a matplotlib figure.
        alt: What it shows in words and numbers, for those who cannot see it.
        note: How to read it: only what it really holds is explained.
    """

    draw: partial[Drawing]
    alt: str
    note: str = ""

    @property
    def made_of(self) -> bytes:
        """Equal only for drawings that are equal; the program's own code is not in it."""
        drawn_by = (matplotlib.__version__, self.draw.func.__module__)
        return pickle.dumps((drawn_by, self.draw.args, self.draw.keywords))
