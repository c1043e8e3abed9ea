"""The page of a unit above those that report: the sections of the day's page, of its own day.

A province of two districts of two communes each; see tests/tables/test_levels.py for the figures.
"""

from __future__ import annotations

import json

import pytest

from briefing.documents.block import Block
from briefing.documents.sections import unit as page
from briefing.language import language
from briefing.params import Campaign
from briefing.register.view import View
from briefing.tables import build
from briefing.tables.unit import Node, page_of
from tests.params.provinces import (
    AN_HOA,
    AN_HOA_TOO,
    AN_LAO,
    AN_TRUNG,
    BOK_TOI,
    HOAI_AN,
    PROVINCE,
    province_folder,
)
from tests.tables.tiny import day, moment, report, rows, view

REPORTS = (
    report(AN_HOA, 16, "16 14:00", 40),
    report(AN_TRUNG, 16, "16 14:10", 90),
    report(AN_HOA_TOO, 16, "16 14:20", 100),
    report(BOK_TOI, 16, "16 14:20", 200),
    report(AN_HOA, 17, "17 14:00", 50),
    report(AN_HOA_TOO, 17, "17 15:30", 80),
    report(BOK_TOI, 17, "17 14:30", 210),
)
SHARED = [{"report": n, "cell": "Sheet1!D12", "phone": "a hash", "value": 5} for n in (4, 5)]
SECTIONS = {name: getattr(page, name) for name in page.__all__}
OF_ONE_THAT_REPORTS = {
    "asked_before", "asked_today", "unit_corrections", "unit_faults", "unit_places_table",
    "unit_resubmitted", "unit_sources",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with language("en"):
        yield


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Campaign:
    return Campaign.load(province_folder(tmp_path_factory.mktemp("province")))


def shown(province: Campaign, code: str) -> dict[str, Block]:
    """The blocks of the page of a unit by the name of their section, on the 17th."""
    then, eve = view(*REPORTS, as_of="16 23:59"), moment("16 23:59")
    now = View(view(*REPORTS).reports, rows(*SHARED), view(*REPORTS).findings)
    unit = page_of(build(now, province, day(17)), code, build(then, province, day(16), as_of=eve))
    return {name: block for name, section in SECTIONS.items() if (block := section(unit))}


def said(blocks: dict[str, Block]) -> str:
    return json.dumps([block.to_json() for block in blocks.values()], ensure_ascii=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("district", "own", "others"),
    [
        (AN_LAO, ("Xã An Hòa (Huyện An Lão)", "Xã An Trung"), ("Hoài Ân", "Bok Tới", BOK_TOI)),
        (HOAI_AN, ("Xã An Hòa (Huyện Hoài Ân)", "Xã Bok Tới"), ("An Lão", "An Trung", AN_TRUNG)),
    ],
)
def test_nothing_of_another_district_is_on_the_page_of_one(province, district, own, others):
    text = said(shown(province, district))

    assert all(name in text for name in own)
    assert not [name for name in others if name in text]


@pytest.mark.slow
def test_a_district_has_the_sections_of_the_days_page_and_none_of_one_that_reports(province):
    blocks = shown(province, AN_LAO)

    assert not blocks.keys() & OF_ONE_THAT_REPORTS
    assert {"unit_verdicts", "below_calls", "below_strip", "below_table"} <= blocks.keys()
    assert blocks["unit_masthead"].title == "Huyện An Lão, 17 Aug 2021"


@pytest.mark.slow
def test_one_that_reports_has_nothing_of_the_page_of_those_above(province):
    assert not [name for name in shown(province, AN_HOA) if name.startswith("below_")]


@pytest.mark.slow
def test_the_rate_of_a_district_is_that_of_its_own_units(province):
    figure = shown(province, AN_LAO)["unit_figures"].figures[0]

    assert figure.label == "Rate of Huyện An Lão"
    assert figure.value == "35.00%"  # (50 + 90 carried) / 400


@pytest.mark.slow
def test_the_whole_too_has_such_a_page(province):
    blocks = shown(province, PROVINCE)

    assert blocks["unit_masthead"].title == "Small province, 17 Aug 2021"
    assert isinstance(page_of(build(view(*REPORTS), province, day(17)), PROVINCE), Node)
