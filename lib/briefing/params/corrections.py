"""Corrections as data: what is wrong in a report, what is right, why, by whom, since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefing.catalog.naming import Naming
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.entries import COUNTED, DAILY, NOT_A_REPORT, Amendment, PhoneReport, Value
from briefing.params.files import checked, gathered, load_yaml
from briefing.params.roster import Roster

FILE = "corrections.yaml"


@dataclass(frozen=True)
class Correction:
    """One entry of `corrections.yaml`, checked.

    Attributes:
        entry: Its place in the file, from 1.
        file: Path in the inbox, or the name alone; "" where unit and day say which report.
        unit_code: Of the unit or body; `None` where only the file is named.
        report_date: The day that the report is about, as it is read after corrections of days.
        indicator: Code of the one that a figure is of; "" where it is of none.
        column: Which fact is wrong; `None` where the whole report is set aside.
        found: The wrong value as it was; compared only if `found_given`.
        value: The right one: persons, a day or a code; `None` where there is none.
        by: Who corrected it: a role or initials.
        when: Since when it is known: a day, or a moment with its time zone.
        tz: Time zone of a `when` that is a day.
        sha256: Hash of a file, or how it begins; "" where the path says which.
        silences: The file is no report, and is not spoken of as one.
        told: Figure → persons, of a report that was told by telephone; none where it was told of
            another indicator alone.
        told_further: Code of another indicator → its count (persons) in that report.
        told_by: Who told it.
        received_at: When it was told.
        naming: What the file calls figures.
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
    sha256: str = ""
    indicator: str = ""
    silences: bool = False
    told: Mapping[str, int | None] = field(default_factory=dict)
    told_further: Mapping[str, int] = field(default_factory=dict)
    told_by: str = ""
    received_at: datetime | None = None
    naming: Naming = field(default_factory=Naming)

    def _outside(self, column: str | None, indicator: str = "") -> str | None:
        """A column as the file has it, of this indicator or of its own."""
        code = indicator or self.indicator
        naming = replace(self.naming, indicator=code) if code else self.naming
        return naming.outside(column) if column else column

    def of(self, indicator: str) -> Correction | None:
        """The entry as it concerns what reports say of an indicator; `None` where it does not.

        A report that was told is one of every indicator, whatever was told of it.
        """
        if self.indicator in ("", indicator):
            return self
        figures = {COUNTED: self.told_further.get(indicator)}
        return replace(self, indicator=indicator, told=figures) if self.told else None

    @property
    def sets_aside(self) -> bool:
        """Whether the report is not to be used at all."""
        return self.value is None and not self.silences and not self.told

    @property
    def corrects_daily(self) -> bool:
        """Whether it puts a figure of a daily report right."""
        return self.column in DAILY and not self.sets_aside

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
            "unit": self.unit_code or "",
            "date": self.report_date.isoformat() if self.report_date else None,
            "reason": self.reason,
            "by": self.by,
            "when": self.when.isoformat(),
        }
        if self.told:
            at = self.received_at.isoformat() if self.received_at else None
            figures = {self._outside(name): persons for name, persons in self.told.items()}
            figures |= {self._outside(COUNTED, code): n for code, n in self.told_further.items()}
            return record | {"told": figures, "told_by": self.told_by, "received_at": at}
        record |= {"file": self.file, "column": self._outside(self.column)}
        record |= {"value": NOT_A_REPORT if self.silences else _plain(self.value)}
        record |= {"found": _plain(self.found)} if self.found_given else {}
        return record | ({"sha256": self.sha256} if self.sha256 else {})


def _plain(value: Value) -> int | str | None:
    return value.isoformat() if isinstance(value, date) else value


def read_corrections(path: Path, roster: Roster) -> tuple[Correction, ...]:
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
    return parse_corrections(entries, roster, where=path)


def parse_corrections(
    entries: Sequence[Mapping[str, Any]], roster: Roster, *, where: object
) -> tuple[Correction, ...]:
    """Entries as the file has them, each checked against the campaign.

    Raises:
        ParamsError: See `read_corrections`.
    """
    named = [{str(key): value for key, value in entry.items()} for entry in entries]
    reads = (partial(_correction, n, entry, roster, where) for n, entry in enumerate(named, 1))
    return tuple(gathered(reads))


def _correction(number: int, values: dict[str, Any], roster: Roster, where: object) -> Correction:
    model: type[PhoneReport | Amendment] = PhoneReport if "told" in values else Amendment
    place = _("{file}, entry {n}", file=where, n=number)
    called = roster.naming.outside
    entry = checked(model, values, where=place, context=roster, called=called)
    common = _common(number, entry, roster)
    if isinstance(entry, PhoneReport):
        leading, *further = dict.fromkeys(indicator for indicator, _figure in entry.told)
        return Correction(
            **common, file="", column=None, found=None, found_given=False, value=None,
            told={name: n for (code, name), n in entry.told.items() if code == leading},
            told_further={code: entry.told[code, COUNTED] for code in further},
            told_by=entry.told_by, received_at=entry.received_at,
            indicator="" if roster.reports_once(entry.unit) else leading,
        )  # fmt: skip
    silences = entry.value == NOT_A_REPORT
    return Correction(
        **common,
        file=entry.file,
        column=entry.column,
        found=entry.found,
        found_given="found" in entry.model_fields_set,
        value=None if silences else entry.value,
        sha256=entry.sha256,
        indicator=entry.indicator,
        silences=silences,
    )


def _common(number: int, entry: PhoneReport | Amendment, roster: Roster) -> dict[str, Any]:
    """What every entry says."""
    own = getattr(entry, "indicator", "")
    return {
        "entry": number,
        "unit_code": entry.unit or None,
        "report_date": entry.date,
        "reason": entry.reason,
        "by": entry.by,
        "when": entry.when,
        "tz": roster.tz,
        "naming": replace(roster.naming, indicator=own) if own else roster.naming,
    }
