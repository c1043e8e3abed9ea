"""All that is to be said on one day: inside reports, between them, of corrections and the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing import spoken
from briefing.catalog.figures import FIGURES
from briefing.catalog.tables import COLUMNS
from briefing.messages import Message
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.entries import DAILY, NOT_A_REPORT, REJECT
from briefing.tables.between import Scene, between
from briefing.tables.corrections import APPLIED, UNMATCHED
from briefing.tables.outcomes import told
from briefing.tables.reporting import holds
from briefing.tables.resubmissions import answered
from briefing.tables.steps import steps

if TYPE_CHECKING:
    from briefing.register.arrivals import InboxFinding

ANOMALIES = ("cumulative_decrease", "jump", "over_denominator", "copy_of_yesterday")
SINCE_BEFORE = ("cumulative_decrease", "jump")  # that lie between a report and the one before
OPEN, EXPLAINED, RESUBMITTED, OVERTAKEN = "open", "explained", "resubmitted", "overtaken"
EXPLAINS = {
    "report_date": ("date_missing", "date_conflict", "date_outside_campaign"),
    "unit_code": ("unit_unknown", "unit_ambiguous", "unit_conflict"),
    "installs_cumulative": (
        *ANOMALIES, "reading_low_confidence", "reading_from_history", "total_mismatch",
        "percent_only", "nil_contradicted",
    ),
    "installs_new": ANOMALIES,
}  # fmt: skip
"""Corrected column → the findings about a report that a correction of it answers."""


def findings(
    scene: Scene,
    inside: pd.DataFrame,
    corrections: pd.DataFrame,
    inbox: Iterable[InboxFinding] = (),
) -> pd.DataFrame:
    """All that is to be said on one day, texts in the current language.

    A finding that a correction or a newer report answers is kept, as a remark that says so. More
    people than there can be are answered by no correction: then the denominator is wrong.

    Args:
        scene: Findings of daily reports about its day count; those of reports of no known unit or
            about a day outside the campaign, and of agencies, count on every day.
        inside: Findings inside reports: `report` and the fields of a finding.
        corrections: Result of `corrections.outcomes`.
        inbox: What is wrong with the inbox itself, of no report.

    Returns:
        The contract's columns of findings.csv, errors first, `report` (index in the judged
        reports; missing where a finding is of none), `status` (of what puts a figure in doubt
        open or explained; of errors and doubts about a report that a newer one has come in place
        of resubmitted; else missing) and `kind` (the same for messages that differ in nothing but
        places and figures).
    """
    judged = scene.judged
    concerned = judged["report_date"].eq(pd.Timestamp(scene.day)) | ~judged["placed"]
    own = inside[inside["report"].isin(judged.index[concerned])]
    own = own.join(judged[["file", "unit_code"]], on="report")
    columns = [*COLUMNS["findings"], "report"]
    known = set(zip(own["report"], own["rule"], strict=True))
    more = [f for f in between(scene) if (f["report"], f["rule"]) not in known]
    found = pd.concat([own[columns], pd.DataFrame(more, columns=columns)], ignore_index=True)
    found = closed(found, scene, corrections)
    about = corrections[
        corrections["status"].eq(UNMATCHED) | corrections["report"].isin(judged.index[concerned])
    ]
    general = [*_of_corrections(about), *map(vars, inbox)]
    frame = pd.concat([found, pd.DataFrame(general, columns=columns)], ignore_index=True)
    frame["kind"] = [text.kind for text in frame["message"]]
    for name in ("message", "suggestion"):
        frame[name] = [str(text) for text in frame[name]]
    weight = frame["severity"].map({"error": 0, "warning": 1, "info": 2})
    order = frame.assign(weight=weight).sort_values(["weight", "unit_code", "file"], kind="stable")
    types = dict.fromkeys([*COLUMNS["findings"], "status", "kind"], "string") | {"report": "Int64"}
    return frame.loc[order.index].reset_index(drop=True).astype(types)


def closed(found: pd.DataFrame, scene: Scene, corrections: pd.DataFrame) -> pd.DataFrame:
    """Findings with their `status`; those that are answered ask for nothing more."""
    return _resubmitted(_explained(found, scene, corrections), scene.judged)


def _explained(found: pd.DataFrame, scene: Scene, corrections: pd.DataFrame) -> pd.DataFrame:
    """Findings with their `status`: open, or explained by a correction, and then they say so."""
    found = found.assign(status=pd.Series(pd.NA, index=found.index, dtype="string"))
    found["status"] = found["status"].mask(found["rule"].isin(ANOMALIES), OPEN)
    applied = corrections[corrections["status"].eq(APPLIED) & corrections["column"].notna()]
    if applied.empty or found.empty:
        return found
    known = steps(scene.history)
    before = known.set_index("report")["before_report"]
    impossible = scene.history.loc[holds(scene.history["coverage"] > 1), "report"]
    excused = ~(found["rule"].isin(ANOMALIES) & found["report"].isin(impossible.dropna()))
    for one in applied.itertuples():
        same = holds(found["report"] == one.report)
        answered_by = same & found["rule"].isin(EXPLAINS.get(one.column, ()))
        if one.column in DAILY:
            follows = holds(found["report"].map(before) == one.report)
            answered_by |= follows & found["rule"].isin(SINCE_BEFORE)
        text = Message("{text}; explained by a correction: {reason}", {"reason": one.reason})
        _settle(found, found.index[answered_by & excused], EXPLAINED, text)
    return found


def _resubmitted(found: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Findings, with what a newer report of the same sender has come in place of."""
    old = answered(judged)
    mine = holds(found["report"].map(old).astype("boolean")) & found["severity"].ne("info")
    text = Message("{text}; a newer report has come in its place")
    _settle(found, found.index[mine], RESUBMITTED, text)
    return found


def _settle(found: pd.DataFrame, positions: pd.Index, status: str, text: Message) -> None:
    """Turn findings into remarks that ask for nothing, in place."""
    for position in positions:
        values = {"text": found.at[position, "message"], **text.values}
        found.at[position, "message"] = Message(text.msgid, values)
        found.at[position, "status"] = status
        found.at[position, "severity"] = "info"
        found.at[position, "suggestion"] = Message("Nothing to do.")


def _of_corrections(corrections: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """What came of each correction: a remark where it was applied, a warning where it was not."""
    for one in corrections[corrections["status"].isin([APPLIED, UNMATCHED])].itertuples():
        entry = {
            "file": CORRECTIONS,
            "unit_code": one.unit_code,
            "where": f"{CORRECTIONS}, entry {one.entry}",
            "found": "" if pd.isna(one.value_before) else one.value_before,
        }
        if one.status == UNMATCHED:
            yield entry | {
                "severity": "warning",
                "rule": "correction_unmatched",
                "message": Message("this correction is not applied: {why}", {"why": one.note}),
                "suggestion": Message(
                    "Look at the report in force, then change or delete the entry."
                ),
            }
        else:
            yield entry | {
                "severity": "info",
                "rule": "correction_applied",
                "message": Message(
                    "{what}: {reason} ({by}, {when})",
                    {
                        "what": _what(one),
                        "reason": one.reason,
                        "by": one.by,
                        "when": spoken.moment(one.when),
                    },
                ),
                "suggestion": Message("Nothing to do."),
            }


def _what(one: Any) -> Message:
    if one.value == REJECT:
        return Message("the report is set aside")
    if one.value == NOT_A_REPORT:
        return Message("the file is no report")
    if pd.notna(one.told_by):
        values = {"who": one.told_by, "figures": spoken.told(told(one.value))}
        return Message("told by telephone by {who}: {figures}", values)
    if pd.notna(one.value_before) and one.value == one.value_before:
        return Message(
            "{column}: {value} confirmed",
            {"column": FIGURES[one.column].inside, "value": spoken.fact(one.column, one.value)},
        )
    return Message(
        "{column}: {value} in place of {before}",
        {
            "column": FIGURES[one.column].inside,
            "value": spoken.fact(one.column, one.value),
            "before": spoken.fact(one.column, one.value_before),
        },
    )
