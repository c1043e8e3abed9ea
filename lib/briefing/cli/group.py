"""The command that all others belong to, and the one place where what fails becomes words."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from click.shell_completion import CompletionItem

from briefing.failures import failure_message
from briefing.language import languages, set_language
from briefing.messages import _
from briefing.remote import visiting
from briefing.temporary import temporary_files
from briefing.usage import TranslatedCommand, TranslatedGroup, TranslatedOption
from briefing.writing import write_legibly

LANGUAGE = "BRIEFING_LANG"  # of help and usage; without it they are in that of the campaign's days
PARAMS, LANG = "--params", re.compile(r"^lang:\s*([a-z]{2})\b", re.MULTILINE)
DEBUG, DOING = "briefing.debug", "briefing.doing"  # in the context: whether, and what was begun
OF_CLICK = (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError)


LAZY = {
    "backfill": ("making", "Make every day of a range, each as it was known at its own end."),
    "backtest": ("backtest", "How good the outlook is on a real SERIES (CSV: date, area, "
                             "cumulative, population)."),
    "changes": ("changes", "What was known of a day THEN, against what is known now (or at "
                           "--as-of), number by number."),
    "check": ("check", "Read reports and say what is right and wrong with them; nothing is "
                       "stored."),
    "daily": ("making", "Make and publish the briefing of one day."),
    "forget": ("forget", "Remove the traces of reports; the figures that were published stay."),
    "forms": ("forms", "Write the campaign's forms for everybody who owes one into OUTDIR, Excel "
                       "and Word."),
    "init": ("campaigns", "Write a commented folder for a new campaign into DIR, which is to be "
                          "changed then."),
    "params": ("campaigns", "Check the campaign's folder DIR, all of it, and say how it was "
                            "understood."),
    "period": ("making", "Make and publish the formal report of any number of days."),
    "runs": ("status", "The last runs: when, for which day, what came of it, and whether it is out "
                       "of date."),
    "sample": ("sample", "Fill INBOX with an illustrative campaign: synthetic, the same each "
                         "time."),
    "status": ("status", "Who has reported, as a table in the terminal."),
    "trace": ("trace", "Where a number comes from, to the cell: the figure COLUMN of a unit, body "
                       "or the whole."),
    "units": ("making", "Make and publish a page for each unit."),
}  # fmt: skip
"""Command → the module here that is loaded when it is called, and how its help begins."""


class Commands(TranslatedGroup):
    """Commands of which each takes `--debug`, and none ends with a traceback without it.

    Those of `lazy`, as `LAZY` has them, are listed and completed without their modules.
    """

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, str]] = MappingProxyType({}), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.lazy and cmd_name not in self.commands:
            import_module(f"{__package__}.{self.lazy[cmd_name][0]}")  # where it is added to this
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        room = formatter.width - 6 - max(map(len, self.lazy))
        with formatter.section(_("Commands")):
            formatter.write_dl([*self._short_helps(room).items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        return [
            *(CompletionItem(name, help=text) for name, text in self._short_helps().items()
              if name.startswith(incomplete)),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]  # fmt: skip

    def _short_helps(self, length: int = 45) -> dict[str, str]:
        """Command → the beginning of its help, of so many characters at most."""
        return {
            name: TranslatedCommand(name, help=text).get_short_help_str(length)
            for name, (_module, text) in sorted(self.lazy.items())
        }

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.params.append(_debug())
        super().add_command(cmd, name)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        write_legibly(sys.stdout, sys.stderr)
        given = kwargs.get("args") or (args and args[0]) or sys.argv[1:]
        asked = os.environ.get(LANGUAGE, "")[:2].lower() or _of_campaign(given)
        if asked in languages():
            set_language(asked)
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with explained(ctx), visiting():
            return super().invoke(ctx)


def _of_campaign(arguments: Sequence[str]) -> str:
    """The language that the campaign of a command line states for its days; nothing without one."""
    named = [one for option, one in pairwise(arguments) if option == PARAMS]
    named += [one.partition("=")[2] for one in arguments if one.startswith(f"{PARAMS}=")]
    try:
        text = Path(*named[-1:] or ["params"], "daily.yaml").read_text("utf-8")
    except (OSError, ValueError):
        return ""
    stated = LANG.search(text)
    return stated[1] if stated else ""


def _debug() -> click.Option:
    def keep(context: click.Context, _option: click.Parameter, given: bool) -> None:
        if given:
            context.meta[DEBUG] = True  # shared by the contexts of group and command

    return TranslatedOption(
        ["--debug"], is_flag=True, expose_value=False, callback=keep, help="Show tracebacks."
    )


@contextmanager
def explained(context: click.Context) -> Iterator[None]:
    """What fails in the block ends the command with a message and its exit code."""
    try:
        yield
    except OF_CLICK:
        raise
    except (Exception, KeyboardInterrupt) as error:
        if context.meta.get(DEBUG):
            traceback.print_exc()
        text, code = failure_message(error, _command(context))
        click.echo(text, err=True)
        sys.exit(code)


def _command(context: click.Context) -> str:
    doing = context.meta.get(DOING, "")
    return f"briefing {context.invoked_subcommand}" + (f" ({doing})" if doing else "")


@click.group(
    cls=Commands,
    lazy=LAZY,
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[_debug()],
)
@click.version_option(
    package_name="briefing",
    message="%(prog)s %(version)s",
    cls=TranslatedOption,
    help="Show the version and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """From the reports of every day to the page on the table."""
    context.with_resource(temporary_files())
