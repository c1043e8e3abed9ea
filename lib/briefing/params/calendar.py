"""When reports are due: every day, every week on one weekday, or once; and what follows from it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from briefing.params.files import Strict

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def _in_quotes(value: Any) -> Any:
    if isinstance(value, int | float):  # YAML reads 15:00 as 900, which would be 00:15
        raise ValueError("write it in quotes, as in “15:00”")
    return value


Clock = Annotated[time, BeforeValidator(_in_quotes)]


class ChangedDeadline(Strict):
    """Another deadline, for the reports about a day and those after it."""

    first: date = Field(alias="from")
    deadline: Clock


class Calendar(Strict):
    """The days that reports are about (report dates), and until when each is due.

    The report dates go on before `first` and after `last`, as the days of a campaign do: reports
    may come about them, but none is owed.

    Attributes:
        every: How often a report is made.
        on: The weekday of a weekly one.
        first: From when on reports are owed; of a report that is made once, from when on it may
            come.
        last: Until when; of a report that is made once, its one report date.
        deadline: By the clock of the report date itself.
    """

    every: Literal["day", "week", "once"] = "day"
    on: Weekday | None = None
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    deadline: Clock
    deadline_changes: tuple[ChangedDeadline, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _weekday_by_its_key(cls, values: Any) -> Any:
        """YAML reads the bare key `on` as true."""
        if not isinstance(values, dict):
            return values
        return {"on" if key is True else key: value for key, value in values.items()}

    @model_validator(mode="after")
    def _in_order(self) -> Calendar:
        days = [change.first for change in self.deadline_changes]
        if days != sorted(set(days)) or any(not self.first < d <= self.last for d in days):
            raise ValueError("reporting.deadline_changes must lie in order after reporting.from")
        if (self.every == "week") != (self.on is not None):
            raise ValueError("reporting.on must name the weekday where reporting.every is week")
        if self.first <= self.last and not self.dates(self.first, self.last):
            raise ValueError("between reporting.from and reporting.to lies no day of reporting.on")
        return self

    @property
    def step(self) -> timedelta:
        """From one report date to the next."""
        return WEEK if self.every == "week" else DAY

    @property
    def repeats(self) -> bool:
        """Whether there is a report before or after another: else nothing has a pace."""
        return self.every != "once"

    def falls_on(self, day: date) -> bool:
        """Whether `day` is a report date, owed or not."""
        if self.every == "once":
            return day == self.last
        return self.on is None or WEEKDAYS[day.weekday()] == self.on

    def is_due(self, day: date) -> bool:
        """Whether every unit owes a report about `day`."""
        return self.first <= day <= self.last and self.falls_on(day)

    def opens(self, day: date) -> date:
        """From which day on reports about a report date may come and be counted as its own."""
        return min(self.first, day) if self.every == "once" else day

    def deadline_of(self, day: date) -> time:
        """Until when the report about a day is on time: a change leaves the days before it."""
        changed = [one.deadline for one in self.deadline_changes if one.first <= day]
        return changed[-1] if changed else self.deadline

    def dates(self, first: date, last: date) -> list[date]:
        """The report dates from `first` to `last`, both included."""
        days = (first + n * DAY for n in range((last - first).days + 1))
        return [day for day in days if self.falls_on(day)]

    def before(self, day: date) -> date | None:
        """The newest report date before `day`; `None` before the only one."""
        if self.every == "once":
            return self.last if self.last < day else None
        return self.dates(day - self.step, day - DAY)[0]

    def after(self, day: date) -> date | None:
        """The next report date after `day`; `None` after the only one."""
        if self.every == "once":
            return self.last if self.last > day else None
        return self.dates(day + DAY, day + self.step)[0]

    def due_after(self, day: date) -> date | None:
        """The next report date after `day` if a report about it is owed; else `None`."""
        following = self.after(day)
        return following if following and self.is_due(following) else None

    def reports_between(self, day: date, until: date) -> int:
        """How many report dates lie after `day` up to `until`; below zero the other way round.

        Of a daily calendar the days from one to the other: 16/8 → 20/8 are 4.
        """
        if until < day:
            return -self.reports_between(until, day)
        return len(self.dates(day + DAY, until))

    def in_week(self, monday: date) -> date | None:
        """The report date in the week that begins on a Monday, where reports are weekly."""
        return self.dates(monday, monday + 6 * DAY)[0] if self.on else None

    def nearest(self, day: date) -> date:
        """The report date that a report written about `day` belongs to.

        That is `day` itself where it is one; else the nearer of its neighbours: a report is
        written a little before its date or a little after it.
        """
        if self.falls_on(day):
            return day
        around = [near for near in (self.before(day), self.after(day)) if near]
        return min(around, key=lambda near: abs(near - day))
