"""The symbols of MUSCIMA++ as a glyph store."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from smashcima.assets.bundles import AssetBundle, MuscimaPP
from smashcima.assets.glyphs import GlyphStore
from smashcima.assets.glyphs.store_file import write_table
from smashcima.assets.muscima.extraction import extract_glyphs


class MuscimaPPGlyphs(AssetBundle):
    """The symbols of MUSCIMA++: about 80,000 masks and outlines of 50 writers, in one memory-mapped file.

    `MuscimaPP` is needed only for the installation.
    """

    version = "1"
    license = MuscimaPP.license
    citation = MuscimaPP.citation
    homepage = MuscimaPP.homepage
    dependencies = (MuscimaPP,)

    @property
    def path(self) -> Path:
        """Path of the store file."""
        return self.directory / "muscima.glyphs"

    @cached_property
    def store(self) -> GlyphStore:
        """The glyph store, opened on first access."""
        return GlyphStore.open(self.path)

    def install(self) -> None:
        source = self.dependency(MuscimaPP)

        def track(writers: Iterable[str], count: int) -> Iterable[str]:
            return self.track(writers, "Glyphs of MUSCIMA++", count)

        extraction = extract_glyphs(source.archive, source.documents, track=track)
        table = extraction.table
        write_table(self.path, table)
        self.details = {
            "glyphs": len(table),
            "usable": int(table.usable.sum()),
            "labels": len(table.labels),
            "writers": len(table.writers),
            "documents": len(table.documents),
            "left_out": dict(sorted(extraction.left_out.items())),
        }
