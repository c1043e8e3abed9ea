"""The numbers of a line: what the words around call each, and what those between make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing.intake.parsers.numbers import Number

Role = Literal["luy_ke", "trong_ngay", "total", "denominator", "rate", "other", "retracted", "none"]

_CLAUSE = re.compile(r"[,;.(](?!\d)|\n|\s[-–]\s")
_BETWEEN = re.compile(r"^\s*(?:[a-z]+\s){0,2}[(]")

# What a number is called. Where two begin at one place the earlier line goes first.
_CALLED: tuple[tuple[Role, str], ...] = (
    ("retracted", r"khong phai(?: la)?|thay (?:vi|cho)|nham(?: la| thanh| so)?|so cu(?: la)?"
                  r"|da bao cao(?: truoc)?(?: la)?|truoc (?:do|day)(?: bao(?: cao)?)?(?: la)?"),
    ("luy_ke", r"luy ke|lk|l/k|cong don"),
    ("denominator", r"(?:tong )?(?:so )?(?:nguoi )?(?:co |su dung |dung )?"
               r"(?:smartphone|smp|dttm|(?:dien thoai|dt) thong minh)|tren tong(?: so)?"
               r"|/ ?tong so"),
    ("other", r"(?:nam|nu|android|iphone|ios)(?=\W{0,2}$)|(?:khong|chua) (?:co|dung|su dung) "
              r"(?:smartphone|smp|dttm|(?:dien thoai|dt)(?: thong minh)?)"),
    ("other", r"con lai|con thieu|con|chua cai(?: dat)?|chua|chi tieu|ke hoach|muc tieu|phan dau"
              r"|(?:tong )?so (?:ho|to|dan|nhan khau)|tong (?:ho|dan so|nhan khau)"
              r"|can cai|dan so|nhan khau|ho dan|hom qua|(?:ngay|hom|tuan) truoc|h ?qua"
              r"|bua qua|giam|tuyen truyen|to roi|luot|buoi|to covid"),
    ("total", r"den (?:het )?(?:ngay )?(?:hom nay|h ?nay)"),
    ("trong_ngay", r"trong ngay|ngay hom nay|hom nay|h\.? ?nay|bua nay|phat sinh(?: moi)?"
                   r"|cai(?: dat)? (?:moi|them)|moi cai(?: dat)?|tang(?: them)?|them(?: moi)?|moi"),
    ("total", r"dinh chinh(?: lai)?|so dung(?: la)?|dung la|sua(?: lai)?(?: thanh)?"
              r"|tong (?:so )?(?:nguoi |may )?(?:da )?cai(?: dat)?|tong cong|tong so|tong"
              r"|da cai(?: dat)?(?: duoc)?|den nay|cai dat duoc|cai dat|cai|ket qua|da co"),
    ("rate", r"ty le|ti le|dat(?: duoc)?"),
)  # fmt: skip
_WORDS = re.compile("|".join(rf"\b(?P<r{i}>{p})\b" if p[0] != "/" else rf"(?P<r{i}>{p})"
                             for i, (_role, p) in enumerate(_CALLED)))  # fmt: skip
_RANGE = re.compile(r"[-–—]|den|toi")
_INSTEAD = re.compile(r"^\W*(?:nguoi |may )?(?:thanh|sang|->|→|=>)\s*(?:la\s*)?$")
_CORRECTING = re.compile(
    r"\b(?:dinh chinh|sua|so dung|dung la|chinh lai|cap nhat lai|edit(?:ed)?)"
    r"(?: (?:lai|thanh|la|so lieu|so|luy ke|lk|con))*[\s:=()\[\]>-]*$"
)
_COUNTED = re.compile(r"\s*(?:$|[^\w\s]|(?:nguoi|may|luot|truong hop|a|nhe|nha|dat|tren)\b)")
LIKE = 1.5  # times another number, up to which one right behind it may have come in its place


def called_left(left: str) -> Role:
    """What the words before a number call it: those nearest to it, a Lũy kế among them first."""
    cuts = [match.end() for match in _CLAUSE.finditer(left)]
    near = left[cuts[-1] if cuts else 0 :]
    for piece in (near, left):
        roles = [_role(match) for match in _WORDS.finditer(piece)]
        if roles:
            strong = "luy_ke" in roles and roles[-1] in (
                "trong_ngay",
                "total",
                "rate",
                "denominator",
            )
            return "luy_ke" if strong and piece is near else roles[-1]
    return "none"


def called_right(right: str) -> tuple[Role, int]:
    """What the words behind a number call it, within its clause; how far they reach."""
    inside = _BETWEEN.match(right)
    start = inside.end() if inside else 0
    cut = _CLAUSE.search(right, start) or re.search(r"\)", right[start:])
    end = (cut.start() if cut and cut.re is _CLAUSE else start + cut.start()) if cut else len(right)
    match = _WORDS.search(right, start, end)
    if match is None or match[0].startswith("tren tong"):  # it calls the number behind it
        return "none", 0
    roles = {_role(each) for each in _WORDS.finditer(right, start, end)}
    if _role(match) == "denominator" and "total" in roles:  # of the denominator some are counted
        return "total", end
    return _role(match), match.end()


def is_called_over(text: str, at: int) -> bool:
    """Whether a word for a count reaches over a place in a text."""
    return any(match.start() < at < match.end() - 1 for match in _WORDS.finditer(text))


def called_last(text: str, carried: Role) -> Role:
    """What a line without a number calls the first one of the next line."""
    matches = list(_WORDS.finditer(text))
    if not matches:
        return carried if not text.strip() else "none"
    return called_left(text)


def _role(match: re.Match[str]) -> Role:
    return _CALLED[int((match.lastgroup or "r0")[1:])][0]


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
    low, high = sorted((float(before.number.value), float(amount.number.value)))
    return _both_counts(before, amount) and 0 < high <= LIKE * low


def _both_counts(one: Amount, other: Amount) -> bool:
    return one.number.kind == other.number.kind == "count"
