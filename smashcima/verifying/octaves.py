"""Octave lines: the notes under a drawn line sound as many octaves away as it says, and no others do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from smashcima.scene.semantic import OctaveShift
from smashcima.scene.visual import Notehead, OctaveMark, SystemStaff
from smashcima.verifying.drawn_page import DrawnPage, FloatArray
from smashcima.verifying.score_survey import ScoreSurvey
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import place_words

_OctaveLine = tuple[float, float, int]
"""Left end, right end and octaves of a line."""

_OCTAVES = {"8": 1, "15": 2, "22": 3}
_NAMES = (("ottava", 1), ("quindicesima", 2), ("ventiduesima", 3))

_BESIDE_SS = 1.0
"""How far a notehead may begin before, or end after, the line over it, in staff spaces."""


def check_octaves(drawn: DrawnPage, survey: ScoreSurvey, findings: Findings) -> None:
    """Compares the octaves between written and sounding pitches with the drawn lines."""
    lines = _lines(drawn)
    boxes = drawn.boxes
    proven = 0
    for row in drawn.of(Notehead):
        note = drawn.things[row].__dict__["note"]
        if note is None:
            continue
        values = note.__dict__
        written, sounding = values["pitch"], values["sounding_pitch"]
        staff = drawn.staves[row]
        over = lines.get(staff, ())
        if written is None or sounding is None:
            continue
        if written is sounding and not over:
            proven += 1
            continue
        moved = sounding.diatonic - written.diatonic
        transposed = survey.transposed.get(str(staff.number) if staff is not None else "", {0})
        octaves = {(moved - steps) // 7 for steps in transposed if (moved - steps) % 7 == 0}
        read, is_inside = _octaves_at(boxes[row], over, staff.staff_space if staff is not None else 2.0)
        # At the ends of a line it depends on the voice whether a note is under it.
        if read in octaves or (not is_inside and 0 in octaves):
            proven += 1
        else:
            findings.report(
                "sounding pitch", place_words(drawn, row), "note",
                f"{written} is drawn {_line_words(read)}, the score says that it sounds as {sounding}",
            )  # fmt: skip
    findings.checked["sounding pitches"] += proven


def _octaves_at(head: FloatArray, lines: Sequence[_OctaveLine], space: float) -> tuple[int, bool]:
    """The octaves of all lines over a notehead, and whether it is well inside of them."""
    x = float(head[0] + head[2]) / 2
    slack = _BESIDE_SS * space
    read, is_inside = 0, True
    for left, right, shift in lines:
        if left - slack <= x <= right + slack:
            read += shift
            is_inside = is_inside and left + slack <= x <= right - slack
    return read, is_inside


def _lines(drawn: DrawnPage) -> dict[SystemStaff | None, list[_OctaveLine]]:
    """Left end, right end and octaves of the drawn lines of each staff."""
    groups: dict[tuple[SystemStaff | None, object], list[int]] = defaultdict(list)
    for row in drawn.of(OctaveMark):
        thing = drawn.things[row]
        groups[thing.staff, thing.semantic if thing.semantic is not None else row].append(row)
    result: dict[SystemStaff | None, list[_OctaveLine]] = defaultdict(list)
    for (staff, semantic), rows in groups.items():
        boxes = drawn.boxes[rows]
        size = max((_size_of(drawn, row) for row in rows), default=0)
        if not size and isinstance(semantic, OctaveShift):
            size = abs(semantic.octaves)  # a continuation without a number
        is_above = staff is None or not staff.line_ys or float(boxes[:, 1].min()) < staff.line_ys[0]
        result[staff].append(
            (float(boxes[:, 0].min()), float(boxes[:, 2].max()), size if is_above else -size)
        )
    return result


def _size_of(drawn: DrawnPage, row: int) -> int:
    """The number of octaves that a sign names; 0 for a line."""
    name = drawn.names[row]
    for begin, octaves in _NAMES:
        if name.startswith(begin):
            return octaves
    text = getattr(drawn.things[row].primitive, "content", "")
    found = re.search(r"\d+", text) if isinstance(text, str) else None
    return _OCTAVES.get(found[0], 0) if found else 0


def _line_words(octaves: int) -> str:
    if not octaves:
        return "under no octave line"
    return f"under a line of {abs(octaves)} octave{'s' if abs(octaves) > 1 else ''} {'up' if octaves > 0 else 'down'}"
