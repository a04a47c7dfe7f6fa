"""Layout of a score, from its engraving or from the pages of a scene."""

from __future__ import annotations

from collections.abc import Iterable

from smashcima.engraving import Engraving
from smashcima.scene.semantic import Measure
from smashcima.scene.semantic.score_layout import ScoreLayout
from smashcima.scene.visual import Page


def score_layout(source: Engraving | Iterable[Page]) -> ScoreLayout:
    """Returns the page and system of each measure, for `Score.layout`.

    Accepts the pages of a scene (`score_layout(scene.pages)`) or an engraving.
    """
    if isinstance(source, Engraving):
        return ScoreLayout.of(
            (
                system.page,
                (measure.element for measure in system.measures),
                (staff.number for staff in system.staves),
            )
            for system in source.systems
        )
    return ScoreLayout.of(
        (
            page.index,
            (m.semantic.id for m in system.measures if isinstance(m.semantic, Measure)),
            (staff.number for staff in system.staves),
        )
        for page in source
        for system in page.systems
    )
