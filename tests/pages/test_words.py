"""The words of every document in every format: of one language, and nothing machine-like."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest

from briefing.documents.exporters import BriefingHTMLExporter
from briefing.params import Campaign
from tests.pages import told
from tests.pages.states import ROOT

pytestmark = pytest.mark.slow

VIETNAMESE = (
    "normal", "first", "nine-missing", "none", "bodies-below", "unit", "report", "intake",
    "exploring",
)  # fmt: skip
ENGLISH = (
    "english", "english-first", "english-none", "english-unit", "english-report",
    "english-intake", "english-exploring",
)  # fmt: skip
FORMS = ("html", "pdf", "docx")
ANALYST = ("exploring", "english-exploring")  # of many charts: its PDF takes long to read back
XLSX = ("xlsx",)
ANNEXES = ("normal", "none", "report")
ANNEXES_EN = ("english", "english-none", "english-report")
LETTERS = re.compile(
    "[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)
FILES = re.compile(r"[^,;:“”()]*\.(?:xlsx|xls|docx|doc|pdf|csv|txt|ods)\b")
MACHINE = re.compile(
    r"\b(?:nan|None|NaT|NaN|null|True|False)\b|<NA>|\{|\}|\b\d{4}-\d\d-\d\d\b"
    r"|\b[a-z]+_[a-z_]+\b|\(\)|\[\]"
)
SPACING = re.compile(r"[^\s•·–…] [,.;:!?](?=\s|$)")
DECIMAL_POINT = re.compile(r"\d\.\d{1,2}\s?%")
DAY_OR_DECIMAL = re.compile(r"\d,\d{1,2}\s?%|\b\d{1,2}/\d{1,2}/\d{4}|\b\d{1,2}h\d\d\b")
MORE_THAN_ONE = re.compile(
    r"(?<![\d.,/])1 (?:units|reports|people|days|agencies|cells|rows|files|hamlets|places)\b"
)
OURS = re.compile(r"\b(?:params|tables|outputs)/[\w./-]+|\b[\w-]+\.(?:csv|yaml)\b")
FOREIGN = re.compile(
    r"\b(?:the|of|and|are|is|not|with|units?|reports?|reported|people|needed|rate|target|days?|"
    r"since|figures?|late|missing|known|still|by|from|for|this|that|has|have|was|more|than|total|"
    r"tables?|charts?|sources?|rows?|columns?|files?|sheets?|yes|none|errors?|warnings?|values?|"
    r"status|all|as|page|before|after|new|body|bodies|sectors?|used|superseded|rejected|"
    r"assumed|official|above|below)\b",
    re.IGNORECASE,
)


@pytest.fixture
def texts(notebook, pdf, docx, xlsx) -> Callable[[str, str], list[str]]:
    """What a reader sees of a state in a format, text by text."""

    def html(state: str) -> str:
        return BriefingHTMLExporter().from_notebook_node(notebook(state))[0]

    forms = {
        "html": lambda state: told.of_html(html(state)),
        "pdf": lambda state: told.of_pdf(pdf(state)),
        "docx": lambda state: told.of_docx(docx(state)),
        "xlsx": lambda state: told.of_xlsx(xlsx(state)),
    }

    def of(state: str, form: str) -> list[str]:
        found = forms[form](state)
        assert len(found) > 60  # a document, and not an empty one
        return found

    return of


def documents(states: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each state with each form that is looked at."""
    return [(s, f) for s, f in product(states, FORMS) if not (f == "pdf" and s in ANALYST)]


def names(campaign: Campaign) -> list[str]:
    """What has one form in every language: names, the longest first."""
    head = campaign.letterhead
    said = {head.parent, head.issuer, head.place, *campaign.report.position}
    for row in (*campaign.unit_rows, *campaign.body_rows, *campaign.place_rows):
        said |= {v for v in row.model_dump(exclude={"sector"}).values() if isinstance(v, str)}
    said |= {str(campaign.area.name.en), "Mẫu", "Cộng hòa xã hội chủ nghĩa Việt Nam"}
    said |= {"Độc lập - Tự do - Hạnh phúc", "Hoài Nhơn", "Lũy kế", "Tổng cộng"}
    return sorted((name.lower() for name in said if LETTERS.search(name)), key=len, reverse=True)


def foreign(line: str, known: list[str]) -> bool:
    """Whether Vietnamese words stand in a line beside names, files and what is quoted."""
    rest = _unquoted(FILES.sub("", line)).lower()
    if LETTERS.search(rest):
        for name in known:
            rest = rest.replace(name, "")
    return bool(LETTERS.search(rest))


def _unquoted(line: str) -> str:
    return re.sub("“[^”]*”", "", line)


def of_a_machine(line: str) -> bool:
    """Whether a line has what only a program writes, or a space where nobody puts one."""
    own = OURS.sub("–", line)
    return bool(MACHINE.search(FILES.sub("", own)) or SPACING.search(own))


def not_english(line: str, known: list[str]) -> bool:
    """Whether an English line has Vietnamese words, dates or numbers, or a plural of one."""
    free = _unquoted(FILES.sub("", line))
    return foreign(line, known) or bool(DAY_OR_DECIMAL.search(free) or MORE_THAN_ONE.search(free))


def not_vietnamese(line: str) -> bool:
    """Whether a Vietnamese line has English words or numbers."""
    own = OURS.sub("–", line)
    return bool(FOREIGN.search(_unquoted(FILES.sub("", own))) or DECIMAL_POINT.search(own))


@pytest.mark.parametrize(("state", "form"), [*documents(ENGLISH), *product(ANNEXES_EN, XLSX)])
def test_an_english_document_has_no_vietnamese_word_but_names_and_nothing_machine_like(
    texts, state, form
):
    known = names(Campaign.load(ROOT / "params"))
    lines = texts(state, form)

    assert [line for line in lines if not_english(line, known)] == []
    assert [line for line in lines if of_a_machine(line)] == []


@pytest.mark.parametrize(("state", "form"), [*documents(VIETNAMESE), *product(ANNEXES, XLSX)])
def test_a_vietnamese_document_has_no_english_word_and_nothing_machine_like(texts, state, form):
    lines = texts(state, form)

    assert [line for line in lines if not_vietnamese(line)] == []
    assert [line for line in lines if of_a_machine(line)] == []


@pytest.mark.parametrize("form", [*FORMS, *XLSX])
def test_every_format_is_read_to_its_title_and_its_last_table(texts, form):
    lines = texts("report", form)

    assert any("kết quả thực hiện tuần cao điểm" in line.lower() for line in lines)
    assert any("Công đoàn cơ sở" in line for line in lines)
    assert any(line.endswith("trễ hạn") for line in lines)


@pytest.mark.parametrize(
    ("state", "place", "dates"),
    [
        ("report", "[$-42A]", {"d/m", "d/m/yyyy", 'hh"h"mm d/m/yyyy'}),
        ("english-report", "[$-809]", {"d mmm", "d mmm yyyy", "hh:mm, d mmm yyyy"}),
    ],
)
def test_the_numbers_and_days_of_an_annex_are_shown_as_its_language_writes_them(
    xlsx, state, place, dates
):
    formats = told.number_formats(xlsx(state)) - {"0%"}

    assert all(shown.startswith(place) for shown in formats)
    assert {shown.removeprefix(place) for shown in formats} >= dates


def test_the_checks_find_what_they_look_for():
    assert foreign("The report of Xã Hoài Mỹ is chưa đến", ["xã hoài mỹ"])
    assert not foreign("The report of Xã Hoài Mỹ is late", ["xã hoài mỹ"])
    english = ("due on 18/8/2021", "at 14h49", "49,50% of all", "1 reports could not be read")
    assert all(not_english(line, []) for line in english)
    assert not not_english("“18/8/2021” is no day; 1,049 of 2,100 people, 49.50%", [])
    assert all(map(of_a_machine, ("nan%", "2021-08-16", "numerator_needed", "còn {n} người")))
    assert of_a_machine("còn thiếu 12 người .") and not of_a_machine(
        "xem params/campaign.yaml; rồi"
    )
    assert not_vietnamese("3 units chưa đạt") and not_vietnamese("đạt 49.5%")
    assert not not_vietnamese("đạt 49,5% (tables/town.csv)")
