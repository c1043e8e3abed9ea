"""The projection knows only the past, keeps its promise of 80 %, and beats the simplest one."""

import json
from functools import cache

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from briefing import cli
from briefing.tables.backtest import _wis, backtest, trials
from briefing.tables.projection import daily, naive, project, replay

POPULATION = 10_000
WEEK = np.array([1.3, 1.2, 1.2, 1.1, 1.1, 0.8, 0.3])  # a day of the week against the mean


def campaign(kind: str, seed: int, days: int = 120) -> np.ndarray:
    """A cumulative of a made-up campaign, one value a day."""
    dice = np.random.default_rng(seed)
    x = np.arange(days)
    noise = dice.lognormal(0, 0.25, days)
    if kind == "weekly":
        increases = 60 * WEEK[x % 7] * noise
    elif kind == "s-curve":
        increases = np.diff(8_500 / (1 + np.exp(-(x - 50) / 12)), prepend=0) * noise
    elif kind == "weekly s-curve":
        increases = np.diff(8_500 / (1 + np.exp(-(x - 50) / 12)), prepend=0) * noise * WEEK[x % 7]
    else:
        increases = dice.poisson(5 * 1.03 ** np.minimum(x, 100))
    return np.cumsum(increases).astype(float)


def table(kind: str, seeds: range) -> pd.DataFrame:
    days = pd.date_range("2021-01-01", periods=120)
    frames = [
        pd.DataFrame(
            {
                "date": days,
                "area": f"{kind} {seed}",
                "cumulative": campaign(kind, seed),
                "population": POPULATION,
            }
        )
        for seed in seeds
    ]
    return pd.concat(frames, ignore_index=True)


@cache
def scored(kind: str) -> dict:
    """How well six campaigns of a kind are projected, over all of their days."""
    return backtest(table(kind, range(6)))["overall"]


@pytest.mark.parametrize("kind", ["weekly", "s-curve", "weekly s-curve", "growing"])
@pytest.mark.slow
def test_the_range_holds_what_comes_about_four_times_out_of_five(kind):
    overall = scored(kind)

    assert 0.75 <= overall["hit_rate_80"] <= 0.92


@pytest.mark.parametrize("kind", ["weekly", "s-curve", "weekly s-curve"])
@pytest.mark.slow
def test_the_median_is_nearer_than_the_pace_of_the_last_three_days(kind):
    overall = scored(kind)

    assert overall["mae_median"] < overall["mae_naive"]


def test_what_comes_later_changes_nothing_that_was_projected_before():
    series = campaign("weekly", 1)
    other = np.concatenate([series[:60], series[59] + np.arange(60) * 999.0])

    before = [projected for day, projected in replay(series, POPULATION) if day < 60]
    assert before == [projected for day, projected in replay(other, POPULATION) if day < 60]


def test_a_flat_series_goes_nowhere():
    projected = project(np.full(10, 400.0), POPULATION)

    assert projected.median == 400
    assert projected.low <= 400 <= projected.high < 430


def test_a_falling_series_is_not_projected_to_rise():
    projected = project(np.array([500.0, 480.0, 470.0, 450.0, 430.0]), POPULATION)

    assert projected.median == 430


def test_nobody_beyond_the_population_is_projected_but_a_figure_beyond_it_stays():
    near = project(np.array([9_000.0, 9_400.0, 9_800.0]), POPULATION)
    assert 9_800 < near.median < near.high <= POPULATION
    assert project(np.array([9_000.0, 9_900.0, 10_800.0]), POPULATION).median == 10_800


def test_the_pace_of_a_steady_series_is_carried_on_and_falls_as_fewer_are_left():
    series = np.arange(0, 3_000, 100.0)

    assert project(series, 10_000_000).median == pytest.approx(series[-1] + 700, abs=0.1)
    assert project(series, 2_900 + 700).median == pytest.approx(2_900 + 700 * (1 - 1 / np.e))
    assert naive(series) == series[-1] + 700


def test_a_day_of_the_week_that_brings_little_is_expected_to_bring_little_again():
    """Four weeks of 100 a day, 20 on each Sunday: some of that difference is believed."""
    increases = np.tile([100.0, 100, 100, 100, 100, 100, 20], 4)
    series = np.cumsum(np.concatenate([[1_000.0], increases]))
    before_sunday, after_it = (
        project(cut, 10_000_000, 1).median - cut[-1] for cut in (series[:-1], series)
    )

    assert before_sunday < 0.7 * after_it


def test_the_chance_of_a_figure_is_even_at_the_median_and_a_tenth_at_the_ends_of_the_range():
    ahead = project(np.cumsum([500.0, 90, 110, 100, 95, 105, 100, 98, 102]), POPULATION)

    assert ahead.chance(ahead.low) == pytest.approx(0.9, abs=0.02)
    assert ahead.chance(ahead.high) == pytest.approx(0.1, abs=0.02)
    assert ahead.chance(ahead.median) == pytest.approx(0.5, abs=0.05)
    assert 0 < ahead.chance(POPULATION) < 0.05 and 0.95 < ahead.chance(0) < 1


@pytest.mark.parametrize("kind", ["weekly", "s-curve", "weekly s-curve"])
@pytest.mark.slow
def test_what_is_called_likely_comes_about_so_often(kind):
    overall = scored(kind)

    assert overall["brier"] < 0.22  # half and half for everything: 0.25
    for alike in overall["reliability"]:
        assert alike["n"] < 100 or alike["came"] == pytest.approx(alike["said"], abs=0.2)


@pytest.mark.slow
def test_the_score_of_chances_is_the_mean_square_of_what_they_were_wrong_by():
    tried = trials(table("weekly", range(1)).head(20))
    wrong = [
        (said - came) ** 2
        for row in tried.itertuples()
        for said, came in zip(row.chances, row.reached, strict=True)
    ]

    overall = backtest(table("weekly", range(1)).head(20))["overall"]
    assert overall["brier"] == pytest.approx(np.mean(wrong), abs=1e-4)
    assert sum(alike["n"] for alike in overall["reliability"]) == len(wrong) == 3 * len(tried)


def test_an_interval_that_misses_costs_ten_times_by_how_much():
    """Median 100, range 90 to 120, 130 came: (0.5 x 30 + 0.1 x (30 + 10 x 10)) / 1.5."""
    assert _wis(90, 100, 120, 130) == pytest.approx((15 + 13) / 1.5)
    assert _wis(90, 100, 120, 110) == pytest.approx((5 + 3) / 1.5)


def test_two_days_are_too_few():
    with pytest.raises(ValueError, match="needs 3 days"):
        project(np.array([1.0, 2.0]), POPULATION)


def test_days_without_a_report_are_crossed_in_a_straight_line():
    days = pd.to_datetime(["2021-08-10", "2021-08-12", "2021-08-13"])

    assert daily(pd.Series([100, 200, 230], index=days)).tolist() == [100, 150, 200, 230]


def test_only_reported_days_are_judged():
    frame = table("weekly", range(1))
    holes = frame.assign(cumulative=frame["cumulative"].mask(frame.index % 3 == 1))

    days = pd.DatetimeIndex(frame.loc[holes["cumulative"].notna(), "date"])
    tried = trials(holes)
    assert len(tried) > 20
    assert tried["date"].isin(days).all()
    assert (tried["date"] + pd.Timedelta(days=7)).isin(days).all()


def run(*args: str):
    return CliRunner().invoke(cli.main, ["backtest", *args], catch_exceptions=False)


@pytest.mark.slow
def test_the_command_prints_the_scores_of_each_area_and_over_all(tmp_path):
    path = tmp_path / "series.csv"
    series = table("weekly", range(2))
    series.rename(columns={"population": "population_12_plus"}).to_csv(path, index=False)

    done = run(str(path), "--json")
    scores = json.loads(done.stdout)

    assert done.exit_code == 0
    assert list(scores["areas"]) == ["weekly 0", "weekly 1"]
    assert set(scores["overall"]) == {
        "hit_rate_80", "mae_median", "mae_naive", "wis_ratio", "brier", "reliability",
    }  # fmt: skip
    assert scores == backtest(series)
    assert "weekly 1" in run(str(path)).stdout


def test_a_series_too_short_to_be_judged_says_so_and_is_no_error(tmp_path):
    path = tmp_path / "series.csv"
    table("weekly", range(1)).head(5).to_csv(path, index=False)

    done = run(str(path), "--json")

    assert done.exit_code == 0
    assert json.loads(done.stdout)["overall"]["hit_rate_80"] is None
    assert run(str(path)).exit_code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,area,cumulative\n2021-08-10,A,5\n", "population"),
        ("date,area,cumulative,population\n10/8/2021x,A,5,9\n", "dòng 2"),
        ("date,area,cumulative,population\n2021-08-10,A,5,9\n2021-08-11,A,many,9\n", "dòng 3"),
        ("date,area,cumulative,population\n2021-08-10,A,5,0\n", "dòng 2"),
        ("date,area,cumulative,population\n2021-08-10,A,5,9\n2021-08-10,A,6,9\n", "dòng 3"),
        ("", "CSV"),
    ],
)
def test_a_series_that_is_wrong_is_refused_with_its_place(tmp_path, text, said):
    path = tmp_path / "series.csv"
    path.write_text(text, encoding="utf-8")

    done = run(str(path))

    assert done.exit_code == 2
    assert said in done.stderr and "series.csv" in done.stderr


def test_the_range_begins_no_lower_than_the_last_figure_while_the_series_has_never_fallen():
    rising = np.array([100.0, 130, 150, 155, 155, 155, 155, 156, 156, 156])
    fallen = np.array([100.0, 130, 150, 140, 150, 155, 155, 156, 156, 156])

    assert all(ahead.low >= rising[day] for day, ahead in replay(rising, 20_000))
    assert any(ahead.low < fallen[day] for day, ahead in replay(fallen, 20_000) if day > 3)
