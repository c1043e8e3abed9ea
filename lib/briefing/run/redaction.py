"""A published folder without the names and hashes of some files; its figures stay."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import markupsafe

from briefing.documents.block import MIME, Block
from briefing.messages import _
from briefing.office.package import finished
from briefing.run.job import KINDS
from briefing.run.pages import Edition, Page
from briefing.run.publish import UNITS

SHOWN = 12  # digits of a hash that pages show
TEXTS = {".csv", ".txt", ".html", ".json", ".svg", ".md", ".eml"}
PACKAGES = {".xlsx", ".docx"}
IN_PACKAGES = (".xml", ".rels", ".txt")
NOTEBOOK_OF = {kind.stem: kind.notebooks[0] for kind in KINDS}  # by a PDF's stem
DATA = {".csv", ".json"}  # where a hash that is gone leaves nothing, not a word


class Redaction:
    """Takes names of files and their hashes out of what was published.

    Args:
        names: Of the files: paths in the inbox, paths inside archives, and names alone.
        hashes: SHA-256 of their contents.
        others: Names of files that stay, in which one of `names` may stand.
    """

    def __init__(self, names: Iterable[str], hashes: Iterable[str], others: Iterable[str]):
        self._gone = {name for name in names if _is_telling(name)}
        self._hashes = set(hashes)
        self._others = set(others)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        every = sorted(self._gone | self._others, key=len, reverse=True)
        forms = dict.fromkeys(form for name in every for form in _written(name))
        names = "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)"
        hashes = "|".join(sorted(h[:SHOWN] for h in self._hashes)) or r"(?!)"
        return re.compile(rf"(?P<hash>(?:{hashes})[0-9a-f]*)|(?<!\w)(?P<name>{names})(?!\w)")

    @cached_property
    def _forms(self) -> set[str]:
        return {form for name in self._gone for form in _written(name)}

    def text(self, text: str, hash_gone: str | None = None) -> str:
        """A text without them."""
        gone = _("(deleted)") if hash_gone is None else hash_gone

        def put(found: re.Match[str]) -> str:
            if found["hash"]:
                return gone
            return _("(report deleted)") if found["name"] in self._forms else found["name"]

        return self._pattern.sub(put, text)

    def content(self, name: str, content: bytes) -> bytes:
        """What a published file holds, without them; a PDF stays, and is made again."""
        suffix = PurePosixPath(name).suffix
        if suffix == ".ipynb":
            return self._notebook(content)
        if suffix in PACKAGES:
            return self._package(content)
        if suffix not in TEXTS:
            return content
        content = self._manifest(content) if name == "manifest.json" else content
        text = content.decode("utf-8")
        return self.text(text, "" if suffix in DATA else None).encode()

    def _manifest(self, content: bytes) -> bytes:
        """A manifest that no longer lists them as inputs."""
        manifest = json.loads(content)
        inputs = manifest.get("inputs", [])
        manifest["inputs"] = [one for one in inputs if one["sha256"] not in self._hashes]
        if len(manifest["inputs"]) == len(inputs):
            return content
        return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()

    def _notebook(self, content: bytes) -> bytes:
        """A notebook as executed: its blocks, what JupyterLab shows of them, other texts."""
        book = json.loads(content)
        cleared = self._cleared(book)
        same = cleared == book
        return (
            content if same else (json.dumps(cleared, ensure_ascii=False, indent=1) + "\n").encode()
        )

    def _cleared(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._cleared(one) for one in value]
        if not isinstance(value, dict):
            return value
        return {
            key: self._block(one) if key == MIME else self._cleared(one)
            for key, one in value.items()
        }

    def _block(self, bundle: dict[str, Any]) -> dict[str, Any]:
        plain = Block.from_json(bundle).to_json()
        cleared = self._cleared(plain)
        if cleared == plain:
            return bundle
        return Block.from_json(cleared)._repr_mimebundle_()[MIME]

    def _package(self, content: bytes) -> bytes:
        """A workbook or document: the texts of its parts."""
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {n: old.read(n) for n in old.namelist() if n.endswith(IN_PACKAGES)}
        changed = [name for name, part in parts.items() if self._part(part) != part]
        return finished(content, dict.fromkeys(changed, self._part)) if changed else content

    def _part(self, part: bytes) -> bytes:
        return self.text(part.decode("utf-8")).encode()

    def of_folder(self, folder: Path, outputs: Path, name: str) -> int:
        """Take them out of each file of a folder; how many files were changed.

        The pages of units, which are published apart, are left. A PDF carries tables and manifest,
        and is made again from its notebook where anything beside it has changed.

        Raises:
            RunError: A PDF can't be made again.
        """
        changed = [path for path in files_in(folder) if self._rewrite(path)]
        for pdf in files_in(folder) if changed else ():
            if pdf.suffix == ".pdf" and (notebook := NOTEBOOK_OF.get(pdf.stem)):
                Page(notebook, Edition(pdf.parent, outputs, name), pdf.stem).write("pdf")
                changed.append(pdf)
        return len(changed)

    def touches(self, folder: Path, with_units: bool = False) -> bool:
        """Whether anything in a folder would be changed; `with_units`: in its units' pages too."""
        files = (path for path in folder.rglob("*") if path.is_file())
        read = (
            (path.name, path.read_bytes()) for path in (files if with_units else files_in(folder))
        )
        return any(self.content(name, content) != content for name, content in read)

    def _rewrite(self, path: Path) -> bool:
        content = path.read_bytes()
        cleared = self.content(path.name, content)
        if cleared != content:
            path.write_bytes(cleared)
        return cleared != content


def files_in(folder: Path) -> list[Path]:
    """The files of a published folder, without those of its units' pages."""
    apart = folder / UNITS
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (folder.name == UNITS or not path.is_relative_to(apart))
    ]


def _is_telling(name: str) -> bool:
    """Whether a name can be looked for in texts: a number or a single letter stands everywhere."""
    return len(name) > 3 and any(letter.isalpha() for letter in name)


def _written(name: str) -> set[str]:
    """How a name may stand in a text, in HTML, XML, CSV and JSON."""
    escaped = {html.escape(name, quote=False), str(markupsafe.escape(name)), html.escape(name)}
    escaped.add(name.replace('"', '""'))
    coded = {json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1]}
    return {name, *escaped, *coded}
