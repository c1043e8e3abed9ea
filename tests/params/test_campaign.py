"""A params folder is checked whole before anything is read, and says exactly what is wrong."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from briefing.errors import ParamsError
from briefing.language import language
from briefing.params import Campaign
from tests.tables.tiny import AN, CAMPAIGN, day, params_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


@pytest.fixture
def folder(tmp_path):
    return params_folder(tmp_path / "params")


def fault(folder: Path) -> str:
    with pytest.raises(ParamsError) as error:
        Campaign.load(folder)
    assert "Nothing was run." in str(error.value)
    return str(error.value)


def with_campaign(folder: Path, old: str, new: str) -> Path:
    assert CAMPAIGN.count(old) == 1
    (folder / "campaign.yaml").write_text(CAMPAIGN.replace(old, new), encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8-sig")


def test_the_projects_own_params_are_sound():
    campaign = Campaign.load(ROOT / "params")

    assert len(campaign.units) == 17
    assert campaign.units["unit_code"].str.len().eq(5).all()


def test_a_campaign_is_loaded_with_its_tables(folder):
    campaign = Campaign.load(folder)

    assert campaign.units["denominator"].to_list() == [100, 200, 50, 400]
    assert campaign.units["unit_code"].iloc[0] == AN  # the zeros at its front are kept
    assert len(campaign.places) == 16
    assert campaign.denominator_assumed


def test_hamlets_agencies_aliases_and_readings_may_be_left_out(folder):
    for name in ("hamlets.csv", "agencies.csv", "aliases.csv"):
        (folder / name).unlink()
    campaign = Campaign.load(folder)

    assert campaign.bodies.empty and campaign.places.empty
    assert campaign.bodies.columns.to_list() == ["body_code", "name", "sector", "aliases", "email"]


@pytest.mark.parametrize("name", ["campaign.yaml", "communes.csv"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()

    assert re.search(rf"{re.escape(str(folder / name))}: no such file", fault(folder))


def test_a_file_that_is_not_yaml_is_named_with_the_line(folder):
    (folder / "campaign.yaml").write_text("code: tiny\n  name: [", encoding="utf-8")

    assert re.search(r"campaign\.yaml: not readable as YAML.*line 2", fault(folder), re.DOTALL)


def test_a_yaml_file_in_another_encoding_is_named(folder):
    (folder / "campaign.yaml").write_bytes("name: xã".encode("cp1258", "replace") + b"\xe3")

    assert "campaign.yaml: not readable as YAML" in fault(folder)


def test_a_yaml_file_that_holds_no_keys_is_named(folder):
    (folder / "readings.yaml").write_text("- per_person\n", encoding="utf-8")

    assert "readings.yaml: must hold lines “key: value”" in fault(folder)


def test_an_empty_campaign_file_says_each_key_that_is_missing(folder):
    (folder / "campaign.yaml").write_text("", encoding="utf-8")
    said = fault(folder)

    for key in ("code", "targets", "reporting", "timezone"):
        assert f"campaign.yaml: “{key}” is missing." in said


def test_an_unknown_key_is_named_with_the_nearest_known_one_and_all_others(folder):
    with_campaign(folder, "timezone:", "time_zone:")
    said = fault(folder)

    assert "campaign.yaml: unknown parameter “time_zone”. Did you mean “timezone”? Known: " in said
    assert "app_name, area" in said


def test_an_unknown_key_below_another_is_named_with_those_known_there(folder):
    with_campaign(folder, 'deadline: "15:00"', 'deadlin: "15:00"')
    said = fault(folder)

    assert "unknown parameter “reporting.deadlin”. Did you mean “deadline”?" in said
    assert "Known: deadline, deadline_changes, every, from, on, to." in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("coverage: 0.60", "coverage: 60", r"“targets\.0\.coverage” is 60: .*equal to 1"),
        ("coverage: 0.60", "coverage: 0", r"“targets\.0\.coverage” is 0: .*greater than 0"),
        ("coverage: 0.90", "coverage: 90%", r"“targets\.1\.coverage” is '90%'"),
        ("due: 2021-08-19", "due: 19/8/2021", r"“body_reporting\.due” is '19/8/2021'"),
        ("Asia/Ho_Chi_Minh", "Asia/Hanoi", r"“timezone” is 'Asia/Hanoi': .*such as Asia/Ho"),
        ("Asia/Ho_Chi_Minh", "Asia", r"“timezone” is 'Asia': .*such as Asia/Ho_Chi_Minh"),
        ('deadline: "15:00"', 'deadline: "3 giờ"', r"“reporting\.deadline” is '3 giờ'"),
        ("end: 2021-08-25", "end: 2021-08-01", r"dates\.end is before dates\.start"),
        ("to: 2021-08-19", "to: 2021-08-15", r"reporting\.from and reporting\.to must lie"),
        ("to: 2021-08-19", "to: 2021-08-26", r"must lie in order within dates"),
        ("date: 2021-08-18", "date: 2021-08-22", r"targets must be in the order of their dates"),
        ("code: tiny", "code: [1]", r"“code” is \[1\]"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named_with_its_key_its_value_and_what_is_wanted(
    folder, old, new, said
):
    assert re.search(r"campaign\.yaml: .*" + said, fault(with_campaign(folder, old, new)))


CHANGED = 'deadline: "15:00", deadline_changes: [{{from: 2021-08-{}, deadline: {}}}]'


def test_a_deadline_can_change_from_a_day_on(folder):
    campaign = Campaign.load(
        with_campaign(folder, 'deadline: "15:00"', CHANGED.format(18, '"16:30"'))
    )

    clocks = [f"{campaign.deadline_of(day(n)):%H:%M}" for n in (16, 17, 18, 19)]
    assert clocks == ["15:00", "15:00", "16:30", "16:30"]


@pytest.mark.parametrize(
    ("first", "clock", "said"),
    [
        (16, '"16:30"', "must lie in order after"),  # the first day: write it there
        (20, '"16:30"', "must lie in order after"),
        (18, "16:30", r"“reporting\.deadline_changes\.0\.deadline” is 990: write it in quotes"),
        (18, '"4 giờ"', r"deadline_changes\.0\.deadline” is '4 giờ'"),
    ],
)
def test_a_change_of_the_deadline_that_does_not_fit_is_named(folder, first, clock, said):
    changed = with_campaign(folder, 'deadline: "15:00"', CHANGED.format(first, clock))

    assert re.search(said, fault(changed))


def test_a_deadline_without_quotes_is_refused_because_yaml_makes_it_a_number(folder):
    """15:00 without quotes is 900 to YAML, which would pass as a quarter past midnight."""
    said = fault(with_campaign(folder, 'deadline: "15:00"', "deadline: 15:00"))

    assert re.search(r"“reporting\.deadline” is 900: write it in quotes, as in “15:00”", said)


@pytest.mark.parametrize("end", ["2021-08-16", "2021-08-15"])
def test_a_campaign_may_last_one_day_and_no_less(folder, end):
    one_day = f"""dates: {{start: 2021-08-16, end: {end}}}
reporting: {{from: 2021-08-16, to: 2021-08-16, deadline: "15:00"}}
"""
    first, last = CAMPAIGN.index("dates:"), CAMPAIGN.index("targets:")
    text = CAMPAIGN[:first] + one_day + CAMPAIGN[last:]
    (folder / "campaign.yaml").write_text(text, encoding="utf-8")

    if end == "2021-08-16":
        assert Campaign.load(folder).dates.end == day(16)
    else:
        assert "dates.end is before dates.start" in fault(folder)


def test_all_people_of_a_unit_may_be_adults_and_no_more(tmp_path):
    everybody = params_folder(tmp_path / "all", adults={AN: 900})
    more = params_folder(tmp_path / "more", adults={AN: 901})

    assert Campaign.load(everybody).units["adults"].iloc[0] == 900
    assert "adults is more than population" in fault(more)


def test_a_list_of_targets_that_is_empty_is_refused(folder):
    start, end = CAMPAIGN.index("targets:"), CAMPAIGN.index("body_reporting")
    said = fault(with_campaign(folder, CAMPAIGN[start:end], "targets: []\n"))

    assert "“targets” is []" in said


def test_all_faults_of_a_file_are_said_at_once(folder):
    text = CAMPAIGN.replace("0.60", "60").replace("Asia/Ho_Chi_Minh", "Asia/Hanoi")
    (folder / "campaign.yaml").write_text(text, encoding="utf-8")
    said = fault(folder)

    assert "targets.0.coverage" in said and "Asia/Hanoi" in said


def test_a_row_that_does_not_fit_is_named_with_its_line_its_column_and_its_value(folder):
    edit(folder / "communes.csv", "900,200", '900,"18,419"')

    assert re.search(r"communes\.csv, line 3: “smartphone_owners” is '18,419'", fault(folder))


@pytest.mark.parametrize("value", ["0", "-5"])
def test_a_denominator_that_is_not_positive_is_refused(folder, value):
    edit(folder / "communes.csv", "900,200", f"900,{value}")

    assert re.search(rf"communes\.csv, line 3: “smartphone_owners” is '{value}'", fault(folder))


def test_an_empty_cell_is_a_missing_value(folder):
    edit(folder / "communes.csv", "900,200", "900,")

    assert "communes.csv, line 3: “smartphone_owners” is missing." in fault(folder)


def test_a_status_that_is_not_known_is_named_with_those_that_are(folder):
    edit(folder / "communes.csv", "assumed", "guess")

    assert re.search(
        r"“smartphone_owners_status” is 'guess', .*none of: assumed, official", fault(folder)
    )


def test_a_column_that_is_missing_is_named_with_all_that_are_needed(folder):
    edit(folder / "communes.csv", "smartphone_owners,", "owners,")
    said = fault(folder)

    assert "communes.csv: column smartphone_owners is missing. Needed: unit_code, name, " in said


def test_a_column_that_is_not_known_is_named_with_its_line(folder):
    edit(folder / "hamlets.csv", "kind,label", "kind,label,remark")
    edit(folder / "hamlets.csv", "Thôn 1", "Thôn 1,xa")

    assert "hamlets.csv, line 2: unknown parameter “remark”." in fault(folder)


def test_a_table_saved_by_excel_with_semicolons_is_refused_by_its_columns(folder):
    text = (folder / "communes.csv").read_text("utf-8-sig")
    (folder / "communes.csv").write_text(text.replace(",", ";"), encoding="utf-8-sig")

    assert re.search(r"communes\.csv: column unit_code, .* is missing", fault(folder))


def test_a_table_in_another_encoding_is_refused_with_how_to_save_it(folder):
    (folder / "communes.csv").write_text("unit_code,name\n1,xã", encoding="utf-16")

    assert "communes.csv: must be saved as CSV UTF-8." in fault(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("communes.csv", "00002", "00001", r"communes\.csv: unit_code 00001 stands twice"),
        ("agencies.csv", "CQ2", "CQ1", r"agencies\.csv: agency_code CQ1 stands twice"),
    ],
)
def test_a_code_that_stands_twice_is_named(folder, name, old, new, said):
    edit(folder / name, old, new)

    assert re.search(said, fault(folder))


def test_a_table_of_communes_without_a_row_is_refused(folder):
    head = (folder / "communes.csv").read_text("utf-8-sig").splitlines()[0]
    (folder / "communes.csv").write_text(head + "\n", encoding="utf-8")

    assert "communes.csv: holds no unit." in fault(folder)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("hamlets.csv", "99999,1,thôn,Thôn 1,verified"),
        ("aliases.csv", "unit,99999,Xã Lạ"),
        ("aliases.csv", "ambiguous_unit,99999,XL"),
    ],
)
def test_a_unit_that_is_not_in_communes_csv_is_named_with_the_file(folder, name, line):
    with (folder / name).open("a", encoding="utf-8") as stream:
        stream.write(line.rsplit(",verified", 1)[0] + "\n")

    assert re.search(rf"{name}: unit code “99999” is not in communes\.csv", fault(folder))


def test_a_reading_of_an_unknown_unit_is_named(folder):
    (folder / "readings.yaml").write_text('"99999": per_person\n', encoding="utf-8")

    assert re.search(r"readings\.yaml: unit code “99999”", fault(folder))


def test_a_reading_that_is_not_known_is_named_with_those_that_are(folder):
    (folder / "readings.yaml").write_text(f'"{AN}": per_house\n', encoding="utf-8")

    assert re.search(
        r"readings\.yaml: “readings\.00001\.0\.reading” is 'per_house', .*per_person.*increment",
        fault(folder),
    )


def test_a_unit_code_without_quotes_is_refused_because_yaml_makes_it_a_number(folder):
    """00123 without quotes is 83 to YAML."""
    (folder / "readings.yaml").write_text("00123: per_person\n", encoding="utf-8")

    assert re.search(r"readings\.yaml: “readings\.83.*” is 83: .*in quotes", fault(folder))


def test_a_fault_is_said_in_vietnamese_too(folder):
    with language("vi"), pytest.raises(ParamsError, match="tham số lạ “time_zone”"):
        Campaign.load(with_campaign(folder, "timezone:", "time_zone:"))


def test_the_reason_is_said_in_vietnamese_where_it_is_the_campaigns_own(folder):
    with language("vi"), pytest.raises(ParamsError, match="phải viết trong dấu nháy"):
        Campaign.load(with_campaign(folder, 'deadline: "15:00"', "deadline: 15:00"))


def test_nothing_changes_after_the_check(folder):
    with pytest.raises(ValueError, match="frozen"):
        Campaign.load(folder).reporting.deadline = None


def test_the_target_in_force_is_the_first_whose_day_is_not_past_and_then_the_last(folder):
    campaign = Campaign.load(folder)

    assert [campaign.target_for(day(n)).coverage for n in (15, 18, 19, 20, 21)] == [
        0.6, 0.6, 0.9, 0.9, 0.9,
    ]  # fmt: skip


def test_the_deadline_of_a_day_is_in_the_campaigns_time_zone(folder):
    assert Campaign.load(folder).deadline_of(day(16)) == datetime.fromisoformat(
        "2021-08-16T15:00+07:00"
    )


def test_the_fingerprint_changes_with_each_value_and_not_with_a_comment(folder):
    before = Campaign.load(folder).fingerprint
    (folder / "campaign.yaml").write_text(CAMPAIGN + "# a remark\n", encoding="utf-8")
    assert Campaign.load(folder).fingerprint == before

    with_campaign(folder, "0.60", "0.61")
    changed = Campaign.load(folder).fingerprint
    edit(folder / "communes.csv", "900,200", "900,201")

    assert len({before, changed, Campaign.load(folder).fingerprint}) == 3


def test_a_sector_is_called_as_the_params_say_in_each_language_else_as_it_stands(folder):
    before = Campaign.load(folder).fingerprint
    named = CAMPAIGN + 'sectors: [{vi: "Phòng, ban", en: Town offices}]\n'
    (folder / "campaign.yaml").write_text(named, encoding="utf-8")
    campaign = Campaign.load(folder)

    assert [campaign.sector(name) for name in ("Phòng, ban", "Đoàn thể")] == [
        "Town offices", "Đoàn thể",
    ]  # fmt: skip
    assert campaign.fingerprint == before  # nothing has to be read again
    with language("vi"):
        assert campaign.sector("Phòng, ban") == "Phòng, ban"


def test_a_fault_in_a_date_is_not_guessed_at(folder):
    campaign = Campaign.load(with_campaign(folder, "due: 2021-08-19", 'due: "2021-08-19"'))

    assert campaign.body_reporting.due == date(2021, 8, 19)


def test_another_subject_that_campaign_yaml_does_not_name_is_called_as_aliases_csv_does():
    campaign = Campaign.load(Path(__file__).parents[2] / "params")

    assert campaign.other_subject("tiêm vắc xin").en == "vaccination"
    assert campaign.other_subject("ứng dụng khác").rival
    assert campaign.other_subject("cháy rừng").en == "cháy rừng"


def test_a_folder_is_read_once_until_one_of_its_files_changes(folder):
    first = Campaign.load(folder)
    assert Campaign.load(folder) is first

    changed = (folder / "communes.csv").read_text(encoding="utf-8").replace("100", "101", 1)
    (folder / "communes.csv").write_text(changed, encoding="utf-8")

    again = Campaign.load(folder)
    denominator = [row.denominator for row in again.unit_rows]
    assert denominator != [row.denominator for row in first.unit_rows]


def test_a_copy_with_other_values_works_everything_out_anew(folder):
    campaign = Campaign.load(folder)
    before = campaign.fingerprint

    assert campaign.model_copy(update={"readings": {AN: ()}}).fingerprint != before
    assert campaign.fingerprint == before
