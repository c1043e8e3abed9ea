"""Who reports in a campaign, and whom a params file means by a name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.catalog.figures import FIGURES
from briefing.catalog.naming import NUMERATOR
from briefing.messages import _
from briefing.params.files import Strict
from briefing.params.indicators import Denominator, values_of
from briefing.params.rows import Alias, Body, Place, ReportingUnit
from briefing.params.settings import Settings
from briefing.params.tree import Unit

if TYPE_CHECKING:
    import pandas as pd


class Roster(Settings):
    """The settings of a campaign with the tables of its folder."""

    unit_rows: tuple[ReportingUnit, ...]
    place_rows: tuple[Place, ...] = ()
    body_rows: tuple[Body, ...] = ()
    node_rows: tuple[Unit, ...] = ()
    denominator_rows: tuple[Denominator, ...] = ()
    alias_rows: tuple[Alias, ...] = ()

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row per unit, in the order of the file; the columns of `ReportingUnit`."""
        return _frame(self.unit_rows, ReportingUnit)

    @cached_property
    def places(self) -> pd.DataFrame:
        """One row per place; the columns of `Place`."""
        return _frame(self.place_rows, Place)

    @cached_property
    def bodies(self) -> pd.DataFrame:
        """One row per body; the columns of `Body`."""
        return _frame(self.body_rows, Body)

    def figure_of(self, column: Any) -> tuple[str, Any]:
        """The indicator that a column of a report's figures is of, and what it is called inside.

        Returns:
            Its code and the column; of a column that is none, no code, and the column as it is.
        """
        for one in self.indicators:
            inside = replace(self.naming, indicator=one.code).inside(str(column))
            if inside.startswith(f"{NUMERATOR}_"):
                return one.code, inside
        inside = self.naming.inside(str(column))
        return "", inside if inside in FIGURES else column

    @cached_property
    def denominator_file(self) -> str:
        """The file of params in which the units' denominators stand."""
        lines = values_of(self.denominator_rows, self.indicators[0].denominator)
        return f"params/{'denominators' if lines else self.naming.outside('units')}.csv"

    def denominator_line(self, code: str) -> int:
        """The line of that file on which a unit's denominator stands."""
        return self._denominator_lines[code]

    @cached_property
    def _denominator_lines(self) -> dict[str, int]:
        own = values_of(self.denominator_rows, self.indicators[0].denominator)
        lines = {row.unit_code: line for line, row in enumerate(self.unit_rows, 2)}
        of_own = {id(row): line for line, row in enumerate(self.denominator_rows, 2)}
        return lines | {code: of_own[id(row)] for code, row in own.items()}

    @cached_property
    def types(self) -> dict[str, str]:
        """Code of a unit that reports → what kind of unit it is."""
        return {row.unit_code: row.type for row in self.unit_rows}

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def full_names(self) -> dict[str, str]:
        """Code of a unit of any level or of a body → its name in full."""
        bodies = {row.body_code: row.name for row in self.body_rows}
        return {row.code: row.called for row in self.node_rows} | self._reporting | bodies

    @property
    def _reporting(self) -> dict[str, str]:
        return {row.unit_code: row.full_name for row in self.unit_rows}

    @property
    def addresses(self) -> dict[str, str]:
        """Code of a unit of any level or of a body → its e-mail addresses, where they are known."""
        units = {row.unit_code: row.email for row in self.unit_rows if row.email}
        units |= {row.code: row.email for row in self.node_rows if row.email}
        return units | {row.body_code: row.email for row in self.body_rows if row.email}

    @property
    def root(self) -> str:
        """The code of the whole among the units; that of `area` where units.csv has no levels."""
        return self.node_rows[0].code if self.node_rows else self.area.code

    @property
    def part(self) -> str:
        """The name, inside a sentence, of the unit that stands for the whole, as `Campaign.under`
        makes it; else nothing."""
        top = self.node_rows[0] if self.node_rows else None
        return str(self.area.name) if top and top.parent else ""

    @property
    def paged(self) -> dict[str, str]:
        """Who has a page beside that of the whole: code → name, the units between first."""
        above = {row.code: row.called for row in self.node_rows if row.code != self.root}
        return above | self._reporting

    def nodes_under(self, code: str) -> set[str]:
        """A unit above those that report, and those between below it, by their codes."""
        own = {code}
        for row in self.node_rows:  # those above come first
            own |= {row.code} if row.parent in own else set()
        return own

    def below(self, code: str) -> tuple[str, ...]:
        """Who reports below a unit of any level, in the order of params; else the unit itself."""
        nodes = self.nodes_under(code)
        return tuple(row.unit_code for row in self.unit_rows if row.parent in nodes) or (code,)

    def reports_once(self, code: str) -> bool:
        """Whether a code is that of a body."""
        return any(row.body_code == code for row in self.body_rows)

    def code_of(self, text: str, *, above: bool = False) -> str:
        """The code that a code or a known spelling of a name stands for; see `found_code`.

        Raises:
            ValueError: Nobody, or more than one, is called so; says who is known.
        """
        code = self.found_code(text, above=above)
        if code is not None:
            return code
        known = self._codes(plain, above)
        near = difflib.get_close_matches(plain(text), known, n=1)
        meant = sorted(known[near[0]]) if near else [row.unit_code for row in self.unit_rows]
        raise ValueError(_("nobody is called so; known: {names}", names=self._called(meant)))

    def found_code(self, text: str, *, above: bool = False) -> str | None:
        """The same; `None` where nobody is called so.

        Case, diacritics and spacing don't matter, as long as no two names differ by them alone.

        Args:
            above: Units above those that report may be meant too.

        Raises:
            ValueError: More than one is called so; says who.
        """
        for fold in (_exact, plain):
            known = self._codes(fold, above)
            codes = sorted(known.get(fold(text), ()))
            if len(codes) == 1:
                return codes[0]
            if codes:
                names = self._called(codes)
                raise ValueError(
                    _("this name stands for several: {names}; write the code", names=names)
                )
        return None

    def _codes(self, fold: Callable[[str], str], above: bool) -> dict[str, set[str]]:
        """Spelling, folded → the codes of all that it stands for; worked out once."""
        made = self._folded.setdefault((fold, above), {})
        if not made:
            for code, name in (*self._spellings(), *(self._spellings_above() if above else ())):
                made.setdefault(fold(name), set()).add(code)
        return made

    @cached_property
    def _folded(self) -> dict[tuple[Callable[[str], str], bool], dict[str, set[str]]]:
        return {}

    def _spellings(self) -> Iterable[tuple[str, str]]:
        for unit in self.unit_rows:
            for name in (unit.unit_code, unit.name, unit.full_name, unit.short_label):
                yield unit.unit_code, name
        for body in self.body_rows:
            for name in (body.body_code, body.name, *body.aliases.split(";")):
                yield body.body_code, name
        for alias in self.alias_rows:
            if alias.kind in ("unit", "ambiguous_unit"):
                yield alias.target, alias.alias

    def _spellings_above(self) -> Iterable[tuple[str, str]]:
        for node in self.node_rows:
            for name in (node.code, node.name, node.called, *node.aliases.split(";")):
                yield node.code, name

    def _called(self, codes: list[str]) -> str:
        names = self.full_names
        return ", ".join(f"{code} ({names.get(code, code)})" for code in codes)


def _frame(rows: tuple, model: type[Strict]) -> pd.DataFrame:
    import pandas as pd  # status and check ask for no such table

    return pd.DataFrame([row.model_dump() for row in rows], columns=list(model.model_fields))


def _exact(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def plain(text: str) -> str:
    """A name without case, diacritics and punctuation."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).strip().removeprefix("ubnd ")
