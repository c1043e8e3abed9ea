"""How the modules of the library hang together, read from their import statements."""

import ast
from collections.abc import Iterator
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


OF_A_KIND_OF_FILE = "loaded with the first file of its kind"
OF_DOCUMENTS = "loaded with the first document or picture that is written"
LATE = {
    "pandas": "status and check do without, and are done before it is loaded",
    "pyarrow": "check does without",
    "babel": "an English run does without",
    "phonenumbers": "a country whose own plan is data here does without",
    "rich": "commands that make nothing have no bar",
    "dask": "need not be installed",
    "fsspec": "need not be installed",
    "paramiko": "need not be installed",
    "distributed": "need not be installed",
    "IPython": "only a kernel shows what a cell displays",
    **dict.fromkeys(
        ["PIL", "cssselect2", "lxml", "olefile", "openpyxl", "pdfminer", "pdfplumber",
         "python_calamine", "rapidfuzz", "tinycss2", "zxingcpp"], OF_A_KIND_OF_FILE
    ),
    **dict.fromkeys(["fontTools", "jinja2", "markupsafe", "mistune", "typst"], OF_DOCUMENTS),
    "briefing": "see OWN_LATE",
}  # fmt: skip
OWN_LATE = {
    "briefing.cli": "a command loads what it needs, and --help nothing of it",
    "briefing.correspondence.sending": "a return needs the writer of its own format",
    "briefing.documents.block": "templates, where a block is shown",
    "briefing.formats": "the locale pack, which --help does without",
    "briefing.intake.readers.seen": "openpyxl, for the few files with formulas",
    "briefing.intake.readers.word_objects": "files in files: what opens them leads here",
    "briefing.intake.sandbox.pool": "where there is no fork",
    "briefing.register.store": "what parses, where something is to be parsed",
    "briefing.sample": "what writes a sample; whether figures are made up is asked without",
    "briefing.remote": "what speaks with stores, where a folder is given by a URL",
    "briefing.run.day": "what builds days, where one is not kept yet",
    "briefing.run.day_store": "what builds days, where one is not kept yet",
    "briefing.run.ingest": "what reads, where something is new",
}


def imported_inside_functions(path: Path) -> set[str]:
    """What the functions of a module import when they are called."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in ast.walk(tree) if isinstance(node, functions)
            for name in imported(node)}  # fmt: skip


def test_what_a_function_imports_has_a_reason_and_all_else_stands_at_the_top():
    found = {name: imported_inside_functions(path) for name, path in modules(LIB).items()}
    libraries = {target.split(".")[0] for names in found.values() for target in names}
    own = {
        "briefing.cli" if name.startswith("briefing.cli.") else name
        for name, names in found.items()
        if any(target.startswith("briefing.") for target in names)
    }

    assert libraries == LATE.keys()
    assert own == OWN_LATE.keys()
