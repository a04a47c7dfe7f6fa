"""Joins mentions of players: `violin and piano`, `string quartet and harp`."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from functools import lru_cache

from smashcima.composing.descriptions.description import Mention
from smashcima.composing.descriptions.folding import folded
from smashcima.composing.distributions import OneOf
from smashcima.composing.ensembles import ENSEMBLES, INSTRUMENTS, Ensemble
from smashcima.errors import SettingsError

Players = str | tuple[str, ...]

_JOINING = re.compile(
    r"\.?\s*(?:(?:i{1,3}|iv|1|2|3|4)\b\.?)?\s*(?:solo\s*)?(?:[,+&]|\b(?:and|with|und|mit|et|avec|e|ed|con|y|a|plus|accompanied\s+by)\b)"
    r"(?:[\s,+&]|\b(?:and|a|an|the|der|le|la|solo|obbligato)\b)*"
)
"""Text between players who play together."""

_ACCOMPANYING = ("piano", "harpsichord", "organ", "celesta", "harp", "guitar")


def joined_players(
    mentions: tuple[Mention, ...], text: str, contradict: Callable[[Mention, Mention, str], None]
) -> list[Mention]:
    """The mentions with one for all players together, which play in the order of a score.

    The players after another are named together; others are said again, or contradict the first ones.
    """
    groups: list[Mention] = []
    others: list[Mention] = []
    for mention in mentions:
        if mention.field != "ensemble" or mention.is_implied:
            others.append(mention)
        elif (
            groups
            and _JOINING.fullmatch(folded(text[groups[-1].end : mention.start]))
            and _can_join(groups[-1], mention)
        ):
            groups[-1] = _joined(groups[-1], mention, text)
        else:
            groups.append(mention)
    if not groups:
        return others
    said = groups[0]
    for group in groups[1:]:
        if _is_within(_parts(said), _parts(group)):
            said = group
        elif not _is_within(_parts(group), _parts(said)):
            contradict(said, group, f"{said.text!r} is used, because it comes first")
    return [*others, said if said.is_labelled else dataclasses.replace(said, value=_named(said.value))]


def _can_join(one: Mention, other: Mention) -> bool:
    if one.is_labelled or isinstance(one.value, OneOf) or isinstance(other.value, OneOf):
        return False
    return _staves((*_parts(one), *_parts(other))) is not None and one.end <= other.start


def _joined(one: Mention, other: Mention, text: str) -> Mention:
    parts = (*_parts(one), *_parts(other))
    return dataclasses.replace(one, value=parts, end=other.end, text=text[one.start : other.end])


def _parts(mention: Mention) -> tuple[str, ...]:
    """The instruments of a mention; of the first of several choices."""
    value = mention.value.values[0] if isinstance(mention.value, OneOf) else mention.value
    if isinstance(value, tuple):
        return value
    return ENSEMBLES.get(str(value).lower(), (str(value),))


def _is_within(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return set(some) <= set(others)


def _staves(parts: tuple[str, ...]) -> int | None:
    try:
        return Ensemble.of(parts).staves
    except SettingsError:
        return None


def _named(value: Players | OneOf[Players]) -> Players | OneOf[Players]:
    if isinstance(value, OneOf):
        return OneOf(tuple(_name(each) for each in value.values), value.weights)
    return _name(value)


def _name(players: Players) -> Players:
    """The name of an ensemble if these are its players, with accompanying instruments below the others."""
    if isinstance(players, str):
        return players
    if len(players) == 1:
        return players[0]
    families = [INSTRUMENTS[each].family for each in players if each in INSTRUMENTS]
    if families.count("voice") == 1 and "string" in families:
        # A viola is `alto` in French.
        players = tuple("viola" if each == "alto" else each for each in players)
    above = [each for each in players if each not in _ACCOMPANYING]
    ordered = (*above, *(each for each in players if each in _ACCOMPANYING))
    return _by_players().get(tuple(sorted(ordered)), ordered)


@lru_cache(maxsize=1)
def _by_players() -> dict[tuple[str, ...], str]:
    return {tuple(sorted(parts)): name for name, parts in ENSEMBLES.items()}
