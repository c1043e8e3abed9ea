"""Which files lie in the inbox, and when each came."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from datetime import datetime

import pytest

from briefing.language import language
from briefing.register.arrivals import ILLUSTRATIVE
from tests.tables.tiny import moment


def test_a_file_is_known_by_its_path_inside_the_inbox_and_the_hash_of_what_it_holds(office):
    office.put("16-8/Xã An Bình.xlsx", b"content", "16 14:00")
    (arrival,) = office.scan().arrivals

    assert arrival.path == "16-8/Xã An Bình.xlsx"
    assert arrival.sha256 == hashlib.sha256(b"content").hexdigest()
    assert arrival.received_at == moment("16 14:00")


def test_times_are_told_in_the_campaigns_time_zone(office):
    office.put("a.xlsx", b"a", "16 14:00")

    assert office.times()["a.xlsx"].isoformat() == "2021-08-16T14:00:00+07:00"


@pytest.mark.parametrize(
    "name",
    [
        "received.csv", ILLUSTRATIVE, "Thumbs.db", "desktop.ini", "~$BC.xlsx", ".hidden.xlsx",
        ".cache/BC.xlsx", "BC.lnk", "BC.xlsx.crdownload", "BC.tmp", "Zalo.url",
    ],
)  # fmt: skip
def test_what_is_no_report_is_not_taken_for_one(office, name):
    office.put(name, b"x", "16 14:00")

    assert office.scan().arrivals == ()


def test_an_inbox_without_any_file_is_an_empty_scan(office):
    found = office.scan()

    assert (found.arrivals, found.illustrative, found.findings) == ((), False, ())


def test_an_inbox_with_the_mark_of_an_illustrative_campaign_is_illustrative(office):
    office.put(ILLUSTRATIVE, b"", "16 14:00")

    assert office.scan().illustrative


def test_received_csv_wins_over_the_files_own_time_and_over_what_was_recorded(office):
    office.put("16-8/a.xlsx", b"a", "16 16:00")
    office.put("b.xlsx", b"b", "16 16:00")
    office.ingest()
    office.received("16-8/a.xlsx,2021-08-16T14:30")

    assert office.times() == {"16-8/a.xlsx": moment("16 14:30"), "b.xlsx": moment("16 16:00")}


@pytest.mark.parametrize(
    "stated",
    ["2021-08-16T14:30", "2021-08-16 14:30:00", "2021-08-16T07:30+00:00", "2021-08-16T14:30+07:00"],
)
def test_a_stated_time_without_a_zone_is_in_the_campaigns_own(office, stated):
    office.put("a.xlsx", b"a", "16 16:00")
    office.received(f"a.xlsx,{stated}")

    assert office.times()["a.xlsx"] == moment("16 14:30")


def test_received_csv_may_be_written_with_backslashes_and_with_accents_apart(office):
    name = "16-8/Xã Hải Đông.xlsx"
    office.put(unicodedata.normalize("NFC", name), b"a", "16 16:00")
    office.received(unicodedata.normalize("NFD", name).replace("/", "\\") + ",2021-08-16T14:30")

    assert [*office.times().values()] == [moment("16 14:30")]


@pytest.mark.parametrize("stated", ["hôm qua", "16/08/2021 14:30", "", "2021-08-16", "14:30"])
def test_a_bad_line_in_received_csv_is_a_finding_with_its_line_and_the_file_keeps_its_time(
    office, stated
):
    """A day without a time is bad too: its midnight would make every report on time."""
    office.put("a.xlsx", b"a", "16 16:00")
    office.put("b.xlsx", b"b", "16 16:00")
    office.received("b.xlsx,2021-08-16T14:30", f"a.xlsx,{stated}")
    (finding,) = office.scan().findings

    assert office.times() == {"a.xlsx": moment("16 16:00"), "b.xlsx": moment("16 14:30")}
    assert (finding.rule, finding.where, finding.found) == ("received_unreadable", "line 3", stated)
    with language("en"):
        assert "2021-08-16T14:30" in str(finding.message)
        assert "received.csv" in str(finding.suggestion)


def test_a_received_csv_in_another_encoding_is_a_finding_and_stops_nothing(office):
    office.put("a.xlsx", b"a", "16 16:00")
    office.received("Xã.xlsx,2021-08-16T14:30", encoding="utf-16")
    (finding,) = office.scan().findings

    assert finding.where == "received.csv"
    assert office.times()["a.xlsx"] == moment("16 16:00")


def test_a_renamed_file_keeps_its_time_of_arrival(office):
    office.put("moi nhan.xlsx", b"a", "16 14:00")
    office.ingest()
    (office.inbox / "moi nhan.xlsx").unlink()
    office.put("16-8/Xã An Bình.xlsx", b"a", "17 09:00")
    office.ingest()

    assert office.times() == {"16-8/Xã An Bình.xlsx": moment("16 14:00")}


def test_a_file_renamed_twice_keeps_its_first_time(office):
    for name, at in (("a.xlsx", "16 14:00"), ("b.xlsx", "17 14:00"), ("c.xlsx", "18 14:00")):
        for old in office.inbox.glob("*.xlsx"):
            old.unlink()
        office.put(name, b"a", at)
        office.ingest()

    assert office.times() == {"c.xlsx": moment("16 14:00")}


def test_a_file_that_is_touched_or_copied_back_keeps_its_time_of_arrival(office):
    office.put("a.xlsx", b"a", "16 14:00")
    office.ingest()
    office.put("a.xlsx", b"a", "18 08:00")

    assert office.times()["a.xlsx"] == moment("16 14:00")


def test_a_second_copy_beside_the_first_has_its_own_time(office):
    office.put("a.xlsx", b"a", "16 14:00")
    office.ingest()
    office.put("a (1).xlsx", b"a", "18 08:00")

    assert office.times() == {"a.xlsx": moment("16 14:00"), "a (1).xlsx": moment("18 08:00")}


def test_a_file_with_new_content_came_when_it_was_written(office):
    office.put("a.xlsx", b"a", "16 14:00")
    office.ingest()
    office.put("a.xlsx", b"corrected", "16 17:00")

    assert office.times()["a.xlsx"] == moment("16 17:00")


def test_a_clock_that_runs_ahead_does_not_put_an_arrival_in_the_future(office):
    path = office.put("a.xlsx", b"a", "16 14:00")
    ahead = time.time() + 86_400
    os.utime(path, (ahead, ahead))

    assert office.times()["a.xlsx"] <= datetime.now().astimezone()
