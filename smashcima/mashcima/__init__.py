"""The functions of Mashcima 1.0: images of single handwritten staves from text annotations.

A script for Mashcima 1.0 needs one other line:

```python
import smashcima.mashcima as mc

image = mc.synthesize_for_training("clef.G-2 h-5 ( ) e=-5 =s=-4 #-3 =s-3 | q0 qr hr")
```

Images are arrays of 32-bit floats, (height_px, width_px), with 1 for ink and 0 for paper. All functions that draw have
a `seed`; without one they are random. `synthesize_with_truth` also returns the regions of all symbols.

The symbols are those of MUSCIMA++ if it is installed or can be; otherwise the pen writes, and a warning says so. The
annotation language is described in `smashcima.notations.mashcima`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smashcima.mashcima import annotation_to_image, vocabulary
from smashcima.mashcima.canvas import Canvas
from smashcima.mashcima.canvas_options import CanvasOptions
from smashcima.mashcima.config import Config
from smashcima.mashcima.primus_adapter import (
    convert_primus_annotation_to_mashcima_annotation,
    load_primus_as_mashcima_annotations,
)
from smashcima.mashcima.random_annotation import generate_random_annotation
from smashcima.mashcima.staff_image import StaffImage
from smashcima.mashcima.symbol_repository import SymbolRepository
from smashcima.mashcima.symbols import Symbol
from smashcima.mashcima.synthesis import (
    synthesize,
    synthesize_for_beauty,
    synthesize_for_training,
    synthesize_with_truth,
    use_default_setup,
    use_only_writer_number_one,
)
from smashcima.mashcima.warning import AnnotationWarning, CutInkWarning

if TYPE_CHECKING:
    DEFAULT_CONFIG: Config | None
    DEFAULT_REPOSITORY: SymbolRepository | None

__all__ = [
    "AnnotationWarning",
    "Canvas",
    "CanvasOptions",
    "Config",
    "CutInkWarning",
    "StaffImage",
    "Symbol",
    "SymbolRepository",
    "annotation_to_image",
    "convert_primus_annotation_to_mashcima_annotation",
    "generate_random_annotation",
    "load_primus_as_mashcima_annotations",
    "synthesize",
    "synthesize_for_beauty",
    "synthesize_for_training",
    "synthesize_with_truth",
    "use_default_setup",
    "use_only_writer_number_one",
    "vocabulary",
]


def __getattr__(name: str) -> Config | SymbolRepository | None:
    """The defaults, as they are at the time of access."""
    if name == "DEFAULT_CONFIG":
        return Config.DEFAULT_CONFIG
    if name == "DEFAULT_REPOSITORY":
        return SymbolRepository.DEFAULT_REPOSITORY
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
