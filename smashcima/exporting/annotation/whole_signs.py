"""Complete symbols, joined from the pieces in which the engraver draws some of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from smashcima.engraving import Line
from smashcima.geometry import Rectangle
from smashcima.scene.visual import BarlineMark, BraceMark, BracketMark, System, SystemStaff, VisualObject

_JOINED_SS = 0.6
"""Maximum vertical gap, in staff spaces, between pieces of one stroke."""

_USUAL_STAFF_SPACE = 1.75


class WholeSign(NamedTuple):
    """Symbol with all its pieces, from top to bottom."""

    pieces: tuple[VisualObject, ...]

    boxes: tuple[Rectangle, ...] = ()
    """The bounding boxes of the pieces, if they are known."""

    @property
    def first(self) -> VisualObject:
        """The first piece, which represents the symbol."""
        return self.pieces[0]

    @property
    def box(self) -> Rectangle:
        """Bounding box of all pieces, in mm on the page."""
        boxes = self.boxes or [piece.bbox() for piece in self.pieces]
        if len(boxes) == 1:
            return boxes[0]
        return Rectangle.from_sides(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    @property
    def staff_space(self) -> float:
        """Staff space of its staff, or of the first staff of its system, in mm."""
        return staff_space(self.first)

    def crossed_among(self, staves: Iterable[SystemStaff]) -> tuple[SystemStaff, ...]:
        """Staves of its system whose middle is within the vertical extent of the symbol; otherwise its own
        staff.
        """
        box = self.box
        crossed = tuple(
            staff
            for staff in staves
            if staff.line_ys and box.top <= (staff.line_ys[0] + staff.line_ys[-1]) / 2 <= box.bottom
        )
        return crossed or (() if self.first.staff is None else (self.first.staff,))


def whole_signs(drawn: Iterable[VisualObject]) -> list[WholeSign]:
    """Returns all symbols in the order of their first pieces.

    Barlines are drawn staff by staff, with pieces between the staves; brackets are drawn in parts.
    """
    things = list(drawn)
    columns: dict[Hashable, list[VisualObject]] = {}
    for thing in things:
        if isinstance(thing, BarlineMark) and isinstance(thing.primitive, Line):
            line = thing.primitive
            # The engraved position, not that of the handwritten ink.
            key: Hashable = (thing.system, thing.measure, round(line.width, 3), line.dashes)
            columns.setdefault(key, []).append(thing)
        elif isinstance(thing, (BraceMark, BracketMark)):
            columns.setdefault((thing.system, type(thing)), []).append(thing)
    wholes = {thing: WholeSign((thing,)) for thing in things}
    spaces = _StaffSpaces()
    for column in columns.values():
        for pieces, boxes in _chains(column, spaces):
            wholes[pieces[0]] = WholeSign(tuple(pieces), tuple(boxes))
            for piece in pieces[1:]:
                del wholes[piece]
    return list(wholes.values())


def tallest_piece(whole: WholeSign) -> VisualObject:
    """The piece of a symbol with the greatest height."""
    return max(whole.pieces, key=lambda piece: piece.bbox().height)


def staff_space(thing: VisualObject) -> float:
    """Staff space of its staff, or of the first staff of its system, in mm."""
    staves = [thing.staff] if thing.staff is not None else (thing.system.staves if thing.system else [])
    return staves[0].staff_space if staves else _USUAL_STAFF_SPACE


class _StaffSpaces:
    """Staff spaces of objects; finding the staves of a system takes long, and many barlines ask for them."""

    def __init__(self) -> None:
        self._of_system: dict[System | None, float] = {}

    def of(self, thing: VisualObject) -> float:
        """See `staff_space`."""
        if thing.staff is not None:
            return staff_space(thing)
        found = self._of_system.get(thing.system)
        if found is None:
            found = self._of_system[thing.system] = staff_space(thing)
        return found


def _chains(
    things: list[VisualObject], spaces: _StaffSpaces
) -> list[tuple[list[VisualObject], list[Rectangle]]]:
    """Groups objects into vertical chains in which each (nearly) touches the next one; with their boxes."""
    spans = sorted(
        ((thing.bbox(), index) for index, thing in enumerate(things)), key=lambda found: found[0].top
    )
    chains: list[tuple[list[VisualObject], list[Rectangle]]] = []
    reached: list[Rectangle] = []
    for box, index in spans:
        gap = _JOINED_SS * spaces.of(things[index])
        # Strokes side by side, such as those of a double barline, are separate.
        near = [
            (abs(box.center.x - above.center.x), number)
            for number, above in enumerate(reached)
            if -min(above.height, box.height) / 2 <= box.top - above.bottom <= gap
            and box.left - above.right <= gap
            and above.left - box.right <= gap
        ]
        if near:
            number = min(near)[1]
            chains[number][0].append(things[index])
            chains[number][1].append(box)
            reached[number] = box
        else:
            chains.append(([things[index]], [box]))
            reached.append(box)
    return chains
