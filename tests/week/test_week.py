"""Three days of a folder typed by hand: every figure, status and letter, against `truth`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from briefing.params import RunParams
from briefing.run.day import day_of
from briefing.run.snapshot import take_snapshot
from briefing.tables.exports import contract_tables
from tests.run.conftest import Office, _furnish, once
from tests.week import folder, truth

DAYS = (16, 17, 18)
CLOSE = "23:59"


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    def make(at: Path) -> None:
        own = _furnish(at, None)
        folder.fill(own.inbox)

    return Office(once(tmp_path_factory, "week", make))


@pytest.fixture(scope="module")
def tables(office) -> dict[tuple[int, str], dict[str, pd.DataFrame]]:
    """Day and clock → the tables that are published, as they were known then."""
    folders = {name: str(office.folder / name) for name in ("inbox", "outputs", "params")}
    found = {}
    for day in DAYS:
        for clock in ("15:00", CLOSE):
            moment = f"2021-08-{day}T{clock}"
            run = RunParams.checked({"report_date": moment[:10], "as_of": moment, **folders})
            found[day, clock] = contract_tables(day_of(run, take_snapshot(run)))
    return found


def states(units: pd.DataFrame) -> dict[str, tuple]:
    """Unit → its figure and status, and the day of August that a carried figure is from."""
    found = {}
    for row in units.itertuples():
        figure = None if pd.isna(row.numerator_cumulative) else int(row.numerator_cumulative)
        carried = () if pd.isna(row.carried_from) else (pd.Timestamp(row.carried_from).day,)
        found[row.unit_code] = (figure, row.status, *carried)
    return found


@pytest.mark.parametrize("number", range(len(DAYS)), ids=DAYS)
def test_every_commune_has_its_figure_and_status_at_the_close(tables, number):
    expected = {unit: days[number] for unit, days in truth.UNITS.items()}

    assert states(tables[DAYS[number], CLOSE]["units"]) == expected


@pytest.mark.parametrize(("unit", "day"), truth.AT_THE_DEADLINE)
def test_the_meeting_knew_what_had_come_by_then(tables, unit, day):
    known = states(tables[day, "15:00"]["units"])

    assert known[unit] == truth.AT_THE_DEADLINE[unit, day]


@pytest.mark.parametrize("number", range(len(DAYS)), ids=DAYS)
def test_at_the_deadline_every_other_commune_stood_as_at_the_close(tables, number):
    known = states(tables[DAYS[number], "15:00"]["units"])
    others = {u: d[number] for u, d in truth.UNITS.items()
              if (u, DAYS[number]) not in truth.AT_THE_DEADLINE}  # fmt: skip

    assert {unit: known[unit] for unit in others} == others


@pytest.mark.parametrize("day", DAYS)
def test_the_town_is_the_sum_of_what_is_known(tables, day):
    whole = tables[day, CLOSE]["whole"]

    assert int(whole.iloc[-1]["numerator_cumulative"]) == truth.WHOLE[day]


def test_every_agency_has_its_figures_and_none_that_sent_something_is_missing(tables):
    bodies = tables[18, CLOSE]["bodies"].set_index("body_code")
    fields = ["staff_total", "staff_denominator", "staff_numerator"]
    found = {
        code: None if bodies.loc[code, fields].isna().any()
        else tuple(int(bodies.loc[code, field]) for field in fields)
        for code in truth.BODIES
    }  # fmt: skip

    assert found == truth.BODIES
    assert bodies.loc["CQ043", "status"] == "unreadable"
    others = bodies["status"][bodies.index.difference([*truth.BODIES])]
    assert set(others) == {"not_due"}  # until the end of the 19th


def test_what_is_said_about_reports_is_what_is_wrong_with_them(tables):
    said = set()
    for day in DAYS:
        findings = tables[day, CLOSE]["findings"]
        own = findings[findings["unit_code"].isin([*truth.UNITS])]
        said |= {(day, row.unit_code, row.rule) for row in own.itertuples()}

    assert {each for each in said if each[2] in truth.KINDS} == truth.SAID


@pytest.fixture(scope="module")
def evening(office) -> Office:
    """The folder as the division leaves it on the evening of the 18th."""
    done = office.briefing("daily", "--date", "2021-08-18", "--as-of", f"2021-08-18T{CLOSE}")
    assert done.code == 0, done.err
    return office


def reminders(evening: Office) -> str:
    return (evening.folder / "outputs/2021-08-18/reminders.txt").read_text(encoding="utf-8-sig")


@pytest.mark.slow
def test_returns_lie_ready_for_every_unit_with_something_to_correct(evening):
    returned = {each.name for each in (evening.folder / "outputs/2021-08-18/returns").iterdir()}

    assert returned >= truth.SENT_BACK
    assert not returned & {"21640", "21637", "21667", "21670", "21673"}


@pytest.mark.slow
def test_nobody_who_has_sent_something_is_told_that_nothing_came(evening):
    text = reminders(evening)
    names = {unit: name for unit, name in _names(evening).items() if unit in truth.UNITS}
    accused = {
        unit for unit, name in names.items()
        if any(f"{name}" in block and "chưa nhận được báo cáo" in block.lower()
               for block in text.split("\n\n"))
    }  # fmt: skip

    assert accused <= truth.ASKED_FOR_A_REPORT
    assert "Công an thị xã" not in [
        line for line in text.splitlines() if "chưa" in line and "báo cáo" in line
    ]


def _names(evening: Office) -> dict[str, str]:
    rows = pd.read_csv(evening.folder / "params/communes.csv", dtype=str)
    return dict(zip(rows["unit_code"], rows["full_name"], strict=True))
