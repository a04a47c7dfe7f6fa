"""Conditions and drawing from mentions, and contradictions between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from smashcima.composing.conditions import Conditions
from smashcima.composing.descriptions.description import (
    BY_HAND,
    PRINTED,
    Contradiction,
    Drawing,
    Mention,
    drawing_fields,
)
from smashcima.composing.descriptions.players import joined_players
from smashcima.composing.distributions import Between, OneOf, possible
from smashcima.composing.ensembles import Ensemble
from smashcima.composing.genres import GENRES
from smashcima.composing.theory import ALL_KEYS, Key, Metre
from smashcima.composing.words import beats_per_minute

_FASTER = 1.6
"""Factor between a metronome mark and the usual speed of the tempo words from which on they contradict each other."""


@dataclass
class _Said:
    """What is said about each field: the mention that counts."""

    by_field: dict[str, Mention] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)

    def value(self, name: str) -> Any:
        mention = self.by_field.get(name)
        return None if mention is None else mention.value

    def add(self, mention: Mention) -> None:
        last = self.by_field.get(mention.field)
        if last is None or (last.is_implied and not mention.is_implied):
            self.by_field[mention.field] = mention
        elif not mention.is_implied and not _agree(mention.field, last.value, mention.value):
            self.contradict(last, mention, f"{_shown(last)} is used, because it comes first")

    def contradict(self, first: Mention, second: Mention, resolution: str) -> None:
        if second.start < first.start:
            first, second = second, first
        self.contradictions.append(Contradiction(first, second, resolution))

    def drop(self, name: str) -> None:
        self.by_field.pop(name, None)


def resolve(mentions: Iterable[Mention], text: str) -> tuple[Conditions, Drawing, tuple[Contradiction, ...]]:
    """What the mentions of a text ask for together. The first of two that contradict each other counts."""
    said = _Said()
    for mention in joined_players(tuple(mentions), text, said.contradict):
        said.add(mention)
    for rule in _RULES:
        rule(said)
    values = {name: mention.value for name, mention in said.by_field.items()}
    shares = {
        name.removeprefix("share of "): value
        for name, value in values.items()
        if name.startswith("share of ")
    }
    kept = {name: values[name] for name in _CONDITIONS if name in values}
    drawing = Drawing(**{name: values[name] for name in drawing_fields() if name in values})
    contradictions = sorted(said.contradictions, key=lambda each: (each.first.start, each.second.start))
    return Conditions(**kept, shares=shares), drawing, tuple(contradictions)


_CONDITIONS = (
    "key", "metre", "tempo", "bpm", "ensemble", "staves", "measures", "pickup", "texture", "density", "range", "voices", "style", "genre",
    "form", "title", "composer", "lyrics",
)  # fmt: skip


def _shown(mention: Mention) -> str:
    return repr(mention.text)


def _agree(name: str, one: Any, other: Any) -> bool:
    if name == "key" and isinstance(one, str) and isinstance(other, str):
        return Key.parse(one) == Key.parse(other)
    if name == "metre" and isinstance(one, str) and isinstance(other, str):
        return Metre.parse(one).name == Metre.parse(other).name
    if name == "tempo" and isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower() or beats_per_minute(one) == beats_per_minute(other)
    return bool(one == other)


def _settle_key(said: _Said) -> None:
    """Modes and signatures choose among keys, or must fit the given one."""
    key, mode, fifths = (said.by_field.get(name) for name in ("key", "mode", "fifths"))
    said.drop("mode")
    said.drop("fifths")
    for part in (mode, fifths):
        if (
            key is not None
            and part is not None
            and not all(_fits(each, part) for each in possible(key.value))
        ):
            said.contradict(key, part, f"the key {_shown(key)} is used")
    if key is not None or (mode is None and fifths is None):
        return
    usual = [each for each in ALL_KEYS if abs(each.fifths) <= (7 if fifths is not None else 4)]
    for part in (mode, fifths):
        usual = [each for each in usual if part is None or _fits(each.name, part)]
    names = tuple(each.name for each in usual)
    source = fifths or mode
    assert source is not None
    said.by_field["key"] = Mention(
        "key", names[0] if len(names) == 1 else OneOf(names), source.start, source.end, source.text
    )


def _fits(key: str, part: Mention) -> bool:
    parsed = Key.parse(key)
    if part.field == "fifths":
        return parsed.fifths == int(part.value)
    return parsed.is_minor == bool(part.value == "minor")


def _settle_staves(said: _Said) -> None:
    """The number of staves follows from the players."""
    staves, players = said.by_field.get("staves"), said.by_field.get("ensemble")
    if staves is None or players is None:
        return
    are_exact = staves.is_labelled and players.is_labelled
    numbers = {Ensemble.of(each).staves for each in possible(players.value)}
    wanted = set(possible(staves.value))
    if isinstance(staves.value, Between):
        wanted = set(range(int(staves.value.low), int(staves.value.high) + 1))
    if numbers <= wanted:
        if not are_exact:
            said.drop("staves")
    elif players.is_implied:
        said.drop("ensemble")
    else:
        number = " or ".join(str(each) for each in sorted(numbers))
        said.contradict(players, staves, f"{_shown(players)} has {number} staves, which are used")
        if not are_exact:
            said.drop("staves")


def _settle_script(said: _Said) -> None:
    """Only handwriting has a writer."""
    script, writer = said.by_field.get("script"), said.by_field.get("writer")
    if script is None or writer is None or script.value == BY_HAND:
        return
    if writer.start >= 0 and script.value == PRINTED:
        said.contradict(script, writer, "printed pages have no writer; they are printed")
        said.drop("writer")


def _settle_metre(said: _Said) -> None:
    """Names metres that are not those of the kind of piece; both are used."""
    genre, metre = said.by_field.get("genre"), said.by_field.get("metre")
    if genre is None or metre is None or not isinstance(genre.value, str) or not isinstance(metre.value, str):
        return
    kind = GENRES[genre.value]
    usual = {Metre.parse(each).name for each in kind.metres}
    if Metre.parse(metre.value).name not in usual and genre.value in _DANCES:
        said.contradict(
            genre,
            metre,
            f"{_shown(genre)} is usually in {' or '.join(kind.metres)}; it is written in {metre.value}",
        )


_DANCES = (
    "waltz", "minuet", "march", "gavotte", "bourrée", "sarabande", "gigue", "siciliano", "allemande", "courante", "polonaise", "mazurka", "polka",
    "tarantella", "barcarolle",
)  # fmt: skip
"""Kinds of pieces with a fixed metre."""


def _settle_tempo(said: _Said) -> None:
    """Names metronome marks that do not suit the tempo words; both are written."""
    tempo, bpm = said.by_field.get("tempo"), said.by_field.get("bpm")
    if tempo is None or bpm is None or not isinstance(tempo.value, str) or not isinstance(bpm.value, int):
        return
    usual = beats_per_minute(tempo.value)
    if usual is not None and not usual / _FASTER <= bpm.value <= usual * _FASTER:
        said.contradict(
            tempo, bpm, f"{_shown(tempo)} is usually about {usual} beats per minute; {bpm.value} are written"
        )


def _settle_texture(said: _Said) -> None:
    """A single staff has a melody only."""
    texture, players = said.by_field.get("texture"), said.by_field.get("ensemble")
    if texture is None or (texture.is_labelled and (players is None or players.is_labelled)):
        return
    if players is None and texture.value == "melody" and "staves" not in said.by_field:
        said.by_field["staves"] = Mention(
            "staves", 1, texture.start, texture.end, texture.text, is_implied=True
        )
    if players is None or texture.value == "melody":
        return
    if all(Ensemble.of(each).staves == 1 for each in possible(players.value)):
        if not texture.is_implied:
            said.contradict(players, texture, f"{_shown(players)} has a single staff, with a melody only")
        said.drop("texture")


def _settle_title(said: _Said) -> None:
    """Numbers of works belong to the title."""
    number, title = said.by_field.get("number"), said.by_field.get("title")
    said.drop("number")
    if number is None or (title is not None and not title.is_implied):
        return
    start = title.value if title is not None else "{genre} in {key}"
    said.by_field["title"] = Mention(
        "title", f"{start}, {number.value}", number.start, number.end, number.text, is_implied=True
    )


def _settle_lyrics(said: _Said) -> None:
    """Lyrics are sung: without players, a voice with piano sings them."""
    lyrics, players = said.by_field.get("lyrics"), said.by_field.get("ensemble")
    if lyrics is None or lyrics.value == "none":
        return
    if lyrics.is_labelled and (players is None or players.is_labelled):
        return
    if players is None and "staves" not in said.by_field:
        said.by_field["ensemble"] = Mention(
            "ensemble", "voice and piano", lyrics.start, lyrics.end, lyrics.text, is_implied=True
        )
    elif players is not None and not any(_sings(each) for each in possible(players.value)):
        said.contradict(players, lyrics, f"{_shown(players)} does not sing; there are no lyrics")
        said.drop("lyrics")


def _sings(players: str | tuple[str, ...]) -> bool:
    return any(each.family == "voice" for each in Ensemble.of(players).instruments)


_RULES: tuple[Callable[[_Said], None], ...] = (
    _settle_key,
    _settle_lyrics,
    _settle_texture,
    _settle_staves,
    _settle_script,
    _settle_metre,
    _settle_tempo,
    _settle_title,
)
