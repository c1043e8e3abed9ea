"""Several numbers in one cell, “100/200/1300”, in the order in which words beside them tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from briefing.intake.counts.annotations import Annotation
from briefing.intake.counts.cells import COMBINED
from briefing.intake.parsers.numbers import Unreadable
from briefing.intake.parsers.text import clean

BETWEEN = re.compile(r"\s?[/;|]\s?")


def numbers_in(value: object) -> list[object]:
    """The numbers of a cell, each as a text; the value itself where it holds one."""
    text = clean(value) if isinstance(value, str) else ""
    return [*BETWEEN.split(text)] if COMBINED.fullmatch(text) else [value]


def pieces_of(text: str, read: Callable[[str], Annotation]) -> list[Annotation]:
    """What each piece of “5-11 / 12-17 / 18+” says; none where it does not tell numbers apart.

    What a piece leaves unsaid, the one before it says: “Dose 1 (5-11 / 12-17)”.
    """
    texts = BETWEEN.split(text)
    if len(texts) < 2:
        return []
    pieces = [read(each) for each in texts]
    if not all(_tells(piece) for piece in pieces):
        return []
    for at in range(1, len(pieces)):
        pieces[at] = _after(pieces[at - 1], pieces[at])
    apart = all(_of(one) != _of(other) for one, other in combinations(pieces, 2))
    return pieces if apart and not _is_a_share(pieces) else []


def not_apart(text: str, value: object, read: Callable[[str], Annotation]) -> object:
    """A pair of numbers that its heading tells apart in part only: neither can be taken."""
    texts = BETWEEN.split(text)
    known = [read(each).meaning for each in texts] if len(texts) == 2 else []
    if len(numbers_in(value)) == 2 and any(each.measure == "new" for each in known):
        return Unreadable("several", clean(value))
    return value


def _tells(piece: Annotation) -> bool:
    meaning = piece.meaning
    label = meaning.indicators or meaning.measure or meaning.part or meaning.group is not None
    return bool(label or piece.by_kind) and not (meaning.excluded or meaning.rest)


def _is_a_share(pieces: Sequence[Annotation]) -> bool:
    """“Registered / households”: two numbers of one rate."""
    measures = [piece.meaning.measure for piece in pieces]
    return len(pieces) == 2 and (
        "denominator" in measures or any(piece.meaning.share for piece in pieces)
    )


def _of(piece: Annotation) -> tuple[object, ...]:
    meaning, kinds = piece.meaning, piece.by_kind
    named = tuple(kinds.get(kind) for kind in ("unit", "place", "part", "day"))
    return (meaning.indicators, meaning.measure or "cumulative", meaning.group, *named)


def _after(before: Annotation, piece: Annotation) -> Annotation:
    own = piece.meaning.indicators
    above = before.meaning if not own else replace(before.meaning, indicators=())
    return Annotation(piece.meaning.under(above), {**before.by_kind, **piece.by_kind}, piece.where)
