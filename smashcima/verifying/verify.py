"""The proof that the pages of a scene show what its score says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from smashcima.errors import Issue
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Page
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.lengths import LengthReader
from smashcima.verifying.links import check_links
from smashcima.verifying.marks import MarkChecker
from smashcima.verifying.metre import MetreReader
from smashcima.verifying.octaves import check_octaves
from smashcima.verifying.pitches import PitchReader
from smashcima.verifying.presence import PresenceChecker
from smashcima.verifying.score_survey import survey
from smashcima.verifying.staff_heights import staff_heights
from smashcima.verifying.verification import Findings, Verification


class Verifiable(Protocol):
    """A scene with a score and its pages, such as a `MusicScene`."""

    @property
    def score(self) -> Score: ...

    @property
    def pages(self) -> Sequence[Page]: ...

    @property
    def issues(self) -> Iterable[Issue]: ...


def verify(scene: Verifiable) -> Verification:
    """Proves from what is drawn that the pages of a scene agree with its score.

    Reads the pages as a musician does (heights on the staff, clefs, keys, accidentals, heads, flags, beams, dots) and
    compares the result with the score, in both directions. Does not change the scene.
    """
    findings = Findings()
    known = survey(scene.score)
    pitches = PitchReader(findings, known)
    issues = tuple(scene.issues)
    presence = PresenceChecker(known, issues, findings)
    metre = MetreReader(known, issues, findings)
    for page in scene.pages:
        findings.page = page.index
        drawn = DrawnPage(page)
        pitches.read_page(drawn, staff_heights(drawn))
        LengthReader(drawn, known, findings).read()
        MarkChecker(drawn, findings).check()
        check_links(drawn, findings)
        check_octaves(drawn, known, findings)
        metre.read_page(drawn)
        presence.count_page(drawn)
    metre.finish()
    presence.finish()
    return findings.result()
