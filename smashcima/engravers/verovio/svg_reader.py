"""Conversion of Verovio's SVG to primitives, one for each visible leaf, with references to the score."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection
from dataclasses import replace

from smashcima.engravers.verovio.brace_halves import join_braces
from smashcima.engravers.verovio.hairpin_arms import is_arm, joined_arms
from smashcima.engravers.verovio.ledger_lines import LedgerLines
from smashcima.engravers.verovio.mei_index import MeiIndex
from smashcima.engravers.verovio.shape_reader import ShapeReader
from smashcima.engravers.verovio.square_noteheads import is_piece, joined
from smashcima.engravers.verovio.svg_classes import (
    CLUSTER_ROLE,
    ROLES,
    UNKNOWN_ROLE,
    VERSE_NUMBER_ROLE,
    VOLTA_STYLE,
    WRAPPERS,
    Role,
)
from smashcima.engravers.verovio.svg_context import Context
from smashcima.engravers.verovio.svg_paths import combine, parse_transform
from smashcima.engravers.verovio.system_reader import find_measures, read_frame, staff_groups
from smashcima.engravers.verovio.verovio_setup import Scale
from smashcima.engraving import Box, Line, Place, Primitive, PrimitiveKind, Symbol
from smashcima.engraving.engraving import EngravedSystem
from smashcima.engraving.page_content import PageContent
from smashcima.errors import EngravingError, Issue

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_NOT_DRAWN = frozenset({"defs", "style", "desc", "title", "metadata"})
_FRAME = frozenset({"", "system", "staff", "layer"})
"""Structural groups that `Context.source` omits."""

_SIGNATURES = frozenset({"clef", "keySig", "meterSig", "meterSigGrp"})

_LEDGERS_ABOVE = frozenset({"ledgerLines above", "ledgerLines above cue"})
_NOTE_LEDGERS = _LEDGERS_ABOVE | {"ledgerLines below", "ledgerLines below cue"}
"""Classes of groups of ledger lines of notes; those of rests are in the group of the rest, which identifies them."""

_HALF_NOTEHEAD_SS = 0.6


class _GroupClass:
    """Parsed `class` attribute of a group; created once for each distinct value."""

    __slots__ = ("continued", "hidden", "name", "role", "text")

    def __init__(self, text: str) -> None:
        words = text.split() or [""]
        self.text = text
        self.name = words[0]
        self.hidden = "placeholder" in words[1:]
        """Whether the group is an editor placeholder, hidden by the style sheet."""
        self.continued = next((word[3:] for word in words[1:] if word.startswith("id-")), None)
        """Id of the element that started in an earlier system and continues in this group."""
        self.role: Role | None = VOLTA_STYLE if self.name == "ending" else ROLES.get(self.name)
        """Role of the group; `None` inherits from the enclosing group."""
        if self.role is None and self.name and self.name not in WRAPPERS:
            self.role = UNKNOWN_ROLE


class SvgReader:
    """Reads the pages of one document in order, keeping state that later pages need."""

    def __init__(self, index: MeiIndex, known_ids: Collection[str], music_font: str, scale: Scale) -> None:
        """`known_ids` are the ids that primitives may reference as their element."""
        self._index = index
        self._known = known_ids
        self._scale = scale
        self._shapes = ShapeReader(music_font, scale, known_ids, index.connector_of)
        self._classes: dict[str, _GroupClass] = {}
        portion = index.portion
        self._staff_of: dict[str, int] = (
            {} if portion is None or portion.start is None else index.staves_before(portion.start)
        )
        self._page = 0
        self._systems, self._measures = (0, 0) if portion is None else (portion.system, portion.measure)
        self._primitives: list[Primitive] = []
        self.sources: list[str] = []
        """Classes of the groups enclosing each primitive of the last page, innermost first: `flag < stem < note`."""
        self._found: list[EngravedSystem] = []
        self._frame: EngravedSystem | None = None
        self._measure_index: int | None = None
        self._measure_id = ""
        self._is_after_layer = False
        self._places: dict[int | None, Place] = {}
        self._ledgers = LedgerLines()
        self._font = music_font
        self._has_pieces = False
        """Whether the pieces of a square notehead were read."""

    @property
    def issues(self) -> list[Issue]:
        """Issues for unsupported content so far."""
        return self._shapes.issues

    def read_page(self, svg: str, page: int) -> PageContent:
        """The primitives of page `page` (counted from 0) in drawing order, and its systems."""
        try:
            root = ET.fromstring(svg.replace(_NAMESPACE, "", 1))
        except ET.ParseError as error:
            raise EngravingError(f"Verovio wrote an SVG that is not well-formed XML: {error}.") from error
        self._shapes.start_page(root)
        self._page = page
        self._primitives, self.sources, self._found = [], [], []
        context = Context(UNKNOWN_ROLE, None, Place(page), "", False, False, None)
        for child in root:
            if child.tag == "svg":  # of class definition-scale, in whose units coordinates are read
                self._children(child, context)
        return PageContent(self._primitives, tuple(self._found))

    def _children(self, parent: ET.Element, context: Context) -> None:
        for child in parent:
            tag = child.tag
            if tag == "g" or tag == "svg":  # noqa: PLR1714 - compared for each of thousands of elements
                if len(child):
                    self._group(child, context)
            elif tag not in _NOT_DRAWN:
                primitive = self._shapes.read(child, context)
                if primitive is not None:
                    kind = primitive.kind
                    if is_piece(primitive):
                        self._has_pieces = True
                    elif kind is PrimitiveKind.NOTEHEAD or kind is PrimitiveKind.LEDGER_LINE:
                        self._note_ledgers(primitive, context.source)
                    self._primitives.append(primitive)
                    self.sources.append(context.source)

    def _join_notehead(self, first: int) -> None:
        """Replaces the pieces of the notehead of a note, whose primitives begin at an index, by one notehead."""
        own = range(first, len(self._primitives))
        chosen = [i for i in own if is_piece(self._primitives[i]) or _is_boxed_stem(self._primitives[i])]
        made = joined([self._primitives[i] for i in chosen], self._font, self._index.is_mensural)
        source = self.sources[chosen[0]]
        for i in reversed(chosen):
            del self._primitives[i], self.sources[i]
        for primitive in made:
            if primitive.kind is PrimitiveKind.NOTEHEAD:
                self._note_ledgers(primitive, source)
        self._primitives[first:first] = made
        self.sources[first:first] = [source] * len(made)
        self._has_pieces = False

    def _join_arms(self, first: int) -> None:
        """Replaces the arms of a hairpin, whose primitives begin at an index, by one line."""
        own = [i for i in range(first, len(self._primitives)) if is_arm(self._primitives[i])]
        made = joined_arms([self._primitives[i] for i in own])
        if made is not None:
            self._primitives[own[0]] = made
            del self._primitives[own[1]], self.sources[own[1]]

    def _note_ledgers(self, primitive: Primitive, source: str) -> None:
        if isinstance(primitive, Symbol):
            middle = primitive.origin.x + primitive.scale_x * _HALF_NOTEHEAD_SS
            self._ledgers.add_notehead(middle, primitive.origin.y, primitive.element)
        elif source in _NOTE_LEDGERS:
            self._ledgers.add_line(len(self._primitives), source in _LEDGERS_ABOVE)

    def _group(self, group: ET.Element, parent: Context) -> None:
        attributes = group.attrib
        text = attributes.get("class", "")
        group_class = self._classes.get(text)
        if group_class is None:
            group_class = self._classes[text] = _GroupClass(text)
        name = group_class.name
        if group_class.hidden or attributes.get("visibility") == "hidden":
            return
        if name == "system":
            self._system(group, parent)
        elif name == "measure":
            self._measure(group, parent)
        else:
            first = len(self._primitives)
            self._children(group, self._inside(attributes, group_class, parent))
            if name == "note" and self._has_pieces:
                self._join_notehead(first)
            elif name == "hairpin":
                self._join_arms(first)

    def _inside(self, attributes: dict[str, str], group_class: _GroupClass, parent: Context) -> Context:
        element, place, source = parent.element, parent.place, parent.source
        own_id = group_class.continued or attributes.get("id")
        if own_id is not None:
            if own_id in self._known:
                element = own_id
            elif source == "staff" and group_class.name in _SIGNATURES:
                element = self._signature(group_class.name, place) or element
            if self._frame is not None:
                place = self._place_of(own_id, place)
        name = group_class.name
        if name == "staff":
            self._is_after_layer = False
        elif name == "layer":
            self._is_after_layer = True
        if name == "notehead" and source.startswith("chord"):
            role = CLUSTER_ROLE
        elif name == "label" and source.startswith("note"):
            role = VERSE_NUMBER_ROLE
        else:
            role = group_class.role or parent.role
        matrix = parent.matrix
        if "transform" in attributes and name != "page-margin":
            own = parse_transform(attributes["transform"])
            matrix = own if matrix is None else combine(matrix, own)
        return Context(
            role,
            element,
            place,
            group_class.text if source in _FRAME else f"{group_class.text} < {source}",
            parent.bold if role.bold is None else role.bold,
            parent.italic if role.italic is None else role.italic,
            matrix,
        )

    def _signature(self, name: str, place: Place) -> str | None:
        """Id of the clef or signature repeated at a side of a system; the group's own id is generated by the engraver."""
        measure = self._measure_id
        if self._is_after_layer:  # courtesy signature at the end of a system
            measure = self._index.next_measure.get(measure, measure)
        found = self._index.signature(measure, place.staff, name)
        return found if found in self._known else None

    # ------------------------------------------------------------------ places

    def _place_of(self, own_id: str, outer: Place) -> Place:
        staff = self._index.staff_of.get(own_id, outer.staff)
        if staff is None:
            staff = self._staff_of.get(self._index.start_of.get(own_id, own_id))
        if staff is None:
            return outer
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
        if not measures:  # a break at the start of a score leaves a system with only marks
            self._children(group, parent)
            return
        first_measure = self._measures
        frame = read_frame(
            measures, self._index.staff_of, self._scale, self._page, self._systems, first_measure
        )
        self._frame, self._measure_index, self._places = frame, None, {}
        for measure in measures:
            for number, staff in staff_groups(measure, self._index.staff_of):
                self._staff_of[staff.get("id", "")] = number
        first = len(self._primitives)
        system = Context(
            ROLES["system"], parent.element, self._place(None), "system", False, False, parent.matrix
        )
        self._children(group, system)
        join_braces(self._primitives, self.sources, first)
        self._place_in_measures(first, frame)
        self._found.append(frame)
        self._systems += 1
        self._measures = first_measure + len(measures)
        self._frame = None

    def _measure(self, group: ET.Element, parent: Context) -> None:
        own_id = group.get("id")
        outer = self._places
        self._measure_index = self._measures
        self._measure_id = own_id or ""
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
        """Sets the staff of barline strokes and dots that lie on a single staff."""
        frame = self._frame
        if frame is None:
            return
        primitives = self._primitives
        for index in range(len(primitives) - 1, first - 1, -1):
            primitive = primitives[index]
            if not self.sources[index].startswith("barLine"):
                break  # barlines come last in a measure
            if primitive.place.staff is None:
                if isinstance(
                    primitive, Line
                ):  # the ends of a stroke lie on the staff lines, regardless of its width
                    staff = frame.staff_between(*sorted((primitive.start.y, primitive.end.y)))
                    if staff is not None:
                        primitives[index] = primitive.placed(self._place(staff), primitive.element)
                else:
                    _, top, _, bottom = primitive.sides()
                    staff = frame.staff_between(top, bottom)
                    if staff is not None:
                        primitives[index] = replace(primitive, place=self._place(staff))

    def _place_in_measures(self, first: int, frame: EngravedSystem) -> None:
        """Sets the measure of primitives drawn for the whole system: continuations, ending brackets."""
        primitives = self._primitives
        for index in range(first, len(primitives)):
            primitive = primitives[index]
            if primitive.place.measure is None and (
                "spanning" in self.sources[index] or primitive.kind is PrimitiveKind.VOLTA
            ):
                measure = frame.measure_at(primitive.sides()[0])
                primitives[index] = replace(primitive, place=replace(primitive.place, measure=measure))


def _is_boxed_stem(primitive: Primitive) -> bool:
    return primitive.kind is PrimitiveKind.STEM and isinstance(primitive, Box)
