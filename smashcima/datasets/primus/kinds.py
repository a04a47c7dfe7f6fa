"""Files of an incipit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smashcima.errors import SettingsError

FILES: Mapping[str, tuple[str, ...]] = {
    "agnostic": ("{id}.agnostic",),
    "semantic": ("{id}.semantic",),
    "mei": ("{id}.mei",),
    "pae": ("{id}.pae", "verovio_pae.txt", "regular_pae.pae"),
    "midi": ("{id}.mid",),
    "png": ("{id}.png",),
    "svg": ("{id}.svg",),
    "distorted": ("{id}_distorted.jpg",),
    "boundingboxes": ("{id}.boundingboxes.txt",),
}
"""Names of files by kind, in order of preference. Camera-PrIMuS has `distorted` images instead of some others."""

FORMATS: Mapping[str, str] = {
    "mei": ".mei",
    "pae": ".pae",
    "agnostic": ".agnostic",
    "semantic": ".semantic",
    "midi": ".mid",
}
"""Kinds that load as scores, with their formats."""


def names_of(kind: str, id: str) -> tuple[str, ...]:
    """Names of the files of a kind in the directory of an incipit, in order of preference."""
    return tuple(name.format(id=id) for name in FILES[kind])


def checked_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """The given kinds; raises a `SettingsError` if one is unknown."""
    given = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in given:
        if kind not in FILES:
            raise SettingsError(f"{kind!r} is not a kind of file of PrIMuS; choose from {', '.join(FILES)}.")
    return given
