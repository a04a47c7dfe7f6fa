"""Converts an image with regions to nodes with links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.areas import regions_of_nodes
from smashcima.exporting.annotation.event_signs import EventSigns
from smashcima.exporting.annotation.facts import kept_facts
from smashcima.exporting.annotation.groups import GROUPED, Group, groups_of
from smashcima.exporting.annotation.links import Pair, links_among, noteheads_of_tuplet
from smashcima.exporting.annotation.node import Node
from smashcima.exporting.annotation.page_annotation import PageAnnotation, links_of
from smashcima.exporting.annotation.plan import AnnotationPlan, PlannedAnnotation, grouping_of
from smashcima.exporting.annotation.precedence import graces_among, precedence_among, voices_of
from smashcima.exporting.annotation.staff_spaces import located_spaces, place_on_staff
from smashcima.exporting.annotation.structure import NotComparableError, StructureReader, music_of, numbers_of
from smashcima.exporting.annotation.whole_signs import WholeSign, tallest_piece, whole_signs
from smashcima.exporting.classes import sign_of
from smashcima.exporting.classes.sign import shared_sign
from smashcima.imaging import ImageLayer, ImageSource, image_of
from smashcima.scene.graph import SceneObject, garbage_collection_paused
from smashcima.scene.semantic import ControlEvent
from smashcima.scene.semantic.semantic_object import TreeState
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


_NO_PLAN = "none"
"""What is kept of images for which there can be no plan."""


AnnotationSource: TypeAlias = ImageSource | PageAnnotation
"""What exporters of images take: an image, a page of a scene, a scene of one page, or an annotation."""


def annotate(image: ImageSource) -> PageAnnotation:
    """Returns the nodes of an image: symbols and areas, then groups, then staff spaces.

    Objects outside the image have no node and no links.
    """
    with garbage_collection_paused():
        layer = image_of(image)
        music = music_of(layer.regions.scene_objects)
        if music is None:
            return _Builder(layer).made()
        known, state = music
        key = ("annotation", layer.regions.ids)
        plan = known.kept(key)
        if isinstance(plan, AnnotationPlan):
            regions = plan.regions_in(layer, state)
            if regions is not None:
                return PlannedAnnotation(layer, plan, regions)
        builder = _Builder(layer)
        made = builder.made()
        if plan is not _NO_PLAN and known.is_asked_again(key):
            known.keep(key, builder.planned(made, state) or _NO_PLAN)
        return made


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

    def made(self) -> PageAnnotation:
        """The annotation of the image."""
        self.add_regions()
        self.add_groups()
        self.add_staff_spaces()
        return self.finish()

    def planned(self, made: PageAnnotation, music: TreeState) -> AnnotationPlan | None:
        """The plan of the annotation that was made, for other images of the same music."""
        regions = self.image.regions
        try:
            numbers = numbers_of(regions)
            reader = StructureReader(regions.scene_objects)
            structure = reader.read(regions, numbers, music)
            grouping = grouping_of(self.wholes, self.groups, numbers)
        except NotComparableError:
            return None
        pieces = {
            index: tuple(numbers[piece] for piece in node.pieces)
            for index, node in enumerate(self.nodes)
            if node.pieces
        }
        return AnnotationPlan(
            reader,
            structure,
            grouping,
            tuple(numbers[thing] for thing in self.drawn if isinstance(thing, GROUPED)),
            tuple(numbers[staff] for staff in self.staves),
            self.are_there,
            made.table,
            tuple(node.sign.label for node in self.nodes),
            tuple(numbers[node.scene_object] for node in self.nodes),
            pieces,
            tuple(self.areas),
            made.syntax,
            made.precedence,
            kept_facts(self.nodes),
        )

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
                    sign = sign_of(tallest_piece(whole)) or sign
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
        self.groups = groups_of(self.wholes)
        for group in self.groups:
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
        self.staves = [thing for thing in self.index_of if isinstance(thing, SystemStaff)]
        lines: dict[SceneObject, list[int]] = {}
        for thing, index in self.index_of.items():
            if isinstance(thing, StaffLine) and thing.staff is not None:
                lines.setdefault(thing.staff, []).append(index)
        spaces: dict[SceneObject, list[int]] = {}
        space = shared_sign("staffSpace")
        located = located_spaces(self.staves, self.image)
        self.are_there = tuple(is_there for rings in located for _, is_there in rings)
        for staff, rings in zip(self.staves, located, strict=True):
            own = self.index_of[staff]
            for number, (ring, is_there) in enumerate(rings):
                if not is_there:
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

    def finish(self) -> PageAnnotation:
        """Returns the annotation with the areas of all nodes."""
        regions = regions_of_nodes(
            self.image,
            [node.id for node in self.nodes],
            [node.sign.label for node in self.nodes],
            [node.scene_object for node in self.nodes],
            self.areas,
            self.spaces,
            np.array([node.is_ink for node in self.nodes], np.bool_),
        )
        index = self.index_of.get
        precedence = [
            (first, second)
            for before, after in precedence_among(self.voices, self.event_signs)
            if (first := index(before)) is not None and (second := index(after)) is not None
        ]
        return PageAnnotation(
            self.image, tuple(self.nodes), regions, links_of(self.pairs), links_of(precedence)
        )

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
