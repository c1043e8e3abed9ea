"""What must not change, or in a known way only, when the same campaign is told otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from briefing.params import Campaign
from briefing.register import Register, scan
from briefing.register.view import View, view_of
from briefing.tables import Day, build
from briefing.tables.exports import contract_tables
from tests.intake.making import workbook
from tests.register.office import ingest
from tests.tables import six_days, six_days_files
from tests.tables.six_days import NOW, SENT, THEN, Sent, paper
from tests.tables.six_days_files import content, path_of, sheet
from tests.tables.tiny import AN, BINH, CAT, DENOMINATOR, DONG, NAMES, assert_table, day, moment

pytestmark = pytest.mark.slow

NA = pd.NA
FIGURES = ("units", "whole", "bodies", "places")  # the tables that name no file
EAST = "00005"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory) -> Campaign:
    return six_days.campaign(tmp_path_factory.mktemp("six"))


@pytest.fixture(scope="module")
def told(campaign) -> Day:
    """The 21st as drawn up on paper."""
    return build(paper(*SENT), campaign, day(21))


def assert_same(one: Day, other: Day, *names: str) -> None:
    for name in names:
        tables = (contract_tables(each)[name] for each in (one, other))
        pd.testing.assert_frame_equal(*tables, obj=name)


def faults(one: Day) -> list[tuple]:
    columns = ["severity", "rule", "unit_code", "found"]
    return sorted(one.findings[columns].fillna("").itertuples(index=False, name=None))


# On paper


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("number", [18, 21])
def test_the_order_of_the_reports_and_of_their_rows_changes_nothing(campaign, number, seed):
    view = paper(*SENT)
    order = np.random.default_rng(seed).permutation(len(view.reports))
    place = pd.Series(range(len(order)), index=order)
    rows = view.rows.assign(report=view.rows["report"].map(place))
    mixed = View(
        view.reports.iloc[order].reset_index(drop=True),
        rows.sample(frac=1, random_state=seed, ignore_index=True),
        view.findings,
    )

    before, after = (build(told, campaign, day(number)) for told in (view, mixed))

    assert_same(before, after, *FIGURES, "findings", "trace")
    in_order = (contract_tables(d)["reports"].sort_values("file") for d in (before, after))
    pd.testing.assert_frame_equal(*(frame.reset_index(drop=True) for frame in in_order))


def with_another(folder: Path, *sent: Sent) -> Day:
    """The 21st with a fifth commune of 300 owners, and what it sent."""
    names, denominator = {**NAMES, EAST: "Ea Đông"}, {**DENOMINATOR, EAST: 300}
    larger = six_days.campaign(folder, names=names, denominator=denominator)
    return build(paper(*SENT, *sent), larger, day(21))


def test_another_commune_that_says_nothing_leaves_the_others_as_they_are(tmp_path, told):
    after = with_another(tmp_path)
    owed = ["reports_expected", "reports_missing"]

    pd.testing.assert_frame_equal(after.units.iloc[:4], told.units)
    pd.testing.assert_frame_equal(after.whole.drop(columns=owed), told.whole.drop(columns=owed))
    # one more is expected, and missing, on each of the six days
    for column in owed:
        assert (after.whole[column] - told.whole[column]).to_list() == [0, 1, 1, 1, 1, 1, 1]


def test_another_commune_that_reports_changes_the_town_and_of_the_others_only_their_rank(
    tmp_path, told
):
    after = with_another(tmp_path, Sent(EAST, 20, "20 10:00", (120, 130)))
    free = told.history.columns.drop(["rank", "places_gained", "report"])  # `report`: a place
    histories = (
        d.history[d.history["unit_code"] != EAST].reset_index(drop=True)[free]
        for d in (after, told)
    )

    pd.testing.assert_frame_equal(*histories)
    assert told.units["rank"].to_list() == [3, 2, 1, 4]
    assert after.units["rank"].to_list() == [4, 2, 1, 5, 3]  # 250 of 300 is 83.3 %
    assert_table(
        after.whole.iloc[-3:],
        {
            "denominator": [750, 1050, 1050],
            "numerator_cumulative": [458, 750, 812],  # 250 more than 500 and 562
            "numerator_new": [15, 71, 29],  # a first report is no increase
            "coverage_change": [15 / 750, 71 / 750, 29 / 1050],
            "numerator_carried": [34, 124, 322],  # 72 + 250
        },
    )


def test_all_figures_and_denominators_doubled_leave_coverage_status_and_outlook(tmp_path, told):
    sent = [replace(s, counts=s.counts and tuple(2 * n for n in s.counts)) for s in SENT]
    twice = six_days.campaign(
        tmp_path, denominator={unit: 2 * n for unit, n in DENOMINATOR.items()}
    )
    after = build(paper(*sent), twice, day(21))
    people = ["denominator", "numerator_cumulative", "numerator_new", "pace_observed"]
    goals = ["numerator_needed", "pace_required"]  # rounded up to whole persons after doubling

    for before, now in ((told.history, after.history), (told.whole, after.whole)):
        doubled = [
            *people,
            *({"pace_best", "pace_last", "numerator_carried", "rise_change"} & {*now}),
        ]
        free = now.columns.drop([*doubled, *goals])
        pd.testing.assert_frame_equal(now[free], before[free])
        pd.testing.assert_frame_equal(now[doubled], before[doubled] * 2)
        assert (
            (before["numerator_needed"] * 2 - now["numerator_needed"]).dropna().isin([0, 1]).all()
        )
    assert after.bodies["coverage"].equals(told.bodies["coverage"])


def test_all_days_moved_by_a_week_move_dates_and_nothing_else(tmp_path, told):
    def moved(one: Sent) -> Sent:
        on, at = one.at.split()
        return replace(one, about=one.about and one.about + 7, at=f"{int(on) + 7} {at}")

    after = build(paper(*map(moved, SENT)), six_days.campaign(tmp_path, shift=7), day(28))

    def back(table: pd.DataFrame, days: int) -> pd.DataFrame:
        dates = [n for n, dtype in table.dtypes.items() if dtype.kind == "M"]
        moved_back = {name: table[name] - pd.Timedelta(days=days) for name in dates}
        return table.assign(**moved_back).drop(columns="unused_file", errors="ignore")

    for name in ("history", "whole", "bodies", "places"):
        frames = back(getattr(after, name), 7), back(getattr(told, name), 0)
        pd.testing.assert_frame_equal(*frames, obj=name)
    assert faults(after) == faults(told)


# As files


def read(folder: Path, campaign: Campaign, number: int, as_of: str | None = None) -> Day:
    """The day from all that lies in the inbox, as known at a moment."""
    register = Register(folder / "register", campaign)
    known = register.arrivals()
    arrivals = scan(folder / "inbox", known, campaign.tz, partial(ingest, register)).arrivals
    register.record(arrivals)
    at = moment(as_of) if as_of else None
    view = view_of(register.submissions(arrivals, at), register)
    return build(view, campaign, day(number), as_of=at)


def test_what_comes_after_a_moment_changes_nothing_of_what_was_known_at_it(tmp_path, campaign):
    early = [one for one in SENT if moment(one.at) <= moment(THEN)]
    six_days_files.fill(tmp_path / "inbox", early)
    before = read(tmp_path, campaign, 19, THEN)

    six_days_files.fill(tmp_path / "inbox", SENT)
    after = read(tmp_path, campaign, 19, THEN)

    assert len(early) == 16 and len(SENT) == 27
    assert_same(before, after, *contract_tables(before))


def test_the_names_of_files_change_nothing_of_what_their_content_says(tmp_path, campaign):
    def anyhow(one: Sent) -> str:
        if one.counts is None:
            return path_of(one)  # of a damaged file the name is all that is known
        return f"Zalo/{SENT.index(one) * 7919 % 1000:04}.{'xlsx' if one.about else 'docx'}"

    for name, named in (("a", path_of), ("b", anyhow)):
        six_days_files.fill(tmp_path / name / "inbox", SENT, named)
    one, other = (read(tmp_path / name, campaign, 21, NOW) for name in "ab")

    assert_same(one, other, *FIGURES)
    assert faults(one) == faults(other)


TOGETHER = {
    "three communes of a day": [
        Sent(BINH, 18, "18 14:00", (80, 50)),
        Sent(CAT, 18, "18 14:00", (10, 7, 4)),
        Sent(DONG, 18, "18 14:00", (120, 80, 40)),
    ],
    "three days of a commune": [
        Sent(AN, 16, "18 14:00", (25, 15)),
        Sent(AN, 17, "18 14:00", (30, 20)),
        Sent(AN, 18, "18 14:00", (42, 30)),
    ],
}


@pytest.mark.parametrize("case", TOGETHER)
def test_several_reports_in_one_workbook_say_the_same_as_one_each(tmp_path, campaign, case):
    sent = TOGETHER[case]
    sheets = {f"{NAMES[one.sender]} {one.about}-8": sheet(one) for one in sent}
    six_days_files.put(tmp_path / "one/inbox", {"tổng hợp.xlsx": (workbook(sheets), "18 14:00")})
    six_days_files.put(
        tmp_path / "each/inbox", {path_of(one): (content(one), one.at) for one in sent}
    )

    one, each = (read(tmp_path / name, campaign, 18) for name in ("one", "each"))

    assert one.whole["numerator_cumulative"].iloc[-1] == (72 if sent[0].sender == AN else 391)
    assert_same(one, each, *FIGURES)
    assert faults(one) == faults(each)
