"""One file of the corpus: how it is made, and what an office would say is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Place = tuple[str, str]  # rule, where
ANYWHERE = "*"  # a where that the contract does not fix


@dataclass(frozen=True, eq=False, repr=False)
class OneOf:
    """Values, or places of a finding, of which each is right: the contract leaves it open."""

    values: tuple[Any, ...]

    def __eq__(self, value: object) -> bool:
        return value in self.values

    def __hash__(self) -> int:
        return hash(self.values)

    def __repr__(self) -> str:
        return " or ".join(map(repr, self.values))


def one_of(*values: Any) -> OneOf:
    return OneOf(values)


@dataclass(frozen=True)
class Report:
    """What is true of one report in a file.

    Attributes:
        facts: Field → figure; every field named is compared, `None` meaning "not known".
        reading, confidence: `None`: not looked at.
        findings: Rule and address of each mistake that was put into the file.
        allowed: Rules that may be found besides, wherever.
    """

    unit: str | None
    day: str | None
    form: str | None
    facts: Mapping[str, Any]
    reading: str | OneOf | None = None
    confidence: str | None = None
    findings: tuple[Place | OneOf, ...] = ()
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """A file with its truth.

    Attributes:
        name: Unique; the id of its test.
        file: Its path inside the inbox.
        make: Gives its bytes; called only when the case is tried.
        expected: The reports in it, in the order of the file.
        slow: Needs seconds.
        needs: Commands of the machine that making or reading it takes.
    """

    name: str
    file: str
    make: Callable[[], bytes]
    expected: tuple[Report, ...]
    slow: bool = False
    needs: tuple[str, ...] = field(default=())


UNIT, DAY = "21640", "2021-08-16"


def daily(
    numerator: Any,
    *findings: Place | OneOf,
    unit: str | None = UNIT,
    day: str | None = DAY,
    phones: Any = 3,
    new: Any = None,
    reading: str | OneOf | None = None,
    confidence: str | None = None,
    allowed: tuple[str, ...] = (),
) -> Report:
    """A Mẫu 02: cumulative installs (persons), distinct phones, the day's count."""
    facts = {"numerator_cumulative": numerator, "numerator_new": new, "distinct_phones": phones}
    return Report(unit, day, "mau02", facts, reading, confidence, findings, frozenset(allowed))


def once(
    total: Any,
    denominator: Any,
    installed: Any,
    *findings: Place | OneOf,
    unit: str | None = "CQ005",
    day: str | None = "2021-08-18",
    code: Any = "BZ-2021-0045",
    phone: Any = "0912xxx678",
    photo: Any = False,
    allowed: tuple[str, ...] = (),
) -> Report:
    """A Mẫu 01; a form without a photo is not counted as a mistake unless it is named."""
    facts = {
        "staff_total": total,
        "staff_denominator": denominator,
        "staff_numerator": installed,
        "qr_code": code,
        "qr_creator_phone": phone,
        "qr_photo": photo,
    }
    also = frozenset(allowed) | ({"qr_photo_missing"} if not photo else set())
    return Report(unit, day, "mau01", facts, None, None, findings, also)


def nothing(
    *findings: Place | OneOf,
    unit: Any = None,
    day: Any = None,
    form: str | None = None,
    allowed: tuple[str, ...] = (),
) -> Report:
    """A file from which no report can be read; unit and day may still be known by its name."""
    return Report(unit, day, form, {}, None, None, findings, frozenset(allowed))


def whole(rule: str, file: str) -> Place:
    """A finding of a whole file: its address is the file's name."""
    return rule, file.rsplit("/", 1)[-1]
