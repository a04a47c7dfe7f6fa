"""Proof that pages show what their score says: `verify(scene)`."""

from smashcima.verifying.verification import KINDS, Disagreement, Verification
from smashcima.verifying.verify import Verifiable, verify

__all__ = ["KINDS", "Disagreement", "Verifiable", "Verification", "verify"]
