"""Any table in any kind of document, any piece or row of it struck through, hidden or raised: the
figure is what a person reads, and what was left out is said at its cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.hands import Hand, Table, hands, tables, typed
from tests.corpus.layouts import Laid
from tests.corpus.makers.documents import MAKERS, ROWS, WAYS, Dressed
from tests.corpus.paper import HEAD_ROW, phone
from tests.corpus.test_properties import QUICK, one_report

PHONE, COUNT = 3, 4  # of the form's columns
COUNTS = (30, 37, 44, 51, 58, 65, 72, 79)  # 436
LEFT_OUT = ("struck", "hidden")


def laid(kind: str, rows: list, ways: dict[int, str] | None = None) -> Laid:
    above = [value for row in rows[: HEAD_ROW - 1] for value in row if value is not None]
    width = max(map(len, rows))
    table = [[*row, *[None] * (width - len(row))] for row in rows[HEAD_ROW - 1 :]]
    inside = {row - HEAD_ROW + 1: way for row, way in (ways or {}).items()}
    return Laid(f"bao cao.{kind}", MAKERS[kind](above, table, inside), place)


def place(row: int, column: int) -> str:
    return f"table 1, row {row - HEAD_ROW + 2}, column {column + 1}"


def left_out(report: Any) -> list[tuple[str, str]]:
    return sorted((f.rule, f.where) for f in report.findings if f.rule.startswith("text_"))


def otherwise_at_fault(report: Any) -> list[str]:
    bad = [f for f in report.findings if f.severity in ("error", "warning")]
    return [f.rule for f in bad if not f.rule.startswith("text_")]


@st.composite
def dressed(draw: st.DrawFn, kind: str, text: str) -> tuple[Dressed, str]:
    """A figure with a further piece in any look, and that look."""
    look = draw(st.sampled_from([*WAYS[kind]]))
    way = draw(st.sampled_from(WAYS[kind][look]))
    if not look:
        return Dressed(((text, way),)), ""
    more = draw(st.sampled_from(["9", "25", "1.150"] if look != "raised" else ["1", "(2)"]))
    pieces = ((text, ""), (more, way)) if draw(st.booleans()) else ((more, way), (text, ""))
    return Dressed(pieces), look


def is_read_as_seen(table: Table, hand: Hand, kind: str, data: st.DataObject, lay: Any) -> None:
    """Some figures have a further piece: it is no part of them, and is said at their cells."""
    table = replace(table, reading="per_person", values=COUNTS)
    hand = replace(hand, total=False)
    at_hand = data.draw(st.sets(st.integers(0, 7), min_size=1, max_size=4))
    changed: dict[tuple[int, int], Dressed] = {}
    expected: dict[tuple[int, int], str] = {}
    for row in sorted(at_hand):
        field = data.draw(st.sampled_from([PHONE, COUNT]))
        text = str(COUNTS[row]) if field == COUNT else phone(table.first + row)
        changed[row, field], look = data.draw(dressed(kind, text))
        expected[row, field] = look
    rows, at = typed(table, hand, changed)
    report = one_report(lay(kind, rows))

    assert report.facts["numerator_cumulative"] == sum(COUNTS)
    assert report.facts["distinct_phones"] == len(COUNTS)
    assert left_out(report) == sorted(
        (f"text_{look}", place(at[row], hand.order.index(field)))
        for (row, field), look in expected.items()
        if look
    )
    assert otherwise_at_fault(report) == []


@given(tables(), hands, st.sampled_from([*MAKERS]), st.data())
@settings(max_examples=120, **QUICK)
def test_a_piece_in_any_look_is_no_part_of_a_figure_and_is_said_at_its_cell(
    table, hand, kind, data
):
    is_read_as_seen(table, hand, kind, data, laid)


@pytest.mark.slow
@given(tables(), hands, st.sampled_from([*MAKERS]), st.data())
@settings(max_examples=1_000, **QUICK)
def test_very_many_pieces_are_no_part_of_their_figures(table, hand, kind, data):
    is_read_as_seen(table, hand, kind, data, laid)


@given(tables(), hands, st.sampled_from([*MAKERS]), st.sampled_from(LEFT_OUT), st.data())
@settings(max_examples=80, **QUICK)
def test_rows_struck_through_or_hidden_are_not_counted_and_each_is_said_once(
    table, hand, kind, look, data
):
    table = replace(table, reading="per_person", values=COUNTS)
    hand = replace(hand, total=False)
    out = data.draw(st.sets(st.integers(0, 7), min_size=1, max_size=3))
    rows, at = typed(table, hand, {})
    ways = [("row", way) for way in ROWS[kind].get(look, [])]
    ways += [("cells", way) for way in WAYS[kind][look]]
    by_row: dict[int, str] = {}
    for row in sorted(out):
        how, way = data.draw(st.sampled_from(ways))
        if how == "row":
            by_row[at[row]] = way
        else:
            rows[at[row]] = [Dressed(((str(value), way),)) for value in rows[at[row]]]
    report = one_report(laid(kind, rows, by_row))

    assert report.facts["numerator_cumulative"] == sum(COUNTS) - sum(COUNTS[row] for row in out)
    assert report.facts["distinct_phones"] == len(COUNTS) - len(out)
    assert left_out(report) == sorted(
        (f"text_{look}", place(at[row], hand.order.index(COUNT))) for row in out
    )
    assert otherwise_at_fault(report) == []
