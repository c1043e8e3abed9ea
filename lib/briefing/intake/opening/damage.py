"""What a damaged or hostile file makes of the parsers: any error, told as one or passed over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from briefing.errors import IntakeError
from briefing.messages import Message

DAMAGED = Message("the file is damaged or was not sent whole")


def damaged(advice: Message | None = None) -> IntakeError:
    return IntakeError("file_unreadable", DAMAGED, advice)


@contextmanager
def passed_over() -> Iterator[None]:
    """Go on behind a block in which a parser fails; a function so decorated then gives `None`.

    Raises:
        MemoryError: The machine is why, or a limit, and not the file.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception:  # whatever arbitrary bytes make of the parser
        return
