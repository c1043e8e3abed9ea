"""The command line in the language of the run: click's own texts, help, and wrong usage.

click takes its texts from gettext, by names that its modules have bound: here they are bound to the
catalogue of this program.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import Any

import click

from briefing.language import PARAGRAPH, translated
from briefing.messages import _

ENDS = (".", "?", "!")


def _translated_by_number(one: str, many: str, number: int) -> str:
    return translated(one if number == 1 else many)


for _name, _module in list(sys.modules.items()):
    if _name.startswith("click."):
        for _bound, _ours in (("_", translated), ("ngettext", _translated_by_number)):
            if hasattr(_module, _bound):
                setattr(_module, _bound, _ours)


class WrongUsage(click.UsageError):
    """Wrong usage whose text is complete: nothing is put around it."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=file is None)


@contextmanager
def explained(context: click.Context) -> Iterator[None]:
    """Wrong usage inside the block ends with the same exit code, and says where to look."""
    try:
        yield
    except (WrongUsage, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        text, context = error.format_message(), error.ctx or context
        raise WrongUsage(
            _(
                "{where}: {text} Nothing was run. See: {where} --help",
                where=context.command_path,
                text=text if text.endswith(ENDS) else f"{text}.",
            ),
            context,
        ) from error


class _Translated:
    """Its help is in the language that is in force when it is read."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        paragraphs = self._help and self._help.split(PARAGRAPH)
        return PARAGRAPH.join(map(translated, paragraphs)) if paragraphs else None

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text and cleandoc(text)


class TranslatedOption(_Translated, click.Option):
    """An option."""


class TranslatedCommand(_Translated, click.Command):
    """A command; its epilog is an example of it, as it is typed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with explained(ctx):
            return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            with formatter.section(_("Example")):
                formatter.write(f"{' ' * formatter.current_indent}{self.epilog}\n")


class TranslatedGroup(_Translated, click.Group):
    """A group of commands."""

    command_class = TranslatedCommand

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with explained(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with explained(ctx):
            return super().invoke(ctx)
