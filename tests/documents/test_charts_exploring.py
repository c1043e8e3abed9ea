"""The analyst's charts: agencies by sector, findings by kind, hamlets."""

import pandas as pd
import pytest

from briefing import charts
from briefing.charts.labels import flow, spread
from briefing.language import language

from . import drawn


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


def bodies(**sectors):
    rows = [
        (f"{sector} {n}", sector, value)
        for sector, values in sectors.items()
        for n, value in enumerate(values)
    ]
    columns = ["body_name", "sector", "coverage"]
    return pd.DataFrame(rows, columns=columns).astype({"coverage": "Float64"})


def points(figure, marker, hollow):
    dots = [
        line
        for line in figure.axes[0].lines
        if line.get_marker() == marker
        and (line.get_markerfacecolor() == charts.style.PAPER) == hollow
    ]
    return sum(len(line.get_xdata()) for line in dots)


def test_each_agency_that_has_reported_is_a_dot_hollow_below_the_target():
    figure = charts.body_dots(bodies(Ban=[1.0, 0.5, None, 0.75], Hội=[1.0, 1.2]), 1.0).draw()

    assert points(figure, "o", hollow=True) == 2
    assert points(figure, "o", hollow=False) == 2
    assert points(figure, "^", hollow=False) == 1


def test_the_lowest_of_a_sector_is_named_and_the_silent_ones_are_counted_beside_it():
    table = bodies(Ban=[1.0, 0.5, None, 0.75], Hội=[1.0, 1.2])
    shown = drawn.words(charts.body_dots(table, 1.0).draw())

    assert {"Ban 1 50,0%", "3/4 đã báo cáo", "2/2 đã báo cáo"} <= set(shown)
    assert charts.body_dots(table, 1.0).alt == (
        "Biểu đồ chấm, tỷ lệ của cơ quan, đơn vị theo khối, so với 100%. Ban: 3/4 đã báo cáo, "
        "trong đó 2 dưới 100%, thấp nhất là Ban 1 50,0%; Hội: 2/2 đã báo cáo, "
        "trong đó 0 dưới 100%."
    )
    assert "Tam giác" in charts.body_dots(table, 1.0).note
    assert "Tam giác" not in charts.body_dots(table.head(3), 1.0).note


def test_an_agency_just_below_the_target_is_not_said_to_have_reached_it():
    shown = drawn.words(charts.body_dots(bodies(Ban=[0.99999]), 1.0).draw())

    assert "Ban 0 99,9%" in shown


def test_dots_at_one_place_are_stacked_not_drawn_over_each_other():
    figure = charts.body_dots(bodies(Ban=[0.5] * 9 + [1.0] * 40), 1.0).draw()
    places = [
        xy for line in figure.axes[0].lines if line.get_marker() == "o"
        for xy in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]  # fmt: skip

    assert len({(round(x, 1), round(y, 1)) for x, y in places}) == 49
    assert drawn.outside(figure) == []


def test_findings_are_named_in_words_under_their_severity_the_most_frequent_first():
    rows = [("info", "late", 532), ("error", "jump", 1), ("error", "phone_invalid", 12)]
    counts = pd.DataFrame(rows, columns=["severity", "rule", "findings"])

    assert drawn.words(charts.findings_bars(counts).draw()) == [
        "Lỗi (13)", "số điện thoại không hợp lệ", "12", "tăng đột biến", "1",
        "Ghi nhận (532)", "báo cáo trễ hạn", "532",
    ]  # fmt: skip
    assert charts.findings_bars(counts).alt == (
        "Biểu đồ cột ngang, số điều ghi nhận theo loại. Lỗi: số điện thoại không hợp lệ 12; "
        "tăng đột biến 1. Ghi nhận: báo cáo trễ hạn 532."
    )


def test_hamlets_that_the_report_does_not_name_have_no_bar_and_are_not_zero():
    places = pd.DataFrame(
        {
            "place": ["Khu phố 1", "Khu phố 2", "Khu phố 3", None],
            "numerator_cumulative": pd.array([7, None, 12, 3], "Int64"),
            "carried_from": pd.to_datetime(["2021-08-15", None, None, None]),
        }
    )
    figure = charts.place_bars(places).draw()

    assert drawn.words(figure) == [
        "Khu phố 3", "12", "Khu phố 1", "7 (15/8)", "không nhận diện được", "3",
        "Khu phố 2", "không có trong báo cáo",
    ]  # fmt: skip
    assert len(figure.axes[0].patches) == 3
    assert "gạch chéo" in charts.place_bars(places).note


def test_a_unit_with_many_hamlets_shows_the_highest_and_the_lowest():
    places = pd.DataFrame(
        {
            "place": [f"Thôn {n}" for n in range(90)],
            "numerator_cumulative": pd.array(range(90), "Int64"),
            "carried_from": pd.to_datetime([None] * 90),
        }
    )
    shown = drawn.words(charts.place_bars(places).draw())

    assert {"Thôn 89", "Thôn 0", "⋮  58 thôn, khu phố ở giữa không vẽ"} <= set(shown)
    assert "Thôn 45" not in shown


def test_places_that_are_too_close_are_spread_as_little_as_need_be():
    assert spread([10, 11, 50], 10, 0, 100) == [5.5, 15.5, 50]
    assert spread([0, 0, 0], 10, 0, 100) == [0, 10, 20]
    assert spread([99, 5, 98], 10, 0, 100) == [100, 5, 90]
    assert spread([1, 2, 3], 60, 0, 100) == [0, 50, 100]
    assert spread([], 10, 0, 100) == []


def test_items_that_do_not_fit_flow_into_the_next_row():
    assert flow([40, 40, 40], 100, gap=10) == [(0, 0), (0, 50), (1, 0)]
    assert flow([500, 10], 100, gap=10) == [(0, 0), (1, 0)]
