"""Where the letters of words go: one after the other, fitted into the width that the engraver reserved."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import TextRun
from smashcima.geometry import Contours
from smashcima.synthesis.text.pen_letters import PenLetters, WrittenLetter, is_joined

Rings = list[NDArray[np.float64]]

_NARROWEST = 0.72
"""How far letters are condensed, before words are written smaller."""

_WIDEST = 1.12
"""How far they are drawn apart where there is more room than they need."""

_SMALLEST = 0.8
"""How much smaller than asked for words are written where room is short; beyond it letters are condensed on."""

_SIZE_JITTER = 0.02
_LETTER_WIDTH_JITTER = 0.035
_LETTER_HEIGHT_JITTER = 0.03
_LETTER_SLANT_JITTER = 0.028
_GAP_JITTER = 0.012
"""Standard deviations for an average writer; lengths in ems, slant as a ratio."""

_DRIFT_LENGTH = 11.0
"""Typical length of a wave of the baseline, in ems."""

_ITALIC_LEAN = 0.07
"""By how much more words in italics lean, as a ratio."""


@dataclass(slots=True)
class SetLetter:
    """A letter or, as an outline, another character, on its way to its place. Lengths are mm, without any jitter."""

    letter: WrittenLetter | None
    outline: Contours | None
    """Drawn as it is, its origin on the baseline."""
    x: float
    y: float
    size: float
    lean: float
    follows: WrittenLetter | None = None
    """The letter that leads on to this one without lifting the pen."""


@dataclass(slots=True)
class SetChunk:
    """Runs that follow each other from one origin on."""

    x: float
    y: float
    anchor: str
    runs: list[TextRun]
    letters: list[SetLetter] = field(default_factory=list)
    width: float = 0.0
    reserved: float = 0.0

    @property
    def size(self) -> float:
        """Size of the largest run, in mm."""
        return max(run.font_size for run in self.runs)


Foreign = Callable[[str, TextRun], tuple[Contours, float] | None]
"""Outline and advance, in mm, of a character that is no letter of the writer's; `None` for those that are."""


def chunks_of(runs: Sequence[TextRun]) -> list[SetChunk]:
    """Runs by the origins from which they follow each other."""
    chunks: list[SetChunk] = []
    for run in runs:
        if run.origin is not None or not chunks:
            x, y = (run.origin.x, run.origin.y) if run.origin is not None else (0.0, 0.0)
            chunks.append(SetChunk(x, y, run.anchor, []))
        chunks[-1].runs.append(run)
    return chunks


def set_chunk(chunk: SetChunk, store: PenLetters, foreign: Foreign) -> None:
    """Puts the letters of a chunk side by side, from x = 0 on, in their natural width."""
    style = store.style
    x = 0.0
    before: WrittenLetter | None = None
    for run in chunk.runs:
        size, y = run.font_size, -run.baseline_shift
        lean = _ITALIC_LEAN if run.italic else 0.0
        for word, others in _tokens(run, foreign):
            if not word:
                if before is not None:
                    x += before.right * size + (0.0 if others is None else style.gap * size)
                before = None
                if others is None:
                    x += style.word_gap * size + run.letter_spacing
                else:
                    outline, advance = others
                    chunk.letters.append(SetLetter(None, outline, x, y, size, 0.0))
                    x += advance + run.letter_spacing
                continue
            for letter in store.word(word, size, run.bold):
                follows = None
                if before is None:
                    x += -letter.left * size
                else:
                    x += store.advance(before, letter) * size + run.letter_spacing
                    if not run.letter_spacing and is_joined(before, letter):
                        follows = before
                chunk.letters.append(SetLetter(letter, None, x, y, size, lean, follows))
                before = letter
        if before is not None:
            # The next run may have another size: it begins at the end of the ink.
            x += before.right * size + style.gap * size
            before = None
    last = chunk.runs[-1]
    if chunk.letters and chunk.letters[-1].letter is not None:
        x -= style.gap * last.font_size
    chunk.width = x


def _tokens(run: TextRun, foreign: Foreign) -> list[tuple[str, tuple[Contours, float] | None]]:
    """Words; characters of other fonts, with their outlines; and, as `("", None)`, spaces."""
    tokens: list[tuple[str, tuple[Contours, float] | None]] = []
    word = ""
    for character in run.text:
        other = None if character.isspace() else foreign(character, run)
        if other is None and not character.isspace():
            word += character
            continue
        if word:
            tokens.append((word, None))
            word = ""
        tokens.append(("", other))
    if word:
        tokens.append((word, None))
    return tokens


def fit(chunk: SetChunk, keeps_clear: bool) -> tuple[float, float]:
    """Scale across and scale of everything, with which a chunk keeps to its width.

    `keeps_clear` demands that it never takes more; headings may.
    """
    if chunk.width <= 0 or chunk.reserved <= 0:
        return 1.0, 1.0
    ratio = chunk.reserved / chunk.width
    if ratio >= 1:
        return min(ratio**0.5, _WIDEST), 1.0
    if ratio >= _NARROWEST:
        return ratio, 1.0
    size = max(ratio / _NARROWEST, _SMALLEST)
    across = ratio / size
    return (across if keeps_clear else max(across, 0.6)), size


def write_chunk(
    chunk: SetChunk, store: PenLetters, rng: np.random.Generator, across: float, scale: float, x: float
) -> Rings:
    """The rings of all letters, from x on, each letter a little different."""
    style = store.style
    uneven = style.unevenness
    count = len(chunk.letters)
    draws = np.clip(rng.standard_normal((count + 1) * 5), -2.2, 2.2).tolist()
    phase, length = 3.0 * draws[-1], _DRIFT_LENGTH * (1.0 + 0.25 * draws[-2])
    scale *= 1.0 + min(_SIZE_JITTER * uneven * draws[-3], 0.0 if scale < 1 else 0.05)
    wave = 2 * math.pi / (length * chunk.size)
    drift = style.drift * chunk.size
    climb = style.climb + 0.004 * uneven * draws[-4]
    lean = math.tan(math.radians(style.slant_deg))

    def rise(at: float) -> tuple[float, float]:
        angle = wave * at + phase
        return drift * math.sin(angle) - climb * at, drift * wave * math.cos(angle) - climb

    rings: Rings = []
    matrices: list[list[float]] = []
    chosen: list[WrittenLetter] = []
    variants: list[int] = []
    shift = 0.0
    last_variant = 0
    wide_before = 1.0
    for index, item in enumerate(chunk.letters):
        wide, high, leaning, off, pick = draws[5 * index : 5 * index + 5]
        letter = item.letter
        base, slope = rise(item.x)
        if letter is None:
            assert item.outline is not None
            offset = np.array((x + item.x * across * scale + shift, chunk.y + item.y * scale + base))
            rings.extend([ring * scale + offset for ring in item.outline.rings])
            continue
        wide = 1.0 + _LETTER_WIDTH_JITTER * uneven * wide
        high = 1.0 + _LETTER_HEIGHT_JITTER * uneven * high
        size = item.size * scale
        if item.follows is not None:
            # What the letter before is wider than planned moves all that follows, so that the pen stays down.
            assert item.follows.exit is not None
            assert letter.entry is not None
            shift += (wide_before - 1.0) * item.follows.exit.x * size * across
            shift -= (wide - 1.0) * letter.entry.x * size * across
        else:
            shift = 0.5 * shift + _GAP_JITTER * uneven * off * size
        wide_before = wide
        unit = size / letter.em
        kx, ky = unit * wide * across, unit * high
        shear = kx * (item.lean + _LETTER_SLANT_JITTER * uneven * leaning)
        joint = -0.2 * letter.em
        left = x + item.x * across * scale + shift
        down = chunk.y + item.y * scale + base
        # Condensing must not make the letters more upright.
        shear += lean * (kx - unit) * -1.0 if across != 1 else 0.0
        matrices.append([kx, slope * kx, shear, ky, left - shear * joint, down])
        chosen.append(letter)
        last_variant = (last_variant + 1 + int(abs(pick) * 97.0)) % len(letter.renderings)
        variants.append(last_variant)
    for letter, variant, matrix in zip(chosen, variants, np.array(matrices).reshape(-1, 3, 2), strict=True):
        points = letter.renderings[variant] @ matrix
        rings.extend([points[a:b] for a, b in letter.bounds])
    return rings
