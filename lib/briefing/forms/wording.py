"""What is printed on a form of one unit, for one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from briefing.intake.apart import Typed
from briefing.intake.recognition.own_papers import REPORTED, FormMark
from briefing.locale.pack import pack
from briefing.params import Campaign
from briefing.params.rows import Agency, Commune

DEFAULT_READING = "per_person"
WHOLE = {"total", "running"}  # readings under which the first row is held against the last total
LISTED = {"roster_all", "increment"}  # under which the same rows come again, and no count is known
BY_ROW = {"per_person", "per_hamlet", "ratio", "flag"}  # under which each has its own


@cache
def letter() -> dict[str, Any]:
    """The printed words of both forms, see `letter.yaml`."""
    return yaml.safe_load(files("briefing.forms").joinpath("letter.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Last:
    """What a unit last reported, as its next form shows it.

    Attributes:
        day: What the report was about.
        total: The cumulative (persons).
        rows: As they were typed.
        asked: What the sender still has to answer for; "": nothing.
        illustrative: It is made up, and the form has to say so.
    """

    day: date
    reading: str
    total: int
    rows: tuple[Typed, ...] = ()
    asked: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class Form:
    """One form of one unit.

    Attributes:
        unit: Its full name; `place`: where it signs.
        day: What the form is prefilled with.
        reading: What the unit means by Lũy kế; "" of Mẫu 01.
        hamlets: To choose from.
        rows: How many to fill in; None: as many as usual, below those of the last report.
        last: What the rows begin with.
        retyped: Typed by the unit after ours: without the mark, nothing locked or checked.
        printed: The words on it, see `letter.yaml`.
    """

    campaign: Campaign
    mark: FormMark
    unit: str
    place: str
    day: date
    reading: str = ""
    hamlets: tuple[str, ...] = ()
    rows: int | None = None
    last: Last | None = None
    retyped: bool = False
    printed: Mapping[str, Any] = field(default_factory=letter)

    @property
    def words(self) -> dict[str, Any]:
        """The form's own part of the letter."""
        return self.printed["daily" if self.mark.form == "mau02" else "once"]

    def said(self, text: str) -> str:
        """A printed text with the campaign's and the unit's names in it."""
        correspondence, letterhead = self.campaign.correspondence, self.campaign.letterhead
        sender = correspondence.sender or letterhead.issuer
        return text.format(
            app=self.campaign.app_name, place=self.place, unit=self.unit, day=self.day,
            sender=sender, last=self.last and self.last.day,
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
            return "x" if row.installs else None
        return row.written if self.reading == "ratio" and "/" in row.written else row.installs

    @property
    def head(self) -> dict[str, str]:
        """Field → heading, from left to right."""
        head = dict(self.words["head"])
        if any(REPORTED in line for line in self.lines):
            counted = head.pop("luy_ke")
            head |= {REPORTED: pack().printed.reported, "luy_ke": counted}
        return head

    @property
    def places(self) -> tuple[str, ...]:
        """The hamlets to choose from, and those that the unit calls otherwise."""
        own = (line.get("dia_chi", "") for line in self.lines)
        return tuple(dict.fromkeys((*self.hamlets, *filter(None, own))))

    @property
    def note(self) -> str:
        """How it is to be filled in, what the last report is, and what is still to be answered."""
        told = [self.printed["readings"][self.reading]]
        if REPORTED in self.head:
            told.append(self.said(self.printed["last"]))
        return " ".join(filter(None, (*told, self.last.asked if self.last else "")))

    @property
    def label(self) -> str:
        """What stands in the corner."""
        made_up = self.last is not None and self.last.illustrative
        return self.printed["illustrative"] if made_up else self.words["label"]

    @property
    def titles(self) -> list[str]:
        return [self.said(title) for title in self.words["titles"]]

    @property
    def signed(self) -> tuple[str, str, str]:
        """The lines under it."""
        return self.printed["dots"], self.printed["signature"], self.printed["dots"]

    @property
    def hints(self) -> dict[str, str]:
        return {name: self.said(text) for name, text in self.printed["hints"].items()}

    @property
    def mark_text(self) -> str:
        return self.mark.text(self.campaign)

    @property
    def title(self) -> str:
        """What the document is called in its properties."""
        return self.said(self.words["file"])


def daily_form(campaign: Campaign, commune: Commune, day: date, last: Last | None = None) -> Form:
    """Mẫu 02 of a unit, from its last report if there is one.

    Its reading is the one set in params, else that of the last report, else one row a campaigner.
    """
    override = campaign.override_of(commune.unit_code, day, "")
    reading = override.reading if override else last.reading if last else DEFAULT_READING
    return Form(
        campaign,
        FormMark("mau02", commune.unit_code, reading),
        commune.full_name,
        commune.name,
        day,
        reading,
        tuple(h.label for h in campaign.hamlet_rows if h.unit_code == commune.unit_code),
        last=last,
    )


def once_form(campaign: Campaign, agency: Agency, day: date) -> Form:
    """Mẫu 01 of an agency."""
    mark = FormMark("mau01", agency.agency_code)
    return Form(campaign, mark, agency.name, campaign.letterhead.place, day)
