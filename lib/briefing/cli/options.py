"""What the commands share: the options of a run, a bar of progress."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.completion import option
from briefing.cli.group import DOING, OF_CLICK
from briefing.errors import BriefingError, ParamsError
from briefing.failures import failure_message
from briefing.messages import _
from briefing.mirrors import is_url, local, plain

if TYPE_CHECKING:
    from briefing.run.cluster import Cluster

DAY = click.DateTime(["%Y-%m-%d"])


class ReportPath(click.Path):
    """A file to read; a folder named like one, or a link, is a finding and no wrong usage."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        from briefing.intake.files import ENDINGS, kind_of

        path = Path(os.fsdecode(value))
        named = path.suffix.lower() in ENDINGS and kind_of(path) == "folder"
        return path if named or kind_of(path) == "link" else super().convert(value, param, ctx)


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
        from briefing.params import RunParams

        return described(
            RunParams, "daily.yaml", {"report_date": day}, self.extra, {**self.folders, **other}
        )

    def period(self, first: str | None, last: str | None, unit: str | None = None) -> Any:
        """The run of a period that the command line and params/period.yaml describe."""
        from briefing.params import PeriodParams

        days = {"period_from": first, "period_to": last, "unit_code": unit}
        return described(PeriodParams, "period.yaml", days, self.extra, self.folders)

    @property
    def outputs(self) -> Path:
        """Where the run would write, as far as that can be known of one that is not right."""
        from briefing.params.files import read_yaml
        from briefing.params.run import find_project

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

    def cluster(self, run: Any) -> Cluster:
        return cluster_of(run, self.workers, self.scheduler)


OF_RUN = (
    option("--as-of", metavar="T", help="What was known then, e.g. 2021-08-18T15:00."),
    option("--inbox", metavar="DIR", help="Folder of incoming reports."),
    option("--outputs", metavar="DIR", help="Register and published pages."),
    option("--params", metavar="DIR", help="The campaign's folder."),
    option("--lang", metavar="LANG", help="Language of the pages: vi or en."),
    option("-p", "extra", multiple=True, metavar="KEY=VALUE", help="Any other parameter."),
)
OF_CLUSTER = (
    option(
        "--workers", type=click.IntRange(1), metavar="N", help="Processes side by side; else one."
    ),
    option("--scheduler", metavar="ADDRESS", help="A Dask cluster, e.g. tcp://10.0.0.5:8786."),
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

    return _optioned(with_asked, OF_RUN)


def making_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Those, and where the tasks of the run are done. A run that fails leaves a note."""

    @wraps(command)
    def with_note(asked: Asked, **given: Any) -> Any:
        with noting(asked):
            return command(asked=asked, **given)

    return _optioned(run_options(with_note), OF_CLUSTER)


@contextmanager
def noting(asked: Asked) -> Iterator[None]:
    """What fails in the block leaves a note beside what is published; a good one takes it away."""
    context = click.get_current_context()
    command = str(context.info_name)
    try:
        yield
    except OF_CLICK:
        raise
    except Exception as error:
        from briefing.run.not_done import leave_note

        text, _code = failure_message(error, f"briefing {command}")
        leave_note(asked.outputs, command, text, datetime.now().astimezone())
        raise
    from briefing.run.not_done import clear_note

    clear_note(asked.outputs, command)


def _optioned(command: Callable[..., Any], options: Iterable[Any]) -> Callable[..., Any]:
    for one in reversed([*options]):
        command = one(command)
    return command


def cluster_of(run: Any, workers: int | None, scheduler: str | None) -> Cluster:
    """The cluster that the command line asks for; one process where Dask is not installed.

    Raises:
        ParamsError: Both are given.
    """
    from briefing.run.cluster import Cluster

    if workers and scheduler:
        raise ParamsError(
            _(
                "--workers starts processes here, --scheduler uses those of a cluster: give one of "
                "the two. Nothing was run."
            )
        )
    asked = Cluster(workers or 1, scheduler or "", run.outputs, (run.inbox, run.params))
    if asked.elsewhere and not find_spec("distributed"):
        click.echo(
            _(
                "--workers and --scheduler need Dask, which is not installed: everything is done "
                "in one process. To install it: pip install distributed"
            ),
            err=True,
        )
        return Cluster()
    return asked


def described(
    model: Any,
    file: str,
    days: dict[str, str | None],
    extra: tuple[str, ...],
    folders: dict[str, str | None],
) -> Any:
    """The run that the command line and a params file describe, the command line first."""
    from briefing.params.run import find_project, read_run_file

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


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr while a run works; silent where there is no terminal.

    It is drawn when something is said, not by a thread of its own: kernels are forks of this
    process.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    hidden = not console.is_terminal
    with Progress(
        *columns, console=console, transient=True, disable=hidden, auto_refresh=False
    ) as bar:
        task = bar.add_task("", total=None)
        files_seen = 0
        doing = click.get_current_context()

        def show(text: str, done: int, count: int) -> None:
            nonlocal files_seen
            files_seen = 0 if done else files_seen + 1
            doing.meta[DOING] = text
            bar.update(task, description=text[-50:], completed=done or files_seen, total=count)
            bar.refresh()

        yield show
