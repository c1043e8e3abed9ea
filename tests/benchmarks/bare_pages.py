"""What the libraries themselves take for the four documents: their own calls, on the same content.

The content is taken from what was made: the files that Typst read, the blocks that Jinja set, the
paragraphs, tables and pictures of the Word file, the cells of the workbook. Nothing of this project
runs while the calls are made again.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import docx
import jinja2
import openpyxl
import typst
from markupsafe import Markup

from briefing.documents import fragments, svg

Calls = list[Callable[[], object]]


@contextmanager
def typeset(kept: Path) -> Iterator[Calls]:
    """Each call of Typst within the block, to be made again from its files.

    They lie in a new folder each time, as they do for the project: Typst remembers those it knows.
    """
    calls: Calls = []
    compile_ = typst.compile

    def recorded(source: Path, *, root: Path, **options: Any) -> Any:
        copy = kept / str(len(calls))
        shutil.copytree(root, copy)

        def again() -> None:
            with tempfile.TemporaryDirectory() as name:
                shutil.copytree(copy, name, dirs_exist_ok=True)
                compile_(Path(name) / source.relative_to(root), root=Path(name), **options)

        calls.append(again)
        return compile_(source, root=root, **options)

    with mock.patch.object(typst, "compile", recorded):
        yield calls


@contextmanager
def templated() -> Iterator[Calls]:
    """The rendering of each block and of the page within the block, drawings already clean."""
    calls: Calls = []
    bare = fragments.environment().overlay()
    bare.filters = bare.filters | {"drawing": lambda figure: Markup(figure["svg"])}
    blocks, page = (bare.get_template(name) for name in ("blocks.html.j2", "page.html.j2"))
    html, render = fragments.html, jinja2.Template.render

    def recorded_block(block: dict) -> str:
        clean = block
        if block["block"] == "figure":
            clean = block | {"svg": svg.clean(block["svg"], block["id"])}
        calls.append(lambda: str(getattr(blocks.module, clean["block"])(clean)))
        return html(block)

    def recorded_page(self: jinja2.Template, **values: Any) -> str:
        calls.append(lambda: render(page, **values))
        return render(self, **values)

    with (
        mock.patch.object(fragments, "html", recorded_block),
        mock.patch.object(jinja2.Template, "render", recorded_page),
    ):
        yield calls


def written(content: bytes) -> Callable[[], object]:
    """A Word file of the same paragraphs, tables and pictures."""
    made = docx.Document(io.BytesIO(content))
    paragraphs = [[run.text for run in p.runs] for p in made.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in made.tables]
    pictures = [part.blob for part in made.part.package.image_parts]

    def write() -> None:
        again = docx.Document()
        for runs in paragraphs:
            paragraph = again.add_paragraph()
            for text in runs:
                paragraph.add_run(text)
        for rows in tables:
            table = again.add_table(len(rows), len(rows[0]))
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        for picture in pictures:
            again.add_picture(io.BytesIO(picture))
        again.save(io.BytesIO())

    return write


def calculated(content: bytes) -> Callable[[], object]:
    """A workbook of the same cells with their number formats, and of no other look."""
    made = openpyxl.load_workbook(io.BytesIO(content))
    sheets = {
        sheet.title: [
            (cell.row, cell.column, cell.value, cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in made
    }

    def write() -> None:
        again = openpyxl.Workbook()
        for title, cells in sheets.items():
            sheet = again.create_sheet(title)
            for row, column, value, pattern in cells:
                sheet.cell(row, column, value).number_format = pattern
        again.save(io.BytesIO())

    return write
