"""Many entries of a day in one Parquet file: what they hold, what is opened, what is verified."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from briefing.intake.packing import packed, rows_in, unpacked
from briefing.intake.submission import Finding, Rows, Submission
from briefing.one_thread import has_one_thread
from briefing.register.packs import PACK, Packs

KEY = bytes(32)


def entry(file: str, *phones: int, reports: int = 1) -> bytes:
    """What a file says of `reports`, the last of which has these phones."""
    size = len(phones)
    rows = Rows(
        [f"S!D{n}" for n in range(size)], [None] * size, phones, ["1"] * size, [1] * size,
        [True] * size,
    )  # fmt: skip
    said = [
        Submission(file, "a" * 64, part, findings=(Finding("phone_converted", f"S!{part}"),))
        for part in range(reports - 1)
    ]
    return packed([*said, Submission(file, "a" * 64, reports - 1, rows=rows)])


SENT = {
    "2021-08-16": {"a 1.xlsx": entry("1.xlsx", 7, 2**64 - 1), "b 2.xlsx": entry("2.xlsx")},
    "2021-08-17": {"c 3.zip": entry("3.zip", 9, reports=3)},
}


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "shelf/packs").mkdir(parents=True)
    for day, bodies in SENT.items():
        Packs(tmp_path / "shelf", KEY).put(day, bodies, Path.write_bytes)
    return tmp_path / "shelf"


def test_a_pack_holds_what_its_entries_hold_and_starts_no_thread(folder):
    packs, alone = Packs(folder, KEY), has_one_thread()

    for whose, body in (pair for bodies in SENT.values() for pair in bodies.items()):
        own = packs.get(whose)
        reports = unpacked(body)
        assert own and unpacked(own.body) == reports
        for part in range(len(reports)):
            now, then = own.rows(part), rows_in(body, part)
            assert (now and now.to_pydict()) == (then and then.to_pydict())
    assert packs.get("d 4.xlsx") is None
    assert has_one_thread() == alone


def test_only_packs_of_what_is_asked_for_are_opened(folder):
    (later,) = folder.glob(f"packs/2021-08-17-*{PACK}")
    later.write_bytes(later.read_bytes().replace(b"PAR1", b"PAR0", 1))  # seen by who opens it
    packs = Packs(folder, KEY)

    assert "c 3.zip" in packs and packs.get("a 1.xlsx") and later.exists()
    assert packs.get("c 3.zip") is None and not later.exists()


@pytest.mark.parametrize("other", [(bytes(31) + b"x", "shelf"), (KEY, "of another parser")])
def test_a_pack_of_another_register_or_parser_is_not_served(folder, other):
    key, name = other
    folder = folder.rename(folder.with_name(name))

    assert Packs(folder, key).get("a 1.xlsx") is None


def test_a_pack_is_a_table_that_other_programs_read(folder):
    (pack,) = folder.glob(f"packs/2021-08-16-*{PACK}")

    assert pd.read_parquet(pack)["phone"].tolist() == [7, 2**64 - 1]
