"""Files from anywhere, read with the photos that lie beside them in their folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from briefing.intake.apart import read_paths
from briefing.intake.files import is_junk, kind_of
from briefing.intake.once.photos import ENDINGS, RULES, with_photos_beside
from briefing.intake.reader import Reader
from briefing.intake.submission import Submission

MOST_BESIDE = 60  # pictures of one folder that are looked at


def read_files(reader: Reader, paths: Sequence[Path]) -> list[Submission]:
    """Every report in the files. A photo in the folder of a Mẫu 01 counts, given or not.

    Raises:
        OSError: There is no such file.
    """
    reports = read_paths(reader, paths)
    asking = {
        Path(report.file).parent
        for report in reports
        if report.form == "mau01" and any(f.rule in RULES for f in report.findings)
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
    """The photos among these files; each other file may be a Mẫu 01, and is not read."""
    pictures = [path for path in paths if path.suffix.lower() in ENDINGS]
    others = (path for path in paths if path.suffix.lower() not in ENDINGS)
    maybe = [Submission(file=path.as_posix(), sha256="", form="mau01") for path in others]
    return [*maybe, *read_paths(reader, pictures[:MOST_BESIDE])]
