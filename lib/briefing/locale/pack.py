"""How the people of a country write: a locale pack, and which one is in force.

`packs/<code>.yaml` holds the words that reading listens for, as fragments of regular expressions
over what stands beside each family there. Code writes a pattern once, with «family.words» where
any of the words may stand; a word is changed in the pack and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import yaml
from babel import Locale

if TYPE_CHECKING:
    from briefing.locale.families import LocalePack

PACKS = Path(__file__).parent / "packs"
DEFAULT = "vi_VN"

Read = TypeVar("Read", bound=Callable[..., Any])


@cache
def load(code: str) -> LocalePack:
    """A pack by its code: "vi_VN", or a language with the region it is read for, "en_KE".

    Raises:
        FileNotFoundError: There is none; `is_known` asks first.
    """
    language, _underscore, region = code.partition("_")
    path = PACKS / f"{code if code in _own() else language}.yaml"
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # “no” and “null” are words here
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    if written["dates"]["month_names"] == "cldr":
        written["dates"]["month_names"] = _month_names(written["language"])
    if not written["phones"]["country"]:
        written["phones"]["country"] = _calling_code(region)
    from briefing.locale.families import LocalePack  # with pydantic, which --help does without

    return LocalePack(**written, region=region)


def _month_names(language: str) -> dict[str, int]:
    forms = Locale.parse(language).months["format"]
    return {
        name.lower().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in forms[width].items()
    }


@cache
def telephone_plans() -> Any:
    """The library of all countries' telephone numbers; no need of it where a pack has a plan."""
    import phonenumbers

    return phonenumbers


def _calling_code(region: str) -> str:
    return str(telephone_plans().country_code_for_region(region))


def _own() -> frozenset[str]:
    return frozenset(path.stem for path in PACKS.glob("*.yaml"))


def known_packs() -> list[str]:
    """What a campaign may name: a country's own pack, or "en_" with the code of any country."""
    return sorted(code if "_" in code else f"{code}_<ISO 3166>" for code in _own())


def is_known(code: str) -> bool:
    """Whether there is such a pack, and such a country with telephone numbers."""
    language, _underscore, region = code.partition("_")
    if code in _own() or language not in _own():
        return code in _own() and "_" in code
    return region in telephone_plans().SUPPORTED_REGIONS


_in_force = DEFAULT
_forgetting: list[Callable[[], None]] = []


def pack() -> LocalePack:
    """The pack in force."""
    return load(_in_force)


def code_in_force() -> str:
    """The code of the pack in force."""
    return _in_force


def set_pack(code: str) -> None:
    """Read everything later in this process by another pack.

    Raises:
        FileNotFoundError: There is no such pack.
    """
    global _in_force
    if code != _in_force:
        load(code)
        _in_force = code
        for forget in _forgetting:
            forget()


@contextmanager
def reading_by(code: str) -> Iterator[None]:
    """Read everything inside the block by a pack."""
    before = _in_force
    set_pack(code)
    try:
        yield
    finally:
        set_pack(before)


def remembered(maxsize: int | None) -> Callable[[Read], Read]:
    """`lru_cache` of what is read by the pack in force: forgotten when another one is."""

    def decorate(function: Read) -> Read:
        kept = lru_cache(maxsize)(function)
        _forgetting.append(kept.cache_clear)
        return cast(Read, kept)

    return decorate


class Worded:
    r"""A pattern written once for every pack, compiled when it is first needed.

    Example:
        >>> Worded(r"\d+ «numbers.units»").fullmatch("35 nguoi") is not None
        True
    """

    def __init__(self, template: str, flags: int = 0, *, gap: str = " "):
        self.template, self.flags, self.gap = template, flags, gap
        self._compiled: dict[str, re.Pattern[str]] = {}

    @property
    def now(self) -> re.Pattern[str]:
        """The pattern in the pack in force."""
        found = self._compiled.get(_in_force)
        if found is None:
            found = self._compiled[_in_force] = pack().pattern(self.template, self.flags, self.gap)
        return found

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        return self.now.match(text, *span)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.now.fullmatch(text)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return self.now.search(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        return self.now.finditer(text, *span)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.now.sub(by, text)

    def split(self, text: str) -> list[Any]:
        return self.now.split(text)
