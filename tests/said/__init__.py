"""What a page says, read from each of its formats, so that they can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from briefing.documents import docx, html, pdf
from briefing.documents.assemble import Document, on_paper
from tests.said import page, paper, word
from tests.said.places import Said, differences, plain

__all__ = ["RENDERED", "Said", "differences", "plain", "read"]

RENDERED: Mapping[str, Callable[[Document], Said]] = {
    "html": lambda source: page.said(html.render(source)),
    "pdf": lambda source: paper.said(pdf.render(on_paper(source))),
    "docx": lambda source: word.said(docx.render(on_paper(source))),
}
"""What a document says when it is rendered in a format."""


def read(path: Path) -> Said:
    """What a published page says."""
    if path.suffix == ".html":
        return page.said(path.read_text(encoding="utf-8"))
    return {".pdf": paper, ".docx": word}[path.suffix].said(path)
