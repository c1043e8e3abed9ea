"""What only a person can decide about a day: each thing once, with the entries that would say so.

Nothing is decided here: an entry is a proposal, which somebody accepts, or writes otherwise.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.rules import RULES
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.amending import ALIASES
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.entries import NOT_A_REPORT, REJECT
from briefing.params.readings import FILE as READINGS
from briefing.tables.day import Day, worked_out_once
from briefing.tables.findings import OPEN
from briefing.tables.reporting import REJECTED, SUPERSEDED, USED, holds

SHOWN = ("error", "warning")
LETTERS = string.ascii_lowercase[6:]  # that are no digit of a code
LENGTH = 5  # digits of a code: of a hundred decisions two are alike once in two hundred days
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
        entry: See `params.amending`; what is signed when it is accepted is still lacking.
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


@dataclass(frozen=True)
class Decision:
    """One thing to decide.

    Attributes:
        code: The same as long as the same thing is to be decided, in any language.
        unit_name: Whose report it is; "" where that is not known.
        report_date: The day that it is about; `None` where that is not known.
        file: The report, as it is shown.
        messages: What was found.
        suggestion: What to do before deciding.
        choices: The likeliest first; none where an entry of params is to be looked at.
    """

    code: str
    unit_name: str
    report_date: pd.Timestamp | None
    file: str
    messages: tuple[str, ...]
    suggestion: str
    choices: tuple[Choice, ...]


@worked_out_once
def decisions(day: Day) -> tuple[Decision, ...]:
    """What is open: of the figures first, then of files, then of entries of the params.

    Texts in the current language. A figure of an earlier day is among them as long as it is in
    doubt; a fault that only its sender can put right, such as a wrong phone, is none.
    """
    found = _asked(day)
    figures = [
        _of_report(day, one, own)
        for (_indicator, report, _column), own in found.groupby(
            ["indicator", "report", "column"], sort=False
        )
        for one in [day.of(own["indicator"].iloc[0]).reports.loc[report]]
    ]
    unused = (own for own in _unused(day) if not own["report"].isin(found["report"]).any())
    files = [_of_file(day, own) for own in unused]
    return (*figures, *files, *_of_entries(day))


# Figures, days, units of reports


def _asked(day: Day) -> pd.DataFrame:
    """What an entry of corrections.yaml would answer: `indicator`, `report`, `column`, a finding.

    Findings of the day, and all that is still in doubt, of each indicator.
    """
    columns = {name: next(iter(rule.corrected_by), "") for name, rule in RULES.items()}
    told = day.findings.assign(indicator=day.indicator.code)
    if day.others:  # whose figure it is about is not said
        told = told[told["rule"].map(columns).ne(FIGURE)]
    found = pd.concat([told, *map(_in_doubt, day.each)], ignore_index=True)
    found["column"] = found["rule"].map(columns).fillna("")
    asked = found["severity"].isin(SHOWN) & found["column"].ne("") & found["report"].notna()
    found = found[asked]
    standing = day.reports["verdict"].ne(SUPERSEDED) & ~day.reports["silenced"]
    found = found[found["report"].isin(day.reports.index[standing])]
    placed = day.reports.index[day.reports["placed"]]  # first it is to be known whose figure it is
    found = found[found["column"].ne(FIGURE) | found["report"].isin(placed)]
    return found.drop_duplicates(["indicator", "report", "rule"])


def _in_doubt(day: Day) -> pd.DataFrame:
    """The doubts that nobody has answered, of every day so far, with the report of each."""
    keys = ["file", "unit_code", "report_date"]
    reports = day.reports.reset_index(names="report").drop_duplicates(keys)
    waiting = day.anomalies[day.anomalies["status"].eq(OPEN)]
    found = waiting.merge(reports[[*keys, "report"]], on=keys)
    advice = [_(_advised(rule)) for rule in found["rule"]]
    return found.assign(indicator=day.indicator.code, severity=SHOWN[0], suggestion=advice)


def _advised(rule: str) -> str:
    """What the analyst does about a rule, whatever its case."""
    advice = RULES[rule].advice
    return advice if isinstance(advice, str) else advice["analyst"]


def _of_report(day: Day, report: pd.Series, found: pd.DataFrame) -> Decision:
    """What is to be decided about one column of one report."""
    column, one = found["column"].iloc[0], day.of(found["indicator"].iloc[0])
    make = {FIGURE: _of_figure, DAY: _of_day, UNIT: _of_unit}[column]
    standing = "" if pd.isna(report[column]) else str(report[column])
    whose = f"{one.name}: " if day.others and column == FIGURE else ""
    return _decision(
        (report["file"], report["member"], report["part"], one.indicator.code, column, standing),
        report,
        [f"{whose}{text}" for text in found["message"]],
        _first(found["suggestion"]),
        make(one, report, found),
    )


def _of_figure(day: Day, report: pd.Series, found: pd.DataFrame) -> Iterator[Choice]:
    """The figure is right, or another is, or the report does not count."""
    column, standing = day.campaign.naming.outside(FIGURE), report[FIGURE]
    which = {"unit": _called(day, report["unit_code"]), "date": report[DAY].date()}
    wrong = which | {"column": column}
    wrong |= {} if pd.isna(standing) else {"found": int(standing)}
    rules = set(found["rule"])
    if set(found["code"].fillna(found["rule"])) & {*BY_READING} and not _is_given(day, report):
        told = {"reading": report["reading"]}
        yield Choice("", _("it means what was taken"), READINGS, {report["unit_code"]: told})
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
    said = {pd.Timestamp(text).date() for own in report["days"].values() for text in own}
    if pd.notna(report["other_date"]):
        said.add(report["other_date"].date())
    inside = [taken] if taken and dates.start <= taken <= dates.end else []
    inside += sorted(one for one in said - {taken} if dates.start <= one <= dates.end)
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


# Files of which nothing is used


def _unused(day: Day) -> Iterator[pd.DataFrame]:
    """The parts of each file that came about the day, or about none, of which none is used."""
    reports = day.reports.reset_index(names="report")
    reports = reports[~reports["silenced"] & ~reports["told"]]
    for _file, own in reports.groupby("file", sort=False):
        about = own["report_date"].eq(pd.Timestamp(day.date)) | ~own["placed"]
        unused = own["verdict"].eq(REJECTED)
        if about.any() and unused.all() and len(_found_in(day, own)):
            yield own


def not_understood(day: Day) -> Iterator[tuple[pd.Series, list[str], str]]:
    """The files that came about the day, or about none, of which nothing is used: the first report
    of each, what was found, what helps."""
    for own in _unused(day):
        found = _found_in(day, own)
        yield own.iloc[0], [*found["message"].drop_duplicates()], _first(found["suggestion"])


def _found_in(day: Day, own: pd.DataFrame) -> pd.DataFrame:
    """What is wrong with a file, and not settled."""
    found = day.findings[day.findings["report"].isin(own["report"])]
    return found[found["severity"].isin(SHOWN)]


def _of_file(day: Day, own: pd.DataFrame) -> Decision:
    report, found = own.iloc[0], _found_in(day, own)
    choices = [_no_report(report)]
    if _is_lacking(day, report):
        column = day.campaign.naming.outside(FIGURE)
        entry = {
            "unit": _called(day, report[UNIT]),
            "date": report[DAY].date(),
            "told": {column: None},
            "told_by": _("an officer of the unit"),
            "reason": _("The file can't be read; the figure was told by telephone"),
        }
        by_phone = Choice("", _("its figure was told by telephone"), CORRECTIONS, entry, "value")
        at = len(choices) if found["rule"].eq(OTHERWISE).any() else 0
        choices.insert(at, by_phone)
    return _decision(
        (report["sha256"], report["file"]),
        report,
        found["message"].drop_duplicates(),
        _first(found["suggestion"]),
        iter(choices),
    )


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


# Entries that no longer fit


def _of_entries(day: Day) -> Iterator[Decision]:
    rules = ("correction_unmatched", "reading_unmatched", "reading_refused")
    for one in day.findings[day.findings["rule"].isin(rules)].to_dict("records"):
        key = (one["file"], one["where"], one["rule"], one["found"])
        nobody = pd.Series({"unit_name": None, DAY: pd.NaT, "file": one["file"]})
        where = f"{one['where']}: {one['message']}"
        yield _decision(key, nobody, [where], one["suggestion"], iter(()))


def _decision(
    key: tuple[Any, ...],
    report: pd.Series,
    messages: Any,
    suggestion: str,
    choices: Iterator[Choice],
) -> Decision:
    code = hashlib.sha256("\0".join(map(str, key)).encode()).hexdigest()[:LENGTH]
    numbered = (replace(o, code=code + letter) for letter, o in zip(LETTERS, choices, strict=False))
    name = "" if pd.isna(report["unit_name"]) else str(report["unit_name"])
    about = None if pd.isna(report[DAY]) else report[DAY]
    return Decision(code, name, about, report["file"], tuple(messages), suggestion, tuple(numbered))


def _called(day: Day, code: str) -> str:
    """A unit by its name, where that means no other; else its code."""
    name = day.campaign.full_names.get(code, code)
    try:
        return name if day.campaign.code_of(name) == code else code
    except ValueError:
        return code


def _first(texts: pd.Series) -> str:
    return next(iter(texts.dropna()), "")


def _path(report: pd.Series) -> str:
    return "/".join(filter(None, (report["file"], report["member"])))
