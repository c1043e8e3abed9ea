"""The units on a map: tiles of a layout; shaded by how near the targets are."""

import pandas as pd
import pytest

from briefing import charts
from briefing.charts import bands
from briefing.language import language

from . import drawn

TARGETS = (0.6, 0.9)


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


def units(*rows):
    """Name, coverage, day of August that the figure is carried from, row and column of the tile."""
    columns = ["short_label", "coverage", "carried_from", "tile_row", "tile_col"]
    frame = pd.DataFrame([*rows], columns=columns)
    days = [f"2021-08-{row[2]}" if row[2] else None for row in rows]
    return frame.assign(
        unit_code=[f"{n:05}" for n in range(len(frame))],
        coverage=frame["coverage"].astype("Float64"),
        carried_from=pd.to_datetime(days),
        tile_row=frame["tile_row"].astype("Int64"),
        tile_col=frame["tile_col"].astype("Int64"),
    )


FOUR = units(
    ("P. An", 0.91, None, 0, 0),
    ("X. Bình", 0.6, 15, 0, 1),
    ("X. Cát", 0.59999, None, 1, 0),
    ("X. Đông", None, None, 1, 1),
)


def rectangles(figure):
    """Lower left corner, fill and line style of the tiles, without the key."""
    shapes = [p for p in figure.axes[0].patches if p.get_width() > 12]
    return {(round(p.get_x()), round(p.get_y())): p for p in shapes}


def test_the_bands_are_far_near_and_from_each_target_to_the_next():
    edges = [(band.low, band.high) for band in bands.bands(TARGETS)]
    shades = [band.shade for band in bands.bands(TARGETS)]

    assert edges == [(0.0, 0.5), (0.5, 0.6), (0.6, 0.9), (0.9, float("inf"))]
    assert shades == sorted(shades) and len(set(shades)) == 4
    assert [band.words() for band in bands.bands(TARGETS)] == [
        "dưới 50%", "50% đến dưới 60%", "60% đến dưới 90%", "từ 90%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("coverage", "low"),
    [(0.0, 0.0), (0.4999, 0.0), (0.5, 0.5), (0.5999, 0.5), (0.6, 0.6), (0.9, 0.9), (1.3, 0.9)],
)
def test_a_target_is_reached_exactly_from_its_figure_on(coverage, low):
    assert bands.band_of(coverage, bands.bands(TARGETS)).low == low


@pytest.mark.parametrize("targets", [[0.6], [0.05], [0.2, 0.4, 0.6, 0.8]])
def test_any_number_of_targets_gives_bands_that_hold_everything(targets):
    among = bands.bands(targets)

    assert all(bands.band_of(value, among) for value in (0, 0.049, 0.5, 0.95, 2))


def test_a_tile_says_name_and_figure_and_stands_in_its_place():
    figure = charts.tile_map(FOUR, TARGETS).draw()

    shown = drawn.words(figure)
    assert {"P. An", "91,0%", "60,0% (15/8)", "59,9%", "chưa có số liệu"} <= set(shown)
    (left, right), (upper, lower) = (
        sorted({corner[axis] for corner in rectangles(figure)}) for axis in (0, 1)
    )
    assert left < right and upper < lower
    assert len(rectangles(figure)) == 4


def test_carried_and_missing_tiles_have_edges_of_their_own():
    figure = charts.tile_map(FOUR, TARGETS).draw()

    lines = [p.get_linestyle() for _corner, p in sorted(rectangles(figure).items())]
    assert len({str(line) for line in lines}) == 3
    assert (
        "Viền đứt" in charts.tile_map(FOUR, TARGETS).note
        and "Viền chấm" in charts.tile_map(FOUR, TARGETS).note
    )
    assert charts.tile_map(FOUR.head(1), TARGETS).note == "Càng đậm càng gần chỉ tiêu."


def test_the_key_counts_the_units_of_each_shade():
    shown = drawn.words(charts.tile_map(FOUR, TARGETS).draw())

    assert {"dưới 50% (0)", "50% đến dưới 60% (1)", "60% đến dưới 90% (1)", "từ 90% (1)"} <= {
        *shown
    }


def test_the_alt_text_says_every_unit_the_highest_first():
    assert charts.tile_map(FOUR, TARGETS).alt == (
        "Bản đồ đơn vị theo tỷ lệ. dưới 50%: 0; 50% đến dưới 60%: 1; 60% đến dưới 90%: 1; "
        "từ 90%: 1. P. An: 91,0%; X. Bình: 60,0% (15/8); X. Cát: 59,9%; X. Đông: chưa có số liệu."
    )


def test_units_without_a_place_of_their_own_stand_below_the_layout_the_lowest_first():
    taken = FOUR.assign(tile_row=pd.array([0, 0, None, 0], "Int64"))
    taken["tile_col"] = pd.array([0, 1, None, 1], "Int64")  # the last wants the second's place
    shown = drawn.words(charts.tile_map(taken, TARGETS).draw())

    assert "Chưa có vị trí trên sơ đồ, thấp nhất trước" in shown
    assert shown.index("X. Đông") < shown.index("X. Cát")


def test_a_layout_with_many_columns_has_figures_alone():
    wide = units(*(("P. Tên dài", 0.3 + 0.01 * n, None, 0, n) for n in range(12)))
    shown = drawn.words(charts.tile_map(wide, TARGETS).draw())

    assert "P. Tên dài" not in shown
    assert {"30%", "41%"} <= set(shown)
