"""How sampled symbols come to the places that the engraver has reserved for those of a music font."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.assets.fonts import SmuflFont, SmuflGlyph
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
"""Beginnings of names whose origin says where they go; the middle of all others comes to the middle of the place that
the engraver has reserved."""

_SMALL_PEN = 0.35
"""A pen does not get thinner for grace notes: its width goes with the size to this power."""

_THICKER_RANGE = (-0.03, 0.06)
"""In staff spaces."""

_FLAG_LEFT = -0.08
"""Flags begin at least so far left of the middle of their stem, which is a fifth of a staff space thick."""

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
    """The fit of samples of a source that stand for a SMuFL name.

    Args:
        label: of the symbol.
        source: what the samples were written as.
        font: the music font of the engraver.
        bank: where their outlines are.
        choices: the indices of the samples, for each part.
        size: of the symbol, relative to one on an ordinary staff.
        stroke: thickness of the pen in staff spaces.
    """
    name = label.name if label.is_smufl else ""
    reserved = font.find(name)
    written_as = font.find(source.labels[0].name) if source.labels[0].is_smufl else None
    middle_x = usual_width = height = None
    height_of_source, lower = 1.0, 0.0
    if reserved is not None and not reserved.outline.is_empty and not name.startswith(_FIXED):
        middle_x = font_middle(reserved)[0]
        if name.startswith("notehead"):
            outlines = [bank[index] for index in evenly(choices[0], MOST_MEASURED)]
            usual_width = float(np.median([outline.width for outline in outlines if outline is not None]))
    if source.resized and reserved is not None and written_as is not None:
        wanted, own = reserved.outline.bbox(), written_as.outline.bbox()
        scale = wanted.height / own.height
        if _SCALE_RANGE[0] <= scale <= _SCALE_RANGE[1]:
            height, height_of_source = wanted.height, own.height
            lower = (wanted.top + wanted.bottom) / 2 - scale * (own.top + own.bottom) / 2
    if source.small:
        # It was written small already, and is scaled once more with the symbol.
        height = 1 / size
    if usual_width is not None and height is not None:
        usual_width *= height / height_of_source
    total = 1.0 if source.small else size * (1.0 if height is None else height / height_of_source)
    # What is filled is no stroke.
    thicker = 0.0 if name == "noteheadBlack" else stroke / 2 * (total ** (_SMALL_PEN - 1) - 1)
    return SymbolFit(
        middle_x=middle_x,
        usual_width=usual_width,
        height=height,
        height_of_source=height_of_source,
        lower=lower,
        left_at_most=_FLAG_LEFT if name.startswith("flag") else None,
        right_at_most=reserved.outline.bbox().right if reserved is not None and "Clef" in name else None,
        mirrored=source.mirrored,
        thicker=min(max(thicker, _THICKER_RANGE[0]), _THICKER_RANGE[1]),
    )


def font_middle(glyph: SmuflGlyph) -> tuple[float, float]:
    """Middle and width, in staff spaces, of the place that is reserved: for noteheads from stem to stem."""
    left, right = glyph.anchors.get("stemDownNW"), glyph.anchors.get("stemUpSE")
    if left is not None and right is not None:
        return (left.x + right.x) / 2, right.x - left.x
    box = glyph.outline.bbox()
    return (box.left + box.right) / 2, box.width
