"""units.csv: every unit in one file, from the whole down to places and bodies, with its parent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.files import MOST_TOLD, Strict, checked
from briefing.params.indicators import Denominator, demand_each, values_of
from briefing.params.rows import Agency, Commune, Hamlet
from briefing.params.settings import Settings

FILE = "units.csv"
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


def demand_a_tree(path: Path, units: Sequence[Unit], levels: Sequence[str]) -> None:
    """Check that codes are there once, levels known, and parents of the level above.

    Raises:
        ParamsError: All that is wrong, unit by unit.
    """
    order = [*levels, PLACES, BODIES]
    by_code = {unit.code: unit for unit in units}
    faults = []
    for unit in units:
        parent = by_code.get(unit.parent)
        if unit.level not in order:
            faults.append(
                _("level “{level}”; known: {known}", level=unit.level, known=", ".join(order))
            )
        elif by_code[unit.code] is not unit:
            faults.append(_("this code stands twice"))
        elif unit.level == BODIES or unit.level == order[0]:
            continue
        elif parent is None or parent.level != order[order.index(unit.level) - 1]:
            faults.append(
                _("its parent “{parent}” is no unit of the level above", parent=unit.parent)
            )
        else:
            continue
        faults[-1] = f"{path}: {unit.code} ({unit.name}): {faults[-1]}."
    if faults:
        raise ParamsError("\n".join([*faults[:MOST_TOLD], _("Nothing was run.")]))


def nodes_of(units: Sequence[Unit], settings: Settings) -> tuple[Unit, ...]:
    """The units above those that report, the whole first."""
    above = [level.code for level in settings.levels[:-1]]
    return tuple(sorted((u for u in units if u.level in above), key=lambda u: above.index(u.level)))


def communes_of(
    path: Path, units: Iterable[Unit], settings: Settings, denominators: Iterable[Denominator]
) -> tuple[Commune, ...]:
    """The units that report, with the denominator of the first indicator.

    Raises:
        ParamsError: One has no such denominator.
    """
    wanted = settings.indicators[0].denominator
    known = values_of(denominators, wanted)
    own = [unit for unit in units if settings.levels and unit.level == settings.levels[-1].code]
    file = path.with_name("denominators.csv")
    demand_each(file, wanted, [unit.code for unit in own], known)
    return tuple(_commune(path, unit, known) for unit in own)


def _commune(path: Path, unit: Unit, known: Mapping[str, Denominator]) -> Commune:
    line = known[unit.code]
    return checked(
        Commune,
        {
            "unit_code": unit.code,
            "name": unit.name,
            "type": unit.type,
            "full_name": unit.full_name or f"{unit.type} {unit.name}".strip(),
            "short_label": unit.short_label or unit.name,
            "population": unit.population,
            "smartphone_owners": line.value,
            "smartphone_owners_status": line.status,
            "tile_row": unit.tile_row,
            "tile_col": unit.tile_col,
            "parent": unit.parent,
        },
        where=path,
    )


def hamlets_of(
    units: Iterable[Unit], denominators: Mapping[str, Denominator]
) -> tuple[Hamlet, ...]:
    """The places below the units."""
    return tuple(
        Hamlet(
            unit_code=unit.parent,
            hamlet=unit.name,
            kind=unit.type,
            label=unit.full_name or f"{unit.type} {unit.name}".strip(),
            smartphone_owners=denominators[unit.code].value if unit.code in denominators else None,
        )
        for unit in units
        if unit.level == PLACES
    )


def agencies_of(units: Iterable[Unit]) -> tuple[Agency, ...]:
    """Those who report once."""
    return tuple(
        Agency(agency_code=u.code, name=u.name, sector=u.sector, aliases=u.aliases)
        for u in units
        if u.level == BODIES
    )
