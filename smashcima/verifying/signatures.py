"""Clefs and key signatures as they are drawn, compared with those of the score."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Clef, KeySignature
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.staff_heights import StaffHeights
from smashcima.verifying.symbols import ALTERS, clef_reference, clef_shape, reference_height
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import accidental_words, place_words, position_words

_ORIGIN_STRAYS = 0.3
"""How far the reference point of a symbol lies from where it does in print, at most, relative to its height."""

_ONE_GROUP_SS = 2.5
"""White space between two accidentals of one key signature, at most, in staff spaces."""

_STRAY_STEPS = 0.4
"""How far a printed clef or accidental may stray from its height before it counts as drawn elsewhere, in steps."""

_STRAY_KEY_BY_HAND = 0.9
"""The same for a sign of a handwritten key signature. Its signs come in an order that readers know."""

_STRAY_CLEF_BY_HAND = {"C": 0.95}
_STRAY_COMMON_CLEF_BY_HAND = 1.9
"""The same for a handwritten clef. Readers expect treble and bass clefs on their usual line, as writers know; C clefs can
stand on each line, two steps apart."""

_ROUGH_STEPS = 0.04
"""Median distance of noteheads from their line or space, in steps, above which a page counts as written by hand."""

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


def reference_heights(drawn: DrawnPage, rows: list[int], heights: StaffHeights) -> list[float]:
    """Staff positions (not rounded) of the reference points of symbols: the line of a clef, the middle of an accidental.

    That is the origin of the glyph. Where it lies outside of the ink, the point is found from the shape of the ink.
    """
    result = []
    for row in rows:
        left, top, right, bottom = drawn.boxes[row].tolist()
        tall = bottom - top
        y = top + reference_height(drawn.names[row]) * tall
        origin = drawn.way(drawn.glyphs[row]["space"])[5]
        if abs(origin - y) < _ORIGIN_STRAYS * tall:
            y = origin
        result.append(heights.step_at((left + right) / 2, y))
    return result


def is_by_hand(heads: list[float], clefs: list[float]) -> bool:
    """Whether noteheads, or clefs on a page without them, are off the heights that printed ones have to a hundredth of a step.

    Of few clefs, most can be where printed ones are.
    """
    strays = [abs(height - round(height)) for height in heads or clefs if height == height]
    return bool(strays) and (median(strays) if heads else max(strays)) > _ROUGH_STEPS


def check_clef(
    drawn: DrawnPage, row: int, heights: StaffHeights, is_rough: bool, findings: Findings
) -> DrawnClef:
    """Reads a clef, and compares it with that of the score; `is_rough` is whether the page is written by hand."""
    name = drawn.names[row]
    semantic = drawn.things[row].semantic
    reference = clef_reference(name)
    raw = reference_heights(drawn, [row], heights)[0]
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
        stray = _STRAY_STEPS
        if is_rough:
            stray = _STRAY_CLEF_BY_HAND.get(clef_shape(name) or "", _STRAY_COMMON_CLEF_BY_HAND)
        if abs(raw - meant) < stray:
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
    drawn: DrawnPage,
    rows: list[int],
    heights: StaffHeights,
    clef: DrawnClef | None,
    is_rough: bool,
    findings: Findings,
) -> DrawnKey:
    """Reads a key signature, and compares it with that of the score; `is_rough` as in `check_clef`."""
    stray = _STRAY_KEY_BY_HAND if is_rough else _STRAY_STEPS
    raw = reference_heights(drawn, rows, heights)
    middle = clef.middle if clef is not None and clef.middle is not None else 34
    semantic = drawn.things[rows[-1]].semantic
    key = semantic if isinstance(semantic, KeySignature) else None
    wanted: dict[int, int | Fraction] = {}
    if key is not None and all(sign.step is not None for sign in key.accidentals):
        wanted = {step.index: alter for step, alter in key.alters.items() if alter}
    read, has_naturals = _read_signs(drawn, rows, raw, middle, wanted, stray)
    words = _key_words(read)
    result = DrawnKey(read, has_naturals, words, semantic)
    if key is None:
        findings.unproven["key signature without an object of the score"] += 1
    elif any(drawn.names[row] not in ALTERS for row in rows):
        findings.unproven["key signature with signs of no common meaning"] += 1
    elif any(sign.step is None for sign in key.accidentals):
        _check_positions(drawn, rows, raw, key, heights, stray, findings)
    elif read != wanted:
        findings.report(
            "key signature", place_words(drawn, rows[0]), "keySig",
            f"drawn with {words}, the score says {_key_words(wanted)}",
        )  # fmt: skip
    else:
        findings.checked["key signatures"] += 1
    return result


def _read_signs(
    drawn: DrawnPage,
    rows: list[int],
    raw: list[float],
    middle: int,
    wanted: dict[int, int | Fraction],
    stray: float,
) -> tuple[dict[int, int | Fraction], bool]:
    """The alterations of the signs of a key by step, and whether there are naturals.

    A sign that strays from its height counts for the step that is next in the key, if it is near.
    """
    alters = [ALTERS.get(drawn.names[row]) for row in rows]
    steps = [(middle + round(height)) % 7 for height in raw]
    signs = [index for index, alter in enumerate(alters) if alter]
    if len(signs) == len(wanted):
        for index, step in zip(signs, wanted, strict=True):
            away = (raw[index] + middle - step + 3.5) % 7 - 3.5
            if abs(away) < stray:
                steps[index] = step
    read: dict[int, int | Fraction] = {}
    for step, alter in zip(steps, alters, strict=True):
        if alter:
            read[step] = alter
        elif alter is not None:
            read.pop(step, None)
    return read, len(signs) < len(rows)


def _check_positions(
    drawn: DrawnPage,
    rows: list[int],
    raw: list[float],
    key: KeySignature,
    heights: StaffHeights,
    stray: float,
    findings: Findings,
) -> None:
    """Compares a free key signature, of which the score gives the positions of the accidentals."""
    meant = [(sign.alter, sign.staff_position) for sign in key.accidentals]
    read = [(ALTERS.get(drawn.names[row]), height) for row, height in zip(rows, raw, strict=True)]
    agree = len(meant) == len(read) and all(
        alter == other and (position is None or abs(height - position) < stray)
        for (alter, position), (other, height) in zip(meant, read, strict=True)
    )
    if agree:
        findings.checked["key signatures"] += 1
    else:
        drawn_as = ", ".join(
            f"{accidental_words(drawn.names[row])} on {position_words(round(h), heights)}"
            for row, h in zip(rows, raw, strict=True)
        )
        said = ", ".join(f"{sign.kind} at {sign.staff_position}" for sign in key.accidentals)
        findings.report(
            "key signature",
            place_words(drawn, rows[0]),
            "keySig",
            f"drawn as {drawn_as}, the score says {said}",
        )


def _key_words(alters: dict[int, int | Fraction]) -> str:
    if not alters:
        return "no accidentals"
    return " ".join("CDEFGAB"[step] + ("#" if alter > 0 else "b") for step, alter in alters.items())
