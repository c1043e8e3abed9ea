"""Units side by side: ranked bars, small panels, the grid of reports."""

import re
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from briefing import charts
from briefing.language import language

from . import demo, drawn, province


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


def test_the_bars_are_ranked_and_the_missing_stand_last_in_words():
    shown = drawn.words(charts.unit_bars(demo.units().sample(frac=1, random_state=1), 0.6).draw())

    names = [text for text in shown if text in demo.NAMES]
    assert (names[0], names[-1]) == ("Phường Bồng Sơn", "Xã Hoài Sơn")
    assert "chưa có số liệu" in shown
    assert "51,04% (14/8)" in shown


@pytest.mark.parametrize(("change", "before"), [(0.1, 0.4), (-0.1, 0.6)])
def test_the_small_mark_stands_where_the_report_before_did(change, before):
    """A bar of 50 %: behind its end after a rise, beyond it after a fall."""
    unit = demo.units().head(1).assign(coverage=0.5, coverage_change=change)
    axes = charts.unit_bars(unit.assign(carried_from=pd.NaT), 0.9).draw().axes[0]
    (mark,) = [line for line in axes.lines if line.get_color() != charts.style.TARGET]

    assert [*mark.get_xdata()] == pytest.approx([before, before])


def test_bars_of_the_same_length_stand_in_the_order_of_the_table():
    units = demo.units().assign(coverage=0.5, coverage_change=0.01)
    shown = drawn.words(charts.unit_bars(units, 0.6).draw())

    assert [text for text in shown if text in demo.NAMES] == list(units["unit_name"])


def test_no_line_runs_through_the_words_about_bars_left_out():
    figure = charts.unit_bars(province.units(), 0.6).draw()
    (words,) = [text for text in figure.axes[0].texts if "không vẽ" in text.get_text()]

    assert words.get_bbox_patch().get_facecolor()[:3] == to_rgb(charts.style.PAPER)


def test_the_bars_show_the_target_in_force_strong_and_the_other_thin_and_dashed():
    axes = charts.unit_bars(demo.units(), 0.6, [0.9]).draw().axes[0]
    lines = {
        line.get_xdata()[0]: (line.get_linewidth(), line.is_dashed())
        for line in axes.lines
        if line.get_color() == charts.style.TARGET
    }

    assert lines == {0.6: (1.4, False), 0.9: (0.8, True)}
    assert "chỉ tiêu 60%, 90%" in charts.unit_bars(demo.units(), 0.6, [0.9]).alt


def test_no_line_of_a_target_runs_through_a_value():
    figure = charts.unit_bars(demo.units().assign(coverage=0.55), 0.6, [0.9]).draw()
    right_of_all = figure.axes[0].get_window_extent().x1
    values = [
        text for text in figure.axes[0].texts if re.match(r"[0-9]+,[0-9]{2}%", text.get_text())
    ]

    assert len(values) == len(demo.units())
    assert all(text.get_window_extent().x0 > right_of_all for text in values)


def test_targets_close_together_are_named_one_above_the_other():
    figure = charts.unit_bars(demo.units(), 0.6, [0.65, 0.7]).draw()

    assert {"60%", "65%", "70%"} <= set(drawn.words(figure))
    assert drawn.overlapping(figure) == []


def test_a_bar_just_below_the_target_does_not_say_that_it_has_reached_it():
    units = demo.units().head(1).assign(coverage=0.59999)

    assert "59,99%" in drawn.words(charts.unit_bars(units, 0.6).draw())
    assert "59,99%" in charts.unit_bars(units, 0.6).alt


def test_bars_of_a_province_are_the_highest_and_the_lowest_and_say_how_many_are_not_drawn():
    shown = drawn.words(charts.unit_bars(province.units(), 0.6, limit=30).draw())

    assert "⋮  129 đơn vị ở giữa không vẽ" in shown
    assert sum(bool(re.fullmatch(r"[0-9]+,[0-9]{2}%.*", text)) for text in shown) == 29
    assert "chưa có số liệu" in shown


def test_the_bars_note_explains_only_what_is_drawn():
    plain = demo.units().assign(carried_from=pd.NaT, coverage_change=pd.NA)

    assert charts.unit_bars(plain, 0.6).note == ""
    assert "gạch chéo" in charts.unit_bars(demo.units(), 0.6).note


def test_the_grid_counts_each_status_and_names_who_is_missing():
    statuses = pd.DataFrame(
        {"2021-08-15": ["on_time", "late"], "2021-08-16": ["missing", None]}, index=["A", "B"]
    )
    statuses.columns = pd.to_datetime(statuses.columns)
    shown = drawn.words(charts.reporting_grid(statuses).draw())

    assert {"đúng hạn (1)", "trễ hạn (1)", "chưa báo cáo (1)", "1/2", "0/1"} <= set(shown)
    assert "Thiếu báo cáo theo đơn vị: A (1)" in charts.reporting_grid(statuses).alt


def test_days_on_which_no_report_was_due_are_pale_and_counted_nowhere():
    statuses = pd.DataFrame(
        {"2021-08-15": ["on_time", None], "2021-08-16": ["on_time", "missing"]}, index=["A", "B"]
    )
    statuses.columns = pd.to_datetime(statuses.columns)
    due = [pd.Timestamp(2021, 8, 16)]
    figure = charts.reporting_grid(statuses, due).draw()
    pale = [marks for marks in figure.axes[0].collections if marks.get_alpha()]

    assert {"đúng hạn (1)", "chưa báo cáo (1)", "1/1", "0/1"} <= set(drawn.words(figure))
    assert [len(marks.get_offsets()) for marks in pale] == [1]
    assert "Ký hiệu mờ" in charts.reporting_grid(statuses, due).note
    assert "Ký hiệu mờ" not in charts.reporting_grid(statuses).note
    assert "Ô trống" not in charts.reporting_grid(statuses.tail(1).dropna(axis=1)).note
    assert "đúng hạn (1)" in charts.reporting_grid(statuses, due).alt


def test_before_any_report_is_due_the_grid_counts_nothing():
    statuses = pd.DataFrame({pd.Timestamp(2021, 8, 12): ["on_time", None]}, index=["A", "B"])
    shown = drawn.words(charts.reporting_grid(statuses, []).draw())

    assert "đúng hạn" in shown
    assert not [text for text in shown if re.fullmatch(r"[0-9]/[0-9]", text)]
    assert "Bên phải" not in charts.reporting_grid(statuses, []).note


def test_units_that_are_not_drawn_are_only_counted_before_any_report_is_due():
    day = pd.Timestamp(2021, 8, 12)
    statuses = pd.DataFrame("on_time", index=province.names(40), columns=[day])

    assert "⋮  10 đơn vị khác" in drawn.words(charts.reporting_grid(statuses, [], limit=30).draw())


def test_units_of_the_same_name_have_a_row_each_in_the_grid():
    statuses = pd.DataFrame(
        "on_time", index=["Xã Tân Lập"] * 30, columns=[pd.Timestamp(2021, 8, 16)]
    )
    statuses.iloc[:10] = "missing"
    shown = drawn.words(charts.reporting_grid(statuses, limit=12).draw())

    assert shown.count("Xã Tân Lập") == 12
    assert "⋮  18 đơn vị khác: 18/18 báo cáo đúng hạn" in shown


def test_each_status_of_the_grid_has_a_shape_of_its_own():
    statuses = ["on_time", "late", "empty", "unreadable", "missing"]
    marks = [charts.reporting._MARKS[status] for status in statuses]

    looks = {(mark["marker"], mark.get("facecolor") == mark.get("edgecolor")) for mark in marks}
    assert len(looks) == 5


@pytest.mark.parametrize(("count", "days"), [(1, 1), (17, 7), (40, 15), (17, 31)])
def test_the_marks_and_days_of_the_grid_never_meet(count, days):
    dates = pd.date_range("2021-08-10", periods=days)
    statuses = pd.DataFrame("on_time", index=province.names(count), columns=dates)
    figure = charts.reporting_grid(statuses).draw()

    assert drawn.overlapping(figure) == []
    assert drawn.outside(figure) == []
    marks, _key = figure.axes[0].collections
    x = sorted({float(x) for x, _y in marks.get_offsets()})
    assert len(x) == days
    assert all(marks.get_sizes()[0] ** 0.5 < right - left for left, right in pairwise(x))


def test_a_grid_of_a_province_draws_the_worst_and_counts_the_others():
    statuses = pd.DataFrame("on_time", index=province.names(159), columns=demo.statuses().columns)
    statuses.iloc[140:] = "missing"
    shown = drawn.words(charts.reporting_grid(statuses, limit=25).draw())

    assert "⋮  134 đơn vị khác: 938/938 báo cáo đúng hạn" in shown
    assert shown.count("0/7") == 19
    assert shown.count("7/7") == 6


def test_small_panels_are_sorted_on_one_scale_with_whole_names():
    shown = drawn.words(charts.small_multiples(demo.history(), demo.TARGETS).draw())

    said = " ".join(shown)
    assert all(name in said for name in demo.NAMES)
    values = [text for text in shown if re.fullmatch(r"[0-9]+,[0-9]{2}%", text)]
    assert len(values) == 17
    assert values == sorted(values, reverse=True)
    assert charts.small_multiples(demo.history()).alt.count("%") == 17


@pytest.mark.parametrize("across", [0, 3, 4, 5])
def test_a_long_name_stays_within_its_panel_and_over_its_figure(across):
    history = demo.history()
    history["unit_name"] = history["unit_name"].replace(
        {"Xã Hoài Mỹ": "Phường Hoài Thanh Tây Thượng Nhất", "Xã Hoài Phú": "Y" * 40}
    )
    figure = charts.small_multiples(history, demo.TARGETS, across).draw()

    assert drawn.overlapping(figure) == []
    assert drawn.outside(figure) == []


@pytest.mark.slow
def test_panels_of_a_province_are_whole_rows_of_the_highest_and_the_lowest():
    figure = charts.small_multiples(province.history(), demo.TARGETS, across=3).draw()

    shown = drawn.words(figure)
    assert "⋮  141 đơn vị ở giữa không vẽ" in shown
    assert sum(bool(re.fullmatch(r"[0-9]+,[0-9]{2}%|–", text)) for text in shown) == 18


def test_a_single_day_is_a_point_with_one_label():
    history = demo.history()
    first = history[history["report_date"] == history["report_date"].min()]
    figure = charts.small_multiples(first.assign(coverage=0.4), demo.TARGETS).draw()

    days = [text for text in drawn.words(figure) if "/" in text]
    assert days == ["10/8"] * 3
    points = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [len(point.get_xdata()) for point in points] == [17]


def test_a_unit_known_on_one_day_only_shows_a_point_and_no_line():
    history = demo.history().assign(carried=False, coverage=0.4)
    alone = (history["unit_name"] == "Phường Hoài Hương") & (history["report_date"].dt.day != 12)
    figure = charts.small_multiples(history[~alone]).draw()

    points = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [len(point.get_xdata()) for point in points] == [1]


def test_a_carried_day_of_a_panel_is_hollow_and_said_to_be():
    figure = charts.small_multiples(demo.history().assign(carried=True), demo.TARGETS).draw()
    (points,) = [line for line in figure.axes[0].lines if line.get_marker() == "o"]

    assert points.get_markerfacecolor() == charts.style.PAPER
    assert "Điểm rỗng" in charts.small_multiples(demo.history().assign(carried=True)).note
    assert "Điểm rỗng" not in charts.small_multiples(demo.history().assign(carried=False)).note


@pytest.mark.parametrize("known", [1, 2, 5])
def test_the_day_labels_of_small_panels_never_meet(known):
    history = demo.history()
    days = history["report_date"].dt.day < 10 + known
    figure = charts.small_multiples(history.assign(coverage=history["coverage"].where(days))).draw()

    assert drawn.overlapping(figure) == []
