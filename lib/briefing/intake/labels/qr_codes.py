"""The QR codes in a picture: Pillow opens it, zxing-cpp reads it, treated in ever dearer ways."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps
from PIL.Image import Resampling

from briefing.intake.readers.budget import passed_over

MOST_PIXELS = 60_000_000  # a larger picture is a trap, not a photo
SIDES = (1000, 1800, 600, 2800)  # pixels of the longer side, in the order in which they are tried


@passed_over()
def opens(content: bytes) -> bool:
    """Whether this is a picture."""
    Image.open(io.BytesIO(content)).close()
    return True


@passed_over()
def opened(content: bytes) -> Image.Image | None:
    """The picture in grey, upright, at most as large as helps; `None` where it is a trap."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content))
    if image.width * image.height > MOST_PIXELS:
        return None
    image.draft("L", (SIDES[-1], SIDES[-1]))  # a JPEG is then read at a fraction of its size
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        white = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(white, upright.convert("RGBA"))
    return upright.convert("L")


@passed_over()
def codes_in(image: Image.Image) -> tuple[str, ...] | None:
    """The codes by the first treatment that shows any, the cheapest treatments first."""
    for side in SIDES:
        if side != SIDES[0] and side > max(image.size) and max(image.size) <= SIDES[0]:
            continue  # the picture holds no more than was looked at
        sized = _sized(image, side)
        for treat in TREATMENTS:
            if codes := _read(treat(sized)):
                return codes
    return ()


def _sized(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side:
        return image
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Resampling.BOX if scale < 0.5 else Resampling.BILINEAR)


def _read(image: Image.Image) -> tuple[str, ...]:
    qr_code = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
        found = zxingcpp.read_barcodes(
            image, formats=qr_code, binarizer=binarizer, text_mode=zxingcpp.TextMode.Plain
        )
        texts = (" ".join(code.text.split()) for code in found)
        if codes := tuple(dict.fromkeys(text for text in texts if text)):
            return codes
    return ()


def _contrasted(image: Image.Image) -> Image.Image:
    return ImageOps.autocontrast(image, cutoff=2)


def _levelled(image: Image.Image) -> Image.Image:
    """Every part as bright as the others: a shadow over half of the code goes away."""
    around = image.filter(ImageFilter.BoxBlur(max(8, max(image.size) // 16)))
    return ImageOps.autocontrast(ImageChops.subtract(image, around, scale=1, offset=128), cutoff=1)


def _smoothed(image: Image.Image) -> Image.Image:
    return _contrasted(image.filter(ImageFilter.GaussianBlur(1.2)))


def _sharpened(image: Image.Image) -> Image.Image:
    return _contrasted(image).filter(ImageFilter.UnsharpMask(radius=3, percent=250, threshold=2))


def _turned(degrees: int, image: Image.Image) -> Image.Image:
    grey = image.resize((1, 1)).getpixel((0, 0))
    turned = image.rotate(degrees, Resampling.BILINEAR, expand=True, fillcolor=grey)
    return _contrasted(turned)


TREATMENTS: tuple[Callable[[Any], Any], ...] = (
    lambda image: image,
    _contrasted,
    _levelled,
    _smoothed,
    _sharpened,
    partial(_turned, 20),
    partial(_turned, 45),
)
