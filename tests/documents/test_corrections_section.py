"""What the page says of figures that the office has corrected itself."""

from __future__ import annotations

import pytest

from briefing.documents.blocks import Table
from briefing.documents.sections import (
    corrections_listed,
    corrections_made,
    files_received,
    set_aside,
    units_table,
    waiting_for,
)
from briefing.language import language
from briefing.tables import Day, build
from tests.tables.tiny import AN, BINH, campaign, correction, day, report, view

REPORTS = (
    report(AN, 16, "16 10:00", 440),
    report(BINH, 16, "16 10:00", 90),
    report(BINH, 17, "17 10:00"),
)
SLIP = correction(1, unit_code=AN, report_date=day(16), found=440, value=44)
READ_OUT = correction(2, unit_code=BINH, report_date=day(17), value=95)
GONE = correction(3, file="gone.xlsx", value=3)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


def built(tiny, number: int, *entries) -> Day:
    return build(view(*REPORTS), tiny.corrected(entries), day(number))


def texts(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [[cell.text.replace("\u00a0", " ") for cell in row] for row in table.rows]


@pytest.mark.slow
def test_a_page_without_a_correction_says_nothing_of_corrections(tiny):
    assert corrections_made(built(tiny, 16)) is None
    assert corrections_made(built(tiny, 16, GONE)) is None
    assert "corrected" not in units_table(built(tiny, 16)).note


@pytest.mark.slow
def test_a_correction_is_shown_with_both_figures_the_reason_and_by_whom(tiny):
    assert texts(corrections_made(built(tiny, 16, SLIP, GONE))) == [
        ["Xã An Bình", "16 Aug", "So far", "440", "44", "Gõ nhầm", "CB", "25 Aug 2021"]
    ]


def test_a_figure_that_is_carried_over_is_shown_with_its_correction(tiny):
    assert len(texts(corrections_made(built(tiny, 18, SLIP)))) == 1


def test_a_corrected_figure_bears_a_sign_and_the_table_says_what_it_means(tiny):
    table = units_table(built(tiny, 16, SLIP))
    signed = {row[0].value: row[2].note for row in table.rows}

    assert (signed[AN], signed[BINH]) == ("* corrected", "")
    assert "Figures that have been corrected" in table.note


def test_a_figure_that_only_a_correction_gives_is_said_where_the_report_is_lacking(tiny):
    rows = {row[0]: row[1:] for row in texts(waiting_for(built(tiny, 17, READ_OUT)))}

    assert rows["Xã Bình Minh"][0] == "received, not usable yet"
    assert rows["Xã Bình Minh"][2] == "95, corrected by the office"


@pytest.mark.slow
def test_the_analyst_sees_every_entry_and_why_one_is_not_applied(tiny):
    rows = texts(corrections_listed(built(tiny, 16, SLIP, GONE)))

    assert [(row[0], row[9], row[10]) for row in rows] == [
        ("1", "applied", ""), ("3", "not applied", "No such file has come"),
    ]  # fmt: skip
    assert corrections_listed(built(tiny, 16)).note == "No correction has been entered."


def test_an_entry_that_fits_nothing_is_among_what_has_to_be_checked(tiny):
    (row,) = [row for row in texts(set_aside(built(tiny, 16, GONE))) if "correction" in row[2]]

    assert row[4] == "corrections.yaml, entry 3"


def test_a_figure_told_by_telephone_says_who_told_it_and_a_file_that_is_no_report_why(tiny):
    told = correction(
        4, unit_code=AN, report_date=day(17), column=None, told={"numerator_cumulative": 51},
        told_by="Văn phòng xã", when=day(17), reason="Mất mạng",
    )  # fmt: skip
    junk = correction(
        5, unit_code=None, column=None, file=REPORTS[2]["file"], silences=True, reason="Bản nháp"
    )
    made = built(tiny, 17, told, junk)

    assert texts(corrections_made(made)) == [
        ["Xã An Bình", "17 Aug", "Told by telephone (Văn phòng xã)", "–", "so far 51",
         "Mất mạng", "CB", "17 Aug 2021"],
        [REPORTS[2]["file"], "17 Aug", "the whole file", "–", "no report", "Bản nháp", "CB",
         "25 Aug 2021"],
    ]  # fmt: skip
    files = [row[0].text for row in files_received(made).rows]
    assert files == ["params/corrections.yaml"]
