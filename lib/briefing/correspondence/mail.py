"""Drafts of mails: each reminder with what goes back, or the form, for a mail program to send."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Iterable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import formats
from briefing.correspondence.letters import Letter
from briefing.correspondence.wording import sentence, subject
from briefing.messages import _

if TYPE_CHECKING:
    from briefing.correspondence.sending import Sent
    from briefing.tables import Day

MOST_FORMS = 200  # attached in a day; of more units that lack a report nobody mails one by one
DRAFT = ("X-Unsent", "1")  # Outlook opens such a mail to be edited and sent
WIDTH = 76  # of a line in base 64
POLICY = SMTP.clone(cte_type="8bit", utf8=False)

Attached = tuple[str, bytes]
"""A file's name, and what it holds."""


def write_mail(
    day: Day,
    letters: Iterable[Letter],
    sent: Iterable[Sent],
    folder: Path,
    form_of: Callable[[str], Attached | None],
) -> list[Path]:
    """Write a draft for each letter to one addressee: `<code>.eml`, the same bytes on every run.

    It bears no date and no sender: a mail program fills them in when somebody sends it.

    Args:
        sent: What goes back that day; to whom it goes back it is attached.
        form_of: The form that a unit or body by its code fills in: attached where nothing goes
            back, so that the answer needs no other paper.
    """
    back: dict[str, list[Attached]] = {}
    for one in sent:
        back.setdefault(one.item.folder, []).append((one.path.name, one.path.read_bytes()))
    addresses = day.campaign.addresses
    written: list[Path] = []
    for letter in letters:
        if not letter.code:
            continue
        attached = back.get(letter.code) or []
        if not attached and len(written) < MOST_FORMS and (form := form_of(letter.code)):
            attached = [form]
        path = folder / f"{letter.code}.eml"
        path.write_bytes(_draft(day, letter, addresses, attached))
        written.append(path)
    return written


def _draft(
    day: Day, letter: Letter, addresses: Mapping[str, str], attached: Iterable[Attached]
) -> bytes:
    draft = EmailMessage(POLICY)
    draft[DRAFT[0]] = DRAFT[1]
    if letter.code in addresses:
        draft["To"] = addresses[letter.code].replace(";", ",")
    draft["Subject"] = _(
        "{subject}, {day}: {heading}",
        subject=sentence(subject(day.campaign)),
        day=formats.day(day.date),
        heading=letter.heading,
    )
    files = [*attached]
    about = [_("Attached: {files}", files="; ".join(name for name, _content in files))]
    draft.set_content("\n\n".join([letter.text, *(about if files else [])]) + "\n", cte="8bit")
    boundary = f"=_{day.campaign.code}_{letter.code}"
    placed: list[tuple[bytes, bytes]] = []
    for number, (name, content) in enumerate(files):
        place = blake2b(f"{boundary}{number}".encode(), digest_size=48).digest()  # on one line
        kind, _encoding = guess_type(name)
        main, _slash, sub = (kind or "application/octet-stream").partition("/")
        draft.add_attachment(place, maintype=main, subtype=sub, filename=name)
        placed.append((b2a_base64(place, newline=False), content))
    if files:
        draft.set_boundary(boundary)
    text = draft.as_bytes()
    for line, content in reversed(placed):  # so that no place is looked for in what is attached
        text = text.replace(line, _in_lines(content), 1)
    return text


def _in_lines(content: bytes) -> bytes:
    """As a mail holds it: `email` would write its thousands of lines one by one."""
    whole = b2a_base64(content, newline=False)
    return b"\r\n".join(whole[n : n + WIDTH] for n in range(0, len(whole), WIDTH))
