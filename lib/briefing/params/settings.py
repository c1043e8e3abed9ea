"""campaign.yaml: on what is reported, by when, against which targets, and in which words."""

from __future__ import annotations

import difflib
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator, model_validator

from briefing.catalog.codes import FORM, Code
from briefing.catalog.naming import KNOWN, UNITS, WHOLE, Naming
from briefing.catalog.tables import TABLES
from briefing.locale.pack import DEFAULT, is_known, known_packs, load
from briefing.messages import TERMS, Message, _, own_terms, set_terms
from briefing.params.calendar import Calendar
from briefing.params.files import EARLIER, Localized, Strict
from briefing.params.forms import Form, Reads
from briefing.params.indicators import Fraction, Indicator, Target
from briefing.params.report import Report

CALENDAR = {
    "week": {
        "before": Message("the week before"), "rhythm": Message("weekly"),
        "period": Message("week"), "periods": Message("weeks"),
    },
    "once": {"before": Message("the report before"), "rhythm": Message("single")},
}  # fmt: skip
"""By how often reports are made, unless by the day: what texts say of it, see `messages.TERMS`."""


class Area(Strict):
    code: str
    name: Localized
    whole: Localized


class Level(Localized):
    """A level of units, by its name in the plural, as inside a sentence."""

    code: str


class Terms(Strict):
    """How pages name things, as inside a sentence.

    `counted`: what becomes of those who are counted; `act`: what they do; `persons`, `person`: what
    a figure counts, where it is not people; `one_unit`: one of `units`; `locality`, `localities`: a
    place below a unit; `leader`: whom the page is for. They stand in texts that say `{counted}`,
    `{act}`, …, see `messages.TERMS`.
    """

    units: Localized
    one_unit: Localized | None = None
    bodies: Localized | None = None
    rate: Localized
    done: Localized
    denominator: Localized
    matter: Localized | None = None
    counted: Localized | None = None
    act: Localized | None = None
    persons: Localized | None = None
    person: Localized | None = None
    locality: Localized | None = None
    localities: Localized | None = None
    leader: Localized | None = None


class Dates(Strict):
    start: date
    end: date


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


class BodyReporting(Strict):
    due: date
    target: float = Fraction


class Baseline(Strict):
    coverage: float = Fraction
    at: datetime
    source: Localized


class Letterhead(Strict):
    parent: str = ""
    issuer: str
    place: str


class OtherSubject(Localized):
    """What units report on besides, by its name in each language.

    Attributes:
        rival: Its reports use the campaign's own subject words: another app is counted too.
    """

    rival: bool = False


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
            raise ValueError("must say “unit” in braces once in each language")
        return value


class FileBudget(Strict):
    """What reading one file of the inbox may cost; one that costs more is a finding.

    Attributes:
        megabytes: Of memory, above that of the program itself.
        processor_seconds: Of work, however busy the machine is.
        seconds: By the clock, for what hangs without working: such a file is tried again.
    """

    megabytes: int = Field(default=900, ge=200)
    processor_seconds: int = Field(default=15, ge=1)
    seconds: int = Field(default=300, ge=10)


class Settings(Strict):
    """`campaign.yaml`.

    Attributes:
        indicators: What is counted; the first one leads, and the words, targets and notes of the
            campaign are its own.
        levels: The units' levels from the whole down to those that report; their codes name the
            published tables.
        names: What tables, columns and rules are called outside, where no code says it.
        forms: Code of a form → the words that tell it, and how it is read.
        locale: The pack of words, marks and telephone numbers by which reports are read.
        other_subjects: What rows `other_subject` of aliases.csv name, in each language; another
            stays as it is.
        sectors: Column `sector` of the bodies in each language; another stays as it is.
        body_reporting: Left out, like `terms.bodies`, where nobody reports once.
        denominator_note: Said where a denominator is assumed.
        denominator_from: Which denominator counts: that of params, or, where a unit's reports
            state one ("35/120"), the newest of those.
    """

    code: str
    name: Localized
    app_name: str
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)
    forms: dict[str, Form] = Field(min_length=1)
    other_subjects: tuple[OtherSubject, ...] = ()
    area: Area
    terms: Terms
    locale: str = DEFAULT
    timezone: str
    dates: Dates
    reporting: Calendar
    targets: tuple[Target, ...] = Field(min_length=1)
    body_reporting: BodyReporting | None = None
    sectors: tuple[Localized, ...] = ()
    baseline: Baseline | None = None
    effective: Effective | None = None
    denominator_note: Localized | None = None
    denominator_from: Literal["params", "reports"] = "params"
    letterhead: Letterhead
    correspondence: Correspondence = Correspondence()
    report: Report = Report()
    file_budget: FileBudget = FileBudget()

    @model_validator(mode="before")
    @classmethod
    def _as_left_out(cls, values: Any) -> Any:
        """With what params of before say by leaving it out."""
        if not isinstance(values, dict):
            return values
        earlier = {name: EARLIER[name] for name in ("indicators", "forms")}
        if "levels" not in values and isinstance(values.get("names", {}), dict):
            earlier["names"] = EARLIER["names"] | values.pop("names", {})
        return {**values, **{key: earlier[key] for key in earlier if key not in values}}

    @cached_property
    def naming(self) -> Naming:
        """What tables and columns about the first indicator are called outside."""
        [first, *_others] = self.indicators
        codes = {WHOLE: self.levels[0].code, UNITS: self.levels[-1].code} if self.levels else {}
        return Naming(first.code, first.denominator, codes | self.names)

    def put_in_force(self) -> None:
        """Have every later text of this process speak in the words of this campaign."""
        FORM.clear()
        FORM.update({code: Code(str(f.name)) for code, f in self.forms.items() if f.name})
        set_terms(self._words)

    def own_terms(self) -> AbstractContextManager[None]:
        """Have the texts that are made within speak in the words of this campaign."""
        return own_terms(self._words)

    @property
    def _words(self) -> dict[str, Any]:
        forms: dict[str, tuple[Reads, ...]] = {
            "once_form": ("staff",), "list_form": ("persons", "counts"),
        }  # fmt: skip
        own: dict[str, Any] = {name: getattr(self.terms, name, None) for name in TERMS}
        own |= {"those": self.terms.denominator, **CALENDAR.get(self.reporting.every, {})}
        own |= {name: FORM.get(self.form_of(*reads) or "") for name, reads in forms.items()}
        own |= {f"{name}_file": f"{self.naming.outside(name)}.csv" for name in ("units", "places")}
        return own

    @property
    def language(self) -> str:
        """What the offices speak, in which forms and letters are written (ISO 639)."""
        return load(self.locale).language

    def form_of(self, *reads: Reads) -> str | None:
        """The code of the first form that is read in one of these ways; `None` where none is."""
        return next((code for code, form in self.forms.items() if form.reads in reads), None)

    @field_validator("locale")
    @classmethod
    def _known_locale(cls, value: str) -> str:
        if not is_known(value):
            known = ", ".join(known_packs())
            raise ValueError(_("no locale pack is called so; known: {known}", known=known))
        return value

    @field_validator("levels")
    @classmethod
    def _name_tables_of_their_own(cls, value: tuple[Level, ...]) -> tuple[Level, ...]:
        codes = [level.code for level in value]
        taken = [level.code for level in value[1:-1] if level.code in TABLES]
        if len(set(codes)) < len(codes) or taken:
            raise ValueError(
                _(
                    "a level needs a code of its own, which no other table has: {codes}",
                    codes=", ".join(taken or codes),
                )
            )
        return value

    @field_validator("names")
    @classmethod
    def _name_what_there_is(cls, value: dict[str, str]) -> dict[str, str]:
        unknown = value.keys() - KNOWN
        if unknown:
            near = difflib.get_close_matches(min(unknown), KNOWN, n=3)
            raise ValueError(
                _(
                    "nothing is called “{name}”; known: {known}",
                    name=", ".join(sorted(unknown)),
                    known=", ".join([*near, "…"]),
                )
            )
        outside = [*value.values()]
        if len({*outside}) < len(outside) or not all(map(str.isidentifier, outside)):
            raise ValueError(_("each needs a name of its own, of letters, digits and “_”"))
        return value

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):  # a folder of zones, such as Asia, is an OSError
            raise ValueError("not a known time zone, such as Asia/Ho_Chi_Minh") from None
        return value

    @field_validator("indicators")
    @classmethod
    def _known_indicators(cls, value: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        codes = [one.code for one in value]
        for one in value:
            if one.at_most and one.at_most not in codes:
                known = ", ".join(codes)
                raise ValueError(
                    _(
                        "at_most: no indicator “{code}”; known: {known}",
                        code=one.at_most,
                        known=known,
                    )
                )
        return value

    @field_validator("forms", mode="before")
    @classmethod
    def _reads_as_usual(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        usual = EARLIER["forms"]
        return {
            code: usual.get(code, {}) | form if isinstance(form, dict) else form
            for code, form in value.items()
        }

    @field_validator("forms")
    @classmethod
    def _speaks_of_known_counts(cls, value: dict[str, Form], info: ValidationInfo) -> dict:
        if "indicators" not in info.data:  # they are wrong themselves, and that is told
            return value
        groups = {one.code: {g.code for g in one.groups} for one in info.data["indicators"]}
        for code, form in value.items():
            for field in form.fields:
                own = (
                    groups.get(field.indicator)
                    if field.indicator
                    else set().union(*groups.values())
                )
                if own is None or (field.group and field.group not in own):
                    raise ValueError(
                        _(
                            "form {form}: “{name}” is no indicator, or no group of it; known: "
                            "{known}",
                            form=code,
                            name=field.group or field.indicator,
                            known=", ".join([*groups, *sorted(own or ())]),
                        )
                    )
        return value

    @property
    def between(self) -> tuple[Level, ...]:
        """The levels between the whole and those that report, from above."""
        return self.levels[1:-1]

    @property
    def once(self) -> BodyReporting:
        """`body_reporting`; where it is left out there are no bodies, and it says nothing."""
        return self.body_reporting or BodyReporting(due=self.dates.end, target=1)

    @model_validator(mode="after")
    def _in_order(self) -> Settings:
        if self.dates.end < self.dates.start:
            raise ValueError("dates.end is before dates.start")
        if not self.dates.start <= self.reporting.first <= self.reporting.last <= self.dates.end:
            raise ValueError("reporting.from and reporting.to must lie in order within dates")
        if list(self.targets) != sorted(self.targets, key=lambda target: target.date):
            raise ValueError("targets must be in the order of their dates")
        return self
