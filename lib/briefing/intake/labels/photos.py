"""Photos of the posted QR code: inside a staff form, or beside it in its folder or archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from briefing.catalog.rules import with_trait
from briefing.intake.labels.pictures import Picture, same_code
from briefing.intake.parsers.text import fold
from briefing.intake.submission import Finding, Submission
from briefing.params.forms import BODIES

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff")
BETWEEN = "\n"  # stands between the codes of one picture
SHORTEST_STEM = 4  # characters of a name that another one may begin with


# What is in a file


def with_photos(reports: Sequence[Submission], pictures: Iterable[Picture]) -> list[Submission]:
    """The reports of one file, each staff form with what the file's own pictures prove.

    Where a file holds several, a picture belongs to the one whose code it shows.
    """
    photos = [picture for picture in pictures if picture.is_photo]
    codes = [code for picture in photos for code in picture.codes]
    forms = [report for report in reports if report.owed_by == BODIES]
    judged = []
    for report in reports:
        if report.owed_by != BODIES:
            judged.append(report)
        elif len(forms) == 1:
            judged.append(_judged(report, bool(photos), codes))
        else:
            own = [code for code in codes if same_code(report.facts["qr_code"], code)]
            judged.append(_judged(report, bool(own), own))
    return judged


def as_submission(blank: Submission, picture: Picture) -> Submission:
    """A picture that arrived on its own: no report, and evidence for one that it lies beside."""
    if not picture.is_photo:
        code = "form_unknown.small_picture" if blank.member else "file_unreadable.small_picture"
        return blank.with_findings(Finding(code, blank.file_name))
    shown = BETWEEN.join(picture.codes) or None
    report = replace(blank, facts={"qr_photo": True, "qr_photo_decoded": shown})
    return report.with_findings(_alone(blank.file_name, picture.codes))


def is_photo(submission: Submission) -> bool:
    """Whether a submission is a picture that arrived on its own."""
    return submission.form is None and bool(submission.facts.get("qr_photo"))


# What lies beside it


def with_photos_beside(submissions: Sequence[Submission]) -> list[Submission]:
    """The submissions, in their order, with each picture taken to the staff form that it belongs
    to.

    It belongs to a report that declares the code which it shows; to one whose file's name its own
    begins with, or the other way round; to that of the body which it is named after; to the
    only staff form in its folder or archive (one in which no code is seen only where no other
    report
    lies there either). It then speaks for every staff form of that body.
    """
    forms = [i for i, each in enumerate(submissions) if each.owed_by == BODIES]
    if not forms:
        return list(submissions)
    out = list(submissions)
    beside: dict[int, list[Submission]] = defaultdict(list)
    for i, picture in enumerate(submissions):
        if not is_photo(picture):
            continue
        owners = _owners(picture, submissions, forms)
        for owner in owners:
            beside[owner].append(picture)
        if owners:
            out[i] = _belonging(picture, submissions[owners[0]])
    for i, pictures in beside.items():
        out[i] = _joined(submissions[i], pictures)
    return out


def _owners(
    picture: Submission, submissions: Sequence[Submission], forms: Sequence[int]
) -> list[int]:
    """The positions of the reports that a picture belongs to."""
    codes = _codes(picture)
    here = [i for i in forms if _is_near(picture, submissions[i])]
    declaring = [
        i for i in forms if any(same_code(submissions[i].facts.get("qr_code"), c) for c in codes)
    ]
    named = [
        i for i in forms if picture.unit_code and submissions[i].unit_code == picture.unit_code
    ]
    own = (
        _one_body(submissions, [i for i in declaring if i in here] or declaring)
        or _by_name(picture, submissions, here)
        or named
        or _by_folder(picture, submissions, forms)
    )
    bodies = {submissions[i].unit_code for i in own} - {None}
    return own + [i for i in forms if submissions[i].unit_code in bodies and i not in own]


def _one_body(submissions: Sequence[Submission], found: list[int]) -> list[int]:
    """Reports that are all of the same body; of several bodies none is the owner."""
    return found if len({_body(submissions[i]) for i in found}) == 1 else []


def _by_name(
    picture: Submission, submissions: Sequence[Submission], here: Sequence[int]
) -> list[int]:
    """The reports near by whose names the picture's begins with, or that begin with its name."""
    stem = _stem(picture)
    alike = {i: len(name) for i in here if _begins(stem, name := _stem(submissions[i]))}
    longest = max(alike.values(), default=0)
    return _one_body(submissions, [i for i, length in alike.items() if length == longest])


def _begins(stem: str, other: str) -> bool:
    short, long = sorted((stem, other), key=len)
    return stem == other or (len(short) >= SHORTEST_STEM and long.startswith(f"{short} "))


def _by_folder(
    picture: Submission, submissions: Sequence[Submission], forms: Sequence[int]
) -> list[int]:
    """The only staff form of the picture's folder, else of its archive."""
    if picture.unit_code:
        return []  # its name says whose it is
    for place in (_folder, _container):
        own = [i for i in forms if place(submissions[i]) == place(picture)]
        if own:
            beside = [s for s in submissions if place(s) == place(picture) and not is_photo(s)]
            others = any(each.owed_by != BODIES for each in beside)
            return [] if others and not _codes(picture) else _one_body(submissions, own)
    return []


def _is_near(one: Submission, other: Submission) -> bool:
    """Whether one's folder is the other's, or lies in it, in the same archive or none."""
    if bool(one.member) != bool(other.member) or (one.member and one.file != other.file):
        return False
    a, b = (PurePosixPath(s.member or s.file).parent for s in (one, other))
    return a == b or a in b.parents or b in a.parents


def _folder(submission: Submission) -> tuple[str, str]:
    path = PurePosixPath(submission.member or submission.file).parent
    return (submission.file if submission.member else "", path.as_posix())


def _container(submission: Submission) -> str:
    """The archive; of a plain file itself, so that it is alone in it."""
    return submission.file


def _body(submission: Submission) -> str:
    """Whose a report is: of an unknown body, the file's own."""
    return submission.unit_code or f"{submission.file}|{submission.member}"


def _stem(submission: Submission) -> str:
    return fold(PurePosixPath(submission.file_name).stem)


def _codes(picture: Submission) -> list[str]:
    return (picture.facts.get("qr_photo_decoded") or "").split(BETWEEN) if _seen(picture) else []


def _seen(picture: Submission) -> bool:
    return bool(picture.facts.get("qr_photo_decoded"))


def _belonging(picture: Submission, report: Submission) -> Submission:
    return replace(
        picture,
        unit_code=report.unit_code or picture.unit_code,
        unit_name=report.unit_name or picture.unit_name,
        joined_to=report.file_name,
        findings=tuple(f for f in picture.findings if f.rule not in with_trait("alone")),
    )


def _joined(report: Submission, pictures: Sequence[Submission]) -> Submission:
    """A report judged again by its own pictures together with those that lie beside it."""
    faulty = any(finding.rule in with_trait("photo") for finding in report.findings)
    if report.facts.get("qr_photo") and not faulty:
        return report  # its own photo shows the code: nothing to add
    own = report.facts.get("qr_photo_decoded")
    codes = [*([own] if own else []), *(code for each in pictures for code in _codes(each))]
    return _judged(report, True, codes)


# The judgement


def _judged(report: Submission, there: bool, codes: Sequence[str]) -> Submission:
    """A staff form with what its photos prove.

    Args:
        there: Whether there is any photo.
        codes: What the photos show, phones masked.
    """
    declared = report.facts.get("qr_code")
    matches = {code: same_code(declared, code) for code in codes}
    best = next((code for code, same in matches.items() if same), next(iter(matches), None))
    where = report.sources.get("qr_photo", report.file_name)
    found: tuple[Finding, ...] = ()
    if report.blank:
        found = ()  # the whole form has to come again
    elif not there:
        found = (Finding("qr_photo_missing", where),)
    elif best is None:
        found = (Finding("qr_photo_unreadable", where),)
    elif all(same is False for same in matches.values()):
        found = (Finding("qr_photo_mismatch", where, best, {"declared": declared or ""}),)
    return replace(
        report,
        facts={**report.facts, "qr_photo": there, "qr_photo_decoded": best},
        findings=(*(f for f in report.findings if f.rule not in with_trait("photo")), *found),
    )


def _alone(name: str, codes: Sequence[str]) -> Finding:
    if codes:
        return Finding("qr_photo_alone", name, codes[0])
    return Finding("file_unreadable.picture", name)
