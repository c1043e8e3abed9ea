"""The reports in an e-mail (.eml): its attachments, and its text where that may be one."""

from __future__ import annotations

import email
import email.header
import mimetypes
import re
from collections.abc import Callable, Iterator
from email import policy
from email.message import Message as Mail
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.opening.archives import safe_path
from briefing.intake.opening.junk import is_junk
from briefing.intake.opening.members import Member
from briefing.messages import Message

TEXT, PAGE = "body.txt", "body.html"
# A table, or words struck through or raised: a plain text has lost the lines and heights.
ONLY_IN_PAGE = re.compile(r"<(?:table|s|strike|del|sup)\b|line-through", re.IGNORECASE)
LOGO_BYTES = 30_000  # a picture inside the text that is smaller belongs to a signature
FORWARDED = re.compile(r"^\s*(?:fwd?|chuyển tiếp|ct)\s*:", re.IGNORECASE)
# Where the letter begins that an answer repeats.
QUOTED = re.compile(
    r"^(?:-{3,}\s*(?:original message|thư gốc|tin nhắn gốc)\s*-{3,}"
    r"|(?:on|vào|ngày)\b.{5,200}(?:wrote|đã viết|viết)\s*:)\s*$",
    re.IGNORECASE,
)
NO_REPORTS = ("text/calendar", "message/delivery-status", "message/disposition-notification")


def members_of_mail(content: bytes) -> Iterator[Member]:
    """The text of an e-mail, then its attachments; one error where it holds neither.

    Pictures of a signature, calendar entries and digital signatures are left out. The subject is
    every member's hint.
    """
    try:
        mail = email.message_from_bytes(content, policy=policy.default)
        subject = _said(lambda: mail["subject"])
        found = [*_members(mail, subject)]
    except Exception:  # whatever a damaged e-mail makes of the parser
        text = Message("the file is damaged or was not sent whole")
        found = [Member("", b"", IntakeError("file_unreadable", text))]
        subject = ""
    if not found:
        text = Message("the e-mail has neither an attachment nor a text")
        advice = Message("Attach the report and send the e-mail again.")
        found = [Member("", b"", IntakeError("empty_report", text, advice))]
    hint = _one_piece(subject)
    for member in found:
        yield Member(member.path, member.content, member.error, hint, member.optional)


def _members(mail: Mail, subject: str) -> Iterator[Member]:
    leaves = [*_leaves(mail)]
    attached = [*_attachments(leaf for leaf in leaves if not _is_body(leaf))]
    body = _body([leaf for leaf in leaves if _is_body(leaf)], bool(FORWARDED.match(subject)))
    if body:
        beside = any(not member.optional for member in attached)
        yield Member(*body, optional=beside)
    yield from attached


def _leaves(part: Mail) -> Iterator[Mail]:
    """The parts that hold something themselves; a forwarded e-mail is one."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inner in part.get_payload():
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
    name = _said(leaf.get_filename)
    if "=?" in name:
        name = _said(lambda: email.header.make_header(email.header.decode_header(name))) or name
    try:
        return name.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return name


def _made_up_name(leaf: Mail, number: int) -> str:
    if leaf.get_content_type() == "message/rfc822":
        subject = _said(lambda: leaf.get_payload()[0]["subject"])
        return f"{_one_piece(subject) or number}.eml"
    return f"{number}{mimetypes.guess_extension(leaf.get_content_type()) or ''}"


def _one_piece(text: str) -> str:
    """A text that can be one name in a path: 16/8 in it becomes 16-8."""
    return " ".join(re.sub(r"[/\\]", "-", text).split())


def _said(ask: Callable[[], Any]) -> str:
    """What a header says; "" where it can't be told."""
    try:
        said = ask()
        return "" if said is None else str(said)
    except Exception:  # the parser has faults of its own on malformed headers
        return ""


def _bytes_of(leaf: Mail) -> bytes:
    if leaf.get_content_type() == "message/rfc822" and leaf.is_multipart():
        return leaf.get_payload()[0].as_bytes()
    return leaf.get_payload(decode=True) or b""


def _body(leaves: list[Mail], forwarded: bool) -> tuple[str, bytes] | None:
    """Name and bytes of the text: as a page where it holds what plain text can't, else as that."""
    pages = [_text_of(leaf) for leaf in leaves if leaf.get_content_type() == "text/html"]
    texts = [_text_of(leaf) for leaf in leaves if leaf.get_content_type() == "text/plain"]
    page = "\n".join(pages)
    if not forwarded:
        texts = ["\n".join(_own_lines(text)) for text in texts]
        page = _own_page(page)
    text = "\n".join(texts)
    if page.strip() and (ONLY_IN_PAGE.search(page) or not text.strip()):
        return PAGE, page.encode()
    return (TEXT, text.encode()) if text.strip() else None


def _text_of(leaf: Mail) -> str:
    content = leaf.get_payload(decode=True) or b""
    for charset in (leaf.get_content_charset(), "utf-8", "cp1258"):
        try:
            return content.decode(charset or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _own_lines(text: str) -> Iterator[str]:
    """What the sender wrote above an older letter; its lines keep their numbers."""
    for line in text.splitlines():
        if QUOTED.match(line.strip()):
            return
        yield "" if line.startswith(">") else line


def _own_page(page: str) -> str:
    """The same of a page."""
    if "<blockquote" not in page.lower() and "gmail_quote" not in page:
        return page
    from lxml import etree, html

    try:
        root = html.fromstring(page)
        for quoted in root.xpath("//blockquote | //*[contains(@class, 'gmail_quote')]"):
            quoted.drop_tree()
        return html.tostring(root, encoding="unicode")
    except (etree.LxmlError, ValueError, AssertionError):
        return page
