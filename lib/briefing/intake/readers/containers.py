"""Archives and e-mails: the files inside one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from briefing.errors import IntakeError
from briefing.intake.readers import archives, limits, mail
from briefing.intake.readers.archives import Member
from briefing.intake.readers.budget import Budget, budget
from briefing.intake.readers.repairs import put_right
from briefing.intake.readers.sniff import Kind, kind_of

__all__ = ["Member", "unpack"]


def unpack(content: bytes, file: str) -> Iterator[Member]:
    """The files to read in a file: those of an archive or an e-mail, else the file alone.

    Never raises: what can't be taken out is a member with its error.

    Args:
        file: Its name: the ending counts where the content does not tell what it is.
    """
    return _unpack(Member("", content), PurePosixPath(file).suffix, (), budget())


# Kind → what takes its members out, how deep it may lie in its like, and what is said beyond.
CONTAINERS: dict[Kind, tuple[Callable[[bytes], Iterable[Member]], int, str]] = {
    "zip": (
        archives.members_of_zip,
        limits.MAX_DEPTH,
        "file_unreadable.archives",
    ),
    "uuencoded": (
        archives.members_of_text,
        limits.MAX_MAILS,
        "file_unreadable.mails",
    ),
    "mail": (
        mail.members_of_mail,
        limits.MAX_MAILS,
        "file_unreadable.mails",
    ),
    "mailbox": (
        mail.members_of_mailbox,
        1,
        "file_unreadable.mails",
    ),
}


def _unpack(outer: Member, suffix: str, around: tuple[Kind, ...], left: Budget) -> Iterator[Member]:
    if not outer.error:
        outer = _put_right(outer)
    kind = kind_of(outer.content, suffix) if not outer.error else "unknown"
    if kind not in CONTAINERS:
        yield replace(outer, kind=kind)
        return
    take_out, depth, too_deep = CONTAINERS[kind]
    if around.count(kind) >= depth:
        yield replace(outer, content=b"", error=IntakeError(too_deep))
        return
    for inside in take_out(outer.content):
        try:
            left.enter(0 if kind == "zip" else len(inside.content))  # a .zip's are paid for
        except IntakeError as error:
            yield replace(outer, content=b"", error=error, optional=False)
            return
        yield from _unpack(_within(outer, inside), _ending(inside), (*around, kind), left)
        if left.is_spent:  # which was said where it was
            return


def _put_right(outer: Member) -> Member:
    """The file as its readers expect it, or with the error that it is too large to be read."""
    try:
        if len(outer.content) > limits.MAX_BYTES:
            raise IntakeError("file_too_large.bytes", mb=limits.MAX_BYTES >> 20)
        return replace(outer, content=put_right(outer.content))
    except IntakeError as error:
        return replace(outer, content=b"", error=error, optional=False)


def _within(outer: Member, inside: Member) -> Member:
    """A member as seen from the outermost file."""
    return replace(
        inside,
        path="/".join(filter(None, (outer.path, inside.path))),
        hint="/".join(filter(None, (outer.hint, inside.hint))),
        optional=outer.optional or inside.optional,
        earlier=outer.earlier or inside.earlier,
    )


def _ending(member: Member) -> str:
    return PurePosixPath(member.path).suffix
