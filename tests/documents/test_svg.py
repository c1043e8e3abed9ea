"""Drawings made safe to set inside a page."""

import pytest

from briefing.documents import svg
from briefing.errors import DocumentError

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)


def cleaned(inside: str, attributes: str = 'viewBox="0 0 9 9"') -> str:
    return svg.clean(SVG.format(attributes, inside), "f")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<rect onload="alert(1)"/>',
        '<image href="http://example.org/a.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="http://example.org/a.svg#x"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<rect style="fill: url(http://example.org/a)"/>',
        '<rect fill="url(http://example.org/a)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        "<style>@import url(http://example.org/a.css);</style>",
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    ],
)
def test_nothing_runs_and_nothing_loads(inside):
    made = cleaned(inside)

    for trace in ("alert", "example.org", "script", "onload", "base64", "style", "foreign"):
        assert trace not in made


def test_styles_become_attributes():
    assert '<rect fill="#ffffff" stroke-width="0.8"' in cleaned(
        '<rect style="fill: #ffffff; stroke-width: 0.8"/>'
    )


def test_ids_in_use_are_prefixed_everywhere_and_others_are_dropped():
    made = cleaned(
        '<defs><path id="p" d="M0 0"/><clipPath id="c"/></defs><g id="unused">'
        '<use xlink:href="#p" clip-path="url(#c)"/></g>'
    )

    assert 'id="f-p"' in made and 'href="#f-p"' in made
    assert 'id="f-c"' in made and 'clip-path="url(#f-c)"' in made
    assert "unused" not in made


def test_a_shape_used_elsewhere_takes_its_colours_from_its_users():
    made = cleaned(
        '<defs><path id="p" style="fill: #17508c; stroke: #17508c" d="M0 0"/></defs>'
        '<use href="#p" fill="#fefefe"/><use href="#p" fill="#17508c"/>'
    )

    assert '<path stroke="#17508c" id="f-p"' in made  # no user says its stroke


def test_a_size_becomes_a_view_box():
    made = cleaned("<rect/>", 'width="216pt" height="144pt"')

    assert 'viewBox="0 0 216 144"' in made
    assert "216pt" not in made


def test_text_is_kept_escaped():
    assert "Đạt &lt;60&gt; &amp; hơn" in cleaned("<text>Đạt &lt;60&gt; &amp; hơn</text>")


def test_cleaning_twice_keeps_the_references_together():
    once = cleaned('<defs><path id="p" d="M0 0"/></defs><use href="#p"/>')

    assert svg.clean(once, "f").count("f-f-p") == 2


@pytest.mark.parametrize(
    "bad",
    [
        "not a drawing",
        "<html/>",
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<!DOCTYPE svg><!ENTITY a "b"><svg/>',
    ],
)
def test_what_is_no_plain_drawing_is_refused(bad):
    with pytest.raises(DocumentError, match="SVG"):
        svg.clean(bad, "f")
