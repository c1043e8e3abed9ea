"""The executed notebooks as the analyst opens them: JupyterLab's own style around the blocks."""

from __future__ import annotations

import os

import pytest
from nbconvert import HTMLExporter

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

MET = """() => [...document.querySelectorAll(".briefing .b-figure")].filter(figure => {
    const [label, value] = ["dt", "dd"].map(n => figure.querySelector(n).getBoundingClientRect());
    return value.top < label.bottom - 1;
  }).map(figure => figure.textContent.trim())"""
"""Key figures whose value does not stand below its label."""
FAINT = """() => {
    const light = colour => {
      const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(v => {
        v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05); };
    const charts = [...document.querySelectorAll(".briefing .b-chart")];
    const weak = charts.flatMap(chart => [...chart.querySelectorAll("svg text")]
      .filter(text => ratio(getComputedStyle(text).fill,
                            getComputedStyle(chart).backgroundColor) < 4.4));
    document.body.insertAdjacentHTML(
      "beforeend", '<i id="ground" style="background:var(--jp-layout-color0)"></i>');
    const under = getComputedStyle(document.querySelector("#ground")).backgroundColor;
    const marks = [...document.querySelectorAll(".briefing .b-mark")]
      .filter(mark => ratio(getComputedStyle(mark).color, under) < 4.4);
    return [...weak, ...marks].map(e => e.textContent);
  }"""
"""Letters of charts and marks of tables that hardly stand out from what is behind them."""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", ["normal", "unit", "report", "exploring"])
def test_an_executed_notebook_is_a_page_that_can_be_read(
    notebook, browser, tmp_path, album, state, theme
):
    source, _resources = HTMLExporter(template_name="lab", theme=theme).from_notebook_node(
        notebook(state)
    )
    (tmp_path / "page.html").write_text(source, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.route("http*://**", lambda route: route.abort())
    page.goto((tmp_path / "page.html").as_uri(), wait_until="domcontentloaded")

    assert page.locator(".briefing").count() > 5
    assert page.evaluate(MET) == []
    assert page.evaluate(FAINT) == []
    if os.environ.get("BRIEFING_PICTURES"):
        page.screenshot(path=album / f"{state}-lab-{theme}.png", full_page=True)
    page.close()
