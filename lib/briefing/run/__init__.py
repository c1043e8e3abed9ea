"""Run a day: take in what came, execute the notebooks, render, publish whole or not at all."""

import sys

from briefing.run.day import open_day, open_eve, take_stock
from briefing.run.days import open_period
from briefing.run.unit import open_unit

__all__ = ["open_day", "open_eve", "open_period", "open_unit", "take_stock"]

# nbformat loads jsonschema, which takes this library where it finds it, to check IRIs: it compiles
# a grammar for a second of every run, and no notebook holds an IRI.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
