"""A form of counts in Word: the day to choose, a cell for each figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.forms import controls
from briefing.forms.controls import line
from briefing.forms.counts import Column, Line, added_up
from briefing.forms.counts_workbook import shares
from briefing.forms.wording import Form
from briefing.office.markup import cell, row, twips

WHOLE = 165  # mm of text on the page
SIZE = 12


def document(form: Form) -> Any:
    """The form, to be filled in."""
    left = (form.unit.upper(), form.printed["dots"])
    right = (form.printed["nation"], form.printed["motto"], "")
    note = [] if form.retyped else [line(form.note, italic=True, size=SIZE)]
    return controls.document(
        form,
        controls.letterhead(form, left, right),
        controls.titles(form),
        controls.day(form, form.text("{on}"), bold=True),
        *note,
        _table(form),
        controls.signature(form),
    )


def _table(form: Form) -> str:
    columns, table = form.columns, form.table
    assert table is not None  # only a form of counts comes here
    widths = [share * WHOLE for share in shares(form)]
    rows = [[line(column.heading, bold=True, size=SIZE) for column in columns]]
    rows += [[*_cells(form, one, columns)] for one in table.lines]
    if table.adds_up:
        labels = (form.words["total"], *[""] * (len(table.keys) - 1))
        totals = tuple(map(table.total, range(len(table.headings))))
        rows.append([*_cells(form, Line(labels, totals), columns)])
    made = [
        row([cell(text, twips(width)) for text, width in zip(texts, widths, strict=True)],
            header=number == 0)
        for number, texts in enumerate(rows)
    ]  # fmt: skip
    return controls.grid(made, widths)


def _cells(form: Form, one: Line, columns: list[Column]) -> Iterator[str]:
    for number, column in enumerate(columns):
        if column.figure is None:
            yield line(one.labels[number], size=SIZE, across="left")
        else:
            known = added_up(form.reported, one.figures[column.figure])
            shown = column.reported and known is not None
            yield line(str(known) if shown else "", size=SIZE)
