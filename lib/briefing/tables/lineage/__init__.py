"""Where a published figure comes from: the cells and steps that make it, and that they add up."""

from briefing.tables.lineage.step import Source, Step
from briefing.tables.lineage.tracer import Tracer

__all__ = ["Source", "Step", "Tracer"]
