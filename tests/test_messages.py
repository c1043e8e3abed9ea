"""Every text for people has its translation, with the same places to fill in."""

import ast
import string
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

import click
import nbformat
import pytest
from babel.messages.extract import extract_from_dir

from briefing.catalog import rules
from briefing.language import DEFAULT_LANGUAGE, PARAGRAPH, catalog, language, languages, ones, prose
from briefing.messages import TERMS, Message, _, set_terms

LIB = Path(__file__).parents[1] / "lib" / "briefing"
CLICK = Path(click.__file__).parent
OF_ONE = {"persons": "person", "localities": "locality", "units": "one_unit"}  # of a campaign
OF_AN_OPTION = "required"  # which click has translated without a mark


@cache
def texts_in_code() -> list[tuple[str, int, str]]:
    found = extract_from_dir(LIB, [("**.py", "python")], keywords={"_": None, "Message": None})
    texts = [(file, line, msgid) for file, line, msgid, *_rest in found if isinstance(msgid, str)]
    return texts + [(name, 0, text) for name, text in texts_of_rules()]


def texts_of_click() -> Iterator[str]:
    """What click has translated, in the singular and the plural."""
    found = extract_from_dir(CLICK, [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)})
    for _file, _line, msgid, *_rest in found:
        yield from [msgid] if isinstance(msgid, str) else msgid


def texts_of_rules() -> Iterator[tuple[str, str]]:
    """What the catalogue says of rules, with where it says it."""
    yield from rules.PHRASES.items()
    yield from ((name, rule.label) for name, rule in rules.RULES.items())
    for code, case in rules.CASES.items():
        advice = [case.advice] if isinstance(case.advice, str) else case.advice.values()
        yield from ((code, text) for text in (case.message, case.told, *advice) if text)


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_text_in_the_code_is_translated_into_vietnamese():
    missing = [f"{f}:{n}: {text}" for f, n, text in texts_in_code() if text not in catalog("vi")]

    assert not missing, "\n".join(missing)


def test_a_translation_fills_in_the_same_values_as_its_text():
    """The words of a campaign may be others: “newly {counted}” is “số {act} mới”."""
    words = {form for name in TERMS for form in (name, name.capitalize())}
    differing = [
        text
        for text, said in catalog("vi").items()
        if fields(text) - words != fields(said) - words
        or bool(fields(text) & words) != bool(fields(said) & words)
    ]

    assert not differing


def test_a_text_speaks_in_the_words_of_the_campaign_in_force():
    head = Message("{Counted} so far")
    bluezone = str(head)
    set_terms({"counted": "đã tiêm"})

    assert (bluezone, str(head)) == ("Lũy kế đã cài đặt", "Lũy kế đã tiêm")
    assert str(Message("{Denominator}")) == "Số người thuộc diện"


def test_no_translation_is_left_of_a_text_that_the_code_no_longer_has():
    templates = "".join(path.read_text("utf-8") for path in LIB.rglob("templates/*"))
    known = {*(text for _f, _n, text in texts_in_code()), *texts_of_click(), OF_AN_OPTION}
    known |= paragraphs_in_code()

    assert not [t for t in catalog("vi") if t not in known and f'"{t}"' not in templates]


def paragraphs_in_code() -> set[str]:
    """Every text between quotes, and every paragraph of it, without its line ends."""
    return {
        " ".join(paragraph.split())
        for path in LIB.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for paragraph in node.value.split("\n\n")
    }


def test_a_text_comes_in_the_language_asked_for():
    with language("en"):
        assert _("on time") == "on time"
    with language("vi"):
        assert _("on time") == "đúng hạn"


def test_a_message_holds_another_message_and_survives_being_stored():
    inner = Message("on time")
    outer = Message("{fault}; {outcome}", {"fault": inner, "outcome": inner})
    stored = {
        "msgid": outer.msgid,
        "values": {name: {"msgid": inner.msgid, "values": {}} for name in outer.values},
    }

    assert str(Message.from_record(stored)) == "đúng hạn; đúng hạn"


def test_a_day_in_a_message_is_written_as_the_language_does_it_also_after_being_stored():
    day = Message.of_day(date(2021, 8, 15))
    stored = Message.from_record(asdict(Message("by {day}", {"day": day})))

    assert str(stored) == "đến hết ngày 15/8/2021"
    with language("en"):
        assert str(stored) == "by 15 Aug 2021"


def test_a_text_that_params_give_in_each_language_is_said_in_that_of_the_page():
    text = Message("by {day}", {"day": Message.of_each(vi="tiêm vắc xin", en="vaccination")})
    stored = Message.from_record(asdict(text))

    assert "tiêm vắc xin" in str(stored)
    with language("en"):
        assert str(stored) == "by vaccination"


def test_english_says_one_of_a_thing_in_the_singular():
    with language("en"):
        assert _("{n} rows", n=1) == "1 row" and _("{n} rows", n=21) == "21 rows"
        assert _("{n} rows", n="−1") == "−1 row"
    assert _("{n} rows", n=1) == "1 dòng"


def test_what_is_said_of_one_belongs_to_a_text_of_the_code_and_fills_in_its_values():
    in_code = {text for _f, _n, text in texts_in_code()}

    for (text, name), said in ones("en").items():
        assert text in in_code and name in fields(text)
        assert {OF_ONE.get(n, n) for n in fields(text)} == {OF_ONE.get(n, n) for n in fields(said)}


@pytest.mark.parametrize("code", languages())
def test_every_language_has_a_catalog_that_can_be_read(code):
    assert isinstance(catalog(code), dict)


def test_a_whole_number_in_a_text_is_grouped_as_the_language_does_it():
    text = Message("the row of totals says {total}, the rows add up to {sum}; the rows are taken")
    filled = Message(text.msgid, {"total": 3156, "sum": 4308})

    assert "3.156" in str(filled) and "4.308" in str(filled)
    with language("en"):
        assert "3,156" in str(filled)


NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def paragraphs() -> set[str]:
    """Every paragraph of Markdown in the notebooks, and each comment of their parameters."""
    cells = [
        cell
        for path in NOTEBOOKS.glob("*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
    ]
    comments = (
        line.partition("  # ")[2]
        for cell in cells
        if "parameters" in cell.metadata.get("tags", ())
        for line in cell.source.splitlines()
    )
    said = (cell.source.split(PARAGRAPH) for cell in cells if cell.cell_type == "markdown")
    return {*comments, *(part for parts in said for part in parts)}


@pytest.mark.parametrize("code", [c for c in languages() if c != DEFAULT_LANGUAGE])
def test_what_the_notebooks_say_is_translated_and_nothing_else(code):
    assert set(catalog(code)) == paragraphs()


def test_the_prose_of_a_notebook_comes_in_the_language_asked_for():
    text = "## Từng đơn vị\n\nNhận xét của tôi."

    assert prose(text, "en") == "## Each unit\n\nNhận xét của tôi."
    assert prose(text, "vi") == text
