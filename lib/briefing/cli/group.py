"""The command that all others belong to, and the one place where what fails becomes words."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from briefing.failures import failure_message
from briefing.language import languages, set_language
from briefing.remote import visiting
from briefing.temporary import temporary_files
from briefing.usage import TranslatedGroup, TranslatedOption
from briefing.writing import write_legibly

LANGUAGE = "BRIEFING_LANG"  # of help and usage; without it they are in that of the campaign's days
PARAMS, LANG = "--params", re.compile(r"^lang:\s*([a-z]{2})\b", re.MULTILINE)
DEBUG, DOING = "briefing.debug", "briefing.doing"  # in the context: whether, and what was begun
OF_CLICK = (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError)


class Commands(TranslatedGroup):
    """Commands of which each takes `--debug`, and none ends with a traceback without it."""

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
