"""Reports that only say again what an earlier day's said."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.tables.selection import copy_of
from tests.tables.tiny import AN, BINH, day, report, reports, rows

LIST = [("p", "1", 5), ("q", "2", 8), ("r", "3", 4)]


def listed(number: int, entries) -> list[dict]:
    return [{"report": number, "person": p, "place": h, "value": v} for p, h, v in entries]


def copies(*lists, units=(AN, AN), figures=(17, 17)) -> list:
    """Of reports of consecutive days from the 16th with these rows: which day each repeats."""
    records = [
        report(unit, 16 + n, f"{16 + n} 10:00", figure, rows=3)
        for n, (unit, figure) in enumerate(zip(units, figures, strict=True))
    ]
    data = [row for n, entries in enumerate(lists) for row in listed(n, entries)]
    found = copy_of(reports(*records), rows(*data))
    return [None if pd.isna(at) else at.date() for at in found]


def test_the_same_rows_in_another_order_are_a_copy():
    assert copies(LIST, LIST[::-1]) == [None, day(16)]


@pytest.mark.parametrize("changed", [("p", "1", 6), ("x", "1", 5), ("p", "2", 5)])
def test_rows_of_which_one_differs_are_none(changed):
    assert copies(LIST, [changed, *LIST[1:]]) == [None, None]


def test_the_same_rows_with_another_figure_are_none():
    """A crew that stands there every day, with the commune's total in one cell."""
    assert copies(LIST, LIST, figures=(17, 20)) == [None, None]


def test_the_same_rows_of_another_unit_are_no_copy_of_an_earlier_day():
    assert copies(LIST, LIST, units=(AN, BINH)) == [None, None]


def test_other_people_marked_in_the_same_list_are_none():
    one = [{"report": 0, "person": p, "used": p != "r"} for p in "pqr"]
    other = [{"report": 1, "person": p, "used": p != "q"} for p in "pqr"]
    records = [report(AN, 16, "16 10:00", 2, rows=3), report(AN, 17, "17 10:00", 2, rows=3)]

    assert copy_of(reports(*records), rows(*one, *other)).isna().all()


def test_one_row_alone_is_no_proof():
    records = [report(AN, 16, "16 10:00", 5, rows=1), report(AN, 17, "17 10:00", 5, rows=1)]

    assert copy_of(reports(*records), rows(*listed(0, LIST[:1]), *listed(1, LIST[:1]))).isna().all()


def test_reports_that_nothing_is_known_of_to_the_letter_are_none():
    records = [
        report(AN, 16 + n, f"{16 + n} 10:00", 5 + n, rows=3) | {"letter": ""} for n in range(2)
    ]

    assert copy_of(reports(*records), rows()).isna().all()
