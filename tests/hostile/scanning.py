"""Every text that lies in a folder, however it is packed: what a scanner for names would find."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from typing import Any

import pdfplumber
import pyarrow as pa
from pypdf import PdfReader

from briefing.intake.parsers.text import fold

DEEPEST = 6  # boxes in boxes
PACKED = re.compile(rb"[A-Za-z0-9+/]{80,}={0,2}")  # base64: pictures, blocks of notebooks
GAPS = re.compile(r"(?<=[\dOo])[\s.()\xa0-]{1,3}(?=[\dOo])")
ZERO = re.compile(r"(?<=\d)[Oo](?=\d)|(?<!\w)[Oo](?=\d{3})|(?<=\d)[Oo](?=[Oo\d])")


def texts_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Path, and text of it: the path itself, the bytes, and all that is packed into them."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield name, name
        if path.is_file():
            yield from _texts(name, path.read_bytes(), 0)


def _texts(name: str, content: bytes, depth: int) -> Iterator[tuple[str, str]]:
    text = content.decode("utf-8", errors="replace")
    yield name, unescape(text) if "&#" in text else text
    yield name, content.decode("utf-16-le", errors="ignore") if b"\0" in content[:400] else ""
    if depth < DEEPEST:
        for inside, data in _packed(content):
            yield from _texts(f"{name}{inside}", data, depth + 1)


def _packed(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed into a content, by what it is."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield "!", "\n".join(archive.namelist()).encode()
            yield from ((f"!{one}", archive.read(one)) for one in archive.namelist())
    elif content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    elif content.startswith(b"ARROW1") or content[:4] == b"\xff\xff\xff\xff":
        opened = pa.ipc.open_file if content.startswith(b"ARROW1") else pa.ipc.open_stream
        with suppress(OSError, pa.ArrowInvalid):  # a picture may begin so
            yield "!rows", opened(content).read_all().to_pandas().to_csv().encode()
    elif content.lstrip()[:1] in (b"{", b"["):
        yield from _of_json(content)
    elif content.startswith((b"From:", b"To:", b"Subject:", b"MIME-Version:", b"Date:")):
        for part in message_from_bytes(content, policy=policy.default).walk():
            yield "!part", part.get_payload(decode=True) or b""
            yield "!head", "\n".join(map(str, part.values())).encode()
    for match in PACKED.finditer(content):
        if unpacked := _from_base64(match[0]):
            yield "!base64", unpacked


def _of_pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    document = PdfReader(io.BytesIO(content))
    yield "!about", repr(document.metadata).encode()
    for name, found in document.attachments.items():
        yield "!attached", name.encode()
        yield from ((f"!{name}", data) for data in found)
    with pdfplumber.open(io.BytesIO(content)) as pages:
        yield "!text", "\n".join(page.extract_text() or "" for page in pages.pages).encode()
    for number in {*document.xref_objStm, *(n for own in document.xref.values() for n in own)}:
        found = document.get_object(number)
        yield "!object", repr(found).encode()
        if hasattr(found, "get_data") and "/Image" not in repr(found.get("/Subtype")):
            yield "!stream", found.get_data()


def _of_json(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The texts of a JSON, without its escapes."""
    try:
        yield "!values", "\n".join(_strings(json.loads(content))).encode("utf-8", "replace")
    except ValueError:
        return


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from _strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _strings(inside)


def _from_base64(text: bytes) -> bytes:
    try:
        content = base64.b64decode(text)
    except ValueError:
        return b""
    for window in (15, -15, 31):
        try:
            return zlib.decompress(content, window)
        except zlib.error:
            continue
    return content


def words_of(text: str) -> str:
    """A text as names are looked for in it: folded, with a space on either side of each word."""
    return f" {fold(text)} "


def digits_of(text: str) -> str:
    """A text as phones are looked for in it: no gaps within numbers, no letter for a zero."""
    text = ZERO.sub("0", text)
    return GAPS.sub("", GAPS.sub("", text))
