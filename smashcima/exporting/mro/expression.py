"""Articulations, ornaments and fermatas of chords."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from smashcima.engraving import PrimitiveKind
from smashcima.exporting.mro.event_marks import EventMarks
from smashcima.exporting.mro.frames import StaveFrame
from smashcima.exporting.mro.losses import Losses
from smashcima.exporting.mro.marks import Mark
from smashcima.notations.mro import MroChord
from smashcima.scene.semantic import Mordent, Trill

_K = PrimitiveKind

_ARTICULATIONS: dict[str, tuple[str, ...]] = {
    "articAccent": ("accent",),
    "articStaccato": ("staccato",),
    "articTenuto": ("tenuto",),
    "articMarcato": ("marcato",),
    "articStaccatissimo": ("staccatissimo",),
    "articStaccatissimoWedge": ("staccatissimo",),
    "articStaccatissimoStroke": ("staccatissimo",),
    "articAccentStaccato": ("accent", "staccato"),
    "articTenutoStaccato": ("tenuto", "staccato"),
    "articTenutoAccent": ("tenuto", "accent"),
    "articMarcatoStaccato": ("marcato", "staccato"),
    "articMarcatoTenuto": ("marcato", "tenuto"),
    "stringsUpBow": ("up_bow",),
    "stringsUpBowTurned": ("up_bow",),
    "stringsDownBow": ("down_bow",),
    "stringsDownBowTurned": ("down_bow",),
}
"""Fields of a chord (without `has_`) by the SMuFL name of the sign (without `Above` and `Below`)."""

_WITH_OFFSET = ("accent", "staccato", "tenuto", "pause")
"""Signs of which the format has the height."""


def expression_of(chord: MroChord, marks: EventMarks, frame: StaveFrame, losses: Losses) -> MroChord:
    """A chord with the articulations, ornaments and fermatas that are drawn at it."""
    fields: dict[str, Any] = {}

    def add(name: str, mark: Mark) -> None:
        fields[f"has_{name}"] = True
        losses.wrote(mark)
        if name in _WITH_OFFSET:
            fields[f"{name}_offset_units"] = frame.row(mark.box.center.y) - chord.flag_units.row

    for mark in marks.of(_K.ARTICULATION):
        sign = mark.symbol.removesuffix("Above").removesuffix("Below")
        for name in _ARTICULATIONS.get(sign, ()):
            add(name, mark)
    for mark in marks.of(_K.ORNAMENT):
        ornament = _ornament(mark, losses)
        if ornament is not None:
            add(ornament, mark)
    for mark in marks.of(_K.FERMATA):
        add("pause", mark)
    return replace(chord, **fields) if fields else chord


def _ornament(mark: Mark, losses: Losses) -> str | None:
    ornament = losses.object_of(mark)
    if isinstance(ornament, Trill):
        return "trill"
    if isinstance(ornament, Mordent):
        return "mordent" if ornament.form == "lower" else "inverted_mordent"
    return None
