"""Readers of the encodings of PrIMuS: the agnostic and the semantic encoding of an incipit."""

from smashcima.loading.primus.agnostic import agnostic_score, looks_agnostic, read_agnostic
from smashcima.loading.primus.semantic import looks_semantic, read_semantic, semantic_score

__all__ = [
    "agnostic_score",
    "looks_agnostic",
    "looks_semantic",
    "read_agnostic",
    "read_semantic",
    "semantic_score",
]
