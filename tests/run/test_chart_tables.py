"""Each chart of the analyst's notebook has its numbers beside it, as published."""

import re

import pandas as pd

from .conftest import DAY


def named(office):
    executed = (office.day / "notebooks" / "2_coverage.ipynb").read_text(encoding="utf-8")
    return set(re.findall(r"tables/charts/([a-z-]+)\.csv", executed))


def test_every_csv_that_a_chart_names_is_published_and_no_other(published):
    files = {path.stem for path in (published.day / "tables" / "charts").iterdir()}

    assert named(published) == files
    assert len(files) == 8


def test_the_page_of_the_chairman_names_no_csv_of_a_chart(published):
    assert "tables/charts" not in (published.day / "briefing.html").read_text(encoding="utf-8")


def test_the_numbers_of_a_chart_are_those_of_the_tables(published):
    bars = pd.read_csv(published.day / "tables" / "charts" / "units-bars.csv", dtype=str)
    units = pd.read_csv(published.day / "tables" / "communes.csv", dtype=str)
    trend = pd.read_csv(published.day / "tables" / "charts" / "whole-trend.csv")
    whole = pd.read_csv(published.day / "tables" / "town.csv")

    both = bars.merge(units, on="unit_code", suffixes=("", "_of_day"))
    assert len(both) == len(units)
    assert both["coverage"].equals(both["coverage_of_day"])
    known = trend[trend["report_date"] == DAY].iloc[0]
    assert known["coverage"] == whole[whole["report_date"] == DAY]["coverage"].iloc[0]
