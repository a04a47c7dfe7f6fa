"""Thickness of printed lines, which differs between publishers and centuries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from smashcima.engraving.engraving import EngravedPage, Engraving
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Line, Polyline, Primitive
from smashcima.errors import SettingsError
from smashcima.quick_init import quick_copy
from smashcima.short_repr import ShortRepr

_THINNEST_SS, _THICKEST_SS = 0.02, 0.4

_line_of_width = quick_copy(Line, "width")

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
        """Draws the weights of an edition; see `VariedLineWeights`."""
        return VariedLineWeights().drawn(rng)

    def applied_to(self, engraving: Engraving) -> Engraving:
        """The engraving with lines of these weights: nothing moves, and bold lines keep theirs."""
        return replace(engraving, pages=tuple(self._page(page) for page in engraving.pages))

    def _page(self, page: EngravedPage) -> EngravedPage:
        return replace(page, primitives=tuple(self._weighted(page.primitives, page)))

    def _weighted(self, primitives: Iterable[Primitive], page: EngravedPage) -> Iterator[Primitive]:
        weights = {kind: getattr(self, name) for kind, name in _FIELDS.items()}
        place, space = None, 0.0
        for primitive in primitives:
            weight = weights.get(primitive.kind)
            if weight is None or not isinstance(primitive, Line | Polyline):
                yield primitive
                continue
            if primitive.place is not place:
                # Neighbouring primitives have the same place.
                place = primitive.place
                space = page.staff_space_at(place)
            if primitive.width > _THICK_SS * space:
                yield primitive
            elif isinstance(primitive, Line):
                yield _line_of_width(primitive, weight * space)
            else:
                yield replace(primitive, width=weight * space)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariedLineWeights(ShortRepr):
    """The thickness of lines of editions, one of which is drawn for each sample: that of staff lines is log-normal, and that of other
    lines goes with it.

    Staff lines on 24 scans and bitonal images of prints of 1820 to 1960 measure 0.11 to 0.27 staff spaces, of which the
    spread of ink accounts for about 0.04. Raises `SettingsError` for a median outside of 0.02 to 0.4, or a negative spread.
    """

    staff_line_ss: float = 0.125
    """Median thickness of staff lines, in staff spaces."""

    spread: float = 0.26
    """Standard deviation of its natural logarithm."""

    def __post_init__(self) -> None:
        if not _THINNEST_SS <= self.staff_line_ss <= _THICKEST_SS:
            raise SettingsError(
                f"staff_line_ss must be between {_THINNEST_SS} and {_THICKEST_SS} staff spaces, not {self.staff_line_ss!r}."
            )
        if not 0 <= self.spread <= 1:
            raise SettingsError(f"spread must be between 0 and 1, not {self.spread!r}.")

    def drawn(self, rng: np.random.Generator) -> LineWeights:
        """The weights of one edition."""
        least, most = (factor * self.staff_line_ss for factor in (0.6, 1.68))
        staff = float(np.clip(self.staff_line_ss * np.exp(self.spread * rng.standard_normal()), least, most))
        staff = float(np.clip(staff, _THINNEST_SS, _THICKEST_SS))

        def beside(low: float, high: float) -> float:
            return round(
                float(np.clip(staff * rng.uniform(low, high), 0.56 * self.staff_line_ss, _WIDEST_SS)), 3
            )

        return LineWeights(
            staff_line_ss=round(staff, 3),
            ledger_line_ss=beside(1.05, 1.6),
            stem_ss=beside(0.8, 1.2),
            barline_ss=beside(0.95, 1.5),
            hairpin_ss=beside(0.9, 1.3),
        )


_WIDEST_SS = 0.26
"""Ledger lines and stems of the boldest editions."""

_K = PrimitiveKind
_FIELDS: dict[PrimitiveKind, str] = {
    _K.STAFF_LINE: "staff_line_ss",
    _K.LEDGER_LINE: "ledger_line_ss",
    _K.STEM: "stem_ss",
    _K.BARLINE: "barline_ss",
    _K.SYSTEM_START: "barline_ss",
    **dict.fromkeys((_K.HAIRPIN, _K.TUPLET_BRACKET, _K.VOLTA, _K.OCTAVE, _K.PEDAL), "hairpin_ss"),
}
