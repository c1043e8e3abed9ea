"""Corrections as data: what is wrong in a report, what is right, why, by whom, since when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.files import Strict, checked, load_yaml
from briefing.params.names import code_of

if TYPE_CHECKING:
    from briefing.params.campaign import Campaign

FILE = "corrections.yaml"
REJECT = "reject"
DAILY = ("installs_cumulative", "installs_new")
ONCE = ("staff_total", "staff_smartphone", "staff_installed")
IDENTITY = ("report_date", "unit_code")
Column = Literal[
    "installs_cumulative", "installs_new", "report_date", "unit_code",
    "staff_total", "staff_smartphone", "staff_installed",
]  # fmt: skip
Day = date  # a field of an entry is called date
Value = int | date | str | None
PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)")


@dataclass(frozen=True)
class Correction:
    """One entry of `corrections.yaml`, checked.

    Attributes:
        entry: Its place in the file, from 1.
        file: Path in the inbox, or the name alone; "" where unit and day say which report.
        unit_code: Of the unit or agency; `None` where only the file is named.
        report_date: The day that the report is about, as it is read after corrections of days.
        column: Which fact is wrong; `None` where the whole report is set aside.
        found: The wrong value as it was; compared only if `found_given`.
        value: The right one: persons, a day or a code; `None` sets the report aside.
        by: Who corrected it: a role or initials.
        when: Since when it is known: a day, or a moment with its time zone.
        tz: Time zone of a `when` that is a day.
    """

    entry: int
    file: str
    unit_code: str | None
    report_date: date | None
    column: str | None
    found: Value
    found_given: bool
    value: Value
    reason: str
    by: str
    when: date | datetime
    tz: ZoneInfo

    @property
    def sets_aside(self) -> bool:
        """Whether the report is not to be used at all."""
        return self.value is None

    @property
    def confirms(self) -> bool:
        """Whether the sender has been asked, and what the report says is right."""
        return self.found_given and self.found is not None and self.found == self.value

    @property
    def known_from(self) -> datetime:
        """The moment from which it counts; one dated by its day alone counts all that day."""
        return self.when if isinstance(self.when, datetime) else self._at(time.min)

    @property
    def known_by(self) -> datetime:
        """The moment up to which its author may have seen reports."""
        return self.when if isinstance(self.when, datetime) else self._at(time.max)

    def _at(self, clock: time) -> datetime:
        return datetime.combine(self.when, clock, tzinfo=self.tz)

    def to_record(self) -> dict[str, Any]:
        """The entry as the file has it, in plain JSON types; `parse_corrections` reads it."""
        record: dict[str, Any] = {
            "file": self.file,
            "unit": self.unit_code or "",
            "date": self.report_date.isoformat() if self.report_date else None,
            "column": self.column,
            "value": _plain(self.value),
            "reason": self.reason,
            "by": self.by,
            "when": self.when.isoformat(),
        }
        return record | ({"found": _plain(self.found)} if self.found_given else {})


def _plain(value: Value) -> int | str | None:
    return value.isoformat() if isinstance(value, date) else value


def read_corrections(path: Path, campaign: Campaign) -> tuple[Correction, ...]:
    """The corrections of a params folder; none where the file is missing or empty.

    Raises:
        ParamsError: Names the entry, key, value, and what is known.
    """
    content = load_yaml(path) if path.exists() else None
    if isinstance(content, dict) and set(content) == {"corrections"}:
        content = content["corrections"]
    entries = [] if content is None else content
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ParamsError(
            _(
                "{file}: must hold a list of entries, each with lines “key: value”. "
                "Nothing was run.",
                file=path,
            )
        )
    return parse_corrections(entries, campaign, where=path)


def parse_corrections(
    entries: Sequence[Mapping[str, Any]], campaign: Campaign, *, where: object
) -> tuple[Correction, ...]:
    """Entries as the file has them, each checked against the campaign.

    Raises:
        ParamsError: See `read_corrections`.
    """
    return tuple(
        checked(
            _Entry,
            {str(key): value for key, value in entry.items()},
            where=_("{file}, entry {n}", file=where, n=number),
            context=campaign,
        ).correction(number, campaign)
        for number, entry in enumerate(entries, start=1)
    )


class _Entry(Strict):
    """An entry as the analyst writes it. Validated with the campaign as its context."""

    column: Column | None = None
    file: str = ""
    unit: str = ""
    date: Day | None = Field(None, validate_default=True)
    found: Any = None
    value: Any = ...
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    when: Day | datetime

    @field_validator("file")
    @classmethod
    def _with_forward_slashes(cls, value: str) -> str:
        return value.strip().replace("\\", "/").removeprefix("inbox/")

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, value: str, info: ValidationInfo) -> str:
        if not value.strip():
            return ""
        code = code_of(value, info.context)
        wrong_form = DAILY if _reports_once(code, info.context) else ONCE
        if info.data.get("column") in wrong_form:
            raise ValueError("the reports of this unit have no such figure")
        return code

    @field_validator("date", mode="before")
    @classmethod
    def _iso_day(cls, value: Any, info: ValidationInfo) -> Day | None:
        if value is not None:
            return _day(value)
        file, unit = info.data.get("file"), info.data.get("unit")
        if file == "" and unit is not None and not _reports_once(unit, info.context):
            raise ValueError("give the unit and the date of its report, or the file")
        return None

    @field_validator("when", mode="before")
    @classmethod
    def _iso_moment(cls, value: Any, info: ValidationInfo) -> Day | datetime:
        return _moment(value, info.context.tz)

    @field_validator("reason", "by")
    @classmethod
    def _without_a_phone(cls, value: str) -> str:
        if PHONE.search(value):
            raise ValueError("a phone number is personal data: leave it out")
        return value

    @field_validator("value")
    @classmethod
    def _right(cls, value: Any, info: ValidationInfo) -> Value:
        column = info.data.get("column")
        if value is None or value == REJECT:
            return None
        if "column" not in info.data:
            return None
        if column is None:
            raise ValueError("say in “column” which figure is meant, or write value: reject")
        if column == "unit_code":
            return code_of(str(value), info.context)
        right = _of_column(column, value)
        dates = info.context.dates
        if column == "report_date" and not dates.start <= right <= dates.end:
            raise ValueError(
                _("the campaign runs from {start} to {end}", start=dates.start, end=dates.end)
            )
        return right

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

    def correction(self, number: int, campaign: Campaign) -> Correction:
        return Correction(
            entry=number,
            file=self.file,
            unit_code=self.unit or None,
            report_date=self.date,
            column=self.column,
            found=self.found,
            found_given="found" in self.model_fields_set,
            value=self.value,
            reason=" ".join(self.reason.split()),
            by=" ".join(self.by.split()),
            when=self.when,
            tz=campaign.tz,
        )


def _reports_once(code: str, campaign: Campaign) -> bool:
    return any(row.agency_code == code for row in campaign.agency_rows)


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
