"""Fitting of a score to its pages: breaks, staff size, and scaling of pages.

These measures are tried in order of increasing loss:

1. the requested breaks and staff size;
2. the same breaks with smaller staves, down to three quarters of the requested size;
3. additional breaks between those of the source, where systems or pages are overfull;
4. even smaller staves;
5. scaling of each page that is still too large.

Each round takes one step, and the number of rounds is limited; step 5 always fits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from smashcima.engravers.verovio.line_filling import spread_breaks
from smashcima.engravers.verovio.mei_edits import SourceBreaks, without_words
from smashcima.engravers.verovio.mei_index import MeiIndex
from smashcima.engravers.verovio.rendering import Rendering, render
from smashcima.engraving.layout_options import Breaks, LayoutOptions
from smashcima.engraving.page_content import PageExtent
from smashcima.errors import Issue

_LEAST_SQUEEZE = 0.8
"""Compression ratio of note spacing below which a system is overfull (Verovio's own threshold)."""

_KEPT_SIZE = 0.75
"""Smallest fraction of the requested staff size at which only the breaks of the source are used."""

_LEAST_SIZE = 0.08
_ROUNDS = 8
_KEPT_MARGIN = 0.6
"""Fraction of the bottom margin that stays empty; objects below the last staff may use the rest."""

_HARD_SQUEEZE = 0.6
"""Compression ratio that notes rarely fall below; a smaller ratio is usually caused by long words."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A rendering, and issues for the changes made to fit it."""

    rendering: Rendering
    issues: tuple[Issue, ...]
    size: float
    """Scale of the staves; 1 for the requested size."""


def render_to_fit(
    mei: str,
    options: LayoutOptions,
    index: MeiIndex,
    known_ids: Collection[str],
    mode: str,
    most: float = 1.0,
) -> Fitted:
    """Lays out MEI without overfull systems and pages; only individual symbols may still cross the page edge.

    `mode` is that of `verovio_breaks`, and `most` the largest scale of the staves.
    """
    size, has_new_breaks = most, False
    issues: list[Issue] = []
    rendering = render(mei, options, index, known_ids, mode, size)
    for _ in range(_ROUNDS):
        if options.breaks is Breaks.NONE:
            break
        needed = _size_for_notes(_squeeze_of_notes(rendering, mei, options, index, known_ids, mode, size))
        # Whether the heights of pages need even smaller staves does not matter if there are to be other breaks.
        can_break = mode in ("encoded", "line") and options.breaks is Breaks.SOURCE
        if not can_break or size * needed >= _KEPT_SIZE:
            needed = min(needed, _size_for_pages(rendering.extents, options))
        wanted = max(size * needed, _LEAST_SIZE)
        if wanted >= size:
            break
        filled = None
        if wanted < _KEPT_SIZE and can_break:
            filled = spread_breaks(mei, options, index, known_ids, mode)
        if filled is not None:
            mei, size, has_new_breaks = filled, most, True
        else:
            size = max(size * min(needed, _size_for_pages(rendering.extents, options)), _LEAST_SIZE)
        rendering = render(mei, options, index, known_ids, mode, size)
    if has_new_breaks:
        what = "some added because systems or pages of the source were overfull"
        issues.append(Issue("score", "breaks", what))
    if size < 1.0:
        issues.append(
            Issue("score", "staff size", f"scaled to {max(1, round(100 * size))} % to fit the page")
        )
    if size <= _LEAST_SIZE and rendering.squeeze < _LEAST_SQUEEZE:
        what = f"a system is overfull; its note spacing is compressed to {max(1, round(100 * rendering.squeeze))} %"
        issues.append(Issue("score", "note spacing", what))
    return Fitted(rendering, tuple(issues), size)


def _squeeze_of_notes(
    rendering: Rendering,
    mei: str,
    options: LayoutOptions,
    index: MeiIndex,
    known_ids: Collection[str],
    mode: str,
    size: float,
) -> float:
    """Compression ratio of note spacing caused by the number of notes, not by long words."""
    if rendering.squeeze >= _HARD_SQUEEZE:
        return rendering.squeeze
    wordless = render(without_words(mei), options, index, known_ids, mode, size)
    return max(rendering.squeeze, wordless.squeeze)


def verovio_breaks(breaks: SourceBreaks, options: LayoutOptions) -> str:
    """Verovio's value of `breaks` for a score with these breaks in its source."""
    if options.breaks is Breaks.NONE:
        return "none"
    if options.breaks is Breaks.AUTO:
        return "auto"
    if breaks.pages:
        return "encoded"
    if breaks.lines:
        return "line"  # keeps the systems of the source; pages are filled automatically
    return "encoded" if options.breaks is Breaks.ENCODED else "auto"


def _size_for_notes(squeeze: float) -> float:
    """Factor by which staves must be scaled for all systems to fit; 1 if they fit already."""
    return squeeze / _LEAST_SQUEEZE * 0.99 if squeeze < _LEAST_SQUEEZE else 1.0


def _size_for_pages(extents: Iterable[PageExtent], options: LayoutOptions) -> float:
    """Factor by which staves must be scaled for the content of all pages to fit; 1 if it fits already."""
    factor = 1.0
    size, margins = options.page_size, options.page_margins
    bottom = size.height - _KEPT_MARGIN * margins.bottom
    available = bottom - margins.top
    for extent in extents:
        if extent.bottom > bottom:
            factor = min(factor, available / (extent.bottom - margins.top) * 0.99)
    return factor
