"""What each document of a moment says; a contradiction is a fault of the documents."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.week.reading import DOCUMENTS, WHOLE, Moment

Values = Mapping[tuple[str, str], Mapping[Any, set[str]]]


@dataclass(frozen=True)
class Said:
    """A document says something of a unit, or of the whole.

    Attributes:
        unit: Its name.
        what: Of what kind: `numerator`, `status`, `doubt` (it waits for one: yes or no), `outcome`
            of the call of the day before, and others that `reading` gives.
    """

    document: str
    unit: str
    what: str
    value: Any


def said(seen: Mapping[str, Moment]) -> Iterator[Said]:
    """Everything that is said.

    Args:
        seen: Document → the moment that it is made of; the same for all, but where a test plants
            a contradiction.
    """
    for document, moment in seen.items():
        for unit, what, value in DOCUMENTS[document](moment):
            yield Said(document, unit, what, value)


def contradictions(all_said: Iterable[Said]) -> list[str]:
    """What two documents say differently, and what one says that can't be together."""
    values: dict[tuple[str, str], dict[Any, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in all_said:
        values[one.unit, one.what][one.value].add(one.document)
    found = [
        f"{unit}, {what}: " + "; ".join(f"{v} ({', '.join(sorted(d))})" for v, d in of.items())
        for (unit, what), of in values.items()
        if len(of) > 1
    ]
    return [*found, *_done_while_open(values), *_best_in_doubt(values), *_miscounted(values)]


def _done_while_open(values: Values) -> Iterator[str]:
    for (unit, what), of in values.items():
        if what == "checked" and "done" in of and True in values.get((unit, "doubt of before"), ()):
            yield f"{unit}, done, and its doubt is open"


def _best_in_doubt(values: Values) -> Iterator[str]:
    for what in ("highest", "lowest"):
        for names in values.get((WHOLE, what), ()):
            for name in names.split("; "):
                if True in values.get((name, "doubt"), ()):
                    yield f"{name}, {what}, and in doubt"


def _miscounted(values: Values) -> Iterator[str]:
    """Where people needed, days left and people a day do not go together."""
    for (unit, what), of in values.items():
        if not what.startswith("a day of "):
            continue
        aim = what.removeprefix("a day of ")
        needed, left = (values.get(key, {}) for key in (
            (unit, f"needed of {aim}"), (WHOLE, f"days left of {aim}"),
        ))  # fmt: skip
        wanted = {math.ceil(_number(n) / _number(d)) for n in needed for d in left if _number(d)}
        if wanted and {_number(each) for each in of} != wanted:
            yield f"{unit}, {what}: {sorted(of)} for {sorted(needed)} in {sorted(left)} days"


def _number(shown: str) -> int:
    return int(re.sub(r"\D", "", shown))
