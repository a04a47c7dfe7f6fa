"""The labelled areas of a scene, in pixels."""

from __future__ import annotations

from smashcima.exporting.compositing.outlines import Affine, Outlines
from smashcima.exporting.compositing.regions import Regions
from smashcima.exporting.compositing.spaces import SpaceMaps
from smashcima.exporting.walk import View, walk_view
from smashcima.geometry import Contours
from smashcima.scene.graph import SceneObject


def regions_of(view: View, maps: SpaceMaps) -> Regions:
    """Every labelled area of the view, in the order of the walk; `maps` leads to pixels.

    Areas that lie outside of the view box, or reach out of it, are not cut.
    """
    ids: list[str] = []
    labels: list[str] = []
    objects: list[SceneObject] = []
    contours: list[Contours] = []
    ways: list[Affine] = []
    for step in walk_view(view):
        region = step.region
        if region is not None:
            ids.append(step.id)
            labels.append(region.label)
            objects.append(step.scene_object)
            contours.append(region.contours)
            ways.append(maps.of(region.space))
    return Regions.of(ids, labels, objects, Outlines.of(contours, ways))
