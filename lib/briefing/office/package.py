"""Office files whose bytes depend on their content alone: the same zip on every run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)  # what Office itself writes
CORE = "docProps/core.xml"


def saved(made: Any) -> bytes:
    """The bytes of a workbook of openpyxl or a document of python-docx."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def fixed(
    content: bytes,
    saved_at: datetime,
    finish: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({}),
) -> bytes:
    """Pack an Office file again with no trace of the moment at which it was really made.

    Args:
        content: A .xlsx or .docx file.
        saved_at: When its author is to have saved it (aware).
        finish: Path of a part → what makes it whole.
    """
    stamp = saved_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return finished(content, {**finish, CORE: lambda core: _dated(core.decode(), stamp).encode()})


def finished(content: bytes, finish: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A file's parts in their order, those of `finish` as it makes them."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on Windows and elsewhere
            target.writestr(entry, finish.get(name, bytes)(source.read(name)))
    return packed.getvalue()


def _dated(core: str, stamp: str) -> str:
    pattern = r"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)"
    return re.sub(pattern, rf"\g<1>{stamp}\g<3>", core)
