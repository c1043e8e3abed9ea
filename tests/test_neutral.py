"""No word of a campaign, a country or a level stands in the program: they come from params, packs
and starters, so that the next campaign is a folder."""

from __future__ import annotations

import io
import json
import re
import tokenize
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIB = ROOT / "lib" / "briefing"
READ = {".py", ".yaml", ".csv", ".typ", ".css", ".js", ".html", ".md", ".ipynb"}
SPOKEN = ("locale", "starters")  # rooms of the words of languages, offices and campaigns
WORDS = re.compile(
    r"install[a-z]*|smartphones?|bluezone|vneid|owners|communes?|wards?|hamlets?|towns?|districts?"
    r"|provinces?|agenc(?:y|ies)|households?|vaccin[a-z]*|doses?|mau0[12]|zalo|kilifi"
    r"|xã|phường|thôn|huyện|tỉnh|việt"
)
CITED = re.compile(r"“[^”]*”|\"[^\"]*\"")  # in comments: what an office writes, as an example
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")
A_VIETNAMESE_LETTER = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I
)
EXCEPT = {  # file → words that may stand in it, and why
    "params/earlier.yaml": (WORDS, "what folders of before mean by what they leave out"),
    "forms/letter.yaml": (WORDS, "printed forms, in Vietnamese"),
    "forms/letter.en.yaml": (WORDS, "printed forms, in English"),
    "cli/trace.py": ("hamlet", "an option that users know; --place is the same"),
    "cli/sample.py": ("communes", "an option that users know; --units is the same"),
    "cli/making.py": ("install|installed", "a program is installed"),
    "run/dask_cluster.py": ("install|installed", "a program is installed"),
    "remote/store.py": ("install|installed", "a program is installed"),
    "params/run.py": ("installed", "a program is installed"),
    "run/pages.py": ("installed", "a program is installed"),
    "intake/readers/old_word.py": ("installation", "a folder of LibreOffice's own"),
    "intake/labels/photos.py": ("owners", "whose a photo is"),
    "intake/detection/shares.py": ("owners", "whose a row is"),
    "intake/chat/linking.py": ("smartphone", "words that messages of one language join by"),
    "tables/nowcast.py": ("vaccine|doses", "names the data that the prior is of"),
    "tables/projection.py": ("vaccine|doses", "names the data that the prior is of"),
}  # fmt: skip
LETTERS = {  # file → why code in it has letters of Vietnamese
    "writing.py": "signs that a console may lack",
    "formats.py": "how dates are written in the language of pages",
    "params/roster.py": "folds a letter that Unicode does not take apart",
    "sample/words.py": "folds a letter that Unicode does not take apart",
    "documents/lines.py": "folds a letter that Unicode does not take apart",
    "documents/fonts.py": "letters that a font has to have",
    "intake/readers/encodings.py": "letters of old encodings",
    "intake/readers/pages.py": "numbers of pages, in the languages of offices",
    "intake/readers/mail.py": "what mail programs put before a subject",
    "intake/chat/messages.py": "how a day is said in a message",
    "intake/chat/figures.py": "thousands in words",
    "intake/chat/pieces.py": "how messages begin",
    "forms/daily_workbook.py": "the hidden sheet of a printed form",
}


def files() -> Iterator[Path]:
    for path in sorted([*LIB.rglob("*"), *(ROOT / "notebooks").glob("*.ipynb")]):
        inside = path.relative_to(LIB).parts if path.is_relative_to(LIB) else ()
        if path.is_file() and path.suffix in READ and not {*inside[:1]} & {*SPOKEN}:
            yield path


def name(path: Path) -> str:
    return path.relative_to(LIB if path.is_relative_to(LIB) else ROOT).as_posix()


def path_of(file: str) -> Path:
    return (ROOT if file.startswith("notebooks/") else LIB) / file


def source(path: Path) -> str:
    """What it says, without what comments and docstrings cite; of a notebook, its code."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    return without_cited(text) if path.suffix == ".py" else text


def without_cited(code: str) -> str:
    lines = code.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    out, last, before = [], 0, tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        is_text = token.type == tokenize.STRING and before in (
            tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT,
        )  # fmt: skip
        if is_text or token.type == tokenize.COMMENT:
            begin, end = (starts[row - 1] + column for row, column in (token.start, token.end))
            out += [code[last:begin], CITED.sub("", token.string.strip('"'))]
            last = end
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            before = token.type
    return "".join([*out, code[last:]])


def words_of(text: str) -> Iterator[str]:
    for word in re.findall(r"\w+", text):
        yield from (part.lower() for part in PARTS.findall(word))
        yield word.lower()


def found_in(path: Path) -> set[str]:
    allowed = EXCEPT.get(name(path), ("", ""))[0] or "(?!)"
    return {
        word
        for word in words_of(source(path))
        if WORDS.fullmatch(word) and not re.fullmatch(allowed, word)
    }


def test_no_word_of_a_campaign_a_country_or_a_level_stands_in_the_program():
    found = {name(path): words for path in files() if (words := found_in(path))}

    assert found == {}


@pytest.mark.parametrize("file", EXCEPT)
def test_what_is_excepted_is_still_there(file):
    allowed, _why = EXCEPT[file]

    assert any(re.fullmatch(allowed, word) for word in words_of(source(path_of(file))))


def lettered(path: Path) -> list[str]:
    """Texts in code with letters of Vietnamese, docstrings and comments left out."""
    code, before, found = path.read_text(encoding="utf-8"), tokenize.NEWLINE, []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        is_text = before in (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)
        letters = A_VIETNAMESE_LETTER.search(unicodedata.normalize("NFC", token.string))
        if token.type == tokenize.STRING and letters and not is_text:
            found.append(f"{name(path)}:{token.start[0]}")
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            before = token.type
    return found


def test_no_code_has_letters_of_vietnamese_but_where_it_is_said_why():
    each = [path for path in files() if path.suffix == ".py" and name(path) not in LETTERS]

    assert [place for path in each for place in lettered(path)] == []


@pytest.mark.parametrize("file", LETTERS)
def test_letters_that_are_excepted_are_still_there(file):
    assert lettered(LIB / file)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("installs_cumulative = 3", {"installs"}),
        ("class AgencyReport: ...", {"agency"}),
        ("x = 'per_hamlet'", {"hamlet"}),
        ('"""Counts, as in “Xã A: 5”."""', set()),
        ("y = '“Xã A”'", {"xã"}),
        ("forward = toward = backward", set()),
    ],
)  # fmt: skip
def test_words_are_found_inside_identifiers_and_not_in_what_is_cited(text, words):
    assert {w for w in words_of(without_cited(text + "\n")) if WORDS.fullmatch(w)} == words
