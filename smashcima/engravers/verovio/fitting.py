"""Bringing a score onto its sheets: breaks that the source asks for, staves small enough, nothing beyond the paper.

The order of means, from the least to the greatest loss:

1. the breaks and the staff size that were asked for;
2. the same breaks with smaller staves, as long as they keep three quarters of their size;
3. the breaks of the source with further ones between them, where lines or pages are overfull;
4. smaller staves still;
5. each page that is still too large, scaled as a whole.

Each round takes one step and there are few of them, so that this ends; step 5 always fits.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from smashcima.engravers.verovio.line_filling import spread_breaks
from smashcima.engravers.verovio.mei_edits import source_breaks, without_words
from smashcima.engravers.verovio.mei_index import MeiIndex
from smashcima.engravers.verovio.rendering import Rendering, render
from smashcima.engraving.layout_options import Breaks, LayoutOptions
from smashcima.engraving.page_content import PageExtent
from smashcima.errors import Issue

_LEAST_SQUEEZE = 0.8
"""Notes pushed together more than this (Verovio's own threshold) make a line too full."""

_KEPT_SIZE = 0.75
"""Breaks of the source are kept as long as they cost no more than this of the staff size."""

_LEAST_SIZE = 0.08
_ROUNDS = 8
_KEPT_MARGIN = 0.6
"""Share of the bottom margin that stays white; what hangs down from the last staff may use the rest."""

_HARD_SQUEEZE = 0.6
"""Notes are hardly ever pushed together more than this; long words that ask for room often are."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A rendering, the extents of its pages, and what had to be done for it."""

    rendering: Rendering
    extents: tuple[PageExtent, ...]
    issues: tuple[Issue, ...]


def render_to_fit(mei: str, options: LayoutOptions, index: MeiIndex, known_ids: Collection[str]) -> Fitted:
    """Lay out MEI so that its lines and pages are not overfull; only single signs may still reach over the edge."""
    mode = _verovio_breaks(mei, options)
    size, has_new_breaks = 1.0, False
    issues: list[Issue] = []
    rendering = render(mei, options, index, known_ids, mode)
    extents = _extents(rendering)
    for _ in range(_ROUNDS):
        squeeze = _squeeze_of_notes(rendering, mei, options, index, known_ids, mode, size)
        wanted = max(size * _needed_size(squeeze, extents, options), _LEAST_SIZE)
        if wanted >= size or options.breaks is Breaks.NONE:
            break
        filled = None
        if wanted < _KEPT_SIZE and mode in ("encoded", "line") and options.breaks is Breaks.SOURCE:
            filled = spread_breaks(mei, options, index, known_ids, mode)
        if filled is not None:
            mei, size, has_new_breaks = filled, 1.0, True
        else:
            size = wanted
        rendering = render(mei, options, index, known_ids, mode, size)
        extents = _extents(rendering)
    if has_new_breaks:
        what = "some added to those of the source, whose lines or pages hold too much for the page"
        issues.append(Issue("score", "breaks", what))
    if size < 1.0:
        issues.append(
            Issue("score", "staff size", f"scaled to {max(1, round(100 * size))} % to fit the page")
        )
    if size <= _LEAST_SIZE and rendering.squeeze < _LEAST_SQUEEZE:
        what = f"a line holds more than fits; its notes are pushed together to {max(1, round(100 * rendering.squeeze))} %"
        issues.append(Issue("score", "note spacing", what))
    return Fitted(rendering, extents, tuple(issues))


def _extents(rendering: Rendering) -> tuple[PageExtent, ...]:
    return tuple(page.extent() for page in rendering.pages)


def _squeeze_of_notes(
    rendering: Rendering,
    mei: str,
    options: LayoutOptions,
    index: MeiIndex,
    known_ids: Collection[str],
    mode: str,
    size: float,
) -> float:
    """How much notes are pushed together for their own number, and not for long words that ask for room."""
    if rendering.squeeze >= _HARD_SQUEEZE:
        return rendering.squeeze
    wordless = render(without_words(mei), options, index, known_ids, mode, size)
    return max(rendering.squeeze, wordless.squeeze)


def _verovio_breaks(mei: str, options: LayoutOptions) -> str:
    if options.breaks is Breaks.NONE:
        return "none"
    if options.breaks is Breaks.AUTO:
        return "auto"
    breaks = source_breaks(mei)
    if breaks.pages:
        return "encoded"
    if breaks.lines:
        return "line"  # pages are filled with the lines of the source
    return "encoded" if options.breaks is Breaks.ENCODED else "auto"


def _needed_size(squeeze: float, extents: tuple[PageExtent, ...], options: LayoutOptions) -> float:
    """By what factor staves must shrink for all lines and pages to hold what is in them; 1 if they do."""
    factor = 1.0
    if squeeze < _LEAST_SQUEEZE:
        factor = squeeze / _LEAST_SQUEEZE * 0.99
    size, margins = options.page_size, options.page_margins
    bottom = size.height - _KEPT_MARGIN * margins.bottom
    available = bottom - margins.top
    for extent in extents:
        if extent.bottom > bottom:
            factor = min(factor, available / (extent.bottom - margins.top) * 0.99)
    return factor
