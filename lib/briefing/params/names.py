"""Whom a params file means by a name: the code of a unit or of an agency."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from briefing.messages import _

if TYPE_CHECKING:
    from briefing.params.campaign import Campaign


def code_of(text: str, campaign: Campaign) -> str:
    """The code that a code or a known spelling of a name stands for.

    Case, diacritics and spacing don't matter, as long as no two names differ by them alone.

    Raises:
        ValueError: Nobody, or more than one, is called so; says who is known.
    """
    names = list(_names(campaign))
    for fold in (_exact, plain):
        wanted = fold(text)
        codes = sorted({code for code, name in names if fold(name) == wanted})
        if len(codes) == 1:
            return codes[0]
        if codes:
            said = ", ".join(_called(codes, campaign))
            raise ValueError(_("this name stands for several: {names}; write the code", names=said))
    near = difflib.get_close_matches(plain(text), [plain(name) for _code, name in names], n=1)
    meant = sorted({code for code, name in names if near and plain(name) == near[0]})
    known = meant or [row.unit_code for row in campaign.commune_rows]
    said = ", ".join(_called(known, campaign))
    raise ValueError(_("nobody is called so; known: {names}", names=said))


def _names(campaign: Campaign) -> Iterable[tuple[str, str]]:
    for unit in campaign.commune_rows:
        for name in (unit.unit_code, unit.name, unit.full_name, unit.short_label):
            yield unit.unit_code, name
    for agency in campaign.agency_rows:
        for name in (agency.agency_code, agency.name, *agency.aliases.split(";")):
            yield agency.agency_code, name
    for alias in campaign.alias_rows:
        if alias.kind in ("unit", "ambiguous_unit"):
            yield alias.target, alias.alias


def _called(codes: list[str], campaign: Campaign) -> list[str]:
    names = {row.unit_code: row.full_name for row in campaign.commune_rows}
    names |= {row.agency_code: row.name for row in campaign.agency_rows}
    return [f"{code} ({names.get(code, code)})" for code in codes]


def _exact(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def plain(text: str) -> str:
    """A name without case, diacritics and punctuation."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).strip().removeprefix("ubnd ")
