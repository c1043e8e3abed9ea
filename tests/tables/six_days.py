"""Four communes and four agencies over six days, as it could be drawn up on paper.

Owners: An Bình 100, Bình Minh 200, Cát Tường 50, Đông Hải 400. Reports are due from the 16th to
the 21st before 15:00. Targets: 75 % by the 20th, 90 % by the 22nd.

| day | An Bình               | Bình Minh                | Cát Tường         | Đông Hải          |
|-----|-----------------------|--------------------------|-------------------|-------------------|
| 16  | 40 in time            | 100 in time              | 21, late (15:30)  | 200, on the 20th  |
| 17  | 50 in time, 46 at 16h | nothing                  | 6 that day  (27)  | a damaged file    |
| 18  | a copy of the 46      | 130 in time, 120 on 20th | 7 that day  (34)  | 240 in time       |
| 19  | 60 at 15:00 sharp     | 124 in time              | nothing           | 240 in time       |
| 20  | 72 in time            | a form without any row   | 8 that day  (42)  | 262, late (18:00) |
| 21  | nothing               | 190 in time              | 8 that day  (50)  | 250 in time       |

From the 17th on Cát Tường writes each day's installs under Lũy kế, person by person; the number
in brackets is what they come to. At 15:00 of the 19th Đông Hải has said nothing of the 16th yet,
and Bình Minh's 18th is still 130, so that its 124 is a fall; both look otherwise on the 22nd.

| agency                     | sector           | in time is until the end of the 19th           |
|----------------------------|------------------|------------------------------------------------|
| CQ1 Phòng Nội vụ           | Phòng, ban       | 20 of 25 on the 17th, 22 of 25 on the 20th     |
| CQ2 Phòng Tư pháp          | Phòng, ban       | 10 of 10 on the 20th                           |
| CD1 Công ty may Hoa Sen    | Công đoàn cơ sở  | 60 of 80 on the 19th                           |
| CD2 Công ty gỗ Tân Việt    | Công đoàn cơ sở  | nothing                                        |
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.params import Campaign
from briefing.register.view import View
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG, moment, report

NA = pd.NA
OFFICES, UNIONS = "Phòng, ban", "Công đoàn cơ sở"
BODIES = (
    ("CQ1", "Phòng Nội vụ", OFFICES),
    ("CQ2", "Phòng Tư pháp", OFFICES),
    ("CD1", "Công ty may Hoa Sen", UNIONS),
    ("CD2", "Công ty gỗ Tân Việt", UNIONS),
)
THEN, NOW = "19 15:00", "22 09:00"  # the meeting of the 19th; the morning after the last day


@dataclass(frozen=True)
class Sent:
    """A file that came.

    Attributes:
        sender: Code of a commune or an agency.
        about: Day of August; 0 for an agency.
        at: When it came; see `tiny.moment`.
        counts: Of each person; of an agency: staff, with a smartphone, installed. Empty: a form
            without any row; `None`: a damaged file.
    """

    sender: str
    about: int
    at: str
    counts: tuple[int, ...] | None


SENT = (
    Sent(AN, 16, "16 14:00", (25, 15)),
    Sent(BINH, 16, "16 14:30", (60, 40)),
    Sent(CAT, 16, "16 15:30", (10, 7, 4)),
    Sent(DONG, 17, "17 09:00", None),
    Sent(CAT, 17, "17 10:00", (3, 2, 1)),
    Sent(AN, 17, "17 14:00", (30, 20)),
    Sent(AN, 17, "17 16:00", (28, 18)),
    Sent("CQ1", 0, "17 16:10", (30, 25, 20)),
    Sent(CAT, 18, "18 11:00", (2, 4, 1)),
    Sent(DONG, 18, "18 13:00", (120, 80, 40)),
    Sent(AN, 18, "18 14:00", (28, 18)),
    Sent(BINH, 18, "18 14:59", (80, 50)),
    Sent(DONG, 19, "19 09:00", (118, 82, 40)),
    Sent(BINH, 19, "19 12:00", (76, 48)),
    Sent("CD1", 0, "19 14:00", (100, 80, 60)),
    Sent(AN, 19, "19 15:00", (36, 24)),
    Sent(DONG, 16, "20 08:00", (100, 70, 30)),
    Sent("CQ1", 0, "20 09:00", (30, 25, 22)),
    Sent("CQ2", 0, "20 09:30", (12, 10, 10)),
    Sent(BINH, 18, "20 10:00", (75, 45)),
    Sent(BINH, 20, "20 10:30", ()),
    Sent(CAT, 20, "20 14:00", (4, 1, 3)),
    Sent(AN, 20, "20 14:30", (42, 30)),
    Sent(DONG, 20, "20 18:00", (132, 85, 45)),
    Sent(DONG, 21, "21 10:00", (125, 80, 45)),
    Sent(CAT, 21, "21 12:00", (5, 2, 1)),
    Sent(BINH, 21, "21 14:00", (110, 80)),
)


def yaml(shift: int = 0) -> str:
    """The campaign, all its days moved by `shift`."""
    days = {
        "{start: 2021-08-15, end: 2021-08-25}": f"{{start: {_iso(15, shift)}, "
        f"end: {_iso(24, shift)}}}",
        "{from: 2021-08-16, to: 2021-08-19,": f"{{from: {_iso(16, shift)}, to: {_iso(21, shift)},",
        "{coverage: 0.60, date: 2021-08-18}": f"{{coverage: 0.75, date: {_iso(20, shift)}}}",
        "{coverage: 0.90, date: 2021-08-20}": f"{{coverage: 0.90, date: {_iso(22, shift)}}}",
        "{due: 2021-08-19,": f"{{due: {_iso(19, shift)},",
    }
    text = tiny.CAMPAIGN
    for old, new in days.items():
        assert old in text
        text = text.replace(old, new)
    return text


def _iso(number: int, shift: int) -> str:
    return tiny.day(number + shift).isoformat()


def params_folder(folder: Path, *, shift: int = 0, **units: Any) -> Path:
    return tiny.params_folder(folder / "params", yaml(shift), bodies=BODIES, **units)


def campaign(folder: Path, **changed: Any) -> Campaign:
    return Campaign.load(params_folder(folder, **changed))


def paper(*sent: Sent, as_of: str | None = None) -> View:
    """What the register knows of these by `as_of`, each report read as its file alone says."""
    come = [one for one in sent if as_of is None or moment(one.at) <= moment(as_of)]
    lines = [
        {
            "report": number, "cell": f"Sheet1!E{12 + n}", "person": f"{one.sender} {n}",
            "phone": f"{one.sender} phone {n}", "place": f"{n // 2 + 1}", "value": count,
        }
        for number, one in enumerate(come)
        if one.about and one.counts
        for n, count in enumerate(one.counts)
    ]  # fmt: skip
    return View(tiny.reports(*map(record, come)), tiny.rows(*lines), tiny.found())


def record(one: Sent) -> dict[str, Any]:
    if not one.about:
        staff = zip(("total", "denominator", "numerator"), one.counts or (), strict=True)
        facts = {f"staff_{name}": count for name, count in staff}
        return report(one.sender, None, one.at, form="mau01", **facts)
    if one.counts is None:
        return report(one.sender, one.about, one.at, form=None, rows=0)
    return report(
        one.sender, one.about, one.at, sum(one.counts) if one.counts else None,
        rows=len(one.counts), letter=f"{one.sender} {one.counts}" if one.counts else None,
    )  # fmt: skip


# Every cell, worked out by hand

UNITS_THEN = {  # the 19th, as known at 15:00 of that day
    "report_date": [19, 19, 19, 19],
    "unit_code": [AN, BINH, CAT, DONG],
    "unit_name": ["Xã An Bình", "Xã Bình Minh", "Xã Cát Tường", "Xã Đông Hải"],
    "denominator": [100, 200, 50, 400],
    "numerator_cumulative": [60, 124, 34, 240],  # Cát: 21 + 6 + 7
    "numerator_new": [14, -6, NA, 0],  # 60 - 46 (of the 17th), 124 - 130, -, 240 - 240
    "numerator_new_days": [2, 1, NA, 1],
    "coverage": [0.6, 0.62, 0.68, 0.6],  # 60/100, 124/200, 34/50, 240/400
    "coverage_change": [0.14, -0.03, NA, 0.0],  # 14/100, -6/200
    "rank": [3, 2, 1, 3],
    "status": ["late", "on_time", "missing", "on_time"],
    "received_at": ["19 15:00", "19 12:00", None, "19 09:00"],
    "carried_from": [None, None, 18, None],
    "target_coverage": [0.75] * 4,
    "target_date": [20] * 4,
    "numerator_needed": [15, 26, 4, 60],  # 75 - 60, 150 - 124, 38 (37.5) - 34, 300 - 240
    "pace_required": [15.0, 26.0, 4.0, 60.0],  # one day is left: the 20th
    # An 40→46→60 in 3 days; Bình 100→130→124 in 3; Cát 21→27→34 in 2; Đông 240→240 in 1
    "pace_observed": [20 / 3, 8.0, 6.5, 0.0],
    # best days: An 7 (14 over two days) of 15, Bình 15 (30 over two) of 26, Đông 0 of 60
    "outlook": ["out_of_reach", "out_of_reach", "on_track", "out_of_reach"],
    "reading": ["per_person", "per_person", "increment", "per_person"],
}

WHOLE_THEN = {  # the 15th to the 19th, as known at 15:00 of the 19th
    "report_date": [15, 16, 17, 18, 19],
    "denominator": [NA, 350, 350, 750, 750],  # without Đông until its first report
    # 40+100+21; 46+100+27; 46+130+34+240; 60+124+34+240
    "numerator_cumulative": [NA, 161, 173, 450, 458],
    # An 6 + Cát 6 + Bình 15 (half of 30); An 7 (half of 14) + Cát 7 + Bình 15 (Đông's first report
    # is no increase); An 7 - Bình 6 + Đông 0
    "numerator_new": [NA, NA, 27, 29, 1],
    "numerator_new_days": [NA, NA, 1, 1, 1],
    "coverage": [NA, 161 / 350, 173 / 350, 450 / 750, 458 / 750],
    "coverage_change": [NA, NA, 27 / 350, 29 / 350, 1 / 750],  # over those known on both days
    "target_coverage": [0.75] * 5,
    "target_date": [20] * 5,
    "numerator_needed": [NA, 102, 90, 113, 105],  # 263 (262.5) - …; 563 (562.5) - …
    "pace_required": [NA, 102 / 4, 90 / 3, 113 / 2, 105.0],  # days to the 20th
    "pace_observed": [NA, NA, 27.0, 56 / 2, 57 / 3],  # 27; 27 + 29; 27 + 29 + 1
    # the best day, 27 then 29, is less than 30, 56.5 and 105
    "outlook": ["unknown", "unknown", "out_of_reach", "out_of_reach", "out_of_reach"],
    "reports_expected": [0, 4, 4, 4, 4],
    "reports_on_time": [0, 2, 2, 3, 2],  # An, Bình; An, Cát; Bình, Cát, Đông; Bình, Đông
    "reports_late": [0, 1, 0, 0, 1],  # Cát; -; -; An
    "reports_missing": [0, 1, 1, 0, 1],  # Đông; Bình; -; Cát
    "reports_empty": [0, 0, 0, 1, 0],  # An's copy
    "reports_unreadable": [0, 0, 1, 0, 0],  # Đông's damaged file
    "numerator_carried": [NA, 0, 100, 46, 34],  # -; Bình; An; Cát
    "units_counted": [0, 3, 3, 4, 4],
    "reports_not_due": [0] * 5,  # at 15:00 sharp the deadline is past
    # An 7 - 6, Cát 7 - 6, Bình 15 - 15; An 7 - 7, Bình -6 - 15
    "rise_change": [NA, NA, NA, 2, -21],
}

UNITS_NOW = {  # the 21st, as known on the 22nd
    "report_date": [21, 21, 21, 21],
    "unit_code": [AN, BINH, CAT, DONG],
    "unit_name": ["Xã An Bình", "Xã Bình Minh", "Xã Cát Tường", "Xã Đông Hải"],
    "denominator": [100, 200, 50, 400],
    "numerator_cumulative": [72, 190, 50, 250],  # Cát: 42 + 8, everybody
    "numerator_new": [NA, 66, 8, -12],  # -, 190 - 124 (of the 19th), 8, 250 - 262
    "numerator_new_days": [NA, 2, 1, 1],
    "coverage": [0.72, 0.95, 1.0, 0.625],
    "coverage_change": [NA, 0.33, 0.16, -0.03],  # -, 66/200, 8/50, -12/400
    "rank": [3, 2, 1, 4],
    "status": ["missing", "on_time", "on_time", "on_time"],
    "received_at": [None, "21 14:00", "21 12:00", "21 10:00"],
    "carried_from": [20, None, None, None],
    "target_coverage": [0.9] * 4,  # the 20th is past
    "target_date": [22] * 4,
    "numerator_needed": [18, 0, 0, 110],  # 90 - 72, 180 - 190 < 0, 45 - 50 < 0, 360 - 250
    "pace_required": [18.0, 0.0, 0.0, 110.0],  # one day is left: the 22nd
    # An 40→46→60→72 in 1 + 2 + 1 days; Bình 100→120→124→190 in 2 + 1 + 2;
    # Cát 27→34→42→50 in 1 + 2 + 1; Đông 240→240→262→250 in 3
    "pace_observed": [32 / 4, 90 / 5, 23 / 4, 10 / 3],
    # An's best day is 12 of 18, Đông's 22 of 110
    "outlook": ["out_of_reach", "reached", "reached", "out_of_reach"],
    "reading": ["per_person", "per_person", "increment", "per_person"],
}

WHOLE_NOW = {  # the 15th to the 21st, as known on the 22nd
    "report_date": [15, 16, 17, 18, 19, 20, 21],
    "denominator": [NA, 750, 750, 750, 750, 750, 750],
    # 40+100+21+200; 46+100+27+200; 46+120+34+240; 60+124+34+240; 72+124+42+262; 72+190+50+250
    "numerator_cumulative": [NA, 361, 373, 440, 458, 500, 562],
    # An 6 + Bình 10 (half of 20) + Cát 6 + Đông 20 (half of 40); An 7 (half of 14) + Bình 10 +
    # Cát 7 + Đông 20; An 7 + Bình 4 + Cát 4 (half of 8) + Đông 0; An 12 + Bình 33 (half of 66) +
    # Cát 4 + Đông 22; Bình 33 + Cát 8 - Đông 12
    "numerator_new": [NA, NA, 42, 44, 15, 71, 29],
    "numerator_new_days": [NA, NA, 1, 1, 1, 1, 1],
    "coverage": [NA, *(n / 750 for n in (361, 373, 440, 458, 500, 562))],
    "coverage_change": [NA, NA, *(n / 750 for n in (42, 44, 15, 71, 29))],
    "target_coverage": [0.75] * 6 + [0.9],
    "target_date": [20] * 6 + [22],
    "numerator_needed": [NA, 202, 190, 123, 105, 63, 113],  # 563 (562.5) - …; 675 - 562
    "pace_required": [NA, 202 / 4, 190 / 3, 123 / 2, 105.0, NA, 113.0],  # none on the 20th itself
    # 42; 42 + 44; 42 + 44 + 15; 44 + 15 + 71; 15 + 71 + 29
    "pace_observed": [NA, NA, 42.0, 86 / 2, 101 / 3, 130 / 3, 115 / 3],
    # the best day: 42 of 63.3; 44 of 61.5 and 105; the 20th is judged: 500 of 563; 71 of 113
    "outlook": ["unknown", "unknown", *["out_of_reach"] * 3, "missed", "out_of_reach"],
    "reports_expected": [0, 4, 4, 4, 4, 4, 4],
    # An, Bình; An, Cát; Bình, Cát, Đông; Bình, Đông; An, Cát; Bình, Cát, Đông
    "reports_on_time": [0, 2, 2, 3, 2, 2, 3],
    "reports_late": [0, 2, 0, 0, 1, 1, 0],  # Cát, Đông; -; -; An; Đông; -
    "reports_missing": [0, 0, 1, 0, 1, 0, 1],  # Bình; -; Cát; -; An
    "reports_empty": [0, 0, 0, 1, 0, 1, 0],  # An's copy; Bình's form without rows
    "reports_unreadable": [0, 0, 1, 0, 0, 0, 0],
    "numerator_carried": [NA, 0, 300, 46, 34, 124, 72],  # Bình 100 + Đông 200; An; Cát; Bình; An
    "units_counted": [0, 4, 4, 4, 4, 4, 4],
    "reports_not_due": [0] * 7,
    # 44 - 42; 15 - 44; 71 - 15; 29 - 59, without An's 12 of the 20th
    "rise_change": [NA, NA, NA, 2, -29, 56, -30],
}

BODIES_THEN = {  # on the 19th their day is not past yet
    "body_code": ["CQ1", "CQ2", "CD1", "CD2"],
    "body_name": [name for _code, name, _sector in BODIES],
    "sector": [OFFICES, OFFICES, UNIONS, UNIONS],
    "staff_total": [30, NA, 100, NA],
    "staff_denominator": [25, NA, 80, NA],
    "staff_numerator": [20, NA, 60, NA],
    "coverage": [0.8, NA, 0.75, NA],  # 20/25, 60/80
    "qr_posted": [NA] * 4,
    "status": ["on_time", "not_due", "on_time", "not_due"],
    "received_at": ["17 16:10", None, "19 14:00", None],
    "numerator_needed": [5, NA, 20, NA],  # everybody with a smartphone: 25 - 20, 80 - 60
}

BODIES_NOW = BODIES_THEN | {
    "staff_total": [30, 12, 100, NA],
    "staff_denominator": [25, 10, 80, NA],
    "staff_numerator": [22, 10, 60, NA],  # CQ1 corrected: in time by its first report
    "coverage": [0.88, 1.0, 0.75, NA],
    "status": ["on_time", "late", "on_time", "missing"],
    "received_at": ["17 16:10", "20 09:30", "19 14:00", None],
    "numerator_needed": [3, 0, 20, NA],
}
