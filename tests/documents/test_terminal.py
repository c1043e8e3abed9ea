"""What `briefing check` prints for people."""

from __future__ import annotations

import pytest

from briefing.documents.terminal import print_reports
from briefing.intake.submission import Finding, Submission
from briefing.params import Campaign


def phone_finding(row: int) -> Finding:
    return Finding("phone_invalid.creator", f"Sheet1!D{row}", f"0912{row}")


@pytest.fixture
def printed(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")

    def show(report: Submission) -> str:
        print_reports([report], Campaign.load("params"))
        return capsys.readouterr().out

    return show


def test_the_same_mistake_in_many_cells_is_one_line_with_a_count_and_the_first_places(printed):
    report = Submission("a.xlsx", "", findings=tuple(map(phone_finding, range(12, 72))))

    out = printed(report)

    assert out.count("không phải số điện thoại") + out.count("Không phải số điện thoại") == 1
    assert "60 chỗ – trang “Sheet1”, ô D12; trang “Sheet1”, ô D13" in out
    assert "ô D14 …" in out and "ô D15" not in out


def test_a_mistake_that_stands_once_has_no_count(printed):
    out = printed(Submission("a.xlsx", "", findings=(phone_finding(12),)))

    assert "ô D12" in out and "chỗ –" not in out


def test_the_file_inside_an_archive_is_named(printed):
    out = printed(Submission("16/gui.zip", "", member="Bong Son/a [1].xlsx"))

    assert out.splitlines()[0] == "16/gui.zip › Bong Son/a [1].xlsx"
