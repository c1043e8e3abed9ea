"""One way to call Typst: with the fonts that this house has chosen, and no others."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import typst

from briefing.documents import fonts
from briefing.errors import DocumentError


def typeset(root: Path, name: str, **options: Any) -> Any:
    """Compile a file of `root`; the bytes of the document, or of each picture.

    Raises:
        DocumentError: Typst refuses it, for example because it breaks a PDF standard.
    """
    try:
        return typst.compile(root / name, root=root, font_paths=_fonts(), **options)
    except typst.TypstError as error:
        raise DocumentError(str(error)) from error


@cache
def _fonts() -> Any:
    paths = [fonts.chart_folder(), *fonts.body().files]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)
