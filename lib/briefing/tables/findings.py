"""All that is to be said on one day: inside reports, between them, of corrections and the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from briefing import arrow, labels
from briefing.catalog.figures import FIGURES
from briefing.catalog.rules import corrected_by, phrase, with_trait
from briefing.catalog.tables import COLUMNS
from briefing.intake.submission import Finding, Said
from briefing.messages import Message
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.entries import DAILY, NOT_A_REPORT, REJECT
from briefing.tables.corrections import APPLIED, UNMATCHED
from briefing.tables.cross_report import COLUMNS as OF_A_FINDING
from briefing.tables.cross_report import CheckContext, cross_report_checks
from briefing.tables.outcomes import parse_figures
from briefing.tables.reporting import holds, in_blocks, in_turn, typed
from briefing.tables.resubmissions import answered

if TYPE_CHECKING:
    from briefing.register.arrivals import InboxFinding

ANOMALIES = with_trait("anomaly")
WORDS = ("message", "suggestion", "kind")
AT_ONCE = 16_384  # findings that are put into words
TYPES = dict.fromkeys([*COLUMNS["findings"], "status", "kind", "code"], "string")
TYPES |= {"report": "Int64"}
OPEN, EXPLAINED, RESUBMITTED, OVERTAKEN = "open", "explained", "resubmitted", "overtaken"


def findings(
    context: CheckContext,
    inside: pd.DataFrame,
    corrections: pd.DataFrame,
    inbox: Iterable[InboxFinding] = (),
) -> pd.DataFrame:
    """All that is to be said on one day, texts in the current language.

    A finding that a correction or a newer report answers is kept, as a remark that says so. More
    people than there can be are answered by no correction: then the denominator is wrong.

    Args:
        context: Findings of daily reports about its day count; those of reports of no known unit or
            about a day outside the campaign, and of bodies, count on every day.
        inside: Findings inside reports: `report` and the fields of a finding.
        corrections: Result of `corrections.outcomes`.
        inbox: What is wrong with the inbox itself, of no report.

    Returns:
        The contract's columns of findings.csv, errors first, `report` (index in the judged
        reports; missing where a finding is of none), `status` (of what puts a figure in doubt
        open or explained; of errors and doubts about a report that a newer one has come in place
        of resubmitted; else missing) and `kind` (the same for messages that differ in nothing but
        places and figures) and `code` (the case of the rule).
    """
    arrow.give_back()  # here a run holds most
    judged, today = context.judged, pd.Timestamp(context.day)
    concerned = judged.index[judged["report_date"].eq(today) | ~judged["placed"]]
    about = corrections[corrections["status"].eq(UNMATCHED) | corrections["report"].isin(concerned)]
    general = [*_of_corrections(about), *({**one.to_row(), "file": one.file} for one in inbox)]
    found = _of_reports(context, inside[inside["report"].isin(concerned)])
    del inside  # of a country there is no room for two of them
    found = _in_order(_with(closed(found, context, corrections), general))
    arrow.give_back()
    words = [*zip(*map(_in_words, in_blocks(found, AT_ONCE)), strict=True)]
    columns = [*COLUMNS["findings"], "report", "code", "status", "kind"]
    return found.assign(**{name: _in_one(words.pop()) for name in reversed(WORDS)})[columns]


def _of_reports(context: CheckContext, inside: pd.DataFrame) -> pd.DataFrame:
    """Findings inside reports, with what between them is to be said besides."""
    whose = {name: inside["report"].map(context.judged[name]) for name in ("file", "unit_code")}
    own = inside.assign(**whose)[OF_A_FINDING]
    known = set(zip(own["report"], own["rule"], strict=True))
    more = [f for f in cross_report_checks(context) if (f["report"], f["rule"]) not in known]
    return _with(own, more)


def _with(found: pd.DataFrame, more: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Findings with others below them."""
    if not more:
        return found.reset_index(drop=True)
    below = pd.DataFrame(more, columns=OF_A_FINDING)
    return pd.concat([found, below.astype(_types(below))], ignore_index=True)


def _types(frame: pd.DataFrame) -> dict[str, str]:
    return {name: kind for name, kind in TYPES.items() if name in frame}


def _in_words(found: pd.DataFrame) -> list[pa.Array]:
    """The texts of findings in the current language, by the columns of `WORDS`."""
    words = [(str(o.message), str(o.suggestion), o.message.kind) for o in wordings(found)]
    return [pa.array([one[n] for one in words], pa.large_string()) for n in range(len(WORDS))]


def _in_one(texts: Sequence[pa.Array]) -> pd.api.extensions.ExtensionArray:
    """Texts one after the other; a column in pieces is slow to take from."""
    return pd.StringDtype().__from_arrow__(pa.concat_arrays(texts))


def wordings(found: pd.DataFrame) -> Iterator[Finding | Said]:
    """What is said of each finding; made as it is asked for."""
    for code, there, own in zip(*(found[name].tolist() for name in ("code", "found", "said")),
                                strict=True):  # fmt: skip
        yield Finding(code, "", there) if own is None else own


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    weight = frame["severity"].map({"error": 0, "warning": 1, "info": 2})
    order = ["weight", "unit_code", "file"]
    in_order = frame.assign(weight=weight).sort_values(order, kind="stable", ignore_index=True)
    return typed(in_order, {name: TYPES.get(name, "object") for name in frame})


def findings_of_all(first: pd.DataFrame, others: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The findings of the first indicator with the doubts and the corrections of the others, which
    say whose they are.

    Args:
        first: Result of `findings`.
        others: The same of each further indicator, by its name.
    """
    more = [_named(found, name, first) for name, found in others.items()]
    return _in_order(pd.concat([first, *more])) if more else first


def _named(found: pd.DataFrame, indicator: str, first: pd.DataFrame) -> pd.DataFrame:
    """What puts figures of an indicator in doubt or right, its name before the message."""
    corrected = found["file"].eq(CORRECTIONS) & ~found["message"].isin(first["message"])
    own = found[found["rule"].isin(ANOMALIES) | corrected]
    texts = {
        name: [str(phrase("of_indicator", indicator=indicator, text=text)) for text in own[name]]
        for name in ("message", "kind")
    }
    return own.assign(**texts)


def closed(found: pd.DataFrame, context: CheckContext, corrections: pd.DataFrame) -> pd.DataFrame:
    """Findings with their `status`; those that are answered ask for nothing more."""
    return _resubmitted(_explained(found, context, corrections), context.judged)


def _explained(
    found: pd.DataFrame, context: CheckContext, corrections: pd.DataFrame
) -> pd.DataFrame:
    """Findings with their `status`: open, or explained by a correction, and then they say so."""
    found = found.assign(status=pd.Series(pd.NA, index=found.index, dtype="string"))
    found["status"] = found["status"].mask(found["rule"].isin(ANOMALIES), OPEN)
    applied = corrections[corrections["status"].eq(APPLIED) & corrections["column"].notna()]
    if applied.empty or found.empty:
        return found
    before = context.steps.set_index("report")["before_report"]
    impossible = context.history.loc[holds(context.history["coverage"] > 1), "report"]
    excused = ~(found["rule"].isin(ANOMALIES) & found["report"].isin(impossible.dropna()))
    for one in applied.itertuples():
        same = holds(found["report"] == one.report)
        answered_by = same & found["rule"].isin(corrected_by(one.column))
        if one.column in DAILY:
            follows = holds(found["report"].map(before) == one.report)
            answered_by |= follows & found["rule"].isin(with_trait("between"))
        found = _settled(found, answered_by & excused, EXPLAINED, reason=one.reason)
    return found


def _resubmitted(found: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Findings, with what a newer report of the same sender has come in place of."""
    if found.empty:
        return found
    old = answered(judged)
    is_old = holds(found["report"].map(old).astype("boolean"))
    asked = found["severity"].ne("info") | holds(found["status"].eq(OPEN))
    return _settled(found, is_old & asked, RESUBMITTED)


def _settled(found: pd.DataFrame, which: pd.Series, status: str, **values: Any) -> pd.DataFrame:
    """Findings of which some have become remarks that ask for nothing."""
    nothing, own = phrase("nothing_to_do"), found["said"].copy()
    now = [phrase(status, **values, text=one.message) for one in wordings(found[which])]
    own[which] = pd.Series([Said(text, nothing) for text in now], own.index[which], object)
    marked = {"status": status, "severity": "info"}
    changed = {name: found[name].mask(which, mark) for name, mark in marked.items()}
    return found.assign(said=own, **changed)


def _of_corrections(corrections: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """What came of each correction: a remark where it was applied, a warning where it was not."""
    which = corrections["status"].isin([APPLIED, UNMATCHED]) & corrections["value"].notna()
    for one in in_turn(corrections[which]):
        where = f"{CORRECTIONS}, entry {one.entry}"
        before = "" if pd.isna(one.value_before) else one.value_before
        if one.status == UNMATCHED:
            finding = Finding("correction_unmatched", where, before, {"why": one.note})
        else:
            when = labels.moment(one.when)
            values = {"what": _what(one), "reason": one.reason, "by": one.by, "when": when}
            finding = Finding("correction_applied", where, before, values)
        yield {"file": CORRECTIONS, "unit_code": one.unit_code, **finding.to_row()}


def _what(one: Any) -> Message:
    if one.value == REJECT:
        return phrase("report_rejected")
    if one.value == NOT_A_REPORT:
        return phrase("no_report")
    if pd.notna(one.told_by):
        return phrase(
            "told", who=one.told_by, figures=labels.figures_text(parse_figures(one.value))
        )
    known = pd.notna(one.value_before) and one.value == one.value_before
    return phrase(
        "confirmed" if known else "in_place_of",
        column=FIGURES[one.column].inside,
        value=labels.fact(one.column, one.value),
        before=labels.fact(one.column, one.value_before),
    )
