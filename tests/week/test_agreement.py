"""Every document of a moment shows the same state of each unit: of the hand-worked week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from tests.pages import states
from tests.tables.tiny import AN, moment
from tests.week import page_one
from tests.week.agreement import (
    ANNEX,
    LETTERS,
    PAGE,
    RECEIPTS,
    REPORT,
    RETURNS,
    UNIT_PAGE,
    Moment,
    Said,
    contradictions,
    said,
)  # fmt: skip

DOCUMENTS = (PAGE, UNIT_PAGE, REPORT, LETTERS, RETURNS, RECEIPTS, ANNEX)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return page_one.campaign(tmp_path_factory.mktemp("agreement"))


def at(campaign, number: int, clock: str) -> Moment:
    when = moment(f"{number} {clock}").to_pydatetime()
    return Moment(*page_one.known(campaign, number, clock), when + timedelta(minutes=1))


@pytest.mark.parametrize("clock", ["14:00", "23:59"])
@pytest.mark.parametrize("number", range(16, 23))
def test_no_two_documents_contradict_each_other(campaign, number, clock):
    seen = at(campaign, number, clock)

    assert contradictions(said(dict.fromkeys(DOCUMENTS, seen))) == []


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    states.fill(folder, until=date(2021, 8, 22))
    return states.Office.illustrative(folder)


@pytest.mark.slow
@pytest.mark.parametrize("clock", ["14:00", "23:59"])
@pytest.mark.parametrize("number", range(16, 23))
def test_no_two_documents_of_the_sample_contradict_each_other(sample, number, clock):
    today, eve = sample.known(number, clock)
    seen = Moment(today, eve, moment(f"{number} {clock}").to_pydatetime() + timedelta(minutes=1))

    assert contradictions(said(dict.fromkeys(DOCUMENTS, seen))) == []


def closed(seen: Moment) -> Moment:
    """The same moment, to somebody who holds every doubt for settled."""
    answered = seen.day.anomalies.assign(status="confirmed", installs_moved=pd.NA)
    answered = answered.astype(seen.day.anomalies.dtypes.to_dict())
    quiet = seen.day.findings[~seen.day.findings["status"].eq("open").fillna(False)]
    return replace(seen, day=replace(seen.day, anomalies=answered, findings=quiet))


def opened(seen: Moment) -> Moment:
    """To somebody for whom the doubts of before are still open."""
    waiting = seen.day.anomalies.assign(status="open", installs_moved=1)
    return replace(seen, day=replace(seen.day, anomalies=waiting.astype(seen.day.anomalies.dtypes)))


def higher(seen: Moment) -> Moment:
    """To somebody who knows another figure of An Bình."""
    frames = {}
    for name in ("communes", "history"):
        frame = getattr(seen.day, name)
        mine = frame["unit_code"].eq(AN) & frame["report_date"].eq(pd.Timestamp(seen.day.date))
        figure = frame["installs_cumulative"]
        frames[name] = frame.assign(installs_cumulative=figure.mask(mine, figure + 1))
    return replace(seen, day=replace(seen.day, **frames))


def late(seen: Moment) -> Moment:
    """To somebody for whom An Bình's report is missing."""
    units = seen.day.communes
    status = units["status"].mask(units["unit_code"].eq(AN), "missing")
    return replace(seen, day=replace(seen.day, communes=units.assign(status=status)))


PLANTED = [
    (21, PAGE, closed, "Cát Tường, doubt"),
    (21, UNIT_PAGE, closed, "Cát Tường, doubt"),
    (21, REPORT, closed, "Cát Tường, doubt"),
    (21, RECEIPTS, closed, "Cát Tường, doubt"),
    (21, ANNEX, closed, "Cát Tường, doubt"),
    (22, LETTERS, opened, "Cát Tường, doubt"),
    (21, PAGE, higher, "An Bình, installs"),
    (21, UNIT_PAGE, higher, "An Bình, installs"),
    (21, REPORT, higher, "An Bình, installs"),
    (21, ANNEX, higher, "An Bình, installs"),
    (21, PAGE, late, "An Bình, status"),
    (21, UNIT_PAGE, late, "An Bình, status"),
    (21, LETTERS, late, "An Bình, status"),
    (21, ANNEX, late, "An Bình, status"),
    (20, PAGE, opened, "An Bình, outcome"),
    (20, UNIT_PAGE, opened, "An Bình, outcome"),
    (20, ANNEX, opened, "An Bình, outcome"),
]


@pytest.mark.parametrize(("number", "document", "differently", "found"), PLANTED)
def test_a_document_that_says_otherwise_is_found(campaign, number, document, differently, found):
    seen = at(campaign, number, "23:59")
    documents = dict.fromkeys(DOCUMENTS, seen) | {document: differently(seen)}

    assert any(found in line for line in contradictions(said(documents)))


def test_a_call_that_is_done_while_its_doubt_is_open_is_found():
    told = [
        Said(PAGE, "Xã An Bình", "checked", "done"),
        Said(PAGE, "Xã An Bình", "doubt of before", True),
    ]

    assert contradictions(told) == ["Xã An Bình, done, and its doubt is open"]
