"""Charts: what they draw, in words and in text elements, and the same bytes every time."""

import re

import pandas as pd
import pytest

from briefing import charts
from briefing.documents.figures import figure_block
from briefing.messages import language

from . import demo


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


def texts(figure, id="x"):
    drawn = figure_block(figure, id=id, title="t", alt="a").svg
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawn)


def test_the_same_table_gives_the_same_bytes():
    first, second = demo.figures.__wrapped__(), demo.figures.__wrapped__()

    assert [figure.svg for figure in first] == [figure.svg for figure in second]


def test_two_figures_of_one_page_share_no_id():
    ids = [set(re.findall(r'id="([^"]+)"', figure.svg)) for figure in demo.figures()]

    assert not set.intersection(*ids)
    assert all(i.startswith("trend-") for i in ids[0])


def test_the_trend_labels_both_targets_at_their_dates_and_the_last_figure():
    shown = texts(charts.town_trend(demo.town(), demo.TARGETS, demo.BASELINE))

    assert {"60% – 20/8", "90% – 30/8", "45,61%", "42,85%", "33,12%"} <= set(shown)


def test_a_missing_day_leaves_a_gap_in_the_trend():
    town = demo.town().dropna(subset="coverage")
    axes = charts.town_trend(town, demo.TARGETS).axes[0]

    line = max((line.get_ydata() for line in axes.lines), key=len)
    assert len(line) == 7
    assert pd.isna(line[2])


def test_carried_points_are_hollow_and_said_to_be():
    axes = charts.town_trend(demo.town(), demo.TARGETS).axes[0]
    points = [
        line for line in axes.lines if line.get_marker() == "o" and len(line.get_xdata()) == 1
    ]

    assert [p.get_markerfacecolor() != p.get_color() for p in points] == [False] * 4 + [True] * 2
    assert "Điểm rỗng" in charts.town_trend_note(demo.town())
    assert "Điểm rỗng" not in charts.town_trend_note(demo.town().head(2))


def test_a_reached_target_has_no_path_to_it():
    town = demo.town().assign(coverage=0.7)
    paths = [
        line.get_ydata()[-1]
        for line in charts.town_trend(town, demo.TARGETS).axes[0].lines
        if line.is_dashed()
    ]

    assert paths == [0.90]


def test_the_first_day_and_no_day_can_be_drawn():
    for town in (demo.town().head(1), demo.town().head(0), demo.town().iloc[2:3]):
        assert "60% – 20/8" in texts(charts.town_trend(town, demo.TARGETS))
        assert "60% – 20/8" in charts.town_trend_alt(town, demo.TARGETS)


def test_the_bars_are_ranked_and_the_missing_stand_last_in_words():
    shown = texts(charts.commune_bars(demo.communes().sample(frac=1, random_state=1), 0.6))

    names = [text for text in shown if text in demo.NAMES]
    assert (names[0], names[-1]) == ("Phường Bồng Sơn", "Xã Hoài Sơn")
    assert "chưa có số liệu" in shown
    assert "51,04% (14/8)" in shown


def test_a_bar_just_below_the_target_does_not_say_that_it_has_reached_it():
    communes = demo.communes().head(1).assign(coverage=0.59999)

    assert "59,99%" in texts(charts.commune_bars(communes, 0.6))
    assert "59,99%" in charts.commune_bars_alt(communes, 0.6)


def test_a_province_of_159_units_fits_and_says_how_many_are_not_drawn():
    communes = pd.concat([demo.communes()] * 10, ignore_index=True).head(159)
    figure = charts.commune_bars(communes, 0.6)

    assert figure.get_figheight() < 9
    assert "⋮  119 đơn vị ở giữa không vẽ" in texts(figure)


def test_the_bars_note_explains_only_what_is_drawn():
    plain = demo.communes().assign(carried_from=pd.NaT, coverage_change=pd.NA)

    assert charts.commune_bars_note(plain) == ""
    assert "gạch chéo" in charts.commune_bars_note(demo.communes())


def test_the_grid_counts_each_status_and_names_who_is_missing():
    statuses = pd.DataFrame(
        {"2021-08-15": ["on_time", "late"], "2021-08-16": ["missing", None]}, index=["A", "B"]
    )
    statuses.columns = pd.to_datetime(statuses.columns)
    shown = texts(charts.reporting_grid(statuses))

    assert {"đúng hạn (1)", "trễ hạn (1)", "chưa báo cáo (1)", "1/2", "0/1"} <= set(shown)
    assert "Thiếu báo cáo theo đơn vị: A (1)" in charts.reporting_grid_alt(statuses)


def test_an_empty_grid_can_be_drawn():
    assert texts(charts.reporting_grid(pd.DataFrame())) == []


def test_small_panels_are_sorted_on_one_scale_with_whole_names():
    figure = charts.small_multiples(demo.history(), demo.TARGETS)

    titles = [axes.get_title(loc="left") for axes in figure.axes if axes.get_title(loc="left")]
    assert sorted(titles) == sorted(demo.NAMES)
    assert titles[0] == "Xã Hoài Sơn"
    assert len({axes.get_ylim() for axes in figure.axes[:17]}) == 1
    assert charts.small_multiples_alt(demo.history()).count("%") == 17


def test_small_panels_without_any_unit_can_be_drawn():
    assert texts(charts.small_multiples(demo.history().head(0))) == []


@pytest.mark.parametrize("hostile", [*demo.HOSTILE, r"$\frac{", "a_b^c"])
def test_a_name_is_drawn_as_it_is_never_as_markup(hostile):
    communes = demo.communes().head(1).assign(unit_name=hostile)
    drawn = figure_block(charts.commune_bars(communes, 0.6), id="x", title="", alt="a").svg

    assert "<script" not in drawn
    assert hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in drawn


def test_english_charts_have_english_words_and_marks():
    with language("en"):
        shown = texts(charts.commune_bars(demo.communes(), 0.6))

    assert {"61.42%", "no figures yet", "51.04% (14 Aug)"} <= set(shown)
