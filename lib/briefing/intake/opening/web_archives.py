"""Open a page saved as one file (MHT), as Excel and Word write it: its pages, sheet by sheet."""

from __future__ import annotations

import email
import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from urllib.parse import unquote

from briefing.intake.opening.grids import Part
from briefing.intake.opening.webpages import open_page

HEAD = 20_000  # bytes
SENT = ("to", "received", "message-id", "delivered-to")  # what only a letter has
LOCATED = re.compile(rb"^content-location:", re.IGNORECASE | re.MULTILINE)
SHEET = re.compile(
    r"<x:Name>([^<]{0,100})</x:Name>\s*<x:WorksheetSource\s+HRef\s*=\s*[\"']([^\"']{0,300})"
)
FRAME = {"tabstrip", "header"}  # pages that only lead to the others, or repeat on each


def is_web_archive(content: bytes) -> bool:
    """Whether what looks like an e-mail is a page that a program saved, and was never sent."""
    if not LOCATED.search(content):
        return False
    head = email.message_from_bytes(content[:HEAD], policy=policy.compat32)
    sort = head.get_content_type()
    return sort in ("multipart/related", "text/html") and not any(map(head.get, SENT))


def open_web_archive(content: bytes) -> list[Part]:
    """One part for each page that holds anything; a workbook's pages bear their sheets' names.

    Raises:
        IntakeError: `file_unreadable`.
    """
    pages = list(_pages(content))
    sheets: dict[str, str] = {}
    for _stem, page in pages:
        for name, source in SHEET.findall(page.decode("utf-8", "replace")):
            sheets.setdefault(_stem_of(source), html.unescape(name))
    parts: list[Part] = []
    for stem, page in pages:
        if stem not in FRAME and b"<frameset" not in page.lower():
            parts += [replace(part, name=sheets.get(stem, "")) for part in open_page(page)]
    return parts


def _pages(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The pages, each with the stem of the name that it was saved under."""
    for part in email.message_from_bytes(content, policy=policy.compat32).walk():
        if part.get_content_type() == "text/html":
            yield _stem_of(part.get("Content-Location", "")), part.get_payload(decode=True) or b""


def _stem_of(location: str) -> str:
    name = posixpath.basename(unquote(location.strip()).replace("\\", "/"))
    return posixpath.splitext(name)[0].lower()
