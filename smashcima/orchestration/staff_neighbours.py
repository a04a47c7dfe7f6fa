"""Staves above and below a staff, as on a page from which it was cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from smashcima.composing.annotations import generate_annotations
from smashcima.engraving import EngravedPage, Engraving, PrimitiveKind, Text, TextRun
from smashcima.engraving.drafting import StaffDraft, draw_curve
from smashcima.errors import SettingsError
from smashcima.geometry import Point
from smashcima.short_repr import ShortRepr

_SYLLABLES = (
    "a", "al", "an", "ba", "be", "bo", "ca", "ce", "co", "da", "de", "di", "do", "e", "en", "fa", "ga", "ge", "glo",
    "ha", "he", "i", "in", "ja", "ka", "la", "le", "lo", "lu", "ma", "me", "mi", "mo", "na", "ne", "no", "o", "pa",
    "pe", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "to", "u", "va", "ve", "vi", "ya",
)  # fmt: skip

_LYRIC_SS = 2.2
"""Font size of lyrics in staff spaces."""


_HIGHEST_LYRIC_SS, _LOWEST_LYRIC_SS = 2.5, 5.5
"""Range of the distance from a staff to the baseline of its lyrics, in staff spaces."""

_LYRIC_ROOM_SS = 1.5
"""Minimum distance from the baseline of lyrics to the next staff, in staff spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours(ShortRepr):
    """Random staves above and below a staff. Raises `SettingsError` for invalid values."""

    above: float = 1.0
    """Probability of a staff above."""

    below: float = 1.0
    """Probability of a staff below."""

    distance_ss: tuple[float, float] = (9.5, 13.0)
    """Range of the distance between the middle lines of adjacent staves, in staff spaces."""

    lyrics: float = 0.3
    """Probability of lyrics under the staff above."""

    slurs: float = 0.3
    """Probability of long slurs over the staff below and under the staff above."""

    def __post_init__(self) -> None:
        for name in ("above", "below", "lyrics", "slurs"):
            if not 0 <= getattr(self, name) <= 1:
                raise SettingsError(
                    f"{name} must be a probability between 0 and 1, not {getattr(self, name)!r}."
                )
        low, high = self.distance_ss
        if not 5 <= low <= high <= 40:
            raise SettingsError(
                f"distance_ss must be a range within 5 to 40 staff spaces, not {self.distance_ss!r}."
            )

    def sample(self, rng: np.random.Generator) -> tuple[str | None, str | None, float]:
        """Samples the annotations above and below (`None` for no staff), and the distance in staff spaces."""
        texts = list(generate_annotations(2, int(rng.integers(2**32))))
        above, below = rng.random(2) < (self.above, self.below)
        return texts[0] if above else None, texts[1] if below else None, float(rng.uniform(*self.distance_ss))


def reaching_in(
    engraving: Engraving, is_above: bool, distance_ss: float, options: Neighbours, rng: np.random.Generator
) -> Engraving:
    """The engraving of a neighbour with random lyrics and slurs on the side of the staff between.

    Apply it before relations are found.

    Args:
        engraving: the engraving of the neighbour.
        is_above: whether it is the staff above.
        distance_ss: distance between the middle lines of both staves in staff spaces.
        options: probabilities of lyrics and slurs.
        rng: source of random choices.
    """
    (page,) = engraving.pages
    with_lyrics, with_slurs = rng.random(2) < (options.lyrics if is_above else 0.0, options.slurs)
    staff = page.systems[0].staves[0]
    draft = StaffDraft(staff.middle_y, staff.staff_space, engraving.music_font, staff=staff.number)
    lowest_ss = min(distance_ss - 4 - _LYRIC_ROOM_SS, _LOWEST_LYRIC_SS)
    if with_lyrics and lowest_ss > _HIGHEST_LYRIC_SS:
        y = draft.y(-4) + rng.uniform(_HIGHEST_LYRIC_SS, lowest_ss) * draft.staff_space
        _draw_lyrics(draft, page, y, rng)
    if with_slurs:
        _draw_slurs(draft, page, is_above, rng)
    return replace(engraving, pages=(replace(page, primitives=(*page.primitives, *draft.primitives)),))


def _draw_lyrics(draft: StaffDraft, page: EngravedPage, y: float, rng: np.random.Generator) -> None:
    size = _LYRIC_SS * draft.staff_space
    right = -np.inf
    for head in page.primitives:
        if head.kind is not PrimitiveKind.NOTEHEAD:
            continue
        left, _, end, _ = head.sides()
        run = TextRun(str(rng.choice(_SYLLABLES)), size, origin=Point((left + end) / 2, y), anchor="middle")
        if (left + end - run.width) / 2 > right:
            draft.go_to_measure(head.place.measure)
            draft.add(Text(PrimitiveKind.LYRIC, draft.place, None, (run,)))
            right = (left + end + run.width) / 2 + 0.3 * draft.staff_space


def _draw_slurs(draft: StaffDraft, page: EngravedPage, is_above: bool, rng: np.random.Generator) -> None:
    side = -1.0 if is_above else 1.0
    for left, right in _spans(page, rng):
        y = draft.y(side * rng.uniform(5.0, 9.0))
        height = side * rng.uniform(0.8, 2.6) * draft.staff_space
        draw_curve(draft, PrimitiveKind.SLUR, (left, y), (right, y), height, None)


def _spans(page: EngravedPage, rng: np.random.Generator) -> Iterator[tuple[float, float]]:
    """Random spans of several notes, from left to right."""
    xs = [head.coordinates()[0] for head in page.primitives if head.kind is PrimitiveKind.NOTEHEAD]
    start = int(rng.integers(3))
    while start + 2 < len(xs):
        end = min(start + int(rng.integers(2, 7)), len(xs) - 1)
        if xs[start] < xs[end]:
            yield xs[start], xs[end]
        start = end + int(rng.integers(1, 4))
