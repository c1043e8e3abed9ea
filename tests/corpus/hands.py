"""Tables of which the truth is certain, and the hands in which offices type them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.corpus.makers import legacy
from tests.corpus.paper import HEAD, SIGNED, Row, name, phone, top

UNITS = {  # unit → how its letterhead may name it, some of its hamlets
    "21640": (
        ("PHƯỜNG BỒNG SƠN", "UBND P. Bồng Sơn", "THỊ TRẤN BỒNG SƠN"),
        ("Khu phố 1", "KP 4", "khu phố Liêm Bình"),
    ),
    "21655": (
        ("PHƯỜNG TAM QUAN BẮC", "UBND phường Tam Quan Bắc", "XÃ TAM QUAN BẮC"),
        ("Khu phố Công Thạnh", "Tân Thành 1", "KP Thiện Chánh 2"),
    ),
    "21682": (
        ("XÃ HOÀI MỸ", "UBND xã Hoài Mỹ", "Ủy ban nhân dân xã Hoài Mỹ"),
        ("Thôn An Nghiệp", "thôn Công Lương", "Lộ Diêu"),
    ),
}


@dataclass(frozen=True)
class Table:
    """What a commune has to report: one row a person, and how its figures add up."""

    unit: str
    day: int
    reading: str
    values: tuple[Any, ...]
    numerator: int
    first: int  # of the synthetic persons

    def rows(self, places: tuple[str, ...]) -> list[Row]:
        return [
            [i + 1, name(self.first + i), places[i % len(places)], phone(self.first + i), value]
            for i, value in enumerate(self.values)
        ]


counts = st.lists(st.integers(2, 900), min_size=3, max_size=12)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of which the truth is certain; of sums of counts, with a row of totals."""
    reading = draw(
        st.sampled_from(["per_person", "roster_all", "running", "flag", "ratio", "total"])
    )
    number = draw(st.integers(5, 14))
    if reading == "per_person":
        values: list[Any] = draw(counts.filter(lambda c: len(set(c)) > 1))
        numerator = sum(values)
    elif reading == "roster_all":
        values, numerator = [*range(1, number + 1)], number
    elif reading == "running":
        start = draw(st.integers(1_000, 5_000))
        values, numerator = [start + i for i in range(number)], start + number - 1
    elif reading == "flag":
        mark = draw(st.sampled_from(["x", "X", "có", "✓", "đã cài"]))
        marked = draw(st.lists(st.booleans(), min_size=3, max_size=12).filter(any))
        values, numerator = [mark if one else None for one in marked], sum(marked)
    elif reading == "total":
        numerator, values = draw(st.integers(1_000, 4_000)), [None] * number
        values[draw(st.sampled_from([0, number - 1]))] = numerator
    else:
        pairs = draw(
            st.lists(st.tuples(st.integers(1, 90), st.integers(91, 300)), min_size=3, max_size=10)
        )
        values, numerator = [f"{a}/{b}" for a, b in pairs], sum(a for a, _b in pairs)
    return Table(
        draw(st.sampled_from([*UNITS])),
        draw(st.integers(16, 22)),
        reading,
        tuple(values),
        numerator,
        draw(st.integers(0, 600)),
    )


# Hands: how the same table is typed

PHONES = {
    "as it is": str,
    "with dots": lambda n: f"{n[:4]}.{n[4:7]}.{n[7:]}",
    "with spaces": lambda n: f"{n[:4]} {n[4:7]} {n[7:]}",
    "with the country": lambda n: f"+84 {n[1:]}",
    "with the country, no plus": lambda n: f"84{n[1:]}",
    "as a number": lambda n: int(n),
    "with an apostrophe": lambda n: f"'{n}",
    "with a remark": lambda n: f"{n} (con)",
}
COUNTS = {
    "as it is": lambda v: v,
    "as text": lambda v: str(v),
    "with dots": lambda v: f"{v:,}".replace(",", "."),
    "with spaces": lambda v: f"{v:,}".replace(",", "\u00a0"),
    "with people": lambda v: f"{v} người",
    "as a float": lambda v: float(v),
}
LETTERS = {
    "as they are": lambda s: s,
    "decomposed": legacy.decomposed,
    "in capitals": str.upper,
    "with stray spaces": lambda s: f" {s.replace(' ', '  ')} ",
}


@dataclass(frozen=True)
class Hand:
    """How one office types.

    Attributes:
        order: The form's columns in the order in which they stand.
        gap: Blank rows after each so many rows; 0 for none.
        total, signed: Whether a row of totals, signing lines stand below.
        numbered: Whether the rows carry their numbers.
    """

    letterhead: int
    phones: str
    counts: str
    letters: str
    order: tuple[int, ...]
    gap: int
    total: bool
    signed: bool


hands = st.builds(
    Hand,
    letterhead=st.integers(0, 2),
    phones=st.sampled_from([*PHONES]),
    counts=st.sampled_from([*COUNTS]),
    letters=st.sampled_from([*LETTERS]),
    order=st.permutations(range(5)).map(tuple),
    gap=st.sampled_from([0, 0, 2, 3]),
    total=st.booleans(),
    signed=st.booleans(),
)


def typed(
    table: Table, hand: Hand, faults: dict[tuple[int, int], Any]
) -> tuple[list[Row], list[int]]:
    """The sheet's rows, and in which of them (from 0) each data row stands."""
    letterheads, places = UNITS[table.unit]
    letters = LETTERS[hand.letters]
    rows = top(letterheads[hand.letterhead], table.day, place="......")
    rows.append([HEAD[i] for i in hand.order])
    at: list[int] = []
    for number, row in enumerate(table.rows(places)):
        row[3] = PHONES[hand.phones](row[3])
        row[4] = COUNTS[hand.counts](row[4]) if isinstance(row[4], int) else row[4]
        for field in range(5):
            row[field] = faults.get((number, field), row[field])
        if hand.gap and number and number % hand.gap == 0:
            rows.append([])
        at.append(len(rows))
        rows.append([row[i] for i in hand.order])
    if hand.total:
        total: list[Any] = ["Tổng cộng", None, None, None, table.numerator]
        rows.append([total[i] for i in hand.order])
    rows += SIGNED if hand.signed else []
    return [[letters(v) if isinstance(v, str) else v for v in row] for row in rows], at
