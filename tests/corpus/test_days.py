"""Folders of several days: each unit's state, and what a report's past and neighbours say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from briefing.params import Campaign
from briefing.params.readings import Override
from briefing.register import Register, scan
from briefing.register.view import view_of
from briefing.tables import Day, build
from tests.corpus.case import ANYWHERE, OneOf
from tests.corpus.days import CASES, Days
from tests.corpus.paper import PARAMS
from tests.corpus.score import CONTRACT
from tests.corpus.totals import PROPERTY, Score
from tests.register.office import ingest

BETWEEN = {
    "cumulative_decrease",
    "jump",
    "copy_of_yesterday",
    "over_denominator",
    "superseded",
    "phone_in_two_units",
    "late",
}


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign.load(PARAMS)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_folder_of_days_gives_each_unit_its_state(case, campaign, tmp_path, record_property):
    result = judged(case, day_of(case, campaign, tmp_path))
    record_property(PROPERTY, result.to_json())

    assert not result.wrong, "\n".join(["", case.name, *result.wrong])


def day_of(case: Days, campaign: Campaign, folder: Path) -> Day:
    """The day's tables, from files on disk by way of the register."""
    if case.readings:
        campaign = campaign.model_copy(
            update={"readings": {u: (Override(reading=r),) for u, r in case.readings.items()}}
        )
        campaign.__dict__.pop("fingerprint", None)
    inbox, register = folder / "inbox", Register(folder / "register", campaign)
    times = ["path,received_at"]
    for arrived in case.arrived:
        path = inbox / arrived.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(arrived.make())
        number, clock = arrived.at.split()
        times.append(f"{arrived.file},2021-08-{number}T{clock}")
    (inbox / "received.csv").write_text("\n".join(times), encoding="utf-8")
    found = scan(inbox, register.arrivals(), campaign.tz, partial(ingest, register))
    register.record(found.arrivals)
    view = view_of(register.submissions(found.arrivals), register)
    return build(view, campaign, date(2021, 8, case.day), inbox_findings=found.findings)


def judged(case: Days, day: Day) -> Score:
    result = Score()
    units = day.units.set_index("unit_code")
    for unit, state in case.expected.items():
        row = units.loc[unit]
        numerator = (
            None if pd.isna(row["numerator_cumulative"]) else int(row["numerator_cumulative"])
        )
        result.fact(f"{unit} status", state.status, row["status"])
        result.fact(f"{unit} numerator_cumulative", state.numerator, numerator)
        if state.reading:
            result.fact(f"{unit} reading", state.reading, row["reading"])
    said: set[tuple[str, str, str]] = set()
    found = list(_found(day))
    for wanted in case.findings:
        choices = wanted.values if isinstance(wanted, OneOf) else (wanted,)
        hits = [place for place, _s in found if any(_is(place, choice) for choice in choices)]
        said |= set(hits)
        result.mistakes += 1
        result.located += bool(hits)
        if not hits:
            result.wrong.append(f"{wanted!r} not found among {[place for place, _s in found]}")
    for place, severity in found:
        counts = severity in ("error", "warning") or place[0] in CONTRACT | BETWEEN
        if counts and place not in said and place[0] not in case.allowed:
            result.false += 1
            result.wrong.append(f"false {severity} {place}")
    return result


def _found(day: Day) -> Iterator[tuple[tuple[str, str, str], str]]:
    for row in day.findings.itertuples():
        unit = "" if pd.isna(row.unit_code) else row.unit_code
        yield (row.rule, unit, row.where), row.severity


def _is(place: tuple[str, str, str], wanted: tuple[str, str, str]) -> bool:
    return place[:2] == wanted[:2] and wanted[2] in (place[2], ANYWHERE)
