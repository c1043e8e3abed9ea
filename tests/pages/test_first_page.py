"""Page one in print: what the chairman asks, answered on one sheet."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from briefing.documents.pdf import BriefingPDFExporter

pytestmark = pytest.mark.slow

ANSWERS = {
    "where we stand": "Tỷ lệ cài đặt Bluezone toàn thị xã",
    "against 60": "60% – 20/8",
    "against 90": "90% – 30/8",
    "than yesterday": "So với hôm trước",
    "than needed": "Tốc độ những ngày gần đây",
    "who is best and last": "Cao nhất: Phường",
    "who moved": "tăng nhiều nhất:",
    "how much is carried": "Tỷ trọng số liệu của ngày trước",
    "what looks wrong": "xác minh",
    "did the calls of yesterday work": "7 việc đã giao ngày 17/8:",
    "whom to call": "Việc cần chỉ đạo hôm nay",
}


def printed(notebook) -> list[str]:
    """The text of each page, words one space apart."""
    content, _resources = BriefingPDFExporter().from_notebook_node(notebook)
    pages = PdfReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


@pytest.mark.parametrize("state", ["normal", "nine-missing"])
def test_page_one_answers_everything_and_the_rest_is_behind_it(notebook, state):
    first, second, *_rest = printed(notebook(state))

    assert [asked for asked, answer in ANSWERS.items() if answer not in first] == []
    assert second.count("Việc đã giao ngày 17/8") == 1
    assert "Tin nhắn soạn sẵn" in second


def test_page_one_names_who_has_not_reported(notebook):
    first = printed(notebook("nine-missing"))[0]

    assert "Chưa có báo cáo dùng được trong ngày: Phường Bồng Sơn" in first
    assert "8/17" in first and "54,8%" in first  # reports on time; of the total carried over


def test_every_unit_to_call_stands_on_page_one_with_what_to_ask(notebook):
    notebook = notebook("nine-missing")
    (listed,) = [
        data["items"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if (data := output.data.get("application/vnd.briefing.block+json", {})).get("block")
        == "action_list"
    ]
    first = printed(notebook)[0]

    assert len(listed) == 7
    assert all(item["unit"] in first and item["ask"] in first for item in listed)
