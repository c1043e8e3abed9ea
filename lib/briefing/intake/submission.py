"""What intake says about one report: facts, findings, and the rows behind them, without names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from sys import intern
from typing import Any, Literal, NamedTuple, Self

from briefing.catalog.rules import CASES, Severity, advised, phrase
from briefing.messages import Message, from_record, to_record, with_texts

SHOWN = ("code", "severity", "rule", "where", "found", "said")
"""What tables have of a finding, as long as it is in no language."""


NOTHING: Mapping[str, Any] = {}  # the values of most findings: one for all of them


class Said(NamedTuple):
    """What is said of a finding in the place of its own words."""

    message: Message
    suggestion: Message


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, at one place; words are made in the language in force.

    Attributes:
        code: Case of a rule of the catalogue (`phone_invalid.row`, ...).
        where: `Sheet!A1`, `table 1, row 4, column 3`, `paragraph 7`, or the file's name.
        found: What stood there; a phone number is masked.
        values: What the message speaks of beside that.
        severity: "": as the catalogue says.
        around: Name of the phrase around the message, if any.
        advice: The case whose advice holds instead.
    """

    code: str
    where: str
    found: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | Literal[""] = ""
    around: str = ""
    advice: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "severity", self.severity or CASES[self.code].severity)

    @property
    def rule(self) -> str:
        """Name of the rule, part of the public contract (`phone_invalid`, ...)."""
        return CASES[self.code].rule

    @property
    def message(self) -> Message:
        text = self._as_message(CASES[self.code].message)
        return phrase(self.around, **self.values, text=text) if self.around else text

    @property
    def suggestion(self) -> Message:
        return self._as_message(advised(self.advice or self.code))

    def _as_message(self, text: str) -> Message:
        return Message(text, {"found": self.found, **self.values})

    @property
    def said(self) -> Self | None:
        """What its words are made of; `None` where its case and `found` alone tell them, as of
        most: a country has more than can be held as objects.
        """
        return self if self.values or self.around or self.advice else None

    def to_row(self) -> dict[str, Any]:
        """The finding as a row of a table, in no language yet."""
        return {name: getattr(self, name) for name in SHOWN}

    def with_texts(self, change: Callable[[str], str]) -> Self:
        """The same, with the texts that it quotes changed."""
        return replace(self, found=change(self.found), values=with_texts(self.values, change))

    def to_json(self) -> dict[str, str]:
        """The finding in the current language, as the contract's object."""
        return {
            "severity": self.severity,
            "rule": self.rule,
            "where": self.where,
            "found": self.found,
            "message": str(self.message),
            "suggestion": str(self.suggestion),
        }

    def to_record(self) -> dict[str, Any]:
        """The finding in no language, for storing."""
        record = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return record | {"values": to_record(self.values)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        own = {**record, "code": intern(record["code"]), "severity": intern(record["severity"])}
        return cls(**{**own, "values": from_record(record["values"]) or NOTHING})


@dataclass(frozen=True)
class Row:
    """One data row of a unit's table, without a name.

    Attributes:
        cell: Where its value stands.
        person, phone: Keyed hashes; `None` where there is none or it is not valid.
        place: The place's name as in params, `None` when not recognised.
        value: The count in its column Lũy kế (persons).
        used: Whether the unit's figure rests on this row.
    """

    cell: str
    person: int | None
    phone: int | None
    place: str | None
    value: int | None
    used: bool


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """The data rows of a report, column by column, each column as long; see `Row`."""

    cell: Sequence[str] = ()
    person: Sequence[int | None] = ()
    phone: Sequence[int | None] = ()
    place: Sequence[str | None] = ()
    value: Sequence[int | None] = ()
    used: Sequence[bool] = ()

    def __len__(self) -> int:
        return len(self.cell)

    def __getitem__(self, position: Any) -> Any:
        columns = (getattr(self, name)[position] for name in Row.__dataclass_fields__)
        return (Rows if isinstance(position, slice) else Row)(*columns)


@dataclass(frozen=True)
class Value:
    """One figure of a report of counts, as it was sent.

    Attributes:
        indicator, group: Codes of the campaign; group "": everybody.
        measure: `cumulative`, `new` or `denominator` (persons).
        where: The cells that it was read from.
    """

    indicator: str
    group: str
    measure: str
    value: int
    where: str


@dataclass(frozen=True)
class Submission:
    """One report found in a file. A file may hold several (`part` counts them from 0).

    Attributes:
        file: Path of the file as it arrived.
        member: Path inside it, where it is an archive or an e-mail; else "".
        facts: Field → figure. `numerator_cumulative`, `numerator_new`, `distinct_phones` (persons)
            of a unit; `staff_total`, `staff_denominator`, `staff_numerator`, `qr_code`,
            `qr_creator_phone` (masked), `qr_photo`, `qr_photo_decoded` of a body.
        form, owed_by: Code of its form in params, and who owes that: `units` or `bodies`; `None`
            of what is no report.
        values: Every figure of a form of counts, those of the first indicator's total too, which
            are among the facts as well.
        sources: Fact → the cells that it was read from.
        candidates: Reading → the cumulative that the file would give under it, of the readings
            that the file leaves open.
        letter: Hash of the rows' figures: equal letters are copies of one another.
        days: What says which day it is about → the days that it says (ISO): `content`, `sheet`,
            `sent` (over a message), `name` (of the file), `folder`.
        may_be: Codes of the units that it may be of, where it can't be told which.
        joined_to: Of a picture that was taken to a report: that report's file; else "".
        sheets: Sheets of the file whose names may not be shown → what they are called instead.
        typed: Field → what was typed into each of its rows; where it was read alone, kept nowhere.
    """

    file: str
    sha256: str
    part: int = 0
    member: str = ""
    form: str | None = None
    owed_by: str | None = None
    unit_code: str | None = None
    unit_name: str = ""
    report_date: date | None = None
    reading: str | None = None
    reading_confidence: Literal["high", "low"] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    values: tuple[Value, ...] = ()
    rows_read: int = 0
    rows_used: int = 0
    rows_set_aside: int = 0
    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    candidates: Mapping[str, int] = field(default_factory=dict)
    letter: str = ""
    days: Mapping[str, Sequence[str]] = field(default_factory=dict)
    may_be: Sequence[str] = ()
    joined_to: str = ""
    sheets: Mapping[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)
    typed: Mapping[str, Sequence[Any]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def usable(self) -> bool:
        """Whether the report gives a figure that a table may rest on."""
        given = (self.facts.get(name) for name in ("numerator_cumulative", "staff_numerator"))
        return self.form is not None and any(figure is not None for figure in given)

    @property
    def file_name(self) -> str:
        """The name, without folders, of the file that was read: the address of all of it."""
        return PurePosixPath(self.member or self.file).name

    @property
    def blank(self) -> bool:
        """Whether the report arrived with nothing in it."""
        return any(finding.rule == "empty_report" for finding in self.findings)

    def with_findings(self, *findings: Finding) -> Submission:
        return replace(self, findings=(*self.findings, *findings))

    def to_json(self) -> dict[str, Any]:
        """The contract's object of `briefing check --json`; `Naming` calls it as the campaign does.

        The totals of every indicator are among the facts.
        """
        totals = (v for v in self.values if not v.group and v.measure != "denominator")
        return {
            "file": self.file,
            "member": self.member or None,
            "sha256": self.sha256,
            "form": self.form,
            "unit_code": self.unit_code,
            "unit_name": self.unit_name,
            "report_date": self.report_date.isoformat() if self.report_date else None,
            "reading": self.reading,
            "reading_confidence": self.reading_confidence,
            "facts": {f"{v.indicator}_{v.measure}": v.value for v in totals} | {**self.facts},
            **({"values": [vars(value) for value in self.values]} if self.values else {}),
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_set_aside": self.rows_set_aside,
            "findings": [finding.to_json() for finding in self.findings],
        }

    def to_record(self) -> dict[str, Any]:
        """Everything but the rows, in plain JSON types, for storing."""
        kept = self.__dataclass_fields__.keys() - {"rows", "typed"}
        record = {name: getattr(self, name) for name in self.__dataclass_fields__ if name in kept}
        record["report_date"] = self.report_date.isoformat() if self.report_date else None
        record["findings"] = [finding.to_record() for finding in self.findings]
        record["values"] = [[*vars(value).values()] for value in self.values]
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any], rows: Rows | None = None) -> Submission:
        stored = dict(record)
        stored["report_date"] = (
            date.fromisoformat(stored["report_date"]) if stored["report_date"] else None
        )
        stored["findings"] = tuple(Finding.from_record(item) for item in stored["findings"])
        stored["values"] = tuple(Value(*item) for item in stored["values"])
        return cls(**stored, rows=rows or Rows())
