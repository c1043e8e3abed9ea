"""The parameters of the page of one unit."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.errors import ParamsError
from briefing.language import language
from briefing.params import RunParams, UnitParams
from briefing.params.run import read_run_file
from tests.tables.tiny import AN, BINH, params_folder


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project's root as the working directory, and English messages."""
    params_folder(tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    with language("en"):
        yield tmp_path


def checked(**values) -> UnitParams:
    return UnitParams.checked({"lang": "en", **values})


def test_without_a_code_the_page_is_that_of_the_first_unit():
    assert checked().unit_code == AN


@pytest.mark.parametrize("written", [BINH, "Bình Minh", "xã bình minh", "Binh  Minh"])
def test_a_code_or_any_spelling_of_its_name_is_the_unit(written):
    assert checked(unit_code=written).unit_code == BINH


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"unit_code": "Bình Mih"}, "“Bình Mih”: nobody is called so; known: 00002"),
        ({"unit_code": 2}, "“2”: nobody is called so"),
        ({"unit_code": "CQ1"}, "“CQ1”: a body has no page of its own"),
        ({"unit_cod": BINH}, "“unit_cod”. Did you mean “unit_code”"),
        ({"report_date": "2021-09-01"}, "report_date is 2021-09-01"),
    ],
)
def test_what_is_wrong_is_named_before_anything_is_run(values, said):
    with pytest.raises(ParamsError, match=said) as error:
        checked(**values)

    assert "Nothing was run." in str(error.value)


def test_the_parameters_of_a_day_and_a_unit_are_those_of_its_page(project):
    day = RunParams.checked({"report_date": "2021-08-16", "as_of": "2021-08-16T18:00"})

    run = UnitParams.of(day, "Bình Minh", where="--unit")

    assert (run.unit_code, run.report_date) == (BINH, date(2021, 8, 16))
    assert UnitParams.checked(run.as_parameters()) == run


def test_the_file_of_a_daily_run_serves_a_unit_too(project):
    path = project / "params/daily.yaml"
    path.write_text('report_date: "2021-08-16"\n', encoding="utf-8")

    run = read_run_file(path, {"unit_code": BINH}, UnitParams)

    assert (run.unit_code, run.report_date) == (BINH, date(2021, 8, 16))
