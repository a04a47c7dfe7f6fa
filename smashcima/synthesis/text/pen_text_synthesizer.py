"""Handwritten text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from smashcima.assets.fonts import SMUFL_FONT_NAMES, SmuflFont
from smashcima.caching import BoundedCache
from smashcima.engraving import TextChunk, TextRun, chunks_of
from smashcima.geometry import Contours, Point, Transform, Vector2
from smashcima.scene.visual import Glyph
from smashcima.scene.visual.labels import Label, LabelLike, SmashcimaLabels
from smashcima.synthesis.interfaces import GlyphSynthesizer, TextSynthesizer
from smashcima.synthesis.pen import Pen, PenWriter, PenWriterDomain, SkeletonStroke
from smashcima.synthesis.text.pen_letters import PenLetters
from smashcima.synthesis.text.pen_text_setting import (
    Rings,
    TextSetter,
    Token,
    fit,
    tokens_of,
    words_of,
    write_text,
)
from smashcima.synthesis.text.pen_text_style import PenTextStyle
from smashcima.synthesis.text.printed_text_synthesizer import PrintedTextSynthesizer

_SPACES_PER_EM = 4.0
_PRIVATE_USE = range(0xE000, 0xF900)
_SIGN_SIZE = 0.72
"""Size of accidentals in text, relative to those before notes."""

_SIGN_HEIGHT = 0.27
"""Height of their centre above the baseline, in ems."""

_MUSIC_OF_TEXT = {"♭": "\ue260", "♮": "\ue261", "♯": "\ue262", "𝄫": "\ue264", "𝄪": "\ue263"}
_HEADING_SIZE = 6.0
"""Text of at least this size, in mm, is a heading."""

_UNDERLINE_DEPTH = 0.36
"""Distance of the underline of headings from the baseline, in ems."""

_STRAIGHT = 0.2
"""Wobble of underlines relative to strokes of letters, which are much shorter."""

_KEPT_CLEAR = frozenset({SmashcimaLabels.lyric.value})
"""Labels of text with little space between words."""

_IN_ROMAN_HAND = frozenset(
    {
        SmashcimaLabels.tempoText.value,
        SmashcimaLabels.directionText.value,
        SmashcimaLabels.dynamicText.value,
        SmashcimaLabels.staffLabel.value,
        SmashcimaLabels.harmony.value,
        SmashcimaLabels.rehearsalMark.value,
        SmashcimaLabels.turnMark.value,
    }
)
"""Labels of words that are mostly Italian: writers of Kurrent wrote foreign words in round hand."""

_MOST_TEXTS = 4096
"""Number of texts whose words are cached: those of a book of songs."""

_MOST_HANDS = 4
"""Number of hands whose letters are cached, 1 MB and 1,500 objects each: those of the current writer and of one or two before.

Writers of Kurrent have two. A writer who is drawn for a sample never returns, so more would only be kept alive.
"""


class PenTextSynthesizer(TextSynthesizer):
    """Writes text of every label in the handwriting of the sample's writer.

    Each writer has one of several hands (separate, partly linked, joined or stencilled letters). Characters that the
    hand lacks are drawn from the text font and reported by `missing_characters`. Music symbols in text come from
    `glyph_synthesizer`, or from a music font if it does not support them.
    """

    def __init__(
        self,
        writers: PenWriterDomain,
        rng: np.random.Generator,
        glyph_synthesizer: GlyphSynthesizer,
        music_font: str = "Petaluma",
    ) -> None:
        """`writers` is the style domain of writers; `rng` draws the variation between words."""
        self.writers = writers
        self.glyph_synthesizer = glyph_synthesizer
        self._rng = rng
        self._printed = PrintedTextSynthesizer(music_font)
        self._music_font = music_font
        self._setters: dict[PenWriter, TextSetter] = {}
        self._plain: BoundedCache[tuple[str, str, str], list[Token] | None] = BoundedCache(_MOST_TEXTS)
        self._last: tuple[PenWriter, TextSetter] | None = None

    def begin_page(self, index: int) -> None:
        self.glyph_synthesizer.begin_page(index)

    def supports_label(self, label: LabelLike) -> bool:
        return True

    def create_glyph(self, label: str, runs: Sequence[TextRun]) -> Glyph:
        setter = self._setter(label in _IN_ROMAN_HAND)
        style = setter.letters.style
        pen_width = style.pen.pen_width
        rings: Rings = []
        for chunk in chunks_of(runs):
            reserved = sum([self._printed.width(run) for run in chunk.runs])
            setting = setter.set(chunk.runs, self._tokens)
            fitted = fit(setting, reserved - pen_width, label in _KEPT_CLEAR)
            width, size = fitted.width_of(setting), chunk.size
            x = chunk.x + pen_width / 2 + _start(chunk, reserved, width + pen_width, label)
            rings.extend(write_text(setting, setter.manner, self._rng, fitted, (x, chunk.y), size))
            # Tempo text is right above the staff, which leaves no space for a line.
            is_heading = label == SmashcimaLabels.title.value and size >= _HEADING_SIZE
            if style.underlines and is_heading and width > 2 * size:
                rings.extend(self._underline(style, (x, chunk.y), size, width))
        return Glyph.from_contours(label, Contours(tuple(rings)), self.writers.ink_color(self._rng))

    def natural_width(self, label: LabelLike, runs: Sequence[TextRun]) -> float | None:
        chunks = chunks_of(runs)
        if len(chunks) != 1:
            return None
        setter = self._setter(Label.of(label) in _IN_ROMAN_HAND)
        setting = setter.set(chunks[0].runs, self._tokens)
        return setting.width + setter.letters.style.pen.pen_width if setting.letters else None

    def prepare_texts(self, texts: Iterable[tuple[Label, Sequence[TextRun]]]) -> None:
        usual, roman = self._setter(), self._setter(roman=True)
        words: dict[PenLetters, dict[tuple[str, float, bool], None]] = {}
        for label, runs in texts:
            setter = roman if label in _IN_ROMAN_HAND else usual
            for run in runs:
                if setter.is_new(run):
                    size = run.font_size * setter.letters.style.size
                    own = words.setdefault(setter.letters, {})
                    own.update(dict.fromkeys([(word, size, run.bold) for word in self._words(run)]))
        for letters, new in words.items():
            letters.prepare(new)

    def music_symbols(self, runs: Sequence[TextRun]) -> Sequence[Label]:
        found = []
        for run in runs:
            # Nearly all texts are plain letters.
            if run.family in SMUFL_FONT_NAMES or not run.text.isascii():
                characters = [character for character in run.text if not character.isspace()]
                symbols = [self._music_symbol(character, run) for character in characters]
                found += [Label.smufl(font.glyph(code).name) for font, code in filter(None, symbols)]
        return found

    def _words(self, run: TextRun) -> Sequence[str]:
        """The words of a run that are written with letters of the writer."""
        plain = self._plain_tokens(run)
        if plain is None:
            return words_of(run, self._is_foreign(run))
        return [word for word, _ in plain if word]

    def missing_characters(self, run: TextRun) -> Sequence[str]:
        letters = self._setter().letters
        return tuple(
            character
            for character in dict.fromkeys(run.text)
            if not letters.supports(character) and self._music_symbol(character, run) is None
        )

    def _setter(self, roman: bool = False) -> TextSetter:
        """Sets texts in the writer's letters; for `roman`, in those of words that writers of Kurrent write in another hand."""
        writer = self.writers.writer
        if roman and writer.scribe is not None and writer.scribe.text_hand == "kurrent":
            return self._setter_of(replace(writer, scribe=replace(writer.scribe, text_hand="roundhand")))
        if self._last is not None and writer is self._last[0]:
            # Comparing all parameters of writers for each word would take longer than writing it.
            return self._last[1]
        setter = self._setter_of(writer)
        self._last = (writer, setter)
        return setter

    def _setter_of(self, writer: PenWriter) -> TextSetter:
        hand = writer.with_plain_ink()
        setter = self._setters.get(hand)
        if setter is None:
            if len(self._setters) >= _MOST_HANDS:
                del self._setters[next(iter(self._setters))]
            setter = self._setters[hand] = TextSetter(PenLetters(PenTextStyle.of(hand)))
        return setter

    def _tokens(self, run: TextRun) -> tuple[list[Token], bool]:
        """The words, other characters and spaces of a run, and whether they are always the same."""
        plain = self._plain_tokens(run)
        # Characters of other fonts are written anew each time.
        return (tokens_of(run, self._foreign), False) if plain is None else (plain, True)

    def _plain_tokens(self, run: TextRun) -> list[Token] | None:
        """The words and spaces of a run; `None` if it has characters that the writer has no form for."""
        key = (run.text, run.family, self._setter().letters.style.hand)
        return self._plain.get(key, lambda: self._new_plain_tokens(run))

    def _new_plain_tokens(self, run: TextRun) -> list[Token] | None:
        is_foreign = self._is_foreign(run)
        if any(not character.isspace() and is_foreign(character) for character in run.text):
            return None
        return tokens_of(run, lambda character, run: None)

    def _foreign(self, character: str, run: TextRun) -> tuple[Contours, float] | None:
        """Outline and advance, in mm, of a character that the writer has no form for."""
        symbol = self._music_symbol(character, run)
        if symbol is not None:
            font, code = symbol
            is_sign = character in _MUSIC_OF_TEXT
            em = run.font_size * (_SIGN_SIZE if is_sign else 1.0)
            outline = self._written_symbol(font, code, em)
            if is_sign:
                outline = Transform.translate(Vector2(0.0, -_SIGN_HEIGHT * run.font_size)).apply_to(outline)
            return outline, (font.advance_of(code) or 0.0) / _SPACES_PER_EM * em
        if not self._is_foreign(run)(character):
            return None
        lone = replace(run, text=character, origin=Point(0.0, 0.0), anchor="start", baseline_shift=0.0)
        glyph = self._printed.create_glyph(SmashcimaLabels.text.value, [lone])
        return _ink_of(glyph), self._printed.width(lone) - run.letter_spacing

    def _is_foreign(self, run: TextRun) -> Callable[[str], bool]:
        """Tells whether the writer has no form for a character of a run."""
        supports = self._setter().letters.supports
        return lambda character: self._music_symbol(character, run) is not None or not supports(character)

    def _music_symbol(self, character: str, run: TextRun) -> tuple[SmuflFont, int] | None:
        """The font and code point of a music symbol; `None` for letters."""
        code = ord(_MUSIC_OF_TEXT.get(character, character))
        if code not in _PRIVATE_USE and run.family not in SMUFL_FONT_NAMES:
            return None
        font = SmuflFont.load(run.family if run.family in SMUFL_FONT_NAMES else self._music_font)
        return (font, code) if font.has(code) else None

    def _written_symbol(self, font: SmuflFont, code: int, em: float) -> Contours:
        """A symbol in the glyph synthesizer's style; `em` is the size of an em in mm."""
        label = Label.smufl(font.name_of(code) or font.glyph(code).name)
        if self.glyph_synthesizer.supports_label(label):
            written = _ink_of(self.glyph_synthesizer.create_glyph(label))
            scale = em / _SPACES_PER_EM / self.glyph_synthesizer.staff_space_of(label)
        else:
            written, scale = font.glyph(code).outline, em / _SPACES_PER_EM
        return Transform.scale(scale, scale).apply_to(written)

    def _underline(self, style: PenTextStyle, start: tuple[float, float], size: float, width: float) -> Rings:
        """A line below the descenders, drawn as one stroke and as straight as the writer can."""
        bend = 0.01 * width * self._rng.standard_normal()
        ends = ((0.0, 0.0), (width / 2, bend - style.climb * width / 2), (width, -style.climb * width))
        stroke = SkeletonStroke(ends)
        line = Pen(style.ruling_pen).write((stroke,), 1.0, self._rng, slant=0.0, variation=_STRAIGHT)[0]
        offset = np.array((start[0], start[1] + _UNDERLINE_DEPTH * size))
        return [ring + offset for ring in line.rings]


def _ink_of(glyph: Glyph) -> Contours:
    """The area of all ink of a glyph, from paths and from sprites."""
    return glyph.region.contours_in(glyph.space)


def _start(chunk: TextChunk, reserved: float, width: float, label: str) -> float:
    """Start of text of width `width`, relative to its origin."""
    if chunk.anchor == "end":
        return -width
    if chunk.anchor == "middle":
        return -width / 2
    # Syllables and numbers that are narrower than in print are centred in their reserved width.
    is_short = sum(len(run.text) for run in chunk.runs) <= 3
    return (reserved - width) / 2 if is_short or label in _KEPT_CLEAR else 0.0
