"""A chart as a block; what was drawn of the same figures is not drawn again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from matplotlib.figure import Figure as Drawing

from briefing import charts
from briefing.charts import Chart
from briefing.documents import figures
from briefing.documents.blocks import Figure
from briefing.documents.figures import figure_block, keep_drawings
from briefing.language import language
from tests.documents import demo


@dataclass
class Pen:
    """Charts of a chart's own kind, counted as they are drawn."""

    drawn: int = 0

    def of(self, chart: Chart) -> Chart:
        draw = partial(chart.draw.func, *chart.draw.args)

        def counted(*_args: object) -> Drawing:
            self.drawn += 1
            return draw()

        counted.__module__ = chart.draw.func.__module__
        return replace(chart, draw=partial(counted, *chart.draw.args))

    def block(self, chart: Chart, id: str = "bars") -> Figure:
        return figure_block(self.of(chart), id=id, title="Tiêu đề")


@pytest.fixture
def pen(tmp_path: Path) -> Pen:
    keep_drawings(tmp_path)
    yield Pen()
    figures._drawings.clear()


def bars(first: float = 0.5) -> Chart:
    units = demo.units()
    units.loc[units.index[0], "coverage"] = first
    return charts.unit_bars(units, 0.6)


def test_the_same_figures_are_drawn_once_and_look_the_same(pen: Pen):
    first, again = pen.block(bars()), pen.block(bars())

    assert pen.drawn == 1
    assert first == again
    figures._drawings.clear()
    assert pen.block(bars()) == first  # as it is without anything kept


@pytest.mark.slow
def test_another_figure_language_place_or_target_is_drawn(pen: Pen):
    pen.block(bars(0.5))
    assert pen.block(bars(0.51)).svg != pen.block(bars(0.5)).svg
    with language("en"):
        pen.block(bars(0.5))
    pen.block(bars(0.5), id="other")
    pen.block(charts.unit_bars(demo.units(), 0.9))

    assert pen.drawn == 5


def test_the_note_and_the_words_are_those_of_the_chart_and_never_kept(pen: Pen):
    pen.block(bars())
    block = figure_block(replace(pen.of(bars()), note="Khác"), id="bars", title="T", more="Thêm.")

    assert pen.drawn == 1
    assert (block.title, block.note) == ("T", "Khác Thêm.")


def test_a_kept_drawing_that_is_damaged_is_drawn_again(pen: Pen, tmp_path: Path):
    first = pen.block(bars())
    (kept,) = (tmp_path / figures.DRAWN).glob(f"*/{figures.SVG}")
    kept.write_text("<svg><script>1</script></svg>")

    assert pen.block(bars()) == first
    assert pen.drawn == 2
