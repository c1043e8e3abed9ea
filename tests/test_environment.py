"""One set of packages, whichever way it is installed, and nothing left to a person."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Where conda-forge calls a distribution something else, or splits off the part that we need.
CONDA_NAMES = {
    "dask-core": "dask",
    "matplotlib-base": "matplotlib",
    "nbconvert-core": "nbconvert",
    "python-tzdata": "tzdata",
}
# Given by conda itself; not among the dependencies of a Python project.
CONDA_ONLY = {"python", "pip"}


def bounds(requirements: list[str]) -> dict[str, str]:
    """Version bound of each distribution but this, by normalised name; markers left out."""
    parsed = map(Requirement, requirements)
    return {canonicalize_name(r.name): str(r.specifier) for r in parsed if r.name != "briefing"}


def wanted(*extras: str) -> dict[str, str]:
    """Bounds of what the program needs, and of these extras."""
    project = PYPROJECT["project"]
    own = [entry for extra in extras for entry in project["optional-dependencies"][extra]]
    return bounds(project["dependencies"] + own)


def declared() -> dict[str, str]:
    """Bounds of what a clone needs, to run and to be tested."""
    return wanted("cluster", "remote", "dev")


def locked() -> dict[str, list[str]]:
    """Versions in requirements.lock, by normalised name."""
    versions: dict[str, list[str]] = {}
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.M):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def repository_files() -> list[Path]:
    """Files that are committed, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in set(listed.stdout.split("\0")) if name)
    return sorted(path for path in paths if path.is_file())


def imported_modules(source: str) -> Iterator[str]:
    """Top-level names of the modules that a Python source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def code_of(path: Path) -> str:
    """Python source of a module, or of all code cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")


def test_conda_users_get_the_same_packages_and_bounds():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [e for e in environment["dependencies"] if isinstance(e, str)]
    (pip,) = [e["pip"] for e in environment["dependencies"] if isinstance(e, dict)]

    listed = {CONDA_NAMES.get(name, name): bound for name, bound in bounds(conda).items()}
    python = listed["python"]
    listed = {name: b for name, b in listed.items() if name not in CONDA_ONLY} | bounds(pip)

    assert listed == declared()
    assert python == PYPROJECT["project"]["requires-python"]


def test_the_lock_holds_every_direct_dependency_within_its_bound():
    versions = locked()

    wrong = {
        name: (bound, versions.get(name))
        for name, bound in declared().items()
        if not versions.get(name)
        or not all(Requirement(name + bound).specifier.contains(v) for v in versions[name])
    }
    assert wrong == {}, "pyproject.toml has changed: run `make lock`"


def test_the_lock_holds_pinned_versions_and_hashes_and_nothing_else():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.sub(r"^ *#.*\n", "", text, flags=re.M).replace("\\\n", " ").splitlines()
    pinned = re.compile(r"[\w.-]+==[\w.]+( ; [^:/@]+?)?(\s+--hash=sha256:[0-9a-f]{64})+")

    assert entries
    assert [entry for entry in entries if not pinned.fullmatch(entry.strip())] == []
    assert "/" not in re.sub(r"--hash=\S+", "", text)


def test_whoever_tests_has_what_is_optional_too():
    assert "briefing[cluster,remote]" in PYPROJECT["project"]["optional-dependencies"]["dev"]


def test_what_the_code_imports_is_declared():
    sources = [*(ROOT / "lib").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
    distributions = metadata.packages_distributions()
    runtime = wanted("cluster", "remote")

    undeclared = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in sources
        for module in set(imported_modules(code_of(path))) - sys.stdlib_module_names - {"briefing"}
        if not runtime.keys() & {canonicalize_name(d) for d in distributions.get(module, [])}
    }
    assert undeclared == set()


@pytest.mark.needs("git")
def test_no_file_names_a_package_registry_or_an_index():
    # In pieces, so that this file passes its own test.
    hosts = ["pypi" + ".org", "python" + "hosted.org", "anaconda" + ".org", "anaconda" + ".com"]
    hosts += ["npmjs" + ".org", "npmjs" + ".com", "debian" + ".org", "crates" + ".io"]
    names_one = re.compile(
        "|".join(map(re.escape, hosts)) + r"|(index|find)[-_](url|links)[\s=:\"']+[\w.]*[:/]"
    )

    naming = []
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content and (found := names_one.search(content.decode("utf-8", "replace"))):
            naming.append(f"{path.relative_to(ROOT)}: {found[0]}")
    assert naming == []


@pytest.mark.needs("git")
def test_reports_and_published_pages_are_never_committed_and_code_is_never_ignored():
    private = ["inbox/BC.xlsx", "inbox/a/b.docx", "outputs/2021-08-16/briefing.pdf"]
    kept = ["outputs/.gitkeep", "lib/briefing/sample/data.csv", "params/daily.yaml"]
    answer = subprocess.run(
        ["git", "check-ignore", "--no-index", *private, *kept],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.stdout.split() == private


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_jupyter_nbconvert_knows_the_exporters(form):
    (entry,) = metadata.entry_points(group="nbconvert.exporters", name=f"briefing_{form}")

    assert entry.value == PYPROJECT["project"]["entry-points"]["nbconvert.exporters"][entry.name]
    assert entry.load().__name__ == entry.value.partition(":")[2]


def test_a_built_package_carries_every_file_of_the_library(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])

    package = ROOT / "lib" / "briefing"
    files = {
        p.relative_to(ROOT / "lib").as_posix()
        for p in package.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert files - set(zipfile.ZipFile(wheel).namelist()) == set()


@pytest.mark.needs("make")
def test_make_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: (briefing .+)$", makefile, re.M)

    answer = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True)

    assert targets == [" ".join(re.findall(r"^make ([\w-]+) ", answer.stdout, re.M))]


def test_ci_installs_every_program_that_a_test_may_need(debian_packages):
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (packages,) = re.findall(r"^packages=\((.+)\)$", script, re.M)

    assert set(debian_packages.values()) <= set(packages.split())


@pytest.fixture
def test_that_needs_qpdf(pytester, monkeypatch):
    """A project of one test that needs qpdf, on a machine without any programs."""
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = needs(*commands): programs of the machine")
    pytester.makepyfile("import pytest\n@pytest.mark.needs('qpdf')\ndef test_it(): pass")
    monkeypatch.setenv("PATH", "")
    return pytester


def test_a_missing_program_skips_its_test_and_names_the_package(test_that_needs_qpdf, monkeypatch):
    monkeypatch.delenv("CI", raising=False)

    result = test_that_needs_qpdf.runpytest_inprocess("-rs")

    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines("*qpdf is not on this machine (Debian: apt-get install qpdf)*")


def test_a_missing_program_is_an_error_in_ci(test_that_needs_qpdf, monkeypatch):
    monkeypatch.setenv("CI", "true")

    result = test_that_needs_qpdf.runpytest_inprocess()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines("*.ci/run should have installed it*")
