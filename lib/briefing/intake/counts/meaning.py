"""What a text says of the numbers that it stands over or beside."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.locale.pack import Worded

VALUES = Worded(  # a word is taken once and not given back: some words are in both lists
    r"(?:«counts.values»)(?: (?>(?:«counts.fillers»|«numbers.units»)(?= |$)))*+"
)


@dataclass(frozen=True)
class Meaning:
    """What a text says of numbers; "" or `None` where it says nothing of the kind.

    Attributes:
        role: Of the column that it heads: `unit`, `place`, `group`, `key`, ….
        indicators: Codes of what is counted; of several a number is the sum, and no figure.
        measure: `cumulative`, `new` or `denominator`.
        group: Code; "": everybody.
        part: A sex that is no group of the campaign's: with the other one it makes up a count.
        share: The number is a rate.
        total: It is the total of something, of what the place in the table tells.
        excluded: Of something that no field asks for: planned, refused, of the period before.
        rest: Words that are not understood.
        near: It uses the words in which headings speak of the only indicator.
    """

    role: str = ""
    indicators: tuple[str, ...] = ()
    measure: str = ""
    group: str | None = None
    part: str = ""
    share: bool = False
    total: bool = False
    excluded: bool = False
    rest: str = ""
    words: str = ""
    near: bool = False

    @property
    def indicator(self) -> str:
        return self.indicators[0] if len(self.indicators) == 1 else ""

    @property
    def counts(self) -> bool:
        """Whether it says what is counted, of whom, or in which way."""
        return bool(self.indicators or self.measure or self.share) or self.group is not None

    @property
    def says_something(self) -> bool:
        return self.counts or self.total or self.excluded or bool(self.role or self.part)

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing that could be misunderstood."""
        return not (self.says_something or self.rest)

    @property
    def is_heading(self) -> bool:
        """Whether it heads numbers and says nothing else of them: “Count”."""
        return bool(self.words) and bool(VALUES.fullmatch(self.words))

    def under(self, above: Meaning) -> Meaning:
        """The meaning of what stands under both, or in a row and a column: the nearer one first."""
        both = dict.fromkeys((*above.indicators, *self.indicators))
        return Meaning(
            self.role or above.role,
            self.indicators if self.indicators and not above.indicators else tuple(both),
            self.measure or above.measure,
            above.group if self.group is None else self.group,
            self.part or above.part,
            self.share or above.share,
            self.total or above.total,
            self.excluded or above.excluded,
            " ".join(filter(None, (above.rest, self.rest))),
            " ".join(filter(None, (above.words, self.words))),
            self.near or above.near,
        )


NOTHING = Meaning()
