"""A Word document that is being written: its pictures, its lists, and the look of its page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx.oxml import parse_xml

from briefing.documents.docx import pictures
from briefing.documents.docx.look import Look
from briefing.office import markup

BULLETS, DASHES = 1, 2
"""Lists that every document has: of its text, and of addressees and recipients."""

_ORDERED = 1  # the definition that each numbered list refers to, to begin at 1 by itself


class Draft:
    """What the writers of blocks need beside the block itself.

    Attributes:
        look: The page and its styles.
        labels: Words of the frame, as `fragments.labels` gives them.
        drawings: PNG of each figure and bar, by the identifier of its block.
    """

    def __init__(
        self, document: Any, look: Look, labels: Mapping[str, str], drawings: Mapping[str, bytes]
    ) -> None:
        self.look = look
        self.labels = labels
        self.drawings = drawings
        self._part = document.part
        self._pictures = 0
        self._lists = DASHES

    def ordered_list(self) -> int:
        """The identifier of a new numbered list."""
        self._lists += 1
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        self._part.numbering_part.element.append(
            parse_xml(
                f'<w:num {markup.NAMESPACES} w:numId="{self._lists}">'
                f'<w:abstractNumId w:val="{_ORDERED}"/>{restart}</w:num>'
            )
        )
        return self._lists

    def picture(self, content: bytes, alt: str, widest_mm: float, dots_per_inch: float) -> str:
        """A run that shows a picture.

        Raises:
            DocumentError: It can't be read as a picture.
        """
        width, height = pictures.sized(content, widest_mm, dots_per_inch)
        relation, _image = self._part.get_or_add_image(io.BytesIO(content))
        self._pictures += 1
        return markup.picture(relation, self._pictures, alt, width, height)

    def drawing(self, name: str, alt: str, widest_mm: float) -> str:
        """A run that shows the picture of a figure or bar, as wide as it may be."""
        return self.picture(self.drawings[name], alt, widest_mm, pictures.PPI)


def numbering(look: Look) -> str:
    """The definitions of the lists: signs, dashes and numbers."""
    signs = ("-", "+", "-", "+") if look.formal else ("•", "–", "•", "–")
    levels = [
        ("".join(_level(n, "bullet", sign, look.formal) for n, sign in enumerate(signs))),
        ("".join(_level(n, "decimal", f"%{n + 1}.", look.formal) for n in range(4))),
        _dash(),
    ]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>{level}'
        "</w:abstractNum>"
        for n, level in enumerate(levels)
    )
    lists = ((BULLETS, 0), (DASHES, 2))
    named = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/></w:num>'
        for number, definition in lists
    )
    return f"<w:numbering {markup.NAMESPACES}>{abstract}{named}</w:numbering>"


def _level(number: int, kind: str, sign: str, formal: bool) -> str:
    """In a formal document an item is a paragraph like others: only its first line is indented."""
    if formal:
        follow, indent = '<w:suff w:val="space"/>', 'w:left="0" w:firstLine="720"'
    else:
        follow, indent = "", f'w:left="{360 * (number + 1)}" w:hanging="300"'
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{follow}'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr><w:ind {indent}/></w:pPr></w:lvl>"
    )


def _dash() -> str:
    return (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/>'
        '<w:lvlText w:val="-"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )
