"""Documents with lines and one table, of which pieces look otherwise in any way their format has.

A way is markup around a text; `{n}` in it is a number of its own, and what stands behind a bar is
kept elsewhere in the file.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

Row = Sequence[Any]


@dataclass(frozen=True)
class Dressed:
    """A cell or line of pieces: each its text and its way; "" of what looks as usual."""

    pieces: tuple[tuple[str, str], ...]


def _run(properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{{}}</w:t></w:r>'


_CHANGE = 'w:id="{n}" w:author="a" w:date="2021-08-16T08:00:00Z"'
_DELETION = (
    '<text:change text:change-id="c{n}"/>|<text:changed-region text:id="c{n}"><text:deletion>'
    "<text:p>{}</text:p></text:deletion></text:changed-region>"
)
# Format → look → ways. The last of each format, "", only seems to look otherwise.
WAYS: dict[str, dict[str, list[str]]] = {
    "docx": {
        "struck": [
            *map(_run, ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Struck"/>']),
            *map(_run, ['<w:rStyle w:val="BasedOnStruck"/>', '<w:strike w:val="true"/>']),
            f"<w:del {_CHANGE}><w:r><w:delText>{{}}</w:delText></w:r></w:del>",
            f"<w:moveFrom {_CHANGE}>{_run('')}</w:moveFrom>",
        ],
        "hidden": [*map(_run, ["<w:vanish/>", '<w:rStyle w:val="Hidden"/>'])],
        "raised": [
            *map(_run, ['<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="Raised"/>']),
            _run('<w:position w:val="8"/><w:sz w:val="14"/>'),
        ],
        "": [
            _run('<w:rStyle w:val="Struck"/><w:strike w:val="0"/>'),
            _run('<w:rStyle w:val="Hidden"/><w:vanish w:val="false"/>'),
            _run('<w:rStyle w:val="Raised"/><w:vertAlign w:val="baseline"/>'),
            f"<w:ins {_CHANGE}>{_run('')}</w:ins>",
        ],
    },
    "odt": {
        "struck": [
            *(f'<text:span text:style-name="{name}">{{}}</text:span>' for name in ("T1", "T4")),
            '<text:span text:style-name="T1"><text:span text:style-name="Bold">{}</text:span>'
            "</text:span>",
            _DELETION,
        ],
        "hidden": [
            '<text:span text:style-name="T2">{}</text:span>',
            '<text:hidden-text text:is-hidden="true" text:string-value="{}"/>',
        ],
        "raised": ['<text:span text:style-name="T3">{}</text:span>'],
        "": [
            '<text:span text:style-name="T1"><text:span text:style-name="T5">{}</text:span>'
            "</text:span>",
            "{}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>x"
            "</text:p></text:note-body></text:note>",
        ],
    },
    "html": {
        "struck": [
            "<s>{}</s>", "<strike><b>{}</b></strike>", '<del cite="mailto:a">{}</del>',
            '<span style="color:red;text-decoration:underline line-through">{}</span>',
            "<font class=font5>{}</font>", "<span class='a font5'>{}</span>",
        ],
        "hidden": [
            '<span style="DISPLAY: none">{}</span>', '<span style="mso-hide:all">{}</span>',
            '<span style="visibility:hidden">{}</span>', "<span hidden>{}</span>",
            "<i class=gone>{}</i>",
        ],
        "raised": [
            "<sup>{}</sup>", "<span style='vertical-align:super;font-size:60%'>{}</span>",
            "<font class=font6>{}</font>",
            "<span style='font-size:8.0pt;position:relative;top:-3.0pt;mso-text-raise:3.0pt'>{}"
            "</span>",
        ],
        "": [
            "<s style='text-decoration:none'>{}</s>", "<em class='font5 plain'>{}</em>",
            "<span style='visibility:hidden'><b style='visibility:visible'>{}</b></span>",
            "<span class=paper>{}</span>",
        ],
    },
}  # fmt: skip
# Format → look → what makes a whole row look so, in its own tag.
ROWS: dict[str, dict[str, list[str]]] = {
    "docx": {"struck": [f"<w:del {_CHANGE}/>"], "hidden": ["<w:hidden/>"]},
    "odt": {"hidden": [' table:visibility="collapse"']},
    "html": {
        "struck": [' style="text-decoration:line-through"', " class=font5"],
        "hidden": [' style="display:none"', " height=0 class=gone", " hidden"],
    },
}

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = "".join(
    f'<w:style w:type="character" w:styleId="{name}"><w:name w:val="{name}"/>{says}</w:style>'
    for name, says in [
        ("Struck", "<w:rPr><w:strike/></w:rPr>"),
        ("BasedOnStruck", '<w:basedOn w:val="Struck"/><w:rPr><w:b/></w:rPr>'),
        ("Hidden", "<w:rPr><w:vanish/></w:rPr>"),
        ("Raised", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    ]
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(above: Row, rows: Sequence[Row], ways: Mapping[int, str] | None = None) -> bytes:
    """A Word document: lines, then a table. `ways`: of rows, by their place in the table."""
    written = _Written(_run(""))

    def paragraph(value: Any) -> str:
        return f"<w:p>{written.text(value)}</w:p>"

    def row(number: int, cells: Row) -> str:
        inside = "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{written.way((ways or {}).get(number, ''))}</w:trPr>{inside}</w:tr>"

    columns = "<w:gridCol/>" * max(map(len, rows))
    table = "".join(itertools.starmap(row, enumerate(rows)))
    body = "".join(map(paragraph, above))
    body += f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{table}</w:tbl><w:p/>"
    parts = {"document": f"<w:body>{body}</w:body>", "styles": _STYLES}
    types = {"document": "document.main", "styles": "styles"}
    return _zipped({
        "[Content_Types].xml": _TYPES.format("".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{type_}+xml"/>'
            for part, type_ in types.items()
        )),
        "_rels/.rels": _links("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _links("styles", "styles.xml"),
        **{f"word/{part}.xml": f"<w:{part} {_WORD}>{xml}</w:{part}>"
           for part, xml in parts.items()},
    })  # fmt: skip


def _links(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/{kind}" Target="{target}"/></Relationships>'
    )


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style")
)
_LINE = 'style:text-line-through-style="{0}" style:text-line-through-type="{1}"'
_OF_TEXT = "".join(
    f'<style:style style:name="{name}" style:family="text"{more}><style:text-properties {says}/>'
    "</style:style>"
    for name, says, more in [
        ("T1", _LINE.format("solid", "single"), ""),
        ("T2", 'text:display="none"', ""),
        ("T3", 'style:text-position="super 58%"', ""),
        ("T4", 'style:letter-kerning="true"', ' style:parent-style-name="Struck"'),
        ("T5", _LINE.format("none", "none"), ""),
    ]
)
_NAMED = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {says}/>'
    "</style:style>"
    for name, says in [("Struck", _LINE.format("solid", "double")), ("Bold", "")]
)


def odt(above: Row, rows: Sequence[Row], ways: Mapping[int, str] | None = None) -> bytes:
    """The same as a document of LibreOffice Writer."""
    written = _Written("{}")

    def paragraph(value: Any) -> str:
        return f"<text:p>{written.text(value)}</text:p>"

    def row(number: int, cells: Row) -> str:
        inside = "".join(f"<table:table-cell>{paragraph(c)}</table:table-cell>" for c in cells)
        return f"<table:table-row{(ways or {}).get(number, '')}>{inside}</table:table-row>"

    body = "".join(map(paragraph, above))
    body += f"<table:table>{''.join(itertools.starmap(row, enumerate(rows)))}</table:table>"
    changes = f"<text:tracked-changes>{written.elsewhere}</text:tracked-changes>"
    return _zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_SPACES}><office:automatic-styles>{_OF_TEXT}"
        f"</office:automatic-styles><office:body><office:text>{changes}{body}</office:text>"
        "</office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_SPACES}><office:styles>{_NAMED}"
        "</office:styles></office:document-styles>",
    })  # fmt: skip


_SHEET = """<!--
td {padding:1px; vertical-align:bottom; text-decoration:none}
.font5, tr.font5 td {color:red; text-decoration:line-through}
.font6 {vertical-align:super}
em.plain {text-decoration:none}
table .gone, tr.gone {display:none}
@media print {.paper {display:none}}
-->"""


def html(above: Row, rows: Sequence[Row], ways: Mapping[int, str] | None = None) -> bytes:
    """The same as a page that an office program saved."""
    written = _Written("{}")

    def row(number: int, cells: Row) -> str:
        inside = "".join(f"<td>{written.text(cell)}</td>" for cell in cells)
        return f"<tr{(ways or {}).get(number, '')}>{inside}</tr>"

    body = "".join(f"<p>{written.text(line)}</p>" for line in above)
    table = "".join(itertools.starmap(row, enumerate(rows)))
    head = f"<head><meta charset=utf-8><style>{_SHEET}</style></head>"
    return f"<html>{head}<body>{body}<table>{table}</table></body></html>".encode()


MAKERS: dict[str, Callable[..., bytes]] = {"docx": docx, "odt": odt, "html": html}


class _Written:
    """Writes values as markup, and what of it belongs elsewhere."""

    def __init__(self, usual: str):
        self._usual = usual
        self._numbers = itertools.count(1)
        self.elsewhere = ""

    def text(self, value: Any) -> str:
        if value is None:
            return ""
        pieces = value.pieces if isinstance(value, Dressed) else ((str(value), ""),)
        return "".join(self.way(way or self._usual, text) for text, way in pieces)

    def way(self, way: str, text: str = "") -> str:
        filled = way.replace("{n}", str(next(self._numbers))).replace("{}", escape(text))
        here, _bar, elsewhere = filled.partition("|")
        self.elsewhere += elsewhere
        return here


def _zipped(files: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()
