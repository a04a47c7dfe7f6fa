"""Thickness of printed lines, which differs between publishers and centuries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from smashcima.engraving.engraving import EngravedPage, Engraving
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Line, Polyline, Primitive
from smashcima.errors import SettingsError
from smashcima.short_repr import ShortRepr

_THINNEST_SS, _THICKEST_SS = 0.02, 0.4

_THICK_SS = 0.3
"""Lines that the engraver has drawn thicker are bold on purpose, such as those of final barlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWeights(ShortRepr):
    """Thickness of the lines of a printed page in staff spaces. Raises `SettingsError` for other values than 0.02 to 0.4."""

    staff_line_ss: float = 0.12
    """Staff lines."""

    ledger_line_ss: float = 0.16
    """Ledger lines."""

    stem_ss: float = 0.12
    """Stems."""

    barline_ss: float = 0.16
    """Thin barlines, and the line at the left of a system."""

    hairpin_ss: float = 0.13
    """Hairpins, brackets of tuplets, voltas, and other thin lines above and below staves."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int | float) or not _THINNEST_SS <= value <= _THICKEST_SS:
                raise SettingsError(
                    f"{field.name} must be between {_THINNEST_SS} and {_THICKEST_SS} staff spaces, not {value!r}."
                )

    @staticmethod
    def drawn(rng: np.random.Generator) -> LineWeights:
        """Draws the weights of an edition.

        Staff lines on 24 scans and bitonal images of prints of 1820 to 1960 measure 0.11 to 0.27 staff spaces, of which the
        spread of ink accounts for about 0.04.
        """
        staff = float(np.clip(0.125 * np.exp(0.26 * rng.standard_normal()), 0.075, 0.21))

        def beside(least: float, most: float) -> float:
            return round(float(np.clip(staff * rng.uniform(least, most), 0.07, 0.26)), 3)

        return LineWeights(
            staff_line_ss=round(staff, 3),
            ledger_line_ss=beside(1.05, 1.6),
            stem_ss=beside(0.8, 1.2),
            barline_ss=beside(0.95, 1.5),
            hairpin_ss=beside(0.9, 1.3),
        )

    def applied_to(self, engraving: Engraving) -> Engraving:
        """The engraving with lines of these weights: nothing moves, and bold lines keep theirs."""
        return replace(engraving, pages=tuple(self._page(page) for page in engraving.pages))

    def _page(self, page: EngravedPage) -> EngravedPage:
        return replace(page, primitives=tuple(self._weighted(page.primitives, page)))

    def _weighted(self, primitives: Iterable[Primitive], page: EngravedPage) -> Iterator[Primitive]:
        for primitive in primitives:
            name = _FIELDS.get(primitive.kind)
            if name is None or not isinstance(primitive, Line | Polyline):
                yield primitive
                continue
            staff = page.staff_at(primitive.place)
            space = staff.staff_space if staff is not None else page.staff_space
            bold = primitive.width > _THICK_SS * space
            yield primitive if bold else replace(primitive, width=getattr(self, name) * space)


_K = PrimitiveKind
_FIELDS: dict[PrimitiveKind, str] = {
    _K.STAFF_LINE: "staff_line_ss",
    _K.LEDGER_LINE: "ledger_line_ss",
    _K.STEM: "stem_ss",
    _K.BARLINE: "barline_ss",
    _K.SYSTEM_START: "barline_ss",
    **dict.fromkeys((_K.HAIRPIN, _K.TUPLET_BRACKET, _K.VOLTA, _K.OCTAVE, _K.PEDAL), "hairpin_ss"),
}
