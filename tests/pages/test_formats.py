"""The pages of a day, of a unit and of a period say the same in HTML, PDF and Word."""

from __future__ import annotations

import pytest

from briefing.documents.assemble import document
from tests.said import RENDERED, differences

pytestmark = pytest.mark.slow

# State → how many tables, key figures and charts are on its page.
HELD = {
    "none": (6, 6, 3),
    "long-names": (7, 6, 3),
    "unit": (3, 6, 1),
    "report": (5, 0, 2),
    "exploring": (9, 0, 8),
    "english-report": (5, 0, 2),
}


@pytest.mark.parametrize("state", HELD)
def test_every_cell_figure_chart_and_sentence_is_the_same_in_html_pdf_and_word(notebook, state):
    source = document(notebook(state))
    screen, printed, word = (RENDERED[form](source) for form in ("html", "pdf", "docx"))
    tables = {place.split(",")[0] for place in screen if place.startswith("table")}
    charts = [place for place in screen if place.endswith(", drawn")]

    assert (len(tables), len(screen.figures), len(charts)) == HELD[state]
    assert differences(screen, printed) == {}
    assert differences(screen.without_drawings, word) == {}
