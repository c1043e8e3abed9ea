"""Entries of corrections.yaml are checked whole, and what is wrong with them is said exactly."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from briefing.errors import ParamsError
from briefing.language import language
from briefing.params import Campaign
from briefing.params.corrections import parse_corrections
from tests.params.test_campaign import ROOT
from tests.tables.tiny import AN, BINH, params_folder

SOUND = {
    "unit": "An Bình", "date": "2021-08-16", "column": "installs_cumulative", "found": "54320",
    "value": "5432", "reason": "Gõ thừa một chữ số", "by": "Cán bộ tổng hợp", "when": "2021-08-17",
}  # fmt: skip


NO_REPORT = {"value": "not_a_report", "unit": None, "date": None, "column": None, "found": None}
TOLD = {"value": None, "column": None, "found": None, "told_by": "Văn phòng"}


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


@pytest.fixture
def folder(tmp_path):
    return params_folder(tmp_path / "params")


def entry(**changed: str | None) -> str:
    """One entry as the analyst types it; `None` leaves a key out."""
    values = {key: value for key, value in {**SOUND, **changed}.items() if value is not None}
    lines = [f"{key}: {value}" for key, value in values.items()]
    return "- " + "\n  ".join(lines) + "\n"


def loaded(folder, *entries: str) -> Campaign:
    (folder / "corrections.yaml").write_text("".join(entries), encoding="utf-8")
    return Campaign.load(folder)


def one(folder, **changed: str | None):
    (correction,) = loaded(folder, entry(**changed)).corrections
    return correction


def fault(folder, *entries: str) -> str:
    with pytest.raises(ParamsError) as error:
        loaded(folder, *entries)
    assert "Nothing was run." in str(error.value)
    return str(error.value)


def test_an_entry_is_read_with_its_values_and_its_number(folder):
    first, second = loaded(folder, entry(), entry(unit='"00002"')).corrections

    assert (first.entry, first.unit_code, first.report_date) == (1, AN, date(2021, 8, 16))
    assert (first.found, first.value, first.found_given) == (54320, 5432, True)
    assert (first.when, second.entry, second.unit_code) == (date(2021, 8, 17), 2, BINH)


@pytest.mark.parametrize("name", ["An Bình", "an binh", "Xã An Bình", "XA AN BINH", f'"{AN}"'])
def test_a_unit_is_known_by_its_code_and_any_known_spelling(folder, name):
    assert one(folder, unit=name).unit_code == AN


def test_an_agency_needs_no_date_for_it_reports_once(folder):
    body = one(folder, unit="phong noi vu", date=None, column="staff_total", found=None)

    assert (body.unit_code, body.report_date) == ("CQ1", None)


@pytest.mark.parametrize("value", ["reject", "null", ""])
def test_a_report_is_set_aside_whole(folder, value):
    aside = one(folder, value=value, column=None, found=None)

    assert aside.sets_aside and aside.column is None


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        ("2021-08-17T09:30", "2021-08-17T09:30:00+07:00"),
        ("2021-08-17 09:30:00", "2021-08-17T09:30:00+07:00"),
        ("2021-08-17T02:30:00+00:00", "2021-08-17T09:30:00+07:00"),
        ("2021-08-17", "2021-08-17T00:00:00+07:00"),
    ],
)
def test_a_moment_is_in_the_campaigns_time_zone_and_a_day_begins_at_midnight(folder, when, moment):
    assert one(folder, when=when).known_from == datetime.fromisoformat(moment)


def test_a_wrong_value_that_was_nothing_is_not_one_that_was_not_noted(folder):
    assert one(folder, found="null").found_given
    assert not one(folder, found=None).found_given


def test_a_file_is_named_by_its_path_in_the_inbox_however_the_slashes_lean(folder):
    assert one(folder, file=r"inbox\16-8\an.xlsx").file == "16-8/an.xlsx"


@pytest.mark.parametrize(
    "content", ["", "# nothing yet\n", "[]\n", "corrections:\n", "corrections: []"]
)
def test_no_entry_is_no_correction(folder, content):
    assert loaded(folder, content).corrections == ()


def test_the_projects_own_file_has_no_entry_and_examples_that_are_sound(tmp_path):
    text = (ROOT / "params/corrections.yaml").read_text("utf-8")
    _head, examples = text.split("\ncorrections:\n")
    folder = params_folder(tmp_path / "params")
    of_tiny = examples.replace("\n#", "\n").removeprefix("#")
    of_tiny = of_tiny.replace("Bồng Sơn", "An Bình").replace("Hoài Sơn", "Bình Minh")

    assert Campaign.load(ROOT / "params").corrections == ()
    sound = loaded(folder, of_tiny).corrections
    assert [c.sets_aside for c in sound] == [False, True, False, False, False]
    assert [c.confirms for c in sound] == [False, False, True, False, False]
    assert [c.silences for c in sound] == [False, False, False, True, False]
    assert [c.told_by for c in sound] == ["", "", "", "", "Công chức Văn hóa – Xã hội xã"]


def test_a_correction_makes_no_file_be_read_again(folder):
    assert loaded(folder, "").fingerprint == loaded(folder, entry()).fingerprint


def test_entries_survive_being_stored_in_a_manifest(folder):
    told = entry(value=None, column=None, found=None, told="{installs_cumulative: 40}",
                 told_by="Văn phòng", received_at="2021-08-16T14:20")  # fmt: skip
    no_report = entry(**NO_REPORT, sha256="0123456789abcdef")
    campaign = loaded(
        folder, entry(), entry(found="null"), entry(value="reject", found=None), told, no_report
    )
    stored = json.loads(json.dumps([c.to_record() for c in campaign.corrections]))

    assert parse_corrections(stored, campaign, where="manifest.json") == campaign.corrections


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"unit": "Nơi Xa"}, "“unit” is 'Nơi Xa': nobody is called so; known: 00001 (Xã An Bình)"),
        ({"unit": "Bình Minj"}, "known: 00002 (Xã Bình Minh)."),
        ({"unit": None, "date": None}, "“date” is None: give the unit and the date"),
        ({"date": None}, "“date” is None: give the unit and the date"),
        ({"date": "16/8/2021"}, "“date” is '16/8/2021': write an ISO date"),
        ({"column": "installs"}, "“column” is 'installs', which is none of: installs_"),
        ({"column": None, "found": None}, "“value” is 5432: say in “column” which figure"),
        ({"column": "staff_total"}, "“unit” is 'An Bình': the reports of this unit have no such"),
        ({"value": '"5.432"'}, "“value” is '5.432': write a whole number of persons"),
        ({"value": "-3"}, "“value” is -3: write a whole number of persons"),
        ({"value": "true"}, "“value” is True: write a whole number of persons"),
        ({"value": None}, "“value” is missing"),
        ({"found": "nhiều"}, "“found” is 'nhiều': write a whole number of persons"),
        ({"column": "report_date", "found": None, "value": "2022-08-16"},
         "the campaign runs from 2021-08-15 to 2021-08-25"),
        ({"column": "unit_code", "found": None, "value": "HH"}, "“value” is 'HH': nobody is"),
        ({"reason": None}, "“reason” is missing"),
        ({"reason": '""'}, "“reason” is ''"),
        ({"reason": "Gọi 0912 345 678"}, "a phone number is personal data"),
        ({"by": '"+84912345678"'}, "a phone number is personal data"),
        ({"when": "hôm qua"}, "“when” is 'hôm qua': write an ISO date"),
        ({"wen": "2021-08-17"}, "unknown parameter “wen”. Did you mean “when”?"),
    ],
)  # fmt: skip
def test_a_fault_names_the_file_the_entry_the_key_and_what_is_known(folder, changed, said):
    text = fault(folder, entry(), entry(**changed))

    assert "corrections.yaml, entry 2: " in text
    assert said in text


@pytest.mark.parametrize("content", ["a: 2", "- 5", "text", "corrections: 7"])
def test_what_is_no_list_of_entries_is_said_so(folder, content):
    assert "corrections.yaml: must hold a list of entries" in fault(folder, content)


def test_a_name_that_stands_for_several_is_refused_with_those_it_may_mean(folder):
    with (folder / "aliases.csv").open("a", encoding="utf-8") as stream:
        stream.writelines([f"ambiguous_unit,{AN},AB\r\n", f"ambiguous_unit,{BINH},AB\r\n"])

    assert "00001 (Xã An Bình), 00002 (Xã Bình Minh); write the code" in fault(
        folder, entry(unit="AB")
    )


def test_a_fault_is_said_in_vietnamese_too(folder):
    with language("vi"), pytest.raises(ParamsError, match=r"mục 1: “when” .* hãy ghi ngày"):
        loaded(folder, entry(when="hôm qua"))


def test_a_figure_told_by_telephone_has_its_teller_and_its_time(folder):
    told = one(folder, **TOLD, told="{installs_cumulative: 40}", received_at="2021-08-16T14:20")

    assert (told.unit_code, told.told, told.told_by) == (
        AN,
        {"numerator_cumulative": 40},
        "Văn phòng",
    )
    assert told.received_at == datetime.fromisoformat("2021-08-16T14:20:00+07:00")
    assert not told.sets_aside and not told.silences


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"told": "{installs_cumulative: -4}"}, "write a whole number of persons"),
        ({"told": "{staff_installed: 4}"}, "needed: installs_cumulative; known: "),
        ({"told": "40"}, "write the figures one below the other"),
        ({"unit": "Phòng Nội vụ", "date": None, "told": "{staff_total: 9}"},
         "needed: staff_installed; known: staff_total, staff_smartphone, staff_installed"),
        ({"told": "{installs_cumulative: 4}", "date": None}, "give the day that the figure"),
        ({"told": "{installs_cumulative: 4}", "received_at": "2021-08-16"}, "write the time too"),
        ({"told": "{installs_cumulative: 4}", "told_by": "Chị Ba 0912 345 678"}, "leave it out"),
        ({"told": "{installs_cumulative: 4}", "told_by": None}, "“told_by” is missing"),
    ],
)  # fmt: skip
def test_a_wrong_entry_of_a_telephone_call_says_what_is_known(folder, changed, said):
    assert said in fault(folder, entry(**{**TOLD, **changed}))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "name the file or its sha256, and no column"),
        ({"file": "a.xlsx", "column": "unit_code"}, "name the file or its sha256, and no column"),
        ({"sha256": "12ab"}, "write the first 16 digits of the file's hash, or all 64"),
        ({"sha256": "0123456789abcdef", "value": "5", "column": "unit_code"},
         "a sha256 names a whole file: write value: not_a_report"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_named_by_its_file_or_its_hash(folder, changed, said):
    assert said in fault(folder, entry(**{**NO_REPORT, **changed}))


def test_a_reading_has_days_and_a_file_or_stands_alone(folder):
    (folder / "readings.yaml").write_text(
        f'"{AN}": per_person\n"{BINH}":\n'
        "  - {reading: total, from: 2021-08-16, to: 2021-08-17}\n"
        "  - {reading: flag, file: a.xlsx}\n",
        encoding="utf-8",
    )
    campaign = Campaign.load(folder)

    def reading(unit: str, number: int | None, file: str = "b.xlsx") -> str | None:
        day = None if number is None else date(2021, 8, number)
        found = campaign.override_of(unit, day, f"16-8/{file}")
        return found.reading if found else None

    assert [reading(AN, number) for number in (15, 16, None)] == ["per_person"] * 3
    assert [reading(BINH, number) for number in (15, 16, 17, 18, None)] == [
        None, "total", "total", None, None,
    ]  # fmt: skip
    assert reading(BINH, 16, "a.xlsx") == "flag"


def test_a_reading_that_ends_before_it_begins_is_refused(folder):
    (folder / "readings.yaml").write_text(
        f'"{AN}": {{reading: total, from: 2021-08-17, to: 2021-08-16}}\n', encoding="utf-8"
    )

    with pytest.raises(ParamsError, match=r"readings\.yaml: .*from is after to"):
        Campaign.load(folder)
