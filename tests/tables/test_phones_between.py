"""The same phone in the reports of two units."""

from __future__ import annotations

from time import process_time

import pandas as pd
import pytest

from briefing.language import language
from briefing.register.view import View
from briefing.tables import build
from briefing.tables.alike import alike
from briefing.tables.cells import beside
from briefing.tables.shared_phones import shared_phones
from tests.tables.tiny import AN, BINH, CAT, campaign, day, found, report, reports, rows

PHONES = {"distinct_phones": "Sheet1!D8:D12", "numerator_cumulative": "Sheet1!E8:E12"}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


def listed(number: int, phones: str) -> list[dict]:
    return [
        {"report": number, "cell": f"Sheet1!E{8 + n}", "phone": None if phone == " " else phone}
        for n, phone in enumerate(phones)
    ]


def findings(tiny, number: int, *units: tuple[str, int, str]) -> pd.DataFrame:
    """Units with the day that their report is about and its phones, one letter each."""
    records = [
        report(unit, about, f"{about} 10:00", 40, reading="total", sources=PHONES)
        for unit, about, _phones in units
    ]
    data = [row for at, (_u, _d, phones) in enumerate(units) for row in listed(at, phones)]
    made = build(View(reports(*records), rows(*data), found()), tiny, day(number)).findings
    return made[made["rule"] == "phone_in_two_units"]


def test_a_shared_phone_is_found_in_both_reports_at_the_cell_of_the_phone(tiny):
    made = findings(tiny, 16, (AN, 16, "abc"), (BINH, 16, "xyzb"), (CAT, 16, "mn"))

    assert made[["unit_code", "where", "found", "severity"]].to_numpy().tolist() == [
        [AN, "Sheet1!D9", "", "warning"],
        [BINH, "Sheet1!D11", "", "warning"],
    ]
    assert made["message"].iloc[0] == "this number stands in the report of Xã Bình Minh too"


def test_each_cell_with_a_shared_phone_is_found_and_they_are_one_line(tiny):
    made = findings(tiny, 16, (AN, 16, "abc"), (BINH, 16, "zcab"))

    assert made["where"].to_list() == [
        "Sheet1!D8", "Sheet1!D9", "Sheet1!D10", "Sheet1!D9", "Sheet1!D10", "Sheet1!D11",
    ]  # fmt: skip
    assert [(one.units, len(one)) for one in alike(made)] == [((AN,), 3), ((BINH,), 3)]


def test_phones_shared_with_two_other_units_are_a_line_for_each_of_them(tiny):
    made = findings(tiny, 16, (AN, 16, "abc"), (BINH, 16, "ab"), (CAT, 16, "c"))

    assert [len(one) for one in alike(made) if one.units == (AN,)] == [2, 1]


def test_each_other_unit_is_a_finding_of_its_own(tiny):
    made = findings(tiny, 16, (AN, 16, "ab"), (BINH, 16, "a"), (CAT, 16, "b"))

    assert made.groupby("unit_code").size().to_dict() == {AN: 2, BINH: 1, CAT: 1}


def test_a_campaigner_who_stands_in_every_days_report_of_one_unit_is_none(tiny):
    assert findings(tiny, 17, (AN, 16, "ab"), (AN, 17, "ab")).empty


def test_a_carried_report_is_compared_with_but_not_found_again(tiny):
    """Bình has not reported on the 17th; An, which has, shares a phone with its last report."""
    made = findings(tiny, 17, (BINH, 16, "ab"), (AN, 17, "bc"))

    assert made["unit_code"].to_list() == [AN]


def test_an_earlier_report_that_a_newer_one_has_replaced_is_not_compared_with(tiny):
    """The phone stood in Bình's report of the 16th, and no longer in that of the 17th."""
    assert findings(tiny, 17, (BINH, 16, "ab"), (BINH, 17, "a"), (AN, 17, "bc")).empty


def test_rows_without_a_phone_have_nothing_in_common(tiny):
    assert findings(tiny, 16, (AN, 16, "  a"), (BINH, 16, " b ")).empty


def written_by(count: int) -> pd.DataFrame:
    """What is found where so many units write one number."""
    units = pd.DataFrame(
        {
            "unit_code": [f"{n}" for n in range(count)],
            "unit_name": [f"Xã {n}" for n in range(count)],
            "report": pd.array(range(count), dtype="Int64"),
            "carried_from": pd.NaT,
        }
    )
    data = rows(*({"report": n, "cell": "Sheet1!E8", "phone": "hotline"} for n in range(count)))
    return shared_phones(units, data)


def test_a_number_that_seven_units_write_is_said_once_a_report():
    made = written_by(7)

    assert len(made) == 7
    assert set(made["others"]) == {6} and set(made["phones"]) == {1}
    assert made["other"].isna().all()


def test_a_number_that_six_units_write_is_said_of_each_of_the_five_others():
    made = written_by(6)

    assert len(made) == 30
    assert set(made["others"]) == {1} and made["other"].notna().all()


def test_seventeen_lists_of_five_thousand_are_compared_in_well_under_a_second():
    units = pd.DataFrame(
        {
            "unit_code": [f"{n:02}" for n in range(17)],
            "unit_name": "Xã",
            "report": pd.array(range(17), dtype="Int64"),
            "carried_from": pd.NaT,
        }
    )
    frame = pd.DataFrame(
        {
            "report": [n for n in range(17) for _ in range(5000)],
            "cell": "Sheet1!E8",
            "phone": [f"{n}-{i}" if i else "same" for n in range(17) for i in range(5000)],
        }
    ).astype({"phone": "string", "cell": "string"})
    start = process_time()
    made = shared_phones(units, frame)

    assert process_time() - start < 1
    assert len(made) == 17


@pytest.mark.parametrize(
    ("cell", "other", "expected"),
    [
        ("Sheet1!E12", "Sheet1!D8:D40; Sheet1!D44", "Sheet1!D12"),
        ("Trang 1!A!E12", "Trang 1!A!AD8", "Trang 1!A!AD12"),
        ("table 1, row 4, column 5", "table 1, row 2, column 4", "table 1, row 4, column 4"),
        ("page 2, line 12, column 5", "page 1, line 3, column 2", "page 2, line 12, column 2"),
        ("line 12", "", "line 12"),
        ("Sheet1!E12", "", "Sheet1!E12"),
    ],
)
def test_the_cell_of_the_phone_is_in_the_row_of_the_count(cell, other, expected):
    assert beside(cell, other) == expected
