"""Run a day: take in what came, execute the notebooks, render, publish whole or not at all."""

from briefing.run.day import open_day, take_stock

__all__ = ["open_day", "take_stock"]
