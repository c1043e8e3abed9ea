"""What is printed on a form of one unit, for one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from briefing.formats import NBSP, long_day
from briefing.forms.counts import Column, Figure, Layout, layout
from briefing.intake.apart import Typed
from briefing.intake.detection.own_papers import REPORTED, FormMark
from briefing.labels import sentence
from briefing.language import DEFAULT_LANGUAGE, language
from briefing.locale.pack import load, pack
from briefing.params import Campaign
from briefing.params.rows import Body, ReportingUnit

DEFAULT_READING = "per_person"
WHOLE = {"total", "running"}  # readings under which the first row is held against the last total
LISTED = {"roster_all", "increment"}  # under which the same rows come again, and no count is known
BY_ROW = {"per_person", "per_place", "ratio", "flag"}  # under which each has its own


PARTS = {"persons": "daily", "staff": "once", "counts": "counts"}  # of the letter, by what is read


@cache
def letter(language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """The printed words of the forms in the language of the reports, see `letter.yaml`."""
    name = "letter.yaml" if language == DEFAULT_LANGUAGE else f"letter.{language}.yaml"
    return yaml.safe_load(files("briefing.forms").joinpath(name).read_text("utf-8"))


def letter_of(campaign: Campaign) -> dict[str, Any]:
    """The words of a campaign's forms, its days in the order of its region."""
    words = letter(campaign.language)
    return words | words["month_first"] if load(campaign.locale).month_first else words


@dataclass(frozen=True)
class Last:
    """What a unit last reported, as its next form shows it.

    Attributes:
        day: What the report was about.
        total: The cumulative (persons).
        rows: As they were typed.
        asked: What the sender still has to answer for; "": nothing.
        illustrative: It is made up, and the form has to say so.
        figures: Of a form of counts.
    """

    day: date
    reading: str
    total: int
    rows: tuple[Typed, ...] = ()
    asked: str = ""
    illustrative: bool = False
    figures: Mapping[Figure, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """One form of one unit.

    Attributes:
        unit: Its full name; `place`: where it signs.
        day: What the form is prefilled with.
        reading: What the unit means by Lũy kế; "" of the staff form.
        known_places: To choose from.
        rows: How many to fill in; None: as many as usual, below those of the last report.
        last: What the rows begin with.
        retyped: Typed by the unit after ours: without the mark, nothing locked or checked.
        printed: The words on it, see `letter.yaml`.
        table: What a form of counts asks for.
    """

    campaign: Campaign
    mark: FormMark
    unit: str
    place: str
    day: date
    reading: str = ""
    known_places: tuple[str, ...] = ()
    rows: int | None = None
    last: Last | None = None
    retyped: bool = False
    printed: Mapping[str, Any] = field(default_factory=letter)
    table: Layout | None = None

    @property
    def words(self) -> dict[str, Any]:
        """The form's own part of the letter."""
        return self.printed[PARTS[self.campaign.forms[self.mark.form].reads]]

    def text(self, template: str) -> str:
        """A printed text with the campaign's and the unit's names in it."""
        correspondence, letterhead = self.campaign.correspondence, self.campaign.letterhead
        sender = correspondence.sender or letterhead.issuer
        known = self.campaign.forms.get(self.mark.form)
        with language(self.printed["language"][:2]):
            return template.format(
                app=self.campaign.app_name, name=self.campaign.name, place=self.place,
                unit=self.unit, title=sentence(known.title[0]) if known and known.title else "",
                day=self.day, digits=load(self.campaign.locale).in_digits(self.day),
                on=in_words(self.day), last=self.last and self.last.day,
                last_on=in_words(self.last.day) if self.last else "", sender=sender,
            )  # fmt: skip

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """Field → what stands in it, of each row that the last report gives."""
        if self.last is None:
            return []
        if self.reading in WHOLE:
            again = self.last.rows[:1] if self.reading == "total" else ()
            people = {"ho_ten": again[0].name, "dia_chi": again[0].place,
                      "so_dien_thoai": again[0].phone} if again else {}  # fmt: skip
            return [people | {REPORTED: self.last.total}]
        if self.reading != self.last.reading or self.reading not in LISTED | BY_ROW:
            return []
        return [
            {"ho_ten": row.name, "dia_chi": row.place, "so_dien_thoai": row.phone}
            | ({REPORTED: self._reported(row)} if self.reading in BY_ROW else {})
            for row in self.last.rows
        ]

    def _reported(self, row: Typed) -> str | int | None:
        if self.reading == "flag":
            return "x" if row.numerator else None
        return row.written if self.reading == "ratio" and "/" in row.written else row.numerator

    @property
    def head(self) -> dict[str, str]:
        """Field → heading, from left to right."""
        head = dict(self.words["head"])
        if any(REPORTED in line for line in self.lines):
            counted = head.pop("luy_ke")
            head |= {REPORTED: pack().printed.reported, "luy_ke": counted}
        return head

    @property
    def columns(self) -> list[Column]:
        """Of the table of a form of counts."""
        return self.table.columns(self.reported, self.words) if self.table else []

    @property
    def reported(self) -> Mapping[Figure, int]:
        """The figures of the last report."""
        return self.last.figures if self.last else {}

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places to choose from, and those that the unit calls otherwise."""
        own = (line.get("dia_chi", "") for line in self.lines)
        return tuple(dict.fromkeys((*self.known_places, *filter(None, own))))

    @property
    def note(self) -> str:
        """How it is to be filled in, what the last report is, and what is still to be answered."""
        sentences = [self.words.get("note") or self.printed["readings"][self.reading]]
        if any(c.reported for c in self.columns) if self.table else REPORTED in self.head:
            sentences.append(self.text(self.printed["last"]))
        return " ".join(filter(None, (*sentences, self.last.asked if self.last else "")))

    @property
    def label(self) -> str:
        """What stands in the corner."""
        made_up = self.last is not None and self.last.illustrative
        if not made_up:
            return self.words["label"]
        parts = filter(None, (self.words["label"].strip("()"), self.printed["illustrative"]))
        return f"({' - '.join(parts)})"

    @property
    def titles(self) -> list[str]:
        return [self.text(title) for title in self.words["titles"]]

    @property
    def signed(self) -> tuple[str, str, str]:
        """The lines under it."""
        return self.printed["dots"], self.printed["signature"], self.printed["dots"]

    @cached_property
    def hints(self) -> dict[str, str]:
        return {name: self.text(text) for name, text in self.printed["hints"].items()}

    @property
    def mark_text(self) -> str:
        return self.mark.text(self.campaign)

    @property
    def title(self) -> str:
        """What the document is called in its properties."""
        return self.text(self.words["file"])


def in_words(day: date) -> str:
    return long_day(day).replace(NBSP, " ")


def daily_form(
    campaign: Campaign, unit: ReportingUnit, day: date, last: Last | None = None
) -> Form:
    """The list of a unit, from its last report if there is one.

    Its reading is the one set in params, else that of the last report, else one row a campaigner.
    """
    override = campaign.override_of(unit.unit_code, day, "")
    reading = override.reading if override else last.reading if last else DEFAULT_READING
    return Form(
        campaign,
        FormMark(campaign.form_of("persons") or "", unit.unit_code, reading),
        unit.full_name,
        unit.name,
        day,
        reading,
        tuple(h.label for h in campaign.place_rows if h.unit_code == unit.unit_code),
        last=last,
        printed=letter_of(campaign),
    )


def once_form(campaign: Campaign, body: Body, day: date) -> Form:
    """The staff form of a body."""
    mark = FormMark(campaign.form_of("staff") or "", body.body_code)
    place, words = campaign.letterhead.place, letter_of(campaign)
    return Form(campaign, mark, body.name, place, day, printed=words)


def counts_form(
    campaign: Campaign, code: str, unit: ReportingUnit, day: date, last: Last | None = None
) -> Form:
    """The campaign's form of counts of this code, of a unit."""
    return Form(
        campaign,
        FormMark(code, unit.unit_code),
        unit.full_name,
        campaign.letterhead.place,
        day,
        last=last,
        printed=letter_of(campaign),
        table=layout(campaign, campaign.forms[code], unit.unit_code, day),
    )
