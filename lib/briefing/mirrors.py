"""Folders that lie elsewhere, by their URL: the folder of this machine that stands for each.

A run works on such a mirror as on any folder; `remote` brings what is there, and takes back what
was made. What people see names the URL: `shown` puts it where the mirror stands in a text.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

URL = re.compile(r"[a-z][a-z0-9+.-]*(::[a-z][a-z0-9+.-]*)*://", re.IGNORECASE)
MAX_BYTES = 50 * 2**20  # of a file of an inbox; a larger one is no report, and is not brought
SECRET = re.compile(r"(?<=://)[^/@]*@")  # who asks, and by which password
_known: dict[Path, str] = {}  # mirror → its URL as it was given
_others: dict[Path, str] = {}  # the same of the process that this one works for


def is_url(value: Any) -> bool:
    """Whether a folder is given by its URL, as in “s3://bucket/inbox”."""
    return isinstance(value, str) and bool(URL.match(value))


def local(value: Any) -> Any:
    """The mirror of a URL, or a place below it; anything else as it is. Nothing is looked at."""
    if not is_url(value):
        return value
    url = value.rstrip("/")
    for mirror, known in _known.items():
        if url.startswith(f"{known}/"):
            return mirror.joinpath(*_safe(url[len(known) + 1 :]))
    name = re.sub(r"[^\w.-]+", "_", url.rpartition("/")[2]).strip(".") or "root"
    mirror = _cache() / hashlib.blake2b(plain(url).encode(), digest_size=8).hexdigest() / name
    _known[mirror] = url
    return mirror


def url_of(folder: Path) -> str | None:
    """The URL that a folder is the mirror of, as it was given: with a password, if it has one."""
    return _known.get(folder)


def mirrors() -> dict[Path, str]:
    """Each mirror, and what it is of, as it may be shown."""
    return {mirror: plain(url) for mirror, url in _known.items()}


def know(others: Mapping[Path, str]) -> None:
    """Show mirrors of another process as that does."""
    _others.update(others)


def plain(url: str) -> str:
    """A URL as it may be shown."""
    return SECRET.sub("", url)


def shown(text: str) -> str:
    """A text in which each mirror has the name of what it stands for."""
    for mirror, url in (_known | _others).items():
        for written in {str(mirror), mirror.as_posix()}:
            text = text.replace(written, plain(url))
    return text


def _safe(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".", "..")]


def _cache() -> Path:
    """The folder for what this user's programs can bring again."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(named or Path.home() / ".cache").absolute() / "briefing"
