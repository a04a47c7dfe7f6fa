"""Glyphs from Music Notation Graphs (MuNG)."""

from smashcima.assets.glyphs.mung.mung_glyphs import MungPage, glyphs_of_writer, writer_of_document
from smashcima.assets.glyphs.mung.mung_reader import MungObject, read_mung
from smashcima.assets.glyphs.mung.mung_store import glyphs_from_mung

__all__ = [
    "MungObject",
    "MungPage",
    "glyphs_from_mung",
    "glyphs_of_writer",
    "read_mung",
    "writer_of_document",
]
