"""Put an entry into a file of params as a person would: below the others, every other letter kept.

What comes out is read by the same models as ever before it is written.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.campaign import Campaign
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.files import load_yaml, text_of
from briefing.params.readings import FILE as READINGS

Entry = Mapping[str, Any]
ALIASES = "aliases.csv"
WIDE = 10_000  # characters of a line: none is broken
BEGUN = "corrections:\n"


class _Dumper(yaml.SafeDumper):
    """Moments as the examples in the file have them, and each value by itself."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    datetime,
    lambda dumper, moment: dumper.represent_scalar(
        "tag:yaml.org,2002:timestamp", moment.replace(tzinfo=None).isoformat(timespec="seconds")
    ),
)


def write_entry(folder: Path, file: str, entry: Entry) -> int:
    """Write an entry into a file of a campaign's folder.

    Args:
        file: `corrections.yaml`, `readings.yaml` or `aliases.csv`.
        entry: Of corrections as the file has it; of readings {unit: what holds for it}; of aliases
            {column: cell}.

    Returns:
        The line of the file on which it begins.

    Raises:
        ParamsError: The campaign would not be right with it, or the file is written in a way that
            leaves no place for it; the message holds the entry, and nothing is changed.
    """
    path = folder / file
    before = path.read_bytes() if path.exists() else b""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    text = text_of(path, _("{file}: save it as UTF-8.", file=path)) if before else ""
    after, line = WAYS[file](text, entry)
    ending = "\r\n" if b"\r\n" in before else "\n"
    content = mark + after.replace("\n", ending).encode()
    _check(folder, file, content, entry)
    _replace(path, content)
    return line


def entry_line(folder: Path, file: str, entry: Entry) -> int:
    """The line of the file on which `write_entry` would have an entry begin."""
    path = folder / file
    text = text_of(path, _("{file}: save it as UTF-8.", file=path)) if path.exists() else ""
    return WAYS[file](text, entry)[1]


def entry_text(file: str, entry: Entry) -> str:
    """An entry as it stands in its file."""
    if file == CORRECTIONS:
        return "\n".join(_item(entry, 2))
    if file == READINGS:
        return _dumped(entry)
    return _row(entry)


def _check(folder: Path, file: str, content: bytes, entry: Entry) -> None:
    """Read the campaign as it would be."""
    with tempfile.TemporaryDirectory(prefix="params-") as aside:
        copy = Path(aside, folder.name)
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
        known = _entries(copy / file)
        (copy / file).write_bytes(content)
        try:
            Campaign.load(copy)
        except ParamsError as error:
            message = str(error).replace(str(copy), str(folder))
            raise ParamsError(message) from error
        if file == CORRECTIONS and _entries(copy / file)[:-1] != known:
            raise _no_place(folder / file, entry_text(file, entry))


def _entries(path: Path) -> list[Any]:
    if path.name != CORRECTIONS or not path.exists():
        return []
    content = load_yaml(path)
    return (content["corrections"] if isinstance(content, dict) else content) or []


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole, or leave it as it was."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, aside)
        os.replace(aside, path)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise


def _no_place(path: object, entry: str) -> ParamsError:
    return ParamsError(
        _(
            "{file}: written in a way that leaves no place for a new entry. Nothing was written; "
            "put these lines into it yourself:\n{entry}",
            file=path,
            entry=entry,
        )
    )


# corrections.yaml


def _with_correction(text: str, entry: Entry) -> tuple[str, int]:
    root = yaml.compose(text, yaml.SafeLoader)
    listed = root
    if isinstance(root, yaml.MappingNode):
        [(_key, listed)] = root.value
    if root is None:
        text = _ended(text) + BEGUN
    if isinstance(listed, yaml.SequenceNode) and listed.value:
        if listed.flow_style:
            raise _no_place(CORRECTIONS, entry_text(CORRECTIONS, entry))
        at = _end_of_line(text, _last(listed))
        return _inserted(text, at, _item(entry, listed.start_mark.column))
    if isinstance(listed, yaml.SequenceNode):  # [] stands for no entry
        text = text[: listed.start_mark.index] + text[listed.end_mark.index :]
        if root is listed:
            text = _ended(text) + BEGUN
    return _inserted(text, len(text), _item(entry, 2))


def _item(entry: Entry, indent: int) -> list[str]:
    first, *rest = _dumped(entry).splitlines()
    return [f"{' ' * indent}- {first}", *(f"{' ' * indent}  {line}" for line in rest)]


# readings.yaml


def _with_reading(text: str, entry: Entry) -> tuple[str, int]:
    [(unit, override)] = entry.items()
    root = yaml.compose(text, yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return _inserted(text, len(text), _dumped(entry).splitlines())
    if not root.value:  # {} stands for no entry
        text = text[: root.start_mark.index] + text[root.end_mark.index :].lstrip("\n")
        return _inserted(text, root.start_mark.index, _dumped(entry).splitlines())
    own = next((value for key, value in root.value if key.value == unit), None)
    if own is None:
        if root.flow_style:
            raise _no_place(READINGS, entry_text(READINGS, entry))
        return _inserted(text, _end_of_line(text, _last(root)), _dumped(entry).splitlines())
    more = override if isinstance(override, dict) else {"reading": override}
    if isinstance(own, yaml.SequenceNode) and not own.flow_style:
        at, lines = _end_of_line(text, _last(own)), _item(more, own.start_mark.column)
        return _inserted(text, at, lines)
    if isinstance(own, yaml.MappingNode) and not own.flow_style:
        raise _no_place(READINGS, entry_text(READINGS, entry))
    start, end = own.start_mark.index, own.end_mark.index
    known = text[start:end]
    known = known[1:-1] if isinstance(own, yaml.SequenceNode) else known
    both = f"[{known}, {_dumped(more, flow=True)}]"
    return text[:start] + both + text[end:], text[:start].count("\n") + 1


# aliases.csv


def _with_alias(text: str, entry: Entry) -> tuple[str, int]:
    return _inserted(text, len(text), [_row(entry)])


def _row(entry: Entry) -> str:
    csv.writer(line := io.StringIO(), lineterminator="").writerow(entry.values())
    return line.getvalue()


# Where lines go


def _dumped(value: Any, *, flow: bool = False) -> str:
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDE,
        default_flow_style=flow,
    )  # fmt: skip
    return text.rstrip("\n")


def _last(node: yaml.Node) -> int:
    """Where the last word of a node ends; the node itself goes on to what comes next."""
    return max(leaf.end_mark.index for leaf in _leaves(node))


def _leaves(node: Any) -> Iterator[yaml.Node]:
    """Words, and what stands in brackets."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        yield node
        return
    for part in node.value:
        for one in part if isinstance(part, tuple) else (part,):
            yield from _leaves(one)


def _end_of_line(text: str, at: int) -> int:
    """The beginning of the line below a place; of a text in several lines it is there already."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _inserted(text: str, at: int, lines: list[str]) -> tuple[str, int]:
    """A text with lines put in where a line begins, and the number of the first."""
    before = _ended(text[:at])
    return before + "\n".join([*lines, ""]) + text[at:], before.count("\n") + 1


WAYS = {CORRECTIONS: _with_correction, READINGS: _with_reading, ALIASES: _with_alias}
"""File → how an entry is put into it."""
