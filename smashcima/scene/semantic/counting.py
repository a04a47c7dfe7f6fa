"""Counts of the elements of a score."""

from __future__ import annotations

from collections import Counter

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.groups import Beam, BowedTremolo, FingeredTremolo, Tuplet
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.lyrics import Syllable
from smashcima.scene.semantic.measure import Ending, Measure
from smashcima.scene.semantic.note import (
    BeatRepeat,
    Chord,
    HalfMeasureRepeat,
    MeasureRepeat,
    MeasureRest,
    MultiMeasureRepeat,
    MultiMeasureRest,
    Note,
    Rest,
    TwoMeasureRepeat,
)
from smashcima.scene.semantic.note_parts import Accidental, Articulation
from smashcima.scene.semantic.point_marks import (
    Breath,
    Caesura,
    Direction,
    Dynamic,
    Fermata,
    Figure,
    Fingering,
    Harmony,
    HarpPedal,
    MeasureNumber,
    Ornament,
    OrnamentText,
    RehearsalMark,
    RepeatMark,
    Tempo,
)
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.spanners import (
    Arpeggio,
    BeamSpan,
    BracketSpan,
    Glissando,
    Hairpin,
    LaissezVibrer,
    Line,
    OctaveShift,
    Pedal,
    Slur,
    Tie,
    TupletSpan,
)
from smashcima.scene.semantic.texts import PageBreak, SystemBreak
from smashcima.scene.semantic.time_signature import TimeSignature

_COUNTED: dict[str, tuple[type[SemanticObject], ...]] = {
    "measures": (Measure,),
    "notes": (Note,),
    "chords": (Chord,),
    "rests": (Rest,),
    "measure rests": (MeasureRest,),
    "multi-measure rests": (MultiMeasureRest,),
    "measure repeats": (
        BeatRepeat,
        HalfMeasureRepeat,
        MeasureRepeat,
        MultiMeasureRepeat,
        TwoMeasureRepeat,
    ),
    "beams": (Beam, BeamSpan),
    "tuplets": (Tuplet, TupletSpan),
    "tremolos": (BowedTremolo, FingeredTremolo),
    "accidentals": (Accidental,),
    "articulations": (Articulation,),
    "clefs": (Clef,),
    "key signatures": (KeySignature,),
    "time signatures": (TimeSignature,),
    "slurs": (Slur,),
    "ties": (Tie,),
    "let-ring ties": (LaissezVibrer,),
    "hairpins": (Hairpin,),
    "dynamics": (Dynamic,),
    "tempo marks": (Tempo,),
    "directions": (Direction,),
    "rehearsal marks": (RehearsalMark,),
    "repeat marks": (RepeatMark,),
    "fermatas": (Fermata,),
    "ornaments": (Ornament, OrnamentText),
    "arpeggios": (Arpeggio,),
    "glissandos": (Glissando,),
    "octave lines": (OctaveShift,),
    "pedal marks": (Pedal,),
    "harp pedal diagrams": (HarpPedal,),
    "breaths and caesuras": (Breath, Caesura),
    "lines and brackets": (BracketSpan, Line),
    "fingerings": (Fingering,),
    "syllables": (Syllable,),
    "harmonies": (Harmony,),
    "figures": (Figure,),
    "endings": (Ending,),
    "measure numbers": (MeasureNumber,),
    "system breaks": (SystemBreak,),
    "page breaks": (PageBreak,),
}

_OTHERS = "other marks"


def count_elements(score: SemanticObject) -> dict[str, int]:
    """Counts the elements of a score, or of a part of it such as a measure, by plain names such as `notes`.

    Always contains the same names in the same order, with 0 for elements that do not occur: measures, notes, chords,
    rests and so on, and last `other marks` for marks of any other class.

    Counts written symbols: each notehead of a chord, accidentals that are drawn, each sign of an articulation, clefs
    without their copies in further voices, syllables with text in each verse, chord symbols as harmonies, and each
    figure of a figured bass.
    """
    counts: Counter[str] = Counter(dict.fromkeys((*_COUNTED, _OTHERS), 0))
    names: dict[type[SemanticObject], str | None] = {}
    for found in score.descendants():
        kind = type(found)
        if kind not in names:
            names[kind] = _name(kind)
        name = names[kind]
        if name is not None:
            counts[name] += _weight(found)
    return dict(counts)


def _name(kind: type[SemanticObject]) -> str | None:
    for name, kinds in _COUNTED.items():
        if issubclass(kind, kinds):
            return name
    return _OTHERS if issubclass(kind, ControlEvent) else None


def _weight(found: SemanticObject) -> int:
    if isinstance(found, Accidental):
        return int(found.is_visible)
    if isinstance(found, Articulation):
        return max(1, len(found.kinds))
    if isinstance(found, Clef):
        return int(found.same_as is None)
    if isinstance(found, Harmony):
        return int(found.figured_bass is None)
    if isinstance(found, Syllable):
        return int(bool(found.text.strip()))
    return 1
