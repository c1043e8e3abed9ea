"""How the modules of the library hang together, read from their import statements."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

LIB = Path(__file__).parents[1] / "lib"


def modules(root: Path) -> dict[str, Path]:
    """Every module and package below a folder, by its dotted name."""
    paths = {path.relative_to(root).with_suffix("").parts: path for path in root.rglob("*.py")}
    return {
        ".".join(parts[:-1] if parts[-1] == "__init__" else parts): path
        for parts, path in paths.items()
    }


def imported(tree: ast.AST) -> Iterator[str]:
    """What import statements name, wherever they stand: in functions and for types alone too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def graph(root: Path) -> dict[str, set[str]]:
    """Module → the modules that it imports; a name that is none is of the module before its dot.

    An import runs the packages around a module as well, but for those that the importing module
    lies in itself.
    """
    known = modules(root)
    out: dict[str, set[str]] = {}
    for name, path in known.items():
        out[name] = set()
        for target in imported(ast.parse(path.read_text(encoding="utf-8"))):
            module = target if target in known else target.rpartition(".")[0]
            pieces = module.split(".")
            around = {".".join(pieces[:n]) for n in range(1, len(pieces))}
            around = {package for package in around if not f"{name}.".startswith(f"{package}.")}
            out[name] |= ({module} | around) & known.keys() - {name}
    return out


def test_no_module_imports_itself_by_way_of_others():
    TopologicalSorter(graph(LIB)).prepare()  # a CycleError names the modules of a circle


def room(module: str) -> str:
    """The room of a module; of one that lies in none the module itself."""
    return ".".join(module.split(".")[:2])


def test_no_two_rooms_import_each_other():
    arrows = {(room(one), room(other)) for one, others in graph(LIB).items() for other in others}

    assert {(a, b) for a, b in arrows if a < b and (b, a) in arrows} == set()


@pytest.mark.parametrize(
    "there", ["import p.b", "from p import b", "from p.b import x", "def f():\n    from p import b"]
)
def test_a_circle_is_found_however_it_is_written(tmp_path, there):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "__init__.py").write_text("")
    (tmp_path / "p" / "a.py").write_text(there)
    (tmp_path / "p" / "b.py").write_text("from p.a import f")

    with pytest.raises(CycleError, match="cycle") as found:
        TopologicalSorter(graph(tmp_path)).prepare()

    assert set(found.value.args[1]) == {"p.a", "p.b"}


def test_what_a_package_imports_for_others_is_part_of_the_graph(tmp_path):
    for package in ("p", "q"):
        (tmp_path / package).mkdir()
    (tmp_path / "p" / "__init__.py").write_text("from p import a")
    (tmp_path / "p" / "a.py").write_text("from q import b")
    (tmp_path / "p" / "c.py").write_text("")
    (tmp_path / "q" / "__init__.py").write_text("")
    (tmp_path / "q" / "b.py").write_text("from p.c import x")

    with pytest.raises(CycleError):
        TopologicalSorter(graph(tmp_path)).prepare()


LATE = {
    "briefing.arrow": (2, "pyarrow, which check does without; Parquet, which few days need"),
    "briefing.cli.first_run": (1, "what writes a sample, for a first run"),
    "briefing.cli.making": (2, "rich, where a person watches in a terminal"),
    "briefing.cli.status": (1, "all that makes a day, where one is watched"),
    "briefing.documents.block": (1, "templates, where a block is shown"),
    "briefing.documents.blocks": (1, "IPython, in a kernel"),
    "briefing.documents.fonts": (1, "fontTools, where the machine has a font of its own"),
    "briefing.documents.lines": (2, "fontTools, once on a machine"),
    "briefing.intake.labels.pictures": (1, "Pillow and zxing-cpp, for files with pictures"),
    "briefing.intake.parsers.places": (1, "rapidfuzz, for what is misspelt"),
    "briefing.intake.readers.compound": (1, "olefile, for files of old Office"),
    "briefing.intake.readers.seen": (1, "openpyxl, for the few files with formulas"),
    "briefing.intake.readers.xlsx_sheets": (1, "openpyxl, for the few files with formulas"),
    "briefing.intake.sandbox.pool": (1, "psutil, where there is no fork"),
    "briefing.locale.pack": (2, "pydantic, which --help does without; phonenumbers, few countries"),
    "briefing.params.roster": (1, "pandas, which status and check do without"),
    "briefing.register.store": (1, "what parses, where something is new"),
    "briefing.remote": (1, "what speaks with stores, where a folder is given by a URL"),
    "briefing.remote.store": (2, "fsspec and paramiko, which need not be installed"),
    "briefing.run.ingest": (1, "what parses, where something is new"),
    "briefing.run.standing": (1, "what builds days, where one is not kept yet"),
}
"""Module → how many import statements stand in its functions, and what for."""


def imports_inside_functions(path: Path) -> int:
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = (node for node in ast.walk(tree) if isinstance(node, functions))
    statements = {inner for node in inside for inner in ast.walk(node)
                  if isinstance(inner, ast.Import | ast.ImportFrom)}  # fmt: skip
    return len(statements)


def test_what_a_function_imports_has_a_reason_and_all_else_stands_at_the_top():
    found = {name: imports_inside_functions(path) for name, path in modules(LIB).items()}

    assert {name: n for name, n in found.items() if n} == {name: n for name, (n, _) in LATE.items()}
