"""What one sentence or one row says about a unit: its figures, compared with one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.intake.daily.nil import NIL, Remark, nil_finding
from briefing.intake.daily.table_checks import over_denominator
from briefing.intake.submission import Finding, Submission
from briefing.intake.values.numbers import Number
from briefing.messages import Message


@dataclass(frozen=True)
class Statement:
    """The figures that one unit is given.

    Attributes:
        where: The address of the cumulative, or of the whole statement.
        cumulative: A count or a ratio (persons), or a rate in its place; `None` when not given.
        owners: The denominator (persons), where it is given beside.
        rate: A percentage or a fraction, where one is given.
        in_day: The day's installs (persons).
        sure: False where the count is not called a cumulative.
        rounded: A count in thousands, as it is written: “4.3k”.
        nil: What says that nothing is new; the day's installs are then 0.
        torn: The parts of a number, on two lines, that may be two numbers.
    """

    where: str
    cumulative: Number | None = None
    owners: int | None = None
    rate: Number | None = None
    in_day: int | None = None
    owners_where: str = ""
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
        return self.owners

    @property
    def share(self) -> Number | None:
        """The rate, also where it stands in the cumulative's place."""
        own = self.cumulative
        return own if own and own.kind in ("percent", "fraction") else self.rate


def daily_of(
    known: Submission, said: Statement, owners: int | None, findings: tuple[Finding, ...] = ()
) -> Submission:
    """A statement as a report of one row.

    Args:
        known: Whose report it is and about which day.
        owners: The unit's denominator in params (persons), for a statement of a rate alone.
        findings: What is already known to be wrong with it.
    """
    reading, value = _reading(said, owners)
    where = said.rate_where if reading == "percent" else said.where
    sources = {"installs_cumulative": where} if value is not None else {}
    if said.in_day is not None:
        sources["installs_new"] = said.in_day_where or said.where
    facts = {"installs_cumulative": value, "installs_new": said.in_day, "distinct_phones": None}
    if said.denominator is not None:
        facts["owners_reported"] = said.denominator
        sources["owners_reported"] = said.owners_where or said.where
    far = _far_from(owners, said)
    plain = said.sure and not (said.rounded or said.torn or far)
    sure = plain and reading not in ("percent", "increment")
    findings = (*findings, far) if far else findings
    more = value is not None and owners and value > owners
    over = (over_denominator(where, value, owners),) if more else ()  # type: ignore[arg-type]
    lost = int(value is None and not said.nil)
    return replace(
        known,
        form="mau02",
        reading=reading,
        reading_confidence="high" if sure else "low",
        facts=facts,
        rows_read=1,
        rows_used=1 - lost,
        rows_set_aside=lost,
        sources=sources,
        rules=dict.fromkeys(sources, "as_written")
        | ({} if said.nil else {"installs_cumulative": reading}),
        candidates={reading: value} if value is not None else {},
    ).with_findings(*findings, *_findings(said, reading, value), *over)


def _reading(said: Statement, owners: int | None) -> tuple[str, int | None]:
    if said.nil:
        return NIL, said.count
    if said.count is not None:
        return ("ratio" if said.denominator else "total"), said.count
    if said.share is not None:
        whole = said.denominator or owners
        return "percent", round(_fraction(said.share) * whole) if whole else None
    return ("increment" if said.in_day is not None else "total"), None


def _fraction(rate: Number) -> Decimal:
    return Decimal(rate.value) / 100 if rate.kind != "fraction" else Decimal(rate.value)


def _findings(said: Statement, reading: str, value: int | None) -> Iterator[Finding]:
    if said.nil:
        yield nil_finding(replace(said.nil, own=value))
    if reading == "percent":
        yield Finding(
            "warning", "percent_only", said.rate_where or said.where, "",
            Message("the report gives a rate only; the count is worked out from the denominator"),
            Message("Ask the unit for the number of people."),
        )  # fmt: skip
    if said.rounded:
        yield Finding(
            "warning", "number_approximate", said.where, said.rounded,
            Message("“{found}” is rounded; counted as {value}",
                    {"found": said.rounded, "value": said.count}),
            Message("Ask the unit for the exact number."),
        )  # fmt: skip
    elif said.cumulative and said.cumulative.approximate:
        yield Finding(
            "warning", "number_approximate", said.where, str(said.cumulative.value),
            Message("an estimate, counted as it stands"),
            Message("Ask the unit for the exact number."),
        )  # fmt: skip
    if reading == "increment":
        yield Finding(
            "error", "number_unreadable", said.where, "",
            Message("only the day's number is given, not the cumulative"),
            Message("Ask the unit for its cumulative so far."),
        )  # fmt: skip
    if said.count is not None and not said.sure:
        yield Finding(
            "warning", "reading_low_confidence", said.where, str(value),
            Message("the number is not called a cumulative; it is taken for one"),
            Message("Ask the unit what the number counts."),
        )  # fmt: skip
    if said.torn:
        first, second = said.torn
        yield Finding(
            "warning", "reading_low_confidence", said.where, f"{first} | {second}",
            Message("a line ends between “{first}” and “{second}”: read as one number; "
                    "they may be two", {"first": first, "second": second}),
            Message("Write each number on one line, then send the message again."),
        )  # fmt: skip
    yield from _disagreement(said)


def _far_from(owners: int | None, said: Statement) -> Finding | None:
    """Where the whole that a count is part of can't be the people known to have a smartphone."""
    whole = said.denominator
    if said.count is None or not whole or not owners:
        return None
    if said.count <= whole and owners <= 2 * whole <= 4 * owners:
        return None
    return Finding(
        "warning", "reading_low_confidence", said.owners_where or said.where, str(whole),
        Message(
            "{count} of {whole} is counted, but {owners} people with a smartphone are known; "
            "the numbers may mean something else",
            {"count": said.count, "whole": whole, "owners": owners},
        ),
        Message("Ask the unit what the number counts."),
    )  # fmt: skip


def _disagreement(said: Statement) -> Iterator[Finding]:
    """Where the rate is not the quotient of the two numbers beside it."""
    count, whole, rate = said.count, said.denominator, said.rate
    if count is None or not whole or rate is None:
        return
    places = -int(Decimal(rate.value).as_tuple().exponent)
    step = Decimal(1).scaleb(-max(places, 0)) / (100 if rate.kind != "fraction" else 1)
    if abs(_fraction(rate) - Decimal(count) / whole) <= step:
        return
    yield Finding(
        "warning", "total_mismatch", said.rate_where or said.where, _shown(rate),
        Message(
            "{count} of {whole} is {percent}, the report says {stated}; the count is kept",
            {
                "count": count, "whole": whole,
                "percent": _shown(Number(round(Decimal(100 * count) / whole, 1), "percent")),
                "stated": _shown(rate),
            },
        ),
        Message("Check the numbers, then send the report again."),
    )  # fmt: skip


def _shown(rate: Number) -> str:
    """A rate as an office writes it: “53,6 %”."""
    return f"{_fraction(rate) * 100:f}".rstrip("0").rstrip(".").replace(".", ",") + " %"
