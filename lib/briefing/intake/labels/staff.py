"""The three numbers of a staff form: staff, denominator, numerator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from briefing.catalog.rules import phrase
from briefing.intake.parsers.disclosure import shown_count
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import clean, plain
from briefing.intake.submission import Finding

COUNTS = {
    "m01_tong_cbccvc": "staff_total",
    "m01_denominator": "staff_denominator",
    "m01_numerator": "staff_numerator",
}
TOTALS = {
    "staff_total": (),
    "staff_denominator": ("staff_total",),
    "staff_numerator": ("staff_denominator", "staff_total"),
}
"""Fact → the facts that it may be written as a part of: “50/58”, “50 người, đạt 86,2%”."""
RATED = re.compile(
    r"(?P<part>(?>\d[\d.,/]*)(?<![.,/])|(?>\d[\d./ ]*\d),(?=\s))"
    r"(?:\s*nguoi\b[\s,;:]*|\s*[;:=(–-]\s*|\s*(?=dat|chiem|bang|t[yi] le)|(?<=,)\s+)"
    r"(?:(?:dat|chiem|bang|t[yi] le)\b[\s:=(]*)*"
    r"(?P<rate>\d+(?:[.,]\d+)?)\s*%[\s).]*"
)


@dataclass(frozen=True)
class Answer:
    """What stands behind one label of the form, and where."""

    value: Any
    where: str


def read_counts(
    answers: Mapping[str, Answer], file: str
) -> tuple[dict[str, int | None], list[Finding]]:
    """The numbers, `None` where one can't be relied on, and what is wrong with those.

    A part of a whole counts where the whole is another of the form's numbers, a number beside its
    rate where the two agree.
    """
    facts: dict[str, int | None] = {}
    findings: list[Finding] = []
    for field, name in COUNTS.items():
        answer = answers.get(field)
        value = answer.value if answer else None
        facts[name] = _count(value, [facts[total] for total in TOTALS[name]])
        if facts[name] is None:
            findings.append(_unread(name, value, answer.where if answer else file))
    return facts, findings


def _count(value: object, totals: Iterable[int | None]) -> int | None:
    known = [total for total in totals if total]
    rated = RATED.fullmatch(plain(clean(value)))
    number = parse_number(rated["part"].rstrip(",") if rated else value)
    if not isinstance(number, Number) or number.kind not in ("count", "ratio"):
        return None
    if number.kind == "ratio":
        if number.denominator not in known or number.value > number.denominator:
            return None
        known = [number.denominator]
    if rated and known and not any(_agrees(rated["rate"], number.value, w) for w in known):
        return None
    return int(number.value)


def _agrees(rate: str, part: int | Decimal, total: int) -> bool:
    """Whether a percentage is the quotient of two numbers, to its last digit."""
    percent = Decimal(rate.replace(",", "."))
    step = Decimal(1).scaleb(min(int(percent.as_tuple().exponent), 0))
    return abs(Decimal(100 * part) / total - percent) <= step


def _unread(name: str, value: object, where: str) -> Finding:
    found = shown_count(value) if value is not None else ""
    code = "number_unreadable.staff" if found else "number_unreadable.staff_blank"
    return Finding(code, where, found, {"what": phrase(name)})
