"""The page: self-contained, safe, whole without JavaScript."""

import base64
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

import pytest
from nbformat.v4 import new_output
from playwright import sync_api

from briefing.documents import blocks
from briefing.documents.exporters import BriefingHTMLExporter
from briefing.errors import DocumentError

from . import demo


class Page(HTMLParser):
    """Elements and attributes of a page, to look things up by name."""

    def __init__(self, source: str):
        super().__init__()
        self.source, self.elements = source, []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def attribute(self, name):
        return [attributes[name] for _tag, attributes in self.elements if name in attributes]

    @property
    def policy(self):
        return next(m["content"] for m in self.all("meta") if "http-equiv" in m)


def exported(*cells) -> Page:
    source, resources = BriefingHTMLExporter().from_notebook_node(demo.notebook(*cells))
    assert resources["output_extension"] == ".html"
    return Page(source)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(BriefingHTMLExporter().from_notebook_node(demo.full())[0])


def test_the_page_is_below_600_kb(page):
    assert len(page.source.encode()) < 600_000


def test_the_page_asks_nothing_of_anywhere(page):
    assert not page.all("link") and not page.all("iframe")
    assert not [s for s in page.attribute("src") if not s.startswith("data:")]
    assert not [h for h in page.attribute("href") if not h.startswith("#")]
    assert "@import" not in page.source.split("</style>")[0]


def test_the_policy_allows_exactly_this_style_and_this_script(page):
    assert page.policy.startswith("default-src 'none'; ")
    assert "unsafe" not in page.policy
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", page.source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page.policy


def test_no_element_carries_a_style_or_a_handler(page):
    assert not page.attribute("style")
    assert not [n for _t, a in page.elements for n in a if n.startswith("on")]


def test_hostile_texts_are_shown_and_run_nothing(page):
    assert len(page.all("script")) == 1
    assert "<script>alert" not in page.source
    assert page.source.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    assert "=HYPERLINK(&#34;http://x.example&#34;,&#34;y&#34;)" in page.source
    assert "{{ 7*7 }} {% raw %} &amp;amp;" in page.source


def test_the_page_has_a_language_landmarks_and_a_way_to_the_content(page):
    assert page.all("html") == [{"lang": "vi"}]
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(page.all(landmark)) == 1
    assert {"class": "skip", "href": "#content"} in page.all("a")


def test_the_contents_lead_to_every_heading(page):
    levels = [int(tag[1]) for tag, _a in page.elements if re.fullmatch("h[1-6]", tag)]
    links = {a["href"][1:] for a in page.all("a") if a.get("class") != "skip"}
    ids = page.attribute("id")

    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(links) == len(levels) - 1
    assert links <= set(ids)


def test_no_id_occurs_twice(page):
    ids = page.attribute("id")

    assert len(ids) == len(set(ids))


def test_every_chart_has_its_alt_text(page):
    described = [d for d in page.all("div") if d.get("role") == "img"]

    assert len(described) == 4
    assert all(d["aria-label"] for d in described)
    assert all(image["alt"] for image in page.all("img"))


def test_a_table_names_its_columns_and_rows_and_keeps_raw_values():
    found = exported(demo.cell_of(demo.ranking()))

    first_row = next(h for h in found.all("th") if h.get("scope") == "row")
    assert first_row["data-v"] == "Phường Bồng Sơn"
    assert len([h for h in found.all("th") if h.get("scope") == "col"]) == 7
    assert "0.6142" in found.attribute("data-v")
    assert len(found.all("tfoot")) == 1


def test_a_tone_is_told_by_a_sign_and_a_word_too():
    source = exported(demo.cell_of(blocks.Notice("x", "bad"))).source

    assert '<span aria-hidden="true">■</span><span class="b-sr">đáng lo ngại: </span>' in source


def test_the_banner_stands_only_on_illustrative_pages():
    real = exported(demo.cell_of(demo.letterhead(illustrative=False)))
    sample = exported(demo.cell_of(demo.letterhead()))

    assert "SỐ LIỆU MINH HỌA" not in real.source
    assert "SỐ LIỆU MINH HỌA" in sample.source
    assert "@top-center" in sample.source


def test_the_english_page_says_so_throughout():
    found = exported(
        demo.cell_of(demo.letterhead(lang="en"), blocks.Heading("Town"), blocks.Notice("x"))
    )

    assert found.all("html") == [{"lang": "en"}]
    assert "Contents" in found.source and "attention: " in found.source
    assert "Mục lục" not in found.source


def test_a_document_of_nothing_is_still_a_page():
    assert exported().all("h1") == [{}]


def test_a_failed_cell_gives_no_page():
    cell = demo.cell_of(blocks.Paragraph("x"))
    cell.outputs.append(new_output("error", ename="E", evalue="v", traceback=[]))

    with pytest.raises(DocumentError, match="cell 1: E: v"):
        BriefingHTMLExporter().from_notebook_node(demo.notebook(cell))


def test_progress_beyond_the_last_target_stays_inside_its_bar():
    figure = blocks.KeyFigure("a", "112%", progress=1.12, marks=((0.9, "90%"),))
    widths = [
        float(r["width"].rstrip("%"))
        for r in exported(demo.cell_of(blocks.KeyFigures((figure,)))).all("rect")
    ]

    assert widths == [100, 100]


class Opened(NamedTuple):
    """A page in the browser, and what the browser said of it on its console."""

    shown: sync_api.Page
    said: list[str]


@pytest.fixture(scope="module")
def chromium(playwright) -> Iterator[sync_api.Browser]:
    """Debian's Chromium, with the scroll bars of a desk."""
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox"],
        ignore_default_args=["--hide-scrollbars"],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def tab(chromium) -> sync_api.Page:
    """The page that all are shown in: a new one is a process, and takes a second."""
    return chromium.new_page()


@pytest.fixture
def opened(tab, tmp_path) -> Iterator[Callable[..., Opened]]:
    """Open a page in a window of a width; what the browser says of it is kept beside it."""
    said: list[str] = []
    listeners = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
    }

    def of(source: str, width: int = 1280) -> Opened:
        tab.set_viewport_size({"width": width, "height": 900})
        (tmp_path / "page.html").write_text(source, encoding="utf-8")
        said.clear()
        tab.goto((tmp_path / "page.html").as_uri())
        return Opened(tab, said)

    for event, listener in listeners.items():
        tab.on(event, listener)
    yield of
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)


@pytest.mark.needs("chromium")
def test_a_browser_accepts_the_policy_and_makes_tables_sortable(page, opened):
    shown, said = opened(page.source)

    assert said == []
    assert shown.locator("[role=button]").count() == 7 + 4


@pytest.mark.needs("chromium")
def test_a_heading_sorts_by_keyboard_missing_last_and_the_total_stays(opened):
    shown, _said = opened(exported(demo.cell_of(demo.ranking())).source)
    heading = shown.locator("thead [role=button]").nth(3)
    for _time in range(2):
        heading.press("Enter")

    names = shown.locator("th[scope=row]").all_text_contents()
    assert names[:2] == ["Xã Hoài Phú", "Xã Hoài Mỹ"]
    assert names[-3:] == ["Phường Bồng Sơn", "Xã Hoài Sơn", "Toàn thị xã"]
    assert shown.locator("[aria-sort=ascending]").count() == 1


def wide_table() -> blocks.Table:
    """The units with everything known about each, as the daily page shows them."""
    kinds = ("left", *["right"] * 7, "left", "left")
    names = (
        "Xã, phường", "Xếp thứ", "Đã cài đặt", "Tỷ lệ", "Tăng, giảm (điểm)",
        "Còn thiếu để đạt 60%", "Cần mỗi ngày", "Tốc độ mỗi ngày", "Tiến độ", "Báo cáo",
    )  # fmt: skip
    columns = [
        blocks.Column(f"c{n}", *named) for n, named in enumerate(zip(names, kinds, strict=True))
    ]
    numbers = ("9", "13.204", "45,71%", "+1,91", "11.002", "1.201", "1.103")
    rows = [
        (
            blocks.Cell(name),
            *map(blocks.Cell, numbers),
            blocks.Cell("chậm tiến độ", tone="warn"),
            blocks.Cell("không có số liệu mới", tone="bad"),
        )
        for name in demo.NAMES
    ]
    return blocks.Table("units", "Từng đơn vị", tuple(columns), tuple(rows))


def waiting_table() -> blocks.Table:
    """Who is waited for: four columns of words, joined by spaces that do not break."""
    columns = ("Xã, phường", "Báo cáo", "Nhận lúc", "Số liệu đang dùng")
    texts = ("trễ hạn", "12h46\xa0ngày\xa016/8/2021", "3.208, theo báo cáo trễ hạn")
    rows = [tuple(map(blocks.Cell, (name, *texts))) for name in demo.NAMES]
    named = (blocks.Column(f"c{n}", column) for n, column in enumerate(columns))
    return blocks.Table("waiting", "Chưa báo cáo", tuple(named), tuple(rows))


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_page_does_not_scroll_sideways(page, opened, width):
    root = "document.documentElement"
    shown, _said = opened(page.source, width)

    assert shown.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0


HIDDEN = """[...document.querySelectorAll(".b-scroll")]
  .map(box => box.scrollWidth - box.clientWidth)"""
"""By how many pixels each table is wider than its box."""


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [1265, 1280, 1535, 1537, 1920])
def test_ten_columns_are_seen_whole_on_a_desk(opened, width):
    cell = demo.cell_of(demo.letterhead(), blocks.Heading("Đơn vị"), wide_table())
    shown, _said = opened(exported(cell).source, width)

    assert shown.evaluate(HIDDEN) == [0]


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [360, 500])
def test_four_columns_of_words_are_seen_whole_on_a_phone(opened, width):
    cell = demo.cell_of(demo.letterhead(), waiting_table())
    shown, _said = opened(exported(cell).source, width)

    assert shown.evaluate(HIDDEN) == [0]


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_a_wide_table_on_a_phone_scrolls_in_its_box_under_its_first_column(opened):
    table = wide_table()  # of more rows than are cards
    cell = demo.cell_of(demo.letterhead(), replace(table, rows=table.rows * 20))
    shown, _said = opened(exported(cell).source, 360)
    script = """box => {
      const left = () => ["thead th", "tbody th"].map(
        name => Math.round(box.querySelector(name).getBoundingClientRect().left));
      const before = left();
      box.scrollLeft = 200;
      return [box.scrollLeft, String(left()) === String(before)];
    }"""
    box = shown.locator(".b-scroll")

    assert box.evaluate(script) == [200, True]
    assert box.evaluate("box => getComputedStyle(box).backgroundAttachment") == "local, scroll"


@pytest.mark.needs("chromium")
@pytest.mark.parametrize(("width", "above"), [(360, True), (1280, True), (1920, False)])
def test_the_contents_stand_above_the_text_until_there_is_room_beside(page, opened, width, above):
    place = 'document.querySelector("{}").getBoundingClientRect()'
    shown, _said = opened(page.source, width)

    assert shown.evaluate(f"{place.format('nav')}.bottom <= {place.format('main')}.top") is above
