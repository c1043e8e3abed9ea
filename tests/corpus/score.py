"""Hold what was read against what is true: facts right, mistakes located, false findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from briefing.intake.submission import Finding, Submission
from tests.corpus.case import ANYWHERE, Case, OneOf, Report
from tests.corpus.totals import Score

# Rules of the contract: one of these where nothing is wrong is false, even as a mere remark.
CONTRACT = {
    *("file_unreadable", "file_encrypted", "file_too_large", "form_unknown", "empty_report"),
    *("header_missing", "unit_unknown", "unit_ambiguous", "unit_conflict"),
    *("date_missing", "date_conflict", "date_outside_campaign", "legacy_encoding"),
    *("reading_low_confidence", "number_unreadable", "total_mismatch", "percent_only"),
    *("phone_invalid", "phone_missing", "phone_zero_restored", "phone_converted"),
    *("phone_ambiguous", "phone_duplicate", "place_unknown", "name_missing"),
    *("denominator_over_staff", "numerator_over_denominator"),
    *("qr_missing", "qr_photo_missing", "qr_photo_mismatch"),
}


def score(case: Case, found: list[Submission]) -> Score:
    """Compare report by report, in the order of the file."""
    result = Score()
    if len(found) != len(case.expected):
        seen = [(s.form, s.unit_code, str(s.report_date), dict(s.facts)) for s in found]
        result.wrong.append(f"{len(found)} reports, expected {len(case.expected)}: {seen}")
    for number, wanted in enumerate(case.expected):
        submission = found[number] if number < len(found) else None
        for name, value, read in _facts(wanted, submission):
            result.fact(f"report {number + 1}, {name}", value, read)
        _findings(result, wanted, submission.findings if submission else (), number)
    for submission in found[len(case.expected) :]:
        result.false += sum(map(_counts, submission.findings))
    return result


def _facts(wanted: Report, found: Submission | None) -> Iterator[tuple[str, Any, Any]]:
    missing = "(no such report)"
    day = found.report_date.isoformat() if found and found.report_date else None
    yield "unit_code", wanted.unit, found.unit_code if found else missing
    yield "report_date", wanted.day, day if found else missing
    yield "form", wanted.form, found.form if found else missing
    for name in ("reading", "confidence"):
        if getattr(wanted, name) is not None:
            held = {"reading": "reading", "confidence": "reading_confidence"}[name]
            yield name, getattr(wanted, name), getattr(found, held) if found else missing
    for name, value in wanted.facts.items():
        yield name, value, found.facts.get(name) if found else missing


def _findings(result: Score, wanted: Report, found: Iterable[Finding], number: int) -> None:
    at = {(finding.rule, finding.where) for finding in found}
    said: set[tuple[str, str]] = set()
    for place in wanted.findings:
        choices = place.values if isinstance(place, OneOf) else (place,)
        hits = [p for p in at for c in choices if p == c or (c[1] == ANYWHERE and p[0] == c[0])]
        said |= set(hits)
        result.mistakes += 1
        if hits:
            result.located += 1
        else:
            near = sorted(w for r, w in at if r in {rule for rule, _where in choices})
            result.wrong.append(f"report {number + 1}: {_shown(place)} not found; such at {near}")
    for finding in found:
        place = (finding.rule, finding.where)
        if place not in said and finding.rule not in wanted.allowed and _counts(finding):
            result.false += 1
            result.wrong.append(
                f"report {number + 1}: false {finding.severity} {place} ({finding.found})"
            )


def _counts(finding: Finding) -> bool:
    """Whether a finding costs the office time: any error or warning, any rule of the contract."""
    return finding.severity in ("error", "warning") or finding.rule in CONTRACT


def _shown(wanted: Any) -> str:
    return repr(wanted)
