"""What is counted, among whom: indicators, their groups, and the denominators of units."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, PositiveInt, model_validator

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.files import Localized, Strict

TOTAL = ""  # the group that is everybody
Status = Literal["assumed", "official"]
Fraction = Field(gt=0, le=1)


class Target(Strict):
    coverage: float = Fraction
    date: date


class Group(Localized):
    """A part of those who are counted, such as an age group; `headings`: how reports write it."""

    code: str
    headings: tuple[str, ...] = ()


class Indicator(Strict):
    """A count of persons or things, and the number that it is a share of.

    Attributes:
        code: Names its columns: `numerator` gives `numerator_cumulative`, `numerator_new`, ….
        denominator: Code of what it is a share of, in denominators.csv or as a column of the units.
        name: As over its chapter; without it, the campaign's own name for its rate.
        rate, done, denominator_name, matter, note, targets: As `terms.rate`, `done`,
            `denominator`, `matter`, `denominator_note` and `targets` of the campaign, which hold
            where they are left out.
        groups: The parts into which reports divide it; they add up to the total.
        at_most: Code of an indicator that it can't exceed, as second visits the first ones.
    """

    code: str
    denominator: str
    name: Localized | None = None
    rate: Localized | None = None
    done: Localized | None = None
    denominator_name: Localized | None = None
    matter: Localized | None = None
    note: Localized | None = None
    groups: tuple[Group, ...] = ()
    targets: tuple[Target, ...] = ()
    at_most: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Indicator:
        codes = [group.code for group in self.groups]
        if len(set(codes)) < len(codes) or TOTAL in codes:
            raise ValueError("each group needs a code of its own")
        if list(self.targets) != sorted(self.targets, key=lambda target: target.date):
            raise ValueError("targets must be in the order of their dates")
        return self


class Denominator(Strict):
    """A line of denominators.csv: how many there are in a unit, of a group or of all (persons).

    `source`: whose figure it is, for whoever reads the file.
    """

    unit_code: str
    denominator: str
    group: str = TOTAL
    value: PositiveInt
    status: Status = "assumed"
    source: str = ""


def values_of(
    rows: Iterable[Denominator], denominator: str, group: str = TOTAL
) -> Mapping[str, Denominator]:
    """Unit → its line for a denominator and group."""
    return {r.unit_code: r for r in rows if (r.denominator, r.group) == (denominator, group)}


def demand_each(path: Path, denominator: str, codes: Iterable[str], known: Container[str]) -> None:
    """Check that each unit has a line for a denominator.

    Raises:
        ParamsError: Some have none.
    """
    without = [code for code in codes if code not in known]
    if without:
        raise ParamsError(
            _(
                "{file}: no line “{denominator}” for {codes}. Nothing was run.",
                file=path,
                denominator=denominator,
                codes=", ".join(without[:10]),
            )
        )
