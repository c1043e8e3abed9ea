"""No paper of a campaign says a word of another: what is counted, by whom, how often, who decides.

The papers are all that the commands publish and print of a day of each starter. A word may stand
where the campaign's own params say it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.campaigns.conftest import DAYS, Workplace
from tests.campaigns.papers import texts

pytestmark = pytest.mark.slow
OF_ANOTHER = {  # campaign → words of the others
    "kilifi": r"install|smartphone|bluezone|hamlet|commune|\btown\b|agency\b|agencies\b|chairman"
    r"|weekly|the week before|vaccin|\bdose|identit|more people"
    r"|\bpeople (?:a day|so far|still|are)",
    "vaccination": r"cài đặt|\bcài\b|bluezone|thông minh|\bthôn\b|khu phố|thị xã|chủ tịch|mẫu 0\d"
    r"|vneid|định danh|kích hoạt|tuần trước|hằng tuần|install|smartphone",
    "vneid": r"cài đặt|\bcài\b|bluezone|thông minh|\bthôn\b|khu phố|thị xã|chủ tịch|mẫu 0\d"
    r"|tiêm|\bmũi\b|vắc xin|hôm trước|hôm qua|hằng ngày|install|smartphone",
}
OF_A_DAY = {"vneid": r"|trong ngày|ngày trước dùng|ngày cao nhất|những ngày gần"}
"""Words of another calendar, which only the notebooks' own Markdown says."""
INSIDE = ("register", "notebooks/", "returns")
"""Folders that hold no page: what the program keeps, notebooks' own code, what units wrote."""
CODES = ("trace.csv", "datapackage.json", "/actions", "/reports.csv", "/findings.csv")
"""Tables whose cells are codes."""


@cache
def own_words(place: Workplace) -> str:
    files = [p for p in (place.folder / "params").iterdir() if p.suffix in (".yaml", ".csv")]
    return "\n".join(file.read_text("utf-8-sig") for file in files).casefold()


def others_words(place: Workplace, said: str, calendar: str = "") -> list[str]:
    """What a text says in words of another campaign, with what stands around them."""
    own, text = own_words(place), " ".join(said.split())
    return [
        text[max(0, found.start() - 30) : found.end() + 30]
        for found in re.finditer(OF_ANOTHER[place.name] + calendar, text, re.IGNORECASE)
        if not _own(found.group().casefold(), own)
    ]


def _own(word: str, own: str) -> bool:
    """Comments of params say how a calendar is written: how often reports come is no word there."""
    return word not in ("hằng ngày", "hằng tuần") and word in own


def in_papers(place: Workplace, folder: Path) -> list[str]:
    return [
        f"{paper}: {found}"
        for paper, text in texts(folder)
        if not paper.startswith(INSIDE)
        and not any(part in f"/{paper}" for part in (*INSIDE, *CODES))
        for found in others_words(place, text, OF_A_DAY.get(place.name, ""))
    ]


def test_the_papers_of_a_day_speak_of_their_own_campaign_alone(place):
    assert not in_papers(place, place.published)


def test_so_do_pages_of_units_the_report_of_a_period_and_forms(further):
    for folder in (further.units, further.period, further.forms):
        assert not in_papers(further, folder)


def test_so_do_the_executed_notebooks(further):
    for folder in further.folder.glob("outputs/*/notebooks"):
        assert not [
            found for _paper, text in texts(folder) for found in others_words(further, text)
        ]


def test_so_does_what_commands_print(place):
    day, code = DAYS[place.name], place.asked[0]
    column = f"{place.campaign.indicators[0].code}_cumulative"
    asked = (
        ["params", "params"], ["status", "--date", day], ["runs"], ["--help"], ["forms", "--help"],
        ["trace", "--date", day, "--unit", code, "coverage"],
        ["trace", "--date", day, column],
    )  # fmt: skip
    for command in asked:
        done = place.briefing(*command)
        assert not others_words(place, done.out + done.err), command


def test_a_word_of_another_campaign_is_found(place):
    sentences = {
        "kilifi": "Reach 12 more people a day.", "vaccination": "Lũy kế đã cài đặt",
        "vneid": "so với hôm trước",
    }  # fmt: skip

    assert others_words(place, sentences[place.name])
    assert not others_words(place, str(place.campaign.terms.units))
