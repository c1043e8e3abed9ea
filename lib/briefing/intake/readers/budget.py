"""What one arrival may still become: one account, from which all that grows is paid while it does;
and what a damaged or hostile file makes of the parsers: any error, told as one or passed over.

Nothing is believed that a file says of its own sizes. The account is opened where a file enters
(`one_budget`), and everything under it draws on the same one: archives in e-mails in archives, the
parts of documents, the files inside those, the packed pieces of a PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from briefing.errors import IntakeError
from briefing.intake.readers import limits

CHUNK = 1 << 20  # bytes
NO_MEMORY = etree.ErrorTypes.ERR_NO_MEMORY
STRIDE, MOST_ATTRIBUTES = 1 << 15, 20_000  # bytes; of one element


def demand_memory(error: BaseException) -> None:
    """Tell a parser that had no memory from a damaged file; asked wherever any error is caught.

    Raises:
        MemoryError: The machine is why, or a limit, and not the file. lxml calls it broken syntax.
    """
    without = isinstance(error, etree.LxmlError) and getattr(error, "code", 0) == NO_MEMORY
    if without or isinstance(error, MemoryError):
        raise MemoryError from error


@contextmanager
def passed_over() -> Iterator[None]:
    """Go on behind a block in which a parser fails; a function so decorated then gives `None`.

    Raises:
        MemoryError: The machine is why, or a limit, and not the file.
    """
    try:
        yield
    except Exception as error:  # whatever arbitrary bytes make of the parser
        demand_memory(error)


@dataclass
class Budget:
    """What is left.

    Attributes:
        size: Bytes that may still be unpacked.
        members: Files that may still be found in other ones.
        objects: How deep a document may still lie in documents.
        cells: Cells that may still be made by an element that stands for many: one that is
            repeated, or that spans rows and columns.
    """

    size: int = field(default_factory=lambda: limits.MAX_UNPACKED)
    members: int = field(default_factory=lambda: limits.MAX_MEMBERS)
    objects: int = field(default_factory=lambda: limits.MAX_OBJECTS)
    cells: int = field(default_factory=lambda: limits.MAX_SPREAD)

    @property
    def is_spent(self) -> bool:
        return self.size < 0 or self.members < 0

    def pay(self, size: int) -> None:
        """Draw bytes.

        Raises:
            IntakeError: `file_too_large`: so many were not left.
        """
        self.size -= size
        if self.size < 0:
            raise _spent()

    def enter(self, size: int = 0) -> None:
        """Draw one file that lies in another one, and its bytes; raises as `pay` does."""
        self.members -= 1
        if self.members < 0:
            raise _spent()
        if size:
            self.pay(size)

    def spread(self, rows: int, columns: int) -> None:
        """Draw the cells that one element stands for; a cell alone costs nothing.

        Raises:
            IntakeError: `file_too_large`.
        """
        self.cells -= rows * columns - 1
        if self.cells < 0:
            raise IntakeError("file_too_large.spanned", n=limits.MAX_SPREAD)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Draw one level of documents in documents, for as long as it is read.

        Raises:
            IntakeError: `file_unreadable`.
        """
        if self.objects <= 0:
            raise IntakeError("file_unreadable.too_deep")
        self.objects -= 1
        try:
            yield
        finally:
            self.objects += 1


_OPEN: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def one_budget() -> Iterator[Budget]:
    """The account of one arrival, for all that is done within the block."""
    token = _OPEN.set(Budget())
    try:
        yield budget()
    finally:
        _OPEN.reset(token)


def budget() -> Budget:
    """The account of the arrival at hand; a new one where none is open."""
    return _OPEN.get() or Budget()


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpacked(stream: Readable, most: int) -> bytes:
    """What a stream becomes, paid piece by piece.

    Args:
        most: Bytes that it may become by itself.

    Raises:
        IntakeError: `file_too_large`.
    """
    account, pieces, size = budget(), [], 0
    while piece := stream.read(CHUNK):
        account.pay(len(piece))
        size += len(piece)
        if size > most:
            raise piece_too_large(most)
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def check_tags(content: bytes) -> None:
    """Refuse markup of more elements than any report has, before a parser makes objects of them.

    Raises:
        IntakeError: `file_too_large`.
    """
    if len(content) > limits.MAX_TAGS and content.count(b"<") > limits.MAX_TAGS:
        raise IntakeError("file_too_large.tags", n=limits.MAX_TAGS)
    at = STRIDE
    while at < len(content):
        start, at = at, at + STRIDE
        if content.find(b"<", start, at) < 0:  # a long text, or a long element
            start, at = content.rfind(b"<", 0, start), content.find(b"<", at) % (len(content) + 1)
            element = content[start:at].partition(b">")[0] if start >= 0 else b""
            if len(element.split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES:
                raise IntakeError("file_too_large.attributes", n=MOST_ATTRIBUTES)


def piece_too_large(limit: int) -> IntakeError:
    return IntakeError("file_too_large.piece", mb=limit >> 20)


def _spent() -> IntakeError:
    mb = limits.MAX_UNPACKED >> 20
    return IntakeError("file_too_large.unpacked", n=limits.MAX_MEMBERS, mb=mb)
