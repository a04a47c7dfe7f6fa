"""Composers and random conditions for them, for `compositions.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from smashcima.composing import (
    ENSEMBLES,
    FORMS,
    GENRES,
    INSTRUMENTS,
    LANGUAGES,
    SIGNS,
    STYLES,
    TEXTURES,
    Composer,
    Conditions,
    CorpusComposer,
    CorpusModel,
    CorpusWork,
    CoverageComposer,
    GrammarComposer,
    MixingComposer,
)
from smashcima.composing.theory import ALL_KEYS, METRES
from smashcima.datasets.generation.learning import learn_corpus


@dataclass(frozen=True)
class Contestant:
    """A composer for each seed, and its conditions."""

    composer: Callable[[np.random.Generator], Composer]
    conditions: Callable[[np.random.Generator], Conditions]


def _some(rng: np.random.Generator, values: Any, probability: float) -> Any:
    values = list(values)
    return values[rng.integers(len(values))] if rng.random() < probability else None


def grammar_conditions(rng: np.random.Generator) -> Conditions:
    """Any conditions that can be met: each field is given or not."""
    solo = rng.random() < 0.5
    ensemble = _some(rng, (*ENSEMBLES, *INSTRUMENTS), 0.6) if not solo else "piano"
    shares = {}
    for element, low, high in SHARES:
        if rng.random() < 0.15:
            shares[element] = float(rng.uniform(low, high))
    return Conditions(
        key=_some(rng, [key.name for key in ALL_KEYS], 0.8),
        metre=_some(rng, [*METRES, "common", "cut"], 0.8),
        bpm=_some(rng, [60, 90, 120], 0.2),
        ensemble=ensemble,
        staves=None if ensemble is not None else _some(rng, range(1, 25), 0.5),
        measures=_some(rng, range(1, 40), 0.8),
        pickup=_some(rng, [True, False], 0.5),
        texture=_some(rng, TEXTURES, 0.5),
        voices=_some(rng, [1, 2], 0.2) if ensemble in ("piano", "violin", "cello", "harpsichord") else None,
        range=_some(rng, _RANGES[str(ensemble)], 0.3) if ensemble in _RANGES else None,
        density=_some(rng, [0.0, 0.3, 0.6, 1.0], 0.5),
        style=_some(rng, STYLES, 0.5),
        genre=_some(rng, GENRES, 0.3),
        form=_some(rng, FORMS, 0.5),
        lyrics=_some(rng, ["none", *LANGUAGES], 0.2),
        shares=shares,
    )


def learned_conditions(rng: np.random.Generator) -> Conditions:
    """Conditions for music like the chorales of Bach, of which some cannot be met."""
    return Conditions(
        key=_some(rng, [key.name for key in ALL_KEYS], 0.7),
        metre=_some(rng, ["4/4", "3/4", "5/4"], 0.4),
        ensemble=_some(rng, ["satb", "string quartet", "piano"], 0.5),
        measures=_some(rng, range(1, 40), 0.8),
        shares={"dynamics": float(rng.uniform(0, 0.5))} if rng.random() < 0.2 else {},
    )


def coverage_conditions(rng: np.random.Generator) -> Conditions:
    """Key, metre and length."""
    return Conditions(
        key=_some(rng, [key.name for key in ALL_KEYS], 0.5),
        metre=_some(rng, METRES, 0.2),
        measures=_some(rng, range(4, 60), 0.3),
    )


def mixing_conditions(rng: np.random.Generator) -> Conditions:
    """Key, metre and length."""
    return Conditions(
        key=_some(rng, [key.name for key in ALL_KEYS if abs(key.fifths) < 5], 0.6),
        metre=_some(rng, ["3/4", "4/4", "6/8"], 0.5),
        measures=_some(rng, range(2, 40), 0.7),
    )


@lru_cache(maxsize=1)
def chorales() -> CorpusModel:
    """What is learned from the default corpus."""
    return learn_corpus()


@lru_cache(maxsize=1)
def composed_works() -> tuple[CorpusWork, ...]:
    """Scores to be mixed."""
    composer = GrammarComposer()
    return tuple(
        CorpusWork(
            f"{ensemble} {seed}",
            composer.compose(Conditions(ensemble=ensemble, metre=metre, measures=24, pickup=False), seed),
        )
        for ensemble in ("piano", "voice and piano", "string quartet", "violin")
        for metre in ("3/4", "4/4", "6/8")
        for seed in range(5)
    )


def _coverage(rng: np.random.Generator) -> Composer:
    signs = tuple(rng.choice(sorted(SIGNS), size=int(rng.integers(1, 60)), replace=False).tolist())
    return CoverageComposer(signs, times=int(rng.integers(1, 6)), pairs=int(rng.integers(0, 2)))


CONTESTANTS = {
    "grammar": Contestant(lambda rng: GrammarComposer(), grammar_conditions),
    "corpus": Contestant(lambda rng: CorpusComposer(chorales()), learned_conditions),
    "coverage": Contestant(_coverage, coverage_conditions),
    "mixing": Contestant(lambda rng: MixingComposer(composed_works()), mixing_conditions),
}
"""The composers by name."""

_RANGES = {
    "piano": (("C4", "C6"), ("E4", "B5"), ("G3", "G4")),
    "violin": (("G3", "D5"), ("A4", "E6")),
    "voice": (("C4", "E5"), ("D4", "D5")),
    "flute and piano": (("D4", "A5"), ("C5", "C7")),
}
"""Ranges of melodies that the ensembles have."""

SHARES = (
    ("tuplets", 0.0, 0.2),
    ("grace notes", 0.0, 0.1),
    ("ornaments", 0.0, 0.1),
    ("articulations", 0.0, 0.3),
    ("fingerings", 0.0, 0.2),
    ("arpeggios", 0.0, 0.02),
    ("slurs", 0.1, 0.8),
    ("dynamics", 0.0, 0.5),
    ("hairpins", 0.0, 0.4),
    ("pedals", 0.0, 0.6),
    ("directions", 0.0, 0.3),
    ("fermatas", 0.0, 0.2),
    ("breaths", 0.0, 0.2),
    ("repeats", 0.0, 0.1),
    ("endings", 0.0, 0.08),
    ("ties", 0.02, 0.04),
    ("cross-staff", 0.0, 0.03),
    ("clef changes", 0.0, 0.05),
)
"""Shares of elements that are asked for."""
