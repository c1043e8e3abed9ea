"""The words of a campaign that intake listens for: headings, units, agencies, hamlets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefing.intake.places import Places
from briefing.intake.text import clean, fold
from briefing.params import Campaign

WORD = re.compile(r"\w+", re.UNICODE)
TOTAL = "tong_cong_row"
LONGEST_HEADING = 90  # characters; a longer cell is prose, not a heading


@dataclass(frozen=True)
class Heading:
    """What a heading's cell says: the field, and how surely (the smaller the surer)."""

    field: str
    rank: tuple[int, int]


@dataclass(frozen=True)
class Label:
    """A label found at the start of a text, and what stands after it."""

    field: str
    rest: str


class Vocabulary:
    """Everything that recognition compares with, prepared once per campaign."""

    def __init__(self, campaign: Campaign):
        self.campaign = campaign
        self.headings: dict[str, str] = {}
        self._order: dict[str, int] = {}
        for row in campaign.alias_rows:
            if row.kind == "header" and (key := fold(row.alias)):
                self.headings.setdefault(key, row.target)
                self._order.setdefault(key, len(self._order))
        totals = [row.alias.lower() for row in campaign.alias_rows if row.target == TOTAL]
        self._total_keys = tuple(map(fold, totals))
        self._total = re.compile(rf"(?:{'|'.join(map(re.escape, totals)) or '(?!)'})\b")
        self._labels = sorted(
            (
                (key.split(), field)
                for key, field in self.headings.items()
                if field.startswith("m01_")
            ),
            key=lambda label: -len(label[0]),
        )

    def heading(self, value: object) -> Heading | None:
        """The column that a cell heads, or `None`: the whole cell, else its beginning."""
        if not isinstance(value, str) or len(value) > LONGEST_HEADING:
            return None
        return self._heading(fold(value))

    @lru_cache(maxsize=4096)  # noqa: B019 - a vocabulary lives as long as its campaign
    def _heading(self, key: str) -> Heading | None:
        if key in self.headings:
            return Heading(self.headings[key], (0, self._order[key]))
        beginnings = [a for a in self.headings if " " in a and key.startswith(a + " ")]
        longest = max(beginnings, key=len, default="")
        return Heading(self.headings[longest], (1, self._order[longest])) if longest else None

    def is_total(self, value: object) -> bool:
        """Whether a cell marks a row of totals, the whole table's or (“Cộng khu phố 1”) a part's.

        A beginning counts only with its tone marks: “Công an” and “Tống Văn A” are no totals.
        """
        if not isinstance(value, str) or not fold(value).startswith(self._total_keys):
            return False
        return self.is_grand_total(value) or bool(self._total.match(clean(value).lower()))

    def is_grand_total(self, value: object) -> bool:
        """Whether a cell marks the row of totals of the whole table, by its exact wording."""
        return isinstance(value, str) and self.headings.get(_wording(value)) == TOTAL

    def label(self, text: str) -> Label | None:
        """The line of Mẫu 01 that a text begins with, the longest wording first."""
        words = list(WORD.finditer(text))
        folded = [fold(word.group()) for word in words]
        for start in range(min(2, len(words))):
            if start and not folded[0].isdigit() and len(folded[0]) > 1:
                break
            for wanted, field in self._labels:
                if folded[start : start + len(wanted)] == wanted:
                    end = words[start + len(wanted) - 1].end()
                    return Label(field, strip_leaders(text[end:]))
        return None

    @cached_property
    def units(self) -> Places:
        rows = self.campaign.commune_rows
        names = [
            (r.unit_code, spelling)
            for r in rows
            for spelling in (r.name, r.full_name, r.short_label)
        ]
        names += [(a.target, a.alias) for a in self.campaign.alias_rows if a.kind == "unit"]
        ambiguous = [
            (a.alias, a.target) for a in self.campaign.alias_rows if a.kind == "ambiguous_unit"
        ]
        return Places(names, ambiguous)

    @cached_property
    def unit_types(self) -> tuple[str, ...]:
        """Folded words for the types of unit, those of the past too."""
        types = {row.type for row in self.campaign.commune_rows}
        types |= {row.alias for row in self.campaign.alias_rows if row.kind == "unit_type"}
        return tuple(sorted(fold(word) for word in types))

    def names_a_unit(self, text: str) -> bool:
        """Whether a line begins as the letterhead of some unit does, known or not."""
        return bool(self._unit_heading.match(fold(text)))

    @cached_property
    def _unit_heading(self) -> re.Pattern[str]:
        types = "|".join(self.unit_types)
        office = "(?:(?:uy ban nhan dan|ubnd|u b n d|hdnd va ubnd) )?"
        return re.compile(rf"^{office}(?:{types}) (?!hoi chu|(?:{types})\b)\w")

    @cached_property
    def agencies(self) -> Places:
        return Places(
            [
                (row.agency_code, spelling)
                for row in self.campaign.agency_rows
                for spelling in (row.name, *filter(None, row.aliases.split(";")))
            ]
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """Code → full name, of units and agencies."""
        names = {row.unit_code: row.full_name for row in self.campaign.commune_rows}
        return names | {row.agency_code: row.name for row in self.campaign.agency_rows}

    def hamlets(self, unit_code: str | None) -> Places:
        """The hamlets of a unit; of no unit, an empty set."""
        return self._hamlets.get(unit_code or "", _NO_PLACES)

    @cached_property
    def _hamlets(self) -> dict[str, Places]:
        by_unit: dict[str, list[tuple[str, str]]] = {}
        for row in self.campaign.hamlet_rows:
            spellings = [row.label, row.hamlet] if len(row.hamlet) > 2 else [row.label]
            initials = "".join(word[0] for word in fold(row.kind).split())
            spellings.append(f"{initials} {row.hamlet}")
            by_unit.setdefault(row.unit_code, []).extend((row.hamlet, s) for s in spellings)
        return {code: Places(names) for code, names in by_unit.items()}


def _wording(value: str) -> str:
    """A total's label without the number that may follow it: “Tổng cộng: 1.234”."""
    return fold(value.rstrip("0123456789., "))


_NO_PLACES = Places([])
LEADERS = re.compile(r"^[\s.:…_]+(?:[-–—]\s+)?|[\s.…_]+$")


def strip_leaders(text: str) -> str:
    """A filled-in blank without the dots, colons and dashes that lead to it."""
    return LEADERS.sub("", text)


_prepared: dict[str, Vocabulary] = {}


def vocabulary(campaign: Campaign) -> Vocabulary:
    """The vocabulary of a campaign, prepared once per process."""
    if campaign.fingerprint not in _prepared:
        _prepared[campaign.fingerprint] = Vocabulary(campaign)
    return _prepared[campaign.fingerprint]
