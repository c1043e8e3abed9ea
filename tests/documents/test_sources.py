"""From a figure of the page to where it comes from: without JavaScript, on screen only."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from briefing.documents import html
from briefing.documents.assemble import Document, on_paper
from briefing.documents.sections import (
    bodies_below,
    key_figures,
    sources,
    units_table,
    waiting_for,
    whole_goals,
)
from briefing.documents.sections.unit import unit_figures, unit_sources
from briefing.params import Campaign
from briefing.tables import Day, build
from briefing.tables.unit import unit_of
from tests.tables.tiny import AN, BINH, CAT, DONG, campaign, day, params_folder, report, view

MONDAY, TUESDAY = report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 65)
CARRIED = report(BINH, 16, "16 11:00", 100)


class _Tags(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def document(made: Day) -> Document:
    blocks = (key_figures(made), units_table(made), sources(made))
    return Document("vi", "Trang", "", "", "", False, tuple(b.to_json() for b in blocks))


@pytest.fixture(scope="module")
def tuesday(tmp_path_factory):
    made = campaign(tmp_path_factory.mktemp("tiny"))
    return build(view(MONDAY, CARRIED, TUESDAY), made, day(17))


@pytest.fixture(scope="module")
def page(tuesday) -> str:
    return html.render(document(tuesday))


def entry(tuesday, code: str) -> tuple[str, ...]:
    return next(one.lines for one in sources(tuesday).entries if one.id == f"src-{code}")


def test_a_units_figures_are_told_with_their_file_cells_and_how_they_are_worked_out(tuesday):
    lines = entry(tuesday, AN)

    assert lines[0] == "Lũy kế đã cài đặt: 65"
    assert f"“{TUESDAY['file']}”" in lines[1] and "các ô E12 đến E16" in lines[1]
    assert "Số người có điện thoại thông minh: 100 (params/communes.csv, giả định)" in lines
    assert "Tỷ lệ: 65,00% = 65 ÷ 100" in lines
    assert "Tốc độ mỗi ngày: 25,0 = (65 − 40) ÷ 1 ngày" in lines


def test_a_carried_figure_names_the_day_and_the_report_that_it_is_from(tuesday):
    lines = entry(tuesday, BINH)

    assert lines[1] == "Lấy số của ngày 16/8/2021"
    assert f"“{CARRIED['file']}”" in lines[2]


def test_the_figures_of_the_whole_are_told_as_sums(tuesday):
    lines = entry(tuesday, "T")

    assert "Lũy kế đã cài đặt: 165 = tổng 2 đơn vị" in lines
    assert "Tỷ lệ: 55,00% = 165 ÷ 300" in lines


def test_every_number_opens_an_entry_that_is_there(page):
    tags = _Tags(page).tags
    opened = [a["popovertarget"] for tag, a in tags if tag == "button"]
    entries = [a["id"] for tag, a in tags if "popover" in a]

    assert set(opened) == set(entries) == {f"src-{c}" for c in ("T", AN, BINH, "00003", "00004")}


def test_the_keyboard_stops_once_in_each_row(page):
    buttons = [
        a for tag, a in _Tags(page).tags if tag == "button" and "b-open" in a.get("class", "")
    ]
    stops = [a["popovertarget"] for a in buttons if a.get("tabindex") != "-1"]

    assert stops.count(f"src-{AN}") == 1 and len(buttons) > len(stops)


def test_it_needs_no_script_and_a_policy_as_strict_as_before(page):
    assert page.count("<script>") == 1
    assert re.search(r"default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-", page)
    assert " style=" not in page and "onclick" not in page


def test_on_a_page_without_the_entries_no_figure_pretends_to_open_one(tuesday):
    blocks = (key_figures(tuesday).to_json(), units_table(tuesday).to_json())
    page = html.render(Document("vi", "Trang", "", "", "", False, blocks))

    assert "popovertarget" not in page


def test_on_paper_there_are_no_entries(tuesday):
    kinds = [block["block"] for block in on_paper(document(tuesday)).blocks]

    assert kinds == ["key_figures", "table"]


@pytest.mark.slow
def test_the_page_of_a_province_of_159_units_stays_small(tmp_path):
    codes = [f"{n:05}" for n in range(1, 160)]
    names = {code: f"Một Tên Thật Dài {code}" for code in codes}
    folder = params_folder(tmp_path / "params", names=names, denominator=dict.fromkeys(codes, 9000))
    reports = [
        report(code, about, f"{about} 10:00", 4000 + about) for code in codes for about in (16, 17)
    ]
    made = build(view(*reports), Campaign.load(folder), day(17))

    assert len(html.render(document(made)).encode()) < 450_000  # of 600,000 with the charts


# Of an agency that is listed, and on the page of one unit


def body(installed: int, code: str = "CQ1") -> dict:
    staff = {"staff_total": 20, "staff_denominator": 16, "staff_numerator": installed}
    return report(code, 17, "17 09:00", form="mau01", **staff)


@pytest.fixture(scope="module")
def with_bodies(tmp_path_factory):
    made = campaign(tmp_path_factory.mktemp("tiny"))
    return build(view(MONDAY, TUESDAY, body(12), body(16, "CQ2")), made, day(17))


def test_the_figures_of_an_agency_short_of_its_target_are_told(with_bodies):
    lines = entry(with_bodies, "CQ1")

    assert "Tỷ lệ: 75,00% = 12 ÷ 16" in lines
    assert any("đoạn 7" in line for line in lines)
    assert any(line.startswith("Còn thiếu: 4 = ") for line in lines)


def test_an_agency_that_is_not_listed_has_no_entry_and_each_listed_figure_opens_its_own(
    with_bodies,
):
    table = bodies_below(with_bodies)
    opened = {cell.source for row in table.rows for cell in row if cell.source}

    assert opened == {"src-CQ1"} <= {one.id for one in sources(with_bodies).entries}
    assert "src-CQ2" not in {one.id for one in sources(with_bodies).entries}


def test_the_page_of_a_unit_tells_its_own_sources_and_nobody_elses(tuesday):
    verified = tuesday.units.assign(coverage_sure=tuesday.units["coverage"])  # its jump of 25
    unit = unit_of(replace(tuesday, units=verified), AN)
    (one,) = unit_sources(unit).entries

    ahead = (  # it has reached the 60 % in force: its page asks for the 90 % by the 20th
        "90% – Còn thiếu: 25 = 90% × 100, làm tròn lên, − 65",
        "90% – Cần mỗi ngày: 8,3 = 25 ÷ 3",
    )
    assert one.id == f"src-{AN}" and one.lines == (*entry(tuesday, AN), *ahead)
    opened = {f.source for f in unit_figures(unit).figures if f.source}
    assert opened == {one.id}
    assert not any(CARRIED["file"] in line for line in one.lines)


# Of the targets, and of tables that name a unit's figure


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    """All four units report on Tuesday: 65 + 110 + 20 + 200 of 750."""
    made = campaign(tmp_path_factory.mktemp("tiny"))
    late = report(CAT, 17, "17 16:00", 20)
    others = (report(BINH, 17, "17 11:00", 110), late, report(DONG, 17, "17 10:00", 200))
    return build(view(MONDAY, TUESDAY, *others), made, day(17))


def test_what_each_target_asks_for_is_worked_out(complete):
    """60 % of 750 by the 18th, 90 % by the 20th: 55 and 280 more, in 1 and 3 days."""
    lines = entry(complete, "goals")

    assert "60% – Còn thiếu: 55 = 60% × 750, làm tròn lên, − 395" in lines
    assert "60% – Cần mỗi ngày: 55,0 = 55 ÷ 1" in lines
    assert "90% – Còn thiếu: 280 = 90% × 750, làm tròn lên, − 395" in lines
    assert "90% – Cần mỗi ngày: 93,3 = 280 ÷ 3" in lines
    cells = [cell for row in whole_goals(complete).rows for cell in row]
    assert {cell.source for cell in cells if cell.text in ("55", "280")} == {"src-goals"}


def test_a_figure_used_instead_opens_the_report_that_it_is_from(complete):
    (row,) = waiting_for(complete).rows

    assert row[-1].source == f"src-{CAT}"
    assert any("trễ" in line or "E12" in line for line in entry(complete, CAT))
