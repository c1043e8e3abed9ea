"""Copies that went back before: the same report with the same remarks goes back as it did.

A copy holds names, so that no second one is kept: the register has a note of where each was
published and what it came to. One that is gone or was changed since is made again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from briefing.correspondence.originals import quotes, quoting
from briefing.correspondence.returns import Return
from briefing.language import current_language
from briefing.params import Campaign
from briefing.register import Kept, key_of
from briefing.register.kept import checksum

FOLDER = "returned"  # of the notes, inside the register
MOST = 2000  # notes
NOTE = "note.json"


@dataclass(frozen=True)
class Copy:
    """What goes back of a report.

    Attributes:
        item: The report, with what its remarks quote of its own cells.
        suffix: The ending that its file gets.
        lasting: Whether the same report would go back so again; else it is no matter of the file.
    """

    item: Return
    suffix: str
    content: bytes
    lasting: bool = True


class Earlier:
    """The copies that were published before.

    Args:
        register: Where the notes lie.
        outputs: The folder in which days are published.
        returns: Where, below it, those will lie that are written now.
    """

    def __init__(self, register: Path, outputs: Path, returns: Path) -> None:
        self._notes = Kept(register / FOLDER, MOST)
        self._outputs, self._returns = outputs, returns

    def get(self, item: Return, campaign: Campaign) -> Copy | None:
        """The copy of the same content and remarks, as it was published."""
        note = (self._notes.get(_key(item, campaign)) or {}).get(NOTE)
        if not note:
            return None
        path, its_checksum, held = json.loads(note)
        try:
            content = (self._outputs / path).read_bytes()
        except OSError:
            return None
        if checksum(content) != its_checksum:
            return None
        return Copy(quoting(item, held), Path(path).suffix, content)

    def note(self, item: Return, campaign: Campaign, copy: Copy, name: Path) -> None:
        """Note a copy that will lie at `name` below the folder of returns."""
        place = (self._returns / name).as_posix()
        entry = [place, checksum(copy.content), quotes(copy.item)]
        self._notes.put(_key(item, campaign), {NOTE: json.dumps(entry).encode()})


def _key(item: Return, campaign: Campaign) -> str:
    return key_of(current_language(), campaign.fingerprint, item)
