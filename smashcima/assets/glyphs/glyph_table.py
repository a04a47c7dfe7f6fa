"""Table of glyphs as columns of numbers, which are the sections of a store file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.mask_tracing import trace_outlines
from smashcima.errors import AssetError

UNITS_PER_PX = 64
"""Resolution of stored outlines, in units per pixel; coarser for large masks."""

_TRACED_AT_ONCE = 2000
"""Number of masks traced at once, which limits memory use."""

COLUMNS: dict[str, tuple[str, int]] = {
    "label_ids": ("<u2", 1),
    "writer_ids": ("<u2", 1),
    "document_ids": ("<u2", 1),
    "object_ids": ("<i4", 1),
    "usable": ("|u1", 1),
    "sizes": ("<u2", 2),
    "positions": ("<i4", 2),
    "origins_px": ("<f4", 2),
    "starts_px": ("<f4", 2),
    "ends_px": ("<f4", 2),
    "staff_spaces_px": ("<f4", 1),
    "stroke_px": ("<f4", 1),
    "coarseness": ("|u1", 1),
    "mask_starts": ("<u4", 1),
    "ring_starts": ("<u4", 1),
    "ring_ends": ("<u4", 1),
    "mask_bytes": ("|u1", 1),
    "outline_points": ("<i2", 2),
}
"""Type and width of each column. All but the last three have one row per glyph; `mask_starts` and `ring_starts` have
one additional row, so that differences are lengths."""


@dataclass(slots=True)
class GlyphTable:
    """Glyphs in a fixed order. `COLUMNS` defines the arrays."""

    labels: tuple[str, ...]
    """Sorted labels; `label_ids` are indices into it. The same applies to writers and documents."""

    writers: tuple[str, ...]
    documents: tuple[str, ...]
    label_ids: NDArray[np.uint16]
    writer_ids: NDArray[np.uint16]
    document_ids: NDArray[np.uint16]
    object_ids: NDArray[np.int32]
    usable: NDArray[np.uint8]
    sizes: NDArray[np.uint16]
    """Width and height of the masks in pixels, (n, 2)."""
    positions: NDArray[np.int32]
    origins_px: NDArray[np.float32]
    starts_px: NDArray[np.float32]
    ends_px: NDArray[np.float32]
    staff_spaces_px: NDArray[np.float32]
    stroke_px: NDArray[np.float32]
    coarseness: NDArray[np.uint8]
    """The unit of an outline is 2 ** coarseness / UNITS_PER_PX pixels, relative to the centre of the mask."""
    mask_starts: NDArray[np.uint32]
    """Index into `mask_bytes` of the first byte of each mask; its bits are packed row by row, highest bit first."""
    ring_starts: NDArray[np.uint32]
    """Index into `ring_ends` of the first ring of each glyph."""
    ring_ends: NDArray[np.uint32]
    """Index into `outline_points` after the last point of each ring."""
    mask_bytes: NDArray[np.uint8]
    outline_points: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.label_ids)

    @staticmethod
    def of_glyphs(glyphs: Iterable[DrawnGlyph]) -> GlyphTable:
        """Packs the masks of glyphs and traces their outlines."""
        parts: list[GlyphTable] = []
        batch: list[DrawnGlyph] = []
        for glyph in glyphs:
            batch.append(glyph)
            if len(batch) == _TRACED_AT_ONCE:
                parts.append(_table_of(batch))
                batch = []
        return GlyphTable.joined([*parts, _table_of(batch)])

    @staticmethod
    def joined(parts: Sequence[GlyphTable]) -> GlyphTable:
        """Concatenates tables; the result equals that of `of_glyphs` for all their glyphs."""
        parts = [part for part in parts if len(part)] or [_table_of([])]
        columns: dict[str, NDArray[np.generic]] = {}
        names: dict[str, tuple[str, ...]] = {}
        for plural, column in _NAMES.items():
            every = sorted({name for part in parts for name in getattr(part, plural)})
            place = {name: index for index, name in enumerate(every)}
            ids = [
                np.array([place[n] for n in getattr(p, plural)], np.uint16)[getattr(p, column)] for p in parts
            ]
            names[plural], columns[column] = tuple(every), np.concatenate(ids)
        for column, total in (
            ("mask_starts", "mask_bytes"),
            ("ring_starts", "ring_ends"),
            ("ring_ends", "outline_points"),
        ):
            before = np.cumsum([0, *(len(getattr(part, total)) for part in parts)])
            if before[-1] >= 2**32:
                raise AssetError("The glyphs exceed the capacity of one store, 4 GiB of masks or outlines.")
            moved = [
                getattr(part, column)[: None if column == "ring_ends" else -1].astype(np.int64) + by
                for part, by in zip(parts, before[:-1].tolist(), strict=True)
            ]
            last = [] if column == "ring_ends" else [before[-1:]]
            columns[column] = np.concatenate([*moved, *last]).astype(np.uint32)
        for field in fields(GlyphTable):
            if field.name not in columns and field.name not in names:
                columns[field.name] = np.concatenate([getattr(part, field.name) for part in parts])
        return GlyphTable(**names, **columns)  # type: ignore[arg-type]

    def chosen(self, indices: NDArray[np.int64]) -> GlyphTable:
        """The table of some glyphs, in the given order."""
        columns: dict[str, NDArray[np.generic]] = {
            name: getattr(self, name)[indices] for name in COLUMNS if name not in _RAGGED
        }
        names: dict[str, tuple[str, ...]] = {}
        for plural, column in _NAMES.items():
            used, ids = np.unique(columns[column], return_inverse=True)
            names[plural] = tuple(getattr(self, plural)[index] for index in used.tolist())
            columns[column] = ids.reshape(-1).astype(np.uint16)
        rings, columns["ring_starts"] = _ranges(self.ring_starts, indices)
        begins = np.concatenate([[0], self.ring_ends]).astype(np.int64)
        points, starts = _ranges(begins, rings)
        columns["ring_ends"] = starts[1:]
        columns["outline_points"] = self.outline_points[points]
        mask_bytes, columns["mask_starts"] = _ranges(self.mask_starts, indices)
        columns["mask_bytes"] = self.mask_bytes[mask_bytes]
        return GlyphTable(**names, **columns)  # type: ignore[arg-type]


_RAGGED = frozenset({"mask_starts", "ring_starts", "ring_ends", "mask_bytes", "outline_points"})
"""The columns without one row per glyph."""

_NAMES = {"labels": "label_ids", "writers": "writer_ids", "documents": "document_ids"}
"""The column of indices into each list of names."""


def _ranges(
    starts: NDArray[np.integer], chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The members of ranges, range after range, and where each begins among them.

    Range i has the members `starts[i]` to `starts[i + 1] - 1`.
    """
    begins = starts.astype(np.int64)
    lengths = (begins[1:] - begins[:-1])[chosen]
    after = _starts(lengths)
    members = np.arange(int(after[-1])) + np.repeat(begins[chosen] - after[:-1], lengths)
    return members, after


def _table_of(glyphs: Sequence[DrawnGlyph]) -> GlyphTable:
    labels, label_ids = _numbered([glyph.label for glyph in glyphs])
    writers, writer_ids = _numbered([glyph.writer for glyph in glyphs])
    documents, document_ids = _numbered([glyph.document for glyph in glyphs])
    masks = [(glyph.mask != 0).astype(np.uint8) for glyph in glyphs]
    sizes = np.array([mask.shape[::-1] for mask in masks], np.int64).reshape(-1, 2)
    if len(sizes) and sizes.max() >= 2**16:
        raise AssetError(
            f"A mask of {sizes.max()} px is too large for a glyph store; the limit is {2**16 - 1} px."
        )
    packed = [np.packbits(mask) for mask in masks]
    traced = trace_outlines(masks)
    areas = np.array([np.count_nonzero(mask) for mask in masks], np.float64)
    points_per_glyph = np.bincount(
        np.repeat(np.arange(len(glyphs)), traced.ring_counts), traced.ring_lengths, len(glyphs)
    ).astype(np.int64)
    # int16 covers 512 px from the centre in the finest unit; an outline is slightly larger than its mask.
    reach = sizes.max(axis=1, initial=0) / 2 + 2
    coarseness = np.ceil(np.log2(np.maximum(reach * UNITS_PER_PX / 32767, 1.0))).astype(np.uint8)
    unit = np.repeat(UNITS_PER_PX / 2.0**coarseness, points_per_glyph)[:, None]
    middle = np.repeat(sizes / 2, points_per_glyph, axis=0)
    nowhere = (np.nan, np.nan)
    return GlyphTable(
        labels=labels,
        writers=writers,
        documents=documents,
        label_ids=label_ids,
        writer_ids=writer_ids,
        document_ids=document_ids,
        object_ids=np.array([glyph.object_id for glyph in glyphs], np.int32),
        usable=np.array([glyph.usable for glyph in glyphs], np.uint8),
        sizes=sizes.astype(np.uint16),
        positions=np.array([glyph.position for glyph in glyphs], np.int32).reshape(-1, 2),
        origins_px=_points([glyph.origin for glyph in glyphs]),
        starts_px=_points([glyph.start or nowhere for glyph in glyphs]),
        ends_px=_points([glyph.end or nowhere for glyph in glyphs]),
        staff_spaces_px=np.array([glyph.staff_space_px for glyph in glyphs], np.float32),
        stroke_px=(2 * areas / np.maximum(traced.perimeters, 1.0)).astype(np.float32),
        coarseness=coarseness,
        mask_starts=_starts([len(bits) for bits in packed]),
        ring_starts=_starts(traced.ring_counts),
        ring_ends=np.cumsum(traced.ring_lengths).astype(np.uint32),
        mask_bytes=np.concatenate([np.zeros(0, np.uint8), *packed]),
        outline_points=np.round((traced.points - middle) * unit).astype(np.int16),
    )


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.uint16]]:
    every = sorted(set(names))
    if len(every) >= 2**16:
        raise AssetError(
            f"A glyph store can have at most {2**16 - 1} labels, writers or documents, not {len(every)}."
        )
    place = {name: index for index, name in enumerate(every)}
    return tuple(every), np.array([place[name] for name in names], np.uint16)


def _points(points: Sequence[tuple[float, float]]) -> NDArray[np.float32]:
    return np.array(points, np.float32).reshape(-1, 2)


def _starts(lengths: Sequence[int] | NDArray[np.int64]) -> NDArray[np.uint32]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32)
