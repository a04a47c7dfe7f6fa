"""Fitting of sampled symbols to the space that the engraver reserved for those of a music font."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.assets.fonts import SmuflFont
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.samples import MOST_MEASURED, OutlineBank, SampleSource, SymbolFit, evenly

_FIXED = (
    "flag",
    "tremolo",
    "brace",
    "bracket",
    "arpeggio",
    "wiggle",
    "gClef",
    "fClef",
    "cClef",
)
"""Prefixes of the names of symbols that are placed by their origin; all others are centred in the space that the
engraver reserved."""

_SMALL_PEN = 0.35
"""Exponent of pen width over symbol size: grace notes are written with nearly the same pen."""

_THICKER_RANGE = (-0.03, 0.06)
"""In staff spaces."""

_FLAG_LEFT = -0.04
"""Largest x of the left end of flags, in staff spaces. Their origin is the left edge of an engraved stem, 0.05 from its
middle; flags of real writers start 0.09 from the middle, on average."""

_SCALE_RANGE = (0.35, 2.0)


def fit_symbol(
    label: Label,
    source: SampleSource,
    font: SmuflFont,
    bank: OutlineBank,
    choices: Sequence[Sequence[int]],
    size: float,
    stroke: float,
) -> SymbolFit:
    """The fit of samples from a source to a SMuFL symbol.

    Args:
        label: the label of the symbol.
        source: the labels that the samples were written as.
        font: the music font of the engraver.
        bank: the outlines of the samples.
        choices: the indices of the samples for each part.
        size: size of the symbol relative to one on a normal staff.
        stroke: thickness of the pen, in staff spaces.
    """
    name = label.name if label.is_smufl else ""
    box = font.outline_box(name)
    middle_x = usual_width = height = None
    height_of_source, lower = 1.0, 0.0
    if box is not None and not name.startswith(_FIXED):
        reserved = font.reserved_for(name)
        middle_x = None if reserved is None else reserved[0]
        if name.startswith("notehead"):
            outlines = [bank[index] for index in evenly(choices[0], MOST_MEASURED)]
            usual_width = float(np.median([outline.width for outline in outlines if outline is not None]))
    own = font.outline_box(source.labels[0].name) if source.resized and source.labels[0].is_smufl else None
    if box is not None and own is not None:
        scale = box.height / own.height
        if _SCALE_RANGE[0] <= scale <= _SCALE_RANGE[1]:
            height, height_of_source = box.height, own.height
            lower = (box.top + box.bottom) / 2 - scale * (own.top + own.bottom) / 2
    if source.small:
        # The sample is small already, and will be scaled again with the symbol.
        height = 1 / size
    if usual_width is not None and height is not None:
        usual_width *= height / height_of_source
    total = 1.0 if source.small else size * (1.0 if height is None else height / height_of_source)
    # The thickness of a filled shape does not depend on the pen.
    thicker = 0.0 if name == "noteheadBlack" else stroke / 2 * (total ** (_SMALL_PEN - 1) - 1)
    return SymbolFit(
        middle_x=middle_x,
        usual_width=usual_width,
        height=height,
        height_of_source=height_of_source,
        lower=lower,
        left_at_most=_FLAG_LEFT if name.startswith("flag") else None,
        right_at_most=box.right if box is not None and "Clef" in name else None,
        mirrored=source.mirrored,
        thicker=min(max(thicker, _THICKER_RANGE[0]), _THICKER_RANGE[1]),
    )
