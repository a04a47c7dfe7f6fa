"""Frame of a system, read before its content: staves with their lines, measures with their left and right sides."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from smashcima.engravers.verovio.svg_classes import WRAPPERS
from smashcima.engravers.verovio.verovio_setup import Scale
from smashcima.engraving.engraving import EngravedMeasure, EngravedStaff, EngravedSystem


@dataclass(slots=True)
class _Extent:
    lines: list[int] = field(default_factory=list)
    left: int | None = None
    right: int | None = None

    def include(self, left: int, right: int) -> None:
        self.left = left if self.left is None else min(self.left, left)
        self.right = right if self.right is None else max(self.right, right)


def find_measures(parent: ET.Element) -> Iterator[ET.Element]:
    """The measure groups of a system, including those inside endings and editorial groups."""
    for child in parent:
        if child.tag != "g":
            continue
        name = child.get("class", "").partition(" ")[0]
        if name == "measure":
            yield child
        elif name == "ending" or name in WRAPPERS:
            yield from find_measures(child)


def staff_groups(measure: ET.Element, staff_of: Mapping[str, int]) -> Iterator[tuple[int, ET.Element]]:
    """The staves of a measure from top to bottom, with their numbers, found by id or else by position."""
    position = 0
    for child in measure:
        name = child.get("class", "").partition(" ")[0]
        if name == "staff":
            position += 1
            yield staff_of.get(child.get("id", ""), position), child
        elif name in WRAPPERS and child.tag == "g":
            for inner in child.iter("g"):
                if inner.get("class", "").partition(" ")[0] == "staff":
                    position += 1
                    yield staff_of.get(inner.get("id", ""), position), inner


def horizontal_line(path: ET.Element) -> tuple[int, int, int] | None:
    """(left, right, y) of a path that is a single horizontal stroke, in SVG units; `None` for other paths."""
    parts = path.get("d", "").split()
    if len(parts) != 4 or parts[0][:1] != "M" or parts[2][:1] != "L" or parts[1] != parts[3]:
        return None
    return int(parts[0][1:]), int(parts[2][1:]), int(parts[1])


def read_frame(
    measures: list[ET.Element],
    staff_of: Mapping[str, int],
    scale: Scale,
    page: int,
    system: int,
    first_measure: int,
) -> EngravedSystem:
    """The staves and measures of a system; `first_measure` is the index of its first measure in the score.

    `staff_of` maps ids of staff groups to staff numbers.
    """
    staves: dict[int, _Extent] = {}
    sides: list[_Extent] = []
    for measure in measures:
        side = _Extent()
        for number, group in staff_groups(measure, staff_of):
            staff = staves.setdefault(number, _Extent())
            first = staff.left is None
            for child in group:
                if child.tag != "path":
                    break  # the staff lines come first
                line = horizontal_line(child)
                if line is not None:
                    side.include(line[0], line[1])
                    staff.include(line[0], line[1])
                    if first:
                        staff.lines.append(line[2])
        if side.left is None:
            _include_barlines(measure, side)
        sides.append(side)
    return EngravedSystem(
        index=system,
        page=page,
        staves=_staves(staves, sides, scale),
        measures=_measures(measures, sides, scale, system, first_measure),
    )


def _include_barlines(measure: ET.Element, side: _Extent) -> None:
    for group in measure.iter("g"):
        if group.get("class", "").partition(" ")[0] == "barLine":
            for path in group.iter("path"):
                parts = path.get("d", "").split()
                if len(parts) == 4:
                    side.include(int(parts[0][1:]), int(parts[0][1:]))


def _staves(staves: dict[int, _Extent], sides: list[_Extent], scale: Scale) -> tuple[EngravedStaff, ...]:
    left = min((s.left for s in sides if s.left is not None), default=0)
    right = max((s.right for s in sides if s.right is not None), default=0)
    unit = scale.mm_per_unit
    result = []
    for number, extent in staves.items():
        lines = sorted(extent.lines)
        space = (lines[-1] - lines[0]) * unit / (len(lines) - 1) if len(lines) > 1 else scale.staff_space
        result.append(
            EngravedStaff(
                number=number,
                line_ys=tuple(scale.top + y * unit for y in lines),
                left=scale.left + (left if extent.left is None else extent.left) * unit,
                right=scale.left + (right if extent.right is None else extent.right) * unit,
                staff_space=space,
            )
        )
    return tuple(result)


def _measures(
    groups: list[ET.Element], sides: list[_Extent], scale: Scale, system: int, first_measure: int
) -> tuple[EngravedMeasure, ...]:
    result = []
    last = 0
    for k, (group, side) in enumerate(zip(groups, sides, strict=True)):
        # A measure without staff lines extends from the end of the previous measure to its barline.
        left = last if side.left is None or side.left == side.right else side.left
        right = max(left, left if side.right is None else side.right)
        last = right
        result.append(
            EngravedMeasure(
                element=group.get("id", ""),
                index=first_measure + k,
                system=system,
                left=scale.left + left * scale.mm_per_unit,
                right=scale.left + right * scale.mm_per_unit,
            )
        )
    return tuple(result)
