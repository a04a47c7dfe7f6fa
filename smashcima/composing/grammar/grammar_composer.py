"""The composer that follows rules of metre, harmony and voice-leading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smashcima.composing.composer import Composer
from smashcima.composing.conditions import Conditions
from smashcima.composing.drafting import (
    Draft,
    DraftEvent,
    DraftMeasure,
    DraftStaff,
    split_ticks,
    write_draft,
)
from smashcima.composing.draws import Draws
from smashcima.composing.ensembles import Ensemble
from smashcima.composing.grammar.expression import express
from smashcima.composing.grammar.figures import BASS_RANGES
from smashcima.composing.grammar.parts import Parts
from smashcima.composing.grammar.phrases import plan_phrases
from smashcima.composing.grammar.plan import Plan, make_plan
from smashcima.composing.grammar.scoring import assign_roles, bass_range, melody_range
from smashcima.composing.grammar.sketch import Sketcher
from smashcima.composing.grammar.sounds import Sound
from smashcima.composing.theory import Metre, tone_of
from smashcima.errors import Issue
from smashcima.scene.semantic import Pitch, Score

_FAMILIES = ("woodwind", "brass", "string", "voice")
"""Families that have a bracket."""


@dataclass(frozen=True)
class GrammarComposer(Composer):
    """Composes by rules, without data.

    A form of phrases in pairs; chords by their functions with a cadence for each phrase; outer voices without parallel
    fifths and octaves; a melody with one climax in each phrase; figures of accompaniment or independent voices; slurs by
    phrase, dynamics, ornaments and lyrics. Milliseconds for a piece.
    """

    def create(self, conditions: Conditions, draws: Draws) -> tuple[Score, tuple[Issue, ...]]:
        return write_draft(self.draft(conditions, draws)), ()

    def draft(self, conditions: Conditions, draws: Draws) -> Draft:
        """Composes a draft, for composers that build on this one."""
        plan = make_plan(conditions, draws)
        phrases = plan_phrases(plan, draws)
        roles = assign_roles(plan)
        low, high = BASS_RANGES[plan.texture]
        keyboard = tone_of(Pitch.parse(low)), tone_of(Pitch.parse(high))
        melody = melody_range(plan, roles)
        sketch = Sketcher(plan, phrases, bass_range(roles, keyboard, melody), melody, draws).run()
        voices = Parts(plan, sketch, roles, draws).voices()
        draft = empty_draft(plan)
        place_voices(draft, voices, plan.measures)
        express(draft, plan, phrases, roles, draws)
        return draft


def empty_draft(plan: Plan) -> Draft:
    """A draft without measures for the ensemble of a plan."""
    parts = []
    for instrument, label in zip(plan.ensemble.instruments, plan.ensemble.labels, strict=True):
        staves = [DraftStaff(clef, instrument.transposition) for clef in instrument.clefs]
        parts.append((label, instrument.abbreviation, staves))
    return Draft(
        plan.key, plan.metre, parts, _groups(plan.ensemble), title=plan.title, composer=plan.composer
    )


def _groups(ensemble: Ensemble) -> list[tuple[str, int]]:
    """Brackets around neighbours of one family."""
    found: list[tuple[str, int]] = []
    families = [each.family for each in ensemble.instruments]
    index = 0
    while index < len(families):
        count = 1
        while index + count < len(families) and families[index + count] == families[index]:
            count += 1
        found.append(("bracket" if families[index] in _FAMILIES and count > 1 else "none", count))
        index += count
    return found


def place_voices(draft: Draft, voices: Mapping[int, Sequence[Sequence[Sound]]], measures: int) -> None:
    """Adds the measures of a draft and the voices in them; starts before 0 are in a pickup measure."""
    metre = draft.metre
    pickup = -min((voice[0][0] for each in voices.values() for voice in each if voice), default=0)
    if pickup > 0:
        draft.measures.append(DraftMeasure(metre, pickup, is_pickup=True))
        # A measure rest would be as long as the metre for some readers.
        voices = {staff: _with_rest(voices.get(staff, ()), pickup) for staff in range(len(draft.staves))}
    first = len(draft.measures)
    draft.measures += [DraftMeasure(metre, metre.ticks) for _ in range(measures)]
    for staff, each in voices.items():
        for number, voice in enumerate(each):
            _place_voice(draft, staff, number, voice, first, pickup)


def _with_rest(voices: Sequence[Sequence[Sound]], pickup: int) -> Sequence[Sequence[Sound]]:
    """The voices of a staff with a rest in the pickup measure, unless they have notes there."""
    if any(voice and voice[0][0] < 0 for voice in voices):
        return voices
    first, *others = voices or [[]]
    return [[(-pickup, pickup, ()), *first], *others]


def _place_voice(
    draft: Draft, staff: int, number: int, voice: Sequence[Sound], first: int, pickup: int
) -> None:
    metre = draft.metre
    by_measure: dict[int, list[Sound]] = {}
    for sound in voice:
        by_measure.setdefault(sound[0] // metre.ticks if sound[0] >= 0 else -1, []).append(sound)
    for index, sounds in sorted(by_measure.items()):
        origin = index * metre.ticks if index >= 0 else -pickup
        place = draft.measures[index + first if index >= 0 else 0]
        events: list[DraftEvent] = []
        at = 0
        offset = 0 if index >= 0 else metre.ticks - pickup
        for start, ticks, tones in sounds:
            if start - origin > at:
                events += _events(at + offset, start - origin - at, (), metre)
            events += _events(start - origin + offset, ticks, tones, metre)
            at = start - origin + ticks
        if at < place.ticks:
            events += _events(at + offset, place.ticks - at, (), metre)
        held = place.voices.setdefault(staff, [])
        while len(held) < number:
            held.append([DraftEvent(ticks, is_space=True) for ticks in split_ticks(0, place.ticks, metre)])
        held.append(events)


def _events(start: int, ticks: int, tones: tuple[tuple[int, int], ...], metre: Metre) -> list[DraftEvent]:
    """Tied notes, or rests, of written lengths."""
    pieces = split_ticks(start, ticks, metre)
    last = len(pieces) - 1
    return [DraftEvent(piece, tones, ties=bool(tones) and index < last) for index, piece in enumerate(pieces)]
