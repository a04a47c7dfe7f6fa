"""Filters that age, scan, photograph, copy and print pages, and move regions with the pixels.

A filter has a probability `p`, a `strength` (0 = no change, 1 = natural, up to 3), `force_do` and
`force_dont`, and its own random stream. A `FilterStack` contains filters and other stacks; `preset` makes
stacks for typical sources of images.
"""

from typing import TYPE_CHECKING

from smashcima.imaging.compositing.page_plan import Applied
from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.imaging.filters.backing import Backing
    from smashcima.imaging.filters.bitonal import Binarize, Dust, SaltAndPepper
    from smashcima.imaging.filters.bleed_through import BleedThrough
    from smashcima.imaging.filters.camera import LensDistortion, Perspective, Skew
    from smashcima.imaging.filters.camera_noise import CameraNoise
    from smashcima.imaging.filters.choosing import PostprocessingChoice, chosen_postprocessor
    from smashcima.imaging.filters.color_bar import ColorBar
    from smashcima.imaging.filters.compression import Jpeg
    from smashcima.imaging.filters.distractors import LABELS as DISTRACTOR_LABELS
    from smashcima.imaging.filters.distractors import Distractor
    from smashcima.imaging.filters.draws import Draws
    from smashcima.imaging.filters.empty_staves import EmptyStaves
    from smashcima.imaging.filters.filter import MAX_STRENGTH, Filter, PlannedFilter
    from smashcima.imaging.filters.filter_types import (
        BackingFilter,
        GeometricFilter,
        ImageFilter,
        LayersFilter,
        LightFilter,
    )
    from smashcima.imaging.filters.framing import Crop, QuarterTurn
    from smashcima.imaging.filters.handwritten_postprocessor import BaseHandwrittenPostprocessor
    from smashcima.imaging.filters.image_in_progress import ImageInProgress
    from smashcima.imaging.filters.ink_spread import Blots, InkBleed
    from smashcima.imaging.filters.ink_tone import (
        INKS,
        BrokenStrokes,
        DryPen,
        InkColor,
        InkFade,
        Letterpress,
    )
    from smashcima.imaging.filters.lie_on import BACKINGS, LieOn
    from smashcima.imaging.filters.light import Light
    from smashcima.imaging.filters.light_filters import CastShadow, ScannerLight, UnevenLight, Vignette
    from smashcima.imaging.filters.margin_objects import HolesAndStaples, Thumb
    from smashcima.imaging.filters.open_book import FacingPage
    from smashcima.imaging.filters.optics import CameraFocus, Defocus, MotionBlur, ResolutionLoss
    from smashcima.imaging.filters.paper_bending import BookPage, Curl, Fold, PaperWaves
    from smashcima.imaging.filters.parameters import Distribution, LogNormal, Normal, Parameter, Uniform
    from smashcima.imaging.filters.photocopy import CopierEdges, Photocopy
    from smashcima.imaging.filters.picture_size import PictureSize
    from smashcima.imaging.filters.pixel_function import PixelFunction
    from smashcima.imaging.filters.pooled_ink import PooledInk
    from smashcima.imaging.filters.presets import PRESETS, preset
    from smashcima.imaging.filters.print_ink import InkGain, RoughEdges
    from smashcima.imaging.filters.resaved import Resaved
    from smashcima.imaging.filters.resolution import Grayscale, Resolution
    from smashcima.imaging.filters.scribbles import Corrections, Scribbles, Stains
    from smashcima.imaging.filters.sensor import ScannerStreaks, SensorNoise
    from smashcima.imaging.filters.stack import FilterStack
    from smashcima.imaging.filters.staff_lines import StaffLineFade, StaffLineThicken, UnevenRuling
    from smashcima.imaging.filters.tone import ToneCurve
    from smashcima.imaging.filters.warp import Warp

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
    "CameraFocus",
    "CameraNoise",
    "CastShadow",
    "ColorBar",
    "CopierEdges",
    "Corrections",
    "Crop",
    "Curl",
    "Defocus",
    "Distractor",
    "Distribution",
    "Draws",
    "DryPen",
    "Dust",
    "EmptyStaves",
    "FacingPage",
    "Filter",
    "FilterStack",
    "Fold",
    "GeometricFilter",
    "Grayscale",
    "HolesAndStaples",
    "ImageFilter",
    "ImageInProgress",
    "InkBleed",
    "InkColor",
    "InkFade",
    "InkGain",
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
    "PaperWaves",
    "Parameter",
    "Perspective",
    "Photocopy",
    "PictureSize",
    "PixelFunction",
    "PlannedFilter",
    "PooledInk",
    "PostprocessingChoice",
    "QuarterTurn",
    "Resaved",
    "Resolution",
    "ResolutionLoss",
    "RoughEdges",
    "SaltAndPepper",
    "ScannerLight",
    "ScannerStreaks",
    "Scribbles",
    "SensorNoise",
    "Skew",
    "StaffLineFade",
    "StaffLineThicken",
    "Stains",
    "Thumb",
    "ToneCurve",
    "UnevenLight",
    "UnevenRuling",
    "Uniform",
    "Vignette",
    "Warp",
    "chosen_postprocessor",
    "preset",
]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "backing": "Backing",
            "bitonal": "Binarize Dust SaltAndPepper",
            "bleed_through": "BleedThrough",
            "camera": "LensDistortion Perspective Skew",
            "camera_noise": "CameraNoise",
            "choosing": "PostprocessingChoice chosen_postprocessor",
            "color_bar": "ColorBar",
            "compression": "Jpeg",
            "distractors": "DISTRACTOR_LABELS=LABELS Distractor",
            "draws": "Draws",
            "empty_staves": "EmptyStaves",
            "filter": "MAX_STRENGTH Filter PlannedFilter",
            "filter_types": "BackingFilter GeometricFilter ImageFilter LayersFilter LightFilter",
            "framing": "Crop QuarterTurn",
            "handwritten_postprocessor": "BaseHandwrittenPostprocessor",
            "image_in_progress": "ImageInProgress",
            "ink_spread": "Blots InkBleed",
            "ink_tone": "INKS BrokenStrokes DryPen InkColor InkFade Letterpress",
            "lie_on": "BACKINGS LieOn",
            "light": "Light",
            "light_filters": "CastShadow ScannerLight UnevenLight Vignette",
            "margin_objects": "HolesAndStaples Thumb",
            "open_book": "FacingPage",
            "optics": "CameraFocus Defocus MotionBlur ResolutionLoss",
            "paper_bending": "BookPage Curl Fold PaperWaves",
            "parameters": "Distribution LogNormal Normal Parameter Uniform",
            "photocopy": "CopierEdges Photocopy",
            "picture_size": "PictureSize",
            "pixel_function": "PixelFunction",
            "pooled_ink": "PooledInk",
            "presets": "PRESETS preset",
            "print_ink": "InkGain RoughEdges",
            "resaved": "Resaved",
            "resolution": "Grayscale Resolution",
            "scribbles": "Corrections Scribbles Stains",
            "sensor": "ScannerStreaks SensorNoise",
            "stack": "FilterStack",
            "staff_lines": "StaffLineFade StaffLineThicken UnevenRuling",
            "tone": "ToneCurve",
            "warp": "Warp",
        },
    )
