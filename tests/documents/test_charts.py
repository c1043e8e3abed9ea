"""Charts: what they draw, in words and in text elements, and the same bytes every time."""

import re
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

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


def ruler(figure):
    """Lays the figure out; then says where an artist stands, in inches from the lower left."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    with charts.style.style():
        figure.draw_without_rendering()
    inches = figure.dpi_scale_trans.inverted()
    return lambda artist: artist.get_window_extent(renderer).transformed(inches)


def panel_titles(figure):
    names = {axes.get_title(loc="left") for axes in figure.axes} - {""}
    return [text for text in figure.findobj(Text) if text.get_text() in names]


def day_labels(figure):
    figure.draw_without_rendering()
    return {tuple(label.get_text() for label in axes.get_xticklabels()) for axes in figure.axes} - {
        ()
    }


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


def test_the_figures_of_two_days_near_each_other_are_not_written_over_each_other():
    shown = texts(charts.town_trend(demo.town().head(2), demo.TARGETS))

    assert "35,88%" in shown and "33,12%" not in shown


def test_the_notes_say_what_is_to_be_done_each_day():
    assert charts.town_trend_note(demo.town()) == (
        "Nét đứt: mức cần đạt hằng ngày để hoàn thành chỉ tiêu đúng hạn. "
        "Điểm rỗng: ngày có sử dụng lại số liệu của ngày trước."
    )
    words = charts.town_trend_alt(demo.town(), demo.TARGETS) + charts.commune_bars_alt(
        demo.communes(), 0.6
    )
    assert "mục tiêu" not in words.lower() and "chỉ tiêu 60%" in words


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


@pytest.mark.parametrize("times", [1, 9, 60])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_legend_of_the_grid_stands_inside_the_figure_for_any_count(times, lang):
    with language(lang):
        figure = charts.reporting_grid(pd.concat([demo.statuses()] * times))
    (legend,) = figure.legends
    drawn = ruler(figure)(legend)

    assert drawn.x0 >= 0 and drawn.x1 <= figure.get_figwidth()
    assert drawn.y0 >= -0.01 and drawn.y1 <= figure.axes[0].get_position().y0 * (
        figure.get_figheight()
    )


def test_the_days_over_a_long_grid_do_not_meet():
    days = pd.date_range("2021-08-10", periods=21)
    figure = charts.reporting_grid(pd.DataFrame("on_time", index=["A", "B"], columns=days))
    labels = [*map(ruler(figure), figure.axes[0].get_xticklabels())]

    assert len(labels) >= 5
    assert all(left.x1 < right.x0 for left, right in pairwise(labels))


def test_an_empty_grid_can_be_drawn():
    assert texts(charts.reporting_grid(pd.DataFrame())) == []


def test_small_panels_are_sorted_on_one_scale_with_whole_names():
    figure = charts.small_multiples(demo.history(), demo.TARGETS)

    titles = [title.get_text().replace("\n", " ") for title in panel_titles(figure)]
    assert sorted(titles) == sorted(demo.NAMES)
    assert titles[0] == "Xã Hoài Sơn"
    assert len({axes.get_ylim() for axes in figure.axes[:17]}) == 1
    assert charts.small_multiples_alt(demo.history()).count("%") == 17


@pytest.mark.parametrize("across", [0, 3, 4, 5])
def test_a_long_name_stays_within_its_panel_and_over_its_figure(across):
    history = demo.history()
    history["unit_name"] = history["unit_name"].replace(
        {"Xã Hoài Mỹ": "Phường Hoài Thanh Tây Thượng Nhất", "Xã Hoài Phú": "Y" * 40}
    )
    figure = charts.small_multiples(history, demo.TARGETS, across)
    panels = [axes for axes in figure.axes if axes.get_title(loc="left")]

    where = ruler(figure)
    floors = [where(axes.patch).y0 for axes in panels] + [figure.get_figheight()]
    for axes, title in zip(panels, panel_titles(figure), strict=True):
        name, panel, value = where(title), where(axes.patch), where(axes.texts[0])
        assert title.get_text() == axes.get_title(loc="left")
        assert title.get_text().count("\n") <= 1
        assert name.x1 <= panel.x1 + 0.03
        assert value.y1 <= name.y0 + 0.03
        assert name.y1 < min(floor for floor in floors if floor > panel.y1)


def test_a_single_day_is_a_point_with_one_label():
    history = demo.history()
    first = history[history["report_date"] == history["report_date"].min()]
    figure = charts.small_multiples(first.assign(coverage=0.4), demo.TARGETS)

    assert day_labels(figure) == {("10/8",)}
    for axes in figure.axes[:17]:
        assert [len(line.get_xdata()) for line in axes.lines if line.get_marker() == "o"] == [0, 1]


def test_a_unit_known_on_one_day_only_shows_a_point_between_the_two_day_labels():
    history = demo.history()
    alone = (history["unit_name"] == "Phường Hoài Hương") & (history["report_date"].dt.day != 12)
    history = history[~alone].assign(carried=False, coverage=0.4)
    figure = charts.small_multiples(history)
    points = [
        line
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() == "o" and len(line.get_xdata())
        if axes.get_title(loc="left").replace("\n", " ") == "Phường Hoài Hương"
    ]

    assert day_labels(figure) == {("10/8", "16/8")}
    assert [len(point.get_xdata()) for point in points] == [1]


@pytest.mark.parametrize("known", [1, 2, 5])
def test_the_day_labels_of_small_panels_never_meet(known):
    history = demo.history()
    days = history["report_date"].dt.day < 10 + known
    figure = charts.small_multiples(history.assign(coverage=history["coverage"].where(days)))
    labels = [*map(ruler(figure), figure.axes[16].get_xticklabels())]

    assert all(left.x1 < right.x0 for left, right in pairwise(labels))


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
