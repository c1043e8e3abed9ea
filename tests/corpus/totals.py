"""What the corpus comes to: the score of each file, and the line at the end of a run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

PROPERTY = "corpus"  # under which a test leaves its score for the summary


@dataclass
class Score:
    """Of one file; `wrong` says in words what is not as expected."""

    facts: int = 0
    right: int = 0
    mistakes: int = 0
    located: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Score:
        return cls(**json.loads(text))

    def fact(self, name: str, wanted: Any, found: Any) -> None:
        self.facts += 1
        if wanted == found:
            self.right += 1
        else:
            self.wrong.append(f"{name}: {found!r}, expected {wanted!r}")


def summary(scores: list[Score]) -> str:
    """One line over all files."""
    total = {
        name: sum(getattr(one, name) for one in scores)
        for name in ("right", "facts", "located", "mistakes", "false")
    }
    return (
        f"corpus: {len(scores)} files: facts right {total['right']}/{total['facts']}, mistakes "
        f"located {total['located']}/{total['mistakes']}, false findings {total['false']} "
        f"({total['false'] / len(scores):.2f} per file)"
    )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the line at the end of a run; the scores come back from every worker."""
    scores = [
        Score.from_json(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for name, value in getattr(report, "user_properties", [])
        if name == PROPERTY
    ]
    if scores:
        terminalreporter.write_line(summary(scores))
