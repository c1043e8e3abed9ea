"""The reports in an e-mail (.eml): its attachments, and its text where that may be one."""

from __future__ import annotations

import email
import email.header
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from email import policy
from email.message import Message as Mail
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.files import is_junk
from briefing.intake.readers import limits
from briefing.intake.readers.archives import Member, safe_path
from briefing.intake.readers.budget import demand_memory, passed_over
from briefing.intake.readers.earlier import own_lines, own_page
from briefing.intake.readers.sniff import PARTS_MAILS

TEXT, PAGE = "body.txt", "body.html"
# A table, or words struck through or raised: a plain text has lost the lines and heights.
ONLY_IN_PAGE = re.compile(r"<(?:table|s|strike|del|sup)\b|line-through", re.IGNORECASE)
LOGO_BYTES = 30_000  # a picture inside the text that is smaller belongs to a signature
ANSWER = re.compile(r"^\s*(?:re|tl|trả lời)\s*:", re.IGNORECASE)
DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2,4})?")
FLOWED = re.compile(r"(>*) ?(.*)")  # marks of what is quoted, and a blank that only guards the line
LONGEST_HEAD = (
    10_000  # signs of what the library's parser takes time and memory by their square for
)
ENDLESS = re.compile(
    rb"(?im)^(?:subject|content-[a-z-]{1,40}):(?:[^\n]|\n[ \t]){%d}" % LONGEST_HEAD
)
NO_REPORTS = ("text/calendar", "message/delivery-status", "message/disposition-notification")


def members_of_mail(content: bytes) -> Iterator[Member]:
    """The text of an e-mail, its attachments, then the letter that it answers or passes on; one
    error where it holds nothing.

    Pictures of a signature, calendar entries and digital signatures are left out. The subject is
    every member's hint; that of an answer names the day of the letter that is answered.
    """
    try:
        _check_size(content)
        mail = email.message_from_bytes(content, policy=policy.default)
        subject = _header(lambda: mail["subject"])
        found = [*_members(mail)]
    except Exception as error:  # whatever a damaged e-mail makes of the parser
        demand_memory(error)
        reason = error if isinstance(error, IntakeError) else IntakeError("file_unreadable.damaged")
        found = [Member("", b"", reason)]
        subject = ""
    if not found:
        found = [Member("", b"", IntakeError("empty_report.mail"))]
    hint = _one_piece(DAY.sub("", subject) if ANSWER.match(subject) else subject)
    for member in found:
        yield replace(member, hint=hint)


def _check_size(content: bytes) -> None:
    if content.count(b"\n--") > limits.MAX_ENTRIES:
        raise IntakeError("file_too_large.parts", n=limits.MAX_ENTRIES)
    if ENDLESS.search(content):
        raise IntakeError("file_too_large.head_line", n=LONGEST_HEAD)


def members_of_mailbox(content: bytes) -> Iterator[Member]:
    """The e-mails of a mailbox (mbox), each a file of its own; a single one is the file itself."""
    mails = [_unescaped(mail) for mail in _mails_in(content)]
    for number, mail in enumerate(mails, start=1):
        yield Member(f"mail {number}.eml" if len(mails) > 1 else "", mail)


def _mails_in(content: bytes) -> Iterator[bytes]:
    """The e-mails, without the lines that part them."""
    starts = list(PARTS_MAILS.finditer(content))
    ends = [*(match.start() for match in starts[1:]), len(content)]
    for start, end in zip(starts, ends, strict=True):
        yield content[start.end() : end]


def _unescaped(mail: bytes) -> bytes:
    """An e-mail in which lines that begin with “From ” have lost the mark put before them."""
    return re.sub(rb"(?m)^>(>*From )", rb"\1", mail)


def _members(mail: Mail) -> Iterator[Member]:
    leaves = [*_leaves(mail)]
    attached = [*_attachments(leaf for leaf in leaves if not _is_body(leaf))]
    own, thread = _bodies([leaf for leaf in leaves if _is_body(leaf)])
    if own:
        beside = any(not member.optional for member in attached)
        yield Member(*own, optional=beside or thread is not None)
    yield from attached
    if thread:
        yield Member(*thread, optional=True, earlier=own is not None)


def _payload(part: Mail) -> bytes:
    """The bytes of a part as they were before they were encoded for the mail."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _inside(part: Mail) -> list[Any]:
    held = part.get_payload()
    return held if isinstance(held, list) else []


def _parameter(part: Mail, name: str) -> str:
    """A parameter of a part's type, in small letters."""
    return str(part.get_param(name, "")).lower()


def _leaves(part: Mail) -> Iterator[Mail]:
    """The parts that hold something themselves; a forwarded e-mail is one."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inner in _inside(part):
            yield from _leaves(inner)
    elif part.get_content_type() not in NO_REPORTS:
        yield part


def _is_body(leaf: Mail) -> bool:
    return (
        leaf.get_content_type() in ("text/plain", "text/html")
        and leaf.get_content_disposition() != "attachment"
        and not _file_name(leaf)
    )


def _attachments(leaves: Iterator[Mail]) -> Iterator[Member]:
    taken: set[str] = set()
    for number, leaf in enumerate(leaves, start=1):
        content = _bytes_of(leaf)
        inline = leaf.get_content_disposition() == "inline" or bool(leaf["Content-ID"])
        picture = leaf.get_content_maintype() == "image"
        name = safe_path(_file_name(leaf) or _made_up_name(leaf, number))
        if is_junk(name) or (picture and inline and len(content) < LOGO_BYTES):
            continue
        while name in taken:
            name = f"{number}/{name}"
        taken.add(name)
        yield Member(name, content, optional=picture and inline)


def _file_name(leaf: Mail) -> str:
    """The name of an attachment, in whichever of the ways programs encode it."""
    name = _header(leaf.get_filename)
    if "=?" in name:
        name = _header(lambda: email.header.make_header(email.header.decode_header(name))) or name
    try:
        return name.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return name


def _made_up_name(leaf: Mail, number: int) -> str:
    if leaf.get_content_type() == "message/rfc822":
        subject = _header(lambda: _inside(leaf)[0]["subject"])
        return f"{_one_piece(subject) or number}.eml"
    return f"{number}{mimetypes.guess_extension(leaf.get_content_type()) or ''}"


def _one_piece(text: str) -> str:
    """A text that can be one name in a path: 16/8 in it becomes 16-8."""
    return " ".join(re.sub(r"[/\\]", "-", text).split())


def _header(ask: Callable[[], Any]) -> str:
    """What a header says; "" where it can't be told."""
    with passed_over():  # the parser has faults of its own on malformed headers
        value = ask()
        return "" if value is None else str(value)
    return ""


def _bytes_of(leaf: Mail) -> bytes:
    if leaf.get_content_type() == "message/rfc822" and leaf.is_multipart():
        return _inside(leaf)[0].as_bytes()
    return _payload(leaf)


Body = tuple[str, bytes]


def _bodies(leaves: list[Mail]) -> tuple[Body | None, Body | None]:
    """Name and bytes of what the sender wrote; the same of all, where that repeats more. As a page
    where it holds what plain text can't, else as that."""
    pages = [_text_of(leaf) for leaf in leaves if leaf.get_content_type() == "text/html"]
    texts = [_text_of(leaf) for leaf in leaves if leaf.get_content_type() == "text/plain"]
    page, text = "\n".join(pages), "\n".join(texts)
    if page.strip() and (ONLY_IN_PAGE.search(page) or not text.strip()):
        name, own, thread = PAGE, own_page(page), page
    else:
        name, thread = TEXT, text
        own = "\n".join(own_lines(text.splitlines()))
        own = own if own.split() != text.split() else text
    written = (name, own.encode()) if own.strip() else None
    return written, (name, thread.encode()) if own != thread and thread.strip() else None


def _text_of(leaf: Mail) -> str:
    text = _decoded(leaf)
    if _parameter(leaf, "format") != "flowed":
        return text
    return "\n".join(_unflowed(text.splitlines(), _parameter(leaf, "delsp") == "yes"))


def _unflowed(lines: Iterable[str], blank_goes: bool) -> Iterator[str]:
    """Lines of “format=flowed” (RFC 3676) with their soft breaks taken back; blank lines stand in
    the place of those joined to one above, so that lines keep their numbers.

    Args:
        blank_goes: The blank before a soft break is no part of the text (DelSp).
    """
    held, joined, depth = "", 0, -1
    for line in lines:
        marks, text = FLOWED.match(line).groups()  # type: ignore[union-attr]  # fits any line
        if depth == len(marks):
            held, joined = held + text, joined + 1
        else:
            if depth >= 0:
                yield from (held, *[""] * joined)
            held, joined, depth = f"{marks} {text}" if marks else text, 0, len(marks)
        if text.endswith(" ") and text != "-- ":
            held = held[:-1] if blank_goes else held
        else:
            yield from (held, *[""] * joined)
            depth = -1
    if depth >= 0:
        yield from (held, *[""] * joined)


def _decoded(leaf: Mail) -> str:
    content = _payload(leaf)
    for charset in (leaf.get_content_charset(), "utf-8", "cp1258"):
        try:
            return content.decode(charset or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")
