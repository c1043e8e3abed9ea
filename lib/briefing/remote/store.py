"""The files below a URL, by fsspec: listed, brought, put, copied and deleted; what fails, in words.

A path is relative to the URL, with forward slashes.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from briefing.errors import BriefingError, ParamsError, RunError
from briefing.messages import _
from briefing.mirrors import plain

SUMS = ("ETag", "etag", "md5Hash", "content_md5")  # by which stores tell a content
TIMES = ("LastModified", "last_modified", "modified", "mtime", "updated", "created")
AT_ONCE = 32  # files
COARSE = 2.0  # seconds for which a time in whole seconds tells nothing of a content
PATTERN = {*"*?["}  # signs by which fsspec takes a name for a pattern where it deletes several
Pair = TypeVar("Pair")


@dataclass(frozen=True)
class Entry:
    """One file there.

    Attributes:
        size: In bytes.
        stamp: Another where the content is another: a checksum, if the store has one, and the time.
        modified: Seconds since 1970; `None`: the store does not say.
    """

    size: int
    stamp: str
    modified: float | None

    @classmethod
    def of(cls, info: Mapping[str, Any]) -> Entry:
        at: Any = next((info[name] for name in TIMES if info.get(name)), None)
        with suppress(TypeError, ValueError):
            at = datetime.fromisoformat(at)
        seconds = at.timestamp() if isinstance(at, datetime) else at
        known = next((str(info[name]) for name in SUMS if info.get(name)), "")
        if not known and seconds == int(seconds or 0) and time.time() - (seconds or 0) < COARSE:
            known = secrets.token_hex(8)  # it may be written again in the same second
        return cls(int(info.get("size") or 0), f"{known} {seconds}", seconds)


class Store:
    """What lies below a URL.

    Raises:
        ParamsError: There is no such store, or what speaks with it is not installed.
        RunError: It can't be reached, or lets this user not in.
    """

    def __init__(self, url: str):
        self.shown = plain(url)
        with self._in_words():
            import fsspec  # need not be installed; `_in_words` says so

            self._fs, root = fsspec.url_to_fs(url, skip_instance_cache=True, **_known_hosts(url))
            self._root = root.rstrip("/")

    @property
    def is_flat(self) -> bool:
        """Whether it keeps objects by name, and needs no folders."""
        return bool(self._fs.async_impl)

    def exists(self) -> bool:
        with self._in_words():
            return bool(self._fs.exists(self._root))

    def files(self, below: str = "") -> dict[str, Entry]:
        """Path → what is told of each file; of none where there is no such folder."""
        with self._in_words():
            self._fs.invalidate_cache()
            found = self._fs.find(self._at(below), detail=True)
        start = f"{self._root}/"
        return {
            name.removeprefix(start): Entry.of(info)
            for name, info in found.items()
            if name.startswith(start) and info.get("type") == "file" and not name.endswith("/")
        }

    def bring(self, pairs: Iterable[tuple[str, Path]]) -> Iterator[None]:
        """Write files to places of this machine; a word after some of them. One may be gone."""
        for some in _chunks(pairs):
            there, here = [self._at(path) for path, _p in some], [str(place) for _p, place in some]
            with self._in_words():
                try:
                    self._fs.get(there, here)
                except FileNotFoundError:
                    for path, place in zip(there, here, strict=True):
                        with suppress(FileNotFoundError):
                            self._fs.get_file(path, place)
            yield

    def put(self, pairs: Iterable[tuple[Path, str]]) -> Iterator[None]:
        """Write files of this machine there; a word after some of them."""
        for some in _chunks(pairs):
            self._make_room(path for _p, path in some)
            with self._in_words():
                self._fs.put([str(p) for p, _n in some], [self._at(path) for _p, path in some])
            yield

    def copy(self, pairs: Iterable[tuple[str, str]]) -> Iterator[None]:
        """Copy files there from one path to another; a word after some of them."""
        for some in _chunks(pairs):
            self._make_room(target for _s, target in some)
            sources, targets = ([self._at(pair[n]) for pair in some] for n in (0, 1))
            with self._in_words():
                try:
                    self._fs.copy(sources, targets)
                except NotImplementedError:  # as of SFTP
                    for source, target in zip(sources, targets, strict=True):
                        self._fs.pipe_file(target, self._fs.cat_file(source))
            yield

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files, and folders that are empty then; what is not there is deleted already."""
        places = [self._at(path) for path in paths]
        at_once = [place for place in places if self.is_flat and not PATTERN & {*place}]
        with self._in_words(), suppress(FileNotFoundError):
            if at_once:
                self._fs.rm(at_once)
        for place in (place for place in places if place not in {*at_once}):
            with self._in_words(), suppress(FileNotFoundError):
                self._fs.rm_file(place)
            with suppress(Exception):  # a folder that is not empty, however a store says so
                while not self.is_flat and len(place := place.rpartition("/")[0]) > len(self._root):
                    self._fs.rmdir(place)

    def read(self, path: str, most: int | None = None) -> bytes | None:
        """What a file holds, of a large one `most` bytes and one more; `None`: there is none."""
        end = None if most is None else most + 1
        with self._in_words(), suppress(FileNotFoundError):
            self._fs.invalidate_cache()
            return bytes(self._fs.cat_file(self._at(path), end=end))
        return None

    def write(self, path: str, content: bytes, *, new: bool = False) -> None:
        """Write a small file.

        Args:
            new: Only where there is none; not every store can tell, or says so by an error.
        """
        self._make_room([path])
        with self._in_words():
            how = {"mode": "create"} if new else {}
            with suppress(*((OSError,) if new else ())):
                self._fs.pipe_file(self._at(path), content, **how)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _make_room(self, paths: Iterable[str]) -> None:
        """Make the folders of files, where folders are needed."""
        if not self.is_flat:
            with self._in_words():
                for folder in {self._at(path).rpartition("/")[0] for path in paths}:
                    self._fs.makedirs(folder, exist_ok=True)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """What a library raises becomes words; never its own, which might hold a password."""
        try:
            yield
        except BriefingError:
            raise
        except ImportError as error:
            raise ParamsError(
                _(
                    "{url}: what speaks with such a place is not installed. To install it: "
                    "pip install briefing[remote]. Nothing was run.",
                    url=self.shown,
                )
            ) from error
        except Exception as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> BriefingError:
        kind = type(error).__name__
        if isinstance(error, FileNotFoundError):
            return ParamsError(
                _(
                    "{url}: there is no such bucket or folder. Make it, or give another one. "
                    "Nothing was published.",
                    url=self.shown,
                )
            )
        if isinstance(error, PermissionError) or "redential" in kind or "Authentic" in kind:
            return RunError(
                _(
                    "{url}: this user is not let in ({kind}). Look at the keys or the password, "
                    "and at what they may read and write there. Nothing was published.",
                    url=self.shown,
                    kind=kind,
                )
            )
        if isinstance(error, ValueError) and "rotocol" in str(error):
            return ParamsError(
                _("{url}: no such kind of place is known. Nothing was run.", url=self.shown)
            )
        return RunError(
            _(
                "{url}: it can't be reached, or does not answer as it should ({kind}). Look at the "
                "network and the address, then run again. Nothing was published.",
                url=self.shown,
                kind=kind,
            )
        )


def _chunks(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    rest = iter(pairs)
    while some := [*islice(rest, AT_ONCE)]:
        yield some


def _known_hosts(url: str) -> dict[str, Any]:
    """Of SFTP: servers are let be those alone that this user's SSH knows."""
    if not url.startswith(("sftp://", "ssh://")):
        return {}
    from paramiko import HostKeys, MissingHostKeyPolicy  # need not be installed

    class Known(MissingHostKeyPolicy):  # type: ignore[misc]  # without types
        def missing_host_key(self, _client: Any, hostname: str, key: Any) -> None:
            listed = HostKeys()
            with suppress(OSError):
                listed.load(str(Path.home() / ".ssh" / "known_hosts"))
            if not listed.check(hostname, key):
                raise PermissionError(hostname)

    return {"host_key_policy": Known()}
