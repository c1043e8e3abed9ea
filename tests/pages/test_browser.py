"""Every page in every state, in a real browser: as it looks, and for those who cannot see it.

The pictures are left in the folder that BRIEFING_PICTURES names, to be looked at.
"""

from __future__ import annotations

import pytest

from briefing.documents.html import BriefingHTMLExporter

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

STATES = (
    "normal", "first", "nine-missing", "none", "long-names", "agencies-below", "province", "unit",
    "report", "exploring", "english",
)  # fmt: skip
WIDTHS = (360, 768, 1280, 1920)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll("body *")].filter(e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const texts = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    return box.width && texts && !e.closest("svg, [popover], .skip, .b-sr")
      && style.display !== "inline" && e.scrollWidth > e.clientWidth + 1;
  }).map(e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`)"""
"""Elements whose own text is wider than they are."""


class Watched:
    """A page in the browser, and whatever it complained about or asked for."""

    def __init__(self, browser, source: str, file) -> None:
        file.write_text(source, encoding="utf-8")
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def at(self, width: int, **media: str):
        """The page in a window of this width, in these media."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(**{"media": "screen", "color_scheme": "light", **media})
        return self.page


@pytest.fixture(params=STATES)
def watched(request, states, browser, tmp_path):
    source, _resources = BriefingHTMLExporter().from_notebook_node(states[request.param]())
    shown = Watched(browser, source, tmp_path / "page.html")
    shown.name, shown.size = request.param, len(source.encode())
    yield shown
    shown.page.close()


def test_a_page_in_any_state_fits_every_screen_and_everybody(watched, album):
    """One test a state, as a page takes seconds to make."""
    from axe_playwright_python.sync_playwright import Axe

    for width in WIDTHS:
        page = watched.at(width)
        page.screenshot(path=album / f"{watched.name}-{width}.png", full_page=True)
        assert page.evaluate(SIDEWAYS) == 0, width
        assert page.evaluate(CUT) == [], width
    for scheme in ("light", "dark"):
        page = watched.at(1280, color_scheme=scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
    page.screenshot(path=album / f"{watched.name}-dark.png", full_page=True)
    watched.at(794, media="print").screenshot(
        path=album / f"{watched.name}-print.png", full_page=True
    )
    assert watched.said == []
    assert [url for url in watched.asked if not url.startswith(("file:", "data:"))] == []
    assert len(watched.asked) == 1
    assert watched.size < 600_000


def test_a_fault_is_found_where_there_is_one(browser, tmp_path):
    """That the three checks can fail."""
    from axe_playwright_python.sync_playwright import Axe

    fault = """<!DOCTYPE html><title>x</title><img src="https://nowhere.invalid/a.png">
      <p style="width:90px;white-space:nowrap">Một dòng chữ dài quá chiều rộng của nó</p>
      <div style="width:2000px">rộng</div>"""
    broken = Watched(browser, fault, tmp_path / "page.html")

    assert Axe().run(broken.page).violations_count >= 2  # no alt text, no language
    assert broken.page.evaluate(CUT) and broken.page.evaluate(SIDEWAYS) > 0
    assert [url for url in broken.asked if "nowhere" in url]
    broken.page.close()
