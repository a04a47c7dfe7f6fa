"""Assembly of visual objects from a laid-out page, independent of how they are drawn."""

from smashcima.engraving.assembly.page_assembler import PageAssembler
from smashcima.engraving.assembly.staffline_stretches import StafflineStretch
from smashcima.engraving.assembly.visual_classes import KINDS, KindEntry, entry_of

__all__ = ["KINDS", "KindEntry", "PageAssembler", "StafflineStretch", "entry_of"]
