"""Retention: take the traces of reports out of the register, the returns and what was published.

Published figures stay, and so does the inbox, which is not ours to change.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from briefing.correspondence.sending import marked_stem, stem_of
from briefing.errors import ParamsError
from briefing.intake.files import written_out
from briefing.messages import _
from briefing.params import RunParams, UnitParams
from briefing.register import Register
from briefing.register.received import same_letters
from briefing.run.daily import MAIL, RETURNS
from briefing.run.publish import FAILED, UNITS, recover, staging
from briefing.run.redaction import Redaction

REPORTS = "tables/reports.csv"


@dataclass(frozen=True)
class Wanted:
    """Which reports are to be forgotten; one of the three is given.

    Attributes:
        before: Those about days before this one; of no known day: that came before it.
        units: Those of these units or of this body, by their codes.
        file: All that ever lay at this path of the inbox.
    """

    before: date | None = None
    units: frozenset[str] = frozenset()
    file: str | None = None

    @classmethod
    def checked(
        cls, run: RunParams, before: date | None, unit: str | None, file: str | None
    ) -> Wanted:
        """What the command line asks for; a unit above others is all that report below it.

        Raises:
            ParamsError: Not one of the three is given, nobody is called so, or the file lies
                outside the inbox.
        """
        if sum(one is not None for one in (before, unit, file)) != 1:
            raise ParamsError(
                _("give one of --before, --unit and --file, and only one. Nothing was deleted.")
            )
        return cls(before, frozenset(_codes(run, unit)), _path(run, file))

    def means(self, trace: Trace) -> bool:
        """Whether a report is one of them."""
        if self.before:
            days = trace.days or {trace.received_at.date()}
            return max(days) < self.before
        if self.units:
            return not self.units.isdisjoint(trace.units)
        return same_letters(trace.path) == same_letters(self.file or "")


@dataclass
class Trace:
    """What is known of one content under one name, from the register and from published tables.

    Attributes:
        logged: The register knows it; else a published table alone does.
    """

    path: str
    sha256: str
    received_at: datetime
    units: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    logged: bool = False

    def follows(self, hashes: set[str]) -> bool:
        """Whether it is known from published tables alone, as a content of these."""
        return not self.logged and self.sha256 in hashes

    @property
    def names(self) -> set[str]:
        """Names under which it may be spoken of."""
        paths = {self.path, *self.members}
        names = {PurePosixPath(path).name for path in paths}
        return paths | names | {marked_stem(name) for name in names}


@dataclass(frozen=True)
class Forgotten:
    """What was removed.

    Attributes:
        reports: How many contents the register or a published table knew.
        returns: How many files that had gone back.
        folders: Published folders that were changed.
        in_inbox: Paths of files that still lie in the inbox, where the next run finds them.
    """

    reports: int
    returns: int
    folders: tuple[str, ...]
    in_inbox: tuple[str, ...]


def forget(run: RunParams, wanted: Wanted) -> Forgotten:
    """Remove the traces of reports; a second time there is nothing to remove.

    The register comes last: what is stopped on the way is found again by the same command.

    Raises:
        RunError: A published document can't be replaced; the register is as it was.
    """
    register = Register(run.outputs / "register", run.campaign)
    recover(run.outputs)
    known = _known(register, run.outputs)
    meant = [trace for trace in known if wanted.means(trace)]
    hashes = {one.sha256 for one in meant}
    # What a published table calls otherwise than the register does is the same by its content.
    gone = meant + [one for one in known if one not in meant and one.follows(hashes)]
    if not gone:
        return Forgotten(0, 0, (), ())
    clearing = _Clearing(gone, [one for one in known if one not in gone], wanted.units)
    returns, folders = 0, []
    for name in _published(run.outputs):
        sent, changed = clearing.of_published(run.outputs, name)
        returns += sent
        folders += [name] if changed else []
    clearing.drop_failed(run.outputs)
    with register.alone():
        register.forget({(one.path, one.sha256) for one in gone})
    lying = {one.path for one in gone if (run.inbox / one.path).is_file()}
    return Forgotten(len(hashes), returns, tuple(folders), tuple(sorted(lying)))


def _codes(run: RunParams, unit: str | None) -> tuple[str, ...]:
    if unit is None or run.campaign.reports_once(unit):
        return (unit,) if unit else ()
    return run.campaign.below(UnitParams.of(run, unit, where="--unit").unit_code)


def _path(run: RunParams, file: str | None) -> str | None:
    """A path as the register has it: from the inbox on.

    Raises:
        ParamsError: It lies elsewhere.
    """
    if file is None:
        return None
    near = Path.cwd() / file
    inside = near.is_relative_to(run.inbox) and ".." not in near.parts
    path = near.relative_to(run.inbox) if inside else Path(file.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.name:
        raise ParamsError(
            _(
                "--file {file}: not a file of the inbox {inbox}. Give its path in the inbox, such "
                "as “16.8/report.xlsx”. Nothing was deleted.",
                file=file,
                inbox=run.inbox,
            )
        )
    return written_out(path.as_posix())


def _known(register: Register, outputs: Path) -> list[Trace]:
    """Every content that the register or a published table knows, by name and hash."""
    traces: dict[tuple[str, str], Trace] = {}
    for arrival in register.arrivals():
        one = Trace(arrival.path, arrival.sha256, arrival.received_at, logged=True)
        one = traces.setdefault((one.path, one.sha256), one)
        for report in register.every_reading(arrival):
            _add(one, report.unit_code, report.report_date, report.member)
    places = ("*", f"*/{UNITS}/*", f"{FAILED}/*")  # a unit above others has tables of a period
    for path in sorted(path for place in places for path in outputs.glob(f"{place}/{REPORTS}")):
        for row in _rows(path):
            one = Trace(row["file"], row["sha256"], datetime.fromisoformat(row["received_at"]))
            one = traces.setdefault((one.path, one.sha256), one)
            day = date.fromisoformat(row["report_date"]) if row["report_date"] else None
            _add(one, row["unit_code"], day, row["member"])
    return [*traces.values()]


def _add(trace: Trace, unit: str | None, day: date | None, member: str) -> None:
    trace.units |= {unit} if unit else set()
    trace.days |= {day} if day else set()
    trace.members |= {member} if member else set()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The reports of a published table that came as files, and are not forgotten yet."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from (row for row in csv.DictReader(stream) if row.get("sha256"))


def _published(outputs: Path) -> list[str]:
    """Names of the published folders, those of units' pages after their days."""
    days = [p for p in sorted(outputs.glob("*_*")) + sorted(outputs.glob("*-*")) if p.is_dir()]
    names = list(dict.fromkeys(path.name for path in days if not path.name.startswith(".")))
    return [*names, *(f"{name}/{UNITS}" for name in names if (outputs / name / UNITS).is_dir())]


class _Clearing:
    """Takes the traces of reports out of published folders.

    Args:
        units: Those all of whose reports go, and so all that was returned to them.
    """

    def __init__(self, gone: Iterable[Trace], others: Iterable[Trace], units: frozenset[str]):
        names = {name for one in gone for name in one.names}
        self._redaction = Redaction(
            names, {one.sha256 for one in gone}, {n for one in others for n in one.names} - names
        )
        self._stems = {stem_of(name) for name in names}
        self._units = units

    def drop_failed(self, outputs: Path) -> None:
        """Delete what is kept for the analyst of runs that failed, where it speaks of them."""
        for failed in (outputs / FAILED).glob("*"):
            if self._returned(failed) or self._redaction.touches(failed, with_units=True):
                shutil.rmtree(failed)

    def of_published(self, outputs: Path, name: str) -> tuple[int, bool]:
        """Files that had gone back, and whether anything of a folder was changed."""
        published = outputs / name
        returned = self._returned(published)
        if not returned and not self._redaction.touches(published):
            return 0, False
        with staging(outputs, name) as folder:
            apart = () if published.name == UNITS else (UNITS,)
            shutil.copytree(
                published, folder, dirs_exist_ok=True, ignore=_only_top(published, apart)
            )
            for path in self._returned(folder):
                path.unlink()
            for path in [*(folder / RETURNS).glob("*")]:
                if path.is_dir() and not any(path.iterdir()):
                    path.rmdir()
            self._redaction.of_folder(folder, outputs, name)
        return sum(path.parent.name != MAIL for path in returned), True

    def _returned(self, published: Path) -> list[Path]:
        """What went back of the reports: by the sender, else by the name that a copy got; and the
        drafts of mails that hold it."""
        files = [path for path in (published / RETURNS).glob("*/*") if path.is_file()]
        gone = [
            path
            for path in files
            if path.parent.name in self._units or stem_of(path.name) in self._stems
        ]
        codes = {*self._units, *(path.parent.name for path in gone)}
        return gone + [mail for mail in (published / MAIL).glob("*.eml") if mail.stem in codes]


def _only_top(top: Path, names: Iterable[str]) -> Callable[[str, list[str]], set[str]]:
    """What `copytree` leaves out: these names in the topmost folder, and nowhere else."""
    return lambda folder, _held: {*names} if Path(folder) == top else set()
