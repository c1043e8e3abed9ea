"""Where the editions of each language are published, with nothing made: only their places."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from briefing.params import PeriodParams, RunParams
from briefing.run import daily, period, units
from tests.tables.tiny import AN, params_folder

DAY, DAYS = "2021-08-16", "2021-08-16_2021-08-18"


@pytest.fixture
def nothing_made(monkeypatch):
    """Runs that take nothing in and make empty folders."""
    for module in (daily, period, units):
        monkeypatch.setattr(module, "take_stock", lambda *_args: None)
    for module in (daily, units):
        found = SimpleNamespace(date=date(2021, 8, 16))
        monkeypatch.setattr(module, "day_of", lambda *_args, found=found: found)
    monkeypatch.setattr(period, "period_in", lambda *_args: SimpleNamespace(key=DAYS))
    monkeypatch.setattr(units, "manifest", lambda *_args: {})
    for module in (daily, period):
        monkeypatch.setattr(module, "_make", lambda *_args: None)
    monkeypatch.setattr(
        units,
        "_all",
        lambda tasks, *_args: [units.Made(AN, task.unit_name, task.lasting) for task in tasks],
    )


@pytest.mark.parametrize(("lang", "inside"), [("vi", ""), ("en", "/en")])
def test_an_edition_in_another_language_lies_in_a_folder_of_the_day_or_the_period(
    tmp_path, nothing_made, lang, inside
):
    outputs = tmp_path / "outputs"
    common = {"outputs": outputs, "params": params_folder(tmp_path / "params"), "lang": lang}

    of_day = daily.run_daily(RunParams(**common))
    of_period = period.run_period(PeriodParams(**common))
    (of_unit,) = units.run_units(RunParams(**common), [AN])

    assert of_day.html == outputs / f"{DAY}{inside}" / "briefing.html"
    assert of_period.pages[0] == outputs / f"{DAYS}{inside}" / "report.html"
    assert of_unit.folder == outputs / f"{DAY}{inside}/units" / AN
    assert all(folder.is_dir() for folder in (of_day.folder, of_period.folder))
