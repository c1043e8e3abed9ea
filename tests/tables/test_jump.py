"""Increases far outside what the unit and the others do, worked out by hand."""

from __future__ import annotations

import random
import re
from time import process_time

import numpy as np
import pandas as pd
import pytest

from briefing.language import language
from briefing.params import Campaign
from briefing.sample.path import numerator_by_unit
from briefing.sample.plan import stagnant_units, units_of
from briefing.tables import build
from briefing.tables.increments import increments
from briefing.tables.jumps import jumps
from tests.params.test_campaign import ROOT
from tests.tables.tiny import AN, BINH, DONG, campaign, day, report, reports, rows, view
from tests.tables.tiny import found as no_findings

START = 10
CALM = {"b": 1000, "c": 1000, "d": 1000, "e": 1000, "f": 1000}
"""Five units that gain 100 of 10,000 owners a day."""


def series(**units: list[int | None]) -> pd.DataFrame:
    """Days from the 10th of units of 10,000 owners; `None`: nothing reported that day."""
    records = []
    for unit, figures in units.items():
        last, since = None, pd.NaT
        for number, reported in enumerate(figures):
            about = pd.Timestamp(day(START + number))
            known = reported is not None
            last, since = (reported, about) if known else (last, since)
            records.append(
                {
                    "unit_code": unit, "report_date": about, "report": len(records),
                    "numerator_cumulative": last, "denominator": 10_000,
                    "carried_from": pd.NaT if known else since,
                }
            )  # fmt: skip
    types = {"numerator_cumulative": "Int64", "report": "Int64"}
    return pd.DataFrame(records).astype(types)


def calm(days: int) -> dict[str, list[int | None]]:
    return {unit: [first + 100 * n for n in range(days)] for unit, first in CALM.items()}


def found(*figures: int | None, others: bool = True) -> list[tuple]:
    """Jumps of unit a on the last day: increase, days, the usual most, the others' median."""
    days = len(figures)
    history = series(a=[*figures], **(calm(days) if others else {}))
    jumped = jumps(increments(history), day(START + days - 1))
    assert set(jumped["unit_code"]) <= {"a"}
    columns = jumped[["increase", "days", "most", "others"]].astype(float).round(6)
    return list(columns.itertuples(index=False, name=None))


def test_a_digit_too_many_is_a_jump():
    """5432 → 54320 where 5532 was meant."""
    assert found(5132, 5232, 5332, 5432, 54320) == [(48888, 1, 100, 0.01)]


@pytest.mark.parametrize(
    ("figures", "jumped"),
    [((5000, 5100, 5200, 5300, 5900), True), ((5000, 5100, 5200, 5800), False)],
)
def test_three_increases_of_its_own_say_what_is_usual_where_nobody_else_reports(figures, jumped):
    """100 a day, then 600: far outside, where three days say so; two do not, and 1667 would be."""
    assert bool(found(*figures, others=False)) == jumped


def test_a_wrong_digit_is_a_jump_in_a_unit_that_gains_a_hundred_a_day():
    """5432 → 6432: 10 points in one day; the unit and the others gain 1 a day."""
    assert found(5132, 5232, 5332, 5432, 6432) == [(1000, 1, 100, 0.01)]


@pytest.mark.parametrize("increase", [0, 1, 100, 180, 225])
def test_an_ordinary_day_is_none(increase):
    """1 point a day, with a spread of at least a quarter of that: up to 1 + 5 × 0.25 points."""
    assert found(5132, 5232, 5332, 5432, 5432 + increase) == []


def test_just_beyond_five_spreads_is_one():
    assert len(found(5132, 5232, 5332, 5432, 5432 + 226)) == 1


def test_the_first_report_is_none_and_neither_is_the_second_in_the_measure_of_the_others():
    assert found(5432) == []
    assert found(5432, 5550) == []
    assert found(5432, 6432) == [(1000, 1, pytest.approx(float("nan"), nan_ok=True), 0.01)]


def test_what_is_made_up_for_after_days_without_a_report_is_spread_over_them():
    """800 in four days is 200 a day, no more than it may be."""
    assert found(5132, 5232, 5332, None, None, None, 6132) == []
    assert [jump[:2] for jump in found(5132, 5232, 5332, None, None, None, 9132)] == [(3800, 4)]


def test_a_unit_that_wakes_up_and_does_what_the_others_do_is_none():
    assert found(5000, 5001, 5002, 5003, 5103) == []


def test_a_day_on_which_all_gain_as_never_before_is_none():
    spurt = {unit: [*figures[:-1], figures[-2] + 1200] for unit, figures in calm(5).items()}
    history = series(a=[5132, 5232, 5332, 5432, 6632], **spurt)

    assert jumps(increments(history), day(14)).empty


def test_a_figure_that_comes_back_after_a_fall_is_none():
    """A digit was lost on the 13th and found again on the 14th."""
    assert found(5132, 5232, 5332, 543, 5532) == []
    assert found(5132, 5232, 5332, 543, 550, 5632) == []
    assert found(5132, 5232, 5332, 543, 5320) == []  # a little below where it had been


def test_a_slip_after_another_slip_is_one_all_the_same():
    assert [jump[0] for jump in found(5132, 5232, 54320, 5432, 15532)] == [10100]


def test_a_fall_is_no_jump():
    assert found(5132, 5232, 5332, 5432, 543) == []


def test_an_earlier_slip_does_not_hide_a_later_one():
    """The median doesn't move for one day of 45,000, and neither does what is usual."""
    assert found(5032, 5132, 50232, 5332, 5432, 6432) == [(1000, 1, 100, 0.01)]


def test_with_nothing_to_compare_with_a_sixth_of_all_owners_in_a_day_is_one():
    assert found(1000, 2666, others=False) == []
    (jump,) = found(1000, 2667, others=False)
    assert jump[0] == 1667 and np.isnan(jump[2:]).all()


def test_small_units_are_not_accused_of_chance():
    """Of 60 owners, 1 a day and then 5: four more than usual, and five times √1 are five."""
    history = series(a=[20, 21, 22, 23, 28], **calm(5))
    history.loc[history["unit_code"] == "a", "denominator"] = 60
    assert jumps(increments(history), day(14)).empty

    history.loc[history["report"] == 4, "numerator_cumulative"] = 30
    assert list(jumps(increments(history), day(14))["increase"]) == [7]


def project() -> tuple[Campaign, pd.DataFrame]:
    """The project's own campaign and the path that its illustrative figures follow."""
    own = Campaign.load(ROOT / "params")
    made = numerator_by_unit(own, 7, stagnant_units(units_of(own)))
    denominator = {row.unit_code: row.denominator for row in own.unit_rows}
    records = [
        {
            "unit_code": unit, "report_date": pd.Timestamp(about), "numerator_cumulative": figure,
            "denominator": denominator[unit], "carried_from": pd.NaT,
        }
        for unit, days in made.items()
        for about, figure in days.items()
    ]  # fmt: skip
    frame = pd.DataFrame(records)
    return own, frame.assign(report=frame.index).astype({"numerator_cumulative": "Int64"})


@pytest.mark.slow
def test_the_illustrative_campaign_has_none_and_a_slip_of_a_digit_anywhere_is_found():
    _own, history = project()
    known = increments(history)
    days = sorted(known["report_date"].unique())[3:]
    dice = random.Random(3)

    for about in days:
        assert jumps(known[known["report_date"] <= about], about.date()).empty, about
        unit = dice.choice(sorted(set(history["unit_code"])))
        slip = history.copy()
        at = slip["unit_code"].eq(unit) & slip["report_date"].eq(about)
        slip.loc[at, "numerator_cumulative"] += dice.choice([1000, 2000, 30_000])
        assert list(jumps(increments(slip), about.date())["unit_code"]) == [unit], (unit, about)


def test_a_province_is_judged_in_no_time():
    units = {f"{n:05}": [1000 + n, 1100 + n, 1200 + n, 1300 + n] for n in range(800)}
    history = series(**units)
    start = process_time()
    assert jumps(increments(history), day(START + 3)).empty
    assert process_time() - start < 2  # seconds, however busy the machine is


# As it is said


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


def test_the_message_says_how_much_against_what_is_usual(tiny):
    """Đông, of 400: 4 a day, then 200."""
    figures = {16: 100, 17: 104, 18: 108, 19: 112, 20: 312}
    records = [report(DONG, about, f"{about} 10:00", n) for about, n in figures.items()]
    with language("vi"):
        (one,) = build(view(*records), tiny, day(20)).findings.to_dict("records")

    assert one["rule"] == "jump" and one["severity"] == "warning"
    assert one["found"] == "312"
    said = one["message"].replace("\u00a0", " ")
    assert said == (
        "tăng 200 người trong một ngày (50,00 điểm phần trăm); "
        "các ngày trước mỗi ngày tăng nhiều nhất 4"
    )


@pytest.mark.slow
def test_a_figure_in_one_cell_is_found_at_that_cell_and_a_sum_at_the_row_that_jumped(tiny):
    whole = {"sources": {"numerator_cumulative": "Sheet1!E12"}, "reading": "total"}
    totals = [report(AN, 16, "16 10:00", 10) | whole, report(AN, 17, "17 10:00", 90) | whole]
    (one,) = build(view(*totals), tiny, day(17)).findings.to_dict("records")
    assert (one["rule"], one["where"]) == ("jump", "Sheet1!E12")

    listed = rows(
        *({"report": 0, "cell": f"Sheet1!E{8 + n}", "person": p, "value": 5}
          for n, p in enumerate("pqr")),
        *({"report": 1, "cell": f"Sheet1!E{8 + n}", "person": p, "value": v}
          for n, (p, v) in enumerate([("r", 6), ("p", 70), ("q", 6)])),
    )  # fmt: skip
    sums = [report(AN, 16, "16 10:00", 15), report(AN, 17, "17 10:00", 82)]
    made = build(type(view())(reports(*sums), listed, no_findings()), tiny, day(17))
    assert made.findings["where"].to_list() == ["Sheet1!E9"]


def test_a_fall_is_found_at_the_row_that_fell(tiny):
    listed = rows(
        {"report": 0, "cell": "Sheet1!E8", "person": "p", "value": 50},
        {"report": 0, "cell": "Sheet1!E9", "person": "q", "value": 20},
        {"report": 1, "cell": "Sheet1!E8", "person": "p", "value": 51},
        {"report": 1, "cell": "Sheet1!E9", "person": "q", "value": 2},
    )
    sums = [report(BINH, 16, "16 10:00", 70), report(BINH, 17, "17 10:00", 53)]
    made = build(type(view())(reports(*sums), listed, no_findings()), tiny, day(17))
    (one,) = made.findings.to_dict("records")

    assert (one["rule"], one["where"]) == ("cumulative_decrease", "Sheet1!E9")


def test_a_fall_below_half_asks_whether_it_is_the_days_count(tiny):
    records = [report(BINH, 16, "16 10:00", 70), report(BINH, 17, "17 10:00", 9)]
    with language("en"):
        (one,) = build(view(*records), tiny, day(17)).findings.to_dict("records")

    assert re.search("61 people fewer than on .*perhaps the day's count", one["message"])
