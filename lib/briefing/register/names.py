"""What stands on pages for names that people chose: a pseudonym, where a name may hold a person's.

`names.csv` leads from each pseudonym to its name. It lies in the register, for its owner alone; the
name itself is shown to nobody but the one who sent it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import PurePosixPath
from typing import TypeVar

from briefing.intake.detection.harmless import PICTURES, Harmless, Kind, ending_of, pseudonym
from briefing.intake.parsers.disclosure import shown_line
from briefing.intake.parsers.text import clean
from briefing.intake.submission import Finding, Submission
from briefing.params import Campaign
from briefing.params.corrections import Correction
from briefing.register.arrivals import InboxFinding
from briefing.register.log import read_lines, written_lines
from briefing.register.received import RECEIVED, same_letters

NAMES = "names.csv"
HEAD = ("shown", "name")
HERE = "./"  # before a name in the list: no program takes it for a formula

F = TypeVar("F", bound=Finding)


@dataclass
class Names:
    """Pseudonyms by the name of a file or folder, each name's the same wherever it stands.

    Attributes:
        lines: Pseudonym → name, in the order in which they came.
        damaged: How many lines of the list were not as they were written.
    """

    lines: dict[str, str] = field(default_factory=dict)
    damaged: int = 0
    _shown: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes | None) -> Names:
        """The names of a list; none of one that is missing."""
        lines, damaged = ([], 0) if content is None else read_lines(content, HEAD)
        names = cls(damaged=damaged)
        for shown, name in lines:
            names._put(shown, name.removeprefix(HERE))
        return names

    def written(self) -> bytes:
        return written_lines(((shown, HERE + name) for shown, name in self.lines.items()), HEAD)

    def shown(self, path: str) -> str:
        """A path as it may be shown; a name that was never learned is taken for harmless."""
        if not self.lines:
            return path
        return "/".join(self._shown.get(same_letters(piece), piece) for piece in path.split("/"))

    def named(self, shown: str) -> str:
        """The path that is shown so."""
        return "/".join(self.lines.get(piece, piece) for piece in shown.split("/"))

    def learn(self, path: str, harmless: Harmless, unit: str = "") -> None:
        """Give a pseudonym to each name of a path that has none yet and may not be shown.

        Args:
            unit: The name of the unit whose report it is; "" where that is not known.
        """
        *folders, name = path.split("/")
        for piece in folders:
            self._learn(piece, harmless, "", is_folder=True)
        self._learn(name, harmless, unit, is_folder=False)

    def _learn(self, name: str, harmless: Harmless, unit: str, *, is_folder: bool) -> None:
        if not name or same_letters(name) in self._shown or harmless(name):
            return
        ending = "" if is_folder else ending_of(name)
        kind: Kind = "folder" if is_folder else "picture" if ending in PICTURES else "file"
        called = (pseudonym(kind, number, unit) + ending for number in count(1))
        self._put(next(text for text in called if text not in self.lines), name)

    def _put(self, shown: str, name: str) -> None:
        self.lines[shown] = name
        self._shown[same_letters(name)] = shown

    def drop(self, names: Iterable[str]) -> None:
        """Forget names, and what was shown for them."""
        for name in names:
            if shown := self._shown.pop(same_letters(name), None):
                self.lines.pop(shown, None)

    def in_inbox(self, finding: InboxFinding, harmless: Harmless) -> InboxFinding:
        """What is wrong with the inbox, as it may be said; of what stood there no name."""
        if finding.file != RECEIVED:
            self.learn(finding.file, harmless)
        found = finding.found if harmless(finding.found) else ""
        own = self._own((finding.file,))
        changed = _in_finding(replace(finding, found=found), replacing(own)) if own else finding
        return replace(changed, file=self.shown(finding.file), found=found)

    def in_correction(self, one: Correction) -> Correction:
        """An entry of corrections.yaml as it may be shown: its texts are for their readers."""
        return replace(
            one, reason=shown_line(one.reason), by=shown_line(one.by),
            told_by=shown_line(one.told_by), file=self.shown(one.file),
        )  # fmt: skip

    def in_campaign(self, campaign: Campaign) -> Campaign:
        """A campaign whose readings.yaml names files as they are shown."""
        if not self.lines:
            return campaign
        readings = {
            code: tuple(one.model_copy(update={"file": self.shown(one.file)}) for one in own)
            for code, own in campaign.readings.items()
        }
        if readings == campaign.readings:
            return campaign
        return campaign.model_copy(update={"readings": readings})

    def in_report(self, report: Submission) -> tuple[Submission, dict[str, str]]:
        """A report as it may be shown, and pseudonym → name for what was replaced in it."""
        own = self._own((report.file, report.member, report.joined_to)) | dict(report.sheets)
        if not own:
            return report, {}
        change = replacing(own)
        return replace(
            report,
            file=self.shown(report.file),
            member=self.shown(report.member),
            joined_to=self.shown(report.joined_to),
            unit_name=change(report.unit_name),
            facts={k: change(v) if isinstance(v, str) else v for k, v in report.facts.items()},
            sources={fact: change(where) for fact, where in report.sources.items()},
            values=tuple(replace(one, where=change(one.where)) for one in report.values),
            findings=tuple(_in_finding(finding, change) for finding in report.findings),
        ), {shown: name for name, shown in own.items()}

    def _own(self, paths: Iterable[str]) -> dict[str, str]:
        """Name → pseudonym, of paths and of all that is in them."""
        names = [name for path in paths for name in (path, *path.split("/"))]
        return {name: shown for name in names if (shown := self.shown(name)) != name}


def _in_finding(finding: F, change: Callable[[str], str]) -> F:
    return replace(finding.with_texts(change), where=change(finding.where))


def replacing(own: Mapping[str, str]) -> Callable[[str], str]:
    """What puts pseudonyms in the place of names in a text, however the names stand there."""
    texts = {text: shown for name, shown in own.items() for text in _spelt(name)}
    texts |= own
    either = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    return lambda text: pattern.sub(lambda found: texts[found[0]], text)


def _spelt(name: str) -> Iterable[str]:
    """A name as texts have it: without folders, without its ending, in tidy letters."""
    last = (PurePosixPath(name).name or name).lstrip("~$.")
    bare = last.removesuffix(PurePosixPath(last).suffix) if ending_of(last) else last
    return {
        text for one in (name, last, bare) for text in (one, clean(one), same_letters(one)) if text
    }
