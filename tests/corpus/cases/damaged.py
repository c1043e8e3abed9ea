"""Files from which nothing can be read, or that are not what their name says."""

from __future__ import annotations

import io
import zipfile
from functools import partial

from tests.corpus.case import DAY, UNIT, Case, nothing, one_of, whole
from tests.corpus.cases.truths import (
    BOOK,
    KNOWN,
    LETTERHEAD,
    MINE,
    OFF_TABLE,
    PDF,
    TABLE,
    WORD,
    table_off,
)
from tests.corpus.makers.compound import locked_workbook
from tests.corpus.makers.mail import archive
from tests.corpus.makers.pdf import pdf, photo
from tests.corpus.makers.word import (
    docx,
)
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import (
    FILE,
)


def locked_zip() -> bytes:
    """A zip whose member is marked as encrypted."""
    content = bytearray(archive({FILE: b"secret" * 50}))
    for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(sign) + flags] |= 1
    return bytes(content)


def without(content: bytes, member: str) -> bytes:
    source, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for item in source.namelist():
            if item != member:
                made.writestr(item, source.read(item))
    return stream.getvalue()


def damaged(name: str, rule: str, file: str, make) -> Case:
    """A file that gives one finding, of the whole file; unit and day are in its name."""
    return Case(name, file, make, (nothing(whole(rule, file), **KNOWN),))


DAMAGED = [
    damaged("empty-xlsx", "empty_report", FILE, lambda: b""),
    damaged("empty-txt", "empty_report", "BC Bong Son 16-8.txt", lambda: b"\r\n \r\n"),
    damaged("blank-xlsx", "empty_report", FILE, partial(xlsx, {"Sheet1": []})),
    damaged("blank-docx", "empty_report", WORD, partial(docx, "", "")),
    damaged("locked-xlsx", "file_encrypted", FILE, locked_workbook),
    damaged("locked-zip", "file_encrypted", FILE, locked_zip),
    damaged("truncated-xlsx", "file_unreadable", FILE, lambda: BOOK()[:-400]),
    damaged("truncated-docx", "file_unreadable", WORD, lambda: docx(*LETTERHEAD)[:2000]),
    damaged("truncated-pdf", "file_unreadable", PDF, lambda: pdf(LETTERHEAD, TABLE)[:900]),
    damaged(
        "xlsx-without-its-sheet",
        "file_unreadable",
        FILE,
        lambda: without(BOOK(), "xl/worksheets/sheet1.xml"),
    ),
    damaged("too-large", "file_too_large", FILE, lambda: b"PK\3\4" + bytes(51 << 20)),
    damaged("photo-of-a-report", "file_unreadable", "BC Bong Son 16-8.jpg", photo),
    damaged("photo-renamed-xlsx", "file_unreadable", FILE, partial(photo, "PNG")),
    damaged(
        "a-film",
        "file_unreadable",
        "BC Bong Son 16-8.mp4",
        lambda: b"\0\0\0\x20ftypisom" + bytes(range(256)) * 20,
    ),
    damaged("noise-named-xlsx", "file_unreadable", FILE, lambda: bytes(range(256)) * 8),
    Case(
        "lock-file-of-excel",
        f"~${FILE}",
        lambda: b"\5user" + b" " * 50 + b"u\0s\0e\0r\0" + b" \0" * 50,
        (
            nothing(
                one_of(
                    *(
                        (rule, f"~${FILE}")
                        for rule in ("file_ignored", "file_unreadable", "form_unknown")
                    )
                ),
                unit=one_of(None, UNIT),
                day=one_of(None, DAY),
            ),
        ),
    ),
    Case("xlsx-renamed-xls", "a.xls", BOOK, (MINE,)),
    Case("xlsx-renamed-docx", "a.docx", BOOK, (MINE,)),
    Case("docx-renamed-xlsx", "a.xlsx", partial(docx, *LETTERHEAD, OFF_TABLE), (table_off(),)),
    Case("xlsx-without-an-ending", "a", BOOK, (MINE,)),
    Case("xlsx-in-capitals", "BC BONG SON 16-8.XLSX", BOOK, (MINE,)),
    Case(
        "another-table-is-no-report",
        "danh sach.xlsx",
        partial(xlsx, [["Mã hàng", "Đơn giá", "Thành tiền"], ["A", 5, 10], ["B", 6, 12]]),
        (nothing(whole("form_unknown", "danh sach.xlsx")),),
    ),
    Case(
        "a-letter-is-no-report",
        "cong van.docx",
        partial(docx, "Kính gửi: UBND các xã, phường", "Đề nghị các đơn vị báo cáo đúng thời hạn."),
        (nothing(whole("form_unknown", "cong van.docx")),),
    ),
]

CASES = DAMAGED
