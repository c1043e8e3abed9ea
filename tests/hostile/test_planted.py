"""No name and no telephone number that people put anywhere comes out where others can read it."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.intake.parsers.text import fold
from tests.hostile.planting import (
    GIVEN,
    PLANTS,
    WRITINGS,
    Person,
    corrections,
    in_names,
    planted,
    received,
)
from tests.hostile.scanning import digits_of, texts_in, words_of
from tests.run.command import Finished, briefing
from tests.run.conftest import once

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
AT = 1629097200  # 14:00 of the day, an hour before the deadline
BESIDE = [
    "path in received.csv", "remark in received.csv", "time in received.csv",
    "path out of the inbox in received.csv", "reason of a correction", "author of a correction",
    "file of a correction", "teller of a correction",
]  # fmt: skip
PLACES = [*PLANTS, *BESIDE]
SAID = "said.json"
SENDERS_OWN = re.compile(r"2021-08-16/returns/[^/]+/")
FOUND = re.compile(r"(?<= )(?:{})(?= )".format("|".join(fold(g) for g in GIVEN[: len(PLACES)])))
CALLED = re.compile("|".join(Person(n).digits for n in range(len(PLACES))))


@dataclass(frozen=True)
class Planted:
    """A day over the planted inbox, and what the commands said meanwhile."""

    outputs: Path
    said: list[Finished]


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> Planted:
    folder = once(tmp_path_factory, "planted", publish)
    said = json.loads((folder / SAID).read_text("utf-8"))
    return Planted(folder / "outputs", [Finished(*one) for one in said])


def publish(folder: Path) -> None:
    """The day, with a word of every command."""
    shutil.copytree(ROOT / "params", folder / "params")
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    write(folder / "inbox", laps=2)
    beside = [Person(len(PLANTS) + n, n % WRITINGS) for n in range(len(BESIDE))]
    (folder / "inbox" / "received.csv").write_bytes(received(beside[:4]))
    (folder / "params" / "corrections.yaml").write_text(corrections(beside[4:]), "utf-8")
    said = [
        briefing(folder, arguments)
        for arguments in (
            ["daily", "--date", "2021-08-16"],
            ["status", "--date", "2021-08-16"],
            ["trace", "--date", "2021-08-16", "--unit", "21640", "installs_cumulative"],
        )
    ]
    assert [one.code for one in said] == [0, 0, 0], said
    (folder / SAID).write_text(json.dumps(said), "utf-8")


def write(inbox: Path, laps: int) -> None:
    for _place, who, files in planted(laps):
        for path, content in files.items():
            file = inbox / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            os.utime(file, (AT + who.number, AT + who.number))


def found_in(text: str) -> list[str]:
    """The places whose person is named or can be called by a text."""
    by_name = {fold(GIVEN[n]): place for n, place in enumerate(PLACES)}
    by_phone = {Person(n).digits: place for n, place in enumerate(PLACES)}
    names = [by_name[match[0]] for match in FOUND.finditer(words_of(text))]
    return names + [by_phone[match[0]] for match in CALLED.finditer(digits_of(text))]


def leaks(texts) -> dict[str, set[str]]:
    """Place → the files in which its person stands, of texts by file."""
    out: dict[str, set[str]] = defaultdict(set)
    for file, text in texts:
        for place in found_in(text):
            out[place].add(file)
    return dict(out)


@pytest.mark.slow
def test_more_than_88_places_are_planted_and_each_is_seen_by_the_scanner(tmp_path):
    write(tmp_path, laps=1)
    seen = leaks(texts_in(tmp_path))

    assert len(PLACES) > 88
    assert [place for place in PLANTS if place not in seen and not in_pictures(place)] == []


def in_pictures(place: str) -> bool:
    """Whether a place is the code in a photo, which is no text; its file has other texts."""
    return place == "the text of a code"


@pytest.mark.slow
def test_nothing_that_others_read_names_anybody_or_can_call_anybody(day):
    shown = (
        (file, text)
        for file, text in texts_in(day.outputs)
        if not SENDERS_OWN.match(file) and not file.startswith("register/")
    )

    assert leaks(shown) == {}


def test_the_commands_say_nobodys_name_or_number(day):
    said = ((f"command {n}", one.out + one.err) for n, one in enumerate(day.said))

    assert leaks(said) == {}


def test_the_register_holds_names_of_files_and_sheets_and_nothing_that_stands_in_them(day):
    held = leaks(texts_in(day.outputs / "register"))

    assert {place for place in held if not in_names(place) and place not in BESIDE} == set()


def test_the_analyst_finds_each_name_by_its_pseudonym_and_each_pseudonym_is_of_one_name(day):
    with (day.outputs / "register" / "names.csv").open(encoding="utf-8") as stream:
        names = [(row["shown"], row["name"]) for row in csv.DictReader(stream)]
    with (day.outputs / "2021-08-16/tables/reports.csv").open(encoding="utf-8-sig") as stream:
        files = {row["file"] for row in csv.DictReader(stream)}
    pieces = {piece for file in files for piece in file.split("/")}
    who = Person(0)

    assert len({shown for shown, _name in names}) == len({name for _shown, name in names})
    assert f"./{who}.xlsx" in {name for _shown, name in names}
    assert {shown for shown, _name in names if shown.startswith("tệp 1 của ")} & pieces
    assert (day.outputs / "register" / "names.csv").stat().st_mode & 0o077 == 0


def test_a_sender_gets_the_own_names_back(day):
    returned = [path.name for path in (day.outputs / "2021-08-16/returns").glob("*/*")]

    assert any(Person(1, 1).name in name for name in returned)


@pytest.mark.slow
def test_the_same_inbox_gives_the_same_pseudonyms_without_the_register(day, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(day.outputs.parent / "params", folder / "params")
    (folder / "inbox").symlink_to(day.outputs.parent / "inbox")
    said = briefing(folder, ["status", "--date", "2021-08-16"])
    names = "outputs/register/names.csv"

    assert said.code == 0
    assert (folder / names).read_bytes() == (day.outputs / "register/names.csv").read_bytes()
