"""Write what goes back: of each report its own file with the faults marked, or the list alone."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TypeVar

from briefing.correspondence.earlier import Copy, Earlier
from briefing.correspondence.list_text import list_text
from briefing.correspondence.marked_document import marked_document
from briefing.correspondence.marked_workbook import has_macros, marked_workbook
from briefing.correspondence.originals import (
    own_sheets,
    quoted,
    quotes,
    quoting,
    taken_out,
)
from briefing.correspondence.rebuilt_workbook import rebuilt_workbook
from briefing.correspondence.returns import Return
from briefing.intake.files import as_it_came
from briefing.intake.readers import read_parts
from briefing.intake.readers.sniff import kind_of
from briefing.intake.sandbox import Ended, Shared, each
from briefing.messages import _
from briefing.office.package import fixed
from briefing.params import Campaign

LONGEST_NAME = 100  # characters; Windows counts the folders too
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
REBUILT_KINDS = {"xlsx", "xls", "xlsb", "ods", "csv"}

LIST = ".txt"
SUFFIXES = (LIST, ".xlsx", ".xlsm", ".docx")
LOADED = ("briefing.correspondence.sending", "openpyxl")

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
    """Write `folder/<unit_code>/…` for each report that goes back, made in workers under limits.

    A file that is gone, that can't be marked, or in which the reports of several senders can't
    be told apart gives the list alone; it never stops the others.

    Args:
        earlier: Copies that went back before, which go back again as they are.
    """
    items = [item.to_sender() for item in items]
    known = [_without_opening(item, inbox, campaign, earlier) for item in items]
    shared = Shared.of(campaign)
    asked = (
        (as_it_came(inbox, item.file, item.sha256), item, shared)
        for item, copy in zip(items, known, strict=True)
        if not copy
    )
    made = each(_copied, asked, campaign.file_budget, loaded=LOADED)
    sent = []
    for item, one in zip(items, known, strict=True):
        copy = one or _checked(next(made), item, campaign)
        path = _put(copy, folder)
        if earlier and copy.lasting:
            earlier.note(item, campaign, copy, path.relative_to(folder))
        sent.append(Sent(copy.item, path, marked=copy.suffix != LIST))
    return sent


def _without_opening(
    item: Return, inbox: Path, campaign: Campaign, earlier: Earlier | None
) -> Copy | None:
    """The list where the file is gone; the copy that went back before, where there is one."""
    if as_it_came(inbox, item.file, item.sha256) is None:
        return Copy(item, LIST, list_text(item, campaign), lasting=False)
    return earlier.get(item, campaign) if earlier else None


def _put(copy: Copy, folder: Path) -> Path:
    path = _free_path(folder / copy.item.folder, copy.item.file_name, copy.suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(copy.content)
    return path


def _checked(made: bytes | Ended, item: Return, campaign: Campaign) -> Copy:
    """What a worker has made of a stranger's file, doubted; else the list alone."""
    if not isinstance(made, Ended):
        head, _line, content = made.partition(b"\n")
        try:
            suffix, held = json.loads(head)
            if suffix in SUFFIXES and {*map(type, (*held, *held.values()))} <= {str}:
                return Copy(quoting(item, held), suffix, content)
        except (ValueError, TypeError, AttributeError):
            _log.info("%s: not marked: what was made of it is no copy", item.file)
    lasting = not isinstance(made, Ended) or made.by_the_file
    return Copy(item, LIST, list_text(item, campaign), lasting)


def _copied(asked: tuple[bytes | None, Return, Shared]) -> bytes:
    """In a worker: a line with the copy's ending and what it quotes of the file; the copy."""
    arrived_file, item, shared = asked
    campaign = shared.value
    content = _tried(taken_out, arrived_file, item, campaign) if arrived_file else None
    item = (_tried(quoted, content, item, campaign) or item) if content else item
    made = _marked(content, item, campaign) if content else None
    suffix, copy = made or (LIST, list_text(item, campaign))
    return json.dumps([suffix, quotes(item)]).encode() + b"\n" + copy


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


def _own_workbook(content: bytes, item: Return, campaign: Campaign) -> OfFile:
    suffix = ".xlsm" if has_macros(content) else ".xlsx"
    return suffix, fixed(marked_workbook(content, item, campaign), item.received_at)


def _own_document(content: bytes, item: Return, campaign: Campaign) -> OfFile:
    return ".docx", fixed(marked_document(content, item, campaign), item.received_at)


def _rebuilt(content: bytes, item: Return, campaign: Campaign) -> OfFile | None:
    parts = read_parts(content, PurePosixPath(item.file_name).suffix)
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
