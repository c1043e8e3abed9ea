"""Every page in every state, in a real browser: as it looks, and for those who cannot see it.

The pictures are left in the folder that BRIEFING_PICTURES names, to be looked at.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator

import pytest
from pypdf import PdfReader

from briefing.documents.exporters import BriefingHTMLExporter

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

STATES = (
    "normal", "first", "nine-missing", "none", "long-names", "bodies-below", "province", "unit",
    "report", "exploring", "english",
)  # fmt: skip
WIDTHS = (360, 768, 1280, 1920)
A4 = 661  # px between the margins of page.css: 210 - 20 - 15 mm at 96 px an inch
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll("body *")].filter(e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const texts = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    return box.width && texts && !e.closest("svg, [popover], .skip, .b-sr")
      && style.display !== "inline" && e.scrollWidth > e.clientWidth + 1;
  }).map(e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`)"""
"""Elements whose own text is wider than they are."""
BROKEN = """() => {
    const found = [], range = document.createRange();
    const texts = document.createTreeWalker(document.querySelector(".page"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.parentElement.closest("svg, [popover], .b-sr")) continue;
      for (const word of text.data.matchAll(/[\\p{L}\\p{N},.+%]{2,29}/gu)) {
        range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(box => box.top));
        if (lines.size > 1 && !/[\\p{L}\\p{N},.+%]{30}/u.test(text.data)) found.push(word[0]);
      }
    }
    return found;
  }"""
"""Words that go on in another line; one that is longer than any column may."""


class Watched:
    """A page in the browser's tab, and whatever it complained about or asked for."""

    def __init__(self, tab, source: str, file) -> None:
        file.write_text(source, encoding="utf-8")
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = tab
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(media="null", color_scheme="null")
        self.listeners = {
            "console": lambda message: self.said.append(message.text),
            "pageerror": lambda error: self.said.append(str(error)),
            "request": lambda request: self.asked.append(request.url),
        }
        for event, listener in self.listeners.items():
            self.page.on(event, listener)
        self.page.goto(file.as_uri())

    def left(self) -> None:
        """The tab is another page's from here on."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)

    def at(self, width: int, **media: str):
        """The page in a window of this width, in these media."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(**{"media": "screen", "color_scheme": "light", **media})
        return self.page

    def photographed(self, album, look: str) -> None:
        """Leave a picture of the whole page, where pictures are asked for."""
        if os.environ.get("BRIEFING_PICTURES"):
            self.page.screenshot(path=album / f"{self.name}-{look}.png", full_page=True)


@pytest.fixture
def opened(tab, tmp_path) -> Iterator[Callable[[str], Watched]]:
    """Show a page in the tab; nothing of the one before is left but the window itself."""
    shown: list[Watched] = []

    def of(source: str) -> Watched:
        shown.append(Watched(tab, source, tmp_path / "page.html"))
        return shown[-1]

    yield of
    for each in shown:
        each.left()


@pytest.fixture(params=STATES)
def watched(request, notebook, opened):
    source, _resources = BriefingHTMLExporter().from_notebook_node(notebook(request.param))
    shown = opened(source)
    shown.name, shown.size = request.param, len(source.encode())
    return shown


def test_a_page_in_any_state_fits_every_screen_and_everybody(watched, album):
    """One test a state, as a page takes seconds to make."""
    from axe_playwright_python.sync_playwright import Axe

    for width in WIDTHS:
        page = watched.at(width)
        assert page.evaluate(SIDEWAYS) == 0, width
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(BROKEN) == [], width
        watched.photographed(album, str(width))
    for width, scheme in ((360, "light"), (1280, "dark")):
        page = watched.at(width, color_scheme=scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
    watched.photographed(album, "dark")
    assert watched.at(A4, media="print").evaluate(SIDEWAYS) == 0
    watched.photographed(album, "print")
    assert watched.said == []
    assert [url for url in watched.asked if not url.startswith(("file:", "data:"))] == []
    assert len(watched.asked) == 1
    assert watched.size < 600_000


def test_a_fault_is_found_where_there_is_one(opened):
    """That the checks can fail."""
    from axe_playwright_python.sync_playwright import Axe

    fault = """<!DOCTYPE html><title>x</title><img src="https://nowhere.invalid/a.png">
      <p style="width:90px;white-space:nowrap">Một dòng chữ dài quá chiều rộng của nó</p>
      <p class="page" style="width:30px;overflow-wrap:anywhere">nghiêng</p>
      <div style="width:2000px">rộng</div>"""
    broken = opened(fault)

    assert Axe().run(broken.page).violations_count >= 2  # no alt text, no language
    assert broken.page.evaluate(CUT) and broken.page.evaluate(SIDEWAYS) > 0
    assert broken.page.evaluate(BROKEN) == ["nghiêng"]
    assert [url for url in broken.asked if "nowhere" in url]


@pytest.fixture(scope="module")
def normal(notebook) -> str:
    return BriefingHTMLExporter().from_notebook_node(notebook("normal"))[0]


def test_where_a_figure_comes_from_opens_and_closes_by_the_keyboard(normal, opened):
    page = opened(normal).page
    figure = page.locator("#units tbody tr", has_text="Phường Hoài Tân").locator("button").first
    figure.focus()
    source = page.locator(f"#{figure.get_attribute('popovertarget')}")
    assert not source.is_visible()

    page.keyboard.press("Enter")
    assert source.is_visible()
    told = source.inner_text().replace("\u00a0", " ")
    assert "Phường Hoài Tân" in told and "Hoai Tan ngay 18-8-2021.xlsx" in told and "Tỷ lệ:" in told

    page.keyboard.press("Escape")
    assert not source.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring not in ("none", "")


def test_one_stop_of_the_keyboard_a_row_opens_its_sources(normal, opened):
    page = opened(normal).page
    rows = page.locator("#units tbody tr")

    for row in range(rows.count()):
        stops = rows.nth(row).locator("button:not([tabindex='-1'])")
        assert stops.count() == (1 if rows.nth(row).locator("button").count() else 0)


def test_a_table_is_sorted_by_the_keyboard_by_number_and_its_total_stays(normal, opened):
    page = opened(normal).page
    table = page.locator("#units")
    heading = table.locator("thead th", has_text="Còn thiếu").locator("[role=button]")

    def needed() -> list[int]:
        cells = table.locator("tbody tr td:nth-child(6)").all_inner_texts()
        return [int(cell.replace(".", "")) for cell in cells]

    heading.focus()
    page.keyboard.press("Enter")
    assert needed() == sorted(needed(), reverse=True) and needed()[0] > 1000
    assert table.locator("thead th[aria-sort=descending]").count() == 1
    page.keyboard.press(" ")
    assert needed() == sorted(needed())
    assert "Toàn thị xã" in table.locator("tr").last.inner_text()


def test_without_a_script_the_page_is_whole(normal, opened, browser, tmp_path):
    scripted = opened(normal).page
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((tmp_path / "page.html").as_uri())

    whole, alone = (p.locator("body").inner_text().split() for p in (scripted, plain))
    assert alone == whole
    button = plain.locator("#units tbody button").first
    button.click()
    assert plain.locator(f"#{button.get_attribute('popovertarget')}").is_visible()
    context.close()


def test_tab_reaches_every_origin_in_order_with_a_ring_around_it(normal, opened):
    page = opened(normal).page
    named = "document.activeElement.getAttribute('popovertarget')"
    opened = "[...document.querySelectorAll(':popover-open')].map(e => e.id)"
    stops = page.locator(".b-open:not([tabindex='-1'])")
    reachable = stops.evaluate_all("all => all.map(e => e.getAttribute('popovertarget'))")

    reached = []
    for _press in range(page.locator("a, button, [tabindex]").count()):
        page.keyboard.press("Tab")
        if (name := page.evaluate(named)) is None:
            continue
        reached.append(name)
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, name
        page.keyboard.press("Enter")
        assert page.evaluate(opened) == [name]
        page.keyboard.press("Escape")
        assert page.evaluate(opened) == [] and page.evaluate(named) == name
        if len(reached) == len(reachable):
            break

    assert reachable and reached == reachable


def test_on_a_phone_the_rows_of_sentences_are_cards_that_name_each_value(normal, opened):
    shown = opened(normal)
    row = "#set-aside tbody tr"
    label = f"""getComputedStyle(document.querySelector("{row} td"), "::before").content"""
    widths = f"""[...document.querySelectorAll("{row}:first-child td")].map(e => e.clientWidth)"""

    page = shown.at(1280)
    assert page.evaluate(label) == "none" and page.locator("#set-aside thead").is_visible()
    page = shown.at(360)
    assert (
        page.evaluate(label) == '"Mức độ: "' and not page.locator("#set-aside thead").is_visible()
    )
    assert sorted(page.evaluate(widths))[1:] == [328, 328, 328]  # a number takes half a line
    assert not page.locator("#units thead").is_visible()  # no column out of sight


def test_the_keyboard_stops_at_a_table_only_where_it_scrolls(normal, opened):
    shown = opened(normal)
    wrong = """[...document.querySelectorAll(".b-scroll")].filter(box =>
      (box.tabIndex === 0) !== (box.scrollWidth > box.clientWidth)).length"""
    stops = """document.querySelectorAll(".b-scroll[tabindex]").length"""

    page = shown.at(360)
    page.wait_for_function(f"{wrong} === 0", timeout=5_000)
    on_a_phone = page.evaluate(stops)
    page = shown.at(1280)
    page.wait_for_function(f"{wrong} === 0", timeout=5_000)
    on_a_desk = page.evaluate(stops)
    assert on_a_phone == on_a_desk == 0  # rows are cards: nothing scrolls


def test_on_a_laptop_number_verdicts_pace_and_calls_stand_on_the_first_screen(normal, opened):
    page = opened(normal).at(1280)

    last = page.locator(".b-actions li").last.bounding_box()
    assert last["y"] + last["height"] <= 720


def test_on_a_phone_the_figures_stand_on_the_first_screen(normal, opened):
    page = opened(normal).at(360)

    box = page.locator(".b-heroes .b-value").bounding_box()
    assert box["y"] + box["height"] < 720


@pytest.mark.parametrize("state", ["normal", "nine-missing"])
def test_the_page_sent_to_a_printer_has_all_calls_on_its_first_sheet_and_numbers_on_all(
    notebook, opened, state
):
    source, _resources = BriefingHTMLExporter().from_notebook_node(notebook(state))
    page = opened(source).page
    units = [" ".join(text.split()) for text in page.locator(".b-who strong").all_inner_texts()]
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    first, second, *_rest = texts

    assert len(units) > 4 and all(
        unit in first.split("Đề xuất Chủ tịch chỉ đạo")[1] for unit in units
    )
    assert second.count("Kết quả thực hiện chỉ đạo ngày 17/8") == 1
    assert all(f"{n}/{len(texts)}" in text for n, text in enumerate(texts, start=1))
    assert min(map(len, texts)) > 300  # no sheet for a last line alone


def test_the_policy_stops_a_script_that_is_not_the_pages_own(normal, opened):
    page = opened(normal).page
    page.evaluate(
        """() => { const script = document.createElement("script");
           script.textContent = "window.strange = 1"; document.body.append(script); }"""
    )

    assert page.evaluate("window.strange") is None
