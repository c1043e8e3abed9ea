"""What the commands share: the options of a run, and the run that they describe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from briefing.cli.completion import option
from briefing.errors import BriefingError, ParamsError
from briefing.messages import _
from briefing.mirrors import is_url, local, plain
from briefing.params import PeriodParams, RunParams
from briefing.params.files import read_yaml
from briefing.params.run import find_project, read_run_file

DAY = click.DateTime(["%Y-%m-%d"])


class NewFolder(click.Path):
    """A folder of this machine to write into."""

    def __init__(self, file_okay: bool = True) -> None:
        super().__init__(file_okay=file_okay, path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if is_url(value):
            self.fail(_("{url}: give a folder of this machine.", url=plain(value)), param, ctx)
        return super().convert(value, param, ctx)


def campaign_folder(folder: Path | str | None) -> Path | str:
    """A campaign's folder as it was typed, from where the user is; else that of the project."""
    return Path.cwd() / local(folder) if folder else "params"


@dataclass(frozen=True)
class Asked:
    """What the command line says of a run; each goes before its file in params/."""

    folders: dict[str, str | None]
    extra: tuple[str, ...]
    workers: int | None = None
    scheduler: str | None = None

    def day(self, day: str | None = None, **other: str) -> Any:
        """The run of a day that the command line and params/daily.yaml describe."""
        return described(
            RunParams, "daily.yaml", {"report_date": day}, self.extra, {**self.folders, **other}
        )

    def period(self, first: str | None, last: str | None, unit: str | None = None) -> Any:
        """The run of a period that the command line and params/period.yaml describe."""
        days = {"period_from": first, "period_to": last, "unit_code": unit}
        return described(PeriodParams, "period.yaml", days, self.extra, self.folders)

    @property
    def outputs(self) -> Path:
        """Where the run would write, as far as that can be known of one that is not right."""
        try:
            given = _overrides(self.folders, self.extra)
        except ParamsError:
            given = _overrides(self.folders, ())
        if "outputs" in given:
            return Path(given["outputs"])
        project = find_project(Path.cwd())
        params = Path(given.get("params", project / "params"))
        named: Any = None
        with suppress(BriefingError, OSError):
            named = read_yaml(params / "daily.yaml").get("outputs")
        return project / local(str(named or "outputs"))


OF_RUN = (
    option("--as-of", metavar="T", help="What was known then, e.g. 2021-08-18T15:00."),
    option("--inbox", metavar="DIR", help="Folder of incoming reports."),
    option("--outputs", metavar="DIR", help="Register and published pages."),
    option("--params", metavar="DIR", help="The campaign's folder."),
    option("--lang", metavar="LANG", help="Language of the pages: vi or en."),
    option("-p", "extra", multiple=True, metavar="KEY=VALUE", help="Any other parameter."),
)
FOLDERS = ("as_of", "inbox", "outputs", "params", "lang")
WHERE = ("workers", "scheduler")


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every run takes; the command is given them as one `Asked`."""

    @wraps(command)
    def with_asked(**given: Any) -> Any:
        folders = {name: given.pop(name) for name in FOLDERS}
        where = {name: given.pop(name) for name in WHERE if name in given}
        return command(asked=Asked(folders, given.pop("extra"), **where), **given)

    return with_options(with_asked, OF_RUN)


def with_options(command: Callable[..., Any], options: Iterable[Any]) -> Callable[..., Any]:
    """A command with these options, in this order."""
    for one in reversed([*options]):
        command = one(command)
    return command


def described(
    model: Any,
    file: str,
    days: dict[str, str | None],
    extra: tuple[str, ...],
    folders: dict[str, str | None],
) -> Any:
    """The run that the command line and a params file describe, the command line first."""
    overrides = _overrides(folders, extra)
    overrides |= {name: day for name, day in days.items() if day is not None}
    folder = Path(overrides.get("params", find_project(Path.cwd()) / "params"))
    return read_run_file(folder / file, overrides, model)


def _overrides(folders: dict[str, str | None], extra: tuple[str, ...]) -> dict[str, str]:
    """What goes before a params file, `-p` before its own option; folders from where the user is.

    Raises:
        ParamsError: A `-p` has no value.
    """
    overrides = {name: value for name, value in folders.items() if value is not None}
    for item in extra:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParamsError(_("-p {item}: write KEY=VALUE. Nothing was run.", item=item))
        overrides[name] = value
    for name in {"inbox", "outputs", "params"} & overrides.keys():
        overrides[name] = str(Path.cwd() / local(overrides[name]))
    return overrides
