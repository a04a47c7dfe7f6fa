"""Lyrics, texts, dynamics and hairpins at their places."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from smashcima.assets.fonts import text_width
from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import draw_dynamic, draw_hairpin
from smashcima.loading.mro.layout.sheet import StaveSheet
from smashcima.notations.mro import (
    DEFAULT_TEXT_HEIGHT_UNITS,
    MroDynamicShape,
    MroFontStyle,
    MroLyricElement,
    MroLyricLine,
)
from smashcima.scene.semantic import Harmony, SemanticObject, Syllable

_K = PrimitiveKind

_SMALLEST, _LARGEST = 8, 160
"""Limits of the height of texts in units."""

_HYPHEN_EM, _HYPHEN_EVERY_EM = 0.25, 6.0
"""Length of a hyphen between syllables, and the largest distance between two, in em."""

_STROKE_EM = 0.055
"""Thickness of hyphens and extender lines in em."""

_HYPHEN_HEIGHT_EM = 0.2
"""Height of hyphens above the baseline in em."""

Find = Callable[[int], SemanticObject | None]
"""Returns the object of the score for an element of a list, by index; `None` if there is none."""


def draw_lyrics(
    stave: StaveSheet,
    line: MroLyricLine,
    find: Find,
    version: int,
    go_to: Callable[[float], None],
) -> None:
    """Draws a lyric line, with the hyphens between its syllables; `go_to` sets the measure at an x."""
    size = _size(stave, line.height_units if version >= 2011 else DEFAULT_TEXT_HEIGHT_UNITS)
    style = MroFontStyle.of(line.style)
    baseline = stave.y(line.baseline_units)
    syllables: list[tuple[float, float, Syllable, MroLyricElement]] = []
    for index, element in enumerate(line.elements):
        syllable = find(index)
        if not isinstance(syllable, Syllable):
            continue
        if element.is_extender:
            left, right = sorted((stave.x(element.left_units), stave.x(element.right_units)))
            go_to(left)
            half = _STROKE_EM * size / 2
            stave.draft.box(_K.LYRIC_EXTENDER, left, baseline - half, right, baseline + half, syllable.id)
            continue
        text = syllable.text
        middle = stave.x(element.middle_units)
        width = text_width(text, size, "serif", style.is_bold, style.is_italic, 0.0)
        go_to(middle)
        stave.draft.text(
            _K.LYRIC, text, middle - width / 2, baseline, size, syllable.id,
            italic=style.is_italic, bold=style.is_bold,
        )  # fmt: skip
        syllables.append((middle - width / 2, middle + width / 2, syllable, element))
    syllables.sort(key=lambda each: each[0])
    for (_, end, syllable, element), (start, _, _, _) in pairwise(syllables):
        if element.text.endswith("-"):
            go_to(end)
            _draw_hyphens(stave, end, start, baseline, size, syllable.id)
    if syllables and syllables[-1][3].text.endswith("-"):
        end = syllables[-1][1]
        _draw_hyphens(stave, end, min(end + size, stave.right), baseline, size, syllables[-1][2].id)


def _draw_hyphens(
    stave: StaveSheet, left: float, right: float, baseline: float, size: float, element: str
) -> None:
    """Draws hyphens at equal distances between two syllables; none if there is no room."""
    length = _HYPHEN_EM * size
    if right - left < length:
        return
    count = max(1, int((right - left) / (_HYPHEN_EVERY_EM * size)))
    y, half = baseline - _HYPHEN_HEIGHT_EM * size, _STROKE_EM * size / 2
    for number in range(count):
        middle = left + (right - left) * (number + 0.5) / count
        stave.draft.box(
            _K.LYRIC_HYPHEN, middle - length / 2, y - half, middle + length / 2, y + half, element
        )


def draw_texts(stave: StaveSheet, find: Find, version: int, go_to: Callable[[float], None]) -> None:
    """Draws the texts and chord names of a stave."""
    for index, text in enumerate(stave.stave.texts):
        mark = find(index)
        if mark is None:
            continue
        x = stave.x(text.left_units)
        go_to(x)
        style = MroFontStyle.of(text.style)
        size = _size(stave, text.height_units if version >= 2011 else DEFAULT_TEXT_HEIGHT_UNITS)
        kind = _K.HARMONY if isinstance(mark, Harmony) else _K.DIRECTION
        stave.draft.text(
            kind, text.text, x, stave.y(text.baseline_units), size, mark.id,
            italic=style.is_italic, bold=style.is_bold,
        )  # fmt: skip


def draw_dynamics(stave: StaveSheet, find: Find, go_to: Callable[[float], None]) -> None:
    """Draws the dynamics and hairpins of a stave."""
    for index, dynamic in enumerate(stave.stave.dynamics):
        mark = find(index)
        if mark is None:
            continue
        y = stave.y(dynamic.row_units)
        if dynamic.shape.is_hairpin:
            left, right = sorted((stave.x(dynamic.left_units), stave.x(dynamic.right_units)))
            go_to(left)
            draw_hairpin(stave.draft, dynamic.shape is MroDynamicShape.DIMINUENDO, left, right, y, mark.id)
        else:
            x = stave.x(dynamic.centre_units)
            go_to(x)
            draw_dynamic(stave.draft, dynamic.shape.text, x, y, mark.id)


def _size(stave: StaveSheet, height_units: int) -> float:
    """Size of an em in mm."""
    height = height_units if height_units > 0 else DEFAULT_TEXT_HEIGHT_UNITS
    return min(max(height, _SMALLEST), _LARGEST) * stave.sheet.unit
