"""How much of everything there is in a score: what tests of completeness compare."""

from __future__ import annotations

from collections import Counter

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.lyrics import Syllable
from smashcima.scene.semantic.marks import Dynamic, Figure, Harmony
from smashcima.scene.semantic.measure import Ending, Measure
from smashcima.scene.semantic.note import (
    Chord,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
)
from smashcima.scene.semantic.note_parts import Accidental, Articulation
from smashcima.scene.semantic.score import Score
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.spanners import Slur, Tie
from smashcima.scene.semantic.texts import PageBreak, SystemBreak
from smashcima.scene.semantic.time_signature import TimeSignature

_COUNTED: dict[str, type[SemanticObject]] = {
    "measures": Measure,
    "notes": Note,
    "chords": Chord,
    "rests": Rest,
    "measure rests": MeasureRest,
    "multi-measure rests": MultiMeasureRest,
    "accidentals": Accidental,
    "articulations": Articulation,
    "clefs": Clef,
    "key signatures": KeySignature,
    "time signatures": TimeSignature,
    "slurs": Slur,
    "ties": Tie,
    "dynamics": Dynamic,
    "syllables": Syllable,
    "harmonies": Harmony,
    "figures": Figure,
    "endings": Ending,
    "system breaks": SystemBreak,
    "page breaks": PageBreak,
}


def count_elements(score: Score) -> dict[str, int]:
    """Counts what is in a score: by the plain names of the commonest things, and by class for all other marks.

    Counted is what is written: accidentals that are drawn, each sign of an articulation, clefs but not the copies of them in
    further voices, syllables with text. Names that do not occur have a count of 0 if they are plain names, and are absent
    if they are classes.
    """
    counts: Counter[str] = Counter(dict.fromkeys(_COUNTED, 0))
    for found in score.descendants():
        name = next((name for name, kind in _COUNTED.items() if isinstance(found, kind)), None)
        if name is not None:
            counts[name] += _weight(found)
        elif isinstance(found, ControlEvent):
            counts[type(found).__name__] += 1
    return dict(counts)


def _weight(found: SemanticObject) -> int:
    if isinstance(found, Accidental):
        return int(found.is_visible)
    if isinstance(found, Articulation):
        return max(1, len(found.kinds))
    if isinstance(found, Clef):
        return int(found.same_as is None)
    if isinstance(found, Syllable):
        return int(bool(found.text.strip()))
    return 1
