"""Octave lines: the notes under a drawn line sound as many octaves away as it says, and no others do."""

from __future__ import annotations

import re
from collections import defaultdict

from smashcima.scene.semantic import Note, OctaveShift
from smashcima.scene.visual import Notehead, OctaveMark, SystemStaff
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.score_survey import ScoreSurvey
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import place_words

_OCTAVES = {"8": 1, "15": 2, "22": 3}
_NAMES = (("ottava", 1), ("quindicesima", 2), ("ventiduesima", 3))

_BESIDE_SS = 1.0
"""How far a notehead may begin before, or end after, the line over it, in staff spaces."""


def check_octaves(drawn: DrawnPage, survey: ScoreSurvey, findings: Findings) -> None:
    """Compares the octaves between written and sounding pitches with the drawn lines."""
    lines = _lines(drawn)
    boxes = drawn.boxes
    for row in drawn.of(Notehead):
        note = drawn.things[row].__dict__["note"]
        if not isinstance(note, Note) or note.pitch is None or note.sounding_pitch is None:
            continue
        moved = note.sounding_pitch.diatonic - note.pitch.diatonic
        transposed = survey.transposed.get(note.staff.n if note.staff is not None else "", {0})
        octaves = {(moved - steps) // 7 for steps in transposed if (moved - steps) % 7 == 0}
        staff = drawn.staves[row]
        x = float(boxes[row, 0] + boxes[row, 2]) / 2
        slack = _BESIDE_SS * (staff.staff_space if staff is not None else 2.0)
        read, sure = 0, True
        for left, right, shift in lines.get(staff, ()):
            if left - slack <= x <= right + slack:
                read += shift
                # At its ends it depends on the voice whether a note is under the line.
                sure = sure and left + slack <= x <= right - slack
        if read in octaves or (not sure and 0 in octaves):
            findings.checked["sounding pitches"] += 1
        else:
            findings.report(
                "sounding pitch", place_words(drawn, row), "note",
                f"{note.pitch} is drawn {_line_words(read)}, the score says that it sounds as {note.sounding_pitch}",
            )  # fmt: skip


def _lines(drawn: DrawnPage) -> dict[SystemStaff | None, list[tuple[float, float, int]]]:
    """Left end, right end and octaves of the drawn lines of each staff."""
    groups: dict[tuple[SystemStaff | None, object], list[int]] = defaultdict(list)
    for row in drawn.of(OctaveMark):
        thing = drawn.things[row]
        groups[thing.staff, thing.semantic if thing.semantic is not None else row].append(row)
    result: dict[SystemStaff | None, list[tuple[float, float, int]]] = defaultdict(list)
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
