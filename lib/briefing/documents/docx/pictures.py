"""Drawings as pictures: Word holds no SVG that every reader shows.

Typst, which sets the PDF, draws them all in one call.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, UnidentifiedImageError

from briefing.documents import svg
from briefing.documents.typesetting import typeset
from briefing.errors import DocumentError

PPI = 200
HEIGHT_MM = 215  # never taller than a page
BAR = 600  # width of the drawing of a bar, in its own units

_TEMPLATE = """#let drawings = json("drawings.json")
#set page(width: {width}mm, height: auto, margin: 0pt, fill: white)
#for (n, d) in drawings.enumerate() {{
  if n > 0 {{ pagebreak() }}
  image(bytes(d), format: "svg", width: 100%)
}}
"""


def drawn(drawings: Mapping[str, str], width_mm: float) -> dict[str, bytes]:
    """SVG texts as PNG of this width, under the same names.

    Raises:
        DocumentError: One is no drawing.
    """
    if not drawings:
        return {}
    cleaned = [svg.clean(drawing, name) for name, drawing in drawings.items()]
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        root = Path(folder)
        (root / "drawings.json").write_text(json.dumps(cleaned), encoding="utf-8")
        (root / "drawings.typ").write_text(_TEMPLATE.format(width=width_mm), encoding="utf-8")
        pages = typeset(root, "drawings.typ", format="png", ppi=PPI)
    return dict(zip(drawings, [pages] if isinstance(pages, bytes) else pages, strict=True))


def bar(figure: Mapping[str, Any]) -> str:
    """The bar of a key figure against its marks, as SVG: the same as on the page."""
    marks = figure["marks"]
    top = max(1, figure["progress"], *(at for at, _label in marks))
    filled = max(figure["progress"], 0) / top * BAR
    parts = [
        f'<rect x="0" y="5" width="{BAR}" height="13" fill="#e8edf2"/>',
        f'<rect x="0" y="5" width="{filled:.1f}" height="13" fill="#17508c"/>',
    ]
    last, lower, lowest = -BAR, 0, 0
    for at, label in marks:
        x = at / top * BAR
        lower = 1 - lower if x - last < 0.2 * BAR else 0
        last, lowest = x, max(lower, lowest)
        parts.append(_mark(x, 16 * lower, label))
    height = 40 + 16 * lowest
    return f'<svg xmlns="{svg.NAMESPACE}" viewBox="0 0 {BAR} {height}">{"".join(parts)}</svg>'


def _mark(x: float, drop: int, label: str) -> str:
    anchor = "start" if x < 0.08 * BAR else "end" if x > 0.93 * BAR else "middle"
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{23 + drop}" stroke="#b3440f" '
        f'stroke-width="2.5"/><text x="{x:.1f}" y="{36 + drop}" font-size="12.5" '
        f'font-family="DejaVu Sans" fill="#1b2733" text-anchor="{anchor}">{escape(label)}</text>'
    )


def sized(content: bytes, widest_mm: float, dots_per_inch: float = PPI) -> tuple[float, float]:
    """Width and height in mm of a picture, made smaller where the page asks for it.

    Raises:
        DocumentError: It can't be read as a picture.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = (pixels / dots_per_inch * 25.4 for pixels in image.size)
    except (UnidentifiedImageError, OSError) as error:
        raise DocumentError(f"a picture can't be read: {error}") from error
    scale = min(1, widest_mm / width, HEIGHT_MM / height)
    return width * scale, height * scale
