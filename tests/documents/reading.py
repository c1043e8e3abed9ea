"""The blocks of a document followed through the text of its pages, as it is stored in a PDF."""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.documents.markdown import text_of

Json = dict[str, Any]

SIGNS = re.compile(r"[\s✓▲■•\u00ad\u200b]")


def squeezed(text: str) -> str:
    """A text without what layout puts in or takes out: spaces, signs, capitals, ligatures."""
    return SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


class Reading:
    """A finger that follows the text of the pages, forwards only.

    Args:
        texts: Of each page.
        floating: Figures that float, in order. Each is looked for whole and taken out first, so
            that the text around it is followed as if it were not there.

    Attributes:
        faults: What it did not find after what came before.
    """

    def __init__(self, texts: Sequence[str], floating: Sequence[Json] = ()) -> None:
        self._texts = [squeezed(text) for text in texts]
        self.faults: list[str] = []
        self._floats = self._taken_out(floating)
        self._whole = "".join(self._texts)
        self._starts = list(itertools.accumulate(map(len, self._texts), initial=0))
        self._at = 0

    def _taken_out(self, floating: Sequence[Json]) -> dict[str, int]:
        """The page of each floating figure, by its title, none before the one before it.

        It has to be the first or the last of its page, whole: a title, a drawing, a note.
        """
        found: dict[str, int] = {}
        cuts: list[tuple[str, int, int]] = []
        for figure in floating:
            title, earliest = figure["title"], max(found.values(), default=1)
            pages = range(earliest, len(self._texts) + 1)
            wanted = re.compile(".*?".join(re.escape(squeezed(t)) for t in said(figure)) + "[.,;]*")
            places = ((page, wanted.search(self._texts[page - 1])) for page in pages)
            page, place = next(((page, place) for page, place in places if place), (0, None))
            if place is None:
                self.faults.append(f"not in order, or in pieces: {title}")
                continue
            text = self._texts[page - 1]
            self._texts[page - 1] = text[: place.start()] + text[place.end() :]
            found[title] = page
            cuts.append((title, page, place.start()))
        for title, page, start in cuts:
            if 0 < start < len(self._texts[page - 1]):
                self.faults.append(f"in the midst of page {page}: {title}")
        return found

    def _floated(self, figure: Json) -> None:
        """A figure is on the sheet where the text before it ends, or on the next."""
        here, page = self._page(max(self._at - 1, 0)), self._floats.get(figure["title"])
        if page is not None and page not in (here, here + 1):
            self.faults.append(f"away from page {here}, on page {page}: {figure['title']}")

    def follow(self, block: Json, floats: bool = False) -> None:
        """Go on to the end of a block; one that floats is where it was found."""
        if floats:
            self._floated(block)
        elif block["block"] == "table":
            self._table(block)
        else:
            for text in said(block):
                self._find(text)

    def page_of(self, text: str) -> int | None:
        """The page on which the next place of a text begins, counted from 1."""
        place = self._find(text)
        return None if place is None else self._page(place.start)

    def _find(self, text: str) -> range | None:
        """Where the next place of a text begins and ends."""
        words = squeezed(text)
        place = self._whole.find(words, self._at)
        if place < 0:
            self.faults.append(f"not in order, or in pieces: {text}")
            return None
        self._at = place + len(words)
        return range(place, self._at)

    def _table(self, table: Json) -> None:
        self._find(table["caption"])
        head = "".join(column["label"] for column in table["columns"])
        if not table["rows"] and self._whole.startswith(squeezed(head), self._at):
            self.faults.append(f"a head without rows: {head}")
        if table["rows"]:
            place = self._find(head)
            known = {self._page(place.start)} if place else set()
            for cells in table["rows"]:
                self._row("".join(c["text"] + c["note"] for c in cells), head, known)
        self._find(table["note"])

    def _row(self, text: str, head: str, known: set[int]) -> None:
        """A row; of the pages that it is the first on, the heads come before it."""
        place = self._find(text)
        if place is None or not place:
            return
        page = self._page(place.start)
        if page != self._page(place.stop - 1):
            self.faults.append(f"split over pages {page} and {page + 1}: {text}")
        before = self._whole[self._starts[page - 1] : place.start]
        if page not in known and not before.endswith(squeezed(head)):
            self.faults.append(f"no head on page {page}: {head}")
        known.add(page)

    def _page(self, place: int) -> int:
        return bisect.bisect_right(self._starts, place)


def said(block: Json) -> Iterator[str]:
    """The texts of a block in the order in which they are printed."""
    kind = block["block"]
    if kind == "key_figures":
        tiles = sorted(block["figures"], key=lambda figure: figure["progress"] is None)
        for figure in tiles:
            yield from (figure[name] for name in ("label", "value", "unit", "note"))
    elif kind == "action_list":
        for item in block["items"]:
            yield from (item[name] for name in ("unit", "figure", "ask", "draft"))
    elif kind == "markdown":
        yield from _nodes(block["nodes"])
    else:
        for name in FIELDS.get(kind, ()):
            value = block[name]
            yield from (item.rstrip(" ;.,") for item in [value] if isinstance(value, str))
            yield from (item.rstrip(" ;.,") for item in value if not isinstance(value, str))


def _nodes(nodes: Sequence[Json]) -> Iterator[str]:
    for node in nodes:
        for item in node.get("items", ()):
            yield from _nodes(item)
        if node["t"] in ("p", "heading"):
            yield text_of(node["c"])


HEAD = ("issuer_parent", "issuer", "national_name", "motto")
FIELDS = {
    "letterhead": (*HEAD, "place_and_date", "title", "subtitle", "notices"),
    "formal_head": (
        *HEAD, "number", "place_and_date", "kind", "about", "addressees", "notices",
    ),
    "heading": ("text",),
    "annex_heading": ("label", "title", "reference"),
    "paragraph": ("text",),
    "notice": ("text",),
    "bullets": ("items",),
    "figure": ("title", "note"),
    "signature": ("label", "recipients", "position"),
    "preformatted": ("text",),
}  # fmt: skip
