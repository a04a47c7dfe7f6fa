"""Verovio keeps the contract of engravers."""

from __future__ import annotations

from smashcima.engravers.verovio import VerovioEngraver
from smashcima.testing import EngraverContract


class TestVerovio(EngraverContract):
    def make_engraver(self) -> VerovioEngraver:
        return VerovioEngraver()
