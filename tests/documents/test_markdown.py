"""An analyst's Markdown as nodes that every format renders."""

from briefing.documents import markdown


def test_emphasis_and_spaces_are_kept():
    (paragraph,) = markdown.parse("Số **Bồng Sơn** tăng *nhanh*.")

    assert [node["t"] for node in paragraph["c"]] == ["text", "strong", "text", "em", "text"]
    assert markdown.text_of(paragraph["c"]) == "Số Bồng Sơn tăng nhanh."


def test_raw_html_is_text():
    (paragraph,) = markdown.parse("<div onclick='x()'>a</div>")

    assert paragraph == {"t": "p", "c": [{"t": "text", "v": "<div onclick='x()'>a</div>"}]}


def test_a_link_is_its_text_and_address():
    (paragraph,) = markdown.parse("[trang](javascript:alert(1)) và <https://example.org>")

    words = markdown.text_of(paragraph["c"])
    assert (
        words == "trang (javascript:alert(1)) và https://example.org" or "javascript" not in words
    )
    assert all(node["t"] == "text" for node in paragraph["c"])


def test_lists_hold_lists():
    (outer,) = markdown.parse("1. một\n2. hai\n   - con\n")

    assert outer["ordered"] is True
    assert [item[0]["t"] for item in outer["items"]] == ["p", "p"]
    assert outer["items"][1][1]["ordered"] is False


def test_a_table_keeps_its_alignment():
    (table,) = markdown.parse("| a | b |\n|---|--:|\n| 1 | 2 |\n")

    assert table["align"] == ["left", "right"]
    assert [markdown.text_of(cell) for cell in table["rows"][0]] == ["1", "2"]


def test_code_and_quotes_and_rules_are_kept():
    nodes = markdown.parse("```\nx = 1\n```\n\n> câu\n\n---\n")

    assert [node["t"] for node in nodes] == ["code", "quote", "rule"]
    assert nodes[0]["v"] == "x = 1"
