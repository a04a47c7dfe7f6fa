"""ABC tunes as scores."""

from smashcima.loading.abc.reading import read_abc

__all__ = ["read_abc"]
