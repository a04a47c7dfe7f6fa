"""Clefs, key signatures and time signatures at their places."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.engraving.drafting import clef_name, draw_clef, draw_key, draw_time
from smashcima.engraving.drafting.signatures import key_width, time_rows
from smashcima.loading.mro.layout.sheet import StaveSheet
from smashcima.notations.mro import MroClef, MroKeySignature, MroTimeSignature
from smashcima.scene.semantic import (
    Clef,
    KeySignature,
    SemanticObject,
    TimeSignature,
    TimeSymbol,
    key_signs,
)


class SignatureDrawer:
    """Draws the signatures of one stave from left to right."""

    def __init__(self, stave: StaveSheet, clef: Clef | None, cancelled: KeySignature | None) -> None:
        """`clef` is in force at the start; `cancelled` is the last key signature of the staff on an earlier stave."""
        self._stave = stave
        self._clef = clef
        self._is_first = True
        self.key = cancelled
        """The last key signature."""

    def draw(self, sign: MroClef | MroKeySignature | MroTimeSignature, found: SemanticObject) -> None:
        """Draws a sign, for which `found` stands in the score."""
        if isinstance(sign, MroClef) and isinstance(found, Clef):
            self._clef_sign(sign, found)
        elif isinstance(sign, MroKeySignature) and isinstance(found, KeySignature):
            self._key_signature(sign, found)
        elif isinstance(sign, MroTimeSignature) and isinstance(found, TimeSignature):
            self._time_signature(sign, found)

    def _clef_sign(self, sign: MroClef, clef: Clef) -> None:
        """Clefs after the first one of a stave are small."""
        draft = self._stave.draft
        name = clef_name(clef, is_change=not self._is_first)
        self._is_first = False
        self._clef = clef
        if name is not None:
            left, _, right, _ = draft.extent(name)
            x = self._stave.x(sign.centre_units.column) - (left + right) / 2
            line = clef.effective.line or 2
            draw_clef(draft, name, x, 2 * line - 6, clef.id)

    def _key_signature(self, sign: MroKeySignature, key: KeySignature) -> None:
        """A key signature without sharps and flats is drawn as the naturals that cancel the one before."""
        signs: Sequence[tuple[str, int]] = key_signs(key, self._clef)
        if not signs and self.key is not None:
            signs = [("n", position) for _, position in key_signs(self.key, self._clef)]
        draft = self._stave.draft
        center = self._stave.x(sign.centre_units.column)
        draw_key(draft, signs, center - key_width(draft, signs) / 2, key.id)
        self.key = key

    def _time_signature(self, sign: MroTimeSignature, time: TimeSignature) -> None:
        symbol = time.symbol if time.symbol in (TimeSymbol.COMMON, TimeSymbol.CUT) else None
        rows = time_rows(None if symbol is None else symbol.value, str(sign.top), sign.bottom)
        draw_time(self._stave.draft, rows, self._stave.x(sign.centre_units.column), time.id)
