"""A starter with the office's own units in place of its own."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from briefing.locale.pack import load
from briefing.messages import Message, _
from briefing.params.campaign import SETTINGS, locale_of
from briefing.params.files import load_yaml
from briefing.params.tree import FILE as UNITS
from briefing.starters.office_list import Listed, OfficeList, read_list, slug

DENOMINATORS, ALIASES = "denominators.csv", "aliases.csv"
OF_OTHER_UNITS = ("communes.csv", "hamlets.csv", "agencies.csv", "readings.yaml")
OF_UNITS = ("unit", "ambiguous_unit")  # kinds of aliases that name a unit of the starter
INSTALLS = "smartphone_owners"
ROLES = {
    "code": Message("code"),
    "name": Message("name"),
    "type": Message("type"),
    "parent": Message("what it is a part of"),
    "population": Message("population"),
    "number": Message("the number that the rate is a share of"),
}


def list_of(source: Path, path: Path) -> OfficeList:
    """The office's list, as it is read beside a starter.

    Raises:
        ParamsError: What is unclear in it.
    """
    area = load_yaml(source / SETTINGS)["area"]
    name = area["name"]
    called = name if isinstance(name, str) else next(iter(name.values()))
    return read_list(path, (area["code"], called))


def take_over(folder: Path, units: OfficeList) -> None:
    """Write a list of units into a folder that was laid out, in place of the starter's units."""
    settings = load_yaml(folder / SETTINGS)
    for name in OF_OTHER_UNITS:
        (folder / name).unlink(missing_ok=True)
    codes = _level_codes(settings, units)
    _write(folder / UNITS, [_unit(unit, codes) for unit in units.units])
    denominator = (settings.get("indicators") or [{"denominator": INSTALLS}])[0]["denominator"]
    _write(folder / DENOMINATORS, [_denominator(u, denominator) for u in units.levels[-1]])
    _without_other_units(folder / ALIASES)
    _settle(folder / SETTINGS, settings, units, codes)


def summary(units: OfficeList) -> list[str]:
    """How the list was understood, a line for each thing."""
    lines = [
        _("{heading}: taken as {role}", heading=heading, role=ROLES[role])
        for role, heading in units.columns.items()
    ]
    if units.sheet:
        lines.insert(0, _("sheet “{sheet}”: the list of units", sheet=units.sheet))
    if units.left_out:
        lines.append(_("not used: {headings}", headings=", ".join(units.left_out)))
    for level in units.levels:
        lines.append(
            _("level {n}: {count} units, such as {name}", n=level[0].depth, count=len(level),
              name=level[0].name)
        )  # fmt: skip
    return lines


def _level_codes(settings: Mapping[str, Any], units: OfficeList) -> list[str]:
    """Codes of the levels: those of the starter at both ends, the types of units between."""
    own = [level["code"] for level in settings.get("levels") or ()] or ["whole", "communes"]
    between = [
        slug(_called(units, n).partition(",")[0]) or f"level{n}"
        for n in range(1, len(units.levels) - 1)
    ]
    return [own[0], *between, own[-1]]


def _unit(unit: Listed, codes: list[str]) -> dict[str, Any]:
    return {
        "code": unit.code, "name": unit.name, "level": codes[unit.depth], "parent": unit.parent,
        "type": unit.type, "full_name": unit.full_name, "population": unit.population,
    }  # fmt: skip


def _denominator(unit: Listed, denominator: str) -> dict[str, Any]:
    """A number of the list is the office's own; everybody stands in for it as an assumption."""
    return {
        "unit_code": unit.code, "denominator": denominator, "group": "",
        "value": unit.number or unit.population,
        "status": "official" if unit.number else "assumed",
        "source": "",
    }  # fmt: skip


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, [*rows[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8-sig")


def _without_other_units(path: Path) -> None:
    if path.exists():
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        kept = [line for line in lines if line.partition(",")[0] not in OF_UNITS]
        path.write_text("".join(kept), encoding="utf-8-sig")


def _settle(path: Path, settings: Mapping[str, Any], units: OfficeList, codes: list[str]) -> None:
    """Put levels and area into campaign.yaml, whose comments and other keys stay."""
    language = load(locale_of(path.parent)).language
    named = {level["code"]: level for level in settings.get("levels") or ()}
    levels = [
        {"code": code} | (named.get(code) or {language: _called(units, n) or code})
        for n, code in enumerate(codes)
    ]
    root = units.levels[0][0]
    area = settings["area"] | {"code": root.code}
    if root.row:  # the list has it
        name = f"{root.type.lower()} {root.name}".strip() if root.type else root.name
        area |= {"name": name, "whole": name}
    text = path.read_text(encoding="utf-8-sig")
    text = replaced(text, "area", lines_of(area.items()))
    text = replaced(text, "levels", [f"  - {_inline(level)}" for level in levels])
    path.write_text(text, encoding="utf-8")


def _called(units: OfficeList, depth: int) -> str:
    """How a level is called: by its types, or as the list heads the column of parents."""
    counted = Counter(unit.type.lower() for unit in units.levels[depth] if unit.type)
    types = ", ".join(kind for kind, _n in counted.most_common())
    parents = units.columns.get("parent", "").lower() if depth == len(units.levels) - 2 else ""
    return types or parents


def lines_of(items: Iterable[tuple[str, Any]]) -> list[str]:
    """The lines of a mapping that stands under a key."""
    return [f"  {key}: {_inline(value)}" for key, value in items]


def _inline(value: Any) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False)
    return text.removesuffix("...\n").strip().replace("\n ", "")


def replaced(text: str, key: str, lines: list[str]) -> str:
    """The YAML text with these lines under a top-level key, which comes at the end if it is new."""
    own = re.search(rf"^{key}:(.*)\n((?:[ -].*\n|\n(?=[ ]))*)", text, re.MULTILINE)
    body = "\n".join(lines) + "\n"
    if own is None:
        return f"{text.rstrip()}\n\n{key}:\n{body}"
    return text[: own.start()] + f"{key}:{own[1]}\n{body}" + text[own.end() :]
