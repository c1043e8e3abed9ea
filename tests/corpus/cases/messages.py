"""Reports pasted from Zalo: a message, many, and some that are none."""

from __future__ import annotations

from functools import partial

from tests.corpus.case import Case, daily, nothing, once, one_of, whole
from tests.corpus.cases.truths import (
    RATIO,
    ZALO,
    text,
)
from tests.corpus.paper import (
    ANSWERS,
    form01,
)

MESSAGES = [
    Case("zalo-one-message", "zalo.txt", partial(text, ZALO), (RATIO,)),
    Case(
        "zalo-many-messages",
        "zalo 16-8.txt",
        partial(
            text,
            ZALO,
            "",
            "UBND phường Hoài Đức báo cáo đến 15h ngày 16/8: lũy kế 3.210/7.169, đạt 44,8%",
            "",
            "UBND xã Hoài Mỹ báo cáo đến 15h ngày 16/8: lũy kế 2.700/6.750, đạt 40%",
        ),
        (
            RATIO,
            daily(3210, unit="21685", phones=None, reading="ratio"),
            daily(2700, unit="21682", phones=None, reading="ratio"),
        ),
    ),
    Case(
        "zalo-many-messages-without-blank-lines",
        "zalo.txt",
        partial(
            text,
            ZALO,
            "P. Hoài Đức báo cáo đến 15h ngày 16/8: lũy kế 3.210/7.169, đạt 44,8%",
        ),
        (RATIO, daily(3210, unit="21685", phones=None, reading="ratio")),
    ),
    Case(
        "zalo-with-senders-and-times",
        "zalo.txt",
        partial(
            text,
            "[14:32, 16/8/2021] VHXH Bồng Sơn:",
            ZALO,
            "[14:40, 16/8/2021] Văn phòng Hoài Đức:",
            "UBND phường Hoài Đức báo cáo đến 15h ngày 16/8: lũy kế 3.210/7.169, đạt 44,8%",
        ),
        (RATIO, daily(3210, unit="21685", phones=None, reading="ratio")),
    ),
    Case(
        "zalo-a-message-of-lines",
        "zalo.txt",
        partial(
            text,
            "UBND PHƯỜNG HOÀI ĐỨC",
            "Báo cáo số liệu cài đặt Bluezone đến 15h00 ngày 16/8/2021:",
            "- Trong ngày: 45",
            "- Lũy kế: 3.210",
        ),
        (daily(3210, unit="21685", phones=None, new=45, reading="total"),),
    ),
    Case(
        "zalo-a-count-alone",
        "zalo.txt",
        partial(text, "Xã Hoài Sơn báo cáo ngày 16/8/2021: lũy kế cài đặt Bluezone 1.234 người."),
        (daily(1234, unit="21643", phones=None, reading="total"),),
    ),
    Case(
        "zalo-without-diacritics",
        "zalo.txt",
        partial(
            text, "UBND phuong Bong Son bao cao den 15h ngay 16/8: luy ke 5432/10130, dat 53,6%"
        ),
        (RATIO,),
    ),
    Case(
        "zalo-a-count-that-is-no-number",
        "zalo.txt",
        partial(text, "UBND xã Hoài Sơn báo cáo đến 15h ngày 16/8/2021: lũy kế hơn nghìn người"),
        (daily(None, ("number_unreadable", "line 1"), unit="21643", phones=None),),
    ),
    Case(
        "zalo-a-share-that-contradicts-its-numbers",
        "zalo.txt",
        partial(text, ZALO.replace("53,6%", "63,6%")),
        (daily(5432, ("total_mismatch", "line 1"), phones=None, reading="ratio"),),
    ),
    Case(
        "zalo-a-rate-alone",
        "zalo.txt",
        partial(text, "UBND phường Bồng Sơn báo cáo đến 15h ngày 16/8: tỷ lệ cài đặt đạt 42,85%"),
        (daily(4341, ("percent_only", "line 1"), phones=None, reading="percent"),),
    ),
    Case(
        "zalo-initials-of-several-units",
        "zalo.txt",
        partial(text, "HT báo cáo đến 15h ngày 16/8: lũy kế 2.500/6.918"),
        (daily(2500, ("unit_ambiguous", "line 1"), unit=None, phones=None),),
    ),
    Case(
        "zalo-talk-that-is-no-report",
        "zalo.txt",
        partial(text, "Dạ em gửi báo cáo ạ", "Cảm ơn các anh chị nhé!"),
        (nothing(one_of(whole("form_unknown", "zalo.txt"), ("form_unknown", "line 1"))),),
    ),
    Case(
        "txt-mau-01",
        "mau 01.txt",
        partial(text, *form01()),
        (once(45, 43, 40),),
    ),
    Case(
        "txt-mau-01-mistake",
        "mau 01.txt",
        partial(text, *form01([*ANSWERS[:4], "44"])),
        (once(45, 43, 44, ("numerator_over_denominator", "line 12")),),
    ),
]

CASES = MESSAGES
