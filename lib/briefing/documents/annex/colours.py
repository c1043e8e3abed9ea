"""The colours of the page as conditional formats of the workbook."""

from __future__ import annotations

from briefing.catalog.codes import OUTLOOK, STATUS
from briefing.tables import Day

JUDGED = {  # table → columns of rates, of changes, of words
    "communes": (["coverage"], ["coverage_change"], {"status": STATUS, "outlook": OUTLOOK}),
    "town": (["coverage"], ["coverage_change"], {"outlook": OUTLOOK}),
    "agencies": (["coverage"], [], {"status": STATUS}),
    "goals": (["coverage"], [], {"outlook": OUTLOOK}),
    "period_units": (["coverage_closing"], ["coverage_change"], {"outlook": OUTLOOK}),
    "period_lacking": ([], [], {"status": STATUS}),
    "actions": ([], [], {"status": STATUS, "outlook": OUTLOOK}),
}
Rule = tuple[str, str, str]  # column, tone, and a formula with `{column}` for a cell of the row


def rules(name: str, day: Day) -> list[Rule]:
    """What is coloured in a table, the first that holds wins; see `sheet.colour`."""
    rates, changes, words = JUDGED.get(name, ([], [], {}))
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
    for column, said in words.items():
        made += [
            (column, code.tone, f'{{{column}}}="{code}"')
            for code in said.values()
            if code.tone in ("good", "warn", "bad")
        ]
    return made
