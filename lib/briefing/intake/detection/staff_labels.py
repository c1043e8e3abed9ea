"""What a label of the staff form asks for, by the words in it: “Số CB có Smartphone”, “Tổng số
CBCC, NLĐ”.

The form's own wording stands in params/aliases.csv; offices shorten it in ways that no list ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.intake.parsers.text import fold, plain
from briefing.locale.pack import Worded

LONGEST = 80  # characters; a longer beginning is prose
_FIELDS = {
    "m01_numerator": Worded("^«staff.numerator»"),
    "m01_denominator": Worded("^«staff.denominator»"),
    "m01_tong_cbccvc": Worded("^«staff.total»"),
}
_OTHERWISE = Worded(r"\b«staff.otherwise»\b")
_SPECIFIC = Worded(r"\b«staff.people»\b")
_SPLIT = re.compile(
    rf"^\W*+(?:\d{{1,2}}\s*+[.)/:-]\s*+)?(?P<label>[^\d:=]{{2,{LONGEST}}}?)[\s.…_]*+(?:[:=]|(?=\d)|$)"
)


@dataclass(frozen=True)
class StaffLabel:
    """A label at the beginning of a text, and where in its NFC form the answer begins."""

    field: str
    end: int


def staff_field(key: str, *, named: bool = True) -> str | None:
    """The line of the staff form that a folded label or heading asks for.

    Args:
        named: Only where it names the staff: a unit too counts “Số người đã cài”.
    """
    if _OTHERWISE.search(key):
        return None
    for field, pattern in _FIELDS.items():
        if match := pattern.match(key):
            staff = match["people"] and _SPECIFIC.search(match["people"])
            if staff or (not named and match.groupdict().get("state")):
                return field
    return None


def staff_label(text: str) -> StaffLabel | None:
    """The same of a text that begins with a label, “… : 45” or “… ….. 45”.

    Args:
        text: NFC.
    """
    match = _SPLIT.match(plain(text))
    field = staff_field(fold(match["label"]), named=False) if match else None
    return StaffLabel(field, match.end()) if match and field else None
