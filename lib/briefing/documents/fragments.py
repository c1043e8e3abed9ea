"""A block as a piece of HTML, one and the same for the page and for JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from briefing.catalog.codes import SIGNS
from briefing.documents import svg
from briefing.messages import _
from briefing.own_files import KEPT, may_keep

TEMPLATES = Path(__file__).parent / "templates"

SENTENCE = 55
"""Letters: a longer text in a cell is a sentence, too long for a column of a phone."""

PHONE = 3
"""Columns that a phone shows side by side."""

CARDS = 100
"""Rows that are cards on a phone: of more nobody finds his own, and a table scrolls faster."""

ROWS_AS_TEXT = 10
"""Rows of a table that its words hold, where there is no HTML; as many again are not kept twice."""

TABLES = ("table", "strip")

LINE = (38, 10)
"""Width and height of the small line of a strip's row."""

Json = dict[str, Any]

_NOT_WORDS = frozenset({"block", "svg", "id", "tone", "lang", "date", "author", "subject"})


@cache
def environment() -> Any:
    """Jinja with autoescape on and undefined names refused."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=_Compiled(str(KEPT)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters["drawing"] = lambda figure: Markup(svg.clean(figure["svg"], figure["id"]))
    jinja.filters["row_header"] = row_header
    jinja.filters["is_wordy"] = is_wordy
    jinja.filters["is_bare"] = is_bare
    jinja.filters["ended"] = ended
    jinja.filters["halves"] = halves
    jinja.globals["labels"] = labels
    jinja.globals["signs"] = SIGNS
    return jinja


class _Compiled(FileSystemBytecodeCache):
    """Templates compiled, beside the modules that are, and made anew only where modules are."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        if may_keep(KEPT):
            super().dump_bytecode(bucket)


@cache
def asset(name: str) -> str:
    """The text of a style sheet or script of the templates."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def html(block: Json) -> str:
    """The HTML of one block, with every text escaped."""
    module = environment().get_template("blocks.html.j2").module
    return str(getattr(module, block["block"])(block))


def for_notebook(block: Json) -> str:
    """The same with a small style of its own, for an output of JupyterLab."""
    return f'<style>{asset("notebook.css")}</style><div class="briefing">{html(block)}</div>'


def row_header(table: Json) -> int:
    """Index of the column that names the row: the first that is aligned left."""
    aligned = [n for n, column in enumerate(table["columns"]) if column["align"] == "left"]
    return aligned[0] if aligned else 0


def is_bare(table: Json) -> bool:
    """Whether only its note is shown: a head without rows says nothing."""
    return not table["rows"] and bool(table["note"])


def is_wordy(table: Json) -> bool:
    """Whether a phone has no room for its columns side by side: its rows are cards there."""
    if len(table["columns"]) > PHONE and len(table["rows"]) <= CARDS:
        return True
    names = row_header(table)
    cells = (cell for row in table["rows"] for n, cell in enumerate(row) if n != names)
    return any(len(cell["text"]) > SENTENCE for cell in cells)


def halves(strip: Json) -> list[Json]:
    """The two tables that a strip is shown as, each row with its line."""
    drawn = drawn_lines(strip["lines"])
    middle = -(-len(drawn) // 2)
    cut = [slice(0, middle), slice(middle, None)]
    return [{**strip, "rows": strip["rows"][part], "drawn": drawn[part]} for part in cut]


def drawn_lines(lines: Sequence[Sequence[float | None]]) -> list[list[list[tuple[float, float]]]]:
    """Each line as runs of points without a gap, in a box of `LINE` units.

    Each begins at its own lowest value, and all rise on one scale: the steepest fills its box.
    """
    wide, tall = LINE
    known = [[value for value in line if value is not None] for line in lines]
    spread = max((max(line) - min(line) for line in known if line), default=0.0) or 1.0
    drawn = []
    for line in lines:
        low = min((value for value in line if value is not None), default=0.0)
        step = wide / max(len(line) - 1, 1)
        runs: list[list[tuple[float, float]]] = [[]]
        for place, value in enumerate(line):
            if value is None:
                runs.append([])
            else:
                height = tall - tall * (value - low) / spread
                runs[-1].append((round(place * step, 1), round(height, 1)))
        drawn.append([run for run in runs if run])
    return drawn


def ended(items: Sequence[str]) -> list[str]:
    """The lines of a list as an office ends them: each with ";", the last with "."."""
    plain = [item.rstrip(" ;.,") for item in items]
    return [f"{item};" for item in plain[:-1]] + [f"{item}." for item in plain[-1:]]


def labels() -> dict[str, str]:
    """The words of the frame around the blocks, in the language in force."""
    return {
        "contents": _("Contents"),
        "skip": _("Skip to the content"),
        "illustrative": _("ILLUSTRATIVE DATA"),
        "illustrative_note": _("Synthetic figures, for demonstration. Not for use in decisions."),
        "page": _("Page"),
        "draft": _("Draft message"),
        "good": _("good"),
        "warn": _("attention"),
        "bad": _("concern"),
        "target": _("target"),
        "table": _("Table"),
        "addressees": _("Respectfully addressed to:"),
        "recipients": _("Recipients:"),
        "figure": _("Key figure"),
        "value": _("Value"),
        "sources": _("Where the figures come from"),
        "dotted": _("Dotted underline: press it to see where the figure comes from."),
        "close": _("Close"),
    }


def as_text(block: Json) -> str:
    """The block's words, for a terminal."""
    if block["block"] == "formal_head":  # its title is that of the file
        block = {**block, "title": ""}
    return "\n".join(_table_words(block) if block["block"] in TABLES else _words(block))


def _table_words(table: Json) -> Iterator[str]:
    yield table["caption"]
    if not is_bare(table):
        yield " | ".join(column["label"] for column in table["columns"])
    for row in table["rows"][:ROWS_AS_TEXT]:
        yield " | ".join(cell["text"] for cell in row)
    if len(table["rows"]) > ROWS_AS_TEXT:
        yield "…"
    yield from [table["note"]] if table["note"] else []


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from () if key in _NOT_WORDS else _words(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, str) and value:
        yield value
