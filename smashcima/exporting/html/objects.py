"""The objects of an image as plain data for a web page: outlines, details and links."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smashcima.exporting.annotation import Node, PageAnnotation, facts_of
from smashcima.exporting.descriptions import describe
from smashcima.exporting.html.shapes import path_of
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import VisualObject


@dataclass(frozen=True, slots=True)
class PageObject:
    """A symbol, group or area of an image."""

    id: str
    label: str
    path: str
    """SVG path data of the outline in pixels; empty if no part of the object is visible."""

    is_ink: bool
    """Whether it is a drawn symbol, not a group or an area."""

    is_group: bool
    title: str
    """Name and label in one line."""

    details: dict[str, str]
    """What is known of the object: name, label, pitch, onset, ..."""


def objects_of(annotation: PageAnnotation, prefix: str = "") -> list[PageObject]:
    """Returns all objects in the order of the annotation; `prefix` precedes their ids."""
    objects = []
    for node, region in annotation:
        told = _details(node, region.visible)
        objects.append(
            PageObject(
                prefix + node.id,
                node.sign.label,
                path_of(region.rings),
                node.is_ink,
                bool(node.members),
                f"{told['what']} ({node.sign.label})",
                told,
            )
        )
    return objects


def linked_objects(annotation: PageAnnotation, prefix: str = "") -> list[list[str]]:
    """Returns `[id, id, type]` of linked objects.

    The types are `on` from a symbol to its staff, `part` as in MuNG, and `next` from notes and rests to those
    that follow in their voice.
    """
    ids = [prefix + node.id for node in annotation.nodes]
    places: dict[SceneObject, str] = {}
    for id, node in zip(ids, annotation.nodes, strict=True):
        places.setdefault(node.scene_object, id)
    links = []
    for id, node in zip(ids, annotation.nodes, strict=True):
        if isinstance(node.scene_object, VisualObject) and node.scene_object.staff is not None:
            staff = places.get(node.scene_object.staff)
            if staff is not None:
                links.append([id, staff, "on"])
    for name, pairs in (("part", annotation.syntax), ("next", annotation.precedence)):
        links += [[ids[a], ids[b], name] for a, b in pairs.tolist()]
    return links


def largest_first(annotation: PageAnnotation) -> list[int]:
    """Returns the drawing order in which small objects are above the ones that contain them, and ink is above
    areas.
    """
    boxes = np.nan_to_num(annotation.regions.bboxes)
    sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    is_ink = np.array([node.is_ink for node in annotation.nodes], np.bool_)
    order: list[int] = np.lexsort((-sizes, is_ink)).tolist()
    return order


def _details(node: Node, visible: float) -> dict[str, str]:
    """Details of an object, by name."""
    told = {"what": describe(node.scene_object), "label": node.sign.label}
    if node.members:
        told["what"] = f"{node.sign.label} of {len(node.members)}"
    if node.sign.traits:
        told["traits"] = ", ".join(sorted(node.sign.traits))
    if not node.members:
        told |= {key.replace("_", " "): str(value) for key, value in facts_of(node).items()}
    if visible < 1:
        told["visible"] = f"{100 * visible:.0f} %"
    return told
