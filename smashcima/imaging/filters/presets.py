"""Presets: stacks of filters for typical sources of images."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.errors import SettingsError
from smashcima.imaging.filters.bitonal import Binarize, Dust, SaltAndPepper
from smashcima.imaging.filters.bleed_through import BleedThrough
from smashcima.imaging.filters.camera import LensDistortion, Perspective, Skew
from smashcima.imaging.filters.camera_noise import CameraNoise
from smashcima.imaging.filters.color_bar import ColorBar
from smashcima.imaging.filters.compression import Jpeg
from smashcima.imaging.filters.empty_staves import EmptyStaves
from smashcima.imaging.filters.filter import Filter
from smashcima.imaging.filters.framing import Crop, QuarterTurn
from smashcima.imaging.filters.ink_spread import Blots, InkBleed
from smashcima.imaging.filters.ink_tone import BrokenStrokes, DryPen, InkColor, InkFade, Letterpress
from smashcima.imaging.filters.lie_on import LieOn
from smashcima.imaging.filters.light_filters import CastShadow, ScannerLight, UnevenLight, Vignette
from smashcima.imaging.filters.margin_objects import HolesAndStaples, Thumb
from smashcima.imaging.filters.open_book import FacingPage
from smashcima.imaging.filters.optics import CameraFocus, Defocus, MotionBlur
from smashcima.imaging.filters.paper_bending import BookPage, Curl, Fold, PaperWaves
from smashcima.imaging.filters.parameters import LogNormal, Normal, Uniform
from smashcima.imaging.filters.photocopy import CopierEdges, Photocopy
from smashcima.imaging.filters.pooled_ink import PooledInk
from smashcima.imaging.filters.print_ink import InkGain, RoughEdges
from smashcima.imaging.filters.resaved import Resaved
from smashcima.imaging.filters.resolution import Grayscale, Resolution
from smashcima.imaging.filters.scribbles import Corrections, Scribbles, Stains
from smashcima.imaging.filters.sensor import ScannerStreaks, SensorNoise
from smashcima.imaging.filters.stack import FilterStack
from smashcima.imaging.filters.staff_lines import StaffLineFade, StaffLineThicken, UnevenRuling
from smashcima.imaging.filters.tone import ToneCurve


def _clean() -> list[Filter]:
    return []


def _scan() -> list[Filter]:
    """Colour scan by a flatbed scanner. Without JPEG: archives store scans losslessly, and writers of files
    add compression.
    """
    return [
        Resolution(dpi=LogNormal(185, 0.38)),
        InkGain(p=0.6),
        InkFade(p=0.5, amount=LogNormal(0.06, 0.4)),
        BleedThrough(p=0.15, depth=LogNormal(0.03, 0.4)),
        HolesAndStaples(p=0.06),
        PaperWaves(p=0.85),
        Skew(),
        LieOn(materials=("lid", "black"), shadow_mm=LogNormal(1.2, 0.3), shadow_depth=Uniform(0.05, 0.25)),
        ScannerLight(),
        CameraFocus(sigma_mm=LogNormal(0.04, 0.25), sharpening=Uniform(-0.3, 0.6)),
        SensorNoise(shot=LogNormal(0.010, 0.6), read=LogNormal(0.002, 0.4)),
        ScannerStreaks(p=0.15),
        Dust(p=0.5, share=LogNormal(0.0001, 0.8)),
    ]


def _scan_grey() -> list[Filter]:
    """Gray scan of a printed page whose paper is clipped to white, small as in a library on the web."""
    return [
        Resolution(dpi=LogNormal(150, 0.35), keep_size=False),
        InkGain(p=0.7),
        InkFade(p=0.5, amount=LogNormal(0.06, 0.4)),
        HolesAndStaples(p=0.05),
        Grayscale(),
        Crop(p=0.3, width=Uniform(0.85, 1.0), height=Uniform(0.3, 1.0)),
        PaperWaves(p=0.85),
        Skew(angle_deg=Normal(0, 0.5)),
        LieOn(materials=("lid",), shadow_mm=LogNormal(1.2, 0.3), shadow_depth=Uniform(0.05, 0.25)),
        ScannerLight(),
        CameraFocus(sigma_mm=LogNormal(0.05, 0.3), sharpening=Uniform(-0.3, 0.8)),
        SensorNoise(shot=LogNormal(0.010, 0.5), read=LogNormal(0.002, 0.4)),
        ToneCurve(
            white=Normal(0.86, 0.06),
            black=Uniform(0, 0.12),
            contrast=LogNormal(1.15, 0.15),
            veil=Uniform(-0.05, 0.05),
        ),
        Jpeg(p=0.5, quality=Uniform(55, 92)),
    ]


def _old_manuscript() -> list[Filter]:
    """Aged manuscript, photographed on a copy stand."""
    return [
        Resolution(dpi=LogNormal(160, 0.45)),
        EmptyStaves(p=0.5),
        StaffLineFade(p=0.4, amount=Uniform(0.05, 0.35)),
        StaffLineThicken(p=0.6, growth_mm=LogNormal(0.06, 0.5)),
        UnevenRuling(p=0.6),
        InkBleed(p=0.7),
        InkFade(p=0.6),
        PooledInk(p=0.4),
        DryPen(p=0.3),
        BrokenStrokes(p=0.2),
        InkColor(inks=("black", "iron gall", "sepia", "rust"), staff_lines=True),
        Blots(p=0.4),
        Corrections(p=0.15),
        Scribbles(p=0.15, tools=("pencil", "ink", "red pencil")),
        Stains(p=0.5),
        BleedThrough(p=0.7),
        FacingPage(p=0.05, share=Uniform(0.1, 1.0), shade=Uniform(0.2, 0.5), most_dpi=140.0),
        BookPage(p=0.45),
        PaperWaves(p=0.6),
        Skew(),
        LieOn(materials=("black", "cloth", "desk")),
        ColorBar(p=0.1),
        UnevenLight(
            falloff=LogNormal(0.1, 0.4),
            clouds=LogNormal(0.02, 0.4),
            exposure=Normal(-0.02, 0.05),
            kelvin=LogNormal(6300, 0.05),
        ),
        CameraFocus(sigma_mm=LogNormal(0.045, 0.4), sharpening=Uniform(0, 1.0)),
        SensorNoise(shot=LogNormal(0.009, 0.4), read=LogNormal(0.003, 0.3)),
        Dust(p=0.8, share=LogNormal(0.0002, 1.0)),
        Jpeg(p=0.7, quality=Uniform(65, 92)),
    ]


def _photo_of(sheet: list[Filter], *, resolution: Resolution, frame: list[Filter]) -> list[Filter]:
    """Photograph by a telephone: what happens to the sheet, how it is framed, and the camera."""
    return [
        resolution,
        InkGain(p=0.4, gain_mm=LogNormal(0.016, 0.4), roughness=LogNormal(0.75, 0.3)),
        BleedThrough(p=0.1, depth=LogNormal(0.03, 0.4)),
        HolesAndStaples(p=0.1),
        *sheet,
        *frame,
        LensDistortion(p=0.3),
        LieOn(),
        UnevenLight(
            clouds=LogNormal(0.008, 0.4),
            falloff=LogNormal(0.08, 0.5),
            exposure=Normal(-0.23, 0.08),
            kelvin=LogNormal(6550, 0.1),
        ),
        Vignette(),
        CastShadow(p=0.35, depth=Uniform(0.1, 0.45)),
        ToneCurve(veil=LogNormal(0.05, 0.8), black=Uniform(0, 0.06), contrast=LogNormal(1.1, 0.12)),
        CameraFocus(sigma_mm=LogNormal(0.042, 0.4), sharpening=Uniform(0.4, 1.8)),
        MotionBlur(p=0.1),
        CameraNoise(shot=LogNormal(0.010, 0.4), read=LogNormal(0.002, 0.4)),
        Jpeg(p=0.7, quality=Uniform(75, 96)),
        Resaved(p=0.2),
        Thumb(p=0.06),
    ]


def _photo() -> list[Filter]:
    """Photograph of a sheet, indoors."""
    return _photo_of(
        [Curl(p=0.5), PaperWaves(p=0.6, swing_mm=LogNormal(0.15, 0.6)), Fold(p=0.2)],
        resolution=Resolution(dpi=LogNormal(182, 0.55), least_dpi=95.0),
        frame=[Perspective(tilt_x_deg=Normal(0, 7), tilt_y_deg=Normal(0, 6), roll_deg=Normal(0, 1.8))],
    )


def _photo_closeup() -> list[Filter]:
    """Photograph of a part of a page, from nearby: a few systems, often on its side."""
    return _photo_of(
        [Curl(p=0.4), PaperWaves(p=0.8, swing_mm=LogNormal(0.3, 0.6)), Fold(p=0.15)],
        resolution=Resolution(dpi=LogNormal(230, 0.4), keep_size=False),
        frame=[
            Perspective(
                tilt_x_deg=Normal(0, 6), tilt_y_deg=Normal(0, 5), roll_deg=Normal(0, 2.5), margin=-0.05
            ),
            Crop(),
            QuarterTurn(p=0.25),
        ],
    )


def _photo_book() -> list[Filter]:
    """Photograph of a page in an open book: the gutter, and a part of the facing page."""
    return _photo_of(
        [FacingPage(most_dpi=180.0), Curl(p=0.3), PaperWaves(p=0.7, swing_mm=LogNormal(0.25, 0.6))],
        resolution=Resolution(dpi=LogNormal(145, 0.35), keep_size=False),
        frame=[Perspective(margin=Uniform(-0.06, 0.03)), QuarterTurn(p=0.08)],
    )


def _screenshot() -> list[Filter]:
    """Part of a page as shown on a screen: sharp, small, and compressed."""
    return [
        Resolution(dpi=LogNormal(115, 0.25), keep_size=False, least_dpi=70.0),
        Crop(width=Uniform(0.6, 1.0), height=Uniform(0.2, 0.7)),
        ToneCurve(p=0.4, white=Uniform(0.9, 1.0), veil=Uniform(0, 0.15)),
        CameraFocus(sigma_mm=0.01, sharpening=Uniform(0, 0.5)),
        Jpeg(p=0.6, quality=Uniform(50, 95)),
    ]


def _photocopy() -> list[Filter]:
    """Photocopy that is scanned."""
    return [
        Resolution(dpi=LogNormal(210, 0.25)),
        InkGain(p=0.5),
        HolesAndStaples(p=0.15),
        Grayscale(),
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
        Grayscale(),
        PaperWaves(p=0.8),
        Skew(),
        LieOn(materials=("lid",), shadow_mm=LogNormal(1.2, 0.3), shadow_depth=Uniform(0.05, 0.25)),
        ScannerLight(gutter=Uniform(-0.25, 0.08)),
        Defocus(sigma_mm=LogNormal(0.05, 0.25)),
        RoughEdges(amount=LogNormal(0.16, 0.3)),
        Binarize(bias=Normal(0.05, 0.07)),
        SaltAndPepper(p=0.6),
    ]


def _scan_bitonal_poor() -> list[Filter]:
    """Bitonal scan of a worn print or a copy: broken lines, filled counters, dirt."""
    return [
        Resolution(dpi=LogNormal(230, 0.2), keep_size=False, least_dpi=150.0),
        InkFade(p=0.7, amount=LogNormal(0.09, 0.5)),
        Letterpress(p=0.6),
        BrokenStrokes(p=0.5),
        Grayscale(),
        BookPage(p=0.2, lift_mm=LogNormal(4, 0.3)),
        PaperWaves(p=0.9, swing_mm=LogNormal(0.2, 0.5)),
        Skew(angle_deg=Normal(0, 0.8)),
        LieOn(materials=("lid", "black"), shadow_mm=LogNormal(1.5, 0.4), shadow_depth=Uniform(0.1, 0.4)),
        CopierEdges(p=0.3),
        Defocus(sigma_mm=LogNormal(0.06, 0.25)),
        RoughEdges(amount=LogNormal(0.21, 0.3)),
        Binarize(bias=Normal(0.06, 0.09)),
        SaltAndPepper(pepper=LogNormal(0.0012, 0.8), salt=LogNormal(0.004, 0.7)),
    ]


def _microfilm() -> list[Filter]:
    """Scan of a microfilm: gray, hard tones, grain, scratches, dust, and soft edges."""
    return [
        Resolution(dpi=LogNormal(170, 0.3), keep_size=False),
        InkFade(p=0.6, amount=LogNormal(0.1, 0.4)),
        Grayscale(),
        FacingPage(p=0.3, share=Uniform(0.05, 0.5)),
        BookPage(p=0.3, lift_mm=LogNormal(4, 0.3)),
        PaperWaves(p=0.9, swing_mm=LogNormal(0.2, 0.5)),
        Skew(angle_deg=Normal(0, 0.8)),
        LieOn(materials=("black",), shadow_mm=LogNormal(1.5, 0.4), shadow_depth=Uniform(0.1, 0.4)),
        UnevenLight(falloff=LogNormal(0.18, 0.4), exposure=Normal(-0.1, 0.06), kelvin=6500.0),
        CameraFocus(sigma_mm=LogNormal(0.09, 0.3), sharpening=Uniform(0, 0.6)),
        RoughEdges(amount=LogNormal(0.06, 0.4), grain_mm=0.12),
        ToneCurve(contrast=LogNormal(1.9, 0.2), black=Uniform(0, 0.15)),
        SensorNoise(shot=LogNormal(0.02, 0.4), read=LogNormal(0.006, 0.3)),
        ScannerStreaks(p=0.6, count=LogNormal(5, 0.6)),
        Dust(share=LogNormal(0.0006, 0.8)),
    ]


_PRESETS: dict[str, Callable[[], list[Filter]]] = {
    "clean": _clean,
    "scan": _scan,
    "old-manuscript": _old_manuscript,
    "photo": _photo,
    "photocopy": _photocopy,
    "bitonal": _bitonal,
    "photo-closeup": _photo_closeup,
    "photo-book": _photo_book,
    "screenshot": _screenshot,
    "scan-grey": _scan_grey,
    "scan-bitonal-poor": _scan_bitonal_poor,
    "microfilm": _microfilm,
}
PRESETS = tuple(_PRESETS)
"""Names of the presets."""


def preset(name: str, strength: float = 1.0, share_untouched: float = 0.0) -> FilterStack:
    """Makes a new stack of filters, which can be modified.

    Args:
        name: one of `PRESETS`. `clean` leaves pages unchanged, `scan` scans them with a flatbed scanner,
            `old-manuscript` ages and photographs them, `photo` photographs them with a telephone,
            `photocopy` copies them, and `bitonal` scans them in black and white. The pictures of these have the size of
            the page. Those of the others have another resolution or show another part: `photo-closeup` of a page,
            `photo-book` of an open book, `screenshot`, `scan-grey`, `scan-bitonal-poor` and `microfilm`.
        strength: strength of all filters: 0 = no change, 1 = natural, up to 3.
        share_untouched: share of pages that stay unchanged.

    Raises:
        SettingsError: no preset has this name, or a number is out of range.
    """
    if name not in _PRESETS:
        raise SettingsError(f"There is no preset {name!r}; choose from {', '.join(map(repr, PRESETS))}.")
    return FilterStack(_PRESETS[name](), strength=strength, share_untouched=share_untouched, name=name)
