"""Where unit and day may stand, and several tables of one report."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import Case, daily
from tests.corpus.cases.truths import GOOD, ROWS, book
from tests.corpus.makers.mail import eml
from tests.corpus.makers.word import Running, docx
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import (
    FILE,
    FIRST,
    HAMLETS,
    HEAD,
    TITLES,
    bare,
    dated,
    form,
    name,
    phone,
)

E = f"Sheet1!E{FIRST + 1}"


MORE = [[1, name(7), "Khu phố 2", phone(7), 60], [2, name(8), "Khu phố 2", phone(8), 17]]
BOTH = daily(160, phones=4)  # 45 + 38, then 60 + 17
LABELLED = [["Đơn vị:", "Phường Bồng Sơn"], ["Ngày báo cáo:", "16/8/2021"], *bare(ROWS)]
HTML = "".join(
    "<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in bare(ROWS)
)

STANDING = [
    book("unit-after-a-label", LABELLED, file="a.xlsx"),
    book(
        "unit-in-the-signature-alone",
        [[TITLES[0]], [dated(16)], *bare(ROWS), [], [None, None, None, "TM. UBND PHƯỜNG BỒNG SƠN"]],
        file="a.xlsx",
    ),
    book(
        "day-over-several-cells",
        [["UBND PHƯỜNG BỒNG SƠN"], ["Ngày", 16, "tháng", 8, "năm", 2021], *bare(ROWS)],
        file="a.xlsx",
    ),
    Case(
        "letterhead-in-the-header-of-the-page",
        "a.docx",
        partial(docx, Running(["UBND PHƯỜNG BỒNG SƠN"]), dated(16), bare(ROWS)),
        (GOOD,),
    ),
    Case(
        "a-table-for-each-place-in-word",
        "a.docx",
        partial(
            docx,
            *["UBND PHƯỜNG BỒNG SƠN", dated(16)],
            *["1. Khu phố 1", bare(ROWS[:2]), "2. Khu phố 2", bare(MORE)],
        ),
        (BOTH,),
    ),
    book("a-table-for-each-place", [*form(ROWS[:2], after=[[]]), ["Khu phố 2"], HEAD, *MORE], BOTH),
    book("a-sheet-for-each-place", {"KP1": form(ROWS[:2]), "KP2": form(MORE)}, BOTH),
    Case(
        "page-of-the-web-saved-as-xls",
        "a.xls",
        lambda: (
            "<html><head><meta charset='utf-8'></head><body><p>UBND PHƯỜNG BỒNG SƠN</p>"
            f"<p>(ngày 16/8/2021)</p><table>{HTML}</table></body></html>"
        ).encode(),
        (GOOD,),
    ),
    Case(
        "eml-whose-subject-says-unit-and-day",
        "thu.eml",
        lambda: eml(
            "Gửi anh chị.",
            {"bao cao.xlsx": xlsx([["BÁO CÁO"], *bare(ROWS)])},
            subject="Báo cáo Bluezone P. Bồng Sơn ngày 16/8",
        ),
        (GOOD,),
    ),
    Case(
        "eml-forwarded",
        "fwd.eml",
        lambda: eml("fwd", {"thu.eml": eml("Gửi.", {FILE: xlsx(form(ROWS))})}),
        (GOOD,),
    ),
    book(
        "unit-conflict-of-names-that-begin-alike",
        form([[*r[:2], None, *r[3:]] for r in ROWS], unit="PHƯỜNG HOÀI THANH", place="Hoài Thanh"),
        daily(135, ("unit_conflict", "Sheet1!A2"), unit="21667"),
        file="BC Hoai Thanh Tay 16-8.xlsx",
    ),
    book(
        "initials-that-the-content-settles",
        form([[*r[:2], None, *r[3:]] for r in ROWS], unit="PHƯỜNG HOÀI TÂN", place="Hoài Tân"),
        daily(135, unit="21673"),
        file="BC HT 16-8.xlsx",
    ),
    book(
        "all-places-with-their-denominator",
        form(
            [
                [i, place, 800 + 31 * i, 400 + 17 * (i % 4)]
                for i, place in enumerate(HAMLETS, start=1)
            ],
            head=["STT", "Khu phố", "Số người có ĐTTM", "Đã cài Bluezone"],
        ),
        daily(4255, phones=None),  # 4,000 + 17 × (1 + 2 + 3 + 0 + 1 + 2 + 3 + 0 + 1 + 2)
    ),
]

CASES = STANDING
