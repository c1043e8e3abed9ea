"""The style sheet in Word: built-in styles where Word has one, so that its tools know them."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.documents.docx.look import CODE, FIRST_LINE, Look
from briefing.messages import _
from briefing.office.look import DEEP, FONT, INK, MUTED, RULE
from briefing.office.markup import NAMESPACES, attribute, grid, line

TEXT = "BodyText"
KEEP = "<w:keepNext/><w:keepLines/>"
CENTER, BOTH = '<w:jc w:val="center"/>', '<w:jc w:val="both"/>'
INDENT = f'<w:ind w:firstLine="{FIRST_LINE}"/>'
HAIR = '<w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/>'


def style_sheet(look: Look, lang: str) -> str:
    """Every style that the writers use, as the root of styles.xml."""
    own = _formal(look) if look.formal else _page(look)
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_face(FONT)}"
        f'<w:lang w:val="{lang}" w:eastAsia="{lang}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        f"{''.join(own)}{''.join(_common(look))}{_tables()}</w:styles>"
    )


def _style(
    id: str, name: str, paragraph: str, letters: str, *, based: str = "Normal", then: str = ""
) -> str:
    """A paragraph style; `then`: the style of the paragraph that is typed after it."""
    default = ' w:default="1"' if id == "Normal" else ""
    parent = "" if id == "Normal" else f'<w:basedOn w:val="{based}"/>'
    after = f'<w:next w:val="{then}"/>' if then else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val={attribute(name)}/>'
        f"{parent}{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _face(font: str) -> str:
    faces = (f'w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f"<w:rFonts {' '.join(faces)}/>"


def _letters(size: float, marks: str = "", colour: str = "") -> str:
    """Letters of a size in points; `marks`: any of b, i and caps, in this order."""
    made = "".join(f"<w:{mark}/>" for mark in marks.split())
    made += f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{made}<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>'


def _spaced(before: float, after: float, pitch: int = 240) -> str:
    """Points above and below; `pitch` of the lines in 240ths of single spacing."""
    return (
        f'<w:spacing w:before="{round(20 * before)}" w:after="{round(20 * after)}" '
        f'w:line="{pitch}" w:lineRule="auto"/>'
    )


def _level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number - 1}"/>'


def _formal(look: Look) -> Iterator[str]:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I."""
    bold = _letters(look.size, "b")
    yield _style("Normal", "Normal", _spaced(0, 0), _letters(look.size))
    yield _style(TEXT, "Body Text", _spaced(0, 6, 260) + INDENT + BOTH, "")
    capitals = _letters(look.size, "b caps")
    yield _style("Title", "Title", KEEP + _spaced(14, 0) + CENTER, capitals, then="Subtitle")
    yield _style("Subtitle", "Subtitle", KEEP + _spaced(0, 0) + CENTER, bold, then=TEXT)
    annex = KEEP + _spaced(0, 4) + CENTER + _level(1)
    yield _style("AnnexHeading", _("Annex heading"), annex, bold, then=TEXT)
    yield _style("Boxes", _("Head of the document"), CENTER, _letters(13))
    for level in range(1, 5):
        around = KEEP + _spaced(3, 6, 260) + INDENT + _level(level)
        letters = capitals if level == 1 else bold
        yield _style(f"Heading{level}", f"heading {level}", around, letters, then=TEXT)


def _page(look: Look) -> Iterator[str]:
    yield _style("Normal", "Normal", _spaced(0, 0), _letters(look.size, colour=INK))
    yield _style(TEXT, "Body Text", _spaced(0, 6, 264), "")
    yield _style("Title", "Title", KEEP + _spaced(12, 4), _letters(18, "b", DEEP), then=TEXT)
    yield _style("Subtitle", "Subtitle", _spaced(0, 6), _letters(11.5, colour=MUTED), then=TEXT)
    annex = f"{KEEP}<w:pageBreakBefore/>{_spaced(0, 6)}{CENTER}{_level(1)}"
    yield _style("AnnexHeading", _("Annex heading"), annex, _letters(13.5, "b", DEEP), then=TEXT)
    yield _style("Boxes", _("Head of the document"), "", _letters(9.5))
    under = f"<w:pBdr>{line('bottom', 5, RULE, 3)}</w:pBdr>"
    for level, size in enumerate((13.5, 11.5, 11, 11), 1):
        around = KEEP + under + _spaced(14, 5) if level == 1 else KEEP + _spaced(10, 5)
        letters = _letters(size, "b", DEEP)
        yield _style(
            f"Heading{level}", f"heading {level}", around + _level(level), letters, then=TEXT
        )


def _common(look: Look) -> Iterator[str]:
    formal, muted = look.formal, look.muted()
    middle = CENTER if formal else ""
    slanted = "i" if formal else ""
    titles = _letters(look.size if formal else 10.5, "b")
    yield _style("Caption", "caption", "<w:keepNext/>" + _spaced(10, 5) + middle, titles)
    yield _style("TableText", _("Text in a table"), "", _letters(look.table_size(1)))
    yield _style("Note", _("Note"), _spaced(3, 6), _letters(look.note, slanted, muted))
    close = "" if formal else _spaced(0, 4, 260)
    yield _style("ListParagraph", "List Paragraph", close, "", based=TEXT)
    apart = "<w:keepLines/>" + _spaced(6, 6, 260)
    yield _style("Notice", _("Notice"), apart, _letters(look.size, slanted), based=TEXT)
    yield _style("Recipients", _("Recipients"), "", _letters(11))
    yield _style("Addressees", _("Addressees"), _spaced(0, 3), "")
    yield _style("Code", _("Code"), _spaced(4, 4), _face(CODE) + _letters(8))
    yield _style("Rule", _("Rule"), HAIR, _letters(2))
    yield _style("Header", "header", middle, _letters(look.size if formal else 8.5))
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{look.width}"/></w:tabs>'
    yield _style("Footer", "footer", middle or tabs, _letters(9 if formal else 8.5, colour=muted))


def _tables() -> str:
    """Word's own plain table, and the one with a line around every cell."""
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
        '</w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{grid()}</w:tblBorders></w:tblPr>'
        "</w:style>"
    )
