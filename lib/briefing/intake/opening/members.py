"""A file inside another one."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.errors import IntakeError


@dataclass(frozen=True)
class Member:
    """One file inside another, or a file that holds no others.

    Attributes:
        path: Inside the archive or e-mail, with forward slashes; "" for the file itself.
        content: Its bytes; of one that can't be taken out, none, and `error` says why.
        hint: What is written on its wrapping, such as the subject of an e-mail: evidence as the
            name of a folder is.
        optional: It may hold a report and may as well hold none: the text of an e-mail beside
            its attachments.
        earlier: A letter with the one that it answers or passes on: read only where nothing else
            in it is a report.
    """

    path: str
    content: bytes
    error: IntakeError | None = None
    hint: str = ""
    optional: bool = False
    earlier: bool = False
