"""The handwritten model."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from smashcima.assets.bundles import AssetRepository
from smashcima.engraving import Engraving
from smashcima.imaging.filters import BaseHandwrittenPostprocessor, PostprocessingChoice
from smashcima.loading import Loaded
from smashcima.orchestration.drawn_sizes import STANDARD_STAFF_SPACE, announce, lyric_widths, symbol_boxes
from smashcima.orchestration.hands import Hand, HandName, checked_own_layout, checked_placement, make_hand
from smashcima.orchestration.looks import Look, find_look
from smashcima.orchestration.score_model import ScoreModel
from smashcima.placement import (
    OwnLayout,
    PlacementStyle,
    Quantity,
    on_ruled_paper,
    place_by_hand,
    placement_for_samples,
    ruled_to_the_margin,
    with_stems_down_on_the_right,
)
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Label
from smashcima.synthesis.curve import PenCurveSynthesizer
from smashcima.synthesis.glyph import PenGlyphSynthesizer
from smashcima.synthesis.interfaces import (
    CurveSynthesizer,
    GlyphSynthesizer,
    LineSynthesizer,
    MusicNotationSynthesizer,
    StafflinesSynthesizer,
    TextSynthesizer,
)
from smashcima.synthesis.line import PenLineSynthesizer, PenStafflinesSynthesizer
from smashcima.synthesis.notation import ScribalNotationSynthesizer
from smashcima.synthesis.pen import PenWriter, PenWriterDomain, Scribe, WriterChoice
from smashcima.synthesis.text import PenTextSynthesizer

if TYPE_CHECKING:
    from smashcima.assets.glyphs import GlyphStore
    from smashcima.synthesis.samples import SampledWriterDomain

_USUAL_WOBBLE = 0.027
"""Median of `PenWriter.wobble` of writers drawn from the priors, to whom the measured placement belongs."""

_THIN_STEM = 0.06
"""Distance in staff spaces by which thin stems of period hands are nearer to their heads, which they would miss."""

_THICKEST_BEAM = 0.26
"""Thickness, in staff spaces, up to which the pen can tell beams of handwriting from engraved ones."""

_LATEST_STEM = 0.6
"""Largest distance of the start of a stem of a tool from the centre of its notehead, in staff spaces."""

_LEDGER_DISTANCE, _LEDGER_SPREAD, _CLOSEST_LEDGER_LINES = 0.97, 0.06, 0.88
"""Least mean, largest spread and smallest distance of ledger lines of tools, relative to staff lines: heads as large as spaces
need them, and broad strokes that bend leave less room for error."""


class BaseHandwrittenModel(ScoreModel):
    """Handwritten pages, each in the symbols and the placement of one writer.

    The symbols are those of the real writers of MUSCIMA++ if that bundle is installed or can be installed; otherwise
    a warning is issued once and the pen draws synthetic writers. `hand` forces either. The sheet measures
    218.6 x 309.2 mm, which is 2582 x 3652 px at the default of 300 DPI.

    Pages are clean by default. The postprocessor, a `BaseHandwrittenPostprocessor`, has no effect until its strength
    is raised: `BaseHandwrittenModel(postprocessing=1)`, or `model.postprocessor.strength = 1`.
    """

    DEFAULT_MUSIC_FONT = "Bravura"

    _DEFAULT_NAMES: ClassVar[Mapping[str, str]] = {"paper": "solid", "hand": "auto"}

    def __init__(
        self,
        *,
        hand: HandName | GlyphStore | None = None,
        writer: WriterChoice = None,
        only_writers: Iterable[str] | None = None,
        exclude_writers: Iterable[str] = (),
        placement: PlacementStyle | float | None = None,
        own_layout: bool | OwnLayout | None = None,
        postprocessing: PostprocessingChoice | float | None = None,
        look: str | os.PathLike[str] | Look | None = None,
        **options: Any,
    ) -> None:
        """Sets up the model.

        Args:
            hand: the source of symbols: `pen`; a tool of the pen: `quill`, `copyist`, `engrosser`, `steel-nib`,
                `pencil`, `ballpoint` or `felt-tip`, of which the first four are historical; `muscima` for the real
                writers of MUSCIMA++, which is installed if necessary; `auto` for MUSCIMA++ if it is installed or can be
                installed, otherwise the pen; or a glyph store. The default is `auto`.
            writer: the writer: one of MUSCIMA++ (`W-07`) or of the glyph store; for the pen a preset (`neat`,
                `average`, `hasty`, `calligraphic`) or a `PenWriter`; the seed of a writer for either; or `None` for
                a new writer in each sample. With `hand="auto"`, the name of a writer or preset, or a `PenWriter`,
                selects the source.
            only_writers: the real writers to choose from; all by default.
            exclude_writers: real writers that are never used, not even as substitutes: for experiments across writers.
            placement: the positions of symbols: a `PlacementStyle`, or a number from 0 to 3 that scales the writer's
                own placement (0 keeps the positions of the engraver).
            own_layout: whether each writer fills pages in their own way (spacing, breaks, distances, lines that end
                before the margin), or the `OwnLayout` of all. Options of `layout` that are not the default are kept. The
                default is False, or what the look says.
            postprocessing: degradation of pages: the name of a preset (`scan`, `photo`, ...), the strength of the
                `BaseHandwrittenPostprocessor` (0 = none, 1 = natural), a `Postprocessor`, a function from pixels to pixels,
                or a list of filters and functions.
            look: hand, paper and degradation that go together; see `ScoreModel`.
            options: the options of every `ScoreModel`: seed, dpi, page, music_font, staff_height_mm, layout, paper.

        Raises:
            SettingsError: an option is invalid.
            RecipeError: the file of the look is invalid.
            AssetError: `hand="muscima"` was given, and MUSCIMA++ cannot be installed.
        """
        chosen = find_look(look)
        self._hand_settings = chosen.hand(hand, writer, only_writers, exclude_writers)
        self.placement: PlacementStyle | float | None = (
            chosen.placement() if placement is None else checked_placement(placement)
        )
        """See the constructor; can be replaced between calls."""
        self.own_layout: bool | OwnLayout = (
            chosen.own_layout() or False if own_layout is None else checked_own_layout(own_layout)
        )
        """See the constructor; can be replaced between calls."""
        if postprocessing is None and not chosen.has_postprocessing:
            postprocessing = 0.0
        if isinstance(postprocessing, int | float):
            postprocessing = BaseHandwrittenPostprocessor(strength=float(postprocessing))
        super().__init__(postprocessing=postprocessing, look=None if look is None else chosen, **options)

    def register_services(self) -> None:
        """Registers the handwritten implementation of every synthesizer.

        The choice between the pen and the symbols of real writers is made when the first of them is built.
        """
        super().register_services()
        container = self.container
        container.factory(
            Hand,
            lambda: make_hand(
                self._hand_settings,
                container.resolve(np.random.Generator),
                container.resolve(AssetRepository),
            ),
        )
        container.factory(PenWriterDomain, lambda: container.resolve(Hand).writers)
        container.factory(PenGlyphSynthesizer, self._pen_glyphs)
        container.type(PenLineSynthesizer)
        container.type(PenCurveSynthesizer)
        container.factory(GlyphSynthesizer, self._glyphs)
        container.factory(LineSynthesizer, self._lines)
        container.factory(CurveSynthesizer, self._curves)
        container.interface(TextSynthesizer, PenTextSynthesizer, register_impl=True)
        container.interface(StafflinesSynthesizer, PenStafflinesSynthesizer, register_impl=True)
        container.interface(MusicNotationSynthesizer, ScribalNotationSynthesizer, register_impl=True)

    def resolve_services(self) -> None:
        """Builds the synthesizers, and registers the choice of a writer for each sample."""
        super().resolve_services()
        self.writers: PenWriterDomain = self.container.resolve(PenWriterDomain)
        self.styler.register_domain(self.writers)

    @property
    def writer(self) -> PenWriter:
        """The pen of the current sample; for a real writer, the pen that resembles that writer."""
        return self.writers.writer

    @property
    def placement_style(self) -> PlacementStyle:
        """The placement of the writer of the current sample; the same for each sample of a writer."""
        sampled = _sampled(self.writers)
        if isinstance(self.placement, PlacementStyle):
            return self.placement if sampled is not None else _for_the_pen(self.placement)
        scale = 1.0 if self.placement is None else self.placement
        if sampled is not None:
            return placement_for_samples(self._placement_of_real_writer(sampled, scale))
        # The large heads of historical hands are not among those that were measured.
        given = self._sizes_of_ink() if self.writer.scribe is None else None
        sizes = None if given is None else tuple(given.items())
        style = _drawn_style(self.writer.seed, scale, sizes, self.writer.wobble)
        scribe = self.writer.scribe
        return style if scribe is None else _placement_of(scribe, style)

    def _sizes_of_ink(self) -> dict[str, float]:
        """The sizes of the pen's noteheads and beams in staff spaces, with which the writer's placement goes together."""
        glyphs = self.container.resolve(PenGlyphSynthesizer)
        sizes = {"beam_thickness": self.writer.beam_width / STANDARD_STAFF_SPACE}
        for kind, label in (("black", Label.smufl("noteheadBlack")), ("open", Label.smufl("noteheadHalf"))):
            left, right = glyphs.ink_reach(label)
            sizes[f"head_width_{kind}"] = right - left
            height = glyphs.ink_height(label)
            if height is not None:
                sizes[f"head_height_{kind}"] = height
        return sizes

    @staticmethod
    def _placement_of_real_writer(writers: SampledWriterDomain, amplitude: float) -> PlacementStyle:
        """The measured placement of the writer, if available; otherwise one sampled from the measured writers."""
        from smashcima.synthesis.samples import MuscimaPPStyleDomain

        name = writers.placement_name if isinstance(writers, MuscimaPPStyleDomain) else ""
        if name in PlacementStyle.writers():
            return PlacementStyle.of_writer(name, amplitude=amplitude)
        return PlacementStyle.from_seed(writers.writer.seed, amplitude=amplitude)

    @property
    def styles(self) -> dict[str, str]:
        """The styles chosen for the current sample, by the aspect that they affect."""
        placement = self.placement_style
        return {
            **super().styles,
            "hand": self.container.resolve(Hand).record,
            "placement": f"{placement.name}, amplitude {placement.amplitude:g}",
        }

    @property
    def versions(self) -> dict[str, str]:
        """Versions of the packages and asset bundles on which samples depend."""
        return {**super().versions, **self.container.resolve(Hand).versions}

    def lay_out_in_runs(self, loaded: Loaded) -> Iterator[Engraving]:
        """Lays out the score as the writer does. A layout of the source is kept.

        Scribes write closer or wider, and those of old times do not number systems, unless
        `LayoutOptions.measure_numbers` is a number. If `own_layout` is set, lines are broken and filled in the writer's way.
        """
        if loaded.engraving is not None or not (self.own_layout or self.writer.scribe):
            yield from super().lay_out_in_runs(loaded)
            return
        own = self.own_layout
        if own is True:
            own = OwnLayout.from_seed(self.writer.seed)
        options = own.applied(self.layout) if own else self.layout
        scribe = self.writer.scribe
        if scribe is not None:
            spacing = min(max(options.note_spacing * scribe.compactness, 0.4), 4.0)
            numbers = False if scribe.period and options.measure_numbers is True else options.measure_numbers
            options = replace(options, note_spacing=spacing, measure_numbers=numbers)
        margins = self.layout.page_margins
        if own and own.staff_pitch_ss is not None:
            # Systems are divided among pages anew.
            engraving = self.engraver.engrave(loaded.score, options)
            ruled = on_ruled_paper(engraving, loaded.score, own.staff_pitch_ss, margins)
            yield ruled_to_the_margin(engraving, margins.right) if ruled is engraving else ruled
            return
        for engraving in self.engraver.engrave_in_runs(loaded.score, options):
            yield ruled_to_the_margin(engraving, margins.right) if own else engraving

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Moves engraved symbols to the positions where the writer would place them."""
        glyphs, writing = self.container.resolve(GlyphSynthesizer), self.container.resolve(TextSynthesizer)
        announce(engraving, glyphs, writing)
        sample, style = Stream.of_sample(self.seed, index), self.placement_style
        boxes = symbol_boxes(glyphs, by_pen=self._sampled_writers() is None)
        placed = place_by_hand(engraving, score, style, sample, boxes, lyric_widths(writing))
        scribe = self.writer.scribe
        if scribe is None or scribe.stems_right < 0.5 or style.amplitude == 0:
            return placed
        return with_stems_down_on_the_right(placed, boxes)

    # -- synthesizers --------------------------------------------------------------------------------------

    def _sampled_writers(self) -> SampledWriterDomain | None:
        """The real writers; `None` if the pen draws."""
        return _sampled(self.container.resolve(PenWriterDomain))

    def _pen_glyphs(self) -> PenGlyphSynthesizer:
        return self.container.build(PenGlyphSynthesizer, music_font=self.music_font)

    def _glyphs(self) -> GlyphSynthesizer:
        writers = self._sampled_writers()
        pen = self.container.resolve(PenGlyphSynthesizer)
        if writers is None:
            return pen
        from smashcima.synthesis.glyph import SampledGlyphSynthesizer

        return self.container.build(
            SampledGlyphSynthesizer, writers=writers, fallback=pen, music_font=self.music_font
        )

    def _lines(self) -> LineSynthesizer:
        writers = self._sampled_writers()
        pen = self.container.resolve(PenLineSynthesizer)
        if writers is None:
            return pen
        from smashcima.synthesis.line import SampledLineSynthesizer

        return self.container.build(SampledLineSynthesizer, writers=writers, fallback=pen)

    def _curves(self) -> CurveSynthesizer:
        writers = self._sampled_writers()
        pen = self.container.resolve(PenCurveSynthesizer)
        if writers is None:
            return pen
        from smashcima.synthesis.curve import SampledCurveSynthesizer

        return self.container.build(SampledCurveSynthesizer, writers=writers, fallback=pen)


@lru_cache(maxsize=4)  # asked for several times in each sample
def _drawn_style(
    seed: int, amplitude: float, sizes: tuple[tuple[str, float], ...] | None, wobble: float
) -> PlacementStyle:
    """The placement of the pen's writer with this seed and wobble, and with ink of these sizes."""
    given = None if sizes is None else dict(sizes)
    style = PlacementStyle.from_seed(seed, amplitude=amplitude, sizes=False, given=given)
    # A steady hand also places symbols regularly, but only half of the variation follows the wobble. Where symbols
    # are on average is the writer's habit, however steady the hand is.
    return style.with_spreads(0.5 + 0.5 * min(wobble / _USUAL_WOBBLE, 2.0))


def _sampled(writers: PenWriterDomain) -> SampledWriterDomain | None:
    """The domain if its writers are real ones; what belongs to them is loaded only then."""
    if type(writers) is PenWriterDomain:
        return None
    from smashcima.synthesis.samples import SampledWriterDomain

    return writers if isinstance(writers, SampledWriterDomain) else None


def _for_the_pen(style: PlacementStyle) -> PlacementStyle:
    """The style with the writer's mean sizes, from which the ink of the pen varies by itself."""
    beams = style.quantities["beam_thickness"]
    steady = style.with_steady_sizes()
    if beams is None:
        return steady
    return steady.changed(beam_thickness=replace(beams, spread=0.0, mean=min(beams.mean, _THICKEST_BEAM)))


def _placement_of(scribe: Scribe, style: PlacementStyle) -> PlacementStyle:
    """The placement of a writer with the habits of a scribe: other lengths of stems, less or more even spacing."""
    changed: dict[str, Quantity | float | None] = {}
    for name in ("stem_length_plain", "stem_length_flagged", "stem_length_beamed"):
        quantity = style.quantities[name]
        if quantity is not None:
            changed[name] = replace(quantity, mean=quantity.mean * scribe.stem_length)
    for name, inwards in (("stem_x_up", -_THIN_STEM), ("stem_x_down", _THIN_STEM)):
        quantity = style.quantities[name]
        if quantity is not None and scribe.period:
            changed[name] = replace(quantity, mean=quantity.mean + inwards)
    for name in ("stem_end_up", "stem_end_down"):
        quantity = style.quantities[name]
        if quantity is not None:
            # The broad strokes of tools make gaps conspicuous; so do the large heads of old hands.
            changed[name] = replace(quantity, mean=min(quantity.mean, _LATEST_STEM), high=_LATEST_STEM)
    for name in ("clef_y_g", "clef_y_f", "clef_y_c"):
        quantity = style.quantities[name]
        if quantity is not None and scribe.period:
            # The measured means belong to the forms of today, which have their middle elsewhere.
            changed[name] = replace(quantity, mean=0.0)
    for name in ("ledger_first", "ledger_distance"):
        quantity = style.quantities[name]
        if quantity is not None:
            low = max(quantity.low, _CLOSEST_LEDGER_LINES)
            mean, spread = max(quantity.mean, _LEDGER_DISTANCE), min(quantity.spread, _LEDGER_SPREAD)
            changed[name] = replace(quantity, mean=mean, spread=spread, low=low)
    spacing = style.quantities["spacing"]
    if spacing is not None:
        changed["spacing"] = replace(spacing, spread=spacing.spread * scribe.irregularity)
    return style.changed(**changed)
