"""Elements of notation whose shares can be wanted, and their counts in scores."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from smashcima.errors import SettingsError
from smashcima.scene.semantic import (
    Arpeggio,
    Articulation,
    BarlineForm,
    Breath,
    Clef,
    Direction,
    Dynamic,
    Ending,
    Event,
    Fermata,
    Fingering,
    Hairpin,
    Note,
    Ornament,
    Pedal,
    PedalAction,
    Score,
    SemanticObject,
    Slur,
    Tie,
)

_REPEATS = (BarlineForm.REPEAT_END, BarlineForm.REPEAT_BOTH)


@dataclass(frozen=True)
class Element:
    """An element of notation and what it is counted against."""

    per: str
    """`note` (grace notes do not count) or `measure`."""

    most: float
    """The greatest share that a composer can be asked for."""

    about: str

    group: int = 1
    """How many come together, so that a number may differ by one less from the wanted one."""


ELEMENTS: Mapping[str, Element] = MappingProxyType(
    {
        "tuplets": Element("note", 1.0, "notes in tuplets", 3),
        "grace notes": Element("note", 0.5, "grace notes"),
        "ornaments": Element("note", 0.5, "trills, mordents and turns"),
        "articulations": Element("note", 1.0, "notes and chords with staccato, tenuto, accent or marcato"),
        "fingerings": Element("note", 1.0, "fingerings"),
        "cross-staff": Element("note", 0.5, "notes drawn on the other staff of a piano", 2),
        "ties": Element("note", 0.5, "ties", 2),
        "arpeggios": Element("note", 0.5, "arpeggio signs before chords"),
        "slurs": Element("measure", 2.0, "slurs"),
        "dynamics": Element("measure", 1.0, "dynamics"),
        "hairpins": Element("measure", 1.0, "crescendo and diminuendo wedges"),
        "pedals": Element("measure", 1.0, "pressed pedals"),
        "directions": Element("measure", 1.0, "words such as dolce"),
        "fermatas": Element("measure", 1.0, "fermatas"),
        "breaths": Element("measure", 1.0, "breath marks"),
        "clef changes": Element("measure", 0.5, "clefs within the piece", 2),
        "endings": Element("measure", 0.25, "first and second endings, which are repeats, too"),
        "repeats": Element("measure", 0.25, "repeat signs at the end of a section"),
    }
)
"""Elements by name, with the base of their share: `{"ornaments": 0.1}` is an ornament on every tenth note."""


def check_share(element: Any, share: Any) -> None:
    """Raises a `SettingsError` for an unknown element or an impossible share."""
    known = ELEMENTS.get(element) if isinstance(element, str) else None
    if known is None:
        close = difflib.get_close_matches(str(element), list(ELEMENTS), 1)
        hint = f" (did you mean {close[0]!r}?)" if close else ""
        raise SettingsError(
            f"{element!r} is not an element with a share{hint}; choose from {', '.join(ELEMENTS)}."
        )
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= known.most:
        raise SettingsError(
            f"The share of {element} per {known.per} must be a number from 0 to {known.most:g}, not {share!r}."
        )


def element_numbers(score: Score) -> dict[str, tuple[int, int]]:
    """For each element of `ELEMENTS`, how often it occurs in a score, and what it is counted against."""
    counts = dict.fromkeys(ELEMENTS, 0)
    notes = measures = 0
    for found in score.descendants():
        if isinstance(found, Note):
            if found.is_grace:
                counts["grace notes"] += 1
                continue
            notes += 1
            counts["tuplets"] += found.tuplet is not None
            counts["cross-staff"] += _is_cross_staff(found)
        elif found.tag == "measure":
            measures += 1
            counts["endings"] += _is_second_ending(found)
            counts["repeats"] += getattr(found, "right", None) in _REPEATS
        elif isinstance(found, Clef):
            counts["clef changes"] += found.tagged_ancestor("layer") is not None and found.same_as is None
        else:
            for name, counted in _COUNTED.items():
                counts[name] += counted(found)
    bases = {"note": notes, "measure": measures}
    return {name: (count, bases[ELEMENTS[name].per]) for name, count in counts.items()}


def _is_second_ending(measure: SemanticObject) -> bool:
    parent = measure.parent
    return isinstance(parent, Ending) and parent.n == "2"


def _is_cross_staff(note: Event) -> bool:
    holder = note.chord if isinstance(note, Note) else None
    return note.cross_staff is not None or (holder is not None and holder.cross_staff is not None)


def _is(kind: type[SemanticObject]) -> Callable[[SemanticObject], bool]:
    return lambda found: isinstance(found, kind)


_COUNTED: Mapping[str, Callable[[SemanticObject], bool]] = {
    "ornaments": _is(Ornament),
    "articulations": _is(Articulation),
    "fingerings": _is(Fingering),
    "ties": _is(Tie),
    "arpeggios": _is(Arpeggio),
    "slurs": _is(Slur),
    "dynamics": _is(Dynamic),
    "hairpins": _is(Hairpin),
    "pedals": lambda found: isinstance(found, Pedal) and found.action is PedalAction.DOWN,
    "directions": _is(Direction),
    "fermatas": _is(Fermata),
    "breaths": _is(Breath),
}
