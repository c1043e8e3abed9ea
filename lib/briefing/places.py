"""Where something stands, in words, when it stands in many places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing import labels
from briefing.intake.readers.grids import runs
from briefing.messages import _

FEW = 3  # places named; the rest is only counted
OF_SHEET = re.compile(r"(?P<sheet>.+)!(?P<first>[A-Z]+\d+)(?::(?P<last>[A-Z]+\d+))?")
ROW = re.compile(r"\d+")


def places(wheres: Iterable[str], most: int | None = FEW) -> str:
    """Addresses of the contract in words: neighbours as one, cells of a sheet after its name.

    Args:
        most: How many are named, a range being one; the rest is counted. `None`: all.
    """
    different = list(dict.fromkeys(wheres))
    if len(different) == 1:
        return str(labels.address(different[0]))
    pieces = runs(different)
    named = pieces if most is None or len(pieces) <= most + 1 else pieces[:most]
    text = "; ".join(_by_sheet(named))
    rest = len(different) - sum(map(_size, named))
    return _("{places} and {n} more", places=text, n=rest) if rest else text


def _by_sheet(pieces: list[str]) -> list[str]:
    """Each sheet's cells in one text, other addresses one by one."""
    cells: dict[str, list[str]] = {}
    others = []
    for piece in pieces:
        if match := OF_SHEET.fullmatch(piece):
            first, last = match["first"], match["last"]
            cells.setdefault(match["sheet"], []).append(f"{first}–{last}" if last else first)
        else:
            others.append(str(labels.address(piece)))
    sheets = [
        _("sheet “{sheet}”, cells {cells}", sheet=sheet, cells=", ".join(own))
        for sheet, own in cells.items()
    ]
    return sheets + others


def _size(piece: str) -> int:
    """How many cells a piece of `runs` is."""
    match = OF_SHEET.fullmatch(piece)
    if not match or not match["last"]:
        return 1
    first, last = (int(ROW.findall(match[end])[0]) for end in ("first", "last"))
    return last - first + 1
