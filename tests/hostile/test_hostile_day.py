"""A day with a hostile file of each kind beside good reports: a finding each, and nothing else."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pytest

from tests.hostile.bombs import BOMBS
from tests.hostile.conftest import DAY, report
from tests.run.conftest import ROOT, Office

KINDS = (
    "a member of 300 MB that says 100 bytes (.zip)",
    "an archive that holds itself (.zip)",
    "a cell at “B99999999999” (.xlsx)",
    "an .xlsb at row four billion (.xlsb)",
    "a sheet of SYLK at row a billion (.slk)",
    "a sheet of DIF (.dif)",
    "an XML sheet at row a billion (.xml)",
    "comments (.html)",
    "a subject in pieces (.eml)",
    "widths of a billion (.pdf)",
    "RTF 100,000 deep (.rtf)",
    "100 lines of digits and blanks (.txt)",
)
GOOD = {"PHƯỜNG HOÀI HƯƠNG": [10, 20], "PHƯỜNG TAM QUAN BẮC": [17, 4, 30]}


def office(folder: Path) -> Office:
    made = Office(folder)
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    made.inbox.mkdir()
    for unit, counts in GOOD.items():
        report(made.inbox, unit, counts)
    return made


def figures(made: Office) -> pd.DataFrame:
    """What the published day counts of each unit; not what it says of files."""
    units = made.table("communes").set_index("unit_code")
    return units.select_dtypes("number")


def outside_outputs(made: Office) -> dict[str, str]:
    return {
        path.relative_to(made.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in made.folder.rglob("*")
        if path.is_file() and not path.is_relative_to(made.folder / "outputs")
    }


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="children are forked")
def test_a_day_with_twelve_kinds_of_hostile_files_has_the_same_figures(tmp_path, monkeypatch):
    temporary = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))  # short: sockets lie in it
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    plain, hostile = (office(tmp_path / name) for name in ("plain", "hostile"))
    for number, kind in enumerate(KINDS):
        (hostile.inbox / f"BC {number}{BOMBS[kind][0]}").write_bytes(BOMBS[kind][1]())
    before = outside_outputs(hostile)

    done = [one.briefing("daily", "--date", DAY) for one in (plain, hostile)]

    assert [one.code for one in done] == [0, 0], [one.err for one in done]
    assert not any("Traceback" in one.err for one in done)
    assert figures(plain)["installs_cumulative"].sum() == 30 + 51
    pd.testing.assert_frame_equal(figures(plain), figures(hostile))
    faulty = hostile.table("findings").query("severity == 'error'")["file"]
    assert faulty.nunique() == len(KINDS), sorted(set(faulty))
    assert outside_outputs(hostile) == before
    assert [*temporary.iterdir()] == []
    temporary.rmdir()
