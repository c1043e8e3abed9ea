"""A report against its past and its neighbours: folders of several days, with their truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.corpus.case import ANYWHERE, OneOf, one_of
from tests.corpus.cases.truths import ZALO
from tests.corpus.makers.word import docx
from tests.corpus.makers.workbooks import xlsx
from tests.corpus.paper import Row, bare, changed, dated, form, name, people, phone

SON, DUC, MY = "21640", "21685", "21682"  # Phường Bồng Sơn, Phường Hoài Đức, Xã Hoài Mỹ
HEADS = {
    SON: {"unit": "PHƯỜNG BỒNG SƠN", "place": "Bồng Sơn"},
    DUC: {"unit": "PHƯỜNG HOÀI ĐỨC", "place": "Hoài Đức"},
    MY: {"unit": "XÃ HOÀI MỸ", "place": "Hoài Mỹ"},
}


@dataclass(frozen=True)
class Arrived:
    """A file, when it came ("17 14:30": the 17th of August), and how it is made."""

    file: str
    at: str
    make: Any


@dataclass(frozen=True)
class State:
    """What is true of a unit on the day: its status, its cumulative installs (persons)."""

    status: str
    numerator: int | None
    reading: str | None = None


@dataclass(frozen=True)
class Days:
    """An inbox of one or more days.

    Attributes:
        day: Of August; the one that is looked at.
        findings: Rule, unit and address of each finding of that day.
        readings: As set in `params/readings.yaml`.
    """

    name: str
    arrived: tuple[Arrived, ...]
    day: int
    expected: Mapping[str, State]
    findings: tuple[tuple[str, str, str] | OneOf, ...] = ()
    allowed: frozenset[str] = frozenset()
    readings: Mapping[str, str] = field(default_factory=dict)


def report(
    day: int, rows: Iterable[Row], *, unit: str = SON, at: str = "", file: str = ""
) -> Arrived:
    """A workbook about a day, come at 14:00 of it unless said otherwise."""
    rows = [[*row[:2], None, *row[3:]] for row in rows]  # places are not the point here
    make = partial(xlsx, form(rows, day=day, **HEADS[unit]))
    return Arrived(file or f"{unit}_{day}-8.xlsx", at or f"{day} 14:00", make)


def counts(day: int, values: Iterable[Any], **kwargs: Any) -> Arrived:
    return report(day, people(values), **kwargs)


def doses(day: int, at: str) -> Arrived:
    """What the same unit sends about vaccination, in the columns of the form."""
    rows = [[i, f"Khu phố {i}", 10 * i, 100 + i] for i in range(1, 5)]
    head = [["UBND PHƯỜNG BỒNG SƠN"], ["KẾT QUẢ TIÊM VẮC XIN"], [dated(day)]]
    make = partial(xlsx, [*head, ["STT", "Khu phố", "Trong ngày", "Lũy kế"], *rows])
    return Arrived(f"BC Bong Son {day}-8.xlsx", at, make)


def others(day: int, values: Iterable[Any], **kwargs: Any) -> Arrived:
    """Counts of other persons than those of `counts`."""
    rows = [[i, name(60 + i), None, phone(60 + i), v] for i, v in enumerate(values, start=1)]
    return report(day, rows, **kwargs)


def listed(day: int, persons: Iterable[int], **kwargs: Any) -> Arrived:
    """A list of persons (by number) with nothing under Lũy kế."""
    rows = [[i, name(p), None, phone(p), None] for i, p in enumerate(persons, start=1)]
    return report(day, rows, **kwargs)


def at(rule: str, day: int, unit: str = SON) -> tuple[str, str, str]:
    """A finding of the whole file of that day."""
    return rule, unit, f"{unit}_{day}-8.xlsx"


def message(day: int, said: str, *, unit: str = "phường Bồng Sơn", at: str = "") -> Arrived:
    """A message about a day from a chat."""
    text = f"UBND {unit} báo cáo ngày {day}/8: {said}"
    return Arrived(f"{unit} {day}-8.txt", at or f"{day} 14:00", text.encode)


ON_TIME = "on_time"
BASE = [45, 38, 52]  # 135


def steady(unit: str = SON) -> list[Arrived]:
    """Four days that grow by about 30 each: 300, 331, 360, 392."""
    values = [[100, 90, 110], [110, 100, 121], [121, 108, 131], [131, 120, 141]]
    return [counts(16 + i, v, unit=unit) for i, v in enumerate(values)]


CASES = [
    Days(
        "day-alone",
        (counts(16, BASE),),
        16,
        {SON: State(ON_TIME, 135, "per_person"), DUC: State("missing", None)},
    ),
    Days("day-growth-is-no-finding", tuple(steady()), 19, {SON: State(ON_TIME, 392)}),
    Days(
        "day-decrease",
        (counts(16, BASE), counts(17, [45, 38, 40])),
        17,
        {SON: State(ON_TIME, 123)},
        (one_of(at("cumulative_decrease", 17), ("cumulative_decrease", SON, "Sheet1!E12")),),
    ),
    Days(
        "day-jump",
        (*steady(), counts(20, [900, 1120, 1041])),
        20,
        {SON: State(ON_TIME, 3061)},
        (at("jump", 20),),
    ),
    Days(
        "day-jump-at-once-of-a-small-unit-is-none",
        (counts(16, [4, 6, 9]), counts(17, [7, 11, 12])),
        17,
        {SON: State(ON_TIME, 30)},
    ),
    Days(
        "day-copy",
        (counts(16, BASE), counts(17, BASE)),
        17,
        {SON: State("empty", 135)},
        (at("copy_of_yesterday", 17),),
    ),
    Days(
        "day-copy-in-another-format",
        (
            counts(16, BASE),
            Arrived(
                "bc 17-8.docx",
                "17 14:00",
                partial(
                    docx,
                    "UBND PHƯỜNG BỒNG SƠN",
                    dated(17),
                    bare([[*r[:2], None, *r[3:]] for r in people(BASE)]),
                ),
            ),
        ),
        17,
        {SON: State("empty", 135)},
        (("copy_of_yesterday", SON, "bc 17-8.docx"),),
    ),
    Days(
        "day-same-sum-of-other-counts-is-no-copy",
        (counts(16, BASE), counts(17, [46, 38, 51])),
        17,
        {SON: State(ON_TIME, 135)},
    ),
    Days(
        "day-over-the-denominator",
        (counts(16, [4045, 3038, 4052]),),
        16,
        {SON: State(ON_TIME, 11135)},
        (("over_denominator", SON, ANYWHERE),),
    ),
    Days(
        "day-late",
        (counts(16, BASE, at="16 15:30"),),
        16,
        {SON: State("late", 135)},
        (at("late", 16),),
    ),
    Days(
        "day-at-the-minute-is-late",
        (counts(16, BASE, at="16 15:00"),),
        16,
        {SON: State("late", 135)},
        (at("late", 16),),
    ),
    Days(
        "day-corrected-later",  # the status by the first, the figures by the newest
        (
            counts(16, BASE, file="mot.xlsx"),
            counts(16, [45, 38, 60], at="16 18:00", file="hai.xlsx"),
        ),
        16,
        {SON: State(ON_TIME, 143)},
        (("superseded", SON, "mot.xlsx"),),
    ),
    Days(
        "day-carried-forward",
        (counts(16, BASE), others(17, [10, 20, 31], unit=DUC)),
        17,
        {SON: State("missing", 135), DUC: State(ON_TIME, 61)},
    ),
    Days(
        "day-unreadable",
        (Arrived("BC Bong Son 16-8.xlsx", "16 14:00", lambda: b"PK\3\4" + b"\7" * 90),),
        16,
        {SON: State("unreadable", None)},
        (("file_unreadable", SON, "BC Bong Son 16-8.xlsx"),),
    ),
    Days(
        "day-on-another-subject",  # received, and neither a report nor an empty one
        (
            counts(16, BASE),
            doses(16, at="16 14:30"),
            doses(17, at="17 14:00"),
        ),
        17,
        {SON: State("unreadable", 135)},
        (("subject_other", SON, "Sheet1!A2"),),
    ),
    Days(
        "day-empty-form",
        (report(16, []),),
        16,
        {SON: State("empty", None)},
        (("empty_report", SON, "Sheet1!E9"),),
    ),
    Days(
        "day-phone-in-two-units",
        (
            counts(16, BASE),
            report(
                16,
                changed(
                    [[i, name(50 + i), None, phone(50 + i), 10 * i] for i in (3, 1, 4)],
                    (1, 3, phone(0)),
                ),
                unit=DUC,
            ),
        ),
        16,
        {SON: State(ON_TIME, 135), DUC: State(ON_TIME, 80)},
        (one_of(*(("phone_in_two_units", unit, ANYWHERE) for unit in (SON, DUC))),),
    ),
    Days(
        "day-phones-of-one-unit-each-day-are-its-own",
        (counts(16, BASE), counts(17, [46, 40, 55])),
        17,
        {SON: State(ON_TIME, 141)},
    ),
    Days(
        "day-roster-of-today",
        (listed(16, range(12)), listed(17, range(12, 20))),
        17,
        {SON: State(ON_TIME, 20, "roster_today")},
        (("reading_from_history", SON, ANYWHERE),),
    ),
    Days(
        "day-roster-so-far",
        (listed(16, range(12)), listed(17, range(15))),
        17,
        {SON: State(ON_TIME, 15, "roster_all")},
    ),
    Days(
        "day-increment-for-a-cumulative",
        (counts(16, [45, 38, 52, 60]), counts(17, [5, 3, 6, 2])),
        17,
        {SON: State(ON_TIME, 211, "increment")},  # 195 + 16
        (("reading_from_history", SON, ANYWHERE),),
        frozenset({"reading_low_confidence", "cumulative_partial"}),
    ),
    Days(
        "day-one-correction-is-no-increment",
        (counts(16, [45, 38, 52, 60]), counts(17, [46, 40, 50, 63])),
        17,
        {SON: State(ON_TIME, 199, "per_person")},
    ),
    Days(
        "day-running-goes-on",
        (counts(16, range(5401, 5421)), report(17, people(range(5421, 5441), first=1))),
        17,
        {SON: State(ON_TIME, 5440, "running")},
    ),
    Days(
        "day-reading-set-by-the-analyst",
        (listed(16, range(12)), listed(17, range(10, 18))),
        17,
        {SON: State(ON_TIME, 18, "roster_today")},  # 12 and the six new ones
        (),
        frozenset({"reading_from_history", "reading_low_confidence", "cumulative_partial"}),
        {SON: "roster_today"},
    ),
    Days(
        "day-by-message",
        (
            counts(16, [1800, 1700, 1900]),
            Arrived("zalo.txt", "17 14:00", lambda: ZALO.replace("16/8", "17/8").encode()),
        ),
        17,
        {SON: State(ON_TIME, 5432, "ratio")},
        (),
        frozenset({"reading_from_history"}),
    ),
    Days(
        "day-three-units-by-their-folders",
        tuple(
            Arrived(
                f"17-8/{place}/bao cao.xlsx",
                "17 13:00",
                partial(xlsx, bare([[*r[:2], None, *r[3:]] for r in people(values)])),
            )
            for place, values in (("Bồng Sơn", BASE), ("Hoài Mỹ", [10, 20, 31]))
        ),
        17,
        {SON: State(ON_TIME, 135), MY: State(ON_TIME, 61), DUC: State("missing", None)},
        (),
        frozenset({"phone_in_two_units"}),
    ),
    Days(
        "day-nil-by-message",
        (counts(16, BASE), message(17, "không phát sinh")),
        17,
        {SON: State(ON_TIME, 135, "nil")},
        (("nil_report", SON, "line 1"),),
    ),
    Days(
        "day-nil-in-the-form",
        (message(16, "lũy kế 5.432"), report(17, [[1, "Không phát sinh", None, None, None]])),
        17,
        {SON: State(ON_TIME, 5432, "nil")},
        (("nil_report", SON, ANYWHERE),),
    ),
    Days(
        "day-nil-twice-and-counts-again",
        (
            counts(16, BASE),
            message(17, "như hôm qua"),
            message(18, "giữ nguyên"),
            counts(19, [46, 40, 55]),
        ),
        19,
        {SON: State(ON_TIME, 141, "per_person")},
    ),
    Days(
        "day-nil-between-increments",  # 195 + 16, nothing, + 10
        (
            counts(16, [45, 38, 52, 60]),
            counts(17, [5, 3, 6, 2]),
            message(18, "không phát sinh"),
            counts(19, [4, 1, 3, 2]),
        ),
        19,
        {SON: State(ON_TIME, 221, "increment")},
        (("reading_from_history", SON, ANYWHERE),),
        frozenset({"reading_low_confidence"}),
    ),
    Days(
        "day-nil-of-a-unit-without-a-past",
        (message(16, "như hôm qua", unit="xã Hoài Mỹ"),),
        16,
        {MY: State(ON_TIME, None)},
        (("cumulative_unknown", MY, "line 1"), ("nil_report", MY, "line 1")),
    ),
    Days(
        "day-nil-with-another-number",
        (counts(16, BASE), message(17, "vẫn 140")),
        17,
        {SON: State(ON_TIME, 140, "nil")},
        (("nil_contradicted", SON, "line 1"),),
    ),
    Days(
        "day-nil-after-the-days-figure",
        (counts(16, BASE), counts(17, [46, 40, 55]), message(17, "không tăng nữa", at="17 14:30")),
        17,
        {SON: State(ON_TIME, 141, "per_person")},
        (("superseded", SON, "phường Bồng Sơn 17-8.txt"),),
    ),
]
