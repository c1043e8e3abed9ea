"""Office files whose bytes depend on their content alone: the same zip on every run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

EPOCH = (1980, 1, 1, 0, 0, 0)  # what Office itself writes
Finish = Mapping[str, Callable[[bytes], bytes | Iterable[bytes]]]
CORE = "docProps/core.xml"


def saved(made: Any) -> bytes:
    """The bytes of a workbook of openpyxl or a document of python-docx.

    A workbook is packed in haste: whatever is made of it, its parts are packed once more.
    """
    stream = io.BytesIO()
    if isinstance(made, Workbook):
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            ExcelWriter(made, archive).save()
    else:
        made.save(stream)
    return stream.getvalue()


def fixed(
    content: bytes,
    saved_at: datetime,
    finish: Finish = MappingProxyType({}),
) -> bytes:
    """Pack an Office file again with no trace of the moment at which it was really made.

    Args:
        content: A .xlsx or .docx file.
        saved_at: When its author is to have saved it (aware).
        finish: Path of a part → what makes it whole, in one piece or in several.
    """
    stamp = saved_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return finished(content, {**finish, CORE: lambda core: _dated(core.decode(), stamp).encode()})


def finished(content: bytes, finish: Finish) -> bytes:
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
            part = finish.get(name, bytes)(source.read(name))
            with target.open(entry, "w") as stream:
                for piece in (part,) if isinstance(part, bytes) else part:
                    stream.write(piece)
    return packed.getvalue()


def _dated(core: str, stamp: str) -> str:
    pattern = r"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)"
    return re.sub(pattern, rf"\g<1>{stamp}\g<3>", core)
