"""The campaigns of the odd files: the starters, in one case with more units; and what is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign
from briefing.starters import lay_out
from tests.campaigns import odd_kilifi, odd_vaccination, odd_vneid
from tests.campaigns.odd import Odd, Truth

FILES: dict[str, Sequence[Odd]] = {
    "vneid": odd_vneid.FILES,
    "vaccination": odd_vaccination.FILES,
    "kilifi": odd_kilifi.FILES,
}
SEVERE = ("error", "warning")


def laid_out(folder: Path, name: str) -> Path:
    """A starter's folder; in Kilifi with a large village and a second one called Bahati."""
    lay_out(folder, name.partition(" ")[0])
    if name == "kilifi by sex":  # as the starter's own comments say
        _change(folder / "campaign.yaml", "  - {code: registered", "  # {code: registered")
        _change(folder / "campaign.yaml", "  # - {code: registered", "  - {code: registered")
    if name == "kilifi":
        _change(folder / "denominators.csv", "V14,households,,605,", "V14,households,,2605,")
        _add(folder / "units.csv", "V15,Bahati,villages,S3,Village,Bahati Village")
        _add(folder / "denominators.csv", "V15,households,,300,official,")
    return folder


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8-sig")


def _add(path: Path, line: str) -> None:
    text = path.read_text("utf-8-sig").rstrip("\n")
    path.write_text(f"{text}\n{line}\n", "utf-8-sig")


@cache
def reader(name: str) -> Reader:
    with TemporaryDirectory() as folder:
        return Reader(Campaign.load(laid_out(Path(folder) / name, name)), b"k" * 16)


def read(name: str, odd: Odd) -> list[Submission]:
    return reader(name).read(odd.content, odd.file)


def figures(report: Submission) -> dict[str, int]:
    """The figures of a report as `Truth` writes them, without denominators."""
    return {
        value.indicator
        + ("/new" if value.measure == "new" else "")
        + (f":{value.group}" if value.group else ""): value.value
        for value in report.values
        if value.measure != "denominator"
    }


def told(reports: Iterable[Submission]) -> set[str]:
    return {f.rule for report in reports for f in report.findings if f.severity in SEVERE}


def key(name: str, report: Submission) -> tuple[str, str]:
    """Unit and report date."""
    calendar = reader(name).campaign.reporting
    day = calendar.nearest(report.report_date).isoformat() if report.report_date else ""
    return report.unit_code or "", day


def outcome(name: str, odd: Odd) -> str:
    """“right”: every figure as a person reads it, and nothing told that is not so; “finding”:
    what is not right is told; “wrong …”: a figure is wrong or lacks, and nothing says so."""
    reports = read(name, odd)
    by_key: dict[tuple[str, str], list[Submission]] = {}
    for report in reports:
        by_key.setdefault(key(name, report), []).append(report)
    truths = {(truth.unit, truth.day): truth for truth in odd.truths}
    faults = [
        *(_of_truth(truth, by_key.get(each, []), reports) for each, truth in truths.items()),
        *(
            "finding" if told([report]) else f"wrong: nobody reported {figures(report)}"
            for each in by_key.keys() - truths.keys()
            for report in by_key[each]
            if figures(report)
        ),
    ]
    wrong = [fault for fault in faults if fault.startswith("wrong")]
    return wrong[0] if wrong else "finding" if "finding" in faults else "right"


def _of_truth(truth: Truth, own: Sequence[Submission], reports: Sequence[Submission]) -> str:
    given = [report for report in own if figures(report)]
    if any(dict(truth.figures) == figures(report) for report in given):
        said = told(given)
        if truth.told:
            return "right" if truth.told <= said else f"wrong: untold {set(truth.told) - said}"
        sure = given[0].reading_confidence == "high"
        return "right" if sure and not said else "finding"
    for report in given:
        false = {k for k, v in figures(report).items() if truth.figures.get(k) != v}
        if false and report.reading_confidence == "high":
            return f"wrong, and high: {figures(report)}"
        if not told([report]):
            return f"wrong, untold: {figures(report)}"
    return "finding" if told(own or reports) else f"wrong: nothing of {truth.unit} {truth.day}"
