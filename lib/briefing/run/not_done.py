"""A note where a person looks, of a run that was not done: what failed, and what to do.

It lies beside the published days, and goes with the next good run of the same command.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from briefing import formats
from briefing.intake.parsers.disclosure import shown_phones
from briefing.language import language, languages
from briefing.messages import _

USUAL = "daily"  # the command whose note has the plain name


def leave_note(
    outputs: Path, command: str, text: str, at: datetime, *, page_is_out: bool = False
) -> None:
    """Write the note of a command, in the language in force; a full disk costs the note alone.

    Where nothing has been published yet, nobody looks, and no folder is made for it.

    Args:
        command: Without the name of the program, as in “daily”.
        text: What is told at the terminal: where, what was found, what to do.
        page_is_out: The page was published, and something beside it was not.
    """
    lines = (
        _("NOT DONE: briefing {command}, {moment}", command=command, moment=formats.moment(at)),
        _readable(text),
        _("The page is published, and true.")
        if page_is_out
        else _("What was published before is as it was."),
        _(
            "Do what stands above, then run again: briefing {command}. This note goes by itself "
            "when that has gone well. All runs: briefing runs",
            command=command,
        ),
    )
    if not outputs.is_dir():
        return
    with suppress(OSError):
        clear_note(outputs, command)
        (outputs / _name(command)).write_text("\n\n".join(lines) + "\n", encoding="utf-8-sig")


def clear_note(outputs: Path, command: str) -> None:
    """Take the note of a command away, in whichever language it was written."""
    for code in languages():
        with language(code), suppress(OSError):
            (outputs / _name(command)).unlink(missing_ok=True)


def _name(command: str) -> str:
    name = _("NOT-DONE")
    return f"{name}.txt" if command == USUAL else f"{name}-{command}.txt"


def _readable(text: str) -> str:
    """The text as anybody may read it: no telephone number, and no name in a user's own folder."""
    return shown_phones(text.replace(str(Path.home()), "~"))
