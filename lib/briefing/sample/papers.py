"""A report as a Word document, and at which place each mistake ends up."""

from __future__ import annotations

import io
from copy import deepcopy

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from briefing.sample.layout import Cell, Paper

BODY_SIZE, TABLE_SIZE = 13, 12
WIDTHS = {
    "stt": 1.3,
    "ho_ten": 4.3,
    "dia_chi": 4.4,
    "so_dien_thoai": 2.9,
    "luy_ke": 2.3,
    "ghi_chu": 2.4,
}
HALVES = (6.6, 10.6)
OTHER_WIDTH = 2.0
CENTRED_FIELDS = {"stt", "luy_ke", "trong_ngay", "gioi_tinh"}


def document(paper: Paper) -> tuple[bytes, list[tuple[str, str]]]:
    """The report as bytes of a .docx (not yet fixed in time) and its mistakes (rule, where)."""
    word = blank(paper.font)
    if paper.label:
        line(word, paper.label, italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    letterhead(word, paper.left, paper.right, paper.place)
    for i, text in enumerate(paper.titles):
        line(word, text, bold=True, size=14 if i == 0 else BODY_SIZE)
    line(word, "")
    number = len(word.tables) + 1
    _table(word, paper)
    line(word, "")
    if paper.signature:
        _signature(word, paper.signature)
    return content_of(word), _addresses(paper, number)


def blank(font: str) -> WordDocument:
    """An empty A4 document in one font, whatever the machine."""
    word = Document()
    style = word.styles["Normal"]
    style.font.name, style.font.size = font, Pt(BODY_SIZE)
    for script in ("w:eastAsia", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), font)
    style.paragraph_format.space_after = Pt(2)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.2), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    word.core_properties.author = word.core_properties.comments = ""
    return word


def content_of(word: WordDocument) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def line(
    where: WordDocument | _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = BODY_SIZE,
    align: WD_ALIGN_PARAGRAPH | None = WD_ALIGN_PARAGRAPH.CENTER,
) -> Paragraph:
    """Add one paragraph."""
    paragraph = where.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def letterhead(word: WordDocument, left: list[str], right: list[str], place: str) -> None:
    """Issuer on the left, the national name and the place and date on the right."""
    if not right:
        for text in left:
            line(word, text, bold=True, align=WD_ALIGN_PARAGRAPH.LEFT)
        return
    table = word.add_table(rows=1, cols=2)
    table.autofit = False
    halves = table._cells
    for cell, column, width in zip(halves, table.columns, HALVES, strict=True):
        cell.width = column.width = Cm(width)
    for cell, texts, extra in ((halves[0], left, ""), (halves[1], right, place)):
        for i, text in enumerate(texts):
            line(cell, text, bold=i < 2, size=12)
        if extra:
            line(cell, extra, italic=True)
        cell._tc.remove(cell.paragraphs[0]._p)
    line(word, "", size=6)


def _table(word: WordDocument, paper: Paper) -> None:
    depth = 2 if paper.grouped else 1
    table = word.add_table(rows=depth, cols=len(paper.columns))
    table.style, table.autofit = "Table Grid", False
    for column, spec in zip(table.columns, paper.columns, strict=True):
        column.width = Cm(WIDTHS.get(spec.field, OTHER_WIDTH))
    _header(table, paper, depth)
    rows = [(values, False) for values in paper.rows]
    rows += [(paper.total, True)] if paper.total is not None else []
    if rows:
        pattern = table.add_row()._tr
        _fill(table, pattern, paper, [None] * len(paper.columns), bold=False)
        for values, bold in rows:
            copied = deepcopy(pattern)
            table._tbl.append(copied)
            _fill(table, copied, paper, values, bold=bold)
        table._tbl.remove(pattern)
    if paper.merged and len(paper.rows) > 1:
        at = paper.position("luy_ke")
        table.cell(depth, at).merge(table.cell(depth + len(paper.rows) - 1, at))


def _header(table: Table, paper: Paper, depth: int) -> None:
    cells, width = table._cells, len(paper.columns)
    for i, column in enumerate(paper.columns):
        _put(cells[(depth - 1) * width + i if column.group else i], column.heading, bold=True)
    if depth == 1:
        return
    grouped = [i for i, column in enumerate(paper.columns) if column.group]
    for i in range(width):
        if i not in grouped:
            _tidy(table.cell(0, i).merge(table.cell(1, i)))
    head = table.cell(0, grouped[0]).merge(table.cell(0, grouped[-1]))
    _tidy(head)
    _put(head, paper.columns[grouped[0]].group, bold=True)


def _tidy(cell: _Cell) -> None:
    """Drop the empty paragraphs that a merge leaves behind, keeping one."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            cell._tc.remove(paragraph._p)


def _put(cell: _Cell, text: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(TABLE_SIZE)


def _fill(table: Table, row: object, paper: Paper, values: list[Cell], *, bold: bool) -> None:
    for tc, value, column in zip(row.tc_lst, values, paper.columns, strict=True):
        paragraph = Paragraph(tc.p_lst[0], table)
        if column.field in CENTRED_FIELDS:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if value is not None:
            run = paragraph.add_run(str(value))
            run.bold, run.font.size = bold, Pt(TABLE_SIZE)


def _signature(word: WordDocument, pairs: list[tuple[str, str]]) -> None:
    table = word.add_table(rows=len(pairs), cols=2)
    cells = table._cells
    for i, pair in enumerate(pairs):
        for j, text in enumerate(pair):
            _put(cells[2 * i + j], text, bold=True)


def _addresses(paper: Paper, number: int) -> list[tuple[str, str]]:
    first = 3 if paper.grouped else 2
    found = []
    for rule, index, field in paper.marks:
        row = first + (len(paper.rows) if index < 0 else index)
        column = paper.position(field) + 1
        found.append((rule, f"table {number}, row {row}, column {column}"))
    return found
