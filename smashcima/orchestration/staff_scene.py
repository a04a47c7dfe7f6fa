"""The scene of a single staff."""

from __future__ import annotations

from dataclasses import field, replace

import numpy as np

from smashcima.exporting.crops.crop import cut, scaled
from smashcima.geometry import Rectangle
from smashcima.imaging import ImageLayer, Regions
from smashcima.imaging.filters.distractors import NEIGHBOUR, Distractor
from smashcima.orchestration.music_scene import MusicScene
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import Page, System, SystemStaff, VisualObject
from smashcima.scene.visual.page import SystemMeasure


class StaffScene(MusicScene):
    """A staff with its annotation, and the staves above and below if there are any."""

    annotation: str = ""
    """The annotation that was drawn, in the language of Mashcima; empty if the staff was given as a `Score` that the
    language cannot express."""

    window: Rectangle | None = field(default=None, kw_only=True)
    """The area of the image on the page in mm; `None` for the whole page."""

    main_system: int = field(default=0, kw_only=True)
    """Index of the system of the staff. The others are neighbours."""

    @property
    def page(self) -> Page:
        """The page."""
        return self.pages[0]

    @property
    def staff(self) -> SystemStaff:
        """The staff itself."""
        return self.page.systems[self.main_system].staves[0]

    def image(self, height: int | None = None) -> ImageLayer:
        """Composes the image of the staff, with labelled regions in pixel coordinates.

        Neighbouring staves are cut at its edges. Their ink has the label `smashcima::distractorNeighbour`.

        Args:
            height: height in pixels, to which the image is scaled; by default that of the area on the page at `dpi`.
        """
        image = self.compose_page(self.page)
        if self.window is not None:
            image = cut(image, self._box(image))
        if len(self.page.systems) > 1:
            image = replace(image, regions=self.with_distractors(image.regions))
        if height is not None and height != image.height:
            image = scaled(image, max(1, round(image.width * height / image.height)), height)
        return image

    def _box(self, image: ImageLayer) -> tuple[int, int, int, int]:
        """The area of the image in pixels of the page, which filters may have moved."""
        assert self.window is not None
        w = self.window
        corners = np.array([(w.left, w.top), (w.right, w.top), (w.right, w.bottom), (w.left, w.bottom)])
        seen = image.locate(corners)
        left, top = np.floor(seen.min(axis=0) + 1e-6).astype(int).tolist()
        width, height = np.rint(np.ptp(seen, axis=0)).astype(int).tolist()
        return max(left, 0), max(top, 0), min(left + width, image.width), min(top + height, image.height)

    def with_distractors(self, regions: Regions) -> Regions:
        """Regions without the systems, staves and measures of neighbours, and with their ink as distractors."""
        main = self.page.systems[self.main_system]
        kept: list[int] = []
        labels: list[str] = []
        objects: list[SceneObject] = []
        for index, (label, thing) in enumerate(zip(regions.labels, regions.scene_objects, strict=True)):
            system = _system_of(thing)
            if system is not None and system is not main:
                if regions.drawn[index] < 0:
                    continue
                label, thing = NEIGHBOUR, Distractor(NEIGHBOUR)
            kept.append(index)
            labels.append(label)
            objects.append(thing)
        chosen = regions.chosen(np.array(kept, dtype=np.intp))
        return replace(chosen, labels=tuple(labels), scene_objects=tuple(objects))


def _system_of(thing: SceneObject) -> System | None:
    """The system that an object with a region is, or belongs to."""
    if isinstance(thing, System):
        return thing
    if isinstance(thing, (VisualObject, SystemStaff, SystemMeasure)):
        return thing.system
    return getattr(getattr(thing, "staff", None), "system", None)
