"""What the page says of other denominators than the target's."""

import pytest

from briefing.documents.sections import effective
from briefing.language import language
from briefing.params import Campaign
from briefing.tables import build
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG

EFFECTIVE = (
    "effective: {coverage: 0.60, of: {vi: người lớn, en: adults}, note: {vi: a, en: Guessed.}}\n"
)
ADULTS = {AN: 150, BINH: 250, CAT: 70, DONG: 600}
REPORTS = (tiny.report(AN, 16, "16 10:00", 60), tiny.report(BINH, 16, "16 10:00", 120))


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


def day(folder, *reports, campaign: str = tiny.CAMPAIGN + EFFECTIVE, **adults):
    params = tiny.params_folder(folder, campaign, **adults)
    return build(tiny.view(*reports), Campaign.load(params), tiny.day(16))


def test_it_says_how_many_adults_that_is_and_what_the_targets_come_to(tmp_path):
    """180 of 400 adults; 60 % of them are 240; 300 owners × 60 % and 90 % are 180 and 270."""
    said = effective(day(tmp_path, *REPORTS, adults=ADULTS)).text

    assert said.startswith("Of adults: 45.00% (180 of 400); it has its effect from 60% on. ")
    assert "For that 60 people are still needed." in said
    assert "Of adults, the target of 60% comes to 45.0%; 90% comes to 67.5%." in said
    assert said.endswith("Guessed.")


def test_a_number_that_is_official_needs_no_excuse(tmp_path):
    made = day(tmp_path, *REPORTS, adults=ADULTS)
    official = made.campaign.units.assign(adults_status="official")
    made.campaign.__dict__["units"] = official

    assert "Guessed" not in effective(made).text


def test_while_their_number_is_not_known_no_rate_is_given(tmp_path):
    said = effective(day(tmp_path, *REPORTS)).text

    assert said == "It has its effect from 60% of adults on; their number is not known."


def test_a_campaign_without_such_a_share_says_nothing_of_it(tmp_path):
    assert effective(day(tmp_path, *REPORTS, campaign=tiny.CAMPAIGN, adults=ADULTS)) is None
