"""Beams from the places of their notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from smashcima.errors import Issue
from smashcima.loading.primus.incipit_builder import IncipitBuilder
from smashcima.notations.primus import AgnosticNote, BeamPlace, place_of


@dataclass
class BeamReader:
    """Begins and ends the beams of a builder, and repairs beams without a first or last note."""

    builder: IncipitBuilder
    issues: list[Issue] = field(default_factory=list)
    _start: int = 0
    """Token number of the first note of the open beam."""

    def before(self, number: int, token: AgnosticNote) -> None:
        """Prepares for a note, which is added next."""
        if token.beam is None and token.is_grace:
            if self.builder.is_in_beam:
                self.issues.append(
                    Issue(place_of(number), str(token), "read as a part of the beam around it")
                )
        elif token.beam in (None, BeamPlace.FIRST):
            self.end(f"is interrupted by {token}")
            if token.beam is BeamPlace.FIRST:
                self._begin(number)
        elif not self.builder.is_in_beam:
            if token.beam is BeamPlace.INSIDE:
                self.issues.append(
                    Issue(place_of(number), str(token), "read as the first note of a beam: none is open")
                )
                self._begin(number)
            else:
                self.issues.append(Issue(place_of(number), str(token), "read without its beam: none is open"))

    def after(self, number: int, token: AgnosticNote) -> None:
        """Ends the beam after its last note, which has been added."""
        if token.beam is BeamPlace.LAST and self.builder.is_in_beam and not self.builder.end_beam():
            self.issues.append(
                Issue(place_of(number), str(token), "read without its beam, which has no other note")
            )

    def end(self, what: str) -> None:
        """Ends an open beam that has no last note; `what` completes the sentence `the beam ...`."""
        if self.builder.is_in_beam:
            self.issues.append(Issue(place_of(self._start), "beam", f"has no last note: it {what}"))
            self.builder.end_beam()

    def _begin(self, number: int) -> None:
        self._start = number
        self.builder.begin_beam()
