"""The file around the text: styles, lists, sections, headers and footers, properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from docx import Document as new_document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from briefing.documents.assemble import Document
from briefing.documents.docx.draft import numbering
from briefing.documents.docx.look import Look
from briefing.documents.docx.styles import style_sheet
from briefing.documents.lines import length
from briefing.office import package
from briefing.office.look import GROUNDS, TONES
from briefing.office.markup import EDGES, NAMESPACES, elements, field, line, paragraph, run, twips

LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
UNDATED = dt.datetime(*package.EPOCH, tzinfo=dt.UTC)
_NOT_OURS = ("thumbnail", "stylesWithEffects", "customXml")  # parts of python-docx's template
FRAME = 60  # twips at either side of a framed text, for the frame stands outside of it
_EDGES = 567  # twips from the paper's edge to header and footer: 10 mm


def begin(source: Document, look: Look) -> Any:
    """A Word document without text, its styles and lists in place."""
    made = new_document()
    lang = LANGUAGES.get(source.lang, source.lang)
    _replace(made.part.part_related_by(RELATIONSHIP_TYPE.STYLES), style_sheet(look, lang))
    _replace(made.part.numbering_part, numbering(look))
    for owner in (made.part, made.part.package):
        rels = owner.rels
        for name in [k for k, r in rels.items() if r.reltype.endswith(_NOT_OURS)]:
            del rels[name]
    _settings(made, lang)
    about = made.core_properties
    about.title, about.subject, about.author = source.title, source.subject, source.author
    about.last_modified_by, about.comments, about.language = source.author, "", lang
    return made


def _replace(part: Any, xml: str) -> None:
    part._element = parse_xml(xml)


def _settings(made: Any, lang: str) -> None:
    """As the newest Word lays it out, in the language of the document."""
    settings = made.settings.element
    mode = settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']")[0]
    mode.set(qn("w:val"), "15")
    for old in settings.xpath("w:compat/w:useFELayout | w:rsids | w:savePreviewPicture"):
        old.getparent().remove(old)
    theme = settings.find(qn("w:themeFontLang"))
    theme.attrib.clear()
    theme.set(qn("w:val"), lang)
    for name, value in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        if lang.startswith("vi"):
            settings.find(qn(name)).set(qn("w:val"), value)


def fill(made: Any, sections: Sequence[str], source: Document, look: Look, words: dict) -> None:
    """Put the text into the document; the body and each annex are a section of their own."""
    references = _running(made, source, look, words)
    *before, last = sections
    parts = []
    for number, content in enumerate(before):
        section = _section(look, references if number == 0 else "")
        parts.append(content + paragraph(style="Rule", section=section))
    parts.append(last + _section(look, "" if before else references))
    body = parse_xml(f"<w:body {NAMESPACES}>{''.join(parts)}</w:body>")
    made.element.replace(made.element.body, body)


def _section(look: Look, references: str) -> str:
    """Pages of a section, counted from 1; a formal one shows no number on its first."""
    top, right, bottom, left = map(twips, look.margins)
    start = '<w:pgNumType w:start="1"/><w:titlePg/>' if look.formal else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{_EDGES}" w:footer="{_EDGES}" w:gutter="0"/>{start}</w:sectPr>'
    )


def _running(made: Any, source: Document, look: Look, words: dict) -> str:
    """Headers and footers; the elements by which a section refers to them."""
    section = made.sections[0]
    banner = _banner(look, words) if source.illustrative else paragraph(style="Header")
    if look.formal:
        _say(section.header, paragraph(field("PAGE", "2"), style="Header"))
        _say(section.first_page_header, paragraph(style="Header"))
        for footer in (section.footer, section.first_page_footer):
            _say(footer, banner)
    else:
        _say(section.header, banner)
        _say(section.footer, _page_line(source, words))
    references = section._sectPr.xpath("w:headerReference | w:footerReference")
    return "".join(
        f'<w:{kind} w:type="{one.get(qn("w:type"))}" r:id="{one.get(qn("r:id"))}"/>'
        for one in references
        for kind in [one.tag.rpartition("}")[2]]
    )


def _say(part: Any, content: str) -> None:
    part.is_linked_to_previous = False
    element = part._element
    for old in list(element):
        element.remove(old)
    element.extend(elements(content))


def _banner(look: Look, words: dict) -> str:
    """In a frame about as wide as its text."""
    notice = f" · {words['illustrative_note']}"
    colour, shade = ("", "") if look.formal else (TONES["warn"], GROUNDS["warn"])
    text = run(words["illustrative"], bold=True, size=9, colour=colour)
    text += run(notice, size=9, colour=colour)
    frame = "".join(line(side, 6, colour or "000000", 2) for side in EDGES[:4])
    wide = 20 * (length(words["illustrative"], 9) + length(notice, 9, "Times-Roman") + 12)
    beside = max(FRAME, round((look.width - wide) / 2)) if look.formal else FRAME
    indent = f'w:left="{beside}" w:right="{beside}"'
    return paragraph(text, style="Footer", align="center", border=frame, shade=shade, indent=indent)


def _page_line(source: Document, words: dict) -> str:
    """The title at the left, the page at the right."""
    words_and_page = run(f"{source.title}\t{words['page']} ") + field("PAGE")
    return paragraph(words_and_page, run("/"), field("NUMPAGES"), style="Footer")


def finish(made: Any, date: str) -> bytes:
    """The file; the same bytes for the same document."""
    try:
        moment = dt.datetime.fromisoformat(date)
    except ValueError:
        moment = UNDATED
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return package.fixed(package.saved(made), moment)
