"""The register: append-only, by content hash, without names. Deleting it costs one more parse."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import briefing.intake
from briefing.catalog import rules
from briefing.errors import RunError
from briefing.intake.detection.harmless import harmless
from briefing.intake.packing import rows_in, units_and_members, unpacked
from briefing.intake.submission import Submission
from briefing.messages import _
from briefing.own_files import hash_once
from briefing.params import Campaign
from briefing.register.arrivals import Arrival, InboxFinding
from briefing.register.entries import NOTHING, opened, sealed
from briefing.register.files import (
    ASIDE,
    delete,
    flush_folder,
    is_writable,
    make_private,
    read_kept,
    write_whole,
)
from briefing.register.locks import held
from briefing.register.log import read_log, written_log
from briefing.register.names import NAMES, Names
from briefing.register.packs import MOST, MOST_LOOSE, PACKS, Packs
from briefing.temporary import clear

if TYPE_CHECKING:
    import pyarrow as pa

    from briefing.intake.reader import Reader

ARRIVALS = "arrivals.csv"
KEY, KEY_LENGTH = "phone.key", 32  # bytes
PARSED, ENTRY = "parsed", ".entry"
MOST_NAMED = 5  # files that a message names

_log = logging.getLogger(__name__)


class Register:
    """Parsed reports by content, and the log of arrivals.

    What is damaged is made again from the inbox, and said once, on stderr.

    Args:
        folder: Where the register lives, made when missing, for its owner alone.
        campaign: Whose reports these are; another campaign's, or another parser's, are kept apart.
    """

    def __init__(self, folder: Path, campaign: Campaign):
        self.folder = folder
        self.campaign = campaign
        self._mended: list[str] = []  # paths whose entry was missing or damaged
        self._changed: set[Path] = set()  # folders that are flushed once all is written
        self._damaged_lines = 0  # of the log, when it was read first
        try:
            make_private(folder)
        except (NotADirectoryError, FileExistsError) as error:
            raise RunError(
                _(
                    "{folder}: a file lies where a folder belongs. Move it away, or give another "
                    "folder with --outputs. Nothing was published.",
                    folder=folder.parent,
                )
            ) from error
        except PermissionError as error:
            raise RunError(
                _(
                    "{folder}: this user may not write the register. Let this user own the folder, "
                    "or give another one with --outputs. Nothing was published.",
                    folder=folder,
                )
            ) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile; what a killed run left half written is deleted."""
        lock = self.folder / ".lock"
        if lock.is_dir():
            delete(lock)
        with held(lock, mode=0o600):
            for folder in self.folder.iterdir():
                clear(folder, ".*")
            delete(self.folder / ASIDE)
            yield
            for folder in self._changed:
                flush_folder(folder)
            self._changed.clear()
        self._tell()

    def _tell(self) -> None:
        """Say what was damaged, once."""
        if self._mended:
            _log.warning(
                _(
                    "{folder}: {n} entries were missing or damaged, and have been made again from "
                    "the inbox: {files}",
                    folder=self.folder,
                    n=len(self._mended),
                    files=", ".join(map(self.names.shown, self._mended[:MOST_NAMED])),
                )
            )
            self._mended.clear()

    @cached_property
    def key(self) -> bytes:
        """Key of the hashes of phones, made once and never published.

        Raises:
            RunError: It is lost or damaged, and there is what was hashed with it.
        """
        path = self.folder / KEY
        key = read_kept(path) or b""
        if len(key) == KEY_LENGTH:
            return key
        if any((self.folder / PARSED).glob(f"*/*/*{ENTRY}")):
            raise RunError(
                _(
                    "{file}: the key of the register is lost or damaged, and what is kept can't be "
                    "compared without it. Put this file back from a copy; where there is none, "
                    "delete the folder {parsed}: every report of the inbox is then read again. "
                    "Nothing was published.",
                    file=path,
                    parsed=self.folder / PARSED,
                )
            )
        self._write(path, secrets.token_bytes(KEY_LENGTH))
        return read_kept(path) or b""

    @cached_property
    def entries_folder(self) -> Path:
        """Where what this parser, this campaign and this key make of contents is kept."""
        made_by = hashlib.blake2b(
            parser_version() + self.campaign.fingerprint.encode() + self.key, digest_size=8
        )
        return self.folder / PARSED / made_by.hexdigest()

    @cached_property
    def reader(self) -> Reader:
        """What parses; loaded where something has to be, as most of a campaign is kept."""
        from briefing.intake.reader import Reader

        return Reader(self.campaign, self.key)

    @cached_property
    def _known(self) -> set[tuple[str, str]]:
        """Of which contents under which names the register should hold an entry."""
        return (
            {(a.path, a.sha256) for a in self.arrivals()} if self.entries_folder.is_dir() else set()
        )

    def arrivals(self) -> list[Arrival]:
        """Every arrival ever recorded, oldest record first."""
        content = read_kept(self.folder / ARRIVALS)
        if content is not None:
            arrivals, self._damaged_lines = read_log(content)
            return arrivals
        self._damaged_lines = int(any(self.entries_folder.glob("*/*")))  # lost, or never written
        return []

    @cached_property
    def names(self) -> Names:
        """What is shown in the place of names that senders chose."""
        return Names.read(read_kept(self.folder / NAMES))

    def name(
        self,
        arrivals: Iterable[Arrival],
        findings: Iterable[InboxFinding] = (),
        mentioned: Iterable[str] = (),
    ) -> list[InboxFinding]:
        """Give pseudonyms to what came and has none, in order of arrival, and write them down.

        Args:
            arrivals: New ones; where the list of names was lost or damaged, all are named anew.
            mentioned: Paths that params name, which may never have come.

        Returns:
            The findings, as they may be shown.
        """
        arrivals, findings, mentioned = [*arrivals], [*findings], [*mentioned]
        anew = bool(self.names.damaged) or not (self.folder / NAMES).is_file()
        if not (anew or arrivals or findings or mentioned):
            return []
        known, before = harmless(self.campaign), len(self.names.lines)
        for arrival in sorted(self.arrivals() if anew else arrivals, key=lambda a: a.received_at):
            reports = units_and_members(self._body(arrival) or NOTHING)
            codes = (self.reader.words.names.get(code or "", "") for code, _member in reports)
            unit = next(filter(None, codes), "")
            self.names.learn(arrival.path, known, unit)
            for _code, member in reports:
                self.names.learn(member, known, unit)
        for path in mentioned:
            self.names.learn(path, known)
        shown = [self.names.in_inbox(finding, known) for finding in findings]
        if anew or len(self.names.lines) > before:
            self._write(self.folder / NAMES, self.names.written())
            self.names.damaged = 0
        return shown

    def record(self, arrivals: Iterable[Arrival]) -> list[Arrival]:
        """Add the arrivals that are not in the log yet; these."""
        damaged = self._damaged_lines
        logged = self.arrivals()
        known = {(arrival.path, arrival.sha256) for arrival in logged}
        new = [a for a in arrivals if (a.path, a.sha256) not in known]
        if damaged:
            _log.warning(
                _(
                    "{file}: {n} lines were damaged; the times of arrival that stood there are now "
                    "those of received.csv, or else the files' own.",
                    file=self.folder / ARRIVALS,
                    n=damaged,
                )
            )
        if new or damaged:
            self._write(self.folder / ARRIVALS, written_log([*logged, *new]))
        self._damaged_lines = 0
        return new

    @cached_property
    def packs(self) -> Packs:
        """The entries that are kept together, by day."""
        return Packs(self.entries_folder, self.key)

    def pack(self, arrivals: Iterable[Arrival]) -> None:
        """Put the entries of each day on which many came together."""
        loose: dict[str, list[Arrival]] = {}
        for arrival in arrivals:
            if _whose(arrival) not in self.packs:
                loose.setdefault(arrival.received_at.date().isoformat(), []).append(arrival)
        for day, of_day in sorted(loose.items()):
            in_order = sorted(of_day, key=_moment)
            for own in (in_order[n : n + MOST] for n in range(0, len(in_order), MOST)):
                if len(own) >= MOST_LOOSE:
                    make_private(self.packs.folder)
                    kept = ((_whose(one), self._loose(one)) for one in own)
                    sound = {whose: body for whose, body in kept if body is not None}
                    self.packs.put(day, sound, self._write)

    def lacks(self, arrival: Arrival) -> bool:
        """Whether a content has to be parsed, and kept."""
        if _whose(arrival) in self.packs or self.holds(arrival):
            return False
        place = self._place(arrival)
        if os.path.lexists(place) or (arrival.path, arrival.sha256) in self._known:
            self._mended.append(arrival.path)
        return True

    def keep(self, arrival: Arrival, body: bytes) -> None:
        """Keep what a content says: its reports, packed."""
        place = self._place(arrival)
        for folder in (self.folder / PARSED, self.entries_folder, place.parent):
            if not is_writable(folder):
                make_private(folder)
        self._write(place, sealed(body, self._about(arrival), self.key))

    def holds(self, arrival: Arrival) -> bool:
        """Whether what this content said is kept, though the file may be gone."""
        return self._body(arrival) is not None

    def every_reading(self, arrival: Arrival) -> list[Submission]:
        """What a content said to any parser and under any params that the register still has."""
        found = []
        for folder in sorted((self.folder / PARSED).glob("*")):
            place = folder / self._place(arrival).relative_to(self.entries_folder)
            body = opened(read_kept(place), f"{folder.name} {_whose(arrival)}", self.key)
            found += unpacked(body) if body else []
        return found

    def forget(self, contents: Collection[tuple[str, str]]) -> None:
        """Remove what is known of contents, by path and hash, and all that may be made of them.

        What days, tables and letters were made of is not told of each: all of it goes, and is made
        again where it is asked for.
        """
        self.record(())  # says what is damaged
        vars(self).pop("packs", None)
        logged = self.arrivals()
        gone = [one for one in logged if (one.path, one.sha256) in contents]
        kept = [one for one in logged if (one.path, one.sha256) not in contents]
        if gone:
            members = {report.member for one in gone for report in self.every_reading(one)}
            self.names.drop(_pieces(_paths(gone) | members) - _pieces(_paths(kept)))
            self._write(self.folder / NAMES, self.names.written())
        for folder in (self.folder / PARSED).glob("*"):
            delete(folder / PACKS)
            for arrival in gone:
                delete(folder / self._place(arrival).relative_to(self.entries_folder))
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in (PARSED, ASIDE):
                delete(folder)
        if gone:
            self._write(self.folder / ARRIVALS, written_log(kept))

    def submissions(
        self, arrivals: Iterable[Arrival], as_of: datetime | None = None
    ) -> list[tuple[Arrival, Submission]]:
        """What each of these arrivals said, without its rows and alone, in order of arrival.

        Args:
            as_of: Of the arrivals only those count that had come by then; `None`: all.

        Raises:
            RunError: An arrival was never taken in, or with other params or another program.
        """
        known = (a for a in arrivals if as_of is None or a.received_at <= as_of)
        come = sorted(known, key=_moment)
        return [(one, submission) for one in come for submission in unpacked(self._sound(one))]

    def rows_of(self, arrival: Arrival, part: int) -> pa.Table | None:
        """The rows of one report of an arrival; `None`: it has none.

        Raises:
            RunError: What the arrival said is no longer in the register.
        """
        if packed := self.packs.get(_whose(arrival)):
            return packed.rows(part)
        return rows_in(self._sound(arrival), part)

    def _place(self, arrival: Arrival) -> Path:
        """The place for a content under a name: the name is evidence too."""
        name = hashlib.blake2b(arrival.path.encode(), digest_size=6).hexdigest()
        return self.entries_folder / arrival.sha256[:2] / f"{arrival.sha256}-{name}{ENTRY}"

    def _about(self, arrival: Arrival) -> str:
        return f"{self.entries_folder.name} {_whose(arrival)}"

    def _body(self, arrival: Arrival) -> bytes | None:
        """What is kept of a content, checked, of a pack without its rows; `None` where there is
        nothing that is sound."""
        packed = self.packs.get(_whose(arrival))
        return packed.body if packed else self._loose(arrival)

    def _loose(self, arrival: Arrival) -> bytes | None:
        """The same of an entry that lies alone, with its rows."""
        return opened(read_kept(self._place(arrival)), self._about(arrival), self.key)

    def _sound(self, arrival: Arrival) -> bytes:
        """The same, where there has to be one."""
        body = self._body(arrival)
        if body is None:
            raise RunError(
                _(
                    "{file}: not in the register as these params and this program read it. "
                    "Run the day again.",
                    file=self.names.shown(arrival.path),
                )
            )
        return body

    def _write(self, path: Path, content: bytes) -> None:
        write_whole(path, content, self.folder / ASIDE)
        self._changed.add(path.parent)


def _paths(arrivals: Iterable[Arrival]) -> set[str]:
    return {arrival.path for arrival in arrivals}


def _pieces(paths: Iterable[str]) -> set[str]:
    """Names of files and folders in paths."""
    return {piece for path in paths for piece in path.split("/")}


def _moment(arrival: Arrival) -> tuple[datetime, str]:
    return arrival.received_at, arrival.path


def _whose(arrival: Arrival) -> str:
    return f"{arrival.sha256} {arrival.path}"


def parser_version() -> bytes:
    """Changes with every change of the intake's code, so that nothing stale is ever served; and of
    the rules, whose codes stand in what is kept."""
    folders = Path(briefing.intake.__file__).parent, rules.FOLDER
    return bytes.fromhex(hash_once("intake", folders, (".py", ".csv", ".yaml")))
