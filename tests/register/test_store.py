"""The register: append-only, by content, without names; and the day that it gives."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from briefing.catalog import rules
from briefing.errors import RunError
from briefing.intake.packing import rows_in, unpacked
from briefing.register import Arrival, Register, scan
from briefing.register.entries import SUM
from briefing.register.files import write_whole
from briefing.register.view import view_of
from briefing.tables import build, write_csv
from briefing.tables.exports import contract_tables
from briefing.tables.trace import trace_of
from tests.register.office import PEOPLE, PHONES, ingest
from tests.tables.tiny import AN, BINH, DONG, assert_table, campaign, day, moment

NA = pd.NA


@pytest.fixture
def week(office):
    """An Bình: in time, then a correction after the hour. Bình Minh: late. Đông Hải: no rows,
    then a broken file. Cát Tường: nothing."""
    office.workbook("16/An Bình 16-8.xlsx", "Xã An Bình", 16, [10, 20, 7, 3], "16 14:00")
    office.workbook("16/Bình Minh 16-8.xlsx", "Xã Bình Minh", 16, [50, 40, 10], "16 15:20")
    office.workbook("16/Đông Hải 16-8.xlsx", "Xã Đông Hải", 16, [], "16 10:00")
    office.workbook("17/An Bình 17-8.xlsx", "Xã An Bình", 17, [12, 26, 8, 4], "17 14:00")
    office.workbook("17/An Bình 17-8 sửa.xlsx", "Xã An Bình", 17, [12, 22, 8, 4], "17 16:00")
    office.put("17/Đông Hải 17-8.xlsx", b"PK not a workbook", "17 09:00")
    return office


def tables(office, number: int, as_of: str | None = None):
    return build(office.view(as_of), office.campaign, day(number))


def test_what_was_kept_is_not_served_once_the_rules_have_other_cases(office, tmp_path, monkeypatch):
    before = office.register.entries_folder
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "phones.yaml").write_text("phone_odd: {label: odd, severity: info}")
    monkeypatch.setattr(rules, "FOLDER", tmp_path / "rules")

    assert office.register.entries_folder != before


def test_real_workbooks_become_the_day_that_could_be_known_at_its_deadline(week):
    week.ingest()

    assert_table(
        tables(week, 17, "17 15:00").units,
        {
            "unit_name": ["Xã An Bình", "Xã Bình Minh", "Xã Cát Tường", "Xã Đông Hải"],
            "numerator_cumulative": [50, 100, NA, NA],  # 12+26+8+4; 50+40+10 of the day before
            "numerator_new": [10, NA, NA, NA],  # 50 - (10+20+7+3)
            "coverage": [0.5, 0.5, NA, NA],
            "status": ["on_time", "missing", "missing", "unreadable"],
            "received_at": ["17 14:00", None, None, "17 09:00"],
            "carried_from": [None, 16, None, None],
        },
    )


@pytest.mark.slow
def test_real_workbooks_with_everything_known(week):
    week.ingest()
    now = tables(week, 17)

    assert_table(
        now.units,
        {
            "numerator_cumulative": [46, 100, NA, NA],  # 12+22+8+4: the correction
            "numerator_new": [6, NA, NA, NA],
            "status": ["on_time", "missing", "missing", "unreadable"],
            "received_at": ["17 14:00", None, None, "17 09:00"],
        },
    )
    assert_table(
        now.whole,
        {
            "report_date": [15, 16, 17],
            "denominator": [NA, 300, 300],  # An Bình 100, Bình Minh 200
            "numerator_cumulative": [NA, 140, 146],
            "numerator_new": [NA, NA, 6],
            "numerator_carried": [NA, 0, 100],
            "reports_on_time": [0, 1, 1],
            "reports_late": [0, 1, 0],
            "reports_empty": [0, 1, 0],
            "reports_unreadable": [0, 0, 1],
            "reports_missing": [0, 1, 2],
        },
    )
    trace = trace_of(now)
    an_bình = trace[(trace["key"] == AN) & (trace["column"] == "numerator_cumulative")]
    assert an_bình[["value", "source_file", "where"]].to_numpy().tolist() == [
        ["46", "17/An Bình 17-8 sửa.xlsx", "Sheet!E6:E9"]
    ]


def test_hamlets_add_up_to_their_commune_and_are_carried_with_it(week):
    week.ingest()
    places = tables(week, 17).places

    assert_table(
        places,
        {
            "unit_code": [AN] * 4 + [BINH] * 3,
            "numerator_cumulative": [12, 22, 8, 4, 50, 40, 10],
            "carried_from": [None] * 4 + [16] * 3,
        },
    )


def test_a_report_that_came_after_the_moment_is_not_in_the_view(week):
    week.ingest()

    assert len(week.view().reports) == 6
    assert len(week.view("17 14:00").reports) == 5  # what comes at the moment itself is known
    assert len(week.view("16 09:59").reports) == 0


def test_a_day_without_any_file_in_the_inbox_still_has_its_tables(office):
    assert office.ingest() == 0
    empty = tables(office, 17)

    assert empty.units["status"].to_list() == ["missing"] * 4
    assert empty.whole["numerator_cumulative"].isna().all()


@pytest.mark.slow
def test_a_day_that_no_file_is_about_carries_what_is_known(week):
    week.ingest()
    nineteenth = tables(week, 19)

    assert nineteenth.units["status"].to_list() == ["missing"] * 4
    assert nineteenth.units["carried_from"].dt.day.to_list()[:2] == [17, 16]
    assert nineteenth.whole["numerator_carried"].iloc[-1] == 146


@pytest.mark.slow
def test_a_second_run_parses_nothing_and_gives_the_same_tables(week):
    assert week.ingest() == 6
    first = contract_tables(tables(week, 17))

    assert week.ingest() == 0
    for name, table in contract_tables(tables(week, 17)).items():
        pd.testing.assert_frame_equal(first[name], table)


def test_only_what_is_new_is_parsed(week):
    week.ingest()
    week.workbook("18/Bình Minh 18-8.xlsx", "Xã Bình Minh", 18, [60, 50, 20], "18 14:00")

    assert week.ingest() == 1


def test_the_order_in_which_files_are_listed_changes_nothing(week):
    week.ingest()
    arrivals = week.scan().arrivals
    both = (week.register.submissions(order) for order in (arrivals, arrivals[::-1]))
    forth, back = (view_of(said, week.register) for said in both)

    pd.testing.assert_frame_equal(forth.reports, back.reports)
    pd.testing.assert_frame_equal(forth.rows, back.rows)


@pytest.mark.slow
def test_a_late_report_changes_nothing_at_an_earlier_moment(week):
    week.ingest()
    before = contract_tables(tables(week, 17, "17 17:00"))
    week.workbook("17/Cát Tường 17-8.xlsx", "Xã Cát Tường", 17, [5, 6, 7], "18 08:00")
    week.ingest()

    for name, table in contract_tables(tables(week, 17, "17 17:00")).items():
        pd.testing.assert_frame_equal(before[name], table)
    assert tables(week, 17).units["status"].to_list()[2] == "late"


@pytest.mark.slow
def test_a_deleted_register_costs_one_parse_and_no_figure(week):
    week.ingest()
    before = contract_tables(tables(week, 17))["units"]
    for path in sorted((week.folder / "register").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()

    assert week.ingest() == 6
    pd.testing.assert_frame_equal(before, contract_tables(tables(week, 17))["units"])


@pytest.mark.slow
def test_a_changed_params_folder_parses_everything_again_and_the_old_one_nothing(week):
    week.ingest()
    readings = week.folder / "params/readings.yaml"
    readings.write_text(f'"{AN}": running\n', encoding="utf-8")
    changed = replace(week, campaign=type(week.campaign).load(week.folder / "params"))

    assert changed.ingest() == 6
    assert changed.ingest() == 0
    assert week.ingest() == 0
    assert_table(
        tables(changed, 16).units.iloc[:1],
        {"reading": ["running"], "numerator_cumulative": [3]},  # the last of 10, 20, 7, 3
    )


def test_a_comment_in_a_params_file_parses_nothing_again(week):
    week.ingest()
    (week.folder / "params/readings.yaml").write_text("# nothing yet\n{}\n", encoding="utf-8")
    same = replace(week, campaign=type(week.campaign).load(week.folder / "params"))

    assert same.ingest() == 0


def test_the_register_only_ever_grows(week):
    week.ingest()
    log = week.folder / "register/arrivals.csv"
    before = log.read_text("utf-8")
    (week.inbox / "17/An Bình 17-8.xlsx").unlink()
    week.workbook("18/An Bình.xlsx", "Xã An Bình", 18, [20, 30, 9, 5], "18 14:00")
    week.ingest()
    after = log.read_text("utf-8")

    assert after.startswith(before)
    assert len(after.splitlines()) == len(before.splitlines()) + 1


def test_a_report_in_a_file_that_was_renamed_is_still_on_time(week):
    week.ingest()
    renamed = week.inbox / "17/Xã An Bình ngày 17-8.xlsx"
    (week.inbox / "17/An Bình 17-8.xlsx").rename(renamed)
    week.put("17/Xã An Bình ngày 17-8.xlsx", renamed.read_bytes(), "19 08:00")
    week.ingest()

    assert tables(week, 17, "17 15:00").units["numerator_cumulative"].iloc[0] == 50


def test_what_was_never_taken_in_stops_the_run_and_names_the_file(office):
    unknown = Arrival("16/An Bình.xlsx", "0" * 64, moment("16 14:00").to_pydatetime())

    with pytest.raises(RunError, match=r"16/An Bình\.xlsx"):
        office.register.submissions([unknown])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such mode")
def test_the_key_of_the_phones_can_be_read_by_its_owner_alone(week):
    week.ingest()
    mode = (week.folder / "register/phone.key").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_the_key_is_made_once_and_every_register_has_its_own(tmp_path):
    tiny = campaign(tmp_path)
    here = Register(tmp_path / "a", tiny).key

    assert Register(tmp_path / "a", tiny).key == here
    assert Register(tmp_path / "b", tiny).key != here


def test_a_phone_and_a_person_are_known_again_on_another_day_and_not_in_another_register(week):
    week.ingest()
    phones = week.view().rows.groupby("report")["phone"].agg(list)
    first, *_others, last = phones
    other = replace(week, folder=week.folder / "other")
    other.folder.mkdir()
    elsewhere = Register(other.folder / "register", week.campaign)
    scan(week.inbox, [], week.campaign.tz, partial(ingest, elsewhere))

    assert first == last  # An Bình on the 16th and on the 17th: the same four phones
    there = view_of(elsewhere.submissions(week.scan().arrivals), elsewhere)
    assert not set(first) & set(there.rows["phone"].dropna())


def stored_texts(folder) -> str:
    """All that can be read in a folder: files as text, and every cell of the rows of reports."""
    texts = []
    for path in folder.rglob("*"):
        if path.suffix == ".entry":
            body = path.read_bytes()[SUM:]
            rows = [rows_in(body, part) for part in range(len(unpacked(body)))]
            texts += [each.to_pandas().to_csv() for each in rows if each is not None]
        if path.is_file():
            texts.append(path.read_bytes().decode("utf-8", errors="replace"))
    return "\n".join(texts)


@pytest.mark.slow
def test_no_name_and_no_phone_is_stored_or_published(week):
    """Also where something is wrong with a row, and its finding says what stood there."""
    path = week.workbook("18/An Bình 18-8.xlsx", "Xã An Bình", 18, [15, 28, 9, 4], "18 14:00")
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.active["D6"] = "09123456780"  # a digit too many
    book.active["D7"] = PHONES[2]  # stands twice
    book.active["E8"] = "chưa rõ"
    book.active["C9"] = f"nhà bà {PHONES[3]}"
    book.save(path)
    week.put("18/An Bình 18-8.xlsx", path.read_bytes(), "18 14:00")
    week.ingest()
    write_csv(contract_tables(tables(week, 18)), week.folder / "tables")
    text = stored_texts(week.folder / "register") + stored_texts(week.folder / "tables")

    assert "phone_invalid" in text and "phone_duplicate" in text and "number_unreadable" in text
    for secret in [*PEOPLE, *PHONES, *(phone[1:] for phone in PHONES), "09123456780", "Tuyết"]:
        assert secret not in text, secret


def test_a_file_is_replaced_whole_and_no_half_is_left_beside_it(tmp_path):
    target = tmp_path / "a.json"
    write_whole(target, b"old", tmp_path / ".aside")
    write_whole(target, b"new", tmp_path / ".aside")

    assert target.read_bytes() == b"new"
    assert {path.name for path in tmp_path.rglob("*")} == {".aside", "a.json"}


def test_the_unreadable_and_the_empty_report_stay_in_the_register_with_what_was_wrong(week):
    week.ingest()
    known = week.view()
    mine = known.reports[known.reports["unit_code"] == DONG]

    assert mine["usable"].to_list() == [False, False]
    assert known.findings.set_index("report").loc[mine.index, "rule"].to_list() == [
        "empty_report", "file_unreadable",
    ]  # fmt: skip
