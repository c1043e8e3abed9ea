"""What holds for every chart: real words, none over another, the same bytes, no markup."""

import datetime as dt
import html
import re
from functools import cache
from typing import NamedTuple

import pandas as pd
import pytest

from briefing import charts
from briefing.documents import svg
from briefing.language import language

from . import demo, drawn, province

TARGETS = (0.6, 0.9)


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


def bodies(count=62):
    sectors = ("Phòng, ban", "Đoàn thể", "Đơn vị sự nghiệp", "Công đoàn cơ sở")
    name = "Công đoàn cơ sở Công ty Cổ phần May xuất khẩu và Chế biến gỗ Tam Quan số"
    return pd.DataFrame(
        {
            "body_name": [f"{name} {n}" for n in range(count)],
            "sector": [sectors[n % 4] for n in range(count)],
            "coverage": pd.array(
                [None if n % 9 == 8 else 0.4 + 0.01 * (n * 7 % 65) for n in range(count)],
                "Float64",
            ),
        }
    )


def placed():
    """The 17 units of the demo in their own layout."""
    places = [(n // 3, n % 3) for n in range(17)]
    return demo.units().assign(
        short_label=[name.replace("Phường", "P.").replace("Xã", "X.") for name in demo.NAMES],
        tile_row=pd.array([row for row, _c in places], "Int64"),
        tile_col=pd.array([column for _r, column in places], "Int64"),
        unit_code=[f"{n:05}" for n in range(17)],
    )


def counts():
    rows = [("error", "phone_invalid", 12), ("warning", "jump", 3), ("info", "late", 532),
            ("error", "numerator_over_denominator", 1)]  # fmt: skip
    return pd.DataFrame(rows, columns=["severity", "rule", "findings"])


def places(count=9):
    return pd.DataFrame(
        {
            "place": [f"Khu phố Thiết Đính {n}" for n in range(count - 1)] + [None],
            "numerator_cumulative": pd.array([*range(10, 10 + count - 1), None], "Int64"),
            "carried_from": pd.to_datetime([None] * (count - 1) + ["2021-08-15"]),
        }
    )


CHARTS = {
    "trend": lambda: charts.whole_trend(demo.whole(), demo.TARGETS, demo.BASELINE).draw(),
    "bars": lambda: charts.unit_bars(demo.units(), 0.6, [0.9]).draw(),
    "bars of a province": lambda: charts.unit_bars(province.units(), 0.6, [0.9]).draw(),
    "grid": lambda: charts.reporting_grid(demo.statuses()).draw(),
    "grid of a province": lambda: charts.reporting_grid(province.statuses()).draw(),
    "panels": lambda: charts.small_multiples(demo.history(), demo.TARGETS).draw(),
    "panels of a province": lambda: charts.small_multiples(province.history(), demo.TARGETS).draw(),
    "tiles": lambda: charts.tile_map(placed(), TARGETS).draw(),
    "tiles of a province": lambda: charts.tile_map(province.units(), TARGETS).draw(),
    "bodies": lambda: charts.body_dots(bodies(), 1.0).draw(),
    "findings": lambda: charts.findings_bars(counts()).draw(),
    "places": lambda: charts.place_bars(places()).draw(),
    "hamlets of a large unit": lambda: charts.place_bars(places(90)).draw(),
}
EMPTY = {
    "bars": lambda: charts.unit_bars(demo.units().head(0), 0.6).draw(),
    "grid": lambda: charts.reporting_grid(pd.DataFrame()).draw(),
    "panels": lambda: charts.small_multiples(demo.history().head(0)).draw(),
    "tiles": lambda: charts.tile_map(placed().head(0), TARGETS).draw(),
    "bodies": lambda: charts.body_dots(bodies().head(0), 1.0).draw(),
    "agencies that have not reported": lambda: charts.body_dots(
        bodies().assign(coverage=pd.array([None] * 62, "Float64")), 1.0
    ).draw(),
    "findings": lambda: charts.findings_bars(counts().head(0)).draw(),
    "places": lambda: charts.place_bars(places().head(0)).draw(),
}


class Drawing(NamedTuple):
    size: tuple[float, float]  # inches
    svg: str


@cache
def drawing(name: str) -> Drawing:
    figure = CHARTS[name]()
    return Drawing(tuple(figure.get_size_inches()), charts.as_svg(figure, salt="x"))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_word_of_a_chart_stands_over_another_or_over_the_edge(name, lang):
    with language(lang):
        figure = CHARTS[name]()

        assert drawn.overlapping(figure) == []
        assert drawn.outside(figure) == []


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_can_be_read_on_a_phone_fits_the_letters_of_a_page_and_is_no_taller_than_one(name):
    width, height = drawing(name).size

    assert 8.5 * 270 / (72 * width) >= 6  # points of its letters across a phone of 360 pixels
    assert 8.5 * (170 / 25.4) / width <= 11  # and across the text of an A4 sheet
    assert 72 * height <= charts.style.TALLEST


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_table_gives_the_same_bytes(name):
    again = charts.as_svg(CHARTS[name](), salt="x")

    assert again == drawing(name).svg


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_can_be_drawn(name):
    assert "<svg" in drawn.svg(EMPTY[name]())


@pytest.mark.parametrize("name", CHARTS)
def test_every_colour_is_one_that_the_page_exchanges_for_a_dark_screen(name):
    page = charts.style.__dict__
    named = {page[n] for n in ("INK", "MUTED", "GRID", "PALE", "ACCENT", "TARGET", "PAPER")}

    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', svg.clean(drawing(name).svg, "x")))
    assert used <= named


def test_two_figures_of_one_page_share_no_id():
    ids = [set(re.findall(r'id="([^"]+)"', figure.svg)) for figure in demo.figures()]

    assert not set.intersection(*ids)
    assert all(i.startswith("trend-") for i in ids[0])


@pytest.mark.parametrize("hostile", [*demo.HOSTILE, r"$\frac{", "a_b^c"])
def test_a_name_is_drawn_as_it_is_never_as_markup(hostile):
    units = demo.units().head(1).assign(unit_name=hostile)
    figure = charts.unit_bars(units, 0.6).draw()

    shown = [html.unescape(word).rstrip("…") for word in drawn.words(figure)]
    assert "<script" not in drawn.svg(figure)
    assert any(len(word) > 6 and hostile.startswith(word) for word in shown) or hostile in shown


def test_the_words_of_a_chart_are_in_the_language_of_the_page():
    with language("en"):
        shown = drawn.words(charts.unit_bars(demo.units(), 0.6).draw())
        key = drawn.words(charts.tile_map(placed(), TARGETS).draw())

    assert {"61.42%", "no figures yet", "51.04% (14 Aug)"} <= set(shown)
    assert "50% to below 60% (6)" in key


def test_what_is_carried_is_told_by_more_than_colour():
    carried = demo.units().assign(carried_from=dt.datetime(2021, 8, 15)).head(3)
    places = placed().assign(carried_from=dt.datetime(2021, 8, 15))

    assert "url(#" in drawn.svg(charts.unit_bars(carried, 0.6).draw())  # a hatch
    assert "stroke-dasharray" in drawn.svg(charts.tile_map(places, TARGETS).draw())
