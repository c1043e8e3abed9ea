"""What a run leaves unloaded, and that whoever asks for it has it all the same."""

import marshal
import subprocess
import sys

import pytest

from briefing import own_files

RUN = """
import sys
import briefing.run.daily
assert "urllib3" not in sys.modules
import requests.adapters
from requests import get
assert callable(get) and requests is sys.modules["requests"], requests
from matplotlib.lines import Line2D
from matplotlib.artist import kwdoc
assert not Line2D.set.__doc__
assert "linewidth" in kwdoc(Line2D)
"""
AT_WORK = """
import ipykernel
import briefing.run.daily
from matplotlib.lines import Line2D
assert "linewidth" in Line2D.set.__doc__.partition("Supported")[2]
"""


def run(code) -> str:
    """What it prints; it ends well."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_run_loads_no_library_of_the_web_and_no_help_unless_somebody_asks():
    run(RUN)


@pytest.mark.slow
def test_where_somebody_works_matplotlib_tells_all_of_its_help():
    run(AT_WORK)


WORDS = """
import sys
sys.dont_write_bytecode = {kept}
from pathlib import Path
from briefing import own_files
own_files.KEPT = Path({folder!r})
from briefing.documents.fragments import environment
environment().get_template("blocks.html.j2")
"""


@pytest.mark.parametrize("kept", [True, False])
def test_templates_are_kept_compiled_only_where_modules_are(tmp_path, kept):
    run(WORDS.format(kept=not kept, folder=str(tmp_path)))

    assert bool([*tmp_path.glob("*.cache")]) is kept


@pytest.fixture
def once(tmp_path, monkeypatch):
    """What is read of a file, and how often it was; kept in a folder of the test's own."""
    monkeypatch.setattr(own_files, "KEPT", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    source, read = tmp_path / "source.txt", []
    source.write_text("1", encoding="utf-8")

    def told():
        return own_files.read_once(
            "name", [source], lambda: read.append(1) or {"says": source.read_text()}
        )

    return source, read, told


def test_what_the_program_reads_from_its_own_files_is_read_once_and_again_when_one_changes(once):
    source, read, told = once

    assert [told(), told()] == [{"says": "1"}] * 2
    source.write_text("10", encoding="utf-8")
    assert [told(), told()] == [{"says": "10"}] * 2
    assert len(read) == 2


@pytest.mark.parametrize("broken", [b"", b"[[", b"{}", b"[1, 2, 3]"])
def test_what_was_kept_and_is_broken_is_read_again(once, tmp_path, broken):
    _source, read, told = once
    told()
    (tmp_path / "name.json").write_bytes(broken)

    assert told() == {"says": "1"}
    assert len(read) == 2


def test_nothing_is_kept_where_python_keeps_nothing(once, tmp_path, monkeypatch):
    _source, read, told = once
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert [told(), told()] == [{"says": "1"}] * 2
    assert len(read) == 2
    assert not (tmp_path / "name.json").exists()


MODULE = """
import re
from dataclasses import make_dataclass

CLASSES = [make_dataclass(f"C{n}", [f"a{n}", ("b", int, n)], frozen=True) for n in range(20)]
PATTERNS = [re.compile(rf"(?P<a{n}>[a-{chr(97 + n)}]+)|(x)", re.I | re.M) for n in range(20)]
"""
COMPILED = """
import marshal, sys
sys.dont_write_bytecode = False
from pathlib import Path
from briefing import own_files
own_files.KEPT = Path({folder!r})
from briefing.compiled_once import _compile, _kept, _new, compile_once, patterns
compile_once()
sys.path.insert(0, {folder!r})
import re, module
first = module.CLASSES[3](1)
assert first == module.CLASSES[3](1) != module.CLASSES[3](2) and hash(first) and first.b == 3
assert repr(first) == "C3(a3=1, b=3)"
try:
    first.a3 = 2
except AttributeError:
    pass
else:
    assert False, "it is frozen"
for n, pattern in enumerate(module.PATTERNS):
    assert pattern == _compile(pattern.pattern, re.I | re.M)
    assert pattern.search("- A").lastgroup == f"a{{n}}"
assert re.findall("An Bình|Minh", "Minh") == ["Minh"]
print(sum(source in _kept for source in {{(p.pattern, 10) for p in module.PATTERNS}}), len(_new))
"""


@pytest.fixture
def compiled(tmp_path):
    """Loads a module whose data classes and patterns are kept; how many patterns were, and what
    was compiled anew."""
    (tmp_path / "module.py").write_text(MODULE, encoding="utf-8")

    def loaded() -> list[int]:
        return [int(one) for one in run(COMPILED.format(folder=str(tmp_path))).split()]

    return loaded


def test_what_a_module_compiles_is_compiled_once_and_what_is_compiled_later_is_not_kept(
    compiled, tmp_path
):
    first, again = compiled(), compiled()
    [kept] = tmp_path.glob("compiled.*")

    assert (first[0], again[0]) == (0, 20)
    assert first[1] >= 20 + 20 * 6 and again[1] < 10
    assert b"[a-c]+" in kept.read_bytes() and "An Bình".encode() not in kept.read_bytes()


@pytest.mark.parametrize("damage", [b"", b"{", b"i\0\0\0\0", b"{i\0\0\0\0i\0\0\0\0000"])
def test_what_was_compiled_and_is_damaged_is_compiled_again(compiled, tmp_path, damage):
    compiled()
    [kept] = tmp_path.glob("compiled.*")
    kept.write_bytes(damage)

    assert [compiled()[0], compiled()[0]] == [0, 20]


def test_of_what_was_compiled_a_part_that_is_damaged_is_compiled_again(compiled, tmp_path):
    compiled()
    [kept] = tmp_path.glob("compiled.*")
    holds = marshal.loads(kept.read_bytes())
    kept.write_bytes(marshal.dumps({source: b"i\1\0\0\0" for source in holds}))

    compiled()
