"""Models that turn a score into pages: loading, engraving, synthesis, in that order."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Collection
from typing import Any, Literal

from smashcima.engravers.verovio import VerovioEngraver
from smashcima.engraving import Engraver, Engraving, LayoutOptions, with_belonging
from smashcima.errors import RecipeError, SettingsError
from smashcima.exporting.symbolic import score_layout
from smashcima.imaging import Postprocessor
from smashcima.imaging.filters import preset
from smashcima.loading import Loaded, SourceRecord, load_score
from smashcima.mei import write_mei
from smashcima.orchestration.model import Model
from smashcima.orchestration.music_scene import MusicScene, SceneOrigin
from smashcima.orchestration.versions import versions
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import Score
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.curve import PrintedCurveSynthesizer
from smashcima.synthesis.glyph import SmuflGlyphSynthesizer
from smashcima.synthesis.interfaces import (
    CurveSynthesizer,
    GlyphSynthesizer,
    LineSynthesizer,
    MusicNotationSynthesizer,
    PageSynthesizer,
    PaperSynthesizer,
    StafflinesSynthesizer,
    TextSynthesizer,
)
from smashcima.synthesis.line import PrintedLineSynthesizer, PrintedStafflinesSynthesizer
from smashcima.synthesis.notation import EngravedNotationSynthesizer
from smashcima.synthesis.page import SimplePageSynthesizer
from smashcima.synthesis.paper import (
    PaperChoice,
    PaperStyleDomain,
    ProceduralPaperSynthesizer,
    SolidColorPaperSynthesizer,
    resolve_papers,
)
from smashcima.synthesis.text import PrintedTextSynthesizer


class ScoreModel(Model):
    """A model from a score to pages. Out of the box everything is printed, as the engraver placed it.

    - May override: what `Model` says, `call` for other input, `lay_out`, `place`, and `DEFAULT_MUSIC_FONT`.
    """

    DEFAULT_MUSIC_FONT = "Leipzig"

    def __init__(
        self,
        *,
        seed: int | None = None,
        dpi: float = 300.0,
        page: str | None = None,
        music_font: str | None = None,
        staff_height_mm: float | None = None,
        layout: LayoutOptions | None = None,
        paper: PaperChoice | Literal["solid", "any"] = "solid",
        postprocessing: Postprocessor | str | None = None,
    ) -> None:
        """Sets up the model.

        Args:
            seed: first half of the address of every sample; drawn from the operating system by default.
            dpi: pixels per inch of the pictures.
            page: name of a sheet (`A4`, `Letter`, ...) or its size in mm (`210x297`).
            music_font: SMuFL font of engraving and printed symbols.
            staff_height_mm: height of a staff of five lines.
            layout: all options of the layout; what is given above wins.
            paper: `solid` for one colour, which is white unless the service says otherwise; the name of a preset
                (`aged`, `laid-18th-century`, ...), a `PaperStyle`, the seed of one, a list of these; or `any` for
                another paper in each sample.
            postprocessing: what happens to pages: the name of a preset (`scan`, `photo`, ...) or a `Postprocessor`.

        Raises:
            SettingsError: an option makes no sense.
        """
        if not 10 <= dpi <= 2400:
            raise SettingsError(f"dpi={dpi!r} was asked for; it must lie between 10 and 2400.")
        options = layout or LayoutOptions()
        changes: dict[str, Any] = {}
        if page is not None:
            changes["page"] = page
        if music_font is not None:
            changes["music_font"] = music_font
        elif layout is None or layout.music_font is None:
            changes["music_font"] = self.DEFAULT_MUSIC_FONT
        if staff_height_mm is not None:
            changes["staff_space"] = staff_height_mm / 4
        self.dpi: float = dpi
        self.layout: LayoutOptions = dataclasses.replace(options, **changes)
        """How scores are laid out; may be replaced between calls."""
        self._is_paper_solid = paper == "solid"
        self._paper: PaperChoice = None if paper in ("solid", "any") else paper
        if self._paper is not None:
            resolve_papers(self._paper)  # refuses names of nothing before anything is built
        self._postprocessing = preset(postprocessing) if isinstance(postprocessing, str) else postprocessing
        super().__init__(seed=seed)

    def register_services(self) -> None:
        """Registers the engraver, and the printed implementation of every synthesizer."""
        super().register_services()
        self.container.interface(Engraver, VerovioEngraver, register_impl=True)
        self.container.factory(SmuflGlyphSynthesizer, lambda: SmuflGlyphSynthesizer(self.music_font))
        self.container.interface(GlyphSynthesizer, SmuflGlyphSynthesizer)
        self.container.interface(LineSynthesizer, PrintedLineSynthesizer, register_impl=True)
        self.container.interface(CurveSynthesizer, PrintedCurveSynthesizer, register_impl=True)
        self.container.interface(TextSynthesizer, PrintedTextSynthesizer, register_impl=True)
        self.container.interface(StafflinesSynthesizer, PrintedStafflinesSynthesizer, register_impl=True)
        if self._is_paper_solid:
            self.container.interface(PaperSynthesizer, SolidColorPaperSynthesizer, register_impl=True)
        else:
            self.container.type(PaperStyleDomain)
            self.container.interface(PaperSynthesizer, ProceduralPaperSynthesizer, register_impl=True)
        if self._postprocessing is not None:
            self.container.instance(Postprocessor, self._postprocessing)
        self.container.interface(PageSynthesizer, SimplePageSynthesizer, register_impl=True)
        self.container.interface(MusicNotationSynthesizer, EngravedNotationSynthesizer, register_impl=True)

    def resolve_services(self) -> None:
        """Builds the synthesizers."""
        super().resolve_services()
        self.engraver: Engraver = self.container.resolve(Engraver)
        self.engraver.check_options(self.layout)
        self.notation_synthesizer: MusicNotationSynthesizer = self.container.resolve(MusicNotationSynthesizer)
        if self.container.has(PaperStyleDomain):
            self.styler.register_domain(self.container.resolve(PaperStyleDomain))

    def configure_services(self) -> None:
        """Tells the choice of paper, and the resolution of the pictures."""
        super().configure_services()
        if self.container.has(PaperStyleDomain):
            self.container.resolve(PaperStyleDomain).choice = self._paper
        self.container.resolve(PaperSynthesizer).set_resolution(self.dpi)

    def __call__(  # type: ignore[override]  # each kind of model has inputs of its own
        self,
        source: Any = None,
        *,
        data: str | bytes | None = None,
        format: str | None = None,
        score: Score | None = None,
        index: int | None = None,
        pages: Collection[int] | None = None,
    ) -> MusicScene:
        """Makes the pages of one score.

        Args:
            source: path of a score file, a music21 stream, a `Score`, or what `load_score` returned.
            data: the notation itself, in place of a file.
            format: suffix or name of the notation, where the suffix of the file does not tell.
            score: a `Score`; it is copied, so that it can be given any number of times.
            index: which sample to make; by default the next one.
            pages: which pages to make, counted from 0; by default all. A page is the same, and has the same `index`,
                with or without the others (`BleedThrough` shows the back of a sheet only if that page is made, too).

        Raises:
            SettingsError: the score does not have one of the pages.
            SourceError: the music could not be read (see `smashcima.errors` for the kinds).
            EngravingError: it could not be laid out.
        """
        return super().__call__(source, data=data, format=format, score=score, index=index, pages=pages)

    def call(  # type: ignore[override]
        self,
        source: Any = None,
        *,
        index: int,
        data: str | bytes | None = None,
        format: str | None = None,
        score: Score | None = None,
        pages: Collection[int] | None = None,
    ) -> MusicScene:
        """Loads or copies the score, lays it out, and draws it."""
        given = sum(argument is not None for argument in (source, data, score))
        if given != 1:
            raise SettingsError(
                f"A model takes one of a path, data= or score=; {given} of them were given. "
                'For example: model("score.musicxml").'
            )
        if isinstance(source, Score):
            source, score = None, source
        return self.draw(self._load(source, data, format, score), index, pages)

    def _load(self, source: Any, data: str | bytes | None, format: str | None, score: Score | None) -> Loaded:
        """The music that was asked for; what was given as an object is copied."""
        if isinstance(source, Loaded):
            return dataclasses.replace(source, score=copy.deepcopy(source.score))
        if score is not None:
            music = copy.deepcopy(score)
            return Loaded(music, None, tuple(music.update()))
        return load_score(source, data=data, format=format)

    def lay_out(self, loaded: Loaded) -> Engraving:
        """Hook: where everything stands. A layout of the source is kept; the engraver makes all others."""
        if loaded.engraving is not None:
            return with_belonging(loaded.engraving, loaded.score)
        return self.engraver.engrave(loaded.score, self.layout)

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Hook: moves what was engraved before it is drawn; a printed page stays as it is."""
        return engraving

    @property
    def styles(self) -> dict[str, str]:
        """Every choice of style of the current sample, by what it is about."""
        return {"musicFont": self.music_font, **self.styler.current_styles}

    @property
    def versions(self) -> dict[str, str]:
        """What samples depend on: this package and those that draw."""
        return versions()

    @property
    def music_font(self) -> str:
        """Name of the font that symbols are measured with, and printed in where they are printed."""
        return self.layout.music_font_name

    def draw(self, loaded: Loaded, index: int, pages: Collection[int] | None = None) -> MusicScene:
        """The scene of a score that was loaded: it is laid out, placed and written. For models with other input.

        `pages` are those to make, as in `__call__`.
        """
        music = loaded.score
        with garbage_collection_paused():
            laid_out = self.lay_out(loaded)
            origin = self._origin(loaded, laid_out)
            music.layout = score_layout(laid_out)
            if pages is not None:
                laid_out = _only_pages(laid_out, pages)
                origin = dataclasses.replace(origin, pages=tuple(page.index for page in laid_out.pages))
            engraving = self.place(laid_out, music, index)
        root_space = AffineSpace()
        drawn = self.notation_synthesizer.synthesize_notation(music, engraving, root_space)
        scene = MusicScene(
            root_space=root_space,
            score=music,
            pages=list(drawn.pages),
            # The importer and the engraver may say the same of the same thing.
            issues=tuple(dict.fromkeys((*loaded.issues, *engraving.issues, *drawn.issues))),
            seed=self.seed,
            index=index,
            dpi=self.dpi,
            styles=self.styles,
            versions=self.versions,
            compositor=self.compositor,
            origin=origin,
        )
        return scene

    def _origin(self, loaded: Loaded, laid_out: Engraving) -> SceneOrigin:
        """What the scene is made by and from."""
        source, mei = loaded.source, None
        if source is None:
            mei = laid_out.mei or write_mei(loaded.score)
            source = SourceRecord.of("score", mei.encode(), format="MEI")
        try:
            return SceneOrigin(source, self.recipe.to_dict(), source_mei=mei)
        except RecipeError as error:
            return SceneOrigin(source, no_recipe=str(error), source_mei=mei)


def _only_pages(engraving: Engraving, pages: Collection[int]) -> Engraving:
    """The engraving with some of its pages, in reading order."""
    existing = {page.index: page for page in engraving.pages}
    if not isinstance(pages, Collection) or not set(pages) <= existing.keys():
        raise SettingsError(
            f"pages={pages!r} was asked for; it is a collection of page numbers from 0 on, and the score has "
            f"{len(existing)} pages: 0 to {len(existing) - 1}."
        )
    return dataclasses.replace(engraving, pages=tuple(existing[index] for index in sorted(set(pages))))
