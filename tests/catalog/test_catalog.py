"""Each fact of codes, figures and tables stands once, and everything that is published has one."""

import ast
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from briefing.catalog import codes
from briefing.catalog.codes import Code
from briefing.catalog.figures import DTYPES, FIGURES, NUMBERS, OF_TABLE, dtypes
from briefing.catalog.lineage import DERIVED, LEAVES, OF_BODY, RULES
from briefing.catalog.tables import COLUMNS, TABLES

LIB = Path(__file__).parents[2] / "lib" / "briefing"
VOCABULARIES = {
    name: own
    for name, own in vars(codes).items()
    if isinstance(own, dict) and all(isinstance(code, Code) for code in own.values())
}


def test_every_column_of_a_published_table_has_its_entry():
    missing = {(t, c) for t, columns in COLUMNS.items() for c in columns if c not in FIGURES}

    assert not missing


def test_no_entry_is_left_of_a_column_that_nothing_publishes():
    published = {column for columns in COLUMNS.values() for column in columns}
    of_charts = {"in_doubt", "due", "findings", "short_label", "tile_row", "tile_col"}

    assert not set(FIGURES) - published - of_charts


def test_what_a_table_says_of_its_own_column_is_of_a_column_that_it_has():
    assert all(column in COLUMNS[table] for table, column in OF_TABLE)


def test_no_column_stands_twice_in_a_table():
    assert all(len(set(columns)) == len(columns) for columns in COLUMNS.values())


def test_no_column_is_wider_than_those_that_name_its_row():
    assert all(0 < table.named <= 4 < len(table.columns) for table in TABLES.values())


def test_every_code_has_one_wording_among_the_vocabularies_of_statuses():
    """A word may be said of two codes of different vocabularies, a code of one only in one way."""
    for name, own in VOCABULARIES.items():
        labels = [str(code) for code in own.values()]
        assert len(set(labels)) == len(labels), name


def test_a_second_wording_of_codes_stands_nowhere():
    again = [
        f"{path.relative_to(LIB)}:{node.lineno}"
        for path in LIB.rglob("*.py")
        if path.parent.name != "catalog"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict) and any(map(partial(_words, node), VOCABULARIES.values()))
    ]

    assert not again


def _words(node: ast.Dict, own: Mapping[str, Code]) -> bool:
    """Whether a literal says two codes of one vocabulary; sentences with values are no wording."""
    said = {
        key.value
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and (texts := _texts(value)) and "{" not in texts[0]
    }
    return len(said & own.keys()) > 1


def _texts(value: ast.expr) -> list[str]:
    """The English texts that a literal of words holds: `Message(…)`, `_(…)`, or a tuple of them."""
    calls = [node for node in ast.walk(value) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name)]
    words = [call.args[0] for call in named if call.func.id in ("Message", "_") and call.args]
    return [text.value for text in words if isinstance(text, ast.Constant)]


@pytest.mark.parametrize("kind", sorted({figure.kind for figure in FIGURES.values()}))
def test_every_kind_of_values_has_a_type(kind):
    assert kind in DTYPES or kind == "moment"


def test_a_number_is_written_as_its_kind_is():
    assert FIGURES["denominator"].shown(10_130) == "10.130"
    assert FIGURES["coverage"].shown(0.4863) == "48,63%"
    assert FIGURES["pace_observed"].shown(1214.26) == "1.214,3"
    assert set(NUMBERS) == {"count", "share", "points", "pace"}


def test_the_head_of_a_difference_of_rates_names_its_unit():
    assert FIGURES["coverage_change"].heading.endswith("(điểm phần trăm)")
    assert FIGURES["qr_code"].heading == "Mã QR"


def test_types_of_a_table_follow_from_its_columns():
    frame = pd.DataFrame([{"numerator_needed": 3, "gap": 0.5, "standing": "open", "fell": None}])

    typed = frame.astype(dtypes(frame))

    assert [*map(str, typed.dtypes)] == ["Int64", "Float64", "string", "boolean"]


def test_every_formula_is_worked_out_by_a_rule_from_columns_of_its_own_table():
    for table, formulas in (("units", DERIVED), ("whole", DERIVED), ("bodies", OF_BODY)):
        for column, formula in formulas.items():
            assert column in COLUMNS[table]
            assert not formula.rule or formula.rule in RULES
            assert {*formula.parts} <= {*COLUMNS[table], "body_reporting.target"}


def test_a_rule_works_a_value_out_or_is_a_leaf():
    assert not set(RULES) & set(LEAVES)
    assert RULES["needed"].work([0.6, 10_130, 4_926]) == 1_152  # 6,078 people, less those
    assert RULES["needed"].work([0.6, 10_131, 4_926]) == 1_153  # 6,078.6: rounded up
    assert RULES["needed"].work([0.6, 100, 61]) == 0
    assert RULES["pace"].work([1_500, 900, 3]) == 200
    assert RULES["mean"].work([100, 50, 3]) == 50
    assert RULES["place"].work([0.9, 0.8]) == 3
    assert [RULES["spread"].work([7, 3, nth]) for nth in (1, 2, 3)] == [2, 2, 3]


def test_every_number_has_a_unit_and_nothing_else_has_one():
    units = {name: FIGURES[name].unit for name in ("numerator_new", "coverage", "pace_required")}

    assert units == {"numerator_new": "person", "coverage": "1", "pace_required": "person/day"}
    assert (FIGURES["rows_used"].unit, FIGURES["days_left"].unit) == ("row", "d")
    assert all(bool(figure.unit) == (figure.kind in NUMBERS) for figure in FIGURES.values())


def test_no_status_before_its_deadline_and_no_outcome_before_its_figure_is_a_fault():
    open_ones = codes.STATUS["not_due"], codes.OUTCOME["waiting"], codes.OUTLOOK["unknown"]

    assert {code.tone for code in open_ones} == {"muted"}
