"""Every page in every state on paper: the PDF, and the Word file as LibreOffice prints it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from briefing.documents.assemble import Document, document, headings, on_paper
from tests.documents import faults, printed
from tests.documents.reading import Reading
from tests.run.conftest import once

pytestmark = [pytest.mark.slow, pytest.mark.needs("qpdf", "pdffonts", "pdftoppm", "soffice")]

STATES = (
    "normal", "first", "nine-missing", "none", "long-names", "bodies-below", "province", "unit",
    "report", "intake", "exploring", "english", "english-report",
)  # fmt: skip
DOTS = 60  # per inch of a picture
SAME = 1.5  # mm: the machine may have no Times New Roman, and letters are then of other widths
BOX = 4  # mm: the boxes of the head are that much wider in Word
CENTRED = (
    "Độc lập - Tự do - Hạnh phúc", "Số: /BC-VHTT", "Hoài Nhơn, ngày tháng năm 2021", "BÁO CÁO",
    "(từ ngày 16/8/2021 đến ngày 18/8/2021)",
)  # fmt: skip
INDENTED = ("Kính gửi:", "- UBND thị xã Hoài Nhơn;", "- Sở Thông tin và Truyền thông.")
"""Elements of the head of the report, from the top; each is short enough for a line."""


@pytest.fixture(scope="session")
def source(notebook) -> Callable[[str], Document]:
    """The document of a state as it is printed."""
    return lambda state: on_paper(document(notebook(state)))


@pytest.fixture(scope="session")
def written(tmp_path_factory, docx):
    """The file that LibreOffice makes of the Word file of a state; it is started once for all."""

    def make(folder: Path) -> None:
        for state in STATES:
            (folder / f"{state}.docx").write_bytes(docx(state))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        asked = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        files = [folder / f"{state}.docx" for state in STATES]
        subprocess.run([*asked, *files], check=True, capture_output=True, timeout=300)

    return lambda state: once(tmp_path_factory, "libreoffice", make) / f"{state}.pdf"


def photographed(file: Path, album: Path, name: str) -> None:
    """Leave a picture of each page, where pictures are asked for."""
    if os.environ.get("BRIEFING_PICTURES"):
        command = ["pdftoppm", "-r", str(DOTS), "-png", file, album / name]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.parametrize("state", STATES)
def test_a_printed_page_has_no_fault(state, source, pdf, album, tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf(state))
    photographed(file, album, f"{state}-pdf")

    assert faults.of_a_pdf(source(state), file) == {}


@pytest.mark.parametrize("state", STATES)
def test_the_pages_of_a_word_file_have_no_fault(state, source, written, album):
    file = written(state)
    photographed(file, album, f"{state}-docx")

    assert faults.of_pages(source(state), pages(file.read_bytes())) == {}


def pages(content: bytes) -> list[printed.Page]:
    return printed.pages(content, charts="none")


@pytest.fixture(scope="module")
def prints(pdf, written):
    """The pages of a state's PDF, and those of its Word file."""
    return cache(lambda state: (pages(pdf(state)), pages(written(state).read_bytes())))


@pytest.mark.parametrize("state", ["normal", "report"])
def test_word_and_pdf_are_of_the_same_paper_and_their_text_is_as_wide(state, source, prints):
    margins = faults.margins_of(source(state))

    for print in prints(state):
        lines = [line for page in print for line in page.lines if line.baseline > margins.top]
        assert {(round(page.width), round(page.height)) for page in print} == {(210, 297)}
        assert min(line.left for line in lines) == pytest.approx(margins.left, abs=SAME)
        assert max(line.right for line in lines) == pytest.approx(210 - margins.right, abs=SAME)


@pytest.mark.parametrize("state", ["normal", "report"])
def test_word_and_pdf_have_the_same_headings_in_order_on_about_the_same_pages(
    state, source, prints
):
    of_pdf, of_word = (on_pages(print, source(state)) for print in prints(state))

    assert list(of_pdf) == list(of_word)
    assert [title for title in of_pdf if abs(of_pdf[title] - of_word[title]) > 1] == []


def on_pages(print: list[printed.Page], source: Document) -> dict[str, int]:
    """The page of each heading, each after the one before; of an annex, those after its first."""
    reading = Reading([faults.body(page, faults.margins_of(source)) for page in print])
    found, start = {}, 0
    for _level, name, text in headings(source):
        is_annex = name.startswith("annex")
        page = reading.page_of(text.partition(". ")[2] if is_annex else text)
        assert page is not None, text
        start = page if is_annex else start
        found[text] = page - start
    return found


def test_the_head_of_the_report_stands_in_word_where_the_decree_has_it(prints):
    of_pdf, of_word = (print[0] for print in prints("report"))
    first, second = (
        {words: place(page, words) for words in (*CENTRED, *INDENTED)} for page in (of_pdf, of_word)
    )

    for words in CENTRED:
        middle = second[words].left + second[words].right
        assert first[words].left + first[words].right == pytest.approx(middle, abs=2 * BOX)
    for words in INDENTED:
        assert first[words].left == pytest.approx(second[words].left, abs=SAME)
    for places in (first, second):
        assert list(places) == sorted(places, key=lambda words: places[words].top)
    for rule, other in zip(of_pdf.rules, of_word.rules[:3], strict=True):
        assert rule.middle == pytest.approx(other.middle, abs=BOX)
        assert rule.length == pytest.approx(other.length, abs=BOX)


def place(page: printed.Page, words: str) -> printed.Mark:
    """The box around words, wherever they stand on a page."""
    letters = [(sign, mark) for mark in page.letters for sign in mark.text if not sign.isspace()]
    wanted = "".join(words.split())
    start = "".join(sign for sign, _mark in letters).index(wanted)
    marks = [mark for _sign, mark in letters[start : start + len(wanted)]]
    sides = (min(m.left for m in marks), max(m.right for m in marks), min(m.top for m in marks))
    return printed.Mark(words, "", *sides, max(m.bottom for m in marks))


@pytest.mark.parametrize("number", [0, 1])
def test_page_numbers_of_the_report_stand_at_the_top_in_the_middle(number, prints):
    first, second, *_rest = prints("report")[number]
    (line, *_others) = second.lines

    assert line.text == "2" and line.baseline < 20
    assert line.middle == pytest.approx((30 + 195) / 2, abs=SAME)
    assert first.lines[0].baseline > 20
