"""The unit's further indicators, and its groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from briefing.documents.block import Block
from briefing.documents.blocks import Blocks, Cell, Column, Table
from briefing.documents.sections.indicators import group_cell, of_groups
from briefing.documents.sections.listing import cell_of, column_of, listing
from briefing.documents.wording import carried_note, doubted, sentence
from briefing.messages import _
from briefing.params.indicators import TOTAL
from briefing.tables.groups import groups
from briefing.tables.unit import Unit

SHOWN = (
    "indicator", "numerator_cumulative", "coverage", "coverage_change", "target_coverage",
    "numerator_needed", "outlook",
)  # fmt: skip


def unit_indicators(unit: Unit) -> Blocks:
    """Each indicator against its next target, and each group; nothing where there is but one."""
    return Blocks(_tables(unit))


def _tables(unit: Unit) -> Iterator[Block]:
    every = (unit, *unit.others)
    if unit.others:
        bounds = [t.coverage for one in every for t in one.day.campaign.targets]
        rows = [_row(one) for one in every]
        yield listing("unit-indicators", _("Each indicator"), rows, SHOWN, bounds=bounds)
    if any(one.day.indicator.groups for one in every):
        yield _groups(unit, every)


def _row(unit: Unit) -> dict:
    notes = (carried_note(unit.row["carried_from"]), doubted(unit.day, unit.code))
    note, code = "; ".join(filter(None, notes)), unit.day.indicator.code
    return unit.ahead.to_dict() | {"indicator": Cell(sentence(unit.day.name), code, note=note)}


def _groups(unit: Unit, every: tuple[Unit, ...]) -> Table:
    """A row a group, of each indicator the rate and its change since the report before."""
    named = {g.code: str(g) for one in every for g in one.day.indicator.groups}
    return Table(
        id="unit-groups",
        caption=_("By group"),
        columns=(
            Column("group", _("Group"), width=2.6),
            *(column for one in every for column in _heads(one)),
        ),
        rows=tuple(
            (Cell(name, code), *(cell for one in every for cell in _cells(unit, one, code)))
            for code, name in (*named.items(), (TOTAL, _("All")))
        ),
        note=_("A number alone: how many there are is not known. A dash: not reported."),
        total_row=True,
    )


def _heads(one: Unit) -> tuple[Column, Column]:
    code, change = one.day.indicator.code, column_of("coverage_change", "groups")
    return (
        Column(code, sentence(one.day.name), "right", 1.3),
        replace(change, key=f"{code}_change"),
    )


def _cells(unit: Unit, one: Unit, group: str) -> tuple[Cell, Cell]:
    changes = groups(unit.day, one.day, [unit.code]).set_index("group")["coverage_change"]
    row = {"coverage_change": changes.get(group, one.row["coverage_change"])}
    return _rate(unit, one, group), cell_of(row, "coverage_change", "groups")


def _rate(unit: Unit, one: Unit, group: str) -> Cell:
    known = of_groups(unit.day, one.day.indicator.code)
    own_rows: pd.DataFrame = known[known["unit_code"].eq(unit.code) & known["group"].eq(group)]
    return group_cell(own_rows, float(one.ahead["target_coverage"]))
