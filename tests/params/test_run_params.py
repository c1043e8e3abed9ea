"""One check of a run's parameters, for the command, for papermill and by hand."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from briefing.errors import ParamsError
from briefing.language import current_language, language
from briefing.params import RunParams
from briefing.params.run import find_root, read_run_file
from tests.tables.tiny import params_folder


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project's root as the working directory, and English messages."""
    params_folder(tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    with language("en"):
        yield tmp_path


def checked(**values) -> RunParams:
    return RunParams.checked({"lang": "en", **values})


def test_without_a_value_a_run_takes_the_newest_day_and_everything_known(project):
    run = checked()

    assert (run.report_date, run.as_of, run.manifest) == (None, None, None)
    assert (run.inbox, run.outputs, run.params) == tuple(
        project / name for name in ("inbox", "outputs", "params")
    )


def test_an_empty_text_is_no_value():
    run = checked(report_date="", as_of="", manifest="")

    assert (run.report_date, run.as_of, run.manifest) == (None, None, None)


def test_a_day_and_a_moment_are_read_from_iso_texts_in_the_campaigns_time_zone():
    run = checked(report_date="2021-08-17", as_of="2021-08-17T15:00")

    assert run.report_date == date(2021, 8, 17)
    assert run.as_of == datetime.fromisoformat("2021-08-17T15:00+07:00")


def test_a_moment_with_a_zone_keeps_its_moment():
    assert checked(as_of="2021-08-17T08:00Z").as_of == datetime.fromisoformat(
        "2021-08-17T15:00+07:00"
    )


def test_an_unknown_parameter_is_named_with_the_nearest_known_one_and_all_others():
    with pytest.raises(ParamsError) as error:
        checked(report_dat="2021-08-17")

    assert "unknown parameter “report_dat”. Did you mean “report_date”?" in str(error.value)
    assert "Known: as_of, inbox, lang, manifest, outputs, params, report_date." in str(error.value)
    assert "Nothing was run." in str(error.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("report_date", "17/8/2021"),
        ("report_date", "2021-02-30"),
        ("as_of", "15 giờ"),
        ("inbox", 5),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_key(name, value):
    with pytest.raises(ParamsError, match=rf"“{name}” is {re.escape(repr(value))}: "):
        checked(**{name: value})


@pytest.mark.parametrize("value", [20210817, 20210817.0, "20210817"])
@pytest.mark.parametrize("name", ["report_date", "as_of"])
def test_a_number_is_no_day_and_no_moment(name, value):
    """It would be read as seconds since 1970."""
    with pytest.raises(
        ParamsError,
        match=rf"“{name}” is .*20210817.*(year first, as in|date and time such as) “2021-08-16",
    ):
        checked(**{name: value})


def test_a_language_without_a_catalog_is_named_with_those_that_there_are():
    with pytest.raises(ParamsError, match=r"“lang” is 'fr': not a language.*en, vi"):
        checked(lang="fr")


@pytest.mark.parametrize("day", ["2021-08-14", "2021-08-26"])
def test_a_day_outside_the_campaign_is_refused_with_the_days_that_it_runs(day):
    with pytest.raises(ParamsError, match=rf"report_date is {day}; .*2021-08-15 to 2021-08-25"):
        checked(report_date=day)


@pytest.mark.parametrize("day", ["2021-08-15", "2021-08-25"])
def test_the_first_and_the_last_day_of_the_campaign_are_inside(day):
    assert checked(report_date=day).report_date == date.fromisoformat(day)


def test_a_fault_in_the_campaign_is_found_before_anything_is_read(project):
    (project / "params/communes.csv").unlink()

    with pytest.raises(ParamsError, match=r"communes\.csv: no such file"):
        checked()


def test_a_params_folder_that_is_not_there_is_named(project):
    with pytest.raises(ParamsError, match=r"elsewhere/campaign\.yaml: no such file"):
        checked(params="elsewhere")


def test_the_language_of_the_run_is_in_force_from_then_on():
    RunParams.checked({"lang": "vi"})

    assert current_language() == "vi"


def test_relative_folders_start_at_the_projects_root_wherever_the_run_starts(project, monkeypatch):
    inner = project / "notebooks/deep"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)

    assert find_root(inner) == project
    assert checked(inbox="mail").inbox == project / "mail"
    assert checked(inbox=str(inner)).inbox == inner


def test_a_folder_without_a_project_is_its_own_root(tmp_path_factory):
    alone = tmp_path_factory.mktemp("alone")

    assert find_root(alone) == alone


def run_file(project: Path, text: str) -> Path:
    path = project / "params/daily.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_line_goes_before_the_file(project):
    path = run_file(project, 'report_date: "2021-08-16"\nlang: en\ninbox: mail\n')
    run = read_run_file(path, {"report_date": "2021-08-17"})

    assert (run.report_date, run.inbox) == (date(2021, 8, 17), project / "mail")


def test_a_run_file_that_is_not_there_leaves_the_command_line_alone(project):
    assert read_run_file(project / "params/none.yaml", {"lang": "en"}).report_date is None


@pytest.mark.parametrize(
    ("in_file", "given", "where"),
    [
        ("low_coverge: 1\n", {}, r"daily\.yaml"),
        ("", {"low_coverge": 1}, "command line"),
    ],
)
def test_an_unknown_parameter_is_named_with_where_it_stands(project, in_file, given, where):
    with pytest.raises(
        ParamsError, match=rf"{where}: unknown parameter “low_coverge”.*Known: as_of"
    ):
        read_run_file(run_file(project, in_file), given)


def test_a_day_without_quotes_in_a_run_file_is_the_same_day(project):
    """YAML makes a date of it by itself."""
    run = read_run_file(run_file(project, "report_date: 2021-08-16\nlang: en\n"), {})

    assert run.report_date == date(2021, 8, 16)


def notebook(*injected: str, **names) -> dict:
    """The names of a notebook that papermill has run so far."""
    cells = ["report_date = ''", "# Parameters\n" + "\n".join(injected)] if injected else []
    return {"__name__": "__main__", "In": ["", *cells], "lang": "en", **names}


def test_a_notebook_gives_its_own_parameters_and_none_of_its_other_names():
    run = RunParams.checked(notebook(report_date="2021-08-17", figure=object()))

    assert run.report_date == date(2021, 8, 17)


def test_a_misspelt_parameter_from_papermill_stops_the_notebook():
    with pytest.raises(ParamsError, match="this notebook: unknown parameter “report_dat”"):
        RunParams.checked(notebook('report_dat = "2021-08-17"', report_dat="2021-08-17"))


def test_a_run_survives_being_passed_to_a_notebook_as_texts():
    run = checked(report_date="2021-08-17", as_of="2021-08-17T15:00", inbox="mail")
    texts = run.as_parameters()

    assert all(isinstance(value, str) for value in texts.values())
    assert RunParams.checked(texts) == run
