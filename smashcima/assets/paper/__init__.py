"""Patches of real paper, from folders of images and from digital libraries."""

from smashcima.assets.paper.iiif import iiif_url
from smashcima.assets.paper.iiif_paper_patches import IiifPaperPatches, MzkPaperPatches
from smashcima.assets.paper.paper_patch import PaperPatch, paper_patches_from_folder, read_patch
from smashcima.assets.paper.patch_proposals import PatchProposal, propose_patches
from smashcima.assets.paper.patch_table import (
    PatchRow,
    check_patch_table,
    patch_table_text,
    read_patch_table,
)

__all__ = [
    "IiifPaperPatches",
    "MzkPaperPatches",
    "PaperPatch",
    "PatchProposal",
    "PatchRow",
    "check_patch_table",
    "iiif_url",
    "paper_patches_from_folder",
    "patch_table_text",
    "propose_patches",
    "read_patch",
    "read_patch_table",
]
