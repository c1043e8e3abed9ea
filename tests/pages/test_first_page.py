"""Page one in print: what the chairman asks, answered on one sheet, with the day's own figures."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from pypdf import PdfReader

from briefing.params.settings import Target
from briefing.tables import Day
from briefing.tables.follow_up import answered, called
from tests.documents.reading import squeezed

pytestmark = pytest.mark.slow

STATES = ("normal", "nine-missing", "bodies-below", "province", "districts", "district")
ANSWERS = {
    "against 60": "60% – 20/8",
    "against 90": "90% – 30/8",
    "what looks wrong": "xác minh",
    "whom to call": "Đề xuất Chủ tịch chỉ đạo",
}
EXTREMES = re.compile(
    r"Cao nhất: (.+?) \((.+?)\); thấp nhất: (.+?) \((.+?)\); "
    r"tăng nhiều nhất: (.+?) \((.+?) điểm phần trăm\)"
)
OUTCOMES = {
    "done": "hoàn thành", "partly": "đang thực hiện", "nothing": "chưa chuyển biến",
    "waiting": "chờ số liệu",
}  # fmt: skip


@pytest.fixture
def printed(pdf):
    """The text of each page of a state, words one space apart."""

    def of(state: str) -> list[str]:
        pages = PdfReader(io.BytesIO(pdf(state))).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    return of


def written(value: float, digits: int = 0, sign: str = "") -> str:
    """A number as Vietnamese write it."""
    return f"{value:{sign},.{digits}f}".translate(str.maketrans(",.-", ".,−"))


def percent(share: float, digits: int = 2) -> str:
    return f"{written(100 * share, digits)}%"


def figures(day: Day) -> Iterator[str]:
    """Each key figure with its label, worked out from the table of the units."""
    units = day.units
    installed, denominator = units["numerator_cumulative"].sum(), units["denominator"].sum()
    rise = sum(risen(day, day.date).values())
    yield f"{day.campaign.area.whole} {percent(installed / denominator)}"
    of_whom = "người có điện thoại thông minh (giả định)"
    yield f"{written(installed)} trên {written(denominator)} {of_whom}"
    yield f"Tăng, giảm trong ngày {written(100 * rise / denominator, 2, '+')} điểm phần trăm"
    yield f"điểm phần trăm {written(rise, sign='+')} người{faster(day)}"
    target, days_left = ahead(day)
    needed = math.ceil(target.coverage * denominator) - installed
    a_day = math.ceil(needed / days_left)
    yield f"Còn thiếu để đạt {percent(target.coverage, 0)} {written(needed)} người"
    yield f"cần {written(a_day)} người mỗi ngày đến hết {target.date.day}/{target.date.month}"
    pace = sum(sum(risen(day, day.date - timedelta(days=n)).values()) for n in range(3)) / 3
    aim = percent(target.coverage, 0)
    yield f"Tốc độ những ngày gần đây {written(pace)} người mỗi ngày ngày cao nhất"
    yield f"Gần đây {written(pace)} người mỗi ngày, cần {written(a_day)}: nguy cơ không đạt {aim}"
    yield f"Báo cáo đúng hạn {units['status'].eq('on_time').sum()}/{len(units)}"
    carried = units.loc[units["carried_from"].notna(), "numerator_cumulative"].sum()
    yield f"Số liệu ngày trước dùng tạm {percent(carried / installed, 1)}"


def risen(day: Day, on: date) -> dict[str, int]:
    """What each unit rose by on a day: of a rise over several days its share, persons whole."""
    shares = {}
    own = day.history[day.history["carried_from"].isna()].dropna(subset=["numerator_cumulative"])
    for code, reports in own.groupby("unit_code"):
        figures = zip(reports["report_date"].dt.date, reports["numerator_cumulative"], strict=True)
        for (first, then), (last, now) in pairwise(figures):
            if first < on <= last:
                days, nth = (last - first).days, (on - first).days
                shares[code] = (now - then) * nth // days - (now - then) * (nth - 1) // days
    return shares


def faster(day: Day) -> str:
    """The rise beside that of the day before, over the units of which both are known."""
    now, before = (risen(day, day.date - timedelta(days=n)) for n in (0, 1))
    more = sum(now[code] - before[code] for code in now.keys() & before.keys())
    if not more:
        return "; bằng hôm trước"
    return f"; mức tăng {'cao' if more > 0 else 'thấp'} hơn hôm trước {written(abs(more))} người"


def ahead(day: Day) -> tuple[Target, int]:
    """The next target, and how many days are left to it: the day's own is in its figures."""
    target = next(t for t in day.campaign.targets if t.date > day.date)
    return target, (target.date - day.date).days


def extremes(day: Day) -> list[tuple[set[str], str]]:
    """Best, last and who moved most, with the figure of each; several where they are level."""
    units, previous_day = day.units, pd.Timestamp(day.date - timedelta(days=1))
    history = day.history[day.history["report_date"].eq(previous_day)]
    fallen = history.loc[history["numerator_new"].fillna(0) < 0, "unit_code"]
    moved = units[~units["unit_code"].isin(fallen)]
    best, last = units["coverage"].max(), units["coverage"].min()
    days = moved["numerator_new_days"]
    moved = moved[moved["coverage_change"] / days == (moved["coverage_change"] / days).max()]
    most = moved["coverage_change"].max()
    return [
        (named(units, units["coverage"].eq(best)), percent(best)),
        (named(units, units["coverage"].eq(last)), percent(last)),
        (named(moved, moved["coverage_change"].eq(most)), written(100 * most, 2)),
    ]


def with_its_day(name: str, day: Day) -> str:
    """A unit by its name, and the day of its figure where that is an earlier one."""
    (since,) = day.units.loc[day.units["unit_name"].eq(name), "carried_from"]
    return name if pd.isna(since) else f"{name}, số liệu ngày {since.day}/{since.month}"


def named(units: pd.DataFrame, which: pd.Series) -> set[str]:
    return set(units.loc[which.fillna(False), "unit_name"])


def lacking(words: Iterable[str], page: str) -> list[str]:
    """The words that a page does not say, whatever its line breaks and signs."""
    text = squeezed(page)
    return [one for one in words if squeezed(one) not in text]


@pytest.mark.parametrize("state", STATES)
def test_page_one_answers_everything_and_the_rest_is_behind_it(printed, state):
    first, second, *_rest = printed(state)

    assert lacking(ANSWERS.values(), first) == []
    assert second.count("Kết quả thực hiện chỉ đạo ngày 17/8") == 1


@pytest.mark.parametrize("state", STATES)
def test_the_figures_of_page_one_are_those_of_the_tables_beside_their_labels(printed, days, state):
    day, _previous_day = days(state)

    assert lacking(figures(day), printed(state)[0]) == []


@pytest.mark.parametrize("state", STATES)
def test_page_one_names_best_last_and_who_moved_most(printed, days, state):
    day, _previous_day = days(state)
    told = EXTREMES.search(printed(state)[0]).groups()

    for (units, figure), name, said in zip(extremes(day), told[::2], told[1::2], strict=True):
        named = set(re.split(r"; | và \d+ đơn vị khác", name)) - {""}
        assert {with_its_day(one, day) for one in units} >= named and said == figure


@pytest.mark.parametrize("state", STATES)
def test_page_one_names_who_has_not_reported_and_what_looks_wrong(printed, days, state):
    day, _previous_day = days(state)
    status = day.units.set_index("unit_name")["status"]
    silent = list(status.index[status.eq("missing").fillna(False)])
    received = list(status.index[status.isin(["empty", "unreadable"])])
    doubtful = day.anomalies.loc[day.anomalies["status"].eq("open"), "unit_name"].unique()
    first = printed(state)[0]

    for said, names in (("Chưa báo cáo", silent), ("Đã nhận, chưa dùng được", received)):
        assert lacking([f"{said}: {'; '.join(names)}."] if names else [], first) == []
        assert (f"{said}: " in first) == bool(names)
    checked = first.partition("Cần xác minh:")[2].partition(".")[0]
    assert sum(f"{name} (" in checked for name in doubtful) == min(len(doubtful), 4)


@pytest.mark.parametrize("state", STATES)
def test_page_one_says_what_came_of_the_calls_of_yesterday(printed, days, state):
    day, previous_day = days(state)
    came = answered(previous_day, day)
    of_each = came.groupby("outcome", sort=False)["unit_name"].agg(list)
    told = "; ".join(
        f"{word} {len(of_each[one])} ({'; '.join(of_each[one])})"
        for one, word in OUTCOMES.items()
        if one in of_each
    )
    said = f"Kết quả thực hiện {len(came)} việc chỉ đạo ngày 17/8: {told}."

    assert lacking([said], printed(state)[0]) == []


@pytest.mark.parametrize("state", STATES)
def test_every_unit_to_call_stands_on_page_one_with_its_figure_and_what_to_ask(
    printed, days, state
):
    day, previous_day = days(state)
    wanted = called(day, previous_day).to_dict("records")
    units = day.units.set_index("unit_code")
    came = answered(previous_day, day)
    done = set(came.loc[came["outcome"].eq("done"), "unit_code"])
    told = [
        f"{number}. {call['unit_name']}{asked(call, units.loc[call['unit_code']], day, done)}"
        for number, call in enumerate(wanted, 1)
    ]

    assert 3 <= len(wanted) <= 7
    assert lacking(told, printed(state)[0].partition(ANSWERS["whom to call"])[2]) == []


def asked(call: dict, unit: pd.Series, day: Day, done: set[str]) -> str:
    """What stands after the name: why, of who has done his share too, and what to ask for."""
    target, days_left = ahead(day)
    goal = math.ceil(round(target.coverage * unit["denominator"], 6))
    needed = goal - unit["numerator_cumulative"]
    lacking_people = f"còn thiếu {written(needed)} người"
    why = {
        "most": f"C{lacking_people[1:]}; nguy cơ không đạt {percent(target.coverage, 0)}",
        "lowest": f"Thấp nhất: {percent(unit['coverage'])}; {lacking_people}",
        "stalled": f"Tăng chậm: {written(unit['pace_observed'])} người mỗi ngày; {lacking_people}",
        "no_report": f"Chưa báo cáo; {lacking_people}",
        "doubt": f"Lũy kế {written(unit['numerator_cumulative'])} người",
    }[call["why"]]
    if call["ask"] == "check":
        return f" {why}"
    if call["unit_code"] in done:
        why = f"Đã hoàn thành việc hôm trước; nay gọi tiếp vì {why[0].lower()}{why[1:]}"
    again = f"; lần thứ {call['times']}" if call["times"] > 1 else ""
    install = a_day(needed / days_left, unit, day)
    ask = "Gửi ngay số liệu ngày 18/8." if call["ask"] == "report" else install
    person = f"Làm việc trực tiếp: {ask[0].lower()}{ask[1:]}" if call["times"] > 2 else ask
    return f" {why}{again} {person}"


def a_day(needed: float, unit: pd.Series, day: Day) -> str:
    """What is asked for a day: what is needed, but no more than the fastest unit gains."""
    units = day.units[~day.units["unit_code"].isin(doubtful(day))]
    fastest = (units["pace_observed"] / units["denominator"]).max()
    possible = fastest * unit["denominator"]
    if possible < needed:
        return f"Đến từng hộ, mỗi ngày vận động ít nhất {written(math.ceil(possible))} người."
    return f"Mỗi ngày vận động thêm {written(math.ceil(needed))} người."


def doubtful(day: Day) -> set[str]:
    """The units of whose figures one that counts still waits to be verified."""
    waiting = day.anomalies["status"].eq("open") & day.anomalies["rule"].ne("copy_of_yesterday")
    return set(day.anomalies.loc[waiting, "unit_code"])
