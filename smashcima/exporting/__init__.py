"""From scenes to files: pictures, vector graphics, degradations, and every format of ground truth.

Every exporter is a value with options that says the same three words: `export(x)` gives a value,
`export_string(x)` gives text where the format is text, `write(x, path)` writes a file. What `x` is depends on what the
format is about: a picture (`scene.compose_page(page)`) for MuNG, COCO, YOLO, masks; a page or view box for SVG; a
score, or a slice of one, for symbolic formats.
"""

from smashcima.exporting.alignment import AlignmentExporter
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.bitmap import BitmapRenderer, picture_to_show
from smashcima.exporting.classes import VOCABULARIES, ClassSelection
from smashcima.exporting.coco import CocoExporter, merged_coco
from smashcima.exporting.compositing import (
    Compositor,
    DefaultCompositor,
    DisplacementMap,
    ImageLayer,
    InkLayer,
    LayerSet,
    Mask,
    Masks,
    NullPostprocessor,
    PixelMap,
    Postprocessor,
    ProjectiveMap,
    Region,
    Regions,
    encode_image,
    write_image,
)
from smashcima.exporting.crops import LEVELS as CROP_LEVELS
from smashcima.exporting.crops import Crop, CropExporter
from smashcima.exporting.deepscores import DeepScoresExporter, merged_deepscores
from smashcima.exporting.html import HtmlExporter
from smashcima.exporting.humdrum import HumdrumExporter
from smashcima.exporting.lmx import LmxExporter, lmx_to_musicxml
from smashcima.exporting.masks import MaskExporter
from smashcima.exporting.mei import FacsimileImage, MeiExporter
from smashcima.exporting.midi import MidiExporter, TimedNote, TimeMapExporter
from smashcima.exporting.mung import MungExporter
from smashcima.exporting.musicxml import MusicXmlExporter
from smashcima.exporting.overlay import OVERLAYS, OverlayRenderer, read_labels
from smashcima.exporting.pagexml import PageXmlExporter
from smashcima.exporting.postprocessing import (
    PRESETS,
    BaseHandwrittenPostprocessor,
    Filter,
    FilterStack,
    preset,
)
from smashcima.exporting.primus import PrimusExporter
from smashcima.exporting.svg import SvgExporter
from smashcima.exporting.symbolic import score_layout
from smashcima.exporting.yolo import YoloExporter
from smashcima.scene.visual.showing import show_with

__all__ = [
    "CROP_LEVELS",
    "OVERLAYS",
    "PRESETS",
    "VOCABULARIES",
    "AlignmentExporter",
    "BaseHandwrittenPostprocessor",
    "BitmapRenderer",
    "ClassSelection",
    "CocoExporter",
    "Compositor",
    "Crop",
    "CropExporter",
    "DeepScoresExporter",
    "DefaultCompositor",
    "DisplacementMap",
    "FacsimileImage",
    "Filter",
    "FilterStack",
    "HtmlExporter",
    "HumdrumExporter",
    "ImageLayer",
    "InkLayer",
    "LayerSet",
    "LmxExporter",
    "Mask",
    "MaskExporter",
    "Masks",
    "MeiExporter",
    "MidiExporter",
    "MungExporter",
    "MusicXmlExporter",
    "NullPostprocessor",
    "OverlayRenderer",
    "PageAnnotation",
    "PageXmlExporter",
    "PixelMap",
    "Postprocessor",
    "PrimusExporter",
    "ProjectiveMap",
    "Region",
    "Regions",
    "SvgExporter",
    "TimeMapExporter",
    "TimedNote",
    "YoloExporter",
    "annotate",
    "encode_image",
    "lmx_to_musicxml",
    "merged_coco",
    "merged_deepscores",
    "preset",
    "read_labels",
    "score_layout",
    "write_image",
]

show_with(picture_to_show)
