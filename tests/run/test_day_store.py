"""The tables of a day are worked out once for the same inputs, params, moment and program."""

from __future__ import annotations

import shutil
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

from briefing.language import language
from briefing.params import RunParams
from briefing.register import Register, read_files
from briefing.run import daily
from briefing.run import day as days
from briefing.run.day import day_of
from briefing.run.day_files import FOLDER, STANDING, standing_rows
from briefing.run.day_store import DayStore, frames
from briefing.run.manifest import Stopwatch, manifest, write_manifest
from briefing.run.snapshot import take_snapshot
from briefing.run.standing import open_units
from briefing.run.template import template
from briefing.tables import Day
from tests.intake.making import mau02, people, workbook
from tests.run.test_kernel import LINUX

DAY = "2021-08-16"
SECTOR = "Town offices"


@pytest.fixture
def office(tmp_path: Path) -> RunParams:
    (tmp_path / "inbox").mkdir()
    report(tmp_path, [45, 38, 52])
    return run(tmp_path)


def report(office: Path, counts: list[int]) -> None:
    content = workbook(mau02(people(counts)))
    (office / "inbox" / "BC Bong Son 16-8.xlsx").write_bytes(content)


def run(office: Path, **others: str) -> RunParams:
    folders = {"inbox": str(office / "inbox"), "outputs": str(office / "outputs")}
    return RunParams.checked({"report_date": DAY, **folders, **others})


@pytest.fixture
def built(monkeypatch) -> list[str]:
    """The days that are worked out, as they are."""
    found: list[str] = []
    build = days.build

    def noted(view, campaign, about, **how) -> Day:
        found.append(about.isoformat())
        return build(view, campaign, about, **how)

    monkeypatch.setattr(days, "build", noted)
    return found


def opened(params: RunParams) -> Day:
    """The day as another process opens it, with nothing at hand."""
    days._at_hand.clear()
    return day_of(params, take_snapshot(params))


def bong_son(day: Day) -> int:
    units = day.units.set_index("unit_code")
    return int(units.loc["21640", "numerator_cumulative"])


@pytest.mark.slow
def test_the_same_inputs_are_worked_out_once_and_every_table_comes_back_as_it_was(office, built):
    first, again = opened(office), opened(office)

    assert built == [DAY]
    assert {*frames()} == {f.name for f in fields(Day) if isinstance(getattr(first, f.name),
                                                                   pd.DataFrame)}  # fmt: skip
    for name in frames():
        pd.testing.assert_frame_equal(getattr(again, name), getattr(first, name))
    assert (again.date, again.as_of, again.illustrative) == (first.date, first.as_of, False)


@pytest.mark.slow
def test_a_new_report_another_language_or_moment_is_worked_out_anew(office, built):
    folder = office.inbox.parent
    assert bong_son(opened(office)) == 135

    opened(run(folder, lang="en"))
    opened(run(folder, as_of="2021-08-16T23:00"))
    report(folder, [45, 38, 60])

    assert bong_son(opened(office)) == 143
    assert built == [DAY] * 4


@pytest.mark.slow
def test_a_correction_is_worked_out_anew(office, built, tmp_path):
    params = tmp_path / "params"
    params.mkdir()
    for each in Path("params").iterdir():
        (params / each.name).write_bytes(each.read_bytes())
    own = run(tmp_path, params=str(params))
    assert bong_son(opened(own)) == 135

    (params / "corrections.yaml").write_text(
        f"corrections:\n- {{unit: '21640', date: {DAY}, column: installs_cumulative, found: 135, "
        "value: 136, reason: cộng thiếu một người, by: cán bộ, when: 2021-08-16T16:00}\n",
        encoding="utf-8",
    )

    assert bong_son(opened(run(tmp_path, params=str(params)))) == 136
    assert built == [DAY] * 2


@pytest.mark.slow
def test_rows_of_one_table_are_what_the_day_has_with_missing_values_as_none(office, built):
    day = opened(office)
    about, rows = open_units(office)

    assert about == day.date
    table = day.units[STANDING]
    assert rows == table.astype(object).where(table.notna(), None).to_dict("records")
    assert [row["numerator_cumulative"] for row in rows] == [135, *[None] * 16]
    assert rows[0]["received_at"].utcoffset() == timedelta(hours=7)
    assert built == [DAY]


@pytest.mark.slow
def test_a_day_in_a_row_of_a_table_is_a_date_without_a_time_zone(office):
    day, store = opened(office), DayStore(office.outputs / "register")
    written = day.units.assign(unused_date=pd.Timestamp("2021-08-15"))
    store.put("k", replace(day, units=written))

    rows = standing_rows(Register(office.outputs / "register", office.campaign), "k")

    assert [row["unused_date"] for row in rows] == [datetime(2021, 8, 15)] * 17


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["cut", "swapped", "missing", "no index"])
def test_a_table_that_is_not_as_it_was_written_is_worked_out_anew(office, built, harm):
    opened(office)
    (kept,) = (office.outputs / "register" / FOLDER).iterdir()
    if harm == "cut":
        (kept / "units.arrow").write_bytes((kept / "units.arrow").read_bytes()[:-9])
    elif harm == "swapped":
        (kept / "units.arrow").write_bytes((kept / "history.arrow").read_bytes())
    elif harm == "missing":
        (kept / "units.arrow").unlink()
    else:
        (kept / "index.json").write_text("{", encoding="utf-8")

    days._at_hand.clear()
    assert open_units(office)[1][0]["numerator_cumulative"] == 135
    assert bong_son(opened(office)) == 135
    assert built == [DAY] * 2


@pytest.mark.slow
def test_tables_and_annex_are_made_once_for_the_same_day_and_anew_for_another_language_or_report(
    office, monkeypatch
):
    made: list[str] = []
    make = daily.annex

    def noted(day: Day, tables) -> bytes:
        made.append(day.date.isoformat())
        return make(day, tables)

    monkeypatch.setattr(daily, "annex", noted)
    folder = office.inbox.parent

    def files(params: RunParams) -> dict[str, bytes]:
        with language(params.lang), TemporaryDirectory() as place:
            snapshot = take_snapshot(params)
            daily._make_files(params, snapshot, day_of(params, snapshot), Path(place), Stopwatch())
            return read_files(Path(place), "tables/**/*.csv", "annex.xlsx")

    first, again, english = files(office), files(office), files(run(folder, lang="en"))
    assert made == [DAY] * 2
    assert first == again and {"annex.xlsx", "tables/communes.csv"} < {*first}
    assert any(name.startswith("tables/charts/") for name in first)
    assert english["annex.xlsx"] != first["annex.xlsx"]
    shutil.rmtree(office.outputs / "register" / daily.MADE)
    assert files(office) == first
    report(folder, [45, 38, 60])
    assert b",143," in files(office)["tables/communes.csv"]
    assert len(made) == 4


@LINUX
@pytest.mark.slow
def test_tables_made_beside_the_letters_are_those_made_here(office, monkeypatch):
    def made() -> tuple[list[str], dict[str, bytes]]:
        shutil.rmtree(office.outputs / "register" / daily.MADE, ignore_errors=True)
        with language(office.lang), TemporaryDirectory() as place:
            snapshot, watch = take_snapshot(office), Stopwatch()
            day = day_of(office, snapshot)
            write_manifest(manifest(office, snapshot, day), Path(place))
            daily._make_files(office, snapshot, day, Path(place), watch)
            return sorted(watch.seconds), read_files(Path(place), "tables/**/*.*", "annex.xlsx")

    template()  # with the program as it is
    with monkeypatch.context() as many:
        many.setattr(daily, "BESIDE", 1)
        many.delattr(daily, "_make_tables")
        beside = made()

    assert beside == made()
    assert beside[0] == ["annex", "returns", "write_tables"]


@pytest.mark.slow
def test_an_annex_is_made_anew_where_a_sector_has_another_name(office, tmp_path):
    params = tmp_path / "params"
    shutil.copytree("params", params)

    def annex() -> bytes:
        own = run(tmp_path, params=str(params), lang="en")
        with language("en"), TemporaryDirectory() as place:
            snapshot = take_snapshot(own)
            daily._make_files(own, snapshot, day_of(own, snapshot), Path(place), Stopwatch())
            return read_files(Path(place), "annex.xlsx")["annex.xlsx"]

    before = annex()
    campaign = params / "campaign.yaml"
    text = campaign.read_text(encoding="utf-8")
    assert text.count(SECTOR) == 1
    campaign.write_text(text.replace(SECTOR, "Renamed offices"), encoding="utf-8")

    assert annex() != before
