"""The numbers of a line, and what the signs and words between them make of one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.intake.prose.calling import Role
from briefing.intake.values.numbers import Number

_RANGE = re.compile(r"[-–—]|den|toi")
_INSTEAD = re.compile(r"^\W*(?:nguoi |may )?(?:thanh|sang|->|→|=>)\s*(?:la\s*)?$")
_CORRECTING = re.compile(
    r"\b(?:dinh chinh|sua|so dung|dung la|chinh lai|cap nhat lai|edit(?:ed)?)"
    r"(?: (?:lai|thanh|la|so lieu|so|luy ke|lk|con))*[\s:=()\[\]>-]*$"
)
_COUNTED = re.compile(r"\s*(?:$|[^\w\s]|(?:nguoi|may|luot|truong hop|a|nhe|nha|dat|tren)\b)")
LIKE = 1.5  # times another number, up to which one right behind it may have come in its place


@dataclass(frozen=True)
class Amount:
    """A number in a text.

    Attributes:
        role: What it is called: `total` in words weaker than Lũy kế, `none` by nothing.
        where: The address of its line.
        rounded: What is written, where it is a count in thousands: “4.3k”.
        torn: Its two parts on two lines, where it may as well be two numbers.
        corrects: It is given in the place of one before it: “sửa: 1.250”, “1.150 1.250*”.
    """

    number: Number
    role: Role
    where: str
    rounded: str = ""
    torn: tuple[str, ...] = ()
    corrects: bool = False


@dataclass(frozen=True)
class Met:
    """An amount with the text between it and the numbers beside it, in plain letters."""

    amount: Amount
    left: str
    right: str


def linked(found: Sequence[Met]) -> list[Amount]:
    """The amounts, those that are linked by a sign with what it makes of them.

    Of “5.312 + 120 = 5.432” the result counts; of a sum without one every term stands as a
    rival of the others; of “5.432 thành 5.342” the first is taken back.
    """
    amounts: list[Amount] = []
    terms: list[int] = []
    for met in found:
        amount, link, here = _edited(met, amounts), met.left.strip(), len(amounts)
        if amounts and _INSTEAD.match(link):
            amount = replace(amount, role=amounts[-1].role)
            amounts[-1] = replace(amounts[-1], role="retracted")
        elif terms and link == "=" and amount.number.kind != "percent":
            amount = replace(amount, role=amounts[terms[0]].role)
            for term in terms:
                amounts[term] = replace(amounts[term], role="other")
        elif terms and link in ("+", "cong"):
            amount = replace(amount, role=amounts[terms[0]].role)
            terms.append(here)
        elif amounts and _RANGE.fullmatch(link) and _both_counts(amounts[-1], amount):
            amount = replace(amount, role=amounts[-1].role)  # “5.400 - 5.500”: it may be either
        if link not in ("+", "cong"):
            terms = [here]
        amounts.append(amount)
    return amounts


def _edited(met: Met, before: Sequence[Amount]) -> Amount:
    """An amount right behind one like it has come in its place: “1.150 1.250*”, or it may have."""
    amount, left, right = met.amount, met.left, met.right
    beside = bool(before) and not left.strip("* ") and _alike(before[-1], amount)
    if beside and amount.role == "none":
        amount = replace(amount, role=before[-1].role)
    alone = not before and not (left + right).strip("* ")
    worded = bool(_CORRECTING.search(left) and _COUNTED.match(right))  # not “sửa 2 lỗi”
    starred = (alone or beside) and left.endswith("*") != right.startswith("*")
    return replace(amount, corrects=starred or worded)


def _alike(before: Amount, amount: Amount) -> bool:
    low, high = sorted((before.number.value, amount.number.value))
    return _both_counts(before, amount) and 0 < high <= LIKE * low


def _both_counts(one: Amount, other: Amount) -> bool:
    return one.number.kind == other.number.kind == "count"
