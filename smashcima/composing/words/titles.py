"""Titles and invented names of composers."""

from __future__ import annotations

from smashcima.composing.draws import Draws

_GENERIC = (
    "Exercise",
    "Study",
    "Piece",
    "Little Piece",
    "Album Leaf",
    "Intermezzo",
    "Melody",
    "Invention",
    "Scene",
)
_PATTERNS = (
    "{genre} in {key}", "{genre}", "{genre} No. {number}", "{genre} in {key}, Op. {opus}", "{genre}, Op. {opus} No. {number}",
    "{number}. {genre}",
)  # fmt: skip
_POETIC = (
    "Evening by the Lake", "The Old Clock", "Morning Walk", "Letters from Home", "Snow on the Roofs", "The Miller's Daughter",
    "Under the Linden", "A Winter's Tale", "Paper Boats", "The Lamplighter", "Far from the Sea", "Swallows",
)  # fmt: skip

_GIVEN = (
    "Anna", "Bohumil", "Clara", "Dorothea", "Emil", "Friedrich", "Giulia", "Henri", "Ignaz", "Johanna", "Karel", "Louise",
    "Matteo", "Nadia", "Otto", "Pauline", "Rosa", "Samuel", "Theodor", "Vilém", "Wilhelmine", "Jan", "Marie", "Sophie",
)  # fmt: skip
_STARTS = (
    "Hal",
    "Ber",
    "Mar",
    "Lin",
    "Kor",
    "Vel",
    "Ster",
    "Nov",
    "Ros",
    "Bran",
    "Cal",
    "Dor",
    "Fal",
    "Wen",
    "Zel",
    "Tor",
)
_ENDS = (
    "bauer",
    "ini",
    "ek",
    "mann",
    "ett",
    "ová",
    "berg",
    "elli",
    "son",
    "wald",
    "ard",
    "ier",
    "stein",
    "ov",
    "ley",
    "ani",
)


def title_for(pattern: str | None, genre: str, key: str, draws: Draws) -> str:
    """A title; `pattern` as in `Conditions.title`, or `None` for a random one."""
    if pattern is None:
        if not genre and draws.chance(0.25):
            return draws.pick(_POETIC)
        pattern = draws.pick(_PATTERNS)
    name = genre.capitalize() if genre else draws.pick(_GENERIC)
    values = {"genre": name, "key": key, "number": draws.integer(1, 12), "opus": draws.integer(1, 120)}
    return _filled(pattern, values)


def invented_name(pattern: str | None, draws: Draws) -> str:
    """A name; `pattern` as in `Conditions.composer`, or `None` for a random one."""
    if pattern is None:
        pattern = draws.pick(("{given} {surname}", "{initial}. {surname}", "{surname}"))
    if "{" not in pattern:
        return pattern
    given = draws.pick(_GIVEN)
    surname = draws.pick(_STARTS) + draws.pick(_ENDS)
    return _filled(pattern, {"given": given, "initial": given[0], "surname": surname})


def _filled(pattern: str, values: dict[str, object]) -> str:
    """The pattern with its known names in braces replaced; others stay, since titles are free text."""
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern
