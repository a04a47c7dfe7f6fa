"""Clefs and key signatures in the course of the piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smashcima.loading.mro.assembly import TimedCell, TimedColumn
from smashcima.loading.mro.findings import Findings, Located
from smashcima.notations.mro import MroClef, MroClefShape, MroKeySignature
from smashcima.scene.semantic import Clef, ClefShape, KeySignature

_SHAPES = {
    MroClefShape.TREBLE: (ClefShape.G, 0),
    MroClefShape.TREBLE_UP_8: (ClefShape.G, 1),
    MroClefShape.TREBLE_DOWN_8: (ClefShape.G, -1),
    MroClefShape.BASS: (ClefShape.F, 0),
    MroClefShape.ALTO: (ClefShape.C, 0),
}

_MAX_FIFTHS = 7


@dataclass(eq=False, slots=True)
class StaffSignatures:
    """Clefs and key of one staff in one column."""

    clef: Clef | None
    """The clef in force at its start."""

    new_clef: Clef | None = None
    """`clef`, if a new system or the piece starts with it."""

    changes: list[tuple[float, Clef]] = field(default_factory=list)
    """Clefs that stand in the column, with their places."""

    new_key: KeySignature | None = None
    """Key signature that starts here."""

    def clef_at(self, x: float) -> Clef | None:
        """The clef in force at a place."""
        found = self.clef
        for place, clef in self.changes:
            if place < x:
                found = clef
        return found


class SignaturesInForce:
    """The clef and key in force on each staff, from column to column."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._clefs: dict[int, Clef] = {}
        self._keys: dict[int, KeySignature] = {}
        self._announced: dict[int, list[Located[MroKeySignature]]] = {}
        self._has_started: set[int] = set()

    def enter(self, column: TimedColumn, starts_measure: bool) -> dict[int, StaffSignatures]:
        """Moves to a column; returns what starts and changes there on each of its staves.

        If a measure starts, staves with the same new key share the object that sets it for all.
        """
        found = {}
        for staff, cell in column.cells.items():
            found[staff] = self._clefs_of(staff, cell, column.column.starts_system)
        self._enter_keys(column, found, starts_measure)
        return found

    def leave(self) -> None:
        """Reports signs after the last measure."""
        for signs in self._announced.values():
            for sign in signs:
                self._findings.tell(sign.indices, "keysig", "after the last measure: not read")

    # -- clefs ---------------------------------------------------------------------------------------------

    def _clefs_of(self, staff: int, cell: TimedCell, starts_system: bool) -> StaffSignatures:
        music = [item for item in cell.items if not item.is_grace] or cell.items
        found = StaffSignatures(self._clefs.get(staff))
        starts = starts_system or staff not in self._has_started
        for sign in sorted(cell.cell.clefs, key=lambda sign: sign.value.centre_units.column):
            x = cell.cell.left_units + sign.value.centre_units.column
            made = self._clef(sign)
            is_at_start = (
                starts and not found.changes and found.new_clef is None and (not music or x < music[0].x)
            )
            current = self._clefs.get(staff)
            if is_at_start and current is not None and _are_equal(made, current):
                self._findings.keep("clef", sign.indices, current)
                starts = False
                continue
            self._findings.keep("clef", sign.indices, made)
            self._clefs[staff] = made
            if is_at_start:
                found.clef = found.new_clef = made
                starts = False
            else:
                found.changes.append((x, made))
        if staff not in self._clefs and staff not in self._has_started:
            self._findings.tell(cell.cell.stave.indices, "clef", "none at the start: read as treble")
        self._has_started.add(staff)
        return found

    def _clef(self, sign: Located[MroClef]) -> Clef:
        shape, octaves = _SHAPES[sign.value.shape]
        up = -sign.value.position_down
        if up % 2 or not -4 <= up <= 4:
            line = min(max(3 + up // 2, 1), 5)
            what = f"position {sign.value.position_down} is not that of a line: read as line {line}"
            self._findings.tell(sign.indices, "clef", what)
        else:
            line = 3 + up // 2
        return Clef(shape, line, octaves)

    # -- keys ----------------------------------------------------------------------------------------------

    def _enter_keys(
        self, column: TimedColumn, found: Mapping[int, StaffSignatures], starts_measure: bool
    ) -> None:
        signs = {staff: self._key_signs(staff, cell) for staff, cell in column.cells.items()}
        changes = {staff: each[-1].value.fifths for staff, each in signs.items() if each}
        changes = {staff: fifths for staff, fifths in changes.items() if self._fifths(staff) != fifths}
        is_shared = starts_measure and len(changes) == len(column.cells) and len(set(changes.values())) == 1
        shared = KeySignature(next(iter(changes.values()))) if is_shared else None
        for staff, fifths in changes.items():
            self._keys[staff] = found[staff].new_key = shared or KeySignature(fifths)
        for staff, each in signs.items():
            for sign in each:
                self._findings.keep("keysig", sign.indices, self._keys[staff])

    def _fifths(self, staff: int) -> int | None:
        key = self._keys.get(staff)
        return None if key is None else key.fifths

    def _key_signs(self, staff: int, cell: TimedCell) -> list[Located[MroKeySignature]]:
        """The signs of the key that starts in a cell. A sign after its music announces that of the next one."""
        now = self._announced.pop(staff, [])
        later: list[Located[MroKeySignature]] = []
        for sign in sorted(cell.cell.keys, key=lambda sign: sign.value.centre_units.column):
            x = cell.cell.left_units + sign.value.centre_units.column
            fifths = sign.value.fifths
            if abs(fifths) > _MAX_FIFTHS:
                what = f"key {fifths} is not between -7 and 7: not read"
                self._findings.tell(sign.indices, "keysig", what)
            else:
                (later if cell.items and x > cell.items[-1].x else now).append(sign)
        if later:
            self._announced[staff] = later
        for sign in now[:-1]:
            if sign.value.fifths != now[-1].value.fifths:
                what = f"key {sign.value.fifths}, but key {now[-1].value.fifths} follows: read as the latter"
                self._findings.tell(sign.indices, "keysig", what)
        return now


def _are_equal(one: Clef, other: Clef) -> bool:
    return (one.shape, one.line, one.octave_shift) == (other.shape, other.line, other.octave_shift)
