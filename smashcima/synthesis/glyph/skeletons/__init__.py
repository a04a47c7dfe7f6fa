"""Skeletons of common symbols, made for this project: their strokes in the order that people write them."""

from __future__ import annotations

from functools import cache

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms

__all__ = ["SymbolForms", "drawn_names", "forms_of"]


def forms_of(name: str, period: str = "") -> SymbolForms | None:
    """The forms of a symbol by its SMuFL name, or `None` if it has no skeletons.

    `period` is that of a `Scribe`; symbols that it wrote as people do today have today's forms.
    """
    if period:
        from smashcima.synthesis.glyph.skeletons.period import period_forms

        known = period_forms()[period].get(name)
        if known is not None:
            return known
    return next((family[name] for family in reversed(_families()) if name in family), None)


def drawn_names() -> tuple[str, ...]:
    """The SMuFL names of all symbols that have skeletons, in the order of the families."""
    return tuple(dict.fromkeys(name for family in _families() for name in family))


@cache
def _families() -> tuple[Forms, ...]:
    """All symbols by family; where two have the same name, that of the later family is used."""
    from smashcima.synthesis.glyph.skeletons.accidentals import ACCIDENTALS
    from smashcima.synthesis.glyph.skeletons.articulations_and_ornaments import MARKS
    from smashcima.synthesis.glyph.skeletons.clefs import CLEFS
    from smashcima.synthesis.glyph.skeletons.digits import DIGIT_SYMBOLS
    from smashcima.synthesis.glyph.skeletons.flags import FLAGS
    from smashcima.synthesis.glyph.skeletons.letters import LETTER_SYMBOLS
    from smashcima.synthesis.glyph.skeletons.noteheads import NOTEHEADS
    from smashcima.synthesis.glyph.skeletons.rests import RESTS
    from smashcima.synthesis.glyph.skeletons.signs import SIGNS
    from smashcima.synthesis.glyph.skeletons.variants import VARIANTS

    return (
        VARIANTS,
        NOTEHEADS,
        FLAGS,
        RESTS,
        CLEFS,
        ACCIDENTALS,
        DIGIT_SYMBOLS,
        MARKS,
        LETTER_SYMBOLS,
        SIGNS,
    )
