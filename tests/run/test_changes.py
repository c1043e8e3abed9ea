"""`briefing changes`: one day at two moments of knowledge."""

from __future__ import annotations

import json

import pytest

from tests.run.conftest import DAY, Office

DEADLINE, EVENING = f"{DAY}T15:00", f"{DAY}T23:00"


@pytest.fixture
def told(published: Office):
    def run(*arguments: str) -> list[dict]:
        done = published.briefing("changes", "--date", DAY, "--json", *arguments)
        assert done.code == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    return run


@pytest.mark.slow
def test_what_came_after_the_deadline_is_told_with_its_report(published, told):
    units = published.table("communes").set_index("unit_code")
    late = units[units["status"].eq("late")]
    assert len(late)

    changed = told("--then", DEADLINE)

    statuses = [c for c in changed if c["column"] == "status" and c["report_date"] == DAY]
    assert {c["unit_code"] for c in statuses} >= {*late.index}
    counts = {
        c["unit_code"]: c
        for c in changed
        if c["column"] == "installs_cumulative" and c["report_date"] == DAY
    }
    for code, unit in late.iterrows():
        assert int(counts[code]["known_now"]) == unit["installs_cumulative"]
        assert counts[code]["received_at"] == unit["received_at"] > DEADLINE
        assert (published.inbox / counts[code]["file"]).is_file()


@pytest.mark.slow
def test_the_whole_at_each_moment_is_that_of_the_day_at_that_moment(published, told):
    town = published.table("town").iloc[-1]

    (whole,) = (
        c
        for c in told("--then", DEADLINE)
        if c["cause"] == "units" and c["column"] == "installs_cumulative"
    )

    assert int(whole["known_now"]) == town["installs_cumulative"]
    assert int(whole["known_then"]) < int(whole["known_now"])


@pytest.mark.slow
def test_between_two_moments_without_a_report_nothing_has_changed(told):
    assert told("--then", f"{DAY}T03:00", "--as-of", f"{DAY}T03:01") == []


@pytest.mark.slow
def test_for_people_it_is_a_table_that_names_both_moments(published):
    done = published.briefing("changes", "--date", DAY, "--then", DEADLINE, "--as-of", EVENING)

    assert done.code == 0, done.err
    assert "Đã biết lúc 15h00 ngày 16/8/2021 và lúc 23h00 ngày 16/8/2021" in done.out.replace(
        "\xa0", " "
    )


@pytest.mark.slow
def test_an_earlier_moment_that_is_not_earlier_is_refused(published):
    done = published.briefing("changes", "--date", DAY, "--then", EVENING, "--as-of", DEADLINE)

    assert (done.code, done.out) == (2, "")
    assert "2021-08-16T23:00+07:00 không sớm hơn 2021-08-16T15:00+07:00" in done.err
    assert "Chưa chạy gì" in done.err
