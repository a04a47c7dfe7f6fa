"""Models that draw single staves from annotations."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from smashcima.engravers.staff import StaffEngraver, StaffSpacing
from smashcima.engraving import Engraver, Engraving, LayoutOptions, with_belonging
from smashcima.engraving.stacking import cut_to_width, with_neighbours
from smashcima.errors import SettingsError
from smashcima.exporting.mashcima import MashcimaExporter
from smashcima.geometry import Rectangle
from smashcima.loading import Loaded
from smashcima.loading.mashcima import score_of_annotation
from smashcima.orchestration.base_handwritten_model import BaseHandwrittenModel
from smashcima.orchestration.engraved_model import EngravedModel
from smashcima.orchestration.score_model import ScoreModel
from smashcima.orchestration.staff_scene import StaffScene
from smashcima.scene.semantic import Score

_DISTANCE_SS = 12.0
"""Distance between the middle lines of given neighbours, in staff spaces: that of Mashcima 1.0."""


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
        margin_mm: float = 1.5,
        staff_height_mm: float = 7.0,
        **options: Any,
    ) -> None:
        """Sets up the model.

        Args:
            spacing: how items are placed on the staff, and the room above and below it.
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
        super().__init__(layout=layout, **options)
        self.spacing: StaffSpacing = spacing or StaffSpacing()
        """See the constructor; can be replaced between calls."""
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
        annotation: str | Score | Loaded,
        *,
        above: str | Score | None = None,
        below: str | Score | None = None,
        index: int | None = None,
    ) -> StaffScene:
        """Draws one staff.

        Args:
            annotation: annotation in the language of Mashcima, or a score of one staff with one voice; it is copied.
            above: annotation of the staff above.
            below: annotation of the staff below.
            index: index of the sample; by default the next one.

        Raises:
            SourceError: the annotation is empty.
            EngravingError: the score has several staves or voices, or chords.
        """
        scene = super(ScoreModel, self).__call__(annotation, above=above, below=below, index=index)
        assert isinstance(scene, StaffScene)
        return scene

    def batch(self, annotations: Iterable[str | Score], *, index: int | None = None) -> Iterator[StaffScene]:
        """Draws many staves one after the other, each by the next writer.

        `index` is the index of the first sample; by default the next one. The scenes are made as they are requested.
        """
        for number, annotation in enumerate(annotations):
            yield self(annotation, index=None if index is None else index + number)

    def call(  # type: ignore[override]
        self,
        annotation: str | Score | Loaded,
        *,
        index: int,
        above: str | Score | None = None,
        below: str | Score | None = None,
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

    def _loaded(self, given: str | Score | Loaded) -> LoadedStaff:
        if isinstance(given, str):
            score, issues = score_of_annotation(given)
            return LoadedStaff(score, None, tuple(issues), annotation=given)
        loaded = self._load(
            given if isinstance(given, Loaded) else None,
            None,
            None,
            given if isinstance(given, Score) else None,
        )
        return LoadedStaff(loaded.score, loaded.engraving, loaded.issues, loaded.source)

    def draw(self, loaded: Loaded, index: int, pages: Collection[int] | None = None) -> StaffScene:
        """Draws a loaded staff."""
        staff = (
            loaded
            if isinstance(loaded, LoadedStaff)
            else LoadedStaff(loaded.score, loaded.engraving, loaded.issues, loaded.source)
        )
        self._staff = staff
        scene = super().draw(staff, index, pages)
        assert isinstance(scene, StaffScene)
        return scene

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
            above = self._neighbour(staff.above, engraving)
            below = self._neighbour(staff.below, engraving)
            engraving, shift = with_neighbours(
                engraving, above, below, staff.distance_ss * self.layout.staff_space
            )
            self._window = Rectangle(0.0, shift, page.width, page.height)
        return super().place(engraving, score, index)

    def _neighbour(self, loaded: Loaded | None, main: Engraving) -> Engraving | None:
        if loaded is None:
            return None
        staff = main.pages[0].systems[0].staves[0]
        made = cut_to_width(self.engraver.lay_out(loaded.score, self.layout), staff.right - staff.left)
        return with_belonging(made, loaded.score)

    def make_scene(self, loaded: Loaded, **fields: Any) -> StaffScene:
        """Makes the scene of the staff."""
        assert isinstance(loaded, LoadedStaff)
        annotation = loaded.annotation or _annotation_of(loaded.score)
        return StaffScene(
            **fields, annotation=annotation, window=self._window, main_system=int(loaded.above is not None)
        )


def _annotation_of(score: Score) -> str:
    return MashcimaExporter(extensions=True).export_string(score)


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
