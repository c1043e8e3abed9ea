"""PDF as bytes: with a text layer by typst, scanned by Pillow."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 297mm, height: data.height * 1mm, margin: 15mm)
#set text(size: 10pt, font: "Libertinus Serif")
#for line in data.above [#line #parbreak()]
#if data.rows.len() > 0 {
  let cells = data.rows.map(row => row.map(cell => [#cell]))
  let head = cells.slice(0, data.repeated)
  table(
    columns: data.widths.map(width => width * 1mm),
    stroke: if data.ruled { 0.5pt } else { none },
    table.header(..head.flatten()),
    ..cells.slice(data.repeated).flatten(),
  )
}
#for line in data.below [#line #parbreak()]
"""


def pdf(
    above: Sequence[str] = (),
    rows: Sequence[Sequence[Any]] = (),
    below: Sequence[str] = (),
    *,
    ruled: bool = True,
    repeated: int = 1,
    height: int = 210,
    widths: Sequence[int] = (15, 60, 60, 45, 60),
) -> bytes:
    """Lines, one table, lines. `repeated` rows stand again at the top of each page of `height`."""
    import typst

    width = len(widths)
    data = {
        "above": list(above),
        "below": list(below),
        "rows": [
            ["" if v is None else str(v) for v in [*row, *[None] * (width - len(row))]]
            for row in rows
        ],
        "ruled": ruled,
        "repeated": repeated,
        "height": height,
        "widths": list(widths),
    }
    return typst.compile(TEMPLATE.encode(), sys_inputs={"data": json.dumps(data)})


def scanned() -> bytes:
    """A page that is a picture of a page: nothing in it is text."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (620, 877), 255)
    drawing = ImageDraw.Draw(page)
    for y in range(100, 800, 40):
        drawing.line((60, y, 560, y), fill=60)
    stream = io.BytesIO()
    page.save(stream, "PDF")
    return stream.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    """A photo of a report, as taken with a phone."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (320, 240), (200, 190, 170)).save(stream, kind)
    return stream.getvalue()
