"""Handwritten symbols as masks, by the names of Mashcima 1.0."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs import GlyphStore
from smashcima.engraving import Primitive
from smashcima.mashcima.staff_image import StaffImage
from smashcima.scene.visual import VisualObject
from smashcima.scene.visual.labels import Label


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """A handwritten symbol."""

    mask: NDArray[np.float32]
    """(height_px, width_px), 1 = ink; a staff space is about 29 px."""

    x: int
    """Left edge of the mask relative to the origin of the symbol, in pixels."""

    y: int
    """Top edge of the mask relative to the origin of the symbol, in pixels."""

    label: str
    writer: str = ""
    """Writer in MUSCIMA++; empty for the pen."""

    document: str = ""
    """Page of MUSCIMA++; empty for the pen."""


@dataclass(frozen=True, slots=True)
class SymbolKind:
    """What belongs to a list of symbols."""

    labels: tuple[str, ...]
    text: str
    """Annotation with one such symbol, of which symbols are cut where real ones are missing."""

    is_tall: bool = False
    """Whether these are barlines that reach to the staff above."""


def _kind(text: str, *names: str, own: bool = False) -> SymbolKind:
    return SymbolKind(tuple(Label.own(name) if own else Label.smufl(name) for name in names), text)


KINDS: dict[str, SymbolKind] = {
    "WHOLE_NOTES": _kind("w0", "noteheadWhole"),
    "HALF_NOTES": _kind("h0", "noteheadHalf"),
    "QUARTER_NOTES": _kind("q0", "noteheadBlack"),
    "EIGHTH_NOTES": _kind("e-3 e3", "flag8thUp", "flag8thDown"),
    "SIXTEENTH_NOTES": _kind("s-3 s3", "flag16thUp", "flag16thDown"),
    "LONGA_RESTS": _kind("lr", "restLonga"),
    "BREVE_RESTS": _kind("br", "restDoubleWhole"),
    "WHOLE_RESTS": _kind("wr", "restWhole"),
    "HALF_RESTS": _kind("hr", "restHalf"),
    "QUARTER_RESTS": _kind("qr", "restQuarter"),
    "EIGHTH_RESTS": _kind("er", "rest8th"),
    "SIXTEENTH_RESTS": _kind("sr", "rest16th"),
    "FLATS": _kind("b0 q0", "accidentalFlat"),
    "SHARPS": _kind("#0 q0", "accidentalSharp"),
    "NATURALS": _kind("N0 q0", "accidentalNatural"),
    "DOTS": _kind("q1 *", "augmentationDot"),
    "LEDGER_LINES": _kind("q6", "legerLine", own=True),
    "BAR_LINES": _kind("q0 |", "barlineSingle"),
    "TALL_BAR_LINES": SymbolKind((Label.own("barlineTall"),), "q0 |", is_tall=True),
    "G_CLEFS": _kind("clef.G-2", "gClef"),
    "F_CLEFS": _kind("clef.F2", "fClef"),
    "C_CLEFS": _kind("clef.C0", "cClef"),
    **{f"time_{digit}": _kind(f"time.{digit} time.{digit}", f"timeSig{digit}") for digit in range(10)},
    "time_c": _kind("time.C", "timeSigCommon"),
}
"""The kinds of symbols by the names of their lists."""


class SymbolList(Sequence[Symbol]):
    """The symbols of one kind, whose masks are read or written when they are needed."""

    def __init__(
        self,
        kind: SymbolKind,
        store: GlyphStore | None,
        writers: Sequence[str],
        write: Callable[[], Sequence[Symbol]],
    ) -> None:
        """`write` makes symbols in case that the `writers` of the store have none."""
        self._store = store
        self._indices: list[int] = []
        if store is not None:
            found = [store.of(label, writer) for label in kind.labels for writer in writers]
            self._indices = np.concatenate([np.zeros(0, np.int32), *found]).tolist()
        self._written: Sequence[Symbol] | None = None
        self._write = write

    def __repr__(self) -> str:
        return f"SymbolList({len(self)} symbols)"

    @overload
    def __getitem__(self, index: int) -> Symbol: ...
    @overload
    def __getitem__(self, index: slice) -> list[Symbol]: ...

    def __getitem__(self, index: int | slice) -> Symbol | list[Symbol]:
        if isinstance(index, slice):
            return [self[place] for place in range(len(self))[index]]
        if not self._indices:
            return self._ours[index]
        assert self._store is not None
        return _symbol_of(self._store, self._indices[index])

    def __len__(self) -> int:
        return len(self._indices or self._ours)

    @property
    def _ours(self) -> Sequence[Symbol]:
        if self._written is None:
            self._written = self._write()
        return self._written


def _symbol_of(store: GlyphStore, index: int) -> Symbol:
    x, y = store.origins_px[index].tolist()
    return Symbol(
        (store.mask(index) > 0).astype(np.float32),
        round(-x),
        round(-y),
        store.label(index),
        store.writer(index),
        store.source(index)[0],
    )


def cut_symbols(image: StaffImage, kind: SymbolKind) -> list[Symbol]:
    """The symbols of a kind in an image, from left to right."""
    return list(_cut(image, frozenset(_BARLINES if kind.is_tall else kind.labels), kind.labels[0]))


_BARLINES = (Label.smufl("barlineSingle"),)


def _cut(image: StaffImage, labels: frozenset[str], name: str) -> Iterator[Symbol]:
    regions, masks = image.image.regions, image.image.masks()
    for index, (label, thing) in enumerate(zip(regions.labels, regions.scene_objects, strict=True)):
        if label not in labels or not isinstance(thing, VisualObject):
            continue
        mask = masks.full(index)
        if isinstance(thing.primitive, Primitive):
            origin = np.array([tuple(thing.primitive.coordinates()[:2])])
            x, y = image.image.locate(origin)[0].tolist()
            yield Symbol(
                mask.pixels.astype(np.float32),
                mask.left - round(x),
                mask.top - round(y),
                name if label in _BARLINES else label,
            )
