"""Make photos of posted QR codes as phones take them: turned, dim, at an angle, noisy, small."""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from functools import cache

import numpy as np
import zxingcpp
from PIL import Image, ImageEnhance, ImageFilter

CODE = "BZ-2021-0045"


@cache
def poster(text: str = CODE, scale: int = 10) -> Image.Image:
    """A sheet of white paper with the code on it."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=scale)))
    paper = Image.new("L", (drawn.width * 5 // 4, drawn.height * 3 // 2), 250)
    paper.paste(drawn, (drawn.width // 8, drawn.height // 4))
    return paper


@dataclass(frozen=True)
class Shot:
    """How a photo is taken.

    Attributes:
        turn: Of the phone, in degrees.
        tilt: How much of its width the farther side of the paper has lost.
        light: Of full light, what there is; `shadow`: how much less on one side.
        noise: Of the sensor, in grey levels; `blur`: in pixels.
        fills: The share of the picture's height that the paper takes.
        size: Of the picture, in pixels.
    """

    turn: float = 0
    tilt: float = 0
    light: float = 1
    shadow: float = 0
    noise: float = 0
    blur: float = 0
    fills: float = 0.8
    size: tuple[int, int] = (1200, 900)


def photo(shot: Shot = Shot(), text: str = CODE, seed: int = 0) -> Image.Image:
    """The paper on a wall, as this shot sees it; the same on every run."""
    dice = random.Random(seed)
    paper = poster(text)
    height = round(shot.size[1] * shot.fills)
    paper = paper.resize((paper.width * height // paper.height, height), Image.Resampling.BICUBIC)
    wall = Image.new("L", shot.size, dice.randint(110, 190))
    seen = _turned(_tilted(paper, shot.tilt), shot.turn)
    where = ((wall.width - seen.width) // 2, (wall.height - seen.height) // 2)
    wall.paste(seen.convert("L"), where, seen.getchannel("A"))
    return _taken(wall, shot, seed)


def _tilted(paper: Image.Image, tilt: float) -> Image.Image:
    """The paper as seen from the side: its right edge is shorter than its left one."""
    framed = paper.convert("LA")
    w, h = framed.size
    lost = tilt * h / 2
    corners = [(0, 0), (w, lost), (w, h - lost), (0, h)]
    flat = [(0, 0), (w, 0), (w, h), (0, h)]
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows, float), np.array(values, float))
    narrower = (round(w * (1 - tilt / 2)), h)
    seen = framed.transform(
        framed.size, Image.Transform.PERSPECTIVE, tuple(solved), Image.Resampling.BICUBIC
    )
    return seen.resize(narrower, Image.Resampling.BICUBIC)


def _turned(paper: Image.Image, degrees: float) -> Image.Image:
    return paper.rotate(degrees, Image.Resampling.BICUBIC, expand=True)


def _taken(scene: Image.Image, shot: Shot, seed: int) -> Image.Image:
    if shot.blur:
        scene = scene.filter(ImageFilter.GaussianBlur(shot.blur))
    grey = np.asarray(ImageEnhance.Brightness(scene).enhance(shot.light), dtype=float)
    grey = grey * np.linspace(1 - shot.shadow, 1, grey.shape[1])[None, :]
    noise = np.random.default_rng(seed).normal(0, shot.noise, grey.shape) if shot.noise else 0
    return Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))


def as_file(image: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **({"quality": 82} if kind == "JPEG" else {}) | how)
    return stream.getvalue()


def shots() -> list[Shot]:
    """Seventy-six shots, from a straight one to a dim one from the side, at every turn."""
    turned = [Shot(turn=degrees, fills=0.6) for degrees in range(0, 360, 15)]
    tilted = [Shot(turn=math.copysign(12, 0.5 - (i % 2)), tilt=0.1 * i) for i in range(1, 5)]
    dim = [Shot(turn=20 * i, light=light, noise=4, fills=0.55)
           for i, light in enumerate((0.5, 0.3, 0.2, 0.12))]  # fmt: skip
    shaded = [Shot(turn=35 * i, shadow=shadow, tilt=0.15, fills=0.55)
              for i, shadow in enumerate((0.3, 0.5, 0.7, 0.85))]  # fmt: skip
    noisy = [Shot(turn=50 * i, noise=noise, fills=0.6) for i, noise in enumerate((10, 20, 30, 40))]
    blurred = [Shot(turn=25 * i, blur=blur, fills=0.6) for i, blur in enumerate((1, 2, 3, 4))]
    far = [Shot(turn=40 * i, fills=fills, noise=6, tilt=0.1)
           for i, fills in enumerate((0.4, 0.3, 0.25, 0.2))]  # fmt: skip
    worst = [
        Shot(turn=turn, tilt=0.2, light=0.35, shadow=0.4, noise=8, blur=1.2, fills=0.55)
        for turn in range(5, 360, 30)
    ]
    large = [Shot(turn=turn, fills=0.4, noise=12, blur=1.5, size=(4000, 3000)) for turn in (0, 33)]
    tall = [Shot(turn=turn, fills=0.35, tilt=0.25, size=(900, 1600)) for turn in range(0, 360, 26)]
    return [*turned, *tilted, *dim, *shaded, *noisy, *blurred, *far, *worst, *large, *tall]
