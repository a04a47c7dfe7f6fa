"""Filters that age, scan, photograph, copy and print pages, and keep the truth about them true.

A filter has a probability `p`, a `strength` (0 = no change at all, 1 = natural, up to 3), `force_do` and `force_dont`, and
a stream of random numbers of its own. A `FilterStack` holds filters, or other stacks; `preset` makes stacks for the usual
ways in which pages reach a reader.
"""

from smashcima.exporting.postprocessing.backings import BACKINGS, LieOn
from smashcima.exporting.postprocessing.bending import BookPage, Curl, Fold
from smashcima.exporting.postprocessing.bitonal import Binarize, SaltAndPepper
from smashcima.exporting.postprocessing.bleed_through import BleedThrough
from smashcima.exporting.postprocessing.camera import LensDistortion, Perspective, Skew
from smashcima.exporting.postprocessing.compression import Jpeg
from smashcima.exporting.postprocessing.distractors import LABELS as DISTRACTOR_LABELS
from smashcima.exporting.postprocessing.distractors import Distractor
from smashcima.exporting.postprocessing.filter import MAX_STRENGTH, Applied, Draws, Filter
from smashcima.exporting.postprocessing.frame import Frame
from smashcima.exporting.postprocessing.handwritten import BaseHandwrittenPostprocessor
from smashcima.exporting.postprocessing.ink_spread import Blots, InkBleed
from smashcima.exporting.postprocessing.ink_tone import (
    INKS,
    BrokenStrokes,
    DryPen,
    InkColor,
    InkFade,
    Letterpress,
)
from smashcima.exporting.postprocessing.kinds import (
    Backing,
    BackingFilter,
    GeometricFilter,
    ImageFilter,
    LayersFilter,
    LightFilter,
    Warp,
)
from smashcima.exporting.postprocessing.light import Light
from smashcima.exporting.postprocessing.lighting import CastShadow, ScannerLight, UnevenLight, Vignette
from smashcima.exporting.postprocessing.optics import Defocus, MotionBlur, ResolutionLoss
from smashcima.exporting.postprocessing.parameters import Distribution, LogNormal, Normal, Parameter, Uniform
from smashcima.exporting.postprocessing.photocopy import CopierEdges, Photocopy
from smashcima.exporting.postprocessing.presets import PRESETS, preset
from smashcima.exporting.postprocessing.scribbles import Corrections, Scribbles, Stains
from smashcima.exporting.postprocessing.sensor import ScannerStreaks, SensorNoise
from smashcima.exporting.postprocessing.stack import FilterStack
from smashcima.exporting.postprocessing.staff_lines import StaffLineFade, StaffLineThicken, UnevenRuling

__all__ = [
    "BACKINGS",
    "DISTRACTOR_LABELS",
    "INKS",
    "MAX_STRENGTH",
    "PRESETS",
    "Applied",
    "Backing",
    "BackingFilter",
    "BaseHandwrittenPostprocessor",
    "Binarize",
    "BleedThrough",
    "Blots",
    "BookPage",
    "BrokenStrokes",
    "CastShadow",
    "CopierEdges",
    "Corrections",
    "Curl",
    "Defocus",
    "Distractor",
    "Distribution",
    "Draws",
    "DryPen",
    "Filter",
    "FilterStack",
    "Fold",
    "Frame",
    "GeometricFilter",
    "ImageFilter",
    "InkBleed",
    "InkColor",
    "InkFade",
    "Jpeg",
    "LayersFilter",
    "LensDistortion",
    "Letterpress",
    "LieOn",
    "Light",
    "LightFilter",
    "LogNormal",
    "MotionBlur",
    "Normal",
    "Parameter",
    "Perspective",
    "Photocopy",
    "ResolutionLoss",
    "SaltAndPepper",
    "ScannerLight",
    "ScannerStreaks",
    "Scribbles",
    "SensorNoise",
    "Skew",
    "StaffLineFade",
    "StaffLineThicken",
    "Stains",
    "UnevenLight",
    "UnevenRuling",
    "Uniform",
    "Vignette",
    "Warp",
    "preset",
]
