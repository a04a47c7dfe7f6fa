"""From scenes to files: pictures, vector graphics and, in time, every format of ground truth.

Every exporter is a value with options that says the same three words: `export(x)` gives a value,
`export_string(x)` gives text where the format is text, `write(x, path)` writes a file.
"""

from smashcima.exporting.bitmap import BitmapRenderer, picture_to_show
from smashcima.exporting.compositing import (
    Compositor,
    DefaultCompositor,
    ImageLayer,
    InkLayer,
    LayerSet,
    NullPostprocessor,
    Postprocessor,
    Region,
    Regions,
    encode_image,
    write_image,
)
from smashcima.exporting.overlay import OVERLAYS, OverlayRenderer
from smashcima.exporting.svg import SvgExporter
from smashcima.scene.visual.showing import show_with

__all__ = [
    "OVERLAYS",
    "BitmapRenderer",
    "Compositor",
    "DefaultCompositor",
    "ImageLayer",
    "InkLayer",
    "LayerSet",
    "NullPostprocessor",
    "OverlayRenderer",
    "Postprocessor",
    "Region",
    "Regions",
    "SvgExporter",
    "encode_image",
    "write_image",
]

show_with(picture_to_show)
