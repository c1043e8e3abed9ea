"""Whom to call, what came of it, what is in doubt and what has changed: as the page says it."""

from importlib import import_module

import pytest

from briefing.documents.blocks import ActionList, Paragraph
from briefing.documents.sections import (
    anomalies_listed,
    calls,
    calls_answered,
    changed_since,
    drafts,
    open_doubts,
    waiting_for,
)
from briefing.language import language
from briefing.tables.follow_up import called, follow_up
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG, moment


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


MONDAY = (
    tiny.report(AN, 16, "16 10:00", 40),
    tiny.report(BINH, 16, "16 10:00", 100),
    tiny.report(CAT, 16, "16 10:00", 20),
)
TUESDAY = (
    tiny.report(AN, 17, "17 10:00", 38),  # two fewer
    tiny.report(BINH, 17, "17 10:00", 105),
    tiny.report(DONG, 16, "17 11:00", 30),  # a day late
    tiny.report(DONG, 17, "17 11:30", 31),
)


def days(campaign):
    """Monday as it was known at its end, and Tuesday."""
    then = tiny.build_once(
        tiny.view(*MONDAY), campaign, tiny.day(16), as_of=moment("16 23:59").to_pydatetime()
    )
    return then, tiny.build_once(tiny.view(*MONDAY, *TUESDAY), campaign, tiny.day(17))


def texts(table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.slow
def test_each_call_names_the_figure_and_what_to_ask(campaign):
    """60 % of 100, 200, 50 and 400 owners: 22, 15, 10 and 209 people are still needed."""
    _then, now = days(campaign)
    listed = calls(now)

    assert isinstance(listed, ActionList)
    said = {item.unit: item for item in listed.items}
    fallen = said["Xã An Bình"]
    assert fallen.figure == "38 people so far (−2) wait to be verified: cumulative has fallen"
    assert fallen.ask == "Check the figure of 17 Aug: correct it, or confirm it."
    silent = said["Xã Cát Tường"]
    assert silent.figure == "Not reported; 10 people still needed"
    assert said["Xã Đông Hải"].figure.startswith("Lowest of all: 7.75%; 209 people still needed")


@pytest.mark.slow
def test_each_call_has_a_message_to_read_out_or_to_send(campaign):
    _then, now = days(campaign)
    written = {row[0]: row[1] for row in texts(drafts(now))}

    assert list(written) == [item.unit for item in calls(now).items]
    silent = written["Xã Cát Tường"]
    assert silent.startswith("To ") and "has not come; please send it at once" in silent
    assert "209 people are still needed for 60% by the end of 18 Aug" in written["Xã Đông Hải"]


def test_where_nobody_is_called_there_are_no_messages(campaign):
    assert "No message" in drafts(tiny.build_once(tiny.view(), campaign, tiny.day(15))).text


def test_what_came_of_yesterdays_calls_is_said_call_by_call(campaign):
    then, now = days(campaign)
    table = calls_answered(then, now)
    rows = {row[0]: row[1:] for row in texts(table)}

    assert rows["Xã Đông Hải"] == ["Send the figure", "–", "31", "+1", "done"]
    assert rows["Xã An Bình"][1:] == ["40", "38", "−2", "waiting for figures"]
    assert rows["Xã Bình Minh"][1:] == ["100", "105", "+5", "partly"]


def test_a_call_that_is_not_done_gives_its_share_and_waits_for_a_figure(campaign):
    """Bình needed 20 more in 2 days and has 5 of the 10 a day; An has fewer than before."""
    then, now = days(campaign)
    outcomes = {row[0].text: row[-1] for row in calls_answered(then, now).rows}

    assert (outcomes["Xã Bình Minh"].text, outcomes["Xã Bình Minh"].note) == ("partly", "50%")
    assert outcomes["Xã An Bình"].note == ""


@pytest.mark.slow
def test_a_call_that_is_repeated_says_on_how_many_days(campaign):
    """Cát sends nothing on both days; Đông is asked for people, then for a report."""
    sent = (*MONDAY, *TUESDAY)
    tuesday = tiny.build_once(
        tiny.view(*sent), campaign, tiny.day(17), as_of=moment("17 23:59").to_pydatetime()
    )
    wednesday = tiny.build_once(tiny.view(*sent), campaign, tiny.day(18))
    said = {item.unit: item.figure for item in calls(wednesday, tuesday).items}

    assert said["Xã Cát Tường"].endswith("; asked on 2 days")
    assert "asked on" not in said["Xã Đông Hải"]


@pytest.mark.parametrize(("times", "in_person"), [(2, False), (3, True)])
def test_what_was_asked_on_three_days_is_asked_in_person(campaign, monkeypatch, times, in_person):
    then, now = days(campaign)
    again = called(now, then).assign(times=times)
    module = import_module("briefing.documents.sections.calls")  # the package has its function
    monkeypatch.setattr(module, "called", lambda *_days: again)

    assert {item.ask.startswith("In person: ") for item in calls(now, then).items} == {in_person}


@pytest.mark.slow
def test_before_the_deadline_nobody_is_asked_for_a_report_and_all_are_named_as_not_due(campaign):
    noon = tiny.build_once(
        tiny.view(*MONDAY, *TUESDAY, as_of="17 10:30"), campaign, tiny.day(17),
        as_of=moment("17 10:30").to_pydatetime(),
    )  # fmt: skip
    said = [*(f"{item.figure} {item.ask}" for item in calls(noon).items), waiting_for(noon).text]

    assert not any("ot reported" in text or "Send the figures" in text for text in said)
    assert said[-1].replace("\u00a0", " ") == (
        "Not due yet: 2 communes (deadline 15:00, 17 Aug 2021)."
    )


def test_before_the_first_day_nobody_was_called(campaign):
    _then, now = days(campaign)

    assert isinstance(calls_answered(None, now), Paragraph)


@pytest.mark.slow
def test_a_doubt_stays_on_the_page_of_the_days_after_until_it_is_answered(campaign):
    later = tiny.report(AN, 18, "18 10:00", 39)
    wednesday = tiny.build_once(tiny.view(*MONDAY, *TUESDAY, later), campaign, tiny.day(18))
    mended = tiny.report(AN, 17, "18 11:00", 42)
    answered = tiny.build_once(tiny.view(*MONDAY, *TUESDAY, later, mended), campaign, tiny.day(18))

    (row,) = texts(open_doubts(wednesday))
    assert (
        row[:3] == ["17 Aug", "Xã An Bình", "Cumulative has fallen\xa0[C24]"] and row[-1] == "open"
    )
    states = {(row[0], row[-1]) for row in texts(anomalies_listed(answered))}
    assert ("17 Aug", "sent again") in states  # kept, with what became of it
    assert ("18 Aug", "open") in states  # 39 is fewer than the 42 that are known now


def test_what_is_known_otherwise_now_names_the_report(campaign):
    then, now = days(campaign)
    table = changed_since(then, now)

    assert texts(table)[0][1:6] == [
        "Xã Đông Hải", "Installed so far", "–", "30", TUESDAY[2]["file"],
    ]  # fmt: skip
    assert isinstance(changed_since(then, then), Paragraph)
    assert len(follow_up(then, now)["changes"]) == len(table.rows)


@pytest.mark.slow
def test_what_is_known_now_is_what_has_come_until_the_newest_report_of_any_day(campaign):
    """A report about an earlier day that comes last changes that day, and so is what is known."""
    last = tiny.report(AN, 16, "18 09:30", 41)
    then, _tuesday = days(campaign)
    now = tiny.build_once(tiny.view(*MONDAY, *TUESDAY, last), campaign, tiny.day(17))

    said = changed_since(then, now).caption.replace("\xa0", " ")
    assert said == "Known at 23:59, 16 Aug 2021, and known now (09:30, 18 Aug 2021)"
