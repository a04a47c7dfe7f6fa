"""Decorations and quoted texts as articulations and marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from smashcima.notations.abc import Tempo, decoded
from smashcima.scene.semantic import (
    Arpeggio,
    Articulation,
    Breath,
    Chord,
    ControlEvent,
    Direction,
    Duration,
    Dynamic,
    Fermata,
    Fingering,
    Hairpin,
    HairpinForm,
    Harmony,
    MeiAttributes,
    Mordent,
    Note,
    OrnamentText,
    Pedal,
    PedalAction,
    RepeatMark,
    TextSpan,
    Trill,
    Turn,
)
from smashcima.scene.semantic import (
    Tempo as TempoMark,
)

ARTICULATIONS: dict[str, str] = {
    "staccato": "stacc", "accent": "acc", ">": "acc", "emphasis": "acc", "tenuto": "ten", "wedge": "stacciss",
    "marcato": "marc", "^": "marc", "upbow": "upbow", "downbow": "dnbow", "open": "open", "snap": "snap",
    "+": "lhpizz", "plus": "lhpizz",
}  # fmt: skip
"""MEI names of articulations, by decoration."""

_DYNAMICS = frozenset("pppp ppp pp p mp mf f ff fff ffff sfz sf fp fz rfz sffz".split())

_REPEAT_MARKS = {
    "coda": ("coda", ""), "segno": ("segno", ""), "D.C.": ("daCapo", "D.C."), "dacapo": ("daCapo", "Da Capo"),
    "D.S.": ("dalSegno", "D.S."), "fine": ("fine", "Fine"),
}  # fmt: skip
"""MEI names and texts."""

_MARKS: dict[str, Callable[[], ControlEvent]] = {
    "fermata": lambda: Fermata(place="above"),
    "invertedfermata": lambda: Fermata(place="below", form="inv"),
    "trill": lambda: Trill(),
    "lowermordent": lambda: Mordent(form="lower"),
    "mordent": lambda: Mordent(form="lower"),
    "uppermordent": lambda: Mordent(form="upper"),
    "pralltriller": lambda: Mordent(form="upper"),
    "turn": lambda: Turn(form="upper"),
    "invertedturn": lambda: Turn(form="lower"),
    "turnx": lambda: Turn(form="upper", mei=MeiAttributes(type="slashed")),
    "invertedturnx": lambda: Turn(form="lower", mei=MeiAttributes(type="slashed")),
    "roll": lambda: OrnamentText(place="above", children=["~"]),
    "breath": lambda: Breath(),
    "dacoda": lambda: Direction(place="above", children=["Da Coda"]),
    "ped": lambda: Pedal(action=PedalAction.DOWN),
    "ped-up": lambda: Pedal(action=PedalAction.UP),
}

SPANS: dict[str, Callable[[], ControlEvent]] = {
    "crescendo": lambda: Hairpin(form=HairpinForm.CRESCENDO),
    "<": lambda: Hairpin(form=HairpinForm.CRESCENDO),
    "diminuendo": lambda: Hairpin(form=HairpinForm.DIMINUENDO),
    ">": lambda: Hairpin(form=HairpinForm.DIMINUENDO),
    "trill": lambda: Trill(mei=MeiAttributes(extender="true")),
}
"""Marks from `!name(!` to `!name)!`."""

NEEDS_NOTE = (Trill, Mordent, Turn, Arpeggio, Fingering, OrnamentText, Breath)
"""Marks that have no meaning without a note."""

_CHORD_SYMBOL = re.compile(r"(^|[/(])([A-Ga-g])([#b])")

_SIGNS = {"#": "♯", "b": "♭"}

_PLACES = {"^": "above", "_": "below"}

_NOTE_SIGNS = {
    Fraction(8): "\ue1d0", Fraction(4): "\ue1d2", Fraction(2): "\ue1d3", Fraction(1): "\ue1d5",
    Fraction(1, 2): "\ue1d7", Fraction(1, 4): "\ue1d9", Fraction(1, 8): "\ue1db",
}  # fmt: skip
"""Code points of SMuFL for the notes of metronome marks, by length in quarters."""

_DOT = "\ue1e7"


def mark_of(name: str, event: Note | Chord | None) -> ControlEvent | None:
    """The mark that a decoration stands for, without its start; `None` for articulations and unknown names."""
    if name in _DYNAMICS:
        return Dynamic(place="below", children=[name])
    if name in _REPEAT_MARKS:
        function, text = _REPEAT_MARKS[name]
        return RepeatMark(function=function, place="above", children=[text] if text else [])
    if name in "012345" and len(name) == 1:
        return Fingering(place="above", children=[name])
    if name == "arpeggio":
        return None if event is None else Arpeggio(events=[event])
    make = _MARKS.get(name)
    return None if make is None else make()


def articulate(name: str, event: Note | Chord) -> bool:
    """Adds an articulation to a note or chord; returns whether the decoration is one."""
    kind = ARTICULATIONS.get(name)
    if kind is not None:
        event.children.append(Articulation((kind,)))
    return kind is not None


def text_mark(text: str) -> Direction | Harmony:
    """The annotation or chord symbol of a quoted text."""
    sign = text[:1]
    if sign in "^_<>@" and sign:
        return Direction(place=_PLACES.get(sign, "above"), children=[decoded(text[1:])])
    shown = _CHORD_SYMBOL.sub(lambda found: found[1] + found[2] + _SIGNS[found[3]], decoded(text))
    return Harmony(place="above", children=[shown])


def tempo_mark(tempo: Tempo) -> TempoMark:
    """Words and metronome mark of a tempo."""
    mark = TempoMark(place="above")
    if tempo.words:
        mark.children.append(decoded(tempo.words))
    if tempo.rate is None:
        return mark
    rate = f"{tempo.rate:g}"
    mark.bpm = round(float(sum(tempo.beats, Fraction(0)) * 4 * Fraction(rate)), 3)
    durations = [Duration.of_quarter_length(beat * 4) for beat in tempo.beats]
    if tempo.words:
        mark.children.append(" ")
    if len(tempo.beats) == 1 and durations[0] is not None:
        base = Duration(durations[0].type).quarter_length
        mark.mei["mm"] = rate
        mark.mei["mm.unit"] = str(4 / base) if base <= 4 else "breve"
        if durations[0].dots:
            mark.mei["mm.dots"] = str(durations[0].dots)
    for index, (beat, duration) in enumerate(zip(tempo.beats, durations, strict=True)):
        signs = None if duration is None else _note_sign(duration)
        if signs is None:
            mark.children.append(f"{' ' if index else ''}{beat}")
        else:
            mark.children.append(TextSpan(mei=MeiAttributes({"glyph.auth": "smufl"}), children=[signs]))
    mark.children.append(f" = {rate}")
    return mark


def _note_sign(duration: Duration) -> str | None:
    sign = _NOTE_SIGNS.get(Duration(duration.type).quarter_length)
    return None if sign is None else sign + _DOT * duration.dots
