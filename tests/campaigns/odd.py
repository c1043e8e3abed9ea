"""Reports as offices really send them, beside what a person reads in them.

`odd_vneid`, `odd_vaccination` and `odd_kilifi` hold the files of the three campaigns, none made by
the sample: other headings, other layouts, mistakes. Each has its truths beside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import typst
from docx import Document
from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Truth:
    """What one report says.

    Attributes:
        unit: Code; "": of no unit of the campaign.
        day: The report date.
        figures: “indicator”, “indicator/new”, “indicator:group” → count, as a person reads it.
        told: Rules that have to be found in it, because something is wrong with the file.
    """

    unit: str
    day: str
    figures: Mapping[str, int]
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Odd:
    """A file of an inbox.

    Attributes:
        what: What is odd about it.
        sure: Its figures can be known; else a finding in their place is right, too.
        inbox: It is one of those of the inbox that is taken the whole way.
    """

    what: str
    file: str
    content: bytes
    truths: tuple[Truth, ...]
    sure: bool = True
    inbox: bool = field(default=True)


def sheet(rows: Rows, merged: Iterable[str] = ()) -> bytes:
    return book({"Sheet1": rows}, merged)


def book(sheets: Mapping[str, Rows], merged: Iterable[str] = ()) -> bytes:
    """A workbook; `merged`: ranges of its first sheet."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append([*row])
    for cells in merged:
        made.worksheets[0].merge_cells(cells)
    return _saved(made)


def word(*blocks: str | Rows) -> bytes:
    """A document: a text is a paragraph, rows are a table."""
    made = Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(len(block), max(map(len, block)))
        for cells, values in zip(table.rows, block, strict=True):
            for cell, value in zip(cells.cells, values, strict=False):
                cell.text = str(value)
    return _saved(made)


def pdf(lines: Iterable[str], rows: Rows, below: Iterable[str] = ()) -> bytes:
    """A printed page with lines, a ruled table, and lines below it."""
    cells = ", ".join(f"[{_plain(value)}]" for row in rows for value in row)
    head, foot = (" \\\n".join(map(_plain, each)) for each in (lines, below))
    source = f"#set text(size: 11pt)\n{head}\n\n#table(columns: {len(rows[0])}, {cells})\n\n{foot}"
    return typst.compile(source.encode())


def mail(
    subject: str, text: str, attached: Mapping[str, bytes], sent: str, sender: str = "vp"
) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, f"{sender}@example.org", "to@example.org"
    made["Date"] = sent
    made.set_content(text)
    for name, content in attached.items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def _plain(value: object) -> str:
    return "".join(f"\\{c}" if c in "#*_$[]<>@=-+/`~\\" else c for c in str(value))


def _saved(made: Any) -> bytes:
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()
