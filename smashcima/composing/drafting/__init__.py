"""Drafts: music as plain values, from which composers make scores."""

from smashcima.composing.drafting.beaming import beam_groups
from smashcima.composing.drafting.draft import Draft, DraftEvent, DraftMeasure, DraftStaff, split_ticks
from smashcima.composing.drafting.writing import write_draft

__all__ = [
    "Draft",
    "DraftEvent",
    "DraftMeasure",
    "DraftStaff",
    "beam_groups",
    "split_ticks",
    "write_draft",
]
