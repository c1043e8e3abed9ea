"""A table of a page: rows, and the codes of the columns that are shown; the catalogue has the rest.

A further column is shown by naming it: `units_table(day, columns=[…])`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.figures import FIGURES, figure_of, numbers
from briefing.catalog.heads import head_of, is_known
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.sections.sources import traced
from briefing.documents.wording import sentence, worded
from briefing.errors import DocumentError
from briefing.formats import is_missing
from briefing.messages import _
from briefing.params import Campaign

Row = Mapping[str, Any]
CODES = {"unit_name": "unit_code", "body_name": "body_code", "area_name": "area"}
"""Column of names → that of the codes that stand for them."""
NUMBER, TEXT = 1.3, 1.7  # the width of a column that asks for none
MOST_LISTED = 400  # rows of a page's table; a browser or a reader is not helped by more


def listing(
    id: str,
    caption: str,
    rows: pd.DataFrame | Iterable[Row],
    columns: Sequence[str],
    *,
    of: str = "",
    heads: Mapping[str, str] | None = None,
    bounds: Iterable[float] = (),
    source: str = "",
    note: str = "",
    total_row: bool = False,
) -> Table:
    """A table of some columns.

    Args:
        rows: A frame, or mappings with a value for each column, which is written as the catalogue
            says, or a cell, where it needs more words, a tone or a note. A total may lack some.
        columns: The codes of those shown, in their order.
        of: The published table that the rows are of; else `id`.
        heads: Heads that say more than the catalogue can, such as whose rows they are.
        bounds: Targets that no rate may seem to reach by rounding.
        source: The column whose code says where the figures of a row come from, empty where the
            page does not say it; the first cell names the row, and opens nothing.
        total_row: The last row is a total.

    Raises:
        DocumentError: A column that there is not; the message names those there are.
    """
    table, listed = of or id, _records(rows)
    if (every := len(listed) - total_row) > MOST_LISTED:
        listed = [*listed[:MOST_LISTED], *listed[every:]]
        note = " ".join(filter(None, (_cut(every), note)))
    known = [name for name in (listed[0] if listed else columns) if is_known(name, table)]
    if unknown := [name for name in columns if name not in known]:
        raise DocumentError(f"{id}: unknown column {unknown[0]}. Known: {', '.join(known)}.")
    return Table(
        id=id,
        caption=caption,
        columns=tuple(column_of(name, table, (heads or {}).get(name, "")) for name in columns),
        rows=tuple(
            (cells[0], *traced(cells[1:], row[source])) if source and row[source] else cells
            for row in listed
            for cells in [tuple(cell_of(row, name, table, bounds) for name in columns)]
        ),
        note=note,
        total_row=total_row,
    )


def _cut(every: int) -> str:
    """That not every row is shown, and where the others are."""
    return _(
        "The first {n} of {all} are shown; all are in the tables published beside this page.",
        n=formats.integer(MOST_LISTED),
        all=formats.integer(every),
    )


def _records(rows: pd.DataFrame | Iterable[Row]) -> list[Row]:
    return rows.to_dict("records") if isinstance(rows, pd.DataFrame) else list(rows)


def named(campaign: Campaign) -> dict[str, str]:
    """The heads of columns of names, in the campaign's own words."""
    units, bodies = (
        sentence(str(word or "")) for word in (campaign.terms.units, campaign.terms.bodies)
    )
    return {"unit_name": units, "area_name": units, "body_name": bodies}


def column_of(name: str, table: str, label: str = "") -> Column:
    """The head of a column, as the catalogue has it."""
    head, number = head_of(name, table), name in FIGURES and bool(numbers([name]))
    return Column(
        name,
        label or (str(head.label) if head.label else figure_of(name, table).heading),
        head.align or ("right" if number else "left"),
        head.width or (NUMBER if number else TEXT),
    )


def cell_of(row: Row, name: str, table: str, bounds: Iterable[float] = ()) -> Cell:
    """The cell of a row for a column; an empty one where the row has no such value."""
    value = row.get(name, Cell(""))
    if isinstance(value, Cell):
        return value
    if name in CODES:
        return Cell(value, row[CODES[name]])
    figure, brief = FIGURES.get(name), head_of(name, table).brief
    if figure and (codes := figure_of(name, table).codes):
        return worded(value, codes)
    if figure and figure.kind == "share" and not brief:
        return Cell(formats.percent(value, bounds=bounds), value)
    how = brief or (figure.shown if figure else str)
    return Cell(formats.MISSING if is_missing(value) else how(value), value)
