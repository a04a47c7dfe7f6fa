"""Scores from drafts."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.composing.drafting.beaming import beam_groups
from smashcima.composing.drafting.draft import DURATIONS, Draft, DraftEvent, DraftMeasure
from smashcima.composing.drafting.marks import add_marks
from smashcima.composing.drafting.staves import Staves
from smashcima.composing.theory import Tone, pitch_of
from smashcima.composing.theory.tones import moved
from smashcima.scene.semantic import (
    Articulation,
    Beam,
    Chord,
    Ending,
    Event,
    GraceGroup,
    GraceKind,
    KeySignature,
    Measure,
    MeasureRest,
    Note,
    Pitch,
    Rest,
    Score,
    ScoreBuilder,
    SemanticObject,
    Space,
    Tuplet,
)
from smashcima.scene.semantic.shorthand import clef

_GRACE = {1: DURATIONS[480]}
_GRACE_RUN = DURATIONS[240]


def write_draft(draft: Draft) -> Score:
    """Makes the score of a draft. The draft must not be used further."""
    mode = "minor" if draft.key.is_minor else "major"
    signature = KeySignature(draft.key.fifths, mode)
    builder = ScoreBuilder(draft.title, draft.composer, key=signature, time=draft.metre.text)
    staves = Staves(draft, builder)
    number = 0
    for measure in draft.measures:
        number += not measure.is_pickup
        if measure.new_metre:
            builder.change(time=measure.metre.text)
        made = builder.add_measure(0 if measure.is_pickup else number, measure.right, measure.left)
        if measure.is_pickup or measure.ticks < measure.metre.ticks:
            made.mei["metcon"] = "false"
        _write_voices(measure, made, builder, staves)
        if measure.ending:
            _wrap(made, measure.ending)
    add_marks(draft, builder)
    return builder.build()


def _wrap(measure: Measure, ending: str) -> None:
    """Puts a measure into its ending: that of the measure before it if it is the same."""
    parent = measure.parent
    assert parent is not None
    index = parent.children.index(measure)
    before = parent.children[index - 1] if index else None
    measure.detach()
    if isinstance(before, Ending) and before.n == ending:
        before.children.append(measure)
    else:
        parent.children.insert(index, Ending(ending, children=[measure]))


def _write_voices(measure: DraftMeasure, made: Measure, builder: ScoreBuilder, staves: Staves) -> None:
    start = measure.metre.ticks - measure.ticks if measure.is_pickup else 0
    for index in range(len(staves.made)):
        for voice in measure.voices.get(index, ()):
            if all(event.is_rest and not event.is_space for event in voice) and not measure.is_pickup:
                rest = MeasureRest()
                for event in voice:
                    event.made = rest
                builder.add_voice(made, index + 1, rest)
            else:
                builder.add_voice(made, index + 1, *_Writer(staves, index).elements(voice, measure, start))


class _Writer:
    """Makes the events of one voice in one measure."""

    def __init__(self, staves: Staves, index: int) -> None:
        self._staves = staves
        self._index = index
        self._transposition = staves.transpositions[index]

    def elements(
        self, voice: Sequence[DraftEvent], measure: DraftMeasure, start: int
    ) -> list[SemanticObject]:
        """The events of a voice, in beams and tuplets."""
        before: dict[int, list[SemanticObject]] = {}
        made = [self._event(event, before.setdefault(index, [])) for index, event in enumerate(voice)]
        ends = {run[0]: run[-1] for run in beam_groups(voice, measure.metre, start)}
        found: list[SemanticObject] = []
        index = 0
        while index < len(voice):
            stop = index + 1
            if voice[index].tuplet is not None:
                while stop < len(voice) and voice[stop].group == voice[index].group:
                    stop += 1
                inside = self._beamed(index, stop, made, before, ends)
                count, base = voice[index].tuplet or (3, 2)
                found.append(Tuplet(count, base, children=list(inside)))
            else:
                stop = ends.get(index, index) + 1
                found += self._beamed(index, stop, made, before, ends)
            index = stop
        return found

    @staticmethod
    def _beamed(
        index: int,
        stop: int,
        made: Sequence[Event],
        before: dict[int, list[SemanticObject]],
        ends: dict[int, int],
    ) -> list[SemanticObject]:
        found: list[SemanticObject] = []
        while index < stop:
            last = ends.get(index, index)
            # Clefs and grace notes before the first note of a beam stand outside of it.
            found += before[index]
            inside: list[SemanticObject] = [made[index]]
            for each in range(index + 1, last + 1):
                inside += (*before[each], made[each])
            if last > index:
                found.append(Beam(children=list(inside)))
            else:
                found += inside
            index = last + 1
        return found

    def _event(self, event: DraftEvent, before: list[SemanticObject]) -> Event:
        """The event of the score; `before` receives what stands before it."""
        duration = DURATIONS[event.ticks]
        tones = event.tones
        made: Event
        if event.clef:
            before.append(clef(event.clef))
        if event.is_space:
            made = Space(duration=duration)
        elif not tones:
            made = Rest(duration=duration)
        elif len(tones) == 1:
            made = Note(self._pitch(tones[0]), duration=duration)
        else:
            notes = [Note(self._pitch(tone)) for tone in tones]
            made = Chord(children=list(notes), duration=duration)
        if event.graces:
            before.append(self._graces(event.graces))
        if event.articulation:
            made.children.append(Articulation((event.articulation,)))
        if event.staff_shift:
            made.cross_staff = self._staves.made[self._index + event.staff_shift]
        event.made = made
        return made

    def _graces(self, tones: Sequence[Tone]) -> SemanticObject:
        duration = _GRACE.get(len(tones), _GRACE_RUN)
        notes = [Note(self._pitch(tone), duration=duration, grace=GraceKind.UNACCENTED) for tone in tones]
        if len(notes) == 1:
            notes[0].mei["stem.mod"] = "1slash"
            return notes[0]
        return GraceGroup(children=[Beam(children=list(notes))])

    def _pitch(self, tone: Tone) -> Pitch:
        steps, semitones = self._transposition
        return pitch_of(tone if not semitones else moved(tone, -steps, -semitones))
