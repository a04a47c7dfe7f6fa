"""The content of `metadata.json`: facts about a page in the terms of MusiCorpus."""

from __future__ import annotations

from typing import Any

from smashcima.datasets.generation.labels import LabelContext
from smashcima.scene.semantic import Chord, Score
from smashcima.scene.visual import Page
from smashcima.scene.visual.page import System

CHOICES: dict[str, tuple[str, ...]] = {
    "notation": ("CWMN", "mensural", "square", "adiastematic", "instrument-specific", "other"),
    "notation_complexity": ("monophonic", "homophonic", "polyphonic", "pianoform"),
    "production": ("printed", "handwritten", "born-digital"),
    "clarity": ("perfect", "sufficient", "problematic", "unreadable"),
    "systems": ("single-staff", "grand-staff", "multi-instrument", "variable"),
}
"""Fields with a fixed vocabulary."""

FIELDS = (
    "file_name", "institution_name", "institution_rism_siglum", "institution_local_siglum", "shelfmark",
    "rism_id_number", "date", "page_number", "page_size", "dpi", "scribal_data", "link", "title_description", "author",
    "author_date", "genre_form", "notation", "notation_detailed", "production", "production_detailed",
    "notation_complexity", "clarity", "systems",
)  # fmt: skip
"""All fields, in the order of the specification."""


def page_facts(
    context: LabelContext, page: Page, file_name: str, clarity: str | None = None
) -> dict[str, Any]:
    """The facts about a page. `None` is unknown; `False` does not apply, as most facts about sources in libraries.

    Without a `clarity`, clean pages are `perfect` and pages with filters `sufficient`.
    """
    scene, score = context.scene, context.score
    writer = scene.styles.get("writer")
    known = {
        "file_name": file_name,
        "institution_name": False,
        "institution_rism_siglum": False,
        "institution_local_siglum": False,
        "shelfmark": False,
        "rism_id_number": False,
        "page_number": page.index + 1,
        "page_size": [round(page.width), round(page.height)],
        "dpi": round(context.image.dpi),
        "scribal_data": writer,
        "title_description": scene.score.title or None,
        "author": scene.score.composer or None,
        "notation": "CWMN",
        "production": "born-digital" if writer is None else "handwritten",
        "production_detailed": "synthesised by Smashcima",
        "notation_complexity": _complexity(score, page),
        "clarity": clarity or ("sufficient" if context.image.applied else "perfect"),
        "systems": _kind_of_systems(page),
    }
    return {name: known.get(name) for name in FIELDS}


def _complexity(score: Score, page: Page) -> str:
    """The most complex notation on the page."""
    if any(system.grand_staves for system in page.systems):
        return "pianoform"
    if any(len(staff.voices) > 1 for measure in score.measures for staff in measure.staves):
        return "polyphonic"
    return "homophonic" if any(True for _ in score.descendants(Chord)) else "monophonic"


def _kind_of_systems(page: Page) -> str | None:
    """What each system consists of; `None` for a page without music."""
    kinds = {_kind_of(system) for system in page.systems}
    return kinds.pop() if len(kinds) == 1 else "variable" if kinds else None


def _kind_of(system: System) -> str:
    if len(system.staves) == 1:
        return "single-staff"
    is_piano = len(system.staves) == 2 and bool(system.grand_staves)
    return "grand-staff" if is_piano else "multi-instrument"
