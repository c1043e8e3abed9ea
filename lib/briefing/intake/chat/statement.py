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
    known: Submission, said: Statement, denominator: int | None, findings: tuple[Finding, ...] = ()
) -> Submission:
    """A statement as a report of one row.

    Args:
        known: Whose report it is and about which day.
        denominator: The unit's denominator in params (persons), for a statement of a rate alone.
        findings: What is already known to be wrong with it.
    """
    reading, value = _reading(said, denominator)
    where = said.rate_where if reading == "percent" else said.where
    sources = {"numerator_cumulative": where} if value is not None else {}
    if said.in_day is not None:
        sources["numerator_new"] = said.in_day_where or said.where
    facts = {"numerator_cumulative": value, "numerator_new": said.in_day, "distinct_phones": None}
    if said.denominator is not None:
        facts["denominator_reported"] = said.denominator
        sources["denominator_reported"] = said.denominator_where or said.where
    far = _far_from(denominator, said)
    plain = said.sure and not (said.rounded or said.torn or far)
    sure = plain and reading not in ("percent", "increment")
    findings = (*findings, far) if far else findings
    over: tuple[Finding, ...] = ()
    if value is not None and denominator and value > denominator:
        over = (over_denominator(where, value, denominator),)
    lost = int(value is None and not said.nil)
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
    ).with_findings(*findings, *_findings(said, reading, value), *over)


def _reading(said: Statement, denominator: int | None) -> tuple[str, int | None]:
    if said.nil:
        return NIL, said.count
    if said.count is not None:
        return ("ratio" if said.denominator else "total"), said.count
    if said.share is not None:
        whole = said.denominator or denominator
        return "percent", round(fraction_of(said.share) * whole) if whole else None
    return ("increment" if said.in_day is not None else "total"), None


def fraction_of(rate: Number) -> Decimal:
    return Decimal(rate.value) / 100 if rate.kind != "fraction" else Decimal(rate.value)


def _findings(said: Statement, reading: str, value: int | None) -> Iterator[Finding]:
    if said.nil:
        yield nil_finding(replace(said.nil, own=value))
    if reading == "percent":
        yield Finding("percent_only", said.rate_where or said.where)
    if said.rounded:
        yield Finding("number_approximate.rounded", said.where, said.rounded, {"value": said.count})
    elif said.cumulative and said.cumulative.approximate:
        yield Finding("number_approximate.estimate", said.where, str(said.cumulative.value))
    if reading == "increment":
        yield Finding("number_unreadable.only_day", said.where)
    if said.count is not None and not said.sure:
        yield Finding("reading_low_confidence.uncalled", said.where, str(value))
    if said.torn:
        first, second = said.torn
        values = {"first": first, "second": second}
        yield Finding("reading_low_confidence.torn", said.where, f"{first} | {second}", values)
    yield from _disagreement(said)


def _far_from(denominator: int | None, said: Statement) -> Finding | None:
    """Where the whole that a count is part of can't be the denominator that is known."""
    whole = said.denominator
    if said.count is None or not whole or not denominator:
        return None
    if said.count <= whole and denominator <= 2 * whole <= 4 * denominator:
        return None
    values = {"count": said.count, "whole": whole, "denominator": denominator}
    return Finding(
        "reading_low_confidence.far", said.denominator_where or said.where, str(whole), values
    )


def _disagreement(said: Statement) -> Iterator[Finding]:
    """Where the rate is not the quotient of the two numbers beside it."""
    count, whole, rate = said.count, said.denominator, said.rate
    if count is None or not whole or rate is None:
        return
    places = -int(Decimal(rate.value).as_tuple().exponent)
    step = Decimal(1).scaleb(-max(places, 0)) / (100 if rate.kind != "fraction" else 1)
    if abs(fraction_of(rate) - Decimal(count) / whole) <= step:
        return
    percent = Number(round(Decimal(100 * count) / whole, 1), "percent")
    values = {"count": count, "whole": whole, "percent": _shown(percent), "stated": _shown(rate)}
    yield Finding("total_mismatch.rate", said.rate_where or said.where, _shown(rate), values)


def _shown(rate: Number) -> str:
    """A rate as an office writes it: “53,6 %”."""
    return f"{fraction_of(rate) * 100:f}".rstrip("0").rstrip(".").replace(".", ",") + " %"
