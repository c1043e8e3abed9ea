"""What an HTML page says."""

from __future__ import annotations

from lxml import etree, html

from tests.said.places import Said

QUIET = (
    "//script | //style | //nav | //details | //*[@class='b-sr'] | //*[@class='b-source']"
    " | //*[@class='b-dotted']"
    " | //*[@class='b-formal']/following::*[@class='b-mark']"
)
"""What is no part of the text, or not on paper: a formal document has no marks there."""


def said(source: str) -> Said:
    """Head and content of a page, without what is only opened, or said to screen readers."""
    tree = html.fromstring(source)
    for quiet in tree.xpath(QUIET):
        quiet.drop_tree()
    told = Said()
    for part in tree.xpath("//header[@class='top'] | //main"):
        _read(part, told)
    return told


def tables(source: str) -> dict[str, list[dict[str, tuple[str, str]]]]:
    """Each table by its identifier: its rows, as heading → text without its note, and raw value."""
    tree = html.fromstring(source)
    for beside in tree.xpath("//table//*[@class='b-note' or @class='b-mark']"):
        beside.drop_tree()
    made = {}
    for table in tree.xpath("//table[@id]"):
        head, *rows = ([(_words(c), c.get("data-v", "")) for c in row] for row in table.iter("tr"))
        names = [name for name, _value in head]
        made[table.get("id")] = [dict(zip(names, row, strict=True)) for row in rows]
    return made


def _read(node: etree._Element, told: Said) -> None:
    if node.tag == "table":
        told.table([[_words(cell) for cell in row] for row in node.iter("tr")])
    elif node.get("role") == "img":
        told.chart(node.get("aria-label"), " ".join(map(_words, node.iter("text"))))
    elif node.tag == "img":
        told.chart(node.get("alt"))
    elif "b-figure" in node.get("class", "").split():
        _figure(node, told)
    else:
        told.text(node.text or "")
        for child in node:
            _read(child, told)
            told.text(child.tail or "")


def _figure(node: etree._Element, told: Said) -> None:
    label, value = node.find("dt"), node.find("dd")
    marks = " ".join(_words(text) for text in value.iter("text"))
    for bar in value.xpath("svg"):
        bar.drop_tree()
    told.figure(_words(label), _words(value), marks)


def _words(node: etree._Element) -> str:
    """The words of an element, its lines apart."""
    return " ".join(node.itertext())
