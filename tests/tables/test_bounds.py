"""Where the analysis changes its mind: just inside each bound, and just outside."""

from types import SimpleNamespace

import pandas as pd
import pytest

from briefing.tables.alike import Alike, across, together
from briefing.tables.cells import ByReport, of_change, of_largest
from briefing.tables.headline import misleads
from briefing.tables.prior import Prior, day_reading, still_holds


def remark(text: str) -> SimpleNamespace:
    return SimpleNamespace(kind="phone_invalid", message=text)


@pytest.mark.parametrize(("texts", "lines"), [(3, 3), (4, 1)])
def test_up_to_3_texts_of_a_kind_have_a_line_each(texts, lines):
    found = [remark(f"Ô D{row}") for row in range(texts)]

    assert len(together(found, lambda one: "")) == lines


@pytest.mark.parametrize(("senders", "lines"), [(3, 3), (4, 1)])
def test_up_to_3_senders_of_the_same_fault_have_a_line_each(senders, lines):
    said = [
        Alike(
            (f"2164{n}",), "warning", "phone_invalid", "", ((f"{n}.xlsx", "D3"),), "", "", "", True
        )
        for n in range(senders)
    ]

    assert len(across(said)) == lines


@pytest.mark.parametrize(("kept", "holds"), [(95, True), (94, False)])
def test_a_list_so_far_holds_95_of_100_phones_of_the_one_before(kept, holds):
    phones = pd.DataFrame({"phone": [f"p{n}" for n in range(100)], "used": True})
    prior = Prior(phones, total=100, reading="roster_all", alone="roster_all")
    report = pd.Series({"reading": "roster_all"})

    assert still_holds(report, phones.head(kept), prior) == holds


@pytest.mark.parametrize(
    ("earlier", "now", "of_the_day"),
    [
        ([10] * 10, [9] * 5 + [10] * 5, True),  # half of the persons count less
        ([10] * 10, [9] * 4 + [10] * 6, False),  # 4 of 10 may be corrected
        ([10] * 4, [9] * 2 + [10] * 2, True),
        ([10] * 2, [9, 10], False),  # a single one is a correction
        ([30] * 3 + [10] + [0] * 6, [13] * 3 + [10] + [0] * 6, True),  # 3 of 10, and 49 of 100
        ([30] * 3 + [10] + [0] * 6, [14, 13, 13, 10] + [0] * 6, False),  # half of the sum is left
    ],
)
def test_counts_are_of_one_day_where_so_many_persons_count_less(earlier, now, of_the_day):
    def counted(counts):
        names = [f"p{n}" for n in range(len(counts))]
        return pd.DataFrame({"person": names, "place": pd.NA, "value": counts, "used": True})

    prior = Prior(counted(earlier), total=sum(earlier), reading="per_person", alone="per_person")
    report = pd.Series({"reading": "per_person", "numerator_cumulative": sum(now)})
    reading = day_reading(report, counted(now), prior, None, most=1000)

    assert reading == ("increment" if of_the_day else None)


@pytest.mark.parametrize(("rate", "leads"), [(0.529, False), (0.531, True), (0.469, True)])
def test_a_rate_up_to_3_points_from_that_without_doubts_may_lead(rate, leads):
    told = pd.Series({"coverage": rate, "coverage_sure": 0.5, "units_doubtful": 1})

    assert misleads(told, [0.6, 0.9]) == leads


def report(name: int, count: int) -> pd.Series:
    return pd.Series(
        {"reading": "per_person", "file": "BC.xlsx", "member": "", "numerator_cumulative": count,
         "sources": {"numerator_cumulative": "E12:E13"}}, name=name,
    )  # fmt: skip


def rows(report: int, counts: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {"report": report, "person": ["a", "b", "c"], "place": "", "phone": "", "value": counts,
         "cell": ["E12", "E13", "E14"], "used": True}
    )  # fmt: skip


@pytest.mark.parametrize(("counts", "place"), [([5, 3, 2], "E12"), ([4, 3, 3], "BC.xlsx")])
def test_a_row_with_half_of_a_change_is_its_place(counts, place):
    both = pd.concat([rows(0, [0, 0, 0]), rows(1, counts)], ignore_index=True)

    assert of_change(report(1, 10), report(0, 0), ByReport(both), 10) == place


@pytest.mark.parametrize(("counts", "place"), [([6, 2, 2], "E12"), ([5, 3, 2], "BC.xlsx")])
def test_a_row_with_more_than_half_of_a_figure_is_its_place(counts, place):
    assert of_largest(report(1, 10), ByReport(rows(1, counts))) == place
