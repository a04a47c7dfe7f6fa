"""Clefs and key signatures as they are drawn, compared with those of the score."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Clef, KeySignature
from smashcima.scene.visual import SystemStaff
from smashcima.verifying.drawn_page import DrawnPage, FloatArray
from smashcima.verifying.staff_heights import StaffHeights
from smashcima.verifying.symbols import ALTERS, clef_reference, clef_shape, reference_height
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import accidental_words, place_words, position_words

_ONE_GROUP_SS = 2.5
"""White space between two accidentals of one key signature, at most, in staff spaces."""

_STRAY_STEPS = 0.75
"""How far a clef or an accidental may stray from its height before it counts as drawn elsewhere, in steps. A clef names
a line and a sign of the key a degree of the scale, so that readers see the nearest expected one."""

_NAMES = {32: "treble clef", 24: "bass clef", 28: "C clef"}


@dataclass(frozen=True, slots=True)
class DrawnClef:
    """A clef on a staff."""

    middle: int | None
    """Diatonic number of the middle of the staff; `None` if the clef gives no pitches."""
    words: str
    semantic: SceneObject | None


@dataclass(frozen=True, slots=True)
class DrawnKey:
    """A key signature on a staff."""

    alters: dict[int, int | Fraction]
    """Alterations by step, 0 for C, without naturals."""
    has_naturals: bool
    words: str
    semantic: SceneObject | None


def height_of(drawn: DrawnPage, rows: list[int], heights: StaffHeights) -> FloatArray:
    """Staff positions (not rounded) of the reference points of symbols."""
    boxes = drawn.boxes[rows]
    parts = np.array([reference_height(drawn.names[row]) for row in rows])
    y = boxes[:, 1] + parts * (boxes[:, 3] - boxes[:, 1])
    return heights.steps((boxes[:, 0] + boxes[:, 2]) / 2, y)


def check_clef(
    drawn: DrawnPage, row: int, staff: SystemStaff, heights: StaffHeights, findings: Findings
) -> DrawnClef:
    """Reads a clef, and compares it with that of the score."""
    name = drawn.names[row]
    semantic = drawn.things[row].semantic
    reference = clef_reference(name)
    raw = float(height_of(drawn, [row], heights)[0])
    lines = heights.line_count or 5
    expected = semantic.effective if isinstance(semantic, Clef) else None
    if reference is None or raw != raw:
        _check_shape(drawn, row, expected, findings)
        return DrawnClef(None, accidental_words(name), semantic)
    position = round(raw)
    if expected is not None:
        meant = expected.position(lines)
        shape = expected.shape.value if expected.shape is not None else None
        octaves = (reference - {"G": 32, "F": 24, "C": 28, "GG": 25}.get(clef_shape(name) or "G", 32)) // 7
        if abs(raw - meant) < _STRAY_STEPS:
            position = meant
        if position != meant or shape != clef_shape(name) or octaves != expected.octave_shift:
            findings.report(
                "clef", place_words(drawn, row), "clef",
                f"drawn as {name} on {position_words(position, heights)}, the score says {shape} on "
                f"{position_words(meant, heights)}" + (f", {expected.octave_shift:+d} octaves" if expected.octave_shift else ""),
            )  # fmt: skip
        else:
            findings.checked["clefs"] += 1
    elif position % 2 != (lines + 1) % 2:
        position = 2 * round((raw + lines - 1) / 2) - lines + 1
    words = _NAMES.get(reference, name)
    if words == "C clef":
        words += f" on {position_words(position, heights)}"
    return DrawnClef(reference - position, words, semantic)


def _check_shape(drawn: DrawnPage, row: int, expected: Clef | None, findings: Findings) -> None:
    name = drawn.names[row]
    if expected is None or expected.shape is None:
        return
    if clef_shape(name) != expected.shape.value:
        what = f"drawn as {name}, the score says a clef of shape {expected.shape.value}"
        findings.report("clef", place_words(drawn, row), "clef", what)
    else:
        findings.checked["clefs"] += 1


def key_groups(drawn: DrawnPage, rows: list[int], space: float) -> dict[int, list[int]]:
    """The key signatures of a staff in one system, each as its accidentals from left to right, by the first one."""
    groups: dict[int, list[int]] = {}
    first = last = -1
    for row in rows:
        if (
            last < 0
            or drawn.measures[row] is not drawn.measures[last]
            or drawn.boxes[row, 0] - drawn.boxes[last, 2] > _ONE_GROUP_SS * space
        ):
            first = row
            groups[row] = []
        groups[first].append(row)
        last = row
    return groups


def check_key(
    drawn: DrawnPage, rows: list[int], heights: StaffHeights, clef: DrawnClef | None, findings: Findings
) -> DrawnKey:
    """Reads a key signature, and compares it with that of the score."""
    raw = height_of(drawn, rows, heights).tolist()
    middle = clef.middle if clef is not None and clef.middle is not None else 34
    semantic = drawn.things[rows[-1]].semantic
    key = semantic if isinstance(semantic, KeySignature) else None
    wanted: dict[int, int | Fraction] = {}
    if key is not None and all(sign.step is not None for sign in key.accidentals):
        wanted = {step.index: alter for step, alter in key.alters.items() if alter}
    read: dict[int, int | Fraction] = {}
    naturals: set[int] = set()
    for row, height in zip(rows, raw, strict=True):
        alter = ALTERS.get(drawn.names[row])
        step = _degree(height, middle, alter, wanted)
        if alter:
            read[step] = alter
        elif alter is not None:
            naturals.add(step)
            read.pop(step, None)
    words = _key_words(read)
    result = DrawnKey(read, bool(naturals), words, semantic)
    if key is None:
        findings.unproven["key signature without an object of the score"] += 1
    elif any(sign.step is None for sign in key.accidentals):
        _check_positions(drawn, rows, raw, key, heights, findings)
    elif read != wanted:
        findings.report(
            "key signature", place_words(drawn, rows[0]), "keySig",
            f"drawn with {words}, the score says {_key_words(wanted)}",
        )  # fmt: skip
    else:
        findings.checked["key signatures"] += 1
    return result


def _degree(height: float, middle: int, alter: int | Fraction | None, wanted: dict[int, int | Fraction]) -> int:
    """The step of a sign of the key: that at its height, or a neighbour that the sign can stray from."""
    nearest = round(height)
    step = (middle + nearest) % 7
    if alter and wanted.get(step) != alter:
        other = nearest + (1 if height > nearest else -1)
        if abs(height - other) < _STRAY_STEPS and wanted.get((middle + other) % 7) == alter:
            return (middle + other) % 7
    return step


def _check_positions(
    drawn: DrawnPage,
    rows: list[int],
    raw: list[float],
    key: KeySignature,
    heights: StaffHeights,
    findings: Findings,
) -> None:
    """Compares a free key signature, of which the score gives the positions of the accidentals."""
    meant = [(sign.alter, sign.staff_position) for sign in key.accidentals]
    read = [(ALTERS.get(drawn.names[row]), height) for row, height in zip(rows, raw, strict=True)]
    agree = len(meant) == len(read) and all(
        alter == other and (position is None or abs(height - position) < _STRAY_STEPS)
        for (alter, position), (other, height) in zip(meant, read, strict=True)
    )
    if agree:
        findings.checked["key signatures"] += 1
    else:
        drawn_as = ", ".join(f"{accidental_words(drawn.names[row])} on {position_words(round(h), heights)}" for row, h in zip(rows, raw, strict=True))
        said = ", ".join(f"{sign.kind} at {sign.staff_position}" for sign in key.accidentals)
        findings.report(
            "key signature", place_words(drawn, rows[0]), "keySig", f"drawn as {drawn_as}, the score says {said}"
        )


def _key_words(alters: dict[int, int | Fraction]) -> str:
    if not alters:
        return "no accidentals"
    return " ".join("CDEFGAB"[step] + ("#" if alter > 0 else "b") for step, alter in alters.items())
