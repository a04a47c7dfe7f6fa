"""Layouts on disk, shared by the processes that make a data set."""

from smashcima.engraving.storing.packing import pack_layout, unpack_layout
from smashcima.engraving.storing.stored_layouts import StoredLayouts, code_fingerprint

__all__ = ["StoredLayouts", "code_fingerprint", "pack_layout", "unpack_layout"]
