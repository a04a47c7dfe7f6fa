"""The visual part of a scene: spaces, ink, glyphs, regions, the layout of pages, and visual objects.

A `VisualObject` has a `Glyph`; a glyph has ink (`Sprite`, `InkPath`) and a `LabeledRegion`, all in an `AffineSpace`.
The outermost space is that of a `Page`.
"""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.alpha_outline import outline_mask
from smashcima.scene.visual.curve_marks import (
    AnnotationLineMark,
    ExtenderMark,
    GlissandoMark,
    HairpinMark,
    LaissezVibrerCurve,
    OctaveMark,
    PedalMark,
    SlurCurve,
    TieCurve,
    TupletMark,
    VoltaMark,
)
from smashcima.scene.visual.glyph import ComposedGlyph, Glyph, LineGlyph, merge_contours
from smashcima.scene.visual.ink import FreshPicture, Ink
from smashcima.scene.visual.ink_load import InkLoad, InkMedium
from smashcima.scene.visual.ink_path import BLACK, ColorBGRA, InkPath
from smashcima.scene.visual.labeled_region import LabeledRegion
from smashcima.scene.visual.labels import Label, LabelLike, SmashcimaLabels, SmuflLabels
from smashcima.scene.visual.note_marks import (
    AccidentalMark,
    ArpeggioMark,
    ArticulationMark,
    AugmentationDot,
    BeamSegment,
    ClusterMark,
    FingeringMark,
    Flag,
    GraceSlash,
    LedgerLine,
    Notehead,
    Stem,
    TremoloMark,
)
from smashcima.scene.visual.page import (
    GrandStaff,
    GrandStaffMeasure,
    Page,
    StaffMeasure,
    System,
    SystemMeasure,
    SystemStaff,
)
from smashcima.scene.visual.scene_point import ScenePoint
from smashcima.scene.visual.scribal_marks import (
    BlotMark,
    CancellationMark,
    CustosMark,
    ErasureMark,
    TurnMark,
)
from smashcima.scene.visual.spanner_mark import SpannerMark
from smashcima.scene.visual.sprite import Sprite
from smashcima.scene.visual.staff_marks import (
    BarlineMark,
    BraceMark,
    BracketMark,
    ClefMark,
    KeySignatureMark,
    MeasureRepeatMark,
    MeasureRestMark,
    MultiRestMark,
    RepeatDotMark,
    RestMark,
    StaffLine,
    SystemDividerMark,
    SystemStartLine,
    TablatureMark,
    TimeSignatureMark,
)
from smashcima.scene.visual.text_marks import (
    BreathMark,
    DirectionMark,
    DynamicMark,
    EnclosureMark,
    FermataMark,
    FiguredBassMark,
    GenericMark,
    HarmonyMark,
    LyricLineMark,
    LyricMark,
    MeasureNumberMark,
    OrnamentMark,
    PageFootMark,
    RehearsalMarkText,
    RepeatMarkSign,
    StaffLabelMark,
    TempoMark,
    TitleMark,
    WordsMark,
)
from smashcima.scene.visual.view_box import ViewBox
from smashcima.scene.visual.visual_object import VisualObject

__all__ = [
    "AccidentalMark",
    "AffineSpace",
    "AnnotationLineMark",
    "ArpeggioMark",
    "ArticulationMark",
    "AugmentationDot",
    "BLACK",
    "BarlineMark",
    "BeamSegment",
    "BlotMark",
    "BraceMark",
    "BracketMark",
    "BreathMark",
    "CancellationMark",
    "ClefMark",
    "ClusterMark",
    "ColorBGRA",
    "ComposedGlyph",
    "CustosMark",
    "DirectionMark",
    "DynamicMark",
    "EnclosureMark",
    "ErasureMark",
    "ExtenderMark",
    "FermataMark",
    "FiguredBassMark",
    "FingeringMark",
    "Flag",
    "FreshPicture",
    "GenericMark",
    "GlissandoMark",
    "Glyph",
    "GraceSlash",
    "GrandStaff",
    "GrandStaffMeasure",
    "HairpinMark",
    "HarmonyMark",
    "Ink",
    "InkLoad",
    "InkMedium",
    "InkPath",
    "KeySignatureMark",
    "Label",
    "LabelLike",
    "LabeledRegion",
    "LaissezVibrerCurve",
    "LedgerLine",
    "LineGlyph",
    "LyricLineMark",
    "LyricMark",
    "MeasureNumberMark",
    "MeasureRepeatMark",
    "MeasureRestMark",
    "MultiRestMark",
    "Notehead",
    "OctaveMark",
    "OrnamentMark",
    "Page",
    "PageFootMark",
    "PedalMark",
    "RehearsalMarkText",
    "RepeatDotMark",
    "RepeatMarkSign",
    "RestMark",
    "ScenePoint",
    "SlurCurve",
    "SmashcimaLabels",
    "SmuflLabels",
    "SpannerMark",
    "Sprite",
    "StaffLabelMark",
    "StaffLine",
    "StaffMeasure",
    "Stem",
    "System",
    "SystemDividerMark",
    "SystemMeasure",
    "SystemStaff",
    "SystemStartLine",
    "TablatureMark",
    "TempoMark",
    "WordsMark",
    "TieCurve",
    "TimeSignatureMark",
    "TitleMark",
    "TremoloMark",
    "TupletMark",
    "TurnMark",
    "ViewBox",
    "VisualObject",
    "VoltaMark",
    "merge_contours",
    "outline_mask",
]


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
