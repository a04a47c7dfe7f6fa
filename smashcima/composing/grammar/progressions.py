"""Harmony: the chords of phrases, by their functions, with cadences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smashcima.composing.draws import Draws, Weighted
from smashcima.composing.grammar.phrases import Phrase
from smashcima.composing.theory import Harmony, Key, Metre, harmony


@dataclass(frozen=True)
class Slot:
    """The time of one chord."""

    measure: int
    """Index of its measure, without the pickup."""

    start: int
    """Ticks since the start of the measure."""

    ticks: int
    chord: Harmony
    is_cadence: bool = False
    """Whether it is the last chord of its phrase."""


Chord = tuple[str, int]
"""Numeral and inversion."""

_NEXT: Mapping[str, Weighted[str]] = {
    "I": Weighted({"IV": 4, "V": 3, "ii": 3, "vi": 3, "V7": 3, "I": 2, "vii°": 1, "iii": 0.6}),
    "ii": Weighted({"V": 4, "V7": 4, "ii7": 1, "vii°": 1}),
    "ii7": Weighted({"V": 2, "V7": 5}),
    "iii": Weighted({"vi": 4, "IV": 4}),
    "III": Weighted({"vi": 4, "IV": 4, "VII": 1}),
    "IV": Weighted({"V": 4, "ii": 2, "I": 2, "V7": 3, "vii°": 1}),
    "V": Weighted({"I": 6, "vi": 2, "V7": 1}),
    "V7": Weighted({"I": 6, "vi": 1.5}),
    "vi": Weighted({"ii": 4, "IV": 4, "V": 1, "I": 0.5}),
    "vii°": Weighted({"I": 1}),
    "vii°7": Weighted({"I": 1}),
    "VII": Weighted({"III": 1}),
    "V7/V": Weighted({"V": 3, "V7": 3}),
    "vii°7/V": Weighted({"V": 1}),
    "V7/ii": Weighted({"ii": 1}),
    "V7/IV": Weighted({"IV": 1}),
    "V7/vi": Weighted({"vi": 1}),
    "V7/III": Weighted({"III": 1}),
    "iv": Weighted({"I": 2, "V": 3}),
    "bII": Weighted({"V7": 1}),
}
"""The chords that follow a chord, by function."""

_BEFORE: Mapping[str, str] = {"ii": "V7/ii", "IV": "V7/IV", "V": "V7/V", "vi": "V7/vi", "III": "V7/III"}
"""The dominants that may replace the chord before a chord."""

_DOMINANTS = ("V", "V7", "vii°", "vii°7", "VII")

_INVERSIONS: Mapping[str, tuple[int, ...]] = {
    "I": (0, 0, 1), "ii": (1, 0, 1), "ii7": (1, 1, 0), "iii": (0,), "III": (0,), "IV": (0, 0, 1), "V": (0, 0, 1),
    "V7": (0, 1, 2, 3), "vi": (0,), "vii°": (1,), "vii°7": (0, 1), "VII": (0, 1), "V7/V": (0, 1), "V7/ii": (0, 1),
    "V7/IV": (0, 1, 3), "V7/vi": (0, 1), "V7/III": (0, 1), "vii°7/V": (0,), "iv": (0, 1), "bII": (1,), "v": (0,),
}  # fmt: skip

_TO_DOMINANT: tuple[Chord, ...] = (("ii", 1), ("IV", 0), ("ii7", 1), ("IV", 1), ("ii", 1), ("vi", 0))
_CHROMATIC_TO_DOMINANT: tuple[Chord, ...] = (("V7/V", 1), ("V7/V", 0), ("bII", 1), ("vii°7/V", 0), ("iv", 0))


class Progressions:
    """Chooses the chords of phrases."""

    def __init__(
        self, draws: Draws, metre: Metre, chromatic: float, harmonic_rhythm: float, per_beat: bool
    ) -> None:
        """`harmonic_rhythm` is the probability of two chords in a measure; with `per_beat`, each beat has a chord."""
        self._draws = draws
        self._metre = metre
        self._chromatic = chromatic
        self._rhythm = harmonic_rhythm
        self._per_beat = per_beat

    def of_phrase(self, phrase: Phrase, opening: Sequence[Slot] = ()) -> list[Slot]:
        """The chords of a phrase after those of its opening measures, which may be given."""
        places = self._places(phrase, opening[-1].measure + 1 - phrase.start if opening else 0)
        chords = self._chords(phrase, len(places), opening[-1].chord.numeral if opening else None)
        last = len(places) - 1
        return [
            Slot(measure, start, ticks, harmony(numeral, phrase.key, inversion), index == last)
            for index, ((measure, start, ticks), (numeral, inversion)) in enumerate(
                zip(places, chords, strict=True)
            )
        ]

    # -- time ----------------------------------------------------------------------------------------------

    def _places(self, phrase: Phrase, first: int) -> list[tuple[int, int, int]]:
        """Measure, start and length of each chord from the measure `first` of the phrase on."""
        found: list[tuple[int, int, int]] = []
        for index in range(first, phrase.measures):
            measure = phrase.start + index
            is_final = index == phrase.measures - 1
            for start, ticks in self._division(index, phrase.measures, is_final and phrase.measures > 1):
                found.append((measure, start, ticks))
        return found

    def _division(self, index: int, measures: int, is_final: bool) -> list[tuple[int, int]]:
        metre, draws = self._metre, self._draws
        whole = [(0, metre.ticks)]
        if measures == 1 and len(metre.beats) > 1:
            return self._two_parts()  # room for a cadence
        if is_final or len(metre.beats) == 1:
            return whole
        if self._per_beat:
            if len(metre.beats) > 2 and draws.chance(0.25):
                return self._two_parts()
            return list(zip(metre.starts, metre.beats, strict=True))
        before_end = index == measures - 2 and self._rhythm > 0
        if before_end or draws.chance(self._rhythm):
            return self._two_parts()
        return whole

    def _two_parts(self) -> list[tuple[int, int]]:
        """The measure in two parts, at its middle or before its last beat."""
        metre = self._metre
        starts = metre.starts
        middle = starts[len(starts) // 2] if len(starts) % 2 == 0 else starts[-1]
        return [(0, middle), (middle, metre.ticks - middle)]

    # -- chords --------------------------------------------------------------------------------------------

    def _chords(self, phrase: Phrase, count: int, before: str | None) -> list[Chord]:
        cadence = self._cadence(phrase.cadence, count, phrase.key)
        free = count - len(cadence)
        if free <= 0:
            return cadence[-count:]
        numerals = ["I" if before is None else self._following(before, phrase.key)]
        while len(numerals) < free:
            numerals.append(self._following(numerals[-1], phrase.key))
        self._avoid_dominant_before(cadence[0][0], numerals)
        if phrase.cadence == "plagal":
            numerals[-1] = "I"
        self._tonicise(numerals, phrase.key)
        return [*self._inverted(numerals, before is None), *cadence]

    def _following(self, numeral: str, key: Key) -> str:
        following = self._draws.weighted(_NEXT[numeral])
        if key.is_minor:
            return {"iii": "III", "iv": "IV"}.get(following, following)
        return following

    def _avoid_dominant_before(self, first: str, numerals: list[str]) -> None:
        """Replaces a dominant before the predominant of the cadence, or a chord that repeats it, by the tonic or vi."""
        last = numerals[-1]
        if (last in _DOMINANTS and first != "I") or last == first or (last.startswith("V7/")):
            before = numerals[-2] if len(numerals) > 1 else ""
            numerals[-1] = "vi" if before == "I" and first != "vi" else "I"

    def _tonicise(self, numerals: list[str], key: Key) -> None:
        """Puts secondary dominants before some chords."""
        for index in range(1, len(numerals) - 1):
            dominant = _BEFORE.get(numerals[index + 1])
            known = dominant is not None and not (key.is_minor and numerals[index + 1] == "ii")
            if known and dominant and numerals[index] in ("I", "vi", "iii", "III", "ii") and index:
                resolves = numerals[index - 1] not in _DOMINANTS
                if resolves and self._draws.chance(self._chromatic):
                    numerals[index] = dominant

    def _inverted(self, numerals: list[str], is_opening: bool) -> list[Chord]:
        found: list[Chord] = []
        for index, numeral in enumerate(numerals):
            inversion = 0 if index == 0 and is_opening else self._draws.pick(_INVERSIONS[numeral])
            if index and found[-1] == ("V7", 3) and numeral == "I":
                inversion = 1  # the seventh in the bass resolves downwards
            if (
                numeral == "V7"
                and inversion == 3
                and not (index + 1 < len(numerals) and numerals[index + 1] == "I")
            ):
                inversion = 0
            if index and found[-1][0] == numeral and found[-1][1] == inversion:
                inversion = 1 - min(inversion, 1)
            found.append((numeral, inversion))
        return found

    def _cadence(self, kind: str, count: int, key: Key) -> list[Chord]:
        draws = self._draws
        before = draws.pick(_CHROMATIC_TO_DOMINANT if draws.chance(self._chromatic * 0.6) else _TO_DOMINANT)
        if before[0] == "iv" and key.is_minor:
            before = ("bII", 1)
        if kind == "half":
            return [before, ("V", 0)]
        if kind == "plagal":
            return [("IV", 0), ("I", 0)]
        ending: list[Chord] = [
            ("V7" if draws.chance(0.7) else "V", 0),
            ("vi" if kind == "deceptive" else "I", 0),
        ]
        if count >= 6 and draws.chance(0.45):
            ending.insert(0, ("I", 2))
        return [before, *ending] if count > 2 else ending
