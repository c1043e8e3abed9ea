"""A campaign: who reports, on what, by when, against which targets. One folder of params."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PositiveInt, field_validator, model_validator

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.corrections import Correction, read_corrections
from briefing.params.files import Localized, Strict, checked, read_rows, read_yaml
from briefing.params.outlines import Outlines, read_outlines
from briefing.params.report import Report

if TYPE_CHECKING:
    import pandas as pd

Reading = Literal[
    "per_person", "per_hamlet", "roster_all", "roster_today", "running",
    "total", "flag", "ratio", "percent", "increment",
]  # fmt: skip
Fraction = Field(gt=0, le=1)


class Commune(Strict):
    """One unit that reports daily. `smartphone_owners` (persons) is the denominator.

    `population`, and `adults` where they are known (persons), are looked at beside it.
    """

    unit_code: str
    name: str
    type: str
    full_name: str
    short_label: str
    population: PositiveInt
    smartphone_owners: PositiveInt
    smartphone_owners_status: Literal["assumed", "official"]
    adults: PositiveInt | None = None
    adults_status: Literal["assumed", "official"] = "assumed"
    tile_row: int | None = None
    tile_col: int | None = None
    parent: str

    @model_validator(mode="after")
    def _within_the_population(self) -> Commune:
        if self.adults and self.adults > self.population:
            raise ValueError("adults is more than population")
        return self


class Hamlet(Strict):
    """One place below a unit, as the reports' address column names it.

    `smartphone_owners` (persons), where it is known, is the denominator of its rate.
    """

    unit_code: str
    hamlet: str
    kind: str
    label: str
    status: Literal["verified", "partly", "memory"] = "verified"
    smartphone_owners: PositiveInt | None = None


class Agency(Strict):
    """One body that reports once. `aliases`: other spellings, separated by semicolons."""

    agency_code: str
    name: str
    sector: str
    aliases: str = ""


class Alias(Strict):
    """Another spelling of a column heading, of a unit, or a further word for a type of unit."""

    kind: Literal["header", "unit", "ambiguous_unit", "unit_type"]
    target: str
    alias: str


class Area(Strict):
    code: str
    name: Localized
    whole: Localized


class Terms(Strict):
    units: Localized
    agencies: Localized
    rate: Localized
    done: Localized
    owners: Localized


class Dates(Strict):
    start: date
    end: date


class Reporting(Strict):
    """The days on which every unit owes a report, and until when on each."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    deadline: time

    @field_validator("deadline", mode="before")
    @classmethod
    def _in_quotes(cls, value: Any) -> Any:
        if isinstance(value, int | float):  # YAML reads 15:00 as 900, which would be 00:15
            raise ValueError("write it in quotes, as in “15:00”")
        return value


class Target(Strict):
    coverage: float = Fraction
    date: date


class Effective(Strict):
    """From what share of the adults on the campaign has its effect, and whose number that is.

    Attributes:
        coverage: Fraction of the adults.
        of: Who they are, as inside a sentence.
        note: What is said where their number is assumed.
    """

    coverage: float = Fraction
    of: Localized
    note: Localized


class AgencyReporting(Strict):
    due: date
    target: float = Fraction


class Baseline(Strict):
    coverage: float = Fraction
    at: datetime
    source: Localized


class Letterhead(Strict):
    parent: str
    issuer: str
    place: str


class Correspondence(Strict):
    """How letters back to those who report are worded.

    Attributes:
        sender: Who writes; without it, `letterhead.issuer`.
        unit: How a unit is addressed; `{unit}` stands for its name.
        subject: What the reports are about; without it, the campaign's name.
    """

    sender: Localized | None = None
    unit: Localized = Localized(vi="{unit}", en="{unit}")
    subject: Localized | None = None

    @field_validator("unit")
    @classmethod
    def _names_the_unit(cls, value: Localized) -> Localized:
        if any(text.count("{unit}") != 1 for text in (value.vi, value.en)):
            raise ValueError("must say {unit} once in each language")
        return value


class Settings(Strict):
    """`campaign.yaml`.

    Attributes:
        sectors: Column `sector` of agencies.csv in each language; another stays as it is.
        owners_from: Which denominator counts: that of communes.csv, or, where a unit's reports
            state one ("35/120"), the newest of those.
        map: A GeoJSON file beside it with the outlines of the units; without it they are drawn as
            tiles.
    """

    code: str
    name: Localized
    app_name: str
    area: Area
    terms: Terms
    timezone: str
    dates: Dates
    reporting: Reporting
    targets: tuple[Target, ...] = Field(min_length=1)
    agency_reporting: AgencyReporting
    sectors: tuple[Localized, ...] = ()
    baseline: Baseline | None = None
    effective: Effective | None = None
    owners_note: Localized
    owners_from: Literal["params", "reports"] = "params"
    letterhead: Letterhead
    correspondence: Correspondence = Correspondence()
    report: Report = Report()
    map: str = ""

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):  # a folder of zones, such as Asia, is an OSError
            raise ValueError("not a known time zone, such as Asia/Ho_Chi_Minh") from None
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Settings:
        if self.dates.end < self.dates.start:
            raise ValueError("dates.end is before dates.start")
        if not self.dates.start <= self.reporting.first <= self.reporting.last <= self.dates.end:
            raise ValueError("reporting.from and reporting.to must lie in order within dates")
        if list(self.targets) != sorted(self.targets, key=lambda target: target.date):
            raise ValueError("targets must be in the order of their dates")
        return self


class Campaign(Settings):
    """A campaign with its tables. `Campaign.load("params")` reads and checks a whole folder."""

    commune_rows: tuple[Commune, ...]
    hamlet_rows: tuple[Hamlet, ...] = ()
    agency_rows: tuple[Agency, ...] = ()
    alias_rows: tuple[Alias, ...] = ()
    readings: dict[str, Reading] = Field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    outlines: Outlines = Field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path | str) -> Campaign:
        """Read and check every file of a params folder.

        Raises:
            ParamsError: Names file, key or line, value, and what is known.
        """
        folder = Path(folder)
        settings = checked(
            Settings, read_yaml(folder / "campaign.yaml"), where=folder / "campaign.yaml"
        )
        campaign = cls.model_construct(
            **{name: getattr(settings, name) for name in Settings.model_fields},
            commune_rows=tuple(read_rows(folder / "communes.csv", Commune)),
            hamlet_rows=_optional_rows(folder / "hamlets.csv", Hamlet),
            agency_rows=_optional_rows(folder / "agencies.csv", Agency),
            alias_rows=_optional_rows(folder / "aliases.csv", Alias),
            readings=_read_readings(folder / "readings.yaml"),
        )
        campaign._check_codes(folder)
        if campaign.map:
            codes = [row.unit_code for row in campaign.commune_rows]
            outlines = read_outlines(folder / campaign.map, codes)
            campaign = campaign.model_copy(update={"outlines": outlines})
        return campaign.corrected(read_corrections(folder / CORRECTIONS, campaign))

    def corrected(self, corrections: tuple[Correction, ...]) -> Campaign:
        """The same campaign with these corrections in place of its own."""
        return self.model_copy(update={"corrections": corrections})

    def _check_codes(self, folder: Path) -> None:
        codes = [row.unit_code for row in self.commune_rows]
        _demand_unique(folder / "communes.csv", "unit_code", codes)
        _demand_unique(
            folder / "agencies.csv", "agency_code", [r.agency_code for r in self.agency_rows]
        )
        if not codes:
            raise ParamsError(
                _("{file}: holds no unit. Nothing was run.", file=folder / "communes.csv")
            )
        named = [("hamlets.csv", row.unit_code) for row in self.hamlet_rows]
        named += [
            ("aliases.csv", row.target) for row in self.alias_rows if row.kind.endswith("unit")
        ]
        named += [("readings.yaml", code) for code in self.readings]
        for file, code in named:
            if code not in codes:
                raise ParamsError(
                    _(
                        "{file}: unit code “{code}” is not in communes.csv. Nothing was run.",
                        file=folder / file,
                        code=code,
                    )
                )

    @cached_property
    def communes(self) -> pd.DataFrame:
        """One row per unit, in the order of the file; the columns of `Commune`."""
        return _frame(self.commune_rows, Commune)

    @cached_property
    def hamlets(self) -> pd.DataFrame:
        """One row per hamlet; the columns of `Hamlet`."""
        return _frame(self.hamlet_rows, Hamlet)

    @cached_property
    def agencies(self) -> pd.DataFrame:
        """One row per agency; the columns of `Agency`."""
        return _frame(self.agency_rows, Agency)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def owners_assumed(self) -> bool:
        """Whether any denominator is an assumption, which every page must then say."""
        return any(row.smartphone_owners_status == "assumed" for row in self.commune_rows)

    def sector(self, name: str) -> str:
        """A sector of agencies.csv in the language of the page."""
        return next((str(known) for known in self.sectors if known.vi == name), name)

    def deadline_of(self, day: date) -> datetime:
        """The moment before which the report about `day` is on time."""
        return datetime.combine(day, self.reporting.deadline, tzinfo=self.tz)

    def target_for(self, day: date) -> Target:
        """The target in force on `day`: the first whose date is not past, else the last."""
        return next((t for t in self.targets if day <= t.date), self.targets[-1])

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever anything in the params folder that reading a file depends on changes.

        Corrections, the words of the formal report, the names of sectors and the map are not in it:
        they change what is made of what was read, not how it is read.
        """
        apart = {"corrections", "report", "sectors", "map", "outlines"}
        content = self.model_dump_json(exclude=apart)
        return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def _optional_rows(path: Path, model: type) -> tuple:
    return tuple(read_rows(path, model)) if path.exists() else ()


class _Readings(Strict):
    readings: dict[str, Reading]


def _read_readings(path: Path) -> dict[str, Reading]:
    if not path.exists():
        return {}
    return checked(_Readings, {"readings": read_yaml(path)}, where=path).readings


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


def _frame(rows: tuple, model: type[Strict]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([row.model_dump() for row in rows], columns=list(model.model_fields))
