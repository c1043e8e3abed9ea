"""E-mails and archives as bytes."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

Names = Literal["rfc2231", "rfc2047", "ascii"]


def eml(
    text: str,
    attached: Mapping[str, bytes],
    *,
    subject: str = "Báo cáo",
    names: Names = "rfc2231",
    transfer: Literal["base64", "quoted-printable"] = "base64",
) -> bytes:
    """An e-mail with a text and its attachments; a `.txt` or `.csv` may go quoted-printable."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "can bo <canbo@example.invalid>"
    mail["To"] = "vhtt@example.invalid"
    mail["Date"] = "Mon, 16 Aug 2021 14:20:00 +0700"
    mail["Message-ID"] = "<1@example.invalid>"
    mail["Subject"] = subject
    mail.set_content(text, cte="base64")
    for file, content in attached.items():
        if transfer == "quoted-printable":
            mail.add_attachment(content, "text", "plain", cte="quoted-printable", filename=file)
        else:
            mail.add_attachment(content, "application", "octet-stream", filename=file)
        if names == "rfc2047":
            _old_name(list(mail.iter_attachments())[-1], file)
    return mail.as_bytes()


def _old_name(part: EmailMessage, file: str) -> None:
    """Name an attachment as many programs do: an encoded word in quotes."""
    word = f"=?utf-8?B?{b64encode(file.encode()).decode()}?="
    del part["Content-Disposition"]
    part._headers.append(("Content-Disposition", f'attachment; filename="{word}"'))


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, names as UTF-8."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for file, content in files.items():
            made.writestr(zipfile.ZipInfo(file, (2021, 8, 16, 14, 0, 0)), content)
    return stream.getvalue()
