"""Whom to call: worked by hand on four units."""

import pandas as pd
import pytest

from briefing.tables.actions import actions
from tests.tables.tiny import AN, BINH, CAT, DONG, NAMES

NO_FINDINGS = pd.DataFrame({"unit_code": [], "rule": [], "severity": []}, dtype="string")


def units(**needs: tuple[int | None, str | None]) -> pd.DataFrame:
    """Units by their letter: people needed (`None`: nothing known), status."""
    codes = {"a": AN, "b": BINH, "c": CAT, "d": DONG}
    rows = [
        {
            "unit_code": codes[letter],
            "unit_name": NAMES[codes[letter]],
            "installs_needed": needed,
            "pace_required": None if needed is None else needed / 4,
            "smartphone_owners": 1_000,
            "target_coverage": 0.6,
            "target_date": pd.Timestamp("2021-08-20"),
            "installs_cumulative": None if needed is None else 600 - needed,
            "status": status,
            "outlook": "behind",
            "carried_from": pd.NaT if status in ("on_time", "late") else pd.Timestamp("2021-08-16"),
            "report": None if needed is None else 1,
        }
        for letter, (needed, status) in needs.items()
    ]
    types = dict.fromkeys(["installs_needed", "installs_cumulative", "report"], "Int64")
    return pd.DataFrame(rows).astype({**types, "pace_required": "Float64", "status": "string"})


def findings(*pairs: tuple[str, str]) -> pd.DataFrame:
    found = pd.DataFrame(pairs, columns=["unit_code", "rule"], dtype="string")
    return found.assign(severity="warning")


def test_the_unit_that_needs_most_people_comes_first():
    day = units(a=(50, "on_time"), b=(300, "on_time"), c=(200, "on_time"), d=(250, "on_time"))

    listed = actions(day, NO_FINDINGS)

    assert listed["unit_code"].tolist() == [BINH, DONG, CAT]  # 750 of 800; at least three
    assert listed["ask"].unique().tolist() == ["install"]


def test_a_missing_figure_weighs_half_of_the_largest_need():
    day = units(a=(140, "missing"), b=(300, "on_time"), c=(200, "on_time"), d=(0, "on_time"))

    listed = actions(day, NO_FINDINGS)

    assert listed["unit_code"].tolist() == [BINH, AN, CAT]  # 1; 140/300 + 0.5; 200/300
    assert listed["ask"].tolist() == ["install", "report", "install"]
    assert listed["weight"].tolist() == pytest.approx([1, 140 / 300 + 0.5, 200 / 300])


def test_a_figure_in_doubt_is_to_be_checked_and_names_why():
    day = units(a=(200, "on_time"), b=(300, "on_time"), c=(1, "on_time"))

    listed = actions(day, findings((AN, "jump"), (AN, "cumulative_decrease"), (AN, "late")))

    first = listed.iloc[0]
    assert (first["unit_code"], first["ask"]) == (AN, "check")
    assert first["doubts"] == "cumulative_decrease jump"


def test_a_doubt_that_has_been_answered_is_none():
    day = units(a=(200, "on_time"), b=(300, "on_time"))

    listed = actions(day, findings((AN, "jump")).assign(severity="info"))

    assert listed["ask"].tolist() == ["install", "install"]


def test_a_unit_that_never_reported_needs_its_whole_target():
    listed = actions(units(a=(None, "missing"), b=(300, "on_time")), NO_FINDINGS)

    assert listed["unit_code"].tolist() == [AN, BINH]
    assert listed["ask"].tolist() == ["report", "install"]


def test_nobody_is_called_where_all_have_reached_the_target_and_reported_well():
    assert actions(units(a=(0, "on_time"), b=(0, "on_time")), NO_FINDINGS).empty


def test_no_more_than_seven_are_called():
    many = pd.concat([units(a=(100, "missing"))] * 20, ignore_index=True)
    many["unit_code"] = [f"{n:05}" for n in range(20)]

    assert len(actions(many, NO_FINDINGS)) == 7


def test_before_the_deadline_nobody_is_asked_for_a_report_nor_for_a_figure_never_given():
    listed = actions(units(a=(140, "not_due"), b=(None, "not_due")), NO_FINDINGS)

    assert listed["unit_code"].tolist() == [AN]  # by its figure of the day before
    assert listed["ask"].tolist() == ["install"]
