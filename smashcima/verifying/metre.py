"""Time signatures as they are drawn, and whether the durations of each voice fill the measures."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from smashcima.errors import Issue
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import (
    BarlineForm,
    Event,
    Measure,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
    WholeMeasureEvent,
)
from smashcima.scene.visual import SystemMeasure, SystemStaff, TimeSignatureMark
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.score_survey import ScoreSurvey
from smashcima.verifying.symbols import digit
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import place_words

_SAME = 1e-9

_ONE_ROW = 0.4
"""Symbols whose middles are closer than this share of the tallest one stand in one row."""

_LAST_PART = 0.6
"""Where the part of a measure begins in which a time signature is that of the next system."""


class MetreReader:
    """Reads the time signatures of all pages, and adds up the durations of the voices."""

    def __init__(self, survey: ScoreSurvey, issues: tuple[Issue, ...], findings: Findings) -> None:
        """`issues` are those of the scene: long voices that they name are not reported again."""
        self._survey = survey
        self._findings = findings
        self._named = {issue.where for issue in issues if issue.element == "layer"}
        self._lengths: dict[tuple[SceneObject | None, int], tuple[float, ...]] = {}
        """Possible lengths of a measure that a drawn signature gives, by measure and staff."""
        self._shown: dict[SceneObject, int | None] = {}
        """The page of each measure."""

    def read_page(self, drawn: DrawnPage) -> None:
        """Reads the time signatures of a page, and compares them with those of the score."""
        for system in drawn.page.systems:
            for shown in system.measures:
                if shown.semantic is not None:
                    self._shown[shown.semantic] = drawn.page.index
        groups: dict[tuple[SystemStaff | None, SceneObject | None, SceneObject | None], list[int]] = (
            defaultdict(list)
        )
        for row in drawn.of(TimeSignatureMark):
            measure = drawn.measures[row]
            semantic = drawn.things[row].semantic
            if measure is not None and _is_courtesy(drawn, row, measure):
                semantic = None
            place = None if measure is None else measure.semantic
            groups[drawn.staves[row], place, semantic].append(row)
        lengths: dict[tuple[SceneObject | None, int], list[float]] = defaultdict(list)
        for (staff, place, semantic), rows in groups.items():
            if semantic is None:
                self._findings.unproven[
                    "time signature that warns of the next system, or is not of the score"
                ] += 1
                continue
            length = self._read(drawn, rows, semantic)
            if staff is not None and length is not None:
                lengths[place, staff.number] += length
        self._lengths.update((key, tuple(found)) for key, found in lengths.items())

    def _read(self, drawn: DrawnPage, rows: list[int], semantic: SceneObject | None) -> list[float] | None:
        """The possible lengths that a signature gives; `None` if it is unknown."""
        read = _columns(drawn, rows)
        if isinstance(semantic, TimeSignatureGroup):
            wanted = [_written(signature) for signature in semantic.signatures]
            meant = [signature.quarter_length for signature in semantic.signatures]
        elif isinstance(semantic, TimeSignature):
            wanted, meant = [_written(semantic)], [semantic.quarter_length]
        else:
            return None
        if read == _joined(wanted):
            self._findings.checked["time signatures"] += 1
        elif semantic.mei.get("form") == "num" or not all(upper or lower for upper, lower in wanted):
            self._findings.unproven["time signature of an unusual form"] += 1
        else:
            self._findings.report(
                "time signature", place_words(drawn, rows[0]), "meterSig",
                f"drawn as {_words(read)}, the score says {_words(_joined(wanted))}",
            )  # fmt: skip
        known = [float(length) for length in meant if length is not None]
        return [*known, sum(known)] if len(known) > 1 else known

    # -- measures ------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Adds up the voices of all shown measures."""
        voices: dict[Measure, list[tuple[str, float]]] = defaultdict(list)
        for measure, staff, voice in self._survey.voices:
            if measure in self._shown:
                length = self._length_of(voice.events, measure)
                if length:
                    voices[measure].append((staff, length))
        in_force: dict[int, tuple[float, ...]] = {}
        measures = [measure for measure in self._survey.measures if measure in self._shown]
        longest = [
            max((length for _, length in voices.get(measure, ())), default=0.0) for measure in measures
        ]
        for index, measure in enumerate(measures):
            self._advance(measure, in_force)
            before = longest[index - 1] if index else 0.0
            after = longest[index + 1] if index + 1 < len(measures) else 0.0
            self._compare(measure, voices.get(measure, []), longest[index], in_force, (before, after))

    def _advance(self, measure: Measure, in_force: dict[int, tuple[float, ...]]) -> None:
        for holder in measure.staves:
            number = int(holder.n) if holder.n.isdigit() else 0
            new = self._lengths.get((measure, number))
            if new is not None:
                in_force[number] = new

    def _length_of(self, events: list[Event], measure: Measure) -> float:
        """The sum of the durations of a voice, in quarter lengths; 0 if it fills its measure by definition.

        The events follow each other without gaps: their onsets are checked.
        """
        total = Fraction(0)
        for event in events:
            if isinstance(event, WholeMeasureEvent):
                return 0.0
            if event.onset_in_measure != total:
                self._findings.page = self._shown[measure]
                self._findings.report(
                    "measure length", f"measure {measure.n}", event.tag,
                    f"drawn after {float(total):g} quarters, the score says that it begins after "
                    f"{float(event.onset_in_measure):g}",
                )  # fmt: skip
                return 0.0
            total += event.quarter_length
        return float(total)

    def _compare(
        self,
        measure: Measure,
        found: list[tuple[str, float]],
        longest: float,
        in_force: dict[int, tuple[float, ...]],
        around: tuple[float, float],
    ) -> None:
        findings = self._findings
        findings.page = self._shown[measure]
        for staff, length in found:
            possible = in_force.get(int(staff) if staff.isdigit() else 0)
            if not possible:
                findings.unproven["measure without a time signature"] += 1
            elif any(abs(length - wanted) < _SAME for wanted in possible):
                findings.checked["voices that fill their measure"] += 1
            elif measure.mei.get("metcon") == "false":
                findings.unproven["measure that the score calls irregular"] += 1
            elif length < longest - _SAME:
                findings.unproven["voice that ends before its measure"] += 1
            elif length < max(possible) and _is_part(measure, length, around, possible):
                findings.unproven["pickup, last measure, or part of a divided one"] += 1
            elif f"measure {measure.n}" in self._named:
                findings.unproven["voice that an issue of the scene names as too long"] += 1
            else:
                findings.report(
                    "measure length", f"measure {measure.n}, staff {staff}", "layer",
                    f"drawn with notes and rests of {length:g} quarters, under a time signature of "
                    f"{' or '.join(f'{wanted:g}' for wanted in possible)}",
                )  # fmt: skip


def _is_part(
    measure: Measure, length: float, around: tuple[float, float], possible: tuple[float, ...]
) -> bool:
    """Whether a short measure is the first or the last, is without a number, ends or begins at a barline that can divide
    one, or is a measure together with one of those around it, of which `around` is the lengths.
    """
    plain = (None, BarlineForm.SINGLE)
    return (
        not all(around)
        or measure.n is None
        or measure.right not in plain
        or measure.left not in plain
        or any(abs(other + length - wanted) < _SAME for other in around for wanted in possible)
    )


def _is_courtesy(drawn: DrawnPage, row: int, measure: SystemMeasure) -> bool:
    """Whether a signature stands at the end of a system; it is drawn again at the start of the next one."""
    if measure.region.contours.is_empty or measure is not measure.system.measures[-1]:
        return False
    box = measure.region.bbox_in(drawn.page.space)
    return float(drawn.boxes[row, 0]) > box.left + _LAST_PART * box.width


def _columns(drawn: DrawnPage, rows: list[int]) -> tuple[str, str]:
    """The characters of a signature: those above, and those below the middle of the staff; symbols are above."""
    tops = drawn.boxes[rows]
    middle = (tops[:, 1].min() + tops[:, 3].max()) / 2
    centres = (tops[:, 1] + tops[:, 3]) / 2
    upper: list[str] = []
    lower: list[str] = []
    tallest = float((tops[:, 3] - tops[:, 1]).max())
    is_alone = float(centres.max() - centres.min()) < _ONE_ROW * tallest
    for row in sorted(rows, key=lambda row: float(drawn.boxes[row, 0])):
        character = digit(drawn.names[row])
        if character is None:
            continue
        y = float(drawn.boxes[row, 1] + drawn.boxes[row, 3]) / 2
        (upper if is_alone or y < middle else lower).append(character)
    return "".join(upper), "".join(lower)


def _written(signature: TimeSignature) -> tuple[str, str]:
    """What a time signature of the score looks like."""
    if signature.symbol is TimeSymbol.COMMON:
        return "C", ""
    if signature.symbol is TimeSymbol.CUT:
        return "¢", ""
    return (signature.count or "").replace(" ", ""), "" if signature.unit is None else str(signature.unit)


def _joined(signatures: list[tuple[str, str]]) -> tuple[str, str]:
    return "".join(upper for upper, _ in signatures), "".join(lower for _, lower in signatures)


def _words(signature: tuple[str, str]) -> str:
    upper, lower = signature
    return f"{upper or '?'}/{lower}" if lower else upper or "?"
