"""A store in memory, and a cache of one's own for its mirrors."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from briefing import mirrors

OUTPUTS = "memory://văn phòng #1/outputs"


@pytest.fixture(autouse=True)
def memory(tmp_path, monkeypatch) -> Iterator[fsspec.AbstractFileSystem]:
    """The files of `memory://`, which are of the process: none at first, none left."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(mirrors, "_known", {})
    fs = fsspec.filesystem("memory")
    _empty(fs)
    yield fs
    _empty(fs)


def _empty(fs: fsspec.AbstractFileSystem) -> None:
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


def lay(fs: fsspec.AbstractFileSystem, url: str, files: dict[str, str]) -> None:
    """Write files below a URL."""
    for path, text in files.items():
        fs.pipe_file(f"{url}/{path}", text.encode())


def lies(fs: fsspec.AbstractFileSystem, url: str) -> dict[str, str]:
    """What lies below a URL, without what is no one's business but the program's."""
    root = fs._strip_protocol(url)
    found = {path.removeprefix(f"{root}/"): path for path in fs.find(root)}
    return {
        name: fs.cat_file(path).decode()
        for name, path in found.items()
        if not name.startswith(".briefing/")
    }


def here(folder: Path) -> dict[str, str]:
    """What lies in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }
