"""Whom to call: worked by hand on four units."""

import pandas as pd
import pytest

from briefing.tables.actions import actions, asks, reachable
from tests.tables.tiny import AN, BINH, CAT, DONG, NAMES

COLUMNS = {"unit_code": "string", "doubts": "string", "numerator_moved": "Int64"}


def units(**needs: tuple[int | None, str | None]) -> pd.DataFrame:
    """Units by their letter: people needed (`None`: nothing known), status."""
    codes = {"a": AN, "b": BINH, "c": CAT, "d": DONG}
    rows = [
        {
            "unit_code": codes[letter],
            "unit_name": NAMES[codes[letter]],
            "numerator_needed": needed,
            "pace_required": None if needed is None else needed / 4,
            "denominator": 1_000,
            "target_coverage": 0.6,
            "target_date": pd.Timestamp("2021-08-20"),
            "numerator_cumulative": None if needed is None else 600 - needed,
            "status": status,
            "outlook": "reached" if needed == 0 else "behind",
            "coverage": None if needed is None else 0.6 - needed / 1_000,
            "pace_observed": None if needed is None else needed / 5,
            "pace_reachable": None,
            "carried_from": pd.NaT if status in ("on_time", "late") else pd.Timestamp("2021-08-16"),
            "report": None if needed is None else 1,
        }
        for letter, (needed, status) in needs.items()
    ]
    types = dict.fromkeys(["numerator_needed", "numerator_cumulative", "report"], "Int64")
    paces = ["pace_required", "pace_observed", "pace_reachable", "coverage"]
    return pd.DataFrame(rows).astype(
        {**types, **dict.fromkeys(paces, "Float64"), "status": "string"}
    )


def doubtful(**moved: tuple[str, int]) -> pd.DataFrame:
    """Units in doubt, by their letter: the rules, and the people by which they move the total."""
    codes = {"a": AN, "b": BINH, "c": CAT, "d": DONG}
    rows = [(codes[letter], *told) for letter, told in moved.items()]
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype(COLUMNS)


def asked(day: pd.DataFrame, wrong: pd.DataFrame | None = None) -> list[tuple[str, str, str]]:
    listed = actions(asks(day, doubtful() if wrong is None else wrong))
    return list(listed[["unit_code", "ask", "why"]].itertuples(index=False, name=None))


def test_the_unit_that_needs_most_people_comes_first():
    day = units(a=(50, "on_time"), b=(300, "on_time"), c=(200, "on_time"), d=(250, "on_time"))

    assert asked(day) == [  # 750 of 800; at least three; Bình has the lowest rate too
        (BINH, "gain", "lowest"), (DONG, "gain", "most"), (CAT, "gain", "most"),
    ]  # fmt: skip


def test_a_missing_figure_weighs_half_of_the_largest_need():
    day = units(a=(140, "missing"), b=(300, "on_time"), c=(200, "on_time"), d=(0, "on_time"))

    listed = actions(asks(day, doubtful()))

    assert listed["unit_code"].tolist() == [BINH, AN, CAT]
    assert listed["ask"].tolist() == ["gain", "report", "gain"]
    assert listed["weight"].tolist() == pytest.approx([1.3, 140 / 300 + 0.5, 200 / 300])


def test_a_figure_in_doubt_ranks_by_how_far_it_moves_the_total_not_by_what_the_unit_needs():
    day = units(a=(1, "on_time"), b=(300, "on_time"), c=(290, "on_time"), d=(280, "on_time"))

    far = actions(asks(day, doubtful(a=("cumulative_decrease jump", -270))))
    little = actions(asks(day, doubtful(a=("cumulative_decrease", -3))))

    assert far["unit_code"].tolist()[0] == AN  # 270/300 + 0.5, before the lowest's 1.3
    assert far.iloc[0][["ask", "why", "doubts"]].tolist() == [
        "check", "doubt", "cumulative_decrease jump",
    ]  # fmt: skip
    assert little["unit_code"].tolist() == [BINH, CAT, DONG, AN]  # 0.51, after 280/300


def test_a_figure_in_doubt_is_never_the_lowest():
    day = units(a=(200, "on_time"), b=(300, "on_time"), c=(100, "on_time"))

    assert (AN, "gain", "lowest") in asked(day, doubtful(b=("jump", 10)))


@pytest.mark.parametrize(("pace", "why"), [(9.9, "stalled"), (10, "most")])
def test_less_than_a_fifth_of_what_is_needed_a_day_is_hardly_rising(pace, why):
    day = units(a=(200, "on_time"), b=(300, "on_time"))  # 50 a day are needed of An
    day.loc[0, "pace_observed"] = pace

    assert (AN, "gain", why) in asked(day)


def test_a_unit_that_reports_well_and_keeps_pace_is_not_called():
    day = units(a=(200, "on_time"), b=(300, "on_time"))
    day.loc[1, "outlook"] = "on_track"

    assert [code for code, _ask, _why in asked(day)] == [AN]


def test_no_more_a_day_is_asked_than_the_pace_of_the_fastest_unit_would_give():
    day = units(a=(90, "on_time"), b=(300, "on_time"))
    day["pace_reachable"] = pd.array([20, 80], "Float64")

    listed = actions(asks(day, doubtful())).set_index("unit_code")

    assert listed.at[AN, "pace_asked"] == 20  # of the 22.5 a day that are needed
    assert listed.at[BINH, "pace_asked"] == 75


def test_the_fastest_unit_is_none_whose_figure_is_in_doubt():
    day = units(a=(90, "on_time"), b=(300, "on_time"), c=(200, "on_time"))  # 18, 60, 40 a day

    assert reachable(day, doubtful(b=("jump", 50))).tolist() == [40, 40, 40]
    assert reachable(day, doubtful()).tolist() == [60, 60, 60]


def test_the_first_of_each_kind_is_named_however_many_send_nothing():
    day = units(a=(200, "missing"), b=(210, "missing"), c=(300, "on_time"), d=(1, "on_time"))
    many = pd.concat([day.iloc[[0, 1]]] * 10 + [day.iloc[2:]], ignore_index=True)
    many["unit_code"] = [*(f"{n:05}" for n in range(100, 120)), CAT, DONG]

    listed = actions(asks(many, doubtful(d=("jump", 2))))

    assert len(listed) == 7
    assert {"no_report", "doubt", "lowest"} <= set(listed["why"])


def test_a_unit_that_never_reported_needs_its_whole_target():
    day = units(a=(None, "missing"), b=(300, "on_time"))

    assert asked(day) == [(AN, "report", "no_report"), (BINH, "gain", "most")]


def test_nobody_is_called_where_all_have_reached_the_target_and_reported_well():
    assert asked(units(a=(0, "on_time"), b=(0, "on_time"))) == []


def test_no_more_than_seven_are_called():
    many = pd.concat([units(a=(100, "missing"))] * 20, ignore_index=True)
    many["unit_code"] = [f"{n:05}" for n in range(20)]

    assert len(actions(asks(many, doubtful()))) == 7


def test_before_the_deadline_nobody_is_asked_for_a_report_nor_for_a_figure_never_given():
    day = units(a=(140, "not_due"), b=(None, "not_due"))

    assert [code for code, ask, _why in asked(day) if ask == "gain"] == [AN]


def test_the_list_ends_with_the_unit_that_makes_up_sixty_percent_of_the_people_needed():
    many = pd.concat([units(a=(100, "on_time"))] * 10, ignore_index=True)
    many["unit_code"] = [f"{n:05}" for n in range(10)]

    assert len(actions(asks(many, doubtful()))) == 6  # 600 of 1,000


def test_a_late_report_weighs_a_twentieth_of_the_largest_need():
    day = units(a=(100, "late"), b=(114, "on_time"), c=(300, "on_time"))  # 115/300 for An

    assert [code for code, _ask, _why in asked(day)] == [CAT, AN, BINH]

    day = units(a=(100, "late"), b=(116, "on_time"), c=(300, "on_time"))

    assert [code for code, _ask, _why in asked(day)] == [CAT, BINH, AN]
