"""Pure functions, DataFrame in, DataFrame out: who reported, how many, how fast, what is wrong."""

from briefing.tables.build import build, findings_over
from briefing.tables.day import Day
from briefing.tables.exports import write_csv, write_tables

__all__ = ["Day", "build", "findings_over", "write_csv", "write_tables"]
