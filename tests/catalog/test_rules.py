"""Each rule of findings stands once: its cases, words, and what it counts as; and all are used."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.catalog.rules import (
    CASES,
    FOLDER,
    PHRASES,
    RULES,
    TRAITS,
    advised,
    asked,
    cited,
    label,
    sender_message,
    with_trait,
)
from briefing.intake.submission import Finding
from briefing.params import Campaign
from tests.catalog.rules_page import PAGE, ROOT, page

LIB = Path(__file__).parents[2] / "lib" / "briefing"
NUMBERS = Path(__file__).with_name("rule_numbers.csv")
SOURCES = {
    path: ast.parse(path.read_text("utf-8"))
    for path in LIB.rglob("*.py")
    if FOLDER not in path.parents
}
MAKES = {"Finding", "InboxFinding", "IntakeError"}  # of a case, their first argument
CODE = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


def _strings(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def _named(call: ast.Call) -> str:
    return getattr(call.func, "id", "")


def _given(argument: ast.expr) -> Iterator[str]:
    """The texts that an argument may be."""
    if isinstance(argument, ast.IfExp):
        yield from (*_given(argument.body), *_given(argument.orelse))
    elif isinstance(argument, ast.Constant):
        yield argument.value


def test_a_finding_of_a_case_that_the_catalogue_does_not_have_cannot_be_made():
    with pytest.raises(KeyError, match="phone_too_long"):
        Finding("phone_too_long", "Sheet1!D14")
    with pytest.raises(KeyError, match=r"phone_invalid"):
        Finding("phone_invalid", "Sheet1!D14")  # which of its cases?


def test_every_case_that_the_code_names_is_in_the_catalogue():
    calls = [n for tree in SOURCES.values() for n in ast.walk(tree) if isinstance(n, ast.Call)]
    made = [call for call in calls if _named(call) in MAKES]
    given = [text for call in made if call.args for text in _given(call.args[0])]
    alone = {text for tree in SOURCES.values() for text in _strings(tree) if CODE.fullmatch(text)}
    alone = {text for text in alone if text.partition(".")[0] in RULES}

    assert len(given) > 60
    assert not {*given, *alone} - CASES.keys()


def test_every_case_of_the_catalogue_is_used():
    said = {text for tree in SOURCES.values() for text in _strings(tree)}

    assert not set(CASES) - said


def test_every_phrase_is_used():
    said = {text for tree in SOURCES.values() for text in _strings(tree)}

    assert not set(PHRASES) - said


def test_a_second_wording_of_a_rule_stands_nowhere():
    """No literal says what the catalogue says, or words two rules by their names."""
    texts = {case.message for case in CASES.values()} | {advised(code) for code in CASES}
    texts |= {rule.label for rule in RULES.values()}
    again = [
        f"{path.relative_to(LIB)}: {text}"
        for path, tree in SOURCES.items()
        for text in _strings(tree)
        if text in texts
    ]
    words = [
        f"{path.relative_to(LIB)}:{node.lineno}"
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict) and len(_worded(node) & RULES.keys()) > 1
    ]

    assert not again + words


def _worded(node: ast.Dict) -> set[str]:
    """The keys of a literal whose values are words: `Message(…)`, `_(…)`, or a tuple with them."""
    return {
        key.value
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
        and any(isinstance(n, ast.Call) and _named(n) in ("Message", "_") for n in ast.walk(value))
    }


def test_no_two_rules_are_said_alike():
    said = [str(label(name)) for name in RULES]

    assert len(said) == len(set(said)) > 70
    assert str(label("phone_invalid")) == "số điện thoại không hợp lệ"
    assert label("of_another_version") == "of_another_version"


def test_no_two_cases_of_a_rule_are_the_same():
    known = [
        (case.rule, case.message, str(case.advice), case.severity, case.told)
        for case in CASES.values()
    ]

    assert len(known) == len(set(known))


def test_every_case_says_what_is_wrong_and_what_to_do():
    assert not [code for code in CASES if not (CASES[code].message and advised(code))]


def test_every_trait_is_one_of_the_known_and_holds_of_some_rule():
    assert {trait for rule in RULES.values() for trait in rule.traits} == set(TRAITS)
    with pytest.raises(KeyError, match="odd"):
        with_trait("odd")


def test_what_is_advised_to_the_analyst_is_put_to_the_sender_in_his_own_words():
    to_the_analyst = [
        code
        for code in CASES
        if advised(code).startswith(
            ("Ask the unit", "Ask the body ", "Ask both", "Remind the unit")
        )
        or (advised(code).startswith("Check") and "params/" in advised(code))
    ]

    assert len(to_the_analyst) > 20
    assert not [code for code in to_the_analyst if asked(code) is None]
    assert str(asked("number_approximate.estimate")) == "Ghi số chính xác."
    assert asked("phone_invalid.row") is None  # says so to the sender already


def test_whose_phone_it_is_too_is_not_told():
    said = str(sender_message("phone_in_two_units.one"))

    assert "{" not in said
    assert said == str(sender_message("phone_in_two_units.several"))


def test_a_number_once_given_to_a_rule_stays_its_own():
    """A new rule is a line below the others; one that is taken out leaves its line there."""
    lines = [*csv.DictReader(NUMBERS.read_text("utf-8").splitlines())]
    given = {line["number"]: line["rule"] for line in lines}

    assert len(given) == len(lines) == len({*given.values()})
    assert {RULES[name].number: name for name in RULES}.items() <= given.items()
    assert len({rule.number for rule in RULES.values()}) == len(RULES)


def test_a_number_begins_with_the_letter_of_its_family():
    letters = {(rule.family, rule.number[0]) for rule in RULES.values()}

    assert len(letters) == len(dict(letters)) == len({letter for _family, letter in letters})
    assert all(re.fullmatch(r"[A-Z][1-9][0-9]*", rule.number) for rule in RULES.values())


def test_what_is_said_of_a_finding_bears_the_number_of_its_rule():
    assert cited("phone_invalid", "Số sai") == f"Số sai\xa0[{RULES['phone_invalid'].number}]"
    assert cited("of_another_version", "odd") == "odd"


def test_the_page_of_the_rules_says_what_the_catalogue_says():
    made = page(Campaign.load(ROOT / "params"))

    assert PAGE.read_text("utf-8") == made, "run: make rules"
    for rule in RULES.values():
        assert f"\n### {rule.number}\n" in made and f"(#{rule.number.lower()})" in made
