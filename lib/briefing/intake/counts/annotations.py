"""What a cell of a table of counts says: of what numbers are, whose, of which place, which day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from briefing.intake.counts.cells import is_number
from briefing.intake.counts.meaning import NOTHING, Meaning
from briefing.intake.counts.wording import Terms
from briefing.intake.detection.marks import names_an_office
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.detection.weeks import dates_of_weeks
from briefing.intake.parsers.dates import cell_date
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid
from briefing.intake.submission import Finding
from briefing.locale.pack import Worded

LONGEST_KEY = 100  # characters; a longer text is a note
LONGEST_DAY = 40
PLACE = Worded(r"^«places.kinds»\s+\w", re.IGNORECASE)


@dataclass(frozen=True)
class Annotation:
    """What a cell, or a column, says: the meaning of its words, and whose, which place, which day.

    Attributes:
        by_kind: Kind → unit, place, code of a group or an indicator, or day.
    """

    meaning: Meaning = NOTHING
    by_kind: Mapping[str, object] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True)
class Annotations:
    """What the cells of one grid say.

    Attributes:
        around: What is said over the tables and by the name of the sheet, of all their numbers.
        notes: What was found on the way that no cell tells.
    """

    grid: Grid
    terms: Terms
    words: Vocabulary
    around: Meaning = NOTHING
    notes: list[Finding] = field(default_factory=list)

    def _is_value(self, value: object) -> bool:
        return is_number(value) and not (
            isinstance(value, str) and self._meaning(value).group is not None
        )

    def _meaning(self, value: object) -> Meaning:
        return self.terms.read(clean(value)) if isinstance(value, str) else NOTHING

    # What texts say

    def annotation(self, row: int, column: int) -> Annotation:
        return self.annotate(self.grid.value(row, column), self.grid.where(row, column))

    def annotate(self, value: object, where: str = "") -> Annotation:
        if isinstance(value, datetime | date):
            if (group := self._group_of(value)) is not None:
                return Annotation(by_kind={"group": group}, where=where)
            return Annotation(by_kind=self._day(value), where=where)
        text = clean(value)
        if not text or len(text) > LONGEST_KEY:
            return Annotation(where=where)
        meaning = self._meaning(text)
        kinds: dict[str, object] = {}
        if meaning.group is not None:
            kinds["group"] = meaning.group
        if meaning.part:
            kinds["part"] = meaning.part
        if meaning.indicators:
            kinds["indicator"] = meaning
        if not meaning.counts and len(text) <= LONGEST_DAY:
            kinds |= self._day(text)
        if not kinds and not meaning.role and (whose := self._whose(text)):
            return Annotation(NOTHING, dict([whose]), where)
        return Annotation(meaning, kinds, where)

    def _day(self, value: object) -> dict[str, object]:
        """The day of the campaign that a cell holds; a birthday is none."""
        dates, day = self.words.campaign.dates, cell_date(value, year=self._year)
        if day is None and isinstance(value, str):
            day = next(iter(dates_of_weeks(value, self.words)), None)
        return {"day": day} if day and dates.start <= day <= dates.end else {}

    def _group_of(self, day: date) -> str | None:
        """The group that a program took for a day: “5-11” typed into a sheet."""
        dates = self.words.campaign.dates
        if dates.start <= date(day.year, day.month, day.day) <= dates.end:
            return None
        typed = (f"{day.day}-{day.month}", f"{day.month}-{day.day}")
        groups = [self.terms.read(text).group for text in typed]
        return next((group for group in groups if group), None)

    def _whose(self, text: str) -> tuple[str, str] | None:
        """The unit, or the place below one, that a text names."""
        if names_an_office(text, self.words):
            return None
        if len(self.words.units.resolve(text, initials=True).codes) == 1:
            return "unit", text
        named = self.words.names_a_place(text) or PLACE.match(text)
        return ("place", text) if named else None

    @property
    def _year(self) -> int:
        return self.words.campaign.dates.start.year
