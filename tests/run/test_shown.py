"""What the day's page shows, figure by figure, is what the published tables hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd
import pdfplumber
import pytest

from tests.run.conftest import DAY, Office, once
from tests.run.test_published import vi_count, vi_percent, vi_points
from tests.run.test_six_days import LAST, filled
from tests.run.written import (
    Row,
    Write,
    asked,
    at_least,
    count,
    gained,
    in_use,
    moment,
    percent,
    points,
    reached_about,
    rounded,
    words,
)
from tests.said import page, plain

MARKS = "✓▲■"
PLACES_MOVED = re.compile(r"\u00a0[▲▼]\d+$")
"""Before a rank: since the day before, whose ranks are no table of this day."""
Shown = dict[str, list[dict[str, tuple[str, str]]]]
"""The tables of a page, as `page.tables` reads them."""
OF_SEVERAL = {"drafts", "set-aside", "resubmitted"}
"""Tables whose rows are not each a row of a published table; they have tests of their own."""
LATER = {"calls-answered"}
"""Tables that the first day on which reports are due has not: they are read on a later day."""


@dataclass(frozen=True)
class Behind:
    """The published table behind a table of the page.

    Attributes:
        rows: Its rows, under the value of the page's cell that names a row.
        named: The heading of that cell.
        columns: Heading → the column behind it, and how its value is written.
    """

    rows: Callable[[Office], dict[str, Row]]
    named: str
    columns: dict[str, tuple[str, Write]]


def by(name: str, column: str) -> Callable[[Office], dict[str, Row]]:
    return lambda office: {str(r[column]): r for r in office.table(name).to_dict("records")}


def units_and_whole(office: Office) -> dict[str, Row]:
    last = office.table("town").iloc[-1].to_dict()
    on_time = f"{last['reports_on_time']}/{last['reports_expected']} đúng hạn"
    return by("communes", "unit_code")(office) | {"HN": last | {"status": on_time}}


def goals_of_the_whole(office: Office) -> dict[str, Row]:
    goals = office.table("goals")
    return {str(r["target_coverage"]): r for r in goals[goals["area"] == "HN"].to_dict("records")}


BEHIND = {
    "units": Behind(units_and_whole, "Xã, phường", {
        "Xếp thứ": ("rank", count),
        "Đã cài đặt": ("installs_cumulative", count),
        "Tỷ lệ": ("coverage", percent),
        "Tăng, giảm (điểm)": ("coverage_change", points),
        "Còn thiếu để đạt 60%": ("installs_needed", count),
        "Cần mỗi ngày": ("pace_required", at_least),
        "Tốc độ mỗi ngày": ("pace_observed", rounded),
        "Tiến độ": ("outlook", words),
        "Báo cáo": ("status", words),
    }),
    "goals": Behind(goals_of_the_whole, "Chỉ tiêu", {
        "Còn thiếu": ("installs_needed", count),
        "Cần mỗi ngày": ("pace_required", at_least),
        "Tốc độ mỗi ngày": ("pace_observed", rounded),
        "Ngày cao nhất": ("pace_best", rounded),
        "Tiến độ": ("outlook", words),
        "Dự kiến đạt với tốc độ hiện nay": ("date_early", reached_about),
    }),
    "bodies": Behind(by("agencies", "agency_code"), "Cơ quan, đơn vị", {
        "Khối": ("sector", words),
        "Người có điện thoại thông minh": ("staff_smartphone", count),
        "Đã cài đặt": ("staff_installed", count),
        "Tỷ lệ": ("coverage", percent),
        "Còn thiếu": ("installs_needed", count),
        "Báo cáo": ("status", words),
    }),
    "calls-answered": Behind(by("actions_followed_up", "unit_code"), "Xã, phường", {
        "Đã yêu cầu": ("ask", asked),
        "Khi đó": ("installs_cumulative", count),
        "Hiện nay": ("installs_now", count),
        "Chênh lệch": ("gained", gained),
        "Kết quả": ("outcome", words),
    }),
    "waiting": Behind(by("communes", "unit_code"), "Xã, phường", {
        "Báo cáo": ("status", words),
        "Nhận lúc": ("received_at", moment),
        "Số liệu đang dùng": ("installs_cumulative", in_use),
    }),
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(published) -> Shown:
    return shown_by(published)


def shown_by(office: Office) -> Shown:
    return page.tables((office.day / "briefing.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def later(tmp_path_factory) -> Office:
    """An office of the campaign worked out by hand, with its last day published."""
    return Office(once(tmp_path_factory, "six-days", filled), LAST)


@pytest.fixture
def told(request, name, published, shown) -> tuple[Office, Shown]:
    """An office that shows a table, and the tables of its page."""
    if name not in LATER:
        return published, shown
    office = request.getfixturevalue("later")
    return office, shown_by(office)


def test_every_table_of_the_page_is_compared_with_a_published_one(shown, later):
    assert set(shown) == set(BEHIND) - LATER | OF_SEVERAL
    assert set(shown_by(later)) >= LATER


def test_a_doubt_that_a_later_figure_has_overtaken_waits_for_nobody(published, said):
    """The fall of the 15th stands in the table; on the 16th its unit is above its former height."""
    (fall,) = published.table("anomalies").to_dict("records")

    assert (fall["rule"], fall["status"]) == ("cumulative_decrease", "overtaken")
    told = plain("Không còn số liệu nào chờ xác minh.")
    assert any(told in text for text in said["html"].values())


def beside(office: Office, shown: Shown, name: str) -> Iterator[tuple[dict, Row]]:
    """Each row of a table of the page, and the published row that it is made of."""
    rows = BEHIND[name].rows(office)
    for cells in shown[name]:
        yield cells, rows[cells[BEHIND[name].named][1]]


@pytest.mark.parametrize("name", BEHIND)
def test_every_cell_of_a_table_is_written_from_the_published_table(told, name):
    columns = BEHIND[name].columns

    assert told[1][name]
    for cells, row in beside(*told, name):
        said = {heading: PLACES_MOVED.sub("", cells[heading][0]) for heading in columns}
        assert said == {heading: expected(row, *behind) for heading, behind in columns.items()}


def expected(row: Row, column: str, write: Write) -> str:
    if column not in row:
        return ""  # the whole has no rank
    return "–" if pd.isna(row[column]) else write(row, column)


@pytest.mark.parametrize("name", BEHIND)
def test_the_value_behind_a_number_is_that_of_the_published_table(told, name):
    for cells, row in beside(*told, name):
        for heading, (column, _write) in BEHIND[name].columns.items():
            raw, value = cells[heading][1], row.get(column)
            if isinstance(value, int | float):
                assert (raw == "") == bool(pd.isna(value)), (row, heading)
                assert raw == "" or float(raw) == pytest.approx(value, abs=1e-6)


def test_the_page_lists_every_unit_once_and_every_one_that_is_waited_for(published, shown):
    units = published.table("communes")
    late = units[units["status"].ne("on_time")]

    assert [cells["Xã, phường"][1] for cells in shown["units"]] == [
        *units.sort_values("coverage", ascending=False)["unit_code"], "HN",
    ]  # fmt: skip
    assert sorted(cells["Xã, phường"][1] for cells in shown["waiting"]) == sorted(late["unit_code"])


def test_what_was_set_aside_is_counted_as_in_the_findings(published, shown):
    found = published.table("findings")
    grave = found[found["severity"].isin(["error", "warning"])]
    sizes = grave.groupby(["severity", "rule", "unit_code"]).size()
    lines, counted = set(), Counter()

    for row in shown["set-aside"]:
        severity, codes, rule, n = (row[k][1] for k in ("Mức độ", "Đơn vị", "Nội dung", "Số lần"))
        assert row["Số lần"][0] == vi_count(int(n))
        counted[severity, rule] += int(n)
        lines |= {(severity, rule, code) for code in codes.split()}

    assert lines == set(sizes.index)
    assert counted == sizes.groupby(["severity", "rule"]).sum().to_dict()


def test_what_was_sent_again_is_the_report_in_use_and_the_one_before_it(published, shown):
    reports = published.table("reports")
    today = reports[reports["report_date"].eq(DAY)].set_index(["unit_code", "verdict"])

    assert shown["resubmitted"]
    for cells in shown["resubmitted"]:
        then, now = (today.loc[(cells["Đơn vị"][1], v)] for v in ("superseded", "used"))
        more = {"gained": now["installs_cumulative"] - then["installs_cumulative"]}
        assert [cells[heading][0] for heading in list(cells)[1:]] == [
            moment(then, "received_at"), count(then, "installs_cumulative"),
            moment(now, "received_at"), count(now, "installs_cumulative"), gained(more, "gained"),
        ]  # fmt: skip


def test_calls_and_drafts_ask_for_what_the_table_of_actions_holds(published, shown, said):
    rows = published.table("actions").to_dict("records")
    calls = plain(" ".join(call(row, published) for row in rows))

    assert any(calls in told for told in said["html"].values())
    assert [cells["Xã, phường"][1] for cells in shown["drafts"]] == [r["unit_code"] for r in rows]
    for cells, row in zip(shown["drafts"], rows, strict=True):
        if row["ask"] == "install":
            text = cells["Nội dung"][0]
            assert f"còn thiếu {count(row, 'installs_needed')} người để đạt 60%" in text
            assert f" {at_least(row, 'pace_asked')} người" in text


def call(row: Row, office: Office) -> str:
    """What the list of calls says of a unit."""
    needed = f"còn thiếu {count(row, 'installs_needed')} người"
    if row["ask"] == "install":
        unit = by("communes", "unit_code")(office)[row["unit_code"]]
        why = {
            "lowest": f"thấp nhất: {percent(row, 'coverage')}; {needed}",
            "stalled": f"tăng chậm: {rounded(unit, 'pace_observed')} người mỗi ngày; {needed}",
            "most": f"{needed}; {words(row, 'outlook')} 60%",
        }[row["why"]]
        return f"{row['unit_name']} {why}{again(row)} {asked(row, 'ask')}."
    asked_for = f"{again(row)} Gửi ngay số liệu ngày 16/8."
    return f"{row['unit_name']} {words(row, 'status')}; {needed}{asked_for}"


def again(row: Row) -> str:
    return f"; lần thứ {row['times']}" if row["times"] > 1 else ""


def estimate(office: Office) -> str:
    """What the rate will be once all reports are in."""
    told = office.table("headline").iloc[0]
    low, high = (vi_percent(told[f"estimate_{end}"], 1) for end in ("low", "high"))
    return f"khi đủ báo cáo, ước {low.rstrip('%')}–{high}"


def faster(last: Row) -> str:
    """The rise beside that of the day before."""
    more = last["rise_change"]
    if not more:
        return "bằng hôm trước"
    return f"mức tăng {'cao' if more > 0 else 'thấp'} hơn hôm trước {vi_count(abs(more))} người"


@pytest.mark.slow
def test_each_unit_stands_on_one_line_of_the_print_with_its_own_figures(published):
    """As it is seen: the other tests read a PDF by its structure."""
    with pdfplumber.open(published.day / "briefing.pdf") as printed:
        lines = [line for p in printed.pages for line in p.extract_text().splitlines()]
    written = list(BEHIND["units"].columns.values())[:7]

    for row in units_and_whole(published).values():
        name = row.get("unit_name", "Toàn thị xã")
        rank, *others = (expected(row, *behind) for behind in written)
        figures = re.escape(" ".join(filter(None, others)))
        line = re.compile(rf"{name} ?{rank}( [▲▼]\d+)? {figures} .*")
        assert len([said for said in lines if line.fullmatch(said)]) == 1, figures


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_each_key_figure_stands_beside_its_own_label(published, said, form):
    whole = published.table("town")
    last, before = whole.iloc[-1], whole.set_index("report_date").loc["2021-08-14"]
    carried = published.table("communes")["carried_from"].notna().sum()
    wanted = {
        "Tỷ lệ cài đặt Bluezone toàn thị xã": f"{vi_percent(last['coverage'])} "
        f"{vi_count(last['installs_cumulative'])} trên {vi_count(last['smartphone_owners'])} "
        f"người có điện thoại thông minh (giả định); {estimate(published)}",
        "Tăng, giảm trong ngày": f"{vi_points(last['coverage_change'])} điểm phần trăm "
        f"{gained(last, 'installs_new')} người; {faster(last)}; "
        f"so với ngày 14/8 {vi_points(last['coverage'] - before['coverage'])} điểm phần trăm",
        "Còn thiếu để đạt 60%": f"{vi_count(last['installs_needed'])} người "
        f"cần {at_least(last, 'pace_required')} người mỗi ngày đến hết 20/8",
        "Tốc độ những ngày gần đây": f"{rounded(last, 'pace_observed')} người mỗi ngày "
        f"ngày cao nhất {vi_count(published.table('town')['installs_new'].tail(3).max())} người",
        "Báo cáo đúng hạn": f"{last['reports_on_time']}/{last['reports_expected']} "
        f"{last['reports_late']} trễ hạn; {last['reports_missing']} chưa báo cáo; "
        f"{last['reports_unreadable']} đã nhận, chưa dùng được; "
        f"{last['reports_empty']} không có số liệu mới",
        "Số liệu ngày trước dùng tạm": vi_percent(
            last["installs_carried"] / last["installs_cumulative"], 1
        )
        + f"{carried} xã, phường chưa có số liệu trong ngày",
    }

    assert {label: value.lstrip(MARKS) for label, value in said[form].figures.items()} == {
        plain(label): plain(value) for label, value in wanted.items()
    }
