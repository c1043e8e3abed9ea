"""Open a file: whatever its format, it becomes cells with addresses. The one door for reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from briefing.errors import IntakeError
from briefing.intake.files import UNPRINTED, written_out
from briefing.intake.readers import limits
from briefing.intake.readers.budget import demand_memory
from briefing.intake.readers.containers import Member, unpack
from briefing.intake.readers.flow import in_plain_text
from briefing.intake.readers.grids import Grid, Part
from briefing.intake.readers.sniff import Kind, kind_of

__all__ = ["Grid", "Member", "Part", "parts_of", "read_parts", "unpack"]

# Kind → the module here and its function bytes → parts; imported where a file needs it.
READERS: dict[Kind, tuple[str, str]] = {
    "xlsx": ("workbooks", "read_workbook"),
    "xls": ("workbooks", "read_old_workbook"),
    "xlsb": ("workbooks", "read_binary_workbook"),
    "ods": ("workbooks", "read_calc"),
    "xls_xml": ("xml_workbooks", "read_xml_workbook"),
    "slk": ("plain_text", "read_sylk"),
    "dif": ("plain_text", "read_dif"),
    "csv": ("plain_text", "read_delimited"),
    "text": ("plain_text", "read_plain_text"),
    "docx": ("worddocs", "read_word"),
    "doc": ("old_word", "read_old_word"),
    "rtf": ("old_word", "read_old_word"),
    "odt": ("writerdocs", "read_writer"),
    "html": ("webpages", "read_page"),
    "mht": ("webpages", "read_web_archive"),
    "pdf": ("pages", "read_pages"),
}
# Kind → the case of the rule that is broken.
REFUSED: dict[Kind, str] = {
    "encrypted": "file_encrypted.file",
    "broken": "file_unreadable.damaged",
    "rar": "file_unreadable.rar",
    "xml": "file_unreadable.xml",
    "outlook": "file_unreadable.outlook",
}


def read_parts(content: bytes, suffix: str) -> list[Part]:
    """The parts of a file that hold anything.

    Args:
        content: The file's bytes, of one report and not of an archive (see `unpack`).
        suffix: Its ending, with the dot, any case. The content decides where the two disagree.

    Raises:
        IntakeError: With rule `empty_report`, `file_too_large`, `file_encrypted` or
            `file_unreadable`, and what to do.
    """
    return parts_of(content, kind_of(content, suffix), suffix)


def parts_of(content: bytes, kind: Kind, suffix: str) -> list[Part]:
    """The same of a file whose kind is known."""
    if not content.strip(b"\0"):
        raise IntakeError("empty_report.bytes")
    if kind in REFUSED:
        raise IntakeError(REFUSED[kind])
    if kind not in READERS:
        raise IntakeError("file_unreadable.type", suffix=_named(suffix))
    try:
        parts = _reader(kind)(content)
    except IntakeError:
        raise
    except Exception as error:  # whatever a damaged file makes of the parsers
        demand_memory(error)
        raise IntakeError("file_unreadable.damaged") from error
    _check_filled(parts)
    return [_printable(in_plain_text(part)) for part in parts]


def _named(suffix: str) -> str:
    """An ending as it may be said: a long one is a piece of somebody's name."""
    return suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) else "?"


def _printable(part: Part) -> Part:
    """A part whose name steers no terminal."""
    if part.name.isprintable() or not UNPRINTED.search(part.name):
        return part
    grids = tuple(replace(grid, name=written_out(grid.name)) for grid in part.grids)
    return replace(part, name=written_out(part.name), grids=grids)


def _check_filled(parts: list[Part]) -> None:
    """Refuse more cells than any report fills: each costs its time wherever it is looked at."""
    grids = [grid for part in parts for grid in part.grids]
    if sum(sum(map(len, grid.cells)) for grid in grids) <= limits.MAX_FILLED:
        return
    filled = sum(True for grid in grids for _cell in grid.filled())
    if filled > limits.MAX_FILLED:
        raise IntakeError("file_too_large.cells", n=filled)


def _reader(kind: Kind) -> Callable[[bytes], list[Part]]:
    module, function = READERS[kind]
    return getattr(import_module(f"{__name__}.{module}"), function)
