"""Exporters of scenes: images, vector graphics, and all formats of ground truth and music.

Every exporter is a value with options and has the methods of `Exporter`: `export(x)` returns a value,
`write(x, path)` writes a file, and `omissions(x)` lists what the format leaves out. Exporters of text formats
also have `export_string(x)`. The type of `x` depends on the format: an image (`scene.compose_page(page)`) for
MuNG, COCO, YOLO and masks; a page or view box for SVG; a scene for MRO; a score, or a slice of one, for symbolic
formats.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from smashcima._moved import former_name
from smashcima.scene.visual.notebook import set_notebook_painter

# ruff: noqa: F401 - the imports below show type checkers and editors what `__getattr__` loads

if TYPE_CHECKING:
    from smashcima.exporting.alignment import AlignmentExporter
    from smashcima.exporting.annotation import PageAnnotation, annotate
    from smashcima.exporting.bitmap import BitmapRenderer, picture_to_show
    from smashcima.exporting.classes import CLASS_PRESETS, VOCABULARIES, ClassSelection
    from smashcima.exporting.coco import CocoExporter, merged_coco
    from smashcima.exporting.crops import LEVELS as CROP_LEVELS
    from smashcima.exporting.crops import Crop, CropExporter
    from smashcima.exporting.deepscores import DeepScoresExporter, merged_deepscores
    from smashcima.exporting.exporter import Exporter, TextExporter
    from smashcima.exporting.html import HtmlExporter
    from smashcima.exporting.humdrum import HumdrumExporter
    from smashcima.exporting.label_studio import LabelStudioExporter
    from smashcima.exporting.lmx import LmxExporter, lmx_to_musicxml
    from smashcima.exporting.mashcima import MashcimaExporter
    from smashcima.exporting.masks import MaskExporter
    from smashcima.exporting.mei import FacsimileImage, MeiExporter
    from smashcima.exporting.midi import MidiExporter, TimedNote, TimeMapExporter
    from smashcima.exporting.mro import MroExporter
    from smashcima.exporting.mung import MungExporter
    from smashcima.exporting.musicxml import MusicXmlExporter
    from smashcima.exporting.overlay import OVERLAYS, OverlayRenderer, read_labels
    from smashcima.exporting.pagexml import PageXmlExporter
    from smashcima.exporting.pascal_voc import PascalVocExporter
    from smashcima.exporting.primus import PrimusExporter
    from smashcima.exporting.svg import SvgExporter
    from smashcima.exporting.symbolic import score_layout
    from smashcima.exporting.yolo import YoloExporter
    from smashcima.imaging import (
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
    from smashcima.imaging.filters import (
        PRESETS,
        BaseHandwrittenPostprocessor,
        Filter,
        FilterStack,
        preset,
    )

_HOME_OF = {
    "smashcima.exporting.alignment": "AlignmentExporter",
    "smashcima.exporting.annotation": "PageAnnotation annotate",
    "smashcima.exporting.bitmap": "BitmapRenderer",
    "smashcima.exporting.classes": "CLASS_PRESETS VOCABULARIES ClassSelection",
    "smashcima.exporting.coco": "CocoExporter merged_coco",
    "smashcima.imaging": "Compositor DefaultCompositor DisplacementMap ImageLayer InkLayer LayerSet Mask Masks NullPostprocessor PixelMap Postprocessor ProjectiveMap Region Regions encode_image write_image",
    "smashcima.exporting.crops": "Crop CropExporter",
    "smashcima.exporting.deepscores": "DeepScoresExporter merged_deepscores",
    "smashcima.exporting.exporter": "Exporter TextExporter",
    "smashcima.exporting.html": "HtmlExporter",
    "smashcima.exporting.humdrum": "HumdrumExporter",
    "smashcima.exporting.lmx": "LmxExporter lmx_to_musicxml",
    "smashcima.exporting.mashcima": "MashcimaExporter",
    "smashcima.exporting.masks": "MaskExporter",
    "smashcima.exporting.mei": "FacsimileImage MeiExporter",
    "smashcima.exporting.midi": "MidiExporter TimedNote TimeMapExporter",
    "smashcima.exporting.mro": "MroExporter",
    "smashcima.exporting.mung": "MungExporter",
    "smashcima.exporting.musicxml": "MusicXmlExporter",
    "smashcima.exporting.overlay": "OVERLAYS OverlayRenderer read_labels",
    "smashcima.exporting.label_studio": "LabelStudioExporter",
    "smashcima.exporting.pagexml": "PageXmlExporter",
    "smashcima.exporting.pascal_voc": "PascalVocExporter",
    "smashcima.imaging.filters": "PRESETS BaseHandwrittenPostprocessor Filter FilterStack preset",
    "smashcima.exporting.primus": "PrimusExporter",
    "smashcima.exporting.svg": "SvgExporter",
    "smashcima.exporting.symbolic": "score_layout",
    "smashcima.exporting.yolo": "YoloExporter",
}
"""Public names by the package that defines them; each is loaded on first use, since there are many."""

_PACKAGE_OF = {name: package for package, names in _HOME_OF.items() for name in names.split()}

__all__ = [
    "CLASS_PRESETS",
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
    "Exporter",
    "FacsimileImage",
    "Filter",
    "FilterStack",
    "HtmlExporter",
    "HumdrumExporter",
    "ImageLayer",
    "InkLayer",
    "LayerSet",
    "LabelStudioExporter",
    "LmxExporter",
    "Mask",
    "MashcimaExporter",
    "MaskExporter",
    "Masks",
    "MeiExporter",
    "MidiExporter",
    "MroExporter",
    "MungExporter",
    "MusicXmlExporter",
    "NullPostprocessor",
    "OverlayRenderer",
    "PageAnnotation",
    "PageXmlExporter",
    "PascalVocExporter",
    "PixelMap",
    "Postprocessor",
    "PrimusExporter",
    "ProjectiveMap",
    "Region",
    "Regions",
    "SvgExporter",
    "TextExporter",
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


def __getattr__(name: str) -> Any:
    """Loads a format or another name on first use."""
    if name == "CROP_LEVELS":
        value = importlib.import_module("smashcima.exporting.crops").LEVELS
    elif name in _PACKAGE_OF:
        value = getattr(importlib.import_module(_PACKAGE_OF[name]), name)
    else:
        value = former_name(__name__, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Lists all public names, loaded or not."""
    return sorted(__all__)


def _show(x: object) -> bytes:
    from smashcima.exporting.bitmap import picture_to_show

    return picture_to_show(x)


set_notebook_painter(_show)
