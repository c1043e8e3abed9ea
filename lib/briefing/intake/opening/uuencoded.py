"""Files that an old mail program wrote into the text of a letter, between “begin” and “end”."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from briefing.intake.opening.archives import safe_path
from briefing.intake.opening.charsets import text_of
from briefing.intake.opening.members import Member

BEGIN = re.compile(r"begin [0-7]{3,4} (\S.{0,199})")


def members_of_text(content: bytes) -> Iterator[Member]:
    """The text without the files in it, then those; a line that is damaged ends its file."""
    text: list[str] = []
    files: list[tuple[str, list[bytes]]] = []
    inside = False
    for line in text_of(content).splitlines():
        begin = BEGIN.fullmatch(line.rstrip())
        if begin:
            files.append((safe_path(begin[1]), []))
        elif not inside:
            text.append(line)
        elif line.strip() not in ("end", "", "`"):
            files[-1][1].append(_bytes_of(line))
        inside = bool(begin) or (inside and line.strip() != "end")
    if any(map(str.strip, text)):
        yield Member("body.txt", "\n".join(text).encode(), optional=True)
    for name, pieces in files:
        yield Member(name, b"".join(pieces))


def _bytes_of(line: str) -> bytes:
    try:
        return binascii.a2b_uu(line.encode("ascii", "replace"))
    except binascii.Error:  # some programs count a line's bytes wrongly
        length = ((ord(line[0]) - 32) & 63) * 4 + 5
        try:
            return binascii.a2b_uu(line[: length // 3].encode("ascii", "replace"))
        except binascii.Error:
            return b""
