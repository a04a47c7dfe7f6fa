"""Figures of accompaniment by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TEXTURES: Mapping[str, str] = MappingProxyType(
    {
        "melody": "a melody alone, or doubled in octaves",
        "alberti": "broken chords: lowest, highest, middle, highest tone",
        "block chords": "chords on the beats",
        "arpeggio": "chords broken upwards and downwards over more than an octave",
        "waltz": "bass on the first beat, chords on the others",
        "stride": "bass and chord by turns",
        "polonaise": "chords in the rhythm of the dance",
        "walking bass": "a bass line in steps, one note per beat",
        "drone": "a held fifth under the melody",
        "repeated chords": "chords in repeated short notes",
        "octaves": "a bass in octaves",
        "chorale": "four voices that move together",
        "counterpoint": "two or more independent voices",
    }
)
"""What each texture is."""
