"""The printed page: PDF/A-3a and PDF/UA-1 by Typst, with the tables that it rests on attached.

Texts reach Typst only as JSON; the template sets them as strings, so none can act as markup.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing.catalog.codes import SIGNS
from briefing.documents import fonts, formal, fragments, page, svg
from briefing.documents.assemble import Document
from briefing.documents.typesetting import typeset
from briefing.errors import DocumentError
from briefing.language import language
from briefing.messages import _

STANDARDS = ["a-3a", "ua-1"]
ENDED = {"formal_head": ("addressees",), "signature": ("recipients",)}


@dataclass(frozen=True)
class Attachment:
    """A file to carry inside the PDF. `relationship`: "source", "data" or "supplement"."""

    path: Path
    mime: str
    description: str
    relationship: str = "data"


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachments(folder: Path | None) -> list[Attachment]:
    """manifest.json, annex.xlsx and tables/*.csv of an output folder, those that are there."""
    if folder is None:
        return []
    made = _("How this document was made: parameters, inputs and versions")
    manifest = folder / "manifest.json"
    tables = _("The tables of this document as a workbook, with the sources of the figures")
    found = [
        Attachment(manifest, "application/json", made, "supplement"),
        Attachment(folder / "annex.xlsx", WORKBOOK, tables),
    ]
    return [item for item in found if item.path.is_file()] + [
        Attachment(path, "text/csv", _("Table {name}: the data of this document", name=path.stem))
        for path in sorted((folder / "tables").glob("*.csv"))
    ]


def render(source: Document, attached: Sequence[Attachment] = ()) -> bytes:
    """The document as PDF; the same bytes for the same document, attachments and fonts.

    Raises:
        DocumentError: Typst refuses it, for example because it breaks PDF/A-3a or PDF/UA-1.
    """
    with language(source.lang), tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        root = Path(folder)
        data = {
            **asdict(source),
            "date": _date_fields(source.date),
            "labels": fragments.labels(),
            "signs": SIGNS,
            "fonts": {
                "body": fonts.body().family,
                "bold_italic": fonts.body().bold_italic,
                "sans": fonts.SANS,
            },
            "blocks": [_for_typst(block, root, source.formal) for block in source.blocks],
            "attachments": [_laid_out(item, root) for item in attached],
        }
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        layout = "formal.typ" if source.formal else "page.typ"
        for name in ("shared.typ", layout):
            (root / name).write_text(fragments.asset(name), encoding="utf-8")
        try:
            return typeset(root, layout, pdf_standards=STANDARDS, timestamp=_timestamp(source.date))
        except DocumentError as error:
            raise DocumentError(f"the PDF could not be made: {error}") from error


def _for_typst(block: dict[str, Any], root: Path, is_formal: bool) -> dict[str, Any]:
    for field in ENDED.get(block["block"], ()):
        return {**block, field: fragments.ended(block[field])}
    if block["block"] == "strip":
        return {**block, "halves": fragments.halves(block), "name": fragments.row_header(block)}
    if block["block"] == "table":
        size, tracks = (formal if is_formal else page).columns(block)
        bare = fragments.is_bare(block)
        return {**block, "size": size, "tracks": tracks, "bare": bare}
    if block["block"] == "figure":
        return {**block, "svg": svg.clean(block["svg"], block["id"])}
    if block["block"] == "picture":
        path = f"{block['id']}.{block['mime'].rpartition('/')[2]}"
        (root / path).write_bytes(base64.b64decode(block["data"]))
        return {k: v for k, v in block.items() if k != "data"} | {"path": path}
    return block


def _laid_out(item: Attachment, root: Path) -> dict[str, str]:
    shutil.copyfile(item.path, root / item.path.name)
    return asdict(item) | {"path": item.path.name}


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _date_fields(text: str) -> dict[str, int] | None:
    moment = _moment(text)
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(moment, name) for name in names} if moment else None


def _timestamp(text: str) -> int | None:
    moment = _moment(text)
    return int(moment.timestamp()) if moment else None
