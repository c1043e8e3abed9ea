"""What stopped a command, in words: where, what was found, what to do, what happened meanwhile."""

from __future__ import annotations

import errno
import re
import shutil
import sys
from typing import Any

from briefing.errors import BriefingError, ParamsError
from briefing.messages import _
from briefing.writing import legible

WRONG, NOT_DONE = 2, 1  # exit codes: of usage and params; of all else
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if sys.platform != "win32" else {errno.ENOSPC}
REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
TOO_MANY = {errno.EMFILE, errno.ENFILE}
NUMBERED = re.compile(r"^\[(?:Errno|WinError) (\d+)\]")
FEW_LINES = 2  # one fault, and what happened meanwhile
LONGEST = 300  # characters of what a library says


def failure_message(error: BaseException, command: str) -> tuple[str, int]:
    """The words for an error that ended a command, and the exit code.

    Args:
        command: Its name, with what it was doing.
    """
    if isinstance(error, shutil.Error):  # of a folder of files: the first that would not be copied
        error = _first_of(error)
    if isinstance(error, BriefingError):
        return str(error), WRONG if isinstance(error, ParamsError) else NOT_DONE
    if isinstance(error, KeyboardInterrupt):
        return _("{command}: stopped by Ctrl-C.", command=command) + _stands(), NOT_DONE
    if isinstance(error, MemoryError):
        text = _(
            "{command}: the machine is out of memory. Close other programs, or give fewer "
            "--workers; then run again.",
            command=command,
        )
        return text + _stands(), NOT_DONE
    if isinstance(error, OSError) and error.errno:
        return f"{_of_system(error, command)}{_stands()}", NOT_DONE
    text = _(
        "{command}: a fault of this program ({kind}: {cause}). Run it again with --debug, and send "
        "what it says to those who look after the program.",
        command=command,
        kind=type(error).__name__,
        cause=one_line(error),
    )
    return text + _stands(), NOT_DONE


def _first_of(error: shutil.Error) -> OSError:
    """The fault of one file among those of a folder, which are known as texts."""
    source, target, text = error.args[0][0] if isinstance(error.args[0], list) else ("", "", error)
    number = NUMBERED.search(str(text))
    return OSError(int(number[1]), str(text), source, None, target) if number else error


def kernel_message(kind: str, message: str, where: str) -> str:
    """The words for an error of a notebook's cell, of which only the texts are known."""
    number = NUMBERED.search(message)
    if kind.endswith("Error") and number and int(number[1]) in errno.errorcode:
        return _of_system(OSError(int(number[1]), message), where)
    return f"{kind}: {one_line(message)}"


def show_in_cells() -> None:
    """From now on, what fails in a notebook is told in words; `%tb` shows where in the program.

    Outside a notebook there is nobody to tell, and nothing is done.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return

    def tell(shell: Any, kind: Any, error: BaseException, trace: Any, **_how: Any) -> None:
        sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
        number = len(shell.user_ns["In"]) - 1  # as it stands beside the cell
        shell._showtraceback(kind, error, [cell_message(error, number)])

    def tell_of_syntax(*_file: Any, **_how: Any) -> None:
        tell(shell, *sys.exc_info())

    shell.set_custom_exc((Exception, KeyboardInterrupt), tell)
    shell.showsyntaxerror = tell_of_syntax


def cell_message(error: BaseException, number: int) -> str:
    """The words for an error of a cell that a person has run."""
    if isinstance(error, BriefingError):
        lines = str(error).splitlines()
        return " ".join(lines) if len(lines) <= FEW_LINES else "\n".join(lines)
    where = _("cell {n}", n=number)
    if isinstance(error, SyntaxError):
        return _(
            "{where}, line {line}: not as Python is written ({cause}). Texts and days stand in "
            'quotes, as in "2021-08-16". Put it right, then run the cell again.',
            where=where,
            line=error.lineno,
            cause=one_line(error.msg),
        )
    if isinstance(error, KeyboardInterrupt):
        return _("{where}: stopped.", where=where) + _stands()
    if isinstance(error, NameError):
        return _(
            "{where}: “{name}” is not known here: a cell above has not been run, or the name is "
            "misspelt. Run all cells (Run, Run All Cells).",
            where=where,
            name=error.name,
        )
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno):
        return failure_message(error, where)[0]
    return _(
        "{where}: {kind}: {cause}. Put the cell right, then run it again; where it is as it came, "
        "send what %tb says, typed into an empty cell, to those who look after the program.",
        where=where,
        kind=type(error).__name__,
        cause=one_line(error).rstrip("."),
    )


def one_line(message: Any) -> str:
    """What a library said, on one line and no longer than a person reads."""
    text = legible(" ".join(str(message).split()))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _stands() -> str:
    return " " + _("Nothing more was published; what was published before is as it was.")


def _of_system(error: OSError, command: str) -> str:
    """What the system would not do, and what helps."""
    place = error.filename2 or error.filename
    where = legible(str(place)) if isinstance(place, str | bytes) and place else command
    if error.errno in NO_ROOM:
        return _(
            "{where}: there is no room left on the disk. Delete what is not needed, or give "
            "another disk with --outputs; then run again.",
            where=where,
        )
    if error.errno in REFUSED:
        return _(
            "{where}: this user may not read or write it, or another program holds it open. Close "
            "it in other programs, let this user own it, or give another folder with --outputs.",
            where=where,
        )
    if error.errno in TOO_MANY:
        return _(
            "{where}: too many files are open. Close other programs, or give fewer --workers; then "
            "run again.",
            where=where,
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError | FileExistsError):
        return _(
            "{where}: this file or folder is not there any more, or something else lies in its "
            "place. Look at it, then run again.",
            where=where,
        )
    return _(
        "{where}: the disk, the network or the system gave an error ({error}). Look at the disk "
        "and the network, then run again.",
        where=where,
        error=errno.errorcode.get(error.errno or 0, error.errno),
    )
