"""What one sentence or one row says about a unit: its figures, compared with one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.intake.parsers.numbers import Number
from briefing.intake.submission import Finding, Submission
from briefing.intake.tables.nil import NIL, Remark, nil_finding
from briefing.intake.tables.table_checks import over_denominator


@dataclass(frozen=True)
class Statement:
    """The figures that one unit is given.

    Attributes:
        where: The address of the cumulative, or of the whole statement.
        cumulative: A count or a ratio (persons), or a rate in its place; `None` when not given.
        stated: The denominator (persons), where it is given beside.
        rate: A percentage or a fraction, where one is given.
        in_day: The day's counts (persons).
        sure: False where the count is not called a cumulative.
        rounded: A count in thousands, as it is written: “4.3k”.
        nil: What says that nothing is new; the day's count are then 0.
        torn: The parts of a number, on two lines, that may be two numbers.
    """

    where: str
    cumulative: Number | None = None
    stated: int | None = None
    rate: Number | None = None
    in_day: int | None = None
    denominator_where: str = ""
    rate_where: str = ""
    in_day_where: str = ""
    sure: bool = True
    rounded: str = ""
    torn: tuple[str, ...] = ()
    nil: Remark | None = None

    @property
    def count(self) -> int | None:
        number = self.cumulative
        return int(number.value) if number and number.kind in ("count", "ratio") else None

    @property
    def denominator(self) -> int | None:
        if self.cumulative and self.cumulative.kind == "ratio":
            return self.cumulative.denominator
        return self.stated

    @property
    def share(self) -> Number | None:
        """The rate, also where it stands in the cumulative's place."""
        own = self.cumulative
        return own if own and own.kind in ("percent", "fraction") else self.rate


def daily_of(
    known: Submission,
    statement: Statement,
    denominator: int | None,
    findings: tuple[Finding, ...] = (),
) -> Submission:
    """A statement as a report of one row.

    Args:
        known: Whose report it is and about which day.
        denominator: The unit's denominator in params (persons), for a statement of a rate alone.
        findings: What is already known to be wrong with it.
    """
    reading, value = _reading(statement, denominator)
    where = statement.rate_where if reading == "percent" else statement.where
    sources = {"numerator_cumulative": where} if value is not None else {}
    if statement.in_day is not None:
        sources["numerator_new"] = statement.in_day_where or statement.where
    facts = {
        "numerator_cumulative": value,
        "numerator_new": statement.in_day,
        "distinct_phones": None,
    }
    if statement.denominator is not None:
        facts["denominator_reported"] = statement.denominator
        sources["denominator_reported"] = statement.denominator_where or statement.where
    far = _far_from(denominator, statement)
    plain = statement.sure and not (statement.rounded or statement.torn or far)
    sure = plain and reading not in ("percent", "increment")
    findings = (*findings, far) if far else findings
    over: tuple[Finding, ...] = ()
    if value is not None and denominator and value > denominator:
        over = (over_denominator(where, value, denominator),)
    lost = int(value is None and not statement.nil)
    return replace(
        known,
        reading=reading,
        reading_confidence="high" if sure else "low",
        facts=facts,
        rows_read=1,
        rows_used=1 - lost,
        rows_set_aside=lost,
        sources=sources,
        candidates={reading: value} if value is not None else {},
    ).with_findings(*findings, *_findings(statement, reading, value), *over)


def _reading(statement: Statement, denominator: int | None) -> tuple[str, int | None]:
    if statement.nil:
        return NIL, statement.count
    if statement.count is not None:
        return ("ratio" if statement.denominator else "total"), statement.count
    if statement.share is not None:
        people = statement.denominator or denominator
        return "percent", round(fraction_of(statement.share) * people) if people else None
    return ("increment" if statement.in_day is not None else "total"), None


def fraction_of(rate: Number) -> Decimal:
    return Decimal(rate.value) / 100 if rate.kind != "fraction" else Decimal(rate.value)


def _findings(statement: Statement, reading: str, value: int | None) -> Iterator[Finding]:
    if statement.nil:
        yield nil_finding(replace(statement.nil, own=value))
    if reading == "percent":
        yield Finding("percent_only", statement.rate_where or statement.where)
    if statement.rounded:
        yield Finding(
            "number_approximate.rounded",
            statement.where,
            statement.rounded,
            {"value": statement.count},
        )
    elif statement.cumulative and statement.cumulative.approximate:
        yield Finding(
            "number_approximate.estimate", statement.where, str(statement.cumulative.value)
        )
    if reading == "increment":
        yield Finding("number_unreadable.only_day", statement.where)
    if statement.count is not None and not statement.sure:
        yield Finding("reading_low_confidence.uncalled", statement.where, str(value))
    if statement.torn:
        first, second = statement.torn
        values = {"first": first, "second": second}
        yield Finding("reading_low_confidence.torn", statement.where, f"{first} | {second}", values)
    yield from _disagreement(statement)


def _far_from(denominator: int | None, statement: Statement) -> Finding | None:
    """Where the whole that a count is part of can't be the denominator that is known."""
    stated = statement.denominator
    if statement.count is None or not stated or not denominator:
        return None
    if statement.count <= stated and denominator <= 2 * stated <= 4 * denominator:
        return None
    values = {"count": statement.count, "whole": stated, "denominator": denominator}
    return Finding(
        "reading_low_confidence.far",
        statement.denominator_where or statement.where,
        str(stated),
        values,
    )


def _disagreement(statement: Statement) -> Iterator[Finding]:
    """Where the rate is not the quotient of the two numbers beside it."""
    count, denominator, rate = statement.count, statement.denominator, statement.rate
    if count is None or not denominator or rate is None:
        return
    places = -int(Decimal(rate.value).as_tuple().exponent)
    step = Decimal(1).scaleb(-max(places, 0)) / (100 if rate.kind != "fraction" else 1)
    if abs(fraction_of(rate) - Decimal(count) / denominator) <= step:
        return
    percent = Number(round(Decimal(100 * count) / denominator, 1), "percent")
    values = {
        "count": count,
        "whole": denominator,
        "percent": _shown(percent),
        "stated": _shown(rate),
    }
    yield Finding(
        "total_mismatch.rate", statement.rate_where or statement.where, _shown(rate), values
    )


def _shown(rate: Number) -> str:
    """A rate as an office writes it: “53,6 %”."""
    return f"{fraction_of(rate) * 100:f}".rstrip("0").rstrip(".").replace(".", ",") + " %"
