"""The words of every page: of one language, and nothing that a machine would say."""

from __future__ import annotations

import re

import pytest
from lxml import html

from briefing.documents.html import BriefingHTMLExporter
from briefing.params import Campaign
from tests.pages.states import ROOT

pytestmark = pytest.mark.slow

VIETNAMESE = (
    "normal", "first", "nine-missing", "none", "agencies-below", "unit", "report", "exploring",
)  # fmt: skip
ENGLISH = ("english", "english-unit", "english-report")
LETTERS = re.compile(
    "[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)
FILES = re.compile(r"[^,;:“”()]*\.(?:xlsx|xls|docx|doc|pdf|csv|txt|ods)\b")
MACHINE = re.compile(
    r"\b(?:nan|None|NaT|NaN|null|True|False)\b|<NA>|\{|\}|\b\d{4}-\d\d-\d\d\b"
    r"|\b[a-z]+_[a-z_]+\b|\(\)|\[\]"
)
SPACING = re.compile(r"[^\s•·–…] [,.;:!?](?=\s|$)")
OURS = re.compile(r"\b(?:params|tables|outputs)/[\w./]+|\b\w+\.(?:csv|yaml)\b")
FOREIGN = re.compile(
    r"\b(?:the|of|and|are|is|not|with|units?|reports?|reported|people|needed|rate|target|days?|"
    r"since|figures?|late|missing|known|still)\b",
    re.IGNORECASE,
)


def lines(notebook) -> list[str]:
    """What a reader sees of a page, text by text; alt texts and titles with it."""
    source, _resources = BriefingHTMLExporter().from_notebook_node(notebook)
    tree = html.fromstring(source)
    for hidden in tree.xpath("//script | //style"):
        hidden.drop_tree()
    texts = [*tree.xpath("//text()"), *tree.xpath("//@aria-label"), *tree.xpath("//@content")]
    told = [" ".join(text.split()) for text in texts if text.strip()]
    assert len(told) > 60  # a page, and not an empty one
    return told


def names(campaign: Campaign) -> list[str]:
    """What has one form in every language: names, the longest first."""
    head = campaign.letterhead
    said = {head.parent, head.issuer, head.place, *campaign.report.position}
    for row in (*campaign.commune_rows, *campaign.agency_rows, *campaign.hamlet_rows):
        said |= {v for v in row.model_dump().values() if isinstance(v, str)}
    said |= {str(campaign.area.name.en), "Mẫu", "Cộng hòa xã hội chủ nghĩa Việt Nam"}
    said |= {"Độc lập - Tự do - Hạnh phúc", "Hoài Nhơn", "Lũy kế", "Tổng cộng"}
    return sorted((name.lower() for name in said if LETTERS.search(name)), key=len, reverse=True)


def foreign(line: str, known: list[str]) -> bool:
    """Whether Vietnamese words stand in a line beside names, files and what is quoted."""
    rest = re.sub("“[^”]*”", "", FILES.sub("", line)).lower()
    for name in known:
        rest = rest.replace(name, "")
    return bool(LETTERS.search(rest))


@pytest.mark.parametrize("state", ENGLISH)
def test_an_english_page_has_no_vietnamese_word_but_names(notebook, state):
    known = names(Campaign.load(ROOT / "params"))

    assert [line for line in lines(notebook(state)) if foreign(line, known)] == []


@pytest.mark.parametrize("state", VIETNAMESE)
def test_a_vietnamese_page_has_no_english_word_and_nothing_machine_like(notebook, state):
    told = [OURS.sub("", line) for line in lines(notebook(state))]

    assert [line for line in told if FOREIGN.search(FILES.sub("", line))] == []
    assert [line for line in told if MACHINE.search(FILES.sub("", line))] == []
    assert [line for line in told if SPACING.search(line)] == []
    assert [line for line in told if re.search(r"\d\.\d{1,2}\s?%", line)] == []


def test_the_checks_find_what_they_look_for():
    assert foreign("The report of Xã Hoài Mỹ is chưa đến", ["xã hoài mỹ"])
    assert not foreign("The report of Xã Hoài Mỹ is late", ["xã hoài mỹ"])
    assert all(map(MACHINE.search, ("nan%", "2021-08-16", "installs_needed", "còn {n} người")))
    assert SPACING.search("còn thiếu 12 người .") and FOREIGN.search("3 units chưa đạt")
