"""The files of the corpus, by what is tried with them."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.cases import (
    cells,
    chats,
    columns,
    containers,
    counts,
    damaged,
    dates,
    documents,
    doubts,
    fonts,
    headings,
    lookalikes,
    mau01,
    mau01_mistakes,
    messages,
    mistakes,
    pages,
    phones,
    readings,
    rows,
    several,
    slips,
    standing,
    texts,
    told,
    units,
    workbooks,
)

THEMES = (
    *(workbooks, texts, documents, pages, messages, told, chats, slips, containers, damaged),
    *(headings, columns, rows, several, units, dates, standing, fonts),
    *(readings, lookalikes, phones, counts, cells, doubts, mau01, mau01_mistakes, mistakes),
)
CASES: list[Case] = [case for theme in THEMES for case in theme.CASES]
