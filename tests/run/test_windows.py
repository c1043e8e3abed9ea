"""A day on Windows, played on Linux by `tests.windows`; docs/windows.md says what is left out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run.command import Finished, briefing

ROOT = Path(__file__).parents[2]
DAY = "2021-08-16"
LONGEST = 259  # characters of a path that every program of Windows opens
ROOM = 80  # of them for the folder of the outputs
FORBIDDEN = re.compile(
    r'[<>:"\\|?*\x00-\x1f]|[ .](/|$)|(^|/)(con|nul|aux|prn)(\.|/|$)', re.IGNORECASE
)
ASIDE = f".staging/{DAY}.01234567"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """An office of five units, in a folder as people call them, a name in it as long as can be."""
    folder = tmp_path_factory.mktemp("office") / "Báo cáo hằng ngày (bản 2)"
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    assert briefing(folder, ["sample", "inbox", "--units", "5"]).code == 0
    (folder / "inbox" / f"{'Bao cao ' * 30}.xlsx").write_bytes(b"PK\x03\x04 damaged")
    return folder


def played(office: Path, *arguments: str) -> Finished:
    paths = os.pathsep.join((str(ROOT / "lib"), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-m", "tests.windows", *arguments],
        cwd=office, env=os.environ | {"PYTHONPATH": paths, "PYTHONIOENCODING": "cp1258"},
        capture_output=True, text=True, encoding="cp1258", check=False,
    )  # fmt: skip
    return Finished(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def day(office) -> Path:
    run = played(office, "daily", "--date", DAY)
    assert run.code == 0, run.stderr
    return office / "outputs" / DAY


def test_without_forks_a_day_is_made_and_its_tables_are_the_same(office, day):
    assert briefing(office, ["daily", "--date", DAY, "--outputs", "usual"]).code == 0

    made, usual = ({p.name: p.read_bytes() for p in (folder / "tables").glob("*.csv")}
                   for folder in (day, office / "usual" / DAY))  # fmt: skip
    assert made == usual and len(made) > 15
    assert all((day / page).stat().st_size for page in ("briefing.html", "briefing.pdf"))


def test_a_day_takes_the_place_of_the_one_before_without_renaming_what_is_open(office, day):
    before = (day / "manifest.json").read_bytes()

    run = played(office, "daily", "--date", DAY)

    assert run.code == 0, run.stderr
    assert (day / "manifest.json").read_bytes() != before
    assert not [*(office / "outputs" / ".staging").iterdir()]
    assert not [*(office / "outputs" / ".before").iterdir()]


def test_a_page_that_a_reader_holds_open_is_told_and_stays(office, day):
    before = (day / "manifest.json").read_bytes()
    wait = "import sys; held = open(sys.argv[1]); print(flush=True); sys.stdin.read()"
    script = (
        "import subprocess, sys; from tests.windows import play; from briefing.cli import main; "
        f"p = subprocess.Popen([sys.executable, '-c', {wait!r}, sys.argv[1]], "
        "stdin=subprocess.PIPE, stdout=subprocess.PIPE); p.stdout.readline(); play(); "
        "main(sys.argv[2:], prog_name='briefing')"
    )
    paths = os.pathsep.join((str(ROOT / "lib"), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-c", script, day / "briefing.pdf", "daily", "--date", DAY],
        cwd=office, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 1 and "đang mở" in done.stderr, done.stderr
    assert (day / "manifest.json").read_bytes() == before


def test_every_path_is_one_that_windows_has_and_short_enough(office, day):
    paths = [p.relative_to(office / "outputs").as_posix() for p in (office / "outputs").rglob("*")]
    aside = [path.replace(DAY, ASIDE, 1) for path in paths if path.startswith(DAY)]

    assert not [path for path in paths if FORBIDDEN.search(path)]
    assert max(map(len, (*paths, *aside))) <= LONGEST - ROOM


def test_what_is_played_refuses_as_windows_does(tmp_path):
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "page").touch()
    script = (
        "import os; from pathlib import Path; from tests.windows import play; play()\n"
        "with open('day/page'):\n"
        "    for refused in (lambda: Path('day').rename('other'), Path('day/page').unlink):\n"
        "        try: refused()\n"
        "        except PermissionError: print('refused')\n"
        "Path('day').rename('other'); print(hasattr(os, 'fork'))"
    )
    paths = os.pathsep.join((str(ROOT / "lib"), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=os.environ | {"PYTHONPATH": paths},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.split() == ["refused", "refused", "False"]
