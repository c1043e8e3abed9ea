"""The README and the guide of the office: each command in them is run, and does what they say.

In the guide a line that begins with an arrow, after a block of commands, says what comes of it:
`files` that are written, “words” that are said, the exit code. In the README a command names what
it writes in the words behind it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import yaml
from click.testing import CliRunner
from openpyxl import Workbook

from briefing import RunParams, decide
from briefing.cli import main
from briefing.cli.group import LAZY
from briefing.params import Campaign
from briefing.run.day import open_day
from tests.run.command import Finished
from tests.run.conftest import DAY, ROOT, Office

GUIDE, README = "docs/huong-dan.md", "README.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```\n(?:\n→ (.*?)(?:\n\n|\Z))?", re.MULTILINE | re.DOTALL)
INLINE = re.compile(
    r"`(briefing [^`]* --?[a-z][^`]*)`"
)  # with an option: the others stand in blocks
EXIT = re.compile(r"mã kết thúc (\d)")
WRITTEN = re.compile(r"(?:\S+/)+(?=\s|$)")  # folders
ARROW = "▶"
FIRST = ("briefing init", "briefing sample")  # what later commands of a block need
LONG = {"backfill", "daily", "forget", "forms", "period", "sample", "units"}
ELSEWHERE = {
    "conda env create -f environment.yml": "tests/test_environment.py",
    "conda activate briefing": "tests/test_environment.py",
    "briefing init params": "tests/test_package.py",  # in an empty folder
    "briefing status --watch": "tests/run/test_watching.py",  # it does not end by itself
    'eval "$(_BRIEFING_COMPLETE=bash_source briefing)"': "tests/test_completion.py",
    'eval "$(_BRIEFING_COMPLETE=zsh_source briefing)"': "tests/test_completion.py",
    "_BRIEFING_COMPLETE=fish_source briefing | source": "tests/test_completion.py",
}
"""Commands whose files (an environment) or whose run (in an empty folder) other tests see to."""


@dataclass(frozen=True)
class Step:
    """A command, those before it that it needs, and what is said of it."""

    command: str
    before: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    code: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it works for more than some seconds."""
        called = {line.split()[1] for line in (self.command, *self.before)}
        return bool(called & LONG) and "--help" not in self.command


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def lines_of(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a block, each with the words behind it."""
    whole = re.sub(r"\n {6,}", " ", block.strip())
    for line in whole.splitlines():
        if ARROW in line:  # a drawing
            continue
        command, _gap, words = re.sub(r" +# +", "  ", line).partition("  ")
        yield command.strip(), words.strip()


def of_guide() -> Iterator[Step]:
    """The commands of its blocks; what is said after a block, at its last."""
    for language, block, told in BLOCK.findall(text_of(GUIDE)):
        if language:
            continue
        *before, last = (command for command, _words in lines_of(block))
        yield from (Step(command, tuple(before[:n])) for n, command in enumerate(before))
        code = EXIT.search(told)
        yield Step(
            last,
            tuple(before),
            tuple(re.findall(r"`([^`]+)`", told)),
            tuple(re.findall("“([^”]+)”", told)),
            int(code[1]) if code else 0,
        )
    yield from (Step(" ".join(one.split())) for one in INLINE.findall(text_of(GUIDE)))


def of_readme() -> Iterator[Step]:
    for _language, block, _told in BLOCK.findall(text_of(README)):
        lines = [*lines_of(block)]
        for n, (command, words) in enumerate(lines):
            before = [one for one, _words in lines[:n] if one.startswith(FIRST)]
            yield Step(command, tuple(before), tuple(WRITTEN.findall(words)))


def steps() -> list[Step]:
    """Each command once, as the guide says it rather than the README."""
    every = [*of_guide(), *of_readme()]
    return [one for n, one in enumerate(every)
            if one.command not in {earlier.command for earlier in every[:n]}]  # fmt: skip


OWN = [one for one in steps() if one.command not in ELSEWHERE]


def started(of: str) -> list[Step]:
    return [one for one in OWN if one.command.split()[0] == of]


def marked(step: Step):
    return pytest.param(step, id=step.command, marks=[pytest.mark.slow] if step.is_long else [])


@pytest.fixture
def desk(republished) -> Office:
    """An office in which a day is published, with what the commands are given."""
    listed = [
        ("Tên đơn vị", "Loại", "Dân số"),
        ("An Bình", "Xã", 9000),
        ("Cát Tường", "Phường", 7000),
    ]
    for name in ("danh-sach.xlsx", "units.xlsx"):
        book = Workbook()
        for row in listed:
            book.active.append(row)
        book.save(republished.folder / name)
    rises = "".join(f"2021-08-{d},A,{d * 100 + d % 3},9000\n" for d in range(10, 31))
    series = republished.folder / "series.csv"
    series.write_text(f"date,area,cumulative,population\n{rises}", encoding="utf-8")
    return republished


def typed(office: Office, command: str) -> Finished:
    return office.briefing(*shlex.split(command)[1:])


def ends(listed: list[Step]) -> list[Step]:
    """Those that no other needs before it: the others are run, and looked at, on its way."""
    needed = {command for one in listed for command in one.before}
    return [one for one in listed if one.command not in needed]


@pytest.mark.parametrize("step", [*map(marked, ends(started("briefing")))])
def test_a_command_of_readme_or_guide_does_what_they_say(desk, step):
    known = {one.command: one for one in OWN}
    way = [*(known[command] for command in step.before), step]
    written = {name for one in way for name in one.written}
    for path in map(desk.folder.joinpath, written):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    for one in way:
        done = typed(desk, one.command)
        assert done.code == one.code, done.err
        shown = " ".join(f"{done.out} {done.err}".split())
        assert [words for words in one.said if words.strip() not in shown] == []
    assert [name for name in written if not (desk.folder / name).exists()] == []


@pytest.mark.slow
@pytest.mark.parametrize("step", [*map(marked, started("papermill"))])
def test_a_notebook_runs_alone_as_the_readme_says(desk, step):
    done = desk.papermill(*shlex.split(step.command)[1:])

    assert done.code == 0, done.err
    assert (desk.folder / "x.ipynb").is_file()


@pytest.mark.needs("make")
@pytest.mark.parametrize("step", [*map(marked, started("make"))])
def test_make_knows_how_to_make_what_readme_and_guide_ask_of_it(step):
    done = subprocess.run(
        [*shlex.split(step.command), "--dry-run"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert {"briefing": "daily", "test": "pytest", "lab": "0_start.ipynb"}[
        step.command.split()[1]
    ] in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("step", [*map(marked, started("pip"))])
def test_what_pip_is_asked_for_can_be_installed(step, tmp_path):
    wanted = [sys.executable, "-m", *shlex.split(step.command)]
    done = subprocess.run([*wanted, "--dry-run", "--quiet"], cwd=ROOT, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()


def test_no_command_is_left_out_and_those_of_other_tests_are_there():
    known = {"briefing", "make", "papermill", "pip"}

    assert {one.command.split()[0] for one in OWN} == known
    assert {one.command for one in steps()} >= set(ELSEWHERE)
    assert all((ROOT / test).is_file() for test in ELSEWHERE.values())


@pytest.mark.parametrize("name", sorted(LAZY))
def test_the_help_of_each_command_ends_with_an_example_that_is_run(name):
    run = CliRunner().invoke(main, [name, "--help"], prog_name="briefing")
    _help, _colon, example = run.stdout.rpartition("Ví dụ:\n")

    assert shlex.split(example)[:2] == ["briefing", name]
    assert example.strip() in {one.command for one in steps()}


def entries(language: str) -> list[str]:
    return [block for kind, block, _told in BLOCK.findall(text_of(GUIDE)) if kind == language]


@pytest.mark.slow
def test_what_the_guide_accepts_at_the_desk_is_written_and_counts(republished):
    run = RunParams.checked(
        {
            "report_date": DAY,
            **{n: str(republished.folder / n) for n in ("inbox", "outputs", "params")},
        }
    )

    for block in entries("python"):
        exec(block, {"run": run, "day": open_day(run), "decide": decide})

    again = RunParams.checked(run.as_parameters())
    units = open_day(again).units.set_index("unit_code")
    assert units["numerator_cumulative"]["21667"] == 2702
    assert units["status"]["21667"] != "unreadable"


@pytest.mark.slow
def test_the_corrections_that_the_guide_shows_are_applied(republished):
    shown = [yaml.safe_load(block) for block in entries("yaml")]
    own = [one for block in shown for one in block.get("corrections", [])]
    path = republished.folder / "params" / "corrections.yaml"
    path.write_text(yaml.safe_dump({"corrections": own}, allow_unicode=True), encoding="utf-8")

    status = " ".join(republished.briefing("status", "--date", DAY).out.split())

    assert len(own) == 2
    assert re.search(r"Phường Hoài Hảo │ đúng hạn │ 11h55 ngày 16/8/2021 │ 4\.380 ", status)
    assert re.search(r"Phường Hoài Thanh │ đúng hạn │ 14h50 ngày 16/8/2021 │ 2\.702 ", status)


def test_the_readings_that_the_guide_shows_are_understood(tmp_path):
    folder = shutil.copytree(ROOT / "params", tmp_path / "params")
    [own] = [block for block in entries("yaml") if "corrections" not in block]
    (folder / "readings.yaml").write_text(own, encoding="utf-8")

    assert len(Campaign.load(folder).readings) == len(yaml.safe_load(own)) == 2


def test_every_reading_that_can_be_declared_is_in_the_guide():
    text = text_of(GUIDE)
    named = re.findall(r"^\| `(\w+)` \|", text[text.index("## 6.") : text.index("## 7.")], re.M)
    known = re.findall(
        r"^# Các giá trị: (.+)$", (ROOT / "params/readings.yaml").read_text("utf-8"), re.M
    )

    assert named == known[0].split(", ")


@pytest.mark.parametrize("name", [GUIDE, README])
def test_each_link_of_readme_and_guide_leads_somewhere(name):
    text = text_of(name)
    heads = {re.sub(r"[^\w\s-]", "", h.lower()).strip().replace(" ", "-")
             for h in re.findall(r"^#+ (.+)$", text, re.M)}  # fmt: skip
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in heads
        else:
            assert ((ROOT / name).parent / target).is_file(), target
