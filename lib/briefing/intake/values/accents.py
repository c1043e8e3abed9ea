"""Names that are one when their accents are folded: which of them is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.intake.values.text import plain, tidy_tone

_GAPS = re.compile(r"[\W_]+")


def as_spelt(text: str, name: str, units: Mapping[str, Sequence[str]]) -> list[str]:
    """Those of several units whose name has the accents that are written, as far as any are.

    Args:
        text: What the name stands in: where anything in it has accents, none on a name says that
            it has none.
        units: Code → the spellings that fold to the same.
    """
    if len(units) == 1 or plain(text) == text.lower():
        return [*units]
    written = _accented(name)
    fitting = {
        code: [_agreement(written, _accented(alias)) for alias in aliases]
        for code, aliases in units.items()
    }
    best = max(max(found) for found in fitting.values())
    return [code for code, found in fitting.items() if max(found) == best]


def _accented(name: str) -> str:
    """The letters of a name with their accents, lower case, each tone where the older rule has
    it."""
    return _GAPS.sub("", tidy_tone(name.lower()))


def _agreement(written: str, name: str) -> int:
    """How a name is spelt as another that folds to the same: 2 alike, 1 but for accents left
    out, 0 with others."""
    if written == name:
        return 2
    pairs = zip(written, name, strict=False)
    return int(all(letter == own or plain(letter) == letter for letter, own in pairs))
