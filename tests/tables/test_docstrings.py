"""Every public function of the analysis says what its figures mean."""

import ast
from pathlib import Path

import pytest

import briefing.tables

ROOM = Path(briefing.tables.__file__).parent
SOURCED = (
    "coverage", "bodies", "pace", "reporting", "selection", "resolution", "anomalies",
    "follow_up", "goals", "headline", "denominators", "projection", "nowcast",
)  # fmt: skip
"""Modules that say what a published figure means, by the letter or by the product's own rule."""


def undocumented(source: str) -> list[str]:
    """Public functions and classes of a module that have no docstring, in order."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


def test_a_public_function_without_a_docstring_is_found():
    assert undocumented("def rate():\n    return 1\n\ndef _own():\n    return 2\n") == ["rate"]


def test_every_public_function_of_the_analysis_says_what_it_gives():
    modules = sorted(ROOM.rglob("*.py"))
    lacking = {
        str(path.relative_to(ROOM)): names
        for path in modules
        if (names := undocumented(path.read_text(encoding="utf-8")))
    }

    assert len(modules) > 50
    assert lacking == {}


@pytest.mark.parametrize("module", SOURCED)
def test_what_a_figure_means_is_said_with_the_source_that_says_so(module):
    functions = ast.parse((ROOM / f"{module}.py").read_text(encoding="utf-8")).body
    told = [
        ast.get_docstring(node) or "" for node in functions if isinstance(node, ast.FunctionDef)
    ]

    assert any("\nSource:\n" in text for text in told)
