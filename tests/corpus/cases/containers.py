"""Reports inside e-mails and archives, beside what is no report."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import ANYWHERE, DAY, Case, daily, nothing, one_of, whole
from tests.corpus.cases.truths import (
    BOOK,
    CSV,
    GOOD,
    KNOWN,
    MINE,
    OFF_TABLE,
    RATIO,
    TABLE,
    ZALO,
    off,
    text,
)
from tests.corpus.makers.compound import compound
from tests.corpus.makers.delimited import delimited
from tests.corpus.makers.mail import archive, eml
from tests.corpus.makers.word import (
    docx,
)
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import (
    FILE,
    bare,
    dated,
    form,
    people,
)

MAIL = "thu.eml"

OTHER = form(people([10, 20]), unit="PHƯỜNG HOÀI ĐỨC", place="Hoài Đức")
THEIRS = daily(30, unit="21685", phones=2, allowed=("place_unknown",))

CONTAINERS = [
    Case("eml-base64", MAIL, lambda: eml("Kính gửi báo cáo.", {FILE: BOOK()}), (MINE,)),
    Case(
        "eml-quoted-printable",
        MAIL,
        lambda: eml("Gửi.", {CSV: delimited(OFF_TABLE, by=";")}, transfer="quoted-printable"),
        (off("line 3, column 4", "line 4, column 5"),),
    ),
    Case(
        "eml-name-in-an-encoded-word",  # unit and day by the attachment's name alone
        MAIL,
        lambda: eml("Gửi.", {"BC phường Bồng Sơn 16-8.xlsx": xlsx(TABLE)}, names="rfc2047"),
        (GOOD,),
    ),
    Case(
        "eml-name-by-rfc-2231",
        MAIL,
        lambda: eml("Gửi.", {"BC phường Bồng Sơn 16-8.xlsx": xlsx(TABLE)}),
        (GOOD,),
    ),
    Case(
        "eml-a-damaged-attachment",
        MAIL,
        lambda: eml("Gửi.", {FILE: BOOK()[:900]}),
        (nothing(whole("file_unreadable", FILE), **KNOWN),),
    ),
    Case("eml-a-report-in-its-text", MAIL, lambda: eml(ZALO, {}), (RATIO,)),
    Case(
        "eml-two-attachments-and-a-signature",
        MAIL,
        lambda: eml("Gửi.", {FILE: BOOK(), "BC Hoai Duc 16-8.xlsx": xlsx(OTHER)}),
        (MINE, THEIRS),
    ),
    Case(
        "eml-of-nothing",
        MAIL,
        lambda: eml("Dạ em gửi báo cáo ạ.", {}),
        (nothing(one_of(("form_unknown", ANYWHERE), ("empty_report", ANYWHERE))),),
    ),
    Case(
        "eml-with-a-zip",
        MAIL,
        lambda: eml("Gửi.", {"bao cao.zip": archive({FILE: BOOK()})}),
        (MINE,),
    ),
    Case(
        "zip-of-three-formats",
        "cac xa 16-8.zip",
        lambda: archive(
            {
                "BC Bong Son.xlsx": BOOK(),
                "BC Hoai Duc.docx": docx(
                    *(line[0] for line in OTHER[:2]), dated(16), bare(people([10, 20]))
                ),
                "BC Hoai My.txt": text(
                    "UBND xã Hoài Mỹ báo cáo đến 15h ngày 16/8: lũy kế 2.700/6.750"
                ),
            }
        ),
        (MINE, THEIRS, daily(2700, unit="21682", phones=None, reading="ratio")),
    ),
    Case(
        "zip-in-a-zip",
        "a.zip",
        lambda: archive({"Bồng Sơn.zip": archive({"ngày 16-8/BC.xlsx": xlsx(TABLE)})}),
        (GOOD,),
    ),
    Case(
        "zip-too-deep",
        "a.zip",
        lambda: archive({"b.zip": archive({"c.zip": archive({FILE: BOOK()})})}),
        (
            nothing(
                one_of(
                    *(
                        (rule, name)
                        for rule in ("file_unreadable", "form_unknown")
                        for name in ("a.zip", "b.zip", "c.zip")
                    )
                )
            ),
        ),
    ),
    Case(
        "zip-folders-say-unit-and-day",
        "a.zip",
        lambda: archive({"16-8/Phường Bồng Sơn/bao cao.xlsx": xlsx(TABLE)}),
        (GOOD,),
    ),
    Case(
        "zip-with-junk-beside-a-report",
        "a.zip",
        lambda: archive(
            {
                "~$BC Bong Son 16-8.xlsx": b"\5user" + b" " * 160,
                "Thumbs.db": compound({"Catalog": b"\0" * 100}),
                "__MACOSX/._BC.xlsx": b"\0\5\26\7",
                "BC.lnk": b"L\0\0\0" + b"\1" * 80,
                "desktop.ini": b"[.ShellClassInfo]",
                FILE: BOOK(),
            }
        ),
        (MINE,),
    ),
    Case(
        "zip-one-member-damaged",
        "a.zip",
        lambda: archive({"BC Hoai Duc 16-8.xlsx": BOOK()[:700], FILE: BOOK()}),
        (nothing(whole("file_unreadable", "BC Hoai Duc 16-8.xlsx"), unit="21685", day=DAY), MINE),
    ),
    Case(
        "zip-empty",
        "a.zip",
        partial(archive, {}),
        (nothing(one_of(whole("empty_report", "a.zip"), whole("form_unknown", "a.zip"))),),
    ),
]

CASES = CONTAINERS
