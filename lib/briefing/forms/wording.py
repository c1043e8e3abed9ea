"""What is printed on a form of one unit, for one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from briefing.intake.recognition.own_papers import FormMark
from briefing.params import Campaign
from briefing.params.rows import Agency, Commune

DEFAULT_READING = "per_person"


@cache
def letter() -> dict[str, Any]:
    """The printed words of both forms, see `letter.yaml`."""
    return yaml.safe_load(files("briefing.forms").joinpath("letter.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Form:
    """One form of one unit.

    Attributes:
        unit: Its full name; `place`: where it signs.
        day: What the form is prefilled with.
        reading: What the unit means by Lũy kế; "" of Mẫu 01.
        hamlets: To choose from.
        rows: How many to fill in; None: as many as usual.
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
    retyped: bool = False
    printed: Mapping[str, Any] = field(default_factory=letter)

    @property
    def words(self) -> dict[str, Any]:
        """The form's own part of the letter."""
        return self.printed["daily" if self.mark.form == "mau02" else "once"]

    def said(self, text: str) -> str:
        """A printed text with the campaign's and the unit's names in it."""
        return text.format(
            app=self.campaign.app_name, place=self.place, unit=self.unit, day=self.day
        )

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


def daily_form(campaign: Campaign, commune: Commune, day: date) -> Form:
    """Mẫu 02 of a unit; its reading is the one set in params, else one row a campaigner."""
    override = campaign.override_of(commune.unit_code, day, "")
    reading = override.reading if override else DEFAULT_READING
    return Form(
        campaign,
        FormMark("mau02", commune.unit_code, reading),
        commune.full_name,
        commune.name,
        day,
        reading,
        tuple(h.label for h in campaign.hamlet_rows if h.unit_code == commune.unit_code),
    )


def once_form(campaign: Campaign, agency: Agency, day: date) -> Form:
    """Mẫu 01 of an agency."""
    mark = FormMark("mau01", agency.agency_code)
    return Form(campaign, mark, agency.name, campaign.letterhead.place, day)
