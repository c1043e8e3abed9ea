"""The colours of the page as conditional formats of the workbook."""

from __future__ import annotations

from briefing.catalog.figures import FIGURES
from briefing.tables import Day

JUDGED = {  # table → columns of rates, of changes, of codes
    "communes": (["coverage"], ["coverage_change"], ["status", "outlook"]),
    "town": (["coverage"], ["coverage_change"], ["outlook"]),
    "agencies": (["coverage"], [], ["status"]),
    "goals": (["coverage"], [], ["outlook"]),
    "period_units": (["coverage_closing"], ["coverage_change"], ["outlook"]),
    "period_lacking": ([], [], ["status"]),
    "actions": ([], [], ["status", "outlook"]),
}
Rule = tuple[str, str, str]  # column, tone, and a formula with `{column}` for a cell of the row


def rules(name: str, day: Day) -> list[Rule]:
    """What is coloured in a table, the first that holds wins; see `sheet.colour`."""
    rates, changes, codes = JUDGED.get(name, ([], [], []))
    target = day.campaign.agency_reporting.target
    goal = f"{target}" if name == "agencies" else "{target_coverage}"
    made: list[Rule] = []
    for column in rates:
        known = f'{{{column}}}<>""'
        made += [
            (column, "warn", f"AND({known},{{{column}}}>1)"),
            (column, "good", f"AND({known},{{{column}}}>={goal})"),
            (column, "warn", f"AND({known},{{{column}}}<{goal})"),
        ]
    made += [(column, "bad", f'AND({{{column}}}<>"",{{{column}}}<0)') for column in changes]
    for column in codes:
        made += [
            (column, code.tone, f'{{{column}}}="{code}"')
            for code in (FIGURES[column].codes or {}).values()
            if code.tone in ("good", "warn", "bad")
        ]
    return made
