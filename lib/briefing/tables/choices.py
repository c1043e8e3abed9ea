"""The ways to decide one thing, each with the entry of params that says so.

They are proposals: somebody accepts one, or writes it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from briefing import formats
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.entries import NOT_A_REPORT, REJECT
from briefing.params.entry_writer import ALIASES
from briefing.params.readings import FILE as READINGS
from briefing.tables.day import Day
from briefing.tables.reporting import USED, holds

FIGURE, DAY, UNIT = "numerator_cumulative", "report_date", "unit_code"
BY_READING = ("reading_low_confidence.several", "reading_from_history")
NOT_TO_CONFIRM = "over_denominator"  # then the denominator is wrong, or the figure
OTHERWISE, FOREIGN = "subject_other", "unit_unknown.foreign"


@dataclass(frozen=True)
class Choice:
    """One way to decide.

    Attributes:
        code: By which it is accepted.
        says: What it means, in a few words.
        file: Of the params folder, in which the entry goes.
        entry: See `params.entry_writer`; what is signed when it is accepted is still lacking.
        asks: What must be given with it, as in `value`; "" where nothing is.
    """

    code: str
    says: str
    file: str
    entry: Mapping[str, Any]
    asks: str = ""

    def signed(self, when: datetime, **given: Any) -> Mapping[str, Any]:
        """The entry as it is written.

        Args:
            when: Since when it is known.
            given: `value` where one is asked for; `by`, `reason`, `told_by` where they are others.

        Raises:
            ParamsError: What is asked for is not given, or something that the entry has not.
        """
        entry = dict(self.entry)
        if self.file == CORRECTIONS:
            entry |= {"by": _("The analyst"), "when": when}
        unknown = [name for name in given if name not in {*entry, self.asks}]
        if unknown or (self.asks and self.asks not in given):
            raise ParamsError(self._of_given(unknown))
        if "told" in entry:
            given["told"] = dict.fromkeys(entry["told"], given.pop(self.asks))
        if "target" in entry:
            given["target"] = given.pop(self.asks)
        return entry | given

    def _of_given(self, unknown: list[str]) -> str:
        if unknown:
            return _(
                "{code}: its entry has no {name}. Nothing was written.",
                code=self.code,
                name=", ".join(unknown),
            )
        return _(
            '{code}: say which one is right, as in decide(run, day, accept="{code}", value=…). '
            "Nothing was written.",
            code=self.code,
        )


def of_column(column: str, day: Day, report: pd.Series, found: pd.DataFrame) -> Iterator[Choice]:
    """What can be said of one column of a report: its figure, its day, its unit.

    Args:
        column: `FIGURE`, `DAY` or `UNIT`.
        day: Of the indicator whose figure it is.
        report: A row of the day's reports.
        found: The findings about that column: `rule`, `code`, `found`.
    """
    return {FIGURE: _of_figure, DAY: _of_day, UNIT: _of_unit}[column](day, report, found)


def _of_figure(day: Day, report: pd.Series, found: pd.DataFrame) -> Iterator[Choice]:
    """The figure is right, or another is, or the report does not count."""
    column, standing = day.campaign.naming.outside(FIGURE), report[FIGURE]
    which = {"unit": _called(day, report["unit_code"]), "date": report[DAY].date()}
    wrong = which | {"column": column}
    wrong |= {} if pd.isna(standing) else {"found": int(standing)}
    rules = set(found["rule"])
    if set(found["code"].fillna(found["rule"])) & {*BY_READING} and not _is_given(day, report):
        override = {"reading": report["reading"]}
        yield Choice("", _("it means what was taken"), READINGS, {report["unit_code"]: override})
    elif "found" in wrong and NOT_TO_CONFIRM not in rules:
        reason = _("The sender was asked and confirms it")
        entry = wrong | {"value": wrong["found"], "reason": reason}
        yield Choice("", _("the figure is right"), CORRECTIONS, entry)
    totals = found.loc[found["rule"].eq("total_mismatch"), "found"].dropna()
    for total in totals[totals.str.fullmatch(r"\d+")].head(1):
        entry = wrong | {"value": int(total), "reason": _("The row of the total is right")}
        yield Choice("", _("the total that it states is right"), CORRECTIONS, entry)
    entry = wrong | {"value": None, "reason": _("The sender gives the right figure")}
    yield Choice("", _("another figure is right"), CORRECTIONS, entry, "value")
    entry = which | {"value": REJECT, "reason": _("The sender takes the report back")}
    yield Choice("", _("the report does not count"), CORRECTIONS, entry)


def _is_given(day: Day, report: pd.Series) -> bool:
    """Whether an entry says whose report it is: it was read without readings.yaml then."""
    entries = day.corrections[day.corrections["column"].eq(UNIT)]
    return holds(entries["report"].eq(report.name)).any()


def _of_day(day: Day, report: pd.Series, found: pd.DataFrame) -> Iterator[Choice]:
    """The day that was taken, or another that the report, its name or its folder says."""
    entry: dict[str, Any] = {"file": _path(report), "column": DAY}
    dates, taken = day.campaign.dates, report[DAY]
    taken = None if pd.isna(taken) else taken.date()
    entry |= {} if taken is None else {"found": taken}
    reason = _("The sender says which day it is about")
    days = {pd.Timestamp(text).date() for own in report["days"].values() for text in own}
    if pd.notna(report["other_date"]):
        days.add(report["other_date"].date())
    inside = [taken] if taken and dates.start <= taken <= dates.end else []
    inside += sorted(one for one in days - {taken} if dates.start <= one <= dates.end)
    for one in inside:
        says = _("it is about {day}", day=formats.day(one))
        yield Choice("", says, CORRECTIONS, entry | {"value": one, "reason": reason})
    asked = entry | {"value": None, "reason": reason}
    yield Choice("", _("it is about another day"), CORRECTIONS, asked, "value")


def _of_unit(day: Day, report: pd.Series, found: pd.DataFrame) -> Iterator[Choice]:
    """The unit that was taken, or one of those that it may be, or it is no report of any."""
    entry: dict[str, Any] = {"file": _path(report), "column": UNIT}
    taken = [] if pd.isna(report[UNIT]) else [report[UNIT]]
    entry |= {"found": taken[0]} if taken else {}
    reason = _("It is known who sent it")
    names = day.campaign.full_names
    for code in [*taken, *(c for c in report["may_be"] if c not in taken)]:
        says = _("it is of {unit}", unit=names.get(code, code))
        right = entry | {"value": _called(day, code), "reason": reason}
        yield Choice("", says, CORRECTIONS, right)
    asked = entry | {"value": None, "reason": reason}
    yield Choice("", _("it is of another unit"), CORRECTIONS, asked, "value")
    for spelling in found.loc[found["code"].eq(FOREIGN), "found"].dropna():
        alias = {"kind": "unit", "target": None, "alias": spelling}
        yield Choice("", _("“{name}” always means another unit", name=spelling), ALIASES, alias,
                     "value")  # fmt: skip
    if not taken:
        yield _no_report(report)


def of_file(day: Day, report: pd.Series, found: pd.DataFrame) -> Iterator[Choice]:
    """A file of which nothing is used is no report, or its figure was told by telephone."""
    otherwise = found["rule"].eq(OTHERWISE).any()
    if otherwise:
        yield _no_report(report)
    if _is_lacking(day, report):
        yield _by_telephone(day, report)
    if not otherwise:
        yield _no_report(report)


def _by_telephone(day: Day, report: pd.Series) -> Choice:
    entry = {
        "unit": _called(day, report[UNIT]),
        "date": report[DAY].date(),
        "told": {day.campaign.naming.outside(FIGURE): None},
        "told_by": _("an officer of the unit"),
        "reason": _("The file can't be read; the figure was told by telephone"),
    }
    return Choice("", _("its figure was told by telephone"), CORRECTIONS, entry, "value")


def _is_lacking(day: Day, report: pd.Series) -> bool:
    """Whether it is of a unit that reports daily, of which no other report of that day is used."""
    if pd.isna(report[UNIT]) or pd.isna(report[DAY]) or day.campaign.reports_once(report[UNIT]):
        return False
    same = day.reports[UNIT].eq(report[UNIT]) & day.reports[DAY].eq(report[DAY])
    return not holds(same & day.reports["verdict"].eq(USED)).any()


def _no_report(report: pd.Series) -> Choice:
    entry = {
        "file": report["file"],
        "sha256": report["sha256"][:16],
        "value": NOT_A_REPORT,
        "reason": _("Looked at: this is no report"),
    }
    return Choice("", _("it is no report"), CORRECTIONS, entry)


def _called(day: Day, code: str) -> str:
    """A unit by its name, where that means no other; else its code."""
    name = day.campaign.full_names.get(code, code)
    try:
        return name if day.campaign.code_of(name) == code else code
    except ValueError:
        return code


def _path(report: pd.Series) -> str:
    return "/".join(filter(None, (report["file"], report["member"])))
