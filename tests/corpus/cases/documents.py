"""The same report in Word, however its tables and boxes are built."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tests.corpus.case import Case, daily, nothing, once, whole
from tests.corpus.cases.truths import (
    GOOD,
    KNOWN,
    LETTERHEAD,
    OFF,
    OFF_TABLE,
    ROWS,
    TABLE,
    TWO_COLUMNS,
    WORD,
    off,
    table_off,
)
from tests.corpus.makers.compound import compound
from tests.corpus.makers.documents import MAKERS, WAYS, Dressed
from tests.corpus.makers.word import (
    Blanks,
    Box,
    Controlled,
    Inside,
    Tracked,
    docx,
    old_word,
    split_cells,
)
from tests.corpus.paper import (
    ANSWERS,
    LABELS,
    TITLES,
    bare,
    changed,
    dated,
    form01,
    head01,
)

WORDS = [
    Case("docx", WORD, partial(docx, *LETTERHEAD, TABLE), (GOOD,)),
    Case("docx-mistakes", "a.docx", partial(docx, *LETTERHEAD, OFF_TABLE), (table_off(),)),
    Case(
        "docx-letterhead-in-a-table",
        "a.docx",
        partial(docx, TWO_COLUMNS, *TITLES, dated(16), OFF_TABLE),
        (table_off("2"),),
    ),
    Case(
        "docx-table-inside-a-table",
        "a.docx",
        partial(docx, *LETTERHEAD, Inside(OFF_TABLE)),
        (table_off("1.1"),),
    ),
    Case(
        "docx-table-over-two-pages-with-its-heading-again",
        "a.docx",
        partial(docx, *LETTERHEAD, bare(OFF[:2]), "", bare(OFF[2:]), "", "Hết."),
        (off("table 1, row 3, column 4", "table 2, row 2, column 5"),),
    ),
    Case(
        "docx-table-over-two-pages-without-its-heading",
        "a.docx",
        partial(docx, *LETTERHEAD, bare(OFF[:2]), "", OFF[2:]),
        (off("table 1, row 3, column 4", "table 2, row 1, column 5"),),
    ),
    Case(
        "docx-content-controls",
        "a.docx",
        partial(docx, *LETTERHEAD, Controlled(OFF_TABLE)),
        (table_off(),),
    ),
    Case(
        "docx-letterhead-in-a-text-box",
        "a.docx",
        partial(docx, Box(LETTERHEAD[:2]), *LETTERHEAD[2:], OFF_TABLE),
        (table_off(),),
    ),
    Case(
        "docx-day-in-a-text-box",
        "a.docx",
        partial(docx, *LETTERHEAD[:6], Box(LETTERHEAD[6:]), TABLE),
        (GOOD,),
    ),
    Case(
        "docx-one-row-of-finer-cells",  # split by hand; Ghi chú is the last column
        "a.docx",
        lambda: split_cells(
            docx(
                *LETTERHEAD,
                [[*r, g] for r, g in zip(OFF_TABLE, ["Ghi chú", "", "mới", ""], strict=True)],
            ),
            2,
        ),
        (table_off(),),
    ),
    Case(
        "docx-tracked-change-of-the-day",
        "a.docx",
        partial(docx, *LETTERHEAD[:6], Tracked("(ngày ", "15", "16 tháng 8 năm 2021)"), TABLE),
        (replace(GOOD, findings=(("text_struck", "paragraph 7"),)),),
    ),
    *(
        Case(
            f"{kind}-{name}",
            f"BC Bong Son 16-8.{kind}",
            partial(MAKERS[kind], LETTERHEAD, bare(changed(ROWS, (1, 4, Dressed(pieces))))),
            (daily(numerator, (f"text_{look}", "table 1, row 3, column 5"), confidence="high"),),
        )
        for kind in MAKERS
        for name, look, pieces, numerator in (  # in the place of 38, of 135 in all
            ("figure-corrected", "struck", (("28", "struck"), ("38", "")), 135),
            ("digit-struck-through", "struck", (("3", "struck"), ("8", "")), 105),
            ("digit-hidden", "hidden", (("38", ""), ("9", "hidden")), 135),
            ("figure-with-a-note", "raised", (("38", ""), ("1", "raised")), 135),
        )
        for pieces in [tuple((text, way and WAYS[kind][way][0]) for text, way in pieces)]
    ),
    Case(
        "docx-form-lines-of-mau-01",
        "a.docx",
        partial(docx, *form01()),
        (once(45, 43, 40),),
    ),
    Case(
        "docx-mau-01-in-content-controls",
        "a.docx",
        partial(
            docx,
            *head01(),
            *(Blanks(f"- {label}: ", said) for label, said in zip(LABELS, ANSWERS, strict=True)),
        ),
        (once(45, 43, 40),),
    ),
    Case(
        "docx-mau-01-in-a-text-box",
        "a.docx",
        partial(docx, Box(form01())),
        (once(45, 43, 40),),
    ),
    Case(
        "doc",
        "a.doc",
        lambda: old_word(docx(*LETTERHEAD, OFF_TABLE, "")),  # Word ends every text with a paragraph
        (table_off(),),
        slow=True,
        needs=("soffice",),
    ),
    Case(
        "doc-damaged",
        "BC Bong Son 16-8.doc",
        lambda: compound({"WordDocument": b"\xec\xa5" + b"\1" * 5000, "1Table": b"\2" * 4100}),
        (nothing(whole("file_unreadable", "BC Bong Son 16-8.doc"), **KNOWN),),
        slow=True,
    ),
]

CASES = WORDS
