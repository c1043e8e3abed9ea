"""One unit beside the others, worked by hand on four units.

Owners: An 100, Bình 200, Cát 50, Đông 400. Target 60 % by the 18th, 90 % by the 20th.

| day | An          | Bình         | Cát        | Đông    |
|-----|-------------|--------------|------------|---------|
| 16  | 50 in time  | 104 in time  | 10 in time | nothing |
| 17  | 65 in time  | 110 late     | nothing    | nothing |
"""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.params.settings import Target
from briefing.register.view import View
from briefing.tables.levels import OWN
from briefing.tables.unit import Unit, next_targets, unit_of, unit_places
from tests.tables.tiny import (
    AN,
    BINH,
    CAT,
    DONG,
    build_once,
    campaign,
    correction,
    day,
    found,
    moment,
    report,
    reports,
    rows,
    view,
)

REPORTS = (
    report(AN, 16, "16 14:00", 50),
    report(BINH, 16, "16 14:30", 104),
    report(CAT, 16, "16 14:40", 10),
    report(AN, 17, "17 14:00", 65),
    report(BINH, 17, "17 15:30", 110),
)
EVE = "16 23:59"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


def unit(tiny, code: str, *more) -> Unit:
    """A unit on the 17th, with what was asked of it on the 16th, as it was known then."""
    records = (*REPORTS, *more)
    before = build_once(view(*records, as_of=EVE), tiny, day(16), as_of=moment(EVE))
    return unit_of(build_once(view(*records), tiny, day(17)), code, before)


@pytest.mark.slow
def test_a_unit_below_the_target_in_force_is_measured_against_it(tiny):
    ahead = unit(tiny, BINH).ahead

    assert (ahead["target_coverage"], ahead["target_date"]) == (0.6, pd.Timestamp("2021-08-18"))
    assert ahead["numerator_needed"] == 10  # 120 − 110
    assert (ahead["days_left"], ahead["pace_required"]) == (1, 10)  # on the 18th


@pytest.mark.slow
def test_a_unit_that_has_reached_the_target_is_measured_against_the_next(tiny):
    ahead = unit(tiny, AN).ahead

    assert (ahead["target_coverage"], ahead["target_date"]) == (0.9, pd.Timestamp("2021-08-20"))
    assert ahead["numerator_needed"] == 25  # 90 − 65
    assert (ahead["days_left"], ahead["pace_required"]) == (3, 25 / 3)


def test_on_the_day_of_a_target_a_unit_is_measured_against_the_next(tiny):
    records = (*REPORTS, report(BINH, 18, "18 14:00", 116))
    ahead = unit_of(build_once(view(*records), tiny, day(18)), BINH).ahead

    assert (ahead["target_coverage"], ahead["target_date"]) == (0.9, pd.Timestamp("2021-08-20"))
    assert (ahead["numerator_needed"], ahead["days_left"]) == (64, 2)  # 180 − 116
    assert (ahead["pace_required"], ahead["outlook"]) == (32, "out_of_reach")


@pytest.mark.slow
def test_a_unit_that_has_reached_every_target_is_measured_against_the_last(tiny):
    row = unit(tiny, AN, report(AN, 17, "17 14:30", 95)).row.to_frame().T.convert_dtypes()
    ahead = next_targets(row.assign(coverage_sure=0.95), tiny.targets).iloc[0]

    assert (ahead["target_coverage"], ahead["numerator_needed"]) == (0.9, 0)
    assert ahead["outlook"] == "reached"


def test_a_unit_that_only_a_jump_takes_over_a_target_is_measured_against_that_one(tiny):
    row = unit(tiny, AN, report(AN, 17, "17 14:30", 95)).row.to_frame().T.convert_dtypes()
    ahead = next_targets(row, tiny.targets).iloc[0]

    assert (ahead["target_coverage"], ahead["outlook"]) == (0.6, "in_doubt")


def test_nothing_is_needed_that_can_be_counted_where_no_figure_is_known(tiny):
    ahead = unit(tiny, DONG).ahead

    assert ahead["target_coverage"] == 0.6
    assert pd.isna(ahead["numerator_needed"])


def test_targets_of_days_gone_by_are_not_ahead(tiny):
    late = unit(tiny, BINH).row.to_frame().T.convert_dtypes()
    late = late.assign(report_date=pd.Timestamp("2021-08-19"))

    ahead = next_targets(late, [Target(coverage=0.6, date=day(18)), *tiny.targets[1:]]).iloc[0]

    assert (ahead["target_coverage"], ahead["numerator_needed"]) == (0.9, 70)  # 180 − 110


@pytest.mark.parametrize(
    ("code", "asked"),
    [(AN, []), (BINH, ["gain"]), (CAT, ["report"]), (DONG, ["report"])],
)
def test_of_a_unit_is_asked_what_its_own_figures_ask_for(tiny, code, asked):
    assert unit(tiny, code).asked["ask"].tolist() == asked


def test_nothing_is_asked_while_nothing_is_due_and_nothing_has_come(tiny):
    assert unit_of(build_once(view(), tiny, day(15)), AN).asked.empty


@pytest.mark.parametrize(
    ("code", "gained", "outcome"),
    [
        (AN, 15, "done"),  # asked for 10 in 2 days
        (BINH, 6, "partly"),  # asked for 16 in 2 days
        (CAT, None, "waiting"),  # no report on the 17th: what was gained is not known
    ],
)
def test_what_was_asked_the_day_before_is_followed_up(tiny, code, gained, outcome):
    followed = unit(tiny, code).followed_up.iloc[0]

    assert (followed["ask"], followed["outcome"]) == ("gain", outcome)
    assert pd.isna(followed["gained"]) if gained is None else followed["gained"] == gained


@pytest.mark.slow
def test_what_was_asked_is_what_was_asked_then_whatever_came_later(tiny):
    late = report(DONG, 16, "17 08:00", 300)  # the 16th's report, on the morning of the 17th

    followed = unit(tiny, DONG, late).followed_up.iloc[0]

    assert (followed["ask"], followed["outcome"]) == ("report", "done")


def test_without_a_day_before_nothing_is_followed_up(tiny):
    known = build_once(view(*REPORTS), tiny, day(17))

    assert unit_of(known, AN).followed_up.empty


def test_the_day_of_the_unit_alone_holds_no_other_unit(tiny):
    known = View(
        reports(*REPORTS),
        rows(*({"report": n, "cell": "E5", "place": "1", "value": 5} for n in range(5))),
        found(*(
            {"report": n, "severity": "error", "rule": "phone_invalid", "where": "Sheet1!D5",
             "found": "09xxx1", "message": "m", "suggestion": "s"} for n in (3, 4)
        )),
    )  # fmt: skip
    whole = build_once(known, tiny, day(17))
    own = unit_of(whole, AN).own

    for name in OWN:
        assert set(getattr(own, name)["unit_code"].dropna()) <= {AN}, name
    assert len(own.findings) == 1
    assert own.reports.index.tolist() == [0, 3]  # the numbers that other tables point to
    assert own.whole.equals(whole.whole)


def test_a_correction_that_names_another_unit_is_not_shown_to_either(tmp_path):
    moved = correction(
        file="16/00001 16 14:00.xlsx", column="unit_code", value=BINH, report_date=day(16)
    )
    tiny = campaign(tmp_path).corrected((moved,))
    whole = build_once(view(*REPORTS), tiny, day(16))

    assert whole.corrections["unit_code"].notna().any()
    for code in (AN, BINH):
        assert unit_of(whole, code).own.corrections.empty


# Hamlets

KNOWN = pd.DataFrame(
    {"unit_code": [AN] * 3 + [BINH], "place": ["1", "2", "3", "1"],
     "label": ["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 1"]}
)  # fmt: skip


def reported(*pairs: tuple[str | None, int], code: str = AN) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["place", "numerator_cumulative"])
    types = {"place": "string", "numerator_cumulative": "Int64"}
    frame = frame.astype(types).assign(unit_code=code, carried_from=pd.NaT)
    return frame.assign(coverage=frame["numerator_cumulative"] / 40)


def test_a_hamlet_that_is_not_in_the_report_is_missing_not_zero():
    table = unit_places(reported(("2", 30), ("1", 10)), KNOWN, AN)

    assert table["label"].tolist() == ["Thôn 2", "Thôn 1", "Thôn 3"]
    assert table["numerator_cumulative"].tolist() == [30, 10, pd.NA]
    assert table["share"].tolist()[:2] == [0.75, 0.25]
    assert table["coverage"].tolist()[:2] == [0.75, 0.25]
    assert pd.isna(table["coverage"].iloc[2])
    assert pd.isna(table["share"].iloc[2])


def test_a_hamlet_that_reports_zero_is_zero():
    table = unit_places(reported(("1", 0), ("2", 0)), KNOWN, AN)

    assert table["numerator_cumulative"].tolist() == [0, 0, pd.NA]
    assert table["share"].isna().all()  # no share of nothing


def test_rows_of_a_hamlet_that_is_not_recognised_count_in_the_whole():
    table = unit_places(reported(("1", 30), (None, 10)), KNOWN, AN)

    assert table["numerator_cumulative"].tolist()[:2] == [30, 10]
    assert table["place"].isna().tolist()[:2] == [False, True]
    assert table["share"].tolist()[:2] == [0.75, 0.25]
    assert table["coverage"].tolist()[:2] == [0.75, 0.25]
    assert pd.isna(table["coverage"].iloc[2])


def test_hamlets_of_another_unit_are_not_shown():
    table = unit_places(reported(("1", 30), code=BINH), KNOWN, AN)

    assert table["numerator_cumulative"].isna().all()
    assert len(table) == 3
