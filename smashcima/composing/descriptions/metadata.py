"""What can be said about a composed piece: its conditions, and fields of IMSLP."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Any

from smashcima.composing.checking import is_pickup
from smashcima.composing.conditions import Conditions
from smashcima.composing.ensembles import ENSEMBLES, INSTRUMENTS, Ensemble
from smashcima.composing.theory import Key
from smashcima.scene.semantic import Score, Tempo, TimeSignature


def conditions_of(score: Score, drawn: Conditions) -> Conditions:
    """The conditions that a composed score meets: the drawn ones, with key, metre, players and so on of the score."""
    definition = score.definition
    signature = definition.key_signature if definition is not None else None
    found: dict[str, Any] = {
        "title": score.title or None,
        "composer": score.composer or None,
        "ensemble": players_of(score),
        "measures": sum(not is_pickup(measure) for measure in score.measures) or None,
        "pickup": any(is_pickup(measure) for measure in score.measures),
        "tempo": next((mark.text for mark in score.marks() if isinstance(mark, Tempo) and mark.text), None),
        "metre": _metre(definition.time_signature if definition is not None else None),
    }
    if signature is not None and signature.fifths is not None and signature.mode in ("major", "minor"):
        found["key"] = Key.of_fifths(signature.fifths, signature.mode == "minor").name
    # Patterns of texts have been filled, and everything else that was asked for is kept in its own words.
    changes = {
        name: value
        for name, value in found.items()
        if value is not None and (name in ("title", "composer") or getattr(drawn, name) is None)
    }
    return dataclasses.replace(drawn, **changes)


def metadata_of(conditions: Conditions) -> dict[str, str]:
    """Facts about a piece by the field names of IMSLP, in their order, as in the metadata of MusicScore.

    The conditions are constants, as of `conditions_of`.
    """
    style, lyrics, genre = conditions.style, conditions.lyrics, conditions.genre
    facts = {
        "Work Title": conditions.title,
        "Composer": conditions.composer,
        "Key": _key_name(conditions.key),
        "Language": lyrics.capitalize() if isinstance(lyrics, str) and lyrics != "none" else None,
        "Composer Time Period": style.capitalize() if isinstance(style, str) else None,
        "Piece Style": style.capitalize() if isinstance(style, str) else None,
        "Instrumentation": _instrumentation(conditions.ensemble),
        "Genre": genre.capitalize() if isinstance(genre, str) else None,
    }
    return {name: str(value) for name, value in facts.items() if value}


def players_of(score: Score) -> str | tuple[str, ...] | None:
    """The ensemble or the instruments with the names of the parts of a composed score; `None` for other names."""
    labels = tuple(part.name for part in score.parts)
    named = _by_labels().get(labels)
    if named is not None:
        return named
    # `Violin II` is a violin.
    stems = tuple(label.rstrip("IVX").strip() for label in labels)
    names = tuple(_by_labels().get((stem,)) for stem in stems)
    instruments = tuple(name for name in names if isinstance(name, str))
    if len(instruments) == len(labels) and Ensemble.of(instruments).labels == labels:
        return instruments
    return None


@lru_cache(maxsize=1)
def _by_labels() -> dict[tuple[str, ...], str]:
    return {Ensemble.of(name).labels: name for name in (*INSTRUMENTS, *ENSEMBLES)}


def _metre(signature: object) -> str | None:
    if not isinstance(signature, TimeSignature) or signature.numbers is None:
        return None
    count, unit = signature.numbers
    return f"{count}/{unit}"


def _key_name(key: object) -> str | None:
    """The name of a key as IMSLP writes it: `B-flat major`."""
    if not isinstance(key, str):
        return None
    return Key.parse(key).name.replace(" flat", "-flat").replace(" sharp", "-sharp")


def _instrumentation(players: object) -> str | None:
    if isinstance(players, str):
        return players
    return ", ".join(dict.fromkeys(players)) if isinstance(players, tuple) else None
