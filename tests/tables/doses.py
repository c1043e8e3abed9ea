"""What four wards report of two doses, by age or in all: small enough to add up by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd

from briefing.intake.submission import Submission, Value
from briefing.params import Campaign
from briefing.register.arrivals import Arrival
from briefing.register.names import Names
from briefing.register.view import assemble
from briefing.tables import Day, build
from tests.params.campaigns import A, B, C, D

AGES = ("a5", "a12", "a18")


def report(unit: str, day: int, **counts) -> tuple[Submission, Arrival, None]:
    """What a ward sends: of each dose the total, the three ages, or all with the total first."""
    values = [
        Value(dose, group, "cumulative", value, f"B{n}")
        for dose, given in counts.items()
        for n, (group, value) in enumerate(
            zip(("", *AGES)[-len(given) if len(given) == 3 else 0 :], given, strict=False)
        )
    ]
    total = next((v.value for v in values if (v.indicator, v.group) == ("dose1", "")), None)
    file = f"{day}/{unit}.xlsx"
    own = Submission(
        file, file, form="daily", owed_by="units", unit_code=unit, report_date=date(2022, 5, day),
        reading="total", reading_confidence="high", rows_read=1, rows_used=1, letter=file,
        facts={"numerator_cumulative": total} if total is not None else {},
        sources={"numerator_cumulative": "B0"}, values=tuple(values),
    )  # fmt: skip
    return own, Arrival(file, file, pd.Timestamp(2022, 5, day, 9, tz="Asia/Ho_Chi_Minh")), None


REPORTS = [
    report(A, 9, dose1=[500, 50, 50, 400], dose2=[100]),
    report(B, 9, dose1=[1000, 100, 100, 800], dose2=[20, 20, 160]),
    report(C, 9, dose1=[300]),
    report(A, 10, dose1=[640, 90, 70, 480], dose2=[180]),
    report(B, 10, dose1=[1300, 180, 120, 1000], dose2=[20, 30, 250]),
    report(D, 10, dose1=[2000, 200, 200, 1600], dose2=[800]),
]


def known(
    campaign: Campaign, day: int, reports: Sequence = REPORTS, as_of: datetime | None = None
) -> Day:
    """The tables of a day of May 2022."""
    return build(assemble(reports, Names()), campaign, date(2022, 5, day), as_of=as_of)
