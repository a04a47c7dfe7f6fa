"""What a piece will be: conditions with a choice for everything that is not given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from smashcima.composing.conditions import Conditions
from smashcima.composing.draws import Draws, Weighted
from smashcima.composing.ensembles import Ensemble
from smashcima.composing.genres import GENRES, Genre
from smashcima.composing.styles import STYLES, Style
from smashcima.composing.theory import Key, Metre, Tone, tone_of
from smashcima.composing.words import LANGUAGES, beats_per_minute, invented_name, tempo_for, title_for
from smashcima.scene.semantic import Pitch

_FIFTHS = Weighted({0: 5, 1: 5, -1: 5, 2: 4, -2: 4, 3: 3, -3: 3, 4: 2, -4: 2, 5: 1, -5: 1, 6: 0.5, -6: 0.5})
_METRES = Weighted({"4/4": 6, "3/4": 5, "2/4": 4, "6/8": 3, "cut": 1, "common": 2, "9/8": 0.5, "12/8": 0.7, "3/8": 1,
                    "3/2": 0.4, "5/4": 0.3, "5/8": 0.3, "7/8": 0.3})  # fmt: skip
_STYLES = Weighted({"baroque": 2, "classical": 4, "romantic": 4, "modern": 1})
_MEASURES = (16, 16, 16, 24, 24, 32)
_FORMS = ("period", "binary", "ternary", "ternary", "rondo", "through-composed")
_SMALL_ENSEMBLES = Weighted({1: 3, 2: 6, 3: 2, 4: 2})

_METRIC_TEXTURES: Mapping[str, Callable[[Metre], bool]] = {
    "waltz": lambda metre: metre.count == 3,
    "polonaise": lambda metre: metre.name == "3/4",
    "alberti": lambda metre: not metre.is_compound,
}
"""Textures that need certain metres."""


@dataclass(frozen=True)
class Plan:
    """All choices about a piece as a whole."""

    key: Key
    metre: Metre
    ensemble: Ensemble
    measures: int
    has_pickup: bool
    texture: str
    density: float
    melody_range: tuple[Tone, Tone] | None
    """As given; `None` for that of the instrument."""
    voices: int
    style: Style
    genre: str
    form: str
    tempo: str
    bpm: int | None
    """As given; `None` for no metronome mark."""
    title: str
    composer: str
    lyrics: str
    """Language, or the empty text."""
    shares: dict[str, float]
    """Given shares, and those of the style for all other elements."""
    wanted: frozenset[str]
    """Elements whose share was given."""

    @property
    def speed(self) -> int:
        """Beats per minute."""
        return self.bpm or beats_per_minute(self.tempo) or 100


def make_plan(conditions: Conditions, draws: Draws) -> Plan:
    """Chooses what the conditions, which have no distributions, leave open."""
    given = conditions
    genre = GENRES.get(given.genre) if isinstance(given.genre, str) else None
    style_name = given.style if isinstance(given.style, str) else draws.weighted(_STYLES)
    style = STYLES[style_name]
    key = Key.parse(given.key) if isinstance(given.key, str) else _some_key(draws)
    metre = _metre(given, genre, draws)
    ensemble = _ensemble(given, draws)
    texture = _texture(given, genre, style, metre, ensemble, draws)
    tempo = (
        given.tempo
        if isinstance(given.tempo, str)
        else draws.pick(genre.tempi)
        if genre
        else tempo_for(draws)
    )
    density = given.density if isinstance(given.density, int | float) else None
    if density is None:
        middle = genre.density if genre else 0.42
        density = min(max(middle + (draws.uniform() - 0.5) * 0.2, 0.0), 1.0)
    shares = {**style.shares, **_numbers(given)}
    return Plan(
        key=key,
        metre=metre,
        ensemble=ensemble,
        measures=given.measures if isinstance(given.measures, int) else draws.pick(_MEASURES),
        has_pickup=given.pickup
        if isinstance(given.pickup, bool)
        else draws.chance(0.8 if genre and genre.has_pickup else 0.15),
        texture=texture,
        density=float(density),
        melody_range=_range(given),
        voices=given.voices if isinstance(given.voices, int) else 1,
        style=style,
        genre=str(given.genre or ""),
        form=given.form if isinstance(given.form, str) else genre.form if genre else draws.pick(_FORMS),
        tempo=tempo,
        bpm=given.bpm if isinstance(given.bpm, int) else None,
        title=title_for(
            given.title if isinstance(given.title, str) else None, str(given.genre or ""), key.name, draws
        ),
        composer=invented_name(given.composer if isinstance(given.composer, str) else None, draws),
        lyrics=_lyrics(given, ensemble, draws),
        shares=shares,
        wanted=frozenset(given.shares),
    )


def _numbers(given: Conditions) -> dict[str, float]:
    return {name: float(share) for name, share in given.shares.items() if isinstance(share, int | float)}


def _some_key(draws: Draws) -> Key:
    return Key.of_fifths(draws.weighted(_FIFTHS), draws.chance(0.4))


def _metre(given: Conditions, genre: Genre | None, draws: Draws) -> Metre:
    if isinstance(given.metre, str):
        return Metre.parse(given.metre)
    if genre is not None:
        return Metre.parse(draws.pick(genre.metres))
    if given.texture in ("waltz", "polonaise"):
        return Metre.parse("3/4")
    return Metre.parse(draws.weighted(_METRES))


def _ensemble(given: Conditions, draws: Draws) -> Ensemble:
    if isinstance(given.ensemble, str | tuple):
        return Ensemble.of(given.ensemble)
    staves = given.staves if isinstance(given.staves, int) else draws.weighted(_SMALL_ENSEMBLES)
    names = Ensemble.names_with_staves(staves)
    if staves == 1 and isinstance(given.lyrics, str) and given.lyrics != "none":
        return Ensemble.of("voice")
    return Ensemble.of(draws.pick(names))


def _texture(
    given: Conditions, genre: Genre | None, style: Style, metre: Metre, ensemble: Ensemble, draws: Draws
) -> str:
    if isinstance(given.texture, str):
        return given.texture
    if ensemble.staves == 1:
        return "melody"
    suits = {name: weight for name, weight in style.textures.items() if _suits(name, metre)}
    if genre is not None:
        fitting = [name for name in genre.textures if _suits(name, metre)]
        if fitting:
            return draws.pick(fitting)
    if all(each.family == "voice" for each in ensemble.instruments):
        return "chorale" if draws.chance(0.8) else "counterpoint"
    return draws.weighted(Weighted(suits))


def _suits(texture: str, metre: Metre) -> bool:
    """Whether a texture is usual in a metre."""
    return texture not in _METRIC_TEXTURES or _METRIC_TEXTURES[texture](metre)


def _range(given: Conditions) -> tuple[Tone, Tone] | None:
    if not isinstance(given.range, tuple):
        return None
    low, high = given.range
    return tone_of(Pitch.parse(low)), tone_of(Pitch.parse(high))


def _lyrics(given: Conditions, ensemble: Ensemble, draws: Draws) -> str:
    if given.lyrics == "none":
        return ""
    if isinstance(given.lyrics, str):
        return given.lyrics
    if any(each.family == "voice" for each in ensemble.instruments):
        return draws.pick(tuple(LANGUAGES))
    return ""
