"""Monitoring and briefing workbook: from the reports of every day to the page on the table.

from briefing import RunParams, open_day

run = RunParams.checked({"report_date": "2021-08-16"})
day = open_day(run)
day.units

A notebook shows them in sections: `from briefing import show`, then `show.units_table(day)`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_EXPORTS = {
    "Campaign": "briefing.params",
    "PeriodParams": "briefing.params",
    "RunParams": "briefing.params",
    "UnitParams": "briefing.params",
    "decide": "briefing.run.desk",
    "last_briefing": "briefing.run.desk",
    "open_day": "briefing.run.day",
    "open_desk": "briefing.run.desk",
    "open_previous_day": "briefing.run.day",
    "open_period": "briefing.run.opening",
    "open_unit": "briefing.run.opening",
    "publish": "briefing.run.desk",
    "read_report": "briefing.intake.apart",
}
_ROOMS = {
    "show": "briefing.documents.sections",
    "show_report": "briefing.documents.sections.report",
    "show_unit": "briefing.documents.sections.unit",
}
"""What a notebook shows, by the name that it has there."""

__all__ = [*_EXPORTS, *_ROOMS]


def __getattr__(name: str) -> Any:
    """Load a public name where it is first used: importing the package costs nothing."""
    if name in _ROOMS:
        return import_module(_ROOMS[name])
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)
