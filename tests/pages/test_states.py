"""That each state is what its name says."""

from __future__ import annotations

import pytest

from briefing.documents.block import MIME, Block
from briefing.tables.levels import MOST_ROWS

pytestmark = pytest.mark.slow


@pytest.fixture
def tables(notebook):
    """The tables of a state's page, by id: rows of texts."""

    def of(state: str) -> dict[str, list[list[str]]]:
        blocks = [
            Block.from_json(output.data[MIME]).to_json()
            for cell in notebook(state).cells
            for output in cell.get("outputs", ())
            if MIME in output.data
        ]
        return {
            block["id"]: [[cell["text"] for cell in row] for row in block["rows"]]
            for block in blocks
            if block["block"] == "table"
        }

    return of


@pytest.mark.parametrize(
    ("state", "units", "reported"),
    [
        ("normal", 17, 17),
        ("first", 17, 13),
        ("nine-missing", 17, 8),
        ("none", 17, 0),
        ("long-names", 17, 17),
        ("province", 159, 159),
    ],
)
def test_as_many_units_have_reported_as_the_state_says(days, tables, state, units, reported):
    day, _previous_day = days(state)
    *rows, _whole = tables(state)["units"]
    shown = units if units <= MOST_ROWS else 30  # both ends of the ranking, and who moved most

    assert day.units["status"].isin(["on_time", "late"]).sum() == reported
    assert len(day.units) == units and len(rows) == shown
    assert sum(row[-1] in ("đúng hạn", "trễ hạn") for row in rows) == min(reported, shown)


def test_names_are_long_and_some_cannot_be_broken(tables):
    names = [row[0] for row in tables("long-names")["units"]]

    assert sum(len(name) > 80 for name in names) > 8
    assert sum(" " not in name and len(name) > 40 for name in names) > 4


def test_every_agency_that_has_reported_is_below_its_target(tables):
    rows = tables("bodies-below")["bodies"]

    assert len(rows) > 45
    assert not any(row[4] == "100,00%" for row in rows)
