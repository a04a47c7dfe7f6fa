"""Symbols of marks that belong to a measure: dynamics, hairpins, texts, chord symbols, octave lines, ..."""

from __future__ import annotations

import re

from smashcima.comparing.attached import value_of
from smashcima.comparing.symbols import Symbol
from smashcima.scene.semantic import (
    ControlEvent,
    Direction,
    Dynamic,
    Fermata,
    Hairpin,
    HairpinForm,
    Harmony,
    MeasureNumber,
    OctaveShift,
    OtherMark,
    Pedal,
    PedalAction,
    RehearsalMark,
    RepeatMark,
    Tempo,
)

_LETTERS = re.compile(r"[fpmsrzn]+\Z")


_SPACED = re.compile(r" *([()\[\]=]) *")
"""Signs around which spaces do not count: formats compose metronome marks in different ways."""


def mark_symbol(mark: ControlEvent) -> Symbol | None:
    """Symbol of a mark; `None` for a mark that draws nothing, and for a measure number."""
    text = " ".join(mark.text.split())
    kind, value = "other", value_of(mark)
    match mark:
        case MeasureNumber():
            value = ""
        case Dynamic() | Direction() if _LETTERS.match(text):
            kind, value = "dynamic", text
        case Dynamic() | Direction() | Tempo() | RehearsalMark():
            kind, value = "text", _SPACED.sub(r"\1", text)
        case Harmony():
            kind, value = _harmony(mark, text)
        case Hairpin():
            kind, value = "hairpin", "diminuendo" if mark.form is HairpinForm.DIMINUENDO else "crescendo"
        case OctaveShift():
            kind, value = "octave line", f"{mark.octaves:+d}"
        case Pedal():
            kind, value = "pedal", (mark.action or PedalAction.DOWN).value
        case RepeatMark():
            kind, value = "repeat sign", mark.function or text
        case Fermata():
            kind, value = "fermata", "at a barline"
        case OtherMark():
            value = f"{mark.tag} {text}" if text else ""
    return Symbol(kind, value) if value else None


def _harmony(mark: Harmony, text: str) -> tuple[str, str]:
    figures = mark.figured_bass
    if figures is None:
        return "chord symbol", text
    return "figured bass", " ".join("".join(figure.text.split()) for figure in figures.figures)
