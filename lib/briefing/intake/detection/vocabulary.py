"""The words of a campaign that intake listens for: headings, units, bodies, places."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefing.intake.detection.staff_labels import staff_field, staff_label
from briefing.intake.detection.subjects import Subjects
from briefing.intake.parsers.places import Places
from briefing.intake.parsers.text import clean, fold
from briefing.locale.pack import Worded, pack
from briefing.params import Campaign

WORD = re.compile(r"\w+", re.UNICODE)
TOTAL = "tong_cong_row"
LONGEST_HEADING = 90  # characters; a longer cell is prose, not a heading

OF_BEFORE = Worded(r"\b«headings.of_before»\b")
OF_A_DAY = Worded(  # “LK 16/8”
    r"(\w+) (?:«dates.until» )?(?:\d+ ?«times.hour_short»\d* )?(?:«dates.day» )?\d{1,2} \d{1,2}\b"
)
OF_A_MONTH = Worded(r"\b«dates.month» (\d{1,2})\b")
NUMBERED = re.compile(r"(.+) ([1-9])")  # the second of two columns for one thing: “SĐT 2”
COUNTED = ("luy_ke", "trong_ngay")
CUMULATIVE = Worded(r"\b«headings.cumulative»\b")
IN_A_DAY = Worded(r"\b«headings.in_a_day»\b")
DENOMINATOR = Worded(r"\b«headings.denominator»\b")
NUMERATOR = Worded(r"(?<!\S)«headings.numerator»(?!\S)")
NOT_DONE = Worded(r"\b«headings.not_done»\b")
IN_BRACKETS = re.compile(r"\([^()]*\)")
IN_BESIDE = re.compile(r"[/()\n|]")  # between the wordings of a heading in two languages

SECOND_FIELD = Worded(r"(?<!\s)\s+(?:[-–]|«names.and_written»|&)\s+", re.IGNORECASE)
CODE = re.compile(r"(?<!\d)\d+(?!\d)")
OFFICE = Worded("^«offices.committee» ")
OFFICE_WRITTEN = Worded(r"^«offices.committee_written»\s+", re.IGNORECASE)
PARENT = Worded("^«offices.parent» (?=[a-z])")
HIGHEST = Worded("^«offices.higher» ")
HIGHER = Worded(" «offices.higher» ")
PARENT_BREAK = re.compile(r"[,;()–]|\s-\s")
LONGEST_PLACE = 4  # words in the name of a parent


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
        self._labels: dict[str, list[tuple[list[str], str]]] = defaultdict(list)  # by first word
        for key, field in self.headings.items():
            if field.startswith("m01_"):
                self._labels[key.split()[0]].append((key.split(), field))

    def heading(self, value: object) -> Heading | None:
        """The column that a cell heads, or `None`: the whole cell, else its beginning.

        A heading that names another subject, “Lũy kế mũi 1”, heads no column of a report.
        """
        if not isinstance(value, str) or len(value) > LONGEST_HEADING:
            return None
        found = self._heading(fold(value)) or self._in_two_languages(value)
        return None if found and self.subjects.other(value) else found

    def _in_two_languages(self, value: str) -> Heading | None:
        """The column by one of the wordings that stand side by side: “Full name / Họ và tên”."""
        if not IN_BESIDE.search(value):
            return None
        pieces = [piece for piece in IN_BESIDE.split(value) if piece.strip()]
        found = [h for piece in pieces if (h := self._heading(fold(piece)))]
        return found[0] if len(pieces) > 1 and len({h.field for h in found}) == 1 else None

    @lru_cache(maxsize=4096)  # noqa: B019 - a vocabulary lives as long as its campaign
    def _heading(self, key: str) -> Heading | None:
        if key in self.headings:
            return Heading(self.headings[key], (0, self._order[key]))
        if OF_BEFORE.search(key) or self._of_a_month_before(key):
            return None
        if field := staff_field(key):
            return Heading(field, (1, 0))
        if (numbered := NUMBERED.fullmatch(key)) and numbered[1] in self.headings:
            return Heading(self.headings[numbered[1]], (1, int(numbered[2])))
        beginnings = [a for a in self.headings if " " in a and key.startswith(a + " ")]
        longest = max(beginnings, key=len, default="")
        short = OF_A_DAY.match(key)
        if not longest and short and self.headings.get(short[1]) in COUNTED:
            longest = short[1]
        if not longest:
            return None
        field = self.headings[longest]
        if field == "luy_ke" and not CUMULATIVE.search(longest):
            field = _narrowed(key)
        return Heading(field, (1, self._order[longest])) if field else None

    def _of_a_month_before(self, key: str) -> bool:
        month = OF_A_MONTH.search(key)
        return month is not None and int(month[1]) < self.campaign.dates.start.month

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
        """The line of the staff form that a text begins with, the longest wording first.

        A number or a bullet may stand before it, or “Tổng” before a wording that says what it is
        the total of: “Tổng số người có smartphone” is not the number of all people.
        """
        text = unicodedata.normalize("NFC", text)
        staff = staff_label(text)
        words = list(WORD.finditer(text))
        folded = [fold(word.group()) for word in words]
        marked = bool(folded) and (folded[0].isdigit() or len(folded[0]) == 1)
        starts = [0, 1] if marked else [0]
        starts += [start + 1 for start in starts if folded[start : start + 1] == ["tong"]]
        found = [
            (len(wanted), start, field)
            for start in starts
            if start < len(folded)
            for wanted, field in self._labels.get(folded[start], ())
            if folded[start : start + len(wanted)] == wanted
        ]
        if not (staff or found):
            return None
        if self.subjects.other(IN_BRACKETS.sub("", text.partition(":")[0])):
            return None  # “Số người đã cài VNeID”
        if staff:
            return Label(staff.field, strip_leaders(text[staff.end :]))
        length, start, field = max(found, key=lambda label: label[0])
        return Label(field, strip_leaders(text[words[start + length - 1].end() :]))

    @cached_property
    def subjects(self) -> Subjects:
        return Subjects(self.campaign)

    @cached_property
    def units(self) -> Places:
        rows = self.campaign.unit_rows
        names = [
            (r.unit_code, spelling)
            for r in rows
            for spelling in (r.name, r.full_name, r.short_label)
        ]
        names += [(a.target, a.alias) for a in self.campaign.alias_rows if a.kind == "unit"]
        ambiguous = [
            (a.alias, a.target) for a in self.campaign.alias_rows if a.kind == "ambiguous_unit"
        ]
        return Places(names, ambiguous, {r.unit_code: self.parents[r.parent] for r in rows})

    @cached_property
    def parents(self) -> dict[str, str]:
        """What the units lie in, as params have it → its name without what kind it is."""
        area = self.campaign.area
        names = {row.parent: row.parent for row in self.campaign.unit_rows}
        names |= {area.code: area.name.vi} if area.code in names else {}
        names |= {node.code: node.name for node in self.campaign.node_rows}
        return {parent: PARENT.sub("", fold(name)) for parent, name in names.items()}

    def units_by_code(self, text: str) -> tuple[str, ...]:
        """The units whose official code stands in a text, as a number of its own."""
        codes = {row.unit_code for row in self.campaign.unit_rows}
        return tuple(dict.fromkeys(n for n in CODE.findall(text) if n in codes))

    @cached_property
    def area_name(self) -> str:
        """The name of the whole area, folded, without what kind of area it is."""
        return PARENT.sub("", fold(self.campaign.area.name.vi)).strip()

    def foreign_parent(self, text: str) -> str:
        """The parent that a line names, as written, where it is not the campaign's, nor what any
        of its units lies in; else "". Where no level lies between, it is one of the past."""
        if self._is_highest and set(self.parents) <= {self.campaign.area.code}:
            return ""
        known = (self.area_name, *self.parents.values())
        for piece in PARENT_BREAK.split(text):
            key = OFFICE.sub("", fold(piece))
            name = PARENT.sub("", key) if PARENT.match(key) else ""
            words = HIGHER.split(name)[0].split()
            if 0 < len(words) <= LONGEST_PLACE and not any(own in name for own in known):
                return OFFICE_WRITTEN.sub("", piece.strip())
        return ""

    @cached_property
    def _is_highest(self) -> bool:
        return bool(HIGHEST.match(fold(self.campaign.area.name.vi)))

    def lies_elsewhere(self, code: str, texts: Iterable[str]) -> bool:
        """Whether texts name, as what a unit lies in, only others than this unit does."""
        keys = (OFFICE.sub("", fold(p)) for text in texts for p in PARENT_BREAK.split(text))
        named = [key for key in keys if PARENT.match(key)]
        parents_named = {own for own in self.parents.values() for key in named if own in key}
        own = next((r.parent for r in self.campaign.unit_rows if r.unit_code == code), "")
        return bool(parents_named) and self.parents.get(own) not in parents_named

    @cached_property
    def unit_types(self) -> tuple[str, ...]:
        """Folded words for the types of unit, those of the past too."""
        types = {row.type for row in self.campaign.unit_rows}
        types |= {row.alias for row in self.campaign.alias_rows if row.kind == "unit_type"}
        return tuple(sorted(fold(word) for word in types))

    def names_a_unit(self, key: str) -> bool:
        """Whether a line, folded, begins as the letterhead of some unit does, known or not."""
        return bool(self._unit_heading.match(key))

    @cached_property
    def _unit_heading(self) -> re.Pattern[str]:
        types = "|".join(self.unit_types)
        return pack().pattern(
            rf"^(?:«offices.committee» )?(?:{types}) (?!«offices.no_unit»|(?:{types})\b)\w"
        )

    @cached_property
    def bodies(self) -> Places:
        rows = self.campaign.body_rows
        names = [
            (row.body_code, spelling)
            for row in rows
            for spelling in (row.name, *filter(None, row.aliases.split(";")))
        ]
        known = {fold(spelling) for _code, spelling in names}
        begun = [(row.body_code, first) for row in rows if (first := _first_part(row.name))]
        times = Counter(fold(first) for _code, first in begun)
        names += [
            (code, first)
            for code, first in begun
            if times[fold(first)] == 1 and fold(first) not in known
        ]
        return Places(names)

    def apart(self, codes: Sequence[str]) -> list[str]:
        """The names of several units, each with what it lies in where two are called the same."""
        parent = {row.unit_code: row.parent for row in self.campaign.unit_rows}
        called = [self.names[code] for code in codes]
        return [
            name if called.count(name) == 1 else f"{name} ({parent[code]}, {code})"
            for code, name in zip(codes, called, strict=True)
        ]

    @cached_property
    def names(self) -> dict[str, str]:
        """Code → full name, of units and bodies."""
        names = {row.unit_code: row.full_name for row in self.campaign.unit_rows}
        return names | {row.body_code: row.name for row in self.campaign.body_rows}

    def names_a_place(self, text: str) -> bool:
        """Whether a short text is the name of a place below a unit: “KP1”, “Thôn Phú An”."""
        key = fold(text)
        kinds = {fold(row.kind) for row in self.campaign.place_rows}
        kinds |= {"".join(word[0] for word in kind.split()) for kind in kinds if " " in kind}
        begins = re.match(rf"(?:{'|'.join(sorted(kinds)) or '(?!)'}) ?\w", key)
        return bool(begins) or any(key == fold(row.place) for row in self.campaign.place_rows)

    def places(self, unit_code: str | None) -> Places:
        """The places of a unit; of no unit, an empty set."""
        return self._places.get(unit_code or "", _NO_PLACES)

    @cached_property
    def _places(self) -> dict[str, Places]:
        by_unit: dict[str, list[tuple[str, str]]] = {}
        for row in self.campaign.place_rows:
            spellings = [row.label, row.place] if len(row.place) > 2 else [row.label]
            initials = "".join(word[0] for word in fold(row.kind).split())
            spellings.append(f"{initials} {row.place}")
            by_unit.setdefault(row.unit_code, []).extend((row.place, s) for s in spellings)
        return {code: Places(names) for code, names in by_unit.items()}


def _first_part(name: str) -> str:
    """The name of a body of two fields by the first alone: “Phòng Tài chính - Kế hoạch”."""
    first = SECOND_FIELD.split(name)[0]
    return first if first != name and len(first.split()) > 2 else ""


def _narrowed(key: str) -> str | None:
    """What a heading that begins as a count's (“Tổng số …”) goes on to say that it counts."""
    if IN_A_DAY.search(key):
        return "trong_ngay"
    if NOT_DONE.search(key):
        return None
    return "so_denominator" if DENOMINATOR.search(key) and not NUMERATOR.search(key) else "luy_ke"


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
