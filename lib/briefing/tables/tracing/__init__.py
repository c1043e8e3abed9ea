"""Where a published figure comes from: the cells and steps that make it, and that they add up."""

from briefing.tables.tracing.step import Source, Step
from briefing.tables.tracing.tracer import Tracer

__all__ = ["Source", "Step", "Tracer"]
