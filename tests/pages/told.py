"""What each format tells its reader, text by text: also to those who do not see it."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce

import pdfplumber
from lxml import etree, html
from pdfplumber.structure import PDFStructElement, PDFStructTree

Runs = dict[tuple[int, int | None], str]  # texts of a PDF by page and mark
INLINE = ("Span", "Code", "Em", "Strong", "Link", "Quote")
WORD_PARTS = re.compile(r"word/(?:document|header|footer|footnotes)\d*\.xml")
DESCRIBED = "//@descr | //*[local-name()='docPr']/@title"
PROPERTIES = "//*[local-name()='title' or local-name()='subject' or local-name()='creator']"
IN_A_SHEET = "//*[local-name()='is' or local-name()='oddFooter']"
QUOTED = re.compile('"([^"]+)"')


def of_html(source: str) -> list[str]:
    """The texts of a page, those of a chart together; its alt texts and description with them."""
    tree = html.fromstring(source)
    for hidden in tree.xpath("//script | //style"):
        hidden.drop_tree()
    texts = tree.xpath("//text()[not(ancestor::svg)]")
    charts = [" ".join(chart.itertext()) for chart in tree.xpath("//svg")]
    return _clean([*texts, *charts, *tree.xpath("//@aria-label | //meta[@name]/@content")])


def of_pdf(content: bytes) -> list[str]:
    """The texts of a PDF as its tags hold them together, and what stands outside them."""
    runs: Runs = defaultdict(str)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                runs[page.page_number, char["mcid"]] += char["text"]
        tagged = [text for root in PDFStructTree(pdf) for text in _tagged(root, runs)]
        untagged = [page.filter(lambda thing: thing.get("mcid") is None) for page in pdf.pages]
        outside = [line for page in untagged for line in page.extract_text().splitlines()]
        described = [value for name, value in pdf.metadata.items() if "Date" not in name]
    return _clean([*tagged, *outside, *described])


def _tagged(element: PDFStructElement, runs: Runs) -> Iterator[str]:
    """What an element says, and those in it; of a figure its alt text, as a page has its words."""
    inline = [child for child in element.children if element.mcids and child.type in INLINE]
    places = {(e.page_number, mcid) for e in (element, *inline) for mcid in e.mcids}
    yield element.alt_text or ""
    if element.type != "Figure":
        yield reduce(_joined, (runs[place] for place in sorted(places)), "")
    for child in element.children:
        if child not in inline:
            yield from _tagged(child, runs)


def _joined(before: str, run: str) -> str:
    """Two runs of text: letters that stand apart stay apart."""
    apart = before[-1:].isalnum() and run[:1].isalnum()
    return f"{before} {run}" if apart else before + run


def of_docx(content: bytes) -> list[str]:
    """The paragraphs of a Word document, of its tables, headers and footers; its alt texts."""
    parts = _parts(content)
    trees = [tree for name, tree in parts.items() if WORD_PARTS.fullmatch(name)]
    paragraphs = [
        "".join(run.text or "\t" for run in p.xpath(".//*[local-name()='t' or local-name()='tab']"))
        for tree in trees
        for p in tree.xpath("//*[local-name()='p']")
    ]
    described = [text for tree in trees for text in tree.xpath(DESCRIBED)]
    return _clean([*paragraphs, *described, *_properties(parts)])


def of_xlsx(content: bytes) -> list[str]:
    """The names of a workbook's sheets, its texts, the words in its formats, charts and rules."""
    parts = _parts(content)
    texts = [*parts["xl/workbook.xml"].xpath("//*[local-name()='sheet']/@name")]
    texts += [word for code in _formats(parts) for word in QUOTED.findall(code)]
    for name, tree in parts.items():
        if name.startswith("xl/charts/"):
            texts += map(_whole, tree.xpath("//*[local-name()='p']"))
        if name.startswith("xl/worksheets/"):
            texts += map(_whole, tree.xpath(IN_A_SHEET))
            rules = tree.xpath("//*[local-name()='cfRule']/*[local-name()='formula']/text()")
            texts += [word for rule in rules for word in QUOTED.findall(rule)]
    return _clean([*texts, *_properties(parts)])


def number_formats(content: bytes) -> set[str]:
    """How the cells and axes of a workbook show their numbers."""
    return set(_formats(_parts(content)))


def _formats(parts: dict[str, etree._Element]) -> Iterator[str]:
    for name, tree in parts.items():
        if name == "xl/styles.xml" or name.startswith("xl/charts/"):
            yield from tree.xpath("//*[local-name()='numFmt']/@formatCode")


def _parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.endswith(".xml")]
        return {name: etree.fromstring(package.read(name)) for name in names}


def _properties(parts: dict[str, etree._Element]) -> list[str]:
    return [element.text or "" for element in parts["docProps/core.xml"].xpath(PROPERTIES)]


def _whole(element: etree._Element) -> str:
    return "".join(element.itertext())


def _clean(texts: Iterable[str]) -> list[str]:
    """The same with single spaces, none of them empty, each once."""
    return list(dict.fromkeys(" ".join(text.split()) for text in map(str, texts) if text.strip()))
