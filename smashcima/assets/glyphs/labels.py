"""Labels of glyph stores, including some that the engraver does not use, and validation of labels given by users."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from smashcima.errors import UnsupportedLabelError
from smashcima.scene.visual.labels import Label, SmashcimaLabels, SmuflLabels

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

STORE_LABELS: tuple[Label, ...] = tuple(
    Label.own(name)
    for name in (
        "noteheadBlackSmall",
        "noteheadHalfSmall",
        "flag8thUpSmall",
        "flag8thDownSmall",
        "flag16thUpSmall",
        "flag16thDownSmall",
        "barlineTall",
        "barlineHeavy",
        "ornament",
        *(f"letterSmall{letter}" for letter in _LETTERS),
        *(f"letterCapital{letter}" for letter in _LETTERS),
        "letterDot",
        "letterOther",
        *(f"numeral{digit}" for digit in range(10)),
    )
)
"""Labels of handwritten symbols without a SMuFL name: grace notes and their flags, barlines across staves, single
letters and digits of words, and signs whose kind is not annotated."""


@cache
def known_labels() -> frozenset[Label]:
    """All labels that a glyph in a store may have."""
    members = (*SmuflLabels, *SmashcimaLabels)
    return frozenset(STORE_LABELS) | {Label.of(member) for member in members}


def checked_label(label: str) -> Label:
    """The label of a text with or without its vocabulary: `gClef`, `smufl::gClef`, `smashcima::stem`.

    Raises `UnsupportedLabelError`, which states the closest labels, for an unknown label.
    """
    given = Label.of(label)
    for candidate in (given, Label.smufl(label), Label.own(label)):
        if candidate in known_labels():
            return candidate
    by_name = {known.name.lower(): known for known in sorted(known_labels())}
    close = [by_name[name] for name in get_close_matches(given.name.lower(), by_name, n=3, cutoff=0.5)]
    advice = (
        f"closest: {', '.join(close)}"
        if close
        else "valid labels are SMuFL names, or Smashcima labels under smashcima::"
    )
    raise UnsupportedLabelError(f"There is no label {label!r} ({len(known_labels())} labels; {advice}).")
