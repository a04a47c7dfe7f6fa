"""Kinds of pieces: their metres, textures, tempi and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FORMS = ("period", "binary", "ternary", "rondo", "through-composed")
"""Plans of phrases: one period after another; two repeated parts; A B A; A B A C A; no return."""


@dataclass(frozen=True)
class Genre:
    """A kind of piece."""

    metres: tuple[str, ...]
    textures: tuple[str, ...]
    tempi: tuple[str, ...]
    form: str
    density: float
    """Density of the melody, from 0 to 1."""

    has_pickup: bool = False


def _genre(
    metres: str, textures: str, tempi: str, form: str, density: float, has_pickup: bool = False
) -> Genre:
    return Genre(
        tuple(metres.split()),
        tuple(text.strip() for text in textures.split(",")),
        tuple(text.strip() for text in tempi.split(",")),
        form,
        density,
        has_pickup,
    )


GENRES: Mapping[str, Genre] = MappingProxyType(
    {
        "waltz": _genre("3/4", "waltz", "Tempo di valse, Allegretto, Allegro moderato", "ternary", 0.4),
        "minuet": _genre("3/4", "counterpoint, block chords, walking bass", "Tempo di menuetto, Moderato", "binary", 0.45),
        "march": _genre("4/4 2/4 cut", "stride, block chords", "Tempo di marcia, Allegro risoluto", "ternary", 0.45, True),
        "gavotte": _genre("cut 4/4", "counterpoint, block chords", "Allegretto, Moderato", "binary", 0.45, True),
        "bourrée": _genre("cut 2/2", "counterpoint, walking bass", "Allegro, Vivace", "binary", 0.5, True),
        "sarabande": _genre("3/4 3/2", "chorale, block chords", "Largo, Lento", "binary", 0.25),
        "gigue": _genre("6/8 12/8", "counterpoint, block chords", "Presto, Vivace", "binary", 0.6, True),
        "siciliano": _genre("6/8 12/8", "arpeggio, block chords", "Larghetto, Andante", "binary", 0.4, True),
        "allemande": _genre("4/4 common", "counterpoint", "Moderato, Andante", "binary", 0.7, True),
        "courante": _genre("3/4 3/2", "counterpoint, walking bass", "Allegro, Con moto", "binary", 0.6, True),
        "polonaise": _genre("3/4", "polonaise", "Tempo di polacca, Maestoso", "ternary", 0.5),
        "mazurka": _genre("3/4", "waltz", "Tempo di mazurka, Vivo", "ternary", 0.45),
        "polka": _genre("2/4", "stride", "Allegro, Vivace", "ternary", 0.55),
        "tarantella": _genre("6/8", "stride, block chords", "Presto, Vivacissimo", "rondo", 0.6),
        "barcarolle": _genre("6/8 12/8", "arpeggio", "Andantino, Allegretto cantabile", "ternary", 0.35),
        "nocturne": _genre("4/4 12/8 6/8", "arpeggio", "Andante espressivo, Lento sostenuto", "ternary", 0.4),
        "lullaby": _genre("6/8 3/4 2/4", "arpeggio, alberti", "Andantino, Lento", "ternary", 0.3),
        "prelude": _genre("4/4 3/4 6/8", "arpeggio, block chords, alberti", "Moderato, Andante, Allegro", "through-composed", 0.5),
        "étude": _genre("4/4 2/4 3/4", "alberti, block chords, arpeggio", "Allegro, Allegro vivace, Presto", "ternary", 0.9),
        "invention": _genre("4/4 3/4 3/8 common", "counterpoint", "Allegro, Moderato", "through-composed", 0.65),
        "sonatina": _genre("4/4 2/4 3/4 common", "alberti", "Allegro, Allegretto", "ternary", 0.5),
        "rondo": _genre("2/4 6/8", "alberti, block chords", "Allegro, Allegretto grazioso", "rondo", 0.5, True),
        "song": _genre("4/4 3/4 6/8 2/4", "arpeggio, block chords, alberti", "Andante, Moderato, Mäßig, Ruhig", "ternary", 0.3),
        "romance": _genre("3/4 4/4 6/8", "arpeggio, alberti", "Andante, Andantino", "ternary", 0.35),
        "hymn": _genre("4/4 3/4", "chorale", "Maestoso, Moderato", "period", 0.15, True),
        "chorale": _genre("4/4 common", "chorale", "Andante, Moderato", "period", 0.1, True),
        "scherzo": _genre("3/4 3/8", "block chords, waltz", "Presto, Vivace", "ternary", 0.5),
        "fantasy": _genre("4/4 common", "arpeggio, block chords", "Adagio, Allegro con fuoco", "through-composed", 0.65),
        "bagatelle": _genre("2/4 3/4 6/8", "alberti, block chords", "Andante con moto, Allegretto", "ternary", 0.4),
        "folk song": _genre("2/4 3/4 4/4", "drone, block chords", "Moderato, Con moto", "period", 0.3),
    }
)  # fmt: skip
"""Kinds of pieces by name."""
