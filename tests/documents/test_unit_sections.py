"""What stands on the page of one unit: four units, worked by hand, as in tests/tables/test_unit.py.

Owners: An 100, Bình 200, Cát 50, Đông 400. Target 60 % by the 18th, 90 % by the 20th.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from itertools import chain
from typing import Any

import pandas as pd
import pytest

from briefing.documents.blocks import Blocks, Paragraph
from briefing.documents.sections import arrived
from briefing.documents.sections import unit as page
from briefing.language import language
from briefing.register.view import View
from briefing.tables import build
from briefing.tables.unit import unit_of
from tests.tables.tiny import (
    AN,
    BINH,
    CAT,
    DONG,
    NAMES,
    campaign,
    day,
    found,
    moment,
    report,
    reports,
    rows,
    view,
)

REPORTS = (
    report(AN, 16, "16 14:00", 50),
    report(BINH, 16, "16 14:30", 104),
    report(CAT, 16, "16 14:40", 10),
    report(AN, 17, "17 14:00", 65),
    report(BINH, 17, "17 15:30", 110),
)
PLACES = [{"report": 3, "cell": "E5", "place": "1", "value": 40},
           {"report": 3, "cell": "E6", "place": "2", "value": 25}]  # fmt: skip
FAULT = {"report": 3, "severity": "error", "rule": "phone_invalid", "where": "Sheet1!D14",
         "found": "091xxx1", "message": "too short", "suggestion": "write it whole"}  # fmt: skip
SHARED = {**FAULT, "severity": "warning", "rule": "phone_in_two_units", "where": "Sheet1!D15",
          "message": "this phone is in Xã Bình Minh too"}  # fmt: skip
SECTIONS = [getattr(page, name) for name in page.__all__]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def english():
    with language("en"):
        yield


@pytest.fixture(scope="module")
def built(tiny):
    """The day of reports as known at a moment, and the day before: each is built once."""
    kept = {}

    def of(*more, as_of: str | None):
        key = repr((more, as_of))
        if key not in kept:
            kept[key] = days(tiny, (*REPORTS, *more), as_of)
        return kept[key]

    return of


def days(tiny, records, as_of: str | None):
    if as_of:
        records = [r for r in records if r["received_at"] <= moment(as_of)]
    known = View(reports(*records), rows(*PLACES), found(FAULT, SHARED))
    previous_day = build(view(*records, as_of="16 23:59"), tiny, day(16), as_of=moment("16 23:59"))
    whole = build(known, tiny, day(17), as_of=moment(as_of) if as_of else None)
    return whole, previous_day


def unit(built, code: str, *more, as_of: str | None = None):
    whole, previous_day = built(*more, as_of=as_of)
    return unit_of(whole, code, previous_day)


def texts(block) -> list[list[str]]:
    return [[cell.text.replace("\xa0", " ") for cell in row] for row in block.rows]


def each(shown: Iterable[Any]) -> list[Any]:
    """The blocks that sections show; a section may show several, or none."""
    several = (block if isinstance(block, Blocks) else (block,) for block in shown if block)
    return [*chain.from_iterable(several)]


@pytest.mark.parametrize("code", [AN, BINH, CAT, DONG])
def test_nothing_of_another_unit_is_on_the_page(built, code):
    one = unit(built, code)
    blocks = [section(one) for section in SECTIONS]
    whole = json.dumps([b.to_json() for b in each(blocks)], ensure_ascii=False)

    assert NAMES[code] in whole
    for other in NAMES.keys() - {code}:
        assert NAMES[other] not in whole


def test_the_rank_is_among_all_and_says_how_many_places_were_gained(built):
    figures = {code: page.unit_figures(unit(built, code)).figures[2] for code in (AN, BINH, DONG)}

    assert (figures[AN].value, figures[AN].note) == ("1/4", "1 place up since the day before")
    assert figures[BINH].note == "1 place down since the day before"
    assert figures[DONG].value == "–"


def test_a_unit_that_has_reached_a_target_is_told_of_the_next(built):
    needed = page.unit_figures(unit(built, AN)).figures[3]

    assert (needed.label, needed.value) == ("Still needed for 90%", "25")
    assert needed.note == "60% reached; 9 people a day until the end of 20 Aug: 3 days"


def test_a_figure_of_an_earlier_day_says_so(built):
    coverage = page.unit_figures(unit(built, CAT)).figures[0]

    assert (coverage.value, coverage.progress) == ("20.00%", 0.2)
    assert "of 16 Aug" in coverage.note


def test_the_report_of_the_day_is_a_time_and_whether_it_kept_the_deadline(built):
    last = {code: page.unit_figures(unit(built, code)).figures[5] for code in (AN, BINH, CAT)}

    assert (last[AN].value, last[AN].note) == ("14:00", "On time; deadline 15:00")
    assert (last[BINH].value, last[BINH].note) == ("15:30", "Late; deadline 15:00")
    assert (last[CAT].value, last[CAT].note) == ("–", "Not reported; deadline 15:00")


def test_what_is_asked_has_its_time_and_the_report_its_moment(built):
    late = page.asked_today(unit(built, BINH))

    assert texts(late) == [
        [
            "Have 10 more people install, to reach 60%: 10 a day.",
            "by the end of 18 Aug 2021",
        ],
        ["Send the report of 18 Aug 2021.", "before 15:00, 18 Aug 2021"],
    ]
    assert "came at 15:30, 17 Aug 2021, late" in late.note.replace("\xa0", " ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "by_when"), [("17 11:00", "before 15:00, 17 Aug 2021"), ("17 16:00", "at once")]
)
def test_a_missing_report_is_asked_for_by_the_deadline_and_after_it_at_once(built, as_of, by_when):
    asked = page.asked_today(unit(built, CAT, as_of=as_of))

    assert texts(asked)[0] == ["Send the report of 17 Aug 2021.", by_when]


def test_what_came_of_what_was_asked_stands_beside_it(built):
    followed = page.asked_before(unit(built, BINH))

    assert texts(followed) == [["Reach 8 more people a day.", "110 people so far (+6)", "partly"]]
    assert texts(page.asked_before(unit(built, CAT)))[0][1:] == [
        "no figure of the day",
        "waiting for figures",
    ]


@pytest.mark.slow
def test_on_the_day_of_a_target_the_unit_is_judged_and_asked_towards_the_next(tiny, built):
    """An has 65 of 100; Bình's 110 of 200 stand for the 18th too."""
    known = build(view(*REPORTS), tiny, day(18))
    said = {code: page.unit_verdicts(unit_of(known, code)) for code in (AN, BINH)}
    needed = page.unit_figures(unit_of(known, BINH)).figures[3]

    assert said[AN].text == "Target of 60% by 18 Aug: reached (65.00%)."
    assert said[BINH].text == "Target of 60% by 18 Aug: not reached (55.00%)."
    assert (needed.label, needed.value) == ("Still needed for 90%", "70")  # 180 - 110
    assert needed.note == "35 people a day until the end of 20 Aug: 2 days"
    assert page.unit_verdicts(unit(built, AN)) is None  # the day before


def test_a_unit_that_only_a_jump_takes_over_its_target_is_not_marked_as_one_that_missed_it(tiny):
    """From 40 to 65 of 100 in a day waits to be verified."""
    jump = (report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 65))
    said = page.unit_verdicts(unit_of(build(view(*jump), tiny, day(18)), AN))

    assert "not settled" in said.text
    assert said.tone == "warn"


def test_before_the_deadline_the_report_is_asked_for_by_it_and_not_called_missing(built):
    early = unit(built, CAT, as_of="17 11:00")

    assert page.unit_figures(early).figures[5].note == "Not due yet; deadline 15:00"
    assert "is not due yet" in page.unit_arrived(early).text


def test_without_a_day_before_that_is_said(tiny):
    alone = unit_of(build(view(*REPORTS), tiny, day(17)), AN)

    assert page.asked_before(alone) == Paragraph("Nothing in particular was asked on 16 Aug.")


def test_a_hamlet_without_a_row_has_a_dash(built):
    table = page.unit_places_table(unit(built, AN))

    assert [row[:3] for row in texts(table)] == [
        ["Thôn 1", "40", "61.5%"], ["Thôn 2", "25", "38.5%"], ["Thôn 3", "–", "–"],
        ["Thôn 4", "–", "–"],
    ]  # fmt: skip
    assert table.rows[2][1].value is None
    assert table.note.startswith("2 hamlets have no row")


def test_a_report_with_a_total_only_says_why_there_are_no_hamlets(built):
    assert "total only" in page.unit_places_table(unit(built, BINH)).text
    assert "No figure so far" in page.unit_places_table(unit(built, DONG)).text


def test_where_the_campaign_knows_no_hamlets_nothing_is_said_of_them(tiny):
    without = tiny.model_copy(update={"place_rows": ()})
    day_without = build(view(*REPORTS), without, day(17))

    assert page.unit_places_table(unit_of(day_without, AN)) is None


def test_faults_name_their_cell_and_what_to_do_and_no_other_unit(built):
    first, second = texts(page.unit_faults(unit(built, AN)))

    assert first[1:] == ["Sheet “Sheet1”, cell D14", "error", "Too short [P1] (“091xxx1”)",
                         "Write it whole"]  # fmt: skip
    assert second[3] == "This phone number is in another unit's report too [P9] (“091xxx1”)"
    assert "Correct 2 places" in texts(page.asked_today(unit(built, AN)))[0][0]


@pytest.mark.slow
def test_the_same_fault_at_many_cells_is_one_line_with_how_often_and_an_example(tiny):
    faults = [{**FAULT, "where": f"Sheet1!D{row}"} for row in (14, 15, 16, 20)]
    known = View(reports(*REPORTS), rows(*PLACES), found(*faults))

    (line,) = texts(page.unit_faults(unit_of(build(known, tiny, day(17)), AN)))

    assert line[1:] == ["Sheet “Sheet1”, cells D14–D16, D20", "error",
                        "4 numbers: too short [P1] (such as “091xxx1”)",
                        "Write it whole"]  # fmt: skip


def test_the_chart_says_where_the_unit_stands_against_the_whole(built):
    figure = page.unit_trend(unit(built, CAT))  # 10 of 50, the three known 185 of 350

    assert figure.title == "Xã Cát Tường: 20.00%"  # one unit is not known: no comparison
    assert "16 Aug: 20.00%" in figure.alt and "The whole town" in figure.alt
    assert "Hollow" in figure.note


@pytest.mark.slow
def test_the_chart_compares_where_all_units_are_known(built):
    more = (report(DONG, 16, "16 14:00", 100), report(DONG, 17, "17 14:00", 120))

    figure = page.unit_trend(unit(built, BINH, *more))  # 110 of 200; (65 + 110 + 10 + 120) of 750

    assert figure.title == "Xã Bình Minh is 14.33 percentage points above the whole town".replace(
        " percentage", "\xa0percentage"
    )


@pytest.mark.slow
def test_a_unit_without_any_figure_has_a_page_too(tiny):
    nothing = unit_of(build(view(), tiny, day(16)), AN)

    blocks = [section(nothing) for section in SECTIONS]

    assert all(b.to_json() for b in each(blocks))
    assert pd.isna(nothing.row["coverage"])
    assert page.unit_figures(nothing).figures[0].value == "–"


@pytest.mark.parametrize("illustrative", [True, False])
def test_a_notebook_of_made_up_figures_says_so_first(built, illustrative):
    one = unit(built, AN)
    made = dataclasses.replace(one, day=dataclasses.replace(one.day, illustrative=illustrative))

    for first in (page.unit_arrived(made), arrived(made.day)):
        assert first.text.startswith("ILLUSTRATIVE DATA. ") == illustrative
