"""The sketch of a piece: chords, bass and melody, phrase by phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from smashcima.composing.draws import Draws
from smashcima.composing.grammar.melody import LineNote, LineWriter, Target
from smashcima.composing.grammar.phrases import Phrase
from smashcima.composing.grammar.plan import Plan
from smashcima.composing.grammar.progressions import Progressions, Slot
from smashcima.composing.grammar.rhythm import Rhythm, Rhythms
from smashcima.composing.grammar.skeleton import Range, bass_line, melody_tones
from smashcima.composing.theory import Tone, midi_of

_ONE_CHORD = ("waltz", "polonaise", "drone")
"""Textures with one chord in each measure."""


@dataclass(slots=True)
class Sketch:
    """Chords, and the outer voices."""

    phrases: list[Phrase]
    slots: list[Slot] = field(default_factory=list)
    bass: list[Tone] = field(default_factory=list)
    """The bass note of each chord."""
    tones: list[Tone] = field(default_factory=list)
    """The tone of the melody at the start of each chord."""
    melody: list[LineNote] = field(default_factory=list)
    """The melody from the first measure on; the pickup is separate."""
    pickup: list[LineNote] = field(default_factory=list)
    """Notes before the first measure, whose starts are negative."""

    def start(self, index: int, measure_ticks: int) -> int:
        """Ticks from the first measure to a chord."""
        slot = self.slots[index]
        return slot.measure * measure_ticks + slot.start


class Sketcher:
    """Makes the sketch of a piece."""

    def __init__(self, plan: Plan, phrases: list[Phrase], bass: Range, melody: Range, draws: Draws) -> None:
        self._plan = plan
        self._draws = draws
        self._bass_range, self._melody_range = bass, melody
        metre, style = plan.metre, plan.style
        per_beat = plan.texture == "chorale"
        rhythm = 0.0 if plan.texture in _ONE_CHORD else style.harmonic_rhythm
        density = plan.density * (0.45 if per_beat else 1.0)
        self._progressions = Progressions(draws, metre, style.chromatic, rhythm, per_beat)
        self._rhythms = Rhythms(draws, metre, density, 0.0 if per_beat else style.syncopation)
        beats = frozenset(metre.starts)
        self._lines = LineWriter(draws, melody, beats, metre.ticks)
        self._themes: dict[int, list[Rhythm]] = {}
        self.sketch = Sketch(phrases)
        self._known: dict[tuple[int, str, int], tuple[int, int, int, int]] = {}
        """The first phrase of a theme with a cadence and length: its first chord and note, and those after it."""

    def run(self) -> Sketch:
        """Makes the sketch."""
        for index, phrase in enumerate(self.sketch.phrases):
            self._phrase(phrase, index == len(self.sketch.phrases) - 1)
        if self._plan.has_pickup:
            self.sketch.pickup = self._pickup()
        return self.sketch

    def _phrase(self, phrase: Phrase, is_last: bool) -> None:
        sketch = self.sketch
        first_slot, first_note = len(sketch.slots), len(sketch.melody)
        key = (phrase.theme, phrase.cadence, phrase.measures)
        if phrase.has_endings:
            first = replace(phrase, measures=phrase.measures - 1, cadence="half")
            second = replace(phrase, start=phrase.end - 1, measures=1, cadence="authentic")
            self._compose(first, [], False)
            self._compose(second, [], is_last)
            return
        if phrase.copies and key in self._known:
            self._copy(phrase, *self._known[key])
            return
        opening = self._opening(phrase)
        new_from = len(sketch.slots)
        self._compose(phrase, sketch.slots[first_slot:new_from] if opening else [], is_last)
        self._known.setdefault(key, (first_slot, len(sketch.slots), first_note, len(sketch.melody)))

    def _copy(self, phrase: Phrase, first: int, stop: int, first_note: int, stop_note: int) -> None:
        """Repeats chords and notes of an earlier phrase."""
        sketch = self.sketch
        shift = phrase.start - sketch.slots[first].measure
        ticks = shift * self._plan.metre.ticks
        for index in range(first, stop):
            slot = sketch.slots[index]
            sketch.slots.append(
                Slot(slot.measure + shift, slot.start, slot.ticks, slot.chord, slot.is_cadence)
            )
            sketch.bass.append(sketch.bass[index])
            sketch.tones.append(sketch.tones[index])
        for note in sketch.melody[first_note:stop_note]:
            sketch.melody.append(LineNote(note.start + ticks, note.ticks, note.tone))

    def _opening(self, phrase: Phrase) -> bool:
        """Copies the first half of an earlier phrase with the same theme and key; tells whether there is one."""
        sketch = self.sketch
        for (theme, _, measures), (first, stop, first_note, stop_note) in self._known.items():
            half = min(phrase.measures, measures) // 2
            if theme != phrase.theme or half < 1 or sketch.slots[first].chord.key != phrase.key:
                continue
            begin = sketch.slots[first].measure
            end = begin + half
            last = next(index for index in range(first, stop) if sketch.slots[index].measure >= end)
            border = end * self._plan.metre.ticks
            last_note = next(
                (index for index in range(first_note, stop_note) if sketch.melody[index].start >= border),
                stop_note,
            )
            self._copy(phrase, first, last, first_note, last_note)
            return True
        return False

    def _compose(self, phrase: Phrase, opening: list[Slot], is_last: bool) -> None:
        sketch, draws, plan = self.sketch, self._draws, self._plan
        slots = self._progressions.of_phrase(phrase, opening)
        before = (sketch.slots[-1], sketch.bass[-1], self._last_tone()) if sketch.slots else None
        bass = bass_line(slots, self._bass_range, draws, sketch.bass[-1] if sketch.bass else None)
        tones = melody_tones(slots, bass, self._melody_range, phrase, draws, plan.style.leap, before)
        ticks = plan.metre.ticks
        targets = [
            Target(slot.measure * ticks + slot.start, tone, slot.chord, low)
            for slot, tone, low in zip(slots, tones, bass, strict=True)
        ]
        sketch.slots += slots
        sketch.bass += bass
        sketch.tones += tones
        if plan.texture == "chorale":
            rhythm = self._rhythm_of_chords(slots)
        else:
            starts = [target.start for target in targets]
            rhythm = divided(self._rhythm(phrase, slots[0].measure, is_last), starts)
        sketch.melody += self._lines.write(rhythm, targets)

    def _last_tone(self) -> Tone:
        """The last tone of the melody so far."""
        notes = reversed(self.sketch.melody)
        return next((note.tone for note in notes if note.tone is not None), self.sketch.tones[-1])

    def _rhythm_of_chords(self, slots: list[Slot]) -> list[tuple[int, int]]:
        """A note for each chord, some divided into two, so that all voices of a chorale sing together."""
        found: list[tuple[int, int]] = []
        ticks = self._plan.metre.ticks
        for slot in slots:
            start = slot.measure * ticks + slot.start
            divides = not slot.is_cadence and slot.ticks % 960 == 0 and slot.ticks <= 1920
            if divides and self._draws.chance(0.1 + 0.5 * self._plan.density):
                found += [(start, slot.ticks // 2), (start + slot.ticks // 2, slot.ticks // 2)]
            else:
                found.append((start, slot.ticks))
        return found

    def _rhythm(self, phrase: Phrase, first: int, is_last: bool) -> list[tuple[int, int]]:
        """Starts and lengths of the notes from a measure of the phrase on."""
        theme = self._themes.setdefault(phrase.theme, [])
        found: list[tuple[int, int]] = []
        for measure in range(first, phrase.end):
            index = measure - phrase.start
            at = measure * self._plan.metre.ticks
            if measure < phrase.end - 1:
                rhythm = self._motif(theme, index)
            elif phrase.measures > 1:
                rhythm = self._rhythms.ending(is_last)
            else:  # a whole cadence in one measure
                rhythm = (self._plan.metre.ticks,)
            for ticks in rhythm:
                found.append((at, ticks))
                at += abs(ticks)
        return found

    def _motif(self, theme: list[Rhythm], index: int) -> Rhythm:
        """The rhythm of a measure of a theme: later measures often repeat those two before."""
        while len(theme) <= index:
            if len(theme) >= 2 and self._draws.chance(0.6):
                theme.append(theme[len(theme) - 2])
            else:
                theme.append(self._rhythms.measure())
        return theme[index]

    def _pickup(self) -> list[LineNote]:
        """Notes that lead to the first one: the fifth below it, or steps."""
        sketch, draws = self.sketch, self._draws
        first = next((note.tone for note in sketch.melody if note.tone is not None), None)
        if first is None:
            return []
        beat = self._plan.metre.beats[-1]
        parts: tuple[int, ...] = (beat,) if draws.chance(0.5) or beat % 960 else (beat // 2, beat // 2)
        if beat % 9 == 0:
            most = 3 if len(self._plan.metre.beats) > 1 else 2  # a pickup is less than a measure
            parts = (beat // 3,) * (1 if draws.chance(0.7) else most)
        key = self._plan.key
        low, high = (midi_of(tone) for tone in self._melody_range)
        directions = [
            direction
            for direction in (-1, -1, 1)
            if low <= midi_of(key.tone(first[0] + direction * len(parts))) <= high
        ]
        direction = draws.pick(directions) if directions else 0
        found = []
        at = -sum(parts)
        for index, ticks in enumerate(parts):
            diatonic = first[0] + direction * (len(parts) - index)
            found.append(LineNote(at, ticks, key.tone(diatonic) if direction else first))
            at += ticks
        return found


def divided(rhythm: Sequence[tuple[int, int]], borders: Sequence[int]) -> list[tuple[int, int]]:
    """A rhythm with every note that sounds over a border, in ticks, divided there."""
    found: list[tuple[int, int]] = []
    index = 0
    for start, ticks in rhythm:
        while index < len(borders) and borders[index] <= start:
            index += 1
        at, end = start, start + ticks
        while ticks > 0 and index < len(borders) and borders[index] < end:
            found.append((at, borders[index] - at))
            at = borders[index]
            index += 1
        found.append((at, end - at) if ticks > 0 else (start, ticks))
    return found
