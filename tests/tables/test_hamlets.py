"""Below the unit: what its rows come to, and of how many."""

import pandas as pd
import pytest

from briefing.documents.sections import places_table
from briefing.params import Campaign
from briefing.register.view import View
from briefing.tables import Day, build
from tests.tables import tiny
from tests.tables.tiny import AN

ROWS = [
    {"report": 0, "place": "1", "value": 30},
    {"report": 0, "place": "1", "value": 15},
    {"report": 0, "place": "2", "value": 8},
    {"report": 0, "place": None, "value": 2},
]


def day(folder, **known) -> Day:
    """An Bình reports 45 in hamlet 1, 8 in hamlet 2, and 2 of no hamlet that is known."""
    campaign = Campaign.load(tiny.params_folder(folder, **known))
    reports = tiny.reports(tiny.report(AN, 16, "16 10:00", 55))
    return build(View(reports, tiny.rows(*ROWS), tiny.found()), campaign, tiny.day(16))


def test_a_hamlet_has_a_rate_where_its_owners_are_known(tmp_path):
    known = day(tmp_path, place_denominator={(AN, "1"): 60}).places.set_index("place")

    assert known["numerator_cumulative"].to_list() == [45, 8, 2]
    assert known.at["1", "denominator"] == 60
    assert known.at["1", "coverage"] == pytest.approx(0.75)
    assert known.loc[["2"], ["denominator", "coverage"]].isna().all(axis=None)


@pytest.mark.slow
def test_the_table_has_rates_only_where_there_are_any(tmp_path):
    with_rate = places_table(day(tmp_path / "a", place_denominator={(AN, "1"): 60}))
    without = places_table(day(tmp_path / "b"))

    assert [row[3].text for row in with_rate.rows] == ["75,00%", "–", "–"]
    assert [row[1].text for row in with_rate.rows] == ["Thôn 1", "Thôn 2", "không nhận diện được"]
    assert "coverage" not in [column.key for column in without.columns]


def test_more_than_there_are_is_kept_and_not_capped(tmp_path):
    known = day(tmp_path, place_denominator={(AN, "1"): 40}).places

    assert known["coverage"].max() == pytest.approx(1.125)
    assert pd.api.types.is_float_dtype(known["coverage"])
