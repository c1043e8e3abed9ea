"""units.csv: every unit in one file, from the whole down to places and bodies, with its parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.files import MOST_TOLD, Strict, checked, numbered_rows
from briefing.params.indicators import Denominator, demand_each, values_of
from briefing.params.rows import Addresses, Alias, Body, Place, ReportingUnit
from briefing.params.settings import Settings

FILE = "units.csv"
ADULTS = "adults"  # a denominator that `effective` asks for, whatever is counted
PLACES, BODIES = "places", "bodies"  # levels of what lies below the units, and of who reports once


class Unit(Strict):
    """A line of units.csv.

    Attributes:
        level: A code of `levels` in campaign.yaml; `places` for what lies below the units that
            report, `bodies` for who reports once.
        parent: Code of the unit that it is a part of; the whole has none.
        full_name, short_label: Without them, `type` and `name`, and `name`.
        population: Everybody, where that is known (persons).
        sector: Of a body.
        aliases: Other spellings, separated by semicolons.
        email: Where drafts of mails go; several separated by semicolons.
    """

    code: str
    name: str
    level: str
    parent: str = ""
    type: str = ""
    full_name: str = ""
    short_label: str = ""
    population: int | None = None
    sector: str = ""
    aliases: str = ""
    tile_row: int | None = None
    tile_col: int | None = None
    email: Addresses = ""

    @property
    def called(self) -> str:
        """Its name in full."""
        return self.full_name or f"{self.type} {self.name}".strip()

    @property
    def inside(self) -> str:
        """The same inside a sentence, where its kind stands in front in small letters."""
        kind = self.type and self.called.startswith(self.type)
        return self.called[:1].lower() + self.called[1:] if kind else self.called


def read_tree(path: Path, levels: Sequence[str]) -> tuple[Unit, ...]:
    """The units: codes there once, levels known, one whole, all others below one of a level above.

    Raises:
        ParamsError: All that is wrong, line by line.
    """
    rows = numbered_rows(path, Unit)
    order = [*levels, PLACES, BODIES]
    first: dict[str, Unit] = {}
    for _place, unit in rows:
        first.setdefault(unit.code, unit)
    faults = [
        f"{place}: {unit.code} ({unit.name}): {fault}."
        for place, unit in rows
        if (fault := _fault(unit, first, order))
    ]
    wholes = [unit.code for _place, unit in rows if unit.level == order[0]]
    if len(wholes) != 1 and not faults:
        faults = [_("{file}: one unit is of level “{level}”, the whole; found: {codes}.",
                    file=path, level=order[0], codes=", ".join(wholes) or "–")]  # fmt: skip
    if faults:
        raise ParamsError("\n".join([*faults[:MOST_TOLD], _("Nothing was run.")]))
    return tuple(unit for _place, unit in rows)


def _fault(unit: Unit, known: Mapping[str, Unit], order: Sequence[str]) -> str:
    if unit.level not in order:
        return _("level “{level}”; known: {known}", level=unit.level, known=", ".join(order))
    if known[unit.code] is not unit:
        return _("this code stands twice")
    if unit.level in (BODIES, order[0]):
        return ""
    parent, above = known.get(unit.parent), order[order.index(unit.level) - 1]
    if parent is None or parent.level != above:
        return _(
            "its parent “{parent}” is no unit of the level above, “{above}”",
            parent=unit.parent,
            above=above,
        )
    return ""


def nodes_of(units: Sequence[Unit], settings: Settings) -> tuple[Unit, ...]:
    """The units above those that report, the whole first."""
    above = [level.code for level in settings.levels[:-1]]
    return tuple(sorted((u for u in units if u.level in above), key=lambda u: above.index(u.level)))


def units_of(
    path: Path, units: Sequence[Unit], settings: Settings, denominators: Iterable[Denominator]
) -> tuple[ReportingUnit, ...]:
    """The units that report, with the denominator of the first indicator, and their adults where
    denominators.csv has a line `adults`.

    Raises:
        ParamsError: One has no such denominator.
    """
    wanted = settings.indicators[0].denominator
    lines = tuple(denominators)
    known, adults = values_of(lines, wanted), values_of(lines, ADULTS)
    own = [unit for unit in units if settings.levels and unit.level == settings.levels[-1].code]
    file = path.with_name("denominators.csv")
    demand_each(file, wanted, [unit.code for unit in own], known)
    names, called = {unit.code: unit.called for unit in units}, Counter(u.called for u in own)
    return tuple(
        _unit(
            path,
            unit,
            known[unit.code],
            adults.get(unit.code),
            names[unit.parent] if called[unit.called] > 1 else "",
        )
        for unit in own
    )


def _unit(
    path: Path, unit: Unit, line: Denominator, adults: Denominator | None, apart: str
) -> ReportingUnit:
    """A unit that reports; `apart`: the name of its parent, where another is called the same."""
    return checked(
        ReportingUnit,
        {
            "unit_code": unit.code,
            "name": unit.name,
            "type": unit.type,
            "full_name": f"{unit.called} ({apart})" if apart else unit.called,
            "short_label": unit.short_label or unit.name,
            "population": unit.population,
            "denominator": line.value,
            "denominator_status": line.status,
            "tile_row": unit.tile_row,
            "tile_col": unit.tile_col,
            "parent": unit.parent,
            "email": unit.email,
            **({"adults": adults.value, "adults_status": adults.status} if adults else {}),
        },
        where=path,
    )


def places_of(units: Iterable[Unit], denominators: Mapping[str, Denominator]) -> tuple[Place, ...]:
    """The places below the units."""
    return tuple(
        Place(
            unit_code=unit.parent,
            place=unit.name,
            kind=unit.type,
            label=unit.called,
            denominator=denominators[unit.code].value if unit.code in denominators else None,
        )
        for unit in units
        if unit.level == PLACES
    )


def aliases_of(units: Iterable[Unit], settings: Settings) -> tuple[Alias, ...]:
    """The other spellings of the units that report."""
    return tuple(
        Alias(kind="unit", target=unit.code, alias=alias.strip())
        for unit in units
        if settings.levels and unit.level == settings.levels[-1].code
        for alias in unit.aliases.split(";")
        if alias.strip()
    )


def bodies_of(units: Iterable[Unit]) -> tuple[Body, ...]:
    """Those who report once."""
    return tuple(
        Body(body_code=u.code, name=u.name, sector=u.sector, aliases=u.aliases, email=u.email)
        for u in units
        if u.level == BODIES
    )
