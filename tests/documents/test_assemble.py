"""From an executed notebook to what a reader sees."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from briefing.documents import blocks
from briefing.documents.assemble import document, headings
from briefing.errors import DocumentError
from briefing.language import language

from . import demo


def kinds(made):
    return [block["block"] for block in made.blocks]


def code(*outputs, source="x", tags=()):
    cell = new_code_cell(source, metadata={"tags": list(tags)})
    cell.outputs = list(outputs)
    return cell


def test_the_letterhead_describes_the_document():
    made = document(demo.notebook(demo.cell_of(demo.letterhead(subject=""))))

    assert made.title.startswith("Tình hình cài đặt")
    assert made.subject == "Báo cáo nhanh phục vụ họp trực tuyến hằng ngày của Ban Chỉ đạo"
    assert (made.lang, made.illustrative) == ("vi", True)
    assert made.date == "2021-08-16T15:00:00+07:00"


def test_a_notebook_run_by_hand_is_in_the_language_of_its_blocks_the_head_before_the_others():
    written = new_markdown_cell("## Từng đơn vị")
    with language("en"):
        counted = demo.cell_of(blocks.Paragraph("17 units"), tags=("remove_cell",))
    vietnamese = demo.cell_of(demo.letterhead(lang="vi"))
    made = document(demo.notebook(counted, written))

    assert (made.lang, made.title) == ("en", "Each unit")
    assert document(demo.notebook(counted, vietnamese)).lang == "vi"


def test_without_a_letterhead_the_first_heading_is_the_title_and_not_repeated():
    made = document(demo.notebook(new_markdown_cell("# Tên\n\nMột câu.\n\n## Phần")))

    assert made.title == "Tên"
    assert [words for _level, _id, words in headings(made)] == ["Phần"]


def test_a_notebook_without_any_heading_is_called_by_its_name():
    assert document(demo.notebook(), "3_briefing").title == "3_briefing"
    assert document(demo.notebook()).title == "Tài liệu"


def test_code_is_left_out_and_blocks_are_kept_in_order():
    cell = demo.cell_of(blocks.Paragraph("một"), blocks.Notice("hai"), source="secret_name()")
    made = document(demo.notebook(demo.cell_of(demo.letterhead()), cell))

    assert kinds(made) == ["letterhead", "paragraph", "notice"]
    assert "secret_name" not in str(made.blocks)


@pytest.mark.parametrize("tag", ["remove_cell", "remove-cell"])
def test_a_cell_tagged_for_removal_is_left_out(tag):
    hidden = demo.cell_of(blocks.Paragraph("một"), tags=(tag,))
    note = new_markdown_cell("# Riêng", metadata={"tags": [tag]})

    assert document(demo.notebook(note, hidden), "x").blocks == ()


def test_outputs_tagged_for_removal_are_left_out():
    shown = new_output("stream", name="stdout", text="dấu vết")

    assert document(demo.notebook(code(shown, tags=["remove-output"])), "x").blocks == ()


def test_an_analysts_own_outputs_are_not_dropped():
    made = document(
        demo.notebook(
            code(
                new_output("stream", name="stdout", text="15 báo cáo\n"),
                new_output("execute_result", {"text/html": "<b>1</b>", "text/plain": "a\n1"}),
                new_output("display_data", {"image/png": demo.PNG, "text/plain": "<Figure>"}),
                new_output("display_data", {"image/svg+xml": "<svg viewBox='0 0 1 1'/>"}),
                new_output("display_data", {"text/markdown": "**đậm**"}),
                source="# Phân bố theo thôn\nplot()",
            )
        )
    )

    assert kinds(made) == ["preformatted", "preformatted", "picture", "figure", "markdown"]
    assert made.blocks[1]["text"] == "a\n1"
    assert made.blocks[2]["alt"] == made.blocks[3]["alt"] == "Phân bố theo thôn"
    assert [made.blocks[2]["id"], made.blocks[3]["id"]] == ["extra", "extra-2"]


def test_a_picture_without_a_comment_has_a_general_alt_text():
    picture = new_output("display_data", {"image/png": demo.PNG})
    made = document(demo.notebook(code(picture, source="plot()")))

    assert made.blocks[0]["alt"] == "Biểu đồ do người phân tích thêm vào"


def test_messages_on_stderr_stay_in_the_notebook_and_are_logged(caplog):
    warning = new_output("stream", name="stderr", text="FutureWarning: x")

    assert document(demo.notebook(code(warning)), "x").blocks == ()
    assert "FutureWarning: x" in caplog.text


def test_an_error_anywhere_stops_the_document_even_in_a_removed_cell():
    failed = code(
        new_output("error", ename="KeyError", evalue="'coverage'", traceback=[]),
        tags=["remove_cell"],
    )
    with pytest.raises(DocumentError, match="cell 2: KeyError: 'coverage'"):
        document(demo.notebook(new_markdown_cell("a"), failed))


def test_headings_begin_at_one_and_skip_none():
    written = new_markdown_cell("## Hai\n\n#### Bốn\n\n## Hai nữa")
    made = document(demo.notebook(demo.cell_of(demo.letterhead()), written))

    assert [level for level, _id, _text in headings(made)] == [1, 2, 1]


def test_ids_are_unique_and_safe():
    table = blocks.Table('x" onload=', "", (blocks.Column("a", "A"),), ())
    made = document(demo.notebook(demo.cell_of(table, table, blocks.Heading("A", id="x-onload"))))

    ids = [block["id"] for block in made.blocks if "id" in block]
    assert sorted(ids) == ["x-onload", "x-onload-2"] or len(set(ids)) == len(ids)
    assert all(character.isalnum() or character == "-" for i in ids for character in i)


def test_a_heading_is_left_out_where_cells_below_it_show_nothing():
    made = document(
        demo.notebook(
            demo.cell_of(demo.letterhead()),
            new_markdown_cell("## Cơ quan\n\nMỗi dòng là một cơ quan."),
            code(source="bodies_below(day)"),
            new_markdown_cell("## Đơn vị"),
            code(source="effective(day)"),
            demo.cell_of(blocks.Paragraph("một")),
        )
    )

    assert [words for _level, _id, words in headings(made)] == ["Đơn vị"]
    assert kinds(made) == ["letterhead", "markdown", "paragraph"]


def test_a_heading_stays_over_an_analysts_words_and_over_another_heading():
    made = document(
        demo.notebook(
            demo.cell_of(demo.letterhead()),
            new_markdown_cell("## Nhận xét"),
            code(source="x = 1"),
            new_markdown_cell("Xã đã tăng cường tổ công tác."),
            new_markdown_cell("## Phần"),
            new_markdown_cell("### Mục"),
            demo.cell_of(blocks.Paragraph("một")),
        )
    )

    assert [words for _level, _id, words in headings(made)] == ["Nhận xét", "Phần", "Mục"]
