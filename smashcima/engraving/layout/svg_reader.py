"""Verovio's SVG as primitives: every drawn leaf becomes one, with what it belongs to."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection
from dataclasses import dataclass, replace

from smashcima.engraving.engraving import EngravedSystem
from smashcima.engraving.layout.context import Context
from smashcima.engraving.layout.frame_reader import find_measures, read_frame
from smashcima.engraving.layout.ledger_lines import LedgerLines
from smashcima.engraving.layout.placing import measure_at, staff_between, vertical_range
from smashcima.engraving.layout.roles import (
    CLUSTER_ROLE,
    ROLES,
    UNKNOWN_ROLE,
    VERSE_NUMBER_ROLE,
    VOLTA_STYLE,
    WRAPPERS,
    Role,
)
from smashcima.engraving.layout.shape_reader import ShapeReader
from smashcima.engraving.layout.svg_paths import combine, parse_transform
from smashcima.engraving.layout.verovio_setup import Scale
from smashcima.engraving.primitives import Place, Primitive, PrimitiveKind, Symbol
from smashcima.errors import EngravingError, Issue

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_NOT_DRAWN = frozenset({"defs", "style", "desc", "title", "metadata"})
_FRAME = frozenset({"", "system", "staff", "layer"})
"""Groups around everything, which `Primitive.source_class` leaves out."""

_HALF_NOTEHEAD_SS = 0.6


@dataclass(frozen=True, slots=True)
class PageContent:
    """What one page of the SVG shows."""

    primitives: list[Primitive]
    systems: tuple[EngravedSystem, ...]


class SvgReader:
    """Reads the pages of one document in order; it remembers what later pages refer to."""

    def __init__(self, known_ids: Collection[str], music_font: str, scale: Scale) -> None:
        """`known_ids` are the ids that primitives may be given as their element."""
        self._known = known_ids
        self._scale = scale
        self._shapes = ShapeReader(music_font, scale)
        self._staff_of: dict[str, int] = {}
        self._page = self._systems = self._measures = 0
        self._primitives: list[Primitive] = []
        self._found: list[EngravedSystem] = []
        self._frame: EngravedSystem | None = None
        self._measure_index: int | None = None
        self._places: dict[int | None, Place] = {}
        self._ledgers = LedgerLines()

    @property
    def issues(self) -> list[Issue]:
        """What was not understood so far."""
        return self._shapes.issues

    def read_page(self, svg: str, page: int) -> PageContent:
        """The primitives of page `page` (from 0) in the order of drawing, and its systems."""
        try:
            root = ET.fromstring(svg.replace(_NAMESPACE, "", 1))
        except ET.ParseError as error:
            raise EngravingError(f"Verovio wrote an SVG that is no XML: {error}.") from error
        self._shapes.start_page(root)
        self._page = page
        self._primitives, self._found = [], []
        context = Context(UNKNOWN_ROLE, None, Place(page), "", False, False, None)
        for child in root:
            if child.tag == "svg":  # of class definition-scale: its units are ours
                self._children(child, context)
        return PageContent(self._primitives, tuple(self._found))

    def _children(self, parent: ET.Element, context: Context) -> None:
        for child in parent:
            tag = child.tag
            if tag in ("g", "svg"):
                self._group(child, context)
            elif tag not in _NOT_DRAWN:
                primitive = self._shapes.read(child, context)
                if primitive is not None:
                    self._keep(primitive, context)

    def _keep(self, primitive: Primitive, context: Context) -> None:
        kind = primitive.kind
        if kind is PrimitiveKind.NOTEHEAD and isinstance(primitive, Symbol):
            middle = primitive.origin.x + primitive.scale_x * _HALF_NOTEHEAD_SS
            self._ledgers.add_notehead(middle, primitive.origin.y, primitive.element)
        elif kind is PrimitiveKind.LEDGER_LINE and context.source.startswith("ledgerLines"):
            if "rest" not in context.source.lower():
                self._ledgers.add_line(len(self._primitives), "above" in context.source)
        self._primitives.append(primitive)

    def _group(self, group: ET.Element, parent: Context) -> None:
        attributes = group.attrib
        classes = attributes.get("class", "")
        name, _, more = classes.partition(" ")
        if not len(group) or (more and "placeholder" in more):
            return  # empty, or a mark for editors, which the style sheet hides
        if name == "system":
            self._system(group, parent)
        elif name == "measure":
            self._measure(group, parent)
        else:
            self._children(group, self._inside(attributes, name, classes, more, parent))

    def _inside(
        self, attributes: dict[str, str], name: str, classes: str, more: str, parent: Context
    ) -> Context:
        element, place = parent.element, parent.place
        own_id = attributes.get("id")
        if more and "id-" in more:  # the rest of something that began in an earlier system
            own_id = next((word[3:] for word in more.split() if word.startswith("id-")), own_id)
        if own_id is not None and own_id in self._known:
            element = own_id
        if self._frame is not None:
            place = self._place_of(attributes, name, own_id, place)
        role = _role(name, parent)
        matrix = parent.matrix
        if "transform" in attributes and name != "page-margin":
            own = parse_transform(attributes["transform"])
            matrix = own if matrix is None else combine(matrix, own)
        if name == "syl" and "data-con" in attributes and element is not None:
            self._shapes.note_syllable(element, attributes["data-con"])
        return Context(
            role,
            element,
            place,
            classes if parent.source in _FRAME else f"{classes} < {parent.source}",
            parent.bold if role.bold is None else role.bold,
            parent.italic if role.italic is None else role.italic,
            matrix,
        )

    # ------------------------------------------------------------------ places

    def _place_of(self, attributes: dict[str, str], name: str, own_id: str | None, outer: Place) -> Place:
        staff = outer.staff
        if name in ("staff", "oStaff"):
            staff = _first_number(attributes.get("data-n", ""))
        elif "data-staff" in attributes:
            staff = _first_number(attributes["data-staff"])
        elif staff is None and own_id is not None:
            reference = attributes.get("data-startid") or attributes.get("data-plist", "").partition(" ")[0]
            staff = self._staff_of.get(reference[1:] if reference else own_id)
        if own_id is not None and staff is not None:
            self._staff_of[own_id] = staff
        return outer if staff == outer.staff else self._place(staff)

    def _place(self, staff: int | None) -> Place:
        place = self._places.get(staff)
        if place is None:
            system = None if self._frame is None else self._frame.index
            place = self._places[staff] = Place(self._page, system, self._measure_index, staff)
        return place

    # ------------------------------------------------------------------ systems and measures

    def _system(self, group: ET.Element, parent: Context) -> None:
        measures = list(find_measures(group))
        first_measure = self._measures
        frame = read_frame(measures, self._scale, self._page, self._systems, first_measure)
        self._frame, self._measure_index, self._places = frame, None, {}
        first = len(self._primitives)
        system = Context(
            ROLES["system"], parent.element, self._place(None), "system", False, False, parent.matrix
        )
        self._children(group, system)
        self._place_in_measures(first, frame)
        self._found.append(frame)
        self._systems += 1
        self._measures = first_measure + len(measures)
        self._frame = None

    def _measure(self, group: ET.Element, parent: Context) -> None:
        own_id = group.get("id")
        outer = self._places
        self._measure_index = self._measures
        self._places = {}
        first = len(self._primitives)
        element = own_id if own_id in self._known else parent.element
        self._children(
            group, Context(UNKNOWN_ROLE, element, self._place(None), "", False, False, parent.matrix)
        )
        self._ledgers.resolve(self._primitives)
        self._place_barlines(first)
        self._measures += 1
        self._measure_index, self._places = None, outer

    def _place_barlines(self, first: int) -> None:
        """Give the strokes and dots of barlines that stand on one staff that staff."""
        frame = self._frame
        if frame is None:
            return
        primitives = self._primitives
        for index in range(len(primitives) - 1, first - 1, -1):
            primitive = primitives[index]
            if not primitive.source_class.startswith("barLine"):
                break  # barlines come last in a measure
            if primitive.place.staff is None:
                staff = staff_between(frame, *vertical_range(primitive))
                if staff is not None:
                    primitives[index] = replace(primitive, place=self._place(staff))

    def _place_in_measures(self, first: int, frame: EngravedSystem) -> None:
        """Find the measure of what is drawn for the whole system: continuations, brackets of endings."""
        primitives = self._primitives
        for index in range(first, len(primitives)):
            primitive = primitives[index]
            if primitive.place.measure is None and (
                "spanning" in primitive.source_class or primitive.kind is PrimitiveKind.VOLTA
            ):
                measure = measure_at(frame, primitive)
                primitives[index] = replace(primitive, place=replace(primitive.place, measure=measure))


def _role(name: str, parent: Context) -> Role:
    if name == "notehead" and parent.source.startswith("chord"):
        return CLUSTER_ROLE
    if name == "label" and parent.source.startswith("note"):
        return VERSE_NUMBER_ROLE
    if name == "ending":
        return VOLTA_STYLE
    role = ROLES.get(name)
    if role is not None:
        return role
    return parent.role if name in WRAPPERS or not name else UNKNOWN_ROLE


def _first_number(text: str) -> int | None:
    number = text.partition(" ")[0]
    return int(number) if number.isdecimal() else None
