"""A campaign that reports every Friday: its statuses, rises and paces, worked out by hand."""

from __future__ import annotations

from functools import reduce

import pandas as pd
import pytest

from briefing.params import Campaign
from briefing.tables import build
from briefing.tables.trace import trace_of
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG, report

CHANGED = {
    "{start: 2021-08-15, end: 2021-08-25}": "{start: 2021-08-02, end: 2021-09-30}",
    "{from: 2021-08-16, to: 2021-08-19, deadline": (
        "{every: week, on: friday, from: 2021-08-02, to: 2021-08-31, deadline"
    ),
    '"15:00"': '"10:00"',
    "date: 2021-08-18}": "date: 2021-09-10}",
    "date: 2021-08-20}": "date: 2021-09-30}",
}
WEEKLY = reduce(lambda text, change: text.replace(*change), CHANGED.items(), tiny.CAMPAIGN)
FRIDAYS = [
    *(report(unit, 6, "06 09:00", n) for unit, n in ((AN, 10), (BINH, 40), (CAT, 5), (DONG, 80))),
    *(report(unit, 13, "13 09:00", n) for unit, n in ((AN, 17), (BINH, 54), (DONG, 150))),
    report(AN, 20, "20 09:59", 31),
    report(BINH, 20, "20 10:00", 61),
    report(CAT, 20, "20 09:00", 33),
]  # Đông Hải sends nothing on the 20th, Cát Tường nothing on the 13th


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("weekly") / "params"
    return Campaign.load(tiny.params_folder(folder, WEEKLY))


def on(campaign, about: int, *records):
    return build(tiny.view(*(records or FRIDAYS)), campaign, tiny.day(about))


def column(day, name: str) -> dict:
    return day.units.set_index("unit_code")[name].to_dict()


def test_nothing_is_due_on_other_days(campaign):
    fridays = [f"{day:%d/%m}" for day in on(campaign, 20).whole["report_date"]]

    assert fridays == ["06/08", "13/08", "20/08"]


def test_the_deadline_is_that_of_the_friday(campaign):
    status = column(on(campaign, 20), "status")

    assert status == {AN: "on_time", BINH: "late", CAT: "on_time", DONG: "missing"}


@pytest.mark.slow
def test_a_rise_is_over_its_week_or_over_those_that_were_missed(campaign):
    day = on(campaign, 20)

    assert column(day, "numerator_new")[AN] == 14 and column(day, "numerator_new_days")[AN] == 7
    assert column(day, "numerator_new")[CAT] == 28 and column(day, "numerator_new_days")[CAT] == 14
    assert column(day, "carried_from")[DONG] == pd.Timestamp("2021-08-13")


def test_the_pace_is_persons_a_day_over_the_weeks_between(campaign):
    day = on(campaign, 20)

    assert column(day, "pace_observed")[AN] == 1.5  # (31 − 10) / 14
    assert column(day, "pace_required")[AN] == pytest.approx(29 / 21)  # 60 of 100, 20/8 → 10/9
    assert column(day, "outlook")[AN] == "on_track"


def test_the_rise_of_the_whole_is_compared_with_the_week_before(campaign):
    whole = on(campaign, 20).whole.set_index("report_date")

    # to 13/8: 7 + 14 + 70, and half of Cát Tường's 28; to 20/8: 14 + 7 + 14, Đông Hải unknown
    assert whole["numerator_new"].tolist()[1:] == [105, 35]
    assert whole["rise_change"].iloc[-1] == (14 - 7) + (7 - 14) + (14 - 14)
    assert whole["numerator_new_days"].tolist()[1:] == [7, 7]


@pytest.mark.parametrize(("written", "said"), [(19, []), (21, []), (23, ["23/8"])])
def test_a_report_of_another_day_counts_for_the_friday_next_to_it_and_of_another_week_is_told(
    campaign, written, said
):
    day = on(campaign, 20, *FRIDAYS[:7], report(AN, written, "20 08:00", 31))
    told = day.findings[day.findings["rule"].eq("date_conflict")]

    assert column(day, "numerator_cumulative")[AN] == 31
    assert column(day, "status")[AN] == "on_time"
    assert told["unit_code"].tolist() == [AN] * len(said)
    assert told["found"].tolist() == said


def test_each_rise_is_traced_to_the_figures_of_both_fridays(campaign):
    trace = trace_of(on(campaign, 20))
    rise = trace[trace["table"].eq("whole") & trace["column"].eq("numerator_new")]

    assert sorted(rise["value"].astype(float)) == [7, 14, 14]
