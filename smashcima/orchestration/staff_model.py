"""Models that draw single staves from annotations."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import numpy as np

from smashcima.engravers.staff import StaffEngraver, StaffSpacing
from smashcima.engraving import Engraver, Engraving, LayoutOptions, with_belonging
from smashcima.engraving.stacking import cut_to_width, with_neighbours
from smashcima.errors import ExportError, SettingsError
from smashcima.exporting.mashcima import MashcimaExporter
from smashcima.geometry import Rectangle
from smashcima.loading import Loaded, SourceRecord, known_formats, load_score
from smashcima.loading.mashcima import score_of_annotation
from smashcima.loading.mashcima_format import MASHCIMA
from smashcima.orchestration.base_handwritten_model import BaseHandwrittenModel
from smashcima.orchestration.chosen_pages import PageChoice
from smashcima.orchestration.engraved_model import EngravedModel
from smashcima.orchestration.loaded_music import load_or_copy
from smashcima.orchestration.score_model import ScoreModel
from smashcima.orchestration.staff_neighbours import Neighbours, reaching_in
from smashcima.orchestration.staff_scene import StaffScene
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score

_DISTANCE_SS = 12.0
"""Distance between the middle lines of given neighbours, in staff spaces."""


StaffSource = str | os.PathLike[str] | Score | Loaded
"""A staff as given to a model: an annotation, the path of a score file, a score, or a loaded score."""


@dataclass(frozen=True, slots=True)
class LoadedStaff(Loaded):
    """A loaded staff with the staves above and below it."""

    annotation: str = ""
    above: Loaded | None = None
    below: Loaded | None = None
    distance_ss: float = _DISTANCE_SS


class _StaffDrawing(ScoreModel):
    """The part of staff models that does not depend on who draws."""

    def __init__(
        self,
        *,
        spacing: StaffSpacing | None = None,
        neighbours: Neighbours | None = None,
        margin_mm: float = 1.5,
        staff_height_mm: float = 7.0,
        **options: Any,
    ) -> None:
        """Sets up the model.

        Args:
            spacing: how items are placed on the staff, and the room above and below it.
            neighbours: random staves above and below, for calls that give none.
            margin_mm: margin around the staff and its room in mm.
            staff_height_mm: height of the staff.
            options: the options of the model for whole scores, except `page` and `layout`.

        Raises:
            SettingsError: an option is invalid.
        """
        for name in ("page", "layout"):
            if name in options:
                raise SettingsError(
                    f"A staff model has no option {name!r}: the page is as large as the staff."
                )
        layout = LayoutOptions(breaks="none", margins=margin_mm, staff_space=staff_height_mm / 4)
        self.spacing: StaffSpacing = spacing or StaffSpacing()
        """See the constructor; can be replaced between calls."""
        self.neighbours: Neighbours | None = neighbours
        """See the constructor; can be replaced between calls."""
        super().__init__(layout=layout, **options)
        self._staff: LoadedStaff | None = None
        self._window: Rectangle | None = None

    def register_services(self) -> None:
        """Registers the engraver of single staves."""
        super().register_services()
        self.container.factory(
            StaffEngraver, lambda: StaffEngraver(rng=self.streams.generator(StaffEngraver.__name__))
        )
        self.container.interface(Engraver, StaffEngraver)

    def __call__(  # type: ignore[override]
        self,
        annotation: StaffSource,
        *,
        above: StaffSource | None = None,
        below: StaffSource | None = None,
        index: int | None = None,
    ) -> StaffScene:
        """Draws one staff.

        Args:
            annotation: annotation in the language of Mashcima; or a score of one staff with one voice, which is copied,
                the result of `load_score`, or the path of a score file.
            above: the staff above, given in the same way.
            below: the staff below.
            index: index of the sample; by default the next one.

        Raises:
            SourceError: the file cannot be read.
            EngravingError: the score has several staves or voices, or chords.
        """
        scene = super(ScoreModel, self).__call__(annotation, above=above, below=below, index=index)
        assert isinstance(scene, StaffScene)
        return scene

    def batch(self, annotations: Iterable[StaffSource], *, index: int | None = None) -> Iterator[StaffScene]:
        """Draws many staves one after the other, each by the next writer.

        `index` is the index of the first sample; by default the next one. The scenes are made as they are requested.
        """
        for number, annotation in enumerate(annotations):
            yield self(annotation, index=None if index is None else index + number)

    def pages(self, *arguments: Any, at_once: int = 1, **options: Any) -> Iterator[StaffScene]:
        """The only page of a staff, as of a call of the model; `at_once` has no effect."""
        yield self(*arguments, **options)

    def call(  # type: ignore[override]
        self,
        annotation: StaffSource,
        *,
        index: int,
        above: StaffSource | None = None,
        below: StaffSource | None = None,
    ) -> StaffScene:
        """Loads the annotations and draws the staff; see `__call__` for the arguments."""
        loaded = self._loaded(annotation)
        if above is not None or below is not None:
            loaded = dataclasses.replace(
                loaded,
                above=None if above is None else self._loaded(above),
                below=None if below is None else self._loaded(below),
            )
        scene = self.draw(loaded, index)
        assert isinstance(scene, StaffScene)
        return scene

    def _loaded(self, given: StaffSource) -> LoadedStaff:
        if isinstance(given, str) and not _is_path(given):
            text = " ".join(given.split())
            score, issues = score_of_annotation(text)
            source = SourceRecord.of("text", text.encode(), format=MASHCIMA.name, text=text)
            # A repaired annotation is not the one that is drawn.
            return LoadedStaff(score, None, tuple(issues), source, annotation="" if issues else text)
        if isinstance(given, (str, os.PathLike)):
            return _staff_of(load_score(given))
        return _staff_of(load_or_copy(given, None, None))

    def draw(self, loaded: Loaded, index: int, pages: PageChoice | None = None) -> StaffScene:
        """Draws a loaded staff, with random neighbours if the model has them and `loaded` has none."""
        staff = _staff_of(loaded)
        if self.neighbours is not None and staff.above is None and staff.below is None:
            above, below, distance = self.neighbours.sample(self._stream(index).generator())
            staff = dataclasses.replace(
                staff,
                above=None if above is None else self._loaded(above),
                below=None if below is None else self._loaded(below),
                distance_ss=distance,
            )
        self._staff = staff
        scene = super().draw(staff, index, pages)
        assert isinstance(scene, StaffScene)
        return scene

    def _stream(self, index: int) -> Stream:
        """The stream of random choices about neighbours."""
        return Stream.of_sample(self.seed, index).child("neighbours")

    def lay_out(self, loaded: Loaded) -> Engraving:
        if isinstance(self.engraver, StaffEngraver):
            self.engraver.spacing = self.spacing
        return super().lay_out(loaded)

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Adds the neighbours, and moves all symbols to where the writer would place them."""
        staff = self._staff
        self._window = None
        if staff is not None and (staff.above is not None or staff.below is not None):
            (page,) = engraving.pages
            rng = self._stream(index).child("content").generator()
            above, below = (
                self._neighbour(each, each is staff.above, engraving, staff.distance_ss, rng)
                for each in (staff.above, staff.below)
            )
            engraving, shift = with_neighbours(
                engraving, above, below, staff.distance_ss * self.layout.staff_space
            )
            self._window = Rectangle(0.0, shift, page.width, page.height)
        return super().place(engraving, score, index)

    def _neighbour(
        self,
        loaded: Loaded | None,
        is_above: bool,
        main: Engraving,
        distance_ss: float,
        rng: np.random.Generator,
    ) -> Engraving | None:
        if loaded is None:
            return None
        staff = main.pages[0].systems[0].staves[0]
        made = cut_to_width(self.engraver.lay_out(loaded.score, self.layout), staff.right - staff.left)
        if self.neighbours is not None:
            made = reaching_in(made, is_above, distance_ss, self.neighbours, rng)
        return with_belonging(made, loaded.score)

    def make_scene(self, loaded: Loaded, **fields: Any) -> StaffScene:
        """Makes the scene of the staff."""
        assert isinstance(loaded, LoadedStaff)
        annotation = loaded.annotation or _annotation_of(loaded.score)
        return StaffScene(
            **fields, annotation=annotation, window=self._window, main_system=int(loaded.above is not None)
        )


def _is_path(text: str) -> bool:
    """Whether a text without spaces ends like a score file; no token of the language does."""
    if len(text.split(maxsplit=1)) != 1:
        return False
    suffix = PurePath(text).suffix.lower()
    return any(suffix in each.suffixes for each in known_formats())


def _staff_of(loaded: Loaded) -> LoadedStaff:
    if isinstance(loaded, LoadedStaff):
        return loaded
    return LoadedStaff(loaded.score, loaded.engraving, loaded.issues, loaded.source)


def _annotation_of(score: Score) -> str:
    try:
        return MashcimaExporter(extensions=True).export_string(score)
    except ExportError:
        return ""


class StaffModel(_StaffDrawing, BaseHandwrittenModel):
    """Draws single staves by hand, from annotations in the language of Mashcima.

    ```python
    scene = StaffModel()("clef.G-2 h-5 ( ) e=-5 =s=-4 #-3 =s-3 | q0 qr hr")
    image = scene.image()
    ```

    Much faster than a model of whole scores: the staff is laid out by `StaffEngraver`, and the page is as large as the
    staff. Its options are those of `BaseHandwrittenModel`.
    """


class PrintedStaffModel(_StaffDrawing, EngravedModel):
    """Draws single printed staves, from annotations in the language of Mashcima."""
