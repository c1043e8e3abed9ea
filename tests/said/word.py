"""What a Word document says."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from tests.said.places import Said

TILE = "TableText"
NUMBERS = re.compile(r"\d.*")


def said(source: bytes | Path) -> Said:
    """The body of a document, without what stands at the head and foot of each page."""
    document = docx.Document(io.BytesIO(source) if isinstance(source, bytes) else source)
    told = Said()
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            _paragraph(part, told)
        elif part._tbl.findall(f".//{qn('w:tblHeader')}"):
            told.table([[cell.text for cell in row.cells] for row in part.rows])
        else:
            _boxes(part, told)
    return told


def _paragraph(part: Paragraph, told: Said) -> None:
    for alt in _alts(part):
        told.chart(alt)
    told.text(part.text)


def _boxes(table: Table, told: Said) -> None:
    """A table that only sets things side by side: key figures, or the parts of a head."""
    for row in table.rows:
        for cell in row.cells:
            if cell.paragraphs[0].style.style_id == TILE:
                _figure(cell, told)
            else:
                told.text(cell.text)


def _figure(cell: _Cell, told: Said) -> None:
    label, *value = (part.text for part in cell.paragraphs)
    if label:
        bar = "".join(alt for part in cell.paragraphs for alt in _alts(part))
        told.figure(label, " ".join(value), _marks(bar, cell.text))


def _marks(bar: str, shown: str) -> str:
    """What is said of a bar beyond the label and the value that stand beside it."""
    head, *marks = bar.rstrip(".").split(". ")
    beside = all(part in shown for part in head.split(": "))
    return " ".join(NUMBERS.search(mark)[0] for mark in marks) if beside else bar


def _alts(part: Paragraph) -> list[str]:
    return [shown.get("descr", "") for shown in part._p.iter(qn("wp:docPr"))]
