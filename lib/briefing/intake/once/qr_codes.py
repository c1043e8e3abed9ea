"""The code that a form declares and the code that a photo shows: are they the same?"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from briefing.intake.values.disclosure import shown_code

RUN = re.compile(r"[^\W_]+")
MASKED = re.compile(r"\d{2,4}xxx\d{2,3}")  # a phone number, as it is shown
SCHEME = re.compile(r"^\w+://(www\.)?")
FEWEST_SIGNS = 4  # letters and digits; less stands in any text by chance


def is_code(declared: str | None) -> bool:
    """Whether what stands on the form's line can be held against a photo.

    “Đã tạo” or “xem ảnh” is no code: a code has digits, or is one word without accents.
    """
    text = _plain(declared or "")
    signs = "".join(RUN.findall(text))
    if len(signs) < FEWEST_SIGNS:
        return False
    return any(map(str.isdigit, signs)) or (text.isascii() and " " not in text)


def same_code(declared: str | None, shown: str) -> bool | None:
    """Whether a photo shows the declared code; `None` where the two can't be compared.

    One may be a part of the other: of an address, the code behind it; of a code, the words
    around it. Capitals, spaces and signs between letters and digits do not count. A phone number
    on the line of the code is that of its creator, unless the photo shows a phone number too.

    Args:
        declared: As it is shown (phones masked).
        shown: The text of the code in the photo, phones masked or not.
    """
    shown = shown_code(shown)
    if not declared or not is_code(declared) or not RUN.search(shown):
        return None
    if MASKED.fullmatch(declared) and not MASKED.search(shown):
        return None
    a, b = _plain(declared), _plain(unquote(shown))
    if "".join(RUN.findall(a)) == "".join(RUN.findall(b)):
        return True
    return _holds(a, b) or (len("".join(RUN.findall(b))) >= FEWEST_SIGNS and _holds(b, a))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", " ".join(text.split())).casefold()
    return SCHEME.sub("", composed)


def _holds(part: str, whole: str) -> bool:
    """Whether the letters and digits of one text stand in the other, as whole words."""
    signs = r"[\W_]*".join(map(re.escape, RUN.findall(part)))
    return bool(re.search(rf"(?<![^\W_]){signs}(?![^\W_])", whole))
