"""Times of arrival are added to `received.csv`; what a person wrote there stays to the letter."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import IntakeError
from briefing.register.received import read_received
from briefing.register.recording import record_received

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
AT = datetime(2021, 8, 16, 14, 59, 7, 900_000, tzinfo=TZ)


def test_a_list_is_begun_for_excel_to_read(tmp_path):
    path = tmp_path / "received.csv"

    record_received(path, {"16.8/BC Hoài Mỹ.xlsx": AT})

    begun = "\ufeffpath,received_at\r\n16.8/BC Hoài Mỹ.xlsx,2021-08-16T14:59:07\r\n"
    assert path.read_bytes().decode() == begun
    assert read_received(path, TZ).times == {"16.8/BC Hoài Mỹ.xlsx": AT.replace(microsecond=0)}


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("path,received_at\na.xlsx,2021-08-16T14:00\n", "b.xlsx,2021-08-16T14:59:07\n"),
        ("path,received_at\na.xlsx,2021-08-16T14:00", "\nb.xlsx,2021-08-16T14:59:07\n"),
        (
            "\ufeffghi chú;received_at;path\r\nZalo;2021-08-16T14:00;a.xlsx\r\n",
            ";2021-08-16T14:59:07;b.xlsx\r\n",
        ),
    ],
)
def test_lines_are_added_in_the_columns_that_the_list_has(tmp_path, before, added):
    path = tmp_path / "received.csv"
    path.write_bytes(before.encode())

    record_received(path, {"b.xlsx": AT})

    assert path.read_bytes().decode() == before + added
    read = read_received(path, TZ)
    assert read.findings == ()
    assert read.times["b.xlsx"] == AT.replace(microsecond=0)
    assert f"{read.times['a.xlsx']:%H:%M}" == "14:00"


@pytest.mark.parametrize("name", ["a, b.xlsx", 'a "b".xlsx', "a;b.xlsx"])
def test_a_name_with_a_delimiter_is_read_again_as_it_was(tmp_path, name):
    record_received(tmp_path / "received.csv", {name: AT})

    assert read_received(tmp_path / "received.csv", TZ).times.keys() == {name}


def test_a_list_that_is_not_understood_is_left_alone(tmp_path):
    path = tmp_path / "received.csv"
    path.write_text("tệp,giờ\na.xlsx,14:00\n", encoding="utf-8")

    with pytest.raises(IntakeError, match="path"):
        record_received(path, {"b.xlsx": AT})

    assert path.read_text(encoding="utf-8") == "tệp,giờ\na.xlsx,14:00\n"


def test_a_list_in_another_encoding_is_left_alone(tmp_path):
    path = tmp_path / "received.csv"
    path.write_bytes("path,received_at\n".encode("utf-16"))

    with pytest.raises(IntakeError):
        record_received(path, {"b.xlsx": AT})

    assert path.read_bytes() == "path,received_at\n".encode("utf-16")


def test_nothing_to_record_makes_no_list(tmp_path):
    record_received(tmp_path / "received.csv", {})
    record_received(tmp_path / "received.csv", {"=HYPERLINK(1).xlsx": AT})

    assert not (tmp_path / "received.csv").exists()
