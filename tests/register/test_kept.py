"""What was worked out before is found again by what it was made of, whole, and by its owner."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.register import Kept, kept, key_of, read_files, write_files


@pytest.fixture
def store(tmp_path) -> Kept:
    return Kept(tmp_path / "outputs" / "kept", most=2)


def test_what_was_put_comes_back_under_its_key_alone(store):
    store.put("a", {"one": b"1", "two": b""})

    assert store.get("a") == {"one": b"1", "two": b""}
    assert store.get("b") is None


def test_a_thing_put_again_takes_the_place_of_the_first(store):
    store.put("a", {"one": b"1", "two": b"2"})
    store.put("a", {"one": b"3"})

    assert store.get("a") == {"one": b"3"}


def test_files_of_a_folder_are_kept_with_their_places_below_it(store, tmp_path):
    (tmp_path / "made" / "tables").mkdir(parents=True)
    for name in ("tables/b.csv", "tables/a.csv", "annex.xlsx", "manifest.json"):
        (tmp_path / "made" / name).write_bytes(name.encode())
    held = {name: name.encode() for name in ("tables/a.csv", "tables/b.csv", "annex.xlsx")}

    store.put("a", read_files(tmp_path / "made", "tables/**/*.csv", "annex.xlsx"))
    write_files(store.get("a"), tmp_path / "again")

    assert store.get("a") == held
    assert read_files(tmp_path / "again", "**/*.*") == held


@pytest.mark.parametrize("harm", ["cut", "missing", "no index", "an index of another kind"])
def test_a_thing_that_is_not_as_it_was_written_is_none(store, harm):
    store.put("a", {"one": b"12345"})
    place = store.folder / "a"
    if harm == "cut":
        (place / "one").write_bytes(b"1234")
    elif harm == "missing":
        (place / "one").unlink()
    else:
        (place / kept.INDEX).write_text("{" if harm == "no index" else "3", encoding="utf-8")

    assert store.get("a") is None
    store.put("a", {"one": b"again"})
    assert store.get("a") == {"one": b"again"}


def test_of_too_many_the_longest_unused_go(store):
    for second, key in enumerate("ab"):
        store.put(key, {"one": b"1"})
        os.utime(store.folder / key, (second, second))
    assert store.get("a")  # used now: b is the longest unused

    store.put("c", {"one": b"1"})

    assert sorted(os.listdir(store.folder)) == ["a", "c"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_read_what_is_kept(store):
    before = os.umask(0)
    try:
        store.put("a", {"one": b"1"})
    finally:
        os.umask(before)

    modes = {path.stat().st_mode & 0o077 for path in [store.folder, *store.folder.rglob("*")]}
    assert modes == {0}


def test_the_key_changes_with_all_that_a_thing_is_made_of_and_with_the_program(monkeypatch):
    first = key_of("vi", 1, Path("a"))

    assert key_of("vi", 1, Path("a")) == first
    assert len({first, key_of("en", 1, Path("a")), key_of("vi", 2, Path("a")), key_of()}) == 4
    monkeypatch.setattr(kept, "program", lambda: "another")
    assert key_of("vi", 1, Path("a")) != first
