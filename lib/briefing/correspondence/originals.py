"""The bytes of a report as they came, and which of a file's sheets are whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from briefing.correspondence.returns import NOT_READ, Return
from briefing.intake.parsers.disclosure import shown_cell
from briefing.intake.reader import Reader
from briefing.intake.readers import read_parts, unpack
from briefing.intake.submission import Submission
from briefing.params import Campaign

KNOWN_BY_HASH = {"phone_in_two_units"}
SHEET = re.compile(r"(?P<sheet>.*)![A-Z]{1,3}[0-9]")


def taken_out(content: bytes, item: Return, _campaign: Campaign) -> bytes | None:
    """The report itself, taken out of the archive that it came in."""
    members = unpack(content, item.file)
    return next((m.content for m in members if m.path == item.member and not m.error), None)


def quoted(content: bytes, item: Return, _campaign: Campaign) -> Return:
    """The same, with what stands in the sender's own cells that are known by their hash alone.

    The register keeps no phone of a sound row, so that the one shared with another unit can be
    shown to its sender only from the sender's own file.
    """
    wanted = {one.where for one in item.remarks if one.rule in KNOWN_BY_HASH and not one.found}
    if not wanted:
        return item
    parts = read_parts(content, PurePosixPath(item.file_name).suffix)
    cells = ((grid.where(row, column), value) for part in parts for grid in part.grids
             for row, column, value in grid.filled())  # fmt: skip
    return quoting(item, {where: shown_cell(value) for where, value in cells if where in wanted})


def quoting(item: Return, held: Mapping[str, str]) -> Return:
    """The same, with what stands at these places where it is known by its hash alone."""
    remarks = (
        replace(one, found=held.get(one.where, one.found)) if one.rule in KNOWN_BY_HASH else one
        for one in item.remarks
    )
    return replace(item, remarks=tuple(remarks))


def quotes(item: Return) -> dict[str, str]:
    """What `quoting` has put in, by place."""
    return {one.where: one.found for one in item.remarks if one.rule in KNOWN_BY_HASH}


def own_sheets(content: bytes, item: Return, campaign: Campaign) -> frozenset[str]:
    """Sheets of a shared file that hold reports of this sender and of nobody else.

    Where some report of the file names no sheet, none is certain.
    """
    whose: dict[str | None, set[str]] = {}
    path = PurePosixPath(item.file)
    path = path.with_suffix("") / item.member if item.member else path
    for submission in Reader(campaign).read(content, path.as_posix()):
        sheets = set(_sheets(submission))
        if not sheets:
            return frozenset()
        whose.setdefault(submission.unit_code, set()).update(sheets)
    others = {name for code, names in whose.items() if code != item.unit_code for name in names}
    return frozenset(whose.get(item.unit_code, set()) - others)


def _sheets(submission: Submission) -> Iterator[str]:
    """The sheets that a report's figures, rows and findings stand in."""
    addresses: Iterable[str] = (
        *submission.sources.values(),
        *(row.cell for row in submission.rows),
        *(finding.where for finding in submission.findings if finding.rule != NOT_READ),
    )
    for address in addresses:
        for piece in address.split("; "):
            if match := SHEET.match(piece):
                yield match["sheet"]
