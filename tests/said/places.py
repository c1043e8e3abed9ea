"""What a page says, place by place, whatever its format: so that formats can be compared.

A place is a cell of a table, a key figure by its label, a chart, or the text between these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

LAYOUT = re.compile(r"(?:^-|\s[-–])(?=[\s\u200b])|[\s\u200b():]")
"""Spaces, brackets, colons and dashes between words: each format sets them in its own way."""


def plain(words: str) -> str:
    """Words as all formats say them: without layout, and without capitals, which are a style."""
    return LAYOUT.sub("", words).casefold()


class Said(dict[str, str]):
    """The texts of a page by place, filled in the order in which they stand."""

    def __init__(self) -> None:
        super().__init__()
        self._met: Counter[str] = Counter()
        self._last = "the beginning"
        self._head: list[str] = []
        self._rows = 0

    def text(self, words: str) -> None:
        """Running text, up to the next table, chart or key figure."""
        if plain(words):
            self._add(f"text after {self._last}", words)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table; its row 0 are the headings. One under the same headings goes on, as a half."""
        head = [plain(words) for words in rows[0]] if rows else []
        if head and head == self._head:
            name, start, rows = f"table {self._met['table']}", self._rows, rows[1:]
        else:
            name, start = self._next("table"), 0
        self._head, self._rows = head, start + len(rows)
        for n, row in enumerate(rows, start):
            for place, words in enumerate(row, 1):
                self[f"{name}, row {n}, column {place}"] = plain(words)

    def chart(self, alt: str, drawn: str = "") -> None:
        """A chart: what is said to those who cannot see it, and the texts that are drawn in it."""
        name = self._next("chart")
        self[name] = plain(alt)
        if drawn:
            self[f"{name}, drawn"] = plain(drawn)

    def figure(self, label: str, value: str, marks: str = "") -> None:
        """A key figure.

        Args:
            value: With its unit and note.
            marks: What is written at its bar.
        """
        name = plain(label)
        self._last = f"figure {name}"
        self._add(self._last, value)
        if marks:
            self._add(f"bar of {name}", marks)

    @property
    def figures(self) -> dict[str, str]:
        """The key figures: label → value with unit and note."""
        own = (place for place in self if place.startswith("figure "))
        return {place.removeprefix("figure "): self[place] for place in own}

    @property
    def without_drawings(self) -> dict[str, str]:
        """The same without the texts drawn in charts: in Word a chart is a picture."""
        return {place: told for place, told in self.items() if not place.endswith(", drawn")}

    def _add(self, place: str, words: str) -> None:
        self[place] = self.get(place, "") + plain(words)

    def _next(self, kind: str) -> str:
        self._met[kind] += 1
        self._last = f"{kind} {self._met[kind]}"
        return self._last


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Where two formats say something else: place → what each of them says there."""
    return {
        place: _from_where_they_part(one.get(place, ""), other.get(place, ""))
        for place in sorted(one.keys() | other.keys())
        if one.get(place) != other.get(place)
    }


def _from_where_they_part(one: str, other: str) -> tuple[str, str]:
    """The two texts; of long ones, only what stands around their first difference."""
    pairs = enumerate(zip(one, other, strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = max(0, same - 20)
    return one[start : start + 60], other[start : start + 60]
