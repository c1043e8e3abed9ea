"""The staff form: a body's lines "label: value", as text or as a table of two columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefing.intake.detection.vocabulary import Vocabulary, strip_leaders
from briefing.intake.labels.staff import COUNTS, Answer, read_counts
from briefing.intake.parsers.disclosure import shown_cell, shown_code
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.phones import mask, parse_phone
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid, Part
from briefing.intake.submission import Finding, Submission

NAMED = {"m01_ma_qr": "qr_code", "m01_sdt_tao_qr": "qr_creator_phone", "m01_anh_qr": "qr_photo"}
ASKED = (*COUNTS, "m01_ma_qr", "m01_sdt_tao_qr")
NO_FACTS = dict.fromkeys([*COUNTS.values(), *NAMED.values(), "qr_photo_decoded"])
LABELS_NEEDED = 2  # lines of counts that make a document a staff form
FIELDS_NEEDED = 3  # labels of any kind, where the document holds tables too
OWN_FIELDS = {"m01_ma_qr", "m01_sdt_tao_qr", "m01_tong_cbccvc"}  # asked for in no other form


@dataclass(frozen=True)
class Run:
    """Labels of one filled-in form, in the order in which they stand.

    Attributes:
        first, last: Where they begin and end: number of the grid in its part, row.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    fields: frozenset[str]

    @property
    def counts(self) -> int:
        return len(COUNTS.keys() & self.fields)

    @property
    def complete(self) -> bool:
        """Whether these can be no lines of another form, such as sums over its table."""
        enough = self.counts >= LABELS_NEEDED and len(self.fields) >= FIELDS_NEEDED
        return enough and bool(OWN_FIELDS & self.fields)


def label_runs(part: Part, words: Vocabulary, places: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """The forms in a part: where a label comes again after most of a form, a new one begins.

    Args:
        places: The rows to look at: number of the grid, row.
    """
    run: Run | None = None
    for place in places:
        grid = part.grids[place[0]]
        for _row, _column, value in grid.filled(place[1], place[1] + 1):
            for line in value.splitlines() if isinstance(value, str) else ():
                label = words.label(line)
                if label is None:
                    continue
                if run and label.field in run.fields and run.counts >= LABELS_NEEDED:
                    yield run
                    run = None
                fields = run.fields if run else frozenset()
                run = Run(run.first if run else place, place, fields | {label.field})
    if run:
        yield run


def find_answers(part: Part, words: Vocabulary) -> dict[str, Answer]:
    """Label → answer, the first of each that is filled in; empty where the form is not the staff
    form."""
    answers: dict[str, Answer] = {}
    for field, answer in _labelled(part, words):
        if field not in answers or not clean(answers[field].value):
            answers[field] = answer
    return answers if len(COUNTS.keys() & answers.keys()) >= LABELS_NEEDED else {}


def asks_for_staff(answers: Mapping[str, Answer]) -> bool:
    """Whether the labels are those of a body; a unit too counts its denominator and numerator."""
    return bool(OWN_FIELDS & answers.keys())


def _labelled(part: Part, words: Vocabulary) -> Iterator[tuple[str, Answer]]:
    for grid in part.grids:
        for row, column, value in grid.filled():
            for line in str(value).splitlines() if isinstance(value, str) else ():
                label = words.label(line)
                if label is None:
                    continue
                if label.rest:
                    yield label.field, Answer(label.rest, grid.where(row, column))
                else:
                    yield label.field, _answer_beside(grid, row, column, label.field, words)


def _answer_beside(grid: Grid, row: int, column: int, field: str, words: Vocabulary) -> Answer:
    """The next filled cell to the right, or the number below, or the blank beside the label.

    A label is no answer to the one before it: labels in a row have their answers below. Where a
    number is asked for, a unit of measure between label and number is none.
    """
    counts = field in COUNTS
    line = grid.cells[row]
    filled = [
        Answer(value, grid.where(row, beside))
        for beside in range(column + 1, len(line))
        if clean(value := strip_leaders(v) if isinstance(v := line[beside], str) else v)
        and not (isinstance(v, str) and words.label(v))
    ]
    numbers = [answer for answer in filled if any(map(str.isdigit, clean(answer.value)))]
    if counts and not filled and _is_count(below := grid.value(row + 1, column)):
        return Answer(below, grid.where(row + 1, column))
    if filled:
        return (numbers if counts and numbers else filled)[0]
    beside = column + 1 if len(line) > column + 1 else column
    return Answer(None, grid.where(row, beside))


def _is_count(value: object) -> bool:
    return isinstance(parse_number(value), Number)


def read_labels(
    known: Submission, answers: Mapping[str, Answer], where: str, *, issued: bool = False
) -> Submission:
    """The report of a body, its photo left open; `sources` says where that is asked for.

    Args:
        known: Whose report it is and about which day.
        where: The address of what no answer stands for.
        issued: The form is one that this program made: blanks in it were left by the sender.
    """
    if issued and not any(clean(answers[f].value) for f in ASKED if f in answers):
        return _report(known, NO_FACTS, {}, Finding("empty_report.form", where))
    counted, findings = read_counts(answers, where)
    facts: dict[str, Any] = dict(counted)
    findings += _disorders(facts, answers)
    code, phone = answers.get("m01_ma_qr"), answers.get("m01_sdt_tao_qr")
    facts["qr_code"] = _code(code.value) if code else None
    if not facts["qr_code"]:
        findings.append(Finding("qr_missing.blank", code.where if code else where))
    facts["qr_creator_phone"], faults = _creator_phone(phone)
    facts |= {"qr_photo": None, "qr_photo_decoded": None}
    named = {**COUNTS, **NAMED}
    sources = {name: answers[field].where for field, name in named.items() if field in answers}
    return _report(known, facts, sources, *findings, *faults)


def _report(
    known: Submission, facts: Mapping[str, Any], sources: Mapping[str, str], *findings: Finding
) -> Submission:
    unread = sum(facts[name] is None for name in COUNTS.values())
    return replace(
        known,
        facts=facts,
        rows_read=len(COUNTS),
        rows_used=len(COUNTS) - unread,
        rows_set_aside=unread,
        sources=sources,
    ).with_findings(*findings)


def _disorders(facts: Mapping[str, Any], answers: Mapping[str, Answer]) -> Iterator[Finding]:
    """Staff ≥ denominator ≥ numerator, or it is a finding."""
    pairs = (
        ("denominator_over_staff", "staff_denominator", "staff_total", "m01_denominator"),
        (
            "numerator_over_denominator.staff",
            "staff_numerator",
            "staff_denominator",
            "m01_numerator",
        ),
    )
    for code, part, total, field in pairs:
        if None not in (facts[part], facts[total]) and facts[part] > facts[total]:
            numbers = {"part": facts[part], "whole": facts[total]}
            yield Finding(code, answers[field].where, str(facts[part]), numbers)


def _code(value: object) -> str | None:
    """The code as written; a phone number that was typed in its place is masked."""
    text = clean(value)
    if text.startswith(("0", "+84")) and parse_phone(text).status == "ok":
        return mask(text)
    return shown_code(text) or None


def _creator_phone(answer: Answer | None) -> tuple[str | None, list[Finding]]:
    if answer is None or not clean(answer.value):
        return None, []
    phone = parse_phone(answer.value)
    if phone.number:
        return mask(phone.number), []
    return None, [Finding("phone_invalid.creator", answer.where, shown_cell(answer.value))]
