"""`received.csv` with anything in it: one finding for each kind of fault, and the day goes on."""

from __future__ import annotations

import os
import sys
import time

import pytest

from tests.hostile.conftest import said

NAME = "BC PHƯỜNG BỒNG SƠN 16-8.xlsx"
GOOD = f"{NAME},2021-08-16T09:00"
PAST = "a file that is gone.xlsx,2021-08-16T09:00"
HEAD = "path,received_at"

LISTS: dict[str, tuple[bytes, str]] = {
    "NUL bytes": (f"{HEAD}\n{PAST}\n".encode() + b"\0" * 4096, "line 3"),
    "only NUL bytes": (b"\0" * 100_000, "received.csv"),
    "another encoding": (f"{HEAD}\n{GOOD}\n".encode("utf-16"), "received.csv"),
    "letters of Windows": (f"{HEAD}\nX\xe3,2021-08-16T09:00\n".encode("cp1252"), "line 2"),
    "random bytes": (bytes(range(256)) * 40, "received.csv"),
    "nothing": (b"", "received.csv"),
    "wrong columns": (f"tệp,giờ\n{GOOD}\n".encode(), "received.csv"),
    "no first line": (f"{GOOD}\n".encode(), "received.csv"),
    "a quote not closed": (f'{HEAD}\n"{GOOD}\n{PAST}\n'.encode(), "line 2"),
    "an endless field": (f'{HEAD}\n"'.encode() + b"x" * 300_000, "line 2"),
    "no time": (f"{HEAD}\n{NAME},hôm qua\n{NAME},\n{NAME}\n".encode(), "line 2"),
    "impossible days": (f"{HEAD}\n{NAME},2021-02-30T09:00\n{NAME},25:61\n".encode(), "line 2"),
    "year 1": (f"{HEAD}\n{NAME},0001-01-01T00:00\n{NAME},9999-12-31T23:59\n".encode(), "line 2"),
    "year 1 of Samoa": (f"{HEAD}\n{NAME},0001-01-01T00:00+14:00\n".encode(), "line 2"),
    "still to come": (f"{HEAD}\n{NAME},2999-01-01T00:00\n".encode(), "line 2"),
    "out of the inbox": (
        f"{HEAD}\n../../etc/passwd,2021-08-16T09:00\n/etc/passwd,2021-08-16T09:00\n"
        f"C:\\Windows\\x.xlsx,2021-08-16T09:00\n17-8/../../x,2021-08-16T09:00\n".encode(),
        "line 2",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_with_anything_in_it_is_one_finding_and_the_files_keep_their_times(desk, name):
    content, where = LISTS[name]
    (desk.inbox / "received.csv").write_bytes(content)
    snapshot = desk.snapshot()
    (finding,) = snapshot.scan.findings

    assert (finding.rule, finding.file, finding.where) == (
        "received_unreadable", "received.csv", where,
    )  # fmt: skip
    assert str(finding.message) and str(finding.suggestion)
    assert snapshot.scan.arrivals == desk.arrivals


@pytest.mark.parametrize(
    "bad", [b"\0" * 99, b'"x', b"X\xe3,2021-08-16T09:00", b'"' + b"x" * 10**6 + b'"']
)
def test_a_line_that_is_damaged_costs_no_other(desk, bad):
    lines = [HEAD.encode(), bad, GOOD.encode(), bad]
    (desk.inbox / "received.csv").write_bytes(b"\r\n".join(lines))
    found = desk.snapshot().scan

    assert [a.received_at.hour for a in found.arrivals if a.path == NAME] == [9]
    assert [(one.where, "1" in str(one.message)) for one in found.findings] == [("line 2", True)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("make", ["folder", "pipe", "link", "dangling"])
def test_a_list_that_is_no_file_is_one_finding(desk, make):
    path = desk.inbox / "received.csv"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero" if make == "link" else "nothing")

    snapshot = desk.snapshot()
    assert said(snapshot) == [("received_unreadable", "received.csv")]
    assert snapshot.scan.arrivals == desk.arrivals


@pytest.mark.slow
@pytest.mark.parametrize("line", ["so mới.xlsx,2021-08-16T09:00", "a.xlsx,trưa"])
def test_a_list_of_a_million_lines_is_read_in_seconds_with_one_finding_at_most(desk, line):
    text = "\n".join([HEAD, GOOD, *[line] * 1_000_000])
    (desk.inbox / "received.csv").write_text(text, encoding="utf-8")
    start = time.process_time()
    found = desk.snapshot().scan

    assert time.process_time() - start < 20
    assert len(found.findings) == ("trưa" in line)
    assert any(one.received_at.hour == 9 for one in found.arrivals if one.path == NAME)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_that_excel_saved_with_its_own_delimiter_is_read(desk, delimiter):
    lines = [HEAD, GOOD]
    text = "\r\n".join(line.replace(",", delimiter) for line in lines)
    (desk.inbox / "received.csv").write_text(text, encoding="utf-8-sig", newline="")
    found = desk.snapshot().scan

    assert found.findings == ()
    assert [a.received_at.hour for a in found.arrivals if a.path == NAME] == [9]
