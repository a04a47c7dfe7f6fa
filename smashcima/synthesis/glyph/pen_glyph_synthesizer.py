"""Handwritten symbols."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from smashcima.assets.fonts import SmuflFont
from smashcima.assets.fonts.drawn_noteheads import CODE_POINTS
from smashcima.geometry import Contours, Point, Transform
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.glyph.pen_heads import (
    STAFF_SPACE,
    have_like_widths,
    head_unit,
    is_head,
    keep_height,
)
from smashcima.synthesis.glyph.pen_outline_ink import written_outlines
from smashcima.synthesis.glyph.pen_outline_tracer import trace
from smashcima.synthesis.glyph.skeletons import SymbolForms, forms_of
from smashcima.synthesis.interfaces import GlyphSynthesizer
from smashcima.synthesis.interfaces.placing import place_glyph, unsupported
from smashcima.synthesis.pen import (
    Allograph,
    Pen,
    PenJob,
    PenWriter,
    PenWriterDomain,
    Renderings,
    SkeletonStroke,
    ink_color,
)

_FIRST_STOCK, _LARGEST_STOCK = 8, 64
"""Numbers of renderings of a symbol that are made at once; the number doubles each time."""

_SIZE_STEP = 0.02
"""Step of the logarithm of sizes; symbols within one step share a stock and are scaled to size."""

_SMALL_PEN = 0.35
"""Exponent of pen width over symbol size: grace notes are written with the same pen, only a little thinner
(0.7 ** 0.35 = 0.88)."""

_UPRIGHT_FAMILIES = frozenset({"flag", "tremolo", "brace", "bracket", "arpeggio", "notehead"})
"""Families of symbols that others join: they are not slanted."""

_FIXED_FAMILIES = frozenset(
    {"flag", "tremolo", "brace", "bracket", "arpeggio", "wiggle", "g clef", "f clef", "c clef"}
)
"""Families of symbols that are placed by their origin; all others are centred in the space that the engraver
reserved."""

_CONSTANT_FAMILIES = frozenset({"g clef"})
"""Families of symbols that writers always write in one form, as measured."""

_CLEFS = ("gClef", "fClef", "cClef")

_TRACED_VARIATION = 0.6
"""Variation of traced symbols: many small strokes become hard to read if they vary as much as those of a clef."""

_USUAL_PEN = 0.37
"""Usual pen width in mm."""

_TRACED_FONT = "Petaluma"
"""Font to trace symbols without skeletons from: its design imitates handwriting."""


@dataclass(slots=True)
class _Script:
    """The writer's form of one symbol at one size, and a stock of renderings of it."""

    strokes: tuple[SkeletonStroke, ...]
    outline: Contours | None
    """Outline to render if there are no strokes."""

    width: float
    """Width of the ink relative to that of the pen."""

    slant: float
    variation: float
    """Factor on the variation of the writer."""

    unit: float = STAFF_SPACE
    """Size of a staff space of the strokes, in mm."""

    sides: tuple[float, float] = (0.0, 0.0)
    """Left and right end of the ink of the strokes without variation, in mm."""

    middle: float = 0.0
    """Middle of its height, in mm, y down."""

    height: float = 0.0
    """Its height, in mm."""

    shift: float = 0.0
    """Shift to the right, in mm."""

    is_head: bool = False
    """Whether its height is a pitch."""

    second: _Script | None = None
    """Another form of the symbol, which the writer sometimes writes instead; its own stock is not used."""

    stock: list[Renderings] = field(default_factory=list)
    """Where to take each of the next renderings from, the next one last."""

    next_count: int = _FIRST_STOCK


class PenGlyphSynthesizer(GlyphSynthesizer):
    """Writes every symbol that the engraver can place, in the hand of the writer of the sample.

    Common symbols are written from skeletons made for this project, in the form that the writer prefers; the
    strokes of all others are traced from a printed outline. Every rendering is different. Small symbols are
    written with nearly the same pen as large ones.
    """

    staff_space = STAFF_SPACE

    def __init__(
        self, writers: PenWriterDomain, rng: np.random.Generator, music_font: str = "Bravura"
    ) -> None:
        """Sets up the synthesizer.

        Args:
            writers: the style domain of writers.
            rng: random generator of the variation between symbols.
            music_font: the music font of the engraver.
        """
        self._writers = writers
        self._rng = rng
        self._metrics = SmuflFont.load(music_font)
        self._traced = SmuflFont.load(_TRACED_FONT)
        self._middles: dict[str, float | None] = {}
        """Middle of the space that the engraver reserved for a symbol, in mm; `None` for none."""
        self._writer: PenWriter | None = None
        self._scripts: dict[tuple[str, int], _Script] = {}

    def begin_page(self, index: int) -> None:
        for script in self._scripts.values():
            script.stock, script.next_count = [], _FIRST_STOCK

    def supports_label(self, label: LabelLike) -> bool:
        label = Label.of(label)
        # The font is asked first: its table is read anyway, whereas skeletons have to be made.
        return label.is_smufl and (self._traced.has(label.name) or forms_of(label.name) is not None)

    def create_glyph(self, label: str) -> Glyph:
        return self._glyph(label, 0)

    def synthesize_symbol(
        self, label: LabelLike, parent_space: AffineSpace, origin: Point, scale_x: float, scale_y: float
    ) -> Glyph:
        # Small symbols are written with nearly the same pen as large ones, so the ink depends on the size.
        label, size = Label.of(label), _size_of(min(scale_x, scale_y))
        self._begin()
        if (label, size) not in self._scripts and not self.supports_label(label):
            raise unsupported(self, label)
        scale = Transform(scale_x / STAFF_SPACE, 0.0, 0.0, scale_y / STAFF_SPACE, origin.x, origin.y)
        glyph = self._glyph(label, size)
        place_glyph(glyph, parent_space, scale, self)
        return glyph

    def prepare_symbols(self, symbols: Iterable[tuple[Label, float]]) -> None:
        self._begin()
        keys = {(label, _size_of(scale)) for label, scale in symbols}
        self._prepare([key for key in sorted(keys - self._scripts.keys()) if self.supports_label(key[0])])

    def notehead_gap(self, label: LabelLike) -> float:
        self._begin()
        script = self._script(Label.of(label), 0)
        if script.strokes:
            left, right = script.sides
            width = (right - left) / STAFF_SPACE
        else:
            left, right = self.ink_reach(label)
            width = right - left
        name = Label.of(label).name
        reserved = self._metrics.reserved_for(name) or self._metrics.glyph(name).reserved
        return (reserved[1] - width) / 2

    def ink_reach(self, label: LabelLike) -> tuple[float, float]:
        self._begin()
        script = self._script(Label.of(label), 0)
        if script.strokes:
            left, right = script.sides
            return (left + script.shift) / STAFF_SPACE, (right + script.shift) / STAFF_SPACE
        outline = script.outline
        if outline is None or outline.is_empty:
            return 0.0, 0.0
        box = outline.bbox()
        return box.left, box.right

    def ink_middle(self, label: LabelLike) -> float | None:
        if _is_old_clef(self._begin(), Label.of(label).name):
            return None
        script = self._script(Label.of(label), 0)
        return script.middle / STAFF_SPACE if script.strokes else None

    def ink_height(self, label: LabelLike) -> float | None:
        self._begin()
        script = self._script(Label.of(label), 0)
        return script.height / STAFF_SPACE if script.strokes else None

    # -- writing -------------------------------------------------------------------------------------------

    def _begin(self) -> PenWriter:
        """Returns the writer; discards the stock of a previous one."""
        writer = self._writers.writer
        if writer is not self._writer:
            self._writer = writer
            self._scripts.clear()
        return writer

    def _glyph(self, label: str, size: int) -> Glyph:
        """A glyph in a space of its own."""
        writer, key = self._begin(), (label, size)
        script = self._scripts.get(key)
        if script is None:
            self._prepare([key])
            script = self._scripts[key]
        if not script.stock:
            self._write(script, self._writers.pen)
        color = ink_color(writer, self._rng.standard_normal())
        return Glyph.from_contours(label, script.stock.pop().take(), color)

    def _write(self, script: _Script, pen: Pen) -> None:
        """Fills the stock."""
        count = script.next_count
        script.next_count = min(2 * count, _LARGEST_STOCK)
        others = 0
        if script.second is not None:
            others = int(self._rng.binomial(count, pen.writer.second_forms))
        stock = []
        if others < count:
            stock += [self._renderings(script, pen, count - others)] * (count - others)
        if script.second is not None and others:
            stock += [self._renderings(script.second, pen, others)] * others
            stock = [stock[place] for place in self._rng.permutation(count).tolist()]
        script.stock = stock

    def _renderings(self, script: _Script, pen: Pen, count: int) -> Renderings:
        """Renderings of one form."""
        if script.strokes:
            stock = pen.render(
                script.strokes,
                script.unit,
                self._rng,
                count,
                width=script.width,
                slant=script.slant,
                variation=script.variation,
            )
        else:
            outline = script.outline or Contours.empty()
            stock = written_outlines(outline, STAFF_SPACE, pen.writer, self._rng, count)
        if script.shift:
            stock.points += (script.shift, 0.0)
        if script.is_head:
            keep_height(stock.points)
        return stock

    def _script(self, label: str, size: int) -> _Script:
        key = (label, size)
        if key not in self._scripts:
            self._prepare([key])
        return self._scripts[key]

    def _prepare(self, keys: Sequence[tuple[str, int]]) -> None:
        """Makes the scripts of symbols of several sizes together, which is faster than one by one."""
        pen = self._writers.pen
        names = dict.fromkeys(Label.of(label).name for label, _ in keys)
        known = {name: forms for name in names if (forms := self._forms_of(name)) is not None}
        choices = [(forms.family, forms.forms) for forms in known.values()]
        chosen = dict(zip(known, pen.writer.all_allographs(choices), strict=True))
        scripts = {key: self._new_script(*key, chosen) for key in keys}
        written = [
            (label, form)
            for (label, _), script in scripts.items()
            for form in (script, script.second)
            if form is not None and form.strokes
        ]
        jobs = [
            PenJob(script.strokes, script.unit, width=script.width, slant=script.slant)
            for _, script in written
        ]
        for (label, script), box in zip(written, pen.mean_boxes(jobs), strict=True):
            left, top, right, bottom = box
            script.sides, script.middle = (left, right), (top + bottom) / 2
            script.height = bottom - top
            script.shift = self._shift(label, script.sides)
        for script in scripts.values():
            if (
                script.is_head
                and script.second is not None
                and not have_like_widths(script.sides, script.second.sides)
            ):
                script.second = None
        self._scripts.update(scripts)

    def _new_script(self, label: str, size: int, chosen: Mapping[str, tuple[Allograph, ...]]) -> _Script:
        """A new script without measures; `chosen` has the writer's forms by name."""
        pen, name = self._writers.pen, Label.of(label).name
        known = self._forms_of(name)
        width = _ink_width(size)
        if known is None:
            strokes, outline = _recovered(name)
            even = (
                _USUAL_PEN / pen.writer.pen_width
            ) ** 0.5  # printed outlines have the width of the usual pen
            return _Script(strokes, outline, width * even, 1.0, _TRACED_VARIATION, is_head=is_head(name))
        slant = 0.0 if known.family in _UPRIGHT_FAMILIES else 1.0
        is_notehead = is_head(name)
        unit = head_unit(pen.writer) if is_notehead else STAFF_SPACE
        usual, *others = (
            _Script(form.strokes, None, width, slant, 1.0, unit, is_head=is_notehead) for form in chosen[name]
        )
        if others and known.family not in _CONSTANT_FAMILIES:
            usual.second = others[0]
        return usual

    def _forms_of(self, name: str) -> SymbolForms | None:
        """The forms of a symbol in the writer's time."""
        scribe = self._writers.writer.scribe
        return forms_of(name) if scribe is None else forms_of(name, scribe.period)

    def _shift(self, label: str, sides: tuple[float, float]) -> float:
        """The shift that centres a symbol in the space that the engraver reserved, if it has a form to be centred."""
        name = Label.of(label).name
        known = self._forms_of(name)
        if known is None or known.family in _FIXED_FAMILIES:
            return 0.0
        if name not in self._middles:
            reserved = self._metrics.reserved_for(name)
            self._middles[name] = None if reserved is None else reserved[0] * STAFF_SPACE
        middle = self._middles[name]
        return 0.0 if middle is None else middle - sum(sides) / 2


def _is_old_clef(writer: PenWriter, name: str) -> bool:
    """Whether a symbol is a clef of an older form, which stands on its line where the measured ones have their middle."""
    return writer.scribe is not None and bool(writer.scribe.period) and name.startswith(_CLEFS)


@lru_cache(maxsize=4096)  # more than SMuFL has symbols
def _recovered(name: str) -> tuple[tuple[SkeletonStroke, ...], Contours]:
    """Strokes traced from a printed symbol (empty if strokes do not approximate it well), and its outline."""
    outline = SmuflFont.load(_TRACED_FONT).glyph(name).outline
    if name in CODE_POINTS and name.endswith("Black"):
        return (), outline  # a few strokes would not keep the shape that distinguishes these heads
    return trace(outline), outline


def _ink_width(size: int) -> float:
    """Relative ink width at the standard staff size that gives the right width once the symbol is scaled."""
    return float(np.exp(size * _SIZE_STEP * (_SMALL_PEN - 1)))


def _size_of(scale: float) -> int:
    """The size step of symbols of `scale` mm per staff space."""
    return round(math.log(max(scale, 1e-3) / STAFF_SPACE) / _SIZE_STEP)
