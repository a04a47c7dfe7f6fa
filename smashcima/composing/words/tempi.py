"""Tempo words with their speeds, and words of expression."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smashcima.composing.draws import Draws

TEMPI: Mapping[str, int] = MappingProxyType(
    {
        "Grave": 40, "Largo": 46, "Lento": 50, "Adagio": 56, "Larghetto": 62, "Andante": 72, "Andantino": 80,
        "Moderato": 92, "Allegretto": 108, "Allegro moderato": 116, "Allegro": 132, "Vivace": 152, "Presto": 176,
        "Prestissimo": 200,
    }
)  # fmt: skip
"""Tempo words, from slow to fast, and their usual beats per minute."""

_PARTS = {
    "grav": 40, "larghet": 62, "larg": 46, "lent": 50, "adag": 56, "andantino": 80, "andant": 72, "moderat": 92,
    "mäßig": 84, "ruhig": 66, "langsam": 52, "allegret": 108, "allegro mod": 116, "allegr": 132, "vivac": 152,
    "vivo": 144, "lebhaft": 138, "schnell": 152, "bewegt": 112, "prestis": 200, "prest": 176, "valse": 150,
    "marcia": 112, "menuetto": 116, "polacca": 100, "mazurka": 132, "maestoso": 80, "con moto": 112, "modéré": 92,
    "lentement": 50, "vif": 144, "animé": 126,
}  # fmt: skip

DIRECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "slow": (
            "dolce",
            "espressivo",
            "cantabile",
            "legato",
            "sostenuto",
            "con espressione",
            "tranquillo",
            "mesto",
        ),
        "fast": (
            "leggiero",
            "scherzando",
            "con brio",
            "marcato",
            "con fuoco",
            "grazioso",
            "risoluto",
            "giocoso",
        ),
        "end": ("rit.", "poco rit.", "rall.", "morendo", "poco a poco rall."),
        "middle": (
            "cresc.",
            "dim.",
            "poco più mosso",
            "a tempo",
            "sempre legato",
            "simile",
            "poco a poco cresc.",
        ),
    }
)
"""Words of expression by the tempo or the place that they suit."""

_USUAL = (
    "Andante",
    "Moderato",
    "Allegretto",
    "Allegro",
    "Allegro moderato",
    "Adagio",
    "Andantino",
    "Vivace",
    "Largo",
)


def beats_per_minute(words: str) -> int | None:
    """The usual speed of tempo words; `None` if they say nothing about it."""
    plain = words.lower()
    return next((speed for part, speed in _PARTS.items() if part in plain), None)


def tempo_for(draws: Draws) -> str:
    """Random tempo words."""
    return draws.pick(_USUAL)
