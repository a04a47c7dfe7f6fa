"""The staves with which the marks of notes move: those of their noteheads, which may be on another staff than their voice."""

from __future__ import annotations

from collections.abc import Iterable

from smashcima.engraving import EngravedPage, PrimitiveKind
from smashcima.engraving.page_belonging import BeamPiece

_K = PrimitiveKind

_BESIDE_BEAMS = frozenset({_K.TUPLET_NUMBER, _K.TUPLET_BRACKET})


class OwnStaves:
    """The staff of each primitive of a page with relations; staves by system and number."""

    def __init__(self, page: EngravedPage) -> None:
        assert page.belonging is not None
        self._page = page
        self._belonging = page.belonging
        self._across: dict[int, frozenset[int]] = {}
        """Staves of the heads of beams across staves, by the index of each of their stems."""
        for piece in self._belonging.beams.values():
            staves = frozenset(self._staves_of(head for stem in piece.stems for head in self.heads(stem)))
            if piece.level == 1 and len(staves) > 1:
                self._across.update(dict.fromkeys(piece.stems, staves))

    def heads(self, index: int) -> tuple[int, ...]:
        """The noteheads of a primitive, or of the stem that it belongs to."""
        stem = self._belonging.stems.get(index, index)
        return self._belonging.noteheads.get(stem, ())

    def staff(self, index: int) -> int | None:
        """The number of the staff with which a primitive moves; `None` if it lies between two staves to which it belongs."""
        primitive = self._page.primitives[index]
        own = primitive.place.staff
        piece = self._belonging.beams.get(index)
        if piece is not None:
            return self._of_beam(piece, own)
        if primitive.kind is _K.STEM and index in self._across:
            return None
        if primitive.kind in _BESIDE_BEAMS and self._is_beside_beam(index):
            return None
        staves = set(self._staves_of(self.heads(index)))
        if not staves or (own in staves and primitive.kind is not _K.STEM):
            return own
        return staves.pop() if len(staves) == 1 else None

    def _of_beam(self, piece: BeamPiece, own: int | None) -> int | None:
        if any(stem in self._across for stem in piece.stems):
            return None
        return next(iter(self._staves_of(head for stem in piece.stems for head in self.heads(stem))), own)

    def _is_beside_beam(self, index: int) -> bool:
        """Whether a tuplet lies at a beam across staves of its system and measure."""
        place = self._page.primitives[index].place
        places = (self._page.primitives[stem].place for stem in self._across)
        return any((place.system, place.measure) == (each.system, each.measure) for each in places)

    def _staves_of(self, heads: Iterable[int]) -> Iterable[int]:
        return (staff for head in heads if (staff := self._page.primitives[head].place.staff) is not None)

    def beam_of(self, stem: int) -> int | None:
        """The first beam of a stem, as the index of its primitive; `None` if the stem has none."""
        return next(
            (
                index
                for index, piece in self._belonging.beams.items()
                if piece.level == 1 and stem in piece.stems
            ),
            None,
        )
