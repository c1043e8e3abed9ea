"""The tables of a campaign: what a line of each file of its folder says."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, PositiveInt, model_validator

from briefing.messages import _
from briefing.params.files import Strict

ADDRESS = re.compile(r"[^@\s;,<>\"]+@[^@\s;,<>\"]+\.[^@\s;,<>\"]+")


def _as_addresses(text: str) -> str:
    """Raises `ValueError`: one of them is no address."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    for part in parts:
        if not ADDRESS.fullmatch(part):
            raise ValueError(_("“{value}” is no e-mail address", value=part))
    return "; ".join(parts)


Addresses = Annotated[str, AfterValidator(_as_addresses)]
"""Where mail to an office goes; several separated by semicolons."""


class ReportingUnit(Strict):
    """One unit that reports daily. `denominator` (persons) is the denominator.

    `population` and `adults`, where they are known (persons), are looked at beside it.
    """

    unit_code: str
    name: str
    type: str
    full_name: str
    short_label: str
    population: PositiveInt | None = None
    denominator: PositiveInt
    denominator_status: Literal["assumed", "official"]
    adults: PositiveInt | None = None
    adults_status: Literal["assumed", "official"] = "assumed"
    tile_row: int | None = None
    tile_col: int | None = None
    parent: str
    email: Addresses = ""

    @model_validator(mode="after")
    def _within_the_population(self) -> ReportingUnit:
        if self.adults and self.population and self.adults > self.population:
            raise ValueError("adults is more than population")
        return self


class Place(Strict):
    """One place below a unit, as the reports' address column names it.

    `denominator` (persons), where it is known, is the denominator of its rate.
    """

    unit_code: str
    place: str
    kind: str
    label: str
    status: Literal["verified", "partly", "memory"] = "verified"
    denominator: PositiveInt | None = None


class Body(Strict):
    """One body that reports once. `aliases`: other spellings, separated by semicolons."""

    body_code: str
    name: str
    sector: str
    aliases: str = ""
    email: Addresses = ""


class Alias(Strict):
    """Another spelling of a column heading, of a unit, or a further word for a type of unit.

    `other_subject`: words by which a document speaks of what `target` names, and of no report.
    """

    kind: Literal["header", "unit", "ambiguous_unit", "unit_type", "other_subject"]
    target: str
    alias: str
