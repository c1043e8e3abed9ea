"""The parameters of a period: its days, and the analyst's own words."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.errors import ParamsError
from briefing.language import language
from briefing.params import PeriodParams
from briefing.params.run import read_run_file
from tests.tables.tiny import params_folder


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project's root as the working directory, and English messages."""
    params_folder(tmp_path / "params")
    monkeypatch.chdir(tmp_path)
    with language("en"):
        yield tmp_path


def checked(**values) -> PeriodParams:
    return PeriodParams.checked({"lang": "en", **values})


def test_without_days_a_period_is_that_in_which_the_units_owe_reports(project):
    run = checked()

    assert (run.first, run.last) == (date(2021, 8, 16), date(2021, 8, 19))
    assert run.inbox == project / "inbox"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"period_from": "2021-08-18", "period_to": "2021-08-17"},
         "period_from 2021-08-18 is after period_to 2021-08-17"),
        ({"period_from": "2021-08-14"}, "period_from is 2021-08-14; .* 2021-08-15 to 2021-08-25"),
        ({"period_to": "2021-08-26"}, "period_to is 2021-08-26"),
        ({"period_from": "16/8/2021"}, "“period_from” is '16/8/2021'"),
        ({"as_of": "2021-08-15T15:00"}, "as_of .* is before period_from 2021-08-16"),
        ({"period_form": "2021-08-16"}, "“period_form”. Did you mean “period_from”"),
        ({"report_date": "2021-08-16"}, "unknown parameter “report_date”"),
        ({"texts": {"strenghts": {}}}, "“texts.strenghts”. Did you mean “strengths”"),
        ({"texts": {"causes": {"ad": []}}}, "“texts.causes.ad”"),
        ({"texts": {"causes": {"add": "vì mưa"}}}, "write a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_before_anything_is_run(values, said):
    with pytest.raises(ParamsError, match=said) as error:
        checked(**values)

    assert "Nothing was run." in str(error.value)


def test_a_period_may_end_after_the_moment_of_knowledge():
    assert checked(as_of="2021-08-17T15:00").last == date(2021, 8, 19)


def test_the_words_of_the_params_folder_count_where_none_are_given(project):
    (project / "params/period.yaml").write_text(
        "texts:\n  position: [KT. TRƯỞNG PHÒNG, PHÓ TRƯỞNG PHÒNG]\n  causes: {add: [Mưa.]}\n",
        encoding="utf-8",
    )

    assert checked().texts.position == ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")
    assert checked(texts={}).texts.causes.add == ("Mưa.",)
    assert checked(texts={"position": ["CHỦ TỊCH"]}).texts.causes.add == ()


def test_words_that_are_wrong_in_the_file_are_named_with_it(project):
    (project / "params/period.yaml").write_text("texts: {symbl: x}\n", encoding="utf-8")

    with pytest.raises(ParamsError, match=r"period.yaml: .*“symbl”. Did you mean “symbol”"):
        checked()


def test_the_parameters_of_a_notebook_make_the_same_run_again():
    run = checked(period_to="2021-08-17", texts={"tasks": {"suppress": ["focus"]}})
    again = PeriodParams.checked(run.as_parameters())

    assert again.model_dump() == run.model_dump()
    assert run.as_parameters()["texts"]["tasks"]["suppress"] == ["focus"]


def test_a_run_file_is_read_for_the_run_that_it_is_of(project):
    path = project / "params/period.yaml"
    path.write_text("period_from: 2021-08-17\nlang: en\n", encoding="utf-8")

    assert read_run_file(path, {}, PeriodParams).first == date(2021, 8, 17)
    with pytest.raises(ParamsError, match="period_from"):
        read_run_file(path, {})


def test_the_run_of_a_day_has_the_folders_and_the_moment_of_the_period():
    run = checked(as_of="2021-08-17T15:00", inbox="mail")
    day = run.of_day(date(2021, 8, 17))

    assert (day.report_date, day.inbox, day.as_of) == (date(2021, 8, 17), run.inbox, run.as_of)
