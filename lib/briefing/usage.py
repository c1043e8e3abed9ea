"""Wrong usage of the command, said in the language of the run: what was wrong, where to look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from briefing.messages import Message, _

# What click says → what this program says; the names in both are filled in.
SAID: tuple[tuple[str, Message], ...] = (
    (r"(?:File|Path) '(?P<path>.*)' does not exist", Message("there is no file “{path}”")),
    (r"Directory '(?P<path>.*)' does not exist", Message("there is no folder “{path}”")),
    (
        r"File '(?P<path>.*)' is a directory",
        Message("“{path}” is a folder: name the files in it, as in {path}/*"),
    ),
    (r"Directory '(?P<path>.*)' is a file", Message("“{path}” is a file, not a folder")),
    (
        r"(?:File|Path|Directory) '(?P<path>.*)' is not readable",
        Message("“{path}” may not be read by this user"),
    ),
    (r"No such option:? '?(?P<name>-[^\s'.]*)'?", Message("there is no option {name}")),
    (r"No such command '(?P<name>.*?)'", Message("there is no command {name}")),
    (r"Missing argument '(?P<name>\w+)", Message("{name} is left out")),
    (r"Missing option '(?P<name>.*?)'", Message("the option {name} is left out")),
    (r"Missing command", Message("the command is left out")),
    (
        r"Option '(?P<name>.*)' requires an argument",
        Message("the option {name} wants a value behind it"),
    ),
    (r"Option '(?P<name>.*)' does not take a value", Message("the option {name} takes no value")),
    (
        r"'(?P<value>[^']*)' does not match the formats?",
        Message("“{value}” is no day: write it as 2021-08-16"),
    ),
    (
        r"'(?P<value>[^']*)' is not a valid (?:integer|float)",
        Message("“{value}” is no number"),
    ),
    (
        r"(?P<value>\S+) is not in the range (?P<range>[^.]*)",
        Message("{value} lies outside {range}"),
    ),
    (r"Got unexpected extra arguments? \((?P<names>.*)\)", Message("too much is given: {names}")),
)
ABOUT = re.compile(r"Invalid value for '(?P<name>-.*?)'")
NEAR = re.compile(
    r"(?:Did you mean|Possible options:|\(Possible options:)\s*(?P<near>.*?)[?.)]{0,9}$"
)


class WrongUsage(click.UsageError):
    """Wrong usage whose text is complete: nothing in another language is put around it."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=file is None)


class SpokenGroup(click.Group):
    """A group of commands that speaks the language of the run about wrong usage."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with spoken():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with spoken():
            return super().invoke(ctx)


@contextmanager
def spoken() -> Iterator[None]:
    """Wrong usage inside the block ends with the same exit code, in the language of the run."""
    try:
        yield
    except WrongUsage:
        raise
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise WrongUsage(translated(error), error.ctx) from error


def translated(error: click.UsageError) -> str:
    """What is wrong with the command line; words that are not known stay as click has them."""
    said = error.format_message()
    texts = (
        Message(text.msgid, match.groupdict())
        for pattern, text in SAID
        if (match := re.search(pattern, said))
    )
    text = str(next(texts, said))
    if about := ABOUT.search(said):
        text = f"{about['name']}: {text}"
    if near := NEAR.search(said):
        text += _(" (did you mean {near}?)", near=near["near"].replace("'", ""))
    where = error.ctx.command_path if error.ctx else "briefing"
    return _("{where}: {text}. Nothing was run. See: {where} --help", where=where, text=text)
