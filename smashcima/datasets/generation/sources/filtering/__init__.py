"""Filters of scores by facts about them, which are found once and kept by content."""

from smashcima.datasets.generation.sources.filtering.elements import read_elements
from smashcima.datasets.generation.sources.filtering.facts import ScoreFacts
from smashcima.datasets.generation.sources.filtering.facts_index import FactsIndex
from smashcima.datasets.generation.sources.filtering.filtered_source import FilteredSource, facts_of
from smashcima.datasets.generation.sources.filtering.score_filter import ScoreFilter

__all__ = ["FactsIndex", "FilteredSource", "ScoreFacts", "ScoreFilter", "facts_of", "read_elements"]
