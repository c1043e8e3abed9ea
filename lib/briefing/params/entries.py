"""What an entry of corrections.yaml may say, checked against the campaign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator, model_validator

from briefing.messages import _
from briefing.params.files import InboxPath, Strict
from briefing.params.roster import Roster

REJECT, NOT_A_REPORT = "reject", "not_a_report"
COUNTED = "numerator_cumulative"
DAILY = (COUNTED, "numerator_new")
ONCE = ("staff_total", "staff_denominator", "staff_numerator")
IDENTITY = ("report_date", "unit_code")
Column = Literal[
    "numerator_cumulative", "numerator_new", "report_date", "unit_code",
    "staff_total", "staff_denominator", "staff_numerator",
]  # fmt: skip
Figure = tuple[str, str]
"""The code of an indicator and what is told of it; of a body that reports once the first one's."""
Day = date  # a field of an entry is called date
Value = int | date | str | None
PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)")
HASH = re.compile(r"[0-9a-f]{16,64}")


def _roster(info: ValidationInfo) -> Roster:
    """The campaign, which each entry is validated with."""
    assert info.context is not None
    return info.context


class Signed(Strict):
    """Why, by whom, since when: what every entry says. Validated with the campaign as context."""

    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    when: Day | datetime

    @field_validator("when", mode="before")
    @classmethod
    def _iso_moment(cls, value: Any, info: ValidationInfo) -> Day | datetime:
        return _moment(value, _roster(info).tz)

    @field_validator("reason", "by", "told_by", check_fields=False)
    @classmethod
    def _without_a_phone(cls, value: str) -> str:
        if PHONE.search(value):
            raise ValueError("a phone number is personal data: leave it out")
        return " ".join(value.split())


class Amendment(Signed):
    """A wrong figure put right, or a report or file that is not to be used.

    Attributes:
        indicator: Code of the one that the column, as it is called outside, is of.
    """

    indicator: str = ""
    column: Column | None = None
    file: InboxPath = ""
    sha256: str = ""
    unit: str = ""
    date: Day | None = Field(None, validate_default=True)
    found: Any = None
    value: Any = ...

    @model_validator(mode="before")
    @classmethod
    def _called_inside(cls, values: Any, info: ValidationInfo) -> Any:
        indicator, column = _roster(info).figure_of(values.get("column"))
        return {**values, "column": column, "indicator": indicator}

    @field_validator("sha256")
    @classmethod
    def _hash(cls, value: str) -> str:
        if not HASH.fullmatch(value.strip().lower()):
            raise ValueError("write the first 16 digits of the file's hash, or all 64")
        return value.strip().lower()

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, value: str, info: ValidationInfo) -> str:
        if not value.strip():
            return ""
        code = _roster(info).code_of(value)
        wrong_form = DAILY if _roster(info).reports_once(code) else ONCE
        if info.data.get("column") in wrong_form:
            raise ValueError("the reports of this unit have no such figure")
        return code

    @field_validator("date", mode="before")
    @classmethod
    def _iso_day(cls, value: Any, info: ValidationInfo) -> Day | None:
        if value is not None:
            return _day(value)
        file, unit = info.data.get("file"), info.data.get("unit")
        named = file is None or file or info.data.get("sha256")
        if not named and unit is not None and not _roster(info).reports_once(unit):
            raise ValueError("give the unit and the date of its report, or the file")
        return None

    @field_validator("value")
    @classmethod
    def _right(cls, value: Any, info: ValidationInfo) -> Value:
        column = info.data.get("column")
        if value is None or value == REJECT or "column" not in info.data:
            return None
        if value == NOT_A_REPORT:
            if column or not (info.data.get("file") or info.data.get("sha256")):
                raise ValueError("name the file or its sha256, and no column")
            return NOT_A_REPORT
        if info.data.get("sha256"):
            raise ValueError("a sha256 names a whole file: write value: not_a_report")
        if column is None:
            raise ValueError("say in “column” which figure is meant, or write value: reject")
        if column == "unit_code":
            return _roster(info).code_of(str(value))
        right = _of_column(column, value)
        return _inside(right, _roster(info)) if column == "report_date" else right

    @field_validator("found")
    @classmethod
    def _wrong(cls, value: Any, info: ValidationInfo) -> Value:
        column = info.data.get("column")
        if value is None or "column" not in info.data:
            return None
        if column is None:
            raise ValueError("say in “column” which figure is meant")
        if column == "unit_code":
            return str(value)  # as it was read, be it nobody's name
        return _of_column(column, value)


class PhoneReport(Signed):
    """Figures told by telephone: a report without a file.

    Attributes:
        date: The day that they are about; of a body that reports once there need be none.
        told: Persons, of every indicator that was told of.
        told_by: Who told them: a role.
        received_at: When; without it, `when`.
    """

    unit: str
    date: Day | None = Field(None, validate_default=True)
    told: dict[Figure, int]
    told_by: str = Field(min_length=1)
    received_at: datetime | None = None

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, value: str, info: ValidationInfo) -> str:
        return _roster(info).code_of(value)

    @field_validator("date", mode="before")
    @classmethod
    def _iso_day(cls, value: Any, info: ValidationInfo) -> Day | None:
        if value is None:
            unit = info.data.get("unit")
            if unit is not None and not _roster(info).reports_once(unit):
                raise ValueError("give the day that the figure is about")
            return None
        return _inside(_day(value), _roster(info))

    @field_validator("told", mode="before")
    @classmethod
    def _figures(cls, value: Any, info: ValidationInfo) -> dict[Figure, int]:
        if not isinstance(value, dict) or "unit" not in info.data:
            raise ValueError("write the figures one below the other, each as “name: number”")
        roster = _roster(info)
        first = roster.indicators[0].code
        figures = {(code or first, name): n for label, n in value.items()
                   for code, name in [roster.figure_of(str(label))]}  # fmt: skip
        reports_once = roster.reports_once(info.data["unit"])
        counts = [(one.code, COUNTED) for one in roster.indicators]
        known = [(first, name) for name in ONCE] if reports_once else counts
        needed = [(first, "staff_numerator")] if reports_once else counts
        if not set(needed) & set(figures) or not set(figures) <= set(known):
            raise ValueError(
                _(
                    "needed: {needed}; known: {known}",
                    needed=" / ".join(_names(roster, needed)),
                    known=", ".join(_names(roster, known)),
                )
            )
        return {figure: _of_column(figure[1], persons) for figure, persons in figures.items()}

    @field_validator("received_at", mode="before")
    @classmethod
    def _with_a_time(cls, value: Any, info: ValidationInfo) -> datetime | None:
        moment = None if value is None else _moment(value, _roster(info).tz)
        if moment is not None and not isinstance(moment, datetime):
            raise ValueError("write the time too, such as 2021-08-17T14:20")
        return moment


def _names(roster: Roster, figures: Iterable[Figure]) -> list[str]:
    """Figures as the file has them."""
    return [replace(roster.naming, indicator=code).outside(name) for code, name in figures]


def _inside(day: date, roster: Roster) -> date:
    dates = roster.dates
    if not dates.start <= day <= dates.end:
        raise ValueError(
            _("the campaign runs from {start} to {end}", start=dates.start, end=dates.end)
        )
    return day


def _of_column(column: str, value: Any) -> Any:
    if column == "report_date":
        return _day(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("write a whole number of persons in digits alone, as in 5432")
    return value


def _day(value: Any) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            value = None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("write an ISO date, such as 2021-08-16")


def _moment(value: Any, tz: ZoneInfo) -> date | datetime:
    """A day, or a moment in the campaign's time zone."""
    if isinstance(value, str):
        try:
            plain_day = len(value.strip()) == len("2021-08-16")
            value = (date if plain_day else datetime).fromisoformat(value.strip())
        except ValueError:
            value = None
    if isinstance(value, datetime):
        return value.astimezone(tz) if value.tzinfo else value.replace(tzinfo=tz)
    if isinstance(value, date):
        return value
    raise ValueError("write an ISO date, or with the time, such as 2021-08-17T09:30")
