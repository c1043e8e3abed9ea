"""Word documents as bytes: paragraphs, tables of every build, text boxes, content controls."""

from __future__ import annotations

import copy
import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

Row = Sequence[Any]


@dataclass(frozen=True)
class Box:
    """Lines in a text box, as Word saves it: twice, once for old programs."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Controlled:
    """A table whose cells are content controls, and which lies in one itself."""

    rows: Sequence[Row]


@dataclass(frozen=True)
class Blanks:
    """A line of a form whose blank is a content control: the label, then what is filled in."""

    label: str
    said: str


@dataclass(frozen=True)
class Inside:
    """A table in the second cell of a table that only lays out the page."""

    rows: Sequence[Row]


@dataclass(frozen=True)
class Tracked:
    """A paragraph with a change that is tracked: `old` struck out, `new` put in."""

    before: str
    old: str
    new: str


@dataclass(frozen=True)
class Running:
    """Lines in the running header of every page."""

    lines: Sequence[str]


def docx(*blocks: Any, merge: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A document: a text is a paragraph, rows are a table, the rest is said by its class.

    `merge`: cells of the last table (first row, first column, last row, last column) from 0.
    """
    document = Document()
    for block in blocks:
        _add(document, block)
    for top, left, bottom, right in merge:
        table = document.tables[-1]
        table.cell(top, left).merge(table.cell(bottom, right))
    return _saved(document)


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add(document: Any, block: Any) -> None:
    if isinstance(block, str):
        document.add_paragraph(block)
    elif isinstance(block, Running):
        document.sections[0].header.paragraphs[0].text = "\n".join(block.lines)
    elif isinstance(block, Box):
        document.add_paragraph()._p.append(_box(block.lines))
    elif isinstance(block, Controlled):
        table = _table(document, block.rows)
        for cell in [cell for row in table.rows for cell in row.cells]:
            for paragraph in cell.paragraphs:
                _control_runs(paragraph._p)
        _wrap(table._tbl)
    elif isinstance(block, Blanks):
        paragraph = document.add_paragraph(block.label)
        run = paragraph.add_run(block.said)._r
        _wrap(run)
    elif isinstance(block, Inside):
        outer = document.add_table(rows=1, cols=2)
        outer.cell(0, 0).text = ""
        _fill(outer.cell(0, 1).add_table(len(block.rows), max(map(len, block.rows))), block.rows)
    elif isinstance(block, Tracked):
        paragraph = document.add_paragraph(block.before)
        paragraph._p.append(_change("del", f"<w:delText>{escape(block.old)}</w:delText>"))
        paragraph._p.append(_change("ins", f"<w:t>{escape(block.new)}</w:t>"))
    else:
        _table(document, block)


def _table(document: Any, rows: Sequence[Row]) -> Any:
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    _fill(table, rows)
    return table


def _fill(table: Any, rows: Sequence[Row]) -> None:
    for line, cells in zip(rows, table.rows, strict=True):
        for value, cell in zip(line, cells.cells, strict=False):
            cell.text = "" if value is None else str(value)


def _wrap(element: Any) -> None:
    """Put an element into a content control."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(OxmlElement("w:sdtPr"))
    element.addprevious(control)
    control.append(content)
    content.append(element)


def _control_runs(paragraph: Any) -> None:
    for run in list(paragraph.r_lst):
        _wrap(run)


def _change(kind: str, inside: str) -> Any:
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a" w:date="2021-08-16T08:00:00Z">'
        f"<w:r>{inside}</w:r></w:{kind}>"
    )


def _box(lines: Sequence[str]) -> Any:
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    text = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    return parse_xml(
        f"<w:r {nsdecls('w')} "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{text}</wps:txbx></wps:wsp>'
        "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def split_cells(content: bytes, row: int) -> bytes:
    """The last table with one row more finely split: its last cell becomes two columns wide."""
    document = Document(io.BytesIO(content))
    table = document.tables[-1]._tbl
    grid = table.tblGrid
    grid.append(copy.deepcopy(grid.gridCol_lst[-1]))
    for number, line in enumerate(table.tr_lst):
        last = line.tc_lst[-1]
        if number == row:
            last.addnext(copy.deepcopy(last))
        else:
            last.grid_span = 2
    return _saved(document)


def old_word(content: bytes) -> bytes:
    """The document as .doc, by LibreOffice (seconds)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [shutil.which("soffice"), profile, "--headless", "--convert-to", "doc:MS Word 97"]
        subprocess.run([*command, "--outdir", folder, str(path)], check=True, capture_output=True)
        return path.with_suffix(".doc").read_bytes()
