"""From scenes to files: pictures, vector graphics and, in time, every format of ground truth.

Every exporter is a value with options that says the same three words: `export(x)` gives a value,
`export_string(x)` gives text where the format is text, `write(x, path)` writes a file.
"""

from smashcima.exporting.bitmap import BitmapRenderer, write_image
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
)

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
    "write_image",
]
