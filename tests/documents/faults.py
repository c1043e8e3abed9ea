"""What may be wrong with a document on paper: each check returns the faults that it finds."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pypdf

from briefing.documents import fragments
from briefing.documents.assemble import Document, headings
from briefing.language import language

from . import printed
from .printed import Margins, Mark, Page
from .reading import Reading, squeezed

HAIR = 0.45  # mm: half of the thickest line
KERN = 1.15  # mm; what letters are moved together, or lean over, by design is less
UNBREAKABLE = 30  # letters; a longer word may be broken anywhere
FAMILIES = {
    *("TimesNewRoman", "TimesNewRomanPS", "TimesNewRomanPSMT"),
    *("LibertinusSerif", "DejaVuSans", "DejaVuSansMono"),
}


def of_a_pdf(source: Document, file: Path) -> dict[str, list[str]]:
    """Every fault of the PDF that was made of a document, by what it is a fault of."""
    content = file.read_bytes()
    pages = printed.pages(content, charts="none")
    found = {
        "file": of_the_file(file),
        "fonts": of_the_fonts(file),
        "properties": of_the_properties(content, source.title, source.author, source.lang),
        "bookmarks": of_the_bookmarks(content, [text for *_rest, text in headings(source)]),
        "letters": of_the_letters(pages),
        "titles": of_the_titles(pages, margins_of(source), titles(source)),
    }
    of_each = of_pages(source, pages, floating=source.formal)
    return {name: faults for name, faults in found.items() if faults} | of_each


def of_pages(
    source: Document, pages: Sequence[Page], *, floating: bool = False
) -> dict[str, list[str]]:
    """What is wrong with the pages of a document, whatever program laid them out.

    A heading that is left behind is none of this: LibreOffice does that now and then though the
    file says to keep it with what follows.

    Args:
        floating: Figures stand at the head or the foot of a sheet, as in the PDF of a formal
            document: the text goes on where one has no room left.
    """
    margins = margins_of(source)
    found = {
        "margins": of_the_margins(pages, margins, running(source)),
        "words": of_the_words(pages, source.blocks),
        "overlaps": of_the_overlaps(pages),
        "reading": of_the_reading(
            [body(page, margins) for page in pages], source.blocks, floating=floating
        ),
    }
    return {name: faults for name, faults in found.items() if faults}


def margins_of(source: Document) -> Margins:
    """Those of Nghị định 30/2020/NĐ-CP; those of a page, with or without room for a banner."""
    if source.formal:
        return Margins(20, 15, 20, 30)
    return Margins(22 if source.illustrative else 18, 15, 16, 25)


def running(source: Document) -> list[str]:
    """The texts of headers and footers, without the numbers of pages."""
    with language(source.lang):
        words = fragments.labels()
    banner = f"{words['illustrative']} · {words['illustrative_note']}"
    return [banner] if source.formal else [banner, source.title + words["page"]]


def titles(source: Document) -> list[str]:
    """What has to stay with what comes after it."""
    named = (block.get("caption") or block.get("title", "") for block in source.blocks[1:])
    return [text for *_rest, text in headings(source)] + [name for name in named if name]


def of_the_file(file: Path) -> list[str]:
    """What qpdf says against its structure."""
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, timeout=60)
    return [] if done.returncode == 0 else (done.stderr or done.stdout).splitlines()


def of_the_fonts(file: Path) -> list[str]:
    """Fonts that are not embedded, or of no family that this house sets."""
    done = subprocess.run(["pdffonts", file], capture_output=True, text=True, timeout=60)
    fonts = [line.split() for line in done.stdout.splitlines()[2:]]
    return [
        font[0]
        for font in fonts
        if font[-5] != "yes" or re.split("[-,]", font[0].rpartition("+")[2])[0] not in FAMILIES
    ]


def of_the_properties(content: bytes, title: str, author: str, lang: str) -> list[str]:
    """Title, author and language that are not those of the document."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    about, root = reader.metadata, reader.trailer["/Root"]
    asked = {"title": title, "author": author, "language": lang}
    told = {"title": about.title, "author": about.author or "", "language": root.get("/Lang")}
    return [f"{name}: {told[name]!r}" for name in asked if asked[name] != told[name]]


def of_the_bookmarks(content: bytes, headings: Sequence[str]) -> list[str]:
    """Where the bookmarks part from the headings, in order."""
    told = list(bookmarks(pypdf.PdfReader(io.BytesIO(content)).outline))
    plain = [re.sub(r"\W", "", squeezed(name)) for name in told]
    asked = [re.sub(r"\W", "", squeezed(name)) for name in headings]
    if plain == asked:
        return []
    missing = [name for name, key in zip(headings, asked, strict=True) if key not in plain]
    return missing or [f"{told} in place of {list(headings)}"]


def bookmarks(outline) -> Iterator[str]:
    for item in outline:
        yield from bookmarks(item) if isinstance(item, list) else [item.title]


def of_the_letters(pages: Sequence[Page]) -> list[str]:
    """Words that are set in letters of more than one family."""
    return [
        _named(word)
        for page in pages
        for word in words(page.letters)
        if len({letter.family for letter in word if letter.text.isalnum()}) > 1
    ]


def of_the_overlaps(pages: Sequence[Page]) -> list[str]:
    """Letters that run into the ones that are set after them."""
    return [
        _named((one, other))
        for page in pages
        for one, other in pairwise(page.letters)
        if one.left < other.left < one.right - KERN and _on_one_line(one, other)
        and not (one.text.isspace() or other.text.isspace())
    ]  # fmt: skip


def words(letters: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Letters that follow one another on a line."""
    word: list[Mark] = []
    for letter in letters:
        if word and (letter.text.isspace() or not _joined(word[-1], letter)):
            yield word
            word = []
        if not letter.text.isspace():
            word.append(letter)
    if word:
        yield word


def _joined(one: Mark, other: Mark) -> bool:
    return abs(other.left - one.right) < 1 and _on_one_line(one, other)


def _on_one_line(one: Mark, other: Mark) -> bool:
    return other.top < one.bottom and one.top < other.bottom


def of_the_margins(pages: Sequence[Page], margins: Margins, running: Collection[str]) -> list[str]:
    """What stands outside the margins: beside them anything, above and below all but `running`.

    Args:
        running: Texts of headers and footers, without numbers.
    """
    allowed = {"", *(_wordless(text) for text in running)}
    found = []
    for number, page in enumerate(pages, 1):
        low, high = margins.left - HAIR, page.width - margins.right + HAIR
        found += [
            f"page {number}, beside: {_named(group)}"
            for group in (*words(page.letters), *([shape] for shape in page.shapes))
            if any(mark.left < low or mark.right > high for mark in group)
        ]
        for place, band in (("above", _above(page, margins)), ("below", _below(page, margins))):
            if _wordless("".join(letter.text for letter in band)) not in allowed:
                found += [f"page {number}, {place}: {_named(word)}" for word in words(band)]
    return found


def _named(group: Sequence[Mark]) -> str:
    first = group[0]
    shape = f"a shape at {first.left:.0f}, {first.top:.0f} mm"
    return "".join(mark.text for mark in group) or shape


def _above(page: Page, margins: Margins) -> list[Mark]:
    return [letter for letter in page.letters if letter.bottom < margins.top + HAIR]


def _below(page: Page, margins: Margins) -> list[Mark]:
    return [letter for letter in page.letters if letter.bottom > page.height - margins.bottom + 1]


def _wordless(text: str) -> str:
    return re.sub(r"[\d/]", "", squeezed(text))


def of_the_words(pages: Sequence[Page], blocks: Sequence[dict]) -> list[str]:
    """Words of tables that are nowhere whole: too long for their column, broken in the middle."""
    told = (_named(word) for page in pages for word in words(page.letters))
    whole = {"", *(part for word in told for part in _parts(word))}
    tables = [block for block in blocks if block["block"] == "table" and block["rows"]]
    texts = [column["label"] for table in tables for column in table["columns"]]
    texts += [cell["text"] for table in tables for row in table["rows"] for cell in row]
    asked = {part for text in texts for part in _parts(text) if len(part) < UNBREAKABLE}
    return sorted(asked - whole)


def _parts(text: str) -> list[str]:
    """Between the places where a line may break."""
    return re.split(r"[\s/–-]+", unicodedata.normalize("NFKC", text))


def body(page: Page, margins: Margins) -> str:
    """The text between the margins, in the order in which the file holds it."""
    out = {*_above(page, margins), *_below(page, margins)}
    return "".join(letter.text for letter in page.letters if letter not in out)


def of_the_titles(pages: Sequence[Page], margins: Margins, titles: Collection[str]) -> list[str]:
    """Headings and titles that stand last on their page, away from what they name."""
    known = {squeezed(title) for title in titles}
    found = []
    for page in pages:
        bottom = page.height - margins.bottom
        inside = [line for line in page.lines if margins.top < line.baseline < bottom]
        last = [line.text for line in sorted(inside, key=lambda line: line.baseline)[-4:]]
        ends = {squeezed("".join(last[-count:])) for count in range(1, len(last) + 1)}
        found += [title for title in sorted(ends & known)]
    return found


def of_the_reading(
    texts: Sequence[str], blocks: Sequence[dict], *, floating: bool = False
) -> list[str]:
    """What the pages do not say in the order of the blocks; rows split; pages of a table headless.

    Args:
        texts: Of each page, between the margins.
        blocks: Of a document, as `assemble` gives them.
        floating: Each figure is the first or the last of the sheet it belongs to, or of the next.
    """
    figures = [block for block in blocks if floating and block["block"] == "figure"]
    reading = Reading(texts, figures)
    for block in blocks:
        reading.follow(block, floats=floating and block["block"] == "figure")
    return reading.faults
