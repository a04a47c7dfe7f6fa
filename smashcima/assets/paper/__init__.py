"""Patches of real paper, from folders of images and from digital libraries."""

from typing import TYPE_CHECKING

from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
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

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "iiif": "iiif_url",
            "iiif_paper_patches": "IiifPaperPatches MzkPaperPatches",
            "paper_patch": "PaperPatch paper_patches_from_folder read_patch",
            "patch_proposals": "PatchProposal propose_patches",
            "patch_table": "PatchRow check_patch_table patch_table_text read_patch_table",
        },
    )
