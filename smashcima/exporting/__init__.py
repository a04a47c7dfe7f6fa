"""From scenes to files: pictures, vector graphics and, in time, every format of ground truth.

Every exporter is a value with options that says the same three words: `export(x)` gives a value,
`export_string(x)` gives text where the format is text, `write(x, path)` writes a file.
"""

from smashcima.exporting.bitmap import BitmapRenderer
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
from smashcima.exporting.svg import SvgExporter

__all__ = [
    "BitmapRenderer",
    "Compositor",
    "DefaultCompositor",
    "ImageLayer",
    "InkLayer",
    "LayerSet",
    "NullPostprocessor",
    "Postprocessor",
    "Region",
    "Regions",
    "SvgExporter",
    "encode_image",
    "write_image",
]
