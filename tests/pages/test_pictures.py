"""The pictures of the guide show what the program makes now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages.pictures import LARGEST, PICTURES, make_pictures, said_by

GUIDE = (PICTURES.parent / "huong-dan.md").read_text(encoding="utf-8")
SHOWN = sorted(re.findall(r"\(pictures/([\w-]+)\.png\)", GUIDE))
ODD = 0.1  # of the words: machines break lines, and cut pictures, at other places


def test_the_guide_shows_each_picture_once_and_none_is_large():
    kept = sorted(PICTURES.glob("*.png"))

    assert [path.stem for path in kept] == SHOWN
    assert max(path.stat().st_size for path in kept) <= LARGEST
    assert all(said_by(path) for path in kept)


@pytest.fixture(scope="module")
def made(tmp_path_factory, playwright) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    make_pictures(folder, playwright)
    return folder


@pytest.mark.slow
@pytest.mark.needs("chromium", "pdftoppm", "pdftotext", "soffice")
@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_shows_what_the_program_says_now(made, name):
    shown, now = (set(said_by(folder / f"{name}.png")) for folder in (PICTURES, made))

    changed = sorted(shown ^ now)
    assert len(changed) <= ODD * len(now), f"make pictures: {changed}"
