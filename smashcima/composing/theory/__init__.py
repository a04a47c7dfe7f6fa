"""Keys, metres and chords: what all composers know about music."""

from smashcima.composing.theory.chords import Harmony, harmony
from smashcima.composing.theory.keys import ALL_KEYS, Key
from smashcima.composing.theory.metres import METRES, QUARTER, Metre
from smashcima.composing.theory.tones import Tone, midi_of, pitch_of, tone_of

__all__ = [
    "ALL_KEYS",
    "METRES",
    "QUARTER",
    "Harmony",
    "Key",
    "Metre",
    "Tone",
    "harmony",
    "midi_of",
    "pitch_of",
    "tone_of",
]
