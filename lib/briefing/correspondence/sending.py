"""Write what goes back: of each report its own file with the faults marked, or the list alone."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TypeVar

from briefing.correspondence.earlier import Copy, Earlier
from briefing.correspondence.list_text import list_text
from briefing.correspondence.originals import original, own_sheets, quoted
from briefing.correspondence.returns import Return
from briefing.intake.opening import open_parts
from briefing.intake.opening.sniff import kind_of
from briefing.messages import _
from briefing.params import Campaign
from briefing.reproducible import fixed

LONGEST_NAME = 100  # characters; Windows counts the folders too
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
REBUILT_KINDS = {"xlsx", "xls", "xlsb", "ods", "csv"}

LIST = ".txt"

Made = TypeVar("Made")
OfFile = tuple[str, bytes]  # its ending, and what it holds

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """A report that goes back, as it was written. `marked`: its own cells are; else a list."""

    item: Return
    path: Path
    marked: bool

    @property
    def shown_name(self) -> str:
        """The name of what goes back, as others may know it: of a pseudonym, where it is one."""
        if not self.item.names:
            return self.path.name
        stem = PurePosixPath(self.item.shown_name).stem
        return f"{stem} {_('(to correct)')}{self.path.suffix}"


def write_returns(
    items: Iterable[Return],
    inbox: Path,
    campaign: Campaign,
    folder: Path,
    earlier: Earlier | None = None,
) -> list[Sent]:
    """Write `folder/<unit_code>/…` for each report that goes back.

    A file that is gone, that can't be marked, or in which the reports of several senders can't
    be told apart gives the list alone; it never stops the others.

    Args:
        earlier: Copies that went back before, which go back again as they are.
    """
    return [_write(item.to_sender(), inbox, campaign, folder, earlier) for item in items]


def _write(
    item: Return, inbox: Path, campaign: Campaign, folder: Path, earlier: Earlier | None
) -> Sent:
    content = original(inbox, item)
    known = earlier.get(item, campaign) if earlier and content else None
    copy = known or _copy(content, item, campaign)
    path = _free_path(folder / item.folder, item.file_name, copy.suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(copy.content)
    if earlier and content:
        earlier.note(item, campaign, copy, path.relative_to(folder))
    return Sent(copy.item, path, marked=copy.suffix != LIST)


def _copy(content: bytes | None, item: Return, campaign: Campaign) -> Copy:
    """The sender's own file marked, a rebuilt one, or the list alone."""
    item = (_tried(_quoted, content, item, campaign) or item) if content else item
    made = _marked(content, item, campaign) if content else None
    return Copy(item, *(made or (LIST, list_text(item, campaign))))


def _marked(content: bytes, item: Return, campaign: Campaign) -> OfFile | None:
    """Ending and bytes of the copy with the faults marked; `None` where there can be none."""
    kind = kind_of(content, PurePosixPath(item.file_name).suffix)
    if kind == "xlsx" and item.alone:
        own = _tried(_own_workbook, content, item, campaign)
        if own:
            return own
    if kind == "docx" and item.alone:
        return _tried(_own_document, content, item, campaign)
    if kind in REBUILT_KINDS:
        return _tried(_rebuilt, content, item, campaign)
    return None


def _tried(
    make: Callable[[bytes, Return, Campaign], Made | None],
    content: bytes,
    item: Return,
    campaign: Campaign,
) -> Made | None:
    """What `make` gives; nothing where the file is too odd for the library that writes it."""
    try:
        return make(content, item, campaign)
    except Exception as error:  # whatever odd bytes make of the libraries
        _log.info("%s: not marked: %s", item.shown, error)
        return None


def _quoted(content: bytes, item: Return, _campaign: Campaign) -> Return:
    return quoted(content, item)


def _own_workbook(content: bytes, item: Return, campaign: Campaign) -> OfFile:
    from briefing.correspondence.marked_workbook import has_macros, marked_workbook

    suffix = ".xlsm" if has_macros(content) else ".xlsx"
    return suffix, fixed(marked_workbook(content, item, campaign), item.received_at)


def _own_document(content: bytes, item: Return, campaign: Campaign) -> OfFile:
    from briefing.correspondence.marked_document import marked_document

    return ".docx", fixed(marked_document(content, item, campaign), item.received_at)


def _rebuilt(content: bytes, item: Return, campaign: Campaign) -> OfFile | None:
    from briefing.correspondence.rebuilt_workbook import rebuilt_workbook

    parts = open_parts(content, PurePosixPath(item.file_name).suffix)
    only = None if item.alone else own_sheets(content, item, campaign)
    copy = rebuilt_workbook(parts, item, campaign, only)
    return (".xlsx", fixed(copy, item.received_at)) if copy else None


def stem_of(name: str) -> str:
    """What the name of a returned file begins with: that of the report, without its ending."""
    stem = FORBIDDEN.sub("_", PurePosixPath(name).stem)
    return stem.split(_("(to correct)"))[0].strip(" .")[:LONGEST_NAME] or _("report")


def marked_stem(name: str) -> str:
    """The same with the mark of a returned one."""
    return f"{stem_of(name)} {_('(to correct)')}"


def _free_path(folder: Path, name: str, suffix: str) -> Path:
    """A name that no other report of the folder has, with the mark of a returned one."""
    stem = marked_stem(name)
    names = (f"{stem}{f' {n}' if n > 1 else ''}{suffix}" for n in count(1))
    return next(path for name in names if not (path := folder / name).exists())
