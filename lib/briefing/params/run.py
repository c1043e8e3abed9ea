"""The parameters of one run: the same check for the command, for papermill and by hand."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar

from pydantic import BeforeValidator, field_validator

from briefing.errors import ParamsError
from briefing.failures import show_in_cells
from briefing.language import languages, set_language
from briefing.locale.pack import load, set_pack
from briefing.messages import _
from briefing.mirrors import MAX_BYTES, local
from briefing.params.campaign import Campaign, locale_of
from briefing.params.files import Strict, checked, read_yaml
from briefing.remote import bring

PAPERMILL_CELL = "# Parameters"
OWN = Path(__file__).parents[3]  # the project that this program lies in, where it lies in one
PACKAGE = Path(__file__).parents[1]  # with notebooks in it, where it lies in none
Params = TypeVar("Params", bound="AnyRun")


def _iso_day(value: Any) -> Any:
    """A day as parameters hold it: an ISO text, or nothing."""
    if value in ("", None) or isinstance(value, date):
        return value or None
    if isinstance(value, str) and "-" in value:
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError("write it year first, as in “2021-08-16”; in a file, in quotes")


IsoDay = Annotated[date | None, BeforeValidator(_iso_day)]
Place = Annotated[Path, BeforeValidator(local)]


class AnyRun(Strict):
    """What every run is told: from when it looks, where it reads and writes.

    Attributes:
        as_of: The moment of knowledge, with a time zone; `None`: everything known now.
        inbox, outputs, params: Folders; relative ones start at the project's root. Of a URL, the
            mirror of what lies there.
        lang: Language of the pages, ISO 639; without one, that of the campaign's locale pack.
        manifest: A manifest whose inputs are exactly what this run reads; `None`: the inbox.
    """

    as_of: datetime | None = None
    inbox: Place = Path("inbox")
    outputs: Place = Path("outputs")
    params: Place = Path("params")
    lang: str = ""
    manifest: Place | None = None

    @field_validator("manifest", mode="before")
    @classmethod
    def _empty_is_none(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("as_of", mode="before")
    @classmethod
    def _moment(cls, value: Any) -> Any:
        """A moment says its hour, or midnight would be meant."""
        if value in ("", None) or isinstance(value, datetime):
            return value or None
        if isinstance(value, str) and ":" in value and "-" in value:
            with suppress(ValueError):
                return datetime.fromisoformat(value)
        raise ValueError("write it in quotes, as a date and time such as “2021-08-16T15:00”")

    @field_validator("lang")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value and value not in languages():
            raise ValueError("not a language of this program: en, vi")
        return value

    @classmethod
    def checked(cls, values: Mapping[str, Any], *, where: object = None) -> Self:
        """Check the values of a run, and the campaign that they point to.

        `values` is a mapping of parameters, or the `globals()` of a notebook: then only the
        parameters among them count, and every name that papermill injected must be known.

        Raises:
            ParamsError: An unknown key, a value that does not fit, or a fault in the campaign; a
                URL where nothing is.
            RunError: What lies at a URL can't be brought.
        """
        if "__name__" in values:
            show_in_cells()
            where, values = where or _("this notebook"), _from_notebook(cls, values)
        run = checked(cls, dict(values), where=where or _("parameters"))
        run._bring()
        root = find_project(Path.cwd())
        run = run.model_copy(update={"lang": run.lang or language_of(root / run.params)})
        set_language(run.lang)
        run = run.model_copy(
            update={
                name: root / path
                for name in ("inbox", "outputs", "params", "manifest")
                if (path := getattr(run, name)) is not None
            }
        )
        return run._fitted(where or _("parameters"))

    def _bring(self) -> None:
        """Bring what lies elsewhere; first what no other run may change meanwhile."""
        bring(self.outputs, is_written=True)
        bring(self.params)
        bring(self.inbox, MAX_BYTES)

    def _fitted(self, where: object) -> Self:
        """This run with its moment in the campaign's time zone."""
        if not self.as_of:
            return self
        zone = self.campaign.tz
        as_of = (
            self.as_of.astimezone(zone) if self.as_of.tzinfo else self.as_of.replace(tzinfo=zone)
        )
        return self.model_copy(update={"as_of": as_of})

    def _demand_inside(self, name: str, day: date | None, where: object) -> None:
        """A day of the run must be one of the campaign's."""
        dates = self.campaign.dates
        if day and not dates.start <= day <= dates.end:
            raise ParamsError(
                _(
                    "{where}: {name} is {day}; the campaign runs from {start} to {end}. "
                    "Nothing was run.",
                    where=where,
                    name=name,
                    day=day,
                    start=dates.start,
                    end=dates.end,
                )
            )

    def _demand_known(self, name: str, day: date | None, where: object) -> None:
        """The moment of knowledge must not be before a day of the run."""
        if day and self.as_of and self.as_of.date() < self.campaign.reporting.opens(day):
            raise ParamsError(
                _(
                    "{where}: as_of {moment} is before {name} {day}: nothing could be known "
                    "of that day yet. Nothing was run.",
                    where=where,
                    moment=self.as_of.isoformat(timespec="minutes"),
                    name=name,
                    day=day,
                )
            )

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign; once it is known, its locale pack and its words are in force."""
        campaign = Campaign.load(self.params)
        set_pack(campaign.locale)
        campaign.put_in_force()
        return campaign

    def as_parameters(self) -> dict[str, Any]:
        """The run as papermill parameters: plain texts, an empty one where there is no value."""
        return {name: _as_text(getattr(self, name)) for name in type(self).model_fields}


class RunParams(AnyRun):
    """The run of one day.

    Attributes:
        report_date: Last day covered; `None` lets the run take the newest day reported on.
    """

    report_date: IsoDay = None

    def _fitted(self, where: object) -> Self:
        run = super()._fitted(where)
        run._demand_inside("report_date", run.report_date, where)
        run._demand_reported(run.report_date, where)
        run._demand_known("report_date", run.report_date, where)
        return run

    def _demand_reported(self, day: date | None, where: object) -> None:
        """A run is about a day that reports are about: on other days there is nothing to show."""
        reporting, dates = self.campaign.reporting, self.campaign.dates
        if day is None or reporting.falls_on(day):
            return
        around = (reporting.before(day), reporting.after(day))
        near = [str(one) for one in around if one and dates.start <= one <= dates.end]
        raise ParamsError(
            _(
                "{where}: report_date is {day}, about which no report is made. The report dates "
                "next to it: {near}. Nothing was run.",
                where=where,
                day=day,
                near=", ".join(near),
            )
        )

    def at(self, day: date, as_of: datetime | None) -> RunParams:
        """The same run about another day, or from another moment of knowledge.

        Raises:
            ParamsError: The day lies outside the campaign, or after the moment.
        """
        moved = self.model_copy(update={"report_date": day, "as_of": as_of})
        return moved._fitted(_("parameters"))


def language_of(folder: Path) -> str:
    """The language of the office whose campaign a folder holds."""
    return load(locale_of(folder)).language


def _as_text(value: date | Path | str | None) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value.as_posix() if isinstance(value, Path) else value or ""


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds `params/campaign.yaml`; else `start`."""
    return next(
        (folder for folder in (start, *start.parents) if _is_project(folder)),
        start,
    )


def find_project(start: Path) -> Path:
    """The project that is meant in a folder: the one around it, else that of this program.

    `start` itself where there is neither, as of a program that was installed without a project.
    """
    return next((root for root in (find_root(start), OWN) if _is_project(root)), start)


def _is_project(root: Path) -> bool:
    return (root / "params/campaign.yaml").is_file()


def read_run_file(
    path: Path,
    overrides: Mapping[str, Any],
    model: type[Params] = RunParams,  # type: ignore[assignment]  # of a type variable
) -> Params:
    """A run from a parameter file such as `params/daily.yaml`, with the command line before it."""
    bring(path.parent)
    values = read_yaml(path) if path.exists() else {}
    for source, part in ((path, values), (_("command line"), overrides)):
        checked(model, dict(part), where=source)
    asked = overrides.keys() & {"report_date", "period_from", "period_to", "as_of"}
    where = _("command line") if asked else path
    return model.checked({**values, **overrides}, where=where)


def _from_notebook(model: type[AnyRun], namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters among a notebook's names, with those that papermill injected, known or not."""
    values = {name: namespace[name] for name in model.model_fields if name in namespace}
    for name in _injected_names(namespace.get("In", [])):
        values.setdefault(name, namespace.get(name))
    return values


def _injected_names(history: list[str]) -> list[str]:
    """Names assigned in the cells that papermill put in (they begin with its own comment)."""
    cells = [source for source in history if source.startswith(PAPERMILL_CELL)]
    return [
        target.id
        for source in cells
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
