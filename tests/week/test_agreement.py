"""Every document of a moment says the same: of the hand-worked week and of the sample."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise

import pandas as pd
import pytest

from briefing.language import language
from briefing.tables import Day, build
from briefing.tables.follow_up import called
from tests.pages import states
from tests.run.conftest import once
from tests.tables.tiny import AN, BINH, CAT, DONG, moment, report, view
from tests.tables.tiny import day as tiny_day
from tests.week import page_one
from tests.week.agreement import Said, contradictions, said
from tests.week.reading import DOCUMENTS, WHOLE, Moment

Seen = Callable[[int, str], Moment]
CLOCKS = ("14:00", "23:59")


def kept(at: Callable[[int, str], Day]) -> Seen:
    """The moments of days, each day made once."""
    made = cache(at)

    @cache
    def seen(number: int, clock: str) -> Moment:
        when = moment(f"{number} {clock}").to_pydatetime()
        return Moment(made(number, clock), made(number - 1, "23:59"), when)

    return seen


@pytest.fixture(scope="module")
def week(tmp_path_factory) -> Seen:
    return kept(partial(page_one.at, page_one.campaign(tmp_path_factory.mktemp("agreement"))))


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Seen:
    fill = partial(states.fill, until=date(2021, 8, 22))
    folder = once(tmp_path_factory, "sample_of_the_week", fill)
    return kept(states.Office.illustrative(folder).at)


@pytest.mark.parametrize("clock", [pytest.param(CLOCKS[0], marks=pytest.mark.slow), CLOCKS[1]])
@pytest.mark.parametrize(
    "number", [pytest.param(n, marks=[] if n == 18 else pytest.mark.slow) for n in range(16, 23)]
)
def test_no_two_documents_contradict_each_other(week, number, clock):
    assert contradictions(said(dict.fromkeys(DOCUMENTS, week(number, clock)))) == []


@pytest.mark.slow
@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("number", range(16, 23))
def test_nor_do_they_in_english(week, number, clock):
    with language("en"):
        assert contradictions(said(dict.fromkeys(DOCUMENTS, week(number, clock)))) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("number", range(16, 23))
def test_no_two_documents_of_the_sample_contradict_each_other(sample, number, clock, lang):
    with language(lang):
        assert contradictions(said(dict.fromkeys(DOCUMENTS, sample(number, clock)))) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [23, 24, 25])
def test_nor_do_they_on_days_on_which_no_report_is_due(week, number):
    """The 24th is the day of the last target."""
    assert contradictions(said(dict.fromkeys(DOCUMENTS, week(number, "23:59")))) == []


def each_day(**units: Sequence[int]) -> list[dict]:
    """Reports in time on the days from the 16th on, by unit."""
    return [
        report(unit, about, f"{about} 14:00", numerator)
        for unit, figures in zip((AN, BINH, CAT, DONG), units.values(), strict=True)
        for about, numerator in enumerate(figures, start=16)
    ]


EDGES = {
    "nobody gains": (18, each_day(an=[40] * 3, binh=[100] * 3, cat=[20] * 3, dong=[200] * 3)),
    "all fall, above the target": (
        18, each_day(an=[90, 88, 86], binh=[190, 180, 170], cat=[45, 44, 43], dong=[380, 370, 360])
    ),
    "a first report in doubt": (16, each_day(an=[140], binh=[100], cat=[20], dong=[200])),
    "a gap of three days": (
        19,
        [one for one in each_day(an=[40, 0, 0, 52], binh=[100, 104, 108, 112],
                                 cat=[20, 21, 22, 23], dong=[200, 210, 220, 230])
         if one["numerator_cumulative"]],
    ),
    "late, and corrected late": (
        17,
        [*each_day(an=[40], binh=[100], cat=[20], dong=[200]),
         report(AN, 17, "17 18:00", 44), report(BINH, 17, "17 14:00", 104),
         report(BINH, 17, "17 19:00", 106), report(DONG, 17, "17 14:00", 200)],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("case", EDGES)
def test_nor_do_they_on_days_at_the_edge(tmp_path, case):
    number, records = EDGES[case]
    campaign = page_one.campaign(tmp_path).corrected(())
    when = moment(f"{number} 23:59").to_pydatetime()
    today, previous_day = (
        build(view(*records, as_of=f"{n} 23:59"), campaign, tiny_day(n))
        for n in (number, number - 1)
    )

    assert contradictions(said(dict.fromkeys(DOCUMENTS, Moment(today, previous_day, when)))) == []


@pytest.mark.slow
def test_a_call_is_counted_once_more_on_each_day_that_it_is_made_and_never_again(week):
    counted = []
    for number in range(16, 26):
        seen = week(number, "23:59")
        calls = called(seen.day, seen.previous_day)
        keys = zip(calls["unit_code"], calls["ask"], strict=True)
        counted.append(dict(zip(keys, calls["times"], strict=True)))

    for before, after in pairwise(counted):
        for key, times in after.items():
            assert times in {1, before.get(key, 0) + 1}, key


# ---- Each kind of contradiction, planted once ---------------------------------------------


def of_day(seen: Moment, **frames: pd.DataFrame) -> Moment:
    return replace(seen, day=replace(seen.day, **frames))


def closed(seen: Moment) -> Moment:
    """The same moment, to somebody who holds every doubt for settled."""
    answered = seen.day.anomalies.assign(status="confirmed", numerator_moved=pd.NA)
    answered = answered.astype(seen.day.anomalies.dtypes.to_dict())
    quiet = seen.day.findings[~seen.day.findings["status"].eq("open").fillna(False)]
    return of_day(seen, anomalies=answered, findings=quiet)


def opened(seen: Moment) -> Moment:
    """To somebody for whom the doubts of before are still open."""
    waiting = seen.day.anomalies.assign(status="open", numerator_moved=1)
    return of_day(seen, anomalies=waiting.astype(seen.day.anomalies.dtypes))


def of_unit(code: str, **values: object) -> Callable[[Moment], Moment]:
    """To somebody who knows something else of a unit on the day."""

    def change(seen: Moment) -> Moment:
        frames = {}
        for name in ("units", "history"):
            frame = getattr(seen.day, name)
            mine = frame["unit_code"].eq(code) & frame["report_date"].eq(
                pd.Timestamp(seen.day.date)
            )
            changed = {column: frame[column].mask(mine, value) for column, value in values.items()}
            frames[name] = frame.assign(**changed)
        return of_day(seen, **frames)

    return change


def of_whole(**values: object) -> Callable[[Moment], Moment]:
    """To somebody who knows something else of the whole on the day."""

    def change(seen: Moment) -> Moment:
        whole = seen.day.whole
        last = whole["report_date"].eq(pd.Timestamp(seen.day.date))
        changed = {column: whole[column].mask(last, value) for column, value in values.items()}
        return of_day(seen, whole=whole.assign(**changed))

    return change


def of_the_20th(seen: Moment) -> Moment:
    """To somebody who knows the day of the target as one on which all had reached it."""
    frames = {}
    for name in ("whole", "history"):
        frame = getattr(seen.day, name)
        due = frame["report_date"].eq("2021-08-20")
        figure = frame["numerator_cumulative"].mask(due, frame["denominator"])
        frames[name] = frame.assign(
            numerator_cumulative=figure,
            coverage=frame["coverage"].mask(due, 1.0),
            coverage_sure=frame["coverage_sure"].mask(due, 1.0),
        )
    return of_day(seen, **frames)


def a_day_longer(seen: Moment) -> Moment:
    """To somebody who counts a day more to the last target."""
    first, last = seen.day.campaign.targets
    moved = last.model_copy(update={"date": last.date + timedelta(days=1)})
    campaign = seen.day.campaign.model_copy(update={"targets": (first, moved)})
    days = {pd.Timestamp(last.date): pd.Timestamp(moved.date)}
    tables = {
        name: frame.assign(target_date=frame["target_date"].replace(days))
        for name, frame in vars(seen.day).items()
        if name in ("units", "whole", "history")
    }
    return replace(seen, day=replace(seen.day, campaign=campaign, **tables))


def a_body_more(seen: Moment) -> Moment:
    bodies = seen.day.bodies
    in_time = bodies["status"].where(bodies.index != 0, "on_time")
    return of_day(seen, bodies=bodies.assign(status=in_time))


def later(seen: Moment) -> Moment:
    """To somebody whose clock is past the deadline, and who knows no more."""
    when = moment(f"{seen.day.date.day} 23:00").to_pydatetime()
    return replace(seen, day=replace(seen.day, as_of=when), at=when)


HIGHER = of_unit(AN, numerator_cumulative=55, coverage=0.55)
SILENT = of_unit(BINH, status="missing")
SILENT_TOO = of_unit(CAT, status="missing")
FAST = of_unit(AN, pace_observed=9.0)
PLANTED = [
    (21, closed, "Cát Tường, doubt", "page", "the unit's page", "report", "receipts", "tables",
     "annex"),
    (22, opened, "Cát Tường, doubt", "reminders"),
    (21, HIGHER, "An Bình, installs", "page", "the unit's page", "report", "receipts", "tables",
     "annex"),
    (21, HIGHER, "An Bình, rate", "page", "the unit's page", "report", "tables", "annex"),
    (21, of_unit(AN, rank=1), "An Bình, rank", "page", "the unit's page", "report", "tables"),
    (21, of_unit(AN, status="missing"), "An Bình, status", "page", "the unit's page", "reminders",
     "tables", "annex"),
    (22, of_unit(BINH, carried_from=pd.Timestamp(2021, 8, 19)), "Bình Minh, carried from", "page",
     "the unit's page", "report", "tables", "annex"),
    (20, opened, "An Bình, outcome", "page", "the unit's page", "tables", "annex"),
    (22, SILENT_TOO, f"{WHOLE}, called", "page", "tables",
     "annex"),
    (21, FAST, "Đông Hải, asked a day", "page", "the unit's page", "tables", "annex"),
    (22, of_whole(coverage=0.7), f"{WHOLE}, rate", "page", "report", "tables", "annex"),
    (22, of_whole(numerator_cumulative=490), f"{WHOLE}, installs", "page", "report", "tables",
     "annex"),
    (22, of_whole(pace_observed=25.0), f"{WHOLE}, pace", "page", "report"),
    (22, of_whole(numerator_carried=100), f"{WHOLE}, carried", "page", "report"),
    (22, of_whole(reports_on_time=4), f"{WHOLE}, on time", "page", "tables", "annex"),
    (22, of_the_20th, f"{WHOLE}, verdict of 60%", "page", "report", "tables", "annex"),
    (22, of_the_20th, "Bình Minh, verdict of 60%", "the unit's page", "tables", "annex"),
    (22, a_day_longer, f"{WHOLE}, a day of 90%", "page", "report", "tables", "annex"),
    (22, a_day_longer, f"{WHOLE}, days left of 90%", "the unit's page", "tables"),
    (22, a_body_more, f"{WHOLE}, agencies overdue", "page", "report", "reminders", "tables",
     "annex"),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(week) -> Callable[[int, str], list[Said]]:
    """What all documents of a moment say, read once."""
    read: dict[tuple[int, str], list[Said]] = {}

    def at(number: int, clock: str) -> list[Said]:
        if (number, clock) not in read:
            read[number, clock] = [*said(dict.fromkeys(DOCUMENTS, week(number, clock)))]
        return read[number, clock]

    return at


def planted(told, week, number: int, clock: str, document: str, differently) -> list[str]:
    """The contradictions where one document is made of another moment than the rest."""
    others = [one for one in told(number, clock) if one.document != document]
    return contradictions([*others, *said({document: differently(week(number, clock))})])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "differently", "found", "document"),
    [
        pytest.param(n, change, found, document, marks=[pytest.mark.slow] if further else [])
        for n, change, found, *those in PLANTED
        for further, document in enumerate(those)
    ],
)
def test_a_document_that_says_otherwise_is_found(told, week, number, differently, found, document):
    lines = planted(told, week, number, "23:59", document, differently)

    assert any(found in line for line in lines)


@pytest.mark.slow
def test_a_report_that_goes_back_for_a_doubt_that_is_closed_is_found(week):
    seen = week(21, "23:59")
    documents = dict.fromkeys(DOCUMENTS, closed(seen)) | {"returns": seen}

    assert any("Cát Tường, doubt" in line for line in contradictions(said(documents)))


@pytest.mark.slow
@pytest.mark.parametrize("document", ["the unit's page", "reminders", "receipts"])
def test_one_that_speaks_as_if_the_deadline_were_past_is_found(told, week, document):
    lines = planted(told, week, 22, "14:00", document, lambda seen: later(SILENT(seen)))

    assert any(line.startswith(f"{WHOLE}, the deadline: ") for line in lines)


@pytest.mark.slow
def test_a_page_that_calls_a_unit_late_before_the_deadline_is_found(told, week):
    lines = planted(told, week, 22, "14:00", "page", SILENT)

    assert any("Bình Minh, status" in line for line in lines)
    assert any(line.startswith(f"{WHOLE}, the deadline: ") for line in lines)


ALONE = [
    ([("Xã An Bình", "checked", "done"), ("Xã An Bình", "doubt of before", True)],
     "Xã An Bình, done, and its doubt is open"),
    ([(WHOLE, "highest", "Xã An Bình; Xã Bình Minh"), ("Xã Bình Minh", "doubt", True)],
     "Xã Bình Minh, highest, and in doubt"),
    ([("Xã An Bình", "a day of 90%", "10"), ("Xã An Bình", "needed of 90%", "1.201"),
      (WHOLE, "days left of 90%", "4")],
     "Xã An Bình, a day of 90%: ['10'] for ['1.201'] in ['4'] days"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "found"), ALONE)
def test_what_one_document_says_that_cannot_be_together_is_found(says, found):
    assert contradictions(Said("page", *one) for one in says) == [found]


def test_three_hundred_and_one_a_day_are_enough_for_1201_in_four_days():
    fit = [("Xã An Bình", "a day of 90%", "301"), ("Xã An Bình", "needed of 90%", "1.201"),
           (WHOLE, "days left of 90%", "4")]  # fmt: skip

    assert contradictions(Said("page", *one) for one in fit) == []
