"""Postprocessor of handwritten pages with named parts."""

from __future__ import annotations

from smashcima.errors import SettingsError
from smashcima.imaging.filters.bleed_through import BleedThrough
from smashcima.imaging.filters.camera import LensDistortion, Perspective
from smashcima.imaging.filters.compression import Jpeg
from smashcima.imaging.filters.filter import Filter
from smashcima.imaging.filters.ink_spread import Blots, InkBleed
from smashcima.imaging.filters.ink_tone import BrokenStrokes, DryPen, InkColor, InkFade
from smashcima.imaging.filters.lie_on import LieOn
from smashcima.imaging.filters.light_filters import CastShadow, UnevenLight, Vignette
from smashcima.imaging.filters.optics import Defocus, MotionBlur
from smashcima.imaging.filters.paper_bending import Curl, Fold
from smashcima.imaging.filters.parameters import Uniform
from smashcima.imaging.filters.scribbles import Corrections, Scribbles, Stains
from smashcima.imaging.filters.sensor import SensorNoise
from smashcima.imaging.filters.stack import FilterStack
from smashcima.imaging.filters.staff_lines import StaffLineFade, StaffLineThicken, UnevenRuling


class _Named:
    """Descriptor of a filter of a stack."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, stack: FilterStack, owner: type | None = None) -> Filter:
        return stack[self._name]

    def __set__(self, stack: FilterStack, value: Filter) -> None:
        if not isinstance(value, Filter):
            raise SettingsError(f"{self._name} must be a Filter or FilterStack, not {value!r}.")
        place = stack.filters.index(stack[self._name])
        value.name = self._name
        stack.filters[place] = value


class BaseHandwrittenPostprocessor(FilterStack):
    """Degradations of handwritten pages, from writing to photography.

    Its parts are attributes, each a filter or a stack: `postprocessor.f_camera.force_dont = True` switches
    the camera off, and `postprocessor.f_scribbles = MyFilter()` replaces a part.
    """

    f_stafflines = _Named()
    """Faint, thick or uneven staff lines."""

    f_inkstyle = _Named()
    """Ink that spreads, fades, runs dry, drips or flakes off."""

    f_bleed_through = _Named()
    """Bleed-through of the other side of the sheet."""

    f_ink_color = _Named()
    """Colour of the ink."""

    f_scribbles = _Named()
    """Distractors: notes in pencil, corrections, stains."""

    f_folding = _Named()
    """Creases and curled edges."""

    f_camera = _Named()
    """Camera, light and compression."""

    def __init__(
        self, *, strength: float = 1.0, share_untouched: float = 0.05, name: str = "handwritten"
    ) -> None:
        """Sets up the stack. `strength` multiplies that of every filter; `share_untouched` is the share of clean pages."""
        super().__init__(
            [
                FilterStack(
                    [StaffLineFade(p=0.6), StaffLineThicken(p=0.25), UnevenRuling(p=0.4)],
                    p=0.7,
                    name="f_stafflines",
                ),
                FilterStack(
                    [InkBleed(p=0.5), InkFade(p=0.6), DryPen(p=0.3), BrokenStrokes(p=0.2), Blots(p=0.15)],
                    p=0.8,
                    name="f_inkstyle",
                ),
                BleedThrough(p=0.35, name="f_bleed_through"),
                InkColor(
                    p=0.8,
                    inks=("black", "iron gall", "sepia", "blue-black", "blue", "gray"),
                    name="f_ink_color",
                ),
                FilterStack([Scribbles(p=0.5), Corrections(p=0.4), Stains(p=0.4)], p=0.3, name="f_scribbles"),
                # Without a camera the background is that of a scanner; with one, that of a photograph.
                FilterStack(
                    [Fold(p=0.5), Curl(p=0.6), LieOn(materials=("lid",), shadow_depth=Uniform(0.05, 0.25))],
                    p=0.3,
                    name="f_folding",
                ),
                FilterStack(
                    [
                        Perspective(),
                        LensDistortion(p=0.3),
                        LieOn(),
                        UnevenLight(),
                        Vignette(),
                        CastShadow(p=0.3),
                        Defocus(p=0.9),
                        MotionBlur(p=0.12),
                        SensorNoise(),
                        Jpeg(p=0.4),
                    ],
                    p=0.75,
                    name="f_camera",
                ),
            ],
            strength=strength,
            share_untouched=share_untouched,
            name=name,
        )
