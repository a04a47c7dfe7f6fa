"""Partwise MusicXML, written by the MusicXML exporter and translated further by others."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from smashcima.errors import Issue
from smashcima.exporting.symbolic.partwise.document import build_document
from smashcima.exporting.symbolic.partwise.elements import Shared
from smashcima.exporting.symbolic.sources import ScoreSource, cut_issues, prepared

__all__ = ["partwise"]


def partwise(score: ScoreSource, *, ids: bool = True, hidden: bool = True) -> tuple[ET.Element, list[Issue]]:
    """Returns the `score-partwise` element of a score or slice, and issues for drawn elements that it does
    not express.

    With `ids`, notes, measures and so on have the ids of the score. With `hidden`, hidden notes and rests are written,
    marked as hidden; otherwise they are left out.
    """
    ready = prepared(score)
    shared = Shared(ids, hidden)
    root = build_document(ready, shared)
    return root, [*cut_issues(ready), *shared.issues]
