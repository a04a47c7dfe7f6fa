"""Converts an image with regions to nodes with links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.areas import united
from smashcima.exporting.annotation.event_signs import EventSigns
from smashcima.exporting.annotation.groups import GROUPED, Group, groups_of
from smashcima.exporting.annotation.links import Pair, links_among, noteheads_of_tuplet
from smashcima.exporting.annotation.node import Node
from smashcima.exporting.annotation.page_annotation import PageAnnotation, links_of
from smashcima.exporting.annotation.precedence import graces_among, precedence_among, voices_of
from smashcima.exporting.annotation.staff_spaces import located_spaces, place_on_staff
from smashcima.exporting.annotation.whole_signs import WholeSign, whole_signs
from smashcima.exporting.classes import sign_of
from smashcima.exporting.classes.sign import shared_sign
from smashcima.geometry import Contours
from smashcima.imaging import ImageLayer, ImageSource, Outlines, Regions, image_of
from smashcima.scene.graph import SceneObject, garbage_collection_paused
from smashcima.scene.semantic import ControlEvent
from smashcima.scene.visual import (
    ComposedGlyph,
    FermataMark,
    Glyph,
    Notehead,
    StaffLine,
    SystemStaff,
    VisualObject,
)
from smashcima.scene.visual.reading_order import parts_of

_SEPARATOR = "measureSeparator"

_new_node = partial(tuple.__new__, Node)
"""Makes a node of all its fields, in half of the time: a page has a thousand."""


AnnotationSource: TypeAlias = ImageSource | PageAnnotation
"""What exporters of images take: an image, a page of a scene, a scene of one page, or an annotation."""


def annotate(image: ImageSource) -> PageAnnotation:
    """Returns the nodes of an image: symbols and areas, then groups, then staff spaces.

    Objects outside the image have no node and no links.
    """
    with garbage_collection_paused():
        builder = _Builder(image_of(image))
        builder.add_regions()
        builder.add_groups()
        builder.add_staff_spaces()
        return builder.finish()


def annotation_of(x: AnnotationSource) -> PageAnnotation:
    """Returns the annotation of an image, or the given annotation: exporters of images accept both."""
    return x if isinstance(x, PageAnnotation) else annotate(x)


class _Builder:
    def __init__(self, image: ImageLayer) -> None:
        self.image = image
        self.nodes: list[Node] = []
        self.areas: list[tuple[int, ...]] = []
        """Regions of each node, except staff spaces."""
        self.index_of: dict[SceneObject, int] = {}
        """Nodes by scene object, including all pieces of a symbol."""
        self.pairs: list[tuple[int, int]] = []
        self.spaces: list[NDArray[np.float64]] = []
        self.empty = np.isnan(image.regions.bboxes[:, 0]).tolist()
        """Whether each region is empty, such as a line of length 0 or a text of spaces."""
        self.drawn = [
            thing
            for thing, empty in zip(image.regions.scene_objects, self.empty, strict=True)
            if isinstance(thing, VisualObject) and not empty
        ]
        self.event_signs = EventSigns(self.drawn)

    def add_regions(self) -> None:
        """Adds a node for each symbol and each area, with links."""
        regions = self.image.regions
        region_of = {thing: index for index, thing in enumerate(regions.scene_objects)}
        # The pieces of all other symbols are symbols of their own.
        self.wholes = whole_signs([thing for thing in self.drawn if isinstance(thing, GROUPED)])
        whole_of: dict[SceneObject, WholeSign] = {
            piece: whole for whole in self.wholes if len(whole.pieces) > 1 for piece in whole.pieces
        }
        parts_among: dict[int, list[Glyph]] = {}
        nodes, index_of, all_areas = self.nodes, self.index_of, self.areas
        for index, (id, thing, empty) in enumerate(
            zip(regions.ids, regions.scene_objects, self.empty, strict=True)
        ):
            if empty:
                continue
            whole = whole_of.get(thing)
            if whole is not None and whole.pieces[0] is not thing:
                continue
            sign = sign_of(thing)
            if sign is None:
                continue
            glyph: SceneObject = thing.glyph if isinstance(thing, VisualObject) else thing
            is_ink = isinstance(glyph, Glyph)
            pieces: tuple[SceneObject, ...] = ()
            areas: tuple[int, ...] = (index,)
            if whole is not None:
                pieces = whole.pieces
                areas = tuple([region_of[piece] for piece in pieces])
                if len({piece.label for piece in whole.pieces}) > 1:
                    # The label of a bracket is that of its stroke, although its tip is drawn first.
                    sign = sign_of(max(whole.pieces, key=lambda piece: piece.bbox().height)) or sign
            elif glyph is not thing:
                areas = (region_of[thing],)
            if isinstance(glyph, ComposedGlyph) and (separate := parts_of(glyph)):
                parts_among[len(nodes)] = separate
                parts = tuple([region_of[part] for part in separate if part in region_of])
                if parts:
                    areas, is_ink = parts, False
            for piece in pieces or (thing,):
                index_of[piece] = len(nodes)
            nodes.append(_new_node((id, sign, thing, is_ink, (), pieces)))
            all_areas.append(areas)
        self._hold_parts(parts_among)
        self.voices = voices_of(self.event_signs)
        self._link(links_among(self.drawn, self.event_signs))
        self._link(graces_among(self.voices, self.event_signs))

    def _hold_parts(self, parts_among: Mapping[int, Sequence[Glyph]]) -> None:
        """Converts symbols whose parts have their own labels, such as dynamics with letters, to groups of
        these.
        """
        for index, parts in parts_among.items():
            members = [self.index_of[part] for part in parts if part in self.index_of]
            if members and not self.nodes[index].is_ink:
                self.nodes[index] = self.nodes[index]._replace(members=tuple(members))
                self.pairs.extend((index, member) for member in members)

    def add_groups(self) -> None:
        """Adds groups (key and time signatures, tuplets, measure separators, ...), with links to their members."""
        first_group = len(self.nodes)
        for group in groups_of(self.wholes):
            members = [self._node_of(self.wholes[index]) for index in group.members]
            first = self.nodes[members[0]]
            area = tuple(region for member in members for region in self.areas[member])
            sign = shared_sign(group.label, ("group",))
            node = Node(f"{first.id}-{group.label}", sign, first.scene_object, False, tuple(members))
            self.nodes.append(node)
            self.areas.append(area)
            self._link_group(len(self.nodes) - 1, group, members)
            self.pairs.extend((len(self.nodes) - 1, first_group + inner) for inner in group.inner)
        separators = [
            index
            for index in range(first_group, len(self.nodes))
            if self.nodes[index].sign.label == _SEPARATOR
        ]
        self._link_fermatas_of_barlines(separators)

    def _link_fermatas_of_barlines(self, separators: Sequence[int]) -> None:
        """Links fermatas without a note or rest to the measure separator above or below."""
        for thing in self.drawn:
            if not isinstance(thing, FermataMark) or thing not in self.index_of:
                continue
            semantic = thing.semantic
            if isinstance(semantic, ControlEvent) and semantic.start is not None:
                continue
            middle = thing.bbox().center.x
            near = [
                (abs(first.bbox().center.x - middle), index)
                for index in separators
                if isinstance(first := self.nodes[index].scene_object, VisualObject)
                and first.system is thing.system
            ]
            if near:
                self.pairs.append((min(near)[1], self.index_of[thing]))

    def _link_group(self, index: int, group: Group, members: Sequence[int]) -> None:
        self.pairs.extend((index, member) for member in members)
        self.pairs.extend((index, self.index_of[staff]) for staff in group.staves if staff in self.index_of)
        if group.label == "tuplet":
            first = self.nodes[members[0]].scene_object
            semantic = first.semantic if isinstance(first, VisualObject) else None
            for sign in noteheads_of_tuplet(semantic, self.event_signs):
                if sign in self.index_of:
                    self.pairs.append((self.index_of[sign], index))

    def add_staff_spaces(self) -> None:
        """Adds staff spaces, and links staves and noteheads to lines and spaces."""
        staves = [thing for thing in self.index_of if isinstance(thing, SystemStaff)]
        lines: dict[SceneObject, list[int]] = {}
        for thing, index in self.index_of.items():
            if isinstance(thing, StaffLine) and thing.staff is not None:
                lines.setdefault(thing.staff, []).append(index)
        spaces: dict[SceneObject, list[int]] = {}
        space = shared_sign("staffSpace")
        for staff, rings in zip(staves, located_spaces(staves, self.image), strict=True):
            own = self.index_of[staff]
            for number, (ring, is_inside) in enumerate(rings):
                if not is_inside and not self._remains(staff, ring):
                    continue
                spaces.setdefault(staff, []).append(len(self.nodes))
                id = f"{self.nodes[own].id}-space{number}"
                self.nodes.append(_new_node((id, space, staff, False, (), ())))
                self.spaces.append(ring)
            self.pairs.extend((own, index) for index in (*lines.get(staff, ()), *spaces.get(staff, ())))
        for head in self.drawn:
            place = place_on_staff(head) if isinstance(head, Notehead) else None
            if place is None or head.staff is None:
                continue
            kind, number = place
            there = (lines if kind == "line" else spaces).get(head.staff, [])
            expected = len(head.staff.line_ys) + (0 if kind == "line" else 1)
            if len(there) == expected and head in self.index_of:
                self.pairs.append((self.index_of[head], there[number]))

    def _remains(self, staff: SystemStaff, ring: NDArray[np.float64]) -> bool:
        """Whether part of an area lies inside of the image, and is not dropped when areas are cut at its edges."""
        size = (self.image.width, self.image.height)
        area = Outlines.of([Contours((ring,))], [(1, 0, 0, 1, 0, 0)])
        return len(Regions.of([""], [""], [staff], area, [-1]).clipped(*size)) == 1

    def finish(self) -> PageAnnotation:
        """Returns the annotation with the areas of all nodes."""
        outlines = united(self.image.regions.outlines, self.areas, self.spaces)
        regions = Regions.of(
            [node.id for node in self.nodes],
            [node.sign.label for node in self.nodes],
            [node.scene_object for node in self.nodes],
            outlines,
            self._drawn(),
        )
        if self._reaches_out(regions):
            regions = regions.clipped(self.image.width, self.image.height)
        index = self.index_of.get
        precedence = [
            (first, second)
            for before, after in precedence_among(self.voices, self.event_signs)
            if (first := index(before)) is not None and (second := index(after)) is not None
        ]
        return PageAnnotation(
            self.image, tuple(self.nodes), regions, links_of(self.pairs), links_of(precedence)
        )

    def _reaches_out(self, regions: Regions) -> bool:
        """Whether an area lies partly outside of the image, as staff spaces do in a crop."""
        boxes = regions.bboxes
        size = (self.image.width, self.image.height)
        with np.errstate(invalid="ignore"):
            return bool((boxes[:, :2] < 0).any() or (boxes[:, 2:] > size).any())

    def _drawn(self) -> NDArray[np.int32]:
        """Drawing order of each node; -1 for groups and areas."""
        result = np.full(len(self.nodes), -1, np.int32)
        inked = [index for index, node in enumerate(self.nodes) if node.is_ink]
        if inked:
            counts = np.array([len(self.areas[index]) for index in inked])
            regions = np.array([region for index in inked for region in self.areas[index]])
            orders = self.image.regions.drawn[regions]
            result[inked] = np.maximum.reduceat(orders, np.cumsum(counts) - counts)
        return result

    def _node_of(self, whole: WholeSign) -> int:
        return self.index_of[whole.first]

    def _link(self, pairs: Iterable[Pair]) -> None:
        index = self.index_of.get
        self.pairs.extend(
            [
                (before, after)
                for source, target in pairs
                if (before := index(source)) is not None and (after := index(target)) is not None
            ]
        )
