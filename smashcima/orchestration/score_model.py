"""Models that turn a score into pages by loading, engraving and synthesis."""

from __future__ import annotations

import dataclasses
import math
import os
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from smashcima.engravers.verovio import VerovioEngraver
from smashcima.engraving import Engraver, Engraving, LayoutOptions, PageSize, with_belonging
from smashcima.engraving.engraver import joined
from smashcima.errors import SettingsError, WrongTypeError, described
from smashcima.imaging import Postprocessor
from smashcima.imaging.filters import PostprocessingChoice, chosen_postprocessor
from smashcima.loading import Loaded
from smashcima.orchestration.chosen_pages import PageChoice, chosen_runs, lays_out_as_a_whole, sheets
from smashcima.orchestration.loaded_music import load_or_copy, origin_of, without_copy
from smashcima.orchestration.looks import LOOKS, NO_LOOK, Look, find_look
from smashcima.orchestration.model import Model
from smashcima.orchestration.music_scene import MusicScene, SceneOrigin
from smashcima.orchestration.option_checks import check_number
from smashcima.orchestration.paper_option import PaperOption
from smashcima.orchestration.versions import versions
from smashcima.scene.graph import garbage_collection_paused, release, with_older_objects_set_aside
from smashcima.scene.semantic import Score, SemanticObject
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
    Picture,
    PicturePaperSynthesizer,
)
from smashcima.synthesis.text import PrintedTextSynthesizer

_FEW_SCENES = 8
"""Number of scenes of a score before garbage is looked for more often: 40 ms a page, for 230 MB less at page 60 of 400."""


class ScoreModel(Model):
    """A model that turns a score into pages. By default they are printed, with the placement of the engraver.

    - May override: the hooks of `Model`, `music` or `call` for other input, `lay_out`, `place`, `make_scene`, and
      `DEFAULT_MUSIC_FONT`.
    """

    DEFAULT_MUSIC_FONT = "Leipzig"

    _DEFAULT_NAMES: ClassVar[Mapping[str, str]] = {"paper": "solid"}
    """Names of the defaults of options that a look decides."""

    def __init__(
        self,
        *,
        seed: int | None = None,
        dpi: float = 300.0,
        page: PageSize | str | tuple[float, float] | None = None,
        music_font: str | None = None,
        staff_height_mm: float | None = None,
        layout: LayoutOptions | None = None,
        paper: PaperChoice | Picture | os.PathLike[str] | Literal["solid", "any"] = None,
        postprocessing: PostprocessingChoice | None = None,
        look: str | os.PathLike[str] | Look | None = None,
    ) -> None:
        """Sets up the model.

        Args:
            seed: first part of the address of every sample; drawn from the operating system by default.
            dpi: resolution of the images, in pixels per inch.
            page: name of a sheet (`A4`, `Letter`, ...), or its size in mm (`210x297` or `(210, 297)`).
            music_font: SMuFL font for engraving and printed symbols.
            staff_height_mm: height of a five-line staff.
            layout: all layout options; `page`, `music_font` and `staff_height_mm` take precedence.
            paper: `solid`, the default, for one colour (white, unless the paper service sets another); the name of a preset
                (`aged`, `laid-18th-century`, ...), a `PaperStyle`, the seed of one, or a list of these; or `any` for
                a random paper in each sample; or a picture of paper, as a file or an array, which is scaled to cover
                the sheet.
            postprocessing: degradation of pages: the name of a preset (`scan`, `photo`, ...), a `Postprocessor` such as a
                filter, a function from pixels to pixels (see `PixelFunction`), or a list of these.
            look: hand, paper and degradation that go together: a name in `LOOKS` (`clean`, `manuscript`, `scan`, ...), a
                file with a look (`look.yaml`), or a `Look`. Other options take precedence. Printed pages have no hand.

        Raises:
            SettingsError: an option is invalid.
            RecipeError: the file of the look is invalid.
        """
        check_number("dpi", dpi, 10, 2400)
        if not isinstance(layout, LayoutOptions | None):
            raise WrongTypeError(f"layout must be LayoutOptions, not {described(layout)}.")
        options = layout or LayoutOptions()
        changes: dict[str, Any] = {}
        if page is not None:
            changes["page"] = page if isinstance(page, str) else PageSize.of(page)
        if music_font is not None:
            changes["music_font"] = music_font
        elif layout is None or layout.music_font is None:
            changes["music_font"] = self.DEFAULT_MUSIC_FONT
        if staff_height_mm is not None:
            check_number("staff_height_mm", staff_height_mm, 0, math.inf)
            changes["staff_space"] = staff_height_mm / 4
        self.dpi: float = dpi
        self.layout: LayoutOptions = dataclasses.replace(options, **changes)
        """How scores are laid out; can be replaced between calls."""
        self._look = find_look(look)
        self._paper = (self._look.paper() if paper is None else None) or PaperOption.of(
            "solid" if paper is None else paper
        )
        self._postprocessing = (
            self._look.postprocessing() if postprocessing is None else chosen_postprocessor(postprocessing)
        )
        super().__init__(seed=seed)

    def recipe_options(self) -> dict[str, Any]:
        """The arguments of the constructor, with the content of a look that was given as a file."""
        options = super().recipe_options()
        if self._look == NO_LOOK:
            # Only a look makes it matter whether these were given.
            names = self._DEFAULT_NAMES.items()
            return options | {key: None for key, name in names if _is_named(options.get(key), name)}
        if options.get("look") is not None:
            name = self._look.name
            options["look"] = name if LOOKS.get(name) == self._look else self._look
        return options

    def register_services(self) -> None:
        """Registers the engraver and the printed implementation of every synthesizer."""
        super().register_services()
        self.container.interface(Engraver, VerovioEngraver, register_impl=True)
        self.container.factory(SmuflGlyphSynthesizer, lambda: SmuflGlyphSynthesizer(self.music_font))
        self.container.interface(GlyphSynthesizer, SmuflGlyphSynthesizer)
        self.container.interface(LineSynthesizer, PrintedLineSynthesizer, register_impl=True)
        self.container.interface(CurveSynthesizer, PrintedCurveSynthesizer, register_impl=True)
        self.container.interface(TextSynthesizer, PrintedTextSynthesizer, register_impl=True)
        self.container.interface(StafflinesSynthesizer, PrintedStafflinesSynthesizer, register_impl=True)
        self._paper.register(self.container)
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
        paper = self.container.resolve(PaperSynthesizer)
        # Built by the synthesizer if that depends on it; otherwise the model has paper of its own.
        if PaperStyleDomain in self.container.built():
            self.styler.register_domain(self.container.resolve(PaperStyleDomain))
        self._paper.warn_if_unused(paper)
        if self._postprocessing is not None and self.postprocessor is not self._postprocessing:
            warnings.warn(
                f"The option postprocessing has no effect, since {type(self.postprocessor).__name__} is registered as the "
                "Postprocessor of the model.",
                stacklevel=2,
            )

    def configure_services(self) -> None:
        """Sets the paper and the resolution of the images."""
        super().configure_services()
        if PaperStyleDomain in self.container.built():
            self.container.resolve(PaperStyleDomain).choice = self._paper.choice
        self.container.resolve(PaperSynthesizer).set_resolution(self.dpi)

    def __call__(  # type: ignore[override]  # each kind of model has its own inputs
        self,
        source: Any = None,
        *,
        data: str | bytes | None = None,
        format: str | None = None,
        score: Score | None = None,
        index: int | None = None,
        pages: PageChoice | None = None,
        file: Any = None,
        clone_score: bool = True,
    ) -> MusicScene:
        """Makes the pages of one score.

        Args:
            source: path of a score file, a music21 stream, a `Score`, the result of `load_score` or `load_scores`, or a
                scene, for its score.
            data: the content of a score file, instead of a path.
            format: suffix or name of the notation format, if the file name does not tell it.
            score: a `Score`; it is copied, so it can be reused.
            index: index of the sample; by default the next one.
            pages: indices of the pages to make, from 0, or a function that returns them for the number of pages; by
                default all. A page and its `index` do not depend on which
                others are made, except that `BleedThrough` shows the back of a sheet only if that page is made, too.

            file: same as `source`, under its name in smashcima 1.
            clone_score: has no effect; a given score is always copied, and `scene.score` is the copy.

        Raises:
            SettingsError: a page does not exist.
            SourceError: the music could not be read (see `smashcima.errors` for the kinds).
            EngravingError: the music could not be laid out.
        """
        if file is not None:
            if source is not None:
                raise SettingsError("`file` is another name of `source`: give one of them.")
            source = file
        return super().__call__(source, data=data, format=format, score=score, index=index, pages=pages)

    def pages(
        self,
        *arguments: Any,
        index: int | None = None,
        pages: PageChoice | None = None,
        at_once: int = 1,
        copy_score: bool = True,
        **options: Any,
    ) -> Iterator[MusicScene]:
        """Makes the pages of one score one after the other; each is a scene of its own, as of a call with `pages=`.

        A page is drawn when it is requested, and a long score is laid out some pages at a time, so that it needs little
        more memory than its music. All scenes have the same `score`, in which only the current page is found from the
        music (`Notehead.of_note(note)`): the objects of a page are released when the next one is requested. The
        `layout` of the score and the `issues` of a scene are about the pages that were laid out so far, and about those
        that were laid out together with the page.

        Args:
            arguments: those of a call of the model.
            index: index of the sample; by default the next one.
            pages: indices of the pages, as in a call; by default all.
            at_once: number of pages in each scene: 2 for both sides of a sheet, one of which `BleedThrough` shows on the
                other.
            copy_score: whether a score that is given as an object is copied, as in a call. Copying a long score takes about
                15 ms and 1 MB a page, before the first page; without it, pages are drawn for the given score itself,
                which must not be used elsewhere meanwhile.
            options: the other options of a call.
        """
        if at_once < 1:
            raise SettingsError(f"at_once must be at least 1, not {at_once!r}.")
        index = self._chosen_index(index)
        self._start_sample(index)
        sample = self.streams.sample
        loaded = None if copy_score else without_copy(arguments, options)
        if loaded is None:
            loaded = self.music(*arguments, index=index, **options)
        origin: SceneOrigin | None = None
        for sheet in with_older_objects_set_aside(sheets(self._runs(loaded, pages), at_once), _FEW_SCENES):
            if self.streams.sample != sample:  # the model has made another sample meanwhile
                self._start_sample(index)
            origin = origin or self._origin(loaded, sheet)
            own_origin = dataclasses.replace(origin, pages=tuple(page.index for page in sheet.pages))
            self.scene = scene = self._drawn(loaded, sheet, own_origin, index)
            yield scene
            _release(scene)

    def call(  # type: ignore[override]
        self,
        source: Any = None,
        *,
        index: int,
        data: str | bytes | None = None,
        format: str | None = None,
        score: Score | None = None,
        pages: PageChoice | None = None,
    ) -> MusicScene:
        """Loads or copies the score, lays it out, and draws it; see `__call__` for the arguments."""
        return self.draw(self.music(source, index=index, data=data, format=format, score=score), index, pages)

    def music(
        self,
        source: Any = None,
        *,
        index: int,
        data: str | bytes | None = None,
        format: str | None = None,
        score: Score | None = None,
    ) -> Loaded:
        """Hook: loads or copies the score of a sample; see `__call__` for the arguments."""
        given = sum(argument is not None for argument in (source, data, score))
        if given != 1:
            raise SettingsError(
                f"A model requires exactly one of a path, data= or score=, not {given}. "
                'For example: model("score.musicxml").'
            )
        if score is not None:
            if not isinstance(score, Score | Loaded):
                raise WrongTypeError(f"score must be a Score, not {described(score)}.")
            source = score
        return load_or_copy(source, data, format)

    def lay_out(self, loaded: Loaded) -> Engraving:
        """Hook: lays out the score, by default with `lay_out_in_runs`."""
        return joined(self.lay_out_in_runs(loaded))

    def lay_out_in_runs(self, loaded: Loaded) -> Iterator[Engraving]:
        """Hook: yields the pages of the score, some at a time if it is long, as of `Engraver.lay_out_in_runs`.

        Uses the layout of the source if there is one, else the engraver. A model that overrides only `lay_out` lays out
        scores as a whole.
        """
        if loaded.engraving is not None:
            yield with_belonging(loaded.engraving, loaded.score)
        else:
            yield from self.engraver.engrave_in_runs(loaded.score, self.layout)

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Hook: moves engraved symbols before they are drawn; returns the engraving unchanged by default."""
        return engraving

    @property
    def styles(self) -> dict[str, str]:
        """The styles chosen for the current sample, by the aspect that they affect."""
        paper = self.container.resolve(PaperSynthesizer)
        pictured = {"paper": paper.name} if isinstance(paper, PicturePaperSynthesizer) else {}
        look = {} if self._look == NO_LOOK else {"look": self._look.name}
        return {"musicFont": self.music_font, **look, **pictured, **self.styler.current_styles}

    @property
    def versions(self) -> dict[str, str]:
        """Versions of Smashcima and of the packages on which samples depend."""
        return versions()

    @property
    def music_font(self) -> str:
        """Name of the font with which symbols are measured and, if printed, drawn."""
        return self.layout.music_font_name

    def draw(self, loaded: Loaded, index: int, pages: PageChoice | None = None) -> MusicScene:
        """Lays out, places and draws a loaded score. For models with other input.

        `pages` are the indices of the pages to make, as in `__call__`.
        """
        laid_out = joined(self._runs(loaded, pages))
        origin = self._origin(loaded, laid_out)
        if pages is not None:
            origin = dataclasses.replace(origin, pages=tuple(page.index for page in laid_out.pages))
        return self._drawn(loaded, laid_out, origin, index)

    def _runs(self, loaded: Loaded, pages: PageChoice | None) -> Iterator[Engraving]:
        """The layout of the chosen pages, some at a time; sets the layout of the score."""

        def lay_out() -> Iterator[Engraving]:
            if lays_out_as_a_whole(type(self)):
                yield self.lay_out(loaded)
            else:
                yield from self.lay_out_in_runs(loaded)

        return chosen_runs(loaded.score, lay_out, pages)

    def _drawn(self, loaded: Loaded, laid_out: Engraving, origin: SceneOrigin, index: int) -> MusicScene:
        """Places and draws pages that were laid out."""
        music = loaded.score
        with garbage_collection_paused():
            engraving = self.place(laid_out, music, index)
        root_space = AffineSpace()
        drawn = self.notation_synthesizer.synthesize_notation(music, engraving, root_space)
        return self.make_scene(
            loaded,
            root_space=root_space,
            score=music,
            pages=list(drawn.pages),
            # The importer and the engraver may report the same issue.
            issues=tuple(dict.fromkeys((*loaded.issues, *engraving.issues, *drawn.issues))),
            seed=self.seed,
            index=index,
            dpi=self.dpi,
            styles=self.styles,
            versions=self.versions,
            compositor=self.compositor,
            origin=origin,
        )

    def make_scene(self, loaded: Loaded, **fields: Any) -> MusicScene:
        """Hook: makes the scene from its fields; `loaded` is the music that was drawn."""
        return MusicScene(**fields)

    def _origin(self, loaded: Loaded, laid_out: Engraving) -> SceneOrigin:
        return origin_of(loaded, laid_out, lambda: self.recipe.to_dict())


def _is_named(value: object, name: str) -> bool:
    return isinstance(value, str) and value == name


def _release(scene: MusicScene) -> None:
    """Makes the music forget the pages of a scene."""
    for page in scene.pages:
        release(page, SemanticObject)
