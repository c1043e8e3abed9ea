"""The whole's trend: what is drawn, what is written, and that nothing covers anything."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from briefing import charts
from briefing.language import language

from . import demo, drawn


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


def whole(coverage, start="2021-08-10", carried=()):
    days = pd.date_range(start, periods=len(coverage))
    return pd.DataFrame(
        {
            "report_date": days,
            "coverage": pd.array(coverage, "Float64"),
            "numerator_carried": [100 * (n in carried) for n in range(len(coverage))],
        }
    )


def fan(after, pace, spread, days=7):
    known = after.dropna(subset="coverage")
    ahead = np.arange(1, days + 1)
    last = float(known["coverage"].iloc[-1])
    return pd.DataFrame(
        {
            "report_date": known["report_date"].iloc[-1] + pd.to_timedelta(ahead, "D"),
            "low": last + (pace - 0.6 * spread) * ahead,
            "median": last + pace * ahead,
            "high": last + (pace + spread) * ahead,
        }
    )


CLOSE = ((0.60, dt.date(2021, 8, 15)), (0.65, dt.date(2021, 8, 17)))
DOUBTED = whole([0.42, 0.43, 0.6, 0.61]).assign(in_doubt=[False, False, True, True])
STATES = {
    "no day": (whole([]), demo.TARGETS, None),
    "first day": (whole([0.4344], "2021-08-16"), demo.TARGETS, None),
    "two days": (whole([0.4344, 0.4402], "2021-08-16"), demo.TARGETS, (0.01, 0.01)),
    "seven days": (whole(np.linspace(0.43, 0.56, 7), "2021-08-16"), demo.TARGETS, (0.014, 0.008)),
    "at the first target": (whole(np.linspace(0.43, 0.598, 10)), demo.TARGETS, (0.03, 0.02)),
    "past the last target": (whole(np.linspace(0.43, 0.93, 24)), demo.TARGETS, (0.01, 0.008)),
    "above 100 %": (whole(np.linspace(0.7, 1.12, 12)), demo.TARGETS, (0.02, 0.03)),
    "far above 100 %": (whole(np.linspace(0.8, 1.9, 12)), demo.TARGETS, None),
    "falling": (whole(np.linspace(0.5, 0.42, 10)), demo.TARGETS, (0.0, 0.005)),
    "gaps": (whole([0.38, None, None, 0.4, 0.41, None, 0.44]), demo.TARGETS, (0.01, 0.01)),
    "targets close together": (whole([0.588, 0.589, 0.59, 0.591]), CLOSE, (0.005, 0.005)),
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("baseline", [demo.BASELINE, None])
def test_last_figure_targets_and_range_are_written_and_nothing_covers_them(state, baseline, lang):
    days, targets, pace = STATES[state]
    ahead = fan(days, *pace) if pace else None
    with language(lang):
        figure = charts.whole_trend(days, targets, baseline, ahead).draw()
        shown = drawn.words(figure)

        assert drawn.overlapping(figure) == []
        assert drawn.outside(figure) == []
        assert sum(" – " in text for text in shown) == len(targets)
        assert any("–" in t and " – " not in t for t in shown) == (pace is not None)
        if len(days):
            last = charts.trend.formats.percent(days["coverage"].dropna().iloc[-1])
            assert last in shown


def test_the_trend_labels_both_targets_at_their_dates_and_the_known_figures():
    shown = drawn.words(charts.whole_trend(demo.whole(), demo.TARGETS, demo.BASELINE).draw())

    assert {"60% – 20/8", "90% – 30/8", "45,61%", "42,85%", "33,12%"} <= set(shown)


def test_the_range_is_a_fan_from_the_last_figure_with_its_ends_in_words():
    days = whole([0.40, 0.42, 0.44])
    ahead = fan(days, 0.02, 0.01)
    figure = charts.whole_trend(days, demo.TARGETS, None, ahead).draw()

    (area,) = figure.axes[0].collections
    corners = area.get_paths()[0].vertices
    assert corners[:, 1].min() == pytest.approx(0.44)
    assert corners[:, 1].max() == pytest.approx(0.44 + 7 * 0.03)
    assert "dự báo 19/8: 54–65%" in drawn.words(figure)
    assert "từ 53,8% đến 65,0%" in charts.whole_trend(days, demo.TARGETS, projection=ahead).alt
    assert "Vùng nhạt" in charts.whole_trend(days, demo.TARGETS, projection=ahead).note
    assert "Dải nhạt" not in charts.whole_trend(days, demo.TARGETS).note


def test_a_day_that_rests_on_figures_in_doubt_bears_a_question_mark_and_the_note_says_so():
    chart = charts.whole_trend(DOUBTED, demo.TARGETS)
    shown = drawn.words(chart.draw())

    assert "61,00% ?" in shown and shown.count("?") == 1
    assert "12/8: 60,00% ?; 13/8: 61,00% ?" in chart.alt
    assert chart.note.endswith("Dấu hỏi: cần xác minh.")
    assert "?" not in "".join(drawn.words(charts.whole_trend(demo.whole(), demo.TARGETS).draw()))


def test_a_path_is_explained_where_one_is_drawn():
    reached = whole([0.42, 0.91])

    assert "Nét đứt" in charts.whole_trend(whole([0.42, 0.61]), demo.TARGETS).note
    assert "Nét đứt" not in charts.whole_trend(reached, demo.TARGETS).note


def test_a_projection_of_days_that_have_come_is_not_drawn():
    days = whole([0.40, 0.42, 0.44])
    old = fan(days.head(1), 0.02, 0.01, days=2)

    assert not charts.whole_trend(days, demo.TARGETS, None, old).draw().axes[0].collections


def test_a_figure_just_below_a_target_does_not_say_that_it_has_reached_it():
    assert "59,99%" in drawn.words(charts.whole_trend(whole([0.59999]), demo.TARGETS).draw())


def test_a_missing_day_leaves_a_gap_in_the_trend():
    axes = charts.whole_trend(demo.whole().dropna(subset="coverage"), demo.TARGETS).draw().axes[0]

    line = max((line.get_ydata() for line in axes.lines), key=len)
    assert len(line) == 7
    assert pd.isna(line[2])


def test_carried_points_are_hollow_and_said_to_be():
    axes = charts.whole_trend(demo.whole(), demo.TARGETS).draw().axes[0]
    points = {
        line.get_markerfacecolor() != line.get_color(): len(line.get_xdata())
        for line in axes.lines
        if line.get_marker() == "o"
    }

    assert points == {False: 4, True: 2}
    assert "Điểm rỗng" in charts.whole_trend(demo.whole(), demo.TARGETS).note
    assert "Điểm rỗng" not in charts.whole_trend(demo.whole().head(2), demo.TARGETS).note


def test_the_notes_say_what_is_to_be_done_each_day():
    assert charts.whole_trend(demo.whole(), demo.TARGETS).note == (
        "Nét đứt: mức cần đạt hằng ngày để hoàn thành chỉ tiêu đúng hạn. "
        "Điểm rỗng: ngày có dùng tạm số liệu ngày trước."
    )
    assert charts.whole_trend(demo.whole().head(0), demo.TARGETS).note == ""  # nothing is drawn yet
    words = charts.whole_trend(demo.whole(), demo.TARGETS).alt
    assert "mục tiêu" not in words.lower()


def test_a_reached_target_has_no_path_to_it():
    paths = [
        line.get_ydata()[-1]
        for line in charts.whole_trend(demo.whole().assign(coverage=0.7), demo.TARGETS)
        .draw()
        .axes[0]
        .lines
        if line.is_dashed()
    ]

    assert paths == [0.90]


def test_the_first_day_and_no_day_say_their_targets():
    for days in (demo.whole().head(1), demo.whole().head(0), demo.whole().iloc[2:3]):
        assert "60% – 20/8" in charts.whole_trend(days, demo.TARGETS).alt


def test_a_first_figure_that_is_that_of_before_the_campaign_is_written_once():
    days, before = whole([0.36, 0.4732], "2025-09-26"), dt.datetime(2025, 9, 26, 10)

    same = drawn.words(charts.whole_trend(days, demo.TARGETS, (0.36, before)).draw())
    other = drawn.words(charts.whole_trend(days, demo.TARGETS, (0.1, before)).draw())

    assert same.count("36,00%") == 1
    assert {"36,00%", "10,00%"} <= {*other}
