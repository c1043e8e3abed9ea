"""What the words around a number call it: a cumulative, the day's, those with a smartphone, …"""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["luy_ke", "trong_ngay", "total", "owners", "rate", "other", "retracted", "none"]

_CLAUSE = re.compile(r"[,;.(](?!\d)|\n|\s[-–]\s")
_BETWEEN = re.compile(r"^\s*(?:[a-z]+\s){0,2}[(]")

# What a number is called. Where two begin at one place the earlier line goes first.
_CALLED: tuple[tuple[Role, str], ...] = (
    ("retracted", r"khong phai(?: la)?|thay (?:vi|cho)|nham(?: la| thanh| so)?|so cu(?: la)?"
                  r"|da bao cao(?: truoc)?(?: la)?|truoc (?:do|day)(?: bao(?: cao)?)?(?: la)?"),
    ("luy_ke", r"luy ke|lk|l/k|cong don"),
    ("owners", r"(?:tong )?(?:so )?(?:nguoi )?(?:co |su dung |dung )?"
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


def called_left(left: str) -> Role:
    """What the words before a number call it: those nearest to it, a Lũy kế among them first."""
    cuts = [match.end() for match in _CLAUSE.finditer(left)]
    near = left[cuts[-1] if cuts else 0 :]
    for piece in (near, left):
        roles = [_role(match) for match in _WORDS.finditer(piece)]
        if roles:
            strong = "luy_ke" in roles and roles[-1] in ("trong_ngay", "total", "rate", "owners")
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
    if _role(match) == "owners" and "total" in roles:  # of those with a smartphone some installed
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
