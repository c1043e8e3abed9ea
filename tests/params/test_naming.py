"""What tables, columns and rules are called outside, by the codes and names of params."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.catalog.naming import KNOWN
from briefing.catalog.tables import COLUMNS
from briefing.errors import ParamsError
from briefing.language import language
from briefing.params import Campaign

ROOT = Path(__file__).parents[2]
STARTERS = ROOT / "lib" / "briefing" / "starters"
FOLDERS = [ROOT / "params", *(STARTERS / name for name in ("kilifi", "vaccination", "vneid"))]


@pytest.fixture
def naming():
    return Campaign.load(ROOT / "params").naming


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_name_outside_leads_back_to_the_one_inside(folder):
    naming = Campaign.load(folder).naming

    assert {name: naming.inside(naming.outside(name)) for name in KNOWN} == {n: n for n in KNOWN}


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("units", "communes"), ("whole", "town"), ("places", "hamlets"), ("bodies", "agencies"),
        ("body_code", "agency_code"), ("units_counted", "communes_counted"),
        ("units_doubtful", "units_doubtful"), ("period_units", "period_units"),
        ("numerator_cumulative", "installs_cumulative"), ("denominator", "smartphone_owners"),
        ("best_day_numerator_new", "best_day_installs_new"), ("per_place", "per_hamlet"),
        ("bodies_numerator_needed", "agencies_installs_needed"), ("gain", "install"),
        ("phone_in_two_units", "phone_in_two_communes"), ("place_unknown", "hamlet_unknown"),
        ("denominator_over_staff", "smartphone_over_staff"),
        ("over_denominator", "over_denominator"), ("coverage", "coverage"),
        ("staff_numerator / staff_denominator", "staff_installed / staff_smartphone"),
    ],
)  # fmt: skip
def test_the_project_s_campaign_keeps_the_names_of_its_contract(naming, inside, outside):
    assert naming.outside(inside) == outside


@pytest.mark.parametrize(
    ("starter", "units", "whole", "count"),
    [("kilifi", "villages", "ward", "registered_new"), ("vneid", "communes", "province",
    "accounts_new"),
     ("vaccination", "units", "district", "dose1_new")],
)  # fmt: skip
def test_a_campaign_with_levels_is_named_by_its_codes(starter, units, whole, count):
    naming = Campaign.load(STARTERS / starter).naming

    assert [*map(naming.outside, ("units", "whole", "numerator_new"))] == [units, whole, count]
    assert naming.outside("denominator_params") == "denominator_params"


def test_a_table_that_says_which_indicator_its_figures_are_of_keeps_its_columns(naming):
    assert [*naming.columns(COLUMNS["values"]).values()] == COLUMNS["values"]


def copied(folder: Path, change) -> Path:
    for path in (ROOT / "params").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    settings = folder / "campaign.yaml"
    settings.write_text(change(settings.read_text("utf-8")), encoding="utf-8")
    return folder


def without(text: str, key: str) -> str:
    """The text without a key and what is indented below it."""
    head, tail = text.split(f"\n{key}:", 1)
    return head + "\n" + tail[tail.index("\n\n") + 2 :]


def test_a_folder_of_before_which_names_nothing_keeps_its_names_and_keys(tmp_path, naming):
    def as_before(text: str) -> str:
        text = without(without(text, "levels"), "names")
        for now, before in (("denominator_note", "owners_note"), ("  bodies:", "  agencies:"),
                            ("denominator_from", "owners_from"), ("  denominator: {vi",
                            "  owners: {vi"),
                            ("body_reporting", "agency_reporting")):  # fmt: skip
            assert now in text
            text = text.replace(now, before)
        return text

    campaign = Campaign.load(copied(tmp_path, as_before))

    assert {n: campaign.naming.outside(n) for n in KNOWN} == {n: naming.outside(n) for n in KNOWN}
    assert campaign.terms == Campaign.load(ROOT / "params").terms
    assert campaign.body_reporting and campaign.denominator_note


def test_a_name_of_nothing_is_told_with_what_is_known(tmp_path):
    folder = copied(tmp_path, lambda text: text.replace("  place: hamlet", "  plase: hamlet"))

    with (
        language("en"),
        pytest.raises(ParamsError, match="nothing is called “plase”; known: place"),
    ):
        Campaign.load(folder)


def test_one_name_for_two_things_is_refused(tmp_path):
    folder = copied(tmp_path, lambda text: text.replace("  place: hamlet", "  place: hamlets"))

    with language("en"), pytest.raises(ParamsError, match="each needs a name of its own"):
        Campaign.load(folder)
