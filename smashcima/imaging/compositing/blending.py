"""Blending of layers of ink and paper to one image.

The formula is that of the W3C's Compositing and Blending: for ink with coverage `k` and colour `i` over paper with
colour `p` and opacity `o` (all from 0 to 1), the result has

    opacity  O = o + k - o k
    colour × O = (1 - k) o p  +  k (1 - o) i  +  k o B(p, i)

- Ink filters light, so `B(p, i) = p i`: black ink is black on every paper, blue ink is darker on brown paper than
  on white, and the grain of the paper shows through. On opaque paper the whole formula is `p (1 - k + k i)`: the
  paper multiplied by the transmittance of the ink.
- An opaque layer hides everything below: `B(p, i) = i`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.bitmap_memory import new_bitmap
from smashcima.kernels import kernels_are_used
from smashcima.scene.visual import ColorBGRA

ColorBGR = tuple[int, int, int]
"""Blue, green and red, 0 to 255 each."""

Plane = NDArray[np.uint8]

_WHITE = np.uint32(2**32 - 1)
"""An opaque white BGRA pixel as one number."""

_BAND_ROWS = 64
"""Number of rows that are blended at once, so that their pixels fit into the processor cache."""


_CLEAR = np.full(256, _WHITE)
"""Transmittance of no ink, in the form of `_light_table`."""


class BlendedInk(Protocol):
    """A layer of ink for blending; see `InkLayer` for its attributes."""

    coverage: NDArray[np.uint8]
    color: ColorBGR | NDArray[np.uint8]
    opaque: bool


def blend(image: NDArray[np.uint8], inks: Sequence[BlendedInk]) -> None:
    """Blends layers of ink over a BGRA image (height_px, width_px, 4), from bottom to top, in place."""
    for rows in _bands(len(image)):
        _blend_band(image[rows], inks, rows)


def blended_on(color: ColorBGRA, width: int, height: int, inks: Sequence[BlendedInk]) -> NDArray[np.uint8]:
    """A new BGRA image of `width` × `height` px: layers of ink, from bottom to top, over paper of one colour.

    The same as `blend` over an image that is filled with the colour.
    """
    image = new_bitmap((height, width, 4))
    if color[3] == 255 and 1 <= len(inks) <= 2 and kernels_are_used() and _light_through(image, inks, color):
        return image
    pixel = np.array(color, np.uint8).view(np.uint32)
    for rows in _bands(height):
        image[rows].view(np.uint32)[:] = pixel
        _blend_band(image[rows], inks, rows)
    return image


def _bands(height: int) -> list[slice]:
    return [slice(top, top + _BAND_ROWS) for top in range(0, height, _BAND_ROWS)]


def _blend_band(band: NDArray[np.uint8], inks: Sequence[BlendedInk], rows: slice) -> None:
    """Blends some rows of layers of ink over these rows of an image, in place."""
    import cv2

    used = [ink for ink in inks if cv2.countNonZero(ink.coverage[rows])]
    if not used:
        return
    if len(used) <= 2 and kernels_are_used() and _filter_light(band, used, rows):
        return
    if _is_white(band) and not any(ink.opaque for ink in used):
        band[:] = _passed_light(used, rows)
        return
    least, most, _, _ = cv2.minMaxLoc(cv2.extractChannel(band, 3))
    if any(ink.opaque for ink in used) or not (least == 255 or (most == 0 and _all_black(used))):
        for ink in used:
            _lay_over(band, ink, rows)
    elif least == 255:
        cv2.multiply(band, _passed_light(used, rows), dst=band, scale=1 / 255)
    else:
        band[:] = 0
        light = np.ascontiguousarray(_passed_light(used, rows)[:, :, 0])
        cv2.insertChannel(cv2.bitwise_not(light), band, 3)


@cache
def products() -> NDArray[np.uint8]:
    """(256, 256): products of two parts of 255, with the rounding of OpenCV."""
    import cv2

    parts = np.arange(256, dtype=np.uint8)
    first, second = (np.ascontiguousarray(grid) for grid in np.meshgrid(parts, parts, indexing="ij"))
    return np.asarray(cv2.multiply(first, second, scale=1 / 255), dtype=np.uint8)


def _filter_light(image: NDArray[np.uint8], inks: Sequence[BlendedInk], rows: slice) -> bool:
    """Lays one or two layers over a band by a compiled kernel; returns whether that was possible."""
    from smashcima.imaging.compositing.paint_kernels import filter_light

    filters = _light_filters(inks, rows)
    if filters is None or not image.flags.c_contiguous:
        return False
    pixels = image.reshape(-1).view(np.uint32)
    return pixels.flags.aligned and bool(filter_light(pixels, *filters, products()))


def _light_through(image: NDArray[np.uint8], inks: Sequence[BlendedInk], color: ColorBGRA) -> bool:
    """Fills an image with opaque paper under one or two layers by a compiled kernel; returns whether that was possible."""
    from smashcima.imaging.compositing.paint_kernels import light_through

    filters = _light_filters(inks, slice(None))
    if filters is None:
        return False
    paper = np.array(color, np.uint8)
    # What is seen through one layer alone, by its coverage.
    seen = [
        np.ascontiguousarray(products()[paper, light.view(np.uint8).reshape(-1, 4)]).view(np.uint32)[:, 0]
        for light in filters[4:]
    ]
    light_through(paper.view(np.uint32)[0], image.reshape(-1).view(np.uint32), *filters, *seen, products())
    return True


def _light_filters(inks: Sequence[BlendedInk], rows: slice) -> list[NDArray[np.unsignedinteger[Any]]] | None:
    """Some rows of one or two layers that filter light, for kernels; `None` if the kernels cannot take them.

    The coverages, the coverages of eight pixels each, and the light tables.
    """
    first, second = inks[0], inks[-1]
    if (
        not (isinstance(first.color, tuple) and isinstance(second.color, tuple))
        or any(ink.opaque for ink in inks)
        or not all(ink.coverage[rows].flags.c_contiguous for ink in inks)
    ):
        return None
    flat = [ink.coverage[rows].reshape(-1) for ink in (first, second)]
    words = [plane[: len(plane) // 8 * 8].view(np.uint64) for plane in flat]
    if not all(view.flags.aligned for view in words):
        return None
    return [*flat, *words, _light_table(first.color), _light_table(second.color) if len(inks) > 1 else _CLEAR]


@lru_cache(maxsize=64)
def _light_table(color: ColorBGR) -> NDArray[np.uint32]:
    """(256,): the transmittance of a layer by its coverage, as opaque BGRA pixels."""
    coverage = np.arange(256, dtype=np.uint8)[np.newaxis]
    channels = [_transmittance(coverage, part)[0] for part in color]
    return np.stack([*channels, np.full(256, 255, np.uint8)], axis=1).view(np.uint32)[:, 0]


def ink_alone(ink: BlendedInk) -> NDArray[np.uint8]:
    """A layer on a transparent background, as BGRA."""
    image = np.zeros((*ink.coverage.shape, 4), np.uint8)
    blend(image, [ink])
    return image


def _is_white(band: NDArray[np.uint8]) -> bool:
    """Whether all pixels are opaque and white, as of plain paper, which passes the light of the ink unchanged."""
    if not band.flags.c_contiguous:
        return False
    pixels = band.view(np.uint32)
    return bool(pixels[0, 0, 0] == _WHITE and (pixels == _WHITE).all())


def _all_black(inks: Sequence[BlendedInk]) -> bool:
    return all(isinstance(ink.color, tuple) and ink.color == (0, 0, 0) for ink in inks)


def _passed_light(inks: Sequence[BlendedInk], rows: slice) -> NDArray[np.uint8]:
    """Transmittance of all layers together, in BGR, and 255 for the opacity: (rows, width_px, 4)."""
    import cv2

    # Channels that are equal in all layers are computed once.
    made: dict[tuple[int, ...], Plane] = {}
    channels = []
    for channel in range(3):
        key = tuple(ink.color[channel] if isinstance(ink.color, tuple) else -1 - channel for ink in inks)
        if key not in made:
            planes = [_passed_in_channel(ink, rows, channel) for ink in inks]
            light = planes[0]
            for plane in planes[1:]:
                cv2.multiply(light, plane, dst=light, scale=1 / 255)
            made[key] = light
        channels.append(made[key])
    if len(made) == 1:
        return np.asarray(
            cv2.cvtColor(channels[0], cv2.COLOR_GRAY2BGRA), dtype=np.uint8
        )  # its opacity is 255
    return np.asarray(cv2.merge([*channels, np.full_like(channels[0], 255)]), dtype=np.uint8)


def _passed_in_channel(ink: BlendedInk, rows: slice, channel: int) -> Plane:
    """Transmittance of a layer in one channel; a new plane."""
    import cv2

    coverage = ink.coverage[rows]
    if isinstance(ink.color, tuple):
        return _transmittance(coverage, ink.color[channel])
    clear = np.asarray(cv2.bitwise_not(coverage), dtype=np.uint8)
    return np.asarray(cv2.add(clear, cv2.extractChannel(ink.color[rows], channel)), dtype=np.uint8)


def _transmittance(coverage: Plane, color: int) -> Plane:
    """Transmittance of ink of one colour in one channel; a new plane."""
    import cv2

    if color > 0:
        share = (255 - color) / 255
        return np.asarray(cv2.convertScaleAbs(coverage, alpha=-share, beta=255), dtype=np.uint8)
    return np.asarray(cv2.bitwise_not(coverage), dtype=np.uint8)


def _lay_over(image: NDArray[np.uint8], ink: BlendedInk, rows: slice) -> None:
    """Applies the general formula for one layer to the pixels with ink, in place."""
    where = np.nonzero(ink.coverage[rows])
    if len(where[0]) == 0:
        return
    pixels = image[where].astype(np.float32) / 255
    paper, opacity = pixels[:, :3], pixels[:, 3:]
    part = ink.coverage[rows][where].astype(np.float32)[:, np.newaxis] / 255
    if isinstance(ink.color, tuple):
        color = np.array(ink.color, np.float32) / 255
    else:
        color = np.minimum(ink.color[rows][where].astype(np.float32) / 255 / part, 1)
    result = opacity + part - opacity * part
    mixed = (1 - part) * opacity * paper + part * (1 - opacity) * color
    mixed += part * opacity * (color if ink.opaque else paper * color)
    image[where] = np.rint(np.concatenate([mixed / result, result], axis=1) * 255).astype(np.uint8)
