"""Kernels run our notebooks and nothing else; what is published runs nothing when it is opened."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from lxml import html

from briefing.documents.block import MIME, Block
from tests.hostile.conftest import AT, DAY
from tests.intake.making import mau02, people, workbook
from tests.run.conftest import ROOT, Office
from tests.run.test_kernel import IN_A_PROCESS

LIB = ROOT / "lib" / "briefing"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the folders are those of Linux")

# Modules and settings that Python, IPython and Jupyter would run if they looked for them here.
PLANTED = (
    *("pandas.py", "sitecustomize.py", "usercustomize.py", "theirs.py", "numpy/__init__.py"),
    *("ipython_config.py", "ipython_kernel_config.py", "jupyter_config.py", "startup.py"),
    *("jupyter_nbconvert_config.py", ".ipython/profile_default/startup/00.py"),
    *("profile_default/ipython_kernel_config.py", "profile_default/startup/00.py"),
    ".ipython/profile_default/ipython_kernel_config.py",
)


@pytest.fixture
def theirs(tmp_path) -> Path:
    """A folder of a stranger's, with files that leave a trace where they are run."""
    folder = tmp_path / "inbox"
    for name in PLANTED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        trace = tmp_path / f"run {name.replace('/', ' ')}"
        (folder / name).write_text(f"open({str(trace)!r}, 'w').close()\n")
    return folder


def told(theirs: Path, tmp_path: Path, program: str) -> list[str]:
    """What cells print whose kernel is made in the stranger's folder, by its settings."""
    (tmp_path / "notebooks").mkdir()
    sources = [
        "import json, os, sys; print(json.dumps([os.getcwd(), sys.path]))",
        "try:\n    import theirs; print('run')\nexcept ImportError:\n    print('not there')",
        "import pandas, numpy; print(pandas.DataFrame({'a': [1]}).a.sum())",
    ]
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, str(tmp_path / "notebooks"), *sources],
        cwd=theirs, capture_output=True, text=True, timeout=120,
        env=os.environ | {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "lib"), str(ROOT)]),
            "IPYTHONDIR": str(theirs / ".ipython"),
            "PYTHONSTARTUP": str(theirs / "startup.py"),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


STARTED = IN_A_PROCESS.replace(
    "bench =",
    "from briefing.run import template\n"
    "template.sys = type('', (), {'platform': 'other'})\n"
    "bench =",
)


@posix
@pytest.mark.parametrize("program", [IN_A_PROCESS, STARTED], ids=["forked", "started"])
@pytest.mark.slow
def test_a_kernel_imports_and_runs_nothing_from_the_folder_it_is_started_in(
    theirs, tmp_path, program
):
    place, imported, summed = told(theirs, tmp_path, program)
    folder, paths = json.loads(place)

    assert folder == str(tmp_path / "notebooks")
    assert "" not in paths and str(theirs) not in paths and folder not in paths
    assert (imported, summed) == ("not there", "1")
    assert [path.name for path in tmp_path.glob("run *")] == []


# What is published

SCRIPT, IMAGE = "<script>alert(1)</script>", "<img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def crafted(tmp_path_factory) -> Iterator[Office]:
    """A published day whose report has markup in each text that a page may show."""
    office = Office(tmp_path_factory.mktemp("crafted"))
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, office.folder / name)
    office.inbox.mkdir()
    rows = [[1, f"Ba {SCRIPT}", f"Thôn {IMAGE}", "09123", 12], *people([3, 4])]
    for name, unit in (("a", "PHƯỜNG BỒNG SƠN"), ("b", f"XÃ {IMAGE}")):
        path = office.inbox / f"{name} {IMAGE}.xlsx"
        path.write_bytes(workbook(mau02(rows, unit=unit)))
        os.utime(path, (AT, AT))
    done = office.briefing("daily", "--date", DAY)
    assert done.code == 0, done.err
    return office


def active(text: str) -> list[str]:
    """Elements and attributes that a browser would run, those of ours left out."""
    tree = html.fromstring(f"<div>{text}</div>")
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        values = [*element.attrib.items()]
        found += [f"{n}={v}" for n, v in values if n.startswith("on") or "javascript:" in v.lower()]
        if element.tag in ("script", "iframe", "object", "embed"):
            found.append(element.text or element.tag)
    return found


@pytest.mark.slow
def test_an_executed_notebook_holds_blocks_and_texts_alone(crafted):
    kinds = set()
    for path in sorted((crafted.day / "notebooks").glob("*.ipynb")):
        book = nbformat.read(path, 4)
        assert "widgets" not in book.metadata and "signature" not in book.metadata
        for cell in book.cells:
            for output in cell.get("outputs", ()):
                kinds |= output.get("data", {}).keys()
                assert active("".join(output.get("data", {}).get("text/html", ""))) == []

    assert MIME in kinds and kinds <= {MIME, "text/html", "text/plain"}


@pytest.mark.slow
def test_the_page_runs_nothing_of_what_a_report_says(crafted):
    text = (crafted.day / "briefing.html").read_text("utf-8")

    assert not [found for found in active(text) if "alert(" in found]
    assert "onerror=alert(2)>" not in text


def test_a_block_of_a_notebook_shows_markup_as_text():
    from briefing.documents.blocks import Bullets, Heading, Notice, Paragraph

    for block in (Paragraph(IMAGE), Notice(SCRIPT), Heading(IMAGE), Bullets((SCRIPT,))):
        shown = block._repr_mimebundle_()["text/html"]
        assert isinstance(block, Block) and active(shown) == [] and "&lt;" in shown


# What the program itself may do

RISKY = {
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "runpy", "code", "xmlrpc",
}  # fmt: skip
CALLS = {"eval", "exec", "__import__", "system", "popen", "read_pickle", "to_pickle"}
YAML_LOADERS = {"load", "load_all", "unsafe_load", "full_load", "unsafe_load_all", "full_load_all"}
# Where one of them is needed, and why nothing that comes from a file gets there.
ALLOWED = {
    ("intake/sandbox/pool.py", "pickle"): "what a worker is given, never what it answers",
    ("intake/sandbox/nursery.py", "pickle"): "the same, in the worker",
    ("compiled_once.py", "marshal"): "what loading modules compiles, beside their own bytecode",
    ("compiled_once.py", "exec"): "the source that `dataclasses` writes, and runs itself elsewhere",
    ("charts/chart.py", "pickle"): "written to be hashed, and never read",
    ("sample/words.py", "yaml.load"): "with the safe loader, in C where there is one; our own file",
    ("catalog/rules/__init__.py", "yaml.load"): "the same",
    ("params/files.py", "yaml.load"): "with the safe loader, in C where there is one",
    ("locale/pack.py", "yaml.load"): "the base loader, which makes texts alone; our own file",
}


def risks() -> Iterator[tuple[str, str]]:
    for path in sorted(LIB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in risk_of(node):
                yield path.relative_to(LIB).as_posix(), name


def risk_of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (one.name for one in names if one.name.split(".")[0] in RISKY)
        case ast.ImportFrom(module=str(module)) if module.split(".")[0] in RISKY:
            yield module
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield name
        case ast.Call(func=ast.Attribute(value=ast.Name(id="yaml"), attr=name)):
            if name in YAML_LOADERS:
                yield f"yaml.{name}"
        case ast.Call(func=ast.Attribute(value=ast.Name(id=of), attr=name)):
            if name in CALLS and of != "re":
                yield f"{of}.{name}"
    match node:
        case ast.keyword(arg="shell" | "allow_pickle", value=ast.Constant(value=True)):
            yield "shell"


def test_nothing_that_was_read_is_ever_run_or_unpickled():
    found = set(risks())

    assert found <= ALLOWED.keys(), found - ALLOWED.keys()


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from marshal import loads", "eval('1')", "os.system('x')", "yaml.load(x)",
     "subprocess.run('x', shell=True)", "pd.read_pickle('x')", "np.load('x', allow_pickle=True)"],
)  # fmt: skip
def test_the_rule_sees_each_of_them(source):
    assert [name for node in ast.walk(ast.parse(source)) for name in risk_of(node)]
