"""Files read apart: in workers under limits, which say what they found as data; of a folder with
the photos that lie beside them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from briefing.catalog.rules import with_trait
from briefing.errors import IntakeError
from briefing.intake.files import content_of, is_junk, kind_of, written_out
from briefing.intake.labels.photos import ENDINGS, with_photos_beside
from briefing.intake.packing import demand_sound, packed, unpacked
from briefing.intake.parsers.phones import parse_phones
from briefing.intake.parsers.text import clean
from briefing.intake.reader import Reader
from briefing.intake.sandbox import Ended, Shared, each
from briefing.intake.submission import Submission
from briefing.intake.tables.report import TYPED
from briefing.params import Campaign
from briefing.params.forms import BODIES
from briefing.params.settings import FileBudget

MOST_BESIDE = 60  # pictures of one folder that are looked at
LOADED = (
    *("python_calamine", "briefing.intake.readers.workbooks"),
    *("briefing.intake.readers.calculation", "pandas", "pyarrow.ipc"),
)  # where many files are read and their rows are kept; whoever keeps them needs most of it too


def read_files(reader: Reader, paths: Sequence[Path]) -> list[Submission]:
    """Every report in the files. A photo in the folder of a staff form counts, given or not.

    Raises:
        OSError: There is no such file.
    """
    reports = read_paths(reader, paths)
    asking = {
        Path(report.file).parent
        for report in reports
        if report.owed_by == BODIES and any(f.rule in with_trait("photo") for f in report.findings)
    }
    around = [path for folder in sorted(asking) for path in _around(folder, paths)]
    joined = with_photos_beside([*reports, *_read_around(reader, around)])
    return joined[: len(reports)]


def _around(folder: Path, given: Iterable[Path]) -> list[Path]:
    """The other files of a folder that may be reports or photos."""
    known = {path.resolve() for path in given}
    return [
        path
        for path in sorted(folder.iterdir())
        if kind_of(path) == "file" and path.resolve() not in known and not is_junk(path.name)
    ]


def _read_around(reader: Reader, paths: Sequence[Path]) -> list[Submission]:
    """The photos among these files; each other file may be a staff form, and is not read."""
    pictures = [path for path in paths if path.suffix.lower() in ENDINGS]
    others = (path for path in paths if path.suffix.lower() not in ENDINGS)
    maybe = [Submission(file=path.as_posix(), sha256="", owed_by=BODIES) for path in others]
    return [*maybe, *read_paths(reader, pictures[:MOST_BESIDE])]


class Request(NamedTuple):
    """A file to be read.

    Attributes:
        reader: A `Reader`, which many files have.
        file: Its path, as `Reader.read` takes it.
    """

    reader: Shared
    content: bytes
    file: str
    budget: FileBudget


def read_apart(
    requests: Iterable[Request], budget: FileBudget, workers: int | None = None
) -> Iterator[bytes | Ended]:
    """What each file says, with its rows, packed; or why that can't be told."""
    return each(_packed, requests, budget, workers=workers, loaded=LOADED)


def read_some_apart(requests: Sequence[Request]) -> list[bytes | Ended]:
    """The same of some files: a task of a cluster, whose worker has a worker of its own."""
    return [*read_apart(requests, requests[0].budget, workers=1)]


def settled(made: bytes | Ended, reader: Reader, file: str, sha256: str) -> bytes:
    """What is kept of a file: what the worker said, or the finding that it could not.

    Raises:
        IntakeError: It is not known what the file says: the machine is why, not the file.
    """
    if not isinstance(made, Ended):
        try:
            demand_sound(made, file, sha256)
        except ValueError:
            made = Ended.DAMAGED
        else:
            return made
    error = _why_unread(made, reader.campaign.file_budget)
    if not made.by_the_file:
        raise error
    return packed([reader.unread(file, error, sha256)])


def read_report(path: Path | str, campaign: Campaign) -> list[Submission]:
    """Read one file of the office, stored nowhere.

    Example:
        >>> [report.facts for report in read_report("BC Bong Son 16-8.xlsx", campaign)]

    Raises:
        OSError: There is no such file.
    """
    return read_paths(Reader(campaign), [Path(path)])


def read_paths(reader: Reader, paths: Sequence[Path]) -> list[Submission]:
    """Read files from anywhere, without their rows; of its folders only a file's last is evidence.

    Raises:
        OSError: There is no such file.
    """
    found: list[list[Submission]] = [[] for _path in paths]
    asked: list[tuple[int, str, str]] = []

    def requests() -> Iterator[Request]:
        shared, budget = Shared.of(reader), reader.campaign.file_budget
        for number, path in enumerate(paths):
            name = written_out("/".join(path.parts[-2:]))
            try:
                content = content_of(path).data
            except IntakeError as error:
                found[number] = [reader.unread(name, error)]
                continue
            asked.append((number, name, hashlib.sha256(content).hexdigest()))
            yield Request(shared, content, name, budget)

    budget = reader.campaign.file_budget
    for turn, made in enumerate(each(_packed_facts, requests(), budget)):
        number, name, sha256 = asked[turn]
        try:
            found[number] = unpacked(settled(made, reader, name, sha256))
        except IntakeError as error:
            found[number] = [reader.unread(name, error, sha256)]
    return [
        replace(report, file=written_out(path.as_posix()))
        for path, reports in zip(paths, found, strict=True)
        for report in reports
    ]


class Typed(NamedTuple):
    """What a sender typed into a row, with the count read there (persons; of a ratio its upper
    number)."""

    name: str
    place: str
    phone: str
    written: str
    numerator: int | None


def typed_in(reader: Reader, files: Iterable[tuple[str, bytes]]) -> Iterator[list[list[Typed]]]:
    """The rows of each report in files, as their senders typed them, kept nowhere.

    Args:
        files: Path inside the inbox and content of each.

    Returns:
        Of each file the rows of each of its reports; nothing where it can't be read.
    """
    shared, budget = Shared.of(reader), reader.campaign.file_budget
    requests = (Request(shared, content, file, budget) for file, content in files)
    for made in each(_typed, requests, budget, loaded=LOADED):
        reports = [] if isinstance(made, Ended) else json.loads(made)
        yield [[Typed(*row) for row in rows] for rows in reports]


def _typed(request: Request) -> bytes:
    """In a worker: what was typed."""
    read = request.reader.value.read(request.content, request.file)
    return json.dumps([_rows_typed(report) for report in read]).encode()


def _rows_typed(report: Submission) -> list[Sequence[str | int | None]]:
    blank: list[None] = [None] * len(report.rows)
    names, places, phones, written = (report.typed.get(name, blank) for name in TYPED)
    places = [typed or read for typed, read in zip(places, report.rows.place, strict=True)]
    phones = [phone or typed for phone, typed in zip(parse_phones(phones)[0], phones, strict=True)]
    texts = ([*map(clean, column)] for column in (names, places, phones, written))
    return [*zip(*texts, report.rows.value, strict=True)]


def _packed(request: Request, *, with_rows: bool = True) -> bytes:
    """In a worker: what a file says."""
    read = request.reader.value.read(request.content, request.file)
    return packed(read, with_rows=with_rows)


_packed_facts = partial(_packed, with_rows=False)


def _why_unread(why: Ended, budget: FileBudget) -> IntakeError:
    """Why a file could not be read, and what its sender can do, or the office itself."""
    code, values = {
        Ended.SLOW: ("file_unreadable.slow", {"s": budget.processor_seconds}),
        Ended.MEMORY: ("file_unreadable.memory", {"mb": budget.megabytes}),
        Ended.DAMAGED: ("file_unreadable.broke_reader", {}),
        Ended.WAITED: ("file_unreadable.waited", {"s": budget.seconds}),
        Ended.LOST: ("file_unreadable.ended", {}),
    }[why]
    return IntakeError(code, **values)
