"""A week of four communes, drawn up by hand: what came, and when.

Owners: An Bình 100, Bình Minh 200, Cát Tường 50, Đông Hải 400, in all 750. Reports are due from the
16th to the 22nd before 15:00; the targets are 60 % (450) by the 20th and 90 % (675) by the 24th.

| day | An Bình     | Bình Minh     | Cát Tường       | Đông Hải            | in all            |
|-----|-------------|---------------|-----------------|---------------------|-------------------|
| 16  | 40          | 100           | 20              | 200                 | 360               |
| 17  | 44          | 104           | on the 20th: 22 | 210                 | 358 + 20, 380     |
| 18  | 48          | nothing, ever | 24              | 2200 for 220        | 2376, then 396    |
| 19  | 42, a fall  | 112           | 26              | 18th again; 230     | 410               |
| 20  | 50          | 1160 for 116  | 28              | 240                 | 1478, then 434    |
| 21  | 54          | 120           | 44, and it is   | 250                 | 468               |
| 22  | 58          | nothing yet   | 45              | 260                 | 483               |

Đông Hải's typing error is put right by a report sent again on the 19th, Bình Minh's by an entry of
the 21st; An Bình's fall is overtaken on the 20th (50 > 48); Cát Tường's jump is confirmed by an
entry of the 22nd.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from briefing.params import Campaign
from briefing.tables import Day, build
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG, correction, day, moment, report

CAMPAIGN = (
    tiny.CAMPAIGN.replace("to: 2021-08-19", "to: 2021-08-22")
    .replace("date: 2021-08-20", "date: 2021-08-24")
    .replace("date: 2021-08-18", "date: 2021-08-20")
)
FIGURES = {
    AN: {16: 40, 17: 44, 18: 48, 19: 42, 20: 50, 21: 54, 22: 58},
    BINH: {16: 100, 17: 104, 19: 112, 20: 1160, 21: 120},
    CAT: {16: 20, 18: 24, 19: 26, 20: 28, 21: 44, 22: 45},
    DONG: {16: 200, 17: 210, 18: 2200, 19: 230, 20: 240, 21: 250, 22: 260},
}
SENT = (
    *(
        report(unit, about, f"{about} 14:00", numerator)
        for unit, days in FIGURES.items()
        for about, numerator in days.items()
    ),
    report(CAT, 17, "20 09:00", 22),
    report(DONG, 18, "19 08:00", 220),
)
ENTRIES = (
    correction(1, unit_code=BINH, report_date=day(20), found=1160, value=116, when=day(21)),
    correction(2, unit_code=CAT, report_date=day(21), found=44, value=44, when=day(22)),
)


def campaign(folder: Path) -> Campaign:
    return Campaign.load(tiny.params_folder(folder / "params", CAMPAIGN)).corrected(ENTRIES)


def known(about: Campaign, number: int, clock: str = "23:59") -> tuple[Day, Day]:
    """A day as it was known at a moment of it, and the day before as it was known at its end."""
    return at(about, number, clock), at(about, number - 1)


def at(about: Campaign, number: int, clock: str = "23:59") -> Day:
    """A day as it was known at a moment of it."""
    end = f"{number} {clock}"
    return build(tiny.view(*SENT, as_of=end), about, day(number), as_of=_local(end))


def _local(at: str) -> datetime:
    return moment(at).to_pydatetime()
