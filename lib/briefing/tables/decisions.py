"""What only a person can decide about a day: each thing once, with the ways to decide it.

Nothing is decided here: a choice holds the entry that somebody accepts, or writes otherwise.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from briefing.catalog.rules import RULES, cited
from briefing.messages import _
from briefing.tables.choices import DAY, FIGURE, Choice, of_column, of_file
from briefing.tables.day import Day, worked_out_once
from briefing.tables.findings import OPEN
from briefing.tables.reporting import REJECTED, SUPERSEDED

SHOWN = ("error", "warning")
LETTERS = string.ascii_lowercase[6:]  # that are no digit of a code
LENGTH = 5  # digits of a code: of a hundred decisions two are alike once in two hundred days


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
    findings = day.findings.assign(indicator=day.indicator.code)
    if day.others:  # whose figure it is about is not said
        findings = findings[findings["rule"].map(columns).ne(FIGURE)]
    found = pd.concat([findings, *map(_in_doubt, day.each)], ignore_index=True)
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
    standing = "" if pd.isna(report[column]) else str(report[column])
    whose = f"{one.name}: " if day.others and column == FIGURE else ""
    return _decision(
        (report["file"], report["member"], report["part"], one.indicator.code, column, standing),
        report,
        [whose + text for text in _messages(found)],
        _first(found["suggestion"]),
        of_column(column, one, report, found),
    )


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
        yield own.iloc[0], _messages(found), _first(found["suggestion"])


def _found_in(day: Day, own: pd.DataFrame) -> pd.DataFrame:
    """What is wrong with a file, and not settled."""
    found = day.findings[day.findings["report"].isin(own["report"])]
    return found[found["severity"].isin(SHOWN)]


def _messages(found: pd.DataFrame) -> list[str]:
    """What findings say, each thing once."""
    texts = zip(found["rule"], found["message"], strict=True)
    return [*dict.fromkeys(cited(rule, text) for rule, text in texts)]


def _of_file(day: Day, own: pd.DataFrame) -> Decision:
    report, found = own.iloc[0], _found_in(day, own)
    return _decision(
        (report["sha256"], report["file"]),
        report,
        _messages(found),
        _first(found["suggestion"]),
        of_file(day, report, found),
    )


# Entries that no longer fit


def _of_entries(day: Day) -> Iterator[Decision]:
    rules = ("correction_unmatched", "reading_unmatched", "reading_refused")
    for one in day.findings[day.findings["rule"].isin(rules)].to_dict("records"):
        key = (one["file"], one["where"], one["rule"], one["found"])
        nobody = pd.Series({"unit_name": None, DAY: pd.NaT, "file": one["file"]})
        where = f"{one['where']}: {cited(one['rule'], one['message'])}"
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


def _first(texts: pd.Series) -> str:
    return next(iter(texts.dropna()), "")
