"""Many days, each as it was known at its own end."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import ParamsError
from briefing.params import RunParams
from briefing.run.backfill import days_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def run(tmp_path):
    return RunParams.checked({"inbox": str(tmp_path), "outputs": str(tmp_path / "out")})


def test_each_day_is_seen_from_its_own_last_second(run):
    days = days_of(run, date(2021, 8, 16), date(2021, 8, 17))

    assert [(day.report_date, day.as_of) for day in days] == [
        (date(2021, 8, 16), datetime(2021, 8, 16, 23, 59, 59, tzinfo=ZONE)),
        (date(2021, 8, 17), datetime(2021, 8, 17, 23, 59, 59, tzinfo=ZONE)),
    ]


def test_a_range_may_be_one_day(run):
    (day,) = days_of(run, date(2021, 8, 16), date(2021, 8, 16))

    assert day.report_date == date(2021, 8, 16)


def test_an_earlier_moment_of_knowledge_counts(run):
    known = run.at(date(2021, 8, 16), datetime(2021, 8, 17, 9, tzinfo=ZONE))

    days = days_of(known, date(2021, 8, 16), date(2021, 8, 17))

    assert [day.as_of.hour for day in days] == [23, 9]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2021, 8, 17), date(2021, 8, 16), "--from 2021-08-17"),
        (date(2021, 8, 9), date(2021, 8, 16), "2021-08-09"),
        (date(2021, 8, 16), date(2021, 8, 31), "2021-08-31"),
    ],
)
def test_a_range_that_is_wrong_is_refused_before_anything_is_run(run, first, last, said):
    with pytest.raises(ParamsError, match=said):
        days_of(run, first, last)


@pytest.mark.slow
def test_a_range_is_made_day_by_day_and_equals_single_runs(office):
    done = office.briefing("backfill", "--from", "2021-08-15", "--to", "2021-08-16",
                           "--workers", "2")  # fmt: skip
    folders = [office.folder / "outputs" / day for day in ("2021-08-15", "2021-08-16")]

    assert done.code == 0, done.err
    assert done.out.split() == [str(folder) for folder in folders]
    tables = {p.name: p.read_bytes() for p in (folders[1] / "tables").rglob("*.csv")}
    intake = json.loads((folders[1] / "manifest.json").read_text("utf-8"))["intake"]
    assert intake["parsed"] == 0

    alone = office.briefing("daily", "--date", "2021-08-16", "--as-of", "2021-08-16T23:59:59")

    assert alone.code == 0, alone.err
    assert {p.name: p.read_bytes() for p in (folders[1] / "tables").rglob("*.csv")} == tables


@pytest.mark.slow
def test_a_day_that_fails_is_told_and_the_others_are_made(office):
    notebook = office.folder / "notebooks" / "2_coverage.ipynb"
    broken = notebook.read_text("utf-8").replace(
        "RunParams.checked(globals())",
        "RunParams.checked(globals()); assert report_date != '2021-08-15', 'no such luck'",
    )
    notebook.write_text(broken, encoding="utf-8")

    done = office.briefing("backfill", "--from", "2021-08-15", "--to", "2021-08-16")

    assert done.code == 1
    assert "2021-08-15" in done.err and "no such luck" in done.err
    assert done.out.split() == [str(office.folder / "outputs" / "2021-08-16")]
