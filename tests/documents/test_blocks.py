"""Blocks: to JSON and back, and how they show themselves."""

import io
import json

import docx
import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

from briefing.documents import blocks
from briefing.documents.block import KINDS, MIME
from briefing.documents.blocks import Block, Cell, Column, Table
from briefing.documents.exporters import (
    BriefingDOCXExporter,
    BriefingHTMLExporter,
    BriefingPDFExporter,
)
from briefing.errors import DocumentError

from . import demo, formal_demo


@pytest.mark.slow
def test_every_block_survives_json():
    for block in (*demo.all_blocks(), *formal_demo.report_blocks()):
        assert Block.from_json(json.loads(json.dumps(block.to_json()))) == block


@pytest.mark.slow
def test_the_demos_hold_every_kind_of_block():
    shown = (*demo.all_blocks(), *formal_demo.report_blocks())
    assert {type(block) for block in shown} == set(KINDS.values())


def test_the_mark_of_a_tone_stands_apart_from_its_text_in_a_notebook():
    table = Table("t", "", (Column("a", "A"),), ((Cell("late", tone="warn"),),))

    assert ".b-mark{margin-right:" in table._repr_mimebundle_()["text/html"]


def test_a_block_shows_itself_as_html_text_and_json():
    bundle = demo.ranking()._repr_mimebundle_()

    assert set(bundle) == {MIME, "text/html", "text/plain"}
    assert bundle[MIME]["block"] == "table"
    assert "Phường Bồng Sơn | 5.432 | 61,42%" in bundle["text/plain"]
    assert 'class="b-table"' in bundle["text/html"]


def long_table(rows: int) -> Table:
    return Table(
        "t", "Long", (Column("a", "A"),), tuple((Cell(f"ô số {n}", n),) for n in range(rows))
    )


def test_a_long_table_is_kept_once_in_an_output_and_comes_back_whole():
    table = long_table(3000)

    bundle = table._repr_mimebundle_()

    assert Block.from_json(bundle[MIME]) == table
    assert "ô số 2999" in bundle["text/html"]
    beside_html = len(json.dumps(bundle)) - len(json.dumps(bundle["text/html"]))
    assert beside_html < len(bundle["text/html"]) / 5
    assert bundle["text/plain"].splitlines()[-2:] == ["ô số 9", "…"]


@pytest.mark.parametrize("packed", ["?", "QUJD", 5, None])
def test_a_packed_block_that_was_damaged_is_refused(packed):
    with pytest.raises(DocumentError, match="can't be unpacked"):
        Block.from_json({"block": "table", "lang": "vi", "packed": packed})


def test_a_block_in_jupyter_escapes_its_texts():
    shown = blocks.Paragraph(demo.HOSTILE[0])._repr_mimebundle_()["text/html"]

    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT, float("inf")])
def test_a_missing_value_of_a_cell_is_none(missing):
    assert Cell("–", missing).value is None


def test_values_of_numpy_and_pandas_become_plain():
    assert type(Cell("5", np.int64(5)).value) is int
    assert type(Cell("0,5", np.float64(0.5)).value) is float
    assert Cell("16/8", pd.Timestamp("2021-08-16")).value == "2021-08-16T00:00:00"


def test_a_progress_that_is_missing_is_no_bar():
    assert blocks.KeyFigure("a", "–", progress=float("nan")).progress is None


def test_a_row_with_too_few_cells_is_refused():
    with pytest.raises(DocumentError, match="row 1 has 1 cells, and there are 2 columns"):
        Table("t", "", (Column("a", "A"), Column("b", "B")), ((Cell("x"),),))


def test_a_figure_without_alt_text_is_refused():
    with pytest.raises(DocumentError, match="the alt text is empty"):
        blocks.Figure("f", "title", "<svg/>", "  ")


def test_json_of_another_kind_is_refused():
    with pytest.raises(DocumentError, match="not a Table"):
        Table.from_json(blocks.PageBreak().to_json())
    with pytest.raises(DocumentError, match="not a Block: block='sparkles'"):
        Block.from_json({"block": "sparkles"})


def test_json_with_a_field_that_no_block_has_is_refused():
    with pytest.raises(DocumentError, match="paragraph: the block's JSON does not fit"):
        Block.from_json({"block": "paragraph", "text": "a", "colour": "red"})


@pytest.mark.parametrize("head", [demo.letterhead, formal_demo.head])
def test_a_table_without_rows_is_a_sentence_and_no_bare_head(head):
    columns = (blocks.Column("name", "Cơ quan"), blocks.Column("late", "Trễ hạn"))
    nobody = blocks.Table("late", "Báo cáo trễ hạn", columns, (), "Chưa nơi nào trễ hạn.")
    notebook = demo.notebook(demo.cell_of(head(), nobody))

    page, printed, word = (
        exporter().from_notebook_node(notebook)[0]
        for exporter in (BriefingHTMLExporter, BriefingPDFExporter, BriefingDOCXExporter)
    )
    for text in (
        page,
        nobody._repr_mimebundle_()["text/plain"],
        PdfReader(io.BytesIO(printed)).pages[0].extract_text(),
        docx.Document(io.BytesIO(word)).element.body.xpath("string()"),
    ):
        assert "Báo cáo trễ hạn" in text and "Chưa nơi nào trễ hạn." in text
        assert "Cơ quan" not in text
