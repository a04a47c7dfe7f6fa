"""Periods: which textures, chords, ornaments and marks are usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Style:
    """What is usual in a period. Numbers are probabilities."""

    textures: Mapping[str, float]
    """Weights of textures."""

    chromatic: float
    """Of a secondary dominant, a borrowed chord or the like, where one is possible."""

    harmonic_rhythm: float
    """Of two chords in a measure."""

    shares: Mapping[str, float] = field(default_factory=dict)
    """Usual shares of elements; those per note are per note of the melody."""

    leap: float = 1.0
    """Cost of leaps of the melody; smaller for wider ones."""

    syncopation: float = 0.0
    """Of a syncopated cell where one fits."""


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "baroque": Style(
            {"counterpoint": 4, "walking bass": 3, "block chords": 1, "chorale": 1},
            0.25,
            0.6,
            {"ornaments": 0.06, "slurs": 0.1, "articulations": 0.05, "repeats": 0.03, "dynamics": 0.03, "fermatas": 0.01},
        ),
        "classical": Style(
            {"alberti": 5, "block chords": 2, "repeated chords": 2, "octaves": 0.5, "walking bass": 0.5},
            0.2,
            0.35,
            {"ornaments": 0.025, "grace notes": 0.025, "slurs": 0.45, "articulations": 0.15, "dynamics": 0.16,
             "hairpins": 0.08, "tuplets": 0.04, "repeats": 0.03, "endings": 0.01},
        ),
        "romantic": Style(
            {"arpeggio": 5, "waltz": 2, "block chords": 2, "repeated chords": 2, "stride": 1, "octaves": 1},
            0.4,
            0.4,
            {"ornaments": 0.012, "grace notes": 0.03, "slurs": 0.55, "articulations": 0.12, "dynamics": 0.18,
             "hairpins": 0.22, "tuplets": 0.06, "pedals": 0.35, "directions": 0.06, "fermatas": 0.01,
             "arpeggios": 0.02, "ties": 0.02, "repeats": 0.02, "endings": 0.01},
            leap=0.8,
            syncopation=0.1,
        ),
        "modern": Style(
            {"drone": 2, "octaves": 2, "counterpoint": 2, "block chords": 2, "arpeggio": 1, "stride": 1},
            0.45,
            0.3,
            {"grace notes": 0.01, "slurs": 0.35, "articulations": 0.3, "dynamics": 0.22, "hairpins": 0.15,
             "tuplets": 0.04, "ties": 0.02, "directions": 0.04, "clef changes": 0.02},
            leap=0.6,
            syncopation=0.25,
        ),
    }
)  # fmt: skip
"""Periods by name."""
