"""The figures of one message about one unit: which of its numbers is the cumulative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from briefing.intake.chat.amounts import MessageAmounts, left_over, odd_number
from briefing.intake.chat.linking import Amount
from briefing.intake.chat.statement import Statement
from briefing.intake.detection.lines import Line
from briefing.intake.submission import Finding
from briefing.intake.tables.nil import Remark

ASKING = re.compile(r"\b(?:de nghi|yeu cau|nhac|truoc \d)")  # a reminder, not a report
BLANK = re.compile(r"[\W\d]*+(?:\w++\W++){0,2}x[x\W]{0,40}?(?:[:=]|[.…_]{3})[\s.…_?:=–-]*")
IN_WORDS = re.compile(r"\b(?:nghìn|ngàn|nghin)\b", re.IGNORECASE)
MAIN = ("luy_ke", "total", "rate", "none")  # what a number is called that may be the cumulative
WORDS_OF_COUNTS = re.compile(r"\b(?:luy ke|lk|cong don)\b")


def stated(
    numbers: MessageAmounts, piece: Sequence[Line], *, called: bool
) -> tuple[Statement | None, tuple[Finding, ...], int | None]:
    """The figures of a piece, what is wrong with them, and which number it takes back."""
    amounts = _corrected(numbers.amounts)
    taken_back = [a for a in amounts if a.role == "retracted"]
    back = {int(a.number.value) for a in taken_back if a.number.kind in ("count", "ratio")}
    amounts = _fallen(_risen(amounts))
    amounts = tuple(
        a for a in amounts if a.role not in ("retracted", "other") and a.number.value not in back
    )
    nil = _nil(numbers, amounts)
    amounts = [a for a in amounts if not (nil and a.number.value == 0 and a.role != "luy_ke")]
    cumulative, sure, rivals = _cumulative(amounts)
    rate = next((a for a in amounts if a.number.kind in ("percent", "fraction")), None)
    in_day = [a for a in amounts if a.role == "trong_ngay" and a.number.kind == "count"]
    denominator = next(
        (a for a in amounts if a.role == "denominator" and a.number.kind == "count"), None
    )
    people = int(denominator.number.value) if denominator else None
    first = cumulative or rate or next(iter(in_day), None)
    where = first.where if first else piece[0].where
    if not (cumulative or rate or in_day or nil or rivals):
        return None, (), None
    findings = (_several(rivals, where),) if rivals else ()
    statement = Statement(
        where,
        cumulative=cumulative.number if cumulative else None,
        stated=people,
        rate=rate.number if rate and not (rivals and not cumulative) else None,
        in_day=0 if nil else int(in_day[0].number.value) if in_day else None,
        denominator_where=denominator.where if denominator else "",
        rate_where=rate.where if rate else "",
        in_day_where=nil.where if nil else in_day[0].where if in_day else "",
        sure=sure or called or rate is not None or cumulative is None,
        nil=nil,
        rounded=cumulative.rounded if cumulative else "",
        torn=next((a.torn for a in (cumulative, *in_day[:1], denominator) if a and a.torn), ()),
    )
    return statement, findings, next(iter(back), None)


def _nil(numbers: MessageAmounts, amounts: Sequence[Amount]) -> Remark | None:
    """What says that nothing is new: words, or a zero of the day without a cumulative."""
    counts = [a for a in amounts if a.number.kind in ("count", "ratio", "percent")]
    of_day = [a for a in counts if a.role == "trong_ngay"]
    if any(a.number.value for a in of_day):
        return None
    if numbers.nil:
        return numbers.nil
    return Remark(of_day[0].where, "0") if of_day and of_day == counts else None


def _corrected(amounts: Sequence[Amount]) -> Sequence[Amount]:
    """The amounts, those taken back that a later one was given in the place of."""
    out: list[Amount] = []
    for amount in amounts:
        if amount.corrects and amount.role not in ("retracted", "other"):
            of_day = amount.role == "trong_ngay"
            old = [at for at, a in enumerate(out) if a.role in MAIN and not of_day]
            old = [at for at, a in enumerate(out) if a.role == "trong_ngay"] if of_day else old
            if old and amount.role in ("total", "none"):
                amount = replace(amount, role=out[old[-1]].role)
            out = [replace(a, role="retracted") if at in old else a for at, a in enumerate(out)]
        out.append(amount)
    return out


def _cumulative(amounts: Sequence[Amount]) -> tuple[Amount | None, bool, list[Amount]]:
    """The number that is the cumulative, whether it is called so, and its rivals where unclear."""
    counts = [a for a in amounts if a.number.kind in ("count", "ratio")]
    ratios = [a for a in counts if a.number.kind == "ratio" and a.role != "trong_ngay"]
    strong = [a for a in counts if a.role == "luy_ke"]
    weak = [a for a in counts if a.role in ("total", "rate")]
    bare = [a for a in counts if a.role == "none"]
    for group, sure in ((strong, True), (ratios, True), (weak, True), (bare, False)):
        values = {a.number.value for a in group}
        if len(values) > 1:
            pair = _quotient(group, amounts)
            return (pair, True, []) if pair else (None, False, group)
        if group:
            same = [a for a in ratios if a.number.value == group[0].number.value]
            return (same or group)[0], sure, []
    return None, False, []


def _risen(amounts: Sequence[Amount]) -> Sequence[Amount]:
    """The amounts, with the one that is yesterday's and the day's together a cumulative.

    “hôm qua 2.310, hôm nay 2.395 (tăng 85)” names two numbers of the day, of which one is none.
    """
    days = [a for a in amounts if a.role == "trong_ngay" and a.number.kind == "count"]
    before = [a for a in amounts if a.role == "other" and a.number.kind == "count"]
    sums = {a.number.value + b.number.value for a in days for b in before}
    return [
        replace(a, role="total") if a in days and len(days) > 1 and a.number.value in sums else a
        for a in amounts
    ]


def _fallen(amounts: Sequence[Amount]) -> Sequence[Amount]:
    """The amounts, with what is left of a total as its rival: “4.012, đã xóa 12, còn 4.000”."""
    counts = [a for a in amounts if a.number.kind == "count"]
    return [
        replace(a, role="total") if a in counts and a.role == "other" and _is_left(a, counts) else a
        for a in amounts
    ]


def _is_left(amount: Amount, counts: Sequence[Amount]) -> bool:
    at = counts.index(amount)
    total, taken = (counts[at - 2], counts[at - 1]) if at > 1 else (None, None)
    return bool(
        total
        and taken
        and total.role in ("total", "luy_ke")
        and taken.role in ("total", "other", "none")
        and total.number.value - taken.number.value == amount.number.value
    )


def _quotient(group: Sequence[Amount], amounts: Sequence[Amount]) -> Amount | None:
    """Of two numbers the part, with the whole, where the rate beside them is their quotient."""
    rate = next((a.number for a in amounts if a.number.kind == "percent"), None)
    if rate is None or len(group) != 2:
        return None
    part, total = sorted(group, key=lambda a: a.number.value)
    if part.number.kind != "count" or not total.number.value:
        return None
    if abs(Decimal(100 * part.number.value) / total.number.value - rate.value) > Decimal("0.6"):
        return None
    number = replace(part.number, kind="ratio", denominator=int(total.number.value))
    return replace(part, number=number)


def called_but_not_given(piece: Sequence[Line]) -> Line | None:
    """The line that speaks of a cumulative, in a piece that gives no number."""
    if any(ASKING.search(line.key) for line in piece):
        return None
    return next((line for line in piece if WORDS_OF_COUNTS.search(line.key)), None)


def left_blank(piece: Sequence[Line]) -> bool:
    """Whether a piece is a name with a place for a number behind it, and nothing there."""
    return bool(BLANK.fullmatch(" ".join(line.text for line in piece)))


def unread(piece: Sequence[Line]) -> Finding | None:
    """What is said of a piece with something like a number in it that is none to rely on."""
    if any(ASKING.search(line.key) for line in piece):
        return None
    for line in piece:
        if odd_number(line.text) or IN_WORDS.search(line.text):
            return not_given(piece, line.where)
    return None


def unread_digits(piece: Sequence[Line], year: int) -> Finding | None:
    """The same of digits in which no figure could be seen: “45/5.432/10.130”."""
    for line in piece:
        if digits := left_over(line, year):
            return not_given(piece, line.where, digits)
    return None


def blank(where: str) -> Finding:
    """Of a name with nothing behind it where a number is due."""
    return Finding("number_unreadable.message_blank", where)


def not_given(piece: Sequence[Line], where: str, digits: str = "") -> Finding:
    """Of a piece without its cumulative; what stands in its place is quoted."""
    odd = digits or next(filter(None, (odd_number(line.text) for line in piece)), "")
    return Finding("number_unreadable.odd" if odd else "number_unreadable.not_given", where, odd)


def _several(rivals: Sequence[Amount], where: str) -> Finding:
    numbers = ", ".join(dict.fromkeys(str(a.number.value) for a in rivals))
    return Finding("number_unreadable.rivals", where, numbers)
