"""Store of handwritten symbols by label and writer, in a memory-mapped file."""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.glyph_table import UNITS_PER_PX, GlyphTable
from smashcima.assets.glyphs.store_file import check_sections, packed_table, read_table, write_table
from smashcima.errors import AssetError, AssetNotInstalledError, CorruptAssetError, SettingsError
from smashcima.geometry import Contours


class GlyphStore:
    """Handwritten symbols: masks, smooth outlines, and their sources.

    Open one with `GlyphStore.open(path)`, or create one from custom symbols with `glyphs_from_folder` or
    `glyphs_from_mung`. It is read-only and memory-mapped: opening takes milliseconds, and processes share the memory.
    Glyphs are numbered from 0. The array attributes have one row per glyph.
    """

    def __init__(self, data: bytes | mmap.mmap, name: str = "in memory") -> None:
        """`data` is the content of a store file as written by `write_glyph_store`; `name` is used only in errors."""
        self._data = data
        self._name = name
        table = self._table = read_table(data, name)
        self.labels: tuple[str, ...] = table.labels
        """All labels with glyphs, sorted."""
        self.writers: tuple[str, ...] = table.writers
        """All writers with glyphs, sorted."""
        self.documents: tuple[str, ...] = table.documents
        """Names of the source pages, sorted."""
        self.label_ids = table.label_ids
        """Indices into `labels`."""
        self.writer_ids = table.writer_ids
        """Indices into `writers`."""
        self.document_ids = table.document_ids
        """Indices into `documents`."""
        self.sizes = table.sizes
        """Width and height of the masks in pixels, (n, 2)."""
        self.positions_px = table.positions
        """Left and top of the masks on their pages in pixels, (n, 2)."""
        self.origins_px = table.origins_px
        """Origins (x, y) as defined by SMuFL, in pixels of the mask, (n, 2)."""
        self.starts_px = table.starts_px
        """Start points of lines in pixels of the mask, (n, 2); NaN for other symbols."""
        self.ends_px = table.ends_px
        """End points of lines in pixels of the mask, (n, 2); NaN for other symbols."""
        self.staff_spaces_px = table.staff_spaces_px
        """Distance between adjacent staff lines at the glyph, in pixels."""
        self.stroke_px = table.stroke_px
        """Stroke width in pixels: twice the ink area divided by the edge length, which is exact for long strokes."""
        self.usable = table.usable.view(np.bool_)
        """False for the few glyphs whose mask does not match its label: merged, torn, or of implausible size."""
        self._label_index = {label: index for index, label in enumerate(self.labels)}
        self._writer_index = {writer: index for index, writer in enumerate(self.writers)}
        self._found: dict[tuple[str, str | None, bool], NDArray[np.int32]] = {}
        spaces = self.staff_spaces_px.astype(np.float64)
        self._units_ss = 2.0**table.coarseness / UNITS_PER_PX / spaces
        self._shifts_ss = (self.sizes / 2 - self.origins_px) / spaces[:, None]
        order = np.lexsort((self.writer_ids, self.label_ids)).astype(np.int32)
        self._order = order
        self._label_bounds = np.searchsorted(self.label_ids[order], np.arange(len(self.labels) + 1))

    @staticmethod
    def open(path: Path | str) -> GlyphStore:
        """Memory-maps a store file.

        Raises `AssetNotInstalledError` if it does not exist, and `CorruptAssetError` if it is truncated, damaged, of
        another version, or not a store file.
        """
        path = Path(path)
        try:
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise AssetNotInstalledError(f"There is no glyph store at {path}.") from error
        except ValueError as error:
            raise CorruptAssetError(f"{path} is not a glyph store: it is empty.") from error
        except OSError as error:
            raise AssetError(f"The glyph store {path} cannot be read: {error}.") from error
        return GlyphStore(data, str(path.absolute()))

    @staticmethod
    def from_glyphs(glyphs: Iterable[DrawnGlyph]) -> GlyphStore:
        """Creates a store in memory from glyphs."""
        return GlyphStore.from_table(GlyphTable.of_glyphs(glyphs))

    @staticmethod
    def from_table(table: GlyphTable) -> GlyphStore:
        """Creates a store in memory from a table."""
        return GlyphStore(b"".join(packed_table(table)))

    def of_documents(self, names: Iterable[str]) -> GlyphStore:
        """Creates a store in memory with the glyphs of some source pages.

        Raises `SettingsError` for an unknown page, and if there is none.
        """
        wanted = tuple(dict.fromkeys(names))
        for name in wanted or ("",):
            if name not in self.documents:
                close = get_close_matches(name, self.documents, n=3, cutoff=0.0)
                raise SettingsError(
                    f"{self._name} has no page {name!r} ({len(self.documents)} pages; closest: {', '.join(close)})."
                )
        ids = [self.documents.index(name) for name in wanted]
        return GlyphStore.from_table(self._table.chosen(np.flatnonzero(np.isin(self.document_ids, ids))))

    def __len__(self) -> int:
        return len(self.label_ids)

    def __repr__(self) -> str:
        return f"GlyphStore({self._name!r}: {len(self)} glyphs, {len(self.labels)} labels, {len(self.writers)} writers)"

    @property
    def path(self) -> Path | None:
        """Path of the memory-mapped file; `None` for a store in memory."""
        return None if isinstance(self._data, bytes) else Path(self._name)

    @cached_property
    def sha256(self) -> str:
        """Checksum of the whole file, computed on first access."""
        return hashlib.sha256(self._data).hexdigest()

    def __reduce__(self) -> tuple[object, ...]:
        if isinstance(self._data, bytes):
            return (GlyphStore, (self._data, self._name))
        return (GlyphStore.open, (self._name,))

    def label(self, index: int) -> str:
        """The label of a glyph."""
        return self.labels[int(self.label_ids[index])]

    def writer(self, index: int) -> str:
        """The writer of a glyph."""
        return self.writers[int(self.writer_ids[index])]

    def source(self, index: int) -> tuple[str, int]:
        """The source document of a glyph, and the id of its object there."""
        return self.documents[self.document_ids[index]], int(self._table.object_ids[index])

    def of(self, label: str, writer: str | None = None, usable_only: bool = True) -> NDArray[np.int32]:
        """Indices of the glyphs of a label (a string or enum member), by one writer or all, in order; may be empty.

        Raises `SettingsError` for an unknown writer.
        """
        key = (str(label), writer, usable_only)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._find(*key)
        return found

    def count(self, label: str, writer: str | None = None, usable_only: bool = True) -> int:
        """Number of glyphs returned by `of`."""
        return len(self.of(label, writer, usable_only))

    def mask(self, index: int) -> NDArray[np.uint8]:
        """The unmodified mask of the source, (height, width), 255 = ink."""
        width, height = self.sizes[index].tolist()
        begin, end = self._table.mask_starts[index : index + 2].tolist()
        bits = np.unpackbits(self._table.mask_bytes[begin:end], count=width * height)
        mask: NDArray[np.uint8] = bits.reshape(height, width) * np.uint8(255)
        return mask

    def contours(self, index: int) -> Contours:
        """The smooth outline of a glyph, in staff spaces of its page, relative to the glyph's origin, y down."""
        return Contours(self._rings(index, self._units_ss[index], self._shifts_ss[index]))

    def contours_px(self, index: int) -> Contours:
        """The smooth outline of a glyph in pixels of its mask."""
        unit = 2.0 ** int(self._table.coarseness[index]) / UNITS_PER_PX
        return Contours(self._rings(index, unit, self.sizes[index] / 2))

    def verify(self) -> None:
        """Verifies all checksums; raises `CorruptAssetError` if a byte has changed since the store was written."""
        check_sections(self._data, self._table, self._name)

    def _rings(
        self, index: int, unit: np.float64 | float, shift: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], ...]:
        table = self._table
        first, behind = table.ring_starts.item(index), table.ring_starts.item(index + 1)
        if first == behind:
            return ()
        begin = table.ring_ends.item(first - 1) if first else 0
        ends = table.ring_ends[first:behind].tolist()
        points = np.multiply(table.outline_points[begin : ends[-1]], unit, dtype=np.float64)
        points += shift
        if len(ends) == 1:
            return (points,)
        starts = [begin, *ends]
        return tuple([points[start - begin : end - begin] for start, end in zip(starts, ends, strict=False)])

    def _find(self, label: str, writer: str | None, usable_only: bool) -> NDArray[np.int32]:
        place = self._label_index.get(label)
        if writer is not None and writer not in self._writer_index:
            close = get_close_matches(writer, self.writers, n=3, cutoff=0.0)
            raise SettingsError(
                f"{self._name} has no writer {writer!r} ({len(self.writers)} writers; closest: {', '.join(close)})."
            )
        if place is None:
            found = np.zeros(0, np.int32)
        else:
            found = self._order[self._label_bounds[place] : self._label_bounds[place + 1]]
        if writer is not None:
            found = found[self.writer_ids[found] == self._writer_index[writer]]
        if usable_only:
            found = found[self.usable[found]]
        found = np.sort(found)
        found.flags.writeable = False
        return found


def write_glyph_store(path: Path | str, glyphs: Iterable[DrawnGlyph]) -> GlyphStore:
    """Writes glyphs to a store file, and opens it. Equal glyphs in the same order give equal bytes."""
    write_table(Path(path), GlyphTable.of_glyphs(glyphs))
    return GlyphStore.open(path)
