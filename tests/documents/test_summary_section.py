"""What the page says of the pace, in one sentence."""

from __future__ import annotations

import pytest

from briefing.documents.sections import summary
from briefing.messages import language
from briefing.tables import build
from tests.tables import six_days, tiny
from tests.tables.tiny import OWNERS, day, report


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return six_days.campaign(tmp_path_factory.mktemp("six"))


def sentences(campaign, *totals: int) -> str:
    """The summary of the last day; all four communes report that share (in %) of their owners."""
    sent = [
        report(unit, on, f"{on} 14:00", owners * total // 100)
        for on, total in enumerate(totals, start=16)
        for unit, owners in OWNERS.items()
    ]
    with language("en"):
        made = build(tiny.view(*sent), campaign, day(15 + len(totals)))
        return " ".join(str(item) for item in summary(made).items)


def test_a_pace_that_is_not_enough_is_said_to_be_below_what_is_needed(campaign):
    # 75 % are wanted by the 20th: 19 points in 2 days; of 750: 12 points in 3 days are 30 a day
    assert "30 people a day is below the 72 needed" in sentences(campaign, 44, 54, 55, 56)


def test_after_a_fall_the_pace_is_not_said_to_be_enough_nor_to_be_too_little(campaign):
    # 40 → 74 → 73: (255 - 8) / 2 = 123.8 a day, where 15 in 3 days are needed
    said = sentences(campaign, 40, 74, 73)

    assert "The total has fallen" in said
    assert "below" not in said and "enough" not in said
