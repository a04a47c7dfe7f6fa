"""The composer that puts measures of scores together."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from smashcima.composing.composer import Composer
from smashcima.composing.conditions import Conditions
from smashcima.composing.corpus.model import CorpusWork
from smashcima.composing.draws import Draws
from smashcima.composing.ensembles import instrument_of_part
from smashcima.composing.mixing.joining import is_alike, joined, run_of
from smashcima.composing.mixing.transposing import interval_of, transpose
from smashcima.composing.theory import Key, Metre
from smashcima.errors import Issue, SettingsError
from smashcima.scene.semantic import Note, Score, TimeSignature

_MEASURES = 24
"""Number of measures if none is wanted."""


@dataclass(frozen=True)
class MixingComposer(Composer):
    """Joins runs of measures of given scores, transposed to one key, each run on a new system.

    The music is that of the scores, with all its notation, so its licence is theirs. Of the conditions it takes key, metre
    (scores that begin in another one are left out) and measures; marks that the borders of a run cut are left out.
    """

    works: tuple[CorpusWork, ...] = field(repr=False)

    run: tuple[int, int] = (2, 8)
    """Least and greatest number of measures of a run."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "works", tuple(self.works))
        if not any(work.score.measures for work in self.works):
            raise SettingsError("A mixing composer requires at least one score with measures.")
        least, most = self.run
        if not 1 <= least <= most:
            raise SettingsError(
                f"run must be the least and the greatest number of measures, not {self.run!r}."
            )

    def create(self, conditions: Conditions, draws: Draws) -> tuple[Score, tuple[Issue, ...]]:
        wanted = conditions.measures if isinstance(conditions.measures, int) else _MEASURES
        key = Key.parse(conditions.key) if isinstance(conditions.key, str) else None
        fitting = [work for work in self.works if _fits(work.score, conditions, key)]
        usable = fitting or [work for work in self.works if work.score.measures]
        runs: list[Score] = []
        issues: list[Issue] = []
        first = draws.pick(usable)
        alike = [work for work in usable if work is first or is_alike(first.score, work.score)]
        left = wanted
        while left > 0:
            work = draws.pick(alike) if runs else first
            measures = len(work.score.measures)
            count = min(draws.integer(*self.run), measures, left)
            start = draws.integer(0, measures - count)
            run = run_of(copy.deepcopy(work.score), range(start, start + count))
            issues += _into_key(run, key if key is not None else _key_of(runs[0] if runs else run))
            runs.append(run)
            left -= count
        score = joined(runs)
        for number, measure in enumerate(score.measures, start=1):
            measure.n = str(number)
        score.title = ""
        score.composer = ""
        return score, tuple(dict.fromkeys(issues))


def _fits(score: Score, conditions: Conditions, key: Key | None) -> bool:
    """Whether a score begins in the wanted metre and mode."""
    if not score.measures:
        return False
    time = score.measures[0].staves[0].time_signature
    if isinstance(conditions.metre, str):
        metre = Metre.parse(conditions.metre)
        if not isinstance(time, TimeSignature) or time.numbers != (str(metre.count), metre.unit):
            return False
    found = _key_of(score)
    return key is None or found is None or found.is_minor == key.is_minor


def _key_of(score: Score) -> Key | None:
    """The key of the signature at the start of a score; `None` without an ordinary one."""
    if not score.measures:
        return None
    signature = score.measures[0].staves[0].key_signature
    if signature is None or signature.fifths is None:
        return None
    return Key.of_fifths(signature.fifths, signature.mode == "minor")


def _into_key(run: Score, key: Key | None) -> list[Issue]:
    """Transposes a run, in the direction in which the fewest notes leave the ranges of their instruments.

    Names them if there are any; a run that cannot be transposed stays as it is, with an issue.
    """
    found = _key_of(run)
    if found is None or key is None or found.fifths == key.fifths:
        return []
    fifths = key.fifths - found.fifths
    semitones = interval_of(fifths)[1]
    octaves = min((0, -1 if semitones > 0 else 1), key=lambda each: _outside(run, semitones + 12 * each))
    left = _outside(run, semitones + 12 * octaves) - _outside(run, 0)
    try:
        issues = transpose(run, fifths, octaves)
    except SettingsError as error:
        return [Issue("score", "key", str(error))]
    if left > 0:
        issues.append(Issue("score", "range", "transposed notes are out of the ranges of their instruments"))
    return issues


def _outside(run: Score, semitones: int) -> int:
    """The number of notes that would be out of the ranges of their instruments; parts with other names have no range."""
    known = {staff: instrument_of_part(part.name) for part in run.parts for staff in part.staves}
    ranges = {staff: instrument.midi_range for staff, instrument in known.items() if instrument is not None}
    return sum(
        not ranges[holder.staff][0] <= note.sounding_pitch.midi + semitones <= ranges[holder.staff][1]
        for measure in run.measures
        for holder in measure.staves
        if holder.staff in ranges
        for note in holder.descendants(Note)
        if note.sounding_pitch is not None
    )
