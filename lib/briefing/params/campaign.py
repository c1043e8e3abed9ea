"""A campaign: who reports, on what, by when, against which targets. One folder of params."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, Self

from pydantic import Field

from briefing.catalog.naming import Naming
from briefing.errors import ParamsError
from briefing.locale.pack import DEFAULT, is_known
from briefing.messages import _
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.corrections import Correction, read_corrections
from briefing.params.files import (
    EARLIER,
    Localized,
    Strict,
    checked,
    gathered,
    load_yaml,
    read_rows,
    read_yaml,
)
from briefing.params.indicators import Denominator, Indicator, Target, demand_each, values_of
from briefing.params.readings import FILE as READINGS
from briefing.params.readings import Override, override_of, read_overrides
from briefing.params.roster import Roster
from briefing.params.rows import Alias, Body, Place, ReportingUnit
from briefing.params.settings import OtherSubject, Settings
from briefing.params.tree import FILE as TREE
from briefing.params.tree import (
    aliases_of,
    bodies_of,
    nodes_of,
    places_of,
    read_tree,
    units_of,
)

SETTINGS = "campaign.yaml"
NAMED_PACK = re.compile(r"^locale:[ \t]*[\"']?(\w+)", re.MULTILINE)
TABLES: Mapping[str, tuple[str, type[Strict]]] = {
    "unit_rows": ("units", ReportingUnit),
    "place_rows": ("places", Place),
    "body_rows": ("bodies", Body),
    "alias_rows": ("aliases", Alias),
    "denominator_rows": ("denominators", Denominator),
}
"""What a campaign holds of each table of its folder: the table's name inside, and its rows."""


def locale_of(folder: Path) -> str:
    """The locale pack that a folder names, before it is checked; the default one without a name."""
    with suppress(OSError, UnicodeDecodeError):
        named = NAMED_PACK.search((folder / SETTINGS).read_text(encoding="utf-8-sig"))
        return named[1] if named and is_known(named[1]) else DEFAULT
    return DEFAULT


class Campaign(Roster):
    """A campaign with its tables. `Campaign.load("params")` reads and checks a whole folder."""

    readings: dict[str, tuple[Override, ...]] = Field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @classmethod
    def load(cls, folder: Path | str) -> Campaign:
        """Read and check every file of a params folder.

        Raises:
            ParamsError: Names file, key or line, value, and what is known.
        """
        folder = Path(folder)
        if not (folder / SETTINGS).exists():
            raise ParamsError(
                _(
                    "{file}: no such file. Go to the folder of the project, where params and "
                    "notebooks lie, or give the campaign's folder with --params, or begin with: "
                    "briefing init params. Nothing was run.",
                    file=folder / SETTINGS,
                )
            )
        return cls._read(folder, _content(folder))

    @classmethod
    @lru_cache(maxsize=4)
    def _read(cls, folder: Path, _content: str) -> Campaign:
        """The campaign of a folder with this content: read and checked once in a process."""
        files: list[Callable[[], Any]] = [partial(_settings, folder / SETTINGS)]
        naming = _naming(folder / SETTINGS)
        files += [partial(_rows, folder, name, naming) for name in TABLES]
        settings, *tables = gathered(files)
        rows = dict(zip(TABLES, tables, strict=True))
        campaign = cls.model_construct(
            **{name: getattr(settings, name) for name in Settings.model_fields},
            **(rows | _of_units(folder / TREE, settings, rows)),
        )
        campaign = campaign.model_copy(update=campaign._replacements_of(campaign.indicators[0]))
        entries: list[Callable[[], Any]] = [
            partial(campaign._check_codes, folder),
            *(partial(campaign._check_denominator, folder, i) for i in campaign.indicators[1:]),
            partial(campaign._readings, folder / READINGS),
            partial(read_corrections, folder / CORRECTIONS, campaign),
        ]
        *_checks, readings, corrections = gathered(entries)
        return campaign.model_copy(update={"readings": readings}).corrected(corrections)

    def _readings(self, path: Path) -> dict[str, tuple[Override, ...]]:
        codes = [row.unit_code for row in self.unit_rows]
        readings = read_overrides(path, codes, self.naming)
        _demand_known(path, readings, codes, self._units_in(path.parent))
        return readings

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values, without what was worked out of the old ones."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @property
    def files_named(self) -> list[str]:
        """The files, in the inbox or not, that corrections and readings are about."""
        readings = (one.file for own in self.readings.values() for one in own)
        return [file for file in (*(one.file for one in self.corrections), *readings) if file]

    def corrected(self, corrections: tuple[Correction, ...]) -> Campaign:
        """The same campaign with these corrections in place of its own."""
        if corrections == self.corrections:
            return self
        return self.model_copy(update={"corrections": corrections})

    def of(self, indicator: Indicator) -> Campaign:
        """The same campaign as if it were about this indicator alone."""
        if self.indicators == (indicator,):
            return self
        update = {"indicators": (indicator,), **self._replacements_of(indicator)}
        if indicator != self.indicators[0]:
            update |= {"baseline": None, "effective": None, "body_rows": ()}
        return self.model_copy(update=update)

    def _replacements_of(self, indicator: Indicator) -> dict[str, Any]:
        """What stands in the place of the campaign's own words, targets and denominators."""
        own = {
            name: getattr(indicator, name)
            for name in ("rate", "done", "matter")
            if getattr(indicator, name)
        }
        if indicator.denominator_name:
            own["denominator"] = indicator.denominator_name
        replacements: dict[str, Any] = {
            "terms": self.terms.model_copy(update=own),
            "targets": indicator.targets or self.targets,
            "denominator_note": indicator.note or self.denominator_note,
        }
        if indicator.denominator != self.indicators[0].denominator:
            replacements["unit_rows"] = self._with_denominator(indicator.denominator)
        return replacements

    def _with_denominator(self, code: str) -> tuple[ReportingUnit, ...]:
        known = values_of(self.denominator_rows, code)
        return tuple(
            row.model_copy(
                update={
                    "denominator": known[row.unit_code].value,
                    "denominator_status": known[row.unit_code].status,
                }
            )
            for row in self.unit_rows
        )

    def under(self, node: str) -> Campaign:
        """The same campaign as if this unit, above those that report, were the whole."""
        own = self.nodes_under(node)
        units = tuple(row for row in self.unit_rows if row.parent in own)
        codes = {row.unit_code for row in units}
        [unit] = [row for row in self.node_rows if row.code == node]
        name = Localized(vi=unit.inside, en=unit.called)
        return self.model_copy(
            update={
                "area": self.area.model_copy(update={"code": node, "name": name, "whole": name}),
                "unit_rows": units,
                "place_rows": tuple(row for row in self.place_rows if row.unit_code in codes),
                "node_rows": tuple(row for row in self.node_rows if row.code in own),
                "body_rows": (),
                "baseline": None,
            }
        )

    def _check_codes(self, folder: Path) -> None:
        units, codes = self._units_in(folder), [r.unit_code for r in self.unit_rows]
        at, column = partial(_file, folder, self.naming), self.naming.outside("body_code")
        bodies = [row.body_code for row in self.body_rows]
        if not codes:
            raise ParamsError(_("{file}: holds no unit. Nothing was run.", file=units))
        places = [row.unit_code for row in self.place_rows]
        aliases = [row.target for row in self.alias_rows if row.kind.endswith("unit")]
        gathered(
            [
                partial(_demand_unique, units, "unit_code", codes),
                partial(_demand_unique, at("bodies"), column, bodies),
                partial(_demand_known, at("places"), places, codes, units),
                partial(_demand_known, at("aliases"), aliases, codes, units),
                *(partial(_demand_given, folder / SETTINGS, *item) for item in self._asked_for()),
            ]
        )

    def _units_in(self, folder: Path) -> Path:
        """The file that says who reports."""
        tree = folder / TREE
        return tree if tree.exists() else _file(folder, self.naming, "units")

    def _check_denominator(self, folder: Path, indicator: Indicator) -> None:
        """Demand that each unit has what an indicator is a share of."""
        if indicator.denominator != self.indicators[0].denominator:
            file = _file(folder, self.naming, "denominators")
            known = values_of(self.denominator_rows, indicator.denominator)
            demand_each(file, indicator.denominator, [r.unit_code for r in self.unit_rows], known)

    def _asked_for(self) -> Iterator[tuple[str, object, str]]:
        """What campaign.yaml may leave out only where nothing asks for it: key, value, and why."""
        if self.denominator_assumed:
            yield (
                "denominator_note",
                self.denominator_note,
                _("denominators are assumed, and pages say so"),
            )
        if self.body_rows:
            why = _("bodies are listed, which report once")
            yield "body_reporting", self.body_reporting, why
            yield "terms.bodies", self.terms.bodies, why

    @property
    def target_rates(self) -> list[float]:
        """The targets (fractions), in the order of their days; no rate is rounded up to one."""
        return [target.coverage for target in self.targets]

    @property
    def denominator_assumed(self) -> bool:
        """Whether any denominator is an assumption, which every page must then say."""
        return any(row.denominator_status == "assumed" for row in self.unit_rows)

    def sector(self, name: str) -> str:
        """A sector of the bodies in the language of the page."""
        return next((str(known) for known in self.sectors if known.vi == name), name)

    def other_subject(self, name: str) -> OtherSubject:
        """What rows `other_subject` of aliases.csv call so, in each language."""
        known = (subject for subject in self.other_subjects if subject.vi == name)
        return next(known, OtherSubject(vi=name, en=name))

    def override_of(
        self, unit: str | None, day: date | None, file: str, member: str = ""
    ) -> Override | None:
        """What readings.yaml says of a report; `None` where it says nothing."""
        return override_of(self.readings.get(unit or "", ()), day, file, member)

    def deadline_of(self, day: date) -> datetime:
        """The moment before which the report about `day` is on time."""
        return datetime.combine(day, self.reporting.deadline_of(day), tzinfo=self.tz)

    def target_for(self, day: date) -> Target:
        """The target in force on `day`: the first whose date is not past, else the last."""
        return next((t for t in self.targets if day <= t.date), self.targets[-1])

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever anything in the params folder that reading a file depends on changes.

        Corrections, the words of the formal report and the names of sectors are not in it: they
        change what is made of what was read, not how it is read.
        """
        apart = {"corrections", "report", "sectors"}
        content = self.model_dump_json(exclude=apart)
        return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def _content(folder: Path) -> str:
    """Changes with every change of a file of the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    content = hashlib.blake2b(digest_size=16)
    for path in files:
        with suppress(OSError):  # who reads what it says will say why it can't be read
            content.update(repr((str(path), path.read_bytes())).encode())
    return content.hexdigest()


def _settings(path: Path) -> Settings:
    """campaign.yaml, with `indicators` and `forms` from files of their own, where there are."""
    values = read_yaml(path)
    for key in ("indicators", "forms"):
        apart = path.with_name(f"{key}.yaml")
        if apart.exists():
            values[key] = load_yaml(apart)
    return checked(Settings, values, where=path)


def _naming(path: Path) -> Naming:
    """What a folder calls the columns of its files; where it is at fault, as folders of before."""
    with suppress(ParamsError):
        return _settings(path).naming
    [first] = EARLIER["indicators"]
    return Naming(first["code"], first["denominator"], names=EARLIER["names"])


def _file(folder: Path, naming: Naming, name: str) -> Path:
    """The file of a table, which is called as the campaign calls the table."""
    return folder / f"{naming.outside(name)}.csv"


def _rows(folder: Path, name: str, naming: Naming) -> tuple[Strict, ...]:
    """The rows of a table; of all but that of the units there may be none."""
    table, row = TABLES[name]
    path, tree = _file(folder, naming, table), folder / TREE
    if path == tree:
        return ()
    needed = row is ReportingUnit and not tree.exists()
    return tuple(read_rows(path, row, naming)) if needed or path.exists() else ()


def _of_units(
    path: Path, settings: Settings, apart: Mapping[str, Any]
) -> dict[str, tuple[Strict, ...]]:
    """The tables that units.csv holds in one, where there is such a file, beside those `apart`."""
    if not path.exists():
        return {}
    if apart["unit_rows"]:
        raise ParamsError(
            _(
                "{file}: {other} beside it says too who reports; keep one of the two. "
                "Nothing was run.",
                file=path,
                other=_file(path.parent, settings.naming, "units").name,
            )
        )
    denominators = apart["denominator_rows"]
    units = read_tree(path, [level.code for level in settings.levels])
    own = values_of(denominators, settings.indicators[0].denominator)
    return {
        "node_rows": nodes_of(units, settings),
        "unit_rows": units_of(path, units, settings, denominators),
        "place_rows": (*apart["place_rows"], *places_of(units, own)),
        "body_rows": (*apart["body_rows"], *bodies_of(units)),
        "alias_rows": (*apart["alias_rows"], *aliases_of(units, settings)),
    }


def _demand_given(path: Path, key: str, value: object, why: str) -> None:
    if value is None:
        raise ParamsError(
            _("{file}: {key} is missing: {why}. Nothing was run.", file=path, key=key, why=why)
        )


def _demand_known(path: Path, named: Iterable[str], codes: Collection[str], units: Path) -> None:
    unknown = next((code for code in named if code not in codes), None)
    if unknown is not None:
        raise ParamsError(
            _(
                "{file}: unit code “{code}” is not in {units}. Nothing was run.",
                file=path,
                units=units.name,
                code=unknown,
            )
        )


def _demand_unique(path: Path, column: str, values: list[str]) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ParamsError(
            _(
                "{file}: {column} {values} stands twice. Nothing was run.",
                file=path,
                column=column,
                values=", ".join(twice),
            )
        )
