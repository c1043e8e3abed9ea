"""The analyst's charts: places by day, agencies by sector, findings by kind, hamlets."""

import pandas as pd
import pytest

from briefing import charts
from briefing.charts.labels import flow, spread
from briefing.messages import language

from . import drawn, province


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


def places(carried=(), **units):
    """Unit → its place on 16, 17, 18 August…"""
    rows = [
        (pd.Timestamp(2021, 8, 16 + n), name, name, place, (name, n) in carried)
        for name, days in units.items()
        for n, place in enumerate(days)
    ]
    columns = ["report_date", "unit_code", "unit_name", "rank", "carried"]
    return pd.DataFrame(rows, columns=columns).astype({"rank": "Int64"})


def lines(figure):
    """The drawn lines that are no points: places by day, colour, whether dashed."""
    return [
        ([*line.get_ydata()], line.get_color(), line.is_dashed())
        for line in figure.axes[0].lines
        if line.get_marker() in (None, "None", "")
    ]


def test_places_are_drawn_with_the_first_on_top_and_the_names_at_the_last_day():
    figure = charts.rank_lines(places(An=[2, 1], Bình=[1, 2], Cát=[3, 3]))

    assert {"1 An", "2 Bình", "3 Cát"} <= set(drawn.words(figure))
    low, high = figure.axes[0].get_ylim()
    assert low > high  # the first place is on top
    at = {text: box.y0 for text, box in drawn.boxes(figure)}
    assert at["1 An"] > at["2 Bình"] > at["3 Cát"]


def test_those_that_gained_or_lost_the_most_are_told_by_colour_and_by_line():
    figure = charts.rank_lines(places(An=[3, 1], Bình=[1, 2], Cát=[2, 3], Đông=[4, 4]))
    drawn_as = {tuple(map(int, y)): (colour, dashed) for y, colour, dashed in lines(figure)}

    assert drawn_as[3, 1] == (charts.style.ACCENT, False)
    assert drawn_as[1, 2] == (charts.style.TARGET, True)
    assert drawn_as[4, 4] == (charts.style.PALE, False)
    assert charts.rank_lines_alt(places(An=[2, 1], Bình=[1, 2])).endswith(
        "1 An (+1 bậc); 2 Bình (−1 bậc)."
    )


def test_a_place_by_a_carried_figure_is_hollow():
    history = places(carried={("An", 1)}, An=[1, 1], Bình=[2, 2])
    hollow = [
        line
        for line in charts.rank_lines(history).axes[0].lines
        if line.get_markerfacecolor() == charts.style.PAPER and line.get_marker() == "o"
    ]

    assert len(hollow) == 1
    assert "Điểm rỗng" in charts.rank_lines_note(history)
    assert charts.rank_lines_note(places(An=[1, 1])) == ""


def test_a_province_shows_its_best_its_last_and_the_movers_and_says_so():
    history = province.history()
    last = history[history["report_date"].eq(history["report_date"].max())].dropna(subset="rank")
    figure = charts.rank_lines(history)

    shown = " ".join(drawn.words(figure))
    for place in (1, 8, 158):
        assert f" {place} " in shown
    assert len(lines(figure)) == 24
    assert "24/158 đơn vị" in charts.rank_lines_note(history)
    assert len(last) == 158


def test_movers_are_drawn_even_where_others_moved_further_the_other_way():
    """Forty units: 30 lose ten places each, the 25th gains nine."""
    units = {f"{n:02}": [n, n] for n in range(1, 11)}
    units |= {f"{n:02}": [n, n + 10] for n in range(11, 41)} | {"25": [25, 16]}
    figure = charts.rank_lines(places(**units), limit=12)

    assert ([25, 16], charts.style.ACCENT, False) in lines(figure)
    assert "xanh đậm" in charts.rank_lines_note(places(**units), limit=12)
    assert "màu cam" not in charts.rank_lines_note(places(**units), limit=12)


def test_first_places_of_movers_that_lie_close_are_not_written_over_each_other():
    units = {f"{n:02}": [n, n] for n in range(1, 100)}
    units |= {"50": [50, 90], "51": [51, 91], "52": [52, 20], "53": [53, 21]}
    figure = charts.rank_lines(places(**units))

    assert {"50", "51", "52", "53"} <= set(drawn.words(figure))
    assert drawn.overlapping(figure) == []


def agencies(**sectors):
    rows = [
        (f"{sector} {n}", sector, value)
        for sector, values in sectors.items()
        for n, value in enumerate(values)
    ]
    columns = ["agency_name", "sector", "coverage"]
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
    figure = charts.agency_dots(agencies(Ban=[1.0, 0.5, None, 0.75], Hội=[1.0, 1.2]), 1.0)

    assert points(figure, "o", hollow=True) == 2
    assert points(figure, "o", hollow=False) == 2
    assert points(figure, "^", hollow=False) == 1


def test_the_lowest_of_a_sector_is_named_and_the_silent_ones_are_counted_beside_it():
    table = agencies(Ban=[1.0, 0.5, None, 0.75], Hội=[1.0, 1.2])
    shown = drawn.words(charts.agency_dots(table, 1.0))

    assert {"Ban 1 50,0%", "3/4 đã báo cáo", "2/2 đã báo cáo"} <= set(shown)
    assert charts.agency_dots_alt(table, 1.0) == (
        "Biểu đồ chấm, tỷ lệ của cơ quan, đơn vị theo khối, so với 100%. Ban: 3/4 đã báo cáo, "
        "trong đó 2 dưới 100%, thấp nhất là Ban 1 50,0%; Hội: 2/2 đã báo cáo, "
        "trong đó 0 dưới 100%."
    )
    assert "Tam giác" in charts.agency_dots_note(table, 1.0)
    assert "Tam giác" not in charts.agency_dots_note(table.head(3), 1.0)


def test_an_agency_just_below_the_target_is_not_said_to_have_reached_it():
    shown = drawn.words(charts.agency_dots(agencies(Ban=[0.99999]), 1.0))

    assert "Ban 0 99,9%" in shown


def test_dots_at_one_place_are_stacked_not_drawn_over_each_other():
    figure = charts.agency_dots(agencies(Ban=[0.5] * 9 + [1.0] * 40), 1.0)
    places = [
        xy for line in figure.axes[0].lines if line.get_marker() == "o"
        for xy in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]  # fmt: skip

    assert len({(round(x, 1), round(y, 1)) for x, y in places}) == 49
    assert drawn.outside(figure) == []


def test_findings_are_named_in_words_under_their_severity_the_most_frequent_first():
    rows = [("info", "late", 532), ("error", "jump", 1), ("error", "phone_invalid", 12)]
    counts = pd.DataFrame(rows, columns=["severity", "rule", "findings"])

    assert drawn.words(charts.findings_bars(counts)) == [
        "Lỗi (13)", "số điện thoại sai", "12", "tăng đột biến", "1",
        "Để biết (532)", "báo cáo trễ hạn", "532",
    ]  # fmt: skip
    assert charts.findings_bars_alt(counts) == (
        "Biểu đồ cột ngang, số điều ghi nhận theo loại. Lỗi: số điện thoại sai 12; "
        "tăng đột biến 1. Để biết: báo cáo trễ hạn 532."
    )


def test_hamlets_that_the_report_does_not_name_have_no_bar_and_are_not_zero():
    hamlets = pd.DataFrame(
        {
            "hamlet": ["Khu phố 1", "Khu phố 2", "Khu phố 3", None],
            "installs_cumulative": pd.array([7, None, 12, 3], "Int64"),
            "carried_from": pd.to_datetime(["2021-08-15", None, None, None]),
        }
    )
    figure = charts.hamlet_bars(hamlets)

    assert drawn.words(figure) == [
        "Khu phố 3", "12", "Khu phố 1", "7 (15/8)", "không nhận diện được", "3",
        "Khu phố 2", "không có trong báo cáo",
    ]  # fmt: skip
    assert len(figure.axes[0].patches) == 3
    assert "gạch chéo" in charts.hamlet_bars_note(hamlets)


def test_a_unit_with_many_hamlets_shows_the_highest_and_the_lowest():
    hamlets = pd.DataFrame(
        {
            "hamlet": [f"Thôn {n}" for n in range(90)],
            "installs_cumulative": pd.array(range(90), "Int64"),
            "carried_from": pd.to_datetime([None] * 90),
        }
    )
    shown = drawn.words(charts.hamlet_bars(hamlets))

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
