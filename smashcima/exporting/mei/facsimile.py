"""Zones of images, and the elements of the score drawn in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smashcima.errors import ExportError, Issue
from smashcima.imaging import ImageLayer
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Measure, Score, SemanticObject, Staff
from smashcima.scene.visual import Label, Page, StaffMeasure, System, SystemMeasure, SystemStaff, VisualObject

if TYPE_CHECKING:
    from lxml.etree import _Element

MEI = "{http://www.music-encoding.org/ns/mei}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True, eq=False)
class FacsimileImage:
    """Image of a page or of a part of it, with its file name."""

    image: ImageLayer
    """Image whose regions become zones, in its pixels."""

    target: str
    """Value of `graphic/@target`: a file name or a URL."""

    @property
    def page(self) -> Page | None:
        """Page of the image, determined from its regions."""
        for found in self.image.regions.scene_objects:
            if isinstance(found, Page):
                return found
            page = found.page if isinstance(found, (System, VisualObject)) else None
            if page is not None:
                return page
        return None


class Facsimile:
    """Builds the `facsimile` element and indexes the zones of each element of the score."""

    def __init__(self, score: Score, images: Sequence[FacsimileImage]) -> None:
        self._score = score
        self._images = images
        self.zones: dict[str, list[str]] = {}
        """Zone ids by the id of the element of the score."""
        self.surfaces: dict[int, str] = {}
        """Surface ids by page index."""
        self.systems: dict[str, str] = {}
        """Zone ids of systems by the id of their first measure."""
        self.issues: list[Issue] = []

    def element(self) -> _Element:
        """Returns the element, with a surface for each image."""
        from lxml import etree

        made = etree.Element(f"{MEI}facsimile")
        for number, image in enumerate(self._images, 1):
            made.append(self._surface(image, number))
        return made

    def _surface(self, given: FacsimileImage, number: int) -> _Element:
        from lxml import etree

        image = given.image
        page = given.page
        if page is None:
            raise ExportError(
                f"The picture {given.target!r} has no regions of a page; compose it from a scene."
            )
        surface = etree.Element(f"{MEI}surface")
        surface.set(XML_ID, f"surface-{number}")
        self.surfaces.setdefault(page.index, f"surface-{number}")
        for name, value in (("ulx", 0), ("uly", 0), ("lrx", image.width), ("lry", image.height)):
            surface.set(name, str(value))
        etree.SubElement(
            surface,
            f"{MEI}graphic",
            target=given.target,
            width=f"{image.width}px",
            height=f"{image.height}px",
        )
        boxes = image.regions.pixel_boxes().tolist()
        nameless: dict[str, int] = {}
        for id, label, found, box in zip(
            image.regions.ids, image.regions.labels, image.regions.scene_objects, boxes, strict=True
        ):
            left, top = max(0, box[0]), max(0, box[1])
            right, bottom = min(image.width, box[2]), min(image.height, box[3])
            if left >= right or top >= bottom:
                continue
            zone = f"zone-{number}-{id}"
            if not self._link(found, zone):
                if isinstance(found, VisualObject):
                    nameless[label] = nameless.get(label, 0) + 1
                continue
            made = etree.SubElement(surface, f"{MEI}zone")
            made.set(XML_ID, zone)
            made.set("type", Label.of(label).name)
            for name, value in (("ulx", left), ("uly", top), ("lrx", right), ("lry", bottom)):
                made.set(name, str(value))
        for label, count in nameless.items():
            self.issues.append(
                Issue(f"page {page.index + 1}", label, f"{count} drawn; MEI has no element for it")
            )
        return surface

    def _link(self, found: SceneObject, zone: str) -> bool:
        """Links a zone to its element; returns whether the score contains it."""
        if isinstance(found, System):
            measures = [m.semantic for m in found.measures if isinstance(m.semantic, Measure)]
            if not measures or self._score.by_id(measures[0].id) is None:
                return False
            self.systems[measures[0].id] = zone
            return True
        target = _element_of(found)
        if target is None or self._score.by_id(target.id) is None:
            return False
        self.zones.setdefault(target.id, []).append(zone)
        return True


def _element_of(found: SceneObject) -> SemanticObject | None:
    """Id of the element of a region; strokes of barlines and staff lines have none."""
    if isinstance(found, StaffMeasure):
        measure = found.system_measure.semantic
        return measure.staff(found.staff.number) if isinstance(measure, Measure) else None
    semantic = getattr(found, "semantic", None)
    if not isinstance(semantic, SemanticObject):
        return None
    if isinstance(found, VisualObject) and isinstance(semantic, (Measure, Staff)):
        return None
    return semantic if isinstance(found, (VisualObject, SystemMeasure, SystemStaff)) else None
