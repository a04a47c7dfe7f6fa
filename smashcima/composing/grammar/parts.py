"""The notes of each staff, from the sketch of a piece and the roles of the staves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smashcima.composing.draws import Draws
from smashcima.composing.grammar.figures import FIGURES, FigureTime, upper_steps
from smashcima.composing.grammar.inner_voices import inner_voices
from smashcima.composing.grammar.melody import LineWriter, Target
from smashcima.composing.grammar.plan import Plan
from smashcima.composing.grammar.rhythm import Rhythms
from smashcima.composing.grammar.scoring import Role, comfortable, fitted
from smashcima.composing.grammar.skeleton import Range
from smashcima.composing.grammar.sketch import Sketch
from smashcima.composing.grammar.sounds import Sound, in_reach, moves_of, octave_in_range, sounds_of
from smashcima.composing.theory import QUARTER, Harmony, Tone, harmony, midi_of

_CHORALE_RANGES: tuple[Range, ...] = (((24, 0), (31, 0)), ((20, 0), (27, 0)))
"""Ranges of alto and tenor under one keyboard."""

_MIDDLE_RANGE: Range = ((20, 0), (27, 0))
"""Range of the lowest tones of a left hand above pedals."""

_HAND_OVER = ("waltz", "stride", "polonaise")
"""Figures of which an accompanist plays the bass with the left hand, and the chords with the right one."""

_NO_BASS: Tone = (0, 0)
"""Stands for the bass in figures of which only the chords are played."""

_CHORDS_RANGES: tuple[Range, ...] = (((31, 0), (36, 0)), ((28, 0), (33, 0)), ((26, 0), (30, 0)))
"""Ranges of the tones of chords in the right hand of an accompanist."""


class Parts:
    """Makes the voices of all staves."""

    def __init__(self, plan: Plan, sketch: Sketch, roles: Sequence[Role], draws: Draws) -> None:
        self._plan = plan
        self._sketch = sketch
        self._draws = draws
        self._roles = roles
        ticks = plan.metre.ticks
        self._ticks = ticks
        self._times = [(sketch.start(index, ticks), slot.ticks) for index, slot in enumerate(sketch.slots)]
        self._end = plan.measures * ticks
        self._variant = draws.integer(0, 2)
        self._unit = 240 if plan.density > 0.62 and plan.speed < 120 else 480
        if plan.metre.unit == 2:
            self._unit *= 2
        self._inner = self._inner_tones()
        self._moves = moves_of(sketch.melody)
        """The moves of the melody, for `LineWriter`."""

    def voices(self) -> dict[int, list[list[Sound]]]:
        """The voices of each staff, by its index."""
        found: dict[int, list[list[Sound]]] = {}
        inner = iter(self._inner)
        for role in self._roles:
            voices = self._voices(role, inner)
            found[role.staff] = [self._in_range(voice, role) for voice in voices if voice]
        if self._plan.texture == "chorale" and self._sketch.pickup:
            self._join_pickup(found)
        return found

    def _join_pickup(self, found: dict[int, list[list[Sound]]]) -> None:
        """Lets all voices of a chorale sing in the pickup: the tones of a chord that are nearest to their first ones."""
        start = self._sketch.pickup[0].start
        chord = _pickup_chord(self._sketch)
        ceiling: Tone | None = None
        for role in self._roles:
            for voice in found[role.staff]:
                if not voice or not voice[0][2]:
                    continue
                if voice[0][0] >= 0:
                    # Voices do not cross; chords of an accompanist are where they are.
                    limit = None if role.instrument.is_keyboard else ceiling
                    near = [_near(chord, tone, limit) for tone in voice[0][2]]
                    tones = {fitted(tone, role.instrument) for tone in near if tone is not None}
                    voice.insert(0, (start, -start, tuple(sorted(tones, key=midi_of))))
                if not role.instrument.is_keyboard and voice[0][2]:
                    ceiling = voice[0][2][0]

    def _voices(self, role: Role, inner: Iterator[list[Tone]]) -> list[list[Sound]]:
        if role.kind == "melody":
            return [self._melody(), self._under(role)] if self._plan.voices == 2 else [self._melody()]
        if role.kind == "right hand":
            return self._right_hand(role)
        if role.kind == "left hand":
            return self._left_hand(role)
        return [self._single_voice(role, inner)]

    def _single_voice(self, role: Role, inner: Iterator[list[Tone]]) -> list[Sound]:
        if role.kind == "melody double":
            return self._resting(self._moved(self._melody(), 7 if role.instrument.name == "flute" else 0))
        if role.kind == "middle":
            is_chorale = self._plan.texture == "chorale" and self._has("right hand")
            return self._middle_hand(role, self._inner[1] if is_chorale else next(inner))
        if role.kind == "chords":
            return self._chords()
        if role.kind == "bass":
            return self._bass()
        if role.kind == "bass double":
            return self._resting(self._bass())
        tones = next(inner)
        line = self._line(tones, role) if self._plan.texture == "counterpoint" else self._pulse(tones)
        return self._resting(line) if len(self._roles) > 8 else line

    def _has(self, kind: str) -> bool:
        """Whether a staff has a kind of role."""
        return any(each.kind == kind for each in self._roles)

    # -- melody --------------------------------------------------------------------------------------------

    def _melody(self) -> list[Sound]:
        return [
            (note.start, note.ticks, () if note.tone is None else (note.tone,))
            for note in (*self._sketch.pickup, *self._sketch.melody)
        ]

    @staticmethod
    def _moved(voice: list[Sound], steps: int) -> list[Sound]:
        return [
            (start, ticks, tuple((step + steps, alter) for step, alter in tones))
            for start, ticks, tones in voice
        ]

    def _right_hand(self, role: Role) -> list[list[Sound]]:
        melody = self._melody()
        if self._plan.texture == "chorale":
            alto = [in_reach(low, high) for low, high in zip(self._inner[0], self._sketch.tones, strict=True)]
            return [melody, self._held(alto)]
        if self._plan.voices == 2:
            return [melody, self._under(role)]
        if self._plan.texture in ("melody", "counterpoint") or not self._draws.chance(0.5):
            return [melody]
        return [self._thickened(melody)]

    def _thickened(self, melody: list[Sound]) -> list[Sound]:
        """The melody with a chord tone below long notes."""
        found: list[Sound] = []
        index = 0
        chance = 0.25 + 0.5 * self._draws.uniform()
        for start, ticks, tones in melody:
            while index + 1 < len(self._times) and self._times[index + 1][0] <= start:
                index += 1
            if tones and ticks >= QUARTER and start >= 0 and self._draws.chance(chance):
                chord = self._sketch.slots[index].chord
                top = tones[0]
                lowest = max(self._sketch.bass[index][0] + 7, top[0] - 5)
                below = [step for step in chord.steps_between(lowest, top[0] - 2) if chord.has(top[0])]
                tones = (*(chord.tone(step) for step in below[-1:]), *tones)
            found.append((start, ticks, tones))
        return found

    def _under(self, role: Role) -> list[Sound]:
        """A second voice below the melody on its staff: a chord tone for each chord."""
        low = max(role.instrument.low[0], 26 if role.instrument.is_keyboard else role.instrument.low[0])
        found: list[Sound] = []
        for (start, ticks), slot, tone in zip(
            self._times, self._sketch.slots, self._sketch.tones, strict=True
        ):
            lowest = self._lowest(start, start + ticks)
            top = min(tone[0], lowest) - 2
            steps = slot.chord.steps_between(max(low, top - 6), top)
            found.append((start, ticks, (slot.chord.tone(steps[-1]),) if steps else ()))
        return found

    def _lowest(self, start: int, end: int) -> int:
        """The lowest step of the melody in a time."""
        return min(
            (note.tone[0] for note in self._sketch.melody if note.tone and start <= note.start < end),
            default=60,
        )

    # -- accompaniment -------------------------------------------------------------------------------------

    def _left_hand(self, role: Role) -> list[list[Sound]]:
        texture = self._plan.texture
        is_alone = any(each.kind == "right hand" for each in self._roles)
        if texture == "chorale" and is_alone:
            bass = [
                in_reach(low, tenor) for low, tenor in zip(self._sketch.bass, self._inner[1], strict=True)
            ]
            return [self._held(self._inner[1]), self._held(bass)]
        if texture == "melody" and is_alone:
            return [self._moved(self._melody(), -7)]
        if texture in ("walking bass", "counterpoint"):
            return [self._line(self._sketch.bass, role, texture == "walking bass")]
        if texture in _HAND_OVER and not is_alone:
            return [self._figure(texture, upper=False)]
        if texture in FIGURES and (is_alone or texture in ("alberti", "arpeggio", "octaves")):
            return [self._figure(texture)]
        return [self._held(self._sketch.bass)]

    def _middle_hand(self, role: Role, tones: Sequence[Tone]) -> list[Sound]:
        """A left hand above pedals, which have the bass: the figure of the texture, or a voice."""
        texture = self._plan.texture
        if texture in ("walking bass", "counterpoint"):
            return self._line(tones, role)
        if texture in FIGURES and texture != "octaves":
            return self._figure(texture, lowest=tones)
        return self._held(tones)

    def _figure(self, texture: str, upper: bool = True, lowest: Sequence[Tone] | None = None) -> list[Sound]:
        """The figure of a texture; without the tones above the bass, rests are in their place.

        `lowest` are other tones than the bass for its place, one for each chord.
        """
        figure = FIGURES[texture]
        found: list[Sound] = []
        last = len(self._times) - 1
        for index, ((start, ticks), slot, bass) in enumerate(
            zip(self._times, self._sketch.slots, lowest or self._sketch.bass, strict=True)
        ):
            chord = slot.chord
            steps = upper_steps(texture, bass, chord.steps_between(bass[0] + 1, bass[0] + 14))
            above = [chord.tone(step) for step in steps]
            if index == last:
                close = [chord.tone(step) for step in chord.steps_between(bass[0] + 2, bass[0] + 7)]
                found.append((start, ticks, (bass, *close[:2])))
                continue
            time = FigureTime(slot.start, ticks, self._plan.metre, self._unit, self._variant)
            for length, tones in figure(time, bass, above):
                kept = tones if upper else tuple(tone for tone in tones if tone == bass)
                found.append((start, length, kept))
                start += length
        return found

    def _held(self, tones: Sequence[Tone]) -> list[Sound]:
        """One note for each chord."""
        return [(start, ticks, (tone,)) for (start, ticks), tone in zip(self._times, tones, strict=True)]

    def _bass(self) -> list[Sound]:
        texture = self._plan.texture
        role = next(each for each in self._roles if each.kind == "bass")
        if texture in ("walking bass", "counterpoint"):
            return self._line(self._sketch.bass, role, texture == "walking bass")
        if texture in ("chorale", "drone") or self._variant == 0 or role.instrument.family == "pedal":
            return self._held(self._sketch.bass)
        return self._pulse(self._sketch.bass)

    def _line(self, tones: Sequence[Tone], role: Role, walks: bool = False) -> list[Sound]:
        """A moving line through the tones: a note per beat, or in a rhythm of its own."""
        plan, draws, metre = self._plan, self._draws, self._plan.metre
        rhythms = Rhythms(draws, metre, 0.28 + 0.35 * plan.density)
        rhythm: list[tuple[int, int]] = []
        for measure in range(plan.measures):
            at = measure * metre.ticks
            cell = metre.beats if walks else rhythms.measure()
            if measure == plan.measures - 1:
                cell = (metre.ticks,)
            for ticks in cell:
                rhythm.append((at, ticks))
                at += ticks
        targets = [
            Target(start, tone, slot.chord, None)
            for (start, _), tone, slot in zip(self._times, tones, self._sketch.slots, strict=True)
        ]
        low, high = role.instrument.low, role.instrument.high
        if role.instrument.is_keyboard:
            low, high = (15, 0), (30, 0)
        writer = LineWriter(draws, (low, high), frozenset(metre.starts), metre.ticks, self._moves)
        return sounds_of(writer.write(rhythm, targets))

    def _chords(self) -> list[Sound]:
        """Chords in the right hand of an accompanist."""
        ranges = _CHORDS_RANGES
        voices = inner_voices(self._sketch.slots, self._sketch.bass, self._sketch.tones, ranges, self._draws)
        found: list[Sound] = []
        for index, ((start, ticks), slot) in enumerate(zip(self._times, self._sketch.slots, strict=True)):
            chord = tuple(sorted({voice[index] for voice in voices}, key=midi_of))
            held = self._variant == 0 or self._plan.texture in ("alberti", "arpeggio", "octaves")
            if index == len(self._times) - 1 or (held and self._plan.texture not in _HAND_OVER):
                found.append((start, ticks, chord))
                continue
            time = FigureTime(slot.start, ticks, self._plan.metre, self._unit, self._variant)
            if self._plan.texture in _HAND_OVER:
                for length, tones in FIGURES[self._plan.texture](time, _NO_BASS, chord):
                    found.append((start, length, chord if _NO_BASS not in tones else ()))
                    start += length
                continue
            for _, length in time.beats:
                parts = 3 if length % 9 == 0 else 2
                if self._variant == 1:
                    found.append((start, length, chord))
                else:
                    found.append((start, length // parts, ()))
                    rest = length - length // parts
                    count = rest // (length // parts)
                    found += [
                        (start + (number + 1) * (length // parts), length // parts, chord)
                        for number in range(count)
                    ]
                start += length
        return found

    def _pulse(self, tones: Sequence[Tone]) -> list[Sound]:
        """The tones of a voice, held, repeated in beats or in halves of beats, or off the beat; a form per phrase."""
        if self._plan.texture == "chorale":
            return self._held(tones)
        found: list[Sound] = []
        forms = {phrase.start: self._draws.integer(0, 3) for phrase in self._sketch.phrases}
        form = 0
        for index, ((start, ticks), slot, tone) in enumerate(
            zip(self._times, self._sketch.slots, tones, strict=True)
        ):
            form = forms.get(slot.measure, form) if slot.start == 0 else form
            if form == 0 or index == len(self._times) - 1:
                found.append((start, ticks, (tone,)))
                continue
            time = FigureTime(slot.start, ticks, self._plan.metre, self._unit, form)
            for _, length in time.beats:
                parts = 3 if length % 9 == 0 else 2
                if form == 1:
                    found.append((start, length, (tone,)))
                elif form == 2:
                    each = length // parts
                    found += [(start + number * each, each, (tone,)) for number in range(parts)]
                else:
                    each = length // parts
                    found.append((start, each, ()))
                    found.append((start + each, length - each, (tone,)))
                start += length
        return found

    def _resting(self, voice: list[Sound]) -> list[Sound]:
        """The voice with rests for whole phrases, as winds have; all play at the end."""
        last = self._sketch.phrases[-1]
        silent = [
            (phrase.start * self._ticks, phrase.end * self._ticks)
            for phrase in self._sketch.phrases
            if phrase is not last and self._draws.chance(0.4)
        ]
        return [sound for sound in voice if not any(low <= sound[0] < high for low, high in silent)]

    # -- ranges --------------------------------------------------------------------------------------------

    def _inner_tones(self) -> list[list[Tone]]:
        """The tones of the inner voices, one per chord; for a chorale on a keyboard, alto and tenor."""
        roles = [role for role in self._roles if role.kind in ("inner", "middle")]
        ranges: list[Range] = [
            _MIDDLE_RANGE if role.kind == "middle" else comfortable(role.instrument, is_upper=False)
            for role in roles
        ]
        if self._plan.texture == "chorale" and any(role.kind == "right hand" for role in self._roles):
            ranges = [*_CHORALE_RANGES]
        if not ranges:
            return []
        sketch = self._sketch
        return inner_voices(sketch.slots, sketch.bass, sketch.tones, ranges, self._draws)

    def _in_range(self, voice: list[Sound], role: Role) -> list[Sound]:
        """The voice with each chord in the range of its instrument; a doubling moves by octaves as a whole, if it can."""
        low, high = role.instrument.midi_range
        if role.kind.endswith("double"):
            voice = self._moved(voice, 7 * octave_in_range(voice, low, high))
        found: list[Sound] = []
        for start, ticks, tones in voice:
            if any(not low <= midi_of(tone) <= high for tone in tones):
                tones = tuple(sorted({fitted(tone, role.instrument) for tone in tones}, key=midi_of))
            found.append((start, ticks, tones))
        return found


def _near(chord: Harmony, tone: Tone, ceiling: Tone | None) -> Tone | None:
    """The tone of a chord that is nearest to a tone, and not above another one."""
    top = tone[0] + 4 if ceiling is None else min(tone[0] + 4, ceiling[0])
    steps = chord.steps_between(tone[0] - 4, top)
    step = min(steps, key=lambda step: (abs(step - tone[0]), step), default=None)
    return None if step is None else chord.tone(step)


def _pickup_chord(sketch: Sketch) -> Harmony:
    """The chord before the first one: the dominant, else the tonic or the subdominant, that has the tone of the pickup."""
    first = sketch.slots[0].chord
    tone = next((note.tone for note in sketch.pickup if note.tone is not None), None)
    chords = [harmony(numeral, first.key) for numeral in ("V", "I", "IV")]
    if tone is None:
        return chords[0]
    fitting = [chord for chord in chords if chord.has(tone[0]) and chord.tone(tone[0]) == tone]
    return fitting[0] if fitting else first
