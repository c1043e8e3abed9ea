"""What the README and the guides name is there: commands, options, targets of make, files."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from briefing.cli import main
from briefing.cli.group import LAZY

ROOT = Path(__file__).parents[1]
GUIDES = ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4}\S.*\n)+", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]+|-[a-z]\b)")
PATH = re.compile(r"[\w*./<>-]+/[\w*./<>-]*|[\w<>*]+\.(?:py|yaml|csv|po|md|ipynb|toml)")
PROGRAMS = {
    "make bench": "tests/benchmarks/bench_bars.py",
    "make scale": "tests/benchmarks/scale.py",
    "make torture": "tests/hostile/torture",
}
"""What an option behind a target of make is given to."""
OF_OTHERS = {"--infilter"}  # LibreOffice's
MADE = (".venv", "/")  # what is not in a clone


def code(name: str) -> Iterator[str]:
    """Each line of code of a guide, and each piece of code in its text."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for blocks in (FENCED, INDENTED):
        for block in blocks.findall(text):
            yield from _joined(block)
        text = blocks.sub("", text)
    yield from (" ".join(piece.split()) for piece in INLINE.findall(text))


def _joined(block: str) -> Iterator[str]:
    """The lines of a block, what is set in below a line put behind it."""
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith("      ") and lines:
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    yield from lines


def options(command: click.Command) -> set[str]:
    names = {"--help", "-h", "--version", "--debug"}
    return names | {name for option in command.params for name in option.opts}


def of_command(piece: str) -> tuple[str, set[str]] | None:
    """The command of `briefing` that a piece of code calls, and the options that it gives."""
    called = re.match(r"(?:\.venv/bin/)?briefing (?=[a-z-])(\S+)", piece)
    return (called[1], set(OPTION.findall(piece))) if called else None


CALLS = [(name, piece) for name in GUIDES for piece in code(name) if of_command(piece)]
COMMANDS = {name: main.get_command(click.Context(main), name) for name in LAZY}
EVERY_OPTION = set().union(*map(options, COMMANDS.values()))


@pytest.mark.parametrize(("guide", "piece"), CALLS)
def test_a_command_that_a_guide_names_has_the_options_that_it_names(guide, piece):
    command, given = of_command(piece)

    if command.startswith("-"):
        assert command in options(main)
    else:
        assert command in COMMANDS
        assert given <= options(COMMANDS[command])


def test_the_readme_names_every_command():
    named = {of_command(piece)[0] for name, piece in CALLS if name == "README.md"}

    assert set(COMMANDS) <= named


@pytest.mark.parametrize("guide", GUIDES)
def test_an_option_that_stands_alone_is_one_of_some_command(guide):
    alone = [piece for piece in code(guide) if piece.startswith("--")]

    assert {shlex.split(piece)[0] for piece in alone} <= EVERY_OPTION | OF_OTHERS


@pytest.mark.parametrize("guide", GUIDES)
def test_what_make_is_asked_for_is_in_the_makefile(guide):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    asked = [piece for piece in code(guide) if re.match(r"make [a-z]", piece)]

    assert {piece.split()[1] for piece in asked} <= known
    for piece in asked:
        program = PROGRAMS.get(" ".join(piece.split()[:2]))
        if program and (given := OPTION.findall(piece)):
            files = [ROOT / program] if program.endswith(".py") else (ROOT / program).glob("*.py")
            sources = "".join(path.read_text(encoding="utf-8") for path in files)
            assert all(f'"{option}"' in sources for option in given)


def test_the_files_that_a_newcomer_is_sent_to_are_there():
    """`<name>` stands for any; rooms are named as they lie in lib/briefing/."""
    places = [ROOT, ROOT / "lib/briefing", ROOT / "params"]
    named = {path for piece in code("CONTRIBUTING.md") for path in PATH.findall(piece)}
    inside = {path.rstrip("/") for path in named if not path.startswith(MADE)}
    patterns = {re.sub(r"<\w+>", "*", path) for path in inside}
    lost = [p for p in patterns if not any(any(place.glob(p)) for place in places)]

    assert len(patterns) > 20
    assert not lost


def test_the_changelog_begins_with_the_version_that_is_being_made():
    """Before it is released it is one of development (PEP 440), and the changelog says so."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    released, development = re.fullmatch(r"(\d+\.\d+\.\d+)(\.dev\d+)?", project["version"]).groups()
    (first, *_earlier) = re.findall(
        r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert first.startswith(f"{released} (")
    assert first.endswith("(unreleased)") == bool(development)
