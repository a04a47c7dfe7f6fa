"""The composer that has learned from scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from smashcima.composing.composer import Composer
from smashcima.composing.conditions import Conditions
from smashcima.composing.corpus.choosing import Chooser
from smashcima.composing.corpus.model import CorpusModel, Kind, runs_of
from smashcima.composing.corpus.units import MeasureUnit, UnitEvent, units_of
from smashcima.composing.drafting import DraftEvent, DraftMeasure, write_draft
from smashcima.composing.draws import Draws, Weighted
from smashcima.composing.ensembles import Ensemble, Instrument
from smashcima.composing.grammar.expression import express
from smashcima.composing.grammar.grammar_composer import empty_draft
from smashcima.composing.grammar.phrases import plan_phrases
from smashcima.composing.grammar.plan import Plan, make_plan
from smashcima.composing.grammar.scoring import assign_roles, fitted
from smashcima.composing.theory import Key, Metre, Tone, midi_of
from smashcima.errors import Issue, SettingsError
from smashcima.scene.semantic import Score

_MOST_TRIES = 20


@dataclass(frozen=True)
class CorpusComposer(Composer):
    """Composes in the manner of the scores that it has learned from.

    ```python
    model = CorpusModel.learn([CorpusWork("a song", score, licence="CC0")])
    model.write("songs.json")
    CorpusComposer("songs.json").compose(Conditions(key="D major", measures=16), rng=1)
    ```

    Measures of the works follow each other where outer voices fit, in any key. Never are three measures in a row those of
    a work. Number of staves, metre and mode are chosen among those of the works.
    """

    model: CorpusModel | str | Path
    """A model, or the path of its file."""

    def __post_init__(self) -> None:
        if not isinstance(self.model, CorpusModel | str | Path):
            raise SettingsError(
                f"model must be a CorpusModel or the path of its file, not {type(self.model).__name__}."
            )

    @property
    def learned(self) -> CorpusModel:
        """The model; read from its file on first use."""
        return self.model if isinstance(self.model, CorpusModel) else _loaded(str(self.model))

    def create(self, conditions: Conditions, draws: Draws) -> tuple[Score, tuple[Issue, ...]]:
        kind = self._kind(conditions, draws)
        plan = _plan(conditions, kind, draws)
        chooser = Chooser(self.learned, list(self.learned.places(kind)), draws)
        for _ in range(_MOST_TRIES):
            score = self._score(chooser.choose(plan.measures), plan, draws)
            # Tones that are moved into the range of an instrument may make measures of a work after all.
            if not any(run in self.learned.runs for run in runs_of(units_of(score))):
                return score, ()
        return score, (
            Issue("score", "measures", "three in a row are those of a work, of which there are too few"),
        )

    @staticmethod
    def _score(units: Sequence[MeasureUnit], plan: Plan, draws: Draws) -> Score:
        draft = empty_draft(plan)
        octaves = _octaves(units, plan)
        for unit in units:
            draft.measures.append(_measure(unit, plan, octaves))
        express(draft, plan, plan_phrases(plan, draws), assign_roles(plan), draws)
        return write_draft(draft)

    def _kind(self, conditions: Conditions, draws: Draws) -> Kind:
        """Staves, metre and mode: as wanted if the works have them, else those that they have."""
        given = conditions.ensemble
        structure = Ensemble.of(given).structure if isinstance(given, str | tuple) else None
        staves = conditions.staves if structure is None else None
        metre = Metre.parse(conditions.metre).name if isinstance(conditions.metre, str) else None
        minor = Key.parse(conditions.key).is_minor if isinstance(conditions.key, str) else None
        known = self.learned.kinds
        for wanted_metre, wanted_minor in ((metre, minor), (metre, None), (None, None)):
            matching = {
                kind: count
                for kind, count in known.items()
                if structure in (None, kind[0])
                and staves in (None, sum(kind[0]))
                and wanted_metre in (None, kind[1])
                and wanted_minor in (None, kind[2])
            }
            if matching:
                return draws.weighted(Weighted(matching))
        return draws.weighted(Weighted(known))


@lru_cache(maxsize=4)
def _loaded(path: str) -> CorpusModel:
    return CorpusModel.load(path)


def _plan(conditions: Conditions, kind: Kind, draws: Draws) -> Plan:
    """The plan of a piece of the chosen kind."""
    structure, text, is_minor = kind
    plan = make_plan(conditions, draws)
    ensemble = plan.ensemble
    if ensemble.structure != structure:
        ensemble = Ensemble.of(draws.pick(Ensemble.names_with_structure(structure)))
    key = plan.key if plan.key.is_minor == is_minor else Key.of_fifths(plan.key.fifths, is_minor)
    metre = plan.metre if plan.metre.name == text else Metre.parse(text)
    return replace(
        plan,
        metre=metre,
        ensemble=ensemble,
        key=key,
        has_pickup=False,
        lyrics="",  # they would need voices without chords
        texture="counterpoint",
    )


def _octaves(units: Sequence[MeasureUnit], plan: Plan) -> list[tuple[Instrument, int]]:
    """For each staff, its instrument and the octaves by which its tones move, so that most are in the range."""
    found: list[tuple[Instrument, int]] = []
    staff = 0
    for instrument in plan.ensemble.instruments:
        for _ in range(instrument.staves):
            tones = Counter(
                _tone(tone, plan.key, 0)
                for unit in units
                for voice in unit.staves[staff]
                for event in voice
                for tone in event.tones
            )
            low, high = instrument.midi_range

            def outside(octave: int, tones: Counter[Tone] = tones, low: int = low, high: int = high) -> int:
                moved = ((midi_of(tone) + 12 * octave, count) for tone, count in tones.items())
                return sum(count for midi, count in moved if not low <= midi <= high)

            found.append((instrument, min((0, 1, -1, 2, -2), key=outside)))
            staff += 1
    return found


def _tone(relative: tuple[int, int], key: Key, octaves: int) -> Tone:
    """The tone of a key, at the tonic nearest to middle C."""
    tonic = 28 + key.step - (7 if key.step > 3 else 0)
    diatonic = tonic + relative[0] + 7 * octaves
    return diatonic, key.alters[diatonic % 7] + relative[1]


def _measure(unit: MeasureUnit, plan: Plan, octaves: Sequence[tuple[Instrument, int]]) -> DraftMeasure:
    measure = DraftMeasure(plan.metre, plan.metre.ticks)
    for staff, voices in enumerate(unit.staves):
        if voices:
            instrument, octave = octaves[staff]
            measure.voices[staff] = [
                [_event(event, plan.key, instrument, octave) for event in voice] for voice in voices
            ]
    return measure


def _event(event: UnitEvent, key: Key, instrument: Instrument, octaves: int) -> DraftEvent:
    tones = sorted({fitted(_tone(tone, key, octaves), instrument) for tone in event.tones}, key=midi_of)
    return DraftEvent(
        event.ticks,
        tuple(tones),
        tuplet=event.tuplet,
        group=event.group,
        is_space=event.is_space,
    )
