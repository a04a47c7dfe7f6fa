"""Presets: stacks of filters for typical sources of images."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.errors import SettingsError
from smashcima.imaging.filters.bitonal import Binarize, SaltAndPepper
from smashcima.imaging.filters.bleed_through import BleedThrough
from smashcima.imaging.filters.camera import LensDistortion, Perspective, Skew
from smashcima.imaging.filters.compression import Jpeg
from smashcima.imaging.filters.filter import Filter
from smashcima.imaging.filters.ink_spread import Blots, InkBleed
from smashcima.imaging.filters.ink_tone import BrokenStrokes, DryPen, InkColor, InkFade
from smashcima.imaging.filters.lie_on import LieOn
from smashcima.imaging.filters.light_filters import CastShadow, ScannerLight, UnevenLight, Vignette
from smashcima.imaging.filters.optics import Defocus, MotionBlur
from smashcima.imaging.filters.paper_bending import BookPage, Curl, Fold
from smashcima.imaging.filters.parameters import LogNormal, Normal, Uniform
from smashcima.imaging.filters.photocopy import CopierEdges, Photocopy
from smashcima.imaging.filters.scribbles import Corrections, Scribbles, Stains
from smashcima.imaging.filters.sensor import ScannerStreaks, SensorNoise
from smashcima.imaging.filters.stack import FilterStack
from smashcima.imaging.filters.staff_lines import StaffLineFade, StaffLineThicken, UnevenRuling


def _clean() -> list[Filter]:
    return []


def _scan() -> list[Filter]:
    """Colour scan by a flatbed scanner. Without JPEG: archives store scans losslessly, and writers of files
    add compression.
    """
    return [
        InkFade(p=0.5, amount=LogNormal(0.06, 0.4)),
        BleedThrough(p=0.15, depth=LogNormal(0.03, 0.4)),
        Skew(),
        LieOn(materials=("lid", "black"), shadow_mm=LogNormal(1.2, 0.3), shadow_depth=Uniform(0.05, 0.25)),
        ScannerLight(),
        Defocus(sigma_mm=LogNormal(0.04, 0.25)),
        SensorNoise(shot=LogNormal(0.006, 0.35), read=LogNormal(0.002, 0.4)),
        ScannerStreaks(p=0.15),
    ]


def _old_manuscript() -> list[Filter]:
    """Aged manuscript, photographed on a copy stand."""
    return [
        StaffLineFade(p=0.6),
        StaffLineThicken(p=0.2),
        UnevenRuling(p=0.6),
        InkBleed(p=0.7),
        InkFade(p=0.8),
        DryPen(p=0.4),
        BrokenStrokes(p=0.3),
        InkColor(inks=("black", "iron gall", "sepia", "rust"), staff_lines=True),
        Blots(p=0.4),
        Corrections(p=0.15),
        Scribbles(p=0.15, tools=("pencil", "ink", "red pencil")),
        Stains(p=0.5),
        BleedThrough(p=0.7),
        BookPage(p=0.5),
        Skew(),
        LieOn(materials=("black", "cloth", "desk")),
        UnevenLight(falloff=LogNormal(0.07, 0.4), exposure=Normal(-0.02, 0.03), kelvin=LogNormal(6200, 0.05)),
        Defocus(sigma_mm=LogNormal(0.045, 0.25)),
        SensorNoise(shot=LogNormal(0.007, 0.3), read=LogNormal(0.003, 0.3)),
    ]


def _photo() -> list[Filter]:
    """Photograph by a telephone held over the page indoors."""
    return [
        BleedThrough(p=0.1, depth=LogNormal(0.03, 0.4)),
        Curl(p=0.5),
        Fold(p=0.2),
        Perspective(),
        LensDistortion(p=0.3),
        LieOn(),
        UnevenLight(),
        Vignette(),
        CastShadow(p=0.35),
        Defocus(),
        MotionBlur(p=0.15),
        SensorNoise(),
        Jpeg(p=0.5),
    ]


def _photocopy() -> list[Filter]:
    """Photocopy that is scanned."""
    return [
        BookPage(p=0.15, lift_mm=LogNormal(4, 0.3)),
        Skew(angle_deg=Normal(0, 0.7)),
        LieOn(materials=("lid", "black"), shadow_mm=LogNormal(1.5, 0.4), shadow_depth=Uniform(0.1, 0.4)),
        CopierEdges(p=0.6),
        Defocus(sigma_mm=LogNormal(0.05, 0.2)),
        Photocopy(),
        SensorNoise(shot=LogNormal(0.004, 0.3), read=0.0),
    ]


def _bitonal() -> list[Filter]:
    """Bitonal scan, like most sheet music on the web."""
    return [
        InkFade(p=0.5, amount=LogNormal(0.06, 0.4)),
        Skew(),
        LieOn(materials=("lid", "black"), shadow_mm=LogNormal(1.2, 0.3), shadow_depth=Uniform(0.05, 0.25)),
        ScannerLight(),
        Defocus(sigma_mm=LogNormal(0.035, 0.25)),
        SensorNoise(shot=LogNormal(0.012, 0.4)),
        Binarize(),
        SaltAndPepper(p=0.6),
    ]


_PRESETS: dict[str, Callable[[], list[Filter]]] = {
    "clean": _clean,
    "scan": _scan,
    "old-manuscript": _old_manuscript,
    "photo": _photo,
    "photocopy": _photocopy,
    "bitonal": _bitonal,
}
PRESETS = tuple(_PRESETS)
"""Names of the presets."""


def preset(name: str, strength: float = 1.0, share_untouched: float = 0.0) -> FilterStack:
    """Makes a new stack of filters, which can be modified.

    Args:
        name: one of `PRESETS`. `clean` leaves pages unchanged, `scan` scans them with a flatbed scanner,
            `old-manuscript` ages and photographs them, `photo` photographs them with a telephone,
            `photocopy` copies them, and `bitonal` scans them in black and white.
        strength: strength of all filters: 0 = no change, 1 = natural, up to 3.
        share_untouched: share of pages that stay unchanged.

    Raises:
        SettingsError: no preset has this name, or a number is out of range.
    """
    if name not in _PRESETS:
        raise SettingsError(f"There is no preset {name!r}; choose from {', '.join(map(repr, PRESETS))}.")
    return FilterStack(_PRESETS[name](), strength=strength, share_untouched=share_untouched, name=name)
