"""The formulas of a sheet's XML (.xlsx) that were saved without a value, or with a value of 0."""

from __future__ import annotations

import re
from html import unescape

from briefing.intake.opening.grids import column_letters
from briefing.intake.opening.surveys import Formula, Place
from briefing.intake.opening.xlsx_cells import cells_of

END = rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*+"  # of a formula
ZERO = rb"0?(?:\.0*+)?"
NO_VALUE = re.compile(END + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*+(" + ZERO + rb")\s*+</|</)")
SOME_VALUE = re.compile(END + rb"<(?:\w+:)?v>(?!\s*+" + ZERO + rb"\s*+<)")
FORMULA = re.compile(rb"<(?:\w+:)?f\b([^<>]*?)(?:/>|>([^<]*)<)")
SHARED = re.compile(rb'\bt="shared"')
NUMBER_OF_SHARED = re.compile(rb'\bsi="(\d+)"')
NO_NUMBER = re.compile(rb'\bt="(?:str|b|e|s|inlineStr)"')  # a text may rightly be empty
Master = tuple[str, str]  # a formula shared by several cells, and the cell that it is written for


def formulas_of(xml: bytes, prefix: bytes) -> tuple[dict[Place, Formula], bool]:
    """The formulas to be looked at, and whether any other of the sheet has a value."""
    if not NO_VALUE.search(xml):
        return {}, True
    found: dict[Place, Formula] = {}
    masters: dict[bytes, Master] = {}
    for row, column, attributes, inside in cells_of(xml, prefix):
        formula = FORMULA.search(inside)
        if not formula:
            continue
        text = unescape((formula[2] or b"").decode("utf-8", "replace")).strip()
        if SHARED.search(formula[1]) and (number := NUMBER_OF_SHARED.search(formula[1])):
            at = f"{column_letters(column)}{row + 1}"
            if text:
                masters[number[1]] = text, at
            else:
                text = _moved(masters.get(number[1]), at)
        if (without := NO_VALUE.search(inside + b"</")) and not NO_NUMBER.search(attributes):
            found[row, column] = Formula(text or "…", 0.0 if without[1] else None)
    return found, bool(SOME_VALUE.search(xml))


def _moved(master: Master | None, to: str) -> str:
    """A shared formula as it reads in another of its cells."""
    if master is None:
        return ""
    from openpyxl.formula.translate import Translator, TranslatorError  # heavy, for few files

    try:
        text = Translator(f"={master[0]}", master[1]).translate_formula(to)
    except (TranslatorError, ValueError):
        return ""
    return text.removeprefix("=")
